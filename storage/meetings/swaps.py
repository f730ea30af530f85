"""Turns to lead one skill that somebody else is asked to take."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.orm import aliased

from bot.domain.meetings.swaps import Swap, SwapState
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Person as PersonRow
from storage.models import Swap as Row
from storage.team.people import PersonColumns

HOLDER, ASKED, ASKED_BY, OTHER = (aliased(PersonRow) for _ in range(4))
IN_HOLDER, IN_ASKED = PersonColumns(HOLDER, "holder"), PersonColumns(ASKED, "asked")
IN_ASKED_BY, IN_OTHER = PersonColumns(ASKED_BY, "asked_by"), PersonColumns(OTHER, "other")

SWAPS = (
    select(
        Row.id,
        Row.team_id,
        Row.meeting_id,
        Row.day,
        Row.at,
        Row.until,
        Row.state,
        Row.kind,
        Row.skill,
        Row.strength_id,
        Row.focus_id,
        *IN_HOLDER.columns,
        *IN_ASKED.columns,
        *IN_ASKED_BY.columns,
        *IN_OTHER.columns,
    )
    .outerjoin_from(Row, HOLDER, HOLDER.id == Row.holder_id)
    .outerjoin(OTHER, OTHER.id == Row.other_id)
    .join(ASKED, ASKED.id == Row.asked_id)
    .join(ASKED_BY, ASKED_BY.id == Row.asked_by_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.id)
)
SOME = SWAPS.where(Row.id.in_(AMONG))
OF_MEETINGS = SWAPS.where(Row.meeting_id.in_(AMONG))
PAIRS = SWAPS.where(Row.team_id.in_(AMONG), text("swap.other_id IS NOT NULL"))
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
        kind=row.kind,
        other=IN_OTHER.read_any(row),
        skill=row.skill,
        strength=row.strength_id,
        focus=row.focus_id,
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


def pairs(tx: Transaction, team_ids: Sequence[int]) -> list[Swap]:
    """All that reps of those teams were asked as one of a pair, and what its manager put off,
    oldest first."""
    return sorted(map(_read, tx.all_among(PAIRS, team_ids)), key=lambda one: one.id)


def settle(tx: Transaction, swap_id: int, state: SwapState) -> None:
    """That is what was said."""
    tx.change(CHANGE, {"state": state}, swap=swap_id)


def mend(tx: Transaction, swap_id: int, skill: str) -> None:
    """Of a pair: that is what is shown, in words for the team."""
    tx.change(CHANGE, {"skill": skill}, swap=swap_id)


def let_go(tx: Transaction, swap_id: int, form: str) -> None:
    """Whoever `form` asked by that is not asked any more, and the form may ask somebody else."""
    tx.change(CHANGE, {"state": SwapState.ENDED, "form": f"{form} {swap_id}"}, swap=swap_id)


def end(tx: Transaction, meeting_id: int) -> None:
    """Whoever is asked for a turn in that meeting, and did not answer, is not asked any more."""
    tx.run(END, meeting=meeting_id)


def remove(tx: Transaction, meeting_ids: Sequence[int]) -> None:
    """Those meetings are no more."""
    tx.run_among(REMOVE, meeting_ids)
