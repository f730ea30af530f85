"""The only writer of schedules, in the transaction of the setting that changed."""

from datetime import datetime

from bot.domain.calendar import instant, local_date, next_weekly
from bot.domain.people import zone_named
from bot.domain.teams import TeamSettings
from storage import messages, teams
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


def zone_changed(tx: Transaction, manager: str, before: str | None, now: datetime) -> None:
    """Let the schedules of that manager's team follow a new zone in the Slack profile.

    What is pending stays on its day, at the same time on the wall of the new zone; where that
    has passed already it is due at once, so that no week goes without. `before` is the zone that
    the profile had. Nothing happens for someone who has no team.
    """
    team = teams.of_manager(tx, manager)
    due = messages.next_at(tx, team.id, ScheduleKind.TODO_LIST) if team else None
    if team is None or due is None or due <= now:
        return
    day = local_date(due, zone_named(before or team.settings.zone))
    zone = zone_named(team.manager.zone or team.settings.zone)
    again = instant(day, team.settings.todo_time, zone)
    messages.schedule(tx, team.id, ScheduleKind.TODO_LIST, max(again, now))
