"""Bad days of the Monday list: old, forged and doubled presses, odd teams, senseless issues."""

import json
import threading
from datetime import date, timedelta
from typing import Any

import pytest

from bot.screens.team.people import ensure_profiles
from bot.services.team import setup
from bot.views.block_kit.ids import TodoAction
from slack_sandbox import Person
from slack_sandbox.screens import Message
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at, beat, chooses, list_of, lists_of, modal, team_of
from tests.scenarios.workspaces.trouble import hand_over_team, presses_copy, pressing

pytestmark = pytest.mark.slow

MONDAY = date(2026, 11, 30)
NEXT_MONDAY = MONDAY + timedelta(days=7)
FORGED = (
    TodoAction.DONE,
    TodoAction.ANOTHER_REASON,
    TodoAction.MENU,
    TodoAction.PAGE,
    TodoAction.KEPT,
    TodoAction.ON_AGAIN,
    TodoAction.ISSUE_END,
    TodoAction.WHY,
)


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Dana's team, on Monday at eight."""
    found = team_of(world, dana, 4)
    promise(world, dana, found[0], "Acme price sheet", due=date(2026, 12, 2))
    at(world, MONDAY, 8)
    return found


@pytest.fixture
def kim(world: World) -> Person:
    """The manager of another team."""
    manager = world.person("Kim Ito")
    world.team(manager, world.person("Nia New"))
    return manager


def logged_with(manager: Person, rep: Person) -> int:
    """How many contacts with that rep there are, as the binder shows them."""
    manager.slash(f"/binder @{rep.name}")
    seen = modal(manager).text
    modal(manager).close()
    return seen.count("[⋯ Open |")


def values_of(message: Message) -> list[tuple[str, str]]:
    """(action, value) of every button and menu entry of a message: what an old copy still says."""
    found: list[tuple[str, str]] = []
    for block in message.raw["blocks"]:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            action = element.get("action_id")
            if action:
                entries: list[dict[str, Any]] = element.get("options", [element])
                found += [(action, entry["value"]) for entry in entries if "value" in entry]
    return found


def presses_value(world: World, person: Person, action: str, value: str) -> None:
    """Press a button or a menu entry of an old message, as it was when the message was drawn."""
    elements: dict[str, Any] = {"value": value}
    if action == "todo.menu":
        elements = {"selected_option": {"value": value}}
    message = list_of(person)
    more = {
        "actions": [{"action_id": action, "block_id": "old", "type": "button", **elements}],
        "container": {"type": "message", "channel_id": message.channel, "message_ts": message.ts},
    }
    pressing(world, person, action, value, **more)


# Old lists, and other people's.


def test_no_button_of_last_months_list_changes_anything(
    world: World, dana: Person, reps: list[Person]
) -> None:
    message = list_of(dana)
    old = values_of(message)
    steps = {json.loads(value).get("step") for _, value in old}
    assert steps >= {"todo.move", "todo.not_this_week", "todo.open_binder"}
    world.slack.clock.advance(timedelta(days=28))
    chooses(message, "Done", "Sam Stone")
    dana.sees("That week is over. /todo shows this week's list.")
    at(world, MONDAY + timedelta(days=28), 9)
    before = list_of(dana).text
    for action, value in old:
        presses_value(world, dana, action, value)
        assert dana.modal is None
    beat(world)
    assert list_of(dana).text == before
    assert logged_with(dana, reps[0]) == 0


@pytest.mark.usefixtures("reps")
def test_a_form_of_a_week_that_ended_stays_open_and_says_so(world: World, dana: Person) -> None:
    list_of(dana).picks("Not this week", beside="Lena Fox")
    modal(dana).fill("A word why", "at a fair")
    world.slack.clock.advance(timedelta(days=9))
    modal(dana).submit()
    assert "That week is over." in modal(dana).text
    assert modal(dana).value("A word why") == "at a fair"


@pytest.mark.usefixtures("reps")
def test_a_list_that_was_handed_over_is_the_new_managers(world: World, dana: Person) -> None:
    ana = world.person("Ana Ruiz")
    ensure_profiles(world.product.app, world.workspace_id, [ana.id])
    hand_over_team(world, dana, ana)
    old = list_of(dana)
    before = old.text
    chooses(old, "Done", "Sam Stone")
    dana.sees("This is Ana Ruiz's; only Ana Ruiz can open or change it.")
    old.picks("Open binder", beside="Sam Stone")
    dana.sees("This is Ana Ruiz's")
    assert dana.modal is None
    ana.slash("/todo")
    chooses(ana.ephemerals[-1], "Done", "Sam Stone")
    ana.sees("1 of 4 done")
    beat(world)
    assert before != old.text
    assert "This list went on with the team: it is Ana Ruiz's now." in old.text


