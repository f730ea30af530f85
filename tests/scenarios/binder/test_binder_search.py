"""A manager finds things in a binder: by words, kind and day, and reads plans by topic."""

from datetime import timedelta

import pytest

from bot.domain.binder.search import Wanted
from bot.domain.workspaces.refusals import ForManagers
from bot.services.binder import search as binder_search
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal


def search(dana: Person, **wanted: str) -> str:
    if dana.modal is None:
        dana.slash("/binder @Raj Rao")
        modal(dana).picks("Search")
    else:
        modal(dana).clicks("Search again")
    for label, value in wanted.items():
        modal(dana).fill(label, value)
    modal(dana).submit()
    return modal(dana).text


@pytest.fixture
def dana(world: World, raj: Person) -> Person:
    """A manager with a call, a session and a field day with Raj Rao, each a week apart."""
    manager = world.person("Dana Moss")
    world.team(manager, raj, world.person("Lena Fox"))
    manager.slash("/touch @Raj Rao call about the ÄCME renewal")
    manager.picks("Add a note")
    modal(manager).fill("Private note", "seems tired lately")
    modal(manager).submit()
    world.slack.clock.advance(timedelta(days=7))
    manager.slash("/session @Raj Rao")
    modal(manager).fill("Plan", "win the north")
    modal(manager).submit()
    modal(manager).fill("What changed", "Jo Lee moved")
    for _ in range(4):
        modal(manager).submit()
    world.slack.clock.advance(timedelta(days=7))
    manager.slash("/fieldday @Raj Rao")
    modal(manager).fill("Visits", "Northwind: Jo Lee")
    modal(manager).submit()
    modal(manager).close()
    manager.slash("/touch @Lena Fox call about north")
    return manager


def test_words_find_whatever_holds_them(dana: Person) -> None:
    shown = search(dana, Words="äcme call")
    assert "Nothing fits" in shown
    shown = search(dana, Words="ächme")
    assert "Nothing fits" in shown
    shown = search(dana, Words="äcme renewal")
    assert "about the ÄCME renewal" in shown
    shown = search(dana, Words="jo lee")
    assert "strategy session" in shown
    assert "field day" in shown
    assert "Lena" not in shown
    modal(dana).clicks("Open", beside="strategy session")
    modal(dana).clicks("Edit")
    modal(dana).submit()
    assert modal(dana).value("What changed") == "Jo Lee moved"


def test_kinds_and_days_filter(dana: Person) -> None:
    assert "field day" in search(dana, Only="Field days")
    shown = search(dana, From="2026-11-24", Until="2026-12-01")
    assert "strategy session" in shown
    assert "field day" not in shown
    modal(dana).clicks("Search again")
    modal(dana).fill("From", "2026-12-01")
    modal(dana).fill("Until", "2026-11-01")
    modal(dana).submit()
    assert "before the first day" in str(modal(dana).errors)


def test_own_private_notes_are_found_and_not_shown(dana: Person) -> None:
    shown = search(dana, Words="tired")
    assert "In a private note of yours." in shown
    assert "about the ÄCME renewal" in shown
    assert "seems tired" not in shown


@pytest.mark.usefixtures("world")
def test_plans_by_topic_and_one_topic_down_the_sessions(dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the south")
    for _ in range(5):
        modal(dana).submit()
    dana.slash("/binder @Raj Rao")
    modal(dana).clicks("Plans")
    shown = modal(dana).text
    assert "Territory management plan" in shown
    assert "win the south" in shown
    modal(dana).clicks("History", beside="Territory management plan")
    shown = modal(dana).text
    assert shown.index("win the south") < shown.index("win the north")
    modal(dana).clicks("All plans")
    modal(dana).clicks("Back to the binder")
    assert "Contacts" in modal(dana).text


@pytest.mark.usefixtures("dana")
def test_a_rep_finds_nothing_of_it(world: World, raj: Person) -> None:
    with pytest.raises(ForManagers):
        binder_search.find(
            world.database, world.actor(raj), Wanted(raj.id, "tired"), world.slack.clock.now()
        )


def test_the_tabs_show_one_component_each(dana: Person) -> None:
    dana.slash("/binder @Raj Rao")
    modal(dana).clicks("Field days")
    assert "field day" in modal(dana).text
    assert "ÄCME" not in modal(dana).text
    modal(dana).clicks("Contacts")
    assert "ÄCME" in modal(dana).text
    modal(dana).clicks("Plans")
    assert "win the north" in modal(dana).text
    modal(dana).clicks("All promises")
    modal(dana).close()
    modal(dana).clicks("Back to the binder")
    assert "ÄCME" in modal(dana).text
    modal(dana).close()
    dana.slash("/binder @Lena Fox")
    modal(dana).clicks("Sessions")
    assert "Nothing of it yet." in modal(dana).text
