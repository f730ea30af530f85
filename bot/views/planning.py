"""**Plan**: the way to a day for the next session or field day."""

from slack_sdk.models.blocks import BlockElement

from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AppointmentAction, Metadata


def plan_button(rep: str, kind: InteractionKind, label: str = "Plan") -> BlockElement:
    """**Plan**, with the rep (a Slack id)."""
    return kit.button(label, AppointmentAction.PLAN, Metadata(rep=rep, step=kind.value))


def plan_next_buttons(held: Interaction) -> list[BlockElement]:
    """**Plan next**, after a session or field day; a touch has none."""
    if held.kind is InteractionKind.TOUCH:
        return []
    return [plan_button(held.rep.slack_id, held.kind, "Plan next")]
