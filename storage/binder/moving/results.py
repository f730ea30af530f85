"""Results of the rep, by the metric's key, and the plans to save a period."""

from sqlalchemy import Boolean, and_, bindparam, func, insert, or_, select, union, update
from sqlalchemy.orm import aliased

from storage.binder.moving.between import Between
from storage.database.carried import SOURCE, TARGET, first_of, own
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Metric as MetricRow
from storage.models import Promise as PromiseRow
from storage.models import Reading as ReadingRow
from storage.models import Result as Row
from storage.models import SaveItAnswer as AnswerRow
from storage.models import SaveItPlan as PlanRow
from storage.models import SaveItStep as StepRow

METRIC, METRIC_THERE = aliased(MetricRow), aliased(MetricRow)
COPY_METRICS = insert(MetricRow).from_select(
    ["workspace_id", "team_id", "key", "name", "kind", "better", "unit"],
    select(
        METRIC.workspace_id,
        TARGET,
        METRIC.key,
        METRIC.name,
        METRIC.kind,
        METRIC.better,
        METRIC.unit,
    ).where(
        METRIC.workspace_id == WORKSPACE,
        METRIC.team_id == SOURCE,
        METRIC.id.in_(
            union(
                select(Row.metric_id).where(own(Row, SOURCE)),
                select(PlanRow.metric_id).where(own(PlanRow, SOURCE)),
            )
        ),
        METRIC.key.not_in(
            select(METRIC_THERE.key).where(
                METRIC_THERE.workspace_id == WORKSPACE, METRIC_THERE.team_id == TARGET
            )
        ),
    ),
)
# Numbers of another kind would say something else there.
METRICS = (
    select(METRIC.id.label("source_id"), METRIC_THERE.id.label("target_id"))
    .join_from(METRIC, METRIC_THERE, METRIC_THERE.key == METRIC.key)
    .where(
        METRIC.workspace_id == WORKSPACE,
        METRIC.team_id == SOURCE,
        METRIC_THERE.team_id == TARGET,
        METRIC_THERE.unit == METRIC.unit,
        METRIC_THERE.kind == METRIC.kind,
        METRIC_THERE.better == METRIC.better,
    )
    .cte("metrics")
)
BEFORE, THERE = aliased(Row), aliased(Row)
RESULTS_GO = and_(
    own(BEFORE, SOURCE),
    ~select(THERE.id)
    .where(
        THERE.metric_id == METRICS.c.target_id,
        THERE.rep_id == BEFORE.rep_id,
        THERE.starts_on <= BEFORE.ends_on,
        THERE.ends_on >= BEFORE.starts_on,
    )
    .exists(),
)
COPY_RESULTS = insert(Row).from_select(
    ["workspace_id", "team_id", "rep_id", "metric_id", "starts_on", "ends_on"],
    select(
        BEFORE.workspace_id,
        TARGET,
        BEFORE.rep_id,
        METRICS.c.target_id,
        BEFORE.starts_on,
        BEFORE.ends_on,
    )
    .join_from(BEFORE, METRICS, METRICS.c.source_id == BEFORE.metric_id)
    .where(RESULTS_GO),
)
COUNT_RESULTS = select(func.count().label("results")).select_from(Row).where(own(Row, SOURCE))
READING, READING_THERE = aliased(ReadingRow), aliased(ReadingRow)
HAS_OWN = bindparam("has_own", type_=Boolean)
"""Whether the rep had results of their own there before: those stay as they are."""
COPY_READINGS = insert(ReadingRow).from_select(
    ["workspace_id", "result_id", "as_of", "target", "actual"],
    select(READING.workspace_id, THERE.id, READING.as_of, READING.target, READING.actual)
    .join_from(READING, BEFORE, BEFORE.id == READING.result_id)
    .join(METRICS, METRICS.c.source_id == BEFORE.metric_id)
    .join(
        THERE,
        and_(
            THERE.metric_id == METRICS.c.target_id,
            THERE.rep_id == BEFORE.rep_id,
            THERE.starts_on == BEFORE.starts_on,
            THERE.ends_on == BEFORE.ends_on,
        ),
    )
    .where(
        READING.workspace_id == WORKSPACE,
        own(BEFORE, SOURCE),
        ~select(READING_THERE.id)
        .where(
            READING_THERE.result_id == THERE.id,
            or_(HAS_OWN, READING_THERE.as_of == READING.as_of),
        )
        .exists(),
    ),
)

