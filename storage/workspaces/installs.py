"""Workspaces by their Slack id."""

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from storage.database.engine import Database
from storage.models import Workspace

WORKSPACES = select(Workspace.slack_id, Workspace.id)
MAKE = insert(Workspace).values(slack_id=bindparam("slack_id"), name=bindparam("name"))


def known(database: Database) -> dict[str, int]:
    """The ids of all workspaces, by Slack id."""
    with database.reading(0) as tx:
        return {row.slack_id: row.id for row in tx.all(WORKSPACES)}


def ensure(database: Database, slack_id: str, name: str) -> int:
    """The id of that workspace, made when it is new."""
    found = known(database).get(slack_id)
    if found:
        return found
    try:
        with database.writing(0) as tx:
            tx.run(MAKE, slack_id=slack_id, name=name)
    except IntegrityError:
        # Another process met this workspace in the same moment; its row is as good as ours.
        pass
    return known(database)[slack_id]
