"""Schedules taken, deliveries claimed and settled, messages drawn anew: by one at a time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.delivery import (
    IN_DOUBT,
    LEASE,
    Claimed,
    DeliveryState,
    DueSchedule,
    MessageKind,
    MessageRef,
    Planned,
    ScheduleKey,
    Subject,
)
from bot.domain.team.settings import TeamSettings
from bot.services.delivery.schedules import set_due
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages, queue, schedules
from storage.delivery.leases import DatabaseSeconds
from storage.models import Delivery, PostedMessage
from storage.team import people, teams
from tests.databases import POSTGRESQL
from tests.storage.own_rows import update_own
from tests.storage.world import MANAGER, NEW_REP, NOW, REP, add_people, statements

KINDS = KIND, TURN = MessageKind.TODO_LIST, MessageKind.TODO_ROLL_OVER
FIRST, SECOND, THIRD = (Subject(KIND, team, date(2026, 11, 23)) for team in (1, 2, 3))
HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)
PLACE = MessageRef("D0MANAGER", "1764000000.000100")


@pytest.fixture
def team_ids(database: Database, workspace_id: int) -> list[int]:
    """Three teams, by their managers' Slack ids."""
    with database.writing(workspace_id) as tx:
        found = add_people(tx, [MANAGER, NEW_REP, REP])
        return [teams.create(tx, found[who], TeamSettings(), NOW) for who in sorted(found)]


@pytest.fixture
def tx(database: Database, workspace_id: int, team_ids: list[int]) -> Iterator[Transaction]:  # noqa: ARG001
    with database.writing(workspace_id) as opened:
        yield opened


def plan(tx: Transaction, *team_ids: int, at: datetime = NOW) -> None:
    queue.add(tx, [Planned(team, KIND, (at,), None) for team in team_ids])


def states(tx: Transaction) -> list[tuple[str, int]]:
    rows = tx.execute(select(Delivery.state, Delivery.attempts).order_by(Delivery.id))
    return [(row.state.value, row.attempts) for row in rows]


def free_all(tx: Transaction) -> None:
    update_own(tx, Delivery, leased_until=None)


def begun(tx: Transaction, delivery: Claimed, reader: str = MANAGER) -> set[int]:
    (person,) = people.get_many(tx, [reader]).values()
    addressed = {delivery.id: (FIRST, person.id)}
    return queue.begin(tx, delivery.lease, addressed, NOW, NOW + HOUR)


def test_schedules_that_are_due_are_taken_earliest_first(
    tx: Transaction, team_ids: list[int]
) -> None:
    first, second, third = team_ids
    set_due(
        tx,
        KIND,
        {ScheduleKey(first): NOW, ScheduleKey(second): NOW - HOUR, ScheduleKey(third): NOW + HOUR},
    )
    set_due(tx, TURN, {ScheduleKey(first): NOW - WEEK})
    due = [
        DueSchedule(first, TURN, NOW - WEEK),
        DueSchedule(second, KIND, NOW - HOUR),
        DueSchedule(first, KIND, NOW),
    ]
    assert schedules.take_due(tx, NOW, 10, KINDS) == due
    assert schedules.take_due(tx, NOW, 2, KINDS) == due[:2]


@pytest.mark.parametrize("backend", [POSTGRESQL], indirect=True)
def test_what_one_has_taken_or_claimed_is_passed_over_by_others(
    database: Database, workspace_id: int, team_ids: list[int]
) -> None:
    first, second, third = team_ids
    with database.writing(workspace_id) as tx:
        set_due(tx, KIND, {ScheduleKey(first): NOW, ScheduleKey(second): NOW})
        plan(tx, *team_ids)
    with database.writing(workspace_id) as one, database.writing(workspace_id) as other:
        assert [schedule.team_id for schedule in schedules.take_due(one, NOW, 1, KINDS)] == [first]
        assert [schedule.team_id for schedule in schedules.take_due(other, NOW, 9, KINDS)] == [
            second
        ]
        assert [claim.team_id for claim in queue.claim(one, NOW, 2, KINDS)] == [first, second]
        assert [claim.team_id for claim in queue.claim(other, NOW, 9, KINDS)] == [third]


def test_schedules_go_on_or_go(tx: Transaction, team_ids: list[int]) -> None:
    first, second, _ = team_ids
    set_due(tx, KIND, {ScheduleKey(first): NOW, ScheduleKey(second): NOW})
    set_due(tx, TURN, {ScheduleKey(first): NOW})
    schedules.advance(
        tx, [Planned(first, KIND, (NOW,), NOW + WEEK), Planned(second, KIND, (NOW,), None)]
    )
    assert schedules.next_at(tx, first, KIND) == NOW + WEEK
    assert schedules.next_at(tx, second, KIND) is None
    assert schedules.next_at(tx, first, TURN) == NOW


