"""What is kept of a team, as an export gives it to anyone allowed to have the export."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.accounts.accounts import Account, Acquaintance
from bot.domain.accounts.transitions import Transition
from bot.domain.contacts.interactions import Interaction
from bot.domain.field_days import FieldDayNotes
from bot.domain.meetings.agenda import MeetingRecord
from bot.domain.promises import Promise
from bot.domain.results.results import Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.sessions.sessions import Session, StandingPlan
from bot.domain.sessions.sharing import Sharing
from bot.domain.team.ramp import RampStep
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.lists import Slot, SlotState
from bot.domain.todo.reasons import IssueOfTheDay


@dataclass(frozen=True)
class TeamRecord:
    """Nothing private is in it, and nothing deleted.

    `shared` is by contact, of what reps remember otherwise only what stands beside the text;
    `planned_for` by contact too: the day that a session or a field day was planned for, where it
    was. `members` is every place on the team there ever was, `time_off` is by person, the
    manager's included, and of reps only what falls into their time on the team. `written_down`:
    that it was taken stands in the database.
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
    meetings: tuple[MeetingRecord, ...] = ()
    ramp: tuple[RampStep, ...] = ()
    results: tuple[Result, ...] = ()
    save_it_plans: tuple[SaveItPlan, ...] = ()
    plan_steps: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    written_down: bool = True
