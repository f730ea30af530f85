"""Entries of a document, put aside on disk until it is known in which order they stand."""

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

Entry = tuple[str | int, str | int, str]
"""What it is sorted by, one after the other, and its text."""


class Aside:
    """Lists of entries in a file without a name, in the system's folder for such: it goes with the
    process, however that ends (https://sqlite.org/inmemorydb.html, "Temporary Databases")."""

    def __init__(self, names: Iterable[str]) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        # Nothing of it is ever taken back, or read by another.
        self._file.execute("PRAGMA journal_mode = OFF")
        self._file.execute("BEGIN")
        for name in names:
            self._file.execute(f"CREATE TABLE {name} (by, then_by, text)")

    def add(self, name: str, entries: Iterable[Entry]) -> None:
        """Put these aside in that list. Raises OSError where there is no room, or no more may be
        written."""
        with _room():
            self._file.executemany(f"INSERT INTO {name} VALUES (?, ?, ?)", entries)  # noqa: S608

    def sorted(self, name: str) -> Iterator[Entry]:
        """All of that list in their order; those that are alike as they came. Raises OSError."""
        ordered = f"SELECT by, then_by, text FROM {name} ORDER BY by, then_by, rowid"  # noqa: S608
        with _room():
            yield from self._file.execute(ordered)

    def close(self) -> None:
        self._file.close()


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        # SQLite says no more than that of a quota, a limit of the process, or a disk that fails.
        is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        code = errno.ENOSPC if is_full else errno.EIO
        raise OSError(code, os.strerror(code)) from error
