"""Socket Mode: one envelope to one connection, lost and refreshed connections, redelivery."""

import asyncio
import os
import queue
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from slack_sandbox import Cut, Sandbox
from tests.sandbox.blocks import Json, actions, button, modal, section, text_input
from tests.sandbox.conftest import Probe, disconnect, running

pytestmark = pytest.mark.slow

SOON = 5.0


class Line:
    """A bare Socket Mode client that acks only what it is told to."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.received: queue.Queue[Json] = queue.Queue()
        web_client = WebClient(sandbox.app_token, base_url=sandbox.api_url)
        self.client = SocketModeClient(
            sandbox.app_token, web_client=web_client, auto_reconnect_enabled=False
        )
        self.client.message_listeners.append(self._receive)
        self.client.connect()

    def _receive(self, _client: Any, message: Json, _raw: str | None) -> None:
        if message:
            self.received.put(message)

    def next(self, kind: str) -> Json:
        """The next message of this type."""
        while (message := self.received.get(timeout=SOON))["type"] != kind:
            pass
        return message

    def ack(self, envelope: Json, payload: Json | None = None) -> None:
        self.client.send_socket_mode_response(SocketModeResponse(envelope["envelope_id"], payload))


@pytest.fixture
def bare() -> Iterator[Probe]:
    with running() as probe:
        yield probe


@contextmanager
def lines(sandbox: Sandbox, count: int) -> Iterator[list[Line]]:
    opened = [Line(sandbox) for _ in range(count)]
    yield opened
    sandbox.cut_sockets()
    for line in opened:
        line.client.closed = True
        line.client.enqueue_message("")
        line.client.close()


class RawLine:
    """A connection of which the test sees every byte, and how it ends."""

    def __init__(self, sandbox: Sandbox) -> None:
        client = WebClient(sandbox.app_token, base_url=sandbox.api_url)
        url = urlsplit(client.apps_connections_open(app_token=sandbox.app_token)["url"])
        assert url.hostname is not None
        self.socket = socket.create_connection((url.hostname, url.port), timeout=SOON)
        self.socket.sendall(
            f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        self.read_until(b"}}")

    def read_until(self, mark: bytes) -> bytes:
        read = b""
        while mark not in read:
            more = self.socket.recv(4096)
            assert more, f"ended after {read!r}"
            read += more
        return read

    def rest(self) -> bytes | type[OSError]:
        """All that still comes until the end; or the error that it ends with."""
        read = b""
        try:
            while more := self.socket.recv(4096):
                read += more
        except OSError as error:
            return type(error)
        finally:
            self.socket.close()
        return read


def test_every_way_to_end_looks_on_the_wire_as_it_is_called(bare: Probe) -> None:
    ends: dict[Cut, bytes | type[OSError]] = {}
    for how in (Cut.CLOSE, Cut.END_OF_FILE, Cut.RESET, Cut.HALF_THEN_END):
        line = RawLine(bare.sandbox)
        with ThreadPoolExecutor() as threads:
            ended = threads.submit(line.rest)
            bare.sandbox.cut_sockets(how)
            ends[how] = ended.result()
        assert bare.sandbox.sockets == 0
    half = ends.pop(Cut.HALF_THEN_END)
    assert ends == {
        Cut.CLOSE: b"\x88\x02\x03\xe8",
        Cut.END_OF_FILE: b"",
        Cut.RESET: ConnectionResetError,
    }
    assert isinstance(half, bytes)
    assert half.startswith(b'\x81\x7e\x03\xe8{"envelope_id"')
    assert len(half) < 1000


def test_half_open_connection_answers_nothing_and_is_still_counted(bare: Probe) -> None:
    ghost = RawLine(bare.sandbox)
    ping = (
        b"\x89\x84"
        + (mask := os.urandom(4))
        + bytes(a ^ b for a, b in zip(b"ping", mask, strict=True))
    )
    ghost.socket.sendall(ping)
    assert ghost.read_until(b"ping") == b"\x8a\x04ping"
    bare.sandbox.cut_sockets(Cut.SILENCE)
    assert bare.sandbox.sockets == 0
    ghost.socket.sendall(ping)
    # Only its end, or a pong, could be read: and neither comes before Slack gives it up.
    ghost.socket.settimeout(0.2)
    with pytest.raises(TimeoutError):
        ghost.socket.recv(100)
    with lines(bare.sandbox, 1) as [line], ThreadPoolExecutor() as threads:
        assert line.next("hello")["num_connections"] == 2
        done = [threads.submit(bare.dana.slash, f"/plain {number}") for number in range(2)]
        for _ in done:
            line.ack(line.next("slash_commands"), {"text": "Here"})
        for finished in done:
            finished.result()
    assert len(bare.dana.ephemerals) == 2
    ghost.socket.close()


def test_what_goes_to_a_half_open_connection_is_lost_by_nobodys_fault(bare: Probe) -> None:
    ghost = RawLine(bare.sandbox)
    bare.sandbox.cut_sockets(Cut.HALF_THEN_SILENCE)
    assert b"envelope_id" in ghost.read_until(b"text")
    bare.dana.slash("/plain")
    bare.dana.sees('/plain failed with the error "dispatch_failed"')
    assert bare.broken() == []
    ghost.socket.close()


def test_one_of_several_connections_is_cut(bare: Probe) -> None:
    with lines(bare.sandbox, 2):
        bare.sandbox.cut_sockets(most=1)
        assert bare.sandbox.sockets == 1


def test_sandbox_starts_again_where_it_was(bare: Probe) -> None:
    before = bare.sandbox.api_url, bare.sandbox.app_token
    bare.sandbox.stop()
    bare.sandbox.start()
    assert (bare.sandbox.api_url, bare.sandbox.app_token) == before
    with lines(bare.sandbox, 1) as [line]:
        line.next("hello")


def test_hello_counts_the_connections(bare: Probe) -> None:
    with lines(bare.sandbox, 2) as (first, second):
        assert first.next("hello")["num_connections"] == 1
        hello = second.next("hello")
        assert hello["num_connections"] == 2
        assert hello["connection_info"]["app_id"].startswith("A")


def test_an_envelope_goes_to_one_connection(bare: Probe) -> None:
    with lines(bare.sandbox, 2) as opened, ThreadPoolExecutor() as threads:
        for line in opened:
            line.next("hello")
        done = [threads.submit(bare.dana.slash, f"/plain {number}") for number in range(4)]
        got = [line.next("slash_commands") for line in opened for _ in range(2)]
        for line, envelope in zip([*opened[:1] * 2, *opened[1:] * 2], got, strict=True):
            line.ack(envelope, {"text": f"Got {envelope['payload']['text']}"})
        for finished in done:
            finished.result()
        assert sorted(envelope["payload"]["text"] for envelope in got) == list("0123")
        assert all(line.received.empty() for line in opened)
        assert got[0]["accepts_response_payload"] is True
    assert len(bare.dana.ephemerals) == 4
    assert bare.broken() == []


def test_ack_of_an_unknown_envelope_is_ignored(bare: Probe) -> None:
    with lines(bare.sandbox, 1) as [line], ThreadPoolExecutor() as threads:
        done = threads.submit(bare.dana.slash, "/plain")
        envelope = line.next("slash_commands")
        line.ack({"envelope_id": "nobody"})
        line.ack(envelope, {"text": "Here"})
        done.result()
    bare.dana.sees("Here")


@pytest.mark.slow
def test_event_without_ack_comes_again_after_a_minute(bare: Probe) -> None:
    with lines(bare.sandbox, 2) as opened, ThreadPoolExecutor() as threads:
        for line in opened:
            line.next("hello")
        done = threads.submit(bare.dana.says, "hello", event_id="Ev1")
        # The first connection to be served is the second one; its line breaks before the ack.
        first = opened[1].next("events_api")
        assert first["retry_attempt"] == 0
        bare.sandbox.cut_sockets()
        done.result()
        with lines(bare.sandbox, 1) as [later]:
            later.next("hello")
            bare.sandbox.clock.advance(timedelta(minutes=1))
            again = later.next("events_api")
            assert again["payload"]["event_id"] == "Ev1"
            assert again["retry_attempt"] == 2
            later.ack(again)
    assert bare.broken() == []


def test_messages_of_the_app_come_back_to_it(bare: Probe) -> None:
    """Slack tells an app of its own messages and edits too; Bolt ignores them."""
    with lines(bare.sandbox, 1) as [line]:
        posted = bare.client.chat_postMessage(channel=bare.dana.id, text="One")
        bare.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Two")
        bare.client.chat_delete(channel=posted["channel"], ts=posted["ts"])
        events = []
        for _ in range(3):
            envelope = line.next("events_api")
            line.ack(envelope)
            events.append(envelope["payload"]["event"])
    assert [event.get("subtype") for event in events] == [
        None,
        "message_changed",
        "message_deleted",
    ]
    assert events[0]["bot_id"] == events[1]["message"]["bot_id"]


def test_interaction_is_lost_with_its_connection(bare: Probe) -> None:
    with lines(bare.sandbox, 1) as [line], ThreadPoolExecutor() as threads:
        line.next("hello")
        done = threads.submit(bare.dana.slash, "/plain")
        line.next("slash_commands")
        bare.sandbox.cut_sockets()
        done.result()
    bare.dana.sees('/plain failed with the error "dispatch_failed"')


def test_nobody_connected(bare: Probe) -> None:
    bare.dana.slash("/plain")
    bare.dana.sees('/plain failed with the error "dispatch_failed"')
    bare.dana.shortcut("Do it")
    bare.dana.sees("Probe did not respond to “Do it”")
    with pytest.raises(AssertionError, match="no Socket Mode connection"):
        bare.sandbox.wait_for_app(timeout=0.01)


def test_app_reconnects_after_a_refresh_and_after_a_cut(probe: Probe) -> None:
    @probe.app.command("/plain")
    def answered(ack: Any, command: Json) -> None:
        ack(f"Here after {command['text']}")

    probe.sandbox.refresh_sockets()
    probe.sandbox.wait_for_app()
    probe.dana.slash("/plain refresh")
    probe.dana.sees("Here after refresh")
    probe.sandbox.cut_sockets()
    # By itself the client would look after its connection only every ten seconds.
    probe.handlers[0].client.connect_to_new_endpoint(force=True)
    probe.sandbox.wait_for_app()
    probe.dana.slash("/plain cut")
    probe.dana.sees("Here after cut")
    assert probe.broken() == []


def test_ticket_is_good_once_and_the_eleventh_connection_is_sent_away(bare: Probe) -> None:
    token = bare.sandbox.app_token
    client = WebClient(token, base_url=bare.sandbox.api_url)

    def ticket() -> str:
        url: str = client.apps_connections_open(app_token=token)["url"]
        return url

    async def connect() -> list[Json]:
        async with ClientSession() as session:
            urls = [ticket() for _ in range(10)]
            sockets = [await session.ws_connect(url) for url in urls]
            with pytest.raises(WSServerHandshakeError):
                await session.ws_connect(urls[0])
            bare.sandbox.clock.advance(timedelta(minutes=1))
            sockets.append(await session.ws_connect(ticket()))
            return [await socket.receive_json(timeout=SOON) for socket in sockets]

    *hellos, refusal = asyncio.run(connect())
    assert [hello["num_connections"] for hello in hellos] == list(range(1, 11))
    assert refusal["type"] == "disconnect"
    assert refusal["reason"] == "too_many_websockets"
    assert bare.broken() == ["socket.too_many_websockets"]


def test_acks_are_recorded(probe: Probe) -> None:
    @probe.app.command("/plain")
    def answered(ack: Any) -> None:
        ack("Here")

    probe.dana.slash("/plain me")
    [delivery] = probe.sandbox.acks
    assert (delivery.kind, delivery.summary) == ("slash_commands", "/plain me")
    assert delivery.seconds is not None
    assert delivery.response == {"text": "Here"}


def test_late_acks(probe: Probe) -> None:
    """What each person sees when the app does not answer within three seconds."""

    @probe.app.command("/form")
    def opened(ack: Any, client: Any, command: Json) -> None:
        ack()
        view = modal("Contact", text_input("About", "about"))
        client.views_open(trigger_id=command["trigger_id"], view=view)

    with ThreadPoolExecutor() as threads:
        probe.sam.slash("/form")
        probe.sam.sees("Contact")
        form = probe.sam.modal
        assert form is not None
        form.fill("About", "long text")
        blocks = [section("Look"), actions(button("Slow", "slow"))]
        probe.client.chat_postMessage(channel=probe.dana.id, text="Look", blocks=blocks)
        disconnect(probe)
        with lines(probe.sandbox, 1) as [line]:
            line.next("hello")
            ended = [
                threads.submit(probe.dana.slash, "/plain"),
                threads.submit(probe.dana.clicks, "Slow"),
                threads.submit(form.submit),
            ]
            late = [line.next("slash_commands"), line.next("interactive")]
            for waiting in ended:
                waiting.result()
            for envelope in late:
                line.ack(envelope, {"text": "too late"})
    probe.dana.sees('/plain failed with the error "operation_timeout"')
    probe.dana.sees("Probe did not respond to “Slow”")
    probe.dana.sees_not("too late")
    probe.sam.sees("We had some trouble connecting. Try again?")
    assert form.value("About") == "long text"
    assert probe.broken() == ["ack.late"] * 3
