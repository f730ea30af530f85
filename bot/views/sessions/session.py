"""A strategy session: its form, a topic a step, and what an entry of the binder shows."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from slack_sdk.models.blocks import Block, NumberInputElement

from bot.domain.appointments import AppointmentForm
from bot.domain.binder.pages import BinderShelf
from bot.domain.contacts.drafts import DraftKind, DraftStep
from bot.domain.sessions.sessions import (
    ACTIVITY_LIMIT,
    MOST_A_WEEK,
    PLAN_LIMIT,
    NextSession,
    PastTopic,
    Session,
    SessionDraft,
    SessionForm,
    SessionLogged,
    StepEntry,
    Topic,
    TopicNotes,
    TopicShape,
)
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import Gone
from bot.views.appointments import build_asked_about, when_words
from bot.views.block_kit import kit, people
from bot.views.block_kit.fields import Fields, fill_in
from bot.views.block_kit.ids import Form, Metadata, SessionAction
from bot.views.block_kit.kit import Message, View
from bot.views.contacts import unfinished
from bot.views.contacts.account_dates import with_dates
from bot.views.contacts.contact import otherwise_words
from bot.views.contacts.touch import build_confirmation
from bot.views.results.standing import standing_blocks
from bot.views.sessions.steps import account_blocks, became_lines, understood_blocks

USAGE = (
    "*Hold a strategy session*\n"
    "`/session @rep` opens the form: one topic at a time, the plan and last time's words beside "
    "it. Each step is kept as you go; close it whenever you like, and *Resume* is on your Home "
    "tab.\n"
    "`/session topics` shows the topics, to change, order, add and retire.\n"
    "`/binder @rep` shows, changes and deletes what is kept."
)

NOT_UNDERSTOOD = (
    "A strategy session has a form of its own: type `/session @` and pick the person from the list."
)

PROGRESS = "Worth a word next week"
BEFORE_SHOWN = 120
LINES_BEFORE = 3
"""What stands above the fields, characters and lines: the rest is below them, so that the first
thing on a phone is what one writes in."""
LAST_TIME_SHOWN = 600
PREPARED_SHOWN = 1500
KEPT_SHOWN = 400


def build_session_shelf(shelf: BinderShelf) -> View:
    """Who the session is with, where nobody was named."""
    reps = [member.rep for member in shelf.members if member.is_on(shelf.today)]
    blocks = [people.rep_field(reps, placeholder="Who is it with?")]
    return kit.modal("Strategy session", Form.SESSION_REP, blocks, submit="Start")


def build_session_form(opened: SessionForm, metadata: Metadata) -> View:
    """The step that the form stands at."""
    draft = opened.draft
    topic = draft.topic()
    here = Metadata(
        form=draft.form,
        rep=draft.rep.slack_id,
        step=draft.step,
        day=draft.day.isoformat(),
        page=str(draft.topic_set),
        subject=draft.held or None,
        answer=metadata.answer,
        under=metadata.under,
    )
    kept = _kept(opened) if draft.step == draft.steps[0] else []
    blocks = [
        _head(opened),
        _aside(draft),
        *kept,
        *(_close_step(opened) if topic is None else _topic_step(opened, topic)),
    ]
    last = "Save" if opened.held else "Log it"
    form, submit = (Form.SESSION, "Next") if topic else (Form.SESSION_CLOSE, last)
    # Closing it loses nothing, so that it is not called to cancel.
    view = kit.modal("Strategy session", form, blocks, here, submit=submit, close="Close")
    typed = draft.typed.get(draft.step)
    return fill_in(view, typed) if typed else view


def build_session_kept(opened: SessionForm) -> Message:
    """The answer to **Finish later**, in place of the form."""
    return unfinished.build_kept(DraftKind.SESSION, opened.draft.rep.name)


def _head(form: SessionForm) -> Block:
    draft = form.draft
    place = f"{draft.steps.index(draft.step) + 1} of {len(draft.steps)}"
    left = " · picked up where you left it" if form.resumed else ""
    beside = otherwise_words(draft.rep, form.otherwise)
    return kit.context(f"{kit.bold(draft.rep.name)} · {place}{left} · kept as you go{beside}")


def _aside(draft: SessionDraft) -> Block:
    """What stands before all fields: on a phone nobody scrolls to the end of a form to leave it."""
    buttons = [kit.button("Finish later", SessionAction.KEEP)]
    if draft.step != draft.steps[0]:
        buttons.append(kit.button("Back", SessionAction.BACK))
    return kit.actions(buttons)


def _kept(form: SessionForm) -> list[Block]:
    """What was kept for this session in the field."""
    if not form.kept:
        return []
    lines = [f"• {kit.quote(item.text, KEPT_SHOWN)}" for item in form.kept]
    return kit.lines(["*Kept for this session*", *lines])


def _topic_step(form: SessionForm, topic: Topic) -> list[Block]:
    draft = form.draft
    said = draft.notes.topics.get(topic.key, TopicNotes())
    title = kit.bold(topic.title)
    prompt = f"\n{kit.escape(topic.prompt)}" if topic.prompt else ""
    above, below = _before(form, topic)
    # Named by topic: Slack keeps what was typed in a field whose name stays when a form goes on.
    return [
        kit.section(f"{title}{prompt}"),
        *above,
        *(_number(topic, said) if _has_number(topic, said) else ()),
        _words(f"plan.{topic.key}", "Plan", said.plan, beside="It stays until you change it."),
        _words(f"changed.{topic.key}", "What changed", said.changed),
        _words(
            f"next_step.{topic.key}",
            "Next step",
            said.next_step,
            f"Several, one a line: “me: find a reference by 1 Dec”. Without a name it is "
            f"{draft.rep.name}'s, without a day for next time. Each becomes a promise.",
        ),
        kit.field(
            f"progress.{topic.key}",
            "Progress",
            kit.tick(PROGRESS, "progress", ticked=said.progress),
            optional=True,
            action=SessionAction.WITHIN,
        ),
        *below,
        *account_blocks(form.accounts, form.manager.name),
    ]


def _before(form: SessionForm, topic: Topic) -> tuple[list[Block], list[Block]]:
    """What stands from before, in short above the fields of a topic; and below them, whole, what
    was shortened."""
    rep, steps = form.draft.rep, form.became.get(topic.key, ())
    said = became_lines(steps, form.today)
    past = form.last.get(topic.key)
    last = partial(_last_time, past, rep, form.today, bool(steps)) if past is not None else None
    prepared = form.prepared.get(topic.key, "")
    above = [
        *(last(BEFORE_SHOWN) if last else ()),
        *([kit.context("\n".join(said[:LINES_BEFORE]))] if said else ()),
        *(_prepared(rep, prepared, BEFORE_SHOWN) if prepared else ()),
    ]
    whole = [
        *(last(LAST_TIME_SHOWN) if last else ()),
        *(kit.lines(["*What became of the steps*", *said]) if len(said) > LINES_BEFORE else ()),
        *(_prepared(rep, prepared, PREPARED_SHOWN) if prepared else ()),
    ]
    shown = [block.to_dict() for block in above]
    below = [block for block in whole if block.to_dict() not in shown]
    return above, below


def _prepared(rep: Person, words: str, room: int) -> list[Block]:
    return [kit.context(f"{kit.bold(rep.name)} prepared: {kit.quote(words, room)}")]


def _has_number(topic: Topic, said: TopicNotes) -> bool:
    """A number that stands is shown whatever became of the topic's shape."""
    return topic.shape is TopicShape.NUMBER or bool(said.number)


