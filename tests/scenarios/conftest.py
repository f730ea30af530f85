"""The product as people meet it: the real app, the real SDK, real sockets, a pretend Slack."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.app import Windshield, assemble
from bot.config import Settings
from bot.domain.people import Actor
from bot.sandbox import Person, Sandbox
from bot.screens.people import get_to_know
from bot.services import setup
from storage.engine import Database

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class WatchedExecutor(ThreadPoolExecutor):
    """Bolt's listener pool, which tells when nothing is running any more."""

    def __init__(self) -> None:
        super().__init__(max_workers=8)
        self._changed = threading.Condition()
        self._running = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        with self._changed:
            self._running += 1
        future: Future[Any] = super().submit(*args, **kwargs)
        future.add_done_callback(self._done)
        return future

    def _done(self, _: Future[Any]) -> None:
        with self._changed:
            self._running -= 1
            self._changed.notify_all()

    def wait_until_idle(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self._running == 0, timeout=15)


def hang_up(handler: SocketModeHandler, slack: Sandbox) -> None:
    """Close the connection at once: the client's own close waits for a read that nothing ends."""
    handler.client.auto_reconnect_enabled = False
    slack.cut_sockets()
    handler.client.closed = True
    handler.client.enqueue_message("")


@dataclass
class World:
    """A workspace with Windshield installed."""

    slack: Sandbox
    product: Windshield
    database: Database
    workspace_id: int

    def person(self, name: str, tz: str | None = "Europe/Berlin", **more: Any) -> Person:
        """Someone in Slack whom Windshield has not met."""
        return self.slack.add_person(name, tz=tz, **more)

    def team(self, manager: Person, *reps: Person) -> None:
        """Let `reps` be the manager's team, set up before the story begins."""
        everyone = [person.id for person in (manager, *reps)]
        get_to_know(self.product.parts, self.workspace_id, everyone)
        setup.choose_reps(
            self.database, self.actor(manager), [rep.id for rep in reps], self.slack.clock.now()
        )

    def actor(self, person: Person) -> Actor:
        return Actor(self.workspace_id, person.id)


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(manifest=MANIFEST, now=MONDAY) as sandbox:
        yield sandbox


@pytest.fixture
def world(slack: Sandbox, database: Database) -> Iterator[World]:
    """Windshield in Socket Mode. Whoever breaks one of Slack's rules fails the test."""
    settings = Settings(
        bot_token=slack.bot_token, app_token=slack.app_token, slack_api_url=slack.api_url
    )
    pool = WatchedExecutor()
    product = assemble(settings, database, clock=slack.clock, listener_executor=pool)
    handler = SocketModeHandler(
        product.bolt,
        slack.app_token,
        web_client=WebClient(token=slack.app_token, base_url=slack.api_url),
    )
    slack.settle = pool.wait_until_idle
    handler.connect()
    slack.wait_for_app()
    workspace_id = next(iter(product.parts.workspaces.values()))
    yield World(slack, product, database, workspace_id)
    hang_up(handler, slack)
    pool.shutdown()
    assert slack.violations == []
