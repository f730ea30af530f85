"""Workspaces the bot is installed in."""

from storage import workspaces
from storage.engine import Database


def ensure(database: Database, slack_id: str, name: str) -> int:
    """Our id of that workspace, made when it is new."""
    return workspaces.ensure(database, slack_id, name)
