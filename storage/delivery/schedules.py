"""When something is due next: the only place that writes it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update

from bot.domain.delivery import DueSchedule, MessageKind, Planned, ScheduleKey
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Schedule

THAT_ONE = (
    Schedule.workspace_id == WORKSPACE,
    Schedule.team_id == bindparam("team"),
    Schedule.kind == bindparam("what"),
    Schedule.item == bindparam("which"),
)
NEXT_AT = select(Schedule.next_at).where(
    Schedule.workspace_id == WORKSPACE,
    Schedule.team_id == bindparam("team"),
    Schedule.kind == bindparam("what"),
)
ITEMS_DUE = select(Schedule.team_id, Schedule.item).where(
    Schedule.workspace_id == WORKSPACE,
    Schedule.team_id.in_(AMONG),
    Schedule.kind == bindparam("what"),
)
COMING = select(Schedule.team_id, Schedule.next_at).where(
    Schedule.workspace_id == WORKSPACE,
    Schedule.team_id.in_(AMONG),
    Schedule.kind == bindparam("what"),
    Schedule.item == 0,
)
DUE = (
    select(
        Schedule.team_id,
        Schedule.kind,
        func.coalesce(Schedule.due_at, Schedule.next_at, type_=Schedule.next_at.type).label(
            "since"
        ),
        Schedule.item,
    )
    .where(
        Schedule.workspace_id == WORKSPACE,
        Schedule.next_at <= bindparam("now"),
        Schedule.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(Schedule.next_at, Schedule.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
ATTEMPTS = select(Schedule.attempts).where(*THAT_ONE)
ADVANCE = update(Schedule).where(*THAT_ONE).values(next_at=bindparam("at"), due_at=None, attempts=0)
PUT_OFF = (
    update(Schedule)
    .where(*THAT_ONE)
    .values(due_at=bindparam("since"), next_at=bindparam("until"), attempts=Schedule.attempts + 1)
)
REMOVE = delete(Schedule).where(*THAT_ONE)
REMOVE_OF_TEAM = delete(Schedule).where(
    Schedule.workspace_id == WORKSPACE,
    Schedule.team_id == bindparam("team"),
    Schedule.kind.not_in(bindparam("but", expanding=True)),
)

_due = reader(DueSchedule, "team_id", "kind", "since", "item")


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
        tx.execute(REMOVE, [_named(team, kind, item) for team, item, kind in sorted(over)])


def remove_of_team(tx: Transaction, team_id: int, but: Collection[MessageKind]) -> None:
    """Nothing of that team is due any more, but what is of those kinds."""
    tx.run(REMOVE_OF_TEAM, team=team_id, but=list(but))


def next_at(tx: Transaction, team_id: int, kind: MessageKind) -> datetime | None:
    """When that is due for the team as a whole."""
    row = tx.first(NEXT_AT, team=team_id, what=kind)
    return row.next_at if row else None


def coming(tx: Transaction, team_ids: Sequence[int], kind: MessageKind) -> dict[int, datetime]:
    """When that is due next for each of those teams as a whole; where it never is, left out."""
    return {row.team_id: row.next_at for row in tx.all_among(COMING, team_ids, what=kind)}


def items_due(tx: Transaction, team_ids: Sequence[int], kind: MessageKind) -> dict[int, list[int]]:
    """What those teams' messages of that kind that are still to come are about: ids, by team."""
    found: dict[int, list[int]] = {team: [] for team in team_ids}
    for row in tx.all_among(ITEMS_DUE, team_ids, what=kind):
        found[row.team_id].append(row.item)
    return found


def take_due(
    tx: Transaction, now: datetime, limit: int, kinds: Collection[MessageKind]
) -> list[DueSchedule]:
    """Schedules of those kinds that are due, earliest first, held against everyone else who takes
    due ones."""
    return [_due(row) for row in tx.all(DUE, now=now, limit=limit, kinds=list(kinds))]


def advance(tx: Transaction, planned: Sequence[Planned]) -> None:
    """Let the schedules be due when they are next; those that never are go."""
    coming = [
        {**_named(plan.team_id, plan.kind, plan.item), "at": plan.next_at}
        for plan in planned
        if plan.next_at is not None
    ]
    if coming:
        tx.execute(ADVANCE, coming)
    over = [_named(one.team_id, one.kind, one.item) for one in planned if one.next_at is None]
    if over:
        tx.execute(REMOVE, over)


def attempts(tx: Transaction, schedule: DueSchedule) -> int:
    """How often it was tried to plan that one in vain."""
    row = tx.first(ATTEMPTS, **_named(schedule.team_id, schedule.kind, schedule.item))
    return row.attempts if row else 0


def put_off(tx: Transaction, schedule: DueSchedule, until: datetime) -> None:
    """Try again then to plan that one, which stays due since it was."""
    named = _named(schedule.team_id, schedule.kind, schedule.item)
    tx.run(PUT_OFF, **named, since=schedule.next_at, until=until)


def _named(team_id: int, kind: MessageKind, item: int) -> dict[str, object]:
    return {"team": team_id, "what": kind, "which": item}
