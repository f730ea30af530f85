"""A list is made with everyone who is on the team, exactly once, on a day that can be had."""

from datetime import date, timedelta

import pytest

from bot.domain.todo.lists import Reader, SlotState, TodoView
from bot.domain.workspaces.refusals import ForManagers, NoTeam
from bot.services.team import setup
from bot.services.todo import lists
from tests.services.monday import (
    DANA,
    FRI,
    INES,
    KEN,
    KIM,
    LENA,
    MON,
    NAMES,
    NEW_YORK,
    RAJ,
    SAM,
    SAT,
    SUN,
    THU,
    TUE,
    WED,
    WEEK,
    Office,
    at,
    reps_of,
    row_of,
    states,
)

OPEN, DONE, AWAY = SlotState.OPEN, SlotState.DONE, SlotState.AWAY


def test_everyone_is_on_the_list_once_on_a_day_of_the_week(office: Office) -> None:
    week = office.week(at(MON))
    assert reps_of(week) == [LENA, RAJ, SAM]
    assert sorted(row.slot.day or SUN for row in week.rows) == [MON, TUE, WED]
    assert (week.done, week.counted, week.over, week.rest) == (0, 3, False, False)


def test_asked_again_the_list_is_the_same(office: Office) -> None:
    made = office.week(at(MON))
    assert office.week(at(MON)) == made
    assert [row.slot for row in office.week(at(MON, 17)).rows] == [row.slot for row in made.rows]


def test_who_comes_in_the_middle_of_the_week_is_on_it_from_then(office: Office) -> None:
    office.week(at(MON))
    office.team(DANA, SAM, LENA, RAJ, INES, now=at(WED))
    week = office.week(at(WED))
    assert reps_of(week) == [INES, LENA, RAJ, SAM]
    assert (row_of(week, INES).slot.day or MON) >= WED


def test_who_is_to_come_later_in_the_week_has_a_day_once_there(office: Office) -> None:
    office.team(DANA, SAM, LENA, RAJ, INES, now=at(MON))
    office.place(INES, THU, None, at(MON))
    assert office.row(INES, at(MON)).slot.day in (THU, FRI)
    office.place(INES, SAT, None, at(MON))
    assert reps_of(office.week(at(MON))) == [LENA, RAJ, SAM], "of this week no day is left"


@pytest.mark.parametrize("left_on", [MON, WED, SAT])
def test_who_leaves_is_on_the_list_up_to_then(office: Office, left_on: date) -> None:
    office.place(SAM, MON - WEEK, left_on, at(MON - WEEK))
    days = (MON, TUE, WED, THU, FRI)
    there = [day for day in days if SAM in reps_of(office.week(at(day)))]
    assert there == [day for day in days if day < left_on]


def test_who_left_after_a_contact_stays_on_the_list_as_done(office: Office) -> None:
    office.done(SAM, at(MON))
    office.done(LENA, at(MON))
    office.team(DANA, LENA, now=at(TUE))
    assert states(office.week(at(WED))) == {SAM: DONE, LENA: DONE}


def test_who_left_slack_is_off_the_list_and_back_with_a_return(office: Office) -> None:
    office.week(at(MON))
    office.meets(SAM, active=False)
    assert reps_of(office.week(at(TUE))) == [LENA, RAJ]
    office.meets(SAM)
    assert reps_of(office.week(at(WED))) == [LENA, RAJ, SAM]


def test_a_rep_on_two_teams_has_a_place_on_both_and_each_manager_their_own(office: Office) -> None:
    office.team(KIM, SAM, INES)
    office.done(SAM, at(MON))
    assert states(office.week(at(TUE))) == {SAM: DONE, LENA: OPEN, RAJ: OPEN}
    assert states(office.week(at(TUE), KIM)) == {SAM: OPEN, INES: OPEN}
    office.done(SAM, at(TUE), KIM)
    assert office.row(SAM, at(TUE), KIM).contact != office.row(SAM, at(TUE)).contact


def test_who_is_away_all_week_is_shown_with_the_first_day_back(office: Office) -> None:
    office.is_away(SAM, MON - WEEK, FRI, at(MON - WEEK))
    row = office.row(SAM, at(MON))
    assert (row.state, row.back_on, row.slot.day) == (AWAY, MON + WEEK, None)
    assert office.week(at(MON)).counted == 2
    office.is_away(LENA, MON, None, at(MON))
    assert (office.row(LENA, at(MON)).state, office.row(LENA, at(MON)).back_on) == (AWAY, None)


def test_who_is_away_for_some_days_has_a_day_when_there(office: Office) -> None:
    office.is_away(SAM, MON, WED, at(MON - WEEK))
    office.is_away(LENA, TUE, FRI, at(MON - WEEK))
    week = office.week(at(MON))
    assert states(week) == {SAM: OPEN, LENA: OPEN, RAJ: OPEN}
    assert row_of(week, SAM).slot.day in (THU, FRI)
    assert row_of(week, LENA).slot.day == MON


