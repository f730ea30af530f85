"""When a rep works for a team, which is what results are held against."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.results.results import Period, Result
from bot.domain.team.calendar import USUAL, WorkingCalendar
from bot.domain.team.teams import Membership, Team, TimeOff

SETTING_UP = timedelta(days=14)
"""Who is added in the first days of a team was there before it was set up here."""


@dataclass(frozen=True)
class Presence:
    """A team's calendar, a rep's days off, and from when to when the rep is there, both ends
    included; None where that end is open."""

    calendar: WorkingCalendar = USUAL
    away: tuple[TimeOff, ...] = ()
    first: date | None = None
    last: date | None = None

    def working_days(self, period: Period) -> tuple[date, ...]:
        """The team's working days of the period while the rep is there, days off among them."""
        start = max(period.start, self.first or period.start)
        end = min(period.end, self.last or period.end)
        return _working_days(self.calendar, start, end)

    def of(self, result: Result) -> "Presence":
        """The same for a result: whoever had reached something by a day before they came was there
        before, on another team, say."""
        first = self.first
        if first is None or not any(one.actual and one.as_of < first for one in result.readings):
            return self
        return replace(self, first=None)


def came_on(team: Team, member: Membership) -> date | None:
    """The day on which a rep began; None for those who were there when the team was set up, which
    says when Windshield came, and nothing of them. Who is said to be new on the team is new."""
    was_there = member.joined_on <= team.created_on + SETTING_UP and not member.new_on_team
    return None if was_there else member.joined_on


@lru_cache(maxsize=2_000)
def _working_days(calendar: WorkingCalendar, start: date, end: date) -> tuple[date, ...]:
    """A team's reps have the same periods, and each reading of theirs is held against all of it."""
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return tuple(day for day in days if calendar.works(day))
