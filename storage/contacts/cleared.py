"""What the team is told of what was raised and is done."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.domain.contacts.cleared import ClearedAnswer, ClearedLine
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Cleared as Row
from storage.models import Person as PersonRow
from storage.models import Promise as PromiseRow
from storage.team.people import PersonColumns

REP = PersonColumns(PersonRow, "rep")

LINES = (
    select(
        Row.id,
        Row.team_id,
        Row.promise_id,
        Row.month,
        Row.text,
        Row.asked,
        Row.answer,
        Row.posted_on,
        Row.fine_for,
        *REP.columns,
    )
    .join_from(Row, PromiseRow, PromiseRow.id == Row.promise_id)
    .join(PersonRow, PersonRow.id == PromiseRow.rep_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.id)
)
STANDING = LINES.where(Row.gone.is_(False))
SOME = STANDING.where(Row.id.in_(AMONG))
OF_TEAM = STANDING.where(Row.team_id == bindparam("team"))
OF_MONTH = OF_TEAM.where(Row.month == bindparam("day"))
ANSWERED = LINES.where(
    Row.gone,
    Row.answer.is_not(None),
    Row.team_id == bindparam("team"),
    Row.month == bindparam("day"),
)
ASKED_OF = LINES.where(
    Row.team_id == bindparam("team"), PromiseRow.rep_id == bindparam("rep"), Row.asked
)
TOLD_OF = (
    select(Row.team_id, Row.month)
    .where(Row.workspace_id == WORKSPACE, Row.team_id.in_(AMONG), Row.posted_on.is_not(None))
    .distinct()
)
OWN = Row.workspace_id == WORKSPACE
CHANGE = update(Row).where(OWN, Row.id.in_(AMONG))
UNASKED = delete(Row).where(OWN, Row.id.in_(AMONG), Row.asked.is_(False))
END_OPEN = (
    update(Row)
    .where(
        OWN,
        Row.team_id == bindparam("team"),
        Row.asked,
        Row.answer.is_(None),
        Row.posted_on.is_(None),
        Row.gone.is_(False),
    )
    .values(gone=True)
)
NOT_POSTED = CHANGE.where(Row.posted_on.is_(None))


def _read(row: Any) -> ClearedLine:
    return ClearedLine(
        row.id,
        row.team_id,
        row.promise_id,
        REP.read(row),
        row.month,
        row.text,
        row.asked,
        row.answer,
        row.posted_on,
        frozenset(row.fine_for),
    )


def get_many(tx: Transaction, ids: Iterable[int]) -> dict[int, ClearedLine]:
    """Those lines that stand, by id."""
    return {row.id: _read(row) for row in tx.all_among(SOME, ids)}


def of_month(tx: Transaction, team_id: int, month: date) -> list[ClearedLine]:
    """The lines of a team about a month (its first day)."""
    return [_read(row) for row in tx.all(OF_MONTH, team=team_id, day=month)]


def answered_before(tx: Transaction, team_id: int, month: date) -> list[ClearedLine]:
    """The lines of a team about a month that do not stand any more, and were answered."""
    return [_read(row) for row in tx.all(ANSWERED, team=team_id, day=month)]


def told_of(tx: Transaction, team_ids: Iterable[int]) -> set[tuple[int, date]]:
    """The months that something was posted of, by team and first day."""
    return {(row.team_id, row.month) for row in tx.all_among(TOLD_OF, team_ids)}


def of_team(tx: Transaction, team_id: int) -> list[ClearedLine]:
    """All lines of a team that stand."""
    return [_read(row) for row in tx.all(OF_TEAM, team=team_id)]


def asked_of(tx: Transaction, team_id: int, rep_id: int) -> list[ClearedLine]:
    """The lines of a team that a rep was asked about, also those that do not stand any more."""
    return [_read(row) for row in tx.all(ASKED_OF, team=team_id, rep=rep_id)]


def add(tx: Transaction, **values: Any) -> int:
    """A line that nobody was asked about yet; its id. Columns by their names."""
    return tx.insert(Row, asked=False, gone=False, **values)


def remove(tx: Transaction, ids: Iterable[int]) -> None:
    """Those lines do not stand any more; whoever was asked about them may still look it up, and
    what nobody was asked about is kept no longer. Writes."""
    ids = list(ids)
    tx.run_among(UNASKED, ids)
    tx.change_among(CHANGE, {"gone": True}, ids)


def end_open(tx: Transaction, team_id: int) -> None:
    """What reps of a team were asked and did not answer is asked no more. Writes."""
    tx.run(END_OPEN, team=team_id)


def put_back(tx: Transaction, ids: Iterable[int]) -> None:
    """Those lines stand again, with what was said to them. Writes."""
    tx.change_among(CHANGE, {"gone": False}, ids)


def ask(tx: Transaction, ids: Iterable[int]) -> None:
    """Whoever raised it is asked about those lines. Writes."""
    tx.change_among(CHANGE, {"asked": True}, ids)


def answer(tx: Transaction, line_id: int, said: ClearedAnswer) -> bool:
    """That is said to a line; False where it was posted before. Writes."""
    return tx.change_among(NOT_POSTED, {"answer": said}, [line_id]) == 1


def post(tx: Transaction, ids: Iterable[int], on: date) -> int:
    """Those lines are posted that day; how many were not before. Writes."""
    return tx.change_among(NOT_POSTED, {"posted_on": on}, ids)


def not_posted(tx: Transaction, ids: Iterable[int]) -> None:
    """Those lines were not posted after all. Writes."""
    tx.change_among(CHANGE, {"posted_on": None}, ids)
