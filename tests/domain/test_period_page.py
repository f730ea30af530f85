"""The period on one page: what is counted, and when nothing is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.promises import Owner, Promise
from bot.domain.results.period_page import (
    before_of,
    counts_of,
    period_like,
    periods_of,
    words_of,
)
from bot.domain.results.results import Metric, MetricKind, Period, Reading, Result
from bot.domain.results.warnings import Ending, Warned
from bot.domain.team.settings import Period as PeriodKind
from bot.domain.team.teams import Membership
from bot.domain.workspaces.people import Person

AUTUMN = Period(date(2026, 10, 1), date(2026, 12, 31))
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
DAY = timedelta(days=1)

SPANS = {
    (PeriodKind.MONTH, False): (date(2026, 12, 1), date(2026, 12, 31)),
    (PeriodKind.MONTH, True): (date(2026, 11, 1), date(2026, 11, 30)),
    (PeriodKind.QUARTER, False): (date(2026, 10, 1), date(2026, 12, 31)),
    (PeriodKind.QUARTER, True): (date(2026, 7, 1), date(2026, 9, 30)),
    (PeriodKind.TRIMESTER, False): (date(2026, 9, 1), date(2026, 12, 31)),
    (PeriodKind.TRIMESTER, True): (date(2026, 5, 1), date(2026, 8, 31)),
}


TODAY = date(2026, 12, 5)


@pytest.mark.parametrize("kind", PeriodKind)
def test_without_results_the_periods_are_those_of_the_calendar(kind: PeriodKind) -> None:
    assert periods_of(kind, [], TODAY) == (Period(*SPANS[kind, False]), Period(*SPANS[kind, True]))


def spans(*pairs: tuple[str, str]) -> list[Period]:
    return [Period(date.fromisoformat(first), date.fromisoformat(last)) for first, last in pairs]


@pytest.mark.parametrize(
    ("known", "offered"),
    [
        # A year that begins in February: both are known, or the first, or only an old one.
        (
            spans(("2026-08-01", "2026-10-31"), ("2026-11-01", "2027-01-31")),
            spans(("2026-11-01", "2027-01-31"), ("2026-08-01", "2026-10-31")),
        ),
        (
            spans(("2026-11-01", "2027-01-31")),
            spans(("2026-11-01", "2027-01-31"), ("2026-08-01", "2026-10-31")),
        ),
        (
            spans(("2026-02-01", "2026-04-30")),
            spans(
                ("2026-11-01", "2027-01-31"),
                ("2026-08-01", "2026-10-31"),
                ("2026-02-01", "2026-04-30"),
            ),
        ),
        # Quarters of thirteen weeks, and months beside the quarters.
        (
            spans(("2026-06-29", "2026-09-27"), ("2026-09-28", "2026-12-27")),
            spans(("2026-09-28", "2026-12-27"), ("2026-06-29", "2026-09-27")),
        ),
        (
            spans(("2026-11-01", "2026-11-30"), ("2026-12-01", "2026-12-31")),
            spans(
                ("2026-10-01", "2026-12-31"),
                ("2026-07-01", "2026-09-30"),
                ("2026-12-01", "2026-12-31"),
                ("2026-11-01", "2026-11-30"),
            ),
        ),
        # Two ways at once: the newest says which, and the other is offered too.
        (
            spans(("2026-10-01", "2026-12-31"), ("2026-11-01", "2027-01-31")),
            spans(
                ("2026-11-01", "2027-01-31"),
                ("2026-08-01", "2026-10-31"),
                ("2026-10-01", "2026-12-31"),
            ),
        ),
    ],
)
def test_results_say_which_periods_there_are(known: list[Period], offered: list[Period]) -> None:
    assert list(periods_of(PeriodKind.QUARTER, known, TODAY)) == offered


days = st.dates(date(2001, 1, 1), date(2090, 1, 1))


@given(days, days, st.sampled_from(PeriodKind))
def test_the_last_period_ends_on_the_day_before_this_one(
    today: date, begins: date, kind: PeriodKind
) -> None:
    """Also where a year begins on the last of a month, and results are long past."""
    (known,) = {periods_of(kind, [], begins)[0]}
    known = Period(known.start + 20 * DAY, known.end + 20 * DAY)
    for own in ([], [known] if known.start <= today else []):
        now, last, *others = periods_of(kind, own, today)
        assert now.start <= today <= now.end
        assert last.end + DAY == now.start
        assert set(own) <= {now, last, *others}
        before = before_of(now, (now, last, *others), date.min)
        assert len(before) == 3
        assert before[0] == last
        ends = [one.end + DAY for one in before]
        assert ends == [now.start, *(one.start for one in before[:-1])]


def test_nothing_is_looked_back_on_of_which_not_all_is_known() -> None:
    assert before_of(AUTUMN, [], date(2026, 4, 1)) == tuple(
        spans(("2026-07-01", "2026-09-30"), ("2026-04-01", "2026-06-30"))
    )


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
    two, both = [member(1), member(2)], [(1, AUTUMN.end), (2, AUTUMN.start)]
    found = counts_of(AUTUMN, promises, saved, both, two, AUTUMN.end)
    assert (found.cleared, found.kept, found.saved) == (1, 2, 2)
    # Where one rep alone has results, how many were made is about that one.
    for one_alone in ([(1, AUTUMN.end)], [(1, AUTUMN.end), (1, AUTUMN.start)]):
        of_one = [*one_alone, (2, AUTUMN.end + DAY)]
        found = counts_of(AUTUMN, promises, saved, of_one, two, AUTUMN.end)
        assert (found.cleared, found.kept, found.saved) == (1, 2, None)


@pytest.mark.parametrize(
    "members",
    [
        [],
        [member(1)],
        [member(1), member(2, joined=AUTUMN.end + DAY)],
        [member(1), member(2, left=AUTUMN.start)],
        [member(1, left=date(2026, 11, 1)), member(1, joined=date(2026, 12, 1))],
        # One after the other, and two of them for less than half of it.
        [member(1, left=date(2026, 11, 1)), member(2, joined=date(2026, 11, 1))],
        [member(1), member(2, joined=date(2026, 11, 20))],
        [member(1), member(2, left=date(2026, 11, 10)), member(3, joined=date(2027, 1, 1))],
    ],
)
def test_nothing_is_counted_of_one_person(members: list[Membership]) -> None:
    both = [(1, AUTUMN.end), (2, AUTUMN.end)]
    found = counts_of(AUTUMN, [kept(AUTUMN.end)], [in_time(AUTUMN)], both, members, AUTUMN.end)
    assert (found.cleared, found.kept, found.saved) == (None, None, None)
    assert not found.says_something


@pytest.mark.parametrize(
    "members",
    [
        [member(1), member(2)],
        # A team that begins: there is nobody before it.
        [member(1, joined=date(2026, 12, 20)), member(2, joined=date(2026, 12, 20))],
        [member(1), member(2, left=date(2026, 12, 1)), member(3, joined=date(2026, 12, 1))],
        [member(1, left=date(2026, 12, 1)), member(2)],
    ],
)
def test_on_a_team_of_two_it_is_counted(members: list[Membership]) -> None:
    found = counts_of(AUTUMN, [kept(AUTUMN.end)], [], [], members, AUTUMN.end)
    assert (found.cleared, found.kept) == (0, 1)


def test_days_to_come_make_no_team_of_several() -> None:
    joins = [member(1), member(2, joined=date(2026, 10, 20))]
    assert counts_of(AUTUMN, [kept(AUTUMN.start)], [], [], joins, AUTUMN.end).kept == 1
    assert counts_of(AUTUMN, [kept(AUTUMN.start)], [], [], joins, date(2026, 11, 1)).kept is None


@pytest.mark.parametrize(
    ("known", "today", "likely"),
    [
        ([], date(2026, 11, 30), (date(2026, 11, 1), date(2026, 11, 30))),
        # The one that runs, be it of thirteen weeks or of a year that begins in October.
        (
            [(date(2026, 7, 6), date(2026, 10, 4)), (date(2026, 10, 5), date(2027, 1, 3))],
            date(2026, 11, 30),
            (date(2026, 10, 5), date(2027, 1, 3)),
        ),
        (
            [(date(2026, 10, 1), date(2026, 12, 31)), (date(2026, 11, 1), date(2026, 11, 30))],
            date(2026, 11, 30),
            (date(2026, 11, 1), date(2026, 11, 30)),
        ),
        # As long as the newest, where the next has begun.
        (
            [(date(2026, 6, 1), date(2026, 9, 30))],
            date(2026, 10, 2),
            (date(2026, 10, 1), date(2027, 1, 31)),
        ),
        (
            [(date(2026, 9, 1), date(2026, 11, 30))],
            date(2026, 12, 1),
            (date(2026, 12, 1), date(2027, 2, 28)),
        ),
        (
            [(date(2026, 11, 23), date(2026, 11, 29))],
            date(2026, 11, 30),
            (date(2026, 11, 1), date(2026, 11, 30)),
        ),
    ],
)
def test_new_results_are_likely_of_a_period_like_those_there_are(
    known: list[tuple[date, date]], today: date, likely: tuple[date, date]
) -> None:
    found = [Period(*one) for one in known]
    assert period_like(PeriodKind.MONTH, found, today) == Period(*likely)


@pytest.mark.parametrize(
    ("kind", "today", "likely"),
    [
        (PeriodKind.MONTH, date(2028, 2, 29), (date(2028, 2, 1), date(2028, 2, 29))),
        (PeriodKind.QUARTER, date(2026, 11, 30), (date(2026, 10, 1), date(2026, 12, 31))),
        (PeriodKind.QUARTER, date(2027, 1, 1), (date(2027, 1, 1), date(2027, 3, 31))),
        (PeriodKind.TRIMESTER, date(2026, 8, 31), (date(2026, 5, 1), date(2026, 8, 31))),
        (PeriodKind.TRIMESTER, date(2026, 9, 1), (date(2026, 9, 1), date(2026, 12, 31))),
    ],
)
def test_the_first_results_are_likely_of_the_period_that_the_team_is_set_to(
    kind: PeriodKind, today: date, likely: tuple[date, date]
) -> None:
    assert period_like(kind, [], today) == Period(*likely)
    # Weeks are no period to go on from.
    week = Period(today - timedelta(days=7), today - timedelta(days=1))
    assert period_like(kind, [week], today) == Period(*likely)


@pytest.mark.parametrize(
    ("typed", "kept", "own", "said"),
    [
        ("New", {AUTUMN: "Old"}, False, "New"),
        # As the form began: not of another, unless it was typed just before.
        ("Old", {AUTUMN: "Old"}, False, ""),
        ("Old", {AUTUMN: "Old"}, True, "Old"),
        ("", {AUTUMN: "Old"}, True, ""),
        # What is kept of the other goes by no way unseen, but where it is written anew.
        ("Old", {AUTUMN: "Old", SUMMER: "Kept"}, False, "Kept"),
        ("Old", {AUTUMN: "Old", SUMMER: "Kept"}, True, "Kept"),
        ("", {AUTUMN: "Old", SUMMER: "Kept"}, False, "Kept"),
        ("New", {AUTUMN: "Old", SUMMER: "Kept"}, False, "New"),
    ],
)
def test_what_is_said_of_another_period_than_the_form_began_with(
    typed: str, kept: dict[Period, str], own: bool, said: str
) -> None:
    assert words_of(SUMMER, AUTUMN, typed, kept, is_own=own) == said


def test_what_the_form_began_with_may_be_cleared_away() -> None:
    assert words_of(AUTUMN, AUTUMN, "", {AUTUMN: "Old"}, is_own=False) == ""
