from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.contacts.touches import Channel
from bot.domain.team.calendar import USUAL, WorkingCalendar
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import TimeOff
from bot.domain.team.time_off import is_away
from bot.domain.todo.lists import (
    SUGGESTED,
    Due,
    Reader,
    Slot,
    SlotState,
    days_of_list,
    dues_of_week,
    spread,
    state_of,
    suggested_channel,
    week_of_list,
)
from bot.domain.todo.reasons import ANY_DAY, Days, Reason, ReasonKind
from bot.domain.workspaces.people import Person
from tests.domain.calendars import calendars

reproducible = settings(derandomize=True, deadline=None)

DAY = timedelta(days=1)
MON, TUE, WED, THU, FRI = (date(2026, 11, 23) + n * DAY for n in range(5))
FRIDAY_BEFORE, SATURDAY_BEFORE, SUNDAY_BEFORE = (MON - n * DAY for n in (3, 2, 1))
WEEK = (MON, TUE, WED, THU, FRI)
ON_MONDAY, ON_WEDNESDAY, ON_FRIDAY, ON_SUNDAY = (TeamSettings(todo_day=day) for day in (0, 2, 4, 6))
STAND_IN, OTHER_STAND_IN = 9, 10

SAM = Person(2, "U2", "Sam Stone", "Europe/Berlin", True, False, None)


def without(holidays: Collection[date]) -> WorkingCalendar:
    return WorkingCalendar(holidays=frozenset(holidays))


REASON = Reason(ReasonKind.RAISED, "promise:12", "Sam raised: “terms”.", "Noted on Mon 16 Nov")

days_around = st.integers(-5, 8).map(lambda n: MON + n * DAY)
holiday_sets = st.frozensets(days_around, max_size=6)
some_days = st.lists(st.sampled_from(WEEK), unique=True).map(lambda days: tuple(sorted(days)))
reps = st.integers(1, 20)
teams = st.dictionaries(reps, some_days, max_size=20)


def off(
    starts_on: date, ends_on: date | None = None, stand_in: int | None = None, id: int = 1
) -> TimeOff:
    return TimeOff(id, starts_on, ends_on, stand_in)


times_off = st.lists(
    st.builds(
        lambda first, more, stand_in: off(first, more and first + more * DAY, stand_in),
        days_around,
        st.none() | st.integers(1, 7),
        st.sampled_from([None, STAND_IN, OTHER_STAND_IN]),
    ),
    max_size=3,
)


def slot(not_this_week: str | None = None) -> Slot:
    return Slot(1, 1, MON, SAM, TUE, REASON, not_this_week)


def to_manager(day: date) -> Due:
    return Due(day, Reader.MANAGER)


def to_stand_in(day: date) -> Due:
    return Due(day, Reader.STAND_IN)


@pytest.mark.parametrize(
    ("day", "settings", "monday"),
    [
        (MON, ON_MONDAY, MON),
        (FRI, ON_MONDAY, MON),
        (SUNDAY_BEFORE, ON_MONDAY, MON - 7 * DAY),
        (THU, ON_WEDNESDAY, MON),
        (THU, ON_FRIDAY, MON),
        (FRIDAY_BEFORE, ON_FRIDAY, MON),
        (SATURDAY_BEFORE, ON_FRIDAY, MON),
        (SUNDAY_BEFORE, ON_SUNDAY, MON),
        (SATURDAY_BEFORE, ON_SUNDAY, MON - 7 * DAY),
    ],
)
def test_a_list_from_friday_on_is_about_the_week_after(
    day: date, settings: TeamSettings, monday: date
) -> None:
    assert week_of_list(day, settings, USUAL) == monday


@pytest.mark.parametrize(
    ("first", "holidays", "away", "expected"),
    [
        pytest.param(MON, [], [], WEEK, id="whole week"),
        pytest.param(SUNDAY_BEFORE, [], [], WEEK, id="seen ahead"),
        pytest.param(WED, [], [], (WED, THU, FRI), id="rest of the week"),
        pytest.param(MON, [MON, THU], [], (TUE, WED, FRI), id="holidays"),
        pytest.param(MON, [], [off(MON, WED)], (THU, FRI), id="days the manager is there"),
        pytest.param(WED, [], [off(THU)], (WED,), id="leaves for good"),
        pytest.param(MON, [FRI], [off(MON)], (MON, TUE, WED, THU), id="stand-in has the week"),
        pytest.param(THU, [], [off(THU, FRI)], (THU, FRI), id="stand-in has the rest"),
        pytest.param(FRI + DAY, [], [], (FRI,), id="over"),
        pytest.param(FRI, [FRI], [], (THU,), id="over, by a holiday"),
        pytest.param(MON, list(WEEK), [], WEEK, id="nothing but holidays"),
    ],
)
def test_the_days_that_reps_can_be_given(
    first: date, holidays: list[date], away: list[TimeOff], expected: tuple[date, ...]
) -> None:
    assert days_of_list(MON, first, without(holidays), away, {}) == expected


