"""`POST /api/METHOD`: authentication, limits, faults, and Slack's form of an answer."""

import asyncio
import json
import time
from dataclasses import dataclass

from aiohttp import web

from slack_sandbox.faults import Fault, FaultKind, Faults
from slack_sandbox.journal import Json
from slack_sandbox.raw_http import abort_connection, send_raw
from slack_sandbox.web_api import METHODS
from slack_sandbox.web_api.method import Api, ApiError, Method, RateLimitedError

_JSON_FIELDS = frozenset({"blocks", "metadata", "view"})
"""Arguments that travel as JSON inside a form."""

_TEAM = "team_id"
"""Every method takes it, and ignores it with the token of a single workspace; Bolt's client always
sends it."""


@dataclass(frozen=True)
class Tokens:
    bot: str
    app: str


class WebApi:
    """Runs on the server's event loop."""

    def __init__(self, api: Api, faults: Faults, tokens: Tokens) -> None:
        self._api = api
        self._faults = faults
        self._tokens = tokens

    async def serve(self, request: web.Request) -> web.Response:
        started = time.monotonic()
        name = request.match_info["rest"]
        arguments = await _arguments(request)
        fault = self._faults.take(name)
        if fault is not None and not fault.takes_effect:
            return self._fail(request, name, arguments, fault)
        if fault is not None and fault.kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        answer = self._answer(request, name, arguments, started)
        if fault is not None and fault.kind is FaultKind.CUT_AFTER:
            return abort_connection(request)
        if fault is not None and fault.kind is FaultKind.ANSWER:
            return send_raw(request, fault.answer)
        return answer

    def _fail(self, request: web.Request, name: str, arguments: Json, fault: Fault) -> web.Response:
        self._api.journal.called(name, arguments, fault.error)
        match fault.kind:
            case FaultKind.RATE_LIMITED:
                with self._api.workspace.lock:
                    return _too_many(self._api.rates.hold(name, fault.retry_after))
            case FaultKind.SERVER_ERROR:
                return web.json_response({"ok": False, "error": "internal_error"}, status=500)
            case FaultKind.ANSWER:
                return send_raw(request, fault.answer)
            case _:
                return abort_connection(request)

    def _answer(
        self, request: web.Request, name: str, arguments: Json, started: float
    ) -> web.Response:
        api = self._api
        error = None
        try:
            with api.workspace.changing():
                body = {"ok": True, **self._call(request, name, arguments)}
        except ApiError as refused:
            error = refused.code
            body = {"ok": False, "error": refused.code, **refused.more}
        except RateLimitedError as limited:
            api.journal.called(name, arguments, "ratelimited")
            return _too_many(limited.retry_after)
        # A copy: what a view holds goes on changing.
        answer = json.loads(json.dumps(body)) if api.journal.in_full else None
        api.journal.called(name, arguments, error, answer, time.monotonic() - started)
        scopes = ",".join(sorted(api.workspace.manifest.scopes))
        return web.json_response(body, headers={"X-OAuth-Scopes": scopes})

    def _call(self, request: web.Request, name: str, arguments: Json) -> Json:
        api = self._api
        method = METHODS.get(name)
        if method is None:
            api.journal.violated("method.unknown", f"{name} does not exist, or is not modelled.")
            raise ApiError("unknown_method", req_method=name)
        self._authenticate(request, method)
        held = api.rates.held(name)
        if held is not None:
            api.journal.violated("rate.not_honoured", f"{name} was called before Retry-After.")
            raise RateLimitedError(held)
        retry_after = api.rates.count(name)
        if retry_after is not None:
            raise RateLimitedError(retry_after)
        if method.scope is not None:
            api.require_scope(method.scope)
        self._check_arguments(name, method, arguments)
        return method.handler(api, arguments)

    def _authenticate(self, request: web.Request, method: Method) -> None:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not given and method.token != "any":
            raise ApiError("not_authed")
        accepted = {"bot": self._tokens.bot, "app": self._tokens.app}
        if method.token == "any":
            return
        if given == accepted[method.token]:
            if method.token == "bot" and not self._api.workspace.has_app:
                raise ApiError("account_inactive")
            return
        raise ApiError("not_allowed_token_type" if given in accepted.values() else "invalid_auth")

    def _check_arguments(self, name: str, method: Method, arguments: Json) -> None:
        missing = sorted(method.required - arguments.keys())
        unknown = sorted(arguments.keys() - method.required - method.optional - {_TEAM})
        if unknown:
            self._api.journal.violated(
                "arguments.not_modelled", f"{name} does not take {', '.join(unknown)} here."
            )
        if missing:
            self._api.journal.violated("arguments.missing", f"{name} needs {', '.join(missing)}.")
        if missing or unknown:
            messages = [f"[ERROR] missing required field: {key}" for key in missing]
            messages += [f"[ERROR] unsupported argument: {key}" for key in unknown]
            raise ApiError("invalid_arguments", response_metadata={"messages": messages})


def _too_many(retry_after: int) -> web.Response:
    body = {"ok": False, "error": "ratelimited"}
    return web.json_response(body, status=429, headers={"Retry-After": str(retry_after)})


async def _arguments(request: web.Request) -> Json:
    """The arguments of a call by JSON, form or query. What is not understood counts as absent."""
    if request.content_type == "application/json":
        try:
            sent = await request.json()
        except ValueError:
            return {}
        return sent if isinstance(sent, dict) else {}
    fields: Json = dict(request.query)
    for name, value in (await request.post()).items():
        fields[name] = _field(name, value) if isinstance(value, str) else value
    return fields


def _field(name: str, value: str) -> object:
    if name not in _JSON_FIELDS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
