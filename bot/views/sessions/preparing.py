"""Before a session: the note to each side, and what the rep prepares."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.appointments import TOPIC_LIMIT
from bot.domain.contacts.drafts import ONE_STEP, DraftKind, DraftStep, Typed
from bot.domain.contacts.interactions import Interaction
from bot.domain.promises import Answer, Owner
from bot.domain.sessions.preparing import PreparationForm, SessionNote
from bot.domain.sessions.sessions import PastTopic, Topic
from bot.domain.workspaces.people import Person
from bot.views.appointments import file_menu, on_own_clock, when_words
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields, fill_in
from bot.views.block_kit.ids import AppointmentAction, Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.contact import otherwise_words, with_words
from bot.views.contacts.unfinished import build_kept
from bot.views.field_days.form import path_words
from bot.views.promises.promise import bare_words, by_sides, not_so_words, noted_words
from bot.views.results.figures import own_words
from bot.views.results.standing import standing_blocks
from bot.views.sessions.steps import became_lines

PLAN_SHOWN = 200
PLAN_SHOWN_TO_REP = 600
PROMISES_ROOM = 1500
TOPICS_ROOM = 5000
TOPICS_BLOCKS = 3
CONTACTS_ROOM = 1000
"""Characters of what a note says of promises, topics and contacts, and the blocks of the topics."""
OWN_RESULTS_ROOM = 2500
"""Characters of a rep's own results beside what they prepare: some twenty."""


def build_note(note: SessionNote, list_link: str | None) -> Message:
    """To the manager, the working day before: what to have in mind, and the way to the list of the
    week where it is known where that stands."""
    one = note.appointment
    name = kit.bold(one.rep.name)
    blocks: list[Block] = [
        kit.section(f"Your strategy session with {name}: {when_words(one, note.today, note.team)}.")
    ]
    for heading, found in by_sides(note.other_promises, kit.escape(one.rep.name)):
        lines = [bare_words(one, note.today) + not_so_words(one) for one in found]
        blocks += kit.lines([f"*{heading}*", *_fitting(lines)])
    below: list[Block] = []
    if note.focus:
        focus = kit.quote(note.focus.text, PLAN_SHOWN)
        beside = otherwise_words(one.rep, note.focus.otherwise)
        way = path_words(note.focus.path, note.today)
        how = f" · {way}" if way else ""
        below.append(kit.section(f"*Focus of your last field day:* {focus}{how}{beside}"))
    if note.contacts:
        lines = [_contact_line(contact, note.today) for contact in note.contacts]
        shown = kit.fitting(lines, CONTACTS_ROOM, "And more, in the binder.")
        below += kit.lines(["*Since the last session*", *shown])
    below += standing_blocks(note.paces, one.rep, note.today)
    why = "You get this once, the working day before a session you planned."
    if list_link is not None:
        why = f"<{list_link}|Your list of the week> · {why}"
    here = Metadata(subject=one.id)
    buttons: list[BlockElement] = [
        kit.button("Open the session", AppointmentAction.HELD, here, style="primary"),
        kit.button("Moved", AppointmentAction.MOVED, here),
        kit.button("Didn't happen", AppointmentAction.DID_NOT_HAPPEN, here),
        file_menu([one]),
    ]
    below += [kit.actions(buttons), kit.context(why)]
    left = kit.MESSAGE_ROOM - kit.weight([*blocks, *below])
    room = min(left - TOPICS_BLOCKS * kit.BLOCK_WEIGHT, TOPICS_ROOM)
    blocks += kit.lines(kit.fitting(_topic_lines(note), room, "More stands in the form."))
    blocks += below
    # What was planned or prepared stands in no notification.
    return kit.message(f"Your session with {kit.escape(one.rep.name)} is next", blocks)


def _fitting(lines: list[str]) -> list[str]:
    return kit.fitting(lines, PROMISES_ROOM, "And more, in the binder and on the Home tab.")


def _contact_line(contact: Interaction, today: date) -> str:
    day, how = kit.date_words(contact.occurred_on, today), with_words(contact).rpartition(" ")[0]
    about = kit.quote(contact.about, 100)
    return " · ".join(part for part in (day, how, about) if part)


def _topic_lines(note: SessionNote) -> list[str]:
    lines = []
    for topic in note.topics:
        past = note.last.get(topic.key)
        steps = note.became.get(topic.key, ())
        rep = note.appointment.rep
        parts = past_parts(past, rep, steps_shown=bool(steps)) if past else []
        parts += became_lines(steps, note.today)
        if topic.key in note.prepared:
            words = kit.quote(note.prepared[topic.key], PLAN_SHOWN)
            parts.append(f"{kit.escape(rep.name)} prepared: {words}")
        if parts:
            lines.append("\n".join([kit.bold(topic.title), *parts]))
    return lines


