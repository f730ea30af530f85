"""When somebody asks, on their own clock."""

from datetime import date

from bot.domain.team.calendar import WorkingCalendar
from bot.services.todo import lists
from handlers.request import SlackRequest


def today(request: SlackRequest) -> date:
    """The date on the wall of who acts."""
    return lists.today(request.app.database, request.actor, request.now)


def calendar(request: SlackRequest) -> WorkingCalendar:
    """When the team of who acts works."""
    return lists.calendar(request.app.database, request.actor, request.now)
