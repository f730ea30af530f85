"""When to try again, and what tells deliveries apart."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.deliveries import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    Claimed,
    ScheduleKind,
    Waiting,
    back_off,
)

NOW = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(-1, 0), (0, 0), (1, 5), (2, 10), (3, 20), (7, 320), (8, 600)]
)
def test_each_pause_is_twice_as_long_as_the_one_before(attempts: int, seconds: int) -> None:
    assert back_off(attempts) == timedelta(seconds=seconds)


@given(st.integers(min_value=1, max_value=10**9))
def test_a_pause_never_shrinks_and_never_grows_beyond_its_bound(attempts: int) -> None:
    assert FIRST_PAUSE <= back_off(attempts) <= back_off(attempts + 1) <= LONGEST_PAUSE


def claimed(one: int, due_at: datetime, lease: float = 0.0) -> Claimed:
    return Claimed(one, 1, ScheduleKind.TODO_LIST, due_at, 0, lease)


def test_the_key_is_the_same_in_every_zone_and_differs_by_id_and_due_time() -> None:
    there = NOW.astimezone(ZoneInfo("Australia/Lord_Howe"))
    assert claimed(7, NOW).key == claimed(7, there).key == "7@2026-11-30T07:00:00Z"
    assert len({claimed(one, at).key for one in (7, 8) for at in (NOW, NOW + SECOND)}) == 4


def test_there_is_something_to_do_where_a_time_has_come() -> None:
    waiting = Waiting(
        due=frozenset({1}),
        open={2: NOW, 3: NOW + SECOND},
        behind=frozenset({4}),
    )
    assert waiting.busy(NOW) == {1, 2, 4}
    assert waiting.busy(NOW + SECOND) == {1, 2, 3, 4}
    assert [waiting.is_open(one, NOW) for one in (1, 2, 3)] == [False, True, False]
