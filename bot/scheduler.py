"""APScheduler as the heartbeat's clockwork, and nothing else.

Correctness is in the database: any number of processes may beat, and a beat that is missed is made
up for by the next one.
"""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger("windshield")

JOB = "heartbeat"
SOONEST = 1.0
"""Seconds between two beats at the least."""


class Scheduler:
    """Calls `beat` every `seconds`, and sooner where it answers in how many it wants to be called
    again. `stopped` is set when no new work is to begin."""

    def __init__(
        self, beat: Callable[[], float | None], seconds: float, stopped: threading.Event
    ) -> None:
        self._beat = beat
        self._every = timedelta(seconds=seconds)
        self._stopped = stopped
        # Never held while a beat runs: APScheduler's own shutdown waits for that beat, and a beat
        # that moves its job then would wait for the shutdown.
        self._lock = threading.Lock()
        self._hurried = threading.Event()
        self._clockwork: BackgroundScheduler | None = None

    def start(self) -> None:
        """Beat at once, and from then on."""
        from apscheduler.schedulers.background import BackgroundScheduler

        # It warns of each beat that is left out while one runs; the next makes up for it.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        clockwork = BackgroundScheduler(timezone=UTC)
        clockwork.add_job(
            self._run,
            "interval",
            seconds=self._every.total_seconds(),
            id=JOB,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            next_run_time=datetime.now(UTC),
        )
        with self._lock:
            self._clockwork = clockwork
        clockwork.start()

    def mend(self) -> None:
        """To be called now and then: APScheduler waits for a time on the wall, and would wait for
        as long as the machine's clock was set back."""
        with self._lock:
            job = self._clockwork.get_job(JOB) if self._clockwork else None
            now = datetime.now(UTC)
            if job is not None and job.next_run_time - now > self._every:
                job.modify(next_run_time=now)

    def hurry(self) -> None:
        """Beat now; where a beat runs, once more after it."""
        self._hurried.set()
        with self._lock:
            if self._clockwork is not None:
                self._clockwork.modify_job(JOB, next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """Begin nothing new, and wait until a running beat has handed back what it claimed."""
        self._stopped.set()
        with self._lock:
            clockwork, self._clockwork = self._clockwork, None
        if clockwork is not None:
            clockwork.shutdown(wait=True)

    def _run(self) -> None:
        self._hurried.clear()
        try:
            wanted = self._beat()
        except Exception as error:  # the next beat goes on from there
            ours = not isinstance(error, DatabaseUnavailableError)
            log.error("a heartbeat failed: %s", log_words(error), exc_info=ours)
            return
        if self._hurried.is_set():
            wanted = SOONEST
        if wanted is None or wanted >= self._every.total_seconds():
            return
        pause = timedelta(seconds=max(wanted, SOONEST))
        with self._lock:
            if self._clockwork is not None:
                self._clockwork.modify_job(JOB, next_run_time=datetime.now(UTC) + pause)


class Beside:
    """Does `work` in a thread of its own whenever it is told to, so that no beat waits for it; told
    while it is at work, once more after it."""

    def __init__(self, work: Callable[[], object], stopped: threading.Event) -> None:
        self._work = work
        self._stopped = stopped
        self._told = threading.Event()
        self._thread = threading.Thread(target=self._run, name="beside", daemon=True)

    def start(self) -> None:
        """Wait to be told."""
        self._thread.start()

    def go(self) -> None:
        """There may be something to do."""
        self._told.set()

    def stop(self) -> None:
        """Begin nothing new, and wait until what runs has handed back what it claimed."""
        self._stopped.set()
        self._told.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._told.wait()
            self._told.clear()
            if self._stopped.is_set():
                return
            try:
                self._work()
            except Exception as error:  # the next time goes on from there
                ours = not isinstance(error, DatabaseUnavailableError)
                log.error("work beside the heartbeat failed: %s", log_words(error), exc_info=ours)
