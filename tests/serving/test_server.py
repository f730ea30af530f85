"""The HTTP server by itself, with an application that is as slow as the test wants."""

import http.client
import logging
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from bot.listeners import AT_ONCE
from bot.serving import server as server_module
from bot.serving.http import Application
from bot.serving.refusals import MINUTE, MOST, Refusals
from bot.serving.server import Server
from storage.database.engine import Database

pytestmark = pytest.mark.slow

SLOW = "/slow"
APART = "/apart/"


class Slow:
    """Answers at once, but what asks for /slow waits until `go` is set, and what is apart until
    `go_apart` is."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.go_apart = threading.Event()
        self.came = threading.Semaphore(0)

    def __call__(self, environ: Any, start: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == SLOW:
            self.came.release()
            assert self.go.wait(20)
        if environ["PATH_INFO"].startswith(APART):
            assert self.go_apart.wait(20)
        start("200 OK", [("Content-Length", "4")])
        return [b"done"]


@contextmanager
def served(application: Any) -> Iterator[Server]:
    server = Server(application, 0, {SLOW, "/readyz"}, APART, Refusals())
    server.start()
    try:
        yield server
    finally:
        server.stop()


def ask(server: Server, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def line_to(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=5)


def read_until(line: socket.socket, mark: bytes) -> bytes:
    read = b""
    while mark not in read:
        more = line.recv(1000)
        assert more, f"ended after {read!r}"
        read += more
    return read


@pytest.mark.parametrize("before", ["", "//"])
def test_quick_answers_come_while_every_worker_is_busy(before: str) -> None:
    """Also where somebody asks with more slashes than one, which the application does not see."""
    slow = Slow()
    with served(slow) as server, ThreadPoolExecutor(2 * AT_ONCE) as threads:
        waiting = [threads.submit(ask, server, before + SLOW) for _ in range(2 * AT_ONCE)]
        for _ in range(AT_ONCE):
            assert slow.came.acquire(timeout=5)
        assert ask(server, "/healthz") == (200, b"done")
        slow.go.set()
        assert {one.result() for one in waiting} == {(200, b"done")}


def test_what_is_apart_keeps_no_worker_waiting_however_many_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """More than may wait are told to come again, so that there is a connection for the others."""
    monkeypatch.setattr(server_module, "APART_WAITING", 40)
    application = Slow()
    application.go.set()
    asked = 100
    with served(application) as server, ThreadPoolExecutor(asked) as threads:
        waiting = [threads.submit(ask, server, f"/{APART}{one}.ics") for one in range(asked)]
        least = asked - 40 - server_module.APART_THREADS
        while sum(one.done() for one in waiting) < least:
            assert ask(server, SLOW) == (200, b"done")
        assert ask(server, SLOW) == (200, b"done")
        assert ask(server, "/healthz") == (200, b"done")
        application.go_apart.set()
        statuses = [one.result()[0] for one in waiting]
    assert least <= statuses.count(503) <= least + server_module.APART_THREADS
    assert statuses.count(200) == asked - statuses.count(503)


def test_half_a_request_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that goes on a byte at a time, and a connection that says nothing at all."""
    monkeypatch.setattr(server_module, "READ_SECONDS", 0.5)
    with served(Slow()) as server, line_to(server) as trickle, line_to(server) as silent:
        trickle.sendall(b"POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n")
        began = time.monotonic()
        trickle.settimeout(0.05)
        ended = b"not yet"
        while ended and time.monotonic() - began < 5:
            try:
                trickle.send(b"x")
                ended = trickle.recv(1)
            except TimeoutError:
                continue
            except OSError:
                ended = b""
        assert ended == b""
        assert silent.recv(1) == b""
        assert ask(server, "/") == (200, b"done")


def test_connection_in_use_outlives_the_deadline_of_a_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The deadline is one request's: neither a slow answer nor a pause between two ends it."""
    monkeypatch.setattr(server_module, "READ_SECONDS", 0.5)
    slow = Slow()
    with served(slow) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", SLOW)
        assert slow.came.acquire(timeout=5)
        with line_to(server) as other:  # is ended by the look that could have ended the first too
            assert other.recv(1) == b""
        slow.go.set()
        assert connection.getresponse().read() == b"done"
        with line_to(server) as other:
            assert other.recv(1) == b""
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"done"
        connection.close()


@pytest.mark.parametrize(("most", "files"), [(10, 1024), (800, 20)])
def test_whoever_waits_longest_makes_room(
    monkeypatch: pytest.MonkeyPatch, most: int, files: int
) -> None:
    """Half a request is no better than silence; a request that runs is never ended."""
    monkeypatch.setattr(server_module, "CONNECTIONS", most)
    monkeypatch.setattr(server_module, "_open_files", lambda: files)
    slow = Slow()
    with served(slow) as server, ThreadPoolExecutor(1) as threads, ExitStack() as lines:
        running = threads.submit(ask, server, SLOW)
        assert slow.came.acquire(timeout=5)
        opened = [lines.enter_context(line_to(server)) for _ in range(30)]
        for line in opened[-5:]:
            line.sendall(b"GET / HT")
        assert ask(server, "/") == (200, b"done")
        assert [line.recv(1) for line in opened[:20]] == [b""] * 20
        slow.go.set()
        assert running.result() == (200, b"done")


def test_stopping_answers_what_has_begun_and_takes_nothing_new() -> None:
    slow = Slow()
    server = Server(slow, 0, {SLOW}, APART, Refusals())
    server.start()
    with (
        ThreadPoolExecutor(2) as threads,
        line_to(server) as half,
        line_to(server) as silent,
        line_to(server) as kept,
    ):
        kept.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        read_until(kept, b"done")
        running = threads.submit(ask, server, SLOW)
        assert slow.came.acquire(timeout=5)
        half.sendall(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n1")
        assert ask(server, "/") == (200, b"done")  # so that the half was read before
        stopped = threads.submit(server.stop)
        assert silent.recv(1) == b""
        assert kept.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            line_to(server)
        half.sendall(b"2")
        answer = read_until(half, b"done")
        assert b"200 OK" in answer
        assert b"Connection: close" in answer
        assert not stopped.done()
        slow.go.set()
        assert running.result() == (200, b"done")
        stopped.result(5)


def test_stopping_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "LAST_WORK", 0.3)
    slow = Slow()
    server = Server(slow, 0, {SLOW}, APART, Refusals())
    server.start()
    with line_to(server) as line:
        line.sendall(f"GET {SLOW} HTTP/1.1\r\n\r\n".encode())
        assert slow.came.acquire(timeout=5)
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 4
        assert line.recv(1) == b""
    slow.go.set()


def test_health_does_not_ask_the_database(secret_key: str) -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:9/none", (secret_key,))
    windshield: Any = SimpleNamespace(app=SimpleNamespace(database=away))
    application = Application(windshield, "secret", Refusals())
    with served(application) as server:
        status, why = ask(server, "/readyz")
        assert status == 503
        assert b"the database" in why
        assert ask(server, "/healthz") == (200, b"ok")
    away.close()


def test_refusals_are_told_sparingly(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "windshield")
    now = [0.0]
    refusals = Refusals(lambda: now[0])
    for _ in range(MOST + 5):
        refusals.note("nonsense")
    refusals.tell()
    assert [record.message for record in caplog.records] == ["refused: nonsense"] * MOST
    caplog.clear()
    now[0] += MINUTE
    refusals.tell()
    refusals.note("nonsense")
    assert [record.message for record in caplog.records] == [
        "refused: 5 more within a minute",
        "refused: nonsense",
    ]
