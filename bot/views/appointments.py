"""What is planned with a rep: its form and its line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.accounts.bench import why_meet
from bot.domain.appointments import (
    NOTES_LIMIT,
    USUAL_TIME,
    Appointment,
    AppointmentEntry,
    AppointmentForm,
    AppointmentMade,
    OddHour,
    clocks_of,
    other_clock,
)
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Promise
from bot.domain.team.teams import Team
from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import AppointmentAction, Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.contact import NAMES, plan_button

NAME_SHOWN = 60

KINDS = [
    ("Strategy session", InteractionKind.SESSION.value),
    ("Field day", InteractionKind.FIELD_DAY.value),
]
MENU = (
    ("Held", AppointmentAction.HELD),
    ("Moved", AppointmentAction.MOVED),
    ("Didn't happen", AppointmentAction.DID_NOT_HAPPEN),
)
"""What became of one, or is to."""

CALENDAR_FILE = "Calendar file"
PLANNED_MENU = (*MENU, (CALENDAR_FILE, AppointmentAction.CALENDAR_FILE))


def build_asked_about(
    form: AppointmentForm, entry: AppointmentEntry, odd: Sequence[OddHour], metadata: Metadata
) -> View:
    """The form as it was sent, with the question whether a time is meant that is early or late for
    one of the two."""
    said = " and ".join(
        f"{kit.time_words(one.when.time())} on your own clock"
        if one.own
        else f"{kit.weekday_words(one.when)} for {kit.bold(one.name)}"
        for one in odd
    )
    question = (
        f"That is {said}. Change it here, or send it once more as it is, and it is planned so."
    )
    return build_appointment_form(form, metadata, entry, question)


def is_meant(entry: AppointmentEntry, metadata: Metadata) -> bool:
    """Whether that very time was asked about in the form that was sent."""
    return metadata.page == _time_asked(entry)


def _time_asked(entry: AppointmentEntry) -> str:
    return f"{entry.day.isoformat()} {entry.at}"


def build_appointment_form(
    form: AppointmentForm,
    metadata: Metadata,
    typed: AppointmentEntry | None = None,
    question: str = "",
) -> View:
    """When it is to be: what is planned already, or a day that suits. The metadata's text is what
    a new field day is for, where that is known. `typed` is what the form holds instead, where it
    was sent and is asked about."""
    name = kit.bold(form.rep.name)
    what = NAMES[form.kind]
    if form.standing is not None:
        day = kit.date_words(form.standing.day, form.today)
        words = f"Your {what} with {name} is planned for {day}."
    else:
        words = f"A {what} with {name}. The day below suits both of you, as far as I can see."
        if form.meet is not None:
            meet = replace(form.meet, name=kit.shorten(form.meet.name, NAME_SHOWN))
            words = f"{words} {kit.escape(why_meet(meet, form.rep.first_name))}"
    here = Metadata(
        rep=form.rep.slack_id,
        step=form.kind.value,
        answer=metadata.answer,
        under=metadata.under,
        form=metadata.form if typed else None,
        page=_time_asked(typed) if typed else None,
    )
    is_session = form.kind is InteractionKind.SESSION
    at = form.at or (USUAL_TIME if is_session and form.standing is None else None)
    if typed is not None:
        at = typed.at
    blocks: list[Block] = [
        *([kit.section(question)] if question else []),
        kit.context(words),
        kit.field("day", "Day", kit.date_input(typed.day if typed else form.day)),
        kit.field("at", "Time", kit.time_input(at), optional=True, hint="On your own clock."),
    ]
    if not is_session:
        notes = form.standing.notes if form.standing else metadata.text or ""
        notes = typed.notes if typed else notes
        box = kit.text_input(
            initial=notes,
            multiline=True,
            limit=NOTES_LIMIT,
            placeholder="Acme: Raj leads, I show how to open",
        )
        hint = "What it is for, what you will show, whom to visit and who leads each call."
        blocks.append(kit.field("notes", "What for", box, optional=True, hint=hint))
    return kit.modal(f"Plan a {what}", Form.APPOINTMENT, blocks, here, submit="Plan")


def parse_appointment_form(state: Mapping[str, Any], metadata: Metadata) -> AppointmentEntry:
    """What the form says. Raises Gone for what was not made here."""
    fields = Fields(state)
    day = fields.day("day")
    assert day is not None
    return AppointmentEntry(
        rep=metadata.rep or "",
        kind=parse_kind(metadata.step),
        day=day,
        at=fields.time("at"),
        notes=fields.text("notes").strip(),
    )


def parse_kind(packed: str | None) -> InteractionKind:
    """The kind that a button carries. Raises Gone for what was not made here."""
    if packed not in (InteractionKind.SESSION, InteractionKind.FIELD_DAY):
        raise Gone
    return InteractionKind(packed)


def appointment_menu(appointment: Appointment) -> BlockElement:
    """**Held**, **Moved**, **Didn't happen**, **Calendar file**."""
    return kit.menu(
        AppointmentAction.MENU,
        [
            (label, Metadata(subject=appointment.id, step=action.value).pack())
            for label, action in PLANNED_MENU
        ],
    )


def file_menu(appointments: Sequence[Appointment]) -> BlockElement:
    """**Calendar file** alone, for either of the two; of several with which it is of."""
    return kit.menu(
        AppointmentAction.CALENDAR_FILE,
        [
            (
                CALENDAR_FILE if len(appointments) == 1 else f"{CALENDAR_FILE}: {NAMES[one.kind]}",
                Metadata(subject=one.id).pack(),
            )
            for one in appointments
        ],
    )


