"""Strategy sessions: the same topics every time, each with a plan that stays until changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum

from bot.domain.accounts.accounts import KnownAccount
from bot.domain.accounts.dates import NOTHING_READ, ReadDates
from bot.domain.appointments import AppointmentEntry, AppointmentMade, OddHour
from bot.domain.contacts.drafts import Draft, DraftKind, DraftStep, Typed
from bot.domain.contacts.interactions import Logged
from bot.domain.meetings.agenda import AgendaItem
from bot.domain.promises import Promise
from bot.domain.results.pace import Pace
from bot.domain.sessions.steps import Step
from bot.domain.team.settings import Direction
from bot.domain.workspaces.people import Person

PLAN_LIMIT = 3000
"""Characters of each text of a topic: what Slack's plain text input holds. Source:
https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""

ACTIVITY_LIMIT = 100
MOST_A_WEEK = 999
"""Of an activity: more is a slip."""
LONGEST_NUMBER = 9
"""Digits that are a number at all: every database holds so many."""

CLOSE = "close"
"""The last step of the form, after the topics: results, what is said to both, the day."""


class TopicShape(StrEnum):
    """What the plan of a topic consists of, beside its text."""

    TEXT = "text"
    STEPS = "steps"
    """Steps with a day: those still open stand with the plan, whichever session they come from."""
    NUMBER = "number"
    """What is to be done how often a week."""
    ACCOUNTS = "accounts"
    """The rep's accounts, and who knows whom there."""


@dataclass(frozen=True)
class Topic:
    """What is talked about in every session. `key` names it across versions of a team's topics;
    `id` is 0 for one that is not kept yet."""

    id: int
    key: str
    title: str
    prompt: str
    direction: Direction = Direction.FORWARD
    minutes: int = 10
    shape: TopicShape = TopicShape.TEXT


DEFAULT_TOPICS = (
    Topic(
        0,
        "territory",
        "Territory management plan",
        "Where is the next growth, and what for?",
        shape=TopicShape.STEPS,
    ),
    Topic(
        0,
        "accounts",
        "Key-account plan",
        "Which accounts, who knows whom, what is next there?",
        shape=TopicShape.ACCOUNTS,
    ),
    Topic(0, "pipeline", "Pipeline", "What can move, and what would help it move?", minutes=15),
    Topic(
        0,
        "activity",
        "Activity plan",
        "Which few things make the next two weeks good ones?",
        shape=TopicShape.NUMBER,
    ),
)
"""PRODUCT.md names these four; a team may make them its own."""


@dataclass(frozen=True)
class TopicNotes:
    """What was said of a topic: the standing plan, what changed, and the next steps, one a line:
    in a form as they were typed, once the session is held what each is, the rest being promises.
    `progress`: what changed is progress that deserves a word later. `activity` is what is to be
    done `a_week` times, as part of the plan; 0 for no number."""

    plan: str = ""
    changed: str = ""
    next_step: str = ""
    progress: bool = False
    activity: str = ""
    a_week: int = 0

    @property
    def number(self) -> str:
        """What is to be done how often: 3 visits to new accounts a week; "" for neither."""
        if not self.a_week:
            return self.activity
        return " ".join(filter(None, (str(self.a_week), self.activity, "a week")))

    @property
    def whole_plan(self) -> str:
        """The plan, its number with it."""
        return "\n".join(filter(None, (self.number, self.plan)))

    def standing(self) -> "TopicNotes":
        """What of it stands until it is changed: the plan."""
        return TopicNotes(self.plan, activity=self.activity, a_week=self.a_week)


@dataclass(frozen=True)
class PastTopic:
    """A topic as it was in the last session that had it. `otherwise` is what the rep remembers
    otherwise of that session, where they want it to stand beside the text. `session` is the id of
    that contact."""

    held_on: date
    notes: TopicNotes
    otherwise: str | None = None
    session: int = 0


def steps_by_topic(
    promised: Iterable[Promise], last: Mapping[str, PastTopic]
) -> dict[str, tuple[Promise, ...]]:
    """What became of the steps of each topic, by its key: those of the `last` session that had it,
    whatever became of them, and those of sessions before that are open still."""
    found: dict[str, tuple[Promise, ...]] = {}
    for promise in promised:
        past = last.get(promise.topic_key)
        if past is not None and (promise.is_open or promise.interaction_id == past.session):
            found[promise.topic_key] = (*found.get(promise.topic_key, ()), promise)
    return found


@dataclass(frozen=True)
class KeptPlan:
    """A topic's plan that outlived its session, which went because it is old. `shared`: its rep has
    read it. `otherwise` is what the rep remembers otherwise, beside it."""

    agreed_on: date
    title: str
    text: str
    shared: bool
    otherwise: str | None


