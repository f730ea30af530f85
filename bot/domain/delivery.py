"""Messages that Windshield sends by itself or draws anew: kinds, what each is about, how far it
has come, and when to try again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.domain.workspaces.people import Person

LEASE = 20.0
"""Seconds, by the database's clock, for which what was claimed is nobody else's."""

LOOK_AFTER = timedelta(seconds=30)
"""How long after a message went out without an answer it is looked for: by then it stands in the
conversation, or never will."""

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
LONGEST_PAUSE_AFTER_REFUSAL = timedelta(hours=1)
"""Slack refuses one message with a word that nobody knows: it may take it later, or never."""

DOUBLINGS = 10

GIVEN_UP_AFTER = timedelta(days=14)
"""How long after it was due a message that could neither be made nor found is given up: by then
each of its kind has had its time."""

TOLD_FOR = timedelta(days=14)
"""How long after it was due a manager's Home tab says that a message did not arrive: a list that
was tried until its week was over is a week old by then."""

RESTORED = "restored"
"""The fault of a message that was due before the database was put back from a copy: it may have
been sent after the copy was made, so it is looked for before it is ever sent."""

NOT_MADE = "not_made"
"""The fault of a message that could not be made; no word of Slack's."""

SETTLED_KEPT = timedelta(days=35)
"""How long what became of a delivery is kept: longer than anything asks for it."""


class MessageKind(StrEnum):
    """What is sent, done or drawn anew, by the name it has in the database."""

    TODO_LIST = "todo_list"
    TODO_ROLL_OVER = "todo_roll_over"
    """The posted list turns to a new day; nothing is sent."""
    TODO_MORNING = "todo_morning"
    """A line with today's names, to a manager who wants it each morning."""
    SESSION_NOTE = "session_note"
    """What a manager reads the working day before a session."""
    SESSION_PREPARE = "session_prepare"
    """What a rep reads the working day before a session."""
    SHARED = "shared"
    """What a manager shared of a session or field day; sent at once."""
    RAISED = "raised"
    """A line to a manager: a rep raised something, or asked for time."""
    NOTE = "note"
    """The answer to a plain message; sent at once."""
    MEETING_DRAFT = "meeting_draft"
    """The agenda as its manager has it, the working day before."""
    MEETING_AGENDA = "meeting_agenda"
    """The agenda in the team's channel."""
    MEETING_ROLL_OVER = "meeting_roll_over"
    """A meeting begins, or is over; nothing is sent."""
    MEETING_RECAP = "meeting_recap"
    """A line beneath the agenda, once it is the recap."""
    MEETING_DONE = "meeting_done"
    """To its manager: what got done in a meeting of which nobody wrote anything down."""
    HANDOVER = "handover"
    """To a manager who is to take over a team, or a rep."""
    HANDOVER_TOLD = "handover_told"
    """To whoever offered that: what came of it."""
    HANDED_OVER = "handed_over"
    """To a rep, once: who manages them now, and what went along."""
    REP_MOVE = "rep_move"
    """The day has come on which a rep moves to a team; nothing is sent."""
    MEETING_ASK = "meeting_ask"
    """Whether the agenda appeared, or why it could not be posted."""
    MEMBERSHIP_ASK = "membership_ask"
    """To a manager: whether a rep may be on a second team, or is rightly on theirs."""
    MEMBERSHIP_TOLD = "membership_told"
    """What came of that, to whoever asked."""
    STAND_IN_GONE = "stand_in_gone"
    """To a manager who is away: who was named cannot stand in any more."""
    MEETING_SKILL = "meeting_skill"
    """To whoever leads one skill, a week before."""
    INTRODUCTION = "introduction"
    """To a rep who rested when the manager sent the introductions: what is kept, who sees it."""
    MEETING_SWAP = "meeting_swap"
    """To a rep who is asked to take somebody else's turn to lead one skill."""
    CLEARED = "cleared"
    """To a rep who raised something that is done: whether the team may be told."""
    ACTIVITY_ASK = "activity_ask"
    """To a rep, once a week: how many of what a save-it plan counts."""
    EXPORT = "export"
    """To a manager: how far the file is that they asked for just now."""


