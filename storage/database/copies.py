"""Copies of a SQLite database while others write to it, by SQLite's own way
(https://sqlite.org/backup.html)."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.workspaces.faults import DatabaseFault, DatabaseUnavailableError
from storage.database.faults import of_driver

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite puts beside a database, and takes for its own wherever it finds it."""


def copy_to(source: Path, copy: Path) -> None:
    """A whole copy of that database, as of one moment, in a new file that only its owner can read.
    Whoever writes meanwhile is not kept waiting. Raises DatabaseUnavailableError, and
    FileExistsError where there is a file: then nothing is changed."""
    with open(copy, "xb", opener=_for_its_owner):
        pass
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as from_,
            closing(sqlite3.connect(copy)) as to,
        ):
            # All pages in one transaction: a copy that goes on begins anew with each write.
            from_.backup(to, pages=-1)
            # One file holds all of it: it can be moved without what SQLite puts beside it.
            to.execute("PRAGMA journal_mode=DELETE")
            (found,) = to.execute("PRAGMA quick_check").fetchone()
            if found != "ok":
                raise DatabaseUnavailableError(DatabaseFault.DAMAGED)
    except sqlite3.Error as error:
        remove(copy)
        raise of_driver(error) from error
    except BaseException:
        remove(copy)
        raise


def move_to(made: Path, target: Path) -> None:
    """Let that database, which nobody has open, stand there, whole in one file. Raises
    FileExistsError where there is a file: then nothing is changed."""
    try:
        with closing(sqlite3.connect(made)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise of_driver(error) from error
    os.link(made, target)


def remove(file: Path) -> None:
    """That database and what is beside it."""
    for one in files_of(file):
        one.unlink(missing_ok=True)


def files_of(file: Path) -> list[Path]:
    """Where that database is, and what is beside it while it is open."""
    return [file.with_name(file.name + end) for end in ("", *BESIDE)]


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
