"""**New on the team**: a rep's first weeks, as both of them live them."""

from datetime import timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

TICK = "Steps for the first weeks, for both of you"


@pytest.fixture
def dana(world: World, sam: Person, raj: Person) -> Person:
    """A manager with a team since a month ago."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, raj)
    world.slack.clock.advance(timedelta(days=28))
    return manager


def steps_of(dana: Person) -> None:
    dana.slash("/team")
    modal(dana).clicks("New on the team")


@pytest.mark.slow
def test_a_rep_who_is_new_has_first_weeks_that_both_see(
    dana: Person, sam: Person, raj: Person, lena: Person
) -> None:
    # The team's own step first: what is laid is what the team says.
    steps_of(dana)
    assert "First week\nYou: Visit a first customer together" in modal(dana).text
    modal(dana).picks("Edit", beside="Visit a first customer")
    modal(dana).fill("Step", "Visit Acme <together>")
    modal(dana).submit()
    assert "You: Visit Acme <together>" in modal(dana).text
    modal(dana).clicks("Add a step")
    modal(dana).fill("Step", "Read the last three sessions")
    modal(dana).fill("Who takes it", "The new rep")
    modal(dana).fill("Days after the first", "200")
    modal(dana).submit()
    assert modal(dana).errors
    modal(dana).fill("Days after the first", "2")
    modal(dana).submit_twice()
    assert modal(dana).text.count("The new rep: Read the last three sessions") == 1
    modal(dana).close_all()
    # Somebody joins: one tick where the manager is anyway.
    dana.slash("/team")
    modal(dana).fill("Reps", [sam, raj, lena])
    modal(dana).submit()
    assert "New on the team" in modal(dana).text
    modal(dana).fill("New on the team", ["Lena Fox"])
    modal(dana).submit()
    # Before the introduction she hears nothing; then it is on her Home, noted, and no message.
    assert lena.dm == []
    modal(dana).submit()
    told = len(lena.dm)
    lena.opens_home()
    noted = "Dana Moss noted for you, for your first week: “Read the last three sessions”"
    lena.sees(f"{noted}, by Wed 23 Dec")
    lena.clicks("Agreed", beside="Read the last three sessions")
    lena.sees("You promised\n“Read the last three sessions”, by Wed 23 Dec")
    assert len(lena.dm) == told
    sam.opens_home()
    sam.sees_not("first week")
    modal(dana).close_all()
    dana.slash("/todo")
    dana.sees("For Lena's first day, from you: “Say hello together, and show who to ask for what”")
    # Another day for the step, and she is asked anew; one that is removed is gone for her.
    steps_of(dana)
    modal(dana).picks("Edit", beside="Read the last three sessions")
    modal(dana).fill("Days after the first", "8")
    modal(dana).submit()
    modal(dana).picks("Remove", beside="Visit Acme")
    assert "Visit Acme" not in modal(dana).text
    modal(dana).close_all()
    lena.opens_home()
    lena.sees("noted for you, for your first 8 days: “Read the last three sessions”, by Tue 29 Dec")
    lena.sees_not("Visit Acme")


def test_home_has_the_steps_of_now_and_the_others_behind_one_press(
    world: World, dana: Person, sam: Person
) -> None:
    dana.opens_home()
    dana.picks("Settings", beside="Sam Stone")
    modal(dana).fill("Start date", "2026-12-21")
    modal(dana).fill("New on the team", [TICK])
    modal(dana).submit()
    sam.opens_home()
    sam.sees("Collect questions, big and small")
    sam.sees("Visit a first customer together")
    for later in ("Draft the territory plan", "Lead a customer visit", "Talk over the first month"):
        sam.sees_not(later)
    sam.clicks("See", beside="later steps")
    shown = modal(sam).text
    for later in ("Draft the territory plan", "Lead a customer visit", "Talk over the first month"):
        assert later in shown
    assert "Collect questions" not in shown
    modal(sam).close()
    # Two weeks before its day it is there to be agreed to.
    world.slack.clock.advance(timedelta(days=16))
    sam.opens_home()
    sam.clicks("Agreed", beside="Draft the territory plan")
    sam.sees("You promised\n“Draft the territory plan”")
    sam.sees_not("Lead a customer visit")


def test_a_rep_is_new_by_a_tick_in_their_settings_and_not_after_all(
    dana: Person, sam: Person
) -> None:
    dana.opens_home()
    dana.picks("Settings", beside="Sam Stone")
    modal(dana).fill("Start date", "2026-12-14")
    modal(dana).fill("New on the team", [TICK])
    modal(dana).submit()
    shown = modal(dana).text
    assert "Sam Stone's first weeks, step by step." in shown
    assert "Wed 13 Jan" in shown
    assert "Say hello" not in shown, "what would be over by now is left out"
    modal(dana).close()
    sam.opens_home()
    sam.clicks("See", beside="later steps")
    sam.sees("Dana Moss noted for you, for your first 30 days: “Draft the territory plan”")
    modal(sam).close()
    dana.picks("Settings", beside="Sam Stone")
    modal(dana).fill("New on the team", [])
    modal(dana).submit()
    sam.opens_home()
    sam.sees_not("first 30 days")
