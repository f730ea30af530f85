"""App Home as a whole."""

import logging
from contextlib import suppress
from datetime import datetime

from bot.context import AppContext
from bot.domain.contacts.interactions import Logged
from bot.domain.workspaces.faults import BusyError, DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.messenger import OutdatedViewError, SlackError
from bot.services.home import home, open_promises
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import View
from bot.views.home.home import build_away, build_home
from bot.views.home.promises import build_promises, parse_owner, parse_start

log = logging.getLogger("windshield")


def publish(
    app: AppContext, actor: Actor, now: datetime, *, start: int = 0, changed: int | None = None
) -> None:
    """Draw that person's App Home anew.

    `start` is where its page of reps begins, `changed` a promise that was closed just now. Never
    fails: what was done before it is saved, and opening Home draws it again.
    """
    try:
        facts = home(app.database, actor, now, app.quiet_months)
        view = build_home(
            facts, start, changed, app.missing_scopes, subscribes=bool(app.public_url)
        )
        _draw(app, actor, view)
    except DatabaseUnavailableError as error:
        log.warning("App Home was not drawn: %s", log_words(error))


def promises_view(
    app: AppContext,
    actor: Actor,
    page: Metadata,
    now: datetime,
    *,
    changed: int | None = None,
) -> View:
    """A page of what one side promised (`text` says which, `page` where it begins); `changed` was
    closed just now. Raises Gone, ForManagers and NoTeam."""
    owner, start = parse_owner(page.text), parse_start(page.page)
    return build_promises(open_promises(app.database, actor, owner, start, now), changed)


def publish_first(app: AppContext, actor: Actor, logged: Logged, now: datetime) -> None:
    """Draw the App Home anew of whoever a contact was said to be with until just now, where
    something of it stood there. Never fails."""
    if logged.passed is not None and logged.passed.was_shown:
        publish(app, Actor(actor.workspace_id, logged.passed.first.slack_id), now)


def publish_opened(app: AppContext, actor: Actor, now: datetime, seen: str | None) -> None:
    """Draw the App Home that a person opened; `seen` is the hash of the one that was drawn before.
    What was drawn since stays: a page of it that they went on to meanwhile, say. While the database
    does not answer, the one before stays, and where there is none a sentence says so. Never fails.
    """
    try:
        with suppress(BusyError):  # what it holds can be opened all the same, once it is saved
            app.autosave.settle(actor)
        facts = home(app.database, actor, now, app.quiet_months)
        view = build_home(facts, missing_scopes=app.missing_scopes, subscribes=bool(app.public_url))
    except DatabaseUnavailableError as error:
        log.warning("App Home was not drawn: %s", log_words(error))
        if seen is not None:
            return
        view = build_away()
    _draw(app, actor, view, seen)


def _draw(app: AppContext, actor: Actor, view: View, seen: str | None = None) -> None:
    try:
        with suppress(OutdatedViewError):
            app.messenger.publish_home(actor.slack_id, view, seen)
    except SlackError as error:
        log.warning("App Home was not drawn: %s", type(error).__name__)
