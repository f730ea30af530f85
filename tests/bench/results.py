"""An import of 100,000 rows of results, against `csv` and bare inserts of the same rows."""

import csv
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from sqlalchemy import Column, Date, Integer, MetaData, Table, Text, create_engine, insert

from bot.cli.edge import tune_gc
from bot.domain.team.settings import TeamSettings
from bot.exchange.results_columns import ReadingOptions
from bot.exchange.results_file import ResultsFile
from bot.services.results.importing import import_results
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.migrations import migrate
from storage.team import teams
from storage.workspaces import installs
from tests.bench.table import Row
from tests.storage.world import add_people

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TEAMS, REPS, METRICS, DAYS = 125, 8, 5, 20
ROWS = TEAMS * REPS * METRICS * DAYS
AT_ONCE = 5_000
ROUNDS = 3
NAMES = "rep_id,metric,period_start,period_end,target,actual,as_of,kind,unit"

bare = MetaData()
readings = Table(
    "reading",
    bare,
    Column("id", Integer, primary_key=True),
    *(Column(name, Text) for name in ("rep_id", "metric", "kind", "unit")),
    *(Column(name, Date) for name in ("period_start", "period_end", "as_of")),
    *(Column(name, Text) for name in ("target", "actual")),
)


def cpu_row() -> Row:
    """CPU of reading, checking and keeping a file; nothing of it is there yet."""
    tune_gc()  # as the command does
    pairs = []
    with TemporaryDirectory() as folder:
        file = _file(Path(folder))
        for number in range(ROUNDS):
            with _workspace(Path(folder) / f"{number}.db") as (database, workspace_id):
                ours = _cpu(lambda: _import(database, workspace_id, file))
            url = f"sqlite:///{folder}/bare{number}.db"
            pairs.append((ours, _cpu(lambda url=url: _insert(url, file))))  # type: ignore[misc]
    ratios = [ours / floor for ours, floor in pairs]
    ours, floor = (median(side) for side in zip(*pairs, strict=True))
    return Row(
        f"results: import of {ROWS:,} rows, CPU",
        f"{ours:.1f} s against {floor:.1f} s",
        f"{median(ratios):.2f} × ({min(ratios):.2f} to {max(ratios):.2f})",
        "≤ 3.5 ×",
    )


def held_row() -> Row:
    """How long others wait to write meanwhile, at most."""
    with TemporaryDirectory() as folder:
        file = _file(Path(folder))
        with _workspace(Path(folder) / "windshield.db") as (database, workspace_id):
            held = _held(database, lambda: _import(database, workspace_id, file))
    return Row(
        "results: longest time the lock is held",
        f"{len(held)} transactions, {sum(held):.1f} s in all",
        f"{max(held) * 1000:.0f} ms",
        "≤ 300 ms",
    )


def memory_row() -> Row:
    """What an import holds at its height, for a file of a tenth and the whole."""
    peaks = []
    with TemporaryDirectory() as folder:
        for days in (DAYS // 10, DAYS):
            file = _file(Path(folder), days)
            with _workspace(Path(folder) / f"{days}.db") as (database, workspace_id):
                tracemalloc.start()
                _import(database, workspace_id, file)
                peaks.append(tracemalloc.get_traced_memory()[1] / 2**20)
                tracemalloc.stop()
    few, many = peaks
    return Row(
        "results: memory of an import",
        f"{few:.0f} MB for {ROWS // 10:,} rows",
        f"{many:.0f} MB for {ROWS:,}",
        "≤ 60 MB",
    )


def _file(folder: Path, days: int = DAYS) -> Path:
    path = folder / f"{days}.csv"
    first = date(2026, 11, 1)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NAMES.split(","))
        for day in range(days):
            as_of = first + timedelta(days=day)
            for team in range(TEAMS):
                for rep in range(REPS):
                    for metric in range(METRICS):
                        who = f"U{team:03}{rep}", f"Metric {metric}"
                        actual = f"{day * 7 + rep}.{metric}5"
                        span = first, "2026-11-30", "200", actual, as_of
                        writer.writerow([*who, *span, "leading", "EUR"])
    return path


@contextmanager
def _workspace(path: Path) -> Iterator[tuple[Database, int]]:
    """A database with the teams of the file."""
    with closing(Database(f"sqlite:///{path}")) as database:
        migrate(database)
        workspace_id = installs.ensure(database, "T0BENCH", "Bench")
        with database.writing(workspace_id, patience=60) as tx:
            for team in range(TEAMS):
                manager = f"U{team:03}M"
                ids = add_people(tx, [manager, *(f"U{team:03}{rep}" for rep in range(REPS))])
                team_id = teams.create(tx, ids.pop(manager), TeamSettings(), NOW)
                joined = date(2026, 1, 5)
                teams.add_members(tx, [(team_id, person, joined) for person in ids.values()])
        yield database, workspace_id


def _import(database: Database, workspace_id: int, path: Path) -> None:
    with path.open("rb") as stream:
        rows = ResultsFile(stream, options=ReadingOptions(), units={})
        report = import_results(
            database,
            workspace_id,
            rows,
            file_name=path.name,
            keep_good=False,
            dry_run=False,
            now=NOW,
        )
    assert report.written
    assert not report.rejected


def _insert(url: str, path: Path) -> None:
    engine = create_engine(url)
    bare.create_all(engine)
    dates = {"period_start", "period_end", "as_of"}
    with path.open(newline="") as file, engine.begin() as connection:
        rows = []
        for row in csv.DictReader(file):
            rows.append({k: date.fromisoformat(v) if k in dates else v for k, v in row.items()})
            if len(rows) == AT_ONCE:
                connection.execute(insert(readings), rows)
                rows = []
        if rows:
            connection.execute(insert(readings), rows)
    engine.dispose()


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _held(database: Database, work: Callable[[], object]) -> list[float]:
    """How long each transaction that writes took meanwhile, in seconds."""
    writing, took = database.writing, []

    @contextmanager
    def timed(*args: Any, **named: Any) -> Iterator[Transaction]:
        with writing(*args, **named) as tx:
            started = time.perf_counter()
            yield tx
        took.append(time.perf_counter() - started)

    with patch.object(database, "writing", timed):
        work()
    return took
