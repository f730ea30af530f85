"""Saving forms as they are typed: beside the requests that bring a keystroke, never within them."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.contacts.drafts import DraftStep
from bot.domain.workspaces.faults import (
    BusyError,
    DatabaseFault,
    DatabaseUnavailableError,
    log_words,
)
from bot.domain.workspaces.people import Actor
from storage.database.engine import Database
from storage.sessions import drafts

log = logging.getLogger("windshield")

THREAD = "autosave"
"""The name of the one that writes."""

AT_ONCE = 50
"""Steps that are saved in one transaction: it takes no longer than other writers can wait."""

MOST_HELD = 2_000
"""Steps held in memory, of at most some ten thousand characters each: as many people as can type
while the database is away."""

# In seconds.
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Before what could not be saved is tried again: twice as long each time."""
PATIENCE = 0.6
"""For whoever asks for a form: what they typed last is saved by then, or they are told."""
LAST_PATIENCE = 3.0
"""For all that is held when the process is told to stop."""

Key = tuple[Actor, str, str]


@dataclass(frozen=True)
class Held:
    """The newest of a step that is not saved yet, and when it came."""

    step: DraftStep
    at: datetime


class Autosave:
    """Holds what people type until the database has it: the newest of each form and step, tried
    again until it is kept. One thread writes; it begins with the first keystroke."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changed = threading.Condition()
        self._held: dict[Key, Held] = {}
        self._thread: threading.Thread | None = None
        self._stops_at: float | None = None
        self._asked = False

    def put(self, actor: Actor, step: DraftStep, now: datetime) -> None:
        """Take a step as it stands now, and return at once. What is older than what is held already
        changes nothing; of far too many, the one that has waited longest goes."""
        key = (actor, step.form, step.step)
        with self._changed:
            if self._stops_at is not None:
                return
            before = self._held.get(key)
            if before is not None and before.step.typed_at > step.typed_at:
                return
            self._held[key] = Held(step, now)
            if len(self._held) > MOST_HELD:
                del self._held[next(iter(self._held))]
                log.error("more is typed than can be held until the database takes it")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=THREAD, daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def settle(self, actor: Actor) -> None:
        """Return once all is saved that this person typed. Raises BusyError where the database does
        not take it in time; it is tried again all the same."""
        with self._changed:
            if not self._holds(actor):
                return
            self._asked = True
            self._changed.notify_all()
            if not self._changed.wait_for(lambda: not self._holds(actor), PATIENCE):
                raise BusyError(DatabaseFault.LOCKED)

    def wait_until_idle(self, timeout: float) -> bool:
        """Wait until everything is saved; False when something was not after `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._held, timeout)

    def close(self) -> None:
        """Save what is held and take nothing more; what the database does not take in time is
        counted in the log."""
        with self._changed:
            self._stops_at = time.monotonic() + LAST_PATIENCE
            thread = self._thread
            self._changed.notify_all()
        if thread is not None:
            # The last transaction is bounded by itself.
            thread.join()
        if self._held:
            log.error("%d half filled forms could not be saved before the end", len(self._held))

    def _holds(self, actor: Actor) -> bool:
        return any(key[0] == actor for key in self._held)

    def _run(self) -> None:
        pause = 0.0
        while self._next(pause):
            fault = self._save(self._batch())
            if fault is None:
                pause = 0.0
                continue
            if not pause:
                log.warning("what is typed waits to be saved: %s", log_words(fault))
            pause = min(max(2 * pause, FIRST_PAUSE), LONGEST_PAUSE)

    def _next(self, pause: float) -> bool:
        """Wait until there is something to save, after a pause where it was tried in vain; False
        where there will be nothing more, or no time for it."""
        with self._changed:
            if pause:
                self._changed.wait_for(lambda: self._asked or self._stops_at is not None, pause)
                # Whoever asked has it tried once, not again and again.
                self._asked = False
                if self._stops_at is not None:
                    self._changed.wait(min(pause, FIRST_PAUSE))
            else:
                self._changed.wait_for(lambda: self._held or self._stops_at is not None)
            if self._stops_at is not None:
                return bool(self._held) and time.monotonic() < self._stops_at
            return True

    def _batch(self) -> list[tuple[Key, Held]]:
        """The first of what is held, all of one workspace."""
        with self._changed:
            workspace_id = next(iter(self._held))[0].workspace_id
            found = [one for one in self._held.items() if one[0][0].workspace_id == workspace_id]
            return found[:AT_ONCE]

    def _save(self, batch: Sequence[tuple[Key, Held]]) -> DatabaseUnavailableError | None:
        """Save them in one transaction; why that was not possible, if it was not. What the
        database does not take by itself is let go, so that the others are saved."""
        workspace_id = batch[0][0][0].workspace_id
        rows = [(key[0].slack_id, held.step, held.at) for key, held in batch]
        try:
            with self._database.writing(workspace_id, aside=True) as tx:
                drafts.save_typed(tx, rows)
        except DatabaseUnavailableError as error:
            return error
        except Exception as error:  # the thread goes on, whatever somebody's form holds
            if len(batch) > 1:
                for one in batch:
                    fault = self._save([one])
                    if fault is not None:
                        return fault
                return None
            log.error("a half filled form cannot be saved: %s", type(error).__name__)
        self._let_go(batch)
        return None

    def _let_go(self, batch: Sequence[tuple[Key, Held]]) -> None:
        with self._changed:
            for key, held in batch:
                if self._held.get(key) is held:
                    del self._held[key]
            self._changed.notify_all()
