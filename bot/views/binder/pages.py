"""The binder of a rep: its pages, its promises, and one entry of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, BlockElement, UserSelectElement

from bot.domain.binder.pages import BinderPromises, BinderShelf, BinderView, EntryView, PageStart
from bot.domain.contacts.interactions import PUT_BACK_WITHIN, Interaction, InteractionKind
from bot.domain.contacts.touches import TouchEntry
from bot.domain.promises import Promise
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import RepChoice
from bot.domain.todo.reasons import Reason
from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import (
    BinderAction,
    FieldDayAction,
    Form,
    Metadata,
    SessionAction,
    TodoAction,
    TouchAction,
    TransitionAction,
)
from bot.views.block_kit.kit import Message, View
from bot.views.block_kit.people import MOST_OPTIONS, parse_rep
from bot.views.contacts.contact import edit_button, preview_buttons, with_words
from bot.views.contacts.note import file_lines
from bot.views.contacts.touch import build_touch_form, raised_words
from bot.views.field_days import note_blocks
from bot.views.meetings.agenda import agenda_buttons, route_buttons
from bot.views.promises.promise import (
    bare_words,
    by_sides,
    headed_words,
    not_so_words,
    promise_row,
)
from bot.views.sessions.session import session_blocks
from bot.views.sessions.sharing import said_blocks

PROMISES_SHOWN = 4
"""Of each side, above the contacts; all of them are one press away."""

ABOUT_SHOWN = 120
"""Characters of what a contact was about in its line: some three lines of a phone."""

TYPED_SHOWN = 60

USAGE = (
    "*All you keep about a rep, in one place*\n"
    "`/binder @rep` opens it: promises of both sides, and every contact, to read, change, delete "
    "and put back. Those who left have theirs too.\n"
    "`/binder account Acme` shows who on your side knows whom there, since when.\n"
    "`/binder` alone lets you choose."
)

PLAN_MENU = (
    ("Plan a session", BinderAction.PLAN_SESSION),
    ("Plan a field day", BinderAction.PLAN_FIELD_DAY),
)
TABS = (
    ("Sessions", BinderAction.SESSIONS),
    ("Plans", BinderAction.PLANS),
    ("Field days", BinderAction.FIELD_DAYS),
    ("Contacts", BinderAction.CONTACTS),
    ("All promises", BinderAction.PROMISES),
)
"""In the order of the components."""
MENU = (
    ("Search", BinderAction.SEARCH),
    ("Transition", TransitionAction.OPEN),
)

OWN_PAGE = "Your own page is the *Home* tab, here in Windshield."


def build_not_understood(typed: str) -> Message:
    """Words that are no person: the right form."""
    known = "I don't know" if typed.startswith("@") else "I don't understand"
    return kit.message(
        f"{known} “{kit.quote(typed, TYPED_SHOWN)}”. Type `/binder @` and pick a person from the "
        "list, or `/binder help`."
    )


def build_shelf(shelf: BinderShelf) -> View:
    """Whose binder to open; who left comes last."""
    members = sorted(shelf.members, key=lambda member: not member.is_on(shelf.today))
    if not 0 < len(members) <= MOST_OPTIONS:
        return _shelf(UserSelectElement())
    entries = [
        (
            member.rep.name if member.is_on(shelf.today) else f"{member.rep.name} (left)",
            member.rep.slack_id,
        )
        for member in members
    ]
    return _shelf(kit.choice(entries, placeholder="Whose binder?"))


def _shelf(element: Any) -> View:
    blocks = [kit.field("rep", "Rep", element)]
    return kit.modal("Binder", Form.BINDER_SHELF, blocks, submit="Open")


def parse_shelf(state: Mapping[str, Any]) -> str:
    """The Slack id of the chosen rep."""
    return parse_rep(Fields(state))


def build_binder(facts: BinderView) -> View:
    """A page of the binder: open promises both ways, then contacts, the latest first."""
    slack_id = facts.rep.slack_id
    rep = Metadata(rep=slack_id)
    blocks: list[Block] = [kit.header(facts.rep.name)]
    buttons: list[BlockElement] = []
    more: list[tuple[str, StrEnum]] = list(MENU)
    if facts.membership.is_on(facts.today):
        buttons += [
            kit.button("Log a touch", BinderAction.LOG, rep, style="primary"),
            kit.button("Strategy session", SessionAction.START, rep),
            kit.button("Log a field day", FieldDayAction.LOG, rep),
        ]
        more = [*PLAN_MENU, *more]
    else:
        blocks.append(kit.context(_not_here(facts)))
    entries = [(label, Metadata(rep=slack_id, step=action.value).pack()) for label, action in more]
    buttons.append(kit.menu(BinderAction.MENU, entries))
    blocks += [kit.actions(buttons), tabs(slack_id)]
    if facts.reason is not None:
        why = kit.button("Why this reason?", TodoAction.WHY, rep)
        beside = f"\n{kit.escape(facts.reason.beside)}" if facts.reason.beside else ""
        blocks.append(kit.section(f"This week: {kit.escape(facts.reason.text)}{beside}", why))
    if facts.begins is None:
        for heading, found in by_sides(facts.promises, kit.escape(facts.rep.name)):
            blocks += _promises(heading, found, facts.today)
    blocks += _timeline(facts)
    pages: list[BlockElement] = []
    if facts.begins is not None:
        pages.append(kit.button("Newest", BinderAction.NEWEST, rep))
    if facts.older is not None:
        older = Metadata(rep=slack_id, page=pack_page_start(facts.older))
        pages.append(kit.button("Older", BinderAction.OLDER, older))
    if pages:
        blocks.append(kit.actions(pages))
    here = Metadata(rep=slack_id, page=pack_page_start(facts.begins) if facts.begins else None)
    return kit.modal("Binder", Form.BINDER, blocks, here, close="Close")


def tabs(rep: str, shown: BinderAction | None = None) -> Block:
    """The parts of a rep's binder (a Slack id); the one that is `shown` stands out."""
    here = Metadata(rep=rep)
    return kit.actions(
        [
            kit.button(label, action, here, style="primary" if action is shown else None)
            for label, action in TABS
        ]
    )


