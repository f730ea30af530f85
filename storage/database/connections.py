"""Connections: how they are opened and prepared, and how transactions begin; waits in seconds."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
)
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from bot.domain.workspaces.faults import (
    BusyError,
    DatabaseFault,
    DatabaseUnavailableError,
)
from storage.database.address import sqlite_file
from storage.database.compiled import CompiledStatements
from storage.database.faults import is_locked, of_driver

POOL_WAIT = 0.4

LOCK_WAIT = 1.0
"""For one statement, be it the lock of a row or the statement itself."""

RETRY = 0.001
"""Between two looks whether another process still writes. Only the first in the queue looks."""

CONNECT_WAIT = 2  # libpq takes no less

POOL_SIZE = 24
"""A connection for each listener that runs, for the heartbeat, and for whoever asks how we are: one
that is opened and closed for a single transaction costs more than the transaction."""

BEGIN_UNTIL = "windshield_begin_until"


def make_engine(url: URL, *, read_only: bool) -> Engine:
    """An engine whose errors never show the values it was given: they may be private."""
    if url.get_backend_name() == "sqlite" and read_only and (file := sqlite_file(url)):
        engine = create_engine(
            url.set(database=_reading(file), query={"uri": "true"}),
            hide_parameters=True,
            execution_options={"compiled_cache": CompiledStatements()},
            connect_args={"timeout": LOCK_WAIT},
        )
        event.listen(engine, "connect", _begin_by_ourselves)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,
            execution_options={"compiled_cache": CompiledStatements()},
            pool_size=POOL_SIZE,
            max_overflow=0,
            pool_timeout=POOL_WAIT,
            connect_args={"timeout": LOCK_WAIT},
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    millis = int(LOCK_WAIT * 1000)
    engine = create_engine(
        url,
        hide_parameters=True,
        execution_options={"compiled_cache": CompiledStatements()},
        pool_size=POOL_SIZE,
        pool_timeout=POOL_WAIT,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": CONNECT_WAIT,
            "options": f"-c lock_timeout={millis} -c statement_timeout={millis} -c timezone=UTC",
        },
    )
    event.listen(engine, "handle_error", _leave_out_details)
    return engine


def _leave_out_details(context: ExceptionContext) -> None:
    # PostgreSQL quotes the row that it refuses (DETAIL), and with it what people wrote.
    if isinstance(context.sqlalchemy_exception, IntegrityError | DataError):
        for error in (context.sqlalchemy_exception, context.original_exception):
            error.args = (str(error.args[0]).partition("\n")[0],)


def _reading(path: Path) -> str:
    """The file as SQLite's URI for who only reads. Raises DatabaseUnavailableError.

    What readers share with a writer (-shm) SQLite makes beside the file, or reads where it is. On a
    read-only mount it can do neither, and takes the file only as one that nobody changes
    (https://sqlite.org/wal.html#read_only_databases): which is so there, unless a -wal beside it
    holds what was written last, and would be left out unseen.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    if os.access(path.parent, os.W_OK) or not path.exists():
        return uri
    log, shared = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    if log.exists() and shared.exists():
        return uri
    if log.exists() and log.stat().st_size > 0:
        raise DatabaseUnavailableError(DatabaseFault.UNFINISHED)
    return f"{uri}&immutable=1"


def _begin_by_ourselves(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: BEGIN IMMEDIATE is ours to say.
    connection.isolation_level = None


def _prepare_sqlite(connection: Any, record: Any) -> None:
    _begin_by_ourselves(connection, record)
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    _turn_to_wal(cursor)
    # What was said to be saved stays so when the power fails. NORMAL spares a commit the wait for
    # the disk and may lose the last ones then; builds of SQLite differ in what they begin with.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _turn_to_wal(cursor: Any) -> None:
    """Readers beside a writer. Of processes that meet on a new file one switches it, and SQLite
    does not wait for that lock by itself (https://sqlite.org/wal.html)."""
    deadline = time.monotonic() + LOCK_WAIT
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if not is_locked(error) or time.monotonic() > deadline:
                raise
            time.sleep(RETRY)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer may find the database locked for good; a writer asks at once.
    options = connection.get_execution_options()
    if BEGIN_UNTIL not in options:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif options[BEGIN_UNTIL] is None:
        # Asks for no lock, and so meets no fault that SQLAlchemy would have to name.
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN")
    else:
        _begin_immediate(connection, options[BEGIN_UNTIL])


def _begin_immediate(connection: Connection, until: float) -> None:
    """Of several processes that write without pause, SQLite's own waiting lets one wait very long:
    it looks less and less often whether the lock is free (https://sqlite.org/c3ref/busy_timeout.html).
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except DatabaseError as error:
        if not is_locked(error.orig):
            raise
        _begin_when_free(driver, until)
    finally:
        driver.execute(f"PRAGMA busy_timeout={int(LOCK_WAIT * 1000)}")


def _begin_when_free(driver: sqlite3.Connection, until: float) -> None:
    while time.monotonic() < until:
        time.sleep(RETRY)
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if not is_locked(error):
                raise of_driver(error) from error
        else:
            return
    raise BusyError(DatabaseFault.LOCKED)
