"""The database: one engine, transactions with bounded waits, the same on SQLite and PostgreSQL."""

import os
import sqlite3
import time
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    URL,
    Connection,
    CursorResult,
    Engine,
    ExceptionContext,
    Executable,
    Insert,
    Table,
    Update,
    create_engine,
    event,
    func,
    insert,
    or_,
    text,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from bot.domain.workspaces import outcome
from bot.domain.workspaces.faults import (
    BusyError,
    DatabaseFault,
    DatabaseUnavailableError,
    OutOfTimeError,
)
from storage.database.address import read_address, sqlite_file
from storage.database.faults import can_be_written, faults, is_locked, of_driver
from storage.database.secrets import cipher_for
from storage.database.types import CIPHER_ATTRIBUTE
from storage.database.writers import WriterQueue
from storage.models.base import OfWorkspace

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

FILE_PATIENCE = 60.0
"""The same where nobody's Slack waits: for an import of a file."""

CONNECT_WAIT = 2  # libpq takes no less
POOL_SIZE = 24
"""A connection for each listener that runs, for the heartbeat, and for whoever asks how we are: one
that is opened and closed for a single transaction costs more than the transaction."""

READ_ONLY = text("SHOW transaction_read_only")
BEGIN_UNTIL = "windshield_begin_until"
BULK = 5_000
"""Rows that are written, or ids that are named, by one statement: SQLite takes 32,766 parameters,
PostgreSQL 65,535."""

DIALECT_INSERT: dict[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}

Named: TypeAlias = Mapping[str, Any]
_T = TypeVar("_T")


