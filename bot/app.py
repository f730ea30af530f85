"""The composition root: nothing is built at import time."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

import handlers
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.context import AppContext
from bot.domain.workspaces.whole import make_whole
from bot.listeners import ListenerPool
from bot.manifest import missing_scopes
from bot.messenger import Messenger
from storage.database.engine import Database
from storage.workspaces import installs

log = logging.getLogger("windshield")


class Windshield:
    """The product, put together: the Bolt app and what it stands on."""

    def __init__(self, bolt: App, app: AppContext, listeners: ListenerPool) -> None:
        self.bolt = bolt
        self.app = app
        self.listeners = listeners

    def close(self) -> None:
        """Let running listeners finish and save what is typed, then let go of the database."""
        self.listeners.shutdown(wait=True)
        self.app.autosave.close()
        self.app.database.close()


def assemble(
    settings: Settings,
    database: Database,
    *,
    clock: Clock | None = None,
) -> Windshield:
    """Put the product together on a migrated database. Asks Slack once who we are.

    Raises SlackError when Slack does not know the bot token.
    """
    app, me = make_context(settings, database, clock or SystemClock())
    listeners = ListenerPool()
    bolt = App(
        # Else it reads the source of every module on the stack to find one; of a logger, which
        # it silences as `logger` is, so it must not be the product's own.
        name="bolt",
        client=WebClient(base_url=settings.slack_api_url, retry_handlers=[]),
        authorize=_authorize(me, settings.bot_token),
        signing_secret=settings.signing_secret or "socket mode needs none",
        listener_executor=listeners,
        raise_error_for_unhandled_request=True,
        logger=quiet_bolt(),
    )
    bolt.error(_unhandled)
    bolt.use(_whole)
    handlers.register(bolt, app)
    return Windshield(bolt, app, listeners)


def make_context(
    settings: Settings, database: Database, clock: Clock
) -> tuple[AppContext, Mapping[str, Any]]:
    """What everything is put together from, and who Slack says we are. Asks Slack once.

    Raises SlackError when Slack does not know the bot token.
    """
    messenger = Messenger(settings.bot_token, settings.slack_api_url, clock)
    me = messenger.who_am_i()
    workspace = installs.ensure(database, str(me["team_id"]), str(me.get("team", "")))
    missing = missing_scopes(str(me["scopes"]))
    if missing:
        log.warning("install the app again with manifest.yml; missing: %s", ", ".join(missing))
    served, address = {str(me["team_id"]): workspace}, str(me.get("url") or "")
    context = AppContext(
        *(database, messenger, clock, served, missing, {workspace: address}),
        public_url=settings.public_url,
    )
    return context, me


def quiet_bolt() -> logging.Logger:
    """Bolt's and the SDK's own logs may show what people wrote; only their errors are kept."""
    logging.getLogger("slack_sdk").setLevel(logging.ERROR)
    logger = logging.getLogger("windshield.bolt")
    logger.setLevel(logging.ERROR)
    return logger


def _authorize(me: Mapping[str, Any], token: str) -> Any:
    """One workspace, known since the start: no call to Slack for each request. Nothing is said of a
    user: Bolt would take that for the one who acts, whoever it is."""
    result = AuthorizeResult(
        enterprise_id=me.get("enterprise_id"),
        team_id=me.get("team_id"),
        bot_id=me.get("bot_id"),
        bot_user_id=me.get("user_id"),
        bot_token=token,
    )

    def authorize() -> AuthorizeResult:
        return result

    return authorize


def _whole(body: dict[str, Any], next: Callable[[], Any]) -> None:
    """Every text of a request is one that a database can hold, before anybody looks at it."""
    make_whole(body)
    next()


def _unhandled(error: Exception, request: BoltRequest) -> BoltResponse | None:
    """What no handler takes is acknowledged; its words stay out of the log."""
    if isinstance(error, BoltUnhandledRequestError):
        log.warning("no handler for a request of type %s", _kind(request.body))
        return BoltResponse(status=200, body="")
    log.error("a request failed: %s", type(error).__name__, exc_info=True)
    return BoltResponse(status=500, body="")


def _kind(body: Mapping[str, Any]) -> str:
    event = body.get("event") or {}
    return str(event.get("type") or body.get("type") or "command")
