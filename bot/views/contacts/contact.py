"""What every kind of contact is called, and the buttons that each has."""

from enum import StrEnum

from slack_sdk.models.blocks import BlockElement

from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.ids import (
    AppointmentAction,
    FieldDayAction,
    Metadata,
    SessionAction,
    SharingAction,
    TouchAction,
)

NAMES = {
    InteractionKind.SESSION: "strategy session",
    InteractionKind.FIELD_DAY: "field day",
    InteractionKind.TOUCH: "contact",
}

WITH = {
    Channel.CALL: "call with",
    Channel.EMAIL: "email with",
    Channel.VOICEMAIL: "voicemail for",
    Channel.CHAT: "chat with",
    Channel.VIDEO: "video call with",
    Channel.IN_PERSON: "in person with",
    None: "contact with",
}

EDIT: dict[InteractionKind, StrEnum] = {
    InteractionKind.TOUCH: TouchAction.EDIT,
    InteractionKind.FIELD_DAY: FieldDayAction.EDIT,
    InteractionKind.SESSION: SessionAction.EDIT,
}


def with_words(contact: Interaction) -> str:
    """How it was, up to the name: call with, field day with."""
    match contact.kind:
        case InteractionKind.FIELD_DAY:
            return "field day with"
        case InteractionKind.SESSION:
            return "strategy session with"
        case InteractionKind.TOUCH:
            return WITH[contact.channel]


def otherwise_words(rep: Person, otherwise: str | None) -> str:
    """What the rep wants to stand beside words of a contact: a line that follows them wherever they
    are quoted, "" for nothing."""
    if not otherwise:
        return ""
    return f"\n{kit.escape(rep.name)} remembers it differently: “{kit.quote(otherwise)}”"


def edit_button(contact: Interaction) -> BlockElement:
    """**Edit**, which opens the form of that kind of contact."""
    return kit.button("Edit", EDIT[contact.kind], Metadata(subject=contact.id))


def preview_buttons(contact: Interaction) -> list[BlockElement]:
    """**Preview as @rep**, of what can be shared."""
    if contact.kind is InteractionKind.TOUCH:
        return []
    here = Metadata(subject=contact.id)
    return [kit.button(f"Preview as {contact.rep.name}", SharingAction.PREVIEW, here)]


def plan_button(rep: str, kind: InteractionKind, label: str = "Plan") -> BlockElement:
    """**Plan**, with the rep (a Slack id)."""
    return kit.button(label, AppointmentAction.PLAN, Metadata(rep=rep, step=kind.value))


def plan_next_buttons(held: Interaction) -> list[BlockElement]:
    """**Plan next**, after a session or field day; a touch has none."""
    if held.kind is InteractionKind.TOUCH:
        return []
    return [plan_button(held.rep.slack_id, held.kind, "Plan next")]
