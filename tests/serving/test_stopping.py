"""`windshield run` by HTTP, told to stop while it works."""

import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from slack_sandbox import FaultKind, Sandbox
from tests.serving.process import by_http, running

pytestmark = pytest.mark.slow

BOUND = 8.0
"""Seconds: five for running work, and what Python needs to end on a busy machine."""


def test_running_request_is_answered_before_the_end(
    slack: Sandbox, file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = slack.add_person("Dana Moss")
    asked = threading.Event()
    take = slack.faults.take

    def take_and_tell(method: str) -> object:
        if method == "views.open":
            asked.set()
        return take(method)

    monkeypatch.setattr(slack.faults, "take", take_and_tell)
    with running(slack, file_url, **by_http(slack)) as bot, ThreadPoolExecutor() as threads:
        slack.deliver_by_http(f"http://127.0.0.1:{bot.port()}/slack/events")
        slack.faults.add("views.open", FaultKind.SLOW, seconds=1.5)
        typed = threads.submit(dana.slash, "/team")
        assert asked.wait(10)
        assert bot.stop() < BOUND
        typed.result()
    assert dana.modal is not None
    assert slack.violations == []


def test_connections_without_a_request_do_not_hold_it_up(slack: Sandbox, file_url: str) -> None:
    with running(slack, file_url, **by_http(slack)) as bot, ExitStack() as lines:
        port = bot.port()
        for _ in range(100):
            lines.enter_context(socket.create_connection(("127.0.0.1", port)))
        kept = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        kept.request("GET", "/healthz")
        kept.getresponse().read()
        assert bot.stop() < BOUND - 5
        kept.close()


def test_request_that_has_begun_to_come_is_answered(slack: Sandbox, file_url: str) -> None:
    with running(slack, file_url, **by_http(slack)) as bot:
        port = bot.port()
        with (
            socket.create_connection(("127.0.0.1", port), timeout=10) as line,
            ThreadPoolExecutor() as threads,
        ):
            line.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{")
            ask = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            ask.request("GET", "/healthz")  # answered after the half was read
            ask.getresponse().read()
            stopped = threads.submit(bot.stop)
            assert ask.sock.recv(1) == b""  # idle: ended once the bot stops
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", port))
            line.sendall(b"}")
            assert line.recv(100).startswith(b"HTTP/1.1 401")
            assert stopped.result() < BOUND
            ask.close()
