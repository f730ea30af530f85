"""Which periods were in question, and how each ended: from the same readings the same."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.results.pace import Standing, pace_of
from bot.domain.results.presence import Presence
from bot.domain.results.results import PERCENT, Better, Metric, MetricKind, Period, Reading, Result
from bot.domain.results.warnings import Ending, may_be_behind, warned_of
from bot.domain.team.teams import TimeOff
from tests.domain.calendars import calendars, reproducible

MEETINGS = Metric("new meetings", MetricKind.LEADING)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
DECEMBER = date(2026, 12, 1)
THERE = Presence()
CENT = Decimal("0.01")


def result(*read: tuple[int, int], metric: Metric = MEETINGS) -> Result:
    """Of a target of 21: what was there by which day of November, of 21 working days."""
    readings = (Reading(Decimal(21), Decimal(actual), date(2026, 11, day)) for day, actual in read)
    return Result("U1", metric, NOVEMBER, tuple(readings))


@pytest.mark.parametrize(
    ("read", "first_seen", "ending"),
    [
        # By the 6th the plan has 5, by the 13th 10, by the 20th 15.
        ([(6, 5), (13, 6), (20, 15), (30, 21)], 13, Ending.MADE),
        ([(6, 2), (13, 6), (20, 15), (30, 24)], 6, Ending.MADE),
        ([(6, 5), (13, 6), (20, 9), (30, 20)], 13, Ending.NOT_MADE),
        ([(6, 5), (13, 6), (20, 9)], 13, Ending.UNKNOWN),
    ],
)
def test_a_period_that_was_in_question(
    read: list[tuple[int, int]], first_seen: int, ending: Ending
) -> None:
    found = warned_of(result(*read), THERE, DECEMBER)
    assert found is not None
    assert (found.first_seen, found.ending) == (date(2026, 11, first_seen), ending)
    running = warned_of(result(*read), THERE, NOVEMBER.end)
    assert running is not None
    assert running.ending is Ending.RUNNING


@pytest.mark.parametrize(
    "read",
    [
        [(6, 5), (13, 10), (20, 15), (30, 21)],
        # Too early to say, and on the last day nothing can be done any more.
        [(2, 0), (6, 5), (13, 10), (20, 15), (30, 20)],
    ],
)
def test_a_period_that_never_was(read: list[tuple[int, int]]) -> None:
    assert warned_of(result(*read), THERE, DECEMBER) is None


def test_what_comes_of_the_work_warns_where_the_manager_wants_it() -> None:
    won = replace(MEETINGS, kind=MetricKind.LAGGING)
    assert warned_of(result((13, 2), (30, 21), metric=won), THERE, DECEMBER) is None
    chosen = replace(won, chosen=True)
    assert warned_of(result((13, 2), (30, 21), metric=chosen), THERE, DECEMBER) is not None


def test_who_was_off_was_not_behind() -> None:
    off = Presence(away=(TimeOff(1, date(2026, 11, 3), date(2026, 11, 13)),))
    assert warned_of(result((13, 1), (30, 21)), off, DECEMBER) is None
    assert warned_of(result((13, 1), (30, 21)), THERE, DECEMBER) is not None


@st.composite
def histories(draw: st.DrawFn) -> tuple[Result, Presence]:
    """A result of any metric that warns, and of a rep who may be off, new or gone."""
    target = draw(st.sampled_from([-3, 0, 1, 20, 21, 40, 400]))
    metric = Metric(
        "any",
        MetricKind.LEADING,
        draw(st.sampled_from(Better)),
        draw(st.sampled_from(["", "EUR", PERCENT])),
    )
    days = sorted(draw(st.sets(st.integers(0, 29), min_size=1, max_size=6)))
    # Near the plan, where it is decided.
    near = st.integers(-6, 6)
    readings = tuple(
        Reading(
            Decimal(target),
            (Decimal(target) * (day + 1) / 30).quantize(draw(st.sampled_from([Decimal(1), CENT])))
            + draw(near) * draw(st.sampled_from([Decimal(1), Decimal(target) / 40])),
            NOVEMBER.start + timedelta(days=day),
        )
        for day in days
    )
    day = st.integers(0, 29).map(lambda n: NOVEMBER.start + timedelta(days=n))
    off = draw(st.lists(st.tuples(day, day), max_size=2))
    there = Presence(
        draw(calendars),
        tuple(TimeOff(n, min(span), max(span)) for n, span in enumerate(off)),
        draw(st.none() | day),
        draw(st.none() | day),
    )
    return Result("U1", metric, NOVEMBER, readings), there


@pytest.mark.slow
@given(histories())
@settings(parent=reproducible, max_examples=4 * reproducible.max_examples)
def test_what_is_left_out_by_a_glance_was_not_behind(history: tuple[Result, Presence]) -> None:
    result, there = history
    working = there.of(result).working_days(result.period)
    for number, read in enumerate(result.readings, 1):
        pace = pace_of(replace(result, readings=result.readings[:number]), there, read.as_of)
        behind = pace.standing in (Standing.RECOVERABLE, Standing.BEHIND) and pace.days_left > 0
        assert not behind or may_be_behind(result, read, working)


def test_a_glance_leaves_out_what_is_as_planned() -> None:
    working = THERE.working_days(NOVEMBER)
    seen = {
        actual: may_be_behind(found, found.latest, working)
        for actual in range(25)
        for found in [result((13, actual))]
    }
    # By the 13th the plan has 10; a tenth of what the other 11 days have is 1.1.
    assert [actual for actual, may in seen.items() if may] == list(range(9))


@given(st.lists(st.integers(0, 8), min_size=1, max_size=4), st.integers(0, 90))
@reproducible
def test_once_it_was_seen_it_stays_seen(weeks: list[int], later: int) -> None:
    there, read = 0, []
    for nth, made in enumerate(weeks):
        there += made
        read.append((6 + 7 * nth, there))
    today = date(2026, 11, read[-1][0])
    before = warned_of(result(*read[:-1]), THERE, today) if len(read) > 1 else None
    found = warned_of(result(*read), THERE, today + timedelta(days=later))
    assert before is None or found is not None
    assert before is None or found is None or before.first_seen == found.first_seen
