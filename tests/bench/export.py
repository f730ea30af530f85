"""What a team's export costs after a year and after ten: statements, the CPU of the whole against
the bare driver and `json.dumps` of the same rows, and the most memory that the command takes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import event

from bot.cli.edge import tune_gc
from bot.domain.binder.export import ExportRequest, Format
from bot.exchange.json_export import to_json
from bot.services.binder.export import export_team
from storage.database.engine import Database
from storage.migrations import migrate
from storage.workspaces import installs
from tests.bench.table import Row
from tests.places import ROOT
from tests.services.history import NOW, seed
from tests.storage.world import statements

MANAGER = "U0DANA"
REPS = 60
WEEKS = {1: 52, 10: 520}
PATIENCE = 900.0
MB = 1024


def cpu_row() -> Row:
    """Ten years of sixty reps in this process, against the least that they can be read and written
    with."""
    file = _seeded(10)
    database = _opened(file)
    asked: list[tuple[str, Any]] = []

    def keep(_: object, __: object, statement: str, values: Any, *___: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", keep)
    document = json.loads(_exported(database))
    event.remove(database.engine, "before_cursor_execute", keep)
    tune_gc()

    def bare() -> None:
        with database.engine.connect() as connection:
            cursor = connection.connection.cursor()
            for statement, values in asked:
                cursor.execute(statement, values).fetchall()
        json.dumps(document, ensure_ascii=False)

    whole, floor = _cpu(lambda: _exported(database)), _cpu(bare)
    database.close()
    return Row(
        "export: JSON, 60 reps, 10 years, CPU",
        f"{whole:.1f} s against {floor:.1f} s",
        f"{whole / floor:.2f} ×",
        "< 10 s",
    )


def statements_row() -> Row:
    """The same statements, however many years there are."""
    counts = {}
    for years in WEEKS:
        database = _opened(_seeded(years))
        with statements(database) as seen:
            _exported(database)
        counts[years] = len(seen)
        database.close()
    return Row(
        "export: 1 year, 10 years",
        f"{counts[1]} and {counts[10]} statements",
        "equal" if counts[1] == counts[10] else "differ",
        "equal",
    )


def memory_row() -> Row:
    """The command as a process of its own, in each format that it writes by itself."""
    peaks = {
        kind: [_peak(_seeded(years), kind) for years in WEEKS]
        for kind in (Format.JSON, Format.CSV, Format.MARKDOWN)
    }
    return Row(
        "export: MB at most, 1 year to 10",
        ", ".join(f"{kind} {few:.0f} to {many:.0f}" for kind, (few, many) in peaks.items()),
        f"+{max(many - few for few, many in peaks.values()):.0f} MB",
        "≤ +60 MB",
    )


@lru_cache
def _seeded(years: int) -> Path:
    """A database with a team of that many years, made once."""
    file = Path(mkdtemp()) / f"{years}.db"
    database = _opened(file)
    migrate(database)
    workspace = installs.ensure(database, "T0BENCH", "Bench")
    seed(database, workspace, MANAGER, reps=REPS, weeks=WEEKS[years], patience=PATIENCE)
    database.close()
    return file


def _opened(file: Path) -> Database:
    return Database(f"sqlite:///{file}")


def _exported(database: Database) -> str:
    (workspace,) = installs.all_ids(database).values()
    record = export_team(database, workspace, MANAGER, ExportRequest(), NOW)
    return "".join(to_json(record, NOW))


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _peak(file: Path, kind: Format) -> float:
    """In MB. By a small process between: what this one took would count for its child."""
    command = [sys.executable, "-m", "bot", "export", "--manager", MANAGER, "--format", kind]
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}"}
    told = subprocess.check_output(
        [sys.executable, "-c", _MEASURED, *command], cwd=ROOT, env=environment
    )
    return int(told) / (MB * MB if sys.platform == "darwin" else MB)
