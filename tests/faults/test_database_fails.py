"""The database is held, or goes away, in the middle of a heartbeat."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.delivery import LEASE, LOOK_AFTER, MessageRef, Unsent
from bot.domain.workspaces.faults import DatabaseUnavailableError
from bot.jobs import sending
from bot.jobs.heartbeat import Heartbeat
from bot.messenger import TIMEOUT, Messenger
from bot.screens.delivery.direct import Outgoing
from storage.database.engine import Database
from tests.databases import POSTGRESQL
from tests.faults.conftest import MONDAY, Office
from tests.faults.probe import clumsy, compose, probe_kinds

pytestmark = pytest.mark.slow

DUE = ["due 2026-11-23 08:00"]
LATER = timedelta(seconds=LEASE) + LOOK_AFTER


class Eventful(Messenger):
    """Something happens right after that many messages were posted."""

    def __init__(self, office: Office, posts: int, happens: Callable[[], object]) -> None:
        super().__init__(office.slack.bot_token, office.slack.api_url)
        self.left = posts
        self.happens = happens

    def post(self, *arguments: Any) -> MessageRef:
        place = super().post(*arguments)
        self.left -= 1
        if self.left == 0:
            self.happens()
        return place


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Meanwhile somebody else holds the deliveries (on SQLite, everything)."""
    with database.engine.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.exec_driver_sql("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE")
        yield


def test_a_heartbeat_that_finds_the_database_held_is_made_up_for(office: Office) -> None:
    office.open(2)
    with held(office.database), pytest.raises(DatabaseUnavailableError):
        office.beat()
    assert office.posts() == 0
    assert office.beat().sent == 2
    assert office.got() == [DUE] * 2


def test_what_was_sent_and_not_written_down_is_found(office: Office) -> None:
    office.open(4)
    with ExitStack() as stack:
        office.speaks_to(Eventful(office, 3, lambda: stack.enter_context(held(office.database))))
        with suppress(DatabaseUnavailableError):
            office.beat()
    assert office.posts() == 4
    assert office.states() == {"sending": 4}
    office.end_leases()
    assert office.beat(LATER).sent == 4
    assert office.calls("chat.postMessage") == 4
    assert office.states() == {"sent": 4}


@pytest.mark.parametrize("backend", [POSTGRESQL], indirect=True)
def test_a_server_that_restarts_loses_nothing(office: Office) -> None:
    def restart() -> None:
        with office.database.engine.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    office.open(60)
    office.speaks_to(Eventful(office, 3, restart))
    counts = office.beat()
    assert (counts.sent, office.got()) == (60, [DUE] * 60)


def test_who_is_told_to_stop_hands_back_what_was_claimed(office: Office) -> None:
    office.open(6)
    stopped = threading.Event()
    office.speaks_to(Eventful(office, 2, stopped.set))
    assert Heartbeat(office.app, probe_kinds(), stopped).beat(office.slack.clock.now()).sent == 2
    assert office.states() == {"sent": 2, "pending": 4}
    assert office.beat().sent == 4
    assert office.got() == [DUE] * 6
    assert office.calls("conversations.history") == 0


def test_nothing_is_sent_by_a_lease_that_may_end_meanwhile(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.open(3)
    monkeypatch.setattr(sending, "LEASE", float(TIMEOUT))
    assert office.beat().sent == 0
    assert office.posts() == 0
    monkeypatch.undo()
    assert office.beat().sent == 3


def test_what_another_process_took_over_is_not_sent(office: Office) -> None:
    office.open(2)
    counted = []

    def slowly(*asked: Any) -> Sequence[Outgoing | Unsent]:
        made = compose(*asked)
        office.end_leases()
        counted.append(office.beat().sent)
        return made

    assert (
        Heartbeat(office.app, probe_kinds(compose=slowly)).beat(office.slack.clock.now()).sent == 0
    )
    assert counted == [2]
    assert office.got() == [DUE] * 2


def test_a_job_that_loses_count_sends_nothing_twice(office: Office) -> None:
    office.open(3)

    def one_short(*asked: Any) -> Sequence[Outgoing | Unsent]:
        made = compose(*asked)
        return made[:-1] if len(made) > 1 else made

    heartbeat = Heartbeat(office.app, probe_kinds(compose=one_short))
    assert heartbeat.beat(office.slack.clock.now()).sent == 3
    assert office.got() == [DUE] * 3


def test_one_message_that_cannot_be_made_does_not_hold_up_the_others(office: Office) -> None:
    office.open(3)
    clumsily = clumsy(compose, lambda due: due[0] == office.team_ids[1])
    heartbeat = Heartbeat(office.app, probe_kinds(compose=clumsily))
    counts = heartbeat.beat(office.slack.clock.now())
    assert (counts.sent, counts.retry) == (2, 1)
    assert counts.next_try == MONDAY + timedelta(seconds=5)
    assert office.beat(timedelta(seconds=5)).sent == 1
    assert office.got() == [DUE] * 3
