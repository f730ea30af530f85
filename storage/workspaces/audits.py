"""The record of exports and imports."""

from datetime import datetime

from sqlalchemy import select

from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Audit

RECORDS = (
    select(Audit.actor, Audit.action, Audit.subject)
    .where(Audit.workspace_id == WORKSPACE)
    .order_by(Audit.at, Audit.id)
)


def record(tx: Transaction, actor: str, action: str, subject: str, at: datetime) -> None:
    """Write down who did what to what."""
    tx.insert(Audit, actor=actor, action=action, subject=subject, at=at)


def all_records(tx: Transaction) -> list[tuple[str, str, str]]:
    """Actor, action and subject of each record, oldest first."""
    return [(row.actor, row.action, row.subject) for row in tx.all(RECORDS)]
