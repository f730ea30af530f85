"""A contact goes for good while somebody saves a field day of the same team: wherever the one has
got to when the other begins, both end, and who knows whom is what the visits say and said."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from bot.domain.accounts.visits import Visit
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.field_days import FieldDayNotes
from storage import field_days
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from tests.databases import POSTGRESQL
from tests.storage.derived import KnownKey, Since, known_kept, known_said, together
from tests.storage.test_writers import PATIENCE, until
from tests.storage.world import NOW, TODAY, World, fill

pytestmark = [
    pytest.mark.slow,
    # SQLite has one writer at a time.
    pytest.mark.parametrize("backend", [POSTGRESQL], indirect=True),
]

THERE = FieldDayNotes((Visit("Acme", "Jo Lee"), Visit("Hooli", "Kim Ray")), focus="questions")
ANEW = FieldDayNotes((Visit("Hooli", "Kim Ray"), Visit("Acme", "Ann Orr"), Visit("Initech")))

Act = Callable[[Transaction], None]


class Pause:
    """Stops the first writer before its statement number `at`, until told to go on."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.sent = 0
        self.thread = 0
        self.reached = threading.Event()
        self.goes_on = threading.Event()

    def __call__(self, *_: Any) -> None:
        if threading.get_ident() != self.thread:
            return
        self.sent += 1
        if self.sent == self.at:
            self.reached.set()
            assert self.goes_on.wait(PATIENCE)


@contextmanager
def pausing(database: Database, at: int) -> Iterator[Pause]:
    pause = Pause(at)
    event.listen(database.engine, "before_cursor_execute", pause)
    try:
        yield pause
    finally:
        pause.goes_on.set()
        event.remove(database.engine, "before_cursor_execute", pause)


def somebody_waits(watcher: Connection) -> bool:
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    return bool(watcher.execute(text(waiting)).scalar_one())


def meanwhile(database: Database, workspace_id: int, at: int, first: Act, second: Act) -> bool:
    """Let `second` go as far as it can where `first` stands before its statement `at`, then both to
    their end; False where `first` has no so many."""
    with (
        ThreadPoolExecutor(2) as pool,
        database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watcher,
        pausing(database, at) as pause,
    ):

        def begins() -> None:
            pause.thread = threading.get_ident()
            with database.writing(workspace_id) as tx:
                first(tx)

        def follows() -> None:
            with database.writing(workspace_id) as tx:
                second(tx)

        one = pool.submit(begins)
        until(lambda: pause.reached.is_set() or one.done())
        paused = pause.reached.is_set()
        other: Future[None] = pool.submit(follows)
        if paused:
            until(lambda: other.done() or somebody_waits(watcher))
        pause.goes_on.set()
        one.result(PATIENCE)
        other.result(PATIENCE)
        return paused


def field_day(tx: Transaction, world: World, days_ago: int, notes: FieldDayNotes) -> int:
    made = interactions.add(
        tx,
        InteractionKind.FIELD_DAY,
        team_id=world.team_id,
        rep_id=world.rep_id,
        author_id=world.manager_id,
        occurred_on=TODAY - timedelta(days=days_ago),
        occurred_at=NOW - timedelta(days=days_ago),
        recorded_at=NOW,
        about="",
    )
    field_days.save(tx, made, notes)
    return made


@pytest.mark.parametrize("removes_first", [True, False], ids=["removes first", "saves first"])
def test_one_goes_for_good_while_another_is_saved(database: Database, removes_first: bool) -> None:
    world = fill(database, "T1")
    of_gone: dict[KnownKey, Since] = {}
    tried = 0
    for at in count(1):
        with database.writing(world.workspace_id) as tx:
            # Who was met on the older one first: both write the same rows of who knows whom.
            going = field_day(tx, world, 2 * at, THERE)
            saved = field_day(tx, world, 2 * at + 1, THERE)
            for known, since in known_said(tx, going).items():
                together(of_gone, known, since)
        removing: Act = lambda tx, going=going: interactions.remove(tx, [going])  # type: ignore[misc] # noqa: E731
        saving: Act = lambda tx, saved=saved: field_days.save(tx, saved, ANEW)  # type: ignore[misc] # noqa: E731
        acts = (removing, saving) if removes_first else (saving, removing)
        paused = meanwhile(database, world.workspace_id, at, *acts)
        with database.reading(world.workspace_id) as tx:
            expected = known_said(tx)
            for known, since in of_gone.items():
                together(expected, known, since)
            assert known_kept(tx) == expected
            assert field_days.of_interactions(tx, [going, saved]).keys() == {saved}
        if not paused:
            break
        tried += 1
    assert tried > 10
