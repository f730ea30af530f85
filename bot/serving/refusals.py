"""What was refused, told in the log without letting whoever is refused fill it."""

import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger("windshield")

MOST = 10
"""Lines a minute."""

AGAIN_AFTER = 60
"""Seconds until what is refused for now is worth another try."""

MINUTE = 60.0


class Refusals:
    """At most MOST lines a minute, and then how many more there were. Thread-safe.

    `now` is in seconds, from any beginning.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._began = now()
        self._lines = 0
        self._unsaid = 0

    def note(self, why: str) -> None:
        """A line that something was refused, or one more that is only counted. `why` is a few
        words of ours, never what somebody sent."""
        self.tell()
        with self._lock:
            if self._lines >= MOST:
                self._unsaid += 1
                return
            self._lines += 1
        log.warning("refused: %s", why)

    def tell(self, *, at_once: bool = False) -> None:
        """Say how many were only counted, once their minute is over; to be called now and then."""
        with self._lock:
            if not at_once and self._now() - self._began < MINUTE:
                return
            unsaid, self._unsaid, self._lines = self._unsaid, 0, 0
            self._began = self._now()
        if unsaid:
            log.warning("refused: %s more within a minute", unsaid)
