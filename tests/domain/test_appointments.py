"""Which day is proposed, and which working day is the one before."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appointments import (
    FULL_DAY,
    Appointment,
    AppointmentEntry,
    day_before,
    odd_hours,
    other_clock,
    proposed_day,
)
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.team.calendar import USUAL, WorkingCalendar, instant
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team, TimeOff
from bot.domain.workspaces.people import Person, zone_named
from tests.domain.calendars import calendars, reproducible

MON = date(2026, 11, 23)
DAYS = st.dates(date(2026, 11, 1), date(2026, 12, 31))


def test_the_ideal_day_where_nothing_speaks_against_it() -> None:
    assert proposed_day(MON, date(2026, 11, 2), calendar=USUAL, away=[], taken={}) == MON


def test_around_weekends_holidays_days_off_and_full_days() -> None:
    saturday = date(2026, 11, 21)
    found = proposed_day(
        saturday,
        date(2026, 11, 2),
        calendar=WorkingCalendar(holidays=frozenset({MON})),
        away=[[], [TimeOff(2, date(2026, 11, 24), date(2026, 11, 24))]],
        taken={date(2026, 11, 25): FULL_DAY, date(2026, 11, 26): FULL_DAY - 1},
    )
    assert found == date(2026, 11, 26)


def test_never_today_or_before() -> None:
    assert proposed_day(MON - timedelta(days=30), MON, calendar=USUAL, away=[], taken={}) == date(
        2026, 11, 24
    )


def test_someone_away_for_good_gets_the_ideal_day_all_the_same() -> None:
    away = [[TimeOff(1, date(2026, 1, 1), None)]]
    assert proposed_day(MON, date(2026, 11, 2), calendar=USUAL, away=away, taken={}) == MON


@given(DAYS, calendars)
@reproducible
def test_the_day_before_is_a_working_day_and_none_lies_between(
    day: date, calendar: WorkingCalendar
) -> None:
    found = day_before(day, calendar=calendar, away=[])
    assert found < day
    assert calendar.works(found)
    between = [found + timedelta(days=n) for n in range(1, (day - found).days)]
    assert not any(map(calendar.works, between))


@pytest.mark.parametrize(
    ("calendar", "before"),
    [(USUAL, "2026-11-27"), (WorkingCalendar(frozenset({4, 5})), "2026-11-26")],
)
def test_the_working_day_before_a_sunday(calendar: WorkingCalendar, before: str) -> None:
    sunday = date(2026, 11, 29)
    assert day_before(sunday, calendar=calendar, away=[]) == date.fromisoformat(before)


ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo", "Europe/Paris", None)


@given(
    DAYS,
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
def test_both_walls_show_one_instant_and_what_is_early_or_late_is_found(
    day: date, at: time, own: str | None, other: str | None
) -> None:
    team = Team(1, Person(1, "U1", "Dana Moss", own, True, False, None), TeamSettings())
    rep = Person(2, "U2", "Raj Rao", other, True, False, None)
    one = Appointment(1, 1, rep, InteractionKind.SESSION, day, at, "", True)
    when = instant(day, at, team.manager_zone)
    own_wall, their_wall = (
        when.astimezone(team.manager_zone),
        when.astimezone(zone_named(other, own)),
    )
    same = own_wall.replace(tzinfo=None) == their_wall.replace(tzinfo=None)
    for of_rep, wall in ((True, their_wall), (False, own_wall)):
        assert other_clock(one, team, of_rep=of_rep) == (None if same else wall)
    entry = AppointmentEntry("U2", InteractionKind.SESSION, day, at)
    odd = {one.name for one in odd_hours(entry, team, rep)}
    walls = {"Dana Moss": own_wall, "Raj Rao": their_wall}
    assert odd == {name for name, wall in walls.items() if not 7 <= wall.hour < 19}
