"""The binder of a rep on a phone: what to know before talking stands on its first screen."""

import re

import pytest
from playwright.sync_api import expect

from slack_sandbox import Person
from tests.browser.conftest import PHONE, Look, Visit
from tests.browser.test_home import ends
from tests.scenarios.binder.known import MONDAY, known
from tests.scenarios.conftest import World
from tests.scenarios.todo.monday import at


@pytest.fixture
def sam(world: World) -> Person:
    return world.person("Sam Stone", tz="America/New_York")


@pytest.fixture
def dana(world: World, sam: Person) -> Person:
    manager = world.person("Dana Moss")
    world.team(manager, sam, world.person("Nora Lind"))
    return manager


def opened(visit: Visit, manager: Person, rep: str, *, dark: bool = False) -> Look:
    """The binder of that rep, on a phone."""
    if manager.modal is not None:
        manager.modal.close_all()
    manager.slash(f"/binder @{rep}")
    look = visit(manager, phone=True, dark=dark)
    look.form("Binder")
    return look


@pytest.mark.slow
def test_what_to_know_before_talking_is_one_screen(
    world: World, visit: Visit, dana: Person, sam: Person
) -> None:
    known(world, dana, sam)
    for dark in (True, False):
        look = opened(visit, dana, "Sam Stone", dark=dark)
        look.sees("Last: session")
        look.shoots(f"phone-binder{'-dark' if dark else ''}")
    form = look.form("Binder")
    fold = form.get_by_role("button", name="Close", exact=True).last.bounding_box()
    assert fold is not None
    assert fold["y"] < PHONE["height"]
    for name in ("Another reason", "See the promises with Sam Stone", "Log a touch"):
        assert ends(form.get_by_role("button", name=name)) < fold["y"]
    section = form.get_by_role("combobox", name=re.compile("Section"))
    assert ends(section) < fold["y"]
    lately = form.get_by_text("Lately", exact=True)
    expect(lately).to_be_attached()
    look.presses("Another reason")
    look.form("Another reason")
    look.shoots("phone-binder-reasons")
    look.presses("Back to the binder")
    look.form("Binder")
    look.chooses("Section", "Sessions")
    look.form("Sessions")
    look.shoots("phone-binder-sessions")


def test_nor_has_one_to_scroll_where_there_is_little(
    world: World, visit: Visit, dana: Person
) -> None:
    at(world, MONDAY, 8)
    look = opened(visit, dana, "Nora Lind")
    look.sees("A fresh page.")
    look.shoots("phone-binder-new")
    button = look.form("Binder").get_by_role("button", name="Log a touch")
    assert ends(button) <= PHONE["height"]
