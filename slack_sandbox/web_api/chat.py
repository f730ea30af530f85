"""chat.postMessage, chat.postEphemeral, chat.update, chat.delete, chat.getPermalink.

Reference: https://docs.slack.dev/reference/methods/chat.postMessage and its neighbours.
"""

from slack_sandbox.blockkit import MessageMethod
from slack_sandbox.journal import Json
from slack_sandbox.payloads import message_object
from slack_sandbox.web_api.content import check_content
from slack_sandbox.web_api.method import Api, ApiError, Method, RateLimitedError, names
from slack_sandbox.workspace import TEAM_DOMAIN, Channel

_SHOWN = ("text", "blocks", "metadata")


def _content(arguments: Json) -> Json:
    return {key: arguments[key] for key in _SHOWN if key in arguments}


def _writable(api: Api, channel: Channel) -> None:
    """Raise the error of a conversation in which the bot cannot write."""
    if channel.archived:
        raise ApiError("is_archived")
    if channel.kind == "im" and not api.workspace.manifest.messages_tab:
        api.journal.violated("manifest.messages_tab", "The manifest has no messages tab.")
        raise ApiError("messages_tab_disabled")


def _post_message(api: Api, arguments: Json) -> Json:
    """A user id opens the DM. A message to a deactivated person is answered like any, and reaches
    nobody (https://github.com/slackapi/python-slack-sdk/issues/1156): only the profile tells."""
    member = api.workspace.members.get(str(arguments["channel"]))
    if member is not None:
        if member.bot:
            raise ApiError("cannot_dm_bot")
        channel = api.workspace.dm(member)
    else:
        channel = api.channel(arguments["channel"])
    _writable(api, channel)
    if not channel.bot_is_member and "chat:write.public" not in api.workspace.manifest.scopes:
        raise ApiError("not_in_channel")
    thread_ts = arguments.get("thread_ts")
    if thread_ts is not None and all(post.ts != thread_ts for post in channel.posts):
        raise ApiError("thread_not_found")
    check_content(api.workspace, _content(arguments))
    retry_after = api.rates.count_message(channel.id)
    if retry_after is not None:
        raise RateLimitedError(retry_after)
    content = _content(arguments) | {"thread_ts": thread_ts}
    post = api.workspace.post(channel, api.workspace.bot_user_id, content)
    person = api.workspace.members.get(channel.person or "")
    if person is not None and person.deleted:
        api.journal.violated("message.to_deactivated", f"{person.name} has left and reads nothing.")
    message = message_object(api.workspace, post)
    api.echo(channel, {**message, "channel": channel.id, "event_ts": post.ts})
    return {
        "channel": channel.id,
        "ts": post.ts,
        "message": message_object(api.workspace, post, metadata=True),
    }


def _post_ephemeral(api: Api, arguments: Json) -> Json:
    channel = api.channel(arguments["channel"])
    _writable(api, channel)
    if not channel.bot_is_member:
        raise ApiError("not_in_channel")
    member = api.member(arguments["user"], missing="user_not_in_channel")
    if member.id not in channel.members:
        raise ApiError("user_not_in_channel")
    check_content(api.workspace, _content(arguments))
    content = _content(arguments) | {"thread_ts": arguments.get("thread_ts")}
    bot = api.workspace.bot_user_id
    post = api.workspace.post(channel, bot, content, ephemeral_to=member.id)
    return {"message_ts": post.ts}


def _update(api: Api, arguments: Json) -> Json:
    """Without blocks the message keeps its own, unless there is a text: then they go."""
    channel = api.channel(arguments["channel"])
    post = api.own_post(channel, arguments["ts"], "cant_update_message")
    if channel.archived:
        raise ApiError("is_archived")
    content = _content(arguments)
    check_content(api.workspace, content, MessageMethod.UPDATE)
    before = message_object(api.workspace, post)
    if "text" not in content:
        content["text"] = post.text
    api.workspace.rewrite(post, content)
    post.metadata = content.get("metadata", post.metadata)
    if not post.blocks:
        post.edited_ts = api.workspace.new_ts()
    message = message_object(api.workspace, post)
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "message": message}
    event |= {"previous_message": before, "channel": channel.id}
    ts = api.workspace.new_ts()
    api.echo(channel, event | {"ts": ts, "event_ts": ts})
    return {"channel": channel.id, "ts": post.ts, "text": post.text, "message": message}


def _delete(api: Api, arguments: Json) -> Json:
    channel = api.channel(arguments["channel"])
    post = api.own_post(channel, arguments["ts"], "cant_delete_message")
    before = message_object(api.workspace, post)
    api.workspace.erase(post)
    event = {"type": "message", "subtype": "message_deleted", "hidden": True}
    event |= {"deleted_ts": post.ts, "previous_message": before, "channel": channel.id}
    ts = api.workspace.new_ts()
    api.echo(channel, event | {"ts": ts, "event_ts": ts})
    return {"channel": channel.id, "ts": post.ts}


def _get_permalink(api: Api, arguments: Json) -> Json:
    """Of any message that the bot can see, whoever wrote it; not of an ephemeral one."""
    channel = api.channel(arguments["channel"])
    ts = str(arguments["message_ts"])
    post = next((post for post in channel.posts if post.ts == ts), None)
    if post is None or post.deleted:
        raise ApiError("message_not_found")
    address = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    if post.thread_ts is not None:
        address += f"?thread_ts={post.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}


METHODS = {
    "chat.postMessage": Method(
        _post_message,
        names("channel"),
        names(*_SHOWN, "thread_ts", "unfurl_links", "unfurl_media"),
        "chat:write",
    ),
    "chat.postEphemeral": Method(
        _post_ephemeral,
        names("channel", "user"),
        names("text", "blocks", "thread_ts"),
        "chat:write",
    ),
    "chat.update": Method(_update, names("channel", "ts"), names(*_SHOWN), "chat:write"),
    "chat.delete": Method(_delete, names("channel", "ts"), scope="chat:write"),
    "chat.getPermalink": Method(_get_permalink, names("channel", "message_ts")),
}