@pytest.mark.parametrize(
    ("away", "stand_ins", "expected"),
    [
        pytest.param([off(MON, THU, STAND_IN)], {}, WEEK, id="the stand-in, then the manager"),
        pytest.param([off(MON, FRI, STAND_IN)], {}, WEEK, id="the stand-in all week"),
        pytest.param(
            [off(MON, THU, STAND_IN)], {STAND_IN: [off(TUE, WED)]}, (MON, THU, FRI), id="away too"
        ),
        pytest.param(
            [off(MON, THU, STAND_IN)], {STAND_IN: [off(MON, FRI)]}, (FRI,), id="away as long"
        ),
        pytest.param(
            [off(MON, FRI, STAND_IN)], {STAND_IN: [off(MON, FRI)]}, WEEK, id="nobody is there"
        ),
        pytest.param(
            [off(MON, TUE, STAND_IN), off(WED, THU)], {}, (MON, TUE, FRI), id="then it waits"
        ),
        pytest.param(
            [off(MON, TUE, STAND_IN), off(WED, THU, OTHER_STAND_IN)],
            {STAND_IN: [off(WED, FRI)], OTHER_STAND_IN: [off(WED, WED)]},
            (MON, TUE, THU, FRI),
            id="one after the other",
        ),
        pytest.param(
            [off(MON, WED, STAND_IN), off(WED, THU)],
            {},
            (MON, TUE, WED, FRI),
            id="one of two spans names nobody",
        ),
        pytest.param(
            [off(MON, WED, STAND_IN), off(MON, TUE, OTHER_STAND_IN)],
            {STAND_IN: [off(MON, MON)], OTHER_STAND_IN: [off(MON, TUE)]},
            (TUE, WED, THU, FRI),
            id="one of two is there",
        ),
    ],
)
def test_a_list_is_worked_by_whoever_has_it_and_is_there(
    away: list[TimeOff], stand_ins: dict[int, list[TimeOff]], expected: tuple[date, ...]
) -> None:
    assert days_of_list(MON, MON, USUAL, away, stand_ins) == expected


@pytest.mark.parametrize(
    ("settings", "holidays", "away", "expected"),
    [
        pytest.param(ON_MONDAY, [], [], [to_manager(MON)], id="Monday"),
        pytest.param(ON_WEDNESDAY, [], [], [to_manager(WED)], id="Wednesday"),
        pytest.param(ON_FRIDAY, [], [], [to_manager(FRIDAY_BEFORE)], id="Friday before"),
        pytest.param(ON_SUNDAY, [], [], [to_manager(SUNDAY_BEFORE)], id="Sunday before"),
        pytest.param(ON_MONDAY, [MON], [], [to_manager(TUE)], id="holiday"),
        pytest.param(ON_MONDAY, [MON, TUE], [], [to_manager(WED)], id="two holidays"),
        pytest.param(ON_MONDAY, list(WEEK), [], [], id="nothing but holidays"),
        pytest.param(ON_SUNDAY, list(WEEK), [], [], id="nothing but holidays ahead"),
        pytest.param(ON_FRIDAY, [FRIDAY_BEFORE], [], [to_manager(MON)], id="holiday ahead"),
        pytest.param(ON_MONDAY, [], [off(MON, WED)], [to_manager(THU)], id="off"),
        pytest.param(
            ON_MONDAY,
            [],
            [off(MON, WED, STAND_IN)],
            [to_stand_in(MON), to_manager(THU)],
            id="off, with a stand-in",
        ),
        pytest.param(
            ON_MONDAY,
            [MON],
            [off(MON, WED, STAND_IN)],
            [to_stand_in(TUE), to_manager(THU)],
            id="a holiday and off",
        ),
        pytest.param(
            ON_MONDAY,
            [],
            [off(MON, WED), off(TUE, WED, STAND_IN)],
            [to_stand_in(TUE), to_manager(THU)],
            id="overlapping, the stand-in named in one",
        ),
        pytest.param(ON_MONDAY, [], [off(MON, FRI)], [], id="off all week"),
        pytest.param(
            ON_MONDAY, [], [off(MON, FRI, STAND_IN)], [to_stand_in(MON)], id="stand-in all week"
        ),
        pytest.param(ON_MONDAY, [], [off(SUNDAY_BEFORE)], [], id="no end"),
        pytest.param(
            ON_MONDAY,
            [],
            [off(WED, None, STAND_IN)],
            [to_manager(MON), to_stand_in(WED)],
            id="leaves in the middle of the week",
        ),
        pytest.param(
            ON_MONDAY,
            [],
            [off(MON, TUE, STAND_IN), off(WED, THU, STAND_IN), off(FRI, FRI, OTHER_STAND_IN)],
            [to_stand_in(MON), to_stand_in(FRI)],
            id="each stand-in once",
        ),
        pytest.param(
            ON_SUNDAY, [], [off(SUNDAY_BEFORE, MON)], [to_manager(TUE)], id="off on the Sunday"
        ),
        pytest.param(
            ON_SUNDAY,
            [],
            [off(MON - 14 * DAY, SUNDAY_BEFORE, STAND_IN)],
            [to_manager(MON)],
            id="no stand-in for a week that the manager is there",
        ),
        pytest.param(
            ON_FRIDAY,
            [],
            [off(MON, FRI, STAND_IN)],
            [to_stand_in(MON)],
            id="there before the week and on no day of it",
        ),
        pytest.param(
            ON_FRIDAY,
            [],
            [off(FRIDAY_BEFORE, THU, STAND_IN)],
            [to_stand_in(MON)],
            id="on Friday the next week's list comes",
        ),
    ],
)
def test_when_the_list_of_a_week_comes_and_to_whom(
    settings: TeamSettings, holidays: list[date], away: list[TimeOff], expected: list[Due]
) -> None:
    assert list(dues_of_week(MON, settings, without(holidays), away)) == expected


