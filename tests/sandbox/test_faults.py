"""The sandbox's misbehaviour, as the app and the person meet it."""

import http.client
import json
import queue
import time
import urllib.error
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from slack_sandbox import Answer, FaultKind
from tests.sandbox.conftest import Probe

pytestmark = pytest.mark.slow

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


@pytest.mark.parametrize("after", [False, True])
def test_refused_with_any_word(unconnected: Probe, careless: WebClient, after: bool) -> None:
    unconnected.sandbox.faults.refuse(METHOD, "accesslimited", times=2, after=after)
    for _ in range(2):
        with pytest.raises(SlackApiError) as raised:
            careless.chat_postMessage(channel=unconnected.dana.id, text="Hello")
        assert raised.value.response.data == {"ok": False, "error": "accesslimited"}
    assert len(unconnected.dana.dm) == (2 if after else 0)
    assert unconnected.sandbox.calls[-1].error == (None if after else "accesslimited")
    careless.chat_postMessage(channel=unconnected.dana.id, text="Hello")


@pytest.mark.parametrize("after", [False, True])
def test_answered_to_the_byte(unconnected: Probe, careless: WebClient, after: bool) -> None:
    page = Answer(418, {"Content-Type": "text/html", "Retry-After": "soon"}, b"<p>Hello</p>")
    unconnected.sandbox.faults.answer(METHOD, page, after=after)
    with pytest.raises(SlackApiError) as raised:
        careless.chat_postMessage(channel=unconnected.dana.id, text="Hello")
    assert raised.value.response.status_code == 418
    assert raised.value.response.headers["Retry-After"] == "soon"
    assert "<p>Hello</p>" in raised.value.response["error"]
    assert len(unconnected.dana.dm) == after
    assert unconnected.sandbox.calls[-1].error == (None if after else "answer")
    careless.chat_postMessage(channel=unconnected.dana.id, text="Hello")


def test_answered_with_less_than_was_promised(unconnected: Probe, careless: WebClient) -> None:
    cut_off = Answer(headers={"Content-Length": "99"}, body=b'{"ok": true')
    unconnected.sandbox.faults.answer("auth.test", cut_off)
    with pytest.raises(http.client.IncompleteRead):
        careless.auth_test()


def test_answered_in_json(unconnected: Probe, careless: WebClient) -> None:
    unconnected.sandbox.faults.answer("auth.test", Answer.of({"ok": True, "user": "wren"}))
    assert careless.auth_test().data == {"ok": True, "user": "wren"}


@pytest.mark.parametrize("after", [False, True])
def test_response_url_answered_to_the_byte(probe: Probe, after: bool) -> None:
    answers: list[str] = []

    @probe.app.command("/probe")
    def answered(ack: Any, respond: Any) -> None:
        ack("Got it")
        answers.append(respond(text="Hello").body)
        answers.append(respond(text="Again").body)
        respond(text="Goodbye")

    probe.sandbox.faults.answer("response_url", Answer(200, {}, b"<html>"), after=after)
    probe.sandbox.faults.refuse("response_url", "Expired url", status=404, after=after)
    probe.dana.slash("/probe")
    probe.dana.sees("Goodbye")
    assert answers[0] == "<html>"
    assert json.loads(answers[1]) == {"ok": False, "error": "Expired url"}
    said = [message.text for message in probe.dana.ephemerals]
    assert [text for text in said if text in ("Hello", "Again")] == ["Hello", "Again"] * after


def test_history_a_little_at_a_time(unconnected: Probe, careless: WebClient) -> None:
    sandbox, dana = unconnected.sandbox, unconnected.dana
    for number in range(16):
        dana.says(str(number))
    (channel,) = {message.post.channel for message in dana.dm}
    sandbox.restrict_history()
    page = careless.conversations_history(channel=channel, limit=200)
    assert [message["text"] for message in page["messages"]] == [str(n) for n in range(15, 0, -1)]
    cursor = page["response_metadata"]["next_cursor"]
    with pytest.raises(SlackApiError) as raised:
        careless.conversations_history(channel=channel, cursor=cursor)
    sandbox.clock.advance(timedelta(seconds=int(raised.value.response.headers["Retry-After"])))
    rest = careless.conversations_history(channel=channel, cursor=cursor)
    assert [message["text"] for message in rest["messages"]] == ["0"]


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
