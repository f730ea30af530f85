"""Schedules taken, deliveries claimed and settled, messages drawn anew: by one at a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.deliveries import (
    LEASE,
    Claimed,
    DeliveryState,
    DueSchedule,
    Place,
    Planned,
    ScheduleKind,
)
from bot.domain.teams import TeamSettings
from storage import deliveries, messages, people, teams
from storage.engine import Database, Transaction
from storage.leases import DatabaseSeconds
from storage.models import Delivery, PostedMessage
from tests.storage.world import MANAGER, NEW_REP, NOW, REP, add_people, statements

KIND, TURN = ScheduleKind.TODO_LIST, ScheduleKind.TODO_TURN
HOUR = timedelta(hours=1)
WEEK = timedelta(weeks=1)
PLACE = Place("D0MANAGER", "1764000000.000100")


@pytest.fixture
def team_ids(database: Database, workspace_id: int) -> list[int]:
    """Three teams, by their managers' Slack ids."""
    with database.writing(workspace_id) as tx:
        found = add_people(tx, [MANAGER, NEW_REP, REP])
        return [teams.create(tx, found[who], TeamSettings(), NOW) for who in sorted(found)]


@pytest.fixture
def tx(database: Database, workspace_id: int, team_ids: list[int]) -> Iterator[Transaction]:
    with database.writing(workspace_id) as opened:
        yield opened


def plan(tx: Transaction, *team_ids: int, at: datetime = NOW) -> None:
    deliveries.add(tx, [Planned(team, KIND, (at,), None) for team in team_ids])


def states(tx: Transaction) -> list[tuple[str, int]]:
    rows = tx.execute(select(Delivery.state, Delivery.attempts).order_by(Delivery.id))
    return [(row.state.value, row.attempts) for row in rows]


def free_all(tx: Transaction) -> None:
    tx.update(Delivery, leased_until=None)


def begun(tx: Transaction, delivery: Claimed, reader: str = MANAGER) -> set[int]:
    (person,) = people.known(tx, [reader]).values()
    addressed = {delivery.id: ("todo:1", person.id)}
    return deliveries.begin(tx, delivery.lease, addressed, NOW, NOW + HOUR)


def test_schedules_that_are_due_are_taken_earliest_first(
    tx: Transaction, team_ids: list[int]
) -> None:
    first, second, third = team_ids
    messages.schedule_each(tx, KIND, {first: NOW, second: NOW - HOUR, third: NOW + HOUR})
    messages.schedule_each(tx, TURN, {first: NOW - WEEK})
    due = [
        DueSchedule(first, TURN, NOW - WEEK),
        DueSchedule(second, KIND, NOW - HOUR),
        DueSchedule(first, KIND, NOW),
    ]
    assert deliveries.take_due(tx, NOW, 10) == due
    assert deliveries.take_due(tx, NOW, 2) == due[:2]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_what_one_has_taken_or_claimed_is_passed_over_by_others(
    database: Database, workspace_id: int, team_ids: list[int]
) -> None:
    first, second, third = team_ids
    with database.writing(workspace_id) as tx:
        messages.schedule_each(tx, KIND, {first: NOW, second: NOW})
        plan(tx, *team_ids)
    with database.writing(workspace_id) as one, database.writing(workspace_id) as other:
        assert [schedule.team_id for schedule in deliveries.take_due(one, NOW, 1)] == [first]
        assert [schedule.team_id for schedule in deliveries.take_due(other, NOW, 9)] == [second]
        assert [claim.team_id for claim in deliveries.claim(one, NOW, 2)] == [first, second]
        assert [claim.team_id for claim in deliveries.claim(other, NOW, 9)] == [third]


def test_schedules_go_on_or_go(tx: Transaction, team_ids: list[int]) -> None:
    first, second, _ = team_ids
    messages.schedule_each(tx, KIND, {first: NOW, second: NOW})
    messages.schedule_each(tx, TURN, {first: NOW})
    deliveries.advance(
        tx, [Planned(first, KIND, (NOW,), NOW + WEEK), Planned(second, KIND, (NOW,), None)]
    )
    assert messages.next_at(tx, first, KIND) == NOW + WEEK
    assert messages.next_at(tx, second, KIND) is None
    assert messages.next_at(tx, first, TURN) == NOW


def test_of_all_the_times_it_was_due_the_last_is_to_be_sent_and_each_is_there_once(
    tx: Transaction, team_ids: list[int]
) -> None:
    dues = (NOW - 2 * WEEK, NOW - WEEK, NOW)
    planned = [Planned(team_ids[0], KIND, dues, None), Planned(team_ids[1], TURN, (), None)]
    assert deliveries.add(tx, planned) == (1, 2)
    assert deliveries.add(tx, planned) == (0, 0)
    assert [state for state, _ in states(tx)] == ["expired", "expired", "pending"]
    assert deliveries.add(tx, []) == (0, 0)