def test_nobody_else_can_press_a_button_of_the_list(
    world: World, dana: Person, reps: list[Person], kim: Person
) -> None:
    message = list_of(dana)
    before = message.text
    for person in (kim, reps[0]):
        for label in ("Done", "Another reason"):
            presses_copy(person, message, label)
            person.sees("This is Dana Moss's; only Dana Moss can open or change it.")
        for action, value in values_of(message)[:7]:
            chosen = {"action_id": action, "selected_option": {"value": value}}
            pressing(world, person, action, value, actions=[chosen])
        assert person.modal is None
    beat(world)
    assert message.text == before


@pytest.mark.usefixtures("reps")
def test_a_forged_button_breaks_nothing(world: World, dana: Person) -> None:
    before = list_of(dana).text
    place = {"response_url": f"{world.slack.api_url}nowhere"}
    world.forgiven.add("method.unknown")
    for action in FORGED:
        for value in ("", "nonsense", "[1]", '{"subject": 999999}', '{"page": "-1", "day": "x"}'):
            # Nobody can answer there, and Slack takes one direct message a second.
            world.slack.clock.advance(timedelta(seconds=1))
            assert pressing(world, dana, action, value, **place).status == 200
    beat(world)
    assert list_of(dana).text == before
    assert dana.modal is None


# Twice, and too late.


def test_done_on_phone_and_desktop_at_once_logs_once(dana: Person, reps: list[Person]) -> None:
    message = list_of(dana)
    # Both show the same button, also where the other's press has drawn the list anew.
    surface = message.surface
    button = next(surface._buttons("Done", None))
    both = threading.Barrier(2)

    def press() -> None:
        both.wait(timeout=10)
        surface.client.press(surface.member, surface.shown, *button, None)

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert "1 of 4 done" in message.text
    assert message.text.count("✓") == 1
    assert sum(logged_with(dana, rep) for rep in reps) == 1


@pytest.mark.usefixtures("world", "reps")
def test_a_form_sent_twice_is_once(dana: Person) -> None:
    dana.slash("/todo issue")
    dana.clicks("Set one")
    modal(dana).fill("What is it?", "price change")
    modal(dana).submit_twice()
    dana.slash("/todo issue")
    assert dana.ephemerals[-1].text.count("price change") == 1
    dana.slash("/todo away")
    modal(dana).fill("From", date(2026, 12, 10))
    modal(dana).fill("To", date(2026, 12, 11))
    modal(dana).submit_twice()
    dana.slash("/todo away")
    assert modal(dana).text.count("Thu 10 Dec to Fri 11 Dec") == 1
    modal(dana).close()
    list_of(dana).picks("Not this week", beside="Lena Fox")
    modal(dana).submit_twice()
    assert list_of(dana).text.count("Not this week · Lena Fox") == 1


def test_who_left_the_team_or_slack_meanwhile_is_off_the_list(
    world: World, dana: Person, reps: list[Person]
) -> None:
    actor, now = world.actor(dana), world.slack.clock.now()
    setup.choose_reps(world.database, actor, [rep.id for rep in reps[1:]], now)
    chooses(list_of(dana), "Done", "Sam Stone")
    dana.sees("Sam Stone is not on your team.")
    list_of(dana).picks("Move", beside="Sam Stone")
    assert dana.modal is None
    beat(world)
    assert "Sam Stone" not in list_of(dana).text
    assert "of 3 done" not in list_of(dana).text
    reps[1].is_deactivated()
    beat(world)
    assert "Lena Fox" not in list_of(dana).text
    dana.opens_home()
    dana.sees_not("of 2 done")


@pytest.mark.usefixtures("reps")
def test_another_day_that_is_over_by_now_is_refused_at_its_field(
    world: World, dana: Person
) -> None:
    list_of(dana).picks("Move", beside="Sam Stone")
    modal(dana).fill("To", "Tomorrow, Tue 1 Dec")
    world.slack.clock.advance(timedelta(days=2))
    modal(dana).submit()
    said = "That day cannot be had any more. Pick another of this week."
    assert modal(dana).errors == {"To": said}


# Teams and zones that are not as usual.


