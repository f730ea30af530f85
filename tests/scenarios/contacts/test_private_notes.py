"""Private notes of a contact: for their author alone, wherever one looks."""

import json
import logging

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.sessions.sessions import DEFAULT_TOPICS
from bot.exchange import json_export
from bot.screens.team.people import ensure_profiles
from bot.services import home
from bot.services.binder import export
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import everything_sent, hand_over_team, held, pressing

SECRET = "thinks of leaving in spring"


@pytest.fixture
def dana(world: World, sam: Person) -> Person:
    """A manager who logged a call with Sam Stone and keeps a private note with it."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, world.person("Lena Fox"))
    manager.slash("/touch @Sam Stone call about the Acme renewal")
    note(manager, SECRET)
    return manager


def note(person: Person, text: str) -> None:
    if person.modal is None:
        person.picks("Add a note")
    else:
        person.clicks("Add a note")
    modal(person).fill("Private note", text)
    modal(person).submit()


def opens_entry(person: Person) -> None:
    person.slash("/binder @Sam Stone")
    person.picks("Open")


def shown_note(person: Person) -> str:
    """The private note, opened on purpose."""
    person.clicks("Show private note")
    found = "".join(str(modal(person).value(label) or "") for label in modal(person).labels)
    modal(person).close()
    return found


def test_a_note_is_shown_to_its_author_on_purpose_and_nowhere_else(
    world: World, dana: Person
) -> None:
    opens_entry(dana)
    dana.sees("A private note of yours is with it.")
    dana.clicks("Edit")
    modal(dana).close()
    dana.clicks("Add a note")
    modal(dana).close()
    modal(dana).close()
    assert "· private note" in modal(dana).text
    assert SECRET not in everything_sent(world)
    dana.picks("Open")
    assert shown_note(dana) == SECRET


def test_an_empty_note_keeps_nothing_and_leaves_what_was_noted(dana: Person) -> None:
    dana.picks("Add a note")
    modal(dana).submit()
    assert dana.modal is None
    opens_entry(dana)
    assert shown_note(dana) == SECRET
    dana.slash("/session @Sam Stone")
    modal(dana).fill("What changed", "Jo left")
    for _ in range(len(DEFAULT_TOPICS) + 1):
        modal(dana).submit()
    assert modal(dana).title == "Private note"
    modal(dana).submit()
    assert dana.modal is None
    dana.slash("/binder @Sam Stone")
    dana.picks("Open", beside="strategy session")
    assert "private note" not in modal(dana).text.lower()


def test_a_note_is_changed_and_removed(dana: Person) -> None:
    opens_entry(dana)
    dana.clicks("Show private note")
    modal(dana).fill("Private note", "stays after all")
    modal(dana).submit()
    assert shown_note(dana) == "stays after all"
    dana.clicks("Show private note")
    modal(dana).fill("Private note", None)
    modal(dana).submit()
    assert "private note" not in modal(dana).text.lower()
    modal(dana).close()
    assert "private note" not in modal(dana).text


def test_what_is_added_stands_below_what_was_there_and_twice_is_once(dana: Person) -> None:
    opens_entry(dana)
    dana.clicks("Add a note")
    modal(dana).fill("Private note", "spoke again")
    modal(dana).submit_twice()
    assert shown_note(dana) == f"{SECRET}\nspoke again"


def test_notes_longer_than_a_field_are_kept_and_changed_whole(dana: Person) -> None:
    opens_entry(dana)
    first, second = "a" * 3000, "b" * 3000
    note(dana, first)
    note(dana, second)
    whole = f"{SECRET}\n{first}\n{second}"
    assert shown_note(dana) == whole
    dana.clicks("Show private note")
    modal(dana).submit()
    assert shown_note(dana) == whole


def test_a_note_that_is_not_saved_stays_in_the_form(world: World, dana: Person) -> None:
    opens_entry(dana)
    dana.clicks("Show private note")
    modal(dana).fill("Private note", "another one")
    with held(world, "interaction"):
        modal(dana).submit()
    dana.sees("That didn't save: the database did not answer. What you typed is still here")
    assert modal(dana).value("Private note") == "another one"
    modal(dana).submit()
    assert shown_note(dana) == "another one"


def test_a_later_manager_sees_the_contact_but_no_note_nor_that_there_is_one(
    world: World, dana: Person
) -> None:
    kim = world.person("Kim Ito")
    ensure_profiles(world.product.app, world.workspace_id, [kim.id])
    before = len(world.slack.calls)
    hand_over_team(world, dana, kim)
    opens_entry(kim)
    kim.sees("about the Acme renewal")
    # The market note of a contact is the team's, and offered to whoever manages it.
    assert "note" not in modal(kim).text.replace("Market note", "")
    modal(kim).close()
    assert "note" not in modal(kim).text.replace("Market note", "")
    kim.opens_home()
    subject = json.dumps({"subject": 1})
    for action in ("binder.show_note", "touch.add_note"):
        pressing(world, kim, action, subject)
    sent = json.dumps([call.arguments for call in world.slack.calls[before:]])
    assert SECRET not in sent
    # Nor does the former manager get at the contact any more.
    answer = dana.ephemerals[-1]
    answer.picks("Edit")
    dana.sees("This is Kim Ito's; only Kim Ito can open or change it.")


def test_neither_the_rep_nor_an_export_gets_it(world: World, dana: Person, sam: Person) -> None:
    dana.says(f"note to self: {SECRET}")
    sam.opens_home()
    assert SECRET not in sam.screen()
    now = world.slack.clock.now()
    record = export.export_team(world.database, world.workspace_id, dana.id, ExportRequest(), now)
    exported = "".join(json_export.to_json(record, now))
    assert "the Acme renewal" in exported
    assert SECRET not in exported
    assert SECRET not in repr(home.home(world.database, world.actor(dana), now))
    assert SECRET not in everything_sent(world)


def test_it_is_encrypted_where_it_lies(world: World, dana: Person) -> None:
    dana.says(f"note to self: {SECRET}")
    with world.database.engine.connect() as connection:
        for column in ("private_note FROM interaction", "text FROM note"):
            stored = connection.exec_driver_sql(f"SELECT {column}").scalar_one()
            assert SECRET.encode() not in bytes(stored)


def test_no_log_record_carries_it(
    world: World, dana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    dana.says(f"note to self: {SECRET}")
    opens_entry(dana)
    note(dana, f"again: {SECRET}")
    dana.clicks("Show private note")
    with held(world, "interaction"):
        modal(dana).submit()
    dana.sees("That didn't save")
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp")]
    assert any(record.name == "windshield" for record in ours)
    assert SECRET not in "\n".join(f"{record.getMessage()} {record.exc_text}" for record in ours)
