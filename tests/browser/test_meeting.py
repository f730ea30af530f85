"""A team meeting in the browser, at a desk and on a phone: gathered, published, noted, recapped."""

import pytest
from playwright.sync_api import expect

from slack_sandbox.page import Page
from tests.browser.conftest import Visit
from tests.scenarios.conftest import World
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world

pytestmark = pytest.mark.slow


@pytest.fixture(params=["phone", pytest.param("desk", marks=pytest.mark.sweep)])
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def team(world: World, site: Page) -> MeetingWorld:
    made = meeting_world(world)
    site.moved = made.beat
    return made


def test_a_meeting_from_its_draft_to_its_recap(team: MeetingWorld, visit: Visit, size: str) -> None:
    dana = visit(team.dana, phone=size == "phone")
    dana.writes("/agenda price change on 1 January: which customers first?")
    dana.sees("under Looking ahead")
    team.adds(team.raj, "win: two renewals came in early")
    team.adds(team.dana, "why is Lena so slow with quotes")
    team.at(27, 7)
    dana.sees("names Lena Fox")
    dana.shoots(f"{size}-meeting-draft")
    dana.presses("Move to their session")
    dana.tab.get_by_role("button", name="Let in").last.click()
    dana.presses("As it is")
    dana.sees("It goes out as it is.")
    dana.presses("Arrange")
    form = dana.form("Agenda")
    expect(form).to_contain_text("two renewals came in early")
    dana.shoots(f"{size}-meeting-arrange")
    dana.tab.keyboard.press("Escape")
    team.at(30, 7)
    raj = visit(team.raj, f"channel/{team.channel}", phone=size == "phone")
    raj.sees("which customers first?")
    raj.shoots(f"{size}-meeting-agenda")
    team.at(30, 8)
    raj.presses("Take notes")
    notes = raj.form("Notes")
    notes.get_by_role("button", name="Done: two renewals").click()
    expect(notes).to_contain_text("✓ two renewals")
    raj.presses("Outcome or promise")
    outcome = raj.form("Outcome")
    raj.chooses("Item", "price change")
    outcome.get_by_label("Outcome").fill("the five largest this week")
    outcome.get_by_label("Team promise").fill("list of the five")
    raj.chooses("Who takes it", "Lena Fox")
    raj.shoots(f"{size}-meeting-outcome")
    raj.presses("Save")
    expect(raj.form("Notes")).to_contain_text("Lena Fox: list of the five")
    raj.shoots(f"{size}-meeting-notes")
    raj.tab.keyboard.press("Escape")
    team.at(30, 8, 45)
    raj.sees("Recap of the team meeting")
    raj.sees("Notes from today are above. Lena Fox: list of the five.")
    raj.shoots(f"{size}-meeting-recap")


def test_the_series_is_changed(team: MeetingWorld, visit: Visit, size: str) -> None:
    dana = visit(team.dana, "app/home", phone=size == "phone")
    dana.sees("· team meeting")
    dana.shoots(f"{size}-meeting-home")
    dana.presses("Settings")
    dana.form("Your team")
    dana.presses("Team meeting")
    form = dana.form("Team meeting")
    form.get_by_label("Thursday").check()
    form.get_by_label("Minutes").fill("0")
    dana.presses("Save")
    dana.sees("Minutes from 1 to 240, please.")
    form.get_by_label("Minutes").fill("30")
    dana.shoots(f"{size}-meeting-series")
    dana.presses("Save")
    expect(dana.form("Your team")).to_be_visible()
    dana.tab.keyboard.press("Escape")
    dana.sees("Mondays and Thursdays, 09:00")
