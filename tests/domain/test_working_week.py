"""A team's week goes by the calendar of its country, whatever that is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.team.calendar import WorkingCalendar
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.lists import Reader, dues_of_week
from bot.domain.todo.week import Week
from bot.domain.workspaces.people import Person
from tests.domain.calendars import MONDAY, calendars, reproducible

DANA = Person(1, "UDANA", "Dana Moss", None, True, False, None)
TEAM = Team(1, DANA, TeamSettings())
JOINED = date(2026, 9, 7)


def members(count: int) -> tuple[Membership, ...]:
    reps = (Person(10 + n, f"U{n}", f"Rep {n:02}", None, True, False, None) for n in range(count))
    return tuple(Membership(n, 1, rep, JOINED, None, "", True, {}) for n, rep in enumerate(reps))


@given(calendars, st.integers(1, 12), st.integers(-3, 9))
@reproducible
def test_every_rep_has_a_day_that_is_worked_and_none_is_crowded(
    calendar: WorkingCalendar, count: int, ahead: int
) -> None:
    today = MONDAY + timedelta(days=ahead)
    week = Week(TEAM, calendar.week_of(today), today, members(count), calendar=calendar)
    given = [day for _, day, _ in week.new_slots()]
    days = calendar.working_days(week.monday)
    assert len(given) == count
    if any(day >= today for day in days):
        assert all(day in days and day is not None and day >= today for day in given)
        left = [day for day in days if day >= today]
        counts = [given.count(day) for day in left]
        assert max(counts) - min(counts) <= 1


@given(calendars, st.integers(0, 10), st.integers(1, 6))
@reproducible
def test_who_is_away_to_the_end_of_a_week_is_welcomed_on_the_next_day_worked(
    calendar: WorkingCalendar, begins: int, weeks: int
) -> None:
    first = MONDAY + timedelta(days=begins)
    monday = calendar.week_of(first + timedelta(weeks=weeks))
    last = calendar.ends(monday)
    (member,) = members(1)
    away = {member.rep.id: [TimeOff(7, first, last)]}
    back = next(calendar.days_from(last + timedelta(days=1)))
    week = Week(TEAM, calendar.week_of(back), last, (member,), away=away, calendar=calendar)
    ((_, day, reason),) = week.new_slots()
    assert day is not None
    assert day >= back
    assert "back" in reason.text
    gone = Week(TEAM, monday, calendar.begins(monday), (member,), away=away, calendar=calendar)
    if set(gone.days) <= {first + timedelta(days=n) for n in range((last - first).days + 1)}:
        assert gone.days_for(member.rep.id) == ()


@given(calendars, st.integers(0, 6))
@reproducible
def test_the_list_of_a_first_working_day_comes_on_the_first_day_worked(
    calendar: WorkingCalendar, weeks: int
) -> None:
    monday = MONDAY + timedelta(weeks=weeks)
    settings = TeamSettings(todo_day=calendar.first_weekday)
    dues = dues_of_week(monday, settings, calendar, [])
    assert [due.day for due in dues] == list(calendar.working_days(monday)[:1])
    assert {due.reader for due in dues} <= {Reader.MANAGER}
