"""Team meetings: the series, the days it falls on, and how each meeting went."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.team.calendar import WEEK, WorkingCalendar, instant
from bot.domain.team.settings import WINS, Direction, OnHoliday, Section, Series
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person

PLACE_LIMIT = 200
TITLE_LIMIT = 60
MOST_MINUTES = 240
MOST_WEEKS = 12
MOST_SECTIONS = 10
AHEAD = timedelta(days=15)
"""How far ahead meetings are made; the next one always is, however far it is."""

SKILL_TOLD = timedelta(days=7)
"""How long before the meeting whoever leads **One skill** is told."""

LEADS = (30, 60, 120, 240, 1440)
"""Minutes before the start at which the agenda goes to the channel, to choose from."""

RECORD = 8
"""Planned meetings looked back on for "same time, same channel"."""


class Dropped(StrEnum):
    """Why a meeting is not to be: left out beforehand, or called off, or its team was joined with
    another."""

    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    JOINED = "joined"


class ReportedOutcome(StrEnum):
    """What became of a meeting, as its manager says."""

    HELD = "held"
    MOVED = "moved"
    """Held at another time, as could be said once."""
    NOT_HELD = "not_held"


class Phase(StrEnum):
    """What the one message in the channel is: agenda, running agenda, recap."""

    AHEAD = "ahead"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True)
class SeriesEntry:
    """What a form says of the series, and of the team's channel. No weekday and no time: the team
    does not meet."""

    channel: str | None
    weekdays: tuple[int, ...]
    at: time | None
    every: int
    minutes: int
    place: str
    on_holiday: OnHoliday
    lead: int


@dataclass(frozen=True)
class SectionEntry:
    """What a form says of a section."""

    title: str
    minutes: int
    direction: Direction


@dataclass(frozen=True)
class Meeting:
    """One meeting. `planned_for` is its day by the rule and names it, `planned_day` and
    `planned_at` are when it was to be, holidays minded; `day` and `at` are when it is, on the wall
    of the team's zone. `posts_at` is when its manager wants the agenda out, None: nobody said, and
    its lead time goes; `out_at` is set once it went to the channel, `closed_at` once it was over.
    `ticked`: something was written down in it; `said` is what the manager says of it. `sequence` is
    how often somebody moved it, dropped it, or let it be after all."""

    id: int
    team_id: int
    planned_for: date
    planned_day: date
    planned_at: time
    day: date
    at: time
    minutes: int
    place: str
    lead: int
    sections: tuple[Section, ...]
    leader: Person | None = None
    dropped: Dropped | None = None
    posts_at: datetime | None = None
    out_at: datetime | None = None
    closed_at: datetime | None = None
    said: ReportedOutcome | None = None
    ticked: bool = False
    sequence: int = 0

    @property
    def is_moved(self) -> bool:
        """Whether somebody moved it."""
        return (self.day, self.at) != (self.planned_day, self.planned_at)

    @property
    def is_answered(self) -> bool:
        """Whether anything is known of how it went: something was written down in it, or its
        manager says so, or it was called off. Until then nothing is said of it to anybody."""
        return self.ticked or self.said is not None or self.dropped is not None

    @property
    def is_past(self) -> bool:
        """Whether it is over and closed, or is not to be."""
        return self.closed_at is not None or self.dropped is not None

    @property
    def was_held(self) -> bool:
        """Whether it took place at all: something was ticked in it, or the manager says so."""
        return self.said is not ReportedOutcome.NOT_HELD and (self.ticked or self.said is not None)

    @property
    def kept_its_time(self) -> bool:
        """Whether it was held as planned: same time, same channel."""
        return self.was_held and not self.is_moved and self.said is not ReportedOutcome.MOVED

    def starts(self, zone: ZoneInfo) -> datetime:
        """The instant at which it starts."""
        return instant(self.day, self.at, zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """The instant at which it is over."""
        return self.starts(zone) + timedelta(minutes=self.minutes)

    def goes_out(self, zone: ZoneInfo) -> datetime:
        """The instant at which its agenda goes to the channel."""
        return self.posts_at or self.starts(zone) - timedelta(minutes=self.lead)

    def is_ahead(self, zone: ZoneInfo, now: datetime) -> bool:
        """Whether it is still to begin, and to be."""
        return self.dropped is None and self.closed_at is None and now < self.starts(zone)

    def phase(self, zone: ZoneInfo, now: datetime) -> Phase:
        """What the message in the channel is as of `now`."""
        if self.closed_at is not None or now >= self.ends(zone):
            return Phase.OVER
        return Phase.RUNNING if now >= self.starts(zone) else Phase.AHEAD

    @property
    def has_wins(self) -> bool:
        """Whether it has a place for wins, which may name somebody."""
        return any(one.key == WINS for one in self.sections)

    def section(self, key: str) -> Section:
        """The section of that key; the last where the team has none such any more."""
        return next((one for one in self.sections if one.key == key), self.sections[-1])


@dataclass(frozen=True)
class Record:
    """Same time, same channel: of the last planned meetings, how many were held as planned."""

    planned: int
    kept: int


def days_of(series: Series, calendar: WorkingCalendar, first: date) -> Iterator[tuple[date, date]]:
    """The meetings of a series from `first` on, without end: the day by the rule, and the day it
    is on, which is another where the first is a holiday and the manager chose so. `first` is
    compared with the day by the rule. At most one meeting is on a day."""
    meeting = series.meeting
    monday = calendar.week_of(meeting.starts_on)
    weeks = max(0, (calendar.week_of(first) - monday).days // 7)
    monday += WEEK * (weeks - weeks % meeting.every)
    taken: set[date] = set()
    while True:
        for place in sorted(map(calendar.place, series.weekdays)):
            planned = calendar.begins(monday) + timedelta(days=place)
            day = _around(planned, meeting.on_holiday, calendar)
            if day is None or day in taken:
                continue
            taken.add(day)
            if planned >= first:
                yield planned, day
        monday += WEEK * meeting.every


def _around(planned: date, on_holiday: OnHoliday, calendar: WorkingCalendar) -> date | None:
    if planned not in calendar.holidays or on_holiday is OnHoliday.HELD:
        return planned
    if on_holiday is OnHoliday.SKIPPED:
        return None
    return next(calendar.days_from(planned))


def next_leader(reps: Sequence[Person], led: Mapping[int, date]) -> Person | None:
    """Whose turn it is to lead **One skill**: who never did, then who did longest ago; by name.
    `led` is the last day by person."""
    return min(
        reps, key=lambda rep: (led.get(rep.id, date.min), in_order(rep.name), rep.id), default=None
    )


def record_of(meetings: Iterable[Meeting]) -> Record:
    """Of the latest planned meetings that are over, those that kept their time. One left out
    beforehand was not planned any more, and of one that nobody said anything about nothing is
    known: neither counts."""
    over = [
        one
        for one in meetings
        if one.dropped is Dropped.CANCELLED
        or (one.dropped is None and one.closed_at is not None and one.is_answered)
    ]
    latest = sorted(over, key=lambda one: one.planned_for)[-RECORD:]
    kept = [one for one in latest if one.dropped is None and one.kept_its_time]
    return Record(len(latest), len(kept))
