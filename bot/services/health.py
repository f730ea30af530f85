"""Whether the database answers and holds the schema this version needs."""

from bot.domain.faults import DatabaseUnavailableError
from storage.engine import Database
from storage.version import HEAD, version


def database_problem(database: Database) -> str | None:
    """What keeps the database from serving, in a few words; None when nothing does."""
    try:
        found = version(database)
    except DatabaseUnavailableError as error:
        return f"the database does not answer ({error})"
    if found != HEAD:
        return f"the schema is at {found or 'nothing'}, not {HEAD}: run windshield migrate"
    return None
