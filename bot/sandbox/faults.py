"""The misbehaviour that the pretend Slack can be told to show."""

import enum
import threading
from dataclasses import dataclass


class FaultKind(enum.Enum):
    """How a call goes wrong. Only SLOW, and CUT_AFTER's missing answer, follow a call that took
    effect; the others change nothing in the workspace."""

    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    SLOW = "slow"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"


@dataclass
class Fault:
    """A fault that waits for its method to be called, `times` times.

    `retry_after` (seconds, for RATE_LIMITED) counts on the sandbox's clock, `seconds` (for SLOW)
    in real time.
    """

    kind: FaultKind
    times: int
    retry_after: int
    seconds: float


class Faults:
    """Thread-safe; faults of one method happen in the order in which they were added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, list[Fault]] = {}
        self._twice = 0

    def add(
        self,
        method: str,
        kind: FaultKind,
        times: int = 1,
        retry_after: int = 30,
        seconds: float = 0.0,
    ) -> None:
        """Let the next `times` calls of `method` (or of "response_url") go wrong."""
        with self._lock:
            fault = Fault(kind, times, retry_after, seconds)
            self._waiting.setdefault(method, []).append(fault)

    def take(self, method: str) -> Fault | None:
        """The fault that this call of `method` meets; None when it goes well."""
        with self._lock:
            waiting = self._waiting.get(method)
            if not waiting:
                return None
            fault = waiting[0]
            fault.times -= 1
            if fault.times <= 0:
                waiting.pop(0)
            return fault

    def deliver_twice(self, times: int = 1) -> None:
        """Deliver the next `times` events that people cause a second time, as a retry.

        Only events: Slack never repeats interactive payloads or commands.
        """
        with self._lock:
            self._twice += times

    def take_twice(self) -> bool:
        with self._lock:
            if self._twice == 0:
                return False
            self._twice -= 1
            return True