class Audience(StrEnum):
    """Who gets what is sent of a kind; of what is a manager's, who does while the manager is
    away."""

    MANAGER = "manager"
    """The manager, away or not: it is about the manager's own affairs, and stands there after."""
    STAND_IN = "stand-in"
    """Who stands in meanwhile; where nobody does, it waits."""
    STAND_IN_OR_MANAGER = "stand-in or manager"
    """Who stands in meanwhile; where nobody does, the manager all the same: it cannot wait."""
    COLLEAGUE = "colleague"
    """Somebody outside the team who is asked to take something of it over."""
    WHOEVER_ASKED = "whoever asked"
    """Somebody who did something of which this is the answer."""
    REP = "rep"
    NEWCOMER = "newcomer"
    """A rep, of whom it makes one who may hear of anything."""
    CHANNEL = "channel"
    NOBODY = "nobody"
    """Something is done, and nothing sent."""

    @property
    def is_managers(self) -> bool:
        """Whether it is for a manager, or for who has what is the manager's."""
        return self in (Audience.MANAGER, Audience.STAND_IN, Audience.STAND_IN_OR_MANAGER)


AUDIENCES: Mapping[MessageKind, Audience] = {
    MessageKind.TODO_LIST: Audience.STAND_IN,
    MessageKind.TODO_ROLL_OVER: Audience.NOBODY,
    # The manager, by a tick in the settings; none is made while they are away.
    MessageKind.TODO_MORNING: Audience.WHOEVER_ASKED,
    # Plans and what was said between two people: nobody else's, and a session moves with its rep.
    MessageKind.SESSION_NOTE: Audience.MANAGER,
    MessageKind.SESSION_PREPARE: Audience.REP,
    MessageKind.SHARED: Audience.REP,
    # Said to the manager: nobody who stands in reads what a rep raised.
    MessageKind.RAISED: Audience.MANAGER,
    MessageKind.NOTE: Audience.WHOEVER_ASKED,
    MessageKind.MEETING_DRAFT: Audience.STAND_IN,
    MessageKind.MEETING_AGENDA: Audience.CHANNEL,
    MessageKind.MEETING_ROLL_OVER: Audience.NOBODY,
    MessageKind.REP_MOVE: Audience.NOBODY,
    MessageKind.HANDOVER: Audience.COLLEAGUE,
    MessageKind.HANDOVER_TOLD: Audience.WHOEVER_ASKED,
    MessageKind.HANDED_OVER: Audience.REP,
    MessageKind.MEETING_RECAP: Audience.CHANNEL,
    # Whoever led the meeting knows.
    MessageKind.MEETING_DONE: Audience.STAND_IN_OR_MANAGER,
    MessageKind.MEETING_ASK: Audience.STAND_IN_OR_MANAGER,
    # Whose rep somebody is, is for nobody else to say.
    MessageKind.MEMBERSHIP_ASK: Audience.MANAGER,
    MessageKind.MEMBERSHIP_TOLD: Audience.WHOEVER_ASKED,
    # Only who is away can name somebody else.
    MessageKind.STAND_IN_GONE: Audience.MANAGER,
    MessageKind.INTRODUCTION: Audience.NEWCOMER,
    MessageKind.MEETING_SKILL: Audience.REP,
    MessageKind.MEETING_SWAP: Audience.REP,
    MessageKind.ACTIVITY_ASK: Audience.REP,
    MessageKind.CLEARED: Audience.REP,
    MessageKind.EXPORT: Audience.WHOEVER_ASKED,
}
"""Who gets what, of every kind: a new one has to be decided about."""


NOTHING = 0
"""The id that a subject has whose thing is gone because it is old."""


