"""A manager who is away: the list waits, or somebody stands in and gets it without anything
private."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.services.team import setup
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import promise, sent_to
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
from tests.scenarios.workspaces.trouble import presses_copy

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
FRIDAY = MONDAY + timedelta(days=4)
SATURDAY = MONDAY + timedelta(days=5)
NEXT_MONDAY = MONDAY + timedelta(days=7)
LINE = "the Hooli renewal, between us"


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam, whom Dana promised something; Lena, of whom she wrote a line; Raj and Ines."""
    found = team_of(world, dana, 4)
    actor, now = world.actor(dana), world.slack.clock.now()
    promise(world, dana, found[0], "Acme price sheet", due=date(2026, 12, 2))
    setup.set_first_lines(world.database, actor, {found[1].id: LINE}, now)
    beat(world)
    return found


@pytest.fixture
def kim(world: World) -> Person:
    """Someone who leads nobody, and is on no team."""
    return world.person("Kim Ito")


def goes_away(
    manager: Person,
    first: date,
    last: date | None,
    stand_in: Person | None = None,
    ticked: Sequence[str] = (),
) -> None:
    manager.slash("/todo away")
    form = modal(manager)
    form.fill("From", first)
    form.fill("To", last)
    form.fill("Who stands in", stand_in)
    if ticked:
        form.fill("Promises they may read", list(ticked))
    form.submit()
    assert manager.modal is None


# The list waits.


def test_without_a_stand_in_the_list_waits_for_the_manager(
    world: World, dana: Person, reps: list[Person]
) -> None:
    goes_away(dana, MONDAY, TUESDAY)
    dana.sees("You are away Mon 30 Nov to Tue 1 Dec. Your list waits for you.")
    before = len(lists_of(dana))
    for day in (MONDAY, TUESDAY):
        assert at(world, day, 8).sent == 0
    assert at(world, WEDNESDAY, 7, 59).sent == 0
    assert at(world, WEDNESDAY, 8).sent == 1
    seen = list_of(dana).text
    assert "Your week, 30 Nov – 4 Dec" in seen
    assert "Today, Wednesday" in seen
    assert all(rep.name in seen for rep in reps)
    assert not any(word in seen for word in ("Mon ·", "Tue ·"))
    assert len(lists_of(dana)) == before + 1


@pytest.mark.usefixtures("reps")
def test_a_whole_week_away_has_no_list_and_the_next_one_goes_on(world: World, dana: Person) -> None:
    before = len(lists_of(dana))
    goes_away(dana, MONDAY, FRIDAY)
    for day in range(6):
        at(world, MONDAY + timedelta(days=day), 8)
    assert len(lists_of(dana)) == before
    at(world, NEXT_MONDAY, 8)
    assert "Your week, 7–11 Dec" in list_of(dana).text


@pytest.mark.usefixtures("reps")
def test_an_open_end_lasts_until_it_is_removed(world: World, dana: Person) -> None:
    before = len(lists_of(dana))
    goes_away(dana, MONDAY, None)
    dana.sees("You are away from Mon 30 Nov, until further notice. Your list waits for you.")
    for week in range(3):
        assert at(world, MONDAY + timedelta(weeks=week), 8).sent == 0
    back = MONDAY + timedelta(days=16)
    at(world, back, 10)
    dana.slash("/todo away")
    assert "From Mon 30 Nov, until further notice [Remove]" in modal(dana).text
    modal(dana).clicks("Remove")
    assert "until further notice" not in modal(dana).text
    modal(dana).close()
    assert beat(world).sent == 1
    assert len(lists_of(dana)) == before + 1
    assert "Your week, 14–18 Dec" in list_of(dana).text
    assert "Today, Wednesday" in list_of(dana).text


def test_who_goes_away_in_the_middle_of_a_week_leaves_the_list_as_it_is(
    world: World, dana: Person, reps: list[Person]
) -> None:
    at(world, MONDAY, 8)
    count = len(lists_of(dana))
    at(world, TUESDAY, 10)
    goes_away(dana, WEDNESDAY, WEDNESDAY)
    beat(world)
    seen = list_of(dana).text
    assert "Wed ·" not in seen
    assert all(rep.name in seen for rep in reps)
    for day in range(2, 5):
        at(world, MONDAY + timedelta(days=day), 8)
    assert len(lists_of(dana)) == count


# Somebody stands in.


