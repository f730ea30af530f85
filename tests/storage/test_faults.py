"""What is wrong with the database is told in words, from faults that really are."""

import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, event, inspect
from sqlalchemy.exc import OperationalError, ProgrammingError

import storage.database.version
from bot.domain.workspaces.faults import (
    BusyError,
    DatabaseFault,
    DatabaseUnavailableError,
    log_words,
)
from bot.services.workspaces.health import database_problem
from storage.database.address import DatabaseAddressError
from storage.database.engine import Database
from storage.database.version import version_on
from storage.migrations import migrate
from storage.workspaces import installs
from tests.databases import address, execute, postgres_database
from tests.mounts import only_to_read, small_disk
from tests.storage.world import add_people

pytestmark = pytest.mark.slow

SECRET = "hunter2secret"
TYPED = "says the merger is off " * 20_000


def fault_of(work: Callable[[], object]) -> DatabaseUnavailableError:
    """What that work fails with; its words hold nothing of anybody's."""
    with pytest.raises(DatabaseUnavailableError) as failed:
        work()
    words = log_words(failed.value)
    assert words.startswith(f"the database cannot be used: {failed.value.fault}")
    for told in (SECRET, "merger", "127.0.0.1", "windshield_", "/tmp"):  # noqa: S108
        assert told not in words
    return failed.value


def known(database: Database) -> dict[str, int]:
    return installs.all_ids(database)


def answer(url: URL, question: str) -> str:
    """The one value that a server answers."""
    engine = create_engine(url)
    with engine.connect() as connection:
        value = str(connection.exec_driver_sql(question).scalar_one())
    engine.dispose()
    return value


def data_of(server: URL) -> Path:
    """Where the server has its data, if that is here."""
    data = Path(answer(server, "SHOW data_directory"))
    if not data.is_dir():
        pytest.skip("the server is on another machine")
    return data


def fill_up(disk: Path, name: str) -> None:
    (disk / name).write_bytes(b"x" * shutil.disk_usage(disk).free)


def write(database: Database, words: str = "someone") -> None:
    """Keep that as a name, in the first workspace."""
    with database.writing(1) as tx:
        add_people(tx, [words])


@pytest.fixture
def opens(secret_key: str) -> Iterator[Callable[..., Database]]:
    """Opens databases, and closes them at the end."""
    made: list[Database] = []

    def open_one(url: str | Path, **how: bool) -> Database:
        named = f"sqlite:///{url}" if isinstance(url, Path) else url
        made.append(Database(named, (secret_key,), **how))
        return made[-1]

    yield open_one
    for database in made:
        database.close()


@pytest.fixture
def file(migrated_file: Path, tmp_path: Path, opens: Callable[..., Database]) -> Path:
    """A SQLite database with a workspace in it, and nothing beside it."""
    path = tmp_path / "windshield.db"
    shutil.copyfile(migrated_file, path)
    database = opens(path)
    installs.ensure(database, "T1", "Home")
    database.close()
    assert [one.name for one in tmp_path.iterdir()] == ["windshield.db"]
    return path


# SQLite


def test_a_file_that_may_grow_no_more(file: Path, opens: Callable[..., Database]) -> None:
    database = opens(file)
    event.listen(
        database.engine,
        "connect",
        lambda connection, _: connection.execute("PRAGMA max_page_count = 1").close(),
    )
    found = fault_of(lambda: write(database, TYPED))
    assert found.fault is DatabaseFault.FULL
    assert str(found) == "its disk is full (SQLITE_FULL)"
    assert known(database) == {"T1": 1}


def test_a_disk_that_is_full(file: Path, tmp_path: Path, opens: Callable[..., Database]) -> None:
    with small_disk(tmp_path / "disk", "2m") as disk:
        shutil.copyfile(file, disk / "w.db")
        database = opens(disk / "w.db")
        write(database)
        fill_up(disk, "first")
        assert fault_of(lambda: write(database, TYPED)).fault is DatabaseFault.FULL
        database.close()
        fill_up(disk, "second")
        # Not even what processes share can be made.
        assert fault_of(lambda: known(opens(disk / "w.db"))).fault is DatabaseFault.FULL


def test_a_mount_that_can_only_be_read(
    file: Path, tmp_path: Path, opens: Callable[..., Database]
) -> None:
    with only_to_read(tmp_path / "disk", file) as disk:
        database = opens(disk / file.name)
        assert fault_of(lambda: write(database)).fault is DatabaseFault.READ_ONLY
        assert fault_of(lambda: migrate(database)).fault is DatabaseFault.READ_ONLY
        database.close()


def test_who_only_reads_can_on_such_a_mount(
    file: Path, tmp_path: Path, opens: Callable[..., Database]
) -> None:
    with only_to_read(tmp_path / "disk", file) as disk:
        database = opens(disk / file.name, read_only=True)
        assert known(database) == {"T1": 1}
        assert database_problem(database) is None
        assert fault_of(lambda: write(database)).fault is DatabaseFault.READ_ONLY
        database.close()


