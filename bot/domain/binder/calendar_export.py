"""The calendar of a whole team, as an export gives it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from bot.domain.binder.calendar import CalendarEntry, of_manager
from bot.domain.binder.export import ExportRequest
from bot.domain.binder.record import TeamRecord
from bot.domain.team.teams import Team


def team_name(team: Team) -> str:
    """What the calendar of that team is called."""
    return f"Windshield: {team.manager.name}'s team"


def of_record(record: TeamRecord, request: ExportRequest, now: datetime) -> Iterator[CalendarEntry]:
    """What of it was asked for: of the reps that were, what is with them; what is of the whole team
    in any case. A series that reaches into the days that were asked for is there whole."""
    if record.calendar is None:
        return
    facts = replace(record.calendar, dates=record.account_dates)
    for one in of_manager(facts, now):
        if request.reps and one.rep is not None and one.rep not in request.reps:
            continue
        last = one.weekly.until if one.weekly else one.start
        if request.since is not None and _day(last) < request.since:
            continue
        if request.until is not None and _day(one.start) > request.until:
            continue
        yield one


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when
