"""Scheduled messages, once and never lost: what is due, who sends it, and what came of it.

The key of a delivery (team, kind, due time) makes it one; a lease makes it one sender's. No
transaction is open while Slack is spoken to.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeAlias

from bot.domain.deliveries import (
    LEASE,
    LOOK_AFTER,
    Claimed,
    DeliveryState,
    DueSchedule,
    Outcome,
    Place,
    Planned,
    ScheduleKind,
    Waiting,
)
from storage import deliveries, messages, people
from storage.engine import Database, Transaction

PLANNED_AT_ONCE = 200
"""Few enough that nobody waits long for the database meanwhile."""

After: TypeAlias = Callable[[Transaction, Sequence[DueSchedule], datetime], list[Planned]]
Turn: TypeAlias = Callable[[Transaction, Sequence[int], datetime], None]
Missing: TypeAlias = Callable[[Transaction, Claimed, DeliveryState, datetime], None]


@dataclass(frozen=True)
class Rules:
    """What it means that a schedule is due: `after` says when it was and is again, `turns` what
    happens at once, without a message, to the teams of a kind, and `missing` what follows when a
    message of a kind failed, or nobody knows whether it is there."""

    after: After
    turns: Mapping[ScheduleKind, Turn]
    missing: Mapping[ScheduleKind, Missing] = field(default_factory=dict)


def waiting(database: Database, workspace_ids: Collection[int], now: datetime) -> Waiting:
    """What there is to do in those workspaces."""
    return deliveries.waiting(database, workspace_ids, now)


def next_try(database: Database, workspace_ids: Collection[int]) -> datetime | None:
    """The earliest instant at which something is to be tried that nobody works on."""
    return deliveries.next_try(database, workspace_ids)


def next_event(database: Database, workspace_ids: Collection[int]) -> datetime | None:
    """When something happens next by itself in those workspaces; None where nothing is to."""
    return deliveries.next_event(database, workspace_ids)


def plan(
    database: Database, workspace_id: int, rules: Rules, now: datetime
) -> tuple[int, int, bool]:
    """Make deliveries of some schedules that are due, and let these be due next after `now`.

    How many deliveries are to be sent, how many expired before they could be, and whether more
    schedules may be due.
    """
    with database.writing(workspace_id) as tx:
        due = deliveries.take_due(tx, now, PLANNED_AT_ONCE)
        if not due:
            return 0, 0, False
        planned = rules.after(tx, due, now)
        for kind, turn in rules.turns.items():
            teams = [schedule.team_id for schedule in due if schedule.kind is kind]
            if teams:
                turn(tx, teams, now)
        pending, expired = deliveries.add(tx, planned)
        deliveries.advance(tx, planned)
    # What turned may have made something due at once.
    turned = any(schedule.kind in rules.turns for schedule in due)
    return pending, expired, turned or len(due) == PLANNED_AT_ONCE


def claim(database: Database, workspace_id: int, now: datetime, limit: int) -> list[Claimed]:
    """Deliveries to send that are nobody else's for `LEASE` seconds."""
    with database.writing(workspace_id) as tx:
        return deliveries.claim(tx, now, limit)


def claim_lost(database: Database, workspace_id: int, now: datetime, limit: int) -> list[Claimed]:
    """Deliveries to look for that are nobody else's for `LEASE` seconds."""
    with database.writing(workspace_id) as tx:
        return deliveries.claim_lost(tx, now, limit)


def begin(
    database: Database,
    workspace_id: int,
    addressed: Sequence[tuple[Claimed, str, int | None]],
    at: datetime,
) -> set[int]:
    """Before the first of them is handed to Slack: what each is about, and for whom (a person;
    None: a channel).

    The ids of those that are still ours. Should this process end now, each is looked for once its
    lease is over and `LOOK_AFTER` has passed since it can have been sent.
    """
    if not addressed:
        return set()
    lease = addressed[0][0].lease
    about = {delivery.id: (subject, reader) for delivery, subject, reader in addressed}
    look_at = at + timedelta(seconds=LEASE) + LOOK_AFTER
    with database.writing(workspace_id) as tx:
        return deliveries.begin(tx, lease, about, at, look_at)


def settle(
    database: Database, workspace_id: int, outcomes: Sequence[Outcome], rules: Rules, now: datetime
) -> int:
    """Write down what became of claimed deliveries, all in one transaction; of how many it was
    ours to say."""
    if not outcomes:
        return 0
    with database.writing(workspace_id) as tx:
        sent = [one for one in outcomes if one.state is DeliveryState.SENT]
        _settle_sent(tx, sent)
        written = len(sent)
        others = [one for one in outcomes if one.state is not DeliveryState.SENT]
        for (lease, state, attempts, _), same in groupby(sorted(others, key=_alike), _alike):
            group = list(same)
            written += deliveries.settle(
                tx,
                lease,
                [one.delivery.id for one in group],
                state=DeliveryState(state),
                attempts=attempts,
                try_at=group[0].try_at,
                fault=group[0].fault,
            )
        for one in others:
            missing = rules.missing.get(one.delivery.kind)
            if missing and one.state in (DeliveryState.ASKED, DeliveryState.FAILED):
                missing(tx, one.delivery, one.state, now)
    return written


def put_off(database: Database, workspace_id: int, state: DeliveryState, until: datetime) -> int:
    """Let nothing of that state be tried before then in that workspace; how many that holds."""
    with database.writing(workspace_id) as tx:
        return deliveries.put_off(tx, state, until)


def seen(database: Database, workspace_id: int, subject: str, channel: str, ts: str) -> None:
    """Somebody acted on the message that stands there: so it was sent.

    It settles the delivery of that subject of which nothing was heard, if there is one, and lets
    the message be drawn anew from now on. `subject` as the message itself carries it.
    """
    with database.reading(workspace_id) as tx:
        if messages.posted_at(tx, channel, ts) is not None:
            return
    with database.writing(workspace_id) as tx:
        for delivery in deliveries.lost(tx, subject):
            if delivery.reader is None or delivery.reader.dm_channel in (None, channel):
                place = Place(channel, ts)
                found = Outcome(
                    delivery, DeliveryState.SENT, delivery.attempts, place, looked_up=True
                )
                _settle_sent(tx, [found])
                return


def _settle_sent(tx: Transaction, outcomes: Sequence[Outcome]) -> None:
    """Where they stand is kept with the delivery, for who draws them anew, and for next time."""
    places = {one.delivery.id: one.place for one in outcomes if one.place}
    deliveries.settle_sent(tx, places)
    for looked_up in (False, True):
        posted = [
            (one.place, one.delivery.subject, reader.id if reader else None)
            for one in outcomes
            for reader in [one.delivery.reader]
            if one.place and one.delivery.subject and one.looked_up is looked_up
        ]
        messages.remember_all(tx, posted, behind=looked_up)
    people.remember_conversations(
        tx,
        {
            one.delivery.reader.id: one.place.channel
            for one in outcomes
            if one.place
            and one.delivery.reader
            and one.delivery.reader.dm_channel != one.place.channel
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
