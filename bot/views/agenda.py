"""What was heard on a field day, on its way to the team meeting or the next session."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.agenda import ITEM_LIMIT, AgendaItem, ItemEntry
from bot.domain.interactions import Interaction
from bot.views import kit
from bot.views.fields import Fields
from bot.views.ids import AgendaAction, Form, Metadata
from bot.views.kit import Message, View

ITEMS_SHOWN = 3
NAMED = "named"


def route_buttons(contact_id: int) -> list[BlockElement]:
    """**To the team agenda**, **To their next session**."""
    here = Metadata(subject=contact_id)
    return [
        kit.button("To the team agenda", AgendaAction.TO_TEAM, here),
        kit.button("To their next session", AgendaAction.TO_SESSION, here),
    ]


def build_to_team(rep: str, market: str, metadata: Metadata) -> View:
    """The words as the team will read them; without the rep's name unless it is chosen."""
    named = kit.tick(f"Say that {rep} heard it", NAMED)
    blocks = [
        kit.context("The team reads these words at the next meeting. Change what you like."),
        kit.field("text", "Words", _words(market)),
        kit.field("named", "Name", named, optional=True),
    ]
    return kit.modal("To the team agenda", Form.TO_TEAM, blocks, metadata, submit="Add")


def build_to_session(rep: str, market: str, metadata: Metadata) -> View:
    """The words as they stand beside the form of the next session."""
    blocks = [
        kit.context(f"It shows when you next hold a session with {kit.bold(rep)}."),
        kit.field("text", "Words", _words(market)),
    ]
    return kit.modal("To their next session", Form.TO_SESSION, blocks, metadata, submit="Add")


def _words(market: str) -> Any:
    return kit.text_input(initial=market, multiline=True, limit=ITEM_LIMIT)


def parse_item(state: Mapping[str, Any]) -> ItemEntry:
    """What the form says."""
    fields = Fields(state)
    return ItemEntry(fields.text("text").strip(), NAMED in fields.checked("named"))


def build_added(contact: Interaction, *, to_session: bool) -> Message:
    """The answer, in place of the form."""
    if to_session:
        return kit.message(f"Kept for your next session with {kit.bold(contact.rep.name)}.")
    return kit.message("Kept for the next team meeting. Your Home tab shows it.")


def team_items(items: Sequence[AgendaItem]) -> list[Block]:
    """On App Home: what is kept for the next team meeting."""
    if not items:
        return []
    blocks: list[Block] = [kit.section("*For the next team meeting*")]
    for item in items[:ITEMS_SHOWN]:
        drop = kit.button(
            "Drop", AgendaAction.DROP, Metadata(subject=item.id), spoken=f"Drop: {item.text}"
        )
        blocks.append(kit.section(f"“{kit.quote(item.text)}”", drop))
    if len(items) > ITEMS_SHOWN:
        blocks.append(kit.context(f"And {len(items) - ITEMS_SHOWN} more."))
    return blocks
