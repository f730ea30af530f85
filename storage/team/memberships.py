"""Questions about memberships, what is kept of one, and forgetting it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, BindParameter, bindparam, delete, or_, select, update

from bot.domain.team.memberships import MembershipQuestion, QuestionState
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import (
    AgendaItem,
    Appointment,
    Draft,
    Interaction,
    Meeting,
    Membership,
    Promise,
    Result,
    Slot,
    TeamPromise,
    TimeOff,
    TodoList,
    Transition,
)
from storage.models import MembershipQuestion as Row
from storage.models import Person as PersonRow
from storage.models import Team as TeamRow
from storage.team.people import PersonColumns

IN_REP = PersonColumns(PersonRow, "rep")
TEAM: BindParameter[int] = bindparam("team", type_=BigInteger)
REP: BindParameter[int] = bindparam("rep", type_=BigInteger)

QUESTIONS = (
    select(Row.id, Row.team_id, Row.first_team_id, Row.state, Row.changed_at, *IN_REP.columns)
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.id)
)
WITH_IDS = QUESTIONS.where(Row.id.in_(AMONG))
ABOUT = QUESTIONS.where(Row.team_id == TEAM, Row.rep_id == REP)
OPEN = QUESTIONS.where(
    or_(
        (Row.state == QuestionState.ASKED) & or_(Row.team_id == TEAM, Row.first_team_id == TEAM),
        (Row.state == QuestionState.DISPUTED) & (Row.team_id == TEAM),
    )
)
SETTLE = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.id == bindparam("question"),
        Row.state == bindparam("before"),
    )
    .values(state=bindparam("after"), changed_at=bindparam("at"))
)
ASKS_OTHER = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.first_team_id == TEAM)
    .values(first_team_id=bindparam("other"))
)
END_OF_TEAM = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == TEAM,
        Row.state.in_((QuestionState.ASKED, QuestionState.DISPUTED)),
    )
    .values(state=QuestionState.OVER, changed_at=bindparam("at"))
)
SETTLE_WHO_CAME = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.state == QuestionState.ASKED,
        select(Membership.id)
        .where(
            Membership.workspace_id == WORKSPACE,
            Membership.team_id == Row.team_id,
            Membership.rep_id == Row.rep_id,
            or_(Membership.left_on.is_(None), Membership.left_on > bindparam("day")),
        )
        .exists(),
    )
    .values(state=QuestionState.FINE, changed_at=bindparam("at"))
)
PURGE = delete(Row).where(
    Row.workspace_id == WORKSPACE,
    Row.changed_at < bindparam("before"),
    # What a first manager said stands for as long as the rep's place on that team.
    Row.state.not_in((QuestionState.ASKED, QuestionState.DISPUTED, QuestionState.NOT_SO)),
)

ENTRIES = (
    select(Interaction.id).where(
        Interaction.workspace_id == WORKSPACE,
        Interaction.team_id == TEAM,
        Interaction.rep_id == REP,
    ),
    select(Promise.id).where(
        Promise.workspace_id == WORKSPACE, Promise.team_id == TEAM, Promise.rep_id == REP
    ),
    select(Appointment.id).where(
        Appointment.workspace_id == WORKSPACE,
        Appointment.team_id == TEAM,
        Appointment.rep_id == REP,
    ),
    select(Draft.id)
    .join(TeamRow, TeamRow.manager_id == Draft.author_id)
    .where(Draft.workspace_id == WORKSPACE, TeamRow.id == TEAM, Draft.rep_id == REP),
    select(AgendaItem.id).where(
        AgendaItem.workspace_id == WORKSPACE,
        AgendaItem.team_id == TEAM,
        or_(AgendaItem.rep_id == REP, AgendaItem.author_id == REP, AgendaItem.heard_by_id == REP),
    ),
    select(TeamPromise.id).where(
        TeamPromise.workspace_id == WORKSPACE,
        TeamPromise.team_id == TEAM,
        TeamPromise.owner_id == REP,
    ),
    select(Transition.id).where(
        Transition.workspace_id == WORKSPACE,
        Transition.team_id == TEAM,
        or_(Transition.leaves_id == REP, Transition.takes_over_id == REP),
    ),
)
"""Where a team may have something about a rep that somebody wrote down."""

FORGET = (
    delete(Slot).where(
        Slot.workspace_id == WORKSPACE,
        Slot.rep_id == REP,
        Slot.todo_list_id.in_(
            select(TodoList.id).where(TodoList.workspace_id == WORKSPACE, TodoList.team_id == TEAM)
        ),
    ),
    delete(Result).where(
        Result.workspace_id == WORKSPACE, Result.team_id == TEAM, Result.rep_id == REP
    ),
    delete(TimeOff).where(
        TimeOff.workspace_id == WORKSPACE, TimeOff.team_id == TEAM, TimeOff.person_id == REP
    ),
    update(Meeting)
    .where(Meeting.workspace_id == WORKSPACE, Meeting.team_id == TEAM, Meeting.leader_id == REP)
    .values(leader_id=None),
    delete(Membership).where(
        Membership.workspace_id == WORKSPACE,
        Membership.team_id == TEAM,
        Membership.rep_id == REP,
    ),
)
"""What there is of a membership without any entry."""


def get_many(tx: Transaction, ids: Collection[int]) -> dict[int, MembershipQuestion]:
    """Those questions, by id."""
    return {row.id: _read(row) for row in tx.all_among(WITH_IDS, ids)}


def about(tx: Transaction, team_id: int, rep_id: int) -> MembershipQuestion | None:
    """The question about that rep on that team, be it answered."""
    row = tx.first(ABOUT, team=team_id, rep=rep_id)
    return _read(row) if row else None


def open_for(tx: Transaction, team_id: int) -> list[MembershipQuestion]:
    """What is to be answered of that team's reps, or of its own question to another manager."""
    return [_read(row) for row in tx.all(OPEN, team=team_id)]