@dataclass(frozen=True, order=True)
class Subject:
    """What a message is about: the id of the one thing (a team, a meeting, a contact), and for a
    list the Monday of its week. Written and read here alone."""

    kind: MessageKind
    id: int
    day: date | None = None

    def __str__(self) -> str:
        words = (self.kind.value, str(self.id), *([self.day.isoformat()] if self.day else ()))
        return ":".join(words)

    @classmethod
    def read(cls, text: str) -> "Subject | None":
        """What `str` wrote; None for what another version wrote and this one does not know."""
        kind, *rest = text.split(":")
        try:
            number, *day = rest
            return cls(MessageKind(kind), int(number), date.fromisoformat(*day) if day else None)
        except (ValueError, TypeError):
            return None


ERASED = Subject(MessageKind.SHARED, -1)
"""What a message is about that was about somebody, or for somebody, who was erased."""


class DeliveryState(StrEnum):
    """How far a delivery has come. `PENDING`, `SENDING` and `UNKNOWN` are still to be settled."""

    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    ASKED = "asked"
    """Whether it was sent is for somebody to say: a channel cannot be looked through."""
    FAILED = "failed"
    EXPIRED = "expired"
    NOT_NEEDED = "not_needed"


IN_DOUBT = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
"""Handed to Slack, without word of what came of it."""

SETTLED = (
    DeliveryState.SENT,
    DeliveryState.ASKED,
    DeliveryState.FAILED,
    DeliveryState.EXPIRED,
    DeliveryState.NOT_NEEDED,
)
"""Nothing more comes of it by itself."""

UNSENT = (DeliveryState.ASKED, DeliveryState.FAILED)
"""It did not arrive, or nobody knows: somebody is to be told."""


class MessageRef(NamedTuple):
    """Where a message stands: the conversation, and Slack's timestamp of the message in it."""

    channel: str
    ts: str


class ScheduleKey(NamedTuple):
    """Which schedule of a kind: a team's, about one thing (by id), or 0 for the whole team."""

    team_id: int
    item: int = 0


@dataclass(frozen=True)
class DueSchedule:
    """A team's schedule that is due, since `next_at`. `item` is the id of the one thing it is
    about, such as an appointment; 0 where it is about the team as a whole."""

    team_id: int
    kind: MessageKind
    next_at: datetime
    item: int = 0


@dataclass(frozen=True)
class Planned:
    """What a due schedule means: every time it was due, earliest first, and when it is again.

    Only the last of `dues` is sent still. `next_at` None: it never is again.
    """

    team_id: int
    kind: MessageKind
    dues: tuple[datetime, ...]
    next_at: datetime | None
    item: int = 0


@dataclass(frozen=True)
class Waiting:
    """What there is to do: the workspaces with a schedule that is due, those with messages on
    their way (and the earliest instant any of them is to be tried), and those where a message is
    to be drawn anew."""

    due: frozenset[int]
    open: dict[int, datetime]
    stale: frozenset[int]

    def is_open(self, workspace_id: int, now: datetime) -> bool:
        """Whether a message on its way in that workspace is to be tried."""
        at = self.open.get(workspace_id)
        return at is not None and at <= now

    def busy(self, now: datetime) -> frozenset[int]:
        """The workspaces in which there is something to do now."""
        return self.due | self.stale | {one for one in self.open if self.is_open(one, now)}


@dataclass(frozen=True)
class Claimed:
    """A delivery that this process alone may work on while the lease lasts.

    `lease` is when that ends, by the database's clock; it tells this claim from every other.
    `attempts` is how often it was tried so far; `fault` Slack's word for what went wrong the last
    time; `tried_at`, `subject` and `reader` are of the last time it was handed to Slack, None
    before the first.
    """

    id: int
    team_id: int
    kind: MessageKind
    due_at: datetime
    attempts: int
    lease: float = field(compare=False)
    tried_at: datetime | None = None
    subject: Subject | None = None
    reader: Person | None = None
    item: int = 0
    fault: str | None = None

    @property
    def key(self) -> str:
        """What the message carries, to be found by: another database counts its ids anew."""
        return f"{self.id}@{self.due_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    @property
    def occasion(self) -> str:
        """The same without the id of the row, which the same database may give to another once it
        was put back from a copy."""
        at = self.due_at.astimezone(UTC)
        return f"{self.kind}:{self.team_id}:{self.item}@{at:%Y-%m-%dT%H:%M:%SZ}"

    @property
    def about(self) -> int:
        """The id of what it is about: the one thing, or the team."""
        return self.item or self.team_id