def test_of_all_the_times_it_was_due_the_last_is_to_be_sent_and_each_is_there_once(
    tx: Transaction, team_ids: list[int]
) -> None:
    dues = (NOW - 2 * WEEK, NOW - WEEK, NOW)
    planned = [Planned(team_ids[0], KIND, dues, None), Planned(team_ids[1], TURN, (), None)]
    assert queue.add(tx, planned) == (Counter({KIND: 1}), 2)
    assert queue.add(tx, planned) == (Counter(), 0)
    assert [state for state, _ in states(tx)] == ["expired", "expired", "pending"]
    assert queue.add(tx, []) == (Counter(), 0)


def test_what_is_claimed_is_nobody_elses_until_the_lease_is_over(
    tx: Transaction, team_ids: list[int]
) -> None:
    plan(tx, *team_ids)
    plan(tx, team_ids[0], at=NOW + HOUR)
    (first,) = queue.claim(tx, NOW, 1, KINDS)
    assert (first.team_id, first.due_at, first.attempts) == (team_ids[0], NOW, 0)
    assert [one.team_id for one in queue.claim(tx, NOW, 9, KINDS)] == team_ids[1:]
    assert queue.claim(tx, NOW, 9, KINDS) == []
    assert queue.claim(tx, NOW, 9, KINDS, IN_DOUBT) == []
    update_own(tx, Delivery, Delivery.id == first.id, leased_until=DatabaseSeconds())
    assert queue.claim(tx, NOW, 9, KINDS) == [first]


def test_a_lease_lasts_as_long_as_it_says_by_the_databases_clock(
    tx: Transaction, team_ids: list[int]
) -> None:
    plan(tx, *team_ids)
    before = tx.execute(select(DatabaseSeconds())).scalar_one()
    (delivery,) = queue.claim(tx, NOW, 1, KINDS)
    after = tx.execute(select(DatabaseSeconds())).scalar_one()
    assert before + LEASE <= delivery.lease <= after + LEASE


def test_only_whose_lease_it_is_begins_to_send(tx: Transaction, team_ids: list[int]) -> None:
    plan(tx, *team_ids)
    ours, lost, _ = queue.claim(tx, NOW, 9, KINDS)
    update_own(tx, Delivery, Delivery.id == lost.id, leased_until=0.0)
    (manager,) = people.get_many(tx, [MANAGER]).values()
    addressed = {one.id: (FIRST, manager.id) for one in (ours, lost)}
    assert queue.begin(tx, ours.lease, addressed, NOW, NOW + HOUR) == {ours.id}
    assert states(tx) == [("sending", 1), ("pending", 0), ("pending", 0)]


def test_what_a_process_left_behind_is_looked_for_when_its_time_has_come(
    tx: Transaction, team_ids: list[int]
) -> None:
    plan(tx, team_ids[0])
    (delivery,) = queue.claim(tx, NOW, 1, KINDS)
    begun(tx, delivery)
    assert queue.claim(tx, NOW + HOUR, 9, KINDS, IN_DOUBT) == []
    free_all(tx)
    assert queue.claim(tx, NOW + HOUR / 2, 9, KINDS, IN_DOUBT) == []
    (found,) = queue.claim(tx, NOW + HOUR, 9, KINDS, IN_DOUBT)
    assert (found.id, found.attempts, found.tried_at) == (delivery.id, 1, NOW)
    assert found.subject == FIRST
    assert found.reader is not None
    assert found.reader.slack_id == MANAGER
    free_all(tx)
    assert queue.claim(tx, NOW + WEEK, 9, KINDS) == []


def test_a_claim_that_is_over_settles_nothing_but_what_was_sent(
    tx: Transaction, team_ids: list[int]
) -> None:
    plan(tx, team_ids[0])
    (delivery,) = queue.claim(tx, NOW, 1, KINDS)
    begun(tx, delivery)
    free_all(tx)
    (other,) = queue.claim(tx, NOW + HOUR, 1, KINDS, IN_DOUBT)
    late: dict[str, Any] = {
        "state": DeliveryState.PENDING,
        "attempts": 1,
        "try_at": NOW,
        "fault": None,
    }
    assert queue.settle(tx, delivery.lease - 1, [delivery.id], **late) == 0
    assert states(tx) == [("sending", 1)]
    assert queue.settle(tx, other.lease, [delivery.id], **late) == 1
    queue.settle_sent(tx, {delivery.id: PLACE})
    assert states(tx) == [("sent", 1)]
    assert queue.claim(tx, NOW + WEEK, 9, KINDS) == []


