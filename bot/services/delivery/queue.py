"""Scheduled messages, once and never lost: what is due, who sends it, and what came of it.

The key of a delivery (team, kind, item, due time) makes it one; a lease makes it one sender's. No
transaction is open while Slack is spoken to.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple, TypeAlias

from bot.domain.delivery import (
    LEASE,
    LOOK_AFTER,
    RESTORED,
    SETTLED_KEPT,
    TOLD_FOR,
    UNSENT,
    Claimed,
    DeliveryState,
    DueSchedule,
    MessageKind,
    MessageRef,
    NotArrived,
    Outcome,
    Planned,
    ScheduleKey,
    Subject,
    Waiting,
    back_off,
)
from bot.domain.workspaces.faults import DatabaseUnavailableError
from bot.services.delivery.schedules import set_due
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages, queue, schedules
from storage.team import people

PLANNED_AT_ONCE = 200
"""Few enough that nobody waits long for the database meanwhile."""

NextDue: TypeAlias = Callable[[Transaction, Sequence[DueSchedule], datetime], list[Planned]]
"""What schedules of one kind that are due mean as of now, and when each is due again. Reads."""

Run: TypeAlias = Callable[[Transaction, Sequence[int], datetime], None]
"""What is done for those teams (by id), without a message, when it is due. Writes."""


class PlannedBatch(NamedTuple):
    """How many deliveries of each kind are to be sent or run, how many expired before they could
    be, and whether more may be due."""

    pending: Counter[MessageKind]
    expired: int
    more: bool


def once(_tx: Transaction, due: Sequence[DueSchedule], _now: datetime) -> list[Planned]:
    """Due this one time."""
    return [Planned(one.team_id, one.kind, (one.next_at,), None, one.item) for one in due]


def waiting(database: Database, workspace_ids: Collection[int], now: datetime) -> Waiting:
    """What there is to do in those workspaces."""
    return queue.waiting(database, workspace_ids, now)


def next_try(database: Database, workspace_ids: Collection[int]) -> datetime | None:
    """The earliest instant at which something is to be tried that nobody works on."""
    return queue.next_try(database, workspace_ids)


def next_event(database: Database, workspace_ids: Collection[int]) -> datetime | None:
    """When something happens next by itself in those workspaces; None where nothing is to."""
    return queue.next_event(database, workspace_ids)


def plan(
    database: Database,
    workspace_id: int,
    next_due: Mapping[MessageKind, NextDue],
    now: datetime,
    limit: int = PLANNED_AT_ONCE,
) -> PlannedBatch:
    """Make deliveries of at most `limit` schedules that are due, and let these be due next after
    `now`. Writes."""
    with database.writing(workspace_id) as tx:
        due = schedules.take_due(tx, now, limit, list(next_due))
        planned = [
            plan
            for kind in dict.fromkeys(schedule.kind for schedule in due)
            for plan in next_due[kind](tx, [one for one in due if one.kind is kind], now)
        ]
        pending, expired = queue.add(tx, planned)
        schedules.advance(tx, planned)
    return PlannedBatch(pending, expired, more=len(due) == limit)


def put_off_first(
    database: Database, workspace_id: int, kinds: Collection[MessageKind], now: datetime
) -> DueSchedule | None:
    """Let the schedule that has been due for longest be tried again later: it cannot be planned
    now. Which one. Writes."""
    with database.writing(workspace_id) as tx:
        for schedule in schedules.take_due(tx, now, 1, kinds):
            tries = schedules.attempts(tx, schedule) + 1
            schedules.put_off(tx, schedule, now + back_off(tries))
            return schedule
    return None


def doubt_due(
    database: Database,
    workspace_id: int,
    next_due: Mapping[MessageKind, NextDue],
    sent: Collection[MessageKind],
    now: datetime,
) -> int:
    """The database was put back from a copy: whatever was due by now may have been sent since that
    was made. It is planned, and each that is to be sent (`sent`) is looked for before it ever is;
    how many. What cannot be planned stands in the way of nothing else. Writes."""
    more, limit = True, PLANNED_AT_ONCE
    while more:
        try:
            more = plan(database, workspace_id, next_due, now, limit).more
        except DatabaseUnavailableError:
            raise
        except Exception:
            if limit > 1:
                limit = 1
                continue
            more = put_off_first(database, workspace_id, next_due, now) is not None
    with database.writing(workspace_id) as tx:
        return queue.doubt(tx, now, sent, RESTORED)


def claim(
    database: Database,
    workspace_id: int,
    now: datetime,
    limit: int,
    kinds: Collection[MessageKind],
    states: Collection[DeliveryState] = (DeliveryState.PENDING,),
) -> list[Claimed]:
    """Deliveries of those kinds that have come so far, to send or to look for, and are nobody
    else's for `LEASE` seconds. Writes."""
    with database.writing(workspace_id) as tx:
        return queue.claim(tx, now, limit, kinds, states)


def run(
    database: Database, workspace_id: int, claimed: Sequence[Claimed], action: Run, now: datetime
) -> int:
    """Do what claimed deliveries of one kind ask for, without a message, and be done with them, in
    one transaction; how many were still ours. Writes."""
    with database.writing(workspace_id) as tx:
        ids = queue.held(tx, claimed[0].lease, [one.id for one in claimed])
        if ids:
            action(tx, list(dict.fromkeys(one.team_id for one in claimed if one.id in ids)), now)
            queue.remove(tx, ids)
    return len(ids)


