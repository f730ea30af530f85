"""Reasons to be in contact with a rep: pure, ranked, and explainable.

A reason is written from interest or support, quotes people's own words, and names its source. Time
since the last contact is never one. A new kind of reason is a source (`sources`) and one
entry in `KINDS` (`kinds.py`); `ranking.py` puts them in order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.accounts.accounts import Introduction
from bot.domain.accounts.bench import BenchAccount
from bot.domain.accounts.dates import AccountDate
from bot.domain.accounts.transitions import Passing
from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import Contact
from bot.domain.contacts.typed_text import shorten
from bot.domain.field_days import Focus
from bot.domain.promises import Promise
from bot.domain.results.pace import Pace
from bot.domain.results.saving import SaveItPlan
from bot.domain.sessions.sessions import StandingPlan
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import USUAL, WorkingCalendar


class ReasonKind(StrEnum):
    """What a reason is made of."""

    PROMISE_OWED = "promise_owed"
    RAISED = "raised"
    REP_PROMISE = "rep_promise"
    WELCOME_BACK = "welcome_back"
    NEW_ON_TEAM = "new_on_team"
    RAMP_STEP = "ramp_step"
    PROMISE_KEPT = "promise_kept"
    PROGRESS = "progress"
    RESULT_AHEAD = "result_ahead"
    EARLY_WARNING = "early_warning"
    NEXT_PERIOD = "next_period"
    CHECK_DAY = "check_day"
    INTRODUCTION = "introduction"
    ACCOUNT_DATE = "account_date"
    ISSUE_OF_THE_DAY = "issue_of_the_day"
    PLAN = "plan"
    FOCUS = "focus"
    FIRST_LINE = "first_line"
    NEXT_TIME = "next_time"
    PLANNED = "planned"
    DUE = "due"
    FOLLOW_UP = "follow_up"
    OPEN_QUESTION = "open_question"


class StandInReads(StrEnum):
    """Whether a colleague who stands in reads a kind of reason."""

    NEVER = "never"
    ALWAYS = "always"
    TICKED = "ticked"
    """Where it is of a promise that the manager ticked for them."""


@dataclass(frozen=True)
class IssueOfTheDay:
    """A theme that the manager sets for a span of days, both ends included."""

    id: int
    text: str
    starts_on: date
    ends_on: date


def issue_of(about: str) -> int | None:
    """The issue of the day that a reason is about, by what it names; None for any other."""
    kind, _, number = about.partition(":")
    return int(number) if kind == "issue" else None


def promise_of(about: str) -> int | None:
    """The promise that a reason is about, by what it names, where it is not that it was kept; None
    for any other."""
    kind, _, number = about.partition(":")
    return int(number) if kind == "promise" else None


@dataclass(frozen=True)
class IssueEntry:
    """What a manager says of an issue of the day, in whatever way; both ends are included."""

    text: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Reason:
    """Why to be in contact now. `about` names what it is made of: `promise:12`, `question:3`; a
    promise that the rep kept is `kept:12`, since it may have been talked about while it was open.

    `text` and `source` are plain sentences, said to the manager. They are kept and read again
    later, so they name a day and never say today. `beside` is a sentence of what the rep remembers
    otherwise of what is quoted, None for nothing. `unshown`: what is quoted is not for the rep yet.
    Neither is kept with the reason; they go by the contact as it stands.
    """

    kind: ReasonKind
    about: str
    text: str
    source: str
    beside: str | None = field(default=None, compare=False)
    unshown: bool = field(default=False, compare=False)


QUOTE_LEAST = 20
"""So much of a quote is left, however short a sentence is to be."""


def fitted(text: str, limit: int) -> str:
    """A reason's sentence in `limit` characters: the quote in it is shortened, and never what there
    is to ask or to do. Longer where that alone is."""
    before, _, rest = text.partition("“")
    quote, closes, after = rest.rpartition("”")
    if len(text) <= limit or not closes:
        return text
    room = max(limit - len(before) - len(after) - 2, QUOTE_LEAST)
    return f"{before}“{shorten(quote, room)}”{after}"


@dataclass(frozen=True)
class Days:
    """The days that a reason is good for, both ends included; None where that end is open."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it is good for that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def among(self, days: Sequence[date]) -> tuple[date, ...]:
        """Those of the days, in order, that it is good for.

        Where it is good for none of them: what is late at once, else the next after it, else the
        last before it.
        """
        fitting = tuple(filter(self.covers, days))
        if fitting or not days:
            return fitting
        after = (day for day in days if self.last is not None and day > self.last)
        return (next(after, days[-1]),)


