"""Save-it plans, and the promises that are their steps."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, Text, bindparam, func, select, update

from bot.domain.results.results import Period
from bot.domain.results.saving import SaveItPlan
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Metric as MetricRow
from storage.models import Person as PersonRow
from storage.models import SaveItPlan as Row
from storage.models import SaveItStep as StepRow
from storage.team.people import PersonColumns

REP = PersonColumns(PersonRow, "rep")
PLANS = (
    select(
        Row.id,
        Row.team_id,
        MetricRow.name.label("metric"),
        Row.starts_on,
        Row.ends_on,
        Row.a_week,
        Row.leading,
        Row.helper,
        Row.made_on,
        Row.check_on,
        Row.closed_on,
        Row.helped,
        Row.asks_ended,
        *REP.columns,
    )
    .join_from(Row, MetricRow, MetricRow.id == Row.metric_id)
    .join(PersonRow, PersonRow.id == Row.rep_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.id)
)
OF_WARNING = PLANS.where(
    Row.team_id == bindparam("team", type_=BigInteger),
    Row.rep_id == bindparam("rep", type_=BigInteger),
    MetricRow.key == bindparam("metric_key", type_=Text),
    Row.starts_on == bindparam("start", type_=Date),
)
ONE = PLANS.where(Row.id == bindparam("plan", type_=BigInteger))
SOME = PLANS.where(Row.id.in_(AMONG))
OF_TEAM = PLANS.where(Row.team_id == bindparam("team", type_=BigInteger))
OF_REPS = OF_TEAM.where(Row.rep_id.in_(AMONG))
STANDING = PLANS.where(
    Row.team_id.in_(AMONG),
    Row.closed_on.is_(None),
    Row.ends_on >= bindparam("since", type_=Date),
)
NEWEST_THAT_HELPED = (
    select(func.max(Row.id).label("id"))
    .where(Row.workspace_id == WORKSPACE, Row.team_id.in_(AMONG), Row.helped != "")
    .group_by(Row.metric_id)
    .subquery("newest")
)
HELPED = (
    select(Row.team_id, MetricRow.key, Row.helped)
    .join_from(Row, NEWEST_THAT_HELPED, NEWEST_THAT_HELPED.c.id == Row.id)
    .join(MetricRow, MetricRow.id == Row.metric_id)
    .where(Row.workspace_id == WORKSPACE)
)
SINCE_OR_HELPED = PLANS.where(
    Row.team_id.in_(AMONG),
    (Row.ends_on >= bindparam("since", type_=Date)) | Row.id.in_(select(NEWEST_THAT_HELPED.c.id)),
)
WITHIN = PLANS.where(
    Row.team_id.in_(AMONG),
    Row.ends_on >= bindparam("first", type_=Date),
    Row.starts_on <= bindparam("last", type_=Date),
)
CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("plan"))
STEPS = (
    select(StepRow.plan_id, StepRow.promise_id)
    .where(StepRow.workspace_id == WORKSPACE, StepRow.plan_id.in_(AMONG))
    .order_by(StepRow.id)
)
STEPS_OF_REPS = (
    select(StepRow.plan_id, StepRow.promise_id)
    .join_from(StepRow, Row, Row.id == StepRow.plan_id)
    .where(
        StepRow.workspace_id == WORKSPACE,
        Row.team_id == bindparam("team", type_=BigInteger),
        Row.rep_id.in_(AMONG),
    )
    .order_by(StepRow.id)
)


def _read(row: Any) -> SaveItPlan:
    return SaveItPlan(
        id=row.id,
        team_id=row.team_id,
        rep=REP.read(row),
        metric=row.metric,
        period=Period(row.starts_on, row.ends_on),
        a_week=row.a_week,
        leading=row.leading,
        helper=row.helper,
        made_on=row.made_on,
        check_on=row.check_on,
        closed_on=row.closed_on,
        helped=row.helped,
        asks_ended=row.asks_ended,
    )


def of_warning(
    tx: Transaction, team_id: int, rep_id: int, metric_key: str, start: date
) -> SaveItPlan | None:
    """The plan for that rep's metric in the period that begins on that day."""
    row = tx.first(OF_WARNING, team=team_id, rep=rep_id, metric_key=metric_key, start=start)
    return _read(row) if row else None


def get(tx: Transaction, plan_id: int) -> SaveItPlan | None:
    """That plan."""
    row = tx.first(ONE, plan=plan_id)
    return _read(row) if row else None


def get_many(tx: Transaction, ids: Iterable[int]) -> dict[int, SaveItPlan]:
    """Those plans, by id."""
    return {row.id: _read(row) for row in tx.all_among(SOME, ids)}


def helped(tx: Transaction, team_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """What helped in the newest plan of each metric of those teams of which that was said, by team
    and `metric_key`."""
    found: dict[int, dict[str, str]] = {}
    for row in tx.all_among(HELPED, team_ids):
        found.setdefault(row.team_id, {})[row.key] = row.helped
    return found


def since_or_helped(tx: Transaction, team_ids: Sequence[int], since: date) -> list[SaveItPlan]:
    """The plans of those teams, closed ones too, for periods that end on that day or later, and,
    however old, the newest of each metric of which it was said what helped."""
    return [_read(row) for row in tx.all_among(SINCE_OR_HELPED, team_ids, since=since)]


def of_team(tx: Transaction, team_id: int) -> list[SaveItPlan]:
    """All plans of a team, in the order they were made."""
    return [_read(row) for row in tx.all(OF_TEAM, team=team_id)]


def of_reps(tx: Transaction, team_id: int, reps: Sequence[int]) -> list[SaveItPlan]:
    """The same with those reps."""
    return [_read(row) for row in tx.all_among(OF_REPS, reps, team=team_id)]


def standing(tx: Transaction, team_ids: Sequence[int], since: date) -> list[SaveItPlan]:
    """The plans of those teams that nobody closed, of periods that end on that day or later."""
    return [_read(row) for row in tx.all_among(STANDING, team_ids, since=since)]


def within(tx: Transaction, team_ids: Sequence[int], first: date, last: date) -> list[SaveItPlan]:
    """The plans of those teams, closed ones too, of periods with a day from `first` to `last`."""
    return [_read(row) for row in tx.all_among(WITHIN, team_ids, first=first, last=last)]


def add(tx: Transaction, **values: Any) -> int:
    """A new plan, columns by their names; its id."""
    return tx.insert(Row, **values)


def change(tx: Transaction, plan_id: int, **values: Any) -> None:
    """Change columns of a plan by their names."""
    tx.change(CHANGE, values, plan=plan_id)


def steps_of(tx: Transaction, plan_ids: Sequence[int]) -> dict[int, list[int]]:
    """The promises that are steps of those plans, by plan, in the order they were made."""
    return _by_plan(tx.all_among(STEPS, plan_ids))


def steps_of_reps(tx: Transaction, team_id: int, reps: Sequence[int]) -> dict[int, list[int]]:
    """The same of all plans of a team with those reps."""
    return _by_plan(tx.all_among(STEPS_OF_REPS, reps, team=team_id))


def _by_plan(rows: Iterable[Any]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row in rows:
        found.setdefault(row.plan_id, []).append(row.promise_id)
    return found


def add_step(tx: Transaction, plan_id: int, promise_id: int) -> None:
    """That promise is a step of that plan. Writes."""
    tx.insert(StepRow, plan_id=plan_id, promise_id=promise_id)
