"""Who the app is, and how it connects: auth.test, api.test, apps.connections.open.

Reference: https://docs.slack.dev/reference/methods.
"""

from slack_sandbox.journal import Json
from slack_sandbox.web_api.method import Api, ApiError, Method, names
from slack_sandbox.workspace import TEAM_DOMAIN


def _auth_test(api: Api, _arguments: Json) -> Json:
    workspace = api.workspace
    grid = workspace.enterprise
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": TEAM_DOMAIN,
        "user": workspace.members[workspace.bot_user_id].handle,
        "team_id": workspace.team_id,
        "user_id": workspace.bot_user_id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": grid is not None and grid.org_wide,
        **({"enterprise_id": grid.id} if grid else {}),
    }


def _api_test(_api: Api, arguments: Json) -> Json:
    if "error" in arguments:
        raise ApiError(str(arguments["error"]), args=arguments)
    return {"args": arguments}


def _open_connection(api: Api, _arguments: Json) -> Json:
    return {"url": api.open_socket()}


METHODS = {
    "auth.test": Method(_auth_test),
    "api.test": Method(_api_test, optional=names("error"), token="any"),
    "apps.connections.open": Method(_open_connection, token="app"),
}
