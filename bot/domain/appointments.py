"""Sessions and field days that are planned: on which day, and whether they still stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import takewhile

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.team.calendar import WorkingCalendar
from bot.domain.team.teams import TimeOff
from bot.domain.team.time_off import is_away
from bot.domain.workspaces.people import Person

USUAL_TIME = time(10)
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
    kind was held with the rep since it was made."""

    id: int
    team_id: int
    rep: Person
    kind: InteractionKind
    day: date
    at: time | None
    notes: str
    stands: bool


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
    """What the form of an appointment opens with; `standing` is what is planned already."""

    rep: Person
    kind: InteractionKind
    day: date
    at: time | None
    today: date
    standing: Appointment | None


@dataclass(frozen=True)
class AppointmentMade:
    """An appointment as it is now, and the date on the manager's wall."""

    appointment: Appointment
    today: date
    moved: bool
