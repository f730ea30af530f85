"""App Home on a phone: what stands above the fold, and what a screen reader is told."""

import re

import pytest
from playwright.sync_api import Locator, expect

from bot.domain.promises import Owner
from bot.services.team import setup
from slack_sandbox import Person
from tests.browser.conftest import PHONE, Look, Visit
from tests.scenarios.conftest import World
from tests.scenarios.home.planned import MONDAY, THURSDAY, busy, plan
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at, team_of


@pytest.fixture
def dana(world: World) -> Person:
    return world.person("Dana Moss")


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    return team_of(world, dana, 4)


def at_home(visit: Visit, person: Person, name: str, words: str) -> Look:
    """On a phone, once those words are there, with a picture in the light and one in the dark."""
    look = visit(person, "app/home", phone=True)
    look.sees(words)
    look.shoots(f"phone-home-{name}")
    dark = visit(person, "app/home", phone=True, dark=True)
    dark.sees(words)
    dark.shoots(f"phone-home-{name}-dark")
    return look


def ends(block: Locator) -> float:
    """How far down the screen it ends, in CSS pixels."""
    expect(block).to_be_visible()
    box = block.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.slow
def test_what_a_manager_has_to_do_is_above_the_fold(
    world: World, visit: Visit, dana: Person, reps: list[Person]
) -> None:
    busy(world, dana, reps)
    promise(world, dana, reps[0], "a reference for Wayne", due=MONDAY)
    look = at_home(visit, dana, "manager", "Today ·")
    resume = look.tab.get_by_role("button", name="Resume with Lena Fox")
    assert ends(resume) <= PHONE["height"]
    for name in ("More for Lena Fox", "More for Raj Rao"):
        expect(look.tab.get_by_role("button", name=name).first).to_be_attached()
    expect(look.tab.get_by_role("button", name="More actions")).to_have_count(0)
    look.tab.get_by_role("button", name=re.compile("^You owe: 3")).click()
    expect(look.form("You owe").get_by_text("a reference for Wayne")).to_be_visible()
    look.shoots("phone-home-owed")


def test_a_reps_page_fits_one_screen(
    world: World, visit: Visit, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    promise(world, dana, sam, "quote in two days")
    promise(world, dana, sam, "lead the Northwind demo", owner=Owner.REP)
    promise(world, dana, sam, "call Jo", owner=Owner.REP, agreed=False)
    promise(world, dana, sam, "quotes take four days", raised=True)
    plan(dana, sam, "session", THURSDAY, "10:00")
    at(world, MONDAY, 8)
    look = at_home(visit, sam, "rep", "Next strategy session")
    assert ends(look.tab.get_by_role("button", name="My copy")) <= PHONE["height"]
    # In the thumb's reach, before all that there is to read.
    assert ends(look.tab.get_by_role("button", name="Ask for time")) <= PHONE["height"] / 3
    look.tab.get_by_role("button", name="Raise something").click()
    expect(look.form("Raise something").get_by_text("Between us")).to_be_visible()
    look.shoots("phone-raise-something")


def test_nor_has_who_left_or_is_new_to_scroll(
    world: World, visit: Visit, dana: Person, reps: list[Person]
) -> None:
    raj = reps[2]
    promise(world, dana, raj, "the price sheet")
    setup.choose_reps(
        world.database,
        world.actor(dana),
        [one.id for one in reps if one is not raj],
        world.slack.clock.now(),
    )
    left = at_home(visit, raj, "left", "Your time on")
    assert ends(left.tab.get_by_role("button", name="My copy")) <= PHONE["height"]
    new = at_home(visit, world.person("Nia New"), "new", "When do you meet?")
    assert ends(new.tab.get_by_role("button", name="Pick your Monday time")) <= PHONE["height"]