@given(st.integers(0, 6), calendars, times_off)
@reproducible
def test_a_list_comes_once_on_a_day_that_its_reader_is_there(
    todo_day: int, calendar: WorkingCalendar, away: list[TimeOff]
) -> None:
    settings = TeamSettings(todo_day=todo_day)
    dues = dues_of_week(MON, settings, calendar, away)
    readers = Counter(due.reader for due in dues)
    assert readers[Reader.MANAGER] <= 1
    assert readers[Reader.STAND_IN] <= len({off.stand_in_id for off in away} - {None})
    assert list(dues) == sorted(dues, key=lambda due: due.day)
    for due in dues:
        assert due.day not in calendar.holidays - calendar.worked
        assert week_of_list(due.day, settings, calendar) == MON
        assert is_away(due.day, away) == (due.reader is Reader.STAND_IN)
        if due.reader is Reader.STAND_IN:
            assert due.day in calendar.working_days(MON)
            assert any(spell.covers(due.day) and spell.stand_in_id for spell in away)


@given(holiday_sets, times_off)
@reproducible
def test_a_monday_list_waits_for_the_first_day_that_the_manager_is_there(
    holidays: frozenset[date], away: list[TimeOff]
) -> None:
    there = [day for day in WEEK if day not in holidays and not is_away(day, away)]
    dues = dues_of_week(MON, ON_MONDAY, without(holidays), away)
    assert [d.day for d in dues if d.reader is Reader.MANAGER] == there[:1]


@given(teams, st.lists(st.sampled_from(WEEK), max_size=9))
@reproducible
def test_every_rep_has_a_day_that_can_be_had(
    wanted: dict[int, tuple[date, ...]], taken: list[date]
) -> None:
    given_days = spread(wanted, taken)
    assert given_days.keys() == wanted.keys()
    for rep, day in given_days.items():
        assert day in wanted[rep] if wanted[rep] else day is None
    assert spread(wanted, taken) == given_days


@given(st.integers(0, 60), some_days.filter(bool), st.integers(0, 20))
@reproducible
def test_no_day_is_crowded_when_all_are_free(
    reps: int, days: tuple[date, ...], before: int
) -> None:
    taken = [days[n % len(days)] for n in range(before)]
    given_days = spread(dict.fromkeys(range(reps), days), taken)
    load = Counter([*given_days.values(), *taken])
    assert max(load[day] for day in days) - min(load[day] for day in days) <= 1


