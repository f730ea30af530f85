"""What makes a save-it plan: two to four dated steps, a number, and a day while it still helps."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.results.results import Period
from bot.domain.results.saving import SavingEntry, day_to_check, validated
from bot.domain.workspaces.refusals import BadField, FieldError
from tests.domain.calendars import reproducible

TODAY = date(2026, 12, 14)
DAY = timedelta(days=1)
PERIOD = Period(date(2026, 12, 1), date(2026, 12, 31))
STEP = ("call five old accounts", TODAY)


def entry(a_week: int | None = 5, leading: str = "visits", on: date | None = TODAY) -> SavingEntry:
    return SavingEntry("", a_week, leading, "Kim", on)


@pytest.mark.parametrize("count", range(7))
def test_two_to_four_steps_are_a_plan(count: int) -> None:
    if count in (2, 3, 4):
        assert validated(entry(), [STEP] * count, PERIOD, TODAY) == (5, TODAY)
    else:
        with pytest.raises(BadField) as refused:
            validated(entry(), [STEP] * count, PERIOD, TODAY)
        assert (refused.value.field, refused.value.flaw) == ("steps", FieldError.TWO_TO_FOUR_STEPS)


@pytest.mark.parametrize(
    ("step", "flaw"),
    [
        (("x" * 501, TODAY), FieldError.STEP_TOO_LONG),
        (("call", TODAY - DAY), FieldError.PAST_DAY_OF_STEP),
    ],
)
def test_a_step_is_a_sentence_and_its_day_is_not_over(
    step: tuple[str, date | None], flaw: FieldError
) -> None:
    with pytest.raises(BadField) as refused:
        validated(entry(), [STEP, step], PERIOD, TODAY)
    assert (refused.value.field, refused.value.flaw) == ("steps", flaw)


def test_a_day_that_a_step_had_before_may_be_over() -> None:
    late = TODAY - DAY
    assert validated(entry(), [STEP, ("call", late)], PERIOD, TODAY, {late}) == (5, TODAY)


@pytest.mark.parametrize(
    ("said", "field", "flaw"),
    [
        (entry(a_week=None), "a_week", FieldError.SENSELESS_NUMBER),
        (entry(a_week=0), "a_week", FieldError.SENSELESS_NUMBER),
        (entry(a_week=1000), "a_week", FieldError.SENSELESS_NUMBER),
        (entry(leading="  "), "leading", FieldError.MISSING),
        (entry(on=None), "check_on", FieldError.MISSING),
        (entry(on=TODAY - DAY), "check_on", FieldError.PAST_DAY),
        (entry(on=PERIOD.end + DAY), "check_on", FieldError.AFTER_PERIOD),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(
    said: SavingEntry, field: str, flaw: FieldError
) -> None:
    with pytest.raises(BadField) as refused:
        validated(said, [STEP, STEP], PERIOD, TODAY)
    assert (refused.value.field, refused.value.flaw) == (field, flaw)


@pytest.mark.parametrize("day", [TODAY, PERIOD.end])
def test_it_is_looked_at_from_today_to_the_last_day(day: date) -> None:
    assert validated(entry(on=day), [STEP, STEP], PERIOD, TODAY) == (5, day)


@pytest.mark.parametrize(
    ("after", "proposed"),
    [
        # There is a week, and more.
        ([1, 2, 3, 4, 7, 8, 9], 7),
        # The day in a week is not worked.
        ([1, 2, 3, 4, 8, 9], 8),
        # A week from now is the last day, or after it: the day before it.
        ([1, 2, 3, 4, 7], 4),
        ([1, 2, 3], 2),
        ([2, 9], 2),
        # One day is left, or none.
        ([1], 1),
        ([9], 9),
        ([], 0),
    ],
)
def test_a_day_is_proposed_with_time_left_after_it(after: list[int], proposed: int) -> None:
    assert day_to_check([TODAY + n * DAY for n in after], TODAY) == TODAY + proposed * DAY


@given(st.sets(st.integers(1, 60), min_size=1))
@reproducible
def test_the_last_day_is_proposed_where_it_is_the_only_one(after: set[int]) -> None:
    there = [TODAY + n * DAY for n in sorted(after)]
    found = day_to_check(there, TODAY)
    assert found in there
    assert (found == there[-1]) == (len(there) == 1)