class Unsent(StrEnum):
    """Why a message that is due is not sent."""

    NOT_NEEDED = "not_needed"
    """It stands there already, there is nothing to say, or nobody to say it to."""
    EXPIRED = "expired"
    """It is too late for it."""


@dataclass(frozen=True)
class NotArrived:
    """A scheduled message that did not arrive, when it was due, for whom it was (None: nobody
    knows, or a channel), and Slack's word for what went wrong."""

    kind: MessageKind
    due_at: datetime
    reader: Person | None
    fault: str | None


@dataclass(frozen=True)
class Outcome:
    """What became of a claimed delivery.

    `ref` is where a sent one stands, `try_at` when an unsettled one is to be taken up again,
    `fault` Slack's word for what went wrong. `looked_up`: it was sent some time ago and found only
    now, so that what it shows may be old.
    """

    delivery: Claimed
    state: DeliveryState
    attempts: int
    ref: MessageRef | None = None
    try_at: datetime | None = None
    fault: str | None = None
    looked_up: bool = False


@dataclass(frozen=True)
class Posted:
    """A message that stands in a conversation: what about, what page it shows, which version it
    is to show, for whom (a person's id) it is drawn, and how often that was tried in vain."""

    id: int
    subject: Subject
    channel: str
    ts: str
    page: int
    wanted_version: int
    reader_id: int | None
    attempts: int = 0

    @property
    def ref(self) -> MessageRef:
        return MessageRef(self.channel, self.ts)


@dataclass
class Counts:
    """What a heartbeat did: deliveries planned, sent, to be tried again later, failed for good,
    gone out without an answer, and too late to be sent; and what else could not be done and was
    put off. `next_try` is the earliest instant at which something is to be tried again."""

    planned: int = 0
    sent: int = 0
    retry: int = 0
    failed: int = 0
    unknown: int = 0
    expired: int = 0
    put_off: int = 0
    next_try: datetime | None = None

    def __add__(self, later: "Counts") -> "Counts":
        """What this one and a later one did together."""
        both = {
            one.name: getattr(self, one.name) + getattr(later, one.name)
            for one in fields(self)
            if one.name != "next_try"
        }
        return Counts(**both, next_try=later.next_try)


def back_off(attempts: int, longest: timedelta = LONGEST_PAUSE) -> timedelta:
    """How long to wait after that many attempts in vain: twice as long each time, up to a bound."""
    if attempts < 1:
        return timedelta()
    return min(FIRST_PAUSE * (1 << min(attempts - 1, DOUBLINGS)), longest)


def look_again_after(in_doubt_for: timedelta) -> timedelta:
    """How long to wait before a message is looked for again that could not be looked for: longer
    the longer it has been in doubt, up to a bound."""
    return min(max(LOOK_AFTER, in_doubt_for / 4), LONGEST_PAUSE_AFTER_REFUSAL)


def too_late(delivery: Claimed) -> Outcome:
    """What becomes of one whose time has passed: it failed where it was tried in vain, so that
    somebody is told; else it has simply expired."""
    tried = delivery.attempts > 0
    state = DeliveryState.FAILED if tried else DeliveryState.EXPIRED
    return Outcome(delivery, state, delivery.attempts, fault=delivery.fault)


def is_given_up(delivery: Claimed, now: datetime) -> bool:
    """Whether it has been tried for so long that nothing will come of it."""
    return now - delivery.due_at >= GIVEN_UP_AFTER