def test_a_manager_without_reps_gets_no_list_and_a_way_to_add_some(
    world: World, dana: Person
) -> None:
    sam = team_of(world, dana, 1)[0]
    sam.is_deactivated()
    assert at(world, MONDAY, 8).sent == 0
    assert lists_of(dana) == []
    dana.slash("/todo")
    dana.sees("Nobody is on your team yet. /team adds them.")
    dana.slash("/todo next")
    assert "Nobody is on your team yet." in dana.ephemerals[-1].text


def test_reps_and_managers_without_a_zone(world: World) -> None:
    manager = world.person("Dana Moss", tz=None)
    sam, lena = world.person("Sam Stone", tz=None), world.person("Lena Fox", tz="Asia/Tokyo")
    world.team(manager, sam, lena)
    at(world, MONDAY, 7, 59, zone="UTC")
    assert lists_of(manager) == []
    at(world, MONDAY, 8, zone="UTC")
    assert "Your week, 30 Nov – 4 Dec" in list_of(manager).text
    chooses(list_of(manager), "Done", "Sam Stone")
    manager.sees("✓ Sam Stone · today")


def test_the_zone_of_the_team_holds_where_the_manager_has_none(world: World) -> None:
    manager = world.person("Dana Moss", tz=None)
    world.team(manager, world.person("Sam Stone"), introduced=False)
    manager.slash("/team")
    modal(manager).clicks("All settings")
    modal(manager).fill("Time zone of the team", "New York")
    modal(manager).submit()
    at(world, MONDAY, 7, 59, zone="America/New_York")
    assert lists_of(manager) == []
    at(world, MONDAY, 8, zone="America/New_York")
    assert len(lists_of(manager)) == 1


# Issues of the day that make no sense.


@pytest.mark.usefixtures("reps")
def test_an_issue_without_an_end_ends_with_the_week(world: World, dana: Person) -> None:
    dana.slash("/todo issue price change")
    dana.sees("Set: “price change”, until Fri 4 Dec.")
    at(world, NEXT_MONDAY, 8)
    assert "price change" not in list_of(dana).text


@pytest.mark.usefixtures("world", "reps")
def test_an_issue_that_cannot_be_comes_back_with_what_was_typed(dana: Person) -> None:
    for typed, said in (
        ("price change until 2026-11-29", "2026-11-29 is over, so nothing was set."),
        ("price change until 2026-02-30", "2026-02-30 is not a day of the calendar"),
        ("until friday", "What is the issue?"),
        ("x" * 3000, "That is more than 200 characters, so nothing was set."),
    ):
        dana.slash(f"/todo issue {typed}")
        answer = dana.ephemerals[-1].text
        assert said in answer
        assert "Like this: /todo issue price change until friday." in answer
        assert f"/todo issue {typed}" in answer.replace("\n", "")
    dana.slash("/todo issue")
    dana.sees("No issue of the day.")


@pytest.mark.usefixtures("world", "reps")
def test_an_issue_form_says_at_the_field_what_is_wrong(dana: Person) -> None:
    dana.slash("/todo issue")
    dana.clicks("Set one")
    modal(dana).fill("What is it?", "price change")
    modal(dana).fill("Until", date(2026, 11, 27))
    modal(dana).submit()
    assert modal(dana).errors == {"Until": "That day is over. Pick today or a later day."}
    modal(dana).fill("From", date(2026, 12, 3))
    modal(dana).fill("Until", date(2026, 12, 1))
    modal(dana).submit()
    assert modal(dana).errors == {"Until": "That is before the first day."}
    modal(dana).fill("Until", date(2026, 12, 4))
    modal(dana).submit()
    dana.sees("Set: “price change”, Thu 3 Dec to Fri 4 Dec.")


def test_words_of_others_cannot_mark_up_a_list(world: World, dana: Person) -> None:
    hostile = "*_~`<!channel> & <@U0X>"
    rep = world.person("Sam *Stone* & <b>", handle="sam")
    world.team(dana, rep)
    lines = {rep.id: hostile}
    setup.set_first_lines(world.database, world.actor(dana), lines, world.slack.clock.now())
    dana.slash("/todo issue *_~` & <@U0X> until 2026-12-04")
    at(world, MONDAY, 8)
    list_of(dana).picks("Not this week")
    modal(dana).fill("A word why", hostile)
    modal(dana).submit()
    assert f"Not this week · Sam ∗Stone∗ & <b> · “{hostile}”" in list_of(dana).text
    assert "Issue of the day: “*_~` & <@U0X>”" in list_of(dana).text
