"""What reps say of the number a week of a save-it plan."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, bindparam, delete, select

from bot.domain.results.activity import ActivityAnswer
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import SaveItAnswer as Row
from storage.models import SaveItPlan as PlanRow

ANSWERS = (
    select(Row.plan_id, Row.monday, Row.count, Row.counted)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.monday)
)
OF_PLANS = ANSWERS.where(Row.plan_id.in_(AMONG))
OF_TEAM = ANSWERS.join(PlanRow, PlanRow.id == Row.plan_id).where(
    PlanRow.team_id == bindparam("team", type_=BigInteger)
)
OF_REPS = OF_TEAM.where(PlanRow.rep_id.in_(AMONG))
REMOVE = delete(Row).where(
    Row.workspace_id == WORKSPACE,
    Row.plan_id.in_(AMONG),
    Row.monday == bindparam("monday", type_=Date),
)


def answers(tx: Transaction, plan_ids: Sequence[int]) -> dict[int, list[ActivityAnswer]]:
    """What was said of the weeks of those plans, by plan, the earliest week first."""
    return _by_plan(tx.all_among(OF_PLANS, plan_ids))


def of_team(tx: Transaction, team_id: int) -> dict[int, list[ActivityAnswer]]:
    """The same of all plans of a team."""
    return _by_plan(tx.all(OF_TEAM, team=team_id))


def of_reps(tx: Transaction, team_id: int, reps: Sequence[int]) -> dict[int, list[ActivityAnswer]]:
    """The same of all plans of a team with those reps."""
    return _by_plan(tx.all_among(OF_REPS, reps, team=team_id))


def save(tx: Transaction, plan_ids: Iterable[int], answer: ActivityAnswer) -> None:
    """That is what was said of that week, for each of those plans. Writes."""
    said = {"monday": answer.monday, "count": answer.count, "counted": answer.counted}
    rows = [{"plan_id": plan, **said} for plan in plan_ids]
    tx.upsert(Row, rows, key=("plan_id", "monday"))


def remove(tx: Transaction, plan_ids: Iterable[int], monday: date) -> None:
    """Nothing is said of that week. Writes."""
    tx.run_among(REMOVE, plan_ids, monday=monday)


def _by_plan(rows: Iterable[Any]) -> dict[int, list[ActivityAnswer]]:
    found: dict[int, list[ActivityAnswer]] = {}
    for row in rows:
        answer = ActivityAnswer(row.monday, row.count, row.counted)
        found.setdefault(row.plan_id, []).append(answer)
    return found
