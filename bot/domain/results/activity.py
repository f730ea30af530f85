"""The number a week of a save-it plan: what happened of it, from results where the team counts it,
else from what its rep says when asked, once a week."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from unicodedata import normalize
from zoneinfo import ZoneInfo

from bot.domain.promises import Promise
from bot.domain.results.results import PERCENT, Metric, MetricKind, Result, metric_key
from bot.domain.results.saving import SaveItPlan
from bot.domain.team.calendar import WEEK, WorkingCalendar, instant, local_date
from bot.domain.team.teams import Team, TimeOff
from bot.domain.team.time_off import days_there
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.refusals import BadField, FieldError

ASKED_AT = time(16)
"""On the rep's own clock: most of the week is over, and nobody has left yet."""

MOST = 9_999
"""What a week may have of anything that people count one by one."""

DAY = timedelta(days=1)

_WHOLE = re.compile(r"(\d{1,3}(?:[ ,.'’]\d{3})+|\d+)(?:\s+[^\d\s][^\d]*)?")
_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_WORDS = {word: number for number, word in enumerate(_NUMBERS)}
_WORDS |= dict.fromkeys(("no", "none", "nothing"), 0)


@dataclass(frozen=True)
class ActivityAnswer:
    """What a rep said of the week of that Monday: how many, and of what they were asked then."""

    monday: date
    count: int
    counted: str


@dataclass(frozen=True)
class Stretch:
    """What happened from a day through another. `counted` names it where the plan is about
    something else by now; `metric` is what it was counted as in results, None where it was said."""

    first: date
    last: date
    count: Decimal
    counted: str = ""
    metric: Metric | None = None


@dataclass(frozen=True)
class Week:
    """A week that a rep is asked about: its Monday, its first and last working day, and what they
    said, None for nothing yet."""

    monday: date
    first: date
    last: date
    said: ActivityAnswer | None = None


@dataclass(frozen=True)
class Activity:
    """What is known of a plan's number: what happened, oldest first. `is_counted`: results say it,
    and nobody is asked. `week` is the latest that its rep was asked about, None where there is
    none, or they are not asked."""

    stretches: tuple[Stretch, ...] = ()
    is_counted: bool = False
    week: Week | None = None


@dataclass(frozen=True)
class PlanPage:
    """A plan, the promises that its steps are, and what is known of its number."""

    plan: SaveItPlan
    steps: tuple[Promise, ...]
    today: date
    activity: Activity

    @property
    def may_change(self) -> bool:
        """Whether its period runs: one that is closed can be taken up again."""
        return self.today <= self.plan.period.end


@dataclass(frozen=True)
class ActivityAsked:
    """A week's question to the rep of a plan; `is_open`: it can be answered."""

    team: Team
    plan: SaveItPlan
    week: Week
    today: date
    is_open: bool

    @property
    def counted(self) -> str:
        """Of what the number is: what was asked when it was said."""
        return self.week.said.counted if self.week.said else self.plan.leading


def count_of(typed: str) -> int | None:
    """The number that somebody typed, None for nothing at all: digits, with or without marks
    between thousands and words after them (`5 visits`), or a word up to twelve. Raises BadField for
    anything else."""
    words = normalize("NFKC", typed).strip().rstrip(".!").strip()
    if not words:
        return None
    if fold(words) in _WORDS:
        return _WORDS[fold(words)]
    found = _WHOLE.fullmatch(words)
    number = int("".join(filter(str.isdecimal, found[1]))) if found else MOST + 1
    if number > MOST:
        raise BadField("count", FieldError.SENSELESS_COUNT)
    return number


def is_asked_as(plan: SaveItPlan, other: SaveItPlan) -> bool:
    """Whether both plans are about the same number of the same rep for the same manager, so that
    one answer is for both."""
    same = (plan.team_id, plan.rep.id) == (other.team_id, other.rep.id)
    return same and metric_key(plan.leading) == metric_key(other.leading)


def counts(metric: Metric, plan: SaveItPlan) -> bool:
    """Whether a plan's number is followed from that metric: a leading one of that name, which adds
    up over days."""
    of_that_name = metric_key(metric.name) == metric_key(plan.leading)
    return of_that_name and metric.kind is MetricKind.LEADING and metric.unit != PERCENT


