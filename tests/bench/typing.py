"""Many people who type at once: how long until all is kept, how long a keystroke is in taking, and
how long a press that writes waits meanwhile; on both databases."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet

from bot.domain.contacts.drafts import ONE_STEP, DraftKind, DraftStep, Typed
from bot.domain.workspaces.people import Actor, Profile
from bot.services import field_days
from bot.services.sessions.autosave import Autosave
from bot.services.team import people, setup
from storage.database.engine import Database
from storage.migrations import migrate
from storage.workspaces import installs
from tests.bench.table import Row
from tests.databases import address, postgres_database, postgres_server

TYPISTS = 200
KEYSTROKES = 25
"""Of each of them, one after another with no pause: five seconds of fast typing, pressed into one
moment."""

THREADS = 16
"""As many listeners as run at once."""

PRESSES = 20
LONGEST = 60
"""Seconds until all must be kept."""

KEY = Fernet.generate_key().decode()


def sqlite_row() -> Row:
    with TemporaryDirectory() as folder:
        return _row(f"sqlite:///{Path(folder) / 'bench.db'}", "SQLite")


def postgresql_row() -> Row:
    with postgres_server() as server, postgres_database(server) as ours:
        return _row(address(ours), "PostgreSQL")


def _row(url: str, name: str) -> Row:
    database = Database(url, (KEY,))
    try:
        migrate(database)
        actors = _managers(database)
        saving = Autosave(database)
        try:
            kept, slowest, waits = _measured(database, saving, actors)
        finally:
            saving.close()
    finally:
        database.close()
    return Row(
        f"{TYPISTS} people type, {name}",
        f"kept {kept:.2f} s after the last key",
        f"taken in {slowest * 1000:.0f} ms; press {max(waits) * 1000:.0f} ms",
        "< 1 s",
    )


def _managers(database: Database) -> list[Actor]:
    now = datetime.now(UTC)
    workspace = installs.ensure(database, "T0BENCH", "Bench")
    named = [(f"UM{number}", f"UR{number}") for number in range(TYPISTS)]
    profiles = [Profile(who, f"Person {who}", "UTC") for pair in named for who in pair]
    people.save(database, workspace, profiles, now)
    for manager, rep in named:
        setup.choose_reps(database, Actor(workspace, manager), [rep], now)
    return [Actor(workspace, manager) for manager, _ in named]


def _measured(
    database: Database, saving: Autosave, actors: list[Actor]
) -> tuple[float, float, list[float]]:
    """Seconds from the last keystroke until all is kept, the slowest that one was taken in, and how
    long presses that write took meanwhile."""
    over = threading.Event()

    def types(actor: Actor) -> float:
        slowest = 0.0
        for turn in range(KEYSTROKES):
            begun = time.perf_counter()
            saving.put(actor, _step(actor.slack_id, turn), datetime.now(UTC))
            slowest = max(slowest, time.perf_counter() - begun)
        return slowest

    with ThreadPoolExecutor(THREADS + 1) as threads:
        pressing = threads.submit(lambda: list(_presses(database, actors[0], over)))
        slowest = max(threads.map(types, actors))
        last = time.perf_counter()
        assert saving.wait_until_idle(LONGEST), "what was typed is not kept"
        kept = time.perf_counter() - last
        over.set()
        waits = pressing.result()
    for actor in actors:
        found = field_days.draft(database, actor, actor.slack_id)
        assert found.typed == {ONE_STEP: _step("", KEYSTROKES - 1).typed}, "not the newest"
    return kept, slowest, waits


def _presses(database: Database, actor: Actor, over: threading.Event) -> Iterator[float]:
    """**Finish later** in another form, again and again while others type: at least once."""
    for _ in range(PRESSES):
        begun = time.perf_counter()
        field_days.put_aside(database, actor, _step("a-press", 0), datetime.now(UTC))
        yield time.perf_counter() - begun
        if over.is_set():
            return


def _step(form: str, turn: int) -> DraftStep:
    typed = Typed({"visits": "Acme: Jo Lee, wants a trial\n" * 20, "focus": "word " * turn})
    return DraftStep(DraftKind.FIELD_DAY, form, ONE_STEP, typed, turn + 1, view="V1")
