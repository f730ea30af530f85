"""Strategy sessions: the same topics every time, each with a plan that stays until changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.domain.contacts.drafts import Draft, DraftKind, DraftStep, Typed
from bot.domain.contacts.interactions import Logged
from bot.domain.meetings.agenda import AgendaItem
from bot.domain.promises import Owner
from bot.domain.team.settings import Direction
from bot.domain.workspaces.people import Person

PLAN_LIMIT = 3000
"""Characters of each text of a topic: what Slack's plain text input holds. Source:
https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""

CLOSE = "close"
"""The last step of the form, after the topics: results, what is said to both, the day."""


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


DEFAULT_TOPICS = (
    Topic(0, "territory", "Territory management plan", "Where is the next growth, and what for?"),
    Topic(0, "accounts", "Key-account plan", "Which accounts, who knows whom, what is next there?"),
    Topic(0, "pipeline", "Pipeline", "What can move, and what would help it move?", minutes=15),
    Topic(0, "activity", "Activity plan", "Which few things make the next two weeks good ones?"),
)
"""PRODUCT.md names these four; a team may make them its own."""


@dataclass(frozen=True)
class TopicNotes:
    """What was said of a topic: the standing plan, what changed, and the next step with who takes
    it and by when. `progress`: what changed is progress that deserves a word later."""

    plan: str = ""
    changed: str = ""
    next_step: str = ""
    owner: Owner = Owner.REP
    due_on: date | None = None
    progress: bool = False


@dataclass(frozen=True)
class PastTopic:
    """A topic as it was in the last session that had it. `otherwise` is what the rep remembers
    otherwise of that session, where they want it to stand beside the text."""

    held_on: date
    notes: TopicNotes
    otherwise: str | None = None


@dataclass(frozen=True)
class StandingPlan:
    """A topic's plan as it stands since a session, "" for none, and the progress that was named
    in it. `session` is the id of that contact; `otherwise` as with `PastTopic`."""

    team_id: int
    rep_id: int
    session: int
    agreed_on: date
    key: str
    title: str
    text: str
    progress: str = ""
    otherwise: str | None = None


@dataclass(frozen=True)
class SessionNotes:
    """A session's words. `topics` by key; `results` looks back; `shared_note` is for both."""

    topics: Mapping[str, TopicNotes] = field(default_factory=dict)
    results: str = ""
    shared_note: str = ""

    def says_something(self, before: Mapping[str, TopicNotes]) -> bool:
        """Whether it holds more than the plans that stood `before`."""
        return bool(self.results or self.shared_note) or any(
            notes.changed or notes.next_step or notes.plan != before.get(key, TopicNotes()).plan
            for key, notes in self.topics.items()
        )


@dataclass(frozen=True)
class CloseEntry:
    """What the last step says; `day` is None while it is being chosen anew."""

    day: date | None
    results: str
    shared_note: str


def said_in(step: str, typed: Typed) -> TopicNotes | CloseEntry:
    """What the fields of a step say; those of a topic are named by its key."""
    if typed.has("day"):
        results, shared = typed.text("results").strip(), typed.text("shared_note").strip()
        return CloseEntry(typed.day("day"), results, shared)
    owner = typed.text(f"owner.{step}")
    return TopicNotes(
        plan=typed.text(f"plan.{step}").strip(),
        changed=typed.text(f"changed.{step}").strip(),
        next_step=typed.text(f"next_step.{step}").strip(),
        owner=Owner(owner) if owner in set(Owner) else Owner.REP,
        due_on=typed.day(f"due_on.{step}"),
        progress=bool(typed.checked(f"progress.{step}")),
    )


def typed_of(step: str, said: TopicNotes | CloseEntry) -> Typed:
    """The fields of a step that say that: the way back from `said_in`."""
    if isinstance(said, CloseEntry):
        day = said.day.isoformat() if said.day else ""
        return Typed({"results": said.results, "shared_note": said.shared_note, "day": day})
    return Typed(
        {
            f"plan.{step}": said.plan,
            f"changed.{step}": said.changed,
            f"next_step.{step}": said.next_step,
            f"owner.{step}": said.owner.value,
            f"due_on.{step}": said.due_on.isoformat() if said.due_on else "",
            f"progress.{step}": ["progress"] if said.progress else [],
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
    that is open. `held` is the contact that is changed, made by the form `made_by`; 0 for a new
    one. `typed` is what fields hold as they are, by step."""

    form: str
    rep: Person
    day: date
    step: str
    topic_set: int
    topics: tuple[Topic, ...]
    notes: SessionNotes = SessionNotes()
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
            return replace(self, day=said.day or self.day, notes=notes)
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


@dataclass(frozen=True)
class SessionForm:
    """What a step of a session's form shows: the form as far as it is written down, each topic as
    it was `last` time and as the rep `prepared` it, by key; what was
    `kept` for it in the field. `resumed`: it was left before; `held`:
    it is being changed, and `otherwise` is what its rep remembers, as with `PastTopic`."""

    draft: SessionDraft
    last: Mapping[str, PastTopic]
    prepared: Mapping[str, str]
    kept: tuple[AgendaItem, ...]
    today: date
    resumed: bool
    held: bool
    otherwise: str | None = None


@dataclass(frozen=True)
class SessionLogged:
    """A session that was held, with what both sides will do."""

    logged: Logged
    session: Session
