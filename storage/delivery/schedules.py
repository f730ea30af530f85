"""When something is due next: the only place that writes it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, update

from bot.domain.delivery import DueSchedule, MessageKind, Planned, ScheduleKey
from storage.database.engine import Transaction
from storage.models import Schedule


def set_due(tx: Transaction, dues: Mapping[MessageKind, Mapping[ScheduleKey, datetime]]) -> None:
    """Set when the next message of each kind is due for each of those."""
    rows = [
        {"team_id": team, "kind": kind, "item": item, "next_at": at, "due_at": None, "attempts": 0}
        for kind, own in dues.items()
        for (team, item), at in own.items()
    ]
    if rows:
        tx.upsert(Schedule, rows, key=("team_id", "kind", "item"))


def remove(tx: Transaction, keys: Mapping[MessageKind, Collection[ScheduleKey]]) -> None:
    """No message of each kind is due any more for those."""
    over = [(*key, kind) for kind, own in keys.items() for key in own]
    if over:
        statement = delete(Schedule).where(*_which(tx))
        tx.execute(statement, [_named(team, kind, item) for team, item, kind in sorted(over)])


def next_at(tx: Transaction, team_id: int, kind: MessageKind) -> datetime | None:
    """When that is due for the team as a whole."""
    row = tx.first(
        tx.select(Schedule, Schedule.next_at).where(
            Schedule.team_id == team_id, Schedule.kind == kind
        )
    )
    return row.next_at if row else None


def items_due(tx: Transaction, team_ids: Sequence[int], kind: MessageKind) -> dict[int, list[int]]:
    """What those teams' messages of that kind that are still to come are about: ids, by team."""
    found: dict[int, list[int]] = {team: [] for team in team_ids}
    rows = tx.all(
        tx.select(Schedule, Schedule.team_id, Schedule.item).where(
            Schedule.team_id.in_(team_ids), Schedule.kind == kind
        )
    )
    for row in rows:
        found[row.team_id].append(row.item)
    return found


def take_due(
    tx: Transaction, now: datetime, limit: int, kinds: Collection[MessageKind]
) -> list[DueSchedule]:
    """Schedules of those kinds that are due, earliest first, held against everyone else who takes
    due ones."""
    since = func.coalesce(Schedule.due_at, Schedule.next_at, type_=Schedule.next_at.type)
    statement = (
        tx.select(Schedule, Schedule.team_id, Schedule.kind, since, Schedule.item)
        .where(Schedule.next_at <= now, Schedule.kind.in_(kinds))
        .order_by(Schedule.next_at, Schedule.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [DueSchedule(*row) for row in tx.all(statement)]


def advance(tx: Transaction, planned: Sequence[Planned]) -> None:
    """Let the schedules be due when they are next; those that never are go."""
    coming = [
        {**_named(plan.team_id, plan.kind, plan.item), "at": plan.next_at}
        for plan in planned
        if plan.next_at is not None
    ]
    if coming:
        values: dict[str, Any] = {"next_at": bindparam("at"), "due_at": None, "attempts": 0}
        tx.execute(update(Schedule).where(*_which(tx)).values(values), coming)
    over = [_named(one.team_id, one.kind, one.item) for one in planned if one.next_at is None]
    if over:
        tx.execute(delete(Schedule).where(*_which(tx)), over)


def attempts(tx: Transaction, schedule: DueSchedule) -> int:
    """How often it was tried to plan that one in vain."""
    row = tx.first(tx.select(Schedule, Schedule.attempts).where(*_one(schedule)))
    return row.attempts if row else 0


def put_off(tx: Transaction, schedule: DueSchedule, until: datetime) -> None:
    """Try again then to plan that one, which stays due since it was."""
    tx.update(
        Schedule,
        *_one(schedule),
        due_at=schedule.next_at,
        next_at=until,
        attempts=Schedule.attempts + 1,
    )


def _one(schedule: DueSchedule) -> tuple[ColumnElement[bool], ...]:
    return (
        Schedule.team_id == schedule.team_id,
        Schedule.kind == schedule.kind,
        Schedule.item == schedule.item,
    )


def _which(tx: Transaction) -> tuple[ColumnElement[bool], ...]:
    return (
        Schedule.workspace_id == tx.workspace_id,
        Schedule.team_id == bindparam("team"),
        Schedule.kind == bindparam("what"),
        Schedule.item == bindparam("which"),
    )


def _named(team_id: int, kind: MessageKind, item: int) -> dict[str, object]:
    return {"team": team_id, "what": kind, "which": item}
