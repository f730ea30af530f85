"""A command answered while ten years of sixty reps are exported, against the same when nothing
is."""

import time
from datetime import timedelta
from tempfile import TemporaryDirectory

from bot.domain.binder.export import ExportRequest
from bot.domain.binder.exporting import ExportState
from bot.domain.workspaces.people import Actor, Profile
from bot.services.binder import exporting
from bot.services.delivery import queue
from bot.services.team import people, setup
from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.migrations import migrate
from storage.workspaces import installs
from tests.bench.clicks import CLICKS, clicks, ninety_ninth, uncollected
from tests.bench.company import DUE
from tests.bench.processes import environment, running
from tests.bench.table import Row
from tests.places import MANIFEST
from tests.services.history import seed

REPS = 60
WEEKS = 520
FEWEST = 30
PATIENCE = 60.0
FILLING = 600.0
QUIET_FOR = 5.0
"""Seconds: some heartbeats, and the first look at what is done once a day."""


def row() -> Row:
    """One process that answers, with that of the export beside it, on SQLite; the sandbox and
    whoever clicks in this one."""
    now = DUE - timedelta(hours=1)
    with TemporaryDirectory() as folder, Sandbox(MANIFEST, now=now, ticking=True) as slack:
        dana, sam = slack.add_person("Dana Moss"), slack.add_person("Sam Stone")
        kim = slack.add_person("Kim Ito")
        url = f"sqlite:///{folder}/windshield.db"
        database = Database(url)
        migrate(database)
        workspace = installs.ensure(database, slack.team_id, "Bench")
        seed(database, workspace, kim.id, reps=REPS, weeks=WEEKS, patience=FILLING)
        known = [Profile(dana.id, dana.name, "UTC"), Profile(sam.id, sam.name, "UTC")]
        people.save(database, workspace, known, now)
        setup.choose_reps(database, Actor(workspace, dana.id), [sam.id], now)
        env = environment(slack, url) | {"TICK_SECONDS": "1"}
        child = ["-m", "tests.bench.clicks_child", now.isoformat()]
        with running(child, env), uncollected():
            slack.wait_for_app(60)
            _wait_until_idle(database, workspace, slack)
            clicks(dana, 50)
            idle = clicks(dana, CLICKS)
            actor = Actor(workspace, kim.id)
            asked = exporting.ask(database, actor, ExportRequest(), "bench", slack.clock.now())
            begun = time.monotonic()
            while _state(database, workspace, asked.id) is ExportState.WAITING:
                assert time.monotonic() - begun < PATIENCE, "the export does not begin"
                time.sleep(0.02)
            meanwhile: list[float] = []
            while len(meanwhile) < CLICKS and _state(database, workspace, asked.id).is_open:
                meanwhile += clicks(dana, 5)
            while _state(database, workspace, asked.id).is_open:
                assert time.monotonic() - begun < FILLING, "the export does not end"
                time.sleep(0.1)
            state = _state(database, workspace, asked.id)
        database.close()
    assert state is ExportState.DONE, state
    assert len(meanwhile) >= FEWEST, f"{len(meanwhile)} clicks: the export was over too soon"
    quiet, busy = ninety_ninth(idle), ninety_ninth(meanwhile)
    return Row(
        f"a click beside an export, {REPS} reps: 99th",
        f"{busy * 1000:.0f} ms against {quiet * 1000:.0f} ms",
        f"{busy / quiet:.2f} ×",
        "≤ 1.5 ×",
    )


def _wait_until_idle(database: Database, workspace: int, slack: Sandbox) -> None:
    """Ten years that nobody lived with the bot leave much to be done at first: what is measured
    begins once nothing has been due for a while."""
    begun = since = time.monotonic()
    while time.monotonic() - since < QUIET_FOR:
        assert time.monotonic() - begun < FILLING, "there is always something due"
        now = slack.clock.now()
        if queue.waiting(database, [workspace], now).busy(now):
            since = time.monotonic()
        time.sleep(0.1)


def _state(database: Database, workspace: int, export_id: int) -> ExportState:
    (export,) = exporting.get_many(database, workspace, [export_id]).values()
    return export.state
