"""The Monday list while the database does not answer, or Slack does not."""

from datetime import date, timedelta

import pytest

from slack_sandbox import FaultKind, Person
from tests.scenarios.conftest import World
from tests.scenarios.todo.monday import (
    at,
    beat,
    chooses,
    list_of,
    lists_of,
    modal,
    reason,
    row,
    team_of,
)
from tests.scenarios.workspaces.trouble import held

pytestmark = pytest.mark.slow

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)
NEXT_MONDAY = MONDAY + timedelta(days=7)
TABLES = "team", "slot", "interaction", "issue_of_the_day", "time_off"


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Dana's team, on Monday at eight."""
    found = team_of(world, dana, 4)
    at(world, MONDAY, 8)
    return found


# The database does not answer.


@pytest.mark.usefixtures("reps")
def test_done_that_cannot_be_saved_is_answered_and_works_again(world: World, dana: Person) -> None:
    with held(world, *TABLES):
        list_of(dana).clicks("Done")
        dana.sees("That didn't save: the database did not answer.")
    assert "of 4 done" not in list_of(dana).text
    list_of(dana).clicks("Done")
    dana.sees("✓")
    assert "1 of 4 done" in list_of(dana).text


@pytest.mark.usefixtures("reps")
def test_forms_that_cannot_be_saved_stay_open_with_what_was_typed(
    world: World, dana: Person
) -> None:
    list_of(dana).picks("Not this week", beside="Lena Fox")
    modal(dana).fill("A word why", "at a fair")
    keeps_what_was_typed(world, dana, "A word why", "at a fair")
    assert "Not this week · Lena Fox · “at a fair”" in list_of(dana).text
    dana.slash("/todo away")
    modal(dana).fill("To", date(2026, 12, 24))
    keeps_what_was_typed(world, dana, "To", "2026-12-24")
    dana.sees("You are away Mon 30 Nov to Thu 24 Dec.")


def keeps_what_was_typed(world: World, person: Person, label: str, typed: str) -> None:
    """Submit the open form in vain, then once more."""
    with held(world, *TABLES):
        modal(person).submit()
        person.sees("That didn't save: the database did not answer. What you typed is still here")
        assert modal(person).value(label) == typed
    modal(person).submit()
    assert person.modal is None


# Slack does not answer.


@pytest.mark.usefixtures("reps")
def test_a_list_that_slack_did_not_draw_at_once_is_drawn_by_the_heartbeat(
    world: World, dana: Person
) -> None:
    for kind in (FaultKind.SERVER_ERROR, FaultKind.CUT_BEFORE, FaultKind.RATE_LIMITED):
        before = reason(list_of(dana).text, "Sam Stone")
        chooses(list_of(dana), "Another reason", "Sam Stone")
        world.slack.faults.add("response_url", kind)
        list_of(dana).clicks("This one")
        assert reason(list_of(dana).text, "Sam Stone") == before
        beat(world)
        assert reason(list_of(dana).text, "Sam Stone") != before
    assert len(lists_of(dana)) == 1


@pytest.mark.usefixtures("reps")
def test_done_is_said_to_be_saved_when_nothing_of_it_could_be_shown(
    world: World, dana: Person
) -> None:
    world.slack.faults.add("response_url", FaultKind.SERVER_ERROR, times=2)
    list_of(dana).clicks("Done")
    dana.sees("It is saved. Only the answer could not be shown just now; there is no need")
    beat(world)
    assert "1 of 4 done" in list_of(dana).text


def test_a_lost_answer_to_posting_is_settled_by_a_click(world: World, dana: Person) -> None:
    team_of(world, dana, 4)
    world.slack.faults.add("chat.postMessage", FaultKind.CUT_AFTER)
    assert at(world, MONDAY, 8).unknown == 1
    (message,) = lists_of(dana)
    message.clicks("Done")
    assert "1 of 4 done" in message.text
    for minute in range(1, 5):
        assert at(world, MONDAY, 8, minute).sent == 0
    assert lists_of(dana) == [message]
    assert not any(call.method == "conversations.history" for call in world.slack.calls)
    dana.slash("/touch @Lena Fox call")
    beat(world)
    assert "2 of 4 done" in message.text or "Lena Fox contact" in message.text


def test_a_lost_answer_to_posting_is_looked_up_where_nobody_clicks(
    world: World, dana: Person
) -> None:
    team_of(world, dana, 4)
    world.slack.faults.add("chat.postMessage", FaultKind.CUT_AFTER)
    assert at(world, MONDAY, 8).unknown == 1
    assert at(world, MONDAY, 8, 1).sent == 1
    assert len(lists_of(dana)) == 1
    at(world, TUESDAY, 6)
    assert "Today, Tuesday" in list_of(dana).text


@pytest.mark.usefixtures("reps")
def test_a_redraw_waits_as_long_as_slack_asks(world: World, dana: Person) -> None:
    dana.slash("/touch @Sam Stone call")
    world.slack.faults.add("chat.update", FaultKind.RATE_LIMITED, retry_after=60)
    beat(world)
    assert "of 4 done" not in list_of(dana).text
    world.slack.clock.advance(timedelta(seconds=30))
    calls = len(world.slack.calls)
    beat(world)
    assert len(world.slack.calls) == calls
    world.slack.clock.advance(timedelta(seconds=31))
    beat(world)
    assert "1 of 4 done" in list_of(dana).text


@pytest.mark.usefixtures("reps")
def test_a_list_that_was_deleted_is_let_go_and_next_weeks_comes(world: World, dana: Person) -> None:
    workspace = world.slack._workspace
    workspace.erase(list_of(dana).post)
    dana.slash("/touch @Sam Stone call")
    beat(world)
    beat(world)
    assert lists_of(dana) == []
    dana.slash("/todo")
    dana.sees("1 of 4 done")
    at(world, NEXT_MONDAY, 8)
    assert len(lists_of(dana)) == 1
    assert "of 4 done" not in list_of(dana).text


@pytest.mark.usefixtures("reps")
def test_a_week_without_a_heartbeat_says_how_the_old_one_ended(world: World, dana: Person) -> None:
    old = list_of(dana)
    at(world, NEXT_MONDAY + timedelta(days=1), 10)
    beat(world)
    assert "Stayed open: " in old.text
    assert "Your week, 7–11 Dec" in list_of(dana).text
    assert len(lists_of(dana)) == 2
    assert row(list_of(dana).text, "Sam Stone")
