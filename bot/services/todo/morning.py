"""The line with today's names, for managers who want it each morning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.delivery import Subject, Unsent
from bot.domain.team.calendar import local_date, when_awake
from bot.domain.team.teams import Team
from bot.domain.team.time_off import is_away
from bot.domain.todo.lists import Due, Reader, SlotState, dues_of_week
from bot.domain.todo.week import Week
from bot.domain.workspaces.people import Person
from bot.services.delivery.messages import list_subject
from bot.services.todo.weeks import facts_for
from bot.services.workspaces import calendars
from storage.database.engine import Database
from storage.team import teams


@dataclass(frozen=True)
class MorningLine:
    """Who is open on a team's list today; `shows` is what the message with that list is about."""

    team: Team
    today: date
    reps: tuple[Person, ...]
    shows: Subject


def lines_due(
    database: Database, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[MorningLine | Unsent]:
    """The lines of those teams that were due at those instants, in the order of `dues`. Not needed
    where nobody is open today, the manager is away, or the list itself comes today; too late on
    another day, or in the evening."""
    with database.reading(workspace_id) as tx:
        found = {team.id: team for team in teams.get_many(tx, list({team for team, _ in dues}))}
        today = {team.id: team.today(now) for team in found.values()}
        wanted = [
            (team.id, calendars.of_team(team.settings, today[team.id]).week_of(today[team.id]))
            for team in found.values()
        ]
        weeks = {team: week for (team, _), week in facts_for(tx, found, wanted, now).items()}
    return [_line(weeks[team], due_at, now) for team, due_at in dues]


def _line(week: Week, due_at: datetime, now: datetime) -> MorningLine | Unsent:
    team, today, zone = week.team, week.today, week.team.manager_zone
    if local_date(due_at, zone) != today or when_awake(now, zone) != now:
        return Unsent.EXPIRED
    coming = dues_of_week(week.monday, team.settings, week.calendar, week.manager_away)
    if is_away(today, week.manager_away) or Due(today, Reader.MANAGER) in coming:
        return Unsent.NOT_NEEDED
    if not team.settings.morning_line:
        return Unsent.NOT_NEEDED
    reps = tuple(
        row.slot.rep
        for row in week.rows(Reader.MANAGER)
        if row.state is SlotState.OPEN and (row.slot.day or week.begins) <= today
    )
    if not reps or week.over:
        return Unsent.NOT_NEEDED
    return MorningLine(team, today, reps, list_subject(team.id, week.monday))
