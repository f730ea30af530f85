"""One transaction within one workspace."""

import time
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    Connection,
    CursorResult,
    Executable,
    Insert,
    Table,
    Update,
    func,
    insert,
    or_,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from bot.domain.workspaces.faults import DatabaseFault, OutOfTimeError
from storage.database.connections import LOCK_WAIT
from storage.models.base import OfWorkspace

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

        Its own parameters are not named like a column. Raises ValueError for what is no column, and
        for one that says whom an entry is about, or who manages a team: those are changed by
        statements of their own.
        """
        columns = statement.table.c
        if passes := [name for name in values if name in columns and columns[name].info]:
            raise ValueError(f"{statement.table} passes on, which is more than that: {passes}")
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

    def insert_new(
        self, model: type[OfWorkspace], key: str | tuple[str, ...], **values: Any
    ) -> int | None:
        """Insert one row unless this workspace has one under the same `key`, of one column or
        several; its id, or None.

        Of two transactions that try at once, the later waits for the earlier.
        """
        columns = (key,) if isinstance(key, str) else key
        statement = _insert_new(_table(model), columns, self.connection.dialect.name)
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


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _insert_new(table: Table, key: tuple[str, ...], dialect: str) -> Executable:
    missing = _insert_missing(table, ("workspace_id", *key), dialect)
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
