"""An entry of the binder, as a row and whole, and what can be done with it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.binder.pages import EntryView
from bot.domain.contacts.interactions import PUT_BACK_WITHIN, Interaction, InteractionKind
from bot.domain.team.calendar import local_date
from bot.views.block_kit import kit
from bot.views.block_kit.ids import (
    BinderAction,
    FieldDayAction,
    Form,
    Metadata,
    SessionAction,
    SharingAction,
    TouchAction,
)
from bot.views.block_kit.kit import View
from bot.views.contacts.contact import NAMES, with_words
from bot.views.contacts.note import file_lines
from bot.views.contacts.touch import raised_words
from bot.views.field_days.entry import heard_blocks, note_blocks
from bot.views.meetings.agenda import agenda_buttons, route_buttons
from bot.views.sessions.session import session_blocks
from bot.views.sessions.sharing import said_blocks

ABOUT_SHOWN = 120
"""Characters of what a contact was about in its line: some three lines of a phone."""

WITHHELD = (
    "What the manager before you wrote about it was not shared, and stays with them. "
    "That it happened is yours to know."
)

A_FILE = "Something was sent with it, a file or a clip; its link is for who sent it alone."

CAME_ALONG = (
    "It came along with {rep}. Whoever noted it can still correct it, and you read it here as "
    "corrected."
)

IN_A_ROW = 3
"""Of what is offered, between **Open** and **Delete**: a menu holds five."""


def _always(_: Interaction) -> bool:
    return True


@dataclass(frozen=True)
class Offer:
    """Something that can be done with an entry. `{name}` in its label is the rep; it is offered
    for the entries that it fits, and what is `own` to who wrote the entry alone."""

    label: str
    action: StrEnum
    fits: Callable[[Interaction], bool] = _always
    own: bool = False


RAISED = Offer("They raised something", TouchAction.RAISED)
PREVIEW = Offer(
    "Preview as {name}",
    SharingAction.PREVIEW,
    fits=lambda entry: entry.kind is not InteractionKind.TOUCH,
)
SHOW_NOTE = Offer(
    "Show private note", BinderAction.SHOW_NOTE, fits=lambda entry: entry.has_private_note
)
ADD_NOTE = Offer("Add a note", TouchAction.ADD_NOTE, own=True)
MARKET = Offer("Market note", TouchAction.MARKET)

OFFERS: dict[InteractionKind, tuple[Offer, ...]] = {
    InteractionKind.TOUCH: (
        Offer("Edit", TouchAction.EDIT),
        RAISED,
        MARKET,
        SHOW_NOTE,
        ADD_NOTE,
    ),
    InteractionKind.SESSION: (
        Offer("Edit", SessionAction.EDIT),
        RAISED,
        PREVIEW,
        SHOW_NOTE,
        ADD_NOTE,
    ),
    InteractionKind.FIELD_DAY: (
        Offer("Edit", FieldDayAction.EDIT),
        Offer("Visit details", FieldDayAction.VISITS),
        PREVIEW,
        RAISED,
        SHOW_NOTE,
        ADD_NOTE,
    ),
}
"""What each kind of entry offers, most wanted first: the first of it in its row, all of it where it
is shown whole. Each can be deleted besides, and put back then."""


def _is_theirs(entry: Interaction) -> bool:
    """Whether who manages the team may change it."""
    return not (entry.is_withheld or entry.came_along)


def _offers(entry: Interaction, *, own: bool) -> Iterator[tuple[str, StrEnum]]:
    of_another = (RAISED,) if entry.is_withheld else (RAISED, PREVIEW)
    for offer in OFFERS[entry.kind] if _is_theirs(entry) else of_another:
        if offer.fits(entry) and (own or not offer.own):
            yield offer.label.format(name=entry.rep.name), offer.action


def row_menu(entry: Interaction, *, own: bool) -> BlockElement:
    """The ⋯ of an entry in a list; `own`: who asks wrote it."""
    offered: list[tuple[str, StrEnum]] = [("Open", BinderAction.ENTRY)]
    if entry.deleted_at is not None:
        offered.append(("Put it back", BinderAction.PUT_BACK))
    else:
        offered += list(_offers(entry, own=own))[:IN_A_ROW]
        offered += [("Delete", BinderAction.DELETE)] if _is_theirs(entry) else []
    return kit.step_menu(BinderAction.ROW, offered, Metadata(subject=entry.id))


def entry_row(entry: Interaction, today: date, *, own: bool, subjects: Sequence[str] = ()) -> Block:
    """A contact in a line, with its menu; `subjects` are the topics or accounts it was about."""
    day = kit.date_words(entry.occurred_on, today)
    about = kit.quote(entry.about or ", ".join(map(short_title, subjects)), ABOUT_SHOWN)
    kind = f"{_kind(entry)} with {kit.escape(entry.earlier)}" if entry.earlier else _kind(entry)
    head, said = f"{day} · {kind}", f" · {about}" if about else ""
    if entry.deleted_at is not None:
        words = f"{_struck(head + said)} · deleted"
    else:
        words = kit.bold(head) + said
        if entry.has_private_note:
            words += " · _private note_"
        if entry.is_seen:
            words += f" · _{kit.escape(entry.rep.name)} has seen it_"
    return kit.section(words, row_menu(entry, own=own))


def short_title(title: str) -> str:
    """What a topic is called in a line: Territory, Key-account, Pipeline."""
    return re.sub(r"(\s+management)?\s+plan$", "", title, flags=re.IGNORECASE) or title


def _kind(entry: Interaction) -> str:
    if entry.kind is InteractionKind.TOUCH:
        return entry.channel or NAMES[entry.kind]
    return NAMES[entry.kind]


def _struck(words: str) -> str:
    # A tilde of its own must not end the line through it.
    return f"~{words.replace('~', '∼')}~"


def build_entry(facts: EntryView, under: str | None) -> View:
    """One contact, whole: what it was about exactly as typed, and all that can be done with it.
    `under` is the modal that it was opened from (`Beneath`, packed)."""
    touch, today = facts.logged.touch, facts.logged.today
    head = f"{with_words(touch)} {kit.bold(touch.rep.name)}"
    head = f"{head[:1].upper()}{head[1:]}, {kit.date_words(touch.occurred_on, today)}"
    deleted = touch.deleted_at is not None
    blocks: list[Block] = [kit.section(_struck(head) if deleted else head)]
    blocks += kit.literal(touch.about)
    blocks += file_lines(facts.files)
    if touch.has_file and not facts.files:
        blocks.append(kit.context(A_FILE))
    if touch.is_withheld:
        blocks.append(kit.context(WITHHELD))
    elif touch.came_along:
        blocks.append(kit.context(CAME_ALONG.format(rep=kit.escape(touch.rep.name))))
    if facts.field_day is not None:
        blocks += note_blocks(facts.field_day, facts.path, today)
        if facts.field_day.market and touch.deleted_at is None:
            blocks.append(kit.actions(route_buttons(touch.id)))
    blocks += heard_blocks(facts.heard, whole=facts.field_day is None)
    if facts.session is not None:
        blocks += session_blocks(facts.session)
        if touch.deleted_at is None and not touch.is_withheld:
            blocks.append(kit.actions(agenda_buttons(touch.id)))
    if facts.sharing is not None:
        blocks += said_blocks(facts.sharing, touch.rep, facts.zone, today)
    blocks += kit.lines(raised_words(promise, facts.logged) for promise in facts.logged.raised)
    blocks.append(kit.context(_recorded(touch, facts.zone, today)))
    blocks.append(kit.actions(_what_to_do(facts)))
    here = Metadata(subject=touch.id, under=under)
    return kit.modal("Contact", Form.BINDER_ENTRY, blocks, here, close="Close")


def _recorded(touch: Interaction, zone: ZoneInfo, today: date) -> str:
    if touch.deleted_at is not None:
        until = kit.date_words(local_date(touch.deleted_at + PUT_BACK_WITHIN, zone), today)
        return f"Deleted. It can be put back until {until}."
    by = f" by {kit.escape(touch.earlier)}" if touch.earlier else ""
    words = f"Noted down{by} {kit.moment_words(touch.recorded_at, zone, today)}."
    return f"{words} A private note of yours is with it." if touch.has_private_note else words


def _what_to_do(facts: EntryView) -> list[BlockElement]:
    touch = facts.logged.touch
    subject = Metadata(subject=touch.id)
    if touch.deleted_at is not None:
        return [kit.button("Put it back", BinderAction.PUT_BACK, subject, style="primary")]
    has_visits = facts.field_day is not None and bool(facts.field_day.visits)
    buttons = [
        kit.button(label, action, subject)
        for label, action in _offers(touch, own=facts.own)
        if action is not FieldDayAction.VISITS or has_visits
    ]
    if not _is_theirs(touch):
        return buttons
    return [*buttons, kit.button("Delete", BinderAction.DELETE, subject, style="danger")]
