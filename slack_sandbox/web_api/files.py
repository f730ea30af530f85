"""files.getUploadURLExternal, files.completeUploadExternal, files.info.

Reference: https://docs.slack.dev/messaging/working-with-files and the pages of the methods. Only
what is shared in one conversation is modelled; a file is none before it is completed.
"""

import json
import mimetypes

from slack_sandbox.journal import Json
from slack_sandbox.payloads import file_object, message_object
from slack_sandbox.web_api.method import Api, ApiError, Method, RateLimitedError, names, number
from slack_sandbox.workspace import File

LARGEST = 1024 * 1024 * 1024
"""Bytes of a file (https://slack.com/help/articles/201330736: 1 GB)."""

SCOPE = "files:write"
READING = "files:read"


def _start(api: Api, arguments: Json) -> Json:
    name, length = str(arguments["filename"]), number(arguments, "length", 0)
    if not name or length <= 0:
        raise ApiError("invalid_arguments")
    if not api.workspace.file_uploads:
        raise ApiError("file_uploads_disabled")
    if length > LARGEST:
        raise ApiError("file_upload_size_restricted")
    file = File(api.workspace.new_id("F"), name, length, api.workspace.new_id("upload"))
    api.workspace.files[file.id] = file
    return {"upload_url": api.upload_url(file.ticket), "file_id": file.id}


def _complete(api: Api, arguments: Json) -> Json:
    """A conversation is named by its own id; a user id is none here, as in Slack."""
    channel = api.channel(arguments.get("channel_id"))
    if channel.archived or not channel.bot_is_member:
        raise ApiError("not_in_channel")
    files = [_uploaded(api, named) for named in _listed(arguments["files"])]
    retry_after = api.rates.count_message(channel.id)
    if retry_after is not None:
        raise RateLimitedError(retry_after)
    content = {"text": arguments.get("initial_comment") or "", "files": [one.id for one in files]}
    post = api.workspace.post(channel, api.workspace.bot_user_id, content)
    for file in files:
        file.is_shared = True
    message = message_object(api.workspace, post)
    api.echo(channel, {**message, "channel": channel.id, "event_ts": post.ts})
    return {"files": [{"id": one.id, "title": one.title} for one in files]}


def _listed(files: object) -> list[Json]:
    try:
        listed = json.loads(files) if isinstance(files, str) else files
    except ValueError:
        raise ApiError("invalid_arguments") from None
    if not isinstance(listed, list) or not listed:
        raise ApiError("invalid_arguments")
    return listed


def _uploaded(api: Api, named: Json) -> File:
    file = api.workspace.files.get(str(named.get("id")))
    if file is None or file.content is None or file.is_shared:
        api.journal.violated("file.not_uploaded", "A file is completed once, after its upload.")
        raise ApiError("file_not_found")
    file.title = str(named.get("title") or file.name)
    file.mimetype = mimetypes.guess_type(file.name)[0] or "text/plain"
    return file


def _info(api: Api, arguments: Json) -> Json:
    """Where a file stands is told by conversation, of direct messages as of private channels
    (https://docs.slack.dev/reference/objects/file-object)."""
    file = api.workspace.files.get(str(arguments["file"]))
    if file is None or not file.is_shared:
        raise ApiError("file_not_found")
    stands = [
        (channel, post)
        for channel in api.workspace.channels.values()
        for post in channel.posts
        if file in post.files
    ]
    if not stands:
        raise ApiError("file_deleted")
    shares: dict[str, dict[str, list[Json]]] = {}
    for channel, post in stands:
        kind = "public" if channel.kind == "public" else "private"
        shares.setdefault(kind, {}).setdefault(channel.id, []).append({"ts": post.ts})
    direct = [channel.id for channel, _ in stands if channel.kind == "im"]
    shown = file_object(file, stands[0][1].author)
    return {"file": {**shown, "shares": shares, "ims": direct}}


METHODS = {
    "files.getUploadURLExternal": Method(_start, names("filename", "length"), scope=SCOPE),
    "files.completeUploadExternal": Method(
        _complete, names("files"), names("channel_id", "initial_comment"), SCOPE
    ),
    "files.info": Method(_info, names("file"), scope=READING),
}
