"""The HTTP transport of a real `windshield run`, and strangers before it."""

import hashlib
import hmac
import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from slack_sandbox import Person, Sandbox
from tests.places import MANIFEST
from tests.serving.process import Bot, by_http, running

pytestmark = pytest.mark.slow

SOON = 2.0
"""Seconds in which whoever is served must be answered, on a busy machine."""

FORM = "application/x-www-form-urlencoded"
MINUTE_OF_LOG = 20
"""Lines at most that strangers may cause in a minute, and a few more that the bot says anyway."""


class Door:
    """The process and how to reach it."""

    def __init__(self, bot: Bot, slack: Sandbox) -> None:
        self.bot = bot
        self.slack = slack
        self.port = bot.port()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def raw(self, request: bytes) -> bytes:
        """All that is answered to these bytes, until the bot ends the connection."""
        with self.connect() as line:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            answer = b""
            while more := line.recv(65536):
                answer += more
        return answer

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def healthy(self) -> bool:
        """Whether the bot answers now, by a connection of its own."""
        began = time.monotonic()
        answer = self.ask("GET", "/healthz")
        return answer == (200, b"ok") and time.monotonic() - began < SOON

    def signed(self, body: bytes, content_type: str = FORM, age: int = 0) -> dict[str, str]:
        stamp = str(int(time.time()) - age)
        base = b"v0:" + stamp.encode() + b":" + body
        digest = hmac.new(self.slack.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        }

    def command(self, person: Person) -> bytes:
        """The body of `/touch help`."""
        return urlencode(
            {
                "command": "/touch",
                "text": "help",
                "team_id": self.slack.team_id,
                "user_id": person.id,
                "channel_id": "D0",
                "trigger_id": "1.2.3",
                "response_url": "http://127.0.0.1:9/never",
            }
        ).encode()


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    with Sandbox(MANIFEST, now=datetime.now(UTC), ticking=True) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def transport(
    slack: Sandbox, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Door]:
    """The bot by HTTP, one for all of these strangers. They cause no traceback and little log."""
    path = tmp_path_factory.mktemp("door") / "windshield.db"
    path.write_bytes(migrated_file.read_bytes())
    with running(slack, f"sqlite:///{path}", **by_http(slack)) as bot:
        yield Door(bot, slack)
    assert "Traceback" not in bot.log
    assert "exception" not in bot.log
    assert len(bot.lines) <= MINUTE_OF_LOG


@pytest.fixture(scope="module")
def dana(slack: Sandbox) -> Person:
    return slack.add_person("Dana Moss")


def test_silent_connections_hold_nobody_up(transport: Door, dana: Person) -> None:
    with ExitStack() as silent:
        for _ in range(150):
            silent.enter_context(transport.connect())
        for _ in range(150):
            silent.enter_context(transport.connect()).sendall(
                b"POST /slack/events HTTP/1.1\r\nHost: x"
            )
        for _ in range(20):
            assert transport.healthy()
        body = transport.command(dana)
        status, answer = transport.ask("POST", "/slack/events", body, transport.signed(body))
        assert status == 200
        assert b"Log a contact in one line" in answer


def test_there_is_room_for_the_next_however_many_wait(transport: Door, dana: Person) -> None:
    """More than the transport lets in at once: the ones that waited longest go."""
    with ExitStack() as waiting:
        first = waiting.enter_context(transport.connect())
        for _ in range(850):
            waiting.enter_context(transport.connect())
        assert transport.healthy()
        body = transport.command(dana)
        assert transport.ask("POST", "/slack/events", body, transport.signed(body))[0] == 200
        assert first.recv(1) == b""


def _sent_until_cut(line: socket.socket, piece: bytes) -> int:
    """How many bytes went out until the other side ended the connection; 400 MB at most."""
    sent = 0
    try:
        while sent < 400_000_000:
            line.sendall(piece)
            sent += len(piece)
    except OSError:
        pass
    return sent


def test_large_bodies_are_refused_unread(transport: Door) -> None:
    before = transport.bot.process.memory_info().rss
    head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"
    with transport.connect() as line:
        line.sendall(head + b"Content-Length: 400000000\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")
    with transport.connect() as line:
        line.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
        assert _sent_until_cut(line, b"10000\r\n" + b"x" * 65536 + b"\r\n") < 16_000_000
    body = b"x" * 1024 * 1024
    assert transport.ask("POST", "/slack/events", body)[0] == 401
    assert transport.raw((b"GET / HTTP/1.1\r\nX: " + b"x" * 32_768)[:32_768]).startswith(
        b"HTTP/1.0 431"
    )
    assert transport.bot.process.memory_info().rss - before < 20_000_000
    assert transport.healthy()


