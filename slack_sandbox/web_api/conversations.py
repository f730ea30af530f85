"""conversations.open, conversations.info, conversations.history.

Reference: https://docs.slack.dev/reference/methods/conversations.open and its neighbours.
"""

import base64

from slack_sandbox.journal import Json
from slack_sandbox.payloads import message_object
from slack_sandbox.web_api.method import Api, ApiError, Method, flag, names, number
from slack_sandbox.workspace import HISTORY_MOST, Channel

_SCOPE_PREFIX = {"im": "im", "public": "channels", "private": "groups"}


def _open(api: Api, arguments: Json) -> Json:
    users = [user for user in str(arguments["users"]).split(",") if user]
    if len(users) != 1:
        api.journal.violated("arguments.not_modelled", "conversations.open takes one user here.")
        raise ApiError("invalid_arguments")
    member = api.member(users[0])
    if member.bot:
        raise ApiError("cannot_dm_bot")
    if member.deleted:
        raise ApiError("user_disabled")
    known = member.dm is not None
    channel = api.workspace.dm(member)
    if not flag(arguments, "return_im"):
        return {"channel": {"id": channel.id}, "no_op": known, "already_open": known}
    return {"channel": _channel_object(channel), "no_op": known, "already_open": known}


def _info(api: Api, arguments: Json) -> Json:
    channel = api.channel(arguments["channel"])
    api.require_scope(f"{_SCOPE_PREFIX[channel.kind]}:read")
    return {"channel": _channel_object(channel)}


def _history(api: Api, arguments: Json) -> Json:
    channel = api.channel(arguments["channel"])
    api.require_scope(f"{_SCOPE_PREFIX[channel.kind]}:history")
    if not channel.bot_is_member:
        raise ApiError("not_in_channel")
    newest_first = [post for post in reversed(channel.posts) if _within(post.ts, arguments)]
    limit = number(arguments, "limit", 100)
    if not 1 <= limit <= HISTORY_MOST:
        raise ApiError("invalid_limit")
    limit = min(limit, api.workspace.history_page)
    start = _start(str(arguments.get("cursor") or ""))
    page, more = newest_first[start : start + limit], len(newest_first) > start + limit
    metadata = flag(arguments, "include_all_metadata")
    answer: Json = {
        "messages": [message_object(api.workspace, post, metadata=metadata) for post in page],
        "has_more": more,
        "pin_count": 0,
    }
    if more:
        cursor = base64.b64encode(f"next:{start + limit}".encode()).decode()
        answer["response_metadata"] = {"next_cursor": cursor}
    return answer


def _within(ts: str, arguments: Json) -> bool:
    seconds, inclusive = float(ts), flag(arguments, "inclusive")
    oldest, latest = arguments.get("oldest"), arguments.get("latest")
    if inclusive:
        too_old = oldest is not None and seconds < float(oldest)
        too_new = latest is not None and seconds > float(latest)
    else:
        too_old = oldest is not None and seconds <= float(oldest)
        too_new = latest is not None and seconds >= float(latest)
    return not (too_old or too_new)


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except ValueError:
        raise ApiError("invalid_cursor") from None


def _channel_object(channel: Channel) -> Json:
    shown: Json = {"id": channel.id, "is_im": channel.kind == "im", "is_archived": channel.archived}
    if channel.kind == "im":
        return shown | {"user": channel.person}
    return shown | {
        "name": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind == "private",
        "is_member": channel.bot_is_member,
    }


METHODS = {
    "conversations.open": Method(_open, names("users"), names("return_im"), "im:write"),
    "conversations.info": Method(_info, names("channel")),
    "conversations.history": Method(
        _history,
        names("channel"),
        names("cursor", "inclusive", "include_all_metadata", "latest", "limit", "oldest"),
    ),
}
