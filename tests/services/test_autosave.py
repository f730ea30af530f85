"""What people type is saved beside their requests: the newest, tried again until it is kept."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.domain.contacts.drafts import ONE_STEP, DraftKind, DraftStep
from bot.domain.workspaces.faults import BusyError
from bot.domain.workspaces.people import Actor
from bot.services.sessions import autosave
from bot.services.sessions.autosave import Autosave
from storage.database.engine import Database
from storage.sessions import drafts
from tests.storage.world import MANAGER, NOW, World, field_day_step, fill, statements

pytestmark = pytest.mark.both


@pytest.fixture
def world(database: Database) -> World:
    return fill(database, "T1")


@pytest.fixture
def saving(database: Database) -> Iterator[Autosave]:
    made = Autosave(database)
    yield made
    made.close()


@pytest.fixture
def actor(world: World) -> Actor:
    return Actor(world.workspace_id, MANAGER)


def step(form: str, at: int, focus: str) -> DraftStep:
    return field_day_step(form, at, focus=focus)


def saved(database: Database, world: World, form: str) -> str | None:
    with database.reading(world.workspace_id) as tx:
        found = drafts.of_author(tx, world.manager_id, DraftKind.FIELD_DAY, form=form)
    return found[0].typed[ONE_STEP].text("focus") if found else None


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Meanwhile somebody else writes and does not let go."""
    with database.engine.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.exec_driver_sql("LOCK TABLE draft IN ACCESS EXCLUSIVE MODE")
        yield


def test_a_keystroke_is_taken_at_once_and_costs_one_statement(
    database: Database, world: World, saving: Autosave, actor: Actor
) -> None:
    for turn, word in enumerate("ab"):
        with statements(database) as sent:
            saving.put(actor, step("one", turn, word), NOW)
            saving.settle(actor)
        # A transaction of SQLite is begun by a statement of its own.
        assert len([one for one in sent if not one.startswith("BEGIN")]) == 1
        assert saved(database, world, "one") == word


def test_while_the_database_is_busy_the_newest_of_each_form_waits_and_nobody_else(
    database: Database, world: World, saving: Autosave, actor: Actor
) -> None:
    with locked(database):
        begun = time.monotonic()
        for turn in range(200):
            saving.put(actor, step("one", turn, f"word {turn}"), NOW)
            saving.put(actor, step("two", 200 - turn, f"word {200 - turn}"), NOW)
        assert time.monotonic() - begun < 1, "nothing waits for the database"
        with pytest.raises(BusyError):
            saving.settle(actor)
    assert saving.wait_until_idle(15)
    assert saved(database, world, "one") == "word 199"
    assert saved(database, world, "two") == "word 200"


def test_of_what_waited_only_the_newest_is_written(
    database: Database, saving: Autosave, actor: Actor
) -> None:
    entered, go_on = threading.Event(), threading.Event()
    save = saving._save

    def slowly(batch: object) -> object:
        entered.set()
        assert go_on.wait(15)
        return save(batch)  # type: ignore[arg-type]

    saving._save = slowly  # type: ignore[method-assign,assignment]
    saving.put(actor, step("one", 1, "w"), NOW)
    assert entered.wait(15)
    for turn in range(2, 50):
        saving.put(actor, step("one", turn, "w" * turn), NOW)
    with statements(database) as sent:
        go_on.set()
        assert saving.wait_until_idle(15)
    assert len([one for one in sent if one.startswith("INSERT")]) == 2


def test_a_clean_stop_saves_what_is_held_and_takes_nothing_more(
    database: Database, world: World, actor: Actor
) -> None:
    ending = Autosave(database)
    with locked(database):
        ending.put(actor, step("one", 1, "the last word"), NOW)
        stopping = threading.Thread(target=ending.close)
        stopping.start()
    stopping.join(15)
    ending.put(actor, step("one", 2, "too late"), NOW)
    assert ending.wait_until_idle(0)
    assert saved(database, world, "one") == "the last word"


@pytest.mark.slow
def test_a_stop_ends_also_while_the_database_stays_away(
    database: Database, actor: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    ending = Autosave(database)
    with locked(database):
        ending.put(actor, step("one", 1, "a secret"), NOW)
        ending.close()
    assert "1 half filled forms could not be saved" in caplog.text
    assert "a secret" not in caplog.text


def test_what_is_held_has_a_bound(
    monkeypatch: pytest.MonkeyPatch, database: Database, saving: Autosave, actor: Actor
) -> None:
    monkeypatch.setattr(autosave, "MOST_HELD", 3)
    with locked(database):
        for turn in range(10):
            saving.put(actor, step(f"form {turn}", 1, "x"), NOW)
        assert len(saving._held) == 3
    assert saving.wait_until_idle(15)


def test_what_the_database_does_not_take_keeps_nobody_elses_back(
    database: Database, world: World, saving: Autosave, actor: Actor
) -> None:
    with locked(database):
        saving.put(actor, step("one", 1, "kept"), NOW)
        # No request brings such a text: it would not get past the door.
        saving.put(actor, step("two\0" if not database.is_sqlite else "two", 2**70, "x"), NOW)
        saving.put(actor, step("three", 1, "kept too"), NOW)
    assert saving.wait_until_idle(15)
    assert saved(database, world, "one") == "kept"
    assert saved(database, world, "three") == "kept too"