def test_nothing_is_parsed_without_a_signature(transport: Door, dana: Person) -> None:
    body = transport.command(dana)
    good = transport.signed(body)
    for headers in (
        {},
        {"X-Slack-Signature": good["X-Slack-Signature"]},
        good | {"X-Slack-Signature": "v0=" + "0" * 64},
        good | {"X-Slack-Signature": "v0=\xe9"},
        good | {"X-Slack-Request-Timestamp": "now"},
        good | {"X-Slack-Request-Timestamp": "9" * 400},
        good | {"X-Slack-Request-Timestamp": "-1"},
        transport.signed(body, age=301),
        transport.signed(body + b"x"),
    ):
        assert transport.ask("POST", "/slack/events", body, headers)[0] == 401
    for strange in (b"\xff\xfe", b"{", b"[]", b"[" * 100_000, b"payload=%7B", b"payload=[]"):
        assert transport.ask("POST", "/slack/events", strange, {"Content-Type": FORM})[0] == 401
    assert transport.ask("POST", "/slack/events", body, good)[0] == 200
    assert transport.ask("POST", "/slack/events", body, transport.signed(body, age=200))[0] == 200


def test_signed_nonsense_is_refused_in_a_word(transport: Door) -> None:
    as_json = "application/json"
    for body, content_type in (
        (b"{", as_json),
        (b"[]", as_json),
        (b"command=/touch", as_json),
        (b"3", as_json),
        (b"[" * 100_000, as_json),
        (b'{"a":' * 50_000, as_json),
        (b"payload=%7B", FORM),
        (b"payload=[]", FORM),
    ):
        headers = transport.signed(body, content_type)
        assert transport.ask("POST", "/slack/events", body, headers)[0] == 400, body[:20]
    # Slack signs text; what is none is refused with its signature.
    assert transport.ask("POST", "/slack/events", b"\xff", transport.signed(b"\xff"))[0] == 401


def test_paths_and_methods_that_are_none(transport: Door) -> None:
    for path in ("/", "/slack", "/slack/events/", "/healthz/x", "/%00", "/slack/install"):
        assert transport.ask("GET", path)[0] == 404
    for method, path in (("GET", "/slack/events"), ("PUT", "/slack/events"), ("POST", "/healthz")):
        assert transport.ask(method, path)[0] == 405
    assert transport.ask("HEAD", "/healthz") == (200, b"")
    assert transport.ask("GET", "/readyz") == (200, b"ok")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9\r\n\r\n", b"404"),
        (b"GET http://[ HTTP/1.1\r\n\r\n", b"400"),
        (b"GET /healthz HTTP/1.1\r\nno colon\r\n\r\n", b"400"),
        (b"GET /healthz HTTP/1.0\r\n\r\n", b"200"),
        (b"POST /slack/events HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST /slack/events HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", b"400"),
        (
            b"POST /slack/events HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
            b"400",
        ),
        (b"POST /slack/events HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", b"501"),
        (
            b"POST /slack/events HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"400",
        ),
        (
            b"POST /slack/events HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            b"2\r\n{}\r\n0\r\n\r\n",
            b"401",
        ),
        (
            b"POST /slack/events HTTP/1.1\r\nContent-Encoding: gzip\r\n"
            b"Content-Length: 2\r\n\r\n\x1f\x8b",
            b"401",
        ),
    ],
)
def test_requests_that_are_none(transport: Door, request_: bytes, status: bytes) -> None:
    answer = transport.raw(request_)
    assert answer.split(b" ", 2)[1] == status, answer
    assert transport.healthy()


def test_pipelined_requests_are_answered_in_order(transport: Door) -> None:
    answer = transport.raw(
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    answered = [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert answered == [b"200", b"404", b"200"]


def test_client_that_waits_to_be_asked_on(transport: Door, dana: Person) -> None:
    body = transport.command(dana)
    headers = transport.signed(body) | {"Expect": "100-continue", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with transport.connect() as line:
        line.sendall(f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 100")
        line.sendall(body)
        assert line.recv(100).startswith(b"HTTP/1.1 200")


def test_urgent_data_and_resets_make_nothing_spin(transport: Door) -> None:
    lines = [transport.connect() for _ in range(20)]
    for line in lines:
        line.send(b"!", socket.MSG_OOB)
    assert transport.healthy()
    used, began = transport.bot.cpu_seconds(), time.monotonic()
    while time.monotonic() - began < 0.5:
        assert transport.healthy()
        time.sleep(0.05)
    assert transport.bot.cpu_seconds() - used < 0.25
    for line in lines:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        line.close()
    assert transport.healthy()


def test_flood_of_nonsense_leaves_few_lines_of_log(transport: Door) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", transport.port, timeout=10)
    for number in range(500):
        connection.request("POST", "/slack/events", f'{{"secret": "{number}"'.encode())
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 401
    connection.close()
    assert transport.healthy()
    transport.bot.stop()  # it is the last that comes to this transport
    assert "more within a minute" in transport.bot.log
    assert "secret" not in transport.bot.log
