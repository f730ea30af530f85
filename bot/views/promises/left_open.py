"""The promises that are still open with people who left the team."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.promises import Promise
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form
from bot.views.block_kit.kit import View
from bot.views.promises.promise import promise_row

MOST_SHOWN = 40
"""Two blocks each; a modal takes a hundred."""


def build_left_open(promises: Sequence[Promise], today: date) -> View:
    """Each promise, with the ways to keep it, drop it or hand it over."""
    words = (
        "Still open with people who left your team. Keep, drop or hand over; there is no hurry."
        if promises
        else "Nothing is left open with people who left your team."
    )
    blocks: list[Block] = [kit.section(words)]
    for promise in promises[:MOST_SHOWN]:
        blocks += promise_row(promise, today)
    more = len(promises) - MOST_SHOWN
    if more > 0:
        blocks.append(kit.context(f"And {more} more, when these are done."))
    return kit.modal("Left open", Form.LEFT_OPEN, blocks, close="Done")
