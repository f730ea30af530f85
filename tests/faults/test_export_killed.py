"""A real `windshield run` is killed in an upload, and another is started: one file comes."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import text

from bot.domain.binder.export import ExportRequest, Format
from bot.domain.binder.exporting import Export, ExportState
from bot.domain.workspaces.people import Actor, Profile
from bot.services.binder import exporting
from bot.services.team import people, setup
from slack_sandbox import FaultKind, Sandbox
from storage.database.engine import Database
from storage.workspaces import installs
from tests.places import MANIFEST
from tests.serving.process import by_socket, running

# In short, without processes: test_whenever_the_process_ends_the_file_comes_once.
pytestmark = [pytest.mark.slow, pytest.mark.sweep]

PATIENCE = 30.0
HELD = 4.0
"""Seconds for which Slack holds a call, which it then carries out, whoever still waits for it."""

STEPS = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")


@pytest.mark.parametrize("step", STEPS)
def test_a_process_killed_in_an_upload_leaves_one_file_to_come(
    migrated_file: Path, tmp_path: Path, step: str
) -> None:
    path = tmp_path / "windshield.db"
    path.write_bytes(migrated_file.read_bytes())
    url = f"sqlite:///{path}"
    with Sandbox(MANIFEST, now=datetime.now(UTC), ticking=True) as slack:
        dana, sam = slack.add_person("Dana Moss"), slack.add_person("Sam Stone")
        database, now = Database(url), datetime.now(UTC)
        workspace = installs.ensure(database, slack.team_id, "Home")
        people.save(database, workspace, [Profile(p.id, p.name, "UTC") for p in (dana, sam)], now)
        actor = Actor(workspace, dana.id)
        setup.choose_reps(database, actor, [sam.id], now)
        wanted = replace(ExportRequest(), format=Format.JSON)
        asked = exporting.ask(database, actor, wanted, "a form", now)

        def state() -> Export:
            return exporting.get_many(database, workspace, [asked.id])[asked.id]

        def until(come: Callable[[Export], bool]) -> None:
            since = time.monotonic()
            while not come(state()):
                assert time.monotonic() - since < PATIENCE, state()
                time.sleep(0.01)

        def files() -> list[str]:
            return [name for message in dana.dm for name in message.files]

        settings = by_socket(slack) | {"TICK_SECONDS": "1"}
        slack.faults.add(step, FaultKind.SLOW, seconds=HELD)
        with running(slack, url, **settings) as bot:
            until(lambda _: slack.faults.left(step) == 0)
            children = psutil.Process(bot.child.pid).children(recursive=True)
            bot.child.kill()
            bot.child.wait()
        psutil.wait_procs(children, timeout=5)
        assert not [one for one in children if one.is_running()]
        time.sleep(HELD)
        with database.writing(workspace) as tx:
            # A minute passes, for which it was the first one's.
            earlier = datetime.now(UTC) - timedelta(minutes=2)
            gone = "UPDATE export SET leased_until = 1, try_at = :at"
            tx.connection.execute(text(gone), {"at": earlier.replace(tzinfo=None).isoformat(" ")})
            handed = "UPDATE export SET handed_at = :at WHERE handed_at IS NOT NULL"
            tx.connection.execute(text(handed), {"at": earlier.replace(tzinfo=None).isoformat(" ")})
        with running(slack, url, **settings):
            until(lambda one: not one.state.is_open)
            assert state().state is ExportState.DONE
        assert len(files()) == 1
        database.close()
