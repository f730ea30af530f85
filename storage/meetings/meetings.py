"""Meetings of teams, what was carried on from them, and what was promised to the team in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.meetings.agenda import TeamPromise
from bot.domain.meetings.meetings import Meeting
from storage.database.engine import AnySelect, Transaction
from storage.database.pairs import once
from storage.models import AgendaItem as ItemRow
from storage.models import Carried, Membership
from storage.models import Meeting as Row
from storage.models import Person as PersonRow
from storage.models import Team as TeamRow
from storage.models import TeamPromise as PromiseRow
from storage.team import people

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
OTHER = aliased(Row)


def _is_over(row: Any) -> Any:
    return or_(row.closed_at.is_not(None), row.dropped.is_not(None))


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


def get_many(tx: Transaction, ids: Sequence[int]) -> dict[int, Meeting]:
    """Those, by id."""
    return {row[0]: _read(row) for row in tx.all(_select(tx).where(Row.id.in_(ids)))}


def to_come(tx: Transaction, team_ids: Sequence[int]) -> list[Meeting]:
    """Those of the teams that are neither over nor dropped, the next first."""
    statement = _select(tx).where(Row.team_id.in_(team_ids), TO_COME)
    return [_read(row) for row in tx.all(statement.order_by(Row.day, Row.at, Row.id))]


def planned_from(tx: Transaction, team_ids: Sequence[int], day: date) -> list[Meeting]:
    """Those of the teams that were planned for that day or later, be they dropped or moved."""
    statement = _select(tx).where(Row.team_id.in_(team_ids), Row.planned_for >= day)
    return [_read(row) for row in tx.all(statement.order_by(Row.planned_for))]


def over(tx: Transaction, team_ids: Sequence[int], limit: int) -> list[Meeting]:
    """The latest of each of those teams that are over or dropped, the latest planned first."""
    # From the last one wanted on, by index: not all that a team ever had, to be counted off.
    nth = (
        select(OTHER.planned_for)
        .where(OTHER.team_id == TeamRow.id, _is_over(OTHER))
        .order_by(OTHER.planned_for.desc())
        .offset(limit - 1)
        .limit(1)
        .correlate(TeamRow)
        .scalar_subquery()
    )
    first = func.coalesce(nth, date.min).label("day")
    last = once(tx.select(TeamRow, TeamRow.id, first).where(TeamRow.id.in_(team_ids)), "last")
    wanted = and_(last.c.id == Row.team_id, Row.planned_for >= last.c.day)
    statement = _select(tx).join(last, wanted).where(_is_over(Row))
    return [_read(row) for row in tx.all(statement.order_by(Row.planned_for.desc()))]


def of_team(tx: Transaction, team_id: int) -> list[Meeting]:
    """All of a team, the first planned first."""
    statement = _select(tx).where(Row.team_id == team_id).order_by(Row.planned_for)
    return [_read(row) for row in tx.all(statement)]


def led(tx: Transaction, team_ids: Sequence[int], since: date) -> dict[int, dict[int, date]]:
    """The latest day on which each person leads one skill, by team, dropped meetings left out. Of
    those who had not left the team by that day."""
    stays = exists(
        select(Membership.id)
        .where(
            Membership.team_id == Row.team_id,
            Membership.rep_id == Row.leader_id,
            or_(Membership.left_on.is_(None), Membership.left_on > since),
        )
        .correlate(Row)
    )
    latest = (
        tx.select(Row, Row.team_id, Row.leader_id, func.max(Row.day))
        .where(Row.team_id.in_(team_ids), Row.leader_id.is_not(None), Row.dropped.is_(None), stays)
        .group_by(Row.team_id, Row.leader_id)
    )
    found: dict[int, dict[int, date]] = {}
    for team_id, leader_id, day in tx.all(latest):
        found.setdefault(team_id, {})[leader_id] = day
    return found


def change(tx: Transaction, *meeting_ids: int, **values: Any) -> None:
    """Change columns of those by their names, to the same values."""
    tx.update(Row, Row.id.in_(meeting_ids), **values)


def change_each(tx: Transaction, changed: Mapping[int, Mapping[str, Any]]) -> None:
    """Change the same columns of each of those, by id, to values of its own."""
    if changed:
        statement = update(Row).where(
            Row.workspace_id == tx.workspace_id, Row.id == bindparam("changed_id")
        )
        # In one order everywhere, or two transactions could each wait for a row of the other.
        rows = [{"changed_id": one, **values} for one, values in sorted(changed.items())]
        tx.execute(statement, rows)


def remove(tx: Transaction, ids: Sequence[int]) -> None:
    """Meetings that the series does not have any more, and nobody has heard of."""
    tx.delete(Row, Row.id.in_(ids))


def carry(tx: Transaction, left: Iterable[tuple[int, int]]) -> None:
    """Each of those items was on the agenda of that meeting (the first of the pair), and goes on
    to the next."""
    rows = [{"meeting_id": meeting, "item_id": item} for meeting, item in left]
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


def open_promises(tx: Transaction, team_ids: Sequence[int]) -> list[TeamPromise]:
    """Those of the teams that are still open, the first due first."""
    statement = _promises(tx).where(
        PromiseRow.team_id.in_(team_ids),
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


def promises_of_team(tx: Transaction, team_id: int) -> dict[int, list[TeamPromise]]:
    """All that were made in meetings of a team and not dropped, oldest first, by meeting."""
    statement = _promises(tx).where(
        PromiseRow.team_id == team_id,
        PromiseRow.meeting_id.is_not(None),
        PromiseRow.dropped_on.is_(None),
    )
    found: dict[int, list[TeamPromise]] = {}
    for row in tx.all(statement.order_by(PromiseRow.id)):
        promise = _read_promise(row)
        found.setdefault(promise.meeting_id or 0, []).append(promise)
    return found
