"""Workspaces by their Slack id."""

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.database.engine import Database
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Workspace

WORKSPACES = select(Workspace.slack_id, Workspace.id)
KEPT_MONTHS = select(Workspace.kept_months).where(Workspace.id == WORKSPACE)
KEEP_MONTHS = (
    update(Workspace).where(Workspace.id == WORKSPACE).values(kept_months=bindparam("months"))
)
SLACK_ID = select(Workspace.slack_id).where(Workspace.id == WORKSPACE)
MAKE = insert(Workspace).values(slack_id=bindparam("slack_id"), name=bindparam("name"))


def all_ids(database: Database) -> dict[str, int]:
    """The ids of all workspaces, by Slack id."""
    with database.reading(0) as tx:
        return {row.slack_id: row.id for row in tx.all(WORKSPACES)}


def ensure(database: Database, slack_id: str, name: str) -> int:
    """The id of that workspace, made when it is new."""
    found = all_ids(database).get(slack_id)
    if found:
        return found
    try:
        with database.writing(0) as tx:
            tx.run(MAKE, slack_id=slack_id, name=name)
    except IntegrityError:
        # Another process met this workspace in the same moment; its row is as good as ours.
        pass
    return all_ids(database)[slack_id]


def slack_id(tx: Transaction) -> str:
    """The Slack id of the workspace."""
    return str(tx.first(SLACK_ID).slack_id)


def kept_months(tx: Transaction) -> int | None:
    """For how many months the workspace keeps things; None: until somebody deletes them."""
    row = tx.first(KEPT_MONTHS)
    return row.kept_months if row else None


def keep_for(tx: Transaction, months: int | None) -> None:
    """Let the workspace keep things for so many months; None: until somebody deletes them."""
    tx.run(KEEP_MONTHS, months=months)
