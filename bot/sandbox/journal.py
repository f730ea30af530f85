"""What happened between the app and the pretend Slack, kept for tests and for the page."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class ApiCall:
    """One call of the app: `error` is Slack's error code or the fault's name, None when ok."""

    method: str
    arguments: Json
    error: str | None
    at: datetime


@dataclass
class Delivery:
    """One payload handed to the app.

    `kind` is Socket Mode's name for it (slash_commands, interactive, events_api), `summary` says
    in words what it was, `seconds` is the real time until the ack (None: none came, or not yet)
    and `response` the ack's body.
    """

    kind: str
    summary: str
    at: datetime
    seconds: float | None = None
    response: object = None


@dataclass(frozen=True)
class Violation:
    """A Slack rule that the app broke: a short stable name and one sentence."""

    rule: str
    detail: str


class Journal:
    """Thread-safe, in order; `now` dates the entries."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._calls: list[ApiCall] = []
        self._deliveries: list[Delivery] = []
        self._violations: list[Violation] = []

    def called(self, method: str, arguments: Json, error: str | None) -> None:
        with self._lock:
            self._calls.append(ApiCall(method, arguments, error, self._now()))

    def delivered(self, kind: str, summary: str) -> Delivery:
        delivery = Delivery(kind, summary, self._now())
        with self._lock:
            self._deliveries.append(delivery)
        return delivery

    def violated(self, rule: str, detail: str) -> None:
        with self._lock:
            self._violations.append(Violation(rule, detail))

    @property
    def calls(self) -> list[ApiCall]:
        with self._lock:
            return list(self._calls)

    @property
    def deliveries(self) -> list[Delivery]:
        with self._lock:
            return list(self._deliveries)

    @property
    def violations(self) -> list[Violation]:
        with self._lock:
            return list(self._violations)
