"""Results, and what was agreed to save a period."""

from collections.abc import Iterator
from typing import Any

from bot.domain.binder.record import TeamRecord
from bot.domain.results.results import Result
from bot.domain.results.saving import SaveItPlan
from bot.exchange.document.values import iso, number


def reading_entries(result: Result) -> Iterator[dict[str, Any]]:
    metric = result.metric
    for reading in result.readings:
        yield {
            "rep": result.rep_id,
            "metric": metric.name,
            "kind": metric.kind,
            "unit": metric.unit or None,
            "better": metric.better,
            "period_start": iso(result.period.start),
            "period_end": iso(result.period.end),
            "target": number(reading.target),
            "actual": number(reading.actual),
            "as_of": iso(reading.as_of),
        }


def save_it_plan_entry(plan: SaveItPlan, record: TeamRecord) -> dict[str, Any]:
    return {
        "rep": plan.rep.slack_id,
        "metric": plan.metric,
        "period_start": iso(plan.period.start),
        "period_end": iso(plan.period.end),
        "number_a_week": plan.a_week,
        "activity": plan.leading,
        "helper": plan.helper,
        "steps": list(record.plan_steps.get(plan.id, ())),
        "answers": [
            {"week_start": iso(one.monday), "number": one.count, "activity": one.counted}
            for one in record.plan_answers.get(plan.id, ())
        ],
        "made_on": iso(plan.made_on),
        "check_on": iso(plan.check_on),
        "closed_on": iso(plan.closed_on),
        "helped": plan.helped,
    }
