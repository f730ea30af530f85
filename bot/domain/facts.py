"""What services gather and views show: plain values, one for each screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import Contact, Interaction, InteractionKind, Note, Unfinished
from bot.domain.contacts.touches import Channel
from bot.domain.delivery import NotArrived
from bot.domain.field_days import FieldDayDraft, FieldDayNotes
from bot.domain.meetings.agenda import AgendaItem, MeetingAhead
from bot.domain.promises import Promise
from bot.domain.results.coverage import Due
from bot.domain.sessions.sessions import PastTopic, Session, SessionDraft, Topic
from bot.domain.sessions.sharing import Sharing
from bot.domain.team.cadence import Component
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.lists import Reader, Slot, SlotState
from bot.domain.todo.reasons import IssueOfTheDay, Ranked, Reason, ReasonKind
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class Logged:
    """A touch as it stands, what the rep raised in it, and the date on the manager's wall.

    `stood_in`: it is of somebody who stood in for the manager, and may take it back, no more.
    """

    touch: Interaction
    raised: tuple[Promise, ...]
    today: date
    stood_in: bool = False


@dataclass(frozen=True)
class FieldDayLogged:
    """A field day as it stands: the contact with the actions of both sides, and its notes."""

    logged: Logged
    notes: FieldDayNotes


@dataclass(frozen=True)
class FieldDayBefore:
    """What to have in mind on a field day: what it was planned for, and the focus and the actions
    of both sides from the last one; and how far this one is written down already."""

    planned: str = ""
    last_on: date | None = None
    focus: str = ""
    actions: tuple[Promise, ...] = ()
    draft: FieldDayDraft | None = None


@dataclass(frozen=True)
class SessionDesk:
    """What a step of a session's form shows: the form as far as it is written down, each topic as
    it was `last` time and as the rep `prepared` it, by key; what was
    `kept` for it in the field. `resumed`: it was left before; `held`:
    it is being changed."""

    draft: SessionDraft
    last: Mapping[str, PastTopic]
    prepared: Mapping[str, str]
    kept: tuple[AgendaItem, ...]
    today: date
    resumed: bool
    held: bool


@dataclass(frozen=True)
class SessionLogged:
    """A session that was held, with what both sides will do."""

    logged: Logged
    session: Session


@dataclass(frozen=True)
class AppointmentDesk:
    """What the form of an appointment opens with; `standing` is what is planned already."""

    rep: Person
    kind: InteractionKind
    day: date
    at: time | None
    today: date
    standing: Appointment | None


@dataclass(frozen=True)
class AppointmentMade:
    """An appointment as it is now, and the date on the manager's wall."""

    appointment: Appointment
    today: date
    moved: bool


@dataclass(frozen=True)
class PreparationDesk:
    """What a rep has to prepare: the topics, and what was written by key."""

    appointment: Appointment
    team: Team
    topics: tuple[Topic, ...]
    prepared: Mapping[str, str]


@dataclass(frozen=True)
class SessionNote:
    """What both sides read before a session, each their part: topics with last time's words,
    open promises, the focus of the last field day, contacts since, what the rep prepared."""

    appointment: Appointment
    team: Team
    topics: tuple[Topic, ...]
    last: Mapping[str, PastTopic]
    promises: tuple[Promise, ...]
    focus: str
    contacts: tuple[Interaction, ...]
    prepared: Mapping[str, str]
    today: date


@dataclass(frozen=True)
class TouchDesk:
    """What a form needs before it opens: the reps to choose from, and the date.

    `reason` is this week's for the rep it opens with.
    """

    reps: tuple[Person, ...]
    today: date
    reason: Reason | None = None


@dataclass(frozen=True)
class Promised:
    """A promise as it stands, with its team and the date on the wall of who asked.

    `tell_rep`: this very call claimed telling the rep that what they raised is closed. `said`: the
    same form had said the very same before.
    """

    promise: Promise
    team: Team
    today: date
    tell_rep: bool = False
    said: bool = False


@dataclass(frozen=True)
class KeptNote:
    """A note, the day it was written on in its author's zone, and the date on the author's wall.

    `new`: this very call kept it. `rep`: the one rep of the team it mentions, by Slack id.
    """

    note: Note
    day: date
    today: date
    new: bool = False
    rep: str | None = None


@dataclass(frozen=True)
class NotesPage:
    """Notes of one author, newest first, from the place `start` on; `more` are older."""

    notes: tuple[KeptNote, ...]
    start: int
    more: bool


@dataclass(frozen=True)
class TeamFacts:
    """A team with those who sit on it now or will."""

    team: Team
    members: tuple[Membership, ...]
    today: date

    @property
    def active(self) -> tuple[Membership, ...]:
        """Reps on the team today."""
        return tuple(member for member in self.members if member.is_on(self.today))

    @property
    def to_introduce(self) -> tuple[Membership, ...]:
        """Reps who have not been told yet what Windshield keeps."""
        return tuple(member for member in self.active if not member.introduced)


@dataclass(frozen=True)
class RepsChanged:
    """The team after its reps were chosen: who is new, and what those who left leave open."""

    facts: TeamFacts
    added: tuple[Membership, ...]
    left_open: tuple[Promise, ...]


@dataclass(frozen=True)
class RepFacts:
    """A rep's place on the team, and days away."""

    team: Team
    membership: Membership
    time_off: tuple[TimeOff, ...]
    today: date