def _number(topic: Topic, said: TopicNotes) -> list[Block]:
    """An activity, and how often a week."""
    what = kit.text_input(
        initial=said.activity, limit=ACTIVITY_LIMIT, placeholder="visits to new accounts"
    )
    many = NumberInputElement(
        is_decimal_allowed=False,
        initial_value=str(said.a_week) if said.a_week else None,
        min_value="0",
        max_value=str(MOST_A_WEEK),
    )
    return [
        kit.field(
            f"activity.{topic.key}", "Activity", what, optional=True, action=SessionAction.WITHIN
        ),
        kit.field(
            f"a_week.{topic.key}",
            "How many a week",
            many,
            optional=True,
            action=SessionAction.WITHIN,
        ),
    ]


def _words(
    name: str, label: str, initial: str, hint: str | None = None, beside: str | None = None
) -> Block:
    """A box for a text; `beside` stands in it while it is empty."""
    box = kit.text_input(initial=initial, multiline=True, limit=PLAN_LIMIT, placeholder=beside)
    return kit.field(name, label, box, optional=True, hint=hint, action=SessionAction.WITHIN)


def _last_time(
    past: PastTopic, rep: Person, today: date, steps_shown: bool, room: int
) -> list[Block]:
    said = past.notes
    parts = [
        f"*{label}:* {kit.quote(words, room)}"
        for label, words in (
            ("What changed", said.changed),
            ("Next step", "" if steps_shown else said.next_step),
        )
        if words
    ]
    # The plan of then stands in its box below, to be changed.
    if not parts and not (said.whole_plan and past.otherwise):
        return []
    day = kit.date_words(past.held_on, today)
    last = " · ".join([f"Last time, {day}", *parts])
    return [kit.context(f"{last}{otherwise_words(rep, past.otherwise)}")]


