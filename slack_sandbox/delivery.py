"""Handing payloads to the app, and what becomes of them: acks in time, late, or never.

Source: https://docs.slack.dev/interactivity/handling-user-interaction (3 seconds) and
https://docs.slack.dev/apis/events-api (events are retried at once, after 1 and after 5 minutes;
everything else is delivered once).
"""

import asyncio
import enum
import json
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from slack_sandbox.clock import SandboxClock
from slack_sandbox.journal import Delivery, Journal, Json

ACK_SECONDS = 3.0
RETRIES = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
"""How long after the first attempt each retry comes, on the sandbox's clock."""


class Kind(enum.StrEnum):
    """What is delivered, in Socket Mode's words."""

    SLASH = "slash_commands"
    INTERACTIVE = "interactive"
    EVENT = "events_api"


class Outcome(enum.Enum):
    ACKED = "acked"
    TIMED_OUT = "timed out"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


@dataclass(frozen=True)
class Ack:
    """How a delivery ended. `body` is the ack's JSON or text, None when empty."""

    outcome: Outcome
    body: object = None
    no_retry: bool = False


@dataclass(frozen=True)
class Retry:
    """The how-manieth repetition (from 1) and Slack's word why."""

    attempt: int
    reason: str


class Transport(Protocol):
    """A way to the app. The future ends with the app's ack, however late it comes."""

    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> asyncio.Future[Ack]: ...


class Deliveries:
    """Everything here but `start` runs on the server's event loop."""

    def __init__(self, journal: Journal, clock: SandboxClock, transport: Transport) -> None:
        self.transport = transport
        self._journal = journal
        self._clock = clock
        self._background: set[asyncio.Task[object]] = set()

    async def deliver(
        self, kind: Kind, payload: str, summary: str, answered: Callable[[Ack], None]
    ) -> Ack:
        """Deliver a command or an interaction once; `answered` shows its ack to the person."""
        ack = await self._attempt(kind, json.loads(payload), summary, None)
        answered(ack)
        return ack

    async def deliver_event(self, payload: str, summary: str, *, twice: bool) -> Ack:
        """Deliver an event; an attempt without ack is repeated in the background.

        `twice` delivers it again although it was acked, as Slack does when the ack was lost.
        """
        event: Json = json.loads(payload)
        began = self._clock.now()
        ack = await self._attempt(Kind.EVENT, event, summary, None)
        if ack.outcome is not Outcome.ACKED:
            if not ack.no_retry:
                self.in_background(self._repeat(event, summary, ack, began))
        elif twice:
            await self._attempt(Kind.EVENT, event, summary, Retry(1, "timeout"))
        return ack

    def in_background(self, work: Coroutine[Any, Any, object]) -> None:
        task: asyncio.Task[object] = asyncio.ensure_future(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def stop(self) -> None:
        tasks = list(self._background)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _repeat(self, event: Json, summary: str, ack: Ack, began: datetime) -> None:
        for attempt, pause in enumerate(RETRIES, start=1):
            await self._clock.reached(began + pause)
            reason = _RETRY_REASONS[ack.outcome]
            ack = await self._attempt(Kind.EVENT, event, summary, Retry(attempt, reason))
            if ack.outcome is Outcome.ACKED or ack.no_retry:
                return

    async def _attempt(self, kind: Kind, payload: Json, summary: str, retry: Retry | None) -> Ack:
        record = self._journal.delivered(kind.value, summary, payload)
        started = time.monotonic()
        future = await self.transport.send(kind, payload, retry)
        future.add_done_callback(
            lambda done: self._record(record, done, time.monotonic() - started)
        )
        done, _ = await asyncio.wait({future}, timeout=ACK_SECONDS)
        if not done:
            self._journal.violated("ack.late", f"No ack within 3 seconds: {summary}.")
            return Ack(Outcome.TIMED_OUT)
        ack = future.result()
        if ack.outcome is Outcome.TIMED_OUT:
            self._journal.violated("ack.late", f"No ack within 3 seconds: {summary}.")
        if ack.outcome is Outcome.REFUSED:
            self._journal.violated("ack.refused", f"Answered with an error: {summary}.")
        return ack

    def _record(self, record: Delivery, done: asyncio.Future[Ack], seconds: float) -> None:
        if not done.cancelled() and done.result().outcome is Outcome.ACKED:
            self._journal.acked(record, seconds, done.result().body)


_RETRY_REASONS = {
    Outcome.TIMED_OUT: "timeout",
    Outcome.UNREACHABLE: "connection_failed",
    Outcome.REFUSED: "http_error",
}
