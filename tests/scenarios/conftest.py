"""The product as people meet it: the real app, the real SDK, real sockets, a pretend Slack."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import Windshield, assemble
from bot.config import Settings
from bot.domain.workspaces.people import Actor
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.screens.team.people import ensure_profiles
from bot.services.team import introductions, setup
from bot.serving.sockets import SocketMode
from slack_sandbox import Person, Sandbox
from storage.database.engine import Database
from tests.services.memberships import say_fine
from tests.storage.derived import check_sharing, check_standing

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """A workspace with Windshield installed.

    `forgiven` are rules of Slack that a story breaks on purpose. `expired`: what stands has
    outlived what it came from.
    """

    slack: Sandbox
    product: Windshield
    database: Database
    workspace_id: int
    heart: Heartbeat
    forgiven: set[str] = field(default_factory=set)
    expired: bool = False

    def person(self, name: str, tz: str | None = "Europe/Berlin", **more: Any) -> Person:
        """Someone in Slack whom Windshield has not met."""
        return self.slack.add_person(name, tz=tz, **more)

    def team(self, manager: Person, *reps: Person, introduced: bool = True) -> None:
        """Let `reps` be the manager's team, set up before the story begins, and told of Windshield
        where they are `introduced`."""
        everyone = [person.id for person in (manager, *reps)]
        ensure_profiles(self.product.app, self.workspace_id, everyone)
        now = self.slack.clock.now()
        setup.choose_reps(self.database, self.actor(manager), [rep.id for rep in reps], now)
        say_fine(self.database, self.workspace_id, manager.id, now)
        facts = setup.facts(self.database, self.actor(manager), now)
        assert facts is not None
        for member in facts.to_introduce if introduced else ():
            introductions.claim(self.database, self.actor(manager), member.id, now)

    def actor(self, person: Person) -> Actor:
        return Actor(self.workspace_id, person.id)


def settled(product: Windshield) -> None:
    """Wait until the product does nothing any more."""
    assert product.listeners.wait_until_idle(timeout=15)
    # What was typed is saved beside the request that brought it, unless the database is held.
    product.app.autosave.wait_until_idle(timeout=1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first story of a room is lived on PostgreSQL too, the others there are left to
    `make sweep`. What differs between the databases, statements and transactions, tests/storage and
    tests/services try on both. In the one minute of `make quick` the first of each file is lived of
    those that are not slow."""
    here = str(Path(__file__).parent)
    met: set[tuple[str, Path]] = set()
    for item in items:
        if not str(item.path).startswith(here) or item.get_closest_marker("sweep"):
            continue
        on_server = item.get_closest_marker("postgresql") is not None
        left_out = "sweep" if on_server else "slow"
        if item.get_closest_marker(left_out) or (on_server and item.get_closest_marker("both")):
            continue
        among = left_out, item.path.parent if on_server else item.path
        if among in met:
            item.add_marker(left_out)
        met.add(among)


@pytest.fixture
def dana(world: World, request: pytest.FixtureRequest) -> Person:
    """A manager who has not set anything up; under the marker `reps` one whose team those are, by
    the names of their fixtures."""
    named = request.node.get_closest_marker("reps")
    reps = [request.getfixturevalue(name) for name in named.args] if named else []
    manager = world.person("Dana Moss")
    if reps:
        world.team(manager, *reps)
    return manager


@pytest.fixture
def sam(world: World) -> Person:
    return world.person("Sam Stone")


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Fox")


@pytest.fixture
def raj(world: World) -> Person:
    return world.person("Raj Rao")


PUBLIC_URL = "https://windshield.example"


@pytest.fixture
def world(slack: Sandbox, database: Database) -> Iterator[World]:
    """Windshield in Socket Mode. Whoever breaks one of Slack's rules fails the test."""
    settings = Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        slack_api_url=slack.api_url,
        public_url=PUBLIC_URL,
    )
    product = assemble(settings, database, clock=slack.clock)
    socket = SocketMode(product, slack.app_token, slack.api_url)
    slack.settle = lambda: settled(product)
    socket.start()
    slack.wait_for_app()
    workspace_id = next(iter(product.app.workspaces.values()))
    heart = Heartbeat(product.app, all_kinds())
    made = World(slack, product, database, workspace_id, heart)
    yield made
    socket.stop()
    assert [broken for broken in slack.violations if broken.rule not in made.forgiven] == []
    if not made.expired:
        check_standing(database, workspace_id)
    check_sharing(database, workspace_id)
