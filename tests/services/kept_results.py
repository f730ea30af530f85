"""Results as an import leaves them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.domain.results.results import Metric, Period, Reading, metric_key
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import metrics, results
from storage.team import people, teams

MEETINGS = Metric("New meetings")
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))


def keep_result(
    database: Database,
    workspace_id: int,
    manager: str,
    rep: str,
    *readings: tuple[date, int, int],
    metric: Metric = MEETINGS,
    period: Period = QUARTER,
) -> None:
    """A rep's readings of a metric in a period: by which day, target, actual."""
    with database.writing(workspace_id) as tx:
        team, person = teams.of_manager(tx, manager), people.get(tx, rep)
        assert team is not None
        assert person is not None
        keep_readings(tx, team.id, person.id, *readings, metric=metric, period=period)


def keep_readings(
    tx: Transaction,
    team_id: int,
    rep_id: int,
    *readings: tuple[date, int, int],
    metric: Metric = MEETINGS,
    period: Period = QUARTER,
) -> None:
    """The same, by ids."""
    metrics.save(tx, {team_id: [metric]})
    metric_id = metrics.ids_of(tx, [team_id])[team_id, metric_key(metric.name)]
    results.add_spans(tx, [results.Span(team_id, rep_id, metric_id, period)])
    (span,) = (
        one.id or 0
        for one in results.spans(tx, [team_id], period.start, period.end)
        if (one.metric_id, one.rep_id, one.period) == (metric_id, rep_id, period)
    )
    read: Sequence[tuple[int, Reading]] = [
        (span, Reading(Decimal(target), Decimal(actual), day)) for day, target, actual in readings
    ]
    results.save_readings(tx, read)
