"""A page of the mirror: what it is made of, where it is shown, and how pages are turned."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import charts, kit
from bot.views.block_kit.ids import Metadata, MirrorAction
from bot.views.block_kit.kit import Message, View

REPS_SHOWN = 20
"""Reps of a page: more are long on a phone, and a chart names no more."""


@dataclass(frozen=True)
class Page:
    """A page of the mirror: its blocks, and the same in words."""

    text: str
    blocks: tuple[Block, ...]


def as_message(page: Page) -> Message:
    """As an answer for one person."""
    return kit.message(page.text, page.blocks)


def as_home(page: Page) -> View:
    """As a page of App Home, with the way back."""
    back = kit.actions([kit.button("Back to Home", MirrorAction.CLOSE)])
    return kit.home([back, *page.blocks], Metadata(home=0))


def parse_start(page: str | None) -> int:
    """Where a page begins. Raises Gone for what is no place."""
    if not (page or "0").isdecimal():
        raise Gone
    return int(page or "0")


def page_buttons(page: charts.Page[Any], action: MirrorAction, here: Metadata) -> list[Block]:
    """**Earlier** and **More**, where there is more than fits a page."""
    buttons: list[BlockElement] = []
    if page.before is not None:
        back = Metadata(text=here.text, page=str(page.before))
        earlier = MirrorAction.EARLIER if action is MirrorAction.SHOW else MirrorAction.RESULTS_BACK
        buttons.append(kit.button("Earlier reps", earlier, back))
    if page.after is not None:
        on = Metadata(text=here.text, page=str(page.after))
        buttons.append(kit.button("More reps", action, on))
    return [kit.actions(buttons)] if buttons else []
