"""What the log says while the database takes nothing: why, and nothing of what people wrote."""

import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from bot.scheduler import Scheduler
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import happens

TYPED = "says the merger is off"
LONG = f"{TYPED} {'🎉' * 50}" * 40
"""As long as a form takes, and longer than the room that is left in what SQLite has of the disk."""


@pytest.fixture
def dana(world: World, sam: Person) -> Person:
    manager = world.person("Dana Moss")
    world.team(manager, sam)
    return manager


@pytest.fixture
def why(world: World, dana: Person, caplog: pytest.LogCaptureFixture) -> Iterator[str]:
    """What is wrong from here on: a disk that is full, a server that only reads."""
    statement, words = (
        ("PRAGMA max_page_count = 1", "its disk is full (SQLITE_FULL)")
        if world.database.is_sqlite
        else ("SET default_transaction_read_only = on", "it can only be read (25006)")
    )

    def spoil(connection: Any, _record: Any) -> None:
        connection.cursor().execute(statement)
        connection.commit()

    if world.database.is_sqlite:
        # What was let go of in the file would hold some more.
        with world.database.engine.connect() as connection:
            connection.connection.driver_connection.execute("VACUUM")  # type: ignore[union-attr]
    event.listen(world.database.engine, "connect", spoil)
    world.database.engine.dispose()
    caplog.set_level(logging.WARNING, "windshield")
    yield f"the database cannot be used: {words}"
    event.remove(world.database.engine, "connect", spoil)
    world.database.engine.dispose()
    assert "Traceback" not in caplog.text
    assert TYPED not in caplog.text
    assert dana.id not in caplog.text


@pytest.mark.both
def test_a_form_and_a_line(dana: Person, why: str, caplog: pytest.LogCaptureFixture) -> None:
    dana.slash("/touch @Sam Stone")
    modal(dana).fill("About", LONG)
    modal(dana).submit()
    assert "What you typed is still here" in modal(dana).text
    assert caplog.messages[-1].startswith("a request failed (ref ")
    assert caplog.messages[-1].endswith(f": {why}")
    modal(dana).close()
    dana.slash(f"/touch @Sam Stone call {LONG}")
    assert caplog.messages[-1].endswith(f": {why}")


@pytest.mark.usefixtures("sam")
def test_an_event(world: World, dana: Person, why: str, caplog: pytest.LogCaptureFixture) -> None:
    said = {
        "type": "message",
        "channel_type": "im",
        "user": dana.id,
        "channel": "D1",
        "ts": "1795000000.000100",
        "text": LONG,
    }
    assert happens(world, said).status == 503
    assert caplog.messages[-1].startswith("an event was not saved (ref ")
    assert caplog.messages[-1].endswith(f": {why}")


@pytest.mark.usefixtures("dana")
def test_a_heartbeat(world: World, why: str, caplog: pytest.LogCaptureFixture) -> None:
    def beat() -> None:
        with world.database.writing(world.workspace_id) as tx:
            tx.connection.exec_driver_sql(f"UPDATE person SET name = '{TYPED * 1000}'")

    Scheduler(beat, 30, threading.Event())._run()
    assert caplog.messages[-1] == f"a heartbeat failed: {why}"
