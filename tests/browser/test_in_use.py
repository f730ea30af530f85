"""The page while it is used: several people, a keyboard, the dark, hostile words, the clock."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from slack_sandbox import Person
from slack_sandbox.page import Page
from tests.browser.conftest import Visit
from tests.scenarios.conftest import World

pytestmark = pytest.mark.slow


@pytest.fixture
def dana(world: World) -> Person:
    return world.person("Dana Moss", title="Sales manager")


@pytest.fixture
def sam(world: World) -> Person:
    return world.person("Sam Stone", tz="America/New_York", title="Sales rep")


@pytest.fixture
def team(world: World, dana: Person, sam: Person) -> str:
    """Dana's team is set up; the id of the channel that they share."""
    world.team(dana, sam)
    return world.slack.add_channel("emea-sales", [dana, sam])


def test_two_people_in_two_tabs(visit: Visit, dana: Person, sam: Person, team: str) -> None:
    hers = visit(dana, f"channel/{team}")
    his = visit(sam, f"channel/{team}", beside=hers)
    his.writes("Quotes take four days")
    # A browser draws the tab in front first.
    hers.tab.bring_to_front()
    hers.sees("Quotes take four days")
    expect(hers.tab.get_by_role("log").get_by_role("strong").last).to_have_text("Sam Stone")
    expect(hers.tab.locator(".byline time").last).to_have_text("10:00")
    expect(his.tab.locator(".byline time").last).to_have_text("04:00")
    hers.writes("/touch @Sam Stone call about the quotes")
    hers.sees("Logged: call with")
    hers.tab.get_by_text("Quotes take four days").hover()
    hers.tab.get_by_role("button", name="Shortcuts for this message").click()
    hers.tab.get_by_role("menuitem", name="They raised something").click()
    hers.form("They raised something")
    expect(his.tab.get_by_text("Logged: call with")).to_have_count(0)
    expect(his.tab.locator("form.view")).to_have_count(0)
    hers.shoots("two-people")


@pytest.mark.usefixtures("team")
def test_with_the_keyboard_alone(visit: Visit, dana: Person) -> None:
    look = visit(dana, "app/home")
    look.sees("Your team")
    press = look.tab.keyboard.press
    press("Tab")
    expect(look.tab.get_by_role("link", name="Skip to the messages")).to_be_focused()
    press("Enter")
    look.tab.get_by_role("button", name=re.compile("^More for ")).last.focus()
    press("Enter")
    expect(look.tab.get_by_role("menuitem", name="Plan a session")).to_be_focused()
    press("ArrowDown")
    press("ArrowDown")
    press("Enter")
    form = look.form("Contact")
    press("Tab")
    look.tab.keyboard.type("vid")
    expect(look.tab.get_by_role("option", name="Video")).to_be_visible()
    press("Enter")
    expect(form.get_by_label("Channel")).to_have_value("Video")
    form.get_by_label("About").focus()
    look.tab.keyboard.type("the price change")
    press("Control+Enter")
    expect(look.tab.locator("#modal")).to_be_hidden()
    look.tab.get_by_role("link", name="Messages", exact=True).focus()
    press("Enter")
    look.sees("Logged: video call with")
    look.tab.wait_for_load_state()
    look.words.press_sequentially("/bin")
    expect(look.tab.get_by_role("option", name="/binder")).to_be_visible()
    press("Enter")
    press("Enter")
    look.form("Binder")
    press("Escape")
    expect(look.tab.locator("#modal")).to_be_hidden()


@pytest.mark.usefixtures("team")
def test_in_the_dark(visit: Visit, dana: Person) -> None:
    look = visit(dana, "app/home", dark=True)
    look.sees("Your team")
    look.shoots("dark-home")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = look.tab.evaluate(background)
    look.tab.get_by_role("button", name="Light or dark").click()
    light = look.tab.evaluate(background)
    assert light != dark
    look.goes_to("app/messages")
    assert look.tab.evaluate(background) == light
    look.tab.get_by_role("button", name="Light or dark").click()
    look.writes("/touch @Sam Stone")
    look.form("Contact")
    look.shoots("dark-form")


@pytest.mark.usefixtures("sam")
def test_what_is_typed_is_shown_and_never_run(visit: Visit, dana: Person, team: str) -> None:
    look = visit(dana, f"channel/{team}")
    hostile = '<script>alert(1)</script> "><img src=x onerror=alert(2)> </textarea><b>&lt;'
    look.writes(hostile)
    look.sees(hostile)
    look.writes(f"/touch @Sam Stone call {hostile}")
    look.sees("Logged: call with")
    look.tab.get_by_role("button", name="More actions").last.click()
    look.tab.get_by_role("menuitem", name="Edit").click()
    form = look.form("Contact")
    expect(form.get_by_label("About")).to_have_value(hostile)
    assert look.tab.locator("main img, main script, dialog img").count() == 0


