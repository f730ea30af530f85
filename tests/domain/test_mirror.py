"""The mirror: who comes next, what a team's sum is, and how a period is called."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.results.coverage import DueDates
from bot.domain.results.mirror import RepAhead, in_turn, newest, period_words, totals
from bot.domain.results.results import PERCENT, Metric, Period, Reading, Result
from bot.domain.team.cadence import Component
from bot.domain.workspaces.people import Person
from bot.views.block_kit.charts import LABEL_LIMIT

TODAY = date(2026, 11, 30)
MEETINGS, SHARE = Metric("New meetings"), Metric("Won", unit=PERCENT)
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
AUTUMN = Period(date(2026, 10, 1), date(2026, 12, 31))

CALLED = {
    "Nov 2026": (date(2026, 11, 1), date(2026, 11, 30)),
    "Feb 2028": (date(2028, 2, 1), date(2028, 2, 29)),
    "Oct – Dec 2026": (date(2026, 10, 1), date(2026, 12, 31)),
    "Nov 2026 – Jan 2027": (date(2026, 11, 1), date(2027, 1, 31)),
    "Sep – Dec 2026": (date(2026, 9, 1), date(2026, 12, 31)),
    "5 Oct – 3 Jan 2027": (date(2026, 10, 5), date(2027, 1, 3)),
    "2–29 Nov 2026": (date(2026, 11, 2), date(2026, 11, 29)),
}


@pytest.mark.parametrize("words", CALLED)
def test_a_period_is_called_by_its_dates(words: str) -> None:
    assert period_words(Period(*CALLED[words])) == words


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 366))
def test_every_period_is_a_label_of_a_chart(first: date, days: int) -> None:
    assert len(period_words(Period(first, first + timedelta(days=days)))) <= LABEL_LIMIT


def rep(name: str, number: int) -> Person:
    return Person(number, f"U{number}", name, None, active=True, bot=False, dm_channel=None)


def ahead(name: str, days: int, **more: object) -> RepAhead:
    by = DueDates(TODAY, TODAY + timedelta(days=days))
    far = DueDates(TODAY + timedelta(days=80), TODAY + timedelta(days=90))
    dates = {Component.SESSION: by, Component.FIELD_DAY: far, Component.CONTACT: far}
    return RepAhead(rep(name, days), dates, **more)  # type: ignore[arg-type]


def test_who_comes_next_stands_first_and_who_is_away_last() -> None:
    soon, later = ahead("Zoe", 1), ahead("Ben", 5)
    planned = ahead("Ada", 2, planned={Component.SESSION: TODAY})
    away = ahead("Cal", 0, away=True)
    assert in_turn([away, planned, later, soon]) == (soon, later, planned, away)


def test_what_is_planned_waits_for_an_answer_or_is_away_is_not_to_be_planned() -> None:
    assert ahead("Zoe", 1).to_plan(TODAY) == [Component.SESSION]
    assert ahead("Zoe", 1).to_plan(TODAY - timedelta(days=1)) == []
    assert ahead("Zoe", 1, planned={Component.SESSION: TODAY}).to_plan(TODAY) == []
    assert ahead("Zoe", 1, unanswered=frozenset({Component.SESSION})).to_plan(TODAY) == []
    assert ahead("Zoe", 1, away=True).to_plan(TODAY) == []


def result(who: str, metric: Metric, period: Period, *reached: tuple[int, str]) -> Result:
    read = [
        Reading(Decimal(20), Decimal(actual), TODAY - timedelta(days=n)) for n, actual in reached
    ]
    return Result(who, metric, period, tuple(read))


def test_a_sum_goes_by_the_newest_reading_of_each_and_says_of_which_days_they_are() -> None:
    found = totals(
        [
            result("U1", MEETINGS, AUTUMN, (9, "3"), (3, "12.5")),
            result("U2", MEETINGS, AUTUMN, (10, "22")),
            result("U1", MEETINGS, SUMMER, (60, "19")),
        ]
    )
    assert [(one.period, one.target, one.actual) for one in found] == [
        (SUMMER, Decimal(20), Decimal(19)),
        (AUTUMN, Decimal(40), Decimal("34.5")),
    ]
    assert (TODAY - found[1].since).days == 10
    assert (TODAY - found[1].through).days == 3


def test_shares_are_not_added_up() -> None:
    (found,) = totals(
        [result("U1", SHARE, AUTUMN, (3, "25")), result("U2", SHARE, AUTUMN, (3, "9"))]
    )
    assert (found.target, found.actual) == (None, None)


def test_the_newest_period_is_that_of_each_metric() -> None:
    old, new = result("U1", MEETINGS, SUMMER, (60, "1")), result("U1", MEETINGS, AUTUMN, (1, "2"))
    share = result("U1", SHARE, SUMMER, (60, "25"))
    assert newest([old, share, new]) == (share, new)
