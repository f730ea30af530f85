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

from bot.context import AppContext
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import NotInstalled, Outsider
from handlers.actors import actor_of, nobody_in

log = logging.getLogger("windshield")

LAST_RETRY = 3
RETRY_NUMBER = "x-slack-retry-num"

_EVENT = "windshield_event"
_OUTCOME = "windshield_outcome"


@dataclass(frozen=True)
class Event:
    """Something that happened, and who did it. `happened_at` is in seconds since 1970, by Slack's
    clock, however late it is told; None where Slack does not say."""

    app: AppContext
    actor: Actor
    now: datetime
    content: Mapping[str, Any]
    happened_at: int | None = None


@dataclass(frozen=True)
class Lost:
    """What an event told could not be saved, and Slack tells it no more."""

    reference: str


Middleware = Callable[..., BoltResponse | None]
Listener = Callable[..., None]


def saving(
    app: AppContext, save: Callable[[Event], object], *, by_nobody: bool = False
) -> Middleware:
    """Middleware that lets `save` do its work before the event is acknowledged. `by_nobody`: it is
    told of the workspace, and of nobody who did it.

    What it returns is handed to the listener; after the last try in vain, `Lost`.
    """

    def middleware(
        body: dict[str, Any], request: BoltRequest, context: BoltContext, next: Callable[[], Any]
    ) -> BoltResponse | None:
        try:
            event = _event(app, context, body, by_nobody)
            if event is not None:
                context[_EVENT] = event
                context[_OUTCOME] = save(event)
        except (NotInstalled, Outsider):
            pass  # nobody asked for anything, and it is none of our business
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


def after_saving(work: Callable[[Event, Any], None]) -> Listener:
    """Bolt's listener for what remains to be done with what `saving` returned, if anything."""

    def listener(context: BoltContext) -> None:
        event, outcome = context.get(_EVENT), context.get(_OUTCOME)
        if event is not None and outcome is not None:
            work(event, outcome)

    return listener


def _event(
    app: AppContext, context: BoltContext, body: Mapping[str, Any], by_nobody: bool
) -> Event | None:
    """None for what nobody did. Raises what `actor_of` raises."""
    actor = nobody_in(app, context, body) if by_nobody else actor_of(app, context, body)
    if actor is None:
        return None
    happened_at = body.get("event_time")
    return Event(app, actor, app.clock.now(), body.get("event") or {}, happened_at)


def _retry(request: BoltRequest) -> int:
    """Which repetition this is; 0 for the first time."""
    given = request.headers.get(RETRY_NUMBER) or ["0"]
    return int(given[0])
