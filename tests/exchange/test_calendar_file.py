"""Calendars as files, read back by two parsers that are not what writes them."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.domain.accounts.dates import AccountDate, DateSource
from bot.domain.appointments import Appointment
from bot.domain.binder.calendar import (
    CalendarEntry,
    CalendarFacts,
    appointment_entry,
    date_entry,
    fingerprint,
    of_manager,
    of_rep,
)
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.meetings.meetings import Dropped, Meeting, days_of
from bot.domain.team.calendar import WorkingCalendar, instant
from bot.domain.team.settings import MeetingSettings, OnHoliday, Series, TeamSettings
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person
from bot.exchange.calendar_file import to_ics, zone_component

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ZONES = (
    *("Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe"),
    *("Asia/Kolkata", "Africa/Casablanca", "Pacific/Apia", "UTC"),
)
LAST, HOUR = date(2027, 12, 31), timedelta(hours=1)
SECRET = "xq7 never to be seen"


DEC = (date(2026, 12, 1), date(2026, 12, 31))


def person(number: int, name: str, zone: str = "Europe/Berlin") -> Person:
    return Person(number, f"U{number}", name, zone, active=True, bot=False, dm_channel=None)


DANA, SAM, RAJ = person(1, "Dana Moss"), person(2, "Sam Stone"), person(3, "Raj Rao")


def team(zone: str = "Europe/Berlin", **said: Any) -> Team:
    return Team(1, replace(DANA, zone=zone), TeamSettings(**said))


def planned(at: time | None = time(10), day: date = date(2026, 12, 9), **said: Any) -> Appointment:
    usual: dict[str, Any] = {"kind": InteractionKind.SESSION, "made_on": date(2026, 11, 2)}
    usual |= {"rep": SAM, "notes": SECRET, "stands": True} | said
    return Appointment(id=7, team_id=1, day=day, at=at, **usual)


def a_meeting(planned_for: date, at: time = time(9, 30), **said: Any) -> Meeting:
    usual: dict[str, Any] = {"planned_for": planned_for, "planned_day": planned_for}
    usual |= {"day": planned_for} | said
    return Meeting(
        id=1, team_id=1, planned_at=time(9, 30), at=at, minutes=45, place="", lead=60,
        sections=(), **usual,
    )  # fmt: skip


def shown(facts: CalendarFacts, first: date, last: date) -> list[tuple[Any, str]]:
    """What a calendar that imported it shows in those days: starts, and whether each stands."""
    calendar = Calendar.from_ical(to_ics(of_manager(facts, NOW), "Windshield", NOW))
    found = recurring_ical_events.of(calendar).between(first, last)
    return sorted((one.start, str(one["STATUS"])) for one in found)


def starts(facts: CalendarFacts, first: date, last: date) -> list[Any]:
    return [start for start, status in shown(facts, first, last) if status == "CONFIRMED"]


def test_what_is_planned_stands_at_its_instant_and_its_name_says_with_whom() -> None:
    facts = CalendarFacts("T1", team(), (planned(), planned(None, rep=RAJ)))
    first, second = of_manager(facts, NOW)
    assert (first.title, second.title) == (
        "Strategy session with Sam Stone",
        "Strategy session with Raj Rao",
    )
    assert appointment_entry(facts, planned(), NOW, for_rep=True).title.endswith("with Dana Moss")
    assert starts(
        CalendarFacts("T1", team(), (planned(),)), date(2026, 12, 1), date(2027, 1, 1)
    ) == [datetime(2026, 12, 9, 9, tzinfo=UTC)]
    assert second.start == date(2026, 12, 9)
    assert second.end == date(2026, 12, 10)
    assert SECRET not in to_ics((first, second), "Windshield", NOW).decode()


def test_a_move_keeps_the_name_and_raises_the_number_and_a_repetition_changes_nothing() -> None:
    facts = CalendarFacts("T1", team())
    before = appointment_entry(facts, planned(), NOW)
    after = appointment_entry(facts, planned(day=date(2026, 12, 10), sequence=1), NOW)
    dropped = appointment_entry(facts, planned(stands=False, dropped=True, sequence=2), NOW)
    assert before.uid == after.uid == dropped.uid
    assert [one.sequence for one in (before, after, dropped)] == [0, 1, 2]
    assert [one.cancelled for one in (before, after, dropped)] == [False, False, True]
    later = NOW + timedelta(days=1)
    assert fingerprint([before]) == fingerprint([appointment_entry(facts, planned(), later)])
    assert fingerprint([before]) != fingerprint([after])
    others = (planned(made_on=date(2026, 11, 3)), planned(kind=InteractionKind.FIELD_DAY))
    names = {appointment_entry(facts, one, NOW).uid for one in (planned(), *others)}
    names.add(appointment_entry(CalendarFacts("T2", team()), planned(), NOW).uid)
    assert len(names) == 4


def test_what_was_held_before_its_day_is_not_to_be_any_more() -> None:
    facts = CalendarFacts("T1", team())
    assert appointment_entry(facts, planned(stands=False), NOW).cancelled
    past = planned(stands=False, day=date(2026, 11, 20))
    assert not appointment_entry(facts, past, NOW).cancelled


@pytest.mark.parametrize(("at", "ends"), [(time(9), time(17)), (time(16, 30), time(17, 30))])
def test_a_field_day_lasts_until_the_afternoon(at: time, ends: time) -> None:
    facts = CalendarFacts("T1", team())
    found = appointment_entry(facts, planned(at, kind=InteractionKind.FIELD_DAY), NOW)
    assert isinstance(found.end, datetime)
    assert found.end.time() == ends


MONDAYS = MeetingSettings(place="Room 4; or dial, in\nat the desk 会议室")


def meets(meetings: Iterable[Meeting] = (), **said: Any) -> CalendarFacts:
    holidays = frozenset({date(2026, 12, 21)})
    usual: dict[str, Any] = {"meeting_days": (0,), "meeting_time": time(9, 30)}
    return CalendarFacts(
        "T1",
        team(**(usual | {"meeting": MONDAYS} | said)),
        meetings=tuple(meetings),
        working=WorkingCalendar(holidays=holidays),
    )


def days(facts: CalendarFacts) -> list[int]:
    return [start.day for start in starts(facts, *DEC)]


@pytest.mark.parametrize(
    ("on_holiday", "expected"),
    [
        (OnHoliday.MOVED, [7, 14, 22, 28]),
        (OnHoliday.SKIPPED, [7, 14, 28]),
        (OnHoliday.HELD, [7, 14, 21, 28]),
    ],
)
def test_a_series_goes_around_holidays_as_its_team_chose(
    on_holiday: OnHoliday, expected: list[int]
) -> None:
    facts = meets(meeting=replace(MONDAYS, on_holiday=on_holiday))
    assert days(facts) == expected
    calendar = Calendar.from_ical(to_ics(of_manager(facts, NOW), "Windshield", NOW))
    assert sum("RRULE" in one for one in calendar.events) == 1
    assert len({str(one["UID"]) for one in calendar.events}) == 1


def test_single_meetings_of_a_series_are_moved_dropped_and_remembered() -> None:
    rows = [
        a_meeting(date(2026, 11, 23)),
        a_meeting(date(2026, 12, 7), day=date(2026, 12, 8), sequence=1),
        a_meeting(date(2026, 12, 14), dropped=Dropped.CANCELLED, sequence=1),
    ]
    facts = meets(rows, meeting=replace(MONDAYS, place=""))
    assert days(facts) == [8, 22, 28]
    assert (datetime(2026, 12, 14, 8, 30, tzinfo=UTC), "CANCELLED") in shown(facts, *DEC)
    assert [start.day for start in starts(facts, date(2026, 11, 1), date(2026, 11, 29))] == [23]
    series, *changed = of_manager(facts, NOW)
    assert series.weekly is not None
    assert [(one.sequence, one.cancelled) for one in changed[:2]] == [(1, False), (1, True)]


def test_meetings_of_an_earlier_rhythm_stay_what_they_were() -> None:
    rows = [a_meeting(date(2026, 11, 24)), a_meeting(date(2026, 12, 7))]
    facts = meets(rows)
    assert [start.day for start in starts(facts, date(2026, 11, 1), date(2026, 12, 10))] == [
        *(24, 30, 7)
    ]
    assert len({one.uid for one in of_manager(facts, NOW)}) == 2


def test_a_team_that_does_not_meet_has_no_series() -> None:
    assert list(of_manager(meets(meeting_days=(), meeting_time=None), NOW)) == []


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    weekdays=st.sets(st.integers(0, 6), min_size=1),
    every=st.integers(1, 5),
    hour=st.integers(4, 23),
    weekend=st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6})]),
    off=st.sets(st.integers(0, 360), max_size=12),
    on_holiday=st.sampled_from(OnHoliday),
)
def test_a_series_is_at_the_instants_that_its_team_meets_at(
    zone: str,
    weekdays: set[int],
    every: int,
    hour: int,
    weekend: frozenset[int],
    off: set[int],
    on_holiday: OnHoliday,
) -> None:
    """Over a year, so across each change of the clocks there is."""
    working = WorkingCalendar(weekend, frozenset(NOW.date() + timedelta(n) for n in off))
    meeting = MeetingSettings(every=every, on_holiday=on_holiday)
    said = {"meeting_days": tuple(weekdays), "meeting_time": time(hour, 15), "meeting": meeting}
    facts = CalendarFacts("T1", team(zone, **said), working=working)
    last = NOW.date() + timedelta(days=360)
    expected = set()
    series = Series(tuple(weekdays), time(hour, 15), meeting)
    for planned_for, day in days_of(series, working, NOW.date() - timedelta(days=365)):
        at = instant(day, time(hour, 15), ZoneInfo(zone))
        if planned_for > last:
            break
        if at > NOW and day <= last - timedelta(days=1):
            expected.add(at)
    found = {
        one.astimezone(UTC)
        for one in starts(facts, NOW.date() - timedelta(days=40), last + timedelta(days=40))
        if one.astimezone(ZoneInfo(zone)).date() <= last - timedelta(days=1)
    }
    assert found == expected


@settings(max_examples=40, deadline=None)
@given(
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80),
    place=st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    zone=st.sampled_from(ZONES),
    on=st.dates(date(2025, 12, 1), date(2027, 11, 1)),
    at=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
)
def test_any_name_place_and_time_is_read_back_by_others(
    name: str, place: str, zone: str, on: date, at: time
) -> None:
    start = instant(on, at, ZoneInfo(zone)).astimezone(ZoneInfo(zone))
    end = (start.astimezone(UTC) + timedelta(hours=1)).astimezone(ZoneInfo(zone))
    written = to_ics([CalendarEntry("a@b", 3, f"With {name}", start, end, place)], name, NOW)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert b"\n" not in written.replace(b"\r\n", b"")
    unfolded = written.replace(b"\r\n ", b"")
    for line in written.split(b"\r\n"):
        line.decode()  # no letter is cut in two
    # It would go on with the zone of the last file that had one of that name.
    vars(vobject.icalendar)["__tzidMap"].clear()
    (event,) = vobject.readOne(unfolded.decode()).vevent_list
    assert event.uid.value == "a@b"
    assert event.sequence.value == "3"
    assert event.dtstart.value.astimezone(UTC) == start.astimezone(UTC)
    assert event.dtend.value.astimezone(UTC) == end.astimezone(UTC)
    said = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", f"With {name}".replace("\r\n", " "))
    assert event.summary.value == said.replace("\n", " ")


@pytest.mark.parametrize("name", ZONES[:-1])
def test_the_clocks_of_a_zone_are_read_as_they_are_to_the_minute(name: str) -> None:
    zone, component = ZoneInfo(name), zone_component(ZoneInfo(name), date(2025, 1, 1), LAST)
    read = tzical(StringIO(component.to_ical().decode().replace("\r\n ", ""))).get()
    changes = 0
    at = datetime(2025, 1, 3, tzinfo=UTC)
    while at.date() < LAST:
        changed = at.astimezone(zone).utcoffset() != (at + HOUR).astimezone(zone).utcoffset()
        changes += changed
        minutes = range(-120, 120) if changed else [0]
        for beside in (at + timedelta(minutes=minute) for minute in minutes):
            wall = beside.astimezone(zone)
            if wall.replace(fold=1).utcoffset() == wall.replace(fold=0).utcoffset():
                assert wall.replace(tzinfo=read).utcoffset() == wall.utcoffset(), wall
        at += HOUR
    observances = component.subcomponents
    onsets = sum(1 + len(getattr(one.get("rdate"), "dts", ())) for one in observances)
    assert onsets == 1 + changes


def test_the_file_names_its_zones_and_how_old_it_is() -> None:
    facts = meets([a_meeting(date(2026, 12, 7))], zone="Europe/Berlin")
    written = to_ics(of_manager(facts, NOW), "Dana's; team", NOW).decode()
    calendar = vobject.readOne(written)
    assert calendar.version.value == "2.0"
    assert "BEGIN:VTIMEZONE" in written
    assert "TZID:Europe/Berlin" in written
    assert all(one.dtstamp.value == NOW for one in calendar.vevent_list)
    assert "Room 4\\; or dial\\, in\\nat the desk" in written.replace("\r\n ", "")


def test_a_date_of_an_account_is_a_day_on_nobodys_clock() -> None:
    one = AccountDate(
        *(4, 1, 2, "Acme", "renewal", date(2027, 3, 1), date(2027, 3, 1)),
        (DateSource(1, date(2026, 11, 1)),),
    )
    entry = date_entry("T1", one)
    written = to_ics([entry], "Windshield", NOW).decode()
    assert "DTSTART;VALUE=DATE:20270301" in written
    assert "SUMMARY:Acme: renewal" in written
    moved = date_entry("T1", replace(one, day=date(2027, 3, 8), sequence=1))
    assert (moved.uid, moved.sequence) == (entry.uid, 1)


def test_a_rep_has_what_is_theirs_and_nothing_of_others() -> None:
    own, other = planned(), planned(rep=RAJ)
    rows = [a_meeting(date(2026, 11, 23)), a_meeting(date(2026, 11, 30))]
    facts = replace(meets(rows, meeting=replace(MONDAYS, place="")), appointments=(own, other))
    found = of_rep(facts, SAM, date(2026, 11, 25), NOW)
    assert {one.title for one in found} == {
        "Strategy session with Dana Moss",
        "Team meeting with Dana Moss",
    }
    assert min(one.start for one in found if one.weekly) == datetime(
        2026, 11, 30, 9, 30, tzinfo=ZoneInfo("Europe/Berlin")
    )
    assert "Raj" not in to_ics(found, "Windshield", NOW).decode()
