"""Scheduled messages on their way: planned, claimed, settled."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Integer,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    null,
    select,
    text,
    union_all,
    update,
)

from bot.domain.deliveries import (
    LEASE,
    LOST,
    Claimed,
    DeliveryState,
    DueSchedule,
    Place,
    Planned,
    ScheduleKind,
    Waiting,
)
from storage import people
from storage.engine import Database, Transaction
from storage.leases import DatabaseSeconds, is_free
from storage.models import Delivery, Person, PostedMessage, Schedule
from storage.models.deliveries import OPEN
from storage.models.messages import BEHIND
from storage.pairs import pairs

CLAIMED = (
    Delivery.id,
    Delivery.team_id,
    Delivery.kind,
    Delivery.due_at,
    Delivery.attempts,
    Delivery.tried_at,
    Delivery.subject,
    Delivery.item,
)
_SERVED: BindParameter[list[int]] = bindparam("served", expanding=True)
_WAITING: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(literal_column("1", Integer), Schedule.workspace_id, func.min(Schedule.next_at))
    .where(Schedule.next_at <= bindparam("now"), Schedule.workspace_id.in_(_SERVED))
    .group_by(Schedule.workspace_id),
    select(literal_column("2", Integer), Delivery.workspace_id, func.min(Delivery.try_at))
    .where(text(OPEN), Delivery.workspace_id.in_(_SERVED))
    .group_by(Delivery.workspace_id),
    select(literal_column("3", Integer), PostedMessage.workspace_id, null())
    .where(text(BEHIND), PostedMessage.workspace_id.in_(_SERVED))
    .group_by(PostedMessage.workspace_id),
)
_NEXT_TRY = select(func.min(Delivery.try_at)).where(
    text(OPEN), Delivery.workspace_id.in_(_SERVED), Delivery.leased_until.is_(None)
)


def waiting(database: Database, workspace_ids: Collection[int], now: datetime) -> Waiting:
    """What there is to do in those workspaces: three looks into an index, in one statement."""
    with database.reading(0) as tx:
        asked = {"served": list(workspace_ids), "now": now}
        rows: Sequence[Any] = tx.execute(_WAITING, asked).all()
    return Waiting(
        due=frozenset(workspace for what, workspace, _ in rows if what == 1),
        open={workspace: at for what, workspace, at in rows if what == 2},
        behind=frozenset(workspace for what, workspace, _ in rows if what == 3),
    )


def next_try(database: Database, workspace_ids: Collection[int]) -> datetime | None:
    """The earliest instant at which something is to be tried that nobody works on."""
    with database.reading(0) as tx:
        found: datetime | None = tx.execute(_NEXT_TRY, {"served": list(workspace_ids)}).scalar()
    return found


def next_event(database: Database, workspace_ids: Collection[int]) -> datetime | None:
    """The earliest instant at which a schedule is due or a message on its way is to be tried."""
    served = list(workspace_ids)
    statement = union_all(
        select(func.min(Schedule.next_at)).where(Schedule.workspace_id.in_(served)),
        select(func.min(Delivery.try_at)).where(text(OPEN), Delivery.workspace_id.in_(served)),
    )
    with database.reading(0) as tx:
        return min((at for (at,) in tx.execute(statement) if at is not None), default=None)


def take_due(tx: Transaction, now: datetime, limit: int) -> list[DueSchedule]:
    """Schedules that are due, earliest first, held against everyone else who takes due ones."""
    statement = (
        tx.select(Schedule, Schedule.team_id, Schedule.kind, Schedule.next_at, Schedule.item)
        .where(Schedule.next_at <= now)
        .order_by(Schedule.next_at, Schedule.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [DueSchedule(*row) for row in tx.all(statement)]


def add(tx: Transaction, planned: Sequence[Planned]) -> tuple[int, int]:
    """A delivery for each time a schedule was due, unless there is one: the last is to be sent,
    those before it have expired. How many of each are new.

    The schedules are held since `take_due`, so that nobody else adds deliveries of theirs.
    """
    dues = [due_at for plan in planned for due_at in plan.dues]
    if not dues:
        return 0, 0
    there = {
        (row.team_id, row.kind, row.item, row.due_at)
        for row in tx.all(
            tx.select(
                Delivery, Delivery.team_id, Delivery.kind, Delivery.item, Delivery.due_at
            ).where(
                Delivery.team_id.in_({plan.team_id for plan in planned}),
                Delivery.due_at.between(min(dues), max(dues)),
            )
        )
    }
    rows = [
        {
            "team_id": plan.team_id,
            "kind": plan.kind,
            "item": plan.item,
            "due_at": due_at,
            "state": DeliveryState.PENDING if due_at == plan.dues[-1] else DeliveryState.EXPIRED,
            "attempts": 0,
            "try_at": due_at,
        }
        for plan in planned
        for due_at in plan.dues
        if (plan.team_id, plan.kind, plan.item, due_at) not in there
    ]
    tx.insert_missing(Delivery, rows, key=("team_id", "kind", "item", "due_at"))
    pending = sum(row["state"] is DeliveryState.PENDING for row in rows)
    return pending, len(rows) - pending


def advance(tx: Transaction, planned: Sequence[Planned]) -> None:
    """Let the schedules be due when they are next; those that never are go."""
    own = Schedule.workspace_id == tx.workspace_id
    which = (
        own,
        Schedule.team_id == bindparam("team"),
        Schedule.kind == bindparam("what"),
        Schedule.item == bindparam("which"),
    )
    coming = [
        {"team": plan.team_id, "what": plan.kind, "which": plan.item, "at": plan.next_at}
        for plan in planned
        if plan.next_at is not None
    ]
    if coming:
        tx.execute(update(Schedule).where(*which).values(next_at=bindparam("at")), coming)
    over = [
        {"team": plan.team_id, "what": plan.kind, "which": plan.item}
        for plan in planned
        if plan.next_at is None
    ]
    if over:
        tx.execute(delete(Schedule).where(*which), over)


def claim(tx: Transaction, now: datetime, limit: int) -> list[Claimed]:
    """Claim deliveries that are to be sent, those that have waited longest first."""
    return _claim(tx, now, limit, (DeliveryState.PENDING,))


def claim_lost(tx: Transaction, now: datetime, limit: int) -> list[Claimed]:
    """Claim deliveries to be looked for: whether they were sent is unknown, or whoever was
    sending them is gone."""
    return _claim(tx, now, limit, LOST)


def begin(
    tx: Transaction,
    lease: float,
    addressed: Mapping[int, tuple[str, int | None]],
    at: datetime,
    look_at: datetime,
) -> set[int]:
    """What was claimed by that lease is handed to Slack now: its subject and reader, by id.

    `look_at` is when it is looked for, should nothing be heard of it. Those still ours; the others
    must not be sent.
    """
    held = tx.all(
        tx.select(Delivery, Delivery.id)
        .where(Delivery.id.in_(list(addressed)), Delivery.leased_until == lease)
        .with_for_update()
    )
    ours = {row.id for row in held}
    if ours:
        statement = update(Delivery).where(
            Delivery.workspace_id == tx.workspace_id, Delivery.id == bindparam("begun_id")
        )
        values = {
            "state": DeliveryState.SENDING,
            "attempts": Delivery.attempts + 1,
            "tried_at": at,
            "try_at": look_at,
            "subject": bindparam("about"),
            "reader_id": bindparam("reader"),
        }
        tx.execute(
            statement.values(values),
            [
                {"begun_id": one, "about": subject, "reader": reader_id}
                for one, (subject, reader_id) in addressed.items()
                if one in ours
            ],
        )
    return ours


def settle_sent(tx: Transaction, places: Mapping[int, Place]) -> None:
    """Those deliveries stand there: that is so whoever has claimed them meanwhile."""
    if places:
        statement = update(Delivery).where(
            Delivery.workspace_id == tx.workspace_id,
            Delivery.id == bindparam("sent_id"),
            text(OPEN),
        )
        values: dict[str, Any] = {
            "state": DeliveryState.SENT,
            "leased_until": None,
            "fault": None,
            "channel": bindparam("stands_in"),
            "ts": bindparam("stands_at"),
        }
        tx.execute(
            statement.values(values),
            [
                {"sent_id": one, "stands_in": place.channel, "stands_at": place.ts}
                for one, place in places.items()
            ],
        )


def settle(
    tx: Transaction,
    lease: float,
    ids: Sequence[int],
    *,
    state: DeliveryState,
    attempts: int,
    try_at: datetime | None,
    fault: str | None,
) -> int:
    """Leave those of the deliveries that are still claimed by that lease in that state; how many
    there were."""
    values: dict[str, Any] = {"try_at": try_at} if try_at else {}
    return tx.update(
        Delivery,
        Delivery.id.in_(ids),
        Delivery.leased_until == lease,
        state=state,
        attempts=attempts,
        fault=fault,
        leased_until=None,
        **values,
    )


def put_off(tx: Transaction, state: DeliveryState, until: datetime) -> int:
    """Let what is in that state, and nobody works on, not be tried before then; how many."""
    return tx.update(
        Delivery,
        text(OPEN),
        Delivery.state == state,
        Delivery.try_at < until,
        is_free(Delivery.leased_until),
        try_at=until,
    )


def lost(tx: Transaction, subject: str) -> list[Claimed]:
    """Deliveries of that subject of which nothing has been heard since they went out."""
    statement = (
        tx.select(Delivery, *CLAIMED, Delivery.leased_until, *people.columns())
        .outerjoin(Person, Person.id == Delivery.reader_id)
        .where(text(OPEN), Delivery.state.in_(LOST), Delivery.subject == subject)
        .order_by(Delivery.id)
    )
    return [_read(row, row[len(CLAIMED)] or 0.0) for row in tx.all(statement)]


def without_place(
    tx: Transaction, kind: ScheduleKind, items: Mapping[int, int]
) -> dict[int, list[tuple[int, DeliveryState, str]]]:
    """Deliveries of that kind about those items, each with its team, of which nobody knows where
    they stand, latest first: the id, how far each came, and Slack's word for what went wrong; by
    item, each of which is there."""
    pair = pairs([(team_id, item) for item, team_id in items.items()], "team_id", "item")
    rows = tx.all(
        tx.select(Delivery, Delivery.item, Delivery.id, Delivery.state, Delivery.fault)
        .join(pair, and_(pair.c.team_id == Delivery.team_id, pair.c.item == Delivery.item))
        .where(
            Delivery.kind == kind,
            Delivery.attempts > 0,
            Delivery.ts.is_(None),
        )
        .order_by(Delivery.due_at.desc())
    )
    found: dict[int, list[tuple[int, DeliveryState, str]]] = {item: [] for item in items}
    for row in rows:
        found[row.item].append((row.id, row.state, row.fault or ""))
    return found


def decide(tx: Transaction, delivery_id: int, state: DeliveryState, place: Place | None) -> None:
    """Somebody says what became of it, and where it stands, if that is known."""
    tx.update(
        Delivery,
        Delivery.id == delivery_id,
        state=state,
        leased_until=None,
        channel=place.channel if place else None,
        ts=place.ts if place else None,
    )


def _claim(
    tx: Transaction, now: datetime, limit: int, states: Sequence[DeliveryState]
) -> list[Claimed]:
    statement = (
        tx.select(Delivery, *CLAIMED, DatabaseSeconds(), *people.columns())
        .outerjoin(Person, Person.id == Delivery.reader_id)
        .where(
            text(OPEN),
            Delivery.state.in_(states),
            Delivery.try_at <= now,
            is_free(Delivery.leased_until),
        )
        .order_by(Delivery.try_at, Delivery.id)
        .limit(limit)
        .with_for_update(of=Delivery, skip_locked=True)
    )
    rows = tx.all(statement)
    if not rows:
        return []
    lease = rows[0][len(CLAIMED)] + LEASE
    claimed = [_read(row, lease) for row in rows]
    ids = [delivery.id for delivery in claimed]
    tx.update(Delivery, Delivery.id.in_(ids), leased_until=lease)
    return claimed


def _read(row: Sequence[Any], lease: float) -> Claimed:
    one, team_id, kind, due_at, attempts, tried_at, subject, item = row[: len(CLAIMED)]
    rest = row[len(CLAIMED) + 1 :]
    reader = people.read(rest) if rest[0] is not None else None
    return Claimed(one, team_id, kind, due_at, attempts, lease, tried_at, subject, reader, item)