def past_parts(
    past: PastTopic, rep: Person | None, *, steps_shown: bool, room: int = PLAN_SHOWN
) -> list[str]:
    """The plan and last time's words, a line each, and beside them what the `rep` remembers
    otherwise; None where it is the rep who reads it. Last time's steps are left out where what
    became of them is shown."""
    said = past.notes
    parts = [
        f"{label}: {kit.quote(words, room)}"
        for label, words in (
            ("Plan", said.whole_plan),
            ("Last time", said.changed),
            ("Next step", "" if steps_shown else said.next_step),
        )
        if words
    ]
    if rep is not None:
        beside = otherwise_words(rep, past.otherwise).strip()
    else:
        beside = f"You remember it differently: “{kit.quote(past.otherwise or '')}”"
    return [*parts, beside] if parts and past.otherwise else parts


def build_rep_note(note: SessionNote) -> Message:
    """To the rep, the working day before: their promises, and the way to prepare."""
    one, manager = note.appointment, kit.escape(note.team.manager.name)
    when = on_own_clock(one, note.team, note.today)
    blocks: list[Block] = [
        kit.section(f"Your strategy session with {kit.bold(note.team.manager.name)}: {when}.")
    ]
    steps = [one for one in note.promises if one.owner is Owner.REP and one.shown]
    own = [bare_words(one, note.today) for one in steps if one.is_agreed]
    if own:
        blocks += kit.lines(["*You promised*", *_fitting(own)])
    name = note.team.manager.name
    noted = [noted_words(one, name, note.today) for one in steps if one.answer is Answer.NOTED]
    if noted:
        blocks += kit.lines(
            [*_fitting(noted), "_Agreed or not so: your Home tab takes your answer._"]
        )
    titles = ", ".join(kit.escape(topic.title) for topic in note.topics)
    blocks += kit.lines([f"*Topics:* {titles}"])
    prepare = kit.button("Prepare", AppointmentAction.PREPARE, Metadata(subject=one.id))
    why = f"You get this once, because {manager} planned a session with you."
    blocks += [kit.actions([prepare, file_menu([one])]), kit.context(why)]
    return kit.message(f"Your session with {manager} is next", blocks)


def build_preparation(form: PreparationForm, metadata: Metadata) -> View:
    """What the rep writes first, topic by topic; sent, the manager reads it."""
    manager = kit.bold(form.team.manager.name)
    blocks: list[Block] = [
        # Before all fields: on a phone nobody scrolls to the end of a form to leave it.
        kit.actions([kit.button("Finish later", AppointmentAction.PREPARE_KEEP)]),
        kit.context(
            f"Kept as you go, for you alone; {manager} reads it once you send it. Leave out what "
            "you like."
        ),
    ]
    for topic in form.topics:
        blocks += _prepared(form, topic)
    blocks += _own_results(form)
    view = kit.modal("Prepare", Form.PREPARATION, blocks, metadata, submit="Send", close="Close")
    return fill_in(view, form.draft.typed[ONE_STEP]) if form.draft else view


def build_preparation_kept(form: PreparationForm) -> Message:
    """The answer to **Finish later**, in place of the form."""
    return build_kept(DraftKind.PREPARATION, form.team.manager.name)


def _own_results(form: PreparationForm) -> list[Block]:
    """The rep's own results, as they are, and last: they look back."""
    if not form.results:
        return []
    lines = [kit.escape(own_words(one, form.today)) for one in form.results]
    shown = kit.fitting(lines, OWN_RESULTS_ROOM, "And more, in *My copy* on your Home tab.")
    return kit.lines(["*Your results*", *shown])


def _prepared(form: PreparationForm, topic: Topic) -> list[Block]:
    """A topic's box, and its plan and last time's words, as far as they were shared."""
    past, steps = form.last.get(topic.key), form.became.get(topic.key, ())
    lines = past_parts(past, None, steps_shown=bool(steps), room=PLAN_SHOWN_TO_REP) if past else []
    lines += became_lines(steps, form.today, manager=form.team.manager.name)
    box = kit.field(
        f"topic.{topic.key}",
        topic.title,
        kit.text_input(initial=form.prepared.get(topic.key, ""), multiline=True, limit=TOPIC_LIMIT),
        optional=True,
        hint=topic.prompt or None,
        action=AppointmentAction.PREPARE_WITHIN,
    )
    return [box, *kit.lines(lines)]


def parse_preparation(
    state: Mapping[str, Any], metadata: Metadata, view: str, typed_at: int = 0
) -> DraftStep:
    """What the form holds, in the modal of that id."""
    return DraftStep(
        kind=DraftKind.PREPARATION,
        form=metadata.form or view,
        step=ONE_STEP,
        typed=Fields(state).typed(),
        typed_at=typed_at,
        view=view,
        subject=metadata.subject or 0,
    )


def prepared_texts(typed: Typed) -> dict[str, str]:
    """What was written, by topic."""
    return {
        name.removeprefix("topic."): typed.text(name).strip()
        for name in typed.values
        if name.startswith("topic.")
    }


def build_prepared(form: PreparationForm) -> Message:
    """The answer to the rep."""
    manager = kit.bold(form.team.manager.name)
    return kit.message(f"{manager} has it for your session. You can change it until then.")
