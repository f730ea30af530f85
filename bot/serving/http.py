"""Slack's signed requests by HTTP: nothing of a request is parsed before its signature is checked.

Source: https://docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import logging
import re
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from slack_bolt import BoltRequest
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from slack_bolt.adapter.wsgi.http_response import WsgiHttpResponse
from slack_sdk.signature import SignatureVerifier

from bot.app import Windshield
from bot.domain.binder.calendar import fingerprint
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.exchange.calendar_file import to_ics
from bot.listeners import LAST_WORK
from bot.services.binder import calendar
from bot.services.workspaces import health
from bot.serving.refusals import AGAIN_AFTER, Refusals

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger("windshield")

EVENTS, HEALTH, READY = "/slack/events", "/healthz", "/readyz"
READING = ("GET", "HEAD")
METHODS = {EVENTS: ("POST",), HEALTH: READING, READY: READING}

NOT_FOR_MACHINES = (("X-Robots-Tag", "noindex"), ("Referrer-Policy", "no-referrer"))
"""Who has such an address may have put it where others find it: it is not to be found by it."""

_STAMP = re.compile(r"[0-9]{1,12}")
"""Seconds since 1970."""


class Http:
    """Slack's signed requests on a port, with /healthz and /readyz beside them.

    Raises OSError when the port is taken.
    """

    def __init__(self, windshield: Windshield, port: int, signing_secret: str) -> None:
        from bot.serving.server import Server

        self.windshield = windshield
        refusals = Refusals()
        application = Application(windshield, signing_secret, refusals)
        self.server = Server(application, port, (EVENTS, READY), calendar.PATH, refusals)
        self.port = self.server.port

    @property
    def greeting(self) -> str:
        return f"Listening on port {self.port}: POST {EVENTS}, GET {HEALTH}, GET {READY}."

    def start(self) -> None:
        self.server.start()

    def stop(self) -> None:
        """Take no more requests, answer those that run, let their work finish, then close."""
        over = time.monotonic() + LAST_WORK
        self.server.stop()
        self.windshield.listeners.wait_until_idle(over - time.monotonic())
        self.windshield.close()


class Application:
    """Slack's requests, and two answers for whoever watches over the process."""

    def __init__(self, windshield: Windshield, signing_secret: str, refusals: Refusals) -> None:
        self._windshield = windshield
        self._signatures = SignatureVerifier(signing_secret)
        self._refusals = refusals

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        is_calendar = path.startswith(calendar.PATH)
        methods = READING if is_calendar else METHODS.get(path)
        if methods is None:
            return self._refuse(start, "404 Not Found", "an unknown path")
        if environ["REQUEST_METHOD"] not in methods:
            allow = ("Allow", ", ".join(methods))
            return self._refuse(start, "405 Method Not Allowed", "an unknown method", allow)
        if path == HEALTH:
            return _say(start, "200 OK", "ok")
        if path == READY:
            problem = health.database_problem(self._windshield.app.database)
            if problem:
                said = f"the database cannot be used: {problem}"
                return _say(start, "503 Service Unavailable", said)
            return _say(start, "200 OK", "ok")
        if is_calendar:
            return self._calendar(environ, start)
        return self._events(environ, start)

    def _calendar(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """The calendar whose secret the path holds, to whoever has it. Nothing that is told or
        raised here may name the path: it would stand in the log."""
        app = self._windshield.app
        now = app.clock.now()
        secret = calendar.secret_in(environ["PATH_INFO"]) if app.public_url else None
        served = set(app.workspaces.values())
        try:
            found = calendar.subscribed(app.database, served, secret, now) if secret else None
            if found is None:
                return self._refuse(start, "404 Not Found", "an unknown path")
            tag = f'"{fingerprint(found)}"'
            headers = [("ETag", tag), ("Cache-Control", "private, no-cache"), *NOT_FOR_MACHINES]
            if tag in environ.get("HTTP_IF_NONE_MATCH", ""):
                start("304 Not Modified", headers)
                return []
            body = to_ics(found, "Windshield", now)
        except DatabaseUnavailableError as error:
            log.warning("a calendar was not read: %s", log_words(error))
            again = ("Retry-After", str(AGAIN_AFTER))
            return _say(start, "503 Service Unavailable", "not just now", again)
        except Exception as error:
            log.error("a calendar was not made: %s", type(error).__name__)
            return _say(start, "500 Internal Server Error", "")
        headers += [
            ("Content-Type", "text/calendar; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ]
        start("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _events(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        if not self._is_signed(body, environ):
            return self._refuse(start, "401 Unauthorized", "no valid signature")
        try:
            headers = WsgiHttpRequest(environ).get_headers()
            request = BoltRequest(body=body.decode(), headers=headers)
        except Exception:  # whatever the body makes the parsers raise
            return self._refuse(start, "400 Bad Request", "a body that cannot be read")
        parsed: object = request.body
        if not isinstance(parsed, dict):
            return self._refuse(start, "400 Bad Request", "a body that holds no request")
        try:
            answer = self._windshield.bolt.dispatch(request)
        except Exception as error:  # signed by Slack: a fault of ours
            log.error("a request failed: %s", type(error).__name__, exc_info=True)
            return _say(start, "500 Internal Server Error", "")
        response = WsgiHttpResponse(answer.status, answer.headers, answer.body)
        start(response.status, response.get_headers())
        return response.get_body()

    def _is_signed(self, body: bytes, environ: "WSGIEnvironment") -> bool:
        """Whether Slack signed this body within the last five minutes."""
        stamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not _STAMP.fullmatch(stamp) or not signature.isascii():
            return False
        try:
            return self._signatures.is_valid(body, stamp, signature)
        except UnicodeDecodeError:
            return False

    def _refuse(
        self, start: "StartResponse", status: str, why: str, *headers: tuple[str, str]
    ) -> list[bytes]:
        self._refusals.note(f"{status.split()[0]}, {why}")
        return _say(start, status, status.split(" ", 1)[1].lower(), *headers)


def _say(start: "StartResponse", status: str, text: str, *headers: tuple[str, str]) -> list[bytes]:
    start(status, [("Content-Type", "text/plain; charset=utf-8"), *headers])
    return [text.encode()]
