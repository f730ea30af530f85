"""Scheduled messages on their way: planned, claimed, settled."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Integer,
    and_,
    bindparam,
    func,
    literal_column,
    null,
    select,
    text,
    union_all,
    update,
)

from bot.domain.delivery import (
    IN_DOUBT,
    LEASE,
    SETTLED,
    Claimed,
    DeliveryState,
    MessageKind,
    MessageRef,
    NotArrived,
    Planned,
    Subject,
    Waiting,
)
from storage.database.engine import Database, Transaction
from storage.database.pairs import pairs
from storage.delivery.leases import DatabaseSeconds, is_free
from storage.models import Delivery, Person, PostedMessage, Schedule
from storage.models.delivery import OPEN, STALE
from storage.team import people

CLAIMED = (
    Delivery.id,
    Delivery.team_id,
    Delivery.kind,
    Delivery.due_at,
    Delivery.attempts,
    Delivery.tried_at,
    Delivery.subject,
    Delivery.item,
    Delivery.fault,
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
    .where(text(STALE), PostedMessage.workspace_id.in_(_SERVED))
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
        stale=frozenset(workspace for what, workspace, _ in rows if what == 3),
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


def add(tx: Transaction, planned: Sequence[Planned]) -> tuple[Counter[MessageKind], int]:
    """A delivery for each time a schedule was due, unless there is one: the last is to be sent,
    those before it have expired. How many are new: to be sent, by kind, and expired.

    The schedules are held since they were taken, so that nobody else adds deliveries of theirs.
    """
    dues = [due_at for plan in planned for due_at in plan.dues]
    if not dues:
        return Counter(), 0
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
    new = [
        (plan, due_at)
        for plan in planned
        for due_at in plan.dues
        if (plan.team_id, plan.kind, plan.item, due_at) not in there
    ]
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
        for plan, due_at in new
    ]
    tx.insert_missing(Delivery, rows, key=("team_id", "kind", "item", "due_at"))
    pending = Counter(plan.kind for plan, due_at in new if due_at == plan.dues[-1])
    return pending, len(rows) - pending.total()


def claim(
    tx: Transaction, now: datetime, limit: int, kinds: Collection[MessageKind]
) -> list[Claimed]:
    """Claim deliveries of those kinds that are to be sent, those that have waited longest
    first."""
    return _claim(tx, now, limit, kinds, (DeliveryState.PENDING,))


def claim_in_doubt(
    tx: Transaction, now: datetime, limit: int, kinds: Collection[MessageKind]
) -> list[Claimed]:
    """Claim deliveries to be looked for: whether they were sent is unknown, or whoever was
    sending them is gone."""
    return _claim(tx, now, limit, kinds, IN_DOUBT)


def held(tx: Transaction, lease: float, ids: Collection[int]) -> set[int]:
    """Which of those deliveries are still claimed by that lease; held until this transaction is
    over."""
    rows = tx.all(
        tx.select(Delivery, Delivery.id)
        .where(Delivery.id.in_(list(ids)), Delivery.leased_until == lease)
        .with_for_update()
    )
    return {row.id for row in rows}


def remove(tx: Transaction, ids: Collection[int]) -> None:
    """Those have been done, and leave nothing behind."""
    tx.delete(Delivery, Delivery.id.in_(list(ids)))


def begin(
    tx: Transaction,
    lease: float,
    addressed: Mapping[int, tuple[Subject, int | None]],
    at: datetime,
    look_at: datetime,
) -> set[int]:
    """What was claimed by that lease is handed to Slack now: its subject and reader, by id.

    `look_at` is when it is looked for, should nothing be heard of it. Those still ours; the others
    must not be sent.
    """
    ours = held(tx, lease, addressed)
    if ours:
        statement = update(Delivery).where(
            Delivery.workspace_id == tx.workspace_id, Delivery.id == bindparam("begun_id")
        )
        values = {
            "state": DeliveryState.SENDING,
            "attempts": Delivery.attempts + 1,
            "tried_at": at,
            "try_at": look_at,
            "is_stale": False,
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


def stale(tx: Transaction, ids: Collection[int]) -> set[int]:
    """Those of the deliveries of which what they show has changed since they were sent."""
    rows = tx.all(
        tx.select(Delivery, Delivery.id).where(Delivery.id.in_(list(ids)), Delivery.is_stale)
    )
    return {row.id for row in rows}


def settle_sent(tx: Transaction, refs: Mapping[int, MessageRef]) -> None:
    """Those deliveries stand there: that is so whoever has claimed them meanwhile."""
    if refs:
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
                {"sent_id": one, "stands_in": ref.channel, "stands_at": ref.ts}
                for one, ref in refs.items()
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


def put_off(
    tx: Transaction, state: DeliveryState, until: datetime, kinds: Collection[MessageKind]
) -> int:
    """Let what is in that state and of those kinds, and nobody works on, not be tried before then;
    how many."""
    return tx.update(
        Delivery,
        text(OPEN),
        Delivery.state == state,
        Delivery.kind.in_(kinds),
        Delivery.try_at < until,
        is_free(Delivery.leased_until),
        try_at=until,
    )


def in_doubt(tx: Transaction, subject: Subject) -> list[Claimed]:
    """Deliveries of that subject of which nothing has been heard since they went out."""
    statement = (
        tx.select(Delivery, *CLAIMED, Delivery.leased_until, *people.columns())
        .outerjoin(Person, Person.id == Delivery.reader_id)
        .where(text(OPEN), Delivery.state.in_(IN_DOUBT), Delivery.subject == subject)
        .order_by(Delivery.id)
    )
    return [_read(row, row[len(CLAIMED)] or 0.0) for row in tx.all(statement)]


def without_place(
    tx: Transaction, kind: MessageKind, items: Mapping[int, int]
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


def decide(tx: Transaction, delivery_id: int, state: DeliveryState, ref: MessageRef | None) -> None:
    """Somebody says what became of it, and where it stands, if that is known."""
    tx.update(
        Delivery,
        Delivery.id == delivery_id,
        state=state,
        leased_until=None,
        channel=ref.channel if ref else None,
        ts=ref.ts if ref else None,
    )


def not_arrived(tx: Transaction, team_id: int, since: datetime) -> list[NotArrived]:
    """Messages of that team, due since then, that did not arrive: the latest first."""
    own = Delivery.kind, Delivery.due_at, Delivery.fault
    statement = (
        tx.select(Delivery, *own, *people.columns())
        .outerjoin(Person, Person.id == Delivery.reader_id)
        .where(
            Delivery.team_id == team_id,
            Delivery.state == DeliveryState.FAILED,
            Delivery.due_at >= since,
        )
        .order_by(Delivery.due_at.desc(), Delivery.id.desc())
    )
    found = []
    for kind, due_at, fault, *person in tx.all(statement):
        reader = people.read(person) if person[0] is not None else None
        found.append(NotArrived(kind, due_at, reader, fault))
    return found


def purge(tx: Transaction, before: datetime) -> int:
    """Forget what became of deliveries that were due before then and are settled; how many."""
    return tx.delete(Delivery, Delivery.state.in_(SETTLED), Delivery.due_at < before)


def _claim(
    tx: Transaction,
    now: datetime,
    limit: int,
    kinds: Collection[MessageKind],
    states: Sequence[DeliveryState],
) -> list[Claimed]:
    statement = (
        tx.select(Delivery, *CLAIMED, DatabaseSeconds(), *people.columns())
        .outerjoin(Person, Person.id == Delivery.reader_id)
        .where(
            text(OPEN),
            Delivery.state.in_(states),
            Delivery.kind.in_(kinds),
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
    one, team, kind, due_at, attempts, tried_at, subject, item, fault = row[: len(CLAIMED)]
    rest = row[len(CLAIMED) + 1 :]
    reader = people.read(rest) if rest[0] is not None else None
    return Claimed(one, team, kind, due_at, attempts, lease, tried_at, subject, reader, item, fault)
