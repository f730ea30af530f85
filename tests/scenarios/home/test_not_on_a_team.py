"""App Home of who left a team, or is not on it yet: a rep's page, never a manager's first steps."""

from datetime import timedelta

import pytest

from bot.domain.promises import Owner
from bot.services import home
from bot.services.team import introductions, setup
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import next_day, promise

OWED, STEP = "Acme price sheet", "lead the Northwind demo"
ENDED = (
    "Your time on Dana Moss's team ended on Mon 23 Nov, and nothing new is kept there about you."
)


@pytest.fixture
def dana(world: World, raj: Person, lena: Person) -> Person:
    manager = world.person("Dana Moss")
    world.team(manager, raj, lena, introduced=False)
    return manager


def take_off(world: World, dana: Person, lena: Person) -> None:
    """Raj leaves the team; Lena stays."""
    setup.choose_reps(world.database, world.actor(dana), [lena.id], world.slack.clock.now())


def introduce(world: World, dana: Person, rep: Person) -> None:
    now = world.slack.clock.now()
    shown = home.home(world.database, world.actor(dana), now).manager
    assert shown is not None
    (member,) = [one for one in shown.facts.members if one.rep.slack_id == rep.id]
    assert introductions.claim(world.database, world.actor(dana), member.id, now)


def test_who_left_keeps_what_was_shared_and_what_is_open(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    promise(world, dana, raj, OWED)
    promise(world, dana, raj, STEP, owner=Owner.REP)
    promise(world, dana, raj, "slow quotes", raised=True)
    introduce(world, dana, raj)
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    for _ in range(5):
        modal(dana).submit()
    dana.clicks("Preview as Raj Rao")
    modal(dana).submit()
    modal(dana).close()
    take_off(world, dana, lena)
    raj.opens_home()
    raj.sees(ENDED)
    raj.sees_not("Add your reps")
    raj.sees(f"Dana Moss promised\n“{OWED}”")
    raj.sees("You raised\n“slow quotes”")
    raj.clicks("Open", beside="Strategy session")
    assert "win the north" in modal(raj).text
    modal(raj).close()
    raj.clicks("Kept", beside=STEP)
    raj.sees_not(f"“{STEP}”, by")
    raj.sees("What is kept about you")
    next_day(world, 40)
    raj.opens_home()
    raj.sees("Your time on Dana Moss's team ended on Mon 23 Nov 2026")
    raj.sees("Strategy session")


def test_who_left_with_nothing_open_reads_that_it_ended(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    introduce(world, dana, raj)
    take_off(world, dana, lena)
    raj.opens_home()
    raj.sees(f"{ENDED} Nothing is left open.")
    raj.sees_not("Add your reps")


def test_who_was_taken_off_before_a_word_was_said_is_someone_new(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    take_off(world, dana, lena)
    raj.opens_home()
    raj.sees("Add your reps")
    raj.sees_not("Dana")


def test_who_is_still_to_come_reads_when_it_begins(world: World, dana: Person, raj: Person) -> None:
    begins = world.slack.clock.now().date() + timedelta(days=8)
    dana.opens_home()
    dana.picks("Settings", beside="Raj Rao")
    modal(dana).fill("Start date", begins)
    modal(dana).submit()
    raj.opens_home()
    raj.sees("You join Dana Moss's team on Tue 1 Dec. This page begins then.")
    raj.sees("What is kept about you")
    raj.sees_not("Add your reps")
    next_day(world, 8)
    raj.opens_home()
    raj.sees_not("You join")
    raj.sees("Nothing is open between you and Dana Moss.")


def test_who_left_one_team_for_another_reads_both(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    promise(world, dana, raj, OWED)
    take_off(world, dana, lena)
    kim = world.person("Kim Ray")
    world.team(kim, raj)
    raj.opens_home()
    text = raj.screen()
    assert text.index("On Kim Ray's team") < text.index("On Dana Moss's team") < text.index(ENDED)
