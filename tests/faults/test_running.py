"""`windshield run` sends what is due by itself, and stops well in the middle of it."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from bot.domain.delivery import ScheduleKey
from bot.domain.workspaces.people import Actor
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.screens.team.people import ensure_profiles
from bot.services.delivery.schedules import set_due
from bot.services.team import setup
from slack_sandbox import FaultKind, Person, Sandbox
from storage.database.engine import Database
from storage.team import teams
from storage.workspaces import installs
from tests import forked
from tests.faults.conftest import POST, Office
from tests.faults.probe import KIND
from tests.places import MANIFEST

pytestmark = pytest.mark.slow

PATIENCE = 30


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A pretend Slack on the machine's own clock, which the process reads too."""
    with Sandbox(MANIFEST, now=datetime.now(UTC), ticking=True) as sandbox:
        yield sandbox


@pytest.fixture
def workspace_id(database: Database, slack: Sandbox) -> int:
    """The one that the process finds by asking Slack who it is."""
    return installs.ensure(database, slack.team_id, "Home")


@contextmanager
def running(office: Office, database_url: str, secret_key: str) -> Iterator[None]:
    """The process; ended by SIGTERM, which it must take well."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
        "SLACK_BOT_TOKEN": office.slack.bot_token,
        "SLACK_APP_TOKEN": office.slack.app_token,
        "SLACK_API_URL": office.slack.api_url,
        "DATABASE_URL": database_url,
        "WINDSHIELD_SECRET_KEY": secret_key,
        "TICK_SECONDS": "3600",
    }
    child = forked.command(env, "run")
    try:
        yield
        child.send_signal(signal.SIGTERM)
        assert child.wait(PATIENCE) == 0
        assert "Traceback" not in child.end()
    finally:
        child.kill()
        child.wait()


def have_lists_due(office: Office, number: int) -> None:
    """That many managers with a rep each, whose list of the week is due today, since a moment."""
    now = office.slack.clock.now()
    for n in range(number):
        manager = office.slack.add_person(f"Manager {n}")
        rep = office.slack.add_person(f"Rep {n}")
        ensure_profiles(office.app, office.workspace_id, [manager.id, rep.id])
        actor = Actor(office.workspace_id, manager.id)
        setup.choose_reps(office.database, actor, [rep.id], now)
        setup.change_settings(office.database, actor, {"todo_day": now.weekday()}, now)
        office.managers.append(manager)
    with office.database.writing(office.workspace_id) as tx:
        set_due(tx, KIND, {ScheduleKey(team.id): now for team in teams.all_teams(tx)})


def got(manager: Person) -> int:
    """How many lists the manager has."""
    return sum("week, " in message.text for message in manager.dm)


def test_it_sends_what_is_due_and_hands_back_the_rest_when_told_to_stop(
    office: Office, database_url: str, secret_key: str
) -> None:
    have_lists_due(office, 8)
    office.slack.faults.add(POST, FaultKind.SLOW, times=8, seconds=0.3)
    with running(office, database_url, secret_key):
        office.managers[0].sees("week, ", timeout=PATIENCE)
    states = office.states()
    assert 1 <= states["sent"] < 8
    assert states["sent"] + states["pending"] == 8
    counts = Heartbeat(office.app, all_kinds()).beat(office.slack.clock.now())
    assert counts.sent == states["pending"]
    assert [got(manager) for manager in office.managers] == [1] * 8
    assert office.calls("conversations.history") == 0