def test_what_is_claimed_is_nobody_elses_until_the_lease_is_over(
    tx: Transaction, team_ids: list[int]
) -> None:
    plan(tx, *team_ids)
    plan(tx, team_ids[0], at=NOW + HOUR)
    (first,) = deliveries.claim(tx, NOW, 1)
    assert (first.team_id, first.due_at, first.attempts) == (team_ids[0], NOW, 0)
    assert [one.team_id for one in deliveries.claim(tx, NOW, 9)] == team_ids[1:]
    assert deliveries.claim(tx, NOW, 9) == []
    assert deliveries.claim_lost(tx, NOW, 9) == []
    tx.update(Delivery, Delivery.id == first.id, leased_until=DatabaseSeconds())
    assert deliveries.claim(tx, NOW, 9) == [first]


def test_a_lease_lasts_as_long_as_it_says_by_the_databases_clock(
    tx: Transaction, team_ids: list[int]
) -> None:
    plan(tx, *team_ids)
    before = tx.execute(select(DatabaseSeconds())).scalar_one()
    (delivery,) = deliveries.claim(tx, NOW, 1)
    after = tx.execute(select(DatabaseSeconds())).scalar_one()
    assert before + LEASE <= delivery.lease <= after + LEASE


def test_only_whose_lease_it_is_begins_to_send(tx: Transaction, team_ids: list[int]) -> None:
    plan(tx, *team_ids)
    ours, lost, _ = deliveries.claim(tx, NOW, 9)
    tx.update(Delivery, Delivery.id == lost.id, leased_until=0.0)
    (manager,) = people.known(tx, [MANAGER]).values()
    addressed = {one.id: ("todo:1", manager.id) for one in (ours, lost)}
    assert deliveries.begin(tx, ours.lease, addressed, NOW, NOW + HOUR) == {ours.id}
    assert states(tx) == [("sending", 1), ("pending", 0), ("pending", 0)]


def test_what_a_process_left_behind_is_looked_for_when_its_time_has_come(
    tx: Transaction, team_ids: list[int]
) -> None:
    plan(tx, team_ids[0])
    (delivery,) = deliveries.claim(tx, NOW, 1)
    begun(tx, delivery)
    assert deliveries.claim_lost(tx, NOW + HOUR, 9) == []
    free_all(tx)
    assert deliveries.claim_lost(tx, NOW + HOUR / 2, 9) == []
    (found,) = deliveries.claim_lost(tx, NOW + HOUR, 9)
    assert (found.id, found.attempts, found.tried_at) == (delivery.id, 1, NOW)
    assert found.subject == "todo:1"
    assert found.reader is not None
    assert found.reader.slack_id == MANAGER
    free_all(tx)
    assert deliveries.claim(tx, NOW + WEEK, 9) == []


def test_a_claim_that_is_over_settles_nothing_but_what_was_sent(
    tx: Transaction, team_ids: list[int]
) -> None:
    plan(tx, team_ids[0])
    (delivery,) = deliveries.claim(tx, NOW, 1)
    begun(tx, delivery)
    free_all(tx)
    (other,) = deliveries.claim_lost(tx, NOW + HOUR, 1)
    late: dict[str, Any] = {
        "state": DeliveryState.PENDING,
        "attempts": 1,
        "try_at": NOW,
        "fault": None,
    }
    assert deliveries.settle(tx, delivery.lease - 1, [delivery.id], **late) == 0
    assert states(tx) == [("sending", 1)]
    assert deliveries.settle(tx, other.lease, [delivery.id], **late) == 1
    deliveries.settle_sent(tx, {delivery.id: PLACE})
    assert states(tx) == [("sent", 1)]
    assert deliveries.claim(tx, NOW + WEEK, 9) == []


def test_what_was_settled_is_not_settled_again(tx: Transaction, team_ids: list[int]) -> None:
    plan(tx, team_ids[0])
    (delivery,) = deliveries.claim(tx, NOW, 1)
    deliveries.settle_sent(tx, {delivery.id: PLACE})
    deliveries.settle_sent(tx, {delivery.id: Place("D0ELSEWHERE", "1.0")})
    row = tx.execute(select(Delivery.channel, Delivery.ts)).one()
    assert tuple(row) == PLACE


