"""Days and clocks: wall-clock rules in a zone, made into instants in one place."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOON = time(12)


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


def next_weekly(weekday: int, at: time, zone: ZoneInfo, after: datetime) -> datetime:
    """The first instant later than `after` that is `at` on `weekday` (Monday is 0) in `zone`."""
    today = local_date(after, zone)
    day = today + timedelta(days=(weekday - today.weekday()) % 7)
    found = instant(day, at, zone)
    return found if found > after else instant(day + timedelta(days=7), at, zone)
