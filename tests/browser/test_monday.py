"""The Monday list in the browser: the clock goes there, the list comes, and is worked through."""

import pytest
from playwright.sync_api import expect

from bot.services.delivery import queue
from slack_sandbox.page import Page
from tests.browser.conftest import Look, Visit
from tests.scenarios.conftest import World
from tests.scenarios.todo.monday import beat, team_of

pytestmark = pytest.mark.slow


@pytest.fixture(params=["phone", pytest.param("desk", marks=pytest.mark.sweep)])
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def look(visit: Visit, world: World, site: Page, size: str) -> Look:
    dana = world.person("Dana Moss", title="Sales manager")
    team_of(world, dana, 10)
    site.next_event = lambda: queue.next_event(world.database, [world.workspace_id])
    site.moved = lambda: _beat(world)
    return visit(dana, phone=size == "phone")


def _beat(world: World) -> None:
    beat(world)


def test_the_clock_goes_to_monday_and_the_list_is_worked_through(look: Look, size: str) -> None:
    tab = look.tab
    jump = tab.get_by_role("button", name="next event")
    jump.click()
    look.sees("Today, Monday")
    look.shoots(f"{size}-monday")
    tab.get_by_role("button", name="Another reason").first.click()
    look.sees("Or one of these, best first:")
    look.shoots(f"{size}-reasons")
    tab.get_by_role("button", name="This one").first.click()
    expect(tab.get_by_text("Or one of these")).to_be_hidden()
    tab.get_by_role("button", name="Done").first.click()
    look.sees("1 of 10 done")
    look.sees("✓")
    tab.get_by_role("button", name="Undo").last.click()
    expect(tab.get_by_text("1 of 10 done")).to_be_hidden()
    tab.get_by_role("button", name="Done").first.click()
    look.sees("1 of 10 done")
    tab.get_by_role("button", name="Next time").last.click()
    look.form("Next time").get_by_label("What to come back to").fill("ask how the demo went")
    look.shoots(f"{size}-next-time")
    look.presses("Keep it")
    look.sees("Next time: “ask how the demo went”")
    look.shoots(f"{size}-worked")
    look.goes_to("app/home")
    look.sees("later this week")
    look.presses("Open the list")
    expect(look.form("Windshield")).to_contain_text("1 of 10 done")
    look.shoots(f"{size}-home-list")
    tab.keyboard.press("Escape")
    expect(tab.locator("#modal")).to_be_hidden()