def test_who_only_reads_sees_what_a_writer_has_not_yet_put_into_the_file(
    file: Path, tmp_path: Path, opens: Callable[..., Database]
) -> None:
    writer = opens(file)
    installs.ensure(writer, "T2", "Second")
    beside = [file.with_name(file.name + end) for end in ("-wal", "-shm")]
    assert all(path.exists() for path in beside)
    assert known(opens(file, read_only=True)) == {"T1": 1, "T2": 2}
    with only_to_read(tmp_path / "both", file, *beside) as disk:
        database = opens(disk / file.name, read_only=True)
        assert known(database) == {"T1": 1, "T2": 2}
        database.close()
    with only_to_read(tmp_path / "stale", file, beside[1]) as disk:
        database = opens(disk / file.name, read_only=True)
        assert known(database) == {"T1": 1}
        database.close()
    with only_to_read(tmp_path / "one", file, beside[0]) as disk:
        unfinished = fault_of(lambda: known(opens(disk / file.name, read_only=True)))
        assert unfinished.fault is DatabaseFault.UNFINISHED


def test_who_only_reads_makes_nothing(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/none.db", read_only=True)
    assert fault_of(lambda: known(database)).fault is DatabaseFault.CANNOT_OPEN
    database.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_damaged(file: Path, opens: Callable[..., Database]) -> None:
    content = bytearray(file.read_bytes())
    content[4096 * 2 :] = b"\xa5" * (len(content) - 4096 * 2)
    file.write_bytes(content)
    assert fault_of(lambda: known(opens(file))).fault is DatabaseFault.DAMAGED
    file.write_bytes(b"no database at all, but long enough to be looked at " * 100)
    assert fault_of(lambda: known(opens(file))).fault is DatabaseFault.DAMAGED
    assert "damaged" in str(database_problem(opens(file)))


def test_a_file_that_is_a_folder(tmp_path: Path, opens: Callable[..., Database]) -> None:
    assert fault_of(lambda: known(opens(tmp_path))).fault is DatabaseFault.CANNOT_OPEN


# PostgreSQL


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("127.0.0.1:1/x", DatabaseFault.REFUSED),
        ("/x?host=/no/such/folder", DatabaseFault.REFUSED),
        ("no-such-host.invalid/x", DatabaseFault.HOST_UNKNOWN),
        ("127.0.0.1:1/x?nonsense=1", DatabaseFault.ADDRESS),
    ],
)
def test_a_server_that_is_not_there(
    opens: Callable[..., Database], place: str, fault: DatabaseFault
) -> None:
    database = opens(f"postgresql+psycopg://dana:{SECRET}@{place}")
    assert fault_of(lambda: known(database)).fault is fault


def test_a_database_or_a_user_that_the_server_has_not(
    server: URL, opens: Callable[..., Database]
) -> None:
    elsewhere = opens(address(server.set(database="windshield_none")))
    assert fault_of(lambda: known(elsewhere)).fault is DatabaseFault.NO_DATABASE
    stranger = opens(address(server.set(username="windshield_none", password=SECRET)))
    assert fault_of(lambda: known(stranger)).fault is DatabaseFault.LOGIN


def test_a_wrong_password(server: URL, opens: Callable[..., Database]) -> None:
    rules = Path(answer(server, "SHOW hba_file"))
    if not rules.is_file():
        pytest.skip("the server is on another machine")
    before = rules.read_text()
    execute(server, f"CREATE ROLE windshield_locked LOGIN PASSWORD '{SECRET}'")
    try:
        rules.write_text(
            "local all windshield_locked scram-sha-256\n"
            f"host all windshield_locked all scram-sha-256\n{before}"
        )
        execute(server, "SELECT pg_reload_conf()")
        user = server.set(username="windshield_locked", password="wrong")
        assert fault_of(lambda: known(opens(address(user)))).fault is DatabaseFault.LOGIN
        nothing = server.set(username="windshield_locked", password=None)
        assert fault_of(lambda: known(opens(address(nothing)))).fault is DatabaseFault.LOGIN
    finally:
        rules.write_text(before)
        execute(server, "SELECT pg_reload_conf()")
        execute(server, "DROP ROLE windshield_locked")


def test_a_server_that_is_stopped_meanwhile(server: URL, opens: Callable[..., Database]) -> None:
    with postgres_database(server) as url:
        database = opens(address(url))
        migrate(database)

        def read() -> None:
            with database.reading(0) as tx:
                tx.connection.exec_driver_sql("SELECT 1")
                execute(
                    server,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    f"WHERE datname = '{url.database}' AND pid <> pg_backend_pid()",
                )
                tx.connection.exec_driver_sql("SELECT 1")

        assert fault_of(read).fault is DatabaseFault.SHUT_DOWN
        database.close()


def test_a_server_without_a_connection_left(server: URL, opens: Callable[..., Database]) -> None:
    with postgres_database(server) as url:
        execute(server, "CREATE ROLE windshield_one LOGIN CONNECTION LIMIT 1")
        try:
            one = create_engine(url.set(username="windshield_one"))
            with one.connect():
                database = opens(address(url.set(username="windshield_one")))
                assert isinstance(fault_of(lambda: known(database)), BusyError)
            one.dispose()
        finally:
            execute(server, "DROP ROLE windshield_one")


