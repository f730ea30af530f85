"""What is private was kept under another key than the one that is set: nothing else suffers, and
nothing that was kept is written over."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.domain.binder.export import ExportRequest
from bot.services.binder import export
from slack_sandbox import Person
from storage.database.types import CIPHER_ATTRIBUTE
from tests.exchange.parts import whole
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.slow

WHY = "This was kept under another key than Windshield has now"
SECRET = "thinks of leaving in spring"
PRIVATE = (
    "SELECT id, private_note AS sealed FROM interaction ORDER BY id",
    "SELECT id, text AS sealed FROM note ORDER BY id",
    "SELECT id, state AS sealed FROM draft ORDER BY id",
    "SELECT id, objection AS sealed FROM sharing ORDER BY id",
)


@pytest.fixture
def dana(world: World, sam: Person) -> Person:
    """A manager with a private note, a note, a session and a field day half written down, and one
    shared, which the rep remembers otherwise."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, world.person("Lena Fox"))
    manager.slash("/touch @Sam Stone call about the Acme renewal")
    manager.picks("Add a note")
    modal(manager).fill("Private note", SECRET)
    modal(manager).submit()
    manager.says("ask finance about terms")
    manager.slash("/fieldday @Sam Stone")
    modal(manager).fill("Visits", "Acme: Jo Lee")
    modal(manager).fill("One focus", "next steps")
    modal(manager).submit()
    modal(manager).close()
    manager.slash("/binder @Sam Stone")
    manager.picks("Open", beside="field day")
    manager.clicks("Preview as Sam Stone")
    modal(manager).submit()
    modal(manager).close_all()
    sam.picks("Not how I remember it")
    modal(sam).fill("How do you remember it?", "we agreed on Acme first")
    modal(sam).submit()
    modal(sam).close()
    manager.slash("/fieldday @Lena Fox")
    modal(manager).fill("Visits", "Hooli")
    modal(manager).clicks("Finish later")
    modal(manager).close()
    manager.slash("/session @Sam Stone")
    modal(manager).fill("Plan", "win the north")
    modal(manager).submit()
    modal(manager).close_all()
    return manager


@contextmanager
def another_key(world: World) -> Iterator[None]:
    """Windshield was started with another key. Afterwards all that was private is as it was."""
    dialect = world.database.engine.dialect
    right, before = getattr(dialect, CIPHER_ATTRIBUTE), kept(world)
    setattr(dialect, CIPHER_ATTRIBUTE, Fernet(Fernet.generate_key()))
    yield
    setattr(dialect, CIPHER_ATTRIBUTE, right)
    after = kept(world)
    assert {key: after.get(key) for key in before} == before


def kept(world: World) -> dict[tuple[str, int], str]:
    """All that is encrypted, as it lies there."""
    with world.database.reading(world.workspace_id) as tx:
        return {
            (query, row.id): hashlib.sha256(bytes(row.sealed)).hexdigest()
            for query in PRIVATE
            for row in tx.execute(text(query))
            if row.sealed is not None
        }


def test_home_and_lists_are_drawn_and_count(world: World, dana: Person, sam: Person) -> None:
    with another_key(world):
        dana.opens_home()
        dana.sees("Your notes (1)")
        dana.sees("Your team · 2")
        dana.sees("Your strategy session with Sam Stone is half written down.")
        sam.opens_home()
        sam.sees("Dana Moss")
        dana.slash("/todo")
        dana.sees("Sam Stone")


def test_the_binder_shows_the_rest_and_says_why(world: World, dana: Person) -> None:
    with another_key(world):
        dana.slash("/binder @Sam Stone")
        dana.sees("about the Acme renewal")
        dana.picks("Open", beside="call")
        dana.sees("A private note of yours is with it.")
        dana.clicks("Show private note")
        dana.sees(WHY)
        modal(dana).close()
        dana.clicks("Add a note")
        dana.sees(WHY)
        modal(dana).close_all()
        dana.slash("/binder @Sam Stone")
        dana.picks("Open", beside="field day")
        dana.sees("next steps")
        dana.sees(WHY)
        dana.clicks("Edit")
        modal(dana).fill("One focus", "closing")
        modal(dana).submit()
        dana.sees("closing")


def test_a_note_that_was_open_meanwhile_is_neither_lost_nor_written_over(
    world: World, dana: Person
) -> None:
    dana.slash("/binder @Sam Stone")
    dana.picks("Open", beside="call")
    dana.clicks("Add a note")
    modal(dana).fill("Private note", "and she said so")
    with another_key(world):
        modal(dana).submit()
        assert WHY in modal(dana).text
        assert modal(dana).value("Private note") == "and she said so"
    modal(dana).submit()
    dana.clicks("Show private note")
    assert modal(dana).value("Private note") == f"{SECRET}\nand she said so"
    modal(dana).fill("Private note", "")
    with another_key(world):
        modal(dana).submit()
        assert WHY in modal(dana).text


def test_notes_say_why_and_new_ones_are_kept(world: World, dana: Person) -> None:
    with another_key(world):
        dana.opens_home()
        dana.clicks("Your notes (1)")
        dana.sees(WHY)
        dana.clicks("Open")
        dana.sees(WHY)
        modal(dana).close_all()
        dana.clicks("Contact")
        assert WHY in dana.ephemerals[-1].text
        dana.says("a new thought")
        dana.opens_home()
        dana.clicks("Your notes (2)")
        dana.sees("a new thought")
        modal(dana).close_all()


def test_forms_half_filled_in_wait_for_their_key(world: World, dana: Person) -> None:
    with another_key(world):
        dana.opens_home()
        for beside in ("field day", "strategy session"):
            dana.clicks("Resume", beside=beside)
            dana.sees(WHY)
            modal(dana).close()
        dana.slash("/session @Sam Stone")
        assert modal(dana).value("Plan") is None
        modal(dana).fill("Plan", "win the south")
        modal(dana).submit()
        modal(dana).close_all()
        dana.slash("/fieldday @Lena Fox")
        assert modal(dana).value("Visits") is None
        modal(dana).close()
    dana.opens_home()
    dana.clicks("Resume", beside="field day")
    assert modal(dana).value("Visits") == "Hooli"


def test_a_step_does_not_replace_a_form_that_cannot_be_read(world: World, dana: Person) -> None:
    dana.slash("/session @Sam Stone")
    modal(dana).fill("What changed", "Jo moved on")
    with another_key(world):
        modal(dana).submit()
        assert WHY in modal(dana).text
        assert modal(dana).value("What changed") == "Jo moved on"


@pytest.mark.usefixtures("dana")
def test_what_a_rep_remembers_otherwise_is_not_replaced(world: World, sam: Person) -> None:
    with another_key(world):
        sam.picks("Not how I remember it")
        modal(sam).fill("How do you remember it?", "and Hooli second")
        modal(sam).submit()
        assert WHY in modal(sam).text
        assert modal(sam).value("How do you remember it?") == "and Hooli second"


def test_searching_and_exporting_go_on(world: World, dana: Person) -> None:
    with another_key(world):
        dana.slash("/binder @Sam Stone")
        dana.picks("Search")
        modal(dana).fill("Words", "Acme")
        modal(dana).submit()
        dana.sees("about the Acme renewal")
        record = whole(
            export.export_team(
                world.database,
                world.workspace_id,
                dana.id,
                ExportRequest(),
                datetime(2026, 11, 23, tzinfo=UTC),
            )
        )
        assert len(record.touches) == 1
