"""The database was put back from a copy: what was sent after the copy was made is not sent again,
and what was not sent is."""

from datetime import timedelta

import pytest

from bot.domain.delivery import MessageKind, ScheduleKey
from bot.services.delivery import queue
from bot.services.delivery.schedules import set_due
from storage.models import Delivery, PostedMessage
from tests.faults.conftest import MONDAY, Office
from tests.faults.probe import KIND, probe_kinds
from tests.storage.own_rows import delete_own

pytestmark = pytest.mark.slow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIST = "due 2026-11-23 08:00"


def put_back(office: Office, teams: list[int]) -> int:
    """The database is as it was on Sunday: of what is due on Monday nothing is known; how many may
    have been sent."""
    with office.database.writing(office.workspace_id) as tx:
        delete_own(tx, PostedMessage)
        delete_own(tx, Delivery)
        set_due(tx, KIND, {ScheduleKey(team): MONDAY for team in teams})
    kinds = probe_kinds()
    now = office.slack.clock.now()
    return queue.doubt_due(office.database, office.workspace_id, kinds.next_due, kinds.sent, now)


def test_what_was_sent_after_the_copy_is_not_sent_again(office: Office) -> None:
    office.open(2)
    office.beat()
    assert office.got() == [[LIST], [LIST]]
    office.slack.clock.advance(DAY)
    assert put_back(office, office.team_ids) == 2
    for _ in range(4):
        office.beat(timedelta(minutes=1))
    # Found where it stands, and drawn anew: what it shows may have changed since.
    assert [len(texts) for texts in office.got()] == [1, 1]
    assert office.states() == {"sent": 2}
    office.beat(timedelta(days=6))
    assert [texts[1:] for texts in office.got()] == [["due 2026-11-30 08:00"]] * 2


def test_what_was_not_sent_before_the_database_went_is_sent(office: Office) -> None:
    office.open(2)
    office.slack.clock.advance(DAY)
    assert put_back(office, office.team_ids) == 2
    for _ in range(4):
        office.beat(timedelta(minutes=1))
    assert office.got() == [[LIST], [LIST]]


def test_what_is_too_late_by_then_has_expired(office: Office) -> None:
    office.open(1)
    office.slack.clock.advance(timedelta(days=6))
    assert put_back(office, office.team_ids) == 1
    office.beat(2 * DAY)
    office.beat(HOUR)
    assert LIST not in office.got()[0]


def test_what_is_due_later_is_in_no_doubt(office: Office) -> None:
    office.open(1, due=MONDAY + DAY)
    kinds = probe_kinds()
    asked = (office.database, office.workspace_id, kinds.next_due, kinds.sent)
    assert queue.doubt_due(*asked, office.slack.clock.now()) == 0
    office.beat(DAY)
    assert len(office.got()[0]) == 1


def test_one_that_cannot_be_planned_stands_in_nobodys_way(office: Office) -> None:
    office.open(3)
    office.slack.clock.advance(DAY)

    def broken(*_: object) -> list[object]:
        raise ZeroDivisionError

    kinds = probe_kinds()
    asked = (office.database, office.workspace_id, {KIND: broken}, [MessageKind.TODO_LIST])
    assert queue.doubt_due(*asked, office.slack.clock.now()) == 0  # type: ignore[arg-type]
    assert kinds.sent == [KIND]