@dataclass(frozen=True)
class StandingPlan:
    """A topic's plan as it stands since a session, "" for none, and the progress that was named
    in it. `session` is the id of that contact; `otherwise` as with `PastTopic`; `earlier` names the
    earlier manager whose session it was."""

    team_id: int
    rep_id: int
    session: int
    agreed_on: date
    key: str
    title: str
    text: str
    progress: str = ""
    otherwise: str | None = None
    earlier: str | None = None


@dataclass(frozen=True)
class SessionNotes:
    """A session's words. `topics` by key; `results` looks back; `shared_note` is for both."""

    topics: Mapping[str, TopicNotes] = field(default_factory=dict)
    results: str = ""
    shared_note: str = ""

    def says_something(self, before: Mapping[str, TopicNotes]) -> bool:
        """Whether it holds more than the plans that stood `before`."""
        return bool(self.results or self.shared_note) or any(
            notes.changed
            or notes.next_step
            or notes.standing() != before.get(key, TopicNotes()).standing()
            for key, notes in self.topics.items()
        )


@dataclass(frozen=True)
class NextSession:
    """When the next one is to be, on the manager's wall; no day: it is not planned yet."""

    day: date | None
    at: time | None = None


@dataclass(frozen=True)
class CloseEntry:
    """What the last step says; `day` is None while it is being chosen anew, `coming` where the form
    does not ask for it."""

    day: date | None
    results: str
    shared_note: str
    coming: NextSession | None = None


def said_in(step: str, typed: Typed) -> TopicNotes | CloseEntry:
    """What the fields of a step say; those of a topic are named by its key."""
    if typed.has("day"):
        results, shared = typed.text("results").strip(), typed.text("shared_note").strip()
        coming = None
        if typed.has("coming_day"):
            coming = NextSession(typed.day("coming_day"), typed.time("coming_at"))
        return CloseEntry(typed.day("day"), results, shared, coming)
    a_week = typed.text(f"a_week.{step}").strip()
    return TopicNotes(
        plan=typed.text(f"plan.{step}").strip(),
        changed=typed.text(f"changed.{step}").strip(),
        next_step=typed.text(f"next_step.{step}").strip(),
        progress=bool(typed.checked(f"progress.{step}")),
        activity=" ".join(typed.text(f"activity.{step}").split()),
        a_week=int(a_week) if a_week.isdecimal() and len(a_week) <= LONGEST_NUMBER else 0,
    )


def typed_of(step: str, said: TopicNotes | CloseEntry) -> Typed:
    """The fields of a step that say that: the way back from `said_in`."""
    if isinstance(said, CloseEntry):
        day = said.day.isoformat() if said.day else ""
        closing = {"results": said.results, "shared_note": said.shared_note, "day": day}
        if said.coming is not None:
            on, at = said.coming.day, said.coming.at
            closing["coming_day"] = on.isoformat() if on else ""
            closing["coming_at"] = at.isoformat() if at else ""
        return Typed(closing)
    return Typed(
        {
            f"plan.{step}": said.plan,
            f"changed.{step}": said.changed,
            f"next_step.{step}": said.next_step,
            f"progress.{step}": ["progress"] if said.progress else [],
            f"activity.{step}": said.activity,
            f"a_week.{step}": str(said.a_week or ""),
        }
    )


@dataclass(frozen=True)
class StepEntry:
    """One step of the form as it was sent: `filled` is what it held, and names the form, the step,
    the topics, the rep and, of a session that is changed, the contact. Those ids come from outside:
    they are looked up, never trusted."""

    filled: DraftStep

    @classmethod
    def saying(
        cls, form: str, rep: str, topic_set: int, step: str, said: TopicNotes | CloseEntry
    ) -> "StepEntry":
        """A step that says that, where nobody has a form before them."""
        typed = typed_of(step, said)
        return cls(DraftStep(DraftKind.SESSION, form, step, typed, rep=rep, topic_set=topic_set))

    @property
    def form(self) -> str:
        return self.filled.form

    @property
    def step(self) -> str:
        return self.filled.step

    @property
    def said(self) -> TopicNotes | CloseEntry:
        return said_in(self.filled.step, self.filled.typed)


