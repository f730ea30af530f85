"""The schema's version, known without loading the migrations."""

from sqlalchemy import Connection, inspect, text

from bot.domain.workspaces.faults import DatabaseFault
from storage.database.engine import Database

HEAD = "0051_period_page"
"""The newest version; a test holds it against the migration scripts. A version is a number and a
name: bare numbers are those from before the first release, none of which is there any more."""


def version(database: Database) -> str | None:
    """The version the database is at; None when it is empty. Raises DatabaseUnavailableError."""
    with database.reading(0) as tx:
        return version_on(tx.connection)


def schema_fault(found: str | None) -> DatabaseFault | None:
    """What is wrong with a database at that version; None where it is the newest."""
    if found is None:
        return DatabaseFault.EMPTY
    if found == HEAD:
        return None
    if found.isdigit():
        return DatabaseFault.UNRELEASED
    return DatabaseFault.TOO_OLD if found < HEAD else DatabaseFault.TOO_NEW


def version_on(connection: Connection) -> str | None:
    """The same, over an open connection."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row else None