def test_what_was_settled_is_not_settled_again(tx: Transaction, team_ids: list[int]) -> None:
    plan(tx, team_ids[0])
    (delivery,) = queue.claim(tx, NOW, 1, KINDS)
    queue.settle_sent(tx, {delivery.id: PLACE})
    queue.settle_sent(tx, {delivery.id: MessageRef("D0ELSEWHERE", "1.0")})
    row = tx.execute(select(Delivery.channel, Delivery.ts)).one()
    assert tuple(row) == PLACE


def test_what_is_put_off_is_not_tried_before(tx: Transaction, team_ids: list[int]) -> None:
    plan(tx, *team_ids)
    queue.claim(tx, NOW, 1, KINDS)
    assert queue.put_off(tx, DeliveryState.PENDING, NOW + HOUR, KINDS) == 2
    assert queue.claim(tx, NOW + HOUR / 2, 9, KINDS) == []
    assert len(queue.claim(tx, NOW + HOUR, 9, KINDS)) == 2


def test_what_there_is_to_do_is_seen_at_once_in_one_statement(
    database: Database, workspace_id: int, team_ids: list[int]
) -> None:
    with statements(database) as sent:
        idle = queue.waiting(database, [workspace_id], NOW)
    assert len([statement for statement in sent if "FROM schedule" in statement]) == 1
    assert len([statement for statement in sent if not statement.startswith("BEGIN")]) == 1
    assert idle.busy(NOW) == set()
    with database.writing(workspace_id) as tx:
        set_due(tx, KIND, {ScheduleKey(team_ids[0]): NOW})
        plan(tx, team_ids[0], at=NOW + HOUR)
        messages.remember(tx, FIRST, *PLACE)
    waiting = queue.waiting(database, [workspace_id, 10**6], NOW)
    assert waiting.due == {workspace_id}
    assert waiting.open == {workspace_id: NOW + HOUR}
    assert waiting.stale == set()
    assert queue.next_try(database, [workspace_id]) == NOW + HOUR
    with database.writing(workspace_id) as tx:
        messages.mark_stale(tx, [FIRST])
        queue.claim(tx, NOW + HOUR, 9, KINDS)
    assert queue.waiting(database, [workspace_id], NOW).stale == {workspace_id}
    assert queue.next_try(database, [workspace_id]) is None
    assert queue.waiting(database, [10**6], NOW).busy(NOW) == set()


def stale(tx: Transaction) -> list[int]:
    """Claim all that is behind, as if nobody had: the versions they are to show."""
    update_own(tx, PostedMessage, leased_until=None)
    return [message.wanted_version for message in messages.claim_stale(tx, NOW, 0, 9)]


def test_a_message_is_behind_until_it_shows_what_is_wanted(tx: Transaction) -> None:
    messages.remember(tx, FIRST, *PLACE, page=2)
    messages.remember(tx, FIRST, *PLACE)
    messages.remember(tx, SECOND, "D0REP", "1.0")
    assert stale(tx) == []
    messages.mark_stale(tx, [FIRST, FIRST, THIRD])
    messages.mark_stale(tx, [FIRST])
    assert stale(tx) == [3]
    assert messages.claim_stale(tx, NOW, 0, 9) == []
    found = messages.posted_at(tx, *PLACE)
    assert found is not None
    assert (found.subject, found.page, found.wanted_version) == (FIRST, 2, 3)
    messages.shown(tx, *PLACE, 2, 1)
    assert stale(tx) == [3]
    messages.shown(tx, *PLACE, 3, 1)
    assert stale(tx) == []
    # A slower one drew the old version after the new one: it is drawn once more.
    messages.redrawn(tx, {found.id: 2})
    assert stale(tx) == [3]
    messages.redrawn(tx, {found.id: 3})
    assert stale(tx) == []
    messages.forget(tx, [found.id])
    assert messages.posted(tx, FIRST) == []


def test_messages_behind_are_claimed_by_one_and_go_back_when_not_drawn(tx: Transaction) -> None:
    places = [(MessageRef("D0MANAGER", f"{n}.0"), FIRST, None) for n in range(3)]
    messages.remember_all(tx, places, stale=True)
    first, second = messages.claim_stale(tx, NOW, 0, 2)
    (third,) = messages.claim_stale(tx, NOW, 0, 9)
    assert first.id < second.id < third.id
    messages.release(tx, [first.id, third.id])
    assert messages.claim_stale(tx, NOW, first.id, 9) == [third]


