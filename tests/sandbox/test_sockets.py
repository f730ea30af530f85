"""Socket Mode: one envelope to one connection, lost and refreshed connections, redelivery."""

import asyncio
import queue
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse

from slack_sandbox import Sandbox
from tests.sandbox.blocks import Json, actions, button, modal, section, text_input
from tests.sandbox.conftest import Probe, disconnect, running

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

    def _receive(self, client: Any, message: Json, raw: str | None) -> None:
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