def _not_here(facts: BinderView) -> str:
    membership, today = facts.membership, facts.today
    if membership.left_on is not None and membership.left_on <= today:
        day = kit.date_words(membership.left_on, today)
        return f"Left your team on {day}. All of it stays here."
    if not facts.rep.active:
        return "Not in Slack any more. All of it stays here."
    return f"On your team from {kit.date_words(membership.joined_on, today)}."


def _promises(heading: str, found: Sequence[Promise], today: date) -> list[Block]:
    blocks: list[Block] = [kit.section(f"*{heading}*")]
    for promise in found[:PROMISES_SHOWN]:
        if promise.raised_on is None:
            words = f"{bare_words(promise, today)}{not_so_words(promise)}"
        else:
            words = headed_words(promise, today)
        blocks += promise_row(promise, today, words=words)
    more = len(found) - PROMISES_SHOWN
    if more > 0:
        blocks.append(kit.context(f"And {more} more, under All promises."))
    return blocks


def _timeline(facts: BinderView) -> list[Block]:
    if not facts.entries:
        return [kit.section("*Contacts*\nNone yet. The next one you log shows here.")]
    heading = "*Contacts*" if facts.begins is None else "*Contacts, further back*"
    return [kit.section(heading), *(entry_line(entry, facts.today) for entry in facts.entries)]


def entry_line(entry: Interaction, today: date) -> Block:
    """A contact in a line, with **Open**."""
    day = kit.date_words(entry.occurred_on, today)
    about = kit.quote(entry.about, ABOUT_SHOWN)
    words = " · ".join(part for part in (day, _kind(entry), about) if part)
    if entry.deleted_at is not None:
        words = f"{_struck(words)} · deleted"
    elif entry.has_private_note:
        words += " · _private note_"
    subject = Metadata(subject=entry.id)
    return kit.section(
        words, kit.button("Open", BinderAction.ENTRY, subject, spoken=f"Open the contact of {day}")
    )


KINDS = {
    InteractionKind.FIELD_DAY: "field day",
    InteractionKind.SESSION: "strategy session",
}


def _kind(entry: Interaction) -> str:
    if entry.kind is InteractionKind.TOUCH:
        return entry.channel or "contact"
    return KINDS[entry.kind]


def _struck(words: str) -> str:
    # A tilde of its own must not end the line through it.
    return f"~{words.replace('~', '∼')}~"


def pack_page_start(place: PageStart) -> str:
    """Where a page begins, as a button carries it."""
    return f"{place[0].isoformat()} {place[1]}"


def parse_page_start(packed: str | None) -> PageStart | None:
    """Where a page begins; None for the first. Raises Gone for what was not packed here."""
    if not packed:
        return None
    day, _, number = packed.partition(" ")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError as error:
        raise Gone from error


A_FILE = "Something was sent with it, a file or a clip; its link is for who sent it alone."


