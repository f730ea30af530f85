"""When a team meets, who leads one skill, and how well it kept its time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meetings.meetings import (
    Dropped,
    Meeting,
    Phase,
    ReportedOutcome,
    days_of,
    next_leader,
    record_of,
)
from bot.domain.team.calendar import WorkingCalendar
from bot.domain.team.settings import DEFAULT_SECTIONS, MeetingSettings, OnHoliday, Series
from bot.domain.workspaces.people import Person

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 30)
NINE = time(9)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
REPS = [Person(n, f"U{n}", name, None, True, False, None) for n, name in ((2, "Ann"), (3, "Bo"))]
MEETING = Meeting(1, 7, MONDAY, MONDAY, NINE, MONDAY, NINE, 45, "", 60, DEFAULT_SECTIONS)
CLOSED = replace(MEETING, closed_at=datetime(2026, 11, 30, 9, tzinfo=UTC))


def first(count: int, series: Series, holidays: set[date], since: date) -> list[tuple[date, date]]:
    return list(
        islice(days_of(series, WorkingCalendar(holidays=frozenset(holidays)), since), count)
    )


@given(
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    st.integers(1, 12),
    DAYS,
    DAYS,
    st.sampled_from(OnHoliday),
    st.sets(DAYS, max_size=40),
)
def test_a_series_falls_on_its_days_in_its_weeks(
    weekdays: tuple[int, ...],
    every: int,
    starts_on: date,
    since: date,
    on_holiday: OnHoliday,
    holidays: set[date],
) -> None:
    terms = MeetingSettings(every=every, starts_on=starts_on, on_holiday=on_holiday)
    found = first(12, Series(weekdays, NINE, terms), holidays, since)
    begin = starts_on - timedelta(days=starts_on.weekday())
    assert len(found) == 12
    assert [planned for planned, _ in found] == sorted({planned for planned, _ in found})
    assert len({day for _, day in found}) == 12, "one a day"
    for planned, day in found:
        assert planned >= since
        assert planned.weekday() in weekdays
        assert (planned - begin).days // 7 % every == 0
        if planned not in holidays or on_holiday is OnHoliday.HELD:
            assert day == planned
        else:
            assert on_holiday is OnHoliday.MOVED
            assert day > planned
            assert day not in holidays
            assert day.weekday() < 5


def test_a_day_that_a_holiday_moves_into_another_meeting_is_no_second_one() -> None:
    series = Series((0, 1), NINE)
    found = first(2, series, {MONDAY}, MONDAY)
    assert found == [(MONDAY, MONDAY + timedelta(days=1)), (date(2026, 12, 7), date(2026, 12, 7))]


def test_a_week_of_every_two_begins_as_the_country_does() -> None:
    """On Sunday and Wednesday every two weeks: both of the same week."""
    calendar = WorkingCalendar(frozenset({4, 5}), frozenset({date(2026, 12, 13)}))
    series = Series((2, 6), NINE, MeetingSettings(every=2, starts_on=MONDAY))
    found = list(islice(days_of(series, calendar, date(2026, 11, 23)), 4))
    assert found == [
        (date(2026, 11, 29), date(2026, 11, 29)),
        (date(2026, 12, 2), date(2026, 12, 2)),
        (date(2026, 12, 13), date(2026, 12, 14)),
        (date(2026, 12, 16), date(2026, 12, 16)),
    ]


@given(st.permutations(["Åsa", "asa b", "Zoe", "Émile", "emil", "o’neil", "O'Neal"]))
def test_who_leads_next_among_equals_goes_by_the_folded_name(names: list[str]) -> None:
    reps = [replace(REPS[0], id=n, name=name) for n, name in enumerate(names)]
    led: dict[int, date] = {}
    order = []
    while len(led) < len(reps):
        leader = next_leader(reps, led)
        assert leader is not None
        led[leader.id] = MONDAY + timedelta(days=len(led))
        order.append(leader.name)
    assert order == ["Åsa", "asa b", "emil", "Émile", "O'Neal", "o’neil", "Zoe"]


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        ("07:59", Phase.AHEAD),
        ("08:00", Phase.RUNNING),
        ("08:44", Phase.RUNNING),
        ("08:45", Phase.OVER),
    ],
)
def test_the_message_turns_with_the_clock(at: str, phase: Phase) -> None:
    now = datetime.combine(MONDAY, time.fromisoformat(at), UTC)
    assert MEETING.phase(BERLIN, now) is phase


@given(st.lists(st.sampled_from(REPS), max_size=8))
def test_who_led_longest_ago_leads_next(led: list[Person]) -> None:
    last = {rep.id: MONDAY + timedelta(weeks=week) for week, rep in enumerate(led)}
    leader = next_leader(REPS, last)
    assert leader is not None
    others = [last.get(rep.id, date.min) for rep in REPS]
    assert last.get(leader.id, date.min) == min(others)
    assert next_leader([], last) is None


@pytest.mark.parametrize(
    ("meeting", "kept"),
    [
        (replace(CLOSED, ticked=True), True),
        (replace(CLOSED, said=ReportedOutcome.HELD), True),
        (replace(CLOSED, said=ReportedOutcome.MOVED), False),
        (replace(CLOSED, ticked=True, said=ReportedOutcome.NOT_HELD), False),
        (replace(CLOSED, ticked=True, day=MONDAY + timedelta(days=1)), False),
        (replace(CLOSED, ticked=True, planned_for=date(2026, 11, 29)), True),
        (replace(CLOSED, ticked=True, dropped=Dropped.CANCELLED), False),
    ],
)
def test_same_time_same_channel(meeting: Meeting, kept: bool) -> None:
    record = record_of([meeting])
    assert (record.planned, record.kept) == (1, int(kept))


def test_what_was_left_out_beforehand_or_is_not_known_does_not_count() -> None:
    skipped = replace(CLOSED, dropped=Dropped.SKIPPED)
    record = record_of([skipped, MEETING, CLOSED])
    assert (record.planned, record.kept) == (0, 0)
