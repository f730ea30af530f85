"""The time of the pretend workspace, which stands still or runs, and can be moved."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class Moment:
    """A point in time on both clocks: the sandbox's own and the machine's monotonic one."""

    at: datetime
    real: float


class SandboxClock:
    """A thread-safe clock that is frozen unless `ticking`, and can be moved either way.

    `now` must carry a zone (ValueError otherwise); what `now()` returns is UTC.
    """

    def __init__(self, now: datetime, *, ticking: bool = False) -> None:
        if now.tzinfo is None:
            raise ValueError("the sandbox's time needs a zone")
        self.ticking = ticking
        self._lock = threading.Lock()
        self._base = now.astimezone(UTC)
        self._base_real = time.monotonic()
        self._watchers: list[Callable[[], None]] = []

    def now(self) -> datetime:
        with self._lock:
            if not self.ticking:
                return self._base
            return self._base + timedelta(seconds=time.monotonic() - self._base_real)

    def advance(self, by: timedelta) -> None:
        """Move forward (or back, when negative) and wake whatever waits for a time."""
        self.move_to(self.now() + by)

    def move_to(self, now: datetime) -> None:
        """Set the time; raises ValueError for one without a zone."""
        if now.tzinfo is None:
            raise ValueError("the sandbox's time needs a zone")
        with self._lock:
            self._base = now.astimezone(UTC)
            self._base_real = time.monotonic()
            watchers = list(self._watchers)
        for watcher in watchers:
            watcher()

    def watch(self, moved: Callable[[], None]) -> None:
        """Call `moved` whenever the clock was set, in the thread that set it."""
        with self._lock:
            self._watchers.append(moved)

    def unwatch(self, moved: Callable[[], None]) -> None:
        with self._lock:
            self._watchers.remove(moved)

    def moment(self) -> Moment:
        return Moment(self.now(), time.monotonic())

    def age(self, moment: Moment) -> float:
        """Seconds since `moment`, by whichever of the two clocks says more.

        Slack's own deadlines must hold in real time, and a test that moves the sandbox's clock
        must see them pass too.
        """
        return max(time.monotonic() - moment.real, (self.now() - moment.at).total_seconds())

    async def reached(self, at: datetime) -> None:
        """Wait, on the running event loop, until the clock shows `at` or later."""
        loop = asyncio.get_running_loop()
        moved = asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(moved.set)

        self.watch(wake)
        try:
            while (left := (at - self.now()).total_seconds()) > 0:
                moved.clear()
                try:
                    await asyncio.wait_for(moved.wait(), left if self.ticking else None)
                except TimeoutError:
                    continue
        finally:
            self.unwatch(wake)
