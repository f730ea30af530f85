"""Teams and reps on their way to another manager."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.binder.handover import Handover, HandoverState
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Handover as Row
from storage.models import Person as PersonRow
from storage.team.people import PersonColumns

REP, GIVER, RECEIVER = aliased(PersonRow), aliased(PersonRow), aliased(PersonRow)
IN_REP = PersonColumns(REP, "rep")
IN_GIVER, IN_RECEIVER = PersonColumns(GIVER, "giver"), PersonColumns(RECEIVER, "receiver")
BY_ID = attrgetter("id")
IS_OPEN = Row.state.in_((HandoverState.OFFERED, HandoverState.WAITS))

HANDOVERS = (
    select(
        Row.id,
        Row.team_id,
        Row.words,
        Row.state,
        Row.offered_at,
        Row.settled_at,
        *IN_REP.columns,
        *IN_GIVER.columns,
        *IN_RECEIVER.columns,
    )
    .join_from(Row, GIVER, GIVER.id == Row.from_id)
    .join(RECEIVER, RECEIVER.id == Row.to_id)
    .outerjoin(REP, REP.id == Row.rep_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.id)
)
WITH_IDS = HANDOVERS.where(Row.id.in_(AMONG))
BY_PERSON = Row.from_id == bindparam("person", type_=BigInteger)
TO_PERSON = Row.to_id == bindparam("person", type_=BigInteger)
WAITING_OF = HANDOVERS.where(Row.state == HandoverState.WAITS, TO_PERSON)
OF_PERSON = HANDOVERS.where(
    or_(
        and_(IS_OPEN, or_(BY_PERSON, TO_PERSON)),
        and_(BY_PERSON, Row.state == HandoverState.TAKEN),
    )
)
OPEN_OF_TEAM = HANDOVERS.where(IS_OPEN, Row.team_id == bindparam("team", type_=BigInteger))
HELD = (
    select(Row.id)
    .where(Row.workspace_id == WORKSPACE, Row.id == bindparam("handover"))
    .with_for_update()
)
TAKEN_BY = HANDOVERS.where(Row.state == HandoverState.TAKEN, Row.to_id.in_(AMONG))
TEAMS_TAKEN = HANDOVERS.where(
    Row.state == HandoverState.TAKEN, Row.rep_id.is_(None), Row.team_id.in_(AMONG)
)
SETTLE = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.id == bindparam("handover"), IS_OPEN)
    .values(state=bindparam("after"), settled_at=bindparam("at"))
)
CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("handover"))


def add(tx: Transaction, **values: Any) -> int:
    """A new handover, columns by their names; its id. Of a team as a whole, and of each rep of one,
    at most one may be open."""
    return tx.insert(Row, **values)


def get_many(tx: Transaction, ids: Iterable[int]) -> dict[int, Handover]:
    """Those handovers, by id."""
    return {row.id: _read(row) for row in tx.all_among(WITH_IDS, ids)}


def lock(tx: Transaction, handover_id: int) -> None:
    """Hold that handover until this transaction is over against whoever else asks to hold it."""
    tx.first(HELD, handover=handover_id)


def waiting_of(tx: Transaction, person_id: int) -> list[Handover]:
    """Those teams that that person takes once their own has passed on, oldest first."""
    return [_read(row) for row in tx.all(WAITING_OF, person=person_id)]


def of_person(tx: Transaction, person_id: int) -> list[Handover]:
    """Those that are open, and were offered by that person or to them, and what they gave away and
    somebody took; oldest first."""
    return [_read(row) for row in tx.all(OF_PERSON, person=person_id)]


def open_of_team(tx: Transaction, team_id: int) -> list[Handover]:
    """Those of a team, or of reps of it, that are open, oldest first."""
    return [_read(row) for row in tx.all(OPEN_OF_TEAM, team=team_id)]


def taken_by(tx: Transaction, person_ids: Sequence[int]) -> list[Handover]:
    """Those that those people took, oldest first."""
    return [_read(row) for row in tx.all_among(TAKEN_BY, person_ids, BY_ID)]


def taken_of_teams(tx: Transaction, team_ids: Sequence[int]) -> list[Handover]:
    """Those by which the whole of those teams passed, oldest first."""
    return [_read(row) for row in tx.all_among(TEAMS_TAKEN, team_ids, BY_ID)]


def change(tx: Transaction, handover_id: int, **values: Any) -> None:
    """Change columns of a handover by their names."""
    tx.change(CHANGE, values, handover=handover_id)


def settle(tx: Transaction, handover_id: int, after: HandoverState, at: datetime) -> bool:
    """It is answered so; False where it was answered or taken back before."""
    return tx.run(SETTLE, handover=handover_id, after=after, at=at) == 1


def _read(row: Any) -> Handover:
    return Handover(
        row.id,
        row.team_id,
        IN_REP.read_any(row),
        IN_GIVER.read(row),
        IN_RECEIVER.read(row),
        row.words,
        row.state,
        row.offered_at,
        row.settled_at,
    )