@pytest.mark.usefixtures("world")
def test_nothing_typed_is_lost_while_the_page_changes(
    visit: Visit, dana: Person, sam: Person, team: str
) -> None:
    look = visit(dana, f"channel/{team}")
    look.words.press_sequentially("half a th")
    sam.says("Hooli called", channel=team)
    look.sees("Hooli called")
    look.words.press_sequentially("ought")
    expect(look.words).to_have_value("half a thought")
    expect(look.words).to_be_focused()
    dana.shortcut("Log a touch")
    about = look.form("Contact").get_by_label("About")
    about.press_sequentially("the Acme ")
    sam.says("And Acme", channel=team)
    look.sees("And Acme")
    about.press_sequentially("renewal")
    expect(about).to_have_value("the Acme renewal")
    look.goes_to("app/messages")
    expect(look.form("Contact").get_by_label("Rep")).to_be_focused()
    look.tab.keyboard.press("Escape")
    expect(look.tab.locator("#modal")).to_be_hidden()
    look.goes_to(f"channel/{team}")
    expect(look.words).to_have_value("half a thought")


@pytest.mark.usefixtures("team")
def test_the_clock_and_the_traffic(visit: Visit, world: World, site: Page, dana: Person) -> None:
    clock = world.slack.clock
    due = clock.now() + timedelta(days=7, hours=-1)
    moves: list[str] = []
    site.next_event = lambda: due if clock.now() < due else None
    site.moved = lambda: moves.append(f"{clock.now():%a %H:%M}")
    look = visit(dana)
    bar = look.tab.get_by_role("group", name="Clock")
    bar.get_by_role("button", name="+1 hour").click()
    expect(bar.locator("time")).to_have_text("Mon 23 Nov 2026, 11:00")
    bar.get_by_role("button", name="Next morning").click()
    expect(bar.locator("time")).to_have_text("Tue 24 Nov 2026, 08:00")
    bar.get_by_role("button", name="Jump to next event, Monday, 30 November, 09:00").click()
    expect(bar.locator("time")).to_have_text("Mon 30 Nov 2026, 09:00")
    expect(bar.get_by_role("button", name="Jump to next event")).to_be_disabled()
    bar.get_by_role("button", name="Move the clock").click()
    look.tab.get_by_label("Jump to a date and time").fill("2026-12-01T09:30")
    look.tab.get_by_role("button", name="Jump", exact=True).click()
    expect(bar.locator("time")).to_have_text("Tue 1 Dec 2026, 09:30")
    assert moves == ["Mon 10:00", "Tue 07:00", "Mon 08:00", "Tue 08:30"]
    look.writes("/touch help")
    look.tab.get_by_role("button", name="Traffic").click()
    traffic = look.tab.get_by_role("complementary", name="Traffic between Slack and the app")
    line = traffic.get_by_text("/touch help")
    expect(line).to_be_visible()
    line.click()
    expect(traffic.locator("pre").first).to_contain_text('"command": "/touch"')
    world.forgiven.add("method.unknown")
    world.slack._workspace.journal.violated("method.unknown", "users.list is not modelled.")
    expect(traffic.get_by_text("users.list is not modelled.")).to_be_visible()
    look.shoots("traffic")


@pytest.mark.usefixtures("team")
@pytest.mark.usefixtures("sam")
def test_being_someone_else_on_a_phone(visit: Visit, dana: Person) -> None:
    look = visit(dana, phone=True)
    look.tab.get_by_role("button", name="People, channels and messages").click()
    look.shoots("phone-rail")
    look.tab.get_by_role("button", name="You are Dana Moss").click()
    choice = look.tab.get_by_role("option", name="Sam Stone")
    expect(choice).to_be_visible()
    look.shoots("phone-switcher")
    choice.click()
    expect(look.tab).to_have_title("Sam Stone · Windshield sandbox")
    look.tab.wait_for_load_state()
    look.writes("The demo went well")
    look.sees("The demo went well")
    look.shoots("phone-rep")


@pytest.mark.usefixtures("team")
def test_what_is_typed_is_there_when_the_form_is_left_without_a_word(
    world: World, visit: Visit, dana: Person
) -> None:
    look = visit(dana, "app/messages")
    look.writes("/fieldday @Sam Stone")
    look.form("Field day").get_by_label("One focus").press_sequentially("begin with them")
    # Nothing is pressed: the cross, a battery that is empty. The page tells within a moment.
    look.tab.keyboard.press("Escape")
    expect(look.tab.locator("#modal")).to_be_hidden()
    assert world.product.app.autosave.wait_until_idle(15)
    look.goes_to("app/home")
    look.sees("is half written down.")
    look.tab.get_by_role("button", name=re.compile("^Resume")).click()
    focus = look.form("Field day").get_by_label("One focus")
    expect(focus).to_have_value("begin with them")
