"""Reps who move from one team to another."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.domain.team.memberships import RepMove
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Move as Row
from storage.models import Person as PersonRow
from storage.team.people import PersonColumns

REP = PersonColumns(PersonRow, "rep")
MOVES = (
    select(Row.id, Row.from_id, Row.to_id, Row.day, Row.carried_at, *REP.columns)
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.day, Row.id)
)
AWAY_FROM = MOVES.where(Row.from_id == bindparam("team"))
OF_REP = MOVES.where(Row.rep_id == bindparam("rep"))
WAITING = MOVES.where(Row.carried_at.is_(None))
WAITING_FOR = WAITING.where(Row.to_id.in_(AMONG))
CARRIED = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.id == bindparam("move"), Row.carried_at.is_(None))
    .values(carried_at=bindparam("at"))
)
FORGET_WAITING = delete(Row).where(
    Row.workspace_id == WORKSPACE, Row.rep_id == bindparam("rep"), Row.carried_at.is_(None)
)


def plan(tx: Transaction, moves: Iterable[tuple[int, int, int, date]]) -> None:
    """Those reps move: rep, from which team, to which, on which day. Nothing went along yet."""
    rows = [
        {"rep_id": rep, "from_id": source, "to_id": target, "day": day, "carried_at": None}
        for rep, source, target, day in moves
    ]
    tx.upsert(Row, rows, ("rep_id", "from_id", "to_id", "day"))


def of_rep(tx: Transaction, rep_id: int) -> list[RepMove]:
    """The moves of a rep, earliest first."""
    return [_read(row) for row in tx.all(OF_REP, rep=rep_id)]


def away_from(tx: Transaction, team_id: int) -> list[RepMove]:
    """The moves away from that team, earliest first."""
    return [_read(row) for row in tx.all(AWAY_FROM, team=team_id)]


def waiting(tx: Transaction, team_ids: Sequence[int] | None = None) -> list[RepMove]:
    """The moves to those teams, or to any, with which nothing went along yet, earliest first."""
    rows = tx.all(WAITING) if team_ids is None else tx.all_among(WAITING_FOR, team_ids, _by_day)
    return [_read(row) for row in rows]


def carried(tx: Transaction, move_id: int, at: datetime) -> bool:
    """What goes along with that move does now; False where it did before."""
    return tx.run(CARRIED, move=move_id, at=at) == 1


def forget_waiting(tx: Transaction, rep_id: int) -> None:
    """That rep moves nowhere any more: nothing goes along on a day to come."""
    tx.run(FORGET_WAITING, rep=rep_id)


def _by_day(row: Any) -> Any:
    return row.day, row.id


def _read(row: Any) -> RepMove:
    return RepMove(
        row.id, REP.read(row), row.from_id, row.to_id, row.day, row.carried_at is not None
    )