def made_of(
    results: Iterable[Result], plan: SaveItPlan, through: date, calendar: WorkingCalendar
) -> Iterator[Stretch]:
    """What was there of it between one reading and the next, of each of those results of one
    metric, from the one before the plan was written on. Readings are never split: what came
    between two is said with their days."""
    for result in results:
        known = [(one.as_of, one.actual) for one in result.readings if one.as_of <= through]
        if result.period.start >= plan.period.start:
            known.insert(0, (result.period.start - DAY, Decimal(0)))
        for (day, total), (later, more) in pairwise(known):
            if later >= plan.made_on:
                first = min(next(calendar.days_from(day + DAY)), later)
                yield Stretch(first, later, more - total, metric=result.metric)


def said_of(
    answers: Iterable[ActivityAnswer], plan: SaveItPlan, calendar: WorkingCalendar
) -> Iterator[Stretch]:
    """What was said of each week."""
    for one in answers:
        same = metric_key(one.counted) == metric_key(plan.leading)
        first, last = calendar.span(one.monday)
        yield Stretch(first, last, Decimal(one.count), "" if same else one.counted)


def followed(
    plan: SaveItPlan,
    results: Sequence[Result],
    answers: Sequence[ActivityAnswer],
    today: date,
    calendar: WorkingCalendar,
    away: Sequence[TimeOff],
) -> Activity:
    """What is known of a plan's number by `today`, from what its rep said and the `results` of
    theirs, with every reading since the plan's period began. Where results say it, what was said of
    the same days stands back."""
    own = [one for one in results if counts(one.metric, plan)]
    since = plan.period.start
    is_counted = any(reading.as_of >= since for one in own for reading in one.readings)
    made = list(made_of(own, plan, plan.closed_on or today, calendar))
    said = [
        one
        for one in said_of(answers, plan, calendar)
        if not any(one.first <= other.last and other.first <= one.last for other in made)
    ]
    asked = plan.closed_on is None and not plan.asks_ended and not is_counted
    return Activity(
        tuple(sorted([*made, *said], key=lambda one: (one.first, one.last))),
        is_counted,
        latest_week(plan, answers, today, calendar, away) if asked else None,
    )


def asked_on(monday: date, calendar: WorkingCalendar, away: Sequence[TimeOff]) -> date | None:
    """The day of that week on which its rep is asked: the last that the team works and they are
    there; None in a week that they are away, or that has no working day."""
    there = days_there(calendar.working_days(monday), away)
    return there[-1] if there else None


def week_asked(monday: date, answers: Iterable[ActivityAnswer], calendar: WorkingCalendar) -> Week:
    """That week, with what was said of it."""
    said = next((one for one in answers if one.monday == monday), None)
    return Week(monday, *calendar.span(monday), said)


def latest_week(
    plan: SaveItPlan,
    answers: Sequence[ActivityAnswer],
    today: date,
    calendar: WorkingCalendar,
    away: Sequence[TimeOff],
) -> Week | None:
    """The latest week of a plan whose day to be asked has come; None before the first."""
    monday, first = calendar.week_of(today), calendar.week_of(plan.made_on)
    while monday >= first:
        if is_week_of(plan, monday, today, calendar, away):
            return week_asked(monday, answers, calendar)
        monday -= WEEK
    return None


def is_week_of(
    plan: SaveItPlan,
    monday: date,
    today: date,
    calendar: WorkingCalendar,
    away: Sequence[TimeOff],
) -> bool:
    """Whether the rep of a plan was asked about that week by `today`."""
    day = asked_on(monday, calendar, away)
    return day is not None and plan.made_on <= day <= min(plan.check_on, today)


def ask_due(
    plan: SaveItPlan,
    after: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    away: Sequence[TimeOff],
) -> datetime | None:
    """When the rep of a plan is asked next after that instant, on their own clock; None where they
    never are again."""
    if plan.closed_on is not None or plan.asks_ended:
        return None
    monday = calendar.week_of(max(local_date(after, zone), plan.made_on))
    while calendar.begins(monday) <= plan.check_on:
        day = asked_on(monday, calendar, away)
        if day is not None and plan.made_on <= day <= plan.check_on:
            due = instant(day, ASKED_AT, zone)
            if due > after:
                return due
        monday += WEEK
    return None
