"""Pace: fair, and the same for everybody who works it out with a pencil."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.results.need import need_words
from bot.domain.results.pace import Pace, Standing, Unsaid, pace_of
from bot.domain.results.presence import Presence
from bot.domain.results.results import PERCENT, Better, Metric, Period, Reading, Result
from bot.domain.results.warnings import warned_of
from bot.domain.results.weeks import good_week, weeks_of
from bot.domain.team.calendar import WorkingCalendar
from bot.domain.team.teams import TimeOff
from tests.domain.calendars import calendars, reproducible

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
"""21 working days, from Mon 2 to Mon 30."""

MEETINGS = Metric("new meetings")
COMPLAINTS = Metric("complaints", better=Better.LESS)
REVENUE = Metric("revenue", unit="EUR")
WIN_RATE = Metric("win rate", unit=PERCENT)
AHEAD, ON_PLAN = Standing.AHEAD, Standing.ON_PLAN
RECOVERABLE, BEHIND = Standing.RECOVERABLE, Standing.BEHIND
NOBODY_AWAY = Presence()


def result(
    target: object, *readings: tuple[object, int], metric: Metric = MEETINGS, month: int = 11
) -> Result:
    """Readings of a period of 2026: what was there by which day of the month."""
    first = date(2026, month, 1)
    period = Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    read = (
        Reading(Decimal(str(target)), Decimal(str(actual)), first.replace(day=day))
        for actual, day in readings
    )
    return Result("U1", metric, period, tuple(read))


def paced(
    target: object,
    actual: object,
    day: int,
    *,
    metric: Metric = MEETINGS,
    presence: Presence = NOBODY_AWAY,
    today: date | None = None,
    weeks: Sequence[object] = (),
) -> Pace:
    read = result(target, (actual, day), metric=metric)
    a_day = [Decimal(str(week)) for week in weeks]
    return pace_of(read, presence, today or read.latest.as_of, a_day)


def off(first: int, last: int | None) -> Presence:
    """A rep who is away from a day of November to another."""
    ends = None if last is None else date(2026, 11, last)
    return Presence(away=(TimeOff(1, date(2026, 11, first), ends),))


@pytest.mark.parametrize(
    ("target", "actual", "day", "metric", "stands"),
    [
        # By the 13th ten of 21 days are over, and the plan of 21 has 10.
        (21, 12, 13, MEETINGS, AHEAD),
        (21, 11, 13, MEETINGS, ON_PLAN),
        (21, 10, 13, MEETINGS, ON_PLAN),
        (21, 9, 13, MEETINGS, ON_PLAN),
        (21, 8, 13, MEETINGS, RECOVERABLE),
        (21, 5, 13, MEETINGS, RECOVERABLE),
        (21, 4, 13, MEETINGS, BEHIND),
        # What is counted is behind by a whole one, or not at all.
        (4, 1, 13, MEETINGS, ON_PLAN),
        (1, 0, 27, MEETINGS, ON_PLAN),
        (1, 0, 30, MEETINGS, BEHIND),
        # On the last day it is reached or it is not.
        (21, 20, 30, MEETINGS, BEHIND),
        (21, 21, 30, MEETINGS, ON_PLAN),
        (21, 24, 30, MEETINGS, AHEAD),
        (21, 21, 27, MEETINGS, AHEAD),
        (21000, 9999, 13, REVENUE, ON_PLAN),
        (21000, 8899, 13, REVENUE, RECOVERABLE),
        (21000, 11101, 13, REVENUE, AHEAD),
        # Fewer are better: at most so many.
        (10, 3, 13, COMPLAINTS, AHEAD),
        (10, 5, 13, COMPLAINTS, ON_PLAN),
        (10, 6, 13, COMPLAINTS, RECOVERABLE),
        (10, 8, 13, COMPLAINTS, BEHIND),
        (10, 11, 13, COMPLAINTS, BEHIND),
        (10, 10, 30, COMPLAINTS, ON_PLAN),
        (10, 11, 30, COMPLAINTS, BEHIND),
        (0, 0, 13, COMPLAINTS, ON_PLAN),
        (0, 1, 13, COMPLAINTS, BEHIND),
        # A level does not add up over days.
        (30, 33, 13, WIN_RATE, AHEAD),
        (30, 27, 13, WIN_RATE, ON_PLAN),
        (30, 26, 13, WIN_RATE, RECOVERABLE),
        (30, 26, 24, WIN_RATE, BEHIND),
        (30, 29, 30, WIN_RATE, BEHIND),
        (30, 30, 30, WIN_RATE, ON_PLAN),
    ],
)
def test_where_a_result_stands(
    target: int, actual: int, day: int, metric: Metric, stands: Standing
) -> None:
    assert paced(target, actual, day, metric=metric).standing is stands


@pytest.mark.parametrize(
    ("target", "actual", "day", "metric", "need"),
    [
        (21, 5, 13, MEETINGS, "one and a half a day"),
        (21, 11, 13, MEETINGS, "one a day"),
        (21, 16, 13, MEETINGS, "one every two days"),
        (42, 20, 13, MEETINGS, "two a day"),
        (42, 19, 13, MEETINGS, "two and a half a day"),
        (500, 190, 13, MEETINGS, "29 a day"),
        (21000, 9000, 13, REVENUE, "EUR 1,100 a day"),
        (10, 5, 13, COMPLAINTS, "one every three days"),
        (100, 60, 13, COMPLAINTS, "three and a half a day"),
        (10, 10, 13, COMPLAINTS, "none"),
        (42, 19, 13, Metric("qualified leads", unit="MQL"), "two and a half a day"),
    ],
)
def test_what_is_needed_is_enough_and_is_a_number_that_people_say(
    target: int, actual: int, day: int, metric: Metric, need: str
) -> None:
    found = paced(target, actual, day, metric=metric).need
    assert found is not None
    assert need_words(found, metric) == need


@pytest.mark.parametrize(
    ("target", "actual", "day", "metric"),
    [(21, 21, 13, MEETINGS), (21, 9, 30, MEETINGS), (30, 20, 13, WIN_RATE), (3, 4, 13, COMPLAINTS)],
)
def test_nothing_is_needed_of_what_is_reached_or_over_and_of_a_level(
    target: int, actual: int, day: int, metric: Metric
) -> None:
    assert paced(target, actual, day, metric=metric).need is None


def test_what_can_be_made_is_the_reps_own_good_normal_week_and_not_the_best() -> None:
    weeks = [1, 1, 1, 1, 2, 4]
    assert paced(42, 20, 13, weeks=weeks).standing is ON_PLAN
    assert paced(42, 20, 13, weeks=weeks).good == 2
    assert paced(42, 16, 13, weeks=weeks).standing is BEHIND
    assert paced(42, 16, 13, weeks=weeks[:5]).standing is RECOVERABLE
    assert paced(42, 11, 13, weeks=weeks[:5]).standing is RECOVERABLE
    assert paced(42, 8, 13, weeks=weeks[:5]).standing is BEHIND
    assert paced(42, 8, 13, weeks=[*weeks, 4, 4]).standing is RECOVERABLE


def test_a_good_week_of_what_is_better_less_is_one_of_few() -> None:
    weeks = [Decimal(n) for n in (9, 5, 4, 3, 2, 1)]
    assert good_week(weeks, Better.MORE) == 5
    assert good_week(weeks, Better.LESS) == 2


def test_weeks_without_any_say_nothing_of_a_good_one() -> None:
    assert good_week([Decimal(0)] * 8 + [Decimal(1)], Better.MORE) is None
    assert good_week([Decimal(0)] * 8, Better.LESS) == 0


@pytest.mark.parametrize(
    ("presence", "actual", "day", "unsaid"),
    [
        (NOBODY_AWAY, 0, 3, Unsaid.EARLY),
        (NOBODY_AWAY, 0, 4, None),
        # The first day of who came in the middle is a first day.
        (Presence(first=date(2026, 11, 16)), 0, 17, Unsaid.EARLY),
        (Presence(first=date(2026, 11, 16)), 0, 18, None),
        (off(2, 10), 0, 12, Unsaid.EARLY),
        (off(2, 30), 0, 12, Unsaid.AWAY),
        (off(2, None), 0, 12, Unsaid.AWAY),
        # Behind and away until the end: there is nobody to help now.
        (off(16, None), 2, 13, Unsaid.AWAY),
        (off(16, None), 10, 13, None),
    ],
)
def test_when_nothing_is_said(
    presence: Presence, actual: int, day: int, unsaid: Unsaid | None
) -> None:
    found = paced(21, actual, day, presence=presence)
    assert found.unsaid is unsaid
    assert (found.standing is None) is (unsaid is not None)


def test_a_period_to_come_and_a_target_of_nothing_say_nothing() -> None:
    assert paced(21, 0, 4, today=date(2026, 10, 30)).unsaid is Unsaid.COMING
    assert paced(0, 0, 13).unsaid is Unsaid.NO_TARGET
    assert paced(-3, 0, 13).unsaid is Unsaid.NO_TARGET
    assert paced(-3, 0, 13, metric=COMPLAINTS).unsaid is Unsaid.NO_TARGET


def test_who_came_in_the_middle_has_the_target_as_given_over_the_days_since() -> None:
    found = paced(11, 3, 20, presence=Presence(first=date(2026, 11, 16)))
    assert (found.days_done, found.days_left) == (5, 6)
    assert found.expected == 5
    assert found.standing is RECOVERABLE


def test_who_has_figures_of_before_they_came_was_there_before() -> None:
    # Moved from another team on the 16th, with the figures of before: 15 of 21 days are over.
    moved = result(21, (9, 13), (13, 20))
    presence = Presence(first=date(2026, 11, 16))
    assert pace_of(moved, presence, date(2026, 11, 20)) == pace_of(
        moved, NOBODY_AWAY, date(2026, 11, 20)
    )
    assert weeks_of([WEEKLY], presence) == weeks_of([WEEKLY], NOBODY_AWAY)
    warned = warned_of(moved, presence, date(2026, 11, 20))
    assert warned == warned_of(moved, NOBODY_AWAY, date(2026, 11, 20))


def test_a_target_that_changed_counts_as_it_is_now_from_the_beginning_on() -> None:
    found = result(21, (5, 6), (10, 13))
    raised = found.latest._replace(target=Decimal(30))
    changed = replace(found, readings=(found.readings[0], raised))
    pace = pace_of(changed, NOBODY_AWAY, date(2026, 11, 13))
    assert pace.standing is RECOVERABLE
    assert pace.target_before == 21
    assert pace_of(found, NOBODY_AWAY, date(2026, 11, 13)).target_before is None


@pytest.mark.parametrize(
    ("today", "warns"),
    [
        (date(2026, 11, 13), True),
        # Mon 16 to Fri 20 are unknown on Sat 21; on Tue 24 Mon 23 is too: more than five.
        (date(2026, 11, 21), True),
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),
        (date(2026, 12, 1), False),
    ],
)
def test_an_old_reading_warns_of_nothing(today: date, warns: bool) -> None:
    found = paced(21, 5, 13, today=today)
    assert found.standing is RECOVERABLE
    assert (found.warns, found.stale) == (warns, not warns)


def test_days_after_a_reading_are_unknown_and_not_without_result() -> None:
    on_friday = paced(21, 10, 13)
    on_thursday_after = paced(21, 10, 13, today=date(2026, 11, 19))
    assert on_thursday_after == on_friday


def test_a_period_that_ended_warns_no_more() -> None:
    found = paced(21, 5, 30, today=date(2026, 12, 1))
    assert found.standing is BEHIND
    assert (found.over, found.stale, found.warns) == (True, False, False)


# A rep's weeks

WEEKLY = result(40, (4, 6), (12, 13), (20, 20), (26, 27), (27, 30))
"""The weeks of Mon 2, 9, 16 and 23 November: 4, 8, 8 and 6."""


def a_day(*weeks: object) -> tuple[Decimal, ...]:
    return tuple(Decimal(str(week)) for week in weeks)


def test_a_weeks_rate_is_the_difference_of_two_readings() -> None:
    assert weeks_of([WEEKLY], NOBODY_AWAY) == a_day(0.8, 1.6, 1.6, 1.2)


def test_readings_that_are_not_of_week_ends_are_spread_over_the_days_between() -> None:
    tuesdays = result(40, (2, 3), (12, 10), (22, 17), (27, 24))
    assert weeks_of([tuesdays], NOBODY_AWAY) == a_day(1.6, 2, 1.4)


def test_readings_further_apart_than_a_week_say_nothing_of_one() -> None:
    assert weeks_of([result(40, (4, 6), (20, 20))], NOBODY_AWAY) == a_day(0.8)
    assert weeks_of([result(40, (40, 30))], NOBODY_AWAY) == ()


def test_a_week_with_a_day_off_is_no_whole_one_and_one_with_a_holiday_is_by_its_days() -> None:
    assert weeks_of([WEEKLY], off(10, 10)) == a_day(0.8, 1.6, 1.2)
    holiday = WorkingCalendar(holidays=frozenset({date(2026, 11, 11)}))
    assert weeks_of([WEEKLY], Presence(holiday)) == a_day(0.8, 2, 1.6, 1.2)
    newly = result(40, (8, 13), (16, 20), (22, 27))
    assert weeks_of([newly], Presence(first=date(2026, 11, 10))) == a_day(1.6, 1.2)


def test_weeks_across_two_periods_and_levels_are_no_whole_weeks() -> None:
    october = result(40, (3, 2), (8, 9), month=10)
    # Thu 1 and Fri 2 October are no week.
    assert weeks_of([october, WEEKLY], NOBODY_AWAY) == a_day(1, 0.8, 1.6, 1.6, 1.2)
    assert weeks_of([replace(WEEKLY, metric=WIN_RATE)], NOBODY_AWAY) == ()


# Properties

ORDER = [AHEAD, ON_PLAN, RECOVERABLE, BEHIND]
_day = st.integers(0, 29).map(lambda n: NOVEMBER.start + timedelta(days=n))


@st.composite
def _time_off(draw: st.DrawFn) -> TimeOff:
    first = draw(_day)
    return TimeOff(draw(st.integers(1, 9)), first, first + timedelta(days=draw(st.integers(0, 12))))


_presences = st.builds(
    Presence,
    calendar=calendars,
    away=st.lists(_time_off(), max_size=2).map(tuple),
    first=st.none() | _day,
)
_metrics = st.sampled_from(
    [MEETINGS, COMPLAINTS, REVENUE, WIN_RATE, replace(WIN_RATE, better=Better.LESS)]
)
_amounts = st.integers(0, 60).map(Decimal) | st.decimals(0, 60, places=2)
_weeks = st.lists(st.integers(0, 5).map(Decimal), max_size=9)


def at(
    metric: Metric,
    target: Decimal,
    actual: Decimal,
    as_of: date,
    presence: Presence,
    weeks: Sequence[Decimal],
) -> Pace:
    read = Result("U1", metric, NOVEMBER, (Reading(target, actual, as_of),))
    return pace_of(read, presence, as_of, weeks)


def no_better(worse: Pace, better: Pace) -> bool:
    """Whether one stands no better than the other, where both are said."""
    if worse.standing is None or better.standing is None:
        return True
    return ORDER.index(worse.standing) >= ORDER.index(better.standing)


@given(_metrics, _amounts, _amounts, _amounts, _day, _presences, _weeks)
@reproducible
def test_what_is_better_never_lowers_pace(
    metric: Metric,
    target: Decimal,
    actual: Decimal,
    more: Decimal,
    as_of: date,
    presence: Presence,
    weeks: list[Decimal],
) -> None:
    low = at(metric, target, actual, as_of, presence, weeks)
    high = at(metric, target, actual + more, as_of, presence, weeks)
    worse, better = (low, high) if metric.better is Better.MORE else (high, low)
    assert no_better(worse, better)


@given(_metrics, _amounts, _amounts, _day, st.integers(1, 9), _presences, _weeks)
@reproducible
def test_a_day_without_result_never_raises_pace_nor_lowers_it_where_less_is_better(
    metric: Metric,
    target: Decimal,
    actual: Decimal,
    as_of: date,
    days: int,
    presence: Presence,
    weeks: list[Decimal],
) -> None:
    later = as_of + timedelta(days=days)
    assume(later <= NOVEMBER.end)
    before = at(metric, target, actual, as_of, presence, weeks)
    after = at(metric, target, actual, later, presence, weeks)
    if metric.better is Better.MORE or metric.unit == PERCENT:
        assert no_better(after, before)
    else:
        assert no_better(before, after)


@given(_metrics, _amounts, _amounts, _day, _presences, _time_off(), _weeks)
@reproducible
def test_time_off_never_hurts(
    metric: Metric,
    target: Decimal,
    actual: Decimal,
    as_of: date,
    presence: Presence,
    off: TimeOff,
    weeks: list[Decimal],
) -> None:
    there = at(metric, target, actual, as_of, presence, weeks)
    away = at(metric, target, actual, as_of, replace(presence, away=(*presence.away, off)), weeks)
    if off.ends_on is not None and off.ends_on <= as_of:
        assert no_better(there, away)
    elif there.standing in (AHEAD, ON_PLAN):
        # A day off to come makes nobody behind; whoever is behind has a day less for the rest.
        assert away.standing in (AHEAD, ON_PLAN, None)


@given(_metrics, _amounts, _amounts, _day, _presences, _weeks)
@reproducible
def test_what_is_needed_is_enough(
    metric: Metric,
    target: Decimal,
    actual: Decimal,
    as_of: date,
    presence: Presence,
    weeks: list[Decimal],
) -> None:
    found = at(metric, target, actual, as_of, presence, weeks)
    if found.need is None:
        return
    made = found.need.amount * (found.days_left // found.need.every)
    if metric.better is Better.MORE:
        assert made >= found.left
    else:
        assert made <= found.left


@given(_metrics, _amounts, _amounts, _day, _presences, _weeks)
@reproducible
def test_the_same_history_is_the_same_figure_however_often_it_was_read(
    metric: Metric,
    target: Decimal,
    actual: Decimal,
    as_of: date,
    presence: Presence,
    weeks: list[Decimal],
) -> None:
    once = at(metric, target, actual, as_of, presence, weeks)
    earlier = Reading(target, Decimal(0), NOVEMBER.start)
    read = replace(once.result, readings=(earlier, once.latest))
    again = pace_of(read, presence, as_of, weeks)
    assert replace(again, result=once.result) == once
