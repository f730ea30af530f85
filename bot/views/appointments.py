"""What is planned with a rep: its form, its line, the notes before a session, and what the rep
prepares."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.appointments import (
    NOTES_LIMIT,
    TOPIC_LIMIT,
    USUAL_TIME,
    Appointment,
    AppointmentEntry,
)
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.facts import AppointmentDesk, AppointmentMade, PreparationDesk, SessionNote
from bot.domain.promises import Owner, Promise
from bot.domain.sessions.sessions import PastTopic, Topic
from bot.domain.team.calendar import instant
from bot.domain.team.teams import Team
from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import AppointmentAction, Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.touch import with_words
from bot.views.planning import plan_button
from bot.views.promises.promise import bare_words
from bot.views.sessions.sharing import NAMES

KINDS = [
    ("Strategy session", InteractionKind.SESSION.value),
    ("Field day", InteractionKind.FIELD_DAY.value),
]
PLAN_SHOWN = 200
PROMISES_ROOM = 1500
TOPICS_ROOM = 5000
TOPICS_BLOCKS = 3
CONTACTS_ROOM = 1000
"""Characters of what a note says of promises, topics and contacts, and the blocks of the topics."""
"""Characters of a note: Slack takes some 13,000 in all blocks of a message."""

MENU = (
    ("Held", AppointmentAction.HELD),
    ("Moved", AppointmentAction.MOVED),
    ("Didn't happen", AppointmentAction.DID_NOT_HAPPEN),
)


def build_appointment_form(desk: AppointmentDesk, metadata: Metadata) -> View:
    """When it is to be: what is planned already, or a day that suits. The metadata's text is what
    a new field day is for, where that is known."""
    name = kit.bold(desk.rep.name)
    what = NAMES[desk.kind]
    if desk.standing is not None:
        day = kit.date_words(desk.standing.day, desk.today)
        words = f"Your {what} with {name} is planned for {day}."
    else:
        words = f"A {what} with {name}. The day below suits both of you, as far as I can see."
    here = Metadata(
        rep=desk.rep.slack_id,
        step=desk.kind.value,
        answer=metadata.answer,
        under=metadata.under,
    )
    is_session = desk.kind is InteractionKind.SESSION
    at = desk.at or (USUAL_TIME if is_session and desk.standing is None else None)
    blocks = [
        kit.context(words),
        kit.field("day", "Day", kit.date_input(desk.day)),
        kit.field("at", "Time", kit.time_input(at), optional=True, hint="On your own clock."),
    ]
    if not is_session:
        notes = desk.standing.notes if desk.standing else metadata.text or ""
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
    """**Held**, **Moved**, **Didn't happen**."""
    return kit.menu(
        AppointmentAction.MENU,
        [
            (label, Metadata(subject=appointment.id, step=action.value).pack())
            for label, action in MENU
        ],
    )


def when_words(appointment: Appointment, today: date) -> str:
    """Wed 2 Dec, 10:00, on the manager's wall."""
    day = kit.day_words(appointment.day, today)
    return f"{day}, {kit.time_words(appointment.at)}" if appointment.at else day


def build_made(made: AppointmentMade) -> Message:
    """The answer to the manager."""
    one = made.appointment
    name, what = kit.bold(one.rep.name), NAMES[one.kind]
    verb = "Moved" if made.moved else "Planned"
    words = f"{verb}: {what} with {name}, {when_words(one, made.today)}."
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


def coming_lines(appointments: tuple[Appointment, ...], today: date, most: int) -> list[Block]:
    """On the manager's page: what is next, each with what became of it."""
    if not appointments:
        return []
    blocks: list[Block] = [kit.section("*What is next*")]
    for one in appointments[:most]:
        what = NAMES[one.kind].capitalize()
        words = f"{when_words(one, today)} · {what} with {kit.bold(one.rep.name)}"
        blocks.append(kit.section(words, appointment_menu(one)))
    if len(appointments) > most:
        blocks.append(kit.context(f"And {len(appointments) - most} more."))
    return blocks


def rep_lines(appointments: tuple[Appointment, ...], team: Team, today: date) -> list[Block]:
    """On the rep's page: what is planned with them, a session with **Prepare**."""
    blocks: list[Block] = []
    for one in appointments:
        words = f"*Next {NAMES[one.kind]}* · {_on_own_clock(one, team, today)}"
        button = None
        if one.kind is InteractionKind.SESSION:
            here = Metadata(subject=one.id)
            button = kit.button("Prepare", AppointmentAction.PREPARE, here)
        blocks.append(kit.section(words, button))
    return blocks


def _on_own_clock(appointment: Appointment, team: Team, today: date) -> str:
    """When it is, on each reader's own clock."""
    if appointment.at is None:
        return kit.date_words(appointment.day, today)
    zone = team.manager_zone
    at = int(instant(appointment.day, appointment.at, zone).timestamp())
    fallback = when_words(appointment, today)
    return f"<!date^{at}^{{date_short_pretty}}, {{time}}|{fallback}>"


