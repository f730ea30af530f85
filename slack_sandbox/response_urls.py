"""`POST` to a response_url.

Source: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses. A
response_url takes 5 posts in 30 minutes. Every press gives a new one, but an ephemeral message
itself cannot be replaced or deleted for ever: all the response_urls of its presses refuse
`replace_original` and `delete_original` (expired_url, used_url) once the message is more than 30
minutes old or was replaced 5 times. A new ephemeral message through them still works.
"""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from slack_sandbox.blockkit import MessageMethod
from slack_sandbox.faults import Fault, FaultKind, Faults
from slack_sandbox.interactions import (
    RESPONSE_URL_SECONDS,
    RESPONSE_URL_USES,
    InteractionRegistry,
    ResponseUrl,
)
from slack_sandbox.journal import Journal, Json
from slack_sandbox.raw_http import abort_connection, send_raw
from slack_sandbox.web_api.content import check_content
from slack_sandbox.web_api.method import ApiError
from slack_sandbox.workspace import Post, Workspace

NAME = "response_url"
"""What the traffic and the faults call it."""

_CONTENT = ("text", "blocks", "metadata")
_KNOWN = frozenset({*_CONTENT, "response_type", "replace_original", "delete_original", "thread_ts"})


@dataclass(frozen=True)
class ResponseUrls:
    """Runs on the server's event loop."""

    workspace: Workspace
    interactions: InteractionRegistry
    faults: Faults
    journal: Journal

    async def serve(self, request: web.Request) -> web.Response:
        body = await _body(request)
        fault = self.faults.take(NAME)
        if fault is not None and not fault.takes_effect:
            self.journal.called(NAME, body, fault.error)
            return _fail(request, fault)
        if fault is not None and fault.kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        answer = self._answer(request.path, body)
        if fault is not None and fault.kind is FaultKind.CUT_AFTER:
            return abort_connection(request)
        if fault is not None and fault.kind is FaultKind.ANSWER:
            return send_raw(request, fault.answer)
        return answer

    def _answer(self, path: str, body: Json) -> web.Response:
        try:
            with self.workspace.changing():
                self._respond(path, body)
        except ApiError as refused:
            status = 404 if refused.code in ("expired_url", "used_url", "no_such_url") else 400
            answer = {"ok": False, "error": refused.code, **refused.more}
            self.journal.called(NAME, body, refused.code, answer)
            return web.json_response(answer, status=status)
        self.journal.called(NAME, body, None, "ok")
        return web.Response(text="ok")

    def _respond(self, path: str, body: Json) -> None:
        url = self.interactions.response_urls.get(path)
        if url is None:
            raise ApiError("no_such_url")
        if self.workspace.clock.age(url.given) > RESPONSE_URL_SECONDS:
            self.journal.violated("response_url.expired", "A response_url is good for 30 minutes.")
            raise ApiError("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            self.journal.violated("response_url.overused", "A response_url takes 5 posts.")
            raise ApiError("used_url")
        unknown = sorted(body.keys() - _KNOWN)
        if unknown:
            self.journal.violated("arguments.not_modelled", f"response_url: {', '.join(unknown)}.")
            raise ApiError("invalid_arguments")
        if body.get("delete_original") or body.get("replace_original"):
            self._change_original(url, body)
        else:
            self._post(url, body)
        url.uses += 1

    def _change_original(self, url: ResponseUrl, body: Json) -> None:
        post = self._original(url, body)
        if body.get("delete_original"):
            self.workspace.erase(post)
            return
        content = {key: body[key] for key in _CONTENT if key in body}
        check_content(self.workspace, content, MessageMethod.RESPONSE_URL)
        self.workspace.rewrite(post, content)
        post.replacements += 1

    def _original(self, url: ResponseUrl, body: Json) -> Post:
        """The message that may be changed; raises ApiError when there is none or not any more."""
        post = url.original
        if post is None:
            self.journal.violated("response_url.no_original", "There is no message to replace.")
            raise ApiError("invalid_arguments")
        if post.deleted:
            raise ApiError("message_not_found")
        if post.ephemeral_to is None:
            return post
        if body.get("response_type") == "in_channel":
            self.journal.violated(
                "response_url.made_public", "An ephemeral message cannot become public."
            )
            raise ApiError("invalid_arguments")
        if self.workspace.clock.age(post.born) > RESPONSE_URL_SECONDS:
            raise ApiError("expired_url")
        if post.replacements >= RESPONSE_URL_USES:
            raise ApiError("used_url")
        return post

    def _post(self, url: ResponseUrl, body: Json) -> None:
        show_response(self.workspace, url.member, url.channel, body, MessageMethod.RESPONSE_URL)


def _fail(request: web.Request, fault: Fault) -> web.Response:
    match fault.kind:
        case FaultKind.RATE_LIMITED:
            return web.Response(status=429, headers={"Retry-After": str(fault.retry_after)})
        case FaultKind.SERVER_ERROR:
            return web.Response(status=500)
        case FaultKind.ANSWER:
            return send_raw(request, fault.answer)
        case _:
            return abort_connection(request)


def show_response(
    workspace: Workspace,
    member: str,
    channel: str,
    body: Json,
    method: MessageMethod = MessageMethod.POST,
) -> None:
    """Show a command's ack or a post to a response_url; raises ApiError when Slack refuses it."""
    response_type = body.get("response_type", "ephemeral")
    if response_type not in ("ephemeral", "in_channel"):
        workspace.journal.violated("response_type.unknown", f"response_type is {response_type!r}.")
        raise ApiError("invalid_arguments")
    content = {key: body[key] for key in _CONTENT if key in body}
    check_content(workspace, content, method)
    content["thread_ts"] = body.get("thread_ts")
    to = member if response_type == "ephemeral" else None
    workspace.post(workspace.channels[channel], workspace.bot_user_id, content, ephemeral_to=to)


async def _body(request: web.Request) -> Json:
    try:
        sent = await request.json()
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}