def test_who_has_a_message_or_may_have_it_is_known(tx: Transaction, team_ids: list[int]) -> None:
    found = people.get_many(tx, [MANAGER, REP])
    messages.remember(tx, SECOND, *PLACE, reader_id=found[REP].id)
    plan(tx, team_ids[0])
    (delivery,) = queue.claim(tx, NOW, 1, KINDS)
    asked = [FIRST, SECOND]
    assert messages.readers_of(tx, asked) == {(SECOND, found[REP].id)}
    begun(tx, delivery)
    both = {(FIRST, found[MANAGER].id), (SECOND, found[REP].id)}
    assert messages.readers_of(tx, asked) == both
    assert [one.id for one in queue.in_doubt(tx, FIRST)] == [delivery.id]
    queue.settle_sent(tx, {delivery.id: PLACE})
    assert queue.in_doubt(tx, FIRST) == []


def test_one_that_cannot_be_planned_is_put_off_and_stays_due_since_it_was(
    tx: Transaction, team_ids: list[int]
) -> None:
    key, due = ScheduleKey(team_ids[0]), DueSchedule(team_ids[0], KIND, NOW)
    set_due(tx, KIND, {key: NOW})
    for tries in range(3):
        assert schedules.attempts(tx, due) == tries
        schedules.put_off(tx, due, NOW + HOUR)
    assert schedules.take_due(tx, NOW + HOUR / 2, 9, KINDS) == []
    assert schedules.take_due(tx, NOW + HOUR, 9, KINDS) == [due]
    set_due(tx, KIND, {key: NOW + WEEK})
    assert schedules.take_due(tx, NOW + WEEK, 9, KINDS) == [replace(due, next_at=NOW + WEEK)]
    assert schedules.attempts(tx, due) == 0


def test_kinds_that_this_version_does_not_know_are_left_alone(
    tx: Transaction, team_ids: list[int]
) -> None:
    set_due(tx, KIND, {ScheduleKey(team_ids[0]): NOW})
    plan(tx, *team_ids)
    messages.remember(tx, FIRST, *PLACE)
    messages.mark_stale(tx, [FIRST])
    for table, column, value in (
        ("schedule", "kind", "of_tomorrow"),
        ("delivery", "kind", "of_tomorrow"),
        ("posted_message", "subject", "of_tomorrow:1"),
    ):
        tx.connection.exec_driver_sql(f"UPDATE {table} SET {column} = '{value}'")
    assert schedules.take_due(tx, NOW, 9, KINDS) == []
    assert queue.claim(tx, NOW, 9, KINDS) == []
    assert messages.claim_stale(tx, NOW, 0, 9) == []


def test_a_message_that_could_not_be_drawn_waits_until_it_is_drawn(tx: Transaction) -> None:
    messages.remember(tx, FIRST, *PLACE)
    messages.mark_stale(tx, [FIRST])
    (message,) = messages.claim_stale(tx, NOW, 0, 9)
    messages.put_off(tx, {message.id: NOW + HOUR})
    assert messages.claim_stale(tx, NOW + HOUR / 2, 0, 9) == []
    (again,) = messages.claim_stale(tx, NOW + HOUR, 0, 9)
    assert (message.attempts, again.attempts) == (0, 1)
    messages.redrawn(tx, {message.id: 2})
    messages.mark_stale(tx, [FIRST])
    assert [one.attempts for one in messages.claim_stale(tx, NOW, 0, 9)] == [0]


def test_what_was_settled_long_ago_and_what_nothing_draws_any_more_goes(
    tx: Transaction, team_ids: list[int]
) -> None:
    plan(tx, *team_ids)
    (delivery,) = queue.claim(tx, NOW, 1, KINDS)
    queue.settle_sent(tx, {delivery.id: PLACE})
    assert queue.purge(tx, NOW) == 0
    assert queue.purge(tx, NOW + HOUR) == 1
    assert states(tx) == [("pending", 0), ("pending", 0)]
    posted_at = datetime.fromtimestamp(float(PLACE.ts), UTC)
    messages.remember(tx, FIRST, *PLACE)
    messages.remember(tx, Subject(MessageKind.SHARED, 1), "D0REP", PLACE.ts)
    assert messages.purge(tx, KIND, posted_at) == 0
    assert messages.purge(tx, KIND, posted_at + HOUR) == 1
    assert messages.posted(tx, FIRST) == []
    assert messages.purge(tx, MessageKind.MEETING_ASK, posted_at + HOUR) == 0