def build_entry(facts: EntryView) -> View:
    """One contact, whole: what it was about exactly as typed, and all that can be done with it."""
    touch, today = facts.logged.touch, facts.logged.today
    head = f"{with_words(touch)} {kit.bold(touch.rep.name)}"
    head = f"{head[:1].upper()}{head[1:]}, {kit.date_words(touch.occurred_on, today)}"
    deleted = touch.deleted_at is not None
    blocks: list[Block] = [kit.section(_struck(head) if deleted else head)]
    blocks += kit.literal(touch.about)
    blocks += file_lines(facts.files)
    if touch.has_file and not facts.files:
        blocks.append(kit.context(A_FILE))
    if facts.field_day is not None:
        blocks += note_blocks(facts.field_day, facts.path, today)
        if facts.field_day.market and touch.deleted_at is None:
            blocks.append(kit.actions(route_buttons(touch.id)))
    if facts.session is not None:
        blocks += session_blocks(facts.session)
        if touch.deleted_at is None:
            blocks.append(kit.actions(agenda_buttons(touch.id)))
    if facts.sharing is not None:
        blocks += said_blocks(facts.sharing, touch.rep, facts.zone, today)
    blocks += kit.lines(raised_words(promise, facts.logged) for promise in facts.logged.raised)
    blocks.append(kit.context(_recorded(touch, facts.zone, today)))
    blocks.append(kit.actions(_what_to_do(facts)))
    return kit.modal("Contact", Form.READ_ONLY, blocks, Metadata(subject=touch.id), close="Close")


def _recorded(touch: Interaction, zone: ZoneInfo, today: date) -> str:
    if touch.deleted_at is not None:
        until = kit.date_words(local_date(touch.deleted_at + PUT_BACK_WITHIN, zone), today)
        return f"Deleted. It can be put back until {until}."
    words = f"Noted down {kit.moment_words(touch.recorded_at, zone, today)}."
    return f"{words} A private note of yours is with it." if touch.has_private_note else words


def _what_to_do(facts: EntryView) -> list[BlockElement]:
    touch = facts.logged.touch
    subject = Metadata(subject=touch.id)
    if touch.deleted_at is not None:
        return [kit.button("Put it back", BinderAction.PUT_BACK, subject, style="primary")]
    buttons: list[BlockElement] = [
        edit_button(touch),
        *preview_buttons(touch),
        *visit_buttons(facts),
        kit.button("They raised something", TouchAction.RAISED, subject),
    ]
    if facts.own:
        buttons.append(kit.button("Add a note", TouchAction.ADD_NOTE, subject))
    if touch.has_private_note:
        buttons.append(kit.button("Show private note", BinderAction.SHOW_NOTE, subject))
    return [*buttons, kit.button("Delete", BinderAction.DELETE, subject, style="danger")]


def visit_buttons(facts: EntryView) -> list[BlockElement]:
    """**Visit details**, of a field day that has visits."""
    if facts.field_day is None or not facts.field_day.visits:
        return []
    here = Metadata(subject=facts.logged.touch.id)
    return [kit.button("Visit details", FieldDayAction.VISITS, here)]


def build_log_form(choice: RepChoice, rep: str, metadata: Metadata, reason: Reason | None) -> View:
    """The form of a new touch, opened from a binder and shown there when it is logged."""
    form = build_touch_form(choice, TouchEntry(rep, None, choice.today, ""), metadata, reason)
    return {**form, "callback_id": Form.BINDER_TOUCH.value}


def build_promises(facts: BinderPromises) -> View:
    """A page of all promises with a rep, open ones first."""
    slack_id = facts.rep.slack_id
    blocks: list[Block] = []
    for promise in facts.promises:
        blocks += promise_row(promise, facts.today)
    pages: list[BlockElement] = []
    if facts.start:
        first = Metadata(rep=slack_id, page="0")
        pages.append(kit.button("First", BinderAction.PROMISES_FIRST, first))
    if facts.more:
        after = Metadata(rep=slack_id, page=str(facts.start + len(facts.promises)))
        pages.append(kit.button("More", BinderAction.PROMISES_MORE, after))
    if pages:
        blocks.append(kit.actions(pages))
    shown = blocks or [kit.section("No promises yet, on either side.")]
    here = Metadata(rep=slack_id, page=str(facts.start))
    return kit.modal("Promises", Form.BINDER_PROMISES, shown, here, close="Close")


def parse_start(page: str | None) -> int:
    """Where a page of promises begins. Raises Gone for what is no number."""
    if not (page or "0").isdecimal():
        raise Gone
    return int(page or 0)