def test_who_stands_in_gets_the_list_and_nothing_private(
    world: World, dana: Person, reps: list[Person], kim: Person
) -> None:
    promise(world, dana, reps[2], "a word with the board", due=date(2026, 12, 2))
    goes_away(dana, MONDAY, FRIDAY, kim, ticked=["You to Sam Stone: Acme price sheet"])
    dana.sees("Kim Ito gets your list meanwhile, without anything private.")
    count = len(lists_of(dana))
    at(world, MONDAY, 8)
    assert len(lists_of(dana)) == count
    seen = list_of(kim).text
    assert seen.startswith("Dana Moss is away and asked you to stand in.\nDana Moss's week,")
    assert "Dana Moss told Sam: “Acme price sheet”, by Wednesday." in seen
    assert all(rep.name in seen for rep in reps)
    assert LINE not in sent_to(world, kim)
    assert "a word with the board" not in sent_to(world, kim)
    for label in ("Another reason", "Move", "Not this week", "Settings", "Next week"):
        assert label not in seen
    assert len(lists_of(kim)) == 1


def test_the_list_is_spread_over_the_days_of_whoever_has_it(
    world: World, dana: Person, reps: list[Person], kim: Person
) -> None:
    """Four rows, and four days on which somebody works the list: Kim is away on Tuesday, and what
    Dana owes Sam on Wednesday waits for Dana, who is back on Friday."""
    world.team(kim, world.person("Nia New"))
    goes_away(kim, TUESDAY, TUESDAY)
    goes_away(dana, MONDAY, MONDAY + timedelta(days=3), kim)
    at(world, MONDAY, 8)
    seen = next(one.text for one in lists_of(kim) if "Dana Moss's week" in one.text)
    today, later = seen.partition("Later")[::2]
    assert sum(rep.name in today for rep in reps) == 1
    for day, rows in (("Tue ·", 0), ("Wed ·", 1), ("Thu ·", 1), ("Fri ·", 1)):
        assert later.count(day) == rows, seen
    assert "Sam Stone" in row(later, "Fri ·")
    goes_away(kim, WEDNESDAY, WEDNESDAY)
    beat(world)
    seen = next(one.text for one in lists_of(kim) if "Dana Moss's week" in one.text)
    assert "Wed ·" not in seen, "who stands in is not there either"
    at(world, FRIDAY, 8)
    assert "Acme price sheet" in row(list_of(dana).text, "Sam Stone")


@pytest.mark.usefixtures("reps")
def test_who_stands_in_works_through_it_and_can_take_back_what_they_logged(
    world: World, dana: Person, kim: Person
) -> None:
    goes_away(dana, MONDAY, FRIDAY, kim, ticked=["You to Sam Stone: Acme price sheet"])
    at(world, MONDAY, 8)
    list_of(kim).clicks("Done", beside="Sam Stone")
    done = row(list_of(kim).text, "✓ Sam Stone")
    assert done.startswith("✓ Sam Stone · today\nAlso: Dana Moss told Sam: “Acme price sheet”")
    assert done.endswith("[Undo]"), "what is owed stands there, and a stand-in is asked nothing"
    assert "1 of 4 done" in list_of(kim).text
    list_of(kim).clicks("Undo", beside="Sam Stone")
    assert "of 4 done" not in list_of(kim).text
    list_of(kim).clicks("Done", beside="Sam Stone")
    assert "1 of 4 done" in list_of(kim).text
    assert kim.ephemerals == []
    dana.slash("/binder @Sam Stone")
    dana.sees("Acme price sheet")
    modal(dana).close()
    at(world, TUESDAY, 8)
    kim.slash("/todo")
    assert kim.ephemerals[-1].text == list_of(kim).text
    at(world, SATURDAY, 6)
    assert "Stayed open: " in list_of(kim).text
    assert len(lists_of(kim)) == 1


@pytest.mark.usefixtures("reps")
def test_a_manager_who_comes_back_in_the_week_has_the_rest_of_it(
    world: World, dana: Person, kim: Person
) -> None:
    goes_away(dana, MONDAY, TUESDAY, kim)
    count = len(lists_of(dana))
    at(world, MONDAY, 8)
    list_of(kim).clicks("Done", beside="Raj Rao")
    kims = list_of(kim).text
    at(world, WEDNESDAY, 7, 59)
    assert len(lists_of(dana)) == count
    at(world, WEDNESDAY, 8)
    assert len(lists_of(dana)) == count + 1
    assert "1 of 4 done" in list_of(dana).text
    assert f"“{LINE}”" in reason(list_of(dana).text, "Lena Fox")
    chooses(list_of(dana), "Done", "Lena Fox")
    at(world, FRIDAY, 6)
    assert "Lena Fox contact" not in list_of(kim).text
    assert list_of(kim).text == kims
    list_of(kim).clicks("Done", beside="Sam Stone")
    kim.sees("This is Dana Moss's; only Dana Moss can open or change it.")
    presses_copy(kim, list_of(dana), "Next week")
    assert LINE not in sent_to(world, kim)