def keep(
    tx: Transaction,
    team_id: int,
    rep_ids: Iterable[int],
    state: QuestionState,
    at: datetime,
    first_team_id: int | None = None,
) -> None:
    """Let the question about each of those reps on that team stand so, asked before or not."""
    rows = [
        {
            "team_id": team_id,
            "rep_id": rep,
            "first_team_id": first_team_id,
            "state": state,
            "changed_at": at,
        }
        for rep in rep_ids
    ]
    tx.upsert(Row, rows, key=("team_id", "rep_id"))


def settle(
    tx: Transaction, question_id: int, before: QuestionState, after: QuestionState, at: datetime
) -> bool:
    """It stood so, and stands so now; False where somebody else settled it meanwhile."""
    return tx.run(SETTLE, question=question_id, before=before, after=after, at=at) == 1


def settle_who_came(tx: Transaction, day: date, at: datetime) -> None:
    """Nobody has to be asked any more about a rep who is on the team that day, or will be."""
    tx.run(SETTLE_WHO_CAME, day=day, at=at)


def join(tx: Transaction, team_id: int, other_id: int, at: datetime) -> None:
    """The one team is over: what its manager was asked about a second team is asked of the other's,
    and whether somebody may be, or is rightly, on it is asked no more. Writes."""
    tx.run(ASKS_OTHER, team=team_id, other=other_id)
    tx.run(END_OF_TEAM, team=team_id, at=at)


def has_entries(tx: Transaction, team_id: int, rep_id: int) -> bool:
    """Whether anything was written down about that rep on that team, be it half or taken back."""
    return any(tx.first(entry, team=team_id, rep=rep_id) is not None for entry in ENTRIES)


def forget(tx: Transaction, team_id: int, rep_id: int) -> None:
    """Take that rep off that team as if they had never been on it: for one without any entry."""
    for statement in FORGET:
        tx.run(statement, team=team_id, rep=rep_id)


def purge(tx: Transaction, before: datetime) -> None:
    """Remove what was settled before that instant, but no **Not so**."""
    tx.run(PURGE, before=before)


def _read(row: Any) -> MembershipQuestion:
    return MembershipQuestion(
        row.id, row.team_id, IN_REP.read(row), row.first_team_id, row.state, row.changed_at
    )
