"""Delivery by signed HTTP requests, to a real Bolt app that checks the signature."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest

from slack_sandbox.http_events import signature
from tests.sandbox.blocks import Json, home, modal, section, text_input
from tests.sandbox.conftest import MANIFEST, Probe, running


@contextmanager
def served(app: App, *, refusing: int = 0, no_retry: bool = False) -> Iterator[str]:
    """The app's address; it answers the first `refusing` requests that carry events with 500."""
    left = [refusing]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if left[0] and '"event_callback"' in body:
                left[0] -= 1
                self.send_response(500)
                if no_retry:
                    self.send_header("x-slack-no-retry", "1")
                self.end_headers()
                return
            request = BoltRequest(body=body, headers=dict(self.headers.items()))
            answer = app.dispatch(request)
            self.send_response(answer.status)
            for name, value in answer.first_headers().items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write((answer.body or "").encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/slack/events"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_signature_is_that_of_slacks_own_example() -> None:
    """https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    secret = "8f742231b10e8888abcd99yyyzzz85a5"
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        b"&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
        b"%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature(secret, "1531420618", body) == expected


def test_everything_by_http(unconnected: Probe) -> None:
    app, dana = unconnected.app, unconnected.dana

    @app.command("/form")
    def opened(ack: Any, client: Any, command: Json) -> None:
        ack(f"You typed {command['text']}")
        view = modal("Contact", text_input("About", "about"))
        client.views_open(trigger_id=command["trigger_id"], view=view)

    @app.view("form")
    def submitted(ack: Any) -> None:
        ack(response_action="errors", errors={"about": "Not that"})

    @app.event("app_home_opened")
    def at_home(event: Json, client: Any) -> None:
        client.views_publish(user_id=event["user"], view=home(section("Your week")))

    with served(app) as url:
        unconnected.sandbox.deliver_by_http(url)
        dana.slash("/form a & b")
        dana.sees("You typed a & b")
        dana.sees("Contact")
        form = dana.modal
        assert form is not None
        form.fill("About", "Acme")
        form.submit()
        assert form.errors == {"About": "Not that"}
        dana.opens_home()
        dana.sees("Your week")
    assert unconnected.broken() == []


def test_event_is_repeated_after_an_error(unconnected: Probe) -> None:
    came: list[tuple[str, str]] = []
    arrived = threading.Event()

    @unconnected.app.event("message")
    def said(request: BoltRequest) -> None:
        number = request.headers["x-slack-retry-num"][0]
        came.append((number, request.headers["x-slack-retry-reason"][0]))
        arrived.set()

    with served(unconnected.app, refusing=1) as url:
        unconnected.sandbox.deliver_by_http(url)
        unconnected.dana.says("hello")
        assert arrived.wait(5)
    assert came == [("1", "http_error")]
    assert unconnected.broken() == ["ack.refused"]


def test_app_may_ask_for_no_repetition(unconnected: Probe) -> None:
    with served(unconnected.app, refusing=1, no_retry=True) as url:
        unconnected.sandbox.deliver_by_http(url)
        unconnected.dana.says("hello")
    assert [delivery.kind for delivery in unconnected.sandbox.acks] == ["events_api"]


def test_unhandled_and_unreachable(unconnected: Probe) -> None:
    with served(unconnected.app) as url:
        unconnected.sandbox.deliver_by_http(url)
        unconnected.dana.slash("/plain")
        unconnected.dana.sees('/plain failed with the error "http_service_error"')
    unconnected.dana.slash("/plain")
    unconnected.dana.sees('/plain failed with the error "dispatch_failed"')


def test_address_that_does_not_answer_the_challenge(unconnected: Probe) -> None:
    with pytest.raises(ValueError, match="did not answer Slack's challenge"):
        unconnected.sandbox.deliver_by_http("http://127.0.0.1:9/slack/events")


def test_manifest_that_names_another_address(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    elsewhere = "is_enabled: true, request_url: https://example.com/slack/events"
    manifest.write_text(MANIFEST.read_text().replace("is_enabled: true", elsewhere))
    with running(manifest) as probe, pytest.raises(ValueError, match="elsewhere"):
        probe.sandbox.deliver_by_http("http://127.0.0.1:9/slack/events")