def when_words(appointment: Appointment, today: date, team: Team | None = None) -> str:
    """Wed 2 Dec, 10:00, on the manager's wall; with the `team`, what the rep's shows beside it
    where that is another time."""
    day = kit.day_words(appointment.day, today)
    words = f"{day}, {kit.time_words(appointment.at)}" if appointment.at else day
    other = other_clock(appointment, team) if team else None
    if other is None:
        return words
    return f"{words} ({clock_words(other, appointment.day)} for {kit.escape(appointment.rep.name)})"


def clock_words(when: datetime, day: date) -> str:
    """A time on somebody else's wall, beside that day on one's own: 16:00, or Thu 01:00."""
    return kit.time_words(when.time()) if when.date() == day else kit.weekday_words(when)


def build_made(made: AppointmentMade) -> Message:
    """The answer to the manager."""
    one = made.appointment
    name, what = kit.bold(one.rep.name), NAMES[one.kind]
    verb = "Moved" if made.moved else "Planned"
    words = f"{verb}: {what} with {name}, {when_words(one, made.today, made.team)}."
    if one.kind is InteractionKind.SESSION:
        words += " Both of you get a note on the working day before."
    return kit.message(
        f"{verb}: {what} with {kit.escape(one.rep.name)}",
        [kit.section(words, appointment_menu(one))],
    )


def build_did_not_happen(made: AppointmentMade) -> Message:
    """It stands no longer; the way to plan it anew."""
    one = made.appointment
    words = (
        f"Noted: your {NAMES[one.kind]} with {kit.bold(one.rep.name)}, "
        f"{when_words(one, made.today)}, didn't happen. Another day?"
    )
    blocks = [kit.section(words), kit.actions([plan_button(one.rep.slack_id, one.kind)])]
    return kit.message("Didn't happen", blocks)


def coming_lines(appointments: Sequence[Appointment], team: Team, today: date) -> list[Block]:
    """On the manager's page: the next session and the next field day."""
    first = {one.kind: one for one in reversed(appointments)}
    shown = [one for one in appointments if first[one.kind] is one]
    blocks: list[Block] = []
    for one in shown:
        what, name = NAMES[one.kind], kit.bold(one.rep.name)
        words = f"*Next* · {when_words(one, today, team)} · {what} with {name}"
        more = len(appointments) - len(shown)
        if one is shown[-1] and more:
            words += f" · {more} more planned"
        blocks.append(kit.section(words, appointment_menu(one)))
    return blocks


def unanswered_lines(appointments: Sequence[Appointment], today: date, most: int) -> list[Block]:
    """On the manager's page: how it was, of what should have been by now."""
    blocks: list[Block] = []
    for one in appointments[:most]:
        here, name = Metadata(subject=one.id), one.rep.name
        day = kit.day_words(one.day, today)
        buttons: list[BlockElement] = [
            kit.button(label, action, here, spoken=f"{label}: {NAMES[one.kind]} with {name}, {day}")
            for label, action in MENU
        ]
        words = f"How was {day} with {kit.bold(name)}? _{NAMES[one.kind].capitalize()}_"
        blocks += [kit.section(words), kit.actions(buttons)]
    if len(appointments) > most:
        blocks.append(kit.context(f"And {len(appointments) - most} more to say how they were."))
    return blocks


def rep_lines(appointments: tuple[Appointment, ...], team: Team, today: date) -> list[Block]:
    """On the rep's page: what is next with them, a session with **Prepare**, each with **Calendar
    file**."""
    blocks: list[Block] = []
    for one in appointments:
        words = f"*Next {NAMES[one.kind]}* · {on_own_clock(one, team, today)}"
        if one.kind is not InteractionKind.SESSION:
            blocks.append(kit.section(words, file_menu([one])))
            continue
        # A rep of two teams has one of each.
        spoken = f"Prepare: session with {team.manager.name}"
        here = Metadata(subject=one.id)
        button = kit.button("Prepare", AppointmentAction.PREPARE, here, spoken=spoken)
        blocks += [kit.section(words), kit.actions([button, file_menu([one])])]
    return blocks


def session_beside(
    promise: Promise, appointments: Iterable[Appointment], when: Callable[[Appointment], str]
) -> str:
    """What stands beside a rep's request for time while it waits: the session that is planned with
    them, so that nobody asks again; "" for no request, and for none. `when` says a time as who
    reads it has it."""
    if not (promise.for_time and promise.waits):
        return ""
    for one in appointments:
        if one.kind is InteractionKind.SESSION and one.rep.id == promise.rep.id:
            return f" · {when(one)}, {NAMES[one.kind]}"
    return ""


def on_own_clock(appointment: Appointment, team: Team, today: date) -> str:
    """When it is, on the clock of the rep who reads it, and beside it what the manager's shows
    where that is another time; `today` is the date on the rep's wall."""
    if appointment.at is None:
        return kit.date_words(appointment.day, today)
    _, rep = clocks_of(appointment.day, appointment.at, team, appointment.rep)
    words = kit.moment_words(rep, team.zone_of(appointment.rep), today)
    other = other_clock(appointment, team, of_rep=False)
    if other is None:
        return words
    return f"{words} ({clock_words(other, rep.date())} for {kit.escape(team.manager.name)})"
