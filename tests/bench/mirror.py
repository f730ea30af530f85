"""What `/mirror` costs for many reps and after many years: statements, rows, and the time of the
process from the press until the page is published, against the same reads by the bare driver and
bare `views.publish` of the same page."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import event

from bot.cli.edge import tune_gc
from bot.domain.results.results import Metric, MetricKind, Period, Reading
from bot.domain.workspaces.people import Actor, Profile
from bot.messenger import Messenger
from bot.services.results import mirror
from bot.services.team import people, setup
from bot.views.results import metrics as metric_views
from bot.views.results import mirror as views
from bot.views.results.pages import Page, as_home
from storage.database.engine import Database
from storage.migrations import migrate
from storage.results import metrics, results
from storage.team import teams
from storage.workspaces import installs
from tests.bench.table import Row
from tests.services.counting import PATIENCE, counting

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
METRICS = (Metric("New meetings", MetricKind.LEADING), Metric("Revenue", unit="EUR"))
ROUNDS = 20
MANAGER = "U0DANA"
WEEK = timedelta(weeks=1)


def rows() -> list[Row]:
    """Eight reps and a year, against sixty and ten years."""
    with _slack() as url:
        few, many = _measured(8, 1, url), _measured(60, 10, url)
    names = ("", " results")
    shown = [
        Row(
            f"/mirror{what}: 8 reps; 60, 10 years",
            f"{a.statements} and {b.statements} statements, {b.rows} rows",
            f"{a.cpu * 1000:.0f} and {b.cpu * 1000:.0f} ms",
            "equal",
        )
        for what, a, b in zip(names, few, many, strict=True)
    ]
    against = [
        Row(
            f"/mirror{what}: 60 reps, 10 years, CPU",
            f"{one.cpu * 1000:.1f} ms against {one.floor * 1000:.1f} ms",
            f"{one.cpu / one.floor:.2f} ×",
            "≤ 2.5 ×",
        )
        for what, one in zip(names, many, strict=True)
    ]
    return shown + against


_ANSWERS = """
from http.server import BaseHTTPRequestHandler, HTTPServer

class Slack(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"ok": true}')

    def log_message(self, *_):
        pass

server = HTTPServer(("127.0.0.1", 0), Slack)
print(server.server_port, flush=True)
server.serve_forever()
"""


@contextmanager
def _slack() -> Iterator[str]:
    """The address of what says yes to every call, in a process of its own."""
    with subprocess.Popen([sys.executable, "-c", _ANSWERS], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/api/"
        finally:
            process.terminate()


class Measured:
    """Of one page, published on Home; `floor` is to read the same by the bare driver, and publish
    the page ready made."""

    def __init__(self, database: Database, page: Callable[[], Page], url: str) -> None:
        messenger, client = Messenger("xoxb-bench", url), WebClient("xoxb-bench", url)

        def publish() -> None:
            messenger.publish_home(MANAGER, as_home(page()))

        ready = as_home(page())
        tune_gc()  # as a process does that runs
        asked = _asked(database, page)
        path = database.engine.url.database
        assert path is not None
        bare = sqlite3.connect(path)

        def read_and_publish() -> None:
            for statement, values in asked:
                bare.execute(statement, values).fetchall()
            client.views_publish(user_id=MANAGER, view=ready)

        with counting(database) as counted:
            publish()
        self.statements, self.rows = counted.cost.statements, counted.cost.rows
        pairs = [(_cpu(publish), _cpu(read_and_publish)) for _ in range(ROUNDS)]
        self.cpu, self.floor = (median(side) for side in zip(*pairs, strict=True))
        bare.close()


def _asked(database: Database, page: Callable[[], Page]) -> list[tuple[str, tuple[Any, ...]]]:
    """What the page asks of the database, as the driver gets it."""
    found: list[tuple[str, tuple[Any, ...]]] = []

    def keep(_: object, __: object, statement: str, values: Any, *___: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", keep)
    try:
        page()
    finally:
        event.remove(database.engine, "before_cursor_execute", keep)
    return found


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _measured(reps: int, years: int, url: str) -> list[Measured]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        try:
            migrate(database)
            # What a busy machine takes is no matter here.
            patient = partial(database.reading, patience=PATIENCE)
            database.reading = patient  # type: ignore[method-assign]
            actor = _team(database, reps, years)

            def front() -> Page:
                return views.build_front(mirror.front(database, actor, NOW), 0)

            def behind() -> Page:
                found = mirror.results_of(database, actor, "", NOW)
                return metric_views.build_results(found, 0, by_period=False)

            return [Measured(database, page, url) for page in (front, behind)]
        finally:
            database.close()


def _team(database: Database, reps: int, years: int) -> Actor:
    workspace = installs.ensure(database, "T0BENCH", "Bench")
    names = [MANAGER, *(f"U0REP{number}" for number in range(reps))]
    known = [Profile(name, f"Person {name}", "Europe/Berlin") for name in names]
    people.save(database, workspace, known, NOW)
    actor = Actor(workspace, MANAGER)
    setup.choose_reps(database, actor, names[1:], NOW - timedelta(days=365 * years))
    with database.writing(workspace, patience=PATIENCE) as tx:
        team = teams.of_manager(tx, MANAGER)
        assert team is not None
        metrics.save(tx, {team.id: METRICS})
        ids = metrics.ids_of(tx, [team.id]).values()
        ours = [one.rep.id for one in teams.members(tx, team.id)]
        spans = [
            results.Span(team.id, rep, metric, period)
            for metric in ids
            for rep in ours
            for period in _quarters(years)
        ]
        results.add_spans(tx, spans)
        kept = results.spans(tx, [team.id], date(2000, 1, 1), NOW.date())
        results.save_readings(
            tx,
            [
                (one.id or 0, Reading(Decimal(120), Decimal(9 * week), day))
                for one in kept
                for week in range(1, 13)
                if (day := one.period.start + week * WEEK) <= NOW.date()
            ],
        )
    return actor


def _quarters(years: int) -> list[Period]:
    firsts = [
        date(year, month, 1)
        for year in range(NOW.year - years + 1, NOW.year + 1)
        for month in (1, 4, 7, 10)
    ]
    return [Period(one, _next(one) - timedelta(days=1)) for one in firsts]


def _next(first: date) -> date:
    """The first day of the quarter after."""
    later = first.month + 3
    return date(first.year + later // 13, later % 12, 1)
