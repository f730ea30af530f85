"""When a list is due on the manager's wall, when it turns, and what downtime makes of both."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.domain.delivery import DueSchedule, MessageKind, Planned, ScheduleKey
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import TimeOff
from bot.services import appointments
from bot.services.delivery.schedules import set_due
from bot.services.team import away, setup
from bot.services.todo import schedule, sending
from storage.team import people, teams
from tests.services.monday import (
    BERLIN,
    DANA,
    FRI,
    KEN,
    LENA,
    MON,
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
)

LORD_HOWE, KOLKATA = "Australia/Lord_Howe", "Asia/Kolkata"
LIST, TURN = MessageKind.TODO_LIST, MessageKind.TODO_ROLL_OVER
MONDAYS = TeamSettings()
BAVARIA = TeamSettings(country="DE-BY")
KEN_ID = 9


@pytest.fixture
def team(office: Office) -> int:
    return office.team_id(DANA)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def off(starts_on: date, ends_on: date | None = None, stand_in: int | None = None) -> TimeOff:
    return TimeOff(1, starts_on, ends_on, stand_in)


def dues(settings: TeamSettings, away: list[TimeOff], first: datetime, count: int) -> list[str]:
    """The days in Berlin of the lists that come after `first`."""
    found = []
    after: datetime | None = first
    for _ in range(count):
        after = schedule.list_due(settings, BERLIN, away, after or first)
        if after is None:
            break
        found.append(f"{after:%a} {after.day} {after:%b}")
    return found


@pytest.mark.parametrize(
    ("zone", "after", "due"),
    [
        # Winter begins in Berlin on 25 October, summer on 28 March.
        (BERLIN, "2026-10-19T12:00", "2026-10-26T07:00"),
        (BERLIN, "2027-03-22T12:00", "2027-03-29T06:00"),
        # In New York on 1 November and 14 March.
        (NEW_YORK, "2026-10-26T15:00", "2026-11-02T13:00"),
        (NEW_YORK, "2027-03-08T15:00", "2027-03-15T12:00"),
        # On Lord Howe Island by half an hour, on 4 October and 4 April.
        (LORD_HOWE, "2026-09-28T15:00", "2026-10-04T21:00"),
        (LORD_HOWE, "2027-03-30T15:00", "2027-04-04T21:30"),
        (KOLKATA, "2026-10-19T12:00", "2026-10-26T02:30"),
        (KOLKATA, "2027-03-22T12:00", "2027-03-29T02:30"),
        ("America/Nowhere", "2026-10-19T12:00", "2026-10-26T08:00"),
    ],
)
def test_a_list_is_due_at_eight_on_the_managers_wall(zone: str, after: str, due: str) -> None:
    assert schedule.list_due(MONDAYS, zone, [], utc(after)) == utc(due)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, LORD_HOWE, KOLKATA])
@pytest.mark.parametrize("day", [0, 2, 4, 6])
@pytest.mark.parametrize("hour", [0, 2, 8])
def test_through_two_years_a_list_comes_once_every_week(zone: str, day: int, hour: int) -> None:
    settings = TeamSettings(todo_day=day, todo_time=time(hour, 15))
    due, seen = utc("2026-01-01T00:00"), []
    for _ in range(104):
        found = schedule.list_due(settings, zone, [], due)
        assert found is not None
        due = found
        seen.append(due)
    gaps = {later - earlier for earlier, later in pairwise(seen)}
    hours = {timedelta(hours=n) for n in (-1, -0.5, 0, 0.5, 1)}
    assert gaps <= {WEEK + hour for hour in hours}
    assert sum(gaps, timedelta()) == len(gaps) * WEEK, "what spring takes, autumn gives back"


def test_the_due_time_itself_is_not_after_it() -> None:
    due = schedule.list_due(MONDAYS, BERLIN, [], utc("2026-11-23T06:59"))
    assert due == utc("2026-11-23T07:00")
    assert schedule.list_due(MONDAYS, BERLIN, [], due) == utc("2026-11-30T07:00")


def test_on_a_holiday_it_comes_on_the_next_working_day() -> None:
    # Easter and Whit Monday everywhere in Germany, Assumption (15 August) in Bavaria.
    assert dues(BAVARIA, [], utc("2027-03-23T00:00"), 2) == ["Tue 30 Mar", "Mon 5 Apr"]
    assert dues(BAVARIA, [], utc("2027-05-11T00:00"), 1) == ["Tue 18 May"]
    wednesdays = TeamSettings(country="DE-BY", todo_day=2)
    assert dues(wednesdays, [], utc("2027-01-05T00:00"), 1) == ["Thu 7 Jan"]
    assert dues(TeamSettings(country="DE", todo_day=2), [], utc("2027-01-05T00:00"), 1) == [
        "Wed 6 Jan"
    ]
    unknown = TeamSettings(country="ZZ-XX")
    assert dues(unknown, [], utc("2027-03-23T00:00"), 1) == ["Mon 29 Mar"]


def test_while_the_manager_is_away_it_waits_or_comes_to_a_stand_in() -> None:
    first = at(SUN - WEEK)
    assert dues(MONDAYS, [off(MON, TUE)], first, 2) == ["Wed 25 Nov", "Mon 30 Nov"]
    assert dues(MONDAYS, [off(MON, FRI)], first, 1) == ["Mon 30 Nov"]
    assert dues(MONDAYS, [off(MON, FRI, KEN_ID)], first, 2) == ["Mon 23 Nov", "Mon 30 Nov"]
    assert dues(MONDAYS, [off(WED, FRI, KEN_ID)], first, 3) == [
        "Mon 23 Nov",
        "Wed 25 Nov",
        "Mon 30 Nov",
    ]


def test_with_an_open_end_there_is_none_and_with_a_stand_in_there_is() -> None:
    assert schedule.list_due(MONDAYS, BERLIN, [off(MON)], at(SUN - WEEK)) is None
    assert schedule.list_due(MONDAYS, BERLIN, [off(MON)], at(SUN - 2 * WEEK)) is not None
    assert dues(MONDAYS, [off(MON, None, KEN_ID)], at(SAT), 1) == ["Mon 30 Nov"]


def test_after_two_years_away_it_comes_again_by_itself() -> None:
    back = MON + 104 * WEEK
    long = [off(MON, back - timedelta(days=1))]
    assert schedule.list_due(MONDAYS, BERLIN, long, at(SUN - WEEK)) == at(back, 8)


def test_a_schedule_follows_settings_and_days_away(office: Office, team: int) -> None:
    office.asks(setup.change_settings, DANA, {"todo_day": 2, "todo_time": time(7)}, at(MON))
    assert office.next_at(team, LIST) == at(WED, 7)
    days = office.leaves(WED, None, None, at(MON))
    assert office.next_at(team, LIST) is None
    office.asks(away.remove, DANA, days, at(MON))
    assert office.next_at(team, LIST) == at(WED, 7)
    office.leaves(WED, WED, None, at(MON))
    assert office.next_at(team, LIST) == at(THU, 7)
    office.asks(setup.change_settings, DANA, {"country": "US"}, at(MON))
    assert office.next_at(team, LIST) == at(FRI, 7), "Thanksgiving"


def test_in_another_country_the_week_that_has_begun_there_comes_at_once(
    office: Office, team: int
) -> None:
    office.asks(setup.change_settings, DANA, {"country": "IL"}, at(SUN, 10))
    assert office.next_at(team, LIST) == at(SUN + WEEK, 8), "nothing was ever sent"
    office.asks(setup.change_settings, DANA, {"country": "DE"}, at(SUN, 11))
    assert office.next_at(team, LIST) == at(MON + WEEK, 8)
    office.posts(at(MON + WEEK, 8), team)
    sunday = SUN + WEEK
    office.asks(setup.change_settings, DANA, {"country": "IL"}, at(sunday, 10))
    assert office.next_at(team, LIST) == at(sunday, 10)
    sent = office.posts(at(sunday, 10), team)
    assert sent.facts.monday == MON + 2 * WEEK
    assert sent.facts.days == tuple(sunday + timedelta(days=n) for n in range(5))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        pytest.param(at(MON, 7), at(MON, 8), id="before it is due"),
        pytest.param(at(MON, 9), at(MON, 9), id="on the day, after it was due"),
        pytest.param(at(WED), at(WED), id="in the middle of the week"),
        pytest.param(at(FRI, 22), at(FRI, 22), id="on its last evening"),
        pytest.param(at(SAT), at(MON + WEEK, 8), id="at the weekend"),
    ],
)
def test_set_up_in_the_week_the_rest_of_it_comes_at_once(
    office: Office, team: int, now: datetime, due: datetime
) -> None:
    setup.change_settings(office.database, office.actor(DANA), {}, now, begin=True)
    assert office.next_at(team, LIST) == due


def test_what_is_left_of_a_week_are_working_days(office: Office, team: int) -> None:
    good_friday = date(2027, 3, 26)
    settings = {"country": "DE-BY"}
    now = at(good_friday)
    setup.change_settings(office.database, office.actor(DANA), settings, now, begin=True)
    assert office.next_at(team, LIST) == at(date(2027, 3, 30), 8)
    setup.change_settings(office.database, office.actor(DANA), {}, at(TUE), begin=True)
    assert office.next_at(team, LIST) == at(TUE)


def test_a_list_that_comes_on_sundays_is_of_the_week_to_come(office: Office, team: int) -> None:
    for now, due in ((at(SUN, 7), at(SUN, 8)), (at(SUN, 9), at(SUN, 9)), (at(SAT), at(SUN, 8))):
        actor = office.actor(DANA)
        setup.change_settings(office.database, actor, {"todo_day": 6}, now, begin=True)
        assert office.next_at(team, LIST) == due
    sent = office.posts(at(SUN, 9), team)
    assert (sent.facts.monday, reps_of(sent.facts)) == (MON + WEEK, [LENA, RAJ, SAM])
    assert office.next_at(team, TURN) == at(MON + WEEK, 6)


def after(office: Office, now: datetime, *due: DueSchedule) -> list[Planned]:
    with office.database.reading(office.workspace_id) as tx:
        return schedule.next_lists(tx, due, now)


@pytest.mark.parametrize(
    ("down", "missed"),
    [(timedelta(hours=1), 1), (timedelta(days=1), 1), (timedelta(weeks=3), 4)],
)
def test_downtime_of_an_hour_a_day_or_three_weeks(
    office: Office, team: int, down: timedelta, missed: int
) -> None:
    now = at(MON, 8) + down
    (planned,) = after(office, now, DueSchedule(team, LIST, at(MON, 8)))
    assert planned.dues == tuple(at(MON + n * WEEK, 8) for n in range(missed))
    assert planned.next_at == at(MON + missed * WEEK, 8)


def test_after_years_of_downtime_the_last_lists_are_written_down(office: Office, team: int) -> None:
    now = at(MON + 1000 * WEEK)
    (planned,) = after(office, now, DueSchedule(team, LIST, at(MON, 8)))
    assert len(planned.dues) == schedule.MOST_MISSED
    assert planned.dues[-1] == at(MON + 1000 * WEEK, 8)


def test_a_list_that_was_asked_for_is_followed_by_the_usual_one(office: Office, team: int) -> None:
    (planned,) = after(office, at(WED, 10), DueSchedule(team, LIST, at(WED, 9)))
    assert (planned.dues, planned.next_at) == ((at(WED, 9),), at(MON + WEEK, 8))


def test_a_manager_who_is_away_without_end_has_none_planned(office: Office, team: int) -> None:
    office.leaves(TUE, None, None, at(MON))
    (planned,) = after(office, at(MON), DueSchedule(team, LIST, at(MON, 8)))
    assert (planned.dues, planned.next_at) == ((at(MON, 8),), None)


def test_a_list_turns_on_the_mornings_of_its_week_and_when_it_is_over(
    office: Office, team: int
) -> None:
    office.posts(at(MON, 8), team)
    turn = office.next_at(team, TURN)
    seen = []
    while turn is not None:
        seen.append(turn)
        turns(office, team, turn)
        turn = office.next_at(team, TURN)
    assert seen == [at(day, 6) for day in (TUE, WED, THU, FRI, SAT)]


def turns(office: Office, team: int, now: datetime) -> None:
    """The heartbeat takes the turn that is due, and does it."""
    with office.database.writing(office.workspace_id) as tx:
        set_due(tx, TURN, {ScheduleKey(team): None})
        sending.roll_over(tx, [team], now)


def test_turns_that_were_missed_are_not_made_up_for(office: Office, team: int) -> None:
    office.posts(at(MON, 8), team)
    turns(office, team, at(THU, 12))
    assert office.next_at(team, TURN) == at(FRI, 6)
    turns(office, team, at(MON + 3 * WEEK))
    assert office.next_at(team, TURN) is None


def test_where_no_list_was_made_nothing_turns(office: Office, team: int) -> None:
    turns(office, team, at(TUE))
    assert office.next_at(team, TURN) is None


def test_the_lists_of_many_teams_are_planned_at_once(office: Office, team: int) -> None:
    office.posts(at(MON, 8), team)
    other = office.team(KEN, SAM)
    due = [DueSchedule(one, LIST, at(TUE, 6)) for one in (team, other)]
    planned = after(office, at(TUE), *due)
    assert [(one.team_id, one.kind) for one in planned] == [(d.team_id, d.kind) for d in due]


def test_a_turn_goes_by_the_wall_of_where_the_manager_is_now(office: Office, team: int) -> None:
    with office.database.reading(office.workspace_id) as tx:
        (found,) = teams.get_many(tx, [team])
    assert schedule.next_roll_over(found, at(MON, 8)) == at(TUE, 6)
    assert schedule.next_roll_over(found, at(SAT, 6)) == at(MON + WEEK, 6)
    summer_begins = date(2027, 3, 27)
    assert schedule.next_roll_over(found, at(summer_begins)) == at(date(2027, 3, 29), 6)


def test_a_new_zone_takes_the_pending_list_along(office: Office, team: int) -> None:
    def moves(before: str | None, zone: str | None, now: datetime) -> datetime | None:
        with office.database.writing(office.workspace_id) as tx:
            known = people.get_many(tx, [DANA, SAM])
        assert known[DANA].zone == before
        office.meets(DANA, zone)
        with office.database.writing(office.workspace_id) as tx:
            appointments.zone_changed(tx, known[DANA], now)
            schedule.zone_changed(tx, known[DANA], now)
            appointments.zone_changed(tx, known[SAM], now)
            schedule.zone_changed(tx, known[SAM], now)
        return office.next_at(team, LIST)

    monday = MON + WEEK
    office.asks(setup.change_settings, DANA, {}, at(WED))
    assert moves(BERLIN, NEW_YORK, at(WED)) == at(monday, 8, NEW_YORK)
    assert moves(NEW_YORK, KOLKATA, at(WED)) == at(monday, 8, KOLKATA)
    late = at(monday, 9, KOLKATA)
    assert moves(KOLKATA, NEW_YORK, at(monday, 7, KOLKATA)) == at(monday, 8, NEW_YORK)
    assert moves(NEW_YORK, KOLKATA, late) == late, "its time has passed there: at once"
    assert moves(KOLKATA, None, late) == late, "what is due is left to who sends it"
    with office.database.writing(office.workspace_id) as tx:
        set_due(tx, LIST, {ScheduleKey(team): None})
    assert moves(None, BERLIN, late) is None, "nothing was pending"
