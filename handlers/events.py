"""Events: what they tell is saved before they are acknowledged, so that Slack tells it again where
it could not be.

Bolt acknowledges an event before its listener runs; only middleware comes earlier. Slack repeats
what was not acknowledged: at once, after one minute and after five
(https://docs.slack.dev/apis/events-api#retries).
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import BoltContext, BoltRequest, BoltResponse

from bot.domain.faults import DatabaseUnavailableError, log_words
from bot.domain.people import Actor
from bot.parts import Parts

log = logging.getLogger("windshield")

LAST_RETRY = 3
RETRY_NUMBER = "x-slack-retry-num"

_OUTCOME = "windshield_outcome"


@dataclass(frozen=True)
class Event:
    """Something that happened, and who did it."""

    parts: Parts
    actor: Actor
    now: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Lost:
    """What an event told could not be saved, and Slack tells it no more."""

    reference: str


Middleware = Callable[..., BoltResponse | None]
Listener = Callable[..., None]


def saving(parts: Parts, save: Callable[[Event], object]) -> Middleware:
    """Middleware that lets `save` do its work before the event is acknowledged.

    What it returns is handed to the listener; after the last try in vain, `Lost`.
    """

    def middleware(
        body: dict[str, Any], request: BoltRequest, context: BoltContext, next: Callable[[], Any]
    ) -> BoltResponse | None:
        event = _event(parts, body)
        if event is not None:
            try:
                context[_OUTCOME] = save(event)
            except Exception as error:  # whatever it was, Slack tells it again
                reference = secrets.token_hex(2).upper()
                known = isinstance(error, DatabaseUnavailableError)
                log.error(
                    "an event was not saved (ref %s): %s",
                    reference,
                    log_words(error),
                    exc_info=not known,
                )
                if _retry(request) < LAST_RETRY:
                    return BoltResponse(status=503)
                context[_OUTCOME] = Lost(reference)
        next()
        return None

    return middleware


def after_saving(parts: Parts, work: Callable[[Event, Any], None]) -> Listener:
    """Bolt's listener for what remains to be done with what `saving` returned, if anything."""

    def listener(body: dict[str, Any], context: BoltContext) -> None:
        event, outcome = _event(parts, body), context.get(_OUTCOME)
        if event is not None and outcome is not None:
            work(event, outcome)

    return listener


def _event(parts: Parts, body: Mapping[str, Any]) -> Event | None:
    """None for what comes from a workspace we do not know, or from nobody."""
    content = body.get("event") or {}
    person = content.get("user") or ""
    slack_id = person.get("id", "") if isinstance(person, dict) else person
    workspace_id = parts.workspaces.get(str(body.get("team_id") or ""))
    if workspace_id is None or not slack_id:
        return None
    return Event(parts, Actor(workspace_id, slack_id), parts.clock.now(), content)


def _retry(request: BoltRequest) -> int:
    """Which repetition this is; 0 for the first time."""
    given = request.headers.get(RETRY_NUMBER) or ["0"]
    return int(given[0])
