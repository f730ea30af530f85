"""Schedules, and messages that stand in a conversation."""

from collections.abc import Sequence
from datetime import datetime

from storage.engine import Transaction
from storage.models import PostedMessage, Schedule
from storage.models.messages import ScheduleKind


def schedule(tx: Transaction, team_id: int, kind: ScheduleKind, next_at: datetime) -> None:
    """Set when that team's next message of that kind is due."""
    changed = tx.update(
        Schedule, Schedule.team_id == team_id, Schedule.kind == kind, next_at=next_at
    )
    if not changed:
        tx.insert(Schedule, team_id=team_id, kind=kind, next_at=next_at)


def schedule_all(tx: Transaction, kind: ScheduleKind, due: Sequence[tuple[int, datetime]]) -> None:
    """First schedules of many new teams."""
    tx.insert_all(Schedule, [{"team_id": team, "kind": kind, "next_at": at} for team, at in due])


def next_at(tx: Transaction, team_id: int, kind: ScheduleKind) -> datetime | None:
    """When that is due."""
    row = tx.first(
        tx.select(Schedule, Schedule.next_at).where(
            Schedule.team_id == team_id, Schedule.kind == kind
        )
    )
    return row.next_at if row else None


def remember_posted(tx: Transaction, subject: str, channel: str, ts: str) -> None:
    """Keep where a message about `subject` stands, as just drawn."""
    tx.insert(
        PostedMessage,
        subject=subject,
        channel=channel,
        ts=ts,
        page=0,
        wanted_version=1,
        shown_version=1,
    )


def posted(tx: Transaction, subject: str) -> list[tuple[str, str]]:
    """Channel and ts of the messages about `subject`."""
    rows = tx.all(
        tx.select(PostedMessage, PostedMessage.channel, PostedMessage.ts).where(
            PostedMessage.subject == subject
        )
    )
    return [(row.channel, row.ts) for row in rows]
