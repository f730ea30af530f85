"""Slack's signed requests by HTTP."""

import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.app import Windshield
from bot.listeners import AT_ONCE, LAST_WORK
from bot.services import health

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


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