def test_what_happened_before_the_manager_left_is_no_business_of_who_stands_in(
    world: World, dana: Person, reps: list[Person], kim: Person
) -> None:
    at(world, MONDAY, 8)
    list_of(dana).picks("Not this week", beside="Ines Ortega")
    modal(dana).fill("A word why", "is having a hard time")
    modal(dana).submit()
    at(world, MONDAY, 18)
    goes_away(dana, TUESDAY, FRIDAY, kim)
    at(world, TUESDAY, 8)
    seen = list_of(kim).text
    assert "Not this week: Ines Ortega" in seen
    assert "hard time" not in sent_to(world, kim)
    assert all(seen.count(rep.name) == 1 for rep in reps)
    assert row(seen, "Lena Fox")


@pytest.mark.slow
def test_a_stand_in_with_a_team_of_their_own_has_two_lists(
    world: World, dana: Person, kim: Person
) -> None:
    reps = team_of(world, dana, 60)
    own = [world.person("Nia New"), world.person("Bo Lind")]
    world.team(kim, *own)
    goes_away(dana, MONDAY, FRIDAY, kim)
    at(world, MONDAY, 8)
    first, second = sorted(lists_of(kim), key=lambda message: "Dana Moss" in message.text)
    assert "Your week, 30 Nov – 4 Dec" in first.text
    assert "Dana Moss's week, 30 Nov – 4 Dec" in second.text
    pages = [second.text]
    while "[More]" in second.text:
        second.clicks("More")
        pages.append(second.text)
    assert all("Dana Moss's week" in page for page in pages)
    assert ["".join(pages).count(f"{rep.name} · ") for rep in reps] == [1] * 60
    chooses(first, "Done", "Nia New")
    assert "1 of 2 done" in first.text
    kim.slash("/todo")
    assert "Your week" in kim.ephemerals[-1].text
    kim.opens_home()
    assert kim.home is not None
    assert "✓ Nia New · today" in kim.home.text


@pytest.mark.usefixtures("reps")
def test_another_stand_in_takes_over_and_the_first_can_do_nothing_more(
    world: World, dana: Person, kim: Person
) -> None:
    ana = world.person("Ana Ruiz")
    goes_away(dana, MONDAY, FRIDAY, kim)
    at(world, MONDAY, 8)
    at(world, MONDAY, 9)
    goes_away(dana, MONDAY, FRIDAY, ana)
    beat(world)
    assert len(lists_of(ana)) == 1
    list_of(kim).clicks("Done", beside="Sam Stone")
    kim.sees("This is Dana Moss's; only Dana Moss can open or change it.")
    list_of(ana).clicks("Done", beside="Sam Stone")
    ana.sees("1 of 4 done")
    dana.slash("/todo away")
    assert modal(dana).text.count("Mon 30 Nov to Fri 4 Dec") == 1
    assert "Ana Ruiz stands in" in modal(dana).text


# The form.


def test_the_form_says_at_the_field_what_cannot_be(
    world: World, dana: Person, reps: list[Person]
) -> None:
    bot = world.person("Deploy Bot", bot=True)
    dana.slash("/todo away")
    form = modal(dana)
    assert form.value("From") == "2026-11-23"
    for first, last, who, label, said in (
        (MONDAY, date(2026, 11, 27), None, "To", "That is before the first day."),
        (date(2026, 11, 2), date(2026, 11, 6), None, "To", "That day is over."),
        (MONDAY, FRIDAY, dana, "Who stands in", "Pick a colleague: not yourself, a bot,"),
        (MONDAY, FRIDAY, bot, "Who stands in", "Pick a colleague: not yourself, a bot,"),
        (MONDAY, FRIDAY, reps[0], "Who stands in", "Pick someone outside the team:"),
    ):
        form.fill("From", first)
        form.fill("To", last)
        form.fill("Who stands in", who)
        form.submit()
        assert list(form.errors) == [label]
        assert form.errors[label].startswith(said)
        assert form.value("From") == first.isoformat()
    form.close()
    dana.slash("/todo away")
    assert "Remove" not in modal(dana).text
    assert json.dumps(bot.id) not in sent_to(world, bot)


@pytest.mark.usefixtures("reps")
def test_away_from_home_is_the_same_form_and_confirms_in_the_conversation(
    world: World, dana: Person, kim: Person
) -> None:
    dana.opens_home()
    assert dana.home is not None
    dana.home.clicks("I'm away")
    modal(dana).fill("From", MONDAY)
    modal(dana).fill("To", MONDAY)
    modal(dana).fill("Who stands in", kim)
    modal(dana).submit()
    assert dana.dm[-1].text.startswith("You are away Mon 30 Nov. Kim Ito gets your list meanwhile")
    dana.home.clicks("I'm away")
    assert "Mon 30 Nov · Kim Ito stands in [Remove]" in modal(dana).text
    modal(dana).clicks("Remove")
    assert "Remove" not in modal(dana).text
    modal(dana).close()
    assert at(world, MONDAY, 8).sent == 1
    assert lists_of(kim) == []
