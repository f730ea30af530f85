"""Whether the database answers and holds the schema this version needs."""

from bot.domain.faults import DatabaseUnavailableError
from storage.engine import Database
from storage.version import schema_fault, version


def database_problem(database: Database) -> str | None:
    """What keeps the database from serving, in a few words; None when nothing does."""
    try:
        fault = schema_fault(version(database))
    except DatabaseUnavailableError as error:
        return str(error)
    return None if fault is None else str(fault)
