"""Whether the database answers and holds the schema this version needs."""

from bot.domain.workspaces.faults import DatabaseFault, DatabaseUnavailableError
from storage.database.engine import Database
from storage.database.version import schema_fault, version
from storage.workspaces import private


def database_problem(database: Database) -> str | None:
    """What keeps the database from serving, in a few words; None when nothing does."""
    try:
        fault = schema_fault(version(database))
    except DatabaseUnavailableError as error:
        return str(error)
    return None if fault is None else str(fault)


def write_problem(database: Database) -> str | None:
    """What keeps the database from being written to. Raises DatabaseUnavailableError."""
    if not database.can_be_written():
        return f"{DatabaseFault.READ_ONLY}; windshield export works, run and tick do not"
    return None


def key_problem(database: Database) -> str | None:
    """What of all that is private cannot be read with the key there is. Raises
    DatabaseUnavailableError."""
    looked, sealed = private.unreadable(database)
    if not sealed:
        return None
    return (
        f"it does not fit {sealed} of {looked} private texts looked at; put the key back that they "
        "were kept with, in WINDSHIELD_SECRET_KEY behind the new one, or as the .key file beside "
        "the database"
    )
