"""The Monday lists: CPU against bare posts, time against Slack's limit, statements and rows, and a
heart that has nothing to do."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event, insert, select

from bot.app import make_context
from bot.config import Settings
from bot.domain.delivery import MessageKind
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.services.todo import sending
from slack_sandbox import Sandbox
from slack_sandbox.rates import CALLS_PER_MINUTE, MESSAGES_PER_MINUTE, WINDOW
from storage.database.engine import Database
from storage.migrations import migrate
from storage.models import Delivery, PostedMessage, Schedule
from storage.workspaces import installs
from tests.bench.company import DUE, NOW, found_company
from tests.bench.processes import environment
from tests.bench.table import Row
from tests.places import MANIFEST, ROOT

TEAMS = 1_000
REPS = 8
ROUNDS = 3
SCHEDULES = 100_000
BEATS = 300
POST = "chat.postMessage"
BARE = (
    select(Schedule.id).where(Schedule.next_at <= NOW).limit(1),
    select(Delivery.id).where(Delivery.try_at <= NOW).limit(1),
    select(PostedMessage.id).where(PostedMessage.id < 0).limit(1),
)


@contextmanager
def company(
    teams: int, reps: int, weeks: int
) -> Iterator[tuple[Sandbox, Database, int, list[int]]]:
    """A sandbox with those teams, kept in a database of its own."""
    with TemporaryDirectory() as folder, Sandbox(MANIFEST, now=NOW) as slack:
        managers = [one.id for one in slack.add_people(_named(teams))]
        database = Database(f"sqlite:///{folder}/windshield.db")
        migrate(database)
        workspace = installs.ensure(database, slack.team_id, "Bench")
        made = found_company(database, workspace, managers, reps, weeks)
        slack.clock.move_to(DUE)
        yield slack, database, workspace, made
        database.close()


def _named(count: int) -> Iterator[tuple[str, str]]:
    return ((f"Manager {number}", "UTC") for number in range(count))


def cpu_row() -> Row:
    """A year of history; the sandbox in this process, the bot and the floor in their own."""
    ratios, figures = [], ""
    limit = CALLS_PER_MINUTE[POST]
    CALLS_PER_MINUTE[POST] = 10 * TEAMS  # CPU is measured here; the limit has a row of its own
    try:
        for _ in range(ROUNDS):
            with company(TEAMS, REPS, 52) as (slack, database, _, _):
                url = str(database.engine.url)
                ours = child(slack, url, "send", DUE.isoformat())
                calls = [(POST, call.arguments) for call in slack.calls if call.method == POST]
                assert len(calls) == TEAMS, len(calls)
                slack.clock.advance(timedelta(hours=1))
                floor = child(slack, url, "call", calls_file(url, calls))
            ratios.append(ours / floor)
            figures = f"{ours:.2f} s against {floor:.2f} s"
    finally:
        CALLS_PER_MINUTE[POST] = limit
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    return Row(
        f"lists of {TEAMS:,} teams: CPU", figures, f"{median(ratios):.2f} × ({spread})", "≤ 2.0 ×"
    )


def calls_file(database_url: str, calls: Sequence[tuple[str, Any]]) -> str:
    """The path of a file beside the database with calls of Slack: method and arguments."""
    file = Path(database_url.removeprefix("sqlite:///")).with_name("calls.json")
    file.write_text(json.dumps(calls), encoding="utf-8")
    return str(file)


def child(slack: Sandbox, database_url: str, *arguments: str) -> float:
    """CPU seconds of `lists_child` with those arguments."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.lists_child", *arguments],
        env=environment(slack, database_url),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    return float(done.stdout)


