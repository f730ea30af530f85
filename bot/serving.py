"""Listening to Slack: Socket Mode, or signed HTTP requests; and stopping without losing work."""

import logging
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.app import Windshield, quiet_bolt
from bot.listeners import AT_ONCE
from bot.services import health

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger("windshield")

LAST_WORK = 5
"""Seconds that running work gets to finish when the process is told to stop."""


class SocketMode:
    """Connected to Slack by a socket; the SDK pings it and connects again when it is deaf."""

    def __init__(self, windshield: Windshield, app_token: str, api_url: str) -> None:
        self.windshield = windshield
        self.handler = SocketModeHandler(
            windshield.bolt,
            app_token,
            logger=quiet_bolt(),
            web_client=WebClient(token=app_token, base_url=api_url),
            concurrency=AT_ONCE,
        )
        self.handler.client.message_listeners.append(_watch_connections)

    greeting = "Connected to Slack by Socket Mode."

    def start(self) -> None:
        self.handler.connect()  # type: ignore[no-untyped-call]

    def stop(self) -> None:
        """Let running work finish, then hang up."""
        client = self.handler.client
        self.windshield.listeners.wait_until_idle(LAST_WORK)
        client.auto_reconnect_enabled = False
        client.current_session_state.terminated = True
        session = client.current_session
        if session is not None and session.sock is not None:
            # The client's own close waits seconds for a read that nothing ends.
            with suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)
        # The client's worker waits for a message; an empty one lets it see that it is over.
        client.closed = True
        client.enqueue_message("")
        client.close()
        self.windshield.close()


def _watch_connections(_client: Any, message: dict[str, Any], _raw: str | None = None) -> None:
    if message.get("type") == "hello":
        log.info("connected to Slack (%s connections)", message.get("num_connections"))


class Http:
    """Slack's signed requests on a port, with /healthz and /readyz beside them."""

    def __init__(self, windshield: Windshield, port: int) -> None:
        from waitress.server import create_server

        self.windshield = windshield
        slack = SlackRequestHandler(windshield.bolt)
        self._sockets: dict[int, Any] = {}
        server = create_server(
            wsgi(windshield, slack),
            self._sockets,
            host="0.0.0.0",
            port=port,
            threads=AT_ONCE,
            ident=None,
        )
        self.server = cast(Any, server)  # the stubs know neither its port nor its trigger
        self.port = int(self.server.effective_port)
        self._thread = threading.Thread(target=self.server.run, name="http")

    @property
    def greeting(self) -> str:
        return f"Listening on port {self.port}: POST /slack/events, GET /healthz, GET /readyz."

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests, let running work finish, then close."""
        from waitress.wasyncore import close_all, dispatcher

        # Sockets are closed in the thread that waits for them, or they would go away beneath it;
        # and those that Slack keeps open for later requests would keep the server running.
        self.server.trigger.pull_trigger(lambda: dispatcher.close(self.server))
        self.windshield.listeners.wait_until_idle(LAST_WORK)
        self.server.task_dispatcher.shutdown(timeout=LAST_WORK)
        self.server.trigger.pull_trigger(lambda: close_all(self._sockets))
        self._thread.join(LAST_WORK)
        self.windshield.close()


def wsgi(
    windshield: Windshield, slack: Callable[..., Iterable[bytes]]
) -> Callable[..., Iterable[bytes]]:
    """Slack's requests, and two answers for whoever watches over the process."""

    def application(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/healthz":
            return _say(start, "200 OK", "ok")
        if path == "/readyz":
            problem = health.database_problem(windshield.parts.database)
            return _say(start, "503 Service Unavailable" if problem else "200 OK", problem or "ok")
        return slack(environ, start)

    return application


def _say(start: "StartResponse", status: str, text: str) -> list[bytes]:
    start(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [text.encode()]
