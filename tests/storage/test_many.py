"""Many who write at once: everyone's turn comes, whoever else writes or fails."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from bot.listeners import AT_ONCE
from storage.database.connections import POOL_SIZE
from storage.database.engine import Database
from storage.models import Person
from storage.team import people
from tests.forked import Forked
from tests.storage.test_writers import PATIENCE, until
from tests.storage.world import add_people
from tests.storage.writing_process import write_many, write_when_told

pytestmark = pytest.mark.slow

THREADS, WRITES = 16, 20


def people_there(database: Database, workspace_id: int) -> int:
    with database.reading(workspace_id) as tx:
        statement = select(func.count()).where(Person.workspace_id == workspace_id)
        return int(tx.execute(statement).scalar_one())


def test_none_of_many_who_write_at_once_is_refused(database: Database, workspace_id: int) -> None:
    assert write_many(database, workspace_id, THREADS, WRITES, "X") == 0
    assert people_there(database, workspace_id) == THREADS * WRITES


def test_nobody_is_refused_where_another_process_writes_too(
    database: Database, workspace_id: int, secret_key: str
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    arguments = [url, secret_key, workspace_id, THREADS, WRITES]
    processes = [
        Forked(write_when_told, *arguments, name, pipes=("stdin", "stdout")) for name in ("A", "B")
    ]
    try:
        for process in processes:
            process.is_ready()
        for process in processes:
            process.goes_on()
        refused = [process.end() for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert refused == ["0\n", "0\n"]
    assert people_there(database, workspace_id) == 2 * THREADS * WRITES


def test_writers_that_fail_keep_nobody_from_writing(database: Database, workspace_id: int) -> None:
    def write_and_fail(number: int) -> None:
        with database.writing(workspace_id) as tx:
            add_people(tx, [f"U0GHOST{number}"])
            raise ZeroDivisionError

    with ThreadPoolExecutor(THREADS) as pool:
        failing = [pool.submit(write_and_fail, number) for number in range(3 * THREADS)]
        writing = pool.submit(write_many, database, workspace_id, 2, WRITES, "X")
        assert {type(one.exception(PATIENCE)) for one in failing} == {ZeroDivisionError}
        assert writing.result(PATIENCE) == 0
    assert people_there(database, workspace_id) == 2 * WRITES


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
class TestQueue:
    def test_a_click_waits_for_the_batch_that_runs_and_not_for_the_next(
        self, database: Database, workspace_id: int
    ) -> None:
        served: list[str] = []
        with ThreadPoolExecutor(2) as pool:
            with database.writing(workspace_id):
                click = pool.submit(self._write, database, workspace_id, "click", served.append)
                self._waits(database, 1)
            self._write(database, workspace_id, "next batch", served.append)
            click.result(PATIENCE)
        assert served == ["click", "next batch"]

    def test_who_waits_to_write_holds_no_connection(
        self, database: Database, workspace_id: int
    ) -> None:
        with ThreadPoolExecutor(THREADS) as pool, database.writing(workspace_id):
            for number in range(THREADS):
                pool.submit(self._write, database, workspace_id, f"U{number}")
            self._waits(database, THREADS)
            assert self._held(database) == 1
        assert people_there(database, workspace_id) == THREADS

    def test_readers_do_not_queue(self, database: Database, workspace_id: int) -> None:
        with database.writing(workspace_id), ThreadPoolExecutor(1) as pool:
            assert pool.submit(people_there, database, workspace_id).result(PATIENCE) == 0

    def _write(
        self,
        database: Database,
        workspace_id: int,
        name: str,
        note: Callable[[str], object] = lambda _: None,
    ) -> None:
        with database.writing(workspace_id) as tx:
            note(name)
            add_people(tx, [name])

    def _waits(self, database: Database, writers: int) -> None:
        queue = database.writers
        assert queue is not None
        until(lambda: len(queue) == writers)

    def _held(self, database: Database) -> int:
        """How many connections are taken."""
        return int(database.engine.pool.checkedout())  # type: ignore[attr-defined]


def test_there_is_a_connection_for_everyone_who_can_ask_at_once(
    database: Database, workspace_id: int
) -> None:
    everyone = AT_ONCE + 1  # the heartbeat
    assert everyone <= POOL_SIZE
    together = threading.Barrier(everyone)

    def read(_: int) -> int:
        with database.reading(workspace_id) as tx:
            found = len(people.get_many(tx, ["U0NOBODY"]))
            together.wait(PATIENCE)
            return found

    with ThreadPoolExecutor(everyone) as pool:
        assert sum(pool.map(read, range(everyone))) == 0
