"""The misbehaviour that the pretend Slack can be told to show."""

import enum
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field


class FaultKind(enum.Enum):
    """How a call goes wrong. Only SLOW, CUT_AFTER's missing answer, and an ANSWER that is said to
    come after it, follow a call that took effect; the others change nothing in the workspace."""

    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    SLOW = "slow"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    ANSWER = "answer"


@dataclass(frozen=True)
class Answer:
    """An answer to the byte, in place of Slack's own. It is as long as it is, unless a
    Content-Length among its headers says otherwise."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @classmethod
    def of(
        cls, said: object, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> "Answer":
        """An answer in JSON."""
        content_type = {"Content-Type": "application/json; charset=utf-8"}
        return cls(status, content_type | dict(headers or {}), json.dumps(said).encode())


@dataclass
class Fault:
    """A fault that waits for its method to be called, `times` times.

    `retry_after` (seconds, for RATE_LIMITED) counts on the sandbox's clock, `seconds` (for SLOW)
    in real time; `answer` and `after` (whether the call takes effect) are those of ANSWER.
    `error` is what the journal calls it.
    """

    kind: FaultKind
    times: int
    error: str
    retry_after: int = 30
    seconds: float = 0.0
    answer: Answer = Answer()
    after: bool = False

    @property
    def takes_effect(self) -> bool:
        """Whether the call is carried out all the same."""
        return self.kind in (FaultKind.SLOW, FaultKind.CUT_AFTER) or self.after


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
        self._add(method, Fault(kind, times, kind.value, retry_after, seconds))

    def answer(self, method: str, answer: Answer, times: int = 1, *, after: bool = False) -> None:
        """Give the next `times` calls of `method` that answer, before they take effect or `after`
        they did."""
        kind = FaultKind.ANSWER
        self._add(method, Fault(kind, times, kind.value, answer=answer, after=after))

    def refuse(
        self, method: str, word: str, times: int = 1, *, status: int = 200, after: bool = False
    ) -> None:
        """Refuse the next `times` calls of `method` with an error word, `after` they took effect
        where Slack is to say what is not so."""
        answer = Answer.of({"ok": False, "error": word}, status)
        self._add(method, Fault(FaultKind.ANSWER, times, word, answer=answer, after=after))

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

    def left(self, method: str) -> int:
        """How many calls of `method` are still to go wrong."""
        with self._lock:
            return sum(fault.times for fault in self._waiting.get(method, ()))

    def _add(self, method: str, fault: Fault) -> None:
        with self._lock:
            self._waiting.setdefault(method, []).append(fault)

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
