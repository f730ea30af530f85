"""A sandbox with a small real Bolt app connected to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from slack_sandbox import Person, Sandbox

MANIFEST = Path(__file__).parent / "manifest.yml"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class Probe:
    """The app under the sandbox's rules: a real App, and whom it serves."""

    sandbox: Sandbox
    app: App
    client: WebClient
    dana: Person
    sam: Person
    handlers: list[SocketModeHandler] = field(default_factory=list)

    def connect(self) -> SocketModeHandler:
        """One more Socket Mode connection."""
        web_client = WebClient(self.sandbox.app_token, base_url=self.sandbox.api_url)
        handler = SocketModeHandler(self.app, self.sandbox.app_token, web_client=web_client)
        self.handlers.append(handler)
        handler.connect()  # type: ignore[no-untyped-call]
        self.sandbox.wait_for_app()
        return handler

    def broken(self) -> list[str]:
        """The names of the rules that the app broke so far."""
        return [violation.rule for violation in self.sandbox.violations]


def new_app(sandbox: Sandbox) -> App:
    return App(
        # Else it reads the source of every module on the stack to find one.
        name="probe",
        client=WebClient(sandbox.bot_token, base_url=sandbox.api_url),
        signing_secret=sandbox.signing_secret,
    )


def disconnect(probe: Probe) -> None:
    """Close all connections. The client's own close waits seconds for a read that nothing ends, so
    the line is cut first and its queue is given something to wake up for. What reads may just have
    begun, and then take back that it is to end: it is told until it does."""
    for handler in probe.handlers:
        handler.client.auto_reconnect_enabled = False
    probe.sandbox.cut_sockets()
    for handler in probe.handlers:
        client, reader = handler.client, handler.client.current_session_runner
        reader.event.set()
        client.disconnect()
        while reader.is_alive():
            client.current_session_state.terminated = True
            reader.thread.join(0.05)
        handler.client.closed = True
        handler.client.enqueue_message("")
        handler.close()  # type: ignore[no-untyped-call]
    probe.handlers.clear()


@contextmanager
def running(manifest: Path = MANIFEST) -> Iterator[Probe]:
    with Sandbox(manifest, NOW) as sandbox:
        dana = sandbox.add_person("Dana Moss", tz="Europe/Berlin")
        sam = sandbox.add_person("Sam Stone", tz="America/New_York", email="sam@example.com")
        app = new_app(sandbox)
        probe = Probe(sandbox, app, app.client, dana, sam)
        yield probe
        disconnect(probe)


@pytest.fixture
def unconnected() -> Iterator[Probe]:
    """The app without any connection: for the Web API alone, or for HTTP."""
    with running() as probe:
        yield probe


@pytest.fixture
def probe() -> Iterator[Probe]:
    """The app, connected by Socket Mode."""
    with running() as probe:
        probe.connect()
        yield probe
