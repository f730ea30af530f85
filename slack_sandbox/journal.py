"""What happened between the app and the pretend Slack, kept for tests and for the page."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class ApiCall:
    """One call of the app: `error` is Slack's error code or the fault's name, None when ok.

    `answer` is what it was told, where the journal is kept in full; `seconds` the real time that
    Slack took, where it was measured.
    """

    method: str
    arguments: Json
    error: str | None
    at: datetime
    answer: object = None
    seconds: float | None = None


@dataclass
class Delivery:
    """One payload handed to the app.

    `kind` is Socket Mode's name for it (slash_commands, interactive, events_api), `summary` says
    in words what it was, `seconds` is the real time until the ack (None: none came, or not yet)
    and `response` the ack's body. `payload` is there where the journal is kept in full.
    """

    kind: str
    summary: str
    at: datetime
    seconds: float | None = None
    response: object = None
    payload: Json | None = None


@dataclass(frozen=True)
class Violation:
    """A Slack rule that the app broke: a short stable name and one sentence."""

    rule: str
    detail: str
    at: datetime


Entry = ApiCall | Delivery | Violation


class Journal:
    """Thread-safe, in order; `now` dates the entries."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.in_full = False
        """Whether answers and payloads are kept too; a long run without a reader needs none."""
        self.watchers: list[Callable[[], None]] = []
        """Called after every change: they must not wait for anything."""
        self._now = now
        self._lock = threading.Lock()
        self._entries: list[Entry] = []

    def called(
        self,
        method: str,
        arguments: Json,
        error: str | None,
        answer: object = None,
        seconds: float | None = None,
    ) -> None:
        kept = answer if self.in_full else None
        self._add(ApiCall(method, arguments, error, self._now(), kept, seconds))

    def delivered(self, kind: str, summary: str, payload: Json) -> Delivery:
        kept = payload if self.in_full else None
        delivery = Delivery(kind, summary, self._now(), payload=kept)
        self._add(delivery)
        return delivery

    def acked(self, delivery: Delivery, seconds: float, response: object) -> None:
        """The app acknowledged a delivery, `seconds` after it was handed over."""
        with self._lock:
            delivery.response = response
            delivery.seconds = seconds
        self._tell()

    def violated(self, rule: str, detail: str) -> None:
        self._add(Violation(rule, detail, self._now()))

    @property
    def entries(self) -> list[Entry]:
        """All that happened, in order; a call stands where it was answered."""
        with self._lock:
            return list(self._entries)

    @property
    def calls(self) -> list[ApiCall]:
        return [entry for entry in self.entries if isinstance(entry, ApiCall)]

    @property
    def deliveries(self) -> list[Delivery]:
        return [entry for entry in self.entries if isinstance(entry, Delivery)]

    @property
    def violations(self) -> list[Violation]:
        return [entry for entry in self.entries if isinstance(entry, Violation)]

    def _add(self, entry: Entry) -> None:
        with self._lock:
            self._entries.append(entry)
        self._tell()

    def _tell(self) -> None:
        for watcher in self.watchers:
            watcher()
