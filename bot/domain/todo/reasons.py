"""Reasons to be in contact with a rep: pure, ranked, and explainable.

A reason is written from interest or support, quotes people's own words, and names its source. Time
since the last contact is never one. A new kind of reason is one entry in `KINDS` and one in
`SOURCES` (`sources.py`); `ranking.py` puts them in order.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.accounts.accounts import Introduction
from bot.domain.accounts.transitions import Passing
from bot.domain.appointments import Appointment
from bot.domain.field_days import Focus
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import StandingPlan
from bot.domain.team.cadence import Component


class ReasonKind(StrEnum):
    """What a reason is made of."""

    PROMISE_OWED = "promise_owed"
    RAISED = "raised"
    REP_PROMISE = "rep_promise"
    WELCOME_BACK = "welcome_back"
    NEW_ON_TEAM = "new_on_team"
    PROMISE_KEPT = "promise_kept"
    PROGRESS = "progress"
    INTRODUCTION = "introduction"
    ISSUE_OF_THE_DAY = "issue_of_the_day"
    PLAN = "plan"
    FOCUS = "focus"
    FIRST_LINE = "first_line"
    PLANNED = "planned"
    DUE = "due"
    OPEN_QUESTION = "open_question"


@dataclass(frozen=True)
class ReasonRules:
    """What goes for a kind of reason. `weight`: the higher, the sooner, in the order that people
    find natural: what is owed, then what is open. `called`: what it is, to the manager; `{name}` is
    the rep. `for_stand_in`: a colleague who stands in may read it. `once`: said once, it is said;
    asked again in the same words it would be a form letter. `takes_turns`: it is not used two weeks
    in a row where another is near; what does not comes again until it is closed. `of_a_contact`:
    its `about` names the session or field day that it is from. `subject`: what a contact was about
    that had it, where it quotes nobody's words."""

    weight: int
    called: str
    for_stand_in: bool = False
    once: bool = False
    takes_turns: bool = True
    of_a_contact: bool = False
    subject: str = ""


KINDS = {
    ReasonKind.PROMISE_OWED: ReasonRules(
        100, "a promise of yours", for_stand_in=True, takes_turns=False
    ),
    ReasonKind.RAISED: ReasonRules(
        90, "something {name} raised", for_stand_in=True, takes_turns=False
    ),
    ReasonKind.REP_PROMISE: ReasonRules(80, "a step of {name}'s", for_stand_in=True),
    ReasonKind.WELCOME_BACK: ReasonRules(
        70, "a welcome back", for_stand_in=True, once=True, subject="welcome back"
    ),
    ReasonKind.NEW_ON_TEAM: ReasonRules(
        70,
        "a welcome to the team",
        for_stand_in=True,
        once=True,
        subject="the first weeks on the team",
    ),
    ReasonKind.PROMISE_KEPT: ReasonRules(60, "a promise kept", for_stand_in=True, once=True),
    ReasonKind.PROGRESS: ReasonRules(60, "progress from a session", once=True, of_a_contact=True),
    ReasonKind.INTRODUCTION: ReasonRules(
        55, "an introduction to make", subject="an introduction to make"
    ),
    ReasonKind.ISSUE_OF_THE_DAY: ReasonRules(
        50, "an issue of the day", for_stand_in=True, once=True
    ),
    ReasonKind.PLAN: ReasonRules(45, "a plan from a session", once=True, of_a_contact=True),
    ReasonKind.FOCUS: ReasonRules(45, "the focus of a field day", once=True, of_a_contact=True),
    ReasonKind.FIRST_LINE: ReasonRules(40, "a line of yours", once=True),
    ReasonKind.PLANNED: ReasonRules(35, "something planned", subject="what to cover next time"),
    ReasonKind.DUE: ReasonRules(30, "a day to offer", once=True, subject="a day for the next time"),
    ReasonKind.OPEN_QUESTION: ReasonRules(10, "an open question", for_stand_in=True),
}
"""The one table of what goes for each kind."""


@dataclass(frozen=True)
class IssueOfTheDay:
    """A theme that the manager sets for a span of days, both ends included."""

    id: int
    text: str
    starts_on: date
    ends_on: date


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
    later, so they name a day and never say today.
    """

    kind: ReasonKind
    about: str
    text: str
    source: str


@dataclass(frozen=True)
class Ranked:
    """A reason with its weight, and the facts behind both in plain sentences."""

    reason: Reason
    weight: int
    because: str
    due_on: date | None = None


@dataclass(frozen=True)
class ReasonFacts:
    """What is known of one rep when reasons for a week are looked for.

    `name` is what to call the rep; `monday` begins the week, `today` is the manager's. `promises`
    stand between the two, open or kept lately. `plans` are those of the last session, in the order
    of its topics, with the progress named in it, and `focus` is that of the last field day.
    `coming` is what is planned and `due` what is next by the rhythm. `back`: the first day back
    and the id of the time off. `joined_on` is set for someone new on the team. `carried` names
    what last week's reason was about where it stayed open; `last_kind` is the kind that was used
    last week; `said` names what the reasons of the last weeks were about that were used. `teller`
    is the manager's name where somebody else reads it.
    """

    rep_id: int
    name: str
    monday: date
    today: date
    promises: tuple[Promise, ...] = ()
    issues: tuple[IssueOfTheDay, ...] = ()
    plans: tuple[StandingPlan, ...] = ()
    focus: Focus | None = None
    coming: tuple[Appointment, ...] = ()
    due: tuple[Component, ...] = ()
    leaves_on: date | None = None
    introductions: tuple[Introduction, ...] = ()
    passing: tuple[Passing, ...] = ()
    place_id: int = 0
    first_line: str = ""
    joined_on: date | None = None
    back: tuple[date, int] | None = None
    carried: str | None = None
    last_kind: ReasonKind | None = None
    said: frozenset[str] = frozenset()
    teller: str | None = None

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)
