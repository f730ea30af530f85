"""users.info, users.list, users.lookupByEmail.

Reference: https://docs.slack.dev/reference/methods/users.list and its neighbours.
"""

import base64

from slack_sandbox.journal import Json
from slack_sandbox.payloads import user_object
from slack_sandbox.web_api.method import Api, ApiError, Method, names, number

LIST_MOST = 1000
"""Slack answers limit_required when a list without a limit would be longer than it likes."""


def _info(api: Api, arguments: Json) -> Json:
    return {"user": user_object(api.workspace, api.member(arguments["user"]))}


def _list(api: Api, arguments: Json) -> Json:
    members = list(api.workspace.members.values())
    limit = number(arguments, "limit", 0)
    if limit < 0 or limit > LIST_MOST:
        raise ApiError("invalid_limit")
    if limit == 0 and len(members) > LIST_MOST:
        raise ApiError("limit_required")
    start = _start(str(arguments.get("cursor") or ""))
    end = start + (limit or LIST_MOST)
    following = base64.b64encode(f"user:{end}".encode()).decode() if end < len(members) else ""
    return {
        "members": [user_object(api.workspace, member) for member in members[start:end]],
        "cache_ts": int(api.workspace.clock.now().timestamp()),
        "response_metadata": {"next_cursor": following},
    }


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("user:"))
    except ValueError:
        raise ApiError("invalid_cursor") from None


def _lookup_by_email(api: Api, arguments: Json) -> Json:
    wanted = str(arguments["email"]).lower()
    for member in api.workspace.members.values():
        if member.email and member.email.lower() == wanted and not member.deleted:
            return {"user": user_object(api.workspace, member)}
    raise ApiError("users_not_found")


METHODS = {
    "users.info": Method(_info, names("user"), names("include_locale"), "users:read"),
    "users.list": Method(
        _list, optional=names("cursor", "limit", "include_locale"), scope="users:read"
    ),
    "users.lookupByEmail": Method(_lookup_by_email, names("email"), scope="users:read.email"),
}
