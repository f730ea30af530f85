"""All that a database holds, to be looked at and to be put back."""

import sqlite3
import weakref
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import Engine, make_url

Table = list[tuple[Any, ...]]
Rows = dict[str, Table]

TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename != 'alembic_version'
ORDER BY tablename
"""


class Standing(Protocol):
    """A whole database. `columns` are the names of each table's, as its rows have them."""

    @property
    def columns(self) -> Mapping[str, Sequence[str]]: ...

    def rows(self) -> Rows:
        """By table, as the database itself holds them."""
        ...

    def version(self) -> object:
        """Another value whenever the product has written something."""
        ...

    def kept(self) -> Any:
        """All of it, to be put back as often as wanted."""
        ...

    def put_back(self, kept: Any) -> None: ...


def _columns(cursor: Any) -> tuple[str, ...]:
    return tuple(one[0] for one in cursor.description)


def standing_of(engine: Engine) -> Standing:
    if engine.dialect.name == "sqlite":
        return _OnSqlite(str(make_url(str(engine.url)).database))
    url = engine.url.set(drivername="postgresql")
    return _OnPostgresql(url.render_as_string(hide_password=False))


class _OnSqlite:
    """Put back in a millisecond: by writing anew what stands otherwise. To copy the file back would
    have every connection read the schema and prepare its statements anew."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        # Nothing here has to outlive a power cut.
        self._connection.execute("PRAGMA synchronous = OFF")
        found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [name for (name,) in found if not name.startswith(("sqlite_", "alembic_"))]
        self.columns = {name: _columns(self._all_of(name)) for name in names}
        self._known: tuple[object, Rows] = None, {}

    def _all_of(self, name: str) -> sqlite3.Cursor:
        return self._connection.execute(f'SELECT * FROM "{name}"')

    def rows(self) -> Rows:
        version, (before, known) = self.version(), self._known
        if version != before:
            read = {name: self._all_of(name).fetchall() for name in self.columns}
            rows = {
                name: known[name] if known.get(name) == found else found
                for name, found in read.items()
            }
            self._known = version, rows
        return self._known[1]

    def version(self) -> object:
        return self._connection.execute("PRAGMA data_version").fetchone()[0]

    def kept(self) -> Rows:
        return self.rows()

    def put_back(self, kept: Rows) -> None:
        now = self.rows()
        changed = [name for name in kept if now[name] is not kept[name]]
        if not changed:
            return
        self._connection.execute("BEGIN IMMEDIATE")
        for name in changed:
            self._connection.execute(f'DELETE FROM "{name}"')
            values = ", ".join("?" for _ in self.columns[name])
            self._connection.executemany(f'INSERT INTO "{name}" VALUES ({values})', kept[name])
        self._connection.execute("COMMIT")
        # What this connection writes is no other version to itself.
        self._known = self.version(), kept


class _OnPostgresql:
    """Put back by writing every row anew."""

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        weakref.finalize(self, self._connection.close)
        self._connection.execute("SET session_replication_role = replica")
        names = [name for (name,) in self._connection.execute(TABLES).fetchall()]
        self.columns = {name: _columns(self._all_of(name)) for name in names}
        self._delete = sql.SQL(";").join(
            [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in names]
        )

    def _all_of(self, name: str) -> psycopg.Cursor[tuple[Any, ...]]:
        asked = sql.SQL("SELECT * FROM {} ORDER BY id").format(sql.Identifier(name))
        return self._connection.execute(asked)

    def rows(self) -> Rows:
        return {name: self._all_of(name).fetchall() for name in self.columns}

    def version(self) -> object:
        return self._connection.execute("SELECT pg_current_wal_insert_lsn()").fetchone()

    def kept(self) -> dict[str, tuple[bytes, tuple[Any, ...]]]:
        return {name: (self._copy_of(name), self._number_of(name)) for name in self.columns}

    def _copy_of(self, name: str) -> bytes:
        asked = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))
        with self._connection.cursor() as cursor, cursor.copy(asked) as rows:
            return b"".join(bytes(part) for part in rows)

    def _number_of(self, name: str) -> tuple[Any, ...]:
        asked = sql.SQL("SELECT last_value, is_called FROM {}")
        found = self._connection.execute(asked.format(sql.Identifier(f"{name}_id_seq"))).fetchone()
        assert found is not None
        return found

    def put_back(self, kept: dict[str, tuple[bytes, tuple[Any, ...]]]) -> None:
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.execute(self._delete)
            for name, (rows, number) in kept.items():
                if rows:
                    asked = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))
                    with cursor.copy(asked) as copy:
                        copy.write(rows)
                cursor.execute("SELECT setval(%s, %s, %s)", (f"{name}_id_seq", *number))