def test_a_server_that_only_reads(server: URL, opens: Callable[..., Database]) -> None:
    with postgres_database(server) as url:
        migrate(first := opens(address(url)))
        installs.ensure(first, "T1", "Home")
        first.close()
        execute(server, f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
        database = opens(address(url))
        assert known(database) == {"T1": 1}
        assert fault_of(lambda: write(database)).fault is DatabaseFault.READ_ONLY
        database.close()


def test_a_user_who_may_not(server: URL, opens: Callable[..., Database]) -> None:
    with postgres_database(server) as url:
        migrate(first := opens(address(url)))
        first.close()
        execute(server, "CREATE ROLE windshield_guest LOGIN")
        try:
            guest = opens(address(url.set(username="windshield_guest")))
            assert fault_of(lambda: known(guest)).fault is DatabaseFault.NOT_ALLOWED
            guest.close()
        finally:
            execute(server, "DROP ROLE windshield_guest")


@pytest.mark.usefixtures("tmp_path")
def test_a_disk_of_the_server_that_is_full(server: URL, opens: Callable[..., Database]) -> None:
    with postgres_database(server) as url:
        data = data_of(server)
        # Where the server's user, who is none of ours, may enter.
        place = data.parent / f"{url.database}_disk"
        with small_disk(place, "2m", data.stat().st_uid) as disk:
            execute(server, f"CREATE TABLESPACE {url.database} LOCATION '{disk}'")
            execute(url, f"CREATE TABLE many (words text) TABLESPACE {url.database}")
            database = opens(address(url))

            def fill() -> None:
                with database.writing(1) as tx:
                    tx.connection.exec_driver_sql(
                        "INSERT INTO many SELECT 'the merger is off' FROM generate_series(1, 90000)"
                    )

            assert fault_of(fill).fault is DatabaseFault.FULL
            database.close()
            execute(url, "DROP TABLE many")
            execute(server, f"DROP TABLESPACE {url.database}")
        place.rmdir()


def test_a_table_whose_file_is_gone(server: URL, opens: Callable[..., Database]) -> None:
    with postgres_database(server) as url:
        data = data_of(server)
        execute(url, "CREATE TABLE lost (words text)")
        (data / answer(url, "SELECT pg_relation_filepath('lost')")).unlink()
        database = opens(address(url))

        def read() -> None:
            with database.reading(0) as tx:
                tx.connection.exec_driver_sql("SELECT * FROM lost")

        assert fault_of(read).fault is DatabaseFault.DAMAGED
        database.close()


# Both


def at_version(database: Database, version: str) -> None:
    """Let an empty database say that it is at that version."""
    with database.writing(0) as tx:
        tx.connection.exec_driver_sql("CREATE TABLE alembic_version (version_num varchar(32))")
        tx.connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{version}')")


@pytest.mark.parametrize(
    ("version", "fault"),
    [
        ("0001", DatabaseFault.UNRELEASED),
        ("0019", DatabaseFault.UNRELEASED),
        ("9999_of_another_year", DatabaseFault.TOO_NEW),
    ],
)
def test_a_schema_that_cannot_be_brought_to_this_version(
    empty_database_url: str, opens: Callable[..., Database], version: str, fault: DatabaseFault
) -> None:
    database = opens(empty_database_url)
    at_version(database, version)
    assert database_problem(database) == str(fault)
    assert fault_of(lambda: migrate(database)).fault is fault
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert version_on(connection) == version
    database.close()


def test_a_schema_that_is_older_than_the_newest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database_problem(database) is None
    monkeypatch.setattr(storage.database.version, "HEAD", "9999_of_another_year")
    assert database_problem(database) == str(DatabaseFault.TOO_OLD)


def test_a_database_without_tables(empty_database_url: str, opens: Callable[..., Database]) -> None:
    database = opens(empty_database_url)
    assert fault_of(lambda: known(database)).fault is DatabaseFault.OTHER_SCHEMA
    assert database_problem(database) == str(DatabaseFault.EMPTY)
    database.close()


def test_a_wrong_statement_keeps_its_traceback(database: Database) -> None:
    with (
        pytest.raises((OperationalError, ProgrammingError), match=r"(?i)syntax"),
        database.reading(0) as tx,
    ):
        tx.connection.exec_driver_sql("SELEKT")


@pytest.mark.parametrize(
    "given",
    [
        "nonsense",
        f"mysql://dana:{SECRET}@host/x",
        f"postgres://dana:{SECRET}@host/x",
        f"postgresql+psycopg2://dana:{SECRET}@host/x",
        f"postgresql+psycopg://dana:{SECRET}@host:port/x",
        "sqlite://windshield.db",
        "sqlite:///windshield.db?mode=ro",
        "://",
    ],
)
def test_an_address_that_is_none(given: str) -> None:
    with pytest.raises(DatabaseAddressError) as failed:
        Database(given)
    assert "DATABASE_URL" in str(failed.value)
    assert SECRET not in "".join(traceback.format_exception(failed.value)[-1:])
