from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.team.calendar import WorkingCalendar
from bot.domain.team.teams import TimeOff
from bot.domain.team.time_off import LONGEST_CHAIN, days_there, first_day_back, is_away, returns
from tests.domain.calendars import calendars, reproducible

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def off(starts_on: str, ends_on: str | None = None, id: int = 1) -> TimeOff:
    return TimeOff(id, day(starts_on), day(ends_on) if ends_on else None)


days = st.integers(0, 40).map(lambda n: MONDAY + n * DAY)


@st.composite
def times_off(draw: st.DrawFn) -> list[TimeOff]:
    """Any days away: apart, next to each other, overlapping, without an end."""
    spans = draw(st.lists(st.tuples(days, st.none() | st.integers(0, 12)), max_size=5))
    return [
        TimeOff(n, first, None if more is None else first + more * DAY)
        for n, (first, more) in enumerate(spans, 1)
    ]


def works(on: date, away: list[TimeOff], calendar: WorkingCalendar) -> bool:
    return calendar.works(on) and not is_away(on, away)


@pytest.mark.parametrize(
    ("on", "expected"),
    [("11-24", False), ("11-25", True), ("11-26", True), ("11-27", False), ("12-24", True)],
)
def test_both_ends_are_days_away_and_an_open_end_goes_on(on: str, expected: bool) -> None:
    assert is_away(day(on), [off("11-25", "11-26"), off("12-01")]) is expected


def test_days_there_are_the_others_in_their_order() -> None:
    week = [MONDAY + n * DAY for n in range(5)]
    assert days_there(week, [off("11-24", "11-25")]) == (MONDAY, day("11-26"), day("11-27"))
    assert days_there(week, []) == tuple(week)
    assert days_there(week, [off("11-01")]) == ()


@pytest.mark.parametrize(
    ("since", "away", "holidays", "expected"),
    [
        pytest.param("11-25", [], [], "11-25", id="there"),
        pytest.param("11-28", [], [], "11-30", id="weekend"),
        pytest.param("11-25", [off("11-23", "11-26")], [], "11-27", id="the day after"),
        pytest.param("11-25", [off("11-23", "11-27")], [], "11-30", id="after the weekend"),
        pytest.param("11-25", [off("11-23", "11-27")], ["11-30"], "12-01", id="after a holiday"),
        pytest.param(
            "11-25", [off("11-30", "12-01"), off("11-23", "11-27")], [], "12-02", id="two in a row"
        ),
        pytest.param("11-25", [off("11-23")], [], None, id="nobody knows"),
        pytest.param("11-25", [off("11-23", "11-25"), off("11-26")], [], None, id="nor then"),
        pytest.param("11-25", [off("11-26")], [], "11-25", id="leaves tomorrow"),
    ],
)
def test_the_first_day_back(
    since: str, away: list[TimeOff], holidays: list[str], expected: str | None
) -> None:
    found = first_day_back(
        day(since), away, WorkingCalendar(holidays=frozenset(map(day, holidays)))
    )
    assert found == (day(expected) if expected else None)


def test_a_return_in_more_than_a_year_is_not_known() -> None:
    last = MONDAY + (LONGEST_CHAIN - 1) * DAY
    back = first_day_back(MONDAY, [TimeOff(1, MONDAY, last)])
    assert back == MONDAY + LONGEST_CHAIN * DAY
    assert first_day_back(MONDAY, [TimeOff(1, MONDAY, last + 7 * DAY)]) is None


@pytest.mark.parametrize(
    ("away", "holidays", "expected"),
    [
        pytest.param([], [], None, id="never away"),
        pytest.param([off("11-09", "11-20", 7)], [], ("11-23", 7), id="two weeks"),
        pytest.param([off("11-09", "11-22", 7)], [], ("11-23", 7), id="written up to Sunday"),
        pytest.param([off("11-19", "11-20", 7)], [], ("11-23", 7), id="two days"),
        pytest.param([off("11-20", "11-20", 7)], [], None, id="one day"),
        pytest.param([off("11-20", "11-22", 7)], [], None, id="one day and a weekend"),
        pytest.param([off("11-21", "11-22", 7)], [], None, id="a weekend"),
        pytest.param([off("11-19", "11-20", 7)], ["11-19"], None, id="one day and a holiday"),
        pytest.param(
            [off("11-20", "11-20", 7), off("11-23", "11-23", 8)], [], ("11-24", 8), id="1 + 1"
        ),
        pytest.param([off("11-16", "11-20", 7)], ["11-23"], ("11-24", 7), id="back put off"),
        pytest.param([off("11-16", None, 7)], [], None, id="no end"),
        pytest.param([off("11-16", "11-20", 7), off("11-20", None, 8)], [], None, id="away again"),
        pytest.param([off("11-02", "11-06", 7)], [], None, id="too early"),
        pytest.param([off("11-23", "11-27", 7)], [], None, id="too late"),
        pytest.param(
            [off("11-23", "11-24", 8), off("11-16", "11-18", 7)], [], ("11-25", 8), id="the latest"
        ),
        pytest.param(
            [off("11-16", "11-18", 7), off("11-09", "11-20", 8)], [], ("11-23", 8), id="overlap"
        ),
        pytest.param(
            [off("11-09", "11-20", 8), off("11-16", "11-18", 7)],
            [],
            ("11-23", 8),
            id="in any order",
        ),
    ],
)
def test_who_is_back_in_a_week_or_the_days_before(
    away: list[TimeOff], holidays: list[str], expected: tuple[str, int] | None
) -> None:
    found = returns(
        day("11-16"), day("11-29"), away, WorkingCalendar(holidays=frozenset(map(day, holidays)))
    )
    assert found == (expected and (day(expected[0]), expected[1]))


@given(days, times_off(), calendars)
@reproducible
def test_the_first_day_back_is_worked_and_none_before_it_is(
    since: date, away: list[TimeOff], calendar: WorkingCalendar
) -> None:
    back = first_day_back(since, away, calendar)
    if back is None:
        assert any(spell.ends_on is None for spell in away)
    else:
        assert works(back, away, calendar)
        before = [since + n * DAY for n in range((back - since).days)]
        assert not any(works(on, away, calendar) for on in before)


@given(days, times_off(), calendars)
@reproducible
def test_a_return_is_the_latest_day_worked_after_two_working_days_away(
    since: date, away: list[TimeOff], calendar: WorkingCalendar
) -> None:
    span = [since + n * DAY for n in range(14)]
    working = [since + n * DAY for n in range(-60, 14)]
    working = [on for on in working if calendar.works(on)]
    expected = [
        on
        for on in span
        if works(on, away, calendar)
        and all(is_away(gone, away) for gone in working[working.index(on) - 2 : working.index(on)])
    ]
    found = returns(span[0], span[-1], away, calendar)
    assert (found and found[0]) == (expected[-1] if expected else None)
    if found is not None:
        ended = next(spell for spell in away if spell.id == found[1])
        assert ended.ends_on is not None
        assert ended.ends_on < found[0]
        assert first_day_back(ended.ends_on + DAY, away, calendar) == found[0]
