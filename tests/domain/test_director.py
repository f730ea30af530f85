"""What a director sees of a team: whether sessions, field days and meetings are happening."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meetings.meetings import Dropped, Meeting, ReportedOutcome
from bot.domain.results.director import Happening, Known, known_of, of_meetings, with_reps
from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.settings import DEFAULT_SECTIONS
from bot.domain.team.teams import TimeOff

JOINED, TODAY = date(2026, 1, 5), date(2026, 11, 30)
TWO_OR_THREE_WEEKS = Cadence(14, 21)
HELD, NOT_YET, NOTHING = Known.HELD, Known.NOT_YET, Known.NOTHING


def known(last: int | None, *away: TimeOff, joined_on: date = JOINED, today: date = TODAY) -> Known:
    """What is known of sessions where the last was so many days ago."""
    day = None if last is None else today - timedelta(days=last)
    return known_of(Component.SESSION, TWO_OR_THREE_WEEKS, day, joined_on, away, today)


def off(first: int, last: int | None) -> TimeOff:
    """Days off from so many days ago until so many days ago."""
    ends = None if last is None else TODAY - timedelta(days=last)
    return TimeOff(1, TODAY - timedelta(days=first), ends)


@pytest.mark.parametrize(
    ("last", "away", "found"),
    [
        (0, [], HELD),
        (21, [], HELD),
        (22, [], NOTHING),
        (None, [], NOTHING),
        # Days off are no days on which anything was to be: 31 days ago, ten of them off.
        (31, [off(20, 11)], HELD),
        (32, [off(20, 11)], NOTHING),
        # The days of two who were away together are one and the same.
        (32, [off(20, 11), off(20, 11)], NOTHING),
        (32, [off(20, 11), off(10, 10)], HELD),
        # What was off before the last session, and what is to come, is nothing to it.
        (22, [off(60, 23)], NOTHING),
        (22, [off(-1, -9)], NOTHING),
        (300, [off(290, None)], HELD),
    ],
)
def test_what_nobody_wrote_down_is_unknown(
    last: int | None, away: Sequence[TimeOff], found: Known
) -> None:
    assert known(last, *away) is found


def test_a_rep_who_is_new_is_not_late_and_what_was_before_does_not_count() -> None:
    assert known(None, joined_on=TODAY - timedelta(days=21)) is NOT_YET
    assert known(None, joined_on=TODAY - timedelta(days=22)) is NOTHING
    assert known(9, joined_on=TODAY - timedelta(days=8)) is NOT_YET
    assert known(8, joined_on=TODAY - timedelta(days=8)) is HELD


@given(st.integers(0, 60), st.lists(st.tuples(st.integers(-9, 60), st.integers(0, 60)), max_size=4))
def test_time_off_never_hurts(last: int, spans: list[tuple[int, int]]) -> None:
    away = [off(first, first - length) for first, length in spans]
    if known(last) is HELD:
        assert known(last, *away) is HELD


@pytest.mark.parametrize(
    ("of_reps", "found"),
    [
        ([], None),
        ([NOT_YET, NOT_YET], None),
        ([HELD, HELD], Happening.AS_PLANNED),
        ([HELD, NOT_YET], Happening.AS_PLANNED),
        ([HELD, NOTHING], Happening.SOME),
        ([NOTHING, NOTHING], Happening.UNKNOWN),
        ([NOTHING, NOT_YET], Happening.UNKNOWN),
        # It would be about that one rep.
        ([HELD], None),
        ([NOTHING], None),
    ],
)
def test_a_team_is_spoken_of_in_a_word(of_reps: list[Known], found: Happening | None) -> None:
    assert with_reps(of_reps) is found


@given(st.lists(st.sampled_from(Known), min_size=2, max_size=9))
def test_nothing_is_ever_said_not_to_be_held_with_reps(of_reps: list[Known]) -> None:
    assert with_reps(of_reps) is not Happening.NONE


OVER = Meeting(
    1,
    7,
    TODAY,
    TODAY,
    time(9),
    TODAY,
    time(9),
    45,
    "",
    60,
    DEFAULT_SECTIONS,
    closed_at=datetime(2026, 11, 30, 9, tzinfo=UTC),
)
KEPT = replace(OVER, ticked=True)
MOVED = replace(KEPT, at=time(11))
NOT_HELD = replace(OVER, said=ReportedOutcome.NOT_HELD)
CANCELLED = replace(OVER, closed_at=None, dropped=Dropped.CANCELLED)
SKIPPED = replace(OVER, closed_at=None, dropped=Dropped.SKIPPED)


def weeks_ago(meeting: Meeting, weeks: int) -> Meeting:
    return replace(meeting, planned_for=TODAY - timedelta(weeks=weeks))


@pytest.mark.parametrize(
    ("meetings", "found"),
    [
        ([], None),
        ([SKIPPED], None),
        ([OVER], Happening.UNKNOWN),
        ([OVER, SKIPPED], Happening.UNKNOWN),
        ([KEPT], Happening.AS_PLANNED),
        ([KEPT, OVER, SKIPPED], Happening.AS_PLANNED),
        ([KEPT, NOT_HELD], Happening.SOME),
        ([KEPT, CANCELLED], Happening.SOME),
        ([MOVED], Happening.SOME),
        ([NOT_HELD], Happening.NONE),
        ([CANCELLED, OVER], Happening.NONE),
        ([weeks_ago(KEPT, 12)], Happening.AS_PLANNED),
        ([weeks_ago(KEPT, 13)], None),
        ([weeks_ago(KEPT, 13), OVER], Happening.UNKNOWN),
    ],
)
def test_of_a_meeting_nobody_spoke_of_nothing_is_known(
    meetings: list[Meeting], found: Happening | None
) -> None:
    assert of_meetings(meetings, TODAY) is found
