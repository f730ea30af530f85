"""No wait for the database is longer than the time that Slack leaves for an answer."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from bot.domain.workspaces.faults import DatabaseUnavailableError, OutOfTimeError
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import people, teams
from tests.databases import POSTGRESQL
from tests.storage.world import MANAGER, REP, World, add_people, fill

pytestmark = pytest.mark.slow

LONGEST = 2.0
"""Seconds for everything that a transaction waits for, where the database can be reached."""

LONGEST_TO_CONNECT = 3.0
"""Seconds where it cannot: the PostgreSQL client takes no connect_timeout under 2."""

HELD = 0.3
"""Seconds given to a transaction that should not get in while another is writing."""

MORE_THAN_THE_POOL = 100


@contextmanager
def out_of_time_within(seconds: float) -> Iterator[None]:
    """What happens inside ends with OutOfTimeError, in time."""
    start = time.monotonic()
    with pytest.raises(OutOfTimeError):
        yield
    assert time.monotonic() - start < seconds


@contextmanager
def away_within(seconds: float) -> Iterator[None]:
    """What happens inside ends with the database being away, in time."""
    start = time.monotonic()
    with pytest.raises(DatabaseUnavailableError) as raised:
        yield
    assert not isinstance(raised.value, OutOfTimeError)
    assert time.monotonic() - start < seconds


@contextmanager
def another(url: str) -> Iterator[Connection]:
    """A connection as another process would have it, that begins nothing by itself."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
        connection.exec_driver_sql("ROLLBACK")


def rename(database: Database, world: World, first_line: str) -> None:
    with database.writing(world.workspace_id) as tx:
        teams.set_first_line(tx, world.membership_id, first_line)


def keep_asking(tx: Transaction) -> None:
    """One statement after another, for longer than any transaction may take."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        people.get_many(tx, [MANAGER])


def first_line_of(database: Database, world: World) -> str:
    with database.reading(world.workspace_id) as tx:
        return teams.members(tx, world.team_id)[0].first_line


def test_a_writer_blocked_by_another_gives_up_in_time(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx, ThreadPoolExecutor(1) as pool:
        teams.set_first_line(tx, world.membership_id, "first")
        with out_of_time_within(LONGEST):
            pool.submit(rename, database, world, "second").result(LONGEST_TO_CONNECT)
    assert first_line_of(database, world) == "first"


def test_a_writer_within_a_writer_of_the_same_thread_gives_up_and_the_outer_one_goes_on(
    database: Database,
) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        teams.set_first_line(tx, world.membership_id, "outer")
        with out_of_time_within(LONGEST):
            rename(database, world, "inner")
        teams.set_first_line(tx, world.membership_id, "outer still")
    assert first_line_of(database, world) == "outer still"
    rename(database, world, "after")
    assert first_line_of(database, world) == "after"


def test_a_writer_blocked_by_another_process_gives_up_in_time(database: Database) -> None:
    world = fill(database, "T1")
    url = database.engine.url.render_as_string(hide_password=False)
    with another(url) as other:
        other.exec_driver_sql(
            "BEGIN IMMEDIATE" if database.is_sqlite else "BEGIN; LOCK TABLE membership"
        )
        with out_of_time_within(LONGEST):
            rename(database, world, "second")
    rename(database, world, "third")
    assert first_line_of(database, world) == "third"


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

    with out_of_time_within(LONGEST):
        take_all()
    with database.reading(workspace_id) as tx:
        assert people.get_many(tx, [REP]) == {}


def test_a_transaction_out_of_patience_begins_no_further_statement(
    database: Database, workspace_id: int
) -> None:
    with out_of_time_within(LONGEST), database.writing(workspace_id, patience=0.05) as tx:
        add_people(tx, [MANAGER])
        keep_asking(tx)
    with database.reading(workspace_id) as tx:
        assert people.get(tx, MANAGER) is None


# The clock of a transaction is the same on both, and this takes all of its patience.
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_reader_that_is_busy_too_long_is_ended_too(database: Database, workspace_id: int) -> None:
    with out_of_time_within(LONGEST), database.reading(workspace_id) as tx:
        keep_asking(tx)


@pytest.mark.parametrize("backend", [POSTGRESQL], indirect=True)
class TestServer:
    def test_a_long_statement_is_cut_short(self, database: Database, workspace_id: int) -> None:
        with out_of_time_within(LONGEST), database.reading(workspace_id) as tx:
            tx.execute(text("SELECT pg_sleep(30)"))

    def test_a_statement_of_a_reader_with_patience_has_all_of_it(
        self, database: Database, workspace_id: int
    ) -> None:
        with database.reading(workspace_id, patience=90.0) as tx:
            assert tx.execute(text("SHOW statement_timeout")).scalar_one() == "90s"
        with database.reading(workspace_id) as tx:
            assert tx.execute(text("SHOW statement_timeout")).scalar_one() == "1s"

    def test_the_last_statement_is_cut_short_where_the_time_is_over(
        self, database: Database, workspace_id: int
    ) -> None:
        with out_of_time_within(LONGEST), database.reading(workspace_id) as tx:
            while True:
                tx.execute(text("SELECT pg_sleep(0.7)"))

    def test_a_server_that_takes_no_writes_is_away(
        self, database: Database, workspace_id: int
    ) -> None:
        with away_within(LONGEST), database.writing(workspace_id) as tx:
            tx.execute(text("SET TRANSACTION READ ONLY"))
            add_people(tx, [MANAGER])

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
                assert people.get_many(tx, [MANAGER]) == {}

    def test_a_server_lost_in_the_middle_is_unavailable(
        self, database: Database, workspace_id: int
    ) -> None:
        with away_within(LONGEST), database.writing(workspace_id) as tx:
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
        with away_within(LONGEST_TO_CONNECT), database.writing(1) as tx:
            people.get(tx, MANAGER)
        database.close()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_sqlite_is_set_up_for_readers_beside_a_writer(
    database: Database, workspace_id: int
) -> None:
    with database.reading(workspace_id) as tx:
        assert tx.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert tx.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert tx.execute(text("PRAGMA synchronous")).scalar_one() == 2  # FULL


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("setting", ["query_only=ON", "max_page_count=1"], ids=["closed", "full"])
def test_a_file_that_takes_nothing_more_is_away(
    database: Database, workspace_id: int, setting: str
) -> None:
    with away_within(LONGEST), database.writing(workspace_id) as tx:
        tx.execute(text(f"PRAGMA {setting}"))
        for number in range(100):
            add_people(tx, [f"U{number}{'X' * 1_000}"])


def test_a_damaged_file_is_away(tmp_path: Path, secret_key: str) -> None:
    file = tmp_path / "windshield.db"
    file.write_bytes(b"no database at all" * 1_000)
    database = Database(f"sqlite:///{file}", (secret_key,))
    with away_within(LONGEST), database.writing(1) as tx:
        people.get(tx, MANAGER)
    database.close()
