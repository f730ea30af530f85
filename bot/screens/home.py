"""App Home as a whole."""

import logging
from datetime import datetime

from bot.domain.faults import DatabaseUnavailableError
from bot.domain.people import Actor
from bot.messenger import SlackError
from bot.parts import Parts
from bot.services.home import home
from bot.views.home import build_away, build_home

log = logging.getLogger("windshield")


def publish(
    parts: Parts, actor: Actor, now: datetime, *, start: int = 0, changed: int | None = None
) -> bool:
    """Draw that person's App Home anew; whether it was drawn.

    `start` is where its page of reps begins, `changed` a promise that was closed just now. Never
    fails: what was done before it is saved, and opening Home draws it again.
    """
    try:
        facts = home(parts.database, actor, now)
        parts.messenger.publish_home(actor.slack_id, build_home(facts, start, changed))
    except (SlackError, DatabaseUnavailableError) as error:
        log.warning("App Home was not drawn: %s", type(error).__name__)
        return False
    return True


def publish_away(parts: Parts, actor: Actor) -> None:
    """A sentence where there is no Home yet and none could be drawn."""
    try:
        parts.messenger.publish_home(actor.slack_id, build_away())
    except SlackError as error:
        log.warning("App Home was not drawn: %s", type(error).__name__)
