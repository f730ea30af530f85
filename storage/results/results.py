"""Results of reps: what there is of each in a period, and its readings.

No statement here reads more for a longer history but those that are asked for one: `of_rep`,
`of_rep_by_period`, `newest_periods` and `of_team`. All take any number of teams but `of_team` and
`periods`, and what is of one rep.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Date, Integer, bindparam, func, select
from sqlalchemy.orm import aliased

from bot.domain.results.results import Metric, MetricKind, Period, Reading, Result
from bot.domain.workspaces.names import in_order
from storage.database.statements import AMONG, WORKSPACE, labelled
from storage.database.transaction import Transaction
from storage.database.weeks import WeekNumber
from storage.models import Metric as MetricRow
from storage.models import Person as PersonRow
from storage.models import Reading as ReadingRow
from storage.models import Result as Row

LATER = aliased(ReadingRow)
DAY: BindParameter[date] = bindparam("day", type_=Date)
SINCE: BindParameter[date] = bindparam("since", type_=Date)

METRIC = (MetricRow.name, MetricRow.kind, MetricRow.better, MetricRow.unit, MetricRow.chosen)
READINGS = (
    select(
        Row.id,
        Row.team_id,
        Row.metric_id,
        Row.starts_on,
        Row.ends_on,
        PersonRow.slack_id,
        *labelled("metric", METRIC),
        ReadingRow.as_of,
        ReadingRow.target,
        ReadingRow.actual,
    )
    .join_from(Row, ReadingRow, ReadingRow.result_id == Row.id)
    .join(MetricRow, MetricRow.id == Row.metric_id)
    .join(PersonRow, PersonRow.id == Row.rep_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.id, ReadingRow.as_of)
)
NEWEST_BY = (
    select(func.max(LATER.as_of))
    .where(LATER.result_id == Row.id, LATER.as_of <= DAY)
    .correlate(Row)
    .scalar_subquery()
)
NEWEST = READINGS.where(ReadingRow.as_of == NEWEST_BY)
OF_REPS = READINGS.where(Row.team_id == bindparam("team", type_=BigInteger), Row.rep_id.in_(AMONG))
ON_DAY = NEWEST.where(Row.team_id.in_(AMONG), Row.ends_on >= DAY, Row.starts_on <= DAY)
OF_REP_BY_PERIOD = NEWEST.where(
    Row.team_id == bindparam("team", type_=BigInteger),
    Row.rep_id == bindparam("rep", type_=BigInteger),
    Row.ends_on >= SINCE,
    Row.starts_on <= bindparam("until", type_=Date),
)
OF_REP = READINGS.where(
    Row.team_id == bindparam("team", type_=BigInteger),
    Row.rep_id == bindparam("rep", type_=BigInteger),
    Row.ends_on >= SINCE,
    ReadingRow.as_of <= DAY,
)
RANKED = (
    select(
        Row.id,
        func.dense_rank()
        .over(partition_by=Row.metric_id, order_by=(Row.starts_on.desc(), Row.ends_on.desc()))
        .label("place"),
    )
    .where(Row.workspace_id == WORKSPACE, Row.team_id.in_(AMONG), Row.starts_on <= DAY)
    .subquery("ranked")
)
OF_NEWEST_PERIODS = NEWEST.join(RANKED, RANKED.c.id == Row.id).where(
    RANKED.c.place <= bindparam("periods", type_=Integer)
)
OF_WEEKS = (
    select(func.max(LATER.as_of).label("as_of"), LATER.result_id)
    .join_from(Row, LATER, LATER.result_id == Row.id)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id.in_(AMONG),
        Row.ends_on >= SINCE,
        LATER.as_of <= DAY,
    )
    .group_by(LATER.result_id, WeekNumber(LATER.as_of))
)
WEEKS_ENDS = OF_WEEKS.where(LATER.as_of >= SINCE).subquery("weeks_end")
WEEKLY = READINGS.join(
    WEEKS_ENDS,
    (WEEKS_ENDS.c.result_id == ReadingRow.result_id) & (WEEKS_ENDS.c.as_of == ReadingRow.as_of),
)
# As `Metric.warns` says it.
WARNS = (MetricRow.kind == MetricKind.LEADING) | MetricRow.chosen.is_(True)
THAT_WARN = (
    select(
        Row.id,
        Row.metric_id,
        Row.starts_on,
        Row.ends_on,
        PersonRow.slack_id,
        *labelled("metric", METRIC),
    )
    .join_from(Row, MetricRow, MetricRow.id == Row.metric_id)
    .join(PersonRow, PersonRow.id == Row.rep_id)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id.in_(AMONG),
        Row.ends_on >= SINCE,
        Row.starts_on <= DAY,
        WARNS,
    )
)
# Whole: whether it was ever in question is said by its first weeks too.
WEEKS_THAT_WARN = (
    OF_WEEKS.join(MetricRow, MetricRow.id == Row.metric_id).where(WARNS).subquery("weeks_that_warn")
)
# Of many readings a result's own columns are most of what is read: those stand in THAT_WARN, once.
FIGURES_THAT_WARN = (
    select(ReadingRow.result_id, ReadingRow.target, ReadingRow.actual, ReadingRow.as_of)
    .join(
        WEEKS_THAT_WARN,
        (WEEKS_THAT_WARN.c.result_id == ReadingRow.result_id)
        & (WEEKS_THAT_WARN.c.as_of == ReadingRow.as_of),
    )
    .where(ReadingRow.workspace_id == WORKSPACE)
    .order_by(ReadingRow.result_id, ReadingRow.as_of)
)

SPANS = select(Row.id, Row.team_id, Row.rep_id, Row.metric_id, Row.starts_on, Row.ends_on).where(
    Row.workspace_id == WORKSPACE,
    Row.team_id.in_(AMONG),
    Row.ends_on >= bindparam("first"),
    Row.starts_on <= bindparam("last"),
)
PERIODS = (
    select(Row.starts_on, Row.ends_on)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == bindparam("team", type_=BigInteger),
        Row.ends_on >= SINCE,
        Row.starts_on <= DAY,
        # A period is made before its readings, and seen by nobody until then.
        select(ReadingRow.id).where(ReadingRow.result_id == Row.id).exists(),
    )
    .distinct()
    .order_by(Row.starts_on, Row.ends_on)
)
KNOWN = select(ReadingRow.result_id, ReadingRow.as_of, ReadingRow.target, ReadingRow.actual).where(
    ReadingRow.workspace_id == WORKSPACE,
    ReadingRow.result_id.in_(AMONG),
    ReadingRow.as_of >= bindparam("first"),
    ReadingRow.as_of <= bindparam("last"),
)


@dataclass(frozen=True)
class Span:
    """A rep's period of a metric, which readings belong to; all by ids of rows. `id` is None for
    one that is not kept yet."""

    team_id: int
    rep_id: int
    metric_id: int
    period: Period
    id: int | None = None


def on_day(tx: Transaction, team_ids: Sequence[int], day: date) -> dict[int, list[Result]]:
    """By team, the results of the periods that contain that day, each with the newest reading of
    that day or before; teams that have none are left out."""
    return _by_team(tx.all_among(ON_DAY, team_ids, day=day))


def weekly(
    tx: Transaction, team_ids: Sequence[int], since: date, day: date
) -> dict[int, list[Result]]:
    """By team, the readings since a day and through another, of each week (Monday to Sunday) the
    last one: what whole weeks were like. A result has those of its own period."""
    return _by_team(tx.all_among(WEEKLY, team_ids, since=since, day=day))


def that_warn(tx: Transaction, team_id: int, since: date, day: date) -> list[Result]:
    """The results of a team's metrics that warn, of the periods that end since a day, with all
    their readings through another, of each week the last one, as `weekly` has them."""
    own: dict[int, list[Reading]] = {}
    for result_id, *figures in tx.all_among(FIGURES_THAT_WARN, [team_id], since=since, day=day):
        own.setdefault(result_id, []).append(Reading._make(figures))
    heads = tx.all_among(THAT_WARN, [team_id], since=since, day=day) if own else []
    metrics: dict[int, Metric] = {}
    found = [_result(row, own[row.id], metrics) for row in heads if row.id in own]
    found.sort(key=_order)
    return found


def newest_periods(
    tx: Transaction, team_ids: Sequence[int], periods: int, day: date
) -> dict[int, list[Result]]:
    """By team, the results of the last so many periods of each metric that began by that day, each
    with the newest reading of that day or before."""
    return _by_team(tx.all_among(OF_NEWEST_PERIODS, team_ids, periods=periods, day=day))


def of_rep(tx: Transaction, team_id: int, rep_id: int, since: date, day: date) -> list[Result]:
    """A rep's results on a team of the periods that end on `since` or after, with every reading
    through that day."""
    found = _by_team(tx.all(OF_REP, team=team_id, rep=rep_id, since=since, day=day))
    return found.get(team_id, [])


def of_rep_by_period(
    tx: Transaction, team_id: int, rep_id: int, since: date, until: date, day: date
) -> list[Result]:
    """A rep's results on a team of the periods that have a day from `since` to `until`, each with
    the newest reading of that day or before."""
    found = tx.all(OF_REP_BY_PERIOD, team=team_id, rep=rep_id, since=since, until=until, day=day)
    return _by_team(found).get(team_id, [])


def running(tx: Transaction, team_id: int, rep_id: int, day: date) -> tuple[Result, ...]:
    """A rep's results on a team of the periods that run on that day, as they stood by then."""
    return tuple(of_rep_by_period(tx, team_id, rep_id, day, day, day))


