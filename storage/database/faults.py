"""What the drivers say when the database cannot be used, told apart by their codes."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.workspaces.faults import (
    BusyError,
    DatabaseFault,
    DatabaseUnavailableError,
    OutOfTimeError,
)

SQLITE_FAULTS = {
    sqlite3.SQLITE_BUSY: DatabaseFault.LOCKED,
    sqlite3.SQLITE_LOCKED: DatabaseFault.LOCKED,
    sqlite3.SQLITE_FULL: DatabaseFault.FULL,
    sqlite3.SQLITE_READONLY: DatabaseFault.READ_ONLY,
    sqlite3.SQLITE_PERM: DatabaseFault.CANNOT_OPEN,
    sqlite3.SQLITE_CANTOPEN: DatabaseFault.CANNOT_OPEN,
    sqlite3.SQLITE_IOERR: DatabaseFault.DISK,
    sqlite3.SQLITE_CORRUPT: DatabaseFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: DatabaseFault.DAMAGED,
}
"""By primary result code (https://sqlite.org/rescode.html)."""

# A full disk has no room for what several processes share, and SQLite has a code of its own for it.
SQLITE_IOERR_SHMSIZE = sqlite3.SQLITE_IOERR | (19 << 8)

NOT_THERE = ("no such table", "no such column", "has no column named")
"""SQLite has no code for these: they come as SQLITE_ERROR with a text."""

SQLSTATES = {
    "53100": DatabaseFault.FULL,
    "25006": DatabaseFault.READ_ONLY,
    "40P01": DatabaseFault.TOOK_LONG,  # two waited for each other
    "55P03": DatabaseFault.TOOK_LONG,  # a lock was not to be had in time
    "57014": DatabaseFault.TOOK_LONG,  # a statement was cut short
    "53300": DatabaseFault.NO_CONNECTION,
    "57P01": DatabaseFault.SHUT_DOWN,
    "57P02": DatabaseFault.SHUT_DOWN,
    "57P03": DatabaseFault.SHUT_DOWN,
    "3D000": DatabaseFault.NO_DATABASE,
    "42501": DatabaseFault.NOT_ALLOWED,
    "42P01": DatabaseFault.OTHER_SCHEMA,
    "42703": DatabaseFault.OTHER_SCHEMA,
    "58P01": DatabaseFault.DAMAGED,
}
SQLSTATE_CLASSES = {
    "08": DatabaseFault.LOST,
    "28": DatabaseFault.LOGIN,
    "58": DatabaseFault.DISK,
    "XX": DatabaseFault.DAMAGED,
}
"""PostgreSQL's codes (https://www.postgresql.org/docs/current/errcodes-appendix.html), each and by
class."""

SAID = tuple(
    (re.compile(words), fault)
    for words, fault in (
        (r"FATAL: +the database system is", DatabaseFault.SHUT_DOWN),
        (
            r"FATAL: .*(connection slots|too many (clients|connections))",
            DatabaseFault.NO_CONNECTION,
        ),
        (r"FATAL: +database .* does not exist", DatabaseFault.NO_DATABASE),
        (r"FATAL: +role |authentication failed|pg_hba\.conf|no password", DatabaseFault.LOGIN),
        (r"resolve host|translate host name|Name or service not known", DatabaseFault.HOST_UNKNOWN),
        (r"(?i)connection refused|no such file or directory", DatabaseFault.REFUSED),
    )
)
"""How a connection does not come about: libpq hands on a text and no code. A server that speaks
another language than English is one that does not answer."""


def can_be_written(file: Path) -> bool:
    """Whether a SQLite database can be written to: its file, and what SQLite puts beside it."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def _can_only_be_read(file: Path) -> bool:
    return file.is_file() and os.access(file, os.R_OK) and not can_be_written(file)


@contextmanager
def faults(file: Path | None = None) -> Iterator[None]:
    """Raises BusyError, OutOfTimeError and DatabaseUnavailableError in place of what the driver
    says; what is wrong with a statement or its values stays as it is. `file` is SQLite's."""
    try:
        yield
    except PoolTimeoutError as error:
        raise BusyError(DatabaseFault.NO_CONNECTION) from error
    except (DataError, IntegrityError, NotSupportedError):
        raise
    except (DatabaseError, InterfaceError) as error:
        found = of_driver(error.orig)
        if found.fault is DatabaseFault.CANNOT_OPEN and file and _can_only_be_read(file):
            # SQLite says no more than that of a file on such a mount.
            found = DatabaseUnavailableError(DatabaseFault.READ_ONLY)
        if found.fault is DatabaseFault.OTHER and _is_ours(error):
            raise
        raise found from error


def of_driver(error: BaseException | None) -> DatabaseUnavailableError:
    """What an error of the driver means."""
    fault, code = _sqlite(error) if isinstance(error, sqlite3.Error) else _postgres(error)
    if fault in (DatabaseFault.LOCKED, DatabaseFault.NO_CONNECTION):
        return BusyError(fault, code)
    kind = OutOfTimeError if fault is DatabaseFault.TOOK_LONG else DatabaseUnavailableError
    return kind(fault, code)


def _is_ours(error: DatabaseError | InterfaceError) -> bool:
    """Whether a statement is wrong: that is worth its traceback."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return isinstance(error, ProgrammingError) or code == sqlite3.SQLITE_ERROR


def is_locked(error: BaseException | None) -> bool:
    """Whether another connection holds the lock."""
    return isinstance(error, sqlite3.Error) and _sqlite(error)[0] is DatabaseFault.LOCKED


def _sqlite(error: sqlite3.Error) -> tuple[DatabaseFault, str]:
    code = int(getattr(error, "sqlite_errorcode", 0))
    name = str(getattr(error, "sqlite_errorname", type(error).__name__))
    if code == SQLITE_IOERR_SHMSIZE:
        return DatabaseFault.FULL, name
    if code == sqlite3.SQLITE_ERROR and any(words in str(error) for words in NOT_THERE):
        return DatabaseFault.OTHER_SCHEMA, name
    return SQLITE_FAULTS.get(code & 0xFF, DatabaseFault.OTHER), name


def _postgres(error: BaseException | None) -> tuple[DatabaseFault, str]:
    state = getattr(error, "sqlstate", None)
    if state:
        by_class = SQLSTATE_CLASSES.get(state[:2], DatabaseFault.OTHER)
        return SQLSTATES.get(state, by_class), state
    name = type(error).__name__
    if "invalid connection option" in str(error):
        return DatabaseFault.ADDRESS, ""
    if name != "OperationalError":
        lost = name in ("ConnectionTimeout", "InterfaceError")
        return DatabaseFault.LOST if lost else DatabaseFault.OTHER, name
    return _turned_away(str(error)), ""


def _turned_away(text: str) -> DatabaseFault:
    """Why there is no connection, from libpq's words, which name host and user: they go no
    further."""
    return next((fault for words, fault in SAID if words.search(text)), DatabaseFault.LOST)
