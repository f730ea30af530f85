"""A manager's first day in the browser, at a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from slack_sandbox import Person
from tests.browser.conftest import Look, Visit
from tests.scenarios.conftest import World

pytestmark = pytest.mark.slow


@pytest.fixture(params=["desk", "phone"])
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def dana(world: World) -> Person:
    return world.person("Dana Moss", title="Sales manager")


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Two reps who share a channel with their manager."""
    found = [world.person(name, title="Sales rep") for name in ("Sam Stone", "Lena Fox")]
    world.slack.add_channel("emea-sales", [dana, *found])
    return found


@pytest.fixture
def look(visit: Visit, dana: Person, reps: list[Person], size: str) -> Look:  # noqa: ARG001
    return visit(dana, phone=size == "phone")


def test_sets_up_a_team(look: Look, size: str) -> None:
    look.words.press_sequentially("/te")
    expect(look.tab.get_by_role("option", name="/team")).to_be_visible()
    look.shoots(f"{size}-commands")
    look.words.press("Tab")
    look.words.press("Enter")
    look.form("Add your reps")
    look.chooses("Reps", "Sam Stone", "Lena Fox")
    look.shoots(f"{size}-reps")
    look.presses("Next")
    look.form("A line for each").get_by_label("Sam Stone").fill("the Acme renewal")
    look.presses("Next")
    look.form("Set your meeting")
    look.chooses("Team channel", "#emea-sales")
    look.tab.get_by_label("Meeting time").fill("")
    look.presses("Next")
    look.sees("A meeting needs both a day and a time, or neither.")
    expect(look.tab.get_by_label("Meeting time")).to_be_focused()
    expect(look.tab.get_by_label("Team channel")).to_have_value("#emea-sales")
    look.shoots(f"{size}-mistake")
    look.tab.get_by_label("Meeting time").fill("09:00")
    look.presses("Next")
    look.form("Pick your Monday time")
    look.presses("Next")
    look.form("Introductions")
    look.shoots(f"{size}-introductions")
    look.presses("Send introductions")
    look.sees("Told: Lena Fox and Sam Stone.")
    look.tab.keyboard.press("Escape")
    expect(look.tab.locator("#modal")).to_be_hidden()


@pytest.fixture
def team(world: World, dana: Person, reps: list[Person]) -> None:
    world.team(dana, *reps)


@pytest.mark.usefixtures("team")
def test_logs_a_touch_and_takes_it_back(look: Look, size: str) -> None:
    look.words.press_sequentially("/touch @sam")
    expect(look.tab.get_by_role("option", name="Sam Stone")).to_be_visible()
    look.words.press("Enter")
    look.words.press_sequentially("call yesterday about the Acme renewal")
    look.words.press("Enter")
    look.sees("about the Acme renewal")
    look.sees("Only visible to you")
    look.shoots(f"{size}-logged")
    look.presses("Undo")
    look.sees("Taken back: call with")
    expect(look.tab.get_by_text("Logged: call with")).to_be_hidden()
    look.presses("Put it back")
    look.sees("Logged: call with")


@pytest.mark.usefixtures("team")
def test_mends_a_mistake_in_a_form(look: Look, size: str) -> None:
    look.writes("/touch @Lena Fox")
    form = look.form("Contact")
    expect(form.get_by_label("Rep")).to_have_value("Lena Fox")
    look.chooses("Channel", "In person")
    form.get_by_label("When").fill("2026-11-30")
    form.get_by_label("About").fill("the Hooli pipeline, over lunch")
    look.presses("Log it")
    wrong = form.locator(".error")
    expect(wrong).to_be_visible()
    expect(form.get_by_label("About")).to_have_value("the Hooli pipeline, over lunch")
    look.shoots(f"{size}-wrong-day")
    form.get_by_label("When").fill("2026-11-20")
    look.presses("Log it")
    look.sees("Logged: in person with")
    expect(look.tab.locator("#modal")).to_be_hidden()


@pytest.mark.usefixtures("team")
def test_opens_home_and_the_binder(look: Look, size: str) -> None:
    look.writes("/touch @Sam Stone call yesterday about the Acme renewal")
    look.sees("Logged: call with")
    look.tab.get_by_role("link", name="Home", exact=True).click()
    look.sees("Your team")
    look.shoots(f"{size}-home")
    look.tab.get_by_role("button", name=re.compile("^More for ")).last.click()
    expect(look.tab.get_by_role("menuitem", name="Plan a session")).to_be_focused()
    look.shoots(f"{size}-menu")
    look.tab.get_by_role("menuitem", name="Open binder").click()
    form = look.form("Binder")
    expect(form.get_by_text("about the Acme renewal")).to_be_visible()
    look.shoots(f"{size}-binder")
    form.get_by_role("button", name=re.compile("^More for .* · call$")).click()
    look.tab.get_by_role("menuitem", name="Open", exact=True).click()
    look.form("Contact")
    look.shoots(f"{size}-stacked")
    look.tab.keyboard.press("Escape")
    look.form("Binder")
    look.tab.get_by_role("button", name="Close", exact=True).first.click()
    expect(look.tab.locator("#modal")).to_be_hidden()
