"""Calendars as files (.ics), read by whatever keeps somebody's calendar.

Source: RFC 5545, and X-WR-CALNAME and REFRESH-INTERVAL (RFC 7986) for what is subscribed to.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.binder.calendar import CalendarEntry, Weekly

if TYPE_CHECKING:
    from icalendar import Event, Timezone

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REFRESH = timedelta(hours=1)
YEARS_AHEAD = 3
"""Longer than any series: the clocks of a calendar are right for all that is in it, and around."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
"""What no text of a calendar may hold (RFC 5545, section 3.1), but for the end of a line."""


def to_ics(entries: Iterable[CalendarEntry], name: str, at: datetime) -> bytes:
    """Those entries as a calendar of that name, as they are `at` that instant."""
    from icalendar import Calendar  # a second of start-up, for what most runs never write

    calendar = Calendar()
    calendar.add("prodid", "-//Windshield//Windshield//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _line(name))
    calendar.add("name", _line(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, at))
    days = [_day(when) for entry in calendar.events for when in (entry.start, entry.end)]
    # First what says when a time is, for who reads from the top.
    calendar.subcomponents[:0] = [
        zone_component(
            ZoneInfo(key),
            date(min(days).year - 1, 1, 1),
            date(max(*days, at.date()).year + YEARS_AHEAD, 1, 1),
        )
        for key in sorted(calendar.get_missing_tzids())
    ]
    text: bytes = calendar.to_ical()
    return text


def _event(entry: CalendarEntry, at: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("summary", _line(entry.title))
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if not isinstance(entry.start, datetime):
        event.add("transp", "TRANSPARENT")
    if entry.where:
        event.add("location", _plain(entry.where))
    if entry.stands_for is not None:
        event.add("recurrence-id", entry.stands_for)
    if entry.weekly is not None:
        event.add("rrule", _rule(entry.weekly))
        for left_out in entry.weekly.left_out:
            event.add("exdate", left_out)
    return event


def _rule(weekly: Weekly) -> dict[str, object]:
    return {
        "freq": "WEEKLY",
        "until": weekly.until.astimezone(UTC),
        "interval": weekly.every,
        "byday": [DAYS[day] for day in weekly.weekdays],
        "wkst": DAYS[weekly.first_weekday],
    }


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _plain(words: str) -> str:
    return _CONTROL.sub(" ", words.replace("\r\n", "\n"))


def _line(words: str) -> str:
    return _plain(words).replace("\n", " ")


def zone_component(zone: ZoneInfo, first: date, last: date) -> "Timezone":
    """The clocks of a zone from one day to another: a time of change for each that there is.

    Of our own, since icalendar (7.3) says of a change to daylight saving the time after it, where
    RFC 5545 (section 3.6.5) wants the time before.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    component = Timezone()
    component.add("tzid", zone.key)
    begins = datetime.combine(first, time(), UTC)
    onsets: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {}
    offset = _offset(begins, zone)
    onsets[offset, offset, *_named(begins, zone)] = [(begins + offset).replace(tzinfo=None)]
    for change in _changes(begins, datetime.combine(last, time(), UTC), zone):
        before = _offset(change - timedelta(seconds=1), zone)
        observance = (before, _offset(change, zone), *_named(change, zone))
        onsets.setdefault(observance, []).append((change + before).replace(tzinfo=None))
    for (before, after, name, daylight), times in onsets.items():
        observed = TimezoneDaylight() if daylight else TimezoneStandard()
        observed.add("dtstart", times[0])
        if times[1:]:
            observed.add("rdate", times[1:])
        observed.add("tzname", name)
        observed.add("tzoffsetfrom", before)
        observed.add("tzoffsetto", after)
        component.add_component(observed)
    return component


def _changes(begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants between those two at which the clocks of the zone change, to the minute."""
    day = begins
    while day < ends:
        low, high = day, day + timedelta(days=1)
        if _clock(low, zone) != _clock(high, zone):
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                middle = middle.replace(second=0, microsecond=0)
                if _clock(middle, zone) == _clock(day, zone):
                    low = middle
                else:
                    high = middle
            yield high
        day += timedelta(days=1)


def _clock(at: datetime, zone: ZoneInfo) -> tuple[timedelta, str, bool]:
    return _offset(at, zone), *_named(at, zone)


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _named(at: datetime, zone: ZoneInfo) -> tuple[str, bool]:
    local = at.astimezone(zone)
    return local.tzname() or zone.key, bool(local.dst())