def build_note(note: SessionNote) -> Message:
    """To the manager, the working day before: what to have in mind."""
    one = note.appointment
    name = kit.bold(one.rep.name)
    blocks: list[Block] = [
        kit.section(f"Your strategy session with {name}: {when_words(one, note.today)}.")
    ]
    rep_promised = f"{kit.escape(one.rep.name)} promised"
    for heading, owner in (("You promised", Owner.MANAGER), (rep_promised, Owner.REP)):
        own = [promise for promise in note.promises if promise.owner is owner]
        if own:
            blocks += kit.lines([f"*{heading}*", *_promise_lines(own, note)])
    below: list[Block] = []
    if note.focus:
        focus = kit.quote(note.focus, PLAN_SHOWN)
        below.append(kit.section(f"*Focus of your last field day:* {focus}"))
    if note.contacts:
        lines = [_contact_line(contact, note.today) for contact in note.contacts]
        shown = kit.fitting(lines, CONTACTS_ROOM, "And more, in the binder.")
        below += kit.lines(["*Since the last session*", *shown])
    why = "You get this once, the working day before a session you planned."
    here = Metadata(subject=one.id)
    buttons: list[BlockElement] = [
        kit.button("Open the session", AppointmentAction.HELD, here, style="primary"),
        kit.button("Moved", AppointmentAction.MOVED, here),
        kit.button("Didn't happen", AppointmentAction.DID_NOT_HAPPEN, here),
    ]
    below += [kit.actions(buttons), kit.context(why)]
    left = kit.MESSAGE_ROOM - kit.weight([*blocks, *below])
    room = min(left - TOPICS_BLOCKS * kit.BLOCK_WEIGHT, TOPICS_ROOM)
    blocks += kit.lines(kit.fitting(_topic_lines(note), room, "More stands in the form."))
    blocks += below
    # What was planned or prepared stands in no notification.
    return kit.message(f"Your session with {kit.escape(one.rep.name)} is next", blocks)


def _promise_lines(own: list[Promise], note: SessionNote) -> list[str]:
    lines = [bare_words(promise, note.today) for promise in own]
    return kit.fitting(lines, PROMISES_ROOM, "And more, in the binder and on the Home tab.")


def _contact_line(contact: Interaction, today: date) -> str:
    day, how = kit.date_words(contact.occurred_on, today), with_words(contact).rpartition(" ")[0]
    about = kit.quote(contact.about, 100)
    return " · ".join(part for part in (day, how, about) if part)


def _topic_lines(note: SessionNote) -> list[str]:
    lines = []
    for topic in note.topics:
        past = note.last.get(topic.key)
        parts = [*_past_parts(past)] if past else []
        if topic.key in note.prepared:
            words = kit.quote(note.prepared[topic.key], PLAN_SHOWN)
            parts.append(f"{kit.escape(note.appointment.rep.name)} prepared: {words}")
        if parts:
            lines.append("\n".join([kit.bold(topic.title), *parts]))
    return lines


def _past_parts(past: PastTopic) -> list[str]:
    said = past.notes
    return [
        f"{label}: {kit.quote(words, PLAN_SHOWN)}"
        for label, words in (
            ("Plan", said.plan),
            ("Last time", said.changed),
            ("Next step", said.next_step),
        )
        if words
    ]


def build_rep_note(note: SessionNote) -> Message:
    """To the rep, the working day before: their promises, and the way to prepare."""
    one, manager = note.appointment, kit.escape(note.team.manager.name)
    when = _on_own_clock(one, note.team, note.today)
    blocks: list[Block] = [
        kit.section(f"Your strategy session with {kit.bold(note.team.manager.name)}: {when}.")
    ]
    own = [promise for promise in note.promises if promise.owner is Owner.REP]
    if own:
        blocks += kit.lines(["*You promised*", *_promise_lines(own, note)])
    titles = ", ".join(kit.escape(topic.title) for topic in note.topics)
    blocks += kit.lines([f"*Topics:* {titles}"])
    prepare = kit.button("Prepare", AppointmentAction.PREPARE, Metadata(subject=one.id))
    why = f"You get this once, because {manager} planned a session with you."
    blocks += [kit.actions([prepare]), kit.context(why)]
    return kit.message(f"Your session with {manager} is next", blocks)


def build_preparation(desk: PreparationDesk, metadata: Metadata) -> View:
    """What the rep writes first, topic by topic; sent, the manager reads it."""
    manager = kit.bold(desk.team.manager.name)
    blocks: list[Block] = [
        kit.context(f"{manager} reads this once you send it. Leave out what you like.")
    ]
    blocks += [_prepared(topic, desk.prepared.get(topic.key, "")) for topic in desk.topics]
    return kit.modal("Prepare", Form.PREPARATION, blocks, metadata, submit="Send")


def _prepared(topic: Topic, text: str) -> Block:
    return kit.field(
        f"topic.{topic.key}",
        topic.title,
        kit.text_input(initial=text, multiline=True, limit=TOPIC_LIMIT),
        optional=True,
        hint=topic.prompt or None,
    )


def parse_preparation(state: Mapping[str, Any]) -> dict[str, str]:
    """What was written, by topic."""
    fields = Fields(state)
    return {
        name.removeprefix("topic."): fields.text(name).strip()
        for name in fields.names()
        if name.startswith("topic.")
    }


def build_prepared(desk: PreparationDesk) -> Message:
    """The answer to the rep."""
    manager = kit.bold(desk.team.manager.name)
    return kit.message(f"{manager} has it for your session. You can change it until then.")