def _close_step(form: SessionForm) -> list[Block]:
    draft = form.draft
    notes = draft.notes
    return [
        *understood_blocks(form),
        *standing_blocks(form.paces, draft.rep, form.today),
        _words("results", "Results, looking back", notes.results),
        _words("shared_note", "Note for both of you", notes.shared_note),
        kit.field("day", "When", kit.date_input(draft.day), action=SessionAction.WITHIN),
        *(_coming(form.coming) if form.coming else ()),
    ]


def _coming(coming: NextSession) -> list[Block]:
    """When the next session is to be: planned with this one."""
    return [
        kit.field(
            "coming_day",
            "Next session",
            kit.date_input(coming.day),
            optional=True,
            hint="Planned with this one. Without a day nothing is planned.",
            action=SessionAction.WITHIN,
        ),
        kit.field(
            "coming_at",
            "Time",
            kit.time_input(coming.at),
            optional=True,
            hint="On your own clock.",
            action=SessionAction.WITHIN,
        ),
    ]


def parse_step(
    state: Mapping[str, Any], metadata: Metadata, view: str, typed_at: int = 0
) -> StepEntry:
    """The step that was sent, or is being filled in, in the modal of that id. Raises Gone for what
    was not made here."""
    topic_set = metadata.page or ""
    if not topic_set.isdecimal():
        raise Gone
    return StepEntry(
        DraftStep(
            kind=DraftKind.SESSION,
            form=metadata.form or "",
            step=metadata.step or "",
            typed=Fields(state).typed(),
            typed_at=typed_at,
            view=view,
            rep=metadata.rep or "",
            topic_set=int(topic_set),
            subject=metadata.subject or 0,
            day=_day(metadata.day),
        )
    )


def _day(packed: str | None) -> date | None:
    """The day a form was opened for; none in one of an earlier version. Raises Gone for what was
    not made here."""
    try:
        return date.fromisoformat(packed) if packed else None
    except ValueError as error:
        raise Gone from error


def parse_session_shelf(state: Mapping[str, Any]) -> str:
    """The Slack id of the chosen rep."""
    return people.parse_rep(Fields(state))


def build_held(held: SessionLogged) -> Message:
    """What was logged, for the manager alone, when the next one is, and the account dates that
    were read in it."""
    planned, then = held.planned, ""
    if planned is not None:
        when = when_words(planned.appointment, planned.today, planned.team)
        then = f"Next session: {when}."
    message = build_confirmation(held.logged, then=then)
    return with_dates(message, held.dates.there, held.logged.today)


def build_asked_about_next(held: SessionLogged) -> View:
    """Whether the time of the next session is meant, which is early or late for one of the two;
    the session itself is logged."""
    assert held.entry is not None
    contact, today = held.logged.touch, held.logged.today
    form = AppointmentForm(contact.rep, contact.kind, held.entry.day, held.entry.at, today, None)
    return build_asked_about(form, held.entry, held.asked, Metadata())


def session_blocks(session: Session) -> list[Block]:
    """What was said, topic by topic, exactly as typed, as an entry of the binder shows it."""
    blocks: list[Block] = []
    for topic, said in session.spoken():
        if not (said.whole_plan or said.changed or said.next_step):
            continue
        blocks.append(kit.section(kit.bold(topic.title)))
        for label, words in (
            ("Plan", said.whole_plan),
            ("What changed", said.changed),
            ("Next step", said.next_step),
        ):
            if words:
                # In one block, label and words: twelve topics have room for no more.
                blocks += kit.literal(f"{label}:\n{words}")
    for label, words in (
        ("Results, looking back", session.notes.results),
        ("Note for both of you", session.notes.shared_note),
    ):
        if words:
            blocks += [kit.section(f"*{label}*"), *kit.literal(words)]
    return blocks
