"""What is older than a workspace keeps it, of all rooms: found by its kind's rule, and removed.

What goes by which date, and what outlives it, is one table: `RULES` in
`bot/domain/workspaces/retention.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import MessageKind, Subject
from bot.domain.workspaces.retention import Kept, Kind
from storage import appointments, promises
from storage.accounts import accounts, market
from storage.contacts import interactions
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.database.types import UtcDateTime
from storage.delivery import messages
from storage.meetings import agenda
from storage.models import (
    AccountDate,
    AgendaItem,
    Appointment,
    Audit,
    Carried,
    Cleared,
    Draft,
    FieldDay,
    Handover,
    Interaction,
    IssueOfTheDay,
    MarketNote,
    Meeting,
    Membership,
    Note,
    PeriodWords,
    Plan,
    Promise,
    Result,
    SaveItPlan,
    SaveItStep,
    Slot,
    StandingFocus,
    Submission,
    Swap,
    TeamPromise,
    TimeOff,
    TodoList,
    Transition,
)

DAY = bindparam("day", type_=Date)
AT = bindparam("at", type_=UtcDateTime)
MONDAY = bindparam("monday", type_=Date)
SETTLED = bindparam("settled", type_=Date)
LIMIT = bindparam("limit", type_=BigInteger)

LATER_PLAN = aliased(Plan)
PLACE = and_(Membership.team_id == Plan.team_id, Membership.rep_id == Plan.rep_id)
WITH_REP_THERE = tuple(
    exists().where(
        table.workspace_id == WORKSPACE,
        table.team_id == Membership.team_id,
        or_(*(column == Membership.rep_id for column in columns)),
    )
    for table, columns in (
        (Interaction, (Interaction.rep_id,)),
        (Promise, (Promise.rep_id,)),
        (Appointment, (Appointment.rep_id,)),
        (AgendaItem, (AgendaItem.rep_id, AgendaItem.author_id, AgendaItem.heard_by_id)),
        (TeamPromise, (TeamPromise.owner_id,)),
        (Transition, (Transition.leaves_id, Transition.takes_over_id)),
        (Result, (Result.rep_id,)),
        (MarketNote, (MarketNote.rep_id,)),
        (SaveItPlan, (SaveItPlan.rep_id,)),
    )
)
"""What a team may have about somebody who has left it."""

PLANS = select(SaveItPlan.id).where(
    SaveItPlan.workspace_id == WORKSPACE, SaveItPlan.team_id.in_(AMONG), SaveItPlan.ends_on < DAY
)
PROMISES = select(Promise.id).where(
    Promise.workspace_id == WORKSPACE,
    Promise.team_id.in_(AMONG),
    or_(
        Promise.kept_on < DAY,
        Promise.dropped_on < DAY,
        and_(
            Promise.time_after.is_not(None),
            promises.TALKED.where(Interaction.occurred_on < DAY).exists(),
        ),
    ),
    ~exists().where(SaveItStep.promise_id == Promise.id),
)
APPOINTMENTS = select(Appointment.id).where(
    Appointment.workspace_id == WORKSPACE,
    Appointment.team_id.in_(AMONG),
    or_(Appointment.day < DAY, appointments.SINCE.where(Interaction.occurred_on < DAY).exists()),
)
MARKET_NOTES = select(MarketNote.id).where(
    MarketNote.workspace_id == WORKSPACE, MarketNote.team_id.in_(AMONG), MarketNote.heard_on < DAY
)
CONTACTS = select(Interaction.id).where(
    Interaction.workspace_id == WORKSPACE,
    Interaction.team_id.in_(AMONG),
    Interaction.occurred_on < DAY,
)
TOUCHES = CONTACTS.where(Interaction.kind == InteractionKind.TOUCH)
SESSIONS = CONTACTS.where(Interaction.kind == InteractionKind.SESSION)
FIELD_DAYS = CONTACTS.where(Interaction.kind == InteractionKind.FIELD_DAY)
TEAM_PROMISES = select(TeamPromise.id).where(
    TeamPromise.workspace_id == WORKSPACE,
    TeamPromise.team_id.in_(AMONG),
    or_(TeamPromise.kept_on < DAY, TeamPromise.dropped_on < DAY),
)
MEETINGS = select(Meeting.id).where(
    Meeting.workspace_id == WORKSPACE,
    Meeting.team_id.in_(AMONG),
    Meeting.day < DAY,
    # By the rule it may be planned for a later day: it is not to be made anew.
    Meeting.planned_for < DAY,
)
ITEMS = select(AgendaItem.id).where(
    AgendaItem.workspace_id == WORKSPACE, AgendaItem.team_id.in_(AMONG), AgendaItem.dropped_at < AT
)
LISTS = select(TodoList.id).where(
    TodoList.workspace_id == WORKSPACE, TodoList.team_id.in_(AMONG), TodoList.monday < MONDAY
)
ISSUES = select(IssueOfTheDay.id).where(
    IssueOfTheDay.workspace_id == WORKSPACE,
    IssueOfTheDay.team_id.in_(AMONG),
    IssueOfTheDay.ends_on < DAY,
)
HANDOVERS = select(Handover.id).where(
    Handover.workspace_id == WORKSPACE,
    Handover.team_id.in_(AMONG),
    func.coalesce(Handover.settled_at, Handover.offered_at) < AT,
)
RESULTS = select(Result.id).where(
    Result.workspace_id == WORKSPACE, Result.team_id.in_(AMONG), Result.ends_on < DAY
)
PERIOD_WORDS = select(PeriodWords.id).where(
    PeriodWords.workspace_id == WORKSPACE,
    PeriodWords.team_id.in_(AMONG),
    PeriodWords.ends_on < DAY,
)
ACCOUNT_DATES = select(AccountDate.id).where(
    AccountDate.workspace_id == WORKSPACE, AccountDate.team_id.in_(AMONG), AccountDate.day < DAY
)
FIRST_LINES = select(Membership.id).where(
    Membership.workspace_id == WORKSPACE,
    Membership.team_id.in_(AMONG),
    Membership.joined_on < DAY,
    Membership.first_line != "",
)
PROGRESS = select(Plan.id).where(
    Plan.workspace_id == WORKSPACE,
    Plan.team_id.in_(AMONG),
    Plan.kept,
    Plan.agreed_on < DAY,
    Plan.progress != "",
)
PLANS_BEFORE = select(Plan.id).where(
    Plan.workspace_id == WORKSPACE,
    Plan.team_id.in_(AMONG),
    Plan.kept,
    ~Plan.stands,
    Plan.agreed_on < DAY,
    exists().where(
        LATER_PLAN.team_id == Plan.team_id,
        LATER_PLAN.rep_id == Plan.rep_id,
        LATER_PLAN.key == Plan.key,
        LATER_PLAN.stands,
        LATER_PLAN.agreed_on < SETTLED,
    ),
)
FOCUSES_BEFORE = select(StandingFocus.id).where(
    StandingFocus.workspace_id == WORKSPACE,
    StandingFocus.team_id.in_(AMONG),
    exists().where(
        Interaction.team_id == StandingFocus.team_id,
        Interaction.rep_id == StandingFocus.rep_id,
        Interaction.occurred_on >= StandingFocus.agreed_on,
        Interaction.occurred_on < SETTLED,
        Interaction.deleted_at.is_(None),
        FieldDay.interaction_id == Interaction.id,
        FieldDay.focus != "",
    ),
)
MEMBERSHIPS = select(Membership.id).where(
    Membership.workspace_id == WORKSPACE,
    Membership.team_id.in_(AMONG),
    Membership.left_on < DAY,
    *(~one for one in WITH_REP_THERE),
)
NOTES = select(Note.id).where(Note.workspace_id == WORKSPACE, Note.written_at < AT)
DRAFTS = select(Draft.id).where(Draft.workspace_id == WORKSPACE, Draft.saved_at < AT)
TIME_OFF = select(TimeOff.id).where(TimeOff.workspace_id == WORKSPACE, TimeOff.ends_on < DAY)
SUBMISSIONS = select(Submission.id).where(
    Submission.workspace_id == WORKSPACE, Submission.met_on < DAY
)
AUDITS = select(Audit.id).where(Audit.workspace_id == WORKSPACE, Audit.at < AT)

REMOVE_PLANS = delete(SaveItPlan).where(
    SaveItPlan.workspace_id == WORKSPACE, SaveItPlan.id.in_(AMONG)
)
LINES_OF = select(Cleared.id).where(
    Cleared.workspace_id == WORKSPACE, Cleared.promise_id.in_(AMONG)
)
DRAFTS_FOR = delete(Draft).where(Draft.workspace_id == WORKSPACE, Draft.appointment_id.in_(AMONG))
HEARD = select(MarketNote.team_id, MarketNote.account_id).where(
    MarketNote.workspace_id == WORKSPACE, MarketNote.id.in_(AMONG)
)
REMOVE_TEAM_PROMISES = delete(TeamPromise).where(
    TeamPromise.workspace_id == WORKSPACE, TeamPromise.id.in_(AMONG)
)
DONE_IN = select(AgendaItem.id).where(
    AgendaItem.workspace_id == WORKSPACE, AgendaItem.done_in.in_(AMONG)
)
CARRIED_FROM = delete(Carried).where(
    Carried.workspace_id == WORKSPACE, Carried.meeting_id.in_(AMONG)
)
ASKED_FOR = delete(Swap).where(Swap.workspace_id == WORKSPACE, Swap.meeting_id.in_(AMONG))
LET_PROMISES_GO = (
    update(TeamPromise)
    .where(TeamPromise.workspace_id == WORKSPACE, TeamPromise.meeting_id.in_(AMONG))
    .values(meeting_id=None)
)
REMOVE_MEETINGS = delete(Meeting).where(Meeting.workspace_id == WORKSPACE, Meeting.id.in_(AMONG))
REMOVE_SLOTS = delete(Slot).where(Slot.workspace_id == WORKSPACE, Slot.todo_list_id.in_(AMONG))
REMOVE_LISTS = delete(TodoList).where(TodoList.workspace_id == WORKSPACE, TodoList.id.in_(AMONG))
REMOVE_ISSUES = delete(IssueOfTheDay).where(
    IssueOfTheDay.workspace_id == WORKSPACE, IssueOfTheDay.id.in_(AMONG)
)
REMOVE_PERIOD_WORDS = delete(PeriodWords).where(
    PeriodWords.workspace_id == WORKSPACE, PeriodWords.id.in_(AMONG)
)
REMOVE_HANDOVERS = delete(Handover).where(
    Handover.workspace_id == WORKSPACE, Handover.id.in_(AMONG)
)
REMOVE_RESULTS = delete(Result).where(Result.workspace_id == WORKSPACE, Result.id.in_(AMONG))
AT_ACCOUNTS = select(AccountDate.account_id).where(
    AccountDate.workspace_id == WORKSPACE, AccountDate.id.in_(AMONG)
)
REMOVE_DATES = delete(AccountDate).where(
    AccountDate.workspace_id == WORKSPACE, AccountDate.id.in_(AMONG)
)
BLANK_FIRST_LINES = (
    update(Membership)
    .where(Membership.workspace_id == WORKSPACE, Membership.id.in_(AMONG))
    .values(first_line="")
)
BLANK_PROGRESS = (
    update(Plan).where(Plan.workspace_id == WORKSPACE, Plan.id.in_(AMONG)).values(progress="")
)
REMOVE_PLANS_BEFORE = delete(Plan).where(Plan.workspace_id == WORKSPACE, Plan.id.in_(AMONG))
REMOVE_FOCUSES = delete(StandingFocus).where(
    StandingFocus.workspace_id == WORKSPACE, StandingFocus.id.in_(AMONG)
)
TEAMS_OF = select(Membership.team_id).where(
    Membership.workspace_id == WORKSPACE, Membership.id.in_(AMONG)
)
REMOVE_MEMBERSHIPS = delete(Membership).where(
    Membership.workspace_id == WORKSPACE, Membership.id.in_(AMONG)
)
PLANS_OF_NOBODY = delete(Plan).where(
    Plan.workspace_id == WORKSPACE, Plan.team_id.in_(AMONG), ~exists().where(PLACE)
)
FOCUSES_OF_NOBODY = delete(StandingFocus).where(
    StandingFocus.workspace_id == WORKSPACE,
    StandingFocus.team_id.in_(AMONG),
    ~exists().where(
        Membership.team_id == StandingFocus.team_id, Membership.rep_id == StandingFocus.rep_id
    ),
)
REMOVE_NOTES = delete(Note).where(Note.workspace_id == WORKSPACE, Note.id.in_(AMONG))
REMOVE_DRAFTS = delete(Draft).where(Draft.workspace_id == WORKSPACE, Draft.id.in_(AMONG))
REMOVE_TIME_OFF = delete(TimeOff).where(TimeOff.workspace_id == WORKSPACE, TimeOff.id.in_(AMONG))
REMOVE_SUBMISSIONS = delete(Submission).where(
    Submission.workspace_id == WORKSPACE, Submission.id.in_(AMONG)
)
REMOVE_AUDITS = delete(Audit).where(Audit.workspace_id == WORKSPACE, Audit.id.in_(AMONG))

OLD: Mapping[Kind, Select[*tuple[Any, ...]]] = {
    Kind.SAVE_IT_PLANS: PLANS,
    Kind.PROMISES: PROMISES,
    Kind.APPOINTMENTS: APPOINTMENTS,
    Kind.MARKET_NOTES: MARKET_NOTES,
    Kind.TOUCHES: TOUCHES,
    Kind.SESSIONS: SESSIONS,
    Kind.FIELD_DAYS: FIELD_DAYS,
    Kind.TEAM_PROMISES: TEAM_PROMISES,
    Kind.MEETINGS: MEETINGS,
    Kind.ITEMS: ITEMS,
    Kind.LISTS: LISTS,
    Kind.ISSUES: ISSUES,
    Kind.RESULTS: RESULTS,
    Kind.PERIOD_WORDS: PERIOD_WORDS,
    Kind.ACCOUNT_DATES: ACCOUNT_DATES,
    Kind.FIRST_LINES: FIRST_LINES,
    Kind.PROGRESS: PROGRESS,
    Kind.PLANS_BEFORE: PLANS_BEFORE,
    Kind.FOCUSES_BEFORE: FOCUSES_BEFORE,
    Kind.HANDOVERS: HANDOVERS,
    Kind.MEMBERSHIPS: MEMBERSHIPS,
    Kind.NOTES: NOTES,
    Kind.DRAFTS: DRAFTS,
    Kind.TIME_OFF: TIME_OFF,
    Kind.SUBMISSIONS: SUBMISSIONS,
    Kind.AUDITS: AUDITS,
}
"""What is old of each kind: the ids of its rows."""

SOME = {kind: old.limit(LIMIT) for kind, old in OLD.items()}
COUNT = {
    kind: select(func.count().label("rows")).select_from(old.subquery())
    for kind, old in OLD.items()
}

OF_MEETING = (
    MessageKind.MEETING_DRAFT,
    MessageKind.MEETING_AGENDA,
    MessageKind.MEETING_RECAP,
    MessageKind.MEETING_DONE,
    MessageKind.MEETING_ASK,
    MessageKind.MEETING_SKILL,
    MessageKind.MEETING_SWAP,
)
"""Messages about a meeting."""


def old(tx: Transaction, kind: Kind, team_ids: Sequence[int], kept: Kept, limit: int) -> list[int]:
    """The ids of at most `limit` rows of that kind that are older than what is kept; of those
    teams, where it is looked for by team."""
    return [row.id for row in tx.all(SOME[kind], **_asked(team_ids, kept), limit=limit)]


def count(tx: Transaction, kind: Kind, team_ids: Sequence[int], kept: Kept) -> int:
    """How many there are of them."""
    return int(tx.first(COUNT[kind], **_asked(team_ids, kept)).rows)


def remove(tx: Transaction, kind: Kind, ids: Sequence[int]) -> None:
    """Remove those of that kind for good, with all that hangs on them; what stands now stays
    (`RULES`), and messages about them are not drawn any more but to say so."""
    REMOVERS[kind](tx, ids)


def _asked(team_ids: Sequence[int], kept: Kept) -> dict[str, Any]:
    return {
        "among": list(team_ids),
        "day": kept.day,
        "at": kept.at,
        "monday": kept.monday,
        "settled": kept.settled,
    }


def _forget_messages(tx: Transaction, ids: Sequence[int], *kinds: MessageKind) -> None:
    messages.forget_about(tx, [Subject(kind, one) for kind in kinds for one in ids])


def _plans(tx: Transaction, ids: Sequence[int]) -> None:
    messages.forget_weeks(tx, MessageKind.ACTIVITY_ASK, ids)
    tx.run_among(REMOVE_PLANS, ids)


def _promises(tx: Transaction, ids: Sequence[int]) -> None:
    _forget_messages(tx, ids, MessageKind.RAISED)
    lines = [row.id for row in tx.all_among(LINES_OF, ids)]
    _forget_messages(tx, lines, MessageKind.CLEARED)
    promises.remove(tx, ids)


def _appointments(tx: Transaction, ids: Sequence[int]) -> None:
    _forget_messages(tx, ids, MessageKind.SESSION_NOTE)
    tx.run_among(DRAFTS_FOR, ids)
    appointments.remove(tx, ids)


def _market_notes(tx: Transaction, ids: Sequence[int]) -> None:
    heard = tx.all_among(HEARD, ids)
    market.forget(tx, ids)
    market.forget_unused(tx, {row.team_id for row in heard})
    accounts.forget_unused(tx, {row.account_id for row in heard if row.account_id is not None})


def _contacts(tx: Transaction, ids: Sequence[int]) -> None:
    messages.let_go(tx, MessageKind.SHARED, ids)
    interactions.remove(tx, ids)


def _meetings(tx: Transaction, ids: Sequence[int]) -> None:
    _forget_messages(tx, ids, *OF_MEETING)
    agenda.remove(tx, [row.id for row in tx.all_among(DONE_IN, ids)])
    for statement in (CARRIED_FROM, ASKED_FOR, LET_PROMISES_GO, REMOVE_MEETINGS):
        tx.run_among(statement, ids)


def _account_dates(tx: Transaction, ids: Sequence[int]) -> None:
    were_at = {row.account_id for row in tx.all_among(AT_ACCOUNTS, ids)}
    tx.run_among(REMOVE_DATES, ids)
    accounts.forget_unused(tx, were_at)


def _memberships(tx: Transaction, ids: Sequence[int]) -> None:
    of = {row.team_id for row in tx.all_among(TEAMS_OF, ids)}
    tx.run_among(REMOVE_MEMBERSHIPS, ids)
    tx.run_among(PLANS_OF_NOBODY, of)
    tx.run_among(FOCUSES_OF_NOBODY, of)


def _handovers(tx: Transaction, ids: Sequence[int]) -> None:
    _forget_messages(tx, ids, MessageKind.HANDOVER)
    tx.run_among(REMOVE_HANDOVERS, ids)


def _notes(tx: Transaction, ids: Sequence[int]) -> None:
    _forget_messages(tx, ids, MessageKind.NOTE)
    tx.run_among(REMOVE_NOTES, ids)


def _rows(*statements: Any) -> Callable[[Transaction, Sequence[int]], None]:
    """Those statements, in order, and nothing else."""

    def remover(tx: Transaction, ids: Sequence[int]) -> None:
        for statement in statements:
            tx.run_among(statement, ids)

    return remover


REMOVERS: Mapping[Kind, Callable[[Transaction, Sequence[int]], None]] = {
    Kind.SAVE_IT_PLANS: _plans,
    Kind.PROMISES: _promises,
    Kind.APPOINTMENTS: _appointments,
    Kind.MARKET_NOTES: _market_notes,
    Kind.TOUCHES: _contacts,
    Kind.SESSIONS: _contacts,
    Kind.FIELD_DAYS: _contacts,
    Kind.TEAM_PROMISES: _rows(REMOVE_TEAM_PROMISES),
    Kind.MEETINGS: _meetings,
    Kind.ITEMS: agenda.remove,
    Kind.LISTS: _rows(REMOVE_SLOTS, REMOVE_LISTS),
    Kind.ISSUES: _rows(REMOVE_ISSUES),
    Kind.RESULTS: _rows(REMOVE_RESULTS),
    Kind.PERIOD_WORDS: _rows(REMOVE_PERIOD_WORDS),
    Kind.ACCOUNT_DATES: _account_dates,
    Kind.FIRST_LINES: _rows(BLANK_FIRST_LINES),
    Kind.PROGRESS: _rows(BLANK_PROGRESS),
    Kind.PLANS_BEFORE: _rows(REMOVE_PLANS_BEFORE),
    Kind.FOCUSES_BEFORE: _rows(REMOVE_FOCUSES),
    Kind.HANDOVERS: _handovers,
    Kind.MEMBERSHIPS: _memberships,
    Kind.NOTES: _notes,
    Kind.DRAFTS: _rows(REMOVE_DRAFTS),
    Kind.TIME_OFF: _rows(REMOVE_TIME_OFF),
    Kind.SUBMISSIONS: _rows(REMOVE_SUBMISSIONS),
    Kind.AUDITS: _rows(REMOVE_AUDITS),
}
"""Of each kind how it goes."""
