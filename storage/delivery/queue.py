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
    delete,
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
from storage.database.engine import Database
from storage.database.pairs import pairs_of
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.delivery.leases import DatabaseSeconds, is_free
from storage.models import Delivery, Person, PostedMessage, Schedule
from storage.models.delivery import OPEN, STALE
from storage.team.people import PersonColumns

SERVED: BindParameter[list[int]] = bindparam("served", expanding=True)
WAITING: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(
        literal_column("1", Integer).label("what"),
        Schedule.workspace_id,
        func.min(Schedule.next_at).label("at"),
    )
    .where(Schedule.next_at <= bindparam("now"), Schedule.workspace_id.in_(SERVED))
    .group_by(Schedule.workspace_id),
    select(literal_column("2", Integer), Delivery.workspace_id, func.min(Delivery.try_at))
    .where(text(OPEN), Delivery.workspace_id.in_(SERVED))
    .group_by(Delivery.workspace_id),
    select(literal_column("3", Integer), PostedMessage.workspace_id, null())
    .where(text(STALE), PostedMessage.workspace_id.in_(SERVED))
    .group_by(PostedMessage.workspace_id),
)
NEXT_TRY = select(func.min(Delivery.try_at).label("at")).where(
    text(OPEN), Delivery.workspace_id.in_(SERVED), Delivery.leased_until.is_(None)
)
NEXT_EVENT = union_all(
    select(func.min(Schedule.next_at).label("at")).where(Schedule.workspace_id.in_(SERVED)),
    select(func.min(Delivery.try_at)).where(text(OPEN), Delivery.workspace_id.in_(SERVED)),
)

KINDS: BindParameter[list[MessageKind]] = bindparam("kinds", expanding=True)
READER = PersonColumns(Person, "reader")
ITEM = pairs_of("team_id", "item")
THERE = select(Delivery.team_id, Delivery.kind, Delivery.item, Delivery.due_at).where(
    Delivery.workspace_id == WORKSPACE,
    Delivery.team_id.in_(AMONG),
    Delivery.due_at.between(bindparam("first"), bindparam("last")),
)

DELIVERIES = (
    select(
        Delivery.id,
        Delivery.team_id,
        Delivery.kind,
        Delivery.due_at,
        Delivery.attempts,
        Delivery.tried_at,
        Delivery.subject,
        Delivery.item,
        Delivery.fault,
        Delivery.leased_until,
        DatabaseSeconds().label("present"),
        *READER.columns,
    )
    .outerjoin_from(Delivery, Person, Person.id == Delivery.reader_id)
    .where(Delivery.workspace_id == WORKSPACE)
)
TO_CLAIM = (
    DELIVERIES.where(
        text(OPEN),
        Delivery.state.in_(bindparam("states", expanding=True)),
        Delivery.kind.in_(KINDS),
        Delivery.try_at <= bindparam("now"),
        is_free(Delivery.leased_until),
    )
    .order_by(Delivery.try_at, Delivery.id)
    .limit(bindparam("limit"))
    .with_for_update(of=Delivery, skip_locked=True)
)
IN_DOUBT_ABOUT = DELIVERIES.where(
    text(OPEN), Delivery.state.in_(IN_DOUBT), Delivery.subject == bindparam("about")
).order_by(Delivery.id)
NOT_ARRIVED = (
    select(Delivery.kind, Delivery.due_at, Delivery.fault, *READER.columns)
    .outerjoin_from(Delivery, Person, Person.id == Delivery.reader_id)
    .where(
        Delivery.workspace_id == WORKSPACE,
        Delivery.team_id == bindparam("team"),
        Delivery.state == DeliveryState.FAILED,
        Delivery.due_at >= bindparam("since"),
    )
    .order_by(Delivery.due_at.desc(), Delivery.id.desc())
)
WITHOUT_PLACE = (
    select(Delivery.item, Delivery.id, Delivery.state, Delivery.fault)
    .join_from(
        Delivery, ITEM, and_(ITEM.c.team_id == Delivery.team_id, ITEM.c.item == Delivery.item)
    )
    .where(
        Delivery.workspace_id == WORKSPACE,
        Delivery.kind == bindparam("kind"),
        Delivery.attempts > 0,
        Delivery.ts.is_(None),
    )
    .order_by(Delivery.due_at.desc())
)
SOME = select(Delivery.id).where(Delivery.workspace_id == WORKSPACE, Delivery.id.in_(AMONG))
CHANGED_SINCE = SOME.where(Delivery.is_stale)
HELD = SOME.where(Delivery.leased_until == bindparam("lease")).with_for_update()

