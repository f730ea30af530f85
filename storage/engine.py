"""The database: one engine, transactions with bounded waits, the same on SQLite and PostgreSQL."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    ExceptionContext,
    Executable,
    Select,
    Table,
    create_engine,
    delete,
    event,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain import outcome
from bot.domain.faults import BusyError, DatabaseUnavailableError, OutOfTimeError
from storage.models.base import OfWorkspace
from storage.secrets import cipher_for
from storage.types import CIPHER_ATTRIBUTE
from storage.writers import WriterQueue

# All in seconds, and counted from the moment a transaction is asked for: over in less than 2 s, so
# that a form can still be answered within Slack's 3 s.
PATIENCE = 1.8
BEGIN_WAIT = 1.2
"""To begin: in the queue of writers, for a connection and for the lock of a database that other
processes write to as well. What is left of PATIENCE is for the work."""

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
BULK = 5_000

TOOK_TOO_LONG = {
    "40P01",  # two waited for each other
    "55P03",  # a lock was not to be had in time
    "57014",  # a statement was cut short
}
"""PostgreSQL's codes (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

DIALECT_INSERT: dict[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}

AnySelect: TypeAlias = Select[*tuple[Any, ...]]


class Transaction:
    """One transaction within one workspace: every statement made here is scoped to it."""

    def __init__(self, connection: Connection, workspace_id: int, deadline: float) -> None:
        self.connection = connection
        self.workspace_id = workspace_id
        self._deadline = deadline

    def select(self, model: type[OfWorkspace], *columns: Any) -> AnySelect:
        """A select of `columns` (all, when none are named) from `model`, in this workspace."""
        chosen = columns or tuple(_table(model).c)
        statement = select(*chosen).select_from(model)
        return statement.where(model.workspace_id == self.workspace_id)

    def execute(self, statement: Executable, rows: Any = None) -> CursorResult[Any]:
        """Run a statement; raises OutOfTimeError once this transaction is out of time."""
        left = self._deadline - time.monotonic()
        if left < LOCK_WAIT:
            self._hurry(left)
        return self.connection.execute(statement, rows)

    def _hurry(self, left: float) -> None:
        """Let no statement take longer than what is left."""
        millis = int(left * 1000)
        if millis <= 0:
            raise OutOfTimeError("out of time")
        if self.connection.dialect.name == "postgresql":
            self.connection.exec_driver_sql(f"SET LOCAL statement_timeout = {millis}")

    def all(self, statement: AnySelect) -> Sequence[Any]:
        return self.execute(statement).all()

    def first(self, statement: AnySelect) -> Any:
        return self.execute(statement).first()

    def insert(self, model: type[OfWorkspace], **values: Any) -> int:
        """Insert one row; its id."""
        made = self.execute(_insert(_table(model)), {"workspace_id": self.workspace_id, **values})
        return int(made.inserted_primary_key[0])  # type: ignore[index]

    def insert_new(self, model: type[OfWorkspace], key: str, **values: Any) -> int | None:
        """Insert one row unless this workspace has one under the same `key`; its id, or None.

        Of two transactions that try at once, the later waits for the earlier.
        """
        statement = _insert_new(_table(model), key, self.connection.dialect.name)
        made = self.execute(statement, {"workspace_id": self.workspace_id, **values}).first()
        return int(made[0]) if made else None

    def insert_all(self, model: type[OfWorkspace], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows, in batches."""
        for start in range(0, len(rows), BULK):
            batch = [
                {"workspace_id": self.workspace_id, **row} for row in rows[start : start + BULK]
            ]
            self.execute(insert(_table(model)), batch)

    def insert_missing(
        self, model: type[OfWorkspace], rows: Sequence[Mapping[str, Any]], key: Sequence[str]
    ) -> None:
        """Insert those of the rows that are not there yet under the same `key`, in batches."""
        ordered = _in_order(rows, key)
        for start in range(0, len(ordered), BULK):
            batch = [
                {"workspace_id": self.workspace_id, **row} for row in ordered[start : start + BULK]
            ]
            statement = self._insert_statement(model)
            self.execute(statement.on_conflict_do_nothing(index_elements=list(key)), batch)

    def upsert(
        self, model: type[OfWorkspace], rows: Sequence[Mapping[str, Any]], key: Sequence[str]
    ) -> None:
        """Insert rows, or overwrite those that exist under the same `key`, a unique one."""
        # In one order everywhere, or two transactions could each wait for a row of the other.
        ordered = _in_order(rows, key)
        for start in range(0, len(ordered), BULK):
            batch = [
                {"workspace_id": self.workspace_id, **row} for row in ordered[start : start + BULK]
            ]
            statement = self._insert_statement(model)
            changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
            self.execute(
                statement.on_conflict_do_update(index_elements=list(key), set_=changed), batch
            )

    def update(self, model: type[OfWorkspace], *conditions: Any, **values: Any) -> int:
        """Update the rows of this workspace that meet `conditions`; how many there were."""
        statement = update(model).where(model.workspace_id == self.workspace_id, *conditions)
        return self.execute(
            statement.values(**values).execution_options(synchronize_session=False)
        ).rowcount

    def delete(self, model: type[OfWorkspace], *conditions: Any) -> int:
        """Delete the rows of this workspace that meet `conditions`; how many there were."""
        return self.execute(
            delete(model).where(model.workspace_id == self.workspace_id, *conditions)
        ).rowcount

    def _insert_statement(self, model: type[OfWorkspace]) -> Any:
        """An insert that can say what to do about a conflict."""
        return DIALECT_INSERT[self.connection.dialect.name](_table(model))


class Database:
    """The one way to the database. Nothing is opened before the first transaction."""

    def __init__(self, url: str, secret_keys: tuple[str, ...] = ()) -> None:
        parsed = make_url(url)
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.writers = WriterQueue() if self.is_sqlite else None
        setattr(self.engine.dialect, CIPHER_ATTRIBUTE, cipher_for(parsed, secret_keys))

    @contextmanager
    def reading(self, workspace_id: int) -> Iterator[Transaction]:
        """A transaction that only reads. Raises DatabaseUnavailableError."""
        asked = time.monotonic()
        with _faults(), self.engine.connect() as connection:
            connection.execution_options(**{BEGIN_UNTIL: None})
            with connection.begin():
                yield Transaction(connection, workspace_id, asked + PATIENCE)

    @contextmanager
    def writing(
        self, workspace_id: int, *, patience: float = PATIENCE, aside: bool = False
    ) -> Iterator[Transaction]:
        """A transaction that writes; kept when the block ends well. `patience` in seconds from now:
        the time after which no further statement is begun. `aside`: what it keeps is not what
        anybody asked for (a profile, where a message stands, a list that somebody looks at), so
        that nobody is told that it is saved.

        Raises DatabaseUnavailableError. Not to be used within another of the same thread: on SQLite
        the inner one waits for the outer one until it is out of time.
        """
        asked = time.monotonic()
        until = asked + BEGIN_WAIT
        # Who waits in the queue holds no connection meanwhile.
        turn = nullcontext() if self.writers is None else self.writers.turn(until)
        noted = nullcontext() if aside else outcome.saving()
        with noted, _faults(), turn, self.engine.connect() as connection:
            connection.execution_options(**{BEGIN_UNTIL: until})
            with connection.begin():
                yield Transaction(connection, workspace_id, asked + patience)

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _faults() -> Iterator[None]:
    """Raises BusyError, OutOfTimeError and DatabaseUnavailableError in place of what the driver
    says; what is wrong with a statement or its values stays as it is."""
    try:
        yield
    except (DataError, IntegrityError, NotSupportedError, ProgrammingError):
        raise
    except PoolTimeoutError as error:
        raise BusyError("no connection was free") from error
    except (DatabaseError, InterfaceError) as error:
        raise _fault(error.orig)(type(error.orig).__name__) from error


def _fault(error: BaseException | None) -> type[DatabaseUnavailableError]:
    if _is_locked(error):
        return BusyError
    too_long = getattr(error, "sqlstate", None) in TOOK_TOO_LONG
    return OutOfTimeError if too_long else DatabaseUnavailableError


def _is_locked(error: BaseException | None) -> bool:
    return _sqlite_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _sqlite_code(error: BaseException | None) -> int:
    """SQLite's primary result code (https://sqlite.org/rescode.html); 0 for another's error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


# Built once: to build a statement costs more than to run it.
@cache
def _insert(table: Table) -> Executable:
    return insert(table)


@cache
def _insert_new(table: Table, key: str, dialect: str) -> Executable:
    statement = DIALECT_INSERT[dialect](table)
    once: Executable = statement.on_conflict_do_nothing(
        index_elements=["workspace_id", key]
    ).returning(table.c.id)
    return once


def _in_order(rows: Iterable[Mapping[str, Any]], key: Sequence[str]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: tuple(str(row.get(name, "")) for name in key))


def _table(model: type[OfWorkspace]) -> Table:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def _engine(url: str) -> Engine:
    """An engine whose errors never show the values it was given: they may be private."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,
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


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: BEGIN IMMEDIATE is ours to say.
    connection.isolation_level = None
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
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
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
        connection.exec_driver_sql("BEGIN")
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
        if not _is_locked(error.orig):
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
            if not _is_locked(error):
                raise DatabaseUnavailableError(type(error).__name__) from error
        else:
            return
    raise BusyError("another process was writing")