PLAN, PLAN_THERE = aliased(PlanRow), aliased(PlanRow)
NO_PLAN_THERE = ~(
    select(PLAN_THERE.id)
    .where(
        PLAN_THERE.metric_id == METRICS.c.target_id,
        PLAN_THERE.rep_id == PLAN.rep_id,
        PLAN_THERE.starts_on == PLAN.starts_on,
    )
    .exists()
)
PLANS = (
    select(PLAN.id.label("source_id"), METRICS.c.target_id, PLAN.closed_on)
    .join_from(PLAN, METRICS, METRICS.c.source_id == PLAN.metric_id)
    .where(own(PLAN, SOURCE), NO_PLAN_THERE)
)
STANDING = PLANS.where(PLAN.closed_on.is_(None))
FOLLOW = (
    update(PlanRow)
    .where(PlanRow.workspace_id == WORKSPACE, PlanRow.id == bindparam("plan"))
    .values(team_id=bindparam("to"), metric_id=bindparam("metric"))
)
COPY_PLANS = insert(PlanRow).from_select(
    [
        *("workspace_id", "team_id", "rep_id", "metric_id", "starts_on", "ends_on", "a_week"),
        *("leading", "helper", "made_on", "check_on", "closed_on", "helped", "asks_ended"),
    ],
    select(
        PLAN.workspace_id,
        TARGET,
        PLAN.rep_id,
        METRICS.c.target_id,
        PLAN.starts_on,
        PLAN.ends_on,
        PLAN.a_week,
        PLAN.leading,
        PLAN.helper,
        PLAN.made_on,
        PLAN.check_on,
        PLAN.closed_on,
        PLAN.helped,
        PLAN.asks_ended,
    )
    .join_from(PLAN, METRICS, METRICS.c.source_id == PLAN.metric_id)
    .where(own(PLAN, SOURCE), PLAN.closed_on.is_not(None), NO_PLAN_THERE)
    .order_by(PLAN.id),
)
PLANS_PAIRED = (
    select(PLAN.id.label("source_id"), PLAN_THERE.id.label("target_id"))
    .join_from(PLAN, METRICS, METRICS.c.source_id == PLAN.metric_id)
    .join(
        PLAN_THERE,
        and_(
            PLAN_THERE.metric_id == METRICS.c.target_id,
            PLAN_THERE.rep_id == PLAN.rep_id,
            PLAN_THERE.starts_on == PLAN.starts_on,
        ),
    )
    .where(own(PLAN, SOURCE), PLAN.closed_on.is_not(None))
    .cte("plans")
)
ANSWER = aliased(AnswerRow)
COPY_ANSWERS = insert(AnswerRow).from_select(
    ["workspace_id", "plan_id", "monday", "count", "counted"],
    select(
        ANSWER.workspace_id, PLANS_PAIRED.c.target_id, ANSWER.monday, ANSWER.count, ANSWER.counted
    )
    .join_from(ANSWER, PLANS_PAIRED, PLANS_PAIRED.c.source_id == ANSWER.plan_id)
    .where(
        ANSWER.workspace_id == WORKSPACE,
        PLANS_PAIRED.c.target_id.not_in(
            select(AnswerRow.plan_id).where(AnswerRow.workspace_id == WORKSPACE)
        ),
    ),
)
STEP, PROMISE, PROMISE_THERE = aliased(StepRow), aliased(PromiseRow), aliased(PromiseRow)
COPY_STEPS = insert(StepRow).from_select(
    ["workspace_id", "plan_id", "promise_id"],
    select(STEP.workspace_id, PLANS_PAIRED.c.target_id, PROMISE_THERE.id)
    .join_from(STEP, PLANS_PAIRED, PLANS_PAIRED.c.source_id == STEP.plan_id)
    .join(PROMISE, PROMISE.id == STEP.promise_id)
    .join(PROMISE_THERE, first_of(PROMISE_THERE) == first_of(PROMISE))
    .where(
        STEP.workspace_id == WORKSPACE,
        own(PROMISE, SOURCE),
        own(PROMISE_THERE, TARGET),
        PLANS_PAIRED.c.target_id.not_in(
            select(StepRow.plan_id).where(StepRow.workspace_id == WORKSPACE)
        ),
    )
    .order_by(STEP.id),
)
# The steps of a plan that goes on are the promises that go on.
STEPS_TO = (
    select(STEP.id, PROMISE_THERE.id.label("promise_id"))
    .join_from(STEP, PlanRow, PlanRow.id == STEP.plan_id)
    .join(PROMISE, PROMISE.id == STEP.promise_id)
    .join(PROMISE_THERE, first_of(PROMISE_THERE) == first_of(PROMISE))
    .where(
        STEP.workspace_id == WORKSPACE,
        own(PlanRow, TARGET),
        own(PROMISE, SOURCE),
        own(PROMISE_THERE, TARGET),
    )
    .order_by(STEP.id)
)
LEAD = (
    update(StepRow)
    .where(StepRow.workspace_id == WORKSPACE, StepRow.id == bindparam("step"))
    .values(promise_id=bindparam("promise"))
)


def to_go(tx: Transaction, move: Between) -> int:
    """How many results (a metric in a period) the rep has."""
    return int(tx.first(COUNT_RESULTS, **move.named).results)


def plans_to_go(tx: Transaction, move: Between) -> int:
    """How many plans to save a period stand, and would go on with the rep."""
    return sum(one.closed_on is None for one in tx.all(PLANS, **move.named))


def carry(tx: Transaction, move: Between, *, has_own: bool) -> None:
    """The rep's results, under the metric of the same name, kind and unit, which is made where
    there is none. What the team had of that rep before stays as it is where the rep sat there
    already (`has_own`). Writes."""
    tx.run(COPY_METRICS, **move.named)
    tx.run(COPY_RESULTS, **move.named)
    tx.run(COPY_READINGS, **move.named, has_own=has_own)


def carry_plans(tx: Transaction, move: Between) -> None:
    """Plans to save a period: what stands goes on there with its steps, what is closed is there to
    be read too. Writes; promises must be there already."""
    standing = tx.all(STANDING, **move.named)
    if standing:
        tx.execute(
            FOLLOW,
            [
                {"plan": row.source_id, "to": move.target, "metric": row.target_id}
                for row in standing
            ],
        )
        steps = tx.all(STEPS_TO, **move.named)
        if steps:
            tx.execute(LEAD, [{"step": row.id, "promise": row.promise_id} for row in steps])
    tx.run(COPY_PLANS, **move.named)
    tx.run(COPY_ANSWERS, **move.named)
    tx.run(COPY_STEPS, **move.named)
