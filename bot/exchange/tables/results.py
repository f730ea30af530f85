"""Results, and what was agreed to save a period."""

from collections.abc import Iterator

from bot.exchange.tables.table import Entry, Table, each, within


def _results(document: Entry) -> Iterator[Entry]:
    manager = document["team"]["manager"]
    for one in document["results"]:
        yield {**one, "rep_id": one["rep"], "manager_id": manager}


TABLES: tuple[Table, ...] = (
    Table(
        "results",
        "results",
        "Results, one line a reading, as windshield import results takes them.",
        (
            *("rep_id", "metric", "period_start", "period_end", "target", "actual", "as_of"),
            *("kind", "unit", "better", "manager_id"),
        ),
        _results,
    ),
    Table(
        "save_it_plans",
        "save_it_plans",
        "What was agreed to save a period. steps are ids in promises.csv.",
        (
            *("rep", "metric", "period_start", "period_end", "number_a_week", "activity"),
            *("helper", "steps", "made_on", "check_on", "closed_on", "helped"),
        ),
        each("save_it_plans"),
    ),
    Table(
        "save_it_answers",
        "save_it_plans",
        "What came of the weekly number of those plans.",
        ("rep", "metric", "period_start", "week_start", "number", "activity"),
        within("save_it_plans", "answers", rep="rep", metric="metric", period_start="period_start"),
    ),
)
