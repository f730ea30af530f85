"""On App Home: sessions and field days that are half written down."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.contacts.interactions import InteractionKind, Unfinished
from bot.views.block_kit import kit
from bot.views.block_kit.ids import FieldDayAction, Metadata, SessionAction
from bot.views.contacts.contact import NAMES

SHOWN = 3

ACTIONS = {
    InteractionKind.SESSION: (SessionAction.RESUME, SessionAction.DISCARD),
    InteractionKind.FIELD_DAY: (FieldDayAction.RESUME, FieldDayAction.DISCARD),
}


def unfinished_lines(unfinished: Sequence[Unfinished]) -> list[Block]:
    """The latest of them, each with **Resume** and **Discard**."""
    blocks: list[Block] = []
    for one in unfinished[:SHOWN]:
        here, name, what = Metadata(form=one.form), one.rep.name, NAMES[one.kind]
        resume, discard = ACTIONS[one.kind]
        asked = kit.confirm("Discard it?", "What you wrote down so far goes.", "Discard")
        buttons: list[BlockElement] = [
            kit.button("Resume", resume, here, spoken=f"Resume with {name}"),
            kit.button(
                "Discard", discard, here, confirm=asked, spoken=f"Discard the {what} with {name}"
            ),
        ]
        words = f"Your {what} with {kit.bold(name)} is half written down."
        blocks += [kit.section(words), kit.actions(buttons)]
    return blocks
