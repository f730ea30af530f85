"""Days and clocks: wall-clock rules in a zone, made into instants in one place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOON = time(12)
WEEK = timedelta(days=7)

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
    """The Monday on or before `day`."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class WorkingCalendar:
    """When a team works: not on the weekdays of its `weekend` (Monday is 0), nor on a public
    holiday; `worked` are days of a weekend that are worked in place of others.

    A week has seven days and begins with its first working weekday: on Sunday where the weekend
    is Friday and Saturday. It is named by the Monday in it, whatever the country, so that a week
    keeps its name when the country of a team is set or changed.
    """

    weekend: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    @cached_property
    def weekdays(self) -> tuple[int, ...]:
        """The seven weekdays in the order of the week: the longest run of working ones first."""

        def run(first: int) -> int:
            days = [(first + n) % 7 in self.weekend for n in range(7)]
            return days.index(True) if True in days else 7

        first = max(range(7), key=lambda day: (run(day), -day))
        return tuple((first + n) % 7 for n in range(7))

    def works(self, day: date) -> bool:
        """Whether that day is worked."""
        if day in self.worked:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays

    def place(self, weekday: int) -> int:
        """Which day of the week a weekday is; the first is 0."""
        return self.weekdays.index(weekday)

    @property
    def first_weekday(self) -> int:
        """The weekday that a week begins with."""
        return self.weekdays[0]

    @property
    def last_weekday(self) -> int:
        """The last weekday that is no weekend."""
        return next(day for day in reversed(self.weekdays) if day not in self.weekend)

    def week_of(self, day: date) -> date:
        """The Monday that names the week which `day` is in."""
        begins = day - timedelta(days=self.place(day.weekday()))
        return begins + timedelta(days=-begins.weekday() % 7)

    def begins(self, monday: date) -> date:
        """The first day of the week of that Monday."""
        return monday - timedelta(days=self.place(0))

    def ends(self, monday: date) -> date:
        """The last of its seven days."""
        return self.begins(monday) + timedelta(days=6)

    def span(self, monday: date) -> tuple[date, date]:
        """The first and the last of its working days, public holidays among them."""
        first = self.begins(monday)
        days = [first + timedelta(days=n) for n in range(7)]
        worked = [day for day in days if day.weekday() not in self.weekend or day in self.worked]
        return worked[0], worked[-1]

    def working_days(self, monday: date) -> tuple[date, ...]:
        """Its days that are worked; none where every one is a holiday."""
        return _working_days(self, monday)

    def without_holidays(self) -> "WorkingCalendar":
        """The same country in a year without public holidays."""
        return WorkingCalendar(self.weekend)

    def days_from(self, day: date) -> Iterator[date]:
        """Working days from `day` on, without end."""
        while True:
            if self.works(day):
                yield day
            day += timedelta(days=1)

    def days_before(self, day: date) -> Iterator[date]:
        """Working days before `day`, the latest first, without end."""
        while True:
            day -= timedelta(days=1)
            if self.works(day):
                yield day

    def end_of_week(self, today: date) -> date:
        """The last weekday of this week that is no weekend; where it is over, the next week's."""
        days = self.place(self.last_weekday) - self.place(today.weekday())
        return today + timedelta(days=days % 7)


USUAL = WorkingCalendar()
"""Monday to Friday, no holidays: where a team has no country."""


@lru_cache(maxsize=1024)
def _working_days(calendar: WorkingCalendar, monday: date) -> tuple[date, ...]:
    first = calendar.begins(monday)
    week = (first + timedelta(days=n) for n in range(7))
    return tuple(day for day in week if calendar.works(day))


def date_words(day: date, today: date) -> str:
    """A day by its date: Wed 18 Nov; the year where it differs. Every date that people read is
    written here, so that all are of one style, whatever language the machine is set to."""
    words = f"{DAYS[day.weekday()][:3]} {_of_month(day)}"
    return words if day.year == today.year else f"{words} {day.year}"


def dates_words(first: date, last: date) -> str:
    """Some days in a row: 23–27 Nov, or 30 Nov – 4 Dec; of one alone, 27 Nov."""
    if first == last:
        return _of_month(last)
    if first.month == last.month:
        return f"{first.day}–{_of_month(last)}"
    return f"{_of_month(first)} – {_of_month(last)}"


def _of_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
