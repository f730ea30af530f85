"""When something is due next, written in the transaction of what it follows."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.delivery import MessageKind, ScheduleKey
from storage.delivery import schedules
from storage.delivery.schedules import items_due, next_at
from storage.engine import Transaction

__all__ = ["items_due", "next_at", "set_due"]


def set_due(
    tx: Transaction, kind: MessageKind, dues: Mapping[ScheduleKey, datetime | None]
) -> None:
    """Set when the next message of that kind is due for each of those; None: never. Writes."""
    coming = {key: at for key, at in dues.items() if at is not None}
    schedules.set_due(tx, kind, coming)
    schedules.remove(tx, kind, [key for key in dues if key not in coming])
