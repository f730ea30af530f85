"""What is kept of a team, as an export gives it to anyone allowed to have the export."""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.accounts.accounts import Account, Acquaintance
from bot.domain.accounts.dates import AccountDate
from bot.domain.accounts.market import MarketNote
from bot.domain.accounts.transitions import Transition
from bot.domain.binder.calendar import CalendarFacts
from bot.domain.binder.pack import TeamPack
from bot.domain.contacts.cleared import ClearedLine
from bot.domain.contacts.interactions import Interaction, Note
from bot.domain.field_days import FieldDayNotes
from bot.domain.meetings.agenda import MeetingRecord, TeamPromise
from bot.domain.promises import Promise
from bot.domain.results.activity import ActivityAnswer
from bot.domain.results.period_page import PeriodPage
from bot.domain.results.results import Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.sessions.sessions import Session, StandingPlan
from bot.domain.sessions.sharing import Sharing
from bot.domain.team.ramp import RampStep
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.lists import Slot, SlotState
from bot.domain.todo.reasons import IssueOfTheDay
from bot.domain.todo.round_up import IssueAnswer
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class PrivateWords:
    """What its author alone reads of a team: the private notes of their contacts, by contact; what
    reps told them between the two (`between_us`); and their notes to themselves, which are about no
    rep in particular, oldest first. What cannot be read with the key there is says so in its
    place."""

    contact_notes: Mapping[int, str]
    between_us: tuple[Promise, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class TeamRecord:
    """The record of a team, or a part of it (`Binder`).

    Nothing private is in it, and nothing deleted; but for `private`, which is there only where the
    manager of the team asked for their own words from Slack.

    `shared` is by contact, of what reps remember otherwise only what stands beside the text;
    `planned_for` by contact too: the day that a session or a field day was planned for, where it
    was. `promised_elsewhere` is what was promised to the team in none of `meetings`. `members` is
    every place on the team there ever was, `time_off` is by person, the manager's included, and of
    reps only what falls into their time on the team. `calendar` is what is planned, ahead and of
    the last year, but for account dates. `written_down`: that it was taken stands in the database.
    """

    team: Team
    members: tuple[Membership, ...]
    touches: tuple[Interaction, ...]
    sessions: tuple[tuple[Interaction, Session], ...]
    shared: Mapping[int, Sharing]
    field_days: tuple[tuple[Interaction, FieldDayNotes], ...]
    promises: tuple[Promise, ...]
    slots: tuple[tuple[Slot, SlotState], ...]
    issues: tuple[IssueOfTheDay, ...]
    time_off: Mapping[int, tuple[TimeOff, ...]]
    accounts: tuple[Account, ...] = ()
    acquaintances: tuple[Acquaintance, ...] = ()
    plans: tuple[StandingPlan, ...] = ()
    planned_for: Mapping[int, date] = field(default_factory=dict)
    transitions: tuple[Transition, ...] = ()
    market_notes: tuple[MarketNote, ...] = ()
    meetings: tuple[MeetingRecord, ...] = ()
    promised_elsewhere: tuple[TeamPromise, ...] = ()
    ramp: tuple[RampStep, ...] = ()
    results: tuple[Result, ...] = ()
    save_it_plans: tuple[SaveItPlan, ...] = ()
    plan_steps: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    plan_answers: Mapping[int, tuple[ActivityAnswer, ...]] = field(default_factory=dict)
    account_dates: tuple[AccountDate, ...] = ()
    cleared: Mapping[int, ClearedLine] = field(default_factory=dict)
    issue_answers: Mapping[int, tuple[IssueAnswer, ...]] = field(default_factory=dict)
    pack: TeamPack | None = None
    private: PrivateWords | None = None
    calendar: CalendarFacts | None = None
    written_down: bool = True


@dataclass(frozen=True)
class Binder:
    """A team's record in parts: all of it, over years and of a large team, is more than memory
    should hold.

    `team` has what is of the whole team, and every place on it. Each of the `parts`, of which there
    are `count`, has that too, and besides what is of some of the reps: those that are asked for, in
    the order in which a book has them. All are of one moment. A part is read as it is asked for;
    they are gone through once, and whoever lets go of one before the next has no two in memory.
    Leaving the context ends the reading. Where an export is of the period on one page alone, that
    is `period`, and there are no parts.
    """

    team: TeamRecord
    parts: Generator[TeamRecord, None, None]
    count: int
    period: PeriodPage | None = None

    def __enter__(self) -> "Binder":
        return self

    def __exit__(self, *_: object) -> None:
        self.parts.close()


def reps_in_order(
    members: Iterable[Membership], today: date
) -> list[tuple[Person, tuple[Membership, ...]]]:
    """Everybody who is or was on the team, by name, those who left last, with their places."""
    held: dict[int, list[Membership]] = {}
    for member in members:
        held.setdefault(member.rep.id, []).append(member)
    places = [(own[-1].rep, tuple(own)) for own in held.values()]
    return sorted(
        places,
        key=lambda one: (not any(m.is_on(today) for m in one[1]), in_order(one[0].name)),
    )