class Transaction:
    """One transaction within one workspace: every statement made here is scoped to it."""

    def __init__(self, connection: Connection, workspace_id: int, deadline: float) -> None:
        self.connection = connection
        self.workspace_id = workspace_id
        self._deadline = deadline

    def execute(
        self, statement: Executable, named: Named | Sequence[Named] | None = None
    ) -> CursorResult[Any]:
        """Run a statement with what its parameters are bound to, or once for each of many such;
        the workspace is bound here. Raises OutOfTimeError once this transaction is out of time."""
        own = {"workspace": self.workspace_id}
        if named is None or isinstance(named, Mapping):
            return self._execute(statement, {**(named or {}), **own})
        return self._execute(statement, [{**one, **own} for one in named])

    def _execute(self, statement: Executable, rows: Any) -> CursorResult[Any]:
        left = self._deadline - time.monotonic()
        if left < LOCK_WAIT:
            self.limit_statements(left)
        return self.connection.execute(statement, rows)

    def limit_statements(self, left: float) -> None:
        """Let no statement take longer than what is left, in seconds."""
        millis = int(left * 1000)
        if millis <= 0:
            raise OutOfTimeError(DatabaseFault.TOOK_LONG)
        if self.connection.dialect.name == "postgresql":
            self.connection.exec_driver_sql(f"SET LOCAL statement_timeout = {millis}")

    def all(self, statement: Executable, **named: Any) -> list[Any]:
        """The rows that are found, to be read by the names of their columns."""
        return _by_name(self.execute(statement, named))

    def first(self, statement: Executable, **named: Any) -> Any:
        """The first of the rows, or None."""
        found = self.execute(statement, named)
        row = found.first()
        return None if row is None else _row(tuple(found.keys()))._make(row)

    def all_among(
        self,
        statement: Executable,
        among: Iterable[Any],
        order: Callable[[Any], Any] | None = None,
        *,
        descending: bool = False,
        **named: Any,
    ) -> list[Any]:
        """The rows of a statement that names AMONG, of which each belongs to one of the list.

        A long list is asked for in parts: rows are in the statement's order within what belongs to
        one of the list, and among all of them where `order` says what the statement orders by.
        """
        parts = [
            self.all(statement, among=part, **named) for part in _parts(tuple(dict.fromkeys(among)))
        ]
        rows = [row for part in parts for row in part]
        if order and len(parts) > 1:
            rows.sort(key=order, reverse=descending)
        return rows

    def run(self, statement: Executable, **named: Any) -> int:
        """Run an update or a delete; how many rows there were."""
        return self.execute(statement, named).rowcount

    def run_among(self, statement: Executable, among: Iterable[Any], **named: Any) -> int:
        """The same for one that names AMONG."""
        parts = _parts(tuple(dict.fromkeys(among)))
        return sum(self.run(statement, among=part, **named) for part in parts)

    def change(self, statement: Update, values: Mapping[str, Any], **named: Any) -> int:
        """Run an update that sets those columns, by their names; how many rows there were.

        Its own parameters are not named like a column. Raises ValueError for what is no column.
        """
        columns = statement.table.c
        if unknown := [name for name in values if name not in columns]:
            raise ValueError(f"no columns of {statement.table}: {unknown}")
        return self.execute(statement, {**values, **named}).rowcount

    def change_among(
        self, statement: Update, values: Mapping[str, Any], among: Iterable[Any], **named: Any
    ) -> int:
        """The same for one that names AMONG."""
        parts = _parts(tuple(dict.fromkeys(among)))
        return sum(self.change(statement, values, among=part, **named) for part in parts)

    def insert(self, model: type[OfWorkspace], **values: Any) -> int:
        """Insert one row; its id."""
        made = self._execute(_insert(_table(model)), self._own(values))
        return int(made.inserted_primary_key.id)  # type: ignore[union-attr]

    def insert_new(self, model: type[OfWorkspace], key: str, **values: Any) -> int | None:
        """Insert one row unless this workspace has one under the same `key`; its id, or None.

        Of two transactions that try at once, the later waits for the earlier.
        """
        statement = _insert_new(_table(model), key, self.connection.dialect.name)
        made = self._execute(statement, self._own(values)).first()
        return int(made.id) if made else None

    def insert_all(self, model: type[OfWorkspace], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows, in batches."""
        self._execute_parts(_insert(_table(model)), rows)

    def insert_missing(
        self, model: type[OfWorkspace], rows: Sequence[Mapping[str, Any]], key: Sequence[str]
    ) -> None:
        """Insert those of the rows that are not there yet under the same `key`, in batches."""
        statement = _insert_missing(_table(model), tuple(key), self.connection.dialect.name)
        self._execute_parts(statement, _in_order(rows, key))

    def upsert(
        self,
        model: type[OfWorkspace],
        rows: Sequence[Mapping[str, Any]],
        key: Sequence[str],
        stamp: str | None = None,
    ) -> None:
        """Insert rows, or overwrite those that exist under the same `key`, a unique one.

        `stamp` names a column that grows: a row that has a higher one already stays as it is, and
        one is kept where the new row has none.
        """
        if rows:
            changed = tuple(name for name in rows[0] if name not in key)
            dialect = self.connection.dialect.name
            statement = _upsert(_table(model), tuple(key), changed, stamp, dialect)
            # In one order everywhere, or two transactions could each wait for a row of the other.
            self._execute_parts(statement, _in_order(rows, key))

    def _own(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A new row of this workspace."""
        return {"workspace_id": self.workspace_id, **values}

    def _execute_parts(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        for part in _parts(rows):
            self._execute(statement, [self._own(row) for row in part])


class Database:
    """The one way to the database. Nothing is opened before the first transaction."""

    def __init__(
        self, url: str, secret_keys: tuple[str, ...] = (), *, read_only: bool = False
    ) -> None:
        """`read_only`: nothing is made and nothing written, be it a key or a file beside it.

        Raises DatabaseAddressError and SecretKeyError.
        """
        parsed = read_address(url)
        self.file = sqlite_file(parsed)
        self.engine = _engine(parsed, read_only=read_only)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.writers = WriterQueue() if self.is_sqlite else None
        setattr(
            self.engine.dialect,
            CIPHER_ATTRIBUTE,
            cipher_for(parsed, secret_keys, make=not read_only),
        )

    @contextmanager
    def reading(self, workspace_id: int, *, patience: float = PATIENCE) -> Iterator[Transaction]:
        """A transaction that only reads. `patience` as in `writing`, and each statement has as much
        time. Raises DatabaseUnavailableError."""
        asked = time.monotonic()
        with faults(self.file), self.engine.connect() as connection:
            connection.execution_options(**{BEGIN_UNTIL: None})
            with connection.begin():
                tx = Transaction(connection, workspace_id, asked + patience)
                if patience > PATIENCE:
                    tx.limit_statements(patience)
                yield tx

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
        with noted, faults(self.file), turn, self.engine.connect() as connection:
            connection.execution_options(**{BEGIN_UNTIL: until})
            with connection.begin():
                yield Transaction(connection, workspace_id, asked + patience)

    def can_be_written(self) -> bool:
        """Whether it takes anything new. Raises DatabaseUnavailableError."""
        if self.is_sqlite:
            return self.file is None or can_be_written(self.file)
        with self.reading(0) as tx:
            return bool(tx.execute(READ_ONLY).scalar_one() == "off")

    def close(self) -> None:
        self.engine.dispose()


# Built once for each table, as the constants of the rooms are. What an insert sets are the columns
# of the rows that it is given.
@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _insert_new(table: Table, key: str, dialect: str) -> Executable:
    missing = _insert_missing(table, ("workspace_id", key), dialect)
    once: Executable = missing.returning(table.c.id)
    return once


@cache
def _insert_missing(table: Table, key: tuple[str, ...], dialect: str) -> Any:
    return DIALECT_INSERT[dialect](table).on_conflict_do_nothing(index_elements=key)


@cache
def _upsert(
    table: Table, key: tuple[str, ...], changed: tuple[str, ...], stamp: str | None, dialect: str
) -> Executable:
    statement = DIALECT_INSERT[dialect](table)
    values = {name: statement.excluded[name] for name in changed}
    newer = None
    if stamp is not None:
        told, there = statement.excluded[stamp], table.c[stamp]
        values[stamp] = func.coalesce(told, there)
        newer = or_(told.is_(None), there.is_(None), told >= there)
    upsert: Executable = statement.on_conflict_do_update(
        index_elements=key, set_=values, where=newer
    )
    return upsert


def _by_name(found: CursorResult[Any]) -> list[Any]:
    # A named tuple is read by name ten times as fast as a row of SQLAlchemy's.
    rows = found.all()
    return list(map(_row(tuple(found.keys()))._make, rows)) if rows else []


@cache
def _row(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names)


def _parts(whole: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (whole[start : start + BULK] for start in range(0, len(whole), BULK))


def _in_order(rows: Iterable[Mapping[str, Any]], key: Sequence[str]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda row: tuple(str(row.get(name, "")) for name in key))


def _table(model: type[OfWorkspace]) -> Table:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def _engine(url: URL, *, read_only: bool) -> Engine:
    """An engine whose errors never show the values it was given: they may be private."""
    if url.get_backend_name() == "sqlite" and read_only and (file := sqlite_file(url)):
        engine = create_engine(
            url.set(database=_reading(file), query={"uri": "true"}),
            hide_parameters=True,
            connect_args={"timeout": LOCK_WAIT},
        )
        event.listen(engine, "connect", _begin_by_ourselves)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if url.get_backend_name() == "sqlite":
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
