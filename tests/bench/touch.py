"""`/touch @rep …` in one line: CPU and statements; and memory from command 1,000 to 10,000."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from sqlalchemy import event

from bot.domain.workspaces.people import Actor, Profile
from bot.services.contacts import touches
from bot.services.team import people, setup
from slack_sandbox import Person, Sandbox
from storage.database.engine import Database
from storage.migrations import migrate
from storage.workspaces import installs
from tests.bench.processes import cpu_seconds, environment, resident_megabytes, running
from tests.bench.table import Row
from tests.places import MANIFEST

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LINE = "/touch @Sam Stone call yesterday about the Acme renewal, sent the price sheet"
WARM_UP = 100
COMMANDS = 500
ROUNDS = 5


@contextmanager
def stage() -> Iterator[tuple[Sandbox, Person, Path]]:
    """A sandbox with a manager who has a team, kept in a database of its own."""
    with (
        TemporaryDirectory() as folder,
        Sandbox(MANIFEST, now=NOW) as slack,
    ):
        dana, sam = slack.add_person("Dana Moss"), slack.add_person("Sam Stone")
        database = Database(f"sqlite:///{folder}/windshield.db")
        migrate(database)
        workspace = installs.ensure(database, slack.team_id, "Bench")
        known = [Profile(dana.id, dana.name, "UTC"), Profile(sam.id, sam.name, "UTC")]
        people.save(database, workspace, known, NOW)
        setup.choose_reps(database, Actor(workspace, dana.id), [sam.id], NOW)
        database.close()
        yield slack, dana, Path(folder)


def say(person: Person, times: int) -> None:
    for _ in range(times):
        person.slash(LINE)


def cpu(process: psutil.Process, person: Person) -> float:
    """CPU seconds of one command."""
    before = cpu_seconds(process)
    say(person, COMMANDS)
    return (cpu_seconds(process) - before) / COMMANDS


def cpu_row() -> Row:
    """The product and the floor in turn, each in a process of its own."""
    ratios = []
    for _ in range(ROUNDS):
        measured = []
        for arguments, file in (
            (["-m", "bot", "run"], "windshield.db"),
            (["-m", "tests.bench.floor"], "floor.db"),
        ):
            with stage() as (slack, dana, folder):
                env = environment(slack, f"sqlite:///{folder}/{file}")
                with running(arguments, env) as process:
                    slack.wait_for_app(60)
                    say(dana, WARM_UP)
                    measured.append(cpu(process, dana))
        ratios.append(measured[0] / measured[1])
    text = f"{measured[0] * 1000:.1f} ms against {measured[1] * 1000:.1f} ms"
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    return Row("/touch in one line: CPU", text, f"{median(ratios):.2f} × ({spread})", "≤ 2.0 ×")


def statements_row() -> Row:
    """Everything sent to the database for one line, BEGIN included."""
    seen: list[str] = []
    with stage() as (slack, dana, folder):
        database = Database(f"sqlite:///{folder}/windshield.db")
        actor = Actor(installs.all_ids(database)[slack.team_id], dana.id)

        def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        event.listen(database.engine, "before_cursor_execute", count)
        sam = next(iter(setup.facts(database, actor, NOW).members))  # type: ignore[union-attr]
        seen.clear()
        touches.log_line(database, actor, f"<@{sam.rep.slack_id}> call about Acme", NOW)
        database.close()
    return Row("/touch in one line: statements", "", f"{len(seen) + 1} with COMMIT", "≤ 6")


def memory_row() -> Row:
    """How much the process grows from command 1,000 to command 10,000."""
    with stage() as (slack, dana, folder):
        env = environment(slack, f"sqlite:///{folder}/windshield.db")
        with running(["-m", "bot", "run"], env) as process:
            slack.wait_for_app(60)
            say(dana, 1_000)
            before = resident_megabytes(process)
            say(dana, 9_000)
            grown = resident_megabytes(process) - before
    return Row("memory, command 1,000 to 10,000", f"{before:.0f} MB", f"{grown:+.1f} MB", "≤ 10 MB")