def limit_row() -> Row:
    """Everyone due at once, in one workspace; the clock stands still but for what Slack asks."""
    with company(TEAMS, 1, 0) as (slack, database, _, _):
        settings = Settings(bot_token=slack.bot_token, slack_api_url=slack.api_url)
        heart = Heartbeat(make_context(settings, database, slack.clock)[0], all_kinds())
        sent = 0
        while True:
            counts = heart.beat(slack.clock.now())
            sent += counts.sent
            if counts.next_try is None:
                break
            slack.clock.move_to(counts.next_try)
        took = slack.clock.now() - DUE
    assert sent == TEAMS, sent
    needed = (TEAMS - 1) // MESSAGES_PER_MINUTE * WINDOW
    figures = f"{took.total_seconds():.0f} s against {needed.total_seconds():.0f} s"
    return Row(f"{TEAMS:,} managers at once: time", figures, f"{took / needed:.2f} ×", "≤ 1.05 ×")


@dataclass
class Counted:
    """What was sent to the database, and how many rows came back."""

    statements: int = 0
    rows: int = 0


def _one_list(reps: int, weeks: int) -> Counted:
    with company(1, reps, weeks) as (_, database, workspace, made):
        counted = Counted()

        def count(_connection: Any, _cursor: Any, _statement: str, *_rest: Any) -> None:
            counted.statements += 1

        event.listen(database.engine, "before_cursor_execute", count)
        with _rows_counted(counted):
            sending.make_due_lists(database, workspace, [(made[0], DUE)], DUE)
    return counted


@contextmanager
def _rows_counted(counted: Counted) -> Iterator[None]:
    from storage.database.transaction import Transaction

    whole = Transaction.all

    def all_(tx: Transaction, statement: Any, **named: Any) -> Any:
        rows = whole(tx, statement, **named)
        counted.rows += len(rows)
        return rows

    Transaction.all = all_  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Transaction.all = whole  # type: ignore[method-assign]


def statements_row() -> Row:
    few, many = _one_list(REPS, 4), _one_list(60, 4)
    return Row(
        "one list: statements, 8 and 60 reps",
        f"{few.statements} and {many.statements}",
        "equal" if few.statements == many.statements else "not equal",
        "equal",
    )


def history_row() -> Row:
    month, years = _one_list(REPS, 4), _one_list(REPS, 520)
    return Row(
        "one list: rows, a month and ten years",
        f"{month.rows} and {years.rows}",
        f"{(years.rows / month.rows - 1) * 100:+.0f} %",
        "≤ +10 %",
    )


def idle_row() -> Row:
    """A heartbeat with nothing to do, against three bare selects by the same indexes."""
    with TemporaryDirectory() as folder, Sandbox(MANIFEST, now=NOW) as slack:
        database = Database(f"sqlite:///{folder}/windshield.db")
        migrate(database)
        workspace = installs.ensure(database, slack.team_id, "Bench")
        _schedules(database, workspace)
        settings = Settings(bot_token=slack.bot_token, slack_api_url=slack.api_url)
        heart = Heartbeat(make_context(settings, database, slack.clock)[0], all_kinds())
        ratios = []
        for _ in range(ROUNDS):
            ours, floor = _cpu_of(lambda: heart.beat(NOW)), _cpu_of(lambda: _bare(database))
            ratios.append(ours / floor)
        database.close()
    figures = f"{ours / BEATS * 1e6:.0f} µs against {floor / BEATS * 1e6:.0f} µs"
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    what = f"idle heartbeat, {SCHEDULES:,} schedules"
    return Row(what, figures, f"{median(ratios):.2f} × ({spread})", "≤ 1.5 ×")


def _schedules(database: Database, workspace: int) -> None:
    """So many rows that are due tomorrow. The teams are left out: a heart with nothing to do never
    looks at them."""
    later = DUE + timedelta(days=1)
    row = {"workspace_id": workspace, "kind": MessageKind.TODO_LIST, "next_at": later}
    rows = [{**row, "team_id": team} for team in range(1, SCHEDULES + 1)]
    with database.engine.connect() as connection:
        # Foreign keys cannot be let rest within a transaction.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            connection.execute(insert(Schedule), rows)
        connection.invalidate()


def _bare(database: Database) -> None:
    with database.engine.connect() as connection:
        for statement in BARE:
            connection.execute(statement).first()


def _cpu_of(work: Any) -> float:
    for _ in range(20):
        work()
    began = time.process_time()
    for _ in range(BEATS):
        work()
    return time.process_time() - began