CHANGE = update(Delivery).where(
    Delivery.workspace_id == WORKSPACE, Delivery.id == bindparam("delivery")
)
BEGIN = CHANGE.values(
    state=DeliveryState.SENDING,
    attempts=Delivery.attempts + 1,
    tried_at=bindparam("now"),
    try_at=bindparam("look_at"),
    is_stale=False,
    subject=bindparam("about"),
    reader_id=bindparam("reader"),
)
SETTLE_SENT = CHANGE.where(text(OPEN)).values(
    state=DeliveryState.SENT,
    leased_until=None,
    fault=None,
    channel=bindparam("stands_in"),
    ts=bindparam("stands_at"),
)
DOUBT = (
    update(Delivery)
    .where(
        Delivery.workspace_id == WORKSPACE,
        text(OPEN),
        Delivery.state == DeliveryState.PENDING,
        Delivery.due_at <= bindparam("until"),
        Delivery.kind.in_(KINDS),
    )
    .values(fault=bindparam("why"))
)
CHANGE_SOME = update(Delivery).where(Delivery.workspace_id == WORKSPACE, Delivery.id.in_(AMONG))
CLAIM = CHANGE_SOME.values(leased_until=bindparam("lease"))
SETTLE = CHANGE_SOME.where(Delivery.leased_until == bindparam("lease"))
PUT_OFF = (
    update(Delivery)
    .where(
        Delivery.workspace_id == WORKSPACE,
        text(OPEN),
        Delivery.state == bindparam("in_state"),
        Delivery.kind.in_(KINDS),
        Delivery.try_at < bindparam("until"),
        is_free(Delivery.leased_until),
    )
    .values(try_at=bindparam("until"))
)
REMOVE = delete(Delivery).where(Delivery.workspace_id == WORKSPACE, Delivery.id.in_(AMONG))
PURGE = delete(Delivery).where(
    Delivery.workspace_id == WORKSPACE,
    Delivery.state.in_(SETTLED),
    Delivery.due_at < bindparam("before"),
)


def waiting(database: Database, workspace_ids: Collection[int], now: datetime) -> Waiting:
    """What there is to do in those workspaces: three looks into an index, in one statement."""
    with database.reading(0) as tx:
        rows = tx.all(WAITING, served=list(workspace_ids), now=now)
    return Waiting(
        due=frozenset(row.workspace_id for row in rows if row.what == 1),
        open={row.workspace_id: row.at for row in rows if row.what == 2},
        stale=frozenset(row.workspace_id for row in rows if row.what == 3),
    )


def next_try(database: Database, workspace_ids: Collection[int]) -> datetime | None:
    """The earliest instant at which something is to be tried that nobody works on."""
    with database.reading(0) as tx:
        found: datetime | None = tx.first(NEXT_TRY, served=list(workspace_ids)).at
    return found


def next_event(database: Database, workspace_ids: Collection[int]) -> datetime | None:
    """The earliest instant at which a schedule is due or a message on its way is to be tried."""
    with database.reading(0) as tx:
        rows = tx.all(NEXT_EVENT, served=list(workspace_ids))
    return min((row.at for row in rows if row.at is not None), default=None)


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
        for row in tx.all_among(
            THERE, [plan.team_id for plan in planned], first=min(dues), last=max(dues)
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
    tx: Transaction,
    now: datetime,
    limit: int,
    kinds: Collection[MessageKind],
    states: Collection[DeliveryState] = (DeliveryState.PENDING,),
) -> list[Claimed]:
    """Claim deliveries of those kinds that have come so far and are to be tried, those that have
    waited longest first. Of those in doubt it is unknown whether they were sent, or whoever was
    sending them is gone."""
    rows = tx.all(TO_CLAIM, now=now, limit=limit, kinds=list(kinds), states=list(states))
    if not rows:
        return []
    lease = rows[0].present + LEASE
    tx.run_among(CLAIM, [row.id for row in rows], lease=lease)
    return [_read(row, lease) for row in rows]


