"""Meetings of teams, what was carried on from them, and what was promised to the team in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, or_, select

from bot.domain.agenda import TeamPromise
from bot.domain.meetings import Meeting
from storage import people
from storage.engine import AnySelect, Transaction
from storage.models import AgendaItem as ItemRow
from storage.models import Carried
from storage.models import Meeting as Row
from storage.models import Person as PersonRow
from storage.models import TeamPromise as PromiseRow

TICKED = or_(
    exists(select(ItemRow.id).where(ItemRow.done_in == Row.id).correlate(Row)),
    exists(select(PromiseRow.id).where(PromiseRow.meeting_id == Row.id).correlate(Row)),
)
"""Something was written down in it: an item ticked, or something promised to the team."""
MEETING = (
    Row.id,
    Row.team_id,
    Row.planned_for,
    Row.planned_day,
    Row.planned_at,
    Row.day,
    Row.at,
    Row.minutes,
    Row.place,
    Row.lead,
    Row.sections,
)
STATE = (
    Row.dropped,
    Row.published_at,
    Row.out_at,
    Row.closed_at,
    Row.said,
)
PROMISE = (
    PromiseRow.id,
    PromiseRow.team_id,
    PromiseRow.what,
    PromiseRow.made_on,
    PromiseRow.due_on,
    PromiseRow.kept_on,
    PromiseRow.dropped_on,
    PromiseRow.meeting_id,
    PromiseRow.item_id,
)
TO_COME = and_(Row.closed_at.is_(None), Row.dropped.is_(None))


def _select(tx: Transaction) -> AnySelect:
    return tx.select(Row, *MEETING, *STATE, TICKED.label("ticked"), *people.columns()).outerjoin(
        PersonRow, PersonRow.id == Row.leader_id
    )


def _read(row: Any) -> Meeting:
    rest = len(MEETING) + len(STATE)
    leader = row[rest + 1 :]
    led_by = people.read(leader) if leader[0] is not None else None
    values: list[Any] = [*row[: len(MEETING)], led_by, *row[len(MEETING) : rest + 1]]
    return Meeting(*values)


def make(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Those of the meetings that are not there yet, by team and planned day."""
    if rows:
        tx.insert_missing(Row, rows, key=("team_id", "planned_for"))


def some(tx: Transaction, ids: Sequence[int]) -> dict[int, Meeting]:
    """Those, by id."""
    return {row[0]: _read(row) for row in tx.all(_select(tx).where(Row.id.in_(ids)))}


def to_come(tx: Transaction, team_ids: Sequence[int]) -> list[Meeting]:
    """Those of the teams that are neither over nor dropped, the next first."""
    statement = _select(tx).where(Row.team_id.in_(team_ids), TO_COME)
    return [_read(row) for row in tx.all(statement.order_by(Row.day, Row.at, Row.id))]


def planned_from(tx: Transaction, team_id: int, day: date) -> list[Meeting]:
    """Those of a team that were planned for that day or later, be they dropped or moved."""
    statement = _select(tx).where(Row.team_id == team_id, Row.planned_for >= day)
    return [_read(row) for row in tx.all(statement.order_by(Row.planned_for))]


def over(tx: Transaction, team_id: int, limit: int) -> list[Meeting]:
    """The latest of a team that are over or dropped, the latest planned first."""
    statement = _select(tx).where(
        Row.team_id == team_id, or_(Row.closed_at.is_not(None), Row.dropped.is_not(None))
    )
    rows = tx.all(statement.order_by(Row.planned_for.desc()).limit(limit))
    return [_read(row) for row in rows]


def of_team(tx: Transaction, team_id: int) -> list[Meeting]:
    """All of a team, the first planned first."""
    statement = _select(tx).where(Row.team_id == team_id).order_by(Row.planned_for)
    return [_read(row) for row in tx.all(statement)]


def led(tx: Transaction, team_id: int) -> dict[int, date]:
    """The latest day on which each person leads one skill in that team, dropped ones left out."""
    rows = tx.all(
        tx.select(Row, Row.leader_id, func.max(Row.day))
        .where(Row.team_id == team_id, Row.leader_id.is_not(None), Row.dropped.is_(None))
        .group_by(Row.leader_id)
    )
    return {row[0]: row[1] for row in rows}


def change(tx: Transaction, meeting_id: int, **values: Any) -> None:
    """Change columns of one by their names."""
    tx.update(Row, Row.id == meeting_id, **values)


def remove(tx: Transaction, ids: Sequence[int]) -> None:
    """Meetings that the series does not have any more, and nobody has heard of."""
    tx.delete(Row, Row.id.in_(ids))


def carry(tx: Transaction, meeting_id: int, items: Iterable[int]) -> None:
    """Those items were on its agenda, and go on to the next."""
    rows = [{"meeting_id": meeting_id, "item_id": item} for item in items]
    if rows:
        tx.insert_missing(Carried, rows, key=("meeting_id", "item_id"))


def carry_not(tx: Transaction, meeting_id: int, item_id: int) -> None:
    """That item was done in it after all."""
    tx.delete(Carried, Carried.meeting_id == meeting_id, Carried.item_id == item_id)


def carry_none(tx: Transaction, meeting_id: int) -> None:
    """It did not take place: nothing was carried on from it."""
    tx.delete(Carried, Carried.meeting_id == meeting_id)


def _promises(tx: Transaction) -> AnySelect:
    return tx.select(PromiseRow, *PROMISE, *people.columns()).join(
        PersonRow, PersonRow.id == PromiseRow.owner_id
    )


def _read_promise(row: Any) -> TeamPromise:
    owner = people.read(row[len(PROMISE) :])
    return TeamPromise(row[0], row[1], owner, *row[2 : len(PROMISE)])


def promise(tx: Transaction, form: str, **values: Any) -> None:
    """A new team promise, unless that form made one before: that one then says this."""
    if tx.insert_new(PromiseRow, "form", form=form, **values) is None:
        tx.update(PromiseRow, PromiseRow.form == form, **values)


def change_promise(tx: Transaction, promise_id: int, **values: Any) -> None:
    """Change columns of one by their names."""
    tx.update(PromiseRow, PromiseRow.id == promise_id, **values)


def one_promise(tx: Transaction, promise_id: int) -> TeamPromise | None:
    """That one."""
    row = tx.first(_promises(tx).where(PromiseRow.id == promise_id))
    return _read_promise(row) if row else None


def open_promises(tx: Transaction, team_id: int) -> list[TeamPromise]:
    """Those of a team that are still open, the first due first."""
    statement = _promises(tx).where(
        PromiseRow.team_id == team_id,
        PromiseRow.kept_on.is_(None),
        PromiseRow.dropped_on.is_(None),
    )
    rows = tx.all(statement.order_by(PromiseRow.due_on.is_(None), PromiseRow.due_on, PromiseRow.id))
    return [_read_promise(row) for row in rows]


def promises_of(tx: Transaction, meetings: Sequence[int]) -> list[TeamPromise]:
    """Those made in those meetings and not dropped, oldest first."""
    statement = _promises(tx).where(
        PromiseRow.meeting_id.in_(meetings), PromiseRow.dropped_on.is_(None)
    )
    return [_read_promise(row) for row in tx.all(statement.order_by(PromiseRow.id))]
