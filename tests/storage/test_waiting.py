"""No wait for the database is longer than the time that Slack leaves for an answer."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import make_url, text

from bot.domain.faults import DatabaseUnavailableError
from storage import people, teams
from storage.engine import Database, Transaction
from tests.storage.world import MANAGER, REP, World, add_people, fill

LONGEST = 2.0
"""Seconds for everything that a transaction waits for, where the database can be reached."""

LONGEST_TO_CONNECT = 3.0
"""Seconds where it cannot: the PostgreSQL client takes no connect_timeout under 2."""

HELD = 0.3
"""Seconds given to a transaction that should not get in while another is writing."""

MORE_THAN_THE_POOL = 100


@contextmanager
def unavailable_within(seconds: float) -> Iterator[None]:
    """What happens inside ends with DatabaseUnavailableError, in time."""
    start = time.monotonic()
    with pytest.raises(DatabaseUnavailableError):
        yield
    assert time.monotonic() - start < seconds


def rename(database: Database, world: World, first_line: str) -> None:
    with database.writing(world.workspace_id) as tx:
        teams.set_first_line(tx, world.membership_id, first_line)


def keep_asking(tx: Transaction) -> None:
    """One statement after another, for longer than any transaction may take."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        people.known(tx, [MANAGER])


def first_line_of(database: Database, world: World) -> str:
    with database.reading(world.workspace_id) as tx:
        return teams.members(tx, world.team_id)[0].first_line


def test_a_writer_blocked_by_another_gives_up_in_time(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        teams.set_first_line(tx, world.membership_id, "first")
        with unavailable_within(LONGEST):
            rename(database, world, "second")
    assert first_line_of(database, world) == "first"


def test_a_reader_is_not_blocked_by_a_writer(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        teams.set_first_line(tx, world.membership_id, "not yet")
        assert first_line_of(database, world) == ""
    assert first_line_of(database, world) == "not yet"


def test_two_writers_that_read_first_both_end_well(database: Database) -> None:
    world = fill(database, "T1")
    in_the_middle = [threading.Event(), threading.Event()]

    def read_then_write(mine: int, other: int) -> None:
        if mine == 1:
            assert in_the_middle[0].wait(LONGEST)
        with database.writing(world.workspace_id) as tx:
            (place,) = teams.members(tx, world.team_id)
            in_the_middle[mine].set()
            # On SQLite the other is not let in before this one is done.
            in_the_middle[other].wait(HELD)
            teams.set_first_line(tx, place.id, f"writer {mine}")

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(read_then_write, 0, 1), pool.submit(read_then_write, 1, 0)
        first.result(10)
        second.result(10)
    assert first_line_of(database, world) in {"writer 0", "writer 1"}


def test_profiles_are_saved_in_one_order_so_that_two_writers_do_not_block_each_other_crosswise(
    database: Database, workspace_id: int
) -> None:
    with database.writing(workspace_id) as tx:
        ids = add_people(tx, ["U3", "U1", "U2"])
    assert sorted(ids, key=lambda slack_id: ids[slack_id]) == ["U1", "U2", "U3"]


def test_an_exhausted_pool_is_given_up_in_time(database: Database, workspace_id: int) -> None:

    def take_all() -> None:
        with ExitStack() as held:
            for _ in range(MORE_THAN_THE_POOL):
                held.enter_context(database.reading(workspace_id))

    with unavailable_within(LONGEST):
        take_all()
    with database.reading(workspace_id) as tx:
        assert people.known(tx, [REP]) == {}


def test_a_transaction_out_of_patience_begins_no_further_statement(
    database: Database, workspace_id: int
) -> None:
    with unavailable_within(LONGEST), database.writing(workspace_id, patience=0.05) as tx:
        add_people(tx, [MANAGER])
        keep_asking(tx)
    with database.reading(workspace_id) as tx:
        assert people.one(tx, MANAGER) is None


# The clock of a transaction is the same on both, and this takes all of its patience.
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_reader_that_is_busy_too_long_is_ended_too(database: Database, workspace_id: int) -> None:
    with unavailable_within(LONGEST), database.reading(workspace_id) as tx:
        keep_asking(tx)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
class TestServer:
    def test_a_long_statement_is_cut_short(self, database: Database, workspace_id: int) -> None:
        with unavailable_within(LONGEST), database.reading(workspace_id) as tx:
            tx.execute(text("SELECT pg_sleep(30)"))

    def test_a_server_that_restarted_is_met_again(
        self, database: Database, workspace_id: int
    ) -> None:
        with database.reading(workspace_id) as tx:
            tx.execute(text("SELECT 1"))
            with database.engine.connect() as other:
                other.execute(text("SELECT 1"))
        with database.engine.connect() as survivor:
            survivor.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
            with database.reading(workspace_id) as tx:
                assert people.known(tx, [MANAGER]) == {}

    def test_a_server_lost_in_the_middle_is_unavailable(
        self, database: Database, workspace_id: int
    ) -> None:
        with unavailable_within(LONGEST), database.writing(workspace_id) as tx:
            add_people(tx, [MANAGER])
            tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


@pytest.mark.parametrize("accepts", [False, True], ids=["nobody listens", "nobody answers"])
def test_a_server_that_is_gone_is_given_up_in_time(accepts: bool, secret_key: str) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        if accepts:
            listening.listen()
        port = listening.getsockname()[1]
        url = make_url(f"postgresql+psycopg://windshield@127.0.0.1:{port}/windshield")
        database = Database(url.render_as_string(hide_password=False), (secret_key,))
        with unavailable_within(LONGEST_TO_CONNECT), database.writing(1) as tx:
            people.one(tx, MANAGER)
        database.close()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_sqlite_is_set_up_for_readers_beside_a_writer(
    database: Database, workspace_id: int
) -> None:
    with database.reading(workspace_id) as tx:
        assert tx.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert tx.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
