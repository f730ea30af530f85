"""On App Home: forms that are half filled in."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.contacts.drafts import DraftKind, Unfinished
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AppointmentAction, FieldDayAction, Metadata, SessionAction
from bot.views.contacts.unfinished import WHAT, draft_words

SHOWN = 3

ACTIONS = {
    DraftKind.SESSION: (SessionAction.RESUME, SessionAction.DISCARD),
    DraftKind.FIELD_DAY: (FieldDayAction.RESUME, FieldDayAction.DISCARD),
    DraftKind.PREPARATION: (AppointmentAction.PREPARE_RESUME, AppointmentAction.PREPARE_DISCARD),
}


def unfinished_lines(unfinished: Sequence[Unfinished]) -> list[Block]:
    """The latest of them, each with **Resume** and **Discard**."""
    blocks: list[Block] = []
    for one in unfinished[:SHOWN]:
        here, name = Metadata(form=one.form), one.name
        spoken = f" with {name}" if name else ""
        resume, discard = ACTIONS[one.kind]
        asked = kit.confirm("Discard it?", "What you wrote down so far goes.", "Discard")
        if one.is_change:
            asked = kit.confirm(
                "Discard it?", "What you changed so far goes; what was logged stays.", "Discard"
            )
        buttons: list[BlockElement] = [
            kit.button("Resume", resume, here, spoken=f"Resume{spoken}"),
            kit.button(
                "Discard",
                discard,
                here,
                confirm=asked,
                spoken=f"Discard the {WHAT[one.kind]}{spoken}",
            ),
        ]
        how = "half changed" if one.is_change else "half written down"
        words = f"Your {draft_words(one.kind, name)} is {how}."
        blocks += [kit.section(words), kit.actions(buttons)]
    return blocks
