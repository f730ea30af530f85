"""The Home tab of a manager and of a rep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.accounts.dates import AccountDate
from bot.domain.appointments import Appointment
from bot.domain.binder.handover import HandoverView
from bot.domain.binder.stayed import Stayed
from bot.domain.contacts.cleared import ClearedMonth
from bot.domain.contacts.drafts import Unfinished
from bot.domain.contacts.interactions import Interaction
from bot.domain.delivery import NotArrived
from bot.domain.meetings.agenda import MeetingAhead
from bot.domain.promises import Owner, Promise
from bot.domain.results.activity import Activity
from bot.domain.results.balance import MonthBalance
from bot.domain.results.coverage import Due
from bot.domain.results.mirror import Total
from bot.domain.results.results import Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.team.cadence import Component
from bot.domain.team.memberships import QuestionView
from bot.domain.team.teams import Team, TeamView, Thanks
from bot.domain.todo.in_question import InQuestion
from bot.domain.todo.lists import TodoView
from bot.domain.todo.round_up import EndedIssue, NotedOfYou
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class ManagerHome:
    """The manager's side: team, this week's list where it was made, open promises both ways,
    those closed of late, those left open by who left, how many notes there are, what is half
    written down, what is `coming`, of what was planned nobody said yet how it was (`unanswered`,
    the latest first), the next team meeting, what is due with each rep, by person, who is `away`
    today and until when (None while nobody knows), which messages of the team did not arrive of
    late, what is asked about memberships, what reps have `seen` of late of what was shared with
    them, the latest first, how the team stands in its newest periods (`totals`), the month of the
    manager's own balance that a line is due of (`balance`), and what can still be made or has a
    save-it plan (`in_question`), with what is known of the plans' numbers (`activities`, by plan),
    and the issues of the day that are over, of which something was said that the manager has not
    looked at since (`round_ups`), and what the team may be told that was raised and is done
    (`cleared`), and the dates that are soon at accounts nobody on the team knows (`of_nobody`).
    Nobody who is away is due."""

    facts: TeamView
    promises: tuple[Promise, ...]
    closed: tuple[Promise, ...]
    left_open: tuple[Promise, ...]
    notes: int
    week: TodoView | None = None
    unfinished: tuple[Unfinished, ...] = ()
    coming: tuple[Appointment, ...] = ()
    unanswered: tuple[Appointment, ...] = ()
    ahead: MeetingAhead | None = None
    due: Mapping[int, Mapping[Component, Due]] = field(default_factory=dict)
    away: Mapping[int, date | None] = field(default_factory=dict)
    not_arrived: tuple[NotArrived, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    totals: tuple[Total, ...] = ()
    seen: tuple[Interaction, ...] = ()
    balance: MonthBalance | None = None
    in_question: tuple[InQuestion, ...] = ()
    activities: Mapping[int, Activity] = field(default_factory=dict)
    round_ups: tuple[EndedIssue, ...] = ()
    cleared: ClearedMonth | None = None
    of_nobody: tuple[AccountDate, ...] = ()

    def of_side(self, owner: Owner) -> tuple[Promise, ...]:
        """The open promises of the manager, or of the reps."""
        return tuple(promise for promise in self.promises if promise.owner is owner)

    @property
    def raised(self) -> tuple[Promise, ...]:
        """What reps brought up themselves and nobody has taken on, but what the list says today."""
        said = self._said_today
        return tuple(
            promise
            for promise in self.promises
            if promise.waits and f"promise:{promise.id}" not in said
        )

    @property
    def _said_today(self) -> set[str]:
        """What the rows of the list are about that stand under today."""
        today = self.facts.today
        rows = self.week.rows if self.week is not None and not self.week.over else ()
        return {row.reason.about for row in rows if row.has_come(today)}

    @property
    def owed_today(self) -> tuple[Promise, ...]:
        """What the manager owes by today, late ones too, but what today's row of that rep says."""
        today, said = self.facts.today, self._said_today
        return tuple(
            promise
            for promise in self.of_side(Owner.MANAGER)
            if promise.due_on is not None
            and promise.due_on <= today
            and f"promise:{promise.id}" not in said
        )


@dataclass(frozen=True)
class PromisesPage:
    """The open promises of one side with all reps, from the place `start` on, and those that were
    closed of late; `more` come after."""

    owner: Owner
    promises: tuple[Promise, ...]
    closed: tuple[Promise, ...]
    start: int
    more: bool
    today: date


@dataclass(frozen=True)
class RepHome:
    """A rep's side of one team: open promises both ways, their own kept of late, what they raised,
    newest first, what was shared with them of late, latest first, what is next with them, and
    the next team meeting. `began_on` and `ended_on` are the first day on the team and, where their
    time on it is over, the first day no longer; then what is planned for others is left out.
    `thanks` is what they said of thanks in the channel, None for nothing yet. `later` are steps of
    their first weeks that are not among the promises yet; `results` their own, of the periods that
    run, `plans` the save-it plans that stand for them, with what is known of their numbers
    (`activities`, by plan); `dropped` what their manager let go of late
    of what they may have read, the latest first; `noted` what their manager noted of what they said
    to issues of the day, those that stand or ended of late; `dates` what is in the next weeks at
    the accounts that they know or take over; `moved_to` the manager to whom they moved."""

    team: Team
    promises: tuple[Promise, ...]
    closed: tuple[Promise, ...]
    raised: tuple[Promise, ...]
    today: date
    shared: tuple[Interaction, ...] = ()
    coming: tuple[Appointment, ...] = ()
    ahead: MeetingAhead | None = None
    began_on: date = date.min
    ended_on: date | None = None
    thanks: Thanks | None = None
    results: tuple[Result, ...] = ()
    plans: tuple[SaveItPlan, ...] = ()
    activities: Mapping[int, Activity] = field(default_factory=dict)
    dropped: tuple[Promise, ...] = ()
    moved_to: str | None = None
    later: tuple[Promise, ...] = ()
    noted: tuple[NotedOfYou, ...] = ()
    dates: tuple[AccountDate, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.ended_on is not None and self.ended_on <= self.today

    @property
    def is_still_to_come(self) -> bool:
        return self.began_on > self.today

    @property
    def is_there(self) -> bool:
        """Whether they are on the team today."""
        return not (self.is_over or self.is_still_to_come)

    @property
    def says_something(self) -> bool:
        """Whether anything stands between the two that the rep may see."""
        return bool(self.promises or self.later or self.raised or self.shared)


@dataclass(frozen=True)
class HomeView:
    """`on_teams` has an entry for each team that the person is a rep on, is to be, or was: those
    of today first. Neither: someone new. `preparing` is what the person as a rep has half written
    down; `handovers` are offered to them or by them and open, `stayed` is what is theirs alone of
    teams that passed on."""

    manager: ManagerHome | None
    on_teams: tuple[RepHome, ...]
    preparing: tuple[Unfinished, ...] = ()
    handovers: tuple[HandoverView, ...] = ()
    stayed: Stayed | None = None
    person: Person | None = None
