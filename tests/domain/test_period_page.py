"""The period on one page: what is counted, and when nothing is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.promises import Owner, Promise
from bot.domain.results.period_page import counts_of, period_of
from bot.domain.results.results import Metric, MetricKind, Period, Reading, Result
from bot.domain.results.warnings import Ending, Warned
from bot.domain.team.settings import Period as PeriodKind
from bot.domain.team.teams import Membership
from bot.domain.workspaces.people import Person

AUTUMN = Period(date(2026, 10, 1), date(2026, 12, 31))
DAY = timedelta(days=1)

SPANS = {
    (PeriodKind.MONTH, False): (date(2026, 12, 1), date(2026, 12, 31)),
    (PeriodKind.MONTH, True): (date(2026, 11, 1), date(2026, 11, 30)),
    (PeriodKind.QUARTER, False): (date(2026, 10, 1), date(2026, 12, 31)),
    (PeriodKind.QUARTER, True): (date(2026, 7, 1), date(2026, 9, 30)),
    (PeriodKind.TRIMESTER, False): (date(2026, 9, 1), date(2026, 12, 31)),
    (PeriodKind.TRIMESTER, True): (date(2026, 5, 1), date(2026, 8, 31)),
}


@pytest.mark.parametrize(("kind", "last"), SPANS)
def test_the_period_is_one_of_the_calendar(kind: PeriodKind, last: bool) -> None:
    assert period_of(kind, date(2026, 12, 5), last=last) == Period(*SPANS[kind, last])


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(PeriodKind))
def test_the_last_period_ends_on_the_day_before_this_one(day: date, kind: PeriodKind) -> None:
    now, last = period_of(kind, day, last=False), period_of(kind, day, last=True)
    assert now.start <= day <= now.end
    assert last.end + DAY == now.start


def rep(number: int) -> Person:
    return Person(
        number, f"U{number}", f"Rep {number}", None, active=True, bot=False, dm_channel=None
    )


def member(number: int, joined: date = date(2026, 1, 1), left: date | None = None) -> Membership:
    return Membership(number, 1, rep(number), joined, left, "", introduced=True, cadences={})


def kept(on: date | None, raised: bool = False, **more: object) -> Promise:
    return Promise(
        1,
        1,
        rep(1),
        Owner.MANAGER,
        "a price sheet",
        AUTUMN.start,
        None,
        AUTUMN.start if raised else None,
        on,
        None,
        "",
        None,
        False,
        None,
        None,
        True,
        **more,  # type: ignore[arg-type]
    )


def in_time(period: Period) -> Warned:
    reading = Reading(Decimal(20), Decimal(20), period.end)
    result = Result("U1", Metric("Visits", MetricKind.LEADING), period, (reading,))
    return Warned(result, period.start, Ending.MADE)


def test_what_is_counted_was_kept_within_and_is_between_no_two_people_alone() -> None:
    within, after = AUTUMN.end, AUTUMN.end + DAY
    promises = [
        kept(within),
        kept(AUTUMN.start),
        kept(within, raised=True),
        kept(after),
        kept(AUTUMN.start - DAY),
        kept(None),
        kept(within, raised=True, told_to_id=7),
        kept(within, raised=True, for_time=True),
    ]
    saved = [in_time(AUTUMN), in_time(Period(date(2026, 11, 1), date(2026, 11, 30)))]
    saved.append(in_time(Period(date(2026, 7, 1), date(2026, 9, 30))))
    found = counts_of(AUTUMN, promises, saved, [member(1), member(2)])
    assert (found.cleared, found.kept, found.saved) == (1, 2, 2)


@pytest.mark.parametrize(
    "members",
    [
        [],
        [member(1)],
        [member(1), member(2, joined=AUTUMN.end + DAY)],
        [member(1), member(2, left=AUTUMN.start)],
        [member(1, left=date(2026, 11, 1)), member(1, joined=date(2026, 12, 1))],
    ],
)
def test_nothing_is_counted_of_one_person(members: list[Membership]) -> None:
    found = counts_of(AUTUMN, [kept(AUTUMN.end)], [in_time(AUTUMN)], members)
    assert (found.cleared, found.kept, found.saved) == (None, None, None)
    assert not found.says_something
