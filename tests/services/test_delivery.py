"""Scheduled messages: planned with their rules, written down together, and settled by a click."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.delivery import (
    LEASE,
    LOOK_AFTER,
    Claimed,
    DeliveryState,
    DueSchedule,
    MessageKind,
    MessageRef,
    Outcome,
    Planned,
    ScheduleKey,
    Subject,
)
from bot.domain.workspaces.people import Person
from bot.services.delivery import messages as message_services
from bot.services.delivery import queue, schedules
from bot.services.delivery.queue import PLANNED_AT_ONCE, NextDue, PlannedBatch
from bot.services.delivery.schedules import set_due
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.delivery import queue as stored
from storage.delivery import schedules as stored_schedules
from storage.models import Delivery
from storage.team import people, teams
from tests.storage.own_rows import delete_own, update_own
from tests.storage.world import CONVERSATION, MANAGER, NOW, World, add_people, fill, rows_of

pytestmark = pytest.mark.both

KIND, TURN = MessageKind.TODO_LIST, MessageKind.TODO_ROLL_OVER
WEEK = timedelta(weeks=1)
ASK = MessageKind.MEETING_ASK
MONDAY_LIST = Subject(KIND, 7, date(2026, 11, 23))
PLACE = MessageRef(CONVERSATION, "1764000000.000100")


@dataclass(frozen=True)
class Desk:
    """A manager whose list is due, and the calls of one sender."""

    database: Database
    world: World
    manager: Person

    @property
    def workspace_id(self) -> int:
        return self.world.workspace_id

    def plan(self, next_due: Mapping[MessageKind, NextDue], now: datetime = NOW) -> PlannedBatch:
        return queue.plan(self.database, self.workspace_id, next_due, now)

    def claim(self, limit: int, kind: MessageKind = KIND) -> list[Claimed]:
        return queue.claim(self.database, self.workspace_id, NOW, limit, [kind])

    def begun(self, subject: Subject = MONDAY_LIST) -> Claimed:
        """A delivery that is being sent."""
        self.plan({KIND: weekly})
        (delivery,) = self.claim(1)
        addressed = [(delivery, subject, self.manager.id)]
        assert queue.begin(self.database, self.workspace_id, addressed, NOW) == {delivery.id}
        return replace(delivery, subject=subject, reader=self.manager)

    def settle(self, *outcomes: Outcome) -> int:
        return queue.settle(self.database, self.workspace_id, outcomes, {KIND: ASK}, [KIND], NOW)

    def seen(self, subject: Subject = MONDAY_LIST, place: MessageRef = PLACE) -> None:
        queue.seen(self.database, self.workspace_id, subject, place)

    def states(self) -> list[str]:
        with self.database.reading(self.workspace_id) as tx:
            rows = tx.execute(select(Delivery.state).order_by(Delivery.id))
            return [row.state.value for row in rows]


def weekly(_tx: Transaction, due: Sequence[DueSchedule], _now: datetime) -> list[Planned]:
    return [Planned(one.team_id, one.kind, (one.next_at,), one.next_at + WEEK) for one in due]


@pytest.fixture
def desk(database: Database) -> Desk:
    world = fill(database, "T0HOME")
    with database.writing(world.workspace_id) as tx:
        delete_own(tx, Delivery)
        manager = people.get(tx, MANAGER)
    assert manager is not None
    return Desk(database, world, manager)


def test_what_is_due_is_planned_once_and_due_again_later(desk: Desk) -> None:
    rules: Mapping[MessageKind, NextDue] = {KIND: weekly}
    assert desk.plan(rules, NOW - timedelta(seconds=1)) == (Counter(), 0, False)
    assert desk.plan(rules) == (Counter({KIND: 1}), 0, False)
    assert desk.plan(rules) == (Counter(), 0, False)
    assert desk.plan(rules, NOW + WEEK) == (Counter({KIND: 1}), 0, False)


def test_what_is_due_without_a_message_is_done_once_and_leaves_nothing(desk: Desk) -> None:
    team, done = desk.world.team_id, []

    def run(_tx: Transaction, team_ids: Sequence[int], now: datetime) -> None:
        done.append((list(team_ids), now))

    with desk.database.writing(desk.workspace_id) as tx:
        set_due(tx, KIND, {ScheduleKey(team): None})
        set_due(tx, TURN, {ScheduleKey(team): NOW})
    assert desk.plan({TURN: queue.once}) == (Counter({TURN: 1}), 0, False)
    claimed = desk.claim(9, TURN)
    assert queue.run(desk.database, desk.workspace_id, claimed, run, NOW) == 1
    assert queue.run(desk.database, desk.workspace_id, claimed, run, NOW) == 0
    assert done == [([team], NOW)]
    assert desk.states() == []
    with desk.database.reading(desk.workspace_id) as tx:
        assert schedules.next_at(tx, team, TURN) is None


def test_what_could_not_be_done_is_as_before(desk: Desk) -> None:
    def broken(tx: Transaction, _team_ids: Sequence[int], _now: datetime) -> None:
        set_due(tx, TURN, {ScheduleKey(desk.world.team_id): NOW + WEEK})
        raise ZeroDivisionError

    desk.plan({KIND: queue.once})
    claimed = desk.claim(1)
    with pytest.raises(ZeroDivisionError):
        queue.run(desk.database, desk.workspace_id, claimed, broken, NOW)
    assert desk.states() == ["pending"]
    with desk.database.reading(desk.workspace_id) as tx:
        assert schedules.next_at(tx, desk.world.team_id, TURN) is None


def test_nothing_of_a_plan_that_fails_is_kept(desk: Desk) -> None:
    def broken(tx: Transaction, due: Sequence[DueSchedule], now: datetime) -> list[Planned]:
        stored_schedules.advance(tx, weekly(tx, due, now))
        raise ZeroDivisionError

    with desk.database.reading(desk.workspace_id) as tx:
        before = rows_of(tx, desk.workspace_id)
    with pytest.raises(ZeroDivisionError):
        desk.plan({KIND: broken})
    with desk.database.reading(desk.workspace_id) as tx:
        assert rows_of(tx, desk.workspace_id) == before


def test_very_many_are_planned_some_at_a_time(desk: Desk) -> None:
    with desk.database.writing(desk.workspace_id) as tx:
        managers = add_people(tx, [f"U{number:04}" for number in range(PLANNED_AT_ONCE)])
        settings = teams.all_teams(tx)[0].settings
        teams.create_all(tx, [(person, settings) for person in managers.values()], NOW)
        every = {ScheduleKey(team.id): NOW for team in teams.all_teams(tx)}
        set_due(tx, KIND, every)
    assert desk.plan({KIND: weekly}) == (Counter({KIND: PLANNED_AT_ONCE}), 0, True)
    assert desk.plan({KIND: weekly}) == (Counter({KIND: 1}), 0, False)


def test_should_the_sender_die_it_is_looked_for_once_it_can_have_arrived(desk: Desk) -> None:
    desk.begun()
    with desk.database.writing(desk.workspace_id) as tx:
        update_own(tx, Delivery, leased_until=0.0)
    look_at = NOW + timedelta(seconds=LEASE) + LOOK_AFTER
    waiting = queue.waiting(desk.database, [desk.workspace_id], NOW)
    assert waiting.open == {desk.workspace_id: look_at}


def test_where_a_sent_message_stands_is_kept_with_all_that_needs_it(desk: Desk) -> None:
    delivery = desk.begun()
    elsewhere = MessageRef("D0NEW", PLACE.ts)
    assert desk.settle(Outcome(delivery, DeliveryState.SENT, 1, elsewhere)) == 1
    with desk.database.reading(desk.workspace_id) as tx:
        (posted,) = messages.posted(tx, MONDAY_LIST)
        assert (posted.channel, posted.ts, posted.reader_id) == (*elsewhere, desk.manager.id)
        manager = people.get(tx, MANAGER)
        assert manager is not None
        assert manager.dm_channel == "D0NEW"
    assert desk.states() == ["sent"]
    standing = message_services.posted_at(desk.database, desk.workspace_id, elsewhere)
    assert standing is not None
    assert standing.wanted_version == 1


def test_outcomes_of_every_kind_are_written_down_together(desk: Desk) -> None:
    with desk.database.writing(desk.workspace_id) as tx:
        planned = [Planned(desk.world.team_id, KIND, (NOW - WEEK * n,), None) for n in range(5)]
        for plan in planned:
            stored.add(tx, [plan])
    claimed = desk.claim(9)
    later = NOW + timedelta(minutes=1)
    ends = [
        Outcome(claimed[0], DeliveryState.FAILED, 1, fault="user_disabled"),
        Outcome(claimed[1], DeliveryState.FAILED, 1, fault="is_archived"),
        Outcome(claimed[2], DeliveryState.PENDING, 0, try_at=later),
        Outcome(claimed[3], DeliveryState.UNKNOWN, 1, try_at=later, fault="timeout"),
        Outcome(claimed[4], DeliveryState.EXPIRED, 0),
    ]
    assert desk.settle(*ends) == 5
    with desk.database.reading(desk.workspace_id) as tx:
        rows = tx.execute(
            select(
                Delivery.state, Delivery.attempts, Delivery.fault, Delivery.leased_until
            ).order_by(Delivery.due_at)
        )
        found = [(row.state.value, row.attempts, row.fault, row.leased_until) for row in rows]
        assert found == [
            ("failed", 1, "user_disabled", None),
            ("failed", 1, "is_archived", None),
            ("pending", 0, None, None),
            ("unknown", 1, "timeout", None),
            ("expired", 0, None, None),
        ]
    assert desk.settle(*ends) == 0
    assert desk.settle() == 0


def test_a_click_on_it_settles_a_message_of_which_nothing_was_heard(desk: Desk) -> None:
    delivery = desk.begun()
    unknown = Outcome(delivery, DeliveryState.UNKNOWN, 1, try_at=NOW + LOOK_AFTER)
    desk.settle(unknown)
    desk.seen()
    assert desk.states() == ["sent"]
    with desk.database.reading(desk.workspace_id) as tx:
        (posted,) = messages.posted(tx, MONDAY_LIST)
    assert (posted.channel, posted.ts, posted.reader_id) == (*PLACE, desk.manager.id)
    behind = message_services.claim_stale(desk.database, desk.workspace_id, NOW, 0, 9)
    assert posted in behind


def test_a_click_while_the_rest_is_still_being_sent_settles_it_once(desk: Desk) -> None:
    delivery = desk.begun()
    desk.seen()
    desk.settle(Outcome(delivery, DeliveryState.SENT, 1, PLACE))
    assert desk.states() == ["sent"]
    with desk.database.reading(desk.workspace_id) as tx:
        assert len(messages.posted(tx, MONDAY_LIST)) == 1


@pytest.mark.parametrize(
    ("subject", "place"),
    [
        ("todo:7:2026-11-16", PLACE),
        (MONDAY_LIST, MessageRef("D0SOMEBODY", PLACE.ts)),
    ],
)
def test_a_click_on_another_message_settles_nothing(
    desk: Desk, subject: Subject, place: MessageRef
) -> None:
    desk.begun()
    desk.seen(subject, place)
    assert desk.states() == ["sending"]


def test_a_click_on_a_message_that_is_known_changes_nothing(desk: Desk) -> None:
    desk.begun()
    with desk.database.writing(desk.workspace_id) as tx:
        messages.remember(tx, MONDAY_LIST, *PLACE)
    desk.seen()
    assert desk.states() == ["sending"]
