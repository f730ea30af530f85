"""When something is due next, written in the transaction of what it follows."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.delivery import MessageKind, ScheduleKey
from storage.database.transaction import Transaction
from storage.delivery import schedules
from storage.delivery.schedules import coming, items_due, next_at, remove_of_team

__all__ = ["coming", "items_due", "next_at", "remove_of_team", "set_all_due", "set_due"]


def set_due(
    tx: Transaction, kind: MessageKind, dues: Mapping[ScheduleKey, datetime | None]
) -> None:
    """Set when the next message of that kind is due for each of those; None: never. Writes."""
    set_all_due(tx, {kind: dues})


def set_all_due(
    tx: Transaction, dues: Mapping[MessageKind, Mapping[ScheduleKey, datetime | None]]
) -> None:
    """The same for several kinds at once, in as many statements. Writes."""
    coming = {
        kind: {key: at for key, at in own.items() if at is not None} for kind, own in dues.items()
    }
    schedules.set_due(tx, coming)
    over = {kind: [key for key in own if key not in coming[kind]] for kind, own in dues.items()}
    schedules.remove(tx, over)
