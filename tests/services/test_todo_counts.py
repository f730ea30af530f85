"""What a list costs the database grows neither with the team nor with its history."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Owner
from bot.domain.todo.lists import SlotState, TodoView
from bot.domain.todo.reasons import ReasonKind
from bot.services.delivery.messages import list_subject
from bot.services.todo import lists as todo
from bot.services.todo import sending
from bot.services.todo.sending import ListToSend, PostedList
from storage import todo as stored
from storage.database.engine import Database
from storage.models import Interaction, IssueOfTheDay, Membership, Promise, Slot, TimeOff
from storage.workspaces import installs
from tests.services.counting import PATIENCE, Cost, counting
from tests.services.monday import DANA, FOUNDED, MON, TUE, WEEK, Office, at
from tests.storage.own_rows import update_own
from tests.storage.world import add_people

MONTH, TEN_YEARS = 4, 520
"""Weeks of history."""


def lived(database: Database, name: str, reps: int, weeks: int) -> tuple[Office, int]:
    """A team with so many reps and so many weeks behind it; its id.

    Every week a list with a slot and a contact a rep; every month an issue of the day and somebody
    who left, and for each of the reps a promise kept and days away.
    """
    office = Office(database, installs.ensure(database, name, name))
    office.meets(DANA)
    mondays = [MON - n * WEEK for n in range(1, weeks + 1)]
    months = mondays[::4]
    with database.writing(office.workspace_id) as tx:
        here = [f"U{number:03}" for number in range(reps)]
        people = add_people(tx, [*here, *(f"X{number:03}" for number in range(len(months)))])
    team = office.team(DANA, *here, now=FOUNDED - timedelta(weeks=weeks))
    manager = office.person(DANA).id
    ids = [people.pop(rep) for rep in here]
    with database.writing(office.workspace_id, patience=PATIENCE) as tx:
        stored.make_lists(tx, [(team, monday) for monday in mondays], FOUNDED)
        lists = stored.lists(tx, [team], mondays[-1], mondays[0])
        weekly = [(rep, monday) for monday in mondays for rep in ids]
        monthly = [(rep, monday) for monday in months for rep in ids]
        left = zip(people.values(), months, strict=True)
        tx.insert_all(Slot, [slot(lists[team, monday], rep) for rep, monday in weekly])
        tx.insert_all(Interaction, [contact(team, rep, manager, day) for rep, day in weekly])
        tx.insert_all(Promise, [kept(team, rep, monday) for rep, monday in monthly])
        tx.insert_all(TimeOff, [off(who, monday) for who, monday in monthly])
        tx.insert_all(TimeOff, [off(manager, monday) for monday in months])
        tx.insert_all(IssueOfTheDay, [issue(team, monday) for monday in months])
        tx.insert_all(Membership, [place(team, rep, monday) for rep, monday in left])
    return office, team


def slot(todo_list: int, rep: int) -> dict[str, Any]:
    return {
        "todo_list_id": todo_list,
        "rep_id": rep,
        "day": None,
        "kind": ReasonKind.OPEN_QUESTION,
        "about": "question:1",
        "text": "",
        "source": "",
    }


def contact(team: int, rep: int, author: int, monday: date) -> dict[str, Any]:
    return {
        "kind": InteractionKind.TOUCH,
        "team_id": team,
        "rep_id": rep,
        "author_id": author,
        "occurred_on": monday,
        "occurred_at": at(monday),
        "recorded_at": at(monday),
        "about": "",
    }


def kept(team: int, rep: int, monday: date) -> dict[str, Any]:
    return {
        "team_id": team,
        "rep_id": rep,
        "owner": Owner.REP,
        "what": "",
        "made_on": monday,
        "kept_on": monday,
        "closing_words": "",
    }


def off(person: int, monday: date) -> dict[str, Any]:
    return {"person_id": person, "starts_on": monday, "ends_on": monday + timedelta(days=1)}


def issue(team: int, monday: date) -> dict[str, Any]:
    # Into the week after: what ends on the way lets rows be mended.
    ends_on = monday + WEEK + timedelta(days=4)
    return {"team_id": team, "text": "", "starts_on": monday, "ends_on": ends_on}


def place(team: int, rep: int, left_on: date) -> dict[str, Any]:
    return {
        "team_id": team,
        "rep_id": rep,
        "joined_on": left_on - WEEK,
        "left_on": left_on,
        "first_line": "",
    }


def is_due(office: Office, team: int) -> None:
    (sent,) = office.sends(at(MON), team)
    assert isinstance(sent, ListToSend)


def is_asked_for(office: Office, _team: int) -> None:
    assert office.week(at(MON)).rows


def is_posted(office: Office, team: int) -> None:
    posted = [PostedList(list_subject(team, MON), office.person(DANA).id)]
    (shown,) = sending.remake_posted_lists(office.database, office.workspace_id, posted, at(TUE))
    assert isinstance(shown, TodoView)
    assert {row.state for row in shown.rows} == {SlotState.OPEN}


def is_posted_anew(office: Office, team: int) -> None:
    """Every slot is to be mended: what it was about is no reason any more."""
    with office.database.writing(office.workspace_id) as tx:
        update_own(tx, Slot, about="promise:0")
    is_posted(office, team)


def is_worked_on(office: Office, _team: int) -> None:
    with office.database.reading(office.workspace_id) as tx:
        first = stored.slots(tx, [office.team_id(DANA)], MON, MON)[0]
    assert office.asks(todo.done, DANA, first.id, at(TUE)) is not None


STEPS: tuple[Callable[[Office, int], None], ...] = (
    is_due,
    is_asked_for,
    is_posted,
    is_posted_anew,
    is_worked_on,
)


def costs(database: Database, name: str, reps: int, weeks: int) -> dict[str, Cost]:
    """What each of the steps costs, one after the other."""
    office, team = lived(database, name, reps, weeks)
    found = {}
    for step in STEPS:
        with counting(database) as counted:
            step(office, team)
        found[step.__name__] = counted.cost
    return found


@pytest.mark.slow
def test_a_list_costs_the_same_statements_for_any_team_and_no_more_rows_with_the_years(
    one_database: Database, subtests: pytest.Subtests
) -> None:
    database = one_database
    eight = costs(database, "T8", 8, MONTH)
    sizes = {1: costs(database, "T1", 1, MONTH), 60: costs(database, "T60", 60, MONTH)}
    old = costs(database, "TOLD", 8, TEN_YEARS)
    for step, cost in eight.items():
        for reps, found in sizes.items():
            with subtests.test(step, reps=reps):
                assert found[step].statements == cost.statements
                assert found[step].rows <= cost.rows * max(reps / 8, 1)
        with subtests.test(step, weeks=TEN_YEARS):
            assert old[step].statements == cost.statements
            assert cost.rows <= old[step].rows <= cost.rows * 1.1


def test_many_lists_due_at_once_cost_the_statements_of_one(one_database: Database) -> None:
    office, team = lived(one_database, "T2", 2, MONTH)
    with one_database.writing(office.workspace_id) as tx:
        managers = list(add_people(tx, [f"M{number:03}" for number in range(2)]))
    others = [office.team(manager, DANA) for manager in managers]
    office.sends(at(MON), team)
    found = []
    for day, due in ((MON + WEEK, [team]), (MON + 2 * WEEK, [team, *others])):
        with counting(one_database) as counted:
            sent = office.sends(at(day), *due)
        assert all(isinstance(one, ListToSend) for one in sent)
        found.append(counted.cost.statements)
    assert found[0] == found[1]
