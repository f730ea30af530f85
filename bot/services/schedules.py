"""The only writer of schedules, in the transaction of the setting that changed."""

from datetime import datetime

from bot.domain.calendar import next_weekly
from bot.domain.people import zone_named
from bot.domain.teams import TeamSettings
from storage import messages
from storage.engine import Transaction
from storage.models.messages import ScheduleKind


def todo_list_due(settings: TeamSettings, manager_zone: str | None, now: datetime) -> datetime:
    """When the next to-do list is due: in the manager's own zone."""
    zone = zone_named(manager_zone or settings.zone)
    return next_weekly(settings.todo_day, settings.todo_time, zone, now)


def follow(
    tx: Transaction,
    team_id: int,
    settings: TeamSettings,
    manager_zone: str | None,
    now: datetime,
) -> None:
    """Let the team's schedules follow its settings."""
    due = todo_list_due(settings, manager_zone, now)
    messages.schedule(tx, team_id, ScheduleKind.TODO_LIST, due)