def test_days_away_that_are_noted_or_taken_back_in_the_week_move_the_rep(office: Office) -> None:
    given = office.row(SAM, at(MON)).slot.day
    assert given is not None
    off = office.is_away(SAM, MON, THU, at(MON))
    assert office.row(SAM, at(MON)).slot.day == FRI
    all_week = office.is_away(SAM, MON, FRI, at(TUE))
    assert office.row(SAM, at(TUE)).state is AWAY
    for one in (off, all_week):
        office.asks(setup.remove_time_off, DANA, SAM, one, at(WED))
    row = office.row(SAM, at(WED))
    assert (row.state, row.back_on) == (OPEN, None)
    assert (row.slot.day or MON) >= WED


def test_who_was_away_when_the_days_were_given_out_has_one_after_all(office: Office) -> None:
    off = office.is_away(SAM, MON, FRI, at(MON - WEEK))
    assert office.row(SAM, at(MON)).slot.day is None
    office.asks(setup.remove_time_off, DANA, SAM, off, at(TUE))
    assert (office.row(SAM, at(TUE)).slot.day or MON) >= TUE


def test_a_rep_without_a_zone_is_on_the_list_like_anyone(office: Office) -> None:
    office.meets(SAM, None)
    assert states(office.week(at(MON)))[SAM] is OPEN
    office.done(SAM, at(MON))
    assert states(office.week(at(MON)))[SAM] is DONE


@pytest.mark.parametrize(
    ("own", "team", "today"), [(None, None, MON), (None, NEW_YORK, SUN - WEEK), ("", None, MON)]
)
def test_the_day_is_the_managers_or_the_teams_or_utc(
    office: Office, own: str | None, team: str | None, today: date
) -> None:
    office.meets(DANA, own)
    office.asks(setup.change_settings, DANA, {"zone": team}, at(MON - WEEK))
    assert office.week(at(MON, 3)).today == today


def test_a_manager_with_no_reps_any_more_has_a_list_with_nobody(office: Office) -> None:
    for rep in (SAM, LENA, RAJ):
        office.place(rep, MON - WEEK, MON - timedelta(days=1), at(MON - WEEK))
    assert office.week(at(MON)).rows == ()


def test_only_a_manager_has_a_list(office: Office) -> None:
    with pytest.raises(ForManagers):
        office.week(at(MON), SAM)
    for nobody in (KEN, "U0STRANGER"):
        with pytest.raises(NoTeam):
            office.week(at(MON), nobody)


def test_holidays_and_the_managers_days_off_are_given_to_nobody(office: Office) -> None:
    epiphany = MON + 6 * WEEK + timedelta(days=2)
    assert (epiphany.month, epiphany.day) == (1, 6)
    monday, now = epiphany - timedelta(days=2), at(epiphany - timedelta(days=2))
    office.asks(setup.change_settings, DANA, {"country": "DE-BY"}, at(MON))
    office.leaves(monday + timedelta(days=3), monday + timedelta(days=3), None, at(MON))
    office.team(DANA, *[rep for rep in NAMES if rep != DANA], now=now)
    days = {row.slot.day for row in office.week(now).rows}
    assert days == {monday, monday + timedelta(days=1), monday + timedelta(days=4)}


def test_begun_in_the_middle_of_the_week_it_is_the_rest_of_it_once(office: Office) -> None:
    office.team(KIM, SAM, INES, now=at(WED))
    week = office.week(at(WED), KIM)
    assert week.rest
    assert {row.slot.day for row in week.rows} == {WED, THU}
    assert not office.week(at(WED + WEEK), KIM).rest, "from now on it is simply the week"


def test_a_list_that_always_comes_on_a_wednesday_is_no_rest_of_a_week(office: Office) -> None:
    office.asks(setup.change_settings, DANA, {"todo_day": 2}, at(MON - WEEK))
    assert office.week(at(WED - WEEK)).rest
    assert not office.week(at(WED)).rest


def test_next_week_is_a_look_that_keeps_nothing(office: Office) -> None:
    def look() -> TodoView:
        return office.asks(lists.next_week, DANA, at(MON))

    ahead = look()
    assert (ahead.preview, ahead.monday, ahead.reader) == (True, MON + WEEK, Reader.MANAGER)
    assert reps_of(ahead) == [LENA, RAJ, SAM]
    assert all(row.slot.id < 0 and row.slot.day is not None for row in ahead.rows)
    assert look() == ahead
    assert office.week(at(MON + WEEK)).rows[0].slot.id > 0


def test_next_week_that_has_come_already_is_that_list_itself(office: Office) -> None:
    office.asks(setup.change_settings, DANA, {"todo_day": 4}, at(MON - WEEK))
    office.posts(at(FRI), office.team_id(DANA))
    slots = {row.slot.id for row in office.asks(lists.next_week, DANA, at(FRI)).rows}
    assert len(slots) == 3
    office.week(at(FRI))
    assert {row.slot.id for row in office.asks(lists.next_week, DANA, at(FRI)).rows} == slots
    assert office.week(at(FRI)).monday == MON
    assert {row.slot.id for row in office.week(at(SAT)).rows} == slots, "at the weekend it counts"


def test_a_list_of_a_week_without_one_stays_empty_at_the_weekend(office: Office) -> None:
    week = office.week(at(SAT))
    assert (week.monday, week.over, week.rows) == (MON, True, ())


def test_a_manager_who_travels_has_the_day_of_where_they_are(office: Office) -> None:
    assert office.week(at(MON, 20)).today == MON
    office.meets(DANA, "Asia/Tokyo")
    assert office.week(at(MON, 20)).today == TUE
