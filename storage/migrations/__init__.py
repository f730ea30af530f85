"""The schema's versions, applied by whichever process comes first."""

from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.domain.workspaces.faults import DatabaseFault, DatabaseUnavailableError
from storage.database.engine import Database
from storage.database.faults import faults
from storage.database.version import HEAD, schema_fault, version, version_on
from storage.models import Base

__all__ = ["HEAD", "differences", "heads", "migrate", "version"]

LOCK = 0x57494E44  # a number of our own for PostgreSQL's advisory lock


def migrate(database: Database, to: str = "head") -> None:
    """Bring the schema to `to`; in a database without any table, the newest one is made at once and
    not step by step, which takes much longer. One process does it; others wait and find it done.

    Raises DatabaseUnavailableError, also for a schema that is newer than this version,
    or from before the first release.
    """
    with faults(database.file), database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("SET lock_timeout = 0; SET statement_timeout = 0")
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
            try:
                with database.engine.connect() as worker, worker.begin():
                    worker.exec_driver_sql("SET LOCAL statement_timeout = 0")
                    _upgrade(worker, to)
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
                connection.invalidate()
            return
        # Foreign keys rest while tables are rebuilt, or a rebuild would cascade; the pragma
        # does nothing inside a transaction, so it stands before it.
        connection.connection.driver_connection.execute("PRAGMA busy_timeout=30000")  # type: ignore[union-attr]
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                _upgrade(connection, to)
        finally:
            connection.invalidate()


def differences(database: Database) -> list[Any]:
    """What the models have that the migrated schema has not, or the other way round."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def heads() -> list[str]:
    """The newest versions among the scripts; there must be one."""
    return list(_scripts().get_heads())


def _upgrade(connection: Connection, to: str) -> None:
    found = version_on(connection)
    if to == "head" and found == HEAD:
        return
    fault = schema_fault(found)
    if fault is DatabaseFault.UNRELEASED:
        raise DatabaseUnavailableError(fault)
    if fault is DatabaseFault.TOO_NEW:
        raise DatabaseUnavailableError(fault, str(found))
    if to == "head" and found is None and not inspect(connection).get_table_names():
        Base.metadata.create_all(connection)
        MigrationContext.configure(connection).stamp(_scripts(), to)
        return
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config
