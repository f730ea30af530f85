"""Sessions and field days that are planned: on which day, and whether they still stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from bot.domain.accounts.bench import BenchAccount
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.team.calendar import NOON, RESTS, WAKES, WorkingCalendar, instant
from bot.domain.team.teams import Team, TimeOff
from bot.domain.team.time_off import is_away
from bot.domain.workspaces.people import Person

USUAL_TIME = time(10)
SESSION_LASTS = timedelta(hours=1)
"""How long after it began a session is still going on, as far as anybody knows."""
FULL_DAY = 3
"""Sessions and field days of a manager on one day; then it is full, and none is proposed."""

MONTH = timedelta(days=31)

LOOKED_AHEAD = 120
"""Days in which a free one is looked for."""

NOTES_LIMIT = 1000
TOPIC_LIMIT = 1500
"""Characters of what a rep prepares for one topic."""


@dataclass(frozen=True)
class Appointment:
    """A planned session or field day. `at` is on the manager's wall, None for no time;
    `notes` say what a field day is for, whom to visit and who leads.
    It stands while it was not dropped and nothing of its
    kind was held with the rep since it was made. `sequence` is how often it was moved or
    dropped."""

    id: int
    team_id: int
    rep: Person
    kind: InteractionKind
    day: date
    at: time | None
    notes: str
    stands: bool
    made_on: date = date.min
    dropped: bool = False
    sequence: int = 0

    def is_past(self, wall: datetime) -> bool:
        """Whether it should have been held by then, on the manager's wall (no zone): a session an
        hour after it began, what has no time of its own and a field day once the day is over."""
        if self.at is None or self.kind is InteractionKind.FIELD_DAY:
            return self.day < wall.date()
        return datetime.combine(self.day, self.at) + SESSION_LASTS <= wall


def other_clock(appointment: Appointment, team: Team, *, of_rep: bool = True) -> datetime | None:
    """When it is on the wall of the other of the two, the rep's or the manager's; None where both
    walls show the same, or it has no time."""
    if appointment.at is None:
        return None
    own, rep = clocks_of(appointment.day, appointment.at, team, appointment.rep)
    if own.replace(tzinfo=None) == rep.replace(tzinfo=None):
        return None
    return rep if of_rep else own


def has_begun(appointment: Appointment, team: Team, now: datetime) -> bool:
    """Whether its time has come; one without a time is taken to begin at noon."""
    return now >= instant(appointment.day, appointment.at or NOON, team.manager_zone)


def clocks_of(day: date, at: time, team: Team, rep: Person) -> tuple[datetime, datetime]:
    """That time on the manager's wall, on the manager's wall and on the rep's."""
    when = instant(day, at, team.manager_zone)
    return when.astimezone(team.manager_zone), when.astimezone(team.zone_of(rep))


@dataclass(frozen=True)
class OddHour:
    """Somebody for whom a planned time is early or late: their name, and when it is on their wall.
    `own`: it is the manager who plans."""

    name: str
    when: datetime
    own: bool


def odd_hours(entry: "AppointmentEntry", team: Team, rep: Person) -> tuple[OddHour, ...]:
    """For whom of the two that is outside 07:00 to 19:00 on their own wall."""
    if entry.at is None:
        return ()
    own, theirs = clocks_of(entry.day, entry.at, team, rep)
    both = (OddHour(team.manager.name, own, own=True), OddHour(rep.name, theirs, own=False))
    return tuple(one for one in both if not WAKES <= one.when.time() < RESTS)


@dataclass(frozen=True)
class AppointmentEntry:
    """What a form says of one. `rep` is a Slack user id."""

    rep: str
    kind: InteractionKind
    day: date
    at: time | None
    notes: str = ""


def proposed_day(
    ideal_on: date,
    today: date,
    *,
    calendar: WorkingCalendar,
    away: Iterable[Iterable[TimeOff]],
    taken: Mapping[date, int],
) -> date:
    """The day to offer: the first from the ideal one on, tomorrow at the earliest, on which both
    work (`away` has the days off of each) and the manager's day is not full (`taken` counts what
    is planned on each day). The ideal one itself where there is none in `LOOKED_AHEAD` days."""
    first = max(ideal_on, today + timedelta(days=1))
    offs = [tuple(one) for one in away]
    for ahead in range(LOOKED_AHEAD):
        day = first + timedelta(days=ahead)
        is_free = calendar.works(day) and taken.get(day, 0) < FULL_DAY
        if is_free and not any(is_away(day, off) for off in offs):
            return day
    return first


def day_before(day: date, *, calendar: WorkingCalendar, away: Iterable[TimeOff]) -> date:
    """The working day before: of whoever is to read of it, around holidays and days away.

    The day before by the calendar where there is none within a month.
    """
    off = tuple(away)
    month = takewhile(lambda found: found >= day - MONTH, calendar.days_before(day))
    there = (found for found in month if not is_away(found, off))
    return next(there, day - timedelta(days=1))


@dataclass(frozen=True)
class AppointmentForm:
    """What the form of an appointment opens with; `standing` is what is planned already, `meet` the
    key account that a new field day may be for."""

    rep: Person
    kind: InteractionKind
    day: date
    at: time | None
    today: date
    standing: Appointment | None
    meet: BenchAccount | None = None


@dataclass(frozen=True)
class AppointmentMade:
    """An appointment as it is now, with its team, and the date on the manager's wall."""

    appointment: Appointment
    team: Team
    today: date
    moved: bool
