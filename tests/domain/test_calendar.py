import ast
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.team.calendar import (
    USUAL,
    WorkingCalendar,
    date_words,
    instant,
    local_date,
    monday_of,
    when_it_happened,
)
from tests.domain.calendars import calendars, reproducible
from tests.places import ROOT

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SANTIAGO = ZoneInfo("America/Santiago")
APIA = ZoneInfo("Pacific/Apia")
KOLKATA = ZoneInfo("Asia/Kolkata")
ZONES = (BERLIN, NEW_YORK, LORD_HOWE, SANTIAGO, APIA, KOLKATA, ZoneInfo("UTC"))

WEEK = timedelta(days=7)

YEAR = datetime(2026, 1, 1)  # noqa: DTZ001 - hypothesis wants its bounds without a zone
moments = st.datetimes(YEAR, YEAR + timedelta(days=366), timezones=st.just(UTC))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weekdays = st.integers(0, 6)
zones = st.sampled_from(ZONES)
dates = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def gap_at(wall: datetime, zone: ZoneInfo) -> timedelta:
    """By how much clocks jump over that wall-clock time; nothing for a time that exists.

    PEP 495: in a gap fold=1 reads the time with the offset after it, which is the larger one.
    """
    before = wall.replace(tzinfo=zone).utcoffset()
    after = wall.replace(tzinfo=zone, fold=1).utcoffset()
    assert before is not None
    assert after is not None
    return max(after - before, timedelta())


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        pytest.param(BERLIN, "2026-01-15", "08:00", "2026-01-15T07:00", id="winter"),
        pytest.param(BERLIN, "2026-07-15", "08:00", "2026-07-15T06:00", id="summer"),
        pytest.param(BERLIN, "2026-03-29", "01:59", "2026-03-29T00:59", id="before the gap"),
        pytest.param(BERLIN, "2026-03-29", "02:00", "2026-03-29T01:00", id="gap begins"),
        pytest.param(BERLIN, "2026-03-29", "02:30", "2026-03-29T01:30", id="in the gap: 03:30"),
        pytest.param(BERLIN, "2026-03-29", "03:00", "2026-03-29T01:00", id="gap over"),
        pytest.param(BERLIN, "2026-10-25", "02:30", "2026-10-25T00:30", id="twice: the first"),
        pytest.param(BERLIN, "2026-10-25", "03:00", "2026-10-25T02:00", id="fold over"),
        pytest.param(NEW_YORK, "2026-03-08", "02:30", "2026-03-08T07:30", id="New York: 03:30"),
        pytest.param(NEW_YORK, "2026-11-01", "01:30", "2026-11-01T05:30", id="New York: first"),
        pytest.param(
            LORD_HOWE, "2026-10-04", "02:15", "2026-10-03T15:45", id="half-hour gap: 02:45"
        ),
        pytest.param(
            LORD_HOWE, "2026-04-05", "01:45", "2026-04-04T14:45", id="half-hour fold: first"
        ),
        pytest.param(SANTIAGO, "2026-09-06", "00:15", "2026-09-06T04:15", id="no midnight: 01:15"),
        pytest.param(APIA, "2011-12-30", "08:00", "2011-12-30T18:00", id="no such day: the next"),
    ],
)
def test_a_time_on_the_wall_is_one_instant(
    zone: ZoneInfo, day: str, at: str, expected: str
) -> None:
    found = instant(date.fromisoformat(day), time.fromisoformat(at), zone)
    assert found == utc(expected)
    assert found.tzinfo is UTC


@given(day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), at=times, zone=zones)
@example(day=date(2026, 10, 4), at=time(2, 15), zone=LORD_HOWE)
@example(day=date(2026, 9, 6), at=time(0, 0), zone=SANTIAGO)
@reproducible
def test_an_instant_reads_on_the_wall_as_it_was_set_or_later_by_the_gap(
    day: date, at: time, zone: ZoneInfo
) -> None:
    wanted = datetime.combine(day, at)
    wall = instant(day, at, zone).astimezone(zone)
    assert wall.replace(tzinfo=None, fold=0) == wanted + gap_at(wanted, zone)
    assert wall.fold == 0


@pytest.mark.parametrize(
    ("zone", "expected"),
    [(KOLKATA, date(2026, 11, 24)), (BERLIN, date(2026, 11, 23)), (NEW_YORK, date(2026, 11, 23))],
    ids=str,
)
def test_the_date_is_the_one_on_the_wall(zone: ZoneInfo, expected: date) -> None:
    assert local_date(utc("2026-11-23T20:00"), zone) == expected


def test_a_contact_of_today_happened_now_and_a_backdated_one_at_noon_of_its_day() -> None:
    now = utc("2026-11-23T20:00")
    assert when_it_happened(date(2026, 11, 24), now, KOLKATA) == now
    assert when_it_happened(date(2026, 11, 23), now, KOLKATA) == utc("2026-11-23T06:30")


