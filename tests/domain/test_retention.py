"""What is kept as of a moment, and for how long in words."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contacts.interactions import PUT_BACK_WITHIN
from bot.domain.workspaces.retention import (
    MOST_MONTHS,
    TAKEN_BACK_WITHIN,
    is_months,
    kept_at,
    months_words,
)


@pytest.mark.parametrize(
    ("now", "months", "first"),
    [
        (datetime(2026, 11, 29, tzinfo=UTC), 12, date(2025, 11, 29)),
        (datetime(2026, 3, 31, tzinfo=UTC), 1, date(2026, 2, 28)),
        (datetime(2028, 3, 31, tzinfo=UTC), 1, date(2028, 2, 29)),
        (datetime(2026, 1, 15, tzinfo=UTC), 1, date(2025, 12, 15)),
        (datetime(2026, 1, 15, tzinfo=UTC), 25, date(2023, 12, 15)),
        (datetime(2026, 12, 31, 23, tzinfo=timezone(-timedelta(hours=5))), 1, date(2026, 12, 1)),
    ],
)
def test_what_is_kept_begins_on_the_same_day_so_many_months_ago(
    now: datetime, months: int, first: date
) -> None:
    assert kept_at(now, months).day == first


@given(
    st.integers(0, 36_500),
    st.integers(1, MOST_MONTHS),
)
def test_longer_keeps_no_less_and_a_week_is_kept_while_a_day_of_it_is(
    days: int, months: int
) -> None:
    now = datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=days)
    kept = kept_at(now, months)
    assert kept_at(now, months + 1).day <= kept.day < now.date()
    assert kept_at(now + timedelta(days=1), months).day >= kept.day
    assert kept.monday + timedelta(days=6) == kept.day
    assert kept.at.date() == kept.day


def test_in_words() -> None:
    assert [months_words(one) for one in (1, 2, 12, 18, 24)] == [
        "1 month",
        "2 months",
        "1 year",
        "18 months",
        "2 years",
    ]
    assert [is_months(one) for one in (0, 1, MOST_MONTHS, MOST_MONTHS + 1)] == [
        False,
        True,
        True,
        False,
    ]


def test_what_took_anothers_place_may_be_taken_back_for_as_long_as_anything() -> None:
    assert TAKEN_BACK_WITHIN == PUT_BACK_WITHIN
