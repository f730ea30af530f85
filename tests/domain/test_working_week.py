"""A team's week goes by the calendar of its country, whatever that is."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.promises import Owner, Promise
from bot.domain.team.calendar import WorkingCalendar
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.team.time_off import is_away
from bot.domain.todo.lists import Reader, Slot, dues_of_week
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


STAND_INS = (7, 8)
spans = st.lists(
    st.tuples(
        st.integers(-2, 7), st.none() | st.integers(0, 6), st.sampled_from([None, *STAND_INS])
    ),
    max_size=3,
)


def days_off(drawn: list[tuple[int, int | None, int | None]]) -> tuple[TimeOff, ...]:
    found = []
    for number, (first, more, who) in enumerate(drawn, 1):
        begins = MONDAY + timedelta(days=first)
        ends = None if more is None else begins + timedelta(days=more)
        found.append(TimeOff(number, begins, ends, who))
    return tuple(found)


def owed(number: int, member: Membership, due_on: date | None) -> Promise:
    return Promise(
        number, 1, member.rep, Owner.MANAGER, "find a reference", JOINED, due_on, None, None, None,
        "", 7, False, None, None, True,
    )  # fmt: skip


@given(calendars, spans, spans, spans, st.integers(1, 12), st.integers(0, 4), st.data())
@reproducible
def test_while_a_manager_is_away_the_days_of_who_stands_in_are_days_of_the_list(
    calendar: WorkingCalendar,
    own: list[tuple[int, int | None, int | None]],
    first: list[tuple[int, int | None, int | None]],
    second: list[tuple[int, int | None, int | None]],
    count: int,
    promises: int,
    data: st.DataObject,
) -> None:
    """Nobody has a day on which nobody has the list, while there is another; no day is crowded; and
    what is owed waits for who knows of it."""
    there, here = members(count), days_off(own)
    away = {DANA.id: here, 7: days_off(first), 8: days_off(second)}
    due = MONDAY + timedelta(days=data.draw(st.integers(0, 6)))
    owes = [owed(number, one, due) for number, one in enumerate(there[:promises], 1)]
    ticked = {off.id: data.draw(st.sets(st.sampled_from([1, 2]))) for off in here}
    week = Week(
        TEAM, calendar.week_of(MONDAY), MONDAY, there, away=away, promises=tuple(owes),
        calendar=calendar, ticked=ticked,
    )  # fmt: skip
    given = {member.rep.id: day for member, day, _ in week.new_slots()}
    left = [day for day in week.days if day >= MONDAY]

    def knows(day: date, number: int) -> bool:
        spans = [off for off in here if off.covers(day)]
        named = [off for off in spans if off.stand_in_id]
        return not spans or (bool(named) and all(number in ticked[off.id] for off in named))

    def has_it(day: date) -> bool:
        spans = [off for off in here if off.covers(day)]
        named = {off.stand_in_id for off in spans} - {None}
        return not spans or any(not is_away(day, away[who or 0]) for who in named)

    worked = [day for day in left if has_it(day)] or left or [week.days[-1]]
    assert set(given.values()) <= set(worked)
    for promise in owes:
        known = [day for day in worked if knows(day, promise.id)]
        day = given[promise.rep.id]
        assert not known or day in known
        assert day is not None
        assert day <= due or not any(one <= due for one in known or worked)
    rest = [day for day in given.values() if day] if not owes else []
    counts = [rest.count(day) for day in worked] if rest else [0]
    assert max(counts) - min(counts) <= 1


def test_rows_whose_day_is_gone_are_spread_too() -> None:
    """The manager is away on Wednesday after all: its rows do not all go to one day."""
    week = Week(TEAM, MONDAY, MONDAY, members(12))
    slots = [
        Slot(number, 1, MONDAY, member.rep, day, reason, None)
        for number, (member, day, reason) in enumerate(week.new_slots())
    ]
    wednesday = MONDAY + timedelta(days=2)
    gone = {DANA.id: [TimeOff(1, wednesday, wednesday)]}
    mended = replace(week, away=gone, slots=tuple(slots)).mended_slots()
    days = Counter(mended.get(slot.id, (slot.day, None))[0] for slot in slots)
    assert sorted(days.values()) == [3, 3, 3, 3]


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
