"""Faults from outside that every layer must be able to name."""

from enum import StrEnum


class DatabaseFault(StrEnum):
    """What is wrong with the database, as a clause for a log or an operator. It never holds a
    value, an address or what people wrote."""

    FULL = "its disk is full"
    READ_ONLY = "it can only be read"
    CANNOT_OPEN = "its file cannot be opened"
    UNFINISHED = (
        "it can only be read, and the -wal beside it holds what was written last: copy both to a "
        "folder that can be written to, and name that copy"
    )
    DISK = "its disk cannot be read or written"
    DAMAGED = "it is damaged, or is no database"
    EMPTY = "it has no schema yet: run windshield migrate"
    TOO_OLD = "its schema is older than this version needs: run windshield migrate"
    TOO_NEW = "its schema is newer than this version: run the newer Windshield"
    UNRELEASED = (
        "a version before the first release made it, and this one cannot take it over; it stays as "
        "it is, with nothing changed or lost; set DATABASE_URL to a new one"
    )
    OTHER_SCHEMA = "it has not the tables that this version needs: run windshield doctor"
    ADDRESS = "its address holds what no driver understands"
    REFUSED = "nothing answers at its address"
    HOST_UNKNOWN = "the name of its host is not known"
    SHUT_DOWN = "its server is starting or shutting down"
    LOST = "its server does not answer, or broke off"
    LOGIN = "its server refuses this user or password"
    NO_DATABASE = "its server has no database of that name"
    NOT_ALLOWED = "its server does not let this user do that"
    OTHER = "it failed in a way of its own"
    TOOK_LONG = "something took longer than it may"
    LOCKED = "others were writing"
    NO_CONNECTION = "no connection was free"


class DatabaseUnavailableError(Exception):
    """The database cannot be used: it is away, shut down, read-only, full or damaged, or it did not
    answer in time. Nothing of the transaction was kept.

    As text it is a clause that may stand in a log. `code` is the driver's own word for it.
    """

    def __init__(self, fault: DatabaseFault, code: str = "") -> None:
        super().__init__(f"{fault} ({code})" if code else str(fault))
        self.fault = fault


class OutOfTimeError(DatabaseUnavailableError):
    """This one piece of work took or waited longer than it may. The database itself is there, and
    other work may well be done."""


class BusyError(OutOfTimeError):
    """It could not even begin, for others were at work: less of it would have waited as long."""


def log_words(error: BaseException) -> str:
    """What a log may say of an error: what is wrong with the database in words, else the error's
    kind alone, whose text may be anybody's."""
    if isinstance(error, DatabaseUnavailableError):
        return f"the database cannot be used: {error}"
    return type(error).__name__
