"""Somebody becomes something else: a stand-in a rep, a rep a stand-in, someone gone or back."""

from datetime import date, timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.team.setting_up import reps_of
from tests.scenarios.todo.monday import at, beat, list_of, lists_of, modal, team_of

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    return team_of(world, dana, 3)


@pytest.fixture
def kim(world: World, dana: Person, reps: list[Person]) -> Person:
    """Kim stands in for Dana all week, and has the list."""
    assert reps
    found = world.person("Kim Ito")
    dana.slash("/todo away")
    form = modal(dana)
    form.fill("From", MONDAY)
    form.fill("To", FRIDAY)
    form.fill("Who stands in", found)
    form.submit()
    at(world, MONDAY, 8)
    assert "of 3 done" not in list_of(found).text
    return found


def joins(dana: Person, who: Person) -> None:
    dana.slash(f"/team @{who.name}")
    dana.clicks("Add to my team")
    dana.sees("is on your team now")


def test_a_stand_in_who_becomes_a_rep_reads_the_list_no_more(
    world: World, dana: Person, kim: Person, reps: list[Person]
) -> None:
    standing = lists_of(kim)[-1]
    joins(dana, kim)
    beat(world)
    assert "You are on Dana Moss's team now" in standing.text
    assert not any(rep.name in standing.text for rep in reps)
    dana.sees("Kim Ito is a rep of yours now, and stands in no more while you are away")
    dana.sees("Your list waits for you.")
    for command in ("/todo", "/agenda"):
        kim.slash(command)
        kim.sees_not(reps[0].name)
    at(world, TUESDAY, 8)
    assert not any(rep.name in message.text for message in kim.dm for rep in reps)
    dana.clicks("Name somebody else")
    assert modal(dana).title == "When you are away"


def test_a_button_of_the_old_list_does_nothing_for_who_is_a_rep_now(
    dana: Person, kim: Person
) -> None:
    joins(dana, kim)
    kim.clicks("Done")
    kim.sees("This is Dana Moss's; only Dana Moss can open or change it.")


def test_a_stand_in_who_left_slack_gets_nothing_and_one_who_is_back_has_it_again(
    world: World, dana: Person, kim: Person
) -> None:
    kim.is_deactivated()
    counts = beat(world)
    assert (counts.sent, counts.failed) == (1, 0)
    dana.sees("Kim Ito has left Slack, and stands in no more while you are away")
    assert beat(world).sent == 0, "said once"
    before = len(lists_of(kim))
    kim.is_reactivated()
    assert beat(world).sent == 0, "the list stands there still"
    kim.slash("/todo")
    kim.sees_not("of 3 done")
    assert len(lists_of(kim)) >= before


def test_a_stand_in_who_is_gone_when_the_list_comes_is_told_of_to_the_manager(
    world: World, dana: Person, reps: list[Person]
) -> None:
    assert reps
    kim = world.person("Kim Ito")
    dana.slash("/todo away")
    form = modal(dana)
    form.fill("From", MONDAY)
    form.fill("To", FRIDAY)
    form.fill("Who stands in", kim)
    form.submit()
    kim.is_deactivated()
    beat(world)
    dana.sees("Kim Ito has left Slack")
    counts = at(world, MONDAY, 8)
    assert (counts.sent, counts.failed) == (0, 0), "it waits"


def test_a_rep_is_no_stand_in(dana: Person, reps: list[Person]) -> None:
    dana.slash("/todo away")
    form = modal(dana)
    form.fill("From", MONDAY)
    form.fill("To", FRIDAY)
    form.fill("Who stands in", reps[0])
    form.submit()
    dana.sees("Pick someone outside the team")


def test_nobody_is_the_rep_of_their_own_rep(world: World, reps: list[Person]) -> None:
    sam = reps[0]
    sam.slash("/team @Dana Moss")
    modal(sam).submit()
    sam.sees("Dana Moss: your own manager here, and so no rep of yours.")
    modal(sam).close_all()
    world.team(sam, world.person("Nia New"))
    sam.slash("/team @Dana Moss")
    sam.sees("Dana Moss: your own manager here, and so no rep of yours.")
    assert reps_of(world, sam) == ["Nia New"]


def test_a_manager_who_left_slack_and_is_back_has_the_list_that_waited(
    world: World, dana: Person, reps: list[Person]
) -> None:
    assert reps
    before = len(lists_of(dana))
    dana.is_deactivated()
    assert at(world, MONDAY, 8).sent == 0
    assert at(world, TUESDAY, 9).sent == 0
    dana.is_reactivated()
    assert beat(world).sent == 1
    assert len(lists_of(dana)) == before + 1
