"""A rep's results: charts of the periods that run, a table of them all, and what was tried."""

from collections.abc import Iterator, Sequence

from bot.domain.binder.book.known import Known
from bot.domain.binder.book.model import (
    Block,
    Chart,
    Charts,
    Entries,
    Entry,
    Labelled,
    Point,
    Table,
)
from bot.domain.binder.book.words import amount, joined, said
from bot.domain.results.mirror import period_words
from bot.domain.results.results import PERCENT, Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person


def result_blocks(known: Known, rep: Person) -> Iterator[Block]:
    """The newest period of each metric as a chart, all of them in a table."""
    every = known.results.get(rep.slack_id, [])
    newest: dict[str, Result] = {}
    for one in every:
        newest.setdefault(one.metric.name, one)
    charts = sorted(newest.values(), key=lambda one: in_order(one.metric.name))
    if charts:
        yield Charts(tuple(_chart(known, one) for one in charts))
    if every:
        yield results_table(known, every)
    if plans := known.save_it_plans.get(rep.id):
        yield Entries(tuple(_saving(known, one) for one in plans))


def results_table(known: Known, results: Sequence[Result]) -> Table:
    """Where each stands by its newest day."""
    return Table(
        ("Result", "Period", "Target", "Reached", "As of"),
        tuple(
            (
                one.metric.name,
                period_words(one.period),
                amount(one.latest.target, one.metric),
                amount(one.latest.actual, one.metric),
                known.wording.day(one.latest.as_of),
            )
            for one in results
        ),
        (6, 4, 4, 4, 4),
        numbers=(2, 3),
    )


def _chart(known: Known, result: Result) -> Chart:
    latest, metric = result.latest, result.metric
    return Chart(
        title=metric.name,
        words=(
            f"{period_words(result.period)}: {amount(latest.actual, metric)} by "
            f"{known.wording.day(latest.as_of)}, target {amount(latest.target, metric)}"
        ),
        first=result.period.start,
        last=result.period.end,
        target=latest.target,
        points=tuple(Point(one.as_of, one.actual) for one in result.readings),
        is_level=metric.unit == PERCENT,
    )


def _saving(known: Known, plan: SaveItPlan) -> Entry:
    record = known.record
    steps = {one.id: one for one in known.promises.get(plan.rep.id, ())}
    own = [steps[one] for one in record.plan_steps.get(plan.id, ()) if one in steps]
    answers = "\n".join(
        f"Week of {known.wording.day(one.monday)}: {one.count} {one.counted}"
        for one in record.plan_answers.get(plan.id, ())
    )
    passages: tuple[Labelled, ...] = said(
        ("A week", f"{plan.a_week} {plan.leading}"),
        ("Steps", "\n".join(f"→ {one.what}" for one in own)),
        ("Helps", plan.helper),
        ("Look at it together", known.wording.day(plan.check_on)),
        ("What happened", answers),
        ("What helped", plan.helped),
    )
    title = joined(["save-it plan", plan.metric, period_words(plan.period)])
    return Entry(known.wording.day(plan.made_on), title, passages)
