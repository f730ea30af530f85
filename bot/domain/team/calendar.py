"""Days and clocks: wall-clock rules in a zone, made into instants in one place."""

from collections.abc import Iterator, Set
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOON = time(12)
WORKING_DAYS = 5
"""Monday to Friday."""


WAKES, RESTS = time(7), time(19)
"""Between these, on their own clock, people hear of what is not urgent."""


def when_awake(at: datetime, zone: ZoneInfo) -> datetime:
    """That instant, or the next after it that is between 07:00 and 19:00 on the wall."""
    wall = at.astimezone(zone)
    if WAKES <= wall.time() < RESTS:
        return at
    day = wall.date() if wall.time() < WAKES else wall.date() + timedelta(days=1)
    return instant(day, WAKES, zone)


def local_date(now: datetime, zone: ZoneInfo) -> date:
    """The date on the wall in that zone."""
    return now.astimezone(zone).date()


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That wall-clock time as an instant in UTC.

    A time that does not exist moves forward by the gap; one that occurs twice is the first
    (PEP 495: fold=0 reads a time in a gap with the offset before it).
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def when_it_happened(day: date, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a contact of `day`: now for today, else noon of that day in `zone`.

    Only the day of a backdated contact is known; noon keeps it on that day in most zones.
    """
    return now if day == local_date(now, zone) else instant(day, NOON, zone)


def monday_of(day: date) -> date:
    """The Monday of the week that `day` is in."""
    return day - timedelta(days=day.weekday())


@lru_cache(maxsize=1024)
def working_days(monday: date, holidays: frozenset[date] = frozenset()) -> tuple[date, ...]:
    """The working days of the week that begins on `monday`: Monday to Friday, no holidays."""
    week = (monday + timedelta(days=n) for n in range(WORKING_DAYS))
    return tuple(day for day in week if day not in holidays)


def working_days_from(day: date, holidays: Set[date] = frozenset()) -> Iterator[date]:
    """Working days from `day` on, without end."""
    while True:
        if day.weekday() < WORKING_DAYS and day not in holidays:
            yield day
        day += timedelta(days=1)


def date_words(day: date, today: date) -> str:
    """A day by its date: Wed 18 Nov; the year where it differs. Every date that people read is
    written here, so that all are of one style, whatever language the machine is set to."""
    words = f"{DAYS[day.weekday()][:3]} {_of_month(day)}"
    return words if day.year == today.year else f"{words} {day.year}"


def dates_words(first: date, last: date) -> str:
    """Some days in a row: 23–27 Nov, or 30 Nov – 4 Dec."""
    if first.month == last.month:
        return f"{first.day}–{_of_month(last)}"
    return f"{_of_month(first)} – {_of_month(last)}"


def _of_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
