"""The period on one page: counts and the manager's own words, for somebody above; nothing about one
person."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.promises import Promise
from bot.domain.results.results import Period
from bot.domain.results.warnings import Warned
from bot.domain.team.settings import Period as PeriodKind
from bot.domain.team.teams import Membership
from bot.domain.workspaces.names import Named

WORDS_LIMIT = 1000
"""Characters of the manager's words: with what stands around them they fit where a form keeps
them."""

LEAST_REPS = 2
"""Counts of a team of one are about that one."""

BEFORE = 3
"""Periods before it that the page looks back on."""

OFFERED = 12
"""Periods to choose from."""

DAY = timedelta(days=1)
MONTH_DAYS = 365 / 12
NEW_YEAR = date(2000, 1, 1)

MONTHS_OF = {PeriodKind.MONTH: 1, PeriodKind.TRIMESTER: 4, PeriodKind.QUARTER: 3}


@dataclass(frozen=True)
class PeriodCounts:
    """What can be counted of a period and is about nobody in particular: obstacles that reps raised
    and that were cleared, promises of either side that were kept, results that were behind and were
    made in time (`saved`). None where it would be about one rep."""

    period: Period
    cleared: int | None
    kept: int | None
    saved: int | None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to count: nothing is never shown as none."""
        return bool(self.cleared or self.kept or self.saved)


@dataclass(frozen=True)
class PeriodPage:
    """The page as it will read: the counts of the period, and of those `before` it that have any,
    the latest first. `named` is somebody whom the words seem to name, which is asked about
    first."""

    team: str
    counts: PeriodCounts
    words: str
    named: Named | None = None
    before: tuple[PeriodCounts, ...] = ()


def periods_of(kind: PeriodKind, known: Sequence[Period], today: date) -> tuple[Period, ...]:
    """The periods to choose from: of those that the team is set to, the one that runs and the one
    before; then others of which it has results (`known`, all begun by today), the latest first.

    A year may begin in any month: results that have periods of the kind the team is set to say
    where they begin, the newest of them; where none do, the calendar says it.
    """
    months = MONTHS_OF[kind]
    own = [one for one in known if _is_of(one, months)]
    now = [one for one in own if one.start <= today <= one.end]
    runs = now[-1] if now else _by_calendar(own[-1].start if own else NEW_YEAR, months, today)
    last = _before(runs, own, months)
    others = sorted(set(known) - {runs, last}, key=lambda one: (one.end, one.start), reverse=True)
    return (runs, last, *others)[:OFFERED]


def period_like(kind: PeriodKind, known: Sequence[Period], today: date) -> Period:
    """The period that new results are likely of: the one that runs, of those that a team has (the
    one that began last), else the next as long as its newest; where it has none as long as a month,
    the one that the team is set to, by the calendar."""
    running = [one for one in known if one.start <= today <= one.end]
    if running:
        return max(running, key=lambda one: one.start)
    newest = max(known, key=lambda one: (one.end, one.start), default=None)
    months = round(((newest.end - newest.start).days + 1) / MONTH_DAYS) if newest else 0
    begins = newest.start if newest and months else NEW_YEAR
    return _by_calendar(begins, months or MONTHS_OF[kind], today)


def _is_of(period: Period, months: int) -> bool:
    """Whether it is about so many months long: a quarter may be thirteen weeks too."""
    days = (period.end - period.start).days + 1
    return abs(days - months * MONTH_DAYS) < MONTH_DAYS / 4


def _before(period: Period, known: Iterable[Period], months: int) -> Period:
    """The one right before a period, of those known that are so many months long; else as many
    months earlier."""
    day = period.start - DAY
    alike = [one for one in known if one.end == day and _is_of(one, months)]
    return alike[-1] if alike else _by_calendar(period.start, months, day)


def _by_calendar(first: date, months: int, day: date) -> Period:
    """The span of so many months that has that day, where one of them began on `first`."""
    number = ((day.year - first.year) * 12 + day.month - first.month) // months
    while _later(first, number * months) > day:
        number -= 1
    while _later(first, (number + 1) * months) <= day:
        number += 1
    return Period(_later(first, number * months), _later(first, (number + 1) * months) - DAY)


def _later(first: date, months: int) -> date:
    """So many months after that day; on the last of a month that is too short for it."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def before_of(period: Period, offered: Iterable[Period], since: date) -> tuple[Period, ...]:
    """The periods right before one, the latest first, that are `offered` or as long in months:
    three at the most, and none that began before `since`."""
    found: list[Period] = []
    known = list(offered)
    months = max(1, round(((period.end - period.start).days + 1) / MONTH_DAYS))
    while len(found) < BEFORE:
        period = _before(period, known, months)
        if period.start < since:
            break
        found.append(period)
    return tuple(found)


def counts_of(
    period: Period,
    kept: Iterable[Promise],
    saved: Iterable[Warned],
    measured: Iterable[tuple[int, date]],
    members: Iterable[Membership],
    today: date,
) -> PeriodCounts:
    """The counts of a period, from the promises kept since it began, what was acted on in time,
    whose results there are (`measured`: a person, and the last day of their period) and whoever was
    ever on the team. A result counts where its own period ended; what a rep raised between the two
    of them is counted nowhere."""
    if not is_about_several(period, members, today):
        return PeriodCounts(period, None, None, None)
    own = [
        one
        for one in kept
        if one.kept_on is not None
        and period.start <= one.kept_on <= period.end
        and one.told_to_id is None
        and not one.for_time
    ]
    cleared = sum(one.raised_on is not None for one in own)
    in_time = sum(period.start <= one.result.period.end <= period.end for one in saved)
    with_results = {rep for rep, end in measured if period.start <= end <= period.end}
    if len(with_results) < LEAST_REPS:
        return PeriodCounts(period, cleared, len(own) - cleared, None)
    return PeriodCounts(period, cleared, len(own) - cleared, in_time)


def is_about_several(period: Period, members: Iterable[Membership], today: date) -> bool:
    """Whether what is counted of a period can be about more than one rep: on most of its days until
    today on which anybody was on the team, two were at the least. Reps who came one after the other
    are no two."""
    last = min(period.end, today)
    days = Counter(
        period.start + timedelta(days=n)
        for one in members
        for n in range(
            max(0, (one.joined_on - period.start).days),
            (min(last, (one.left_on or date.max) - DAY) - period.start).days + 1,
        )
    )
    several = sum(count >= LEAST_REPS for count in days.values())
    return several * 2 > len(days)


def words_of(
    period: Period, shown: Period, typed: str, kept: Mapping[Period, str], *, is_own: bool
) -> str:
    """What was said of a period in a form that began with words of the one `shown`: as typed, but
    where another period is chosen and those still stand as they were, or were cleared away because
    they are not of that one, what is kept of that. `is_own`: they were typed just before, so that
    where nothing is kept of that one, they were meant for it."""
    if period != shown and typed in ("", kept.get(shown, "")):
        return kept.get(period, typed if is_own else "")
    return typed


def period_on(offered: Sequence[Period], first: date | None, last: date | None) -> Period | None:
    """Of those offered the one from `first` to `last`, or that has the one of them that is set; the
    one that runs where neither is."""
    for one in offered:
        if all(day is None or one.start <= day <= one.end for day in (first, last)):
            return one
    return None
