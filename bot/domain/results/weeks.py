"""A rep's own weeks: what they made a day in each, and what a good normal one is."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from bot.domain.results.presence import Presence
from bot.domain.results.results import PERCENT, Better, Result
from bot.domain.team.calendar import WEEK
from bot.domain.team.time_off import days_there

MOST_WEEKS = 26
LEAST_WEEKS = 6
"""A rep's own weeks count from six on, and the last half year of them."""

GOOD = Decimal("0.67")
"""A good normal week is the 67th of 100, not the best there ever was."""

DAY = timedelta(days=1)


def weeks_of(earlier: Iterable[Result], presence: Presence) -> tuple[Decimal, ...]:
    """What a rep made a day in each whole week of those results of one metric, oldest first.

    A week is whole where its working days lie within the period, the rep was on the team and never
    off on them, and what was there before and after it is known: from a reading of that very day,
    or between two that are a week apart at most, spread evenly over the working days between them.
    """
    found: dict[date, Decimal] = {}
    for result in earlier:
        if result.metric.unit != PERCENT:
            found.update(_weeks_within(result, presence))
    return tuple(found[monday] for monday in sorted(found))


def _weeks_within(result: Result, presence: Presence) -> Iterator[tuple[date, Decimal]]:
    calendar, period, presence = presence.calendar, result.period, presence.of(result)
    working = presence.working_days(period)
    known = _known_totals(result, working)
    monday = calendar.week_of(period.start)
    while calendar.begins(monday) <= period.end:
        days = calendar.working_days(monday)
        if days and set(days) <= set(working) and days_there(days, presence.away) == days:
            before = bisect_left(working, days[0])
            after = before + len(days)
            if before in known and after in known:
                yield monday, (known[after] - known[before]) / len(days)
        monday += WEEK


def _known_totals(result: Result, working: Sequence[date]) -> dict[int, Decimal]:
    """What is known to have been there after so many working days."""
    start = result.period.start - DAY
    read = [(start, Decimal(0)), *((one.as_of, one.actual) for one in result.readings)]
    known: dict[int, Decimal] = {}
    for (day, total), (later, more) in pairwise(read):
        first, last = bisect_right(working, day), bisect_right(working, later)
        known[first] = total
        known[last] = more
        if later - day <= WEEK:
            for between in range(first + 1, last):
                known[between] = total + (more - total) * (between - first) / (last - first)
    return known


def good_week(weeks: Sequence[Decimal], better: Better) -> Decimal | None:
    """What is made a day in a good normal week, by the latest of those weeks, which are oldest
    first; None where they are too few to say. Of what comes once in many weeks most have none,
    which says nothing of a good one either."""
    own = sorted(weeks[-MOST_WEEKS:], reverse=better is Better.LESS)
    if len(own) < LEAST_WEEKS:
        return None
    found = own[int((GOOD * len(own)).to_integral_value(ROUND_CEILING)) - 1]
    return None if better is Better.MORE and found <= 0 else found
