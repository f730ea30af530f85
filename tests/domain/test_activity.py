"""The number a week of a save-it plan: when its rep is asked, what they may type, and what is known
of each week."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.results.activity import (
    MOST,
    ActivityAnswer,
    Stretch,
    ask_due,
    count_of,
    followed,
)
from bot.domain.results.results import Better, Metric, MetricKind, Period, Reading, Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.team.calendar import USUAL, WorkingCalendar
from bot.domain.team.teams import TimeOff
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import BadField

BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")
SAM = Person(7, "USAM", "Sam Stone", "Europe/Berlin", True, False, None)
DECEMBER = Period(date(2026, 12, 1), date(2026, 12, 31))
TUE, FRI = date(2026, 12, 15), date(2026, 12, 18)
PLAN = SaveItPlan(1, 1, SAM, "New meetings", DECEMBER, 5, "visits", "", TUE, date(2026, 12, 30))
VISITS = Metric("Visits", MetricKind.LEADING)
WRITTEN = datetime(2026, 12, 15, 8, tzinfo=UTC)
GULF = WorkingCalendar(frozenset({4, 5}))
HOLIDAY = replace(USUAL, holidays=frozenset({FRI}))


def off(first: date, last: date | None) -> TimeOff:
    return TimeOff(1, first, last)


def at(day: int, hour: int, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("plan", "after", "zone", "calendar", "away", "due"),
    [
        (PLAN, WRITTEN, BERLIN, USUAL, (), at(18, 15)),
        (PLAN, at(18, 15), BERLIN, USUAL, (), at(25, 15)),
        # Its day comes before the last working day of that week.
        (PLAN, at(25, 15), BERLIN, USUAL, (), None),
        (replace(PLAN, check_on=FRI), WRITTEN, BERLIN, USUAL, (), at(18, 15)),
        (replace(PLAN, check_on=FRI), at(18, 15), BERLIN, USUAL, (), None),
        (PLAN, WRITTEN, AUCKLAND, USUAL, (), at(18, 3)),
        (PLAN, WRITTEN, BERLIN, GULF, (), at(17, 15)),
        (PLAN, WRITTEN, BERLIN, HOLIDAY, (), at(17, 15)),
        (PLAN, WRITTEN, BERLIN, USUAL, (off(date(2026, 12, 14), FRI),), at(25, 15)),
        (PLAN, WRITTEN, BERLIN, USUAL, (off(FRI, FRI),), at(17, 15)),
        (PLAN, WRITTEN, BERLIN, USUAL, (off(TUE, None),), None),
        (replace(PLAN, closed_on=TUE), WRITTEN, BERLIN, USUAL, (), None),
        (replace(PLAN, asks_ended=True), WRITTEN, BERLIN, USUAL, (), None),
    ],
)
def test_the_rep_is_asked_on_the_last_working_day_they_are_there(
    plan: SaveItPlan,
    after: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    away: tuple[TimeOff, ...],
    due: datetime | None,
) -> None:
    assert ask_due(plan, after, zone, calendar, away) == due


@given(
    st.integers(0, 20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), max_size=3),
    st.sampled_from([BERLIN, AUCKLAND, ZoneInfo("America/Los_Angeles")]),
)
def test_whatever_happens_it_is_once_a_week_by_day_and_while_they_are_there(
    check: int, days: list[tuple[int, int]], zone: ZoneInfo
) -> None:
    plan = replace(PLAN, check_on=TUE + timedelta(days=check))
    away = [off(TUE + timedelta(days=n), TUE + timedelta(days=n + more)) for n, more in days]
    asked, after = [], datetime(2026, 12, 1, tzinfo=UTC)
    while (due := ask_due(plan, after, zone, USUAL, away)) is not None:
        asked.append(due.astimezone(zone))
        after = due
    weeks = [USUAL.week_of(one.date()) for one in asked]
    assert len(set(weeks)) == len(weeks) <= 4
    for one in asked:
        assert 7 <= one.hour < 19
        assert TUE <= one.date() <= plan.check_on
        assert USUAL.works(one.date())
        assert not any(days_off.covers(one.date()) for days_off in away)


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("5", 5),
        (" 5. ", 5),
        ("0", 0),
        ("none", 0),
        ("Nothing!", 0),
        ("Twelve", 12),
        ("5 visits", 5),
        ("1,200", 1200),
        ("1.200", 1200),
        ("1 200", 1200),
        ("1\N{NO-BREAK SPACE}200", 1200),
        ("1’200", 1200),
        ("１２", 12),
        ("٥", 5),
        ("", None),
        ("  ", None),
        (" .", None),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, count: int | None) -> None:
    assert count_of(typed) == count


@pytest.mark.parametrize(
    "typed",
    [
        "lots",
        "-3",
        "−3",
        "4.5",
        "4,5",
        "5 or 6",
        "5-6",
        "1e3",
        "10000",
        "½",
        "1,20",
        "5visits",
    ],
)
def test_what_is_no_number_is_said_so(typed: str) -> None:
    with pytest.raises(BadField):
        count_of(typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_nothing_or_said_to_be_none(typed: str) -> None:
    try:
        count = count_of(typed)
    except BadField:
        return
    assert count is None or 0 <= count <= MOST


@given(st.integers(0, MOST))
def test_every_number_is_read(count: int) -> None:
    assert count_of(str(count)) == count_of(f"{count:,}") == count


def result(
    *readings: tuple[int, int], metric: Metric = VISITS, period: Period = DECEMBER
) -> Result:
    read = (
        Reading(Decimal(60), Decimal(n), period.start + timedelta(days=day - 1))
        for day, n in readings
    )
    return Result("USAM", metric, period, tuple(read))


def stretch(first: int, last: int, count: int) -> Stretch:
    of = date(2026, 12, first), date(2026, 12, last)
    return Stretch(*of, Decimal(count), metric=VISITS)


@pytest.mark.parametrize(
    ("readings", "known"),
    [
        (((11, 12), (18, 18), (25, 21)), [stretch(14, 18, 6), stretch(21, 25, 3)]),
        # From the reading before the plan was written on, be it the beginning of the period.
        (((18, 18),), [stretch(1, 18, 18)]),
        # What came between two readings is not split.
        (((9, 10), (23, 21)), [stretch(10, 23, 11)]),
        (((11, 12),), []),
        # A correction takes something back.
        (((11, 12), (18, 11)), [stretch(14, 18, -1)]),
    ],
)
def test_what_happened_is_the_difference_of_two_days(
    readings: tuple[tuple[int, int], ...], known: list[Stretch]
) -> None:
    found = followed(PLAN, [result(*readings)], (), date(2026, 12, 28), USUAL, ())
    assert list(found.stretches) == known
    assert found.is_counted
    assert found.week is None


def test_a_month_ends_within_a_quarters_plan() -> None:
    quarter = replace(PLAN, period=Period(date(2026, 10, 1), date(2026, 12, 31)))
    quarter = replace(quarter, made_on=date(2026, 11, 24))
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    read = [result((20, 20), (30, 26), period=november), result((4, 5), (11, 12))]
    found = followed(quarter, read, (), date(2026, 12, 14), USUAL, ())
    assert [(one.first, one.last, int(one.count)) for one in found.stretches] == [
        (date(2026, 11, 23), date(2026, 11, 30), 6),
        (date(2026, 12, 1), date(2026, 12, 4), 5),
        (date(2026, 12, 7), date(2026, 12, 11), 7),
    ]


@pytest.mark.parametrize(
    "metric",
    [
        Metric("Visits"),
        Metric("Visits", MetricKind.LEADING, Better.MORE, "%"),
        Metric("Calls", MetricKind.LEADING),
    ],
)
def test_only_a_leading_metric_of_that_name_that_adds_up_is_followed(metric: Metric) -> None:
    said = (ActivityAnswer(date(2026, 12, 14), 4, "visits"),)
    found = followed(PLAN, [result((11, 12), (18, 18), metric=metric)], said, FRI, USUAL, ())
    assert not found.is_counted
    assert [one.count for one in found.stretches] == [4]
    assert found.week is not None
    assert found.week.said == said[0]


def test_what_was_said_stands_where_results_say_nothing_of_those_days() -> None:
    said = tuple(ActivityAnswer(date(2026, 12, day), day, "Visits") for day in (14, 21))
    found = followed(PLAN, [result((11, 12), (18, 18))], said, date(2026, 12, 28), USUAL, ())
    assert [(one.last.day, int(one.count)) for one in found.stretches] == [(18, 6), (25, 21)]


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (TUE, None),
        (FRI, 14),
        (date(2026, 12, 24), 14),
        (date(2026, 12, 25), 21),
        (date(2026, 12, 31), 21),
    ],
)
def test_the_week_that_is_open_is_the_latest_that_was_asked(
    today: date, monday: int | None
) -> None:
    week = followed(PLAN, (), (), today, USUAL, ()).week
    assert (week and week.monday.day) == monday
    away = (off(date(2026, 12, 14), FRI),)
    week = followed(PLAN, (), (), today, USUAL, away).week
    assert (week and week.monday.day) == (21 if monday == 21 else None)
