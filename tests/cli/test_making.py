"""The process that writes a binder into a file for Slack."""

import os
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.cli.making import make
from bot.domain.binder.export import ExportRequest, Format
from bot.domain.binder.exporting import ExportFault
from bot.domain.binder.order import FOLDER, Order
from bot.domain.workspaces.people import Actor
from bot.jobs.child import COMMAND
from storage.database.engine import Database
from tests.storage.world import MANAGER, NOW, REP, fill

ASKED = ExportRequest(Format.JSON, frozenset({REP}), date(2025, 1, 1), date(2026, 12, 31), True)

WAITS = "from bot.cli.making import end_with_the_bot; end_with_the_bot()"


def order_of(database: Database, who: str, request: ExportRequest = ASKED) -> Order:
    world = fill(database, "T0HOME")
    actor = Actor(world.workspace_id, who)
    return Order(database.url, database.secret_keys, actor, world.team_id, request, NOW)


def test_an_order_is_the_same_on_the_other_side(database: Database) -> None:
    order = order_of(database, MANAGER)
    assert Order.unpack(order.pack()) == order


def test_a_full_disk_is_told_from_what_is_nobodys(database: Database) -> None:
    order = order_of(database, MANAGER)
    with open("/dev/full", "wb", buffering=0) as full:
        assert make(order, full) is ExportFault.NO_ROOM
        rep = replace(order, actor=Actor(order.actor.workspace_id, REP))
        assert make(rep, full) is ExportFault.NOT_YOURS
        other = replace(order, team_id=order.team_id + 1)
        assert make(other, full) is ExportFault.NOT_YOURS
        gone = replace(order, request=ExportRequest(reps=frozenset({"U0NOBODY"})))
        assert make(gone, full) is ExportFault.NOBODY


def test_it_ends_with_the_bot_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "windshield-export"
    folder.mkdir()
    (folder / "half.pdf").touch()
    env = {**os.environ, FOLDER: str(folder)}
    child = subprocess.Popen(
        [*COMMAND[:1], "-c", WAITS], stdin=subprocess.PIPE, env=env, start_new_session=True
    )
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(timeout=60) != 0
    assert not folder.exists()
