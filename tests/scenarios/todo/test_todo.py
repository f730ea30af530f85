"""The Monday list, as a manager lives with it."""

from datetime import date

import pytest

from bot.domain.promises import Owner, PromiseEntry
from bot.services import promises
from bot.services.team import setup
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.todo.monday import at, beat, list_of, lists_of, team_of

MONDAY = date(2026, 11, 30)
TUESDAY = date(2026, 12, 1)
FRIDAY = date(2026, 12, 4)
SATURDAY = date(2026, 12, 5)
NEXT_MONDAY = date(2026, 12, 7)


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam, whom Dana promised something; Lena, of whom she wrote a line; and six more."""
    found = team_of(world, dana)
    sam, lena = found[:2]
    actor, now = world.actor(dana), world.slack.clock.now()
    promise = PromiseEntry(sam.id, Owner.MANAGER, "Acme price sheet", date(2026, 12, 2))
    promises.make(world.database, actor, promise, "a form", now, raised=False)
    setup.set_first_lines(world.database, actor, {lena.id: "the Hooli renewal"}, now)
    return found


def test_the_list_comes_on_monday_at_eight_with_everyone_on_it_once(
    world: World, dana: Person, reps: list[Person]
) -> None:
    at(world, MONDAY, 7, 59)
    assert lists_of(dana) == []
    counts = at(world, MONDAY, 8)
    assert (counts.planned, counts.sent) == (1, 1)
    seen = list_of(dana).text
    assert "Your week, 30 Nov – 4 Dec" in seen
    assert "You told Sam: “Acme price sheet”, by Wednesday." in seen
    assert [seen.count(rep.name) for rep in reps] == [1] * 8
    assert beat(world).sent == 0
    assert len(lists_of(dana)) == 1


@pytest.mark.usefixtures("reps")
def test_a_rep_is_moved_left_out_and_put_on_again(world: World, dana: Person) -> None:
    at(world, MONDAY, 8)
    list_of(dana).picks("Move", beside="Sam Stone")
    assert dana.modal is not None
    dana.modal.submit()
    later = list_of(dana).text.split("Later")[1]
    assert "Sam Stone" in later
    list_of(dana).picks("Not this week", beside="Lena Fox")
    assert dana.modal is not None
    dana.modal.fill("A word why", "at a fair")
    dana.modal.submit()
    assert "at a fair" in list_of(dana).text
    assert "of 8 done" not in list_of(dana).text


@pytest.mark.usefixtures("reps")
def test_touches_from_anywhere_complete_the_slot_and_mornings_open_the_day(
    world: World, dana: Person
) -> None:
    at(world, MONDAY, 8)
    dana.slash("/touch @Raj Rao call about the Northwind demo")
    assert "of 8 done" not in list_of(dana).text
    beat(world)
    assert "1 of 8 done" in list_of(dana).text
    at(world, TUESDAY, 6)
    assert "Today, Tuesday" in list_of(dana).text
    at(world, SATURDAY, 6)
    over = list_of(dana).text
    assert "Stayed open" in over
    assert "Done" not in [button for button in over.splitlines() if button.startswith("[")]
    assert len(lists_of(dana)) == 1
    at(world, NEXT_MONDAY, 8)
    assert len(lists_of(dana)) == 2


def test_todo_shows_the_list_up_to_date_wherever_it_is_typed(
    world: World, dana: Person, reps: list[Person]
) -> None:
    channel = world.slack.add_channel("emea", [dana, *reps])
    at(world, MONDAY, 8)
    dana.slash("/touch @Raj Rao call about the Northwind demo")
    dana.slash("/todo", channel)
    assert "1 of 8 done" in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Done", beside="Sam Stone")
    dana.sees("2 of 8 done")
    beat(world)
    assert "2 of 8 done" in list_of(dana).text
    dana.slash("/todo next")
    dana.sees("Your week, 7–11 Dec")
    reps[0].slash("/todo")
    reps[0].sees("That is for a rep's manager alone.")


@pytest.mark.usefixtures("reps")
def test_an_issue_of_the_day_touches_everyone(world: World, dana: Person) -> None:
    at(world, MONDAY, 8)
    dana.slash("/todo issue price change until friday")
    dana.sees("“price change”, until Fri 4 Dec")
    beat(world)
    assert "price change" in list_of(dana).text
    dana.slash("/todo issue")
    dana.clicks("End it")
    dana.sees("No issue of the day.")
