"""What `/mirror` costs for many reps and after many years: statements, rows, and the time of the
process from the press to the blocks."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.domain.results.results import Metric, MetricKind, Period, Reading
from bot.domain.workspaces.people import Actor, Profile
from bot.services.results import mirror
from bot.services.team import people, setup
from bot.views.results import mirror as views
from storage.database.engine import Database
from storage.migrations import migrate
from storage.results import metrics, results
from storage.team import teams
from storage.workspaces import installs
from tests.bench.table import Row
from tests.services.counting import counting

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
METRICS = (Metric("New meetings", MetricKind.LEADING), Metric("Revenue", unit="EUR"))
ROUNDS = 20
WEEK = timedelta(weeks=1)


def rows() -> list[Row]:
    """Eight reps and a year, against sixty and ten years."""
    few, many = _measured(8, 1), _measured(60, 10)
    return [
        Row(
            f"/mirror{what}: 8 reps 1 year, 60 reps 10",
            f"{a.statements} and {b.statements} statements, {b.rows} rows",
            f"{a.cpu * 1000:.0f} and {b.cpu * 1000:.0f} ms",
            "equal",
        )
        for what, a, b in zip(("", " results"), few, many, strict=True)
    ]


class Measured:
    """Of one page."""

    def __init__(self, database: Database, page: Callable[[], object]) -> None:
        page()
        with counting(database) as counted:
            page()
        self.statements, self.rows = counted.cost.statements, counted.cost.rows
        took = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            page()
            took.append(time.process_time() - begun)
        self.cpu = median(took)


def _measured(reps: int, years: int) -> list[Measured]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        try:
            migrate(database)
            actor = _team(database, reps, years)

            def front() -> object:
                return views.as_message(views.build_front(mirror.front(database, actor, NOW), 0))

            def behind() -> object:
                found = mirror.results_of(database, actor, "", NOW)
                return views.as_message(views.build_results(found, 0, by_period=False))

            return [Measured(database, front), Measured(database, behind)]
        finally:
            database.close()


def _team(database: Database, reps: int, years: int) -> Actor:
    workspace = installs.ensure(database, "T0BENCH", "Bench")
    names = ["U0DANA", *(f"U0REP{number}" for number in range(reps))]
    known = [Profile(name, f"Person {name}", "Europe/Berlin") for name in names]
    people.save(database, workspace, known, NOW)
    actor = Actor(workspace, "U0DANA")
    setup.choose_reps(database, actor, names[1:], NOW - timedelta(days=365 * years))
    with database.writing(workspace) as tx:
        team = teams.of_manager(tx, "U0DANA")
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
