"""The line with today's names: when it is due, to whom it goes, and when there is none."""

from datetime import datetime, time
from typing import Any

import pytest

from bot.domain.delivery import DueSchedule, MessageKind, Unsent
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person
from bot.services.team import setup
from bot.services.todo import lists, morning, schedule
from bot.services.todo.morning import MorningLine
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
    THU,
    TUE,
    WED,
    WEEK,
    Office,
    at,
)

LINE = MessageKind.TODO_MORNING


@pytest.fixture
def team(office: Office) -> int:
    """Dana's, who wants the line each morning."""
    office.asks(setup.change_settings, DANA, {"morning_line": True}, at(MON, 6))
    return office.team_id(DANA)


def line(office: Office, due_at: datetime, now: datetime | None = None) -> MorningLine | Unsent:
    pair = (office.team_id(DANA), due_at)
    (found,) = morning.lines_due(office.database, office.workspace_id, [pair], now or due_at)
    return found


def names(found: MorningLine | Unsent) -> list[str]:
    assert isinstance(found, MorningLine)
    return [rep.slack_id for rep in found.reps]


def test_nobody_gets_it_who_did_not_ask_and_it_ends_with_that(office: Office, team: int) -> None:
    assert office.next_at(team, LINE) == at(MON, 8)
    office.asks(setup.change_settings, DANA, {"morning_line": False}, at(MON, 7))
    assert office.next_at(team, LINE) is None
    assert line(office, at(TUE, 8)) is Unsent.NOT_NEEDED


@pytest.mark.parametrize(
    ("settings", "after", "due"),
    [
        ({}, at(MON, 7), at(MON, 8)),
        ({}, at(MON, 8), at(TUE, 8)),
        ({}, at(FRI, 9), at(MON + WEEK, 8)),
        ({}, at(SAT, 7), at(MON + WEEK, 8)),
        ({"todo_time": time(7)}, at(TUE, 6), at(TUE, 7)),
        ({"todo_time": time(5, 30)}, at(TUE, 4), at(TUE, 8)),
        ({"todo_time": time(21)}, at(TUE, 20), at(WED, 8)),
        ({"country": "US"}, at(WED, 9), at(FRI, 8)),
    ],
)
def test_it_is_due_on_working_days_in_waking_hours(
    settings: dict[str, Any], after: datetime, due: datetime
) -> None:
    dana = Person(1, DANA, "Dana Moss", BERLIN, True, False, None)
    wanted = Team(1, dana, TeamSettings(morning_line=True, **settings))
    assert schedule.morning_due(wanted, after) == due


def test_it_follows_the_managers_clock(office: Office, team: int) -> None:
    before = office.person(DANA)
    office.meets(DANA, NEW_YORK)
    with office.database.writing(office.workspace_id) as tx:
        schedule.zone_changed(tx, before, at(MON, 9))
    assert office.next_at(team, LINE) == at(MON, 8, NEW_YORK)


def test_mornings_that_passed_are_none_any_more(office: Office, team: int) -> None:
    due = DueSchedule(team, LINE, at(TUE, 8))
    with office.database.reading(office.workspace_id) as tx:
        (planned,) = schedule.next_mornings(tx, [due], at(MON + 4 * WEEK, 9))
    assert planned.dues == (at(MON + 4 * WEEK, 8),)
    assert planned.next_at == at(TUE + 4 * WEEK, 8)


@pytest.mark.usefixtures("team")
def test_it_names_those_whose_day_has_come_and_nobody_else(office: Office) -> None:
    office.week(at(MON))
    slots = {row.slot.rep.slack_id: row.slot for row in office.week(at(MON)).rows}
    days = {rep: slot.day for rep, slot in slots.items()}
    assert line(office, at(MON, 8)) is Unsent.NOT_NEEDED, "the list itself comes"
    for day in (TUE, WED, THU, FRI):
        found = line(office, at(day, 8))
        expected = {rep for rep, on in days.items() if on is not None and on <= day}
        assert set(names(found)) == expected if expected else found is Unsent.NOT_NEEDED
    for rep in (SAM, LENA, RAJ):
        office.asks(lists.done, DANA, slots[rep].id, at(FRI, 7))
    assert line(office, at(FRI, 8)) is Unsent.NOT_NEEDED, "everyone is done"


@pytest.mark.usefixtures("team")
def test_it_is_not_for_who_is_away_nor_for_another_day_or_the_evening(office: Office) -> None:
    office.week(at(MON))
    assert isinstance(line(office, at(FRI, 8)), MorningLine)
    assert line(office, at(FRI, 8), at(FRI, 19)) is Unsent.EXPIRED
    assert line(office, at(THU, 8), at(FRI, 8)) is Unsent.EXPIRED
    assert line(office, at(SAT, 8)) is Unsent.NOT_NEEDED
    office.leaves(FRI, FRI, KEN, at(MON))
    assert line(office, at(FRI, 8)) is Unsent.NOT_NEEDED


def test_there_is_none_without_a_list(office: Office) -> None:
    office.asks(setup.change_settings, DANA, {"morning_line": True}, at(MON, 6))
    assert line(office, at(FRI, 8)) is Unsent.NOT_NEEDED
