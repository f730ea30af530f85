"""Periods of a team's results as a whole: which stand, and taking one back."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import BigInteger, Integer, bindparam, delete, func, select

from bot.domain.results.results import Metric, Period, Reading
from bot.domain.results.standing import RepsFigures, StandingPeriod
from bot.domain.workspaces.names import in_order
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Metric as MetricRow
from storage.models import Person as PersonRow
from storage.models import Reading as ReadingRow
from storage.models import Result as Row
from storage.team.people import PersonColumns

PERIODS = (
    select(
        Row.metric_id,
        Row.starts_on,
        Row.ends_on,
        func.min(Row.id).label("id"),
        func.count(Row.id).label("reps"),
    )
    .where(Row.workspace_id == WORKSPACE, Row.team_id == bindparam("team", type_=BigInteger))
    .group_by(Row.metric_id, Row.starts_on, Row.ends_on)
    .order_by(Row.ends_on.desc(), Row.starts_on.desc(), Row.metric_id)
    .limit(bindparam("count", type_=Integer))
    .offset(bindparam("start", type_=Integer))
    .subquery("period")
)
STANDING = (
    select(
        PERIODS.c.id,
        MetricRow.name,
        PERIODS.c.starts_on,
        PERIODS.c.ends_on,
        PERIODS.c.reps,
        func.max(ReadingRow.as_of).label("as_of"),
    )
    .join_from(PERIODS, MetricRow, MetricRow.id == PERIODS.c.metric_id)
    .join(
        Row,
        (Row.metric_id == PERIODS.c.metric_id)
        & (Row.starts_on == PERIODS.c.starts_on)
        & (Row.ends_on == PERIODS.c.ends_on),
    )
    .outerjoin(ReadingRow, ReadingRow.result_id == Row.id)
    .where(Row.workspace_id == WORKSPACE, MetricRow.workspace_id == WORKSPACE)
    .group_by(
        PERIODS.c.id,
        PERIODS.c.metric_id,
        MetricRow.name,
        PERIODS.c.starts_on,
        PERIODS.c.ends_on,
        PERIODS.c.reps,
    )
    .order_by(PERIODS.c.ends_on.desc(), PERIODS.c.starts_on.desc(), PERIODS.c.metric_id)
)
ONE = (
    select(
        Row.team_id,
        Row.metric_id,
        Row.starts_on,
        Row.ends_on,
        MetricRow.name,
        MetricRow.kind,
        MetricRow.better,
        MetricRow.unit,
    )
    .join_from(Row, MetricRow, MetricRow.id == Row.metric_id)
    .where(Row.workspace_id == WORKSPACE, Row.id == bindparam("result", type_=BigInteger))
)
NEWEST = (
    select(func.max(ReadingRow.as_of))
    .where(ReadingRow.result_id == Row.id)
    .correlate(Row)
    .scalar_subquery()
)
REP = PersonColumns(PersonRow, "rep")
FIGURES = (
    select(Row.id, *REP.columns, ReadingRow.as_of, ReadingRow.target, ReadingRow.actual)
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .outerjoin(ReadingRow, (ReadingRow.result_id == Row.id) & (ReadingRow.as_of == NEWEST))
    .where(
        Row.workspace_id == WORKSPACE,
        Row.metric_id == bindparam("metric", type_=BigInteger),
        Row.starts_on == bindparam("first"),
        Row.ends_on == bindparam("last"),
    )
    .order_by(Row.id)
)
REMOVE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
HELD = (
    select(Row.id)
    .where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
    .with_for_update(key_share=True)
)

_metric = reader(Metric, "name", "kind", "better", "unit")


def of_team(tx: Transaction, team_id: int, start: int, count: int) -> list[StandingPeriod]:
    """So many of the periods of a team's metrics, the latest first, from the one at `start`."""
    return [
        StandingPeriod(row.id, row.name, Period(row.starts_on, row.ends_on), row.reps, row.as_of)
        for row in tx.all(STANDING, team=team_id, start=start, count=count)
    ]


def period_of(tx: Transaction, result_id: int) -> tuple[int, int, Metric, Period] | None:
    """The team, by id, the metric's id and the metric, and the period that a result is of; None for
    none."""
    row = tx.first(ONE, result=result_id)
    if row is None:
        return None
    return row.team_id, row.metric_id, _metric(row), Period(row.starts_on, row.ends_on)


def figures(tx: Transaction, metric_id: int, first: date, last: date) -> list[RepsFigures]:
    """What there is of a metric in the period of just those days, the newest of each rep, in the
    order of their names."""
    found = [
        RepsFigures(
            row.id,
            REP.read(row),
            None if row.as_of is None else Reading(row.target, row.actual, row.as_of),
        )
        for row in tx.all(FIGURES, metric=metric_id, first=first, last=last)
    ]
    return sorted(found, key=lambda one: in_order(one.rep.name))


def take_back(tx: Transaction, result_ids: Sequence[int]) -> int:
    """Those results and all their readings go; how many results there were. Writes."""
    return tx.run_among(REMOVE, result_ids)


def hold(tx: Transaction, result_ids: Iterable[int]) -> set[int]:
    """Those of the results that are there, and stay so until this transaction is over."""
    return {row.id for row in tx.all_among(HELD, sorted(set(result_ids)))}
