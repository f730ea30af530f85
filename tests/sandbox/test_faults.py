"""The sandbox's misbehaviour, as the app and the person meet it."""

import http.client
import queue
import time
import urllib.error
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import FaultKind
from tests.sandbox.conftest import Probe

METHOD = "chat.postMessage"
DROPPED = (urllib.error.URLError, http.client.HTTPException, ConnectionError)


@pytest.fixture
def careless(unconnected: Probe) -> WebClient:
    """A client that does not repeat a call by itself."""
    sandbox = unconnected.sandbox
    return WebClient(sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[])


def test_rate_limited(unconnected: Probe, careless: WebClient) -> None:
    sandbox, dana = unconnected.sandbox, unconnected.dana
    sandbox.faults.add(METHOD, FaultKind.RATE_LIMITED, retry_after=7)
    with pytest.raises(SlackApiError) as raised:
        careless.chat_postMessage(channel=dana.id, text="Hello")
    assert raised.value.response.headers["Retry-After"] == "7"
    sandbox.clock.advance(timedelta(seconds=6))
    with pytest.raises(SlackApiError):
        careless.chat_postMessage(channel=dana.id, text="Hello")
    assert unconnected.broken() == ["rate.not_honoured"]
    sandbox.clock.advance(timedelta(seconds=1))
    careless.chat_postMessage(channel=dana.id, text="Hello")
    assert len(dana.dm) == 1


def test_server_error_twice(unconnected: Probe, careless: WebClient) -> None:
    unconnected.sandbox.faults.add(METHOD, FaultKind.SERVER_ERROR, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as raised:
            careless.chat_postMessage(channel=unconnected.dana.id, text="Hello")
        assert raised.value.response.status_code == 500
    assert unconnected.dana.dm == []
    careless.chat_postMessage(channel=unconnected.dana.id, text="Hello")


def test_slow(unconnected: Probe, careless: WebClient) -> None:
    unconnected.sandbox.faults.add(METHOD, FaultKind.SLOW, seconds=0.2)
    started = time.monotonic()
    careless.chat_postMessage(channel=unconnected.dana.id, text="Hello")
    assert time.monotonic() - started >= 0.2


def test_cut_before(unconnected: Probe, careless: WebClient) -> None:
    unconnected.sandbox.faults.add(METHOD, FaultKind.CUT_BEFORE)
    with pytest.raises(DROPPED):
        careless.chat_postMessage(channel=unconnected.dana.id, text="Hello")
    assert unconnected.dana.dm == []
    assert unconnected.sandbox.calls[-1].error == "cut_before"


def test_cut_after(unconnected: Probe, careless: WebClient) -> None:
    unconnected.sandbox.faults.add(METHOD, FaultKind.CUT_AFTER)
    with pytest.raises(DROPPED):
        careless.chat_postMessage(channel=unconnected.dana.id, text="Hello")
    assert len(unconnected.dana.dm) == 1


def test_sdk_posts_again_after_a_lost_answer(unconnected: Probe) -> None:
    unconnected.sandbox.faults.add(METHOD, FaultKind.CUT_AFTER)
    unconnected.client.chat_postMessage(channel=unconnected.dana.id, text="Hello")
    assert len(unconnected.dana.dm) == 2


@pytest.mark.parametrize(
    ("kind", "status", "arrives"),
    [
        (FaultKind.RATE_LIMITED, 429, False),
        (FaultKind.SERVER_ERROR, 500, False),
        (FaultKind.SLOW, 200, True),
        (FaultKind.CUT_BEFORE, None, False),
        (FaultKind.CUT_AFTER, None, True),
    ],
)
def test_response_url(probe: Probe, kind: FaultKind, status: int | None, arrives: bool) -> None:
    answers: list[int | None] = []

    @probe.app.command("/probe")
    def answered(ack: Any, respond: Any) -> None:
        ack("Got it")
        try:
            answers.append(respond(text="Hello").status_code)
        except DROPPED:
            answers.append(None)
        respond(text="Goodbye")

    probe.sandbox.faults.add("response_url", kind, times=1)
    if status is None:
        probe.sandbox.faults.add("response_url", kind, times=1)
    probe.dana.slash("/probe")
    probe.dana.sees("Goodbye")
    assert answers == [status]
    assert ("Hello" in [message.text for message in probe.dana.ephemerals]) == arrives


def test_event_delivered_twice(probe: Probe) -> None:
    seen: queue.Queue[tuple[str, str]] = queue.Queue()

    @probe.app.event("message")
    def said(body: dict[str, Any], request: Any) -> None:
        seen.put((request.headers["x-slack-retry-num"][0], body["event_id"]))

    probe.sandbox.faults.deliver_twice()
    probe.dana.says("once")
    first, second = sorted(seen.get(timeout=5) for _ in range(2))
    probe.dana.says("again", event_id="Ev7")
    assert (first[0], second[0]) == ("0", "1")
    assert first[1] == second[1]
    assert seen.get(timeout=5) == ("0", "Ev7")
    assert probe.broken() == []