def held(tx: Transaction, lease: float, ids: Collection[int]) -> set[int]:
    """Which of those deliveries are still claimed by that lease; held until this transaction is
    over."""
    return {row.id for row in tx.all_among(HELD, ids, lease=lease)}


def remove(tx: Transaction, ids: Collection[int]) -> None:
    """Those have been done, and leave nothing behind."""
    tx.run_among(REMOVE, ids)


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
        rows = [
            {"delivery": one, "about": subject, "reader": reader_id, "now": at, "look_at": look_at}
            for one, (subject, reader_id) in addressed.items()
            if one in ours
        ]
        tx.execute(BEGIN, rows)
    return ours


def stale(tx: Transaction, ids: Collection[int]) -> set[int]:
    """Those of the deliveries of which what they show has changed since they were sent."""
    return {row.id for row in tx.all_among(CHANGED_SINCE, ids)}


def settle_sent(tx: Transaction, refs: Mapping[int, MessageRef]) -> None:
    """Those deliveries stand there: that is so whoever has claimed them meanwhile."""
    if refs:
        rows = [
            {"delivery": one, "stands_in": ref.channel, "stands_at": ref.ts}
            for one, ref in refs.items()
        ]
        tx.execute(SETTLE_SENT, rows)


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
    values = {"state": state, "attempts": attempts, "fault": fault, "leased_until": None}
    again = {"try_at": try_at} if try_at else {}
    return tx.change_among(SETTLE, {**values, **again}, ids, lease=lease)


def put_off(
    tx: Transaction, state: DeliveryState, until: datetime, kinds: Collection[MessageKind]
) -> int:
    """Let what is in that state and of those kinds, and nobody works on, not be tried before then;
    how many."""
    return tx.run(PUT_OFF, in_state=state, until=until, kinds=list(kinds))


def doubt(tx: Transaction, until: datetime, kinds: Collection[MessageKind], fault: str) -> int:
    """What of those kinds was due by then and is to be sent may have been, for that reason; how
    many."""
    return tx.run(DOUBT, until=until, kinds=list(kinds), why=fault)


def in_doubt(tx: Transaction, subject: Subject) -> list[Claimed]:
    """Deliveries of that subject of which nothing has been heard since they went out."""
    return [_read(row, row.leased_until or 0.0) for row in tx.all(IN_DOUBT_ABOUT, about=subject)]


def without_place(
    tx: Transaction, kind: MessageKind, items: Mapping[int, int]
) -> dict[int, list[tuple[int, DeliveryState, str]]]:
    """Deliveries of that kind about those items, each with its team, of which nobody knows where
    they stand, latest first: the id, how far each came, and Slack's word for what went wrong; by
    item, each of which is there."""
    wanted = [(team_id, item) for item, team_id in items.items()]
    rows = tx.all(WITHOUT_PLACE, kind=kind, pairs=wanted)
    found: dict[int, list[tuple[int, DeliveryState, str]]] = {item: [] for item in items}
    for row in rows:
        found[row.item].append((row.id, row.state, row.fault or ""))
    return found


def decide(tx: Transaction, delivery_id: int, state: DeliveryState, ref: MessageRef | None) -> None:
    """Somebody says what became of it, and where it stands, if that is known."""
    values = {
        "state": state,
        "leased_until": None,
        "channel": ref.channel if ref else None,
        "ts": ref.ts if ref else None,
    }
    tx.change(CHANGE, values, delivery=delivery_id)


def not_arrived(tx: Transaction, team_id: int, since: datetime) -> list[NotArrived]:
    """Messages of that team, due since then, that did not arrive: the latest first."""
    return [
        NotArrived(row.kind, row.due_at, READER.read_any(row), row.fault)
        for row in tx.all(NOT_ARRIVED, team=team_id, since=since)
    ]


def purge(tx: Transaction, before: datetime) -> int:
    """Forget what became of deliveries that were due before then and are settled; how many."""
    return tx.run(PURGE, before=before)


def _read(row: Any, lease: float) -> Claimed:
    return Claimed(
        id=row.id,
        team_id=row.team_id,
        kind=row.kind,
        due_at=row.due_at,
        attempts=row.attempts,
        lease=lease,
        tried_at=row.tried_at,
        subject=row.subject,
        reader=READER.read_any(row),
        item=row.item,
        fault=row.fault,
    )
