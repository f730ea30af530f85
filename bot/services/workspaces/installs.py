"""Workspaces the bot is installed in."""

from storage.database.engine import Database
from storage.workspaces import installs


def ensure(database: Database, slack_id: str, name: str) -> int:
    """Our id of that workspace, made when it is new."""
    return installs.ensure(database, slack_id, name)