def periods(tx: Transaction, team_id: int, since: date, day: date) -> list[Period]:
    """The periods of which a team has results, by their first day, that began by that day and end
    on `since` or after."""
    found = tx.all(PERIODS, team=team_id, since=since, day=day)
    return [Period(row.starts_on, row.ends_on) for row in found]


def of_reps(tx: Transaction, team_id: int, reps: Iterable[int]) -> list[Result]:
    """All results of those reps on a team, with every reading."""
    return _by_team(tx.all_among(OF_REPS, reps, team=team_id)).get(team_id, [])


def spans(tx: Transaction, team_ids: Iterable[int], first: date, last: date) -> list[Span]:
    """The periods of those teams' reps, a metric each, that have a day from `first` to `last`."""
    return [
        Span(row.team_id, row.rep_id, row.metric_id, Period(row.starts_on, row.ends_on), row.id)
        for row in tx.all_among(SPANS, team_ids, first=first, last=last)
    ]


def add_spans(tx: Transaction, new: Iterable[Span]) -> None:
    """Keep those of the spans that are not there yet. Writes."""
    rows = [
        {
            "team_id": span.team_id,
            "rep_id": span.rep_id,
            "metric_id": span.metric_id,
            "starts_on": span.period.start,
            "ends_on": span.period.end,
        }
        for span in new
    ]
    tx.insert_missing(Row, rows, ("metric_id", "rep_id", "starts_on"))


