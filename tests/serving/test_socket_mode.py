"""Socket Mode within the process: what is acknowledged, on which connection, and what is refused
at the start."""

import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.app import Windshield
from bot.config import SettingsError
from bot.listeners import ListenerPool
from bot.serving import sockets
from bot.serving.sockets import SocketMode
from slack_sandbox import Cut, FaultKind, Person, Sandbox
from tests.sandbox.blocks import Json, modal, section, text_input
from tests.sandbox.conftest import MANIFEST, NOW

pytestmark = pytest.mark.slow

OPEN = "apps.connections.open"


class Bare(Windshield):
    """A Bolt app with listeners of the test's own, and no database."""

    def __init__(self, slack: Sandbox) -> None:
        listeners = ListenerPool()
        client = WebClient(slack.bot_token, base_url=slack.api_url)
        bolt = App(client=client, signing_secret="none", listener_executor=listeners)
        nothing: Any = None
        super().__init__(bolt, nothing, listeners)

    def close(self) -> None:
        self.listeners.shutdown()


@dataclass
class World:
    slack: Sandbox
    dana: Person
    app: App
    socket: SocketMode

    def rules_broken(self) -> list[str]:
        return [violation.rule for violation in self.slack.violations]


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(MANIFEST, NOW) as sandbox:
        yield sandbox


@pytest.fixture
def world(slack: Sandbox) -> Iterator[World]:
    """Not connected yet."""
    windshield = Bare(slack)
    socket = SocketMode(windshield, slack.app_token, slack.api_url)
    yield World(slack, slack.add_person("Dana Moss"), windshield.bolt, socket)
    socket.stop()


def test_acknowledgement_of_70_kilobytes(world: World) -> None:
    """A view that comes back with the acknowledgement may be larger than a frame's short form."""
    large = modal("Large", *[section("x" * 2900) for _ in range(25)])

    @world.app.command("/form")
    def opened(ack: Any, client: Any, command: Json) -> None:
        ack()
        view = modal("Contact", text_input("About", "about"))
        client.views_open(trigger_id=command["trigger_id"], view=view)

    @world.app.view("form")
    def submitted(ack: Any) -> None:
        ack(response_action="update", view=large)

    world.socket.start()
    world.dana.slash("/form")
    world.dana.sees("Contact")
    assert world.dana.modal is not None
    world.dana.modal.fill("About", "Acme")
    world.dana.modal.submit()
    shown = world.dana.sees("x" * 2900)
    assert shown.text.count("x" * 2900) == 25
    assert len(json.dumps(world.slack.acks[-1].response)) > 70_000
    assert world.rules_broken() == []


def test_press_is_acknowledged_where_it_came_from(world: World) -> None:
    """Slack announces the end of a connection while a press that came by it is at work: the answer
    goes back on it, though the next one is there already."""
    came, go = threading.Event(), threading.Event()

    @world.app.command("/plain")
    def slow(ack: Any) -> None:
        came.set()
        assert go.wait(10)
        ack("Here")

    world.socket.start()
    with ThreadPoolExecutor() as threads:
        typed = threads.submit(world.dana.slash, "/plain")
        assert came.wait(5)
        world.slack.warn_sockets()
        world.slack.wait_for_app(sockets=2)
        go.set()
        typed.result()
    world.dana.sees("Here")
    assert world.rules_broken() == []


def test_stopping_answers_what_came(world: World) -> None:
    came, go = threading.Event(), threading.Event()

    @world.app.command("/plain")
    def slow(ack: Any) -> None:
        came.set()
        assert go.wait(10)
        ack("Here")

    world.socket.start()
    with ThreadPoolExecutor() as threads:
        typed = threads.submit(world.dana.slash, "/plain")
        assert came.wait(5)
        stopped = threads.submit(world.socket.stop)
        go.set()
        typed.result()
        stopped.result(10)
    world.dana.sees("Here")
    assert world.slack.sockets == 0


def test_stopping_is_quick_with_a_socket_that_is_dead(world: World) -> None:
    world.socket.start()
    world.slack.cut_sockets(Cut.SILENCE)
    with ThreadPoolExecutor() as threads:
        threads.submit(world.socket.stop).result(4)


def test_token_that_slack_refuses_is_said_at_once(world: World) -> None:
    world.slack.faults.refuse(OPEN, "invalid_auth")
    with pytest.raises(SettingsError, match=r"SLACK_APP_TOKEN \(invalid_auth\)"):
        world.socket.start()


def test_slack_that_is_away_at_the_start_is_awaited(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "FIRST_SECONDS", 0.2)
    world.slack.faults.add(OPEN, FaultKind.SERVER_ERROR, times=2)
    world.socket.start()
    assert "trying again" in world.socket.greeting
    world.slack.wait_for_app()


def test_more_connections_than_slack_allows(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Ghosts of connections are seen in what Slack says of their number, before it refuses."""
    monkeypatch.setattr(sockets, "LONGEST_PAUSE", 0.1)
    caplog.set_level(logging.WARNING, "windshield")
    others = [
        SocketMode(Bare(world.slack), world.slack.app_token, world.slack.api_url) for _ in range(10)
    ]
    try:
        for other in others:
            other.start()
        assert "of the ten that Slack allows" in caplog.text
        world.slack.clock.advance(timedelta(minutes=1))
        with ThreadPoolExecutor() as threads:
            starting = threads.submit(world.socket.start)
            wait_for_rule(world, "socket.too_many_websockets")
            others.pop().stop()
            starting.result(10)
        assert world.slack.sockets == 10
    finally:
        for other in others:
            other.stop()


def wait_for_rule(world: World, rule: str) -> None:
    broken = threading.Event()

    def look() -> None:
        if rule in world.rules_broken():
            broken.set()

    world.slack._journal.watchers.append(look)
    look()
    assert broken.wait(5)
