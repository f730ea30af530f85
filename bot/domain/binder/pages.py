"""The pages of a binder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.accounts.market import MarketNote
from bot.domain.appointments import Appointment
from bot.domain.binder.handover import Received
from bot.domain.contacts.interactions import Contact, Interaction, InteractionKind, Logged
from bot.domain.contacts.received import KeptFile
from bot.domain.field_days import FieldDayNotes, Focus, Practised
from bot.domain.promises import Promise
from bot.domain.results.results import Result
from bot.domain.sessions.sessions import PastTopic, Session
from bot.domain.sessions.sharing import Sharing
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.in_question import InQuestion
from bot.domain.todo.lists import ReasonChoice, SlotState
from bot.domain.todo.reasons import Reason
from bot.domain.workspaces.people import Person

PageStart = tuple[date, int]
"""Where a page of a binder begins: the day and id of the entry before it."""


@dataclass(frozen=True)
class ThisWeek:
    """The rep's slot on the list of this week: how it stands, its reason, the contact that
    completed it, the manager's own word why not. `over`: the week has ended, and nothing of it is
    chosen any more."""

    state: SlotState
    reason: Reason
    contact: Contact | None
    why_not: str | None
    over: bool


@dataclass(frozen=True)
class BinderFront:
    """What to know before talking to a rep. `week` is None where the rep has no slot; `away` are
    the days off of today; `coming` what is planned, soonest first; `plans` those that stand, each
    with the title of its topic; `focus` is what the rep works on since a field day; `promises` are
    open; `last` has the day of the last session and of the last field day, which went to
    `accounts`; `results` are of the periods that run, `in_question` what can still be made or has
    a save-it plan; `received` is since when, and from whom, a rep came who did not begin with their
    manager."""

    week: ThisWeek | None
    away: TimeOff | None
    coming: tuple[Appointment, ...]
    plans: tuple[tuple[str, PastTopic], ...]
    focus: Focus | None
    promises: tuple[Promise, ...]
    last: Mapping[InteractionKind, date]
    accounts: tuple[str, ...]
    results: tuple[Result, ...] = ()
    in_question: tuple[InQuestion, ...] = ()
    received: Received | None = None

    @property
    def in_question_else(self) -> tuple[InQuestion, ...]:
        """What is in question, but what this week's reason leads to."""
        return tuple(one for one in self.in_question if one != self.way)

    @property
    def way(self) -> InQuestion | None:
        """What this week's reason is about, where that is in question and the slot is open."""
        if self.week is None or self.week.state is not SlotState.OPEN:
            return None
        said = {self.week.reason.about}
        return next((one for one in self.in_question if one.is_said(said)), None)


@dataclass(frozen=True)
class BinderView:
    """A page of a rep's binder; the first has the `front`. `older` is where the next page begins,
    None on the last. `subjects` are the topics or accounts that an entry was about, by its id."""

    team: Team
    rep: Person
    membership: Membership
    entries: tuple[Interaction, ...]
    subjects: Mapping[int, tuple[str, ...]]
    begins: PageStart | None
    older: PageStart | None
    today: date
    front: BinderFront | None = None

    @property
    def is_there(self) -> bool:
        """Whether the rep is on the team today."""
        return self.membership.is_on(self.today)

    @property
    def has_left(self) -> bool:
        left_on = self.membership.left_on
        return (left_on is not None and left_on <= self.today) or not self.rep.active


@dataclass(frozen=True)
class ReasonsWith:
    """The reasons that a rep could have this week."""

    rep: Person
    choice: ReasonChoice


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
class EntryView:
    """One contact whole. `own`: who asks wrote it, and alone may keep a private note with it; so
    are `files` the links of what they sent with it. `path` is who did what the focus of a field day
    is about, up to that day; `heard` is what was heard of the market in it.
    `zone` is on the wall of whoever asks."""

    logged: Logged
    own: bool
    zone: ZoneInfo
    field_day: FieldDayNotes | None = None
    path: tuple[Practised, ...] = ()
    session: Session | None = None
    sharing: Sharing | None = None
    files: tuple[KeptFile, ...] = ()
    heard: tuple[MarketNote, ...] = ()
