"""What all imports of files share."""

from contextlib import AbstractContextManager

from storage.engine import Database, Transaction

PATIENCE = 60.0
"""Seconds. Nobody's Slack is waiting for a file."""


def import_transaction(
    database: Database, workspace_id: int, *, dry_run: bool
) -> AbstractContextManager[Transaction]:
    """The one transaction of an import: it reads alone where nothing is to be written."""
    if dry_run:
        return database.reading(workspace_id)
    return database.writing(workspace_id, patience=PATIENCE)
