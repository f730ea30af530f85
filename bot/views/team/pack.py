"""The way to the transition pack, from wherever a rep or a team is passed on."""

from slack_sdk.models.blocks import BlockElement

from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, PackAction

TITLE = "Transition pack"


def pack_button(handover: int | None = None, rep: Person | None = None) -> BlockElement:
    """**Transition pack** of that rep, else of the whole team: of what is offered in `handover`,
    else of who presses."""
    here = Metadata(subject=handover, rep=rep.slack_id if rep else None)
    return kit.button(TITLE, PackAction.REP if rep else PackAction.TEAM, here)
