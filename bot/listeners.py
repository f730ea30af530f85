"""The pools that requests and Bolt's listeners run in."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

AT_ONCE = 20
"""Listeners that run side by side. Bolt's own five hold up a Monday morning, when each listener
may wait for Slack."""

LAST_WORK = 5
"""Seconds that running work gets to finish when the process is told to stop."""


_handed_over: ContextVar[float | None] = ContextVar("handed_over", default=None)


def waited() -> float:
    """Seconds since Bolt handed over what runs in this thread, a wait for a free one included; 0
    outside the pool."""
    since = _handed_over.get()
    return 0.0 if since is None else time.monotonic() - since


class ListenerPool(ThreadPoolExecutor):
    """A thread pool that tells when nothing is running any more."""

    def __init__(self, name: str = "listener") -> None:
        super().__init__(max_workers=AT_ONCE, thread_name_prefix=name)
        self._changed = threading.Condition()
        self._running = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        with self._changed:
            self._running += 1
        try:
            future: Future[Any] = super().submit(_run, time.monotonic(), fn, args, kwargs)
        except RuntimeError:
            self._done()
            raise
        future.add_done_callback(self._done)
        return future

    def wait_until_idle(self, timeout: float) -> bool:
        """Wait until no listener runs; False when some still did after `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._running == 0, timeout)

    def _done(self, _: Future[Any] | None = None) -> None:
        with self._changed:
            self._running -= 1
            self._changed.notify_all()


def _run(since: float, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
    _handed_over.set(since)
    return fn(*args, **kwargs)