@given(day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), now=moments, zone=zones)
@reproducible
def test_a_contact_stays_on_its_day_in_the_zone_of_its_author(
    day: date, now: datetime, zone: ZoneInfo
) -> None:
    assert local_date(when_it_happened(day, now, zone), zone) == day


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-29", "2026-11-23"),
        ("2027-01-01", "2026-12-28"),
        ("2024-03-01", "2024-02-26"),
    ],
)
def test_the_monday_of_a_week(day: str, monday: str) -> None:
    assert monday_of(date.fromisoformat(day)) == date.fromisoformat(monday)


@given(dates)
@reproducible
def test_a_week_begins_on_its_monday(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert monday <= day < monday + WEEK


def test_working_days_are_monday_to_friday_without_holidays() -> None:
    monday = date(2026, 12, 21)
    assert [day.day for day in USUAL.working_days(monday)] == [21, 22, 23, 24, 25]
    christmas = WorkingCalendar(holidays=frozenset({date(2026, 12, 25), date(2026, 12, 26)}))
    assert [day.day for day in christmas.working_days(monday)] == [21, 22, 23, 24]
    none = WorkingCalendar(holidays=frozenset(USUAL.working_days(monday)))
    assert none.working_days(monday) == ()


@pytest.mark.parametrize(
    ("weekend", "first", "last"),
    [
        pytest.param({5, 6}, "Mon 30 Nov", "Fri 4 Dec", id="Saturday and Sunday"),
        pytest.param({4, 5}, "Sun 29 Nov", "Thu 3 Dec", id="Friday and Saturday"),
        pytest.param({4}, "Sat 28 Nov", "Thu 3 Dec", id="Friday"),
        pytest.param({4, 6}, "Mon 30 Nov", "Sat 5 Dec", id="Friday and Sunday"),
        pytest.param({5}, "Sun 29 Nov", "Fri 4 Dec", id="Saturday"),
        pytest.param({6, 0}, "Tue 24 Nov", "Sat 28 Nov", id="Sunday and Monday"),
    ],
)
def test_a_working_week_begins_after_the_weekend(weekend: set[int], first: str, last: str) -> None:
    calendar = WorkingCalendar(frozenset(weekend))
    span = calendar.span(date(2026, 11, 30))
    assert [date_words(day, date(2026, 11, 30)) for day in span] == [first, last]
    assert calendar.first_weekday == span[0].weekday()
    assert calendar.last_weekday == span[1].weekday()


@given(dates, calendars)
@reproducible
def test_every_day_is_in_one_week_that_its_monday_names(
    day: date, calendar: WorkingCalendar
) -> None:
    monday = calendar.week_of(day)
    assert monday.weekday() == 0
    assert calendar.begins(monday) <= day <= calendar.ends(monday)
    assert calendar.begins(monday) <= monday <= calendar.ends(monday)
    assert calendar.begins(monday + WEEK) == calendar.ends(monday) + timedelta(days=1)
    first, last = calendar.span(monday)
    assert calendar.begins(monday) <= first <= last <= calendar.ends(monday)
    assert all(first <= one <= last for one in calendar.working_days(monday))


@given(dates, calendars)
@reproducible
def test_working_days_go_on_week_by_week(day: date, calendar: WorkingCalendar) -> None:
    found = list(islice(calendar.days_from(day), 20))
    weeks = (calendar.week_of(day) + n * WEEK for n in range(12))
    expected = [on for monday in weeks for on in calendar.working_days(monday) if on >= day]
    assert found == expected[:20]
    before = list(islice(calendar.days_before(found[-1]), 19))
    assert before == found[-2::-1]


@pytest.mark.parametrize(
    ("day", "today", "words"),
    [
        ("2026-11-18", "2026-11-24", "Wed 18 Nov"),
        ("2026-11-01", "2026-11-24", "Sun 1 Nov"),
        ("2025-12-31", "2026-01-01", "Wed 31 Dec 2025"),
        ("2027-01-04", "2026-12-28", "Mon 4 Jan 2027"),
    ],
)
def test_a_day_in_words_names_the_year_where_it_is_another(
    day: str, today: str, words: str
) -> None:
    assert date_words(date.fromisoformat(day), date.fromisoformat(today)) == words


def weekdays_compared(source: str) -> list[str]:
    """Where code asks of a weekday whether it is one, be it by number."""
    compared = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Compare))
    return [
        ast.unparse(node)
        for node in compared
        if any(
            isinstance(side, ast.Call)
            and isinstance(side.func, ast.Attribute)
            and side.func.attr in ("weekday", "isoweekday")
            for side in (node.left, *node.comparators)
        )
    ]


@pytest.mark.slow
def test_nothing_else_says_which_days_are_worked() -> None:
    """What Monday to Friday is to one team is Sunday to Thursday to another."""
    found = {
        path.relative_to(ROOT).as_posix(): code
        for top in ("bot", "handlers", "storage")
        for path in (ROOT / top).rglob("*.py")
        if (code := weekdays_compared(path.read_text(encoding="utf-8")))
    }
    assert set(found) <= {"bot/domain/team/calendar.py"}


@pytest.mark.parametrize(
    "code", ["day.weekday() < 5", "if day.isoweekday() in (6, 7): pass", "5 <= today.weekday()"]
)
def test_a_weekday_that_is_compared_is_noticed(code: str) -> None:
    assert weekdays_compared(code)