def readings(
    tx: Transaction, span_ids: Iterable[int], first: date, last: date
) -> dict[tuple[int, date], tuple[Decimal, Decimal]]:
    """Target and actual of the readings of those spans, by id, as of the days from `first` to
    `last`."""
    return {
        (row.result_id, row.as_of): (row.target, row.actual)
        for row in tx.all_among(KNOWN, span_ids, first=first, last=last)
    }


def save_readings(tx: Transaction, new: Iterable[tuple[int, Reading]]) -> None:
    """Keep those readings of spans, by id; one as of the same day takes the place of what was
    there. Writes."""
    rows = [
        {"result_id": span, "as_of": one.as_of, "target": one.target, "actual": one.actual}
        for span, one in new
    ]
    tx.upsert(ReadingRow, rows, key=("result_id", "as_of"))


def _by_team(rows: Iterable[Any]) -> dict[int, list[Result]]:
    """The results that rows of READINGS are, of each team by rep, metric and period."""
    metrics: dict[int, Metric] = {}
    heads: dict[int, Any] = {}
    own: dict[int, list[Reading]] = {}
    for row in rows:
        if row.id not in own:
            heads[row.id], own[row.id] = row, []
        own[row.id].append(Reading(row.target, row.actual, row.as_of))
    found: dict[int, list[Result]] = {}
    for result_id, row in heads.items():
        found.setdefault(row.team_id, []).append(_result(row, own[result_id], metrics))
    for results in found.values():
        results.sort(key=_order)
    return found


def _result(row: Any, readings: Iterable[Reading], metrics: dict[int, Metric]) -> Result:
    """What a row says; `metrics` are those that were read before, by id."""
    if row.metric_id not in metrics:
        metrics[row.metric_id] = Metric(
            row.metric_name,
            row.metric_kind,
            row.metric_better,
            row.metric_unit,
            row.metric_chosen,
        )
    period = Period(row.starts_on, row.ends_on)
    return Result(row.slack_id, metrics[row.metric_id], period, tuple(readings))


# Of many results few metrics: to fold a name takes longer than to sort by it.
_metric_order = lru_cache(maxsize=4_000)(in_order)


def _order(result: Result) -> Any:
    return result.rep_id, _metric_order(result.metric.name), result.period.start
