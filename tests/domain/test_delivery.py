"""When to try again, and what tells deliveries apart."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import (
    AUDIENCES,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    LOOK_AFTER,
    Audience,
    Claimed,
    MessageKind,
    Subject,
    Waiting,
    back_off,
    look_again_after,
    too_late,
)
from bot.domain.team.teams import TimeOff
from bot.domain.team.time_off import reader_on

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
    return Claimed(one, 1, MessageKind.TODO_LIST, due_at, 0, lease)


def test_the_key_is_the_same_in_every_zone_and_differs_by_id_and_due_time() -> None:
    there = NOW.astimezone(ZoneInfo("Australia/Lord_Howe"))
    assert claimed(7, NOW).key == claimed(7, there).key == "7@2026-11-30T07:00:00Z"
    assert len({claimed(one, at).key for one in (7, 8) for at in (NOW, NOW + SECOND)}) == 4


def test_there_is_something_to_do_where_a_time_has_come() -> None:
    waiting = Waiting(
        due=frozenset({1}),
        open={2: NOW, 3: NOW + SECOND},
        stale=frozenset({4}),
    )
    assert waiting.busy(NOW) == {1, 2, 4}
    assert waiting.busy(NOW + SECOND) == {1, 2, 3, 4}
    assert [waiting.is_open(one, NOW) for one in (1, 2, 3)] == [False, True, False]


subjects = st.builds(
    Subject,
    st.sampled_from(MessageKind),
    st.integers(min_value=0),
    st.none() | st.dates(min_value=date(1000, 1, 1)),
)


@given(subjects)
def test_a_subject_is_read_as_it_was_written(subject: Subject) -> None:
    assert Subject.read(str(subject)) == subject


@given(st.text())
@pytest.mark.slow
def test_a_subject_that_nobody_knows_is_no_subject(text: str) -> None:
    found = Subject.read(text)
    assert found is None or Subject.read(str(found)) == found


@pytest.mark.parametrize(
    "text", ["", "todo_list", "todo_list:", "of_tomorrow:1", "todo_list:x", "todo_list:1:x:y"]
)
def test_another_versions_subject_is_none(text: str) -> None:
    assert Subject.read(text) is None


@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400)))
def test_what_cannot_be_looked_for_is_looked_for_ever_less_often(age: timedelta) -> None:
    pause = look_again_after(age)
    assert LOOK_AFTER <= pause <= look_again_after(age + SECOND) <= timedelta(hours=1)


@pytest.mark.parametrize(("attempts", "state"), [(0, "expired"), (1, "failed"), (9, "failed")])
def test_of_what_was_tried_in_vain_until_its_time_was_over_somebody_is_told(
    attempts: int, state: str
) -> None:
    delivery = replace(claimed(1, NOW), attempts=attempts, fault="accesslimited")
    outcome = too_late(delivery)
    assert (outcome.state, outcome.attempts, outcome.fault) == (state, attempts, "accesslimited")


def test_who_gets_each_kind_is_decided() -> None:
    assert set(AUDIENCES) == set(MessageKind), "a new kind has to be decided about"


@pytest.mark.parametrize("kind", MessageKind)
def test_what_is_a_managers_has_a_reader_while_the_manager_is_away(kind: MessageKind) -> None:
    day, manager, stand_in = date(2026, 11, 30), 1, 2
    alone, stood_in = TimeOff(1, day, day), TimeOff(1, day, day, stand_in_id=stand_in)
    audience = AUDIENCES[kind]
    if not audience.is_managers:
        with pytest.raises(ValueError, match="no manager's"):
            reader_on(kind, manager, day, [])
        return
    assert reader_on(kind, manager, day, []) == manager
    expected = {
        Audience.MANAGER: (manager, manager),
        Audience.STAND_IN: (None, stand_in),
        Audience.STAND_IN_OR_MANAGER: (manager, stand_in),
    }[audience]
    found = (reader_on(kind, manager, day, [alone]), reader_on(kind, manager, day, [stood_in]))
    assert found == expected