@pytest.mark.parametrize(
    ("good", "days", "expected"),
    [
        pytest.param(ANY_DAY, WEEK, WEEK, id="any day"),
        pytest.param(Days(last=WED), WEEK, (MON, TUE, WED), id="by its day"),
        pytest.param(Days(last=MON), (WED, THU), (WED,), id="late, so at once"),
        pytest.param(Days(last=SUNDAY_BEFORE), WEEK, (MON,), id="late since last week"),
        pytest.param(Days(last=FRI + DAY), WEEK, WEEK, id="due on the Saturday"),
        pytest.param(Days(TUE, TUE), WEEK, (TUE,), id="on its day"),
        pytest.param(Days(TUE, TUE), (MON, WED, THU), (WED,), id="the next where it is taken"),
        pytest.param(Days(FRI, FRI), (MON, TUE), (TUE,), id="the last where there is none after"),
        pytest.param(Days(WED, FRI), WEEK, (WED, THU, FRI), id="within its span"),
        pytest.param(Days(last=WED), (), (), id="nobody is there"),
    ],
)
def test_the_days_that_a_reason_is_good_for(
    good: Days, days: tuple[date, ...], expected: tuple[date, ...]
) -> None:
    assert good.among(days) == expected


def test_who_presses_most_comes_first_and_days_that_are_taken_fill_up_last() -> None:
    assert spread({7: WEEK, 3: WEEK, 5: WEEK}) == {7: MON, 3: TUE, 5: WED}
    assert spread({7: WEEK, 3: WEEK}, [MON, MON, TUE, WED]) == {7: THU, 3: FRI}


def test_who_can_have_one_day_alone_has_it_and_the_others_go_elsewhere() -> None:
    assert spread({7: (MON, TUE), 3: (MON,), 5: ()}) == {7: TUE, 3: MON, 5: None}


@pytest.mark.parametrize(
    ("away", "today", "expected"),
    [
        pytest.param([], WED, SlotState.OPEN, id="there"),
        pytest.param([off(MON, FRI)], MON, SlotState.AWAY, id="away all week"),
        pytest.param([off(MON - 9 * DAY)], FRI, SlotState.AWAY, id="nobody knows until when"),
        pytest.param([off(MON, THU)], MON, SlotState.OPEN, id="back on Friday"),
        pytest.param([off(WED, FRI)], TUE, SlotState.OPEN, id="leaves tomorrow"),
        pytest.param([off(WED, FRI)], WED, SlotState.AWAY, id="away for the rest"),
        pytest.param([off(WED, THU), off(FRI, FRI)], WED, SlotState.AWAY, id="in two parts"),
        pytest.param([off(MON, FRI)], FRI + DAY, SlotState.AWAY, id="was away all week"),
        pytest.param([off(WED, FRI)], FRI + DAY, SlotState.OPEN, id="was there on Monday"),
        pytest.param([off(MON, FRI)], SUNDAY_BEFORE, SlotState.AWAY, id="will be away"),
    ],
)
def test_how_a_slot_stands(away: list[TimeOff], today: date, expected: SlotState) -> None:
    def state(of: Slot, contacted: bool) -> SlotState:
        return state_of(of, contacted=contacted, away=away, days=WEEK, today=today)

    assert state(slot(), False) is expected
    assert state(slot(not_this_week=""), False) is SlotState.NOT_THIS_WEEK
    assert state(slot(not_this_week="at a fair"), True) is SlotState.DONE


@given(st.booleans(), st.none() | st.just("fair"), times_off, holiday_sets, days_around)
@reproducible
def test_a_slot_stands_in_one_way_and_a_contact_completes_it(
    contacted: bool,
    why: str | None,
    away: Sequence[TimeOff],
    holidays: frozenset[date],
    today: date,
) -> None:
    days = without(holidays).working_days(MON)
    state = state_of(slot(why), contacted=contacted, away=away, days=days, today=today)
    there = any(not is_away(day, away) for day in days)
    assert (state is SlotState.DONE) == contacted
    assert (state is SlotState.NOT_THIS_WEEK) == (not contacted and why is not None)
    if state is SlotState.AWAY:
        assert any(is_away(day, away) for day in days)
        assert today <= days[-1] or not there
    if state is SlotState.OPEN and today <= MON:
        assert there or not days


@given(
    st.integers(1, 99),
    st.integers(0, 60),
    st.none() | st.sampled_from(Channel),
    st.none() | st.sampled_from(Channel),
)
@reproducible
def test_a_channel_differs_from_the_last_contact_and_from_the_week_before(
    rep_id: int, weeks: int, last: Channel | None, last_then: Channel | None
) -> None:
    monday = MON + weeks * 7 * DAY
    channel = suggested_channel(rep_id, monday, last)
    assert channel in SUGGESTED
    assert channel is not last
    assert channel is not suggested_channel(rep_id, monday - 7 * DAY, last_then)


def test_every_channel_has_its_turn() -> None:
    assert {suggested_channel(2, MON + n * 7 * DAY, None) for n in range(4)} == set(SUGGESTED)