def test_what_is_put_off_is_not_tried_before(tx: Transaction, team_ids: list[int]) -> None:
    plan(tx, *team_ids)
    deliveries.claim(tx, NOW, 1)
    assert deliveries.put_off(tx, DeliveryState.PENDING, NOW + HOUR) == 2
    assert deliveries.claim(tx, NOW + HOUR / 2, 9) == []
    assert len(deliveries.claim(tx, NOW + HOUR, 9)) == 2


def test_what_there_is_to_do_is_seen_at_once_in_one_statement(
    database: Database, workspace_id: int, team_ids: list[int]
) -> None:
    with statements(database) as sent:
        idle = deliveries.waiting(database, [workspace_id], NOW)
    assert len([statement for statement in sent if "FROM schedule" in statement]) == 1
    assert len([statement for statement in sent if not statement.startswith("BEGIN")]) == 1
    assert idle.busy(NOW) == set()
    with database.writing(workspace_id) as tx:
        messages.schedule_each(tx, KIND, {team_ids[0]: NOW})
        plan(tx, team_ids[0], at=NOW + HOUR)
        messages.remember_posted(tx, "todo:1", *PLACE)
    waiting = deliveries.waiting(database, [workspace_id, 10**6], NOW)
    assert waiting.due == {workspace_id}
    assert waiting.open == {workspace_id: NOW + HOUR}
    assert waiting.behind == set()
    assert deliveries.next_try(database, [workspace_id]) == NOW + HOUR
    with database.writing(workspace_id) as tx:
        messages.want(tx, ["todo:1"])
        deliveries.claim(tx, NOW + HOUR, 9)
    assert deliveries.waiting(database, [workspace_id], NOW).behind == {workspace_id}
    assert deliveries.next_try(database, [workspace_id]) is None
    assert deliveries.waiting(database, [10**6], NOW).busy(NOW) == set()


def behind(tx: Transaction) -> list[int]:
    """Claim all that is behind, as if nobody had: the versions they are to show."""
    tx.update(PostedMessage, leased_until=None)
    return [message.wanted_version for message in messages.claim_behind(tx, 0, 9)]


def test_a_message_is_behind_until_it_shows_what_is_wanted(tx: Transaction) -> None:
    messages.remember_posted(tx, "todo:1", *PLACE, page=2)
    messages.remember_posted(tx, "todo:1", *PLACE)
    messages.remember_posted(tx, "todo:2", "D0REP", "1.0")
    assert behind(tx) == []
    messages.want(tx, ["todo:1", "todo:1", "todo:3"])
    messages.want(tx, ["todo:1"])
    assert behind(tx) == [3]
    assert messages.claim_behind(tx, 0, 9) == []
    found = messages.posted_at(tx, *PLACE)
    assert found is not None
    assert (found.subject, found.page, found.wanted_version) == ("todo:1", 2, 3)
    messages.shown(tx, *PLACE, 2, 1)
    assert behind(tx) == [3]
    messages.shown(tx, *PLACE, 3, 1)
    assert behind(tx) == []
    # A slower one drew the old version after the new one: it is drawn once more.
    messages.redrawn(tx, {found.id: 2})
    assert behind(tx) == [3]
    messages.redrawn(tx, {found.id: 3})
    assert behind(tx) == []
    messages.forget(tx, [found.id])
    assert messages.posted(tx, "todo:1") == []


def test_messages_behind_are_claimed_by_one_and_go_back_when_not_drawn(tx: Transaction) -> None:
    places = [(Place("D0MANAGER", f"{n}.0"), "todo:1", None) for n in range(3)]
    messages.remember_all(tx, places, behind=True)
    first, second = messages.claim_behind(tx, 0, 2)
    (third,) = messages.claim_behind(tx, 0, 9)
    assert first.id < second.id < third.id
    messages.release(tx, [first.id, third.id])
    assert messages.claim_behind(tx, first.id, 9) == [third]


def test_who_has_a_message_or_may_have_it_is_known(tx: Transaction, team_ids: list[int]) -> None:
    found = people.known(tx, [MANAGER, REP])
    messages.remember_posted(tx, "todo:2", *PLACE, reader_id=found[REP].id)
    plan(tx, team_ids[0])
    (delivery,) = deliveries.claim(tx, NOW, 1)
    asked = ["todo:1", "todo:2"]
    assert messages.readers_of(tx, asked) == {("todo:2", found[REP].id)}
    begun(tx, delivery)
    both = {("todo:1", found[MANAGER].id), ("todo:2", found[REP].id)}
    assert messages.readers_of(tx, asked) == both
    assert [one.id for one in deliveries.lost(tx, "todo:1")] == [delivery.id]
    deliveries.settle_sent(tx, {delivery.id: PLACE})
    assert deliveries.lost(tx, "todo:1") == []
