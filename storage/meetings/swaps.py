"""Turns to lead one skill that somebody else is asked to take."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import aliased

from bot.domain.meetings.swaps import Swap, SwapState
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Person as PersonRow
from storage.models import Swap as Row
from storage.team.people import PersonColumns

HOLDER, ASKED, ASKED_BY = (aliased(PersonRow) for _ in range(3))
IN_HOLDER, IN_ASKED = PersonColumns(HOLDER, "holder"), PersonColumns(ASKED, "asked")
IN_ASKED_BY = PersonColumns(ASKED_BY, "asked_by")

SWAPS = (
    select(
        Row.id,
        Row.team_id,
        Row.meeting_id,
        Row.day,
        Row.at,
        Row.until,
        Row.state,
        *IN_HOLDER.columns,
        *IN_ASKED.columns,
        *IN_ASKED_BY.columns,
    )
    .outerjoin_from(Row, HOLDER, HOLDER.id == Row.holder_id)
    .join(ASKED, ASKED.id == Row.asked_id)
    .join(ASKED_BY, ASKED_BY.id == Row.asked_by_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.id)
)
SOME = SWAPS.where(Row.id.in_(AMONG))
OF_MEETINGS = SWAPS.where(Row.meeting_id.in_(AMONG))
OF_FORM = SWAPS.where(Row.form == bindparam("form"))
CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("swap"))
END = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.meeting_id == bindparam("meeting"),
        Row.state == SwapState.ASKED,
    )
    .values(state=SwapState.ENDED)
)
REMOVE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.meeting_id.in_(AMONG))


def _read(row: Any) -> Swap:
    return Swap(
        id=row.id,
        team_id=row.team_id,
        meeting_id=row.meeting_id,
        holder=IN_HOLDER.read_any(row),
        asked=IN_ASKED.read(row),
        asked_by=IN_ASKED_BY.read(row),
        day=row.day,
        at=row.at,
        until=row.until,
        state=row.state,
    )


def ask(tx: Transaction, **values: Any) -> int:
    """Somebody is asked; the id of the swap."""
    return tx.insert(Row, **values)


def made_by(tx: Transaction, form: str) -> Swap | None:
    """What that form asked before."""
    row = tx.first(OF_FORM, form=form)
    return _read(row) if row else None


def get_many(tx: Transaction, ids: Sequence[int]) -> dict[int, Swap]:
    """Those, by id."""
    return {row.id: _read(row) for row in tx.all_among(SOME, ids)}


def of_meetings(tx: Transaction, meeting_ids: Sequence[int]) -> dict[int, list[Swap]]:
    """All that were asked for turns in those meetings, oldest first, by meeting."""
    found: dict[int, list[Swap]] = {}
    for row in tx.all_among(OF_MEETINGS, meeting_ids):
        found.setdefault(row.meeting_id, []).append(_read(row))
    return found


def settle(tx: Transaction, swap_id: int, state: SwapState) -> None:
    """That is what was said."""
    tx.change(CHANGE, {"state": state}, swap=swap_id)


def end(tx: Transaction, meeting_id: int) -> None:
    """Whoever is asked for a turn in that meeting, and did not answer, is not asked any more."""
    tx.run(END, meeting=meeting_id)


def remove(tx: Transaction, meeting_ids: Sequence[int]) -> None:
    """Those meetings are no more."""
    tx.run_among(REMOVE, meeting_ids)
