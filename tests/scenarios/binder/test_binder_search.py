"""A manager finds things in a binder, by section, words and day, mends them where they were found,
and reads plans by topic."""

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
        modal(dana).picks("Search")
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


@pytest.mark.slow
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
    modal(dana).picks("Open", beside="strategy session")
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
@pytest.mark.slow
def test_plans_by_topic_and_one_topic_down_the_sessions(dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the south")
    for _ in range(5):
        modal(dana).submit()
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Plans")
    shown = modal(dana).text
    assert "Territory management plan" in shown
    assert "win the south" in shown
    modal(dana).clicks("History", beside="Territory management plan")
    shown = modal(dana).text
    assert shown.index("win the south") < shown.index("win the north")
    modal(dana).clicks("All plans")
    modal(dana).clicks("Back to the binder")
    assert modal(dana).title == "Binder"
    assert "Raj Rao" in modal(dana).text


@pytest.mark.usefixtures("dana")
def test_a_rep_finds_nothing_of_it(world: World, raj: Person) -> None:
    with pytest.raises(ForManagers):
        binder_search.find(
            world.database, world.actor(raj), Wanted(raj.id, "tired"), world.slack.clock.now()
        )


@pytest.mark.slow
def test_the_tabs_show_one_component_each(dana: Person) -> None:
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Field days")
    assert "field day" in modal(dana).text
    assert "ÄCME" not in modal(dana).text
    modal(dana).picks("Contacts")
    assert "ÄCME" in modal(dana).text
    modal(dana).picks("Plans")
    assert "win the north" in modal(dana).text
    modal(dana).picks("All promises")
    assert "No promises yet" in modal(dana).text
    modal(dana).clicks("Back to the binder")
    assert "ÄCME" in modal(dana).text
    modal(dana).close()
    dana.slash("/binder @Lena Fox")
    modal(dana).picks("Sessions")
    assert "Nothing of it yet." in modal(dana).text


@pytest.mark.parametrize(
    ("section", "row"),
    [("Contacts", "ÄCME"), ("Sessions", "strategy session"), ("Field days", "Northwind")],
)
@pytest.mark.slow
def test_each_kind_of_entry_is_dated_back_deleted_and_put_back_from_its_row(
    dana: Person, section: str, row: str
) -> None:
    dana.slash("/binder @Raj Rao")
    modal(dana).picks(section)
    modal(dana).picks("Edit", beside=row)
    while "When" not in modal(dana).labels:
        modal(dana).submit()
    modal(dana).fill("When", "2026-11-20")
    modal(dana).submit()
    assert modal(dana).title == section
    (line,) = (line for line in modal(dana).text.splitlines() if row in line and "⋯" in line)
    assert line.startswith("Fri 20 Nov · ")
    modal(dana).picks("Delete", beside=row)
    (line,) = (line for line in modal(dana).text.splitlines() if row in line and "⋯" in line)
    assert line.endswith("deleted [⋯ Open | Put it back]")
    modal(dana).picks("Open", beside=row)
    modal(dana).clicks("Put it back")
    modal(dana).close()
    assert "deleted" not in modal(dana).text
    modal(dana).picks("Delete", beside=row)
    modal(dana).picks("Put it back", beside=row)
    assert "deleted" not in modal(dana).text
    modal(dana).clicks("Back to the binder")
    assert "Fri 20 Nov · " in modal(dana).text


def test_a_history_is_drawn_anew_and_becomes_the_plans_where_nothing_is_left(dana: Person) -> None:
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Plans")
    modal(dana).clicks("History", beside="Key-account plan")
    modal(dana).picks("Edit", beside="Jo Lee moved")
    modal(dana).submit()
    modal(dana).fill("What changed", "Jo Lee stays")
    for _ in range(4):
        modal(dana).submit()
    assert "Jo Lee stays" in modal(dana).text
    modal(dana).picks("Delete", beside="Jo Lee stays")
    assert modal(dana).title == "Plans"
    assert "Nothing said of it yet." in modal(dana).text


def test_what_was_found_stays_found_and_by_date_asks_for_the_days(dana: Person) -> None:
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("By date")
    assert modal(dana).labels == ["From", "Until", "Only", "Words"]
    modal(dana).fill("From", "2026-11-24")
    modal(dana).fill("Words", "jo lee")
    modal(dana).submit()
    modal(dana).picks("They raised something", beside="strategy session")
    modal(dana).fill("What they raised", "quotes take four days")
    modal(dana).submit()
    assert "“jo lee” · from Tue 24 Nov" in modal(dana).text
    modal(dana).picks("Visit details", beside="field day")
    modal(dana).fill("Who they are", "plant manager")
    modal(dana).submit()
    assert "“jo lee” · from Tue 24 Nov" in modal(dana).text


@pytest.mark.slow
def test_sixty_contacts_are_turned_page_by_page(dana: Person) -> None:
    for number in range(60):
        dana.slash(f"/touch @Lena Fox call about number {number}.")
    dana.slash("/binder @Lena Fox")
    modal(dana).picks("Contacts")
    for first in (59, 39, 19):
        shown = modal(dana).text
        for number in range(60):
            assert (f"number {number}." in shown) == (first - 20 < number <= first)
        if first != 19:
            modal(dana).clicks("Older")
    modal(dana).picks("Delete", beside="number 10.")
    assert "number 10. · deleted" in modal(dana).text
    modal(dana).clicks("Older")
    assert "about north" in modal(dana).text
    assert "[Older]" not in modal(dana).text
    modal(dana).clicks("Newest")
    assert "number 59." in modal(dana).text