def begin(
    database: Database,
    workspace_id: int,
    addressed: Sequence[tuple[Claimed, Subject, int | None]],
    at: datetime,
) -> set[int]:
    """Before the first of them is handed to Slack: what each is about, and for whom (a person;
    None: a channel). Writes.

    The ids of those that are still ours. Should this process end now, each is looked for once its
    lease is over and `LOOK_AFTER` has passed since it can have been sent.
    """
    if not addressed:
        return set()
    lease = addressed[0][0].lease
    about = {delivery.id: (subject, reader) for delivery, subject, reader in addressed}
    look_at = at + timedelta(seconds=LEASE) + LOOK_AFTER
    with database.writing(workspace_id) as tx:
        return queue.begin(tx, lease, about, at, look_at)


def settle(
    database: Database,
    workspace_id: int,
    outcomes: Sequence[Outcome],
    told_by: Mapping[MessageKind, MessageKind],
    kept: Collection[MessageKind],
    now: datetime,
) -> int:
    """Write down what became of claimed deliveries, all in one transaction; of how many it was
    ours to say. `told_by`: which message tells that one of a kind did not arrive, or may not have;
    it is due at once. `kept`: of which kinds it is kept where they stand. Writes."""
    if not outcomes:
        return 0
    with database.writing(workspace_id) as tx:
        sent = [one for one in outcomes if one.state is DeliveryState.SENT]
        _settle_sent(tx, sent, kept)
        written = len(sent)
        others = [one for one in outcomes if one.state is not DeliveryState.SENT]
        for (lease, state, attempts, _), same in groupby(sorted(others, key=_alike), _alike):
            group = list(same)
            written += queue.settle(
                tx,
                lease,
                [one.delivery.id for one in group],
                state=DeliveryState(state),
                attempts=attempts,
                try_at=group[0].try_at,
                fault=group[0].fault,
            )
        unsent = [one.delivery for one in others if one.state in UNSENT]
        for kind, teller in told_by.items():
            keys = [ScheduleKey(one.team_id, one.item) for one in unsent if one.kind is kind]
            set_due(tx, teller, dict.fromkeys(keys, now))
    return written


def put_off(
    database: Database,
    workspace_id: int,
    state: DeliveryState,
    until: datetime,
    kinds: Collection[MessageKind],
) -> int:
    """Let nothing of that state and those kinds be tried before then in that workspace; how many
    that holds. Writes."""
    with database.writing(workspace_id) as tx:
        return queue.put_off(tx, state, until, kinds)


def seen(database: Database, workspace_id: int, subject: Subject, ref: MessageRef) -> None:
    """Somebody acted on the message that stands there: so it was sent.

    It settles the delivery of that subject of which nothing was heard, if there is one, and lets
    the message be drawn anew from now on. `subject` as the message itself carries it. Writes where
    there is something to settle.
    """
    with database.reading(workspace_id) as tx:
        if messages.posted_at(tx, *ref) is not None or not queue.in_doubt(tx, subject):
            return
    with database.writing(workspace_id, aside=True) as tx:
        for delivery in queue.in_doubt(tx, subject):
            if delivery.reader is None or delivery.reader.dm_channel in (None, ref.channel):
                sent = DeliveryState.SENT
                found = Outcome(delivery, sent, delivery.attempts, ref, looked_up=True)
                _settle_sent(tx, [found], [subject.kind])
                return


def purge(database: Database, workspace_id: int, now: datetime) -> int:
    """Forget what became of deliveries long ago; how many. Writes."""
    with database.writing(workspace_id) as tx:
        return queue.purge(tx, now - SETTLED_KEPT)


def not_arrived(tx: Transaction, team_id: int, now: datetime) -> list[NotArrived]:
    """Messages of that team that did not arrive of late, the latest first."""
    return queue.not_arrived(tx, team_id, now - TOLD_FOR)


def unplaced(
    tx: Transaction, kind: MessageKind, items: Mapping[int, int]
) -> dict[int, list[tuple[int, DeliveryState, str]]]:
    """Deliveries of that kind about those items, each with its team, of which nobody knows where
    they stand, latest first: the id, how far each came, and Slack's word for what went wrong; by
    item, each of which is there."""
    return queue.without_place(tx, kind, items)


def decide(tx: Transaction, delivery_id: int, state: DeliveryState, ref: MessageRef | None) -> None:
    """Somebody says what became of it, and where it stands, if that is known. Writes."""
    queue.decide(tx, delivery_id, state, ref)


def _settle_sent(
    tx: Transaction, outcomes: Sequence[Outcome], kept: Collection[MessageKind]
) -> None:
    """Where they stand is kept with the delivery, for who draws them anew, and for next time."""
    refs = {one.delivery.id: one.ref for one in outcomes if one.ref}
    changed = queue.stale(tx, refs) if refs else set()
    queue.settle_sent(tx, refs)
    for stale in (False, True):
        posted = [
            (one.ref, one.delivery.subject, reader.id if reader else None)
            for one in outcomes
            for reader in [one.delivery.reader]
            if one.ref and one.delivery.subject and one.delivery.subject.kind in kept
            if (one.looked_up or one.delivery.id in changed) is stale
        ]
        messages.remember_all(tx, posted, stale=stale)
    people.remember_conversations(
        tx,
        {
            one.delivery.reader.id: one.ref.channel
            for one in outcomes
            if one.ref and one.delivery.reader and one.delivery.reader.dm_channel != one.ref.channel
        },
    )


def _alike(outcome: Outcome) -> tuple[float, str, int, str]:
    """What outcomes have in common that one statement can write down."""
    when = outcome.try_at.isoformat() if outcome.try_at else ""
    return (
        outcome.delivery.lease,
        outcome.state.value,
        outcome.attempts,
        f"{when} {outcome.fault or ''}",
    )
