"""When a rep works for a team, which is what results are held against."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.results.results import Period
from bot.domain.team.calendar import USUAL, WorkingCalendar
from bot.domain.team.teams import TimeOff


@dataclass(frozen=True)
class Presence:
    """A team's calendar, a rep's days off, and from when to when the rep is on the team, both ends
    included; None where that end is open."""

    calendar: WorkingCalendar = USUAL
    away: tuple[TimeOff, ...] = ()
    first: date | None = None
    last: date | None = None

    def working_days(self, period: Period) -> tuple[date, ...]:
        """The team's working days of the period while the rep is on it, days off among them."""
        start = max(period.start, self.first or period.start)
        end = min(period.end, self.last or period.end)
        return _working_days(self.calendar, start, end)


@lru_cache(maxsize=2_000)
def _working_days(calendar: WorkingCalendar, start: date, end: date) -> tuple[date, ...]:
    """A team's reps have the same periods, and each reading of theirs is held against all of it."""
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return tuple(day for day in days if calendar.works(day))