ANY_DAY = Days()


@dataclass(frozen=True)
class Found:
    """A reason as its source finds it, with the fact behind it. `lift` is what it weighs more, or
    less, than its kind. `stays`: it is on every list until what it asks for is done."""

    reason: Reason
    because: str
    days: Days = ANY_DAY
    lift: int = 0
    stays: bool = False


@dataclass(frozen=True)
class Ranked:
    """A reason with its weight, and the facts behind both in plain sentences. `again`: its kind had
    its turn last week."""

    reason: Reason
    weight: int
    because: str
    days: Days = ANY_DAY
    stays: bool = False
    again: bool = False


@dataclass(frozen=True)
class NextTime:
    """What a manager wrote under **Next time**: the slot it was written in, by id, and the Monday
    of that week."""

    slot: int
    text: str
    monday: date


@dataclass(frozen=True)
class ReasonFacts:
    """What is known of one rep when reasons for a week are looked for.

    `name` is what to call the rep; `monday` names the week, `today` is the manager's. `promises`
    stand between the two, open or kept lately. `plans` are those of the last session, in the order
    of its topics, with the progress named in it, and `focus` is that of the last field day.
    `next_time` is what the manager wrote down for this list, or for one before it.
    `talked` is the last touch before the week that words were kept of.
    `coming` is what is planned and `due` what is next by the rhythm. `back`: the first day back
    and the id of the time off. `joined_on` is set for someone new on the team. `carried` names
    what last week's reason was about where it stayed open; `last_kind` is the kind that was used
    last week; `said` names what the reasons of the last weeks were about that were used. `teller`
    is the manager's name where somebody else reads it, and `ticked` are the promises, by id, that
    the manager ticked for them. `there_until` is the last day before the manager is at work again
    after this week: what is due by then is said in it. `questions` are the open ones of the week,
    by their place among them all. `paces` are how the rep's results of the periods that run stand.
    `helped` is what did when the team's metric was in question before, by `metric_key`. `saving`
    are the rep's save-it plans that nobody closed. `dates` are those of the accounts that the rep
    has. `meet`: the key account that a field day may be for.
    """

    rep_id: int
    name: str
    monday: date
    today: date
    calendar: WorkingCalendar = USUAL
    promises: tuple[Promise, ...] = ()
    issues: tuple[IssueOfTheDay, ...] = ()
    plans: tuple[StandingPlan, ...] = ()
    focus: Focus | None = None
    talked: Contact | None = None
    coming: tuple[Appointment, ...] = ()
    due: tuple[Component, ...] = ()
    meet: BenchAccount | None = None
    leaves_on: date | None = None
    introductions: tuple[Introduction, ...] = ()
    passing: tuple[Passing, ...] = ()
    place_id: int = 0
    first_line: str = ""
    next_time: NextTime | None = None
    joined_on: date | None = None
    back: tuple[date, int] | None = None
    carried: str | None = None
    last_kind: ReasonKind | None = None
    said: frozenset[str] = frozenset()
    teller: str | None = None
    ticked: frozenset[int] = frozenset()
    there_until: date | None = None
    questions: tuple[int, ...] = (0, 1, 2)
    paces: tuple[Pace, ...] = ()
    helped: Mapping[str, str] = field(default_factory=dict)
    saving: tuple[SaveItPlan, ...] = ()
    dates: tuple[AccountDate, ...] = ()

    @property
    def owed_until(self) -> date:
        """What the manager owes by then has its place on this week's list."""
        return max(self.ends, self.there_until or self.ends)

    @property
    def begins(self) -> date:
        """The first of the seven days of the week."""
        return self.calendar.begins(self.monday)

    @property
    def ends(self) -> date:
        """The last of its seven days."""
        return self.calendar.ends(self.monday)
