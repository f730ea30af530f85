"""Who acts, and in which workspace.

Which workspace a request belongs to is Bolt's own reading of the signed payload: in channels that
are shared between companies, in what was opened there and in Enterprise Grid it stands in other
places than usual (`slack_bolt.request.internals`).
"""

from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext

from bot.context import AppContext
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import NotInstalled, Outsider
from bot.services.team import people


def actor_of(app: AppContext, context: BoltContext, body: Mapping[str, Any]) -> Actor | None:
    """Who acts; None where nobody does, as in Slack's own events.

    Raises NotInstalled, Outsider and DatabaseUnavailableError.
    """
    actor = placed(app, context, body)
    if actor is None:
        return None
    if _comes_from_elsewhere(app, context, body) and not people.is_on_a_team(app.database, actor):
        raise Outsider
    return actor


def nobody_in(app: AppContext, context: BoltContext, body: Mapping[str, Any]) -> Actor:
    """Nobody, in the workspace that the request is of. Raises NotInstalled."""
    workspace_id = _workspace(app, context, body)
    if workspace_id is None:
        raise NotInstalled
    return Actor(workspace_id, "")


def placed(app: AppContext, context: BoltContext, body: Mapping[str, Any]) -> Actor | None:
    """The same without a look into the database, where whoever acts is on no team of ours perhaps:
    for what asks that by itself. Raises NotInstalled."""
    workspace_id = _workspace(app, context, body)
    if workspace_id is None:
        raise NotInstalled
    return Actor(workspace_id, context.user_id) if context.user_id else None


def _workspace(app: AppContext, context: BoltContext, body: Mapping[str, Any]) -> int | None:
    if context.team_id is not None:
        return app.workspaces.get(context.team_id)
    # Installed in a whole organisation, an event names the workspace beside the authorizations,
    # where Bolt looks no more.
    return app.workspaces.get(str(body.get("team_id") or ""))


def _comes_from_elsewhere(app: AppContext, context: BoltContext, body: Mapping[str, Any]) -> bool:
    """Whether the person belongs to a workspace that is none of ours."""
    home = _home(body)
    if not home or home == context.team_id or home == context.enterprise_id:
        return False
    return home not in app.workspaces


def _home(body: Mapping[str, Any]) -> str | None:
    """The workspace (or organisation) that the person who acts belongs to, where that is said:
    of someone in a shared channel it is another than the one the request belongs to, and Bolt has
    no reading of it for presses and forms."""
    event = body.get("event")
    said = event if isinstance(event, dict) else body
    user = said.get("user")
    if isinstance(user, dict):
        home = user.get("team_id")
    else:
        home = said.get("user_team") or said.get("source_team") or said.get("team")
    return home if isinstance(home, str) else None
