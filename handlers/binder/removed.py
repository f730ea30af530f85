"""The app is removed from a workspace, or its token revoked: nothing is done there any more."""

import logging
from collections.abc import Mapping
from typing import Any

from bot.context import AppContext
from bot.services.binder import removed
from handlers.events import Event, after_saving, saving
from handlers.routes import Routes

log = logging.getLogger("windshield")


def register(routes: Routes, app: AppContext) -> None:
    for name in ("app_uninstalled", "tokens_revoked"):
        routes.event(name, middleware=[saving(app, end, by_nobody=True)])(
            after_saving(lambda _event, _outcome: None)
        )


def end(event: Event) -> None:
    """Nothing is sent there, made for there or answered to from there any more, until the app is
    installed again and this process started anew."""
    if not _is_ours(event.content) or _is_over(event):
        return
    app, workspace_id = event.app, event.actor.workspace_id
    ended = removed.end(app.database, workspace_id, event.now)
    app.leave(workspace_id)
    log.warning(
        "the app was removed from workspace %s: nothing is sent there any more, and %s addresses "
        "of calendars are ended; install it again and start anew to go on",
        workspace_id,
        ended,
    )


def _is_ours(content: Mapping[str, Any]) -> bool:
    """Whether the bot's own token went, and not only somebody's."""
    tokens = content.get("tokens")
    return not isinstance(tokens, Mapping) or bool(tokens.get("bot"))


def _is_over(event: Event) -> bool:
    """Whether it is told late, of a time before Slack knew the token that we have: the app has been
    installed again since."""
    began = int(event.app.since.timestamp())
    return event.happened_at is not None and event.happened_at < began
