"""The writers of one process, one at a time."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.workspaces.faults import BusyError, DatabaseFault


class WriterQueue:
    """Whoever asks first writes first, and whoever is done hands over to the next.

    A lock of Python's own, like SQLite's waiting, lets whoever happens to be there in the right
    moment go first: of many who ask again and again some would wait very long.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._busy = False
        self._waiting: deque[threading.Lock] = deque()

    def __len__(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def turn(self, until: float) -> Iterator[None]:
        """Be the one who writes. Raises BusyError when the turn has not come at that moment of
        the monotonic clock; so does a turn within a turn of the same thread."""
        self._take(until)
        try:
            yield
        finally:
            self._hand_over()

    def _take(self, until: float) -> None:
        with self._guard:
            if not self._busy:
                self._busy = True
                return
            called = threading.Lock()
            called.acquire()
            self._waiting.append(called)
        try:
            if called.acquire(timeout=max(0.0, until - time.monotonic())):
                return
        except BaseException:  # interrupted while it waits
            if not self._left(called):
                self._hand_over()
            raise
        if self._left(called):
            raise BusyError(DatabaseFault.LOCKED)

    def _left(self, called: threading.Lock) -> bool:
        """Wait no longer; False when the turn came in this very moment."""
        with self._guard:
            if called not in self._waiting:
                return False
            self._waiting.remove(called)
            return True

    def _hand_over(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False
