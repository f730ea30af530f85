"""The record of exports and imports."""

from datetime import datetime

from storage.database.engine import Transaction
from storage.models import Audit


def record(tx: Transaction, actor: str, action: str, subject: str, at: datetime) -> None:
    """Write down who did what to what."""
    tx.insert(Audit, actor=actor, action=action, subject=subject, at=at)


def all_records(tx: Transaction) -> list[tuple[str, str, str]]:
    """Actor, action and subject of each record, oldest first."""
    rows = tx.all(tx.select(Audit).order_by(Audit.at, Audit.id))
    return [(row.actor, row.action, row.subject) for row in rows]