@dataclass(frozen=True)
class SessionDraft:
    """A session as far as it is written down. `form` names it; `step` is the topic it stands at,
    or CLOSE; `topics` are those it began with, so that changing a team's topics changes no form
    that is open. `coming` is the next session as far as it was said. `held` is the contact that is
    changed, made by the form `made_by`; 0 for a new one. `typed` is what fields hold as they are,
    by step."""

    form: str
    rep: Person
    day: date
    step: str
    topic_set: int
    topics: tuple[Topic, ...]
    notes: SessionNotes = SessionNotes()
    coming: NextSession | None = None
    held: int = 0
    made_by: str = ""
    typed: Mapping[str, Typed] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[str, ...]:
        return (*(topic.key for topic in self.topics), CLOSE)

    def topic(self) -> Topic | None:
        """The topic it stands at; None at the last step."""
        return next((topic for topic in self.topics if topic.key == self.step), None)

    def at(self, step: str) -> "SessionDraft":
        """The same draft at that step; where there is none such, at the first."""
        return replace(self, step=step if step in self.steps else self.steps[0])

    def after(self, step: str) -> str:
        """The step that follows."""
        place = self.steps.index(step) + 1 if step in self.steps else 0
        return self.steps[min(place, len(self.steps) - 1)]

    def before(self, step: str) -> str:
        """The step that came earlier; the first has none before it."""
        return self.steps[max(0, self.steps.index(step) - 1)] if step in self.steps else CLOSE

    def saying(self, step: str, said: TopicNotes | CloseEntry) -> "SessionDraft":
        """With what one step says; what the others say stays."""
        if isinstance(said, CloseEntry):
            notes = replace(self.notes, results=said.results, shared_note=said.shared_note)
            day, coming = said.day or self.day, said.coming or self.coming
            return replace(self, day=day, notes=notes, coming=coming)
        topics = {**self.notes.topics, step: said}
        return replace(self, notes=replace(self.notes, topics=topics))

    def filled(self, step: str, typed: Typed) -> "SessionDraft":
        """With what the fields of one step hold; the others stay."""
        if not typed.values or step not in self.steps:
            return self
        said = self.saying(step, said_in(step, typed))
        return replace(said, typed={**self.typed, step: typed})

    def resumed(self, draft: Draft) -> "SessionDraft":
        """With all that was typed, at the step where it was left."""
        found = self
        for step, typed in draft.typed.items():
            found = found.filled(step, typed)
        return found.at(draft.step)


@dataclass(frozen=True)
class Session:
    """A session that was held: its topics as they were then, and its words."""

    topics: tuple[Topic, ...]
    notes: SessionNotes

    def spoken(self) -> Iterator[tuple[Topic, TopicNotes]]:
        """Each topic with its words, in order."""
        for topic in self.topics:
            yield topic, self.notes.topics.get(topic.key, TopicNotes())

    def with_steps(self, steps: Mapping[str, Iterable[Step]]) -> "Session":
        """With what each step is, by topic, in place of what was typed: who takes it, and by when,
        is said by its promise."""
        topics = {
            key: replace(said, next_step="\n".join(step.what for step in steps.get(key, ())))
            for key, said in self.notes.topics.items()
        }
        return replace(self, notes=replace(self.notes, topics=topics))


@dataclass(frozen=True)
class SessionForm:
    """What a step of a session's form shows: the form as far as it is written down, each topic as
    it was `last` time and as the rep `prepared` it, by key; what was
    `kept` for it in the field. `resumed`: it was left before; `held`: it is being changed, and
    `otherwise` is what its rep remembers, as with `PastTopic`. `became` is what became of the steps
    of each topic, `understood` what is understood of those that were typed; `accounts` are the
    rep's, where the topic is about them. `coming` is the next session to propose, None where it is
    not asked for; a step that names no day is due by `usual_due`. The last step has how the results
    of the rep stood on the day of the session (`paces`)."""

    draft: SessionDraft
    manager: Person
    last: Mapping[str, PastTopic]
    prepared: Mapping[str, str]
    kept: tuple[AgendaItem, ...]
    today: date
    resumed: bool
    held: bool
    otherwise: str | None = None
    became: Mapping[str, tuple[Promise, ...]] = field(default_factory=dict)
    understood: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    accounts: tuple[KnownAccount, ...] = ()
    coming: NextSession | None = None
    usual_due: date | None = None
    paces: tuple[Pace, ...] = ()


@dataclass(frozen=True)
class SessionLogged:
    """A session that was held, with what both sides will do. `planned` is the next one; where its
    time is early or late for one of them, it is not planned yet and `asked` says for whom. `dates`
    are those that were read in the plan of an accounts topic as it was saved."""

    logged: Logged
    session: Session
    planned: AppointmentMade | None = None
    asked: tuple[OddHour, ...] = ()
    entry: AppointmentEntry | None = None
    dates: ReadDates = NOTHING_READ
