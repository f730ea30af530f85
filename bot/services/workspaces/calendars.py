"""When a team works: the weekend and the public holidays of its country or region, as the
`holidays` package knows them."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.domain.team.calendar import USUAL, WorkingCalendar
from bot.domain.team.settings import TeamSettings

if TYPE_CHECKING:
    from holidays import HolidayBase

KEPT = 400
SUNDAY = 6


def of_team(settings: TeamSettings, day: date, *more: date) -> WorkingCalendar:
    """The calendar of the team's country or region, with the public holidays of the years of those
    days and the years next to them; the usual one where no country is set."""
    if settings.country is None:
        return USUAL
    days = (day, *more)
    years = {year for one in days for year in (one.year - 1, one.year, one.year + 1)}
    return _of_years(settings.country, tuple(sorted(years)), max(days).year)


def follow_country(before: TeamSettings, after: TeamSettings, today: date) -> TeamSettings:
    """Those settings, in another country with its own first working day as the day of the to-do
    list, where it was the first working day before and nobody chose another."""
    first, now_first = (of_team(one, today).first_weekday for one in (before, after))
    if after.country != before.country and first == before.todo_day == after.todo_day:
        return replace(after, todo_day=now_first)
    return after


@lru_cache(maxsize=KEPT)
def _of_years(country: str, years: tuple[int, ...], year: int) -> WorkingCalendar:
    known = [found for one in years if (found := _of_year(country, one)) is not None]
    now = _of_year(country, year)
    if now is None:
        return USUAL
    return WorkingCalendar(
        weekend=_weekend(now, year),
        holidays=frozenset(day for one in known for day in one),
        worked=frozenset(day for one in known for day in one.weekend_workdays),
    )


@lru_cache(maxsize=KEPT)
def _of_year(country: str, year: int) -> "HolidayBase | None":
    # Loaded when first asked: it is slow, and most runs never ask.
    import holidays

    code, _, region = country.partition("-")
    try:
        found = holidays.country_holidays(code, subdiv=region or None, years=year)
    except NotImplementedError:
        # A country that an earlier version of the package knew.
        return None
    # To look up a day of another year would add that year to it.
    found.expand = False
    return found


def _weekend(country: "HolidayBase", year: int) -> frozenset[int]:
    """The weekdays of its weekend that year. Where the package knows of the Sunday alone (it is
    what a holiday is moved for), offices rest on the Saturday too."""
    week = (date(year, 7, day) for day in range(1, 8))
    weekend = frozenset(day.weekday() for day in week if country.is_weekend(day))
    return USUAL.weekend if weekend <= {SUNDAY} else weekend