@dataclass(frozen=True)
class ManagerHome:
    """The manager's side: team, this week's list where it was made, open promises both ways,
    those closed of late, those left open by who left, how many notes there are, what is half
    written down, what is planned, the next team meeting, what is due with each rep, by person, and
    which messages of the team did not arrive of late."""

    facts: TeamFacts
    promises: tuple[Promise, ...]
    closed: tuple[Promise, ...]
    left_open: tuple[Promise, ...]
    notes: int
    week: "TodoFacts | None" = None
    unfinished: tuple[Unfinished, ...] = ()
    coming: tuple[Appointment, ...] = ()
    ahead: MeetingAhead | None = None
    due: Mapping[int, Mapping[Component, Due]] = field(default_factory=dict)
    not_arrived: tuple[NotArrived, ...] = ()


@dataclass(frozen=True)
class RepHome:
    """A rep's side of one team: open promises both ways, their own kept of late, what they raised,
    newest first, what was shared with them of late, latest first, what is planned with them, and
    the next team meeting."""

    team: Team
    promises: tuple[Promise, ...]
    closed: tuple[Promise, ...]
    raised: tuple[Promise, ...]
    today: date
    shared: tuple[Interaction, ...] = ()
    coming: tuple[Appointment, ...] = ()
    ahead: MeetingAhead | None = None


@dataclass(frozen=True)
class HomeFacts:
    """Neither a manager nor a seat: someone new."""

    manager: ManagerHome | None
    seats: tuple[RepHome, ...]


Place = tuple[date, int]
"""Where a page of a binder begins: the day and id of the entry before it."""


@dataclass(frozen=True)
class BinderFacts:
    """A page of a rep's binder, with the promises that are open, and this week's reason.

    `older` is where the next page begins, None on the last.
    """

    team: Team
    rep: Person
    membership: Membership
    promises: tuple[Promise, ...]
    entries: tuple[Interaction, ...]
    begins: Place | None
    older: Place | None
    today: date
    reason: Reason | None = None


@dataclass(frozen=True)
class BinderPromises:
    """All promises with a rep, open ones first, from the place `start` on; `more` come after."""

    rep: Person
    promises: tuple[Promise, ...]
    start: int
    more: bool
    today: date


@dataclass(frozen=True)
class BinderShelf:
    """Everyone a manager keeps a binder of, by name; who left is among them."""

    members: tuple[Membership, ...]
    today: date


@dataclass(frozen=True)
class EntryFacts:
    """One contact whole. `own`: who asks wrote it, and alone may keep a private note with it."""

    logged: Logged
    own: bool
    field_day: FieldDayNotes | None = None
    session: Session | None = None
    sharing: Sharing | None = None


@dataclass(frozen=True)
class TodoRow:
    """A rep on a list. `reason` is the slot's as it stands now, in the reader's words.

    `contact` is what completed it, `channel` a suggestion. `back_on` is the first day back of
    someone away, None while nobody knows.
    """

    slot: Slot
    state: SlotState
    reason: Reason
    channel: Channel
    contact: Contact | None
    back_on: date | None


@dataclass(frozen=True)
class TodoFacts:
    """The list of a week as it stands today, a row for each rep: those with a day in its order.

    `days` are the days that reps can be given (of the whole week). `today` is the reader's;
    `over` says that the week has ended. `preview`: of a week to come, kept nowhere yet.
    `rest`: it is the first for a long time, and was made in the middle of its week.
    """

    team: Team
    reader: Reader
    monday: date
    days: tuple[date, ...]
    rows: tuple[TodoRow, ...]
    issues: tuple[IssueOfTheDay, ...]
    today: date
    over: bool
    preview: bool = False
    rest: bool = False
    planned: tuple[Appointment, ...] = ()

    @property
    def done(self) -> int:
        """How many reps there was a contact with."""
        return sum(row.state is SlotState.DONE for row in self.rows)

    @property
    def counted(self) -> int:
        """How many reps there is a slot for: all but those away."""
        return sum(row.state is not SlotState.AWAY for row in self.rows)


@dataclass(frozen=True)
class SlotDone:
    """A slot done just now: the contact, and the promise it was about where that is still open."""

    logged: Logged
    promise: Promise | None


@dataclass(frozen=True)
class SlotFacts:
    """A slot that is to be moved or left: the days it can have, from today on."""

    slot: Slot
    days: tuple[date, ...]
    today: date


@dataclass(frozen=True)
class ReasonSource:
    """Where a reason comes from: the contact it was made in, by id, where there is one."""

    rep: Person
    kind: ReasonKind
    is_promise: bool
    contact: int | None
    appointment: int | None = None


@dataclass(frozen=True)
class WhyFacts:
    """Why a rep has the reason that stands on the list: the whole ranking, best first."""

    rep: Person
    slot: Slot
    reason: Reason
    ranking: tuple[Ranked, ...]
    last_kind: ReasonKind | None
    today: date


@dataclass(frozen=True)
class IssuesFacts:
    """The issues of the day that have not ended, soonest first."""

    issues: tuple[IssueOfTheDay, ...]
    today: date


@dataclass(frozen=True)
class AwayFacts:
    """When a manager is away, from today on, and who stands in."""

    time_off: tuple[tuple[TimeOff, Person | None], ...]
    today: date
