"""One metric, by rep or by period: a chart, the table of it, and the way to the others."""

from collections import Counter
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.results.mirror import ResultsView, period_words
from bot.domain.results.results import PERCENT, Metric, Reading, metric_key
from bot.domain.workspaces.people import Person
from bot.views.block_kit import charts, kit
from bot.views.block_kit.ids import Metadata, MirrorAction
from bot.views.results.figures import total_words
from bot.views.results.pages import REPS_SHOWN, Page, page_buttons

BY_PERIOD = "period"
"""The step of what shows a metric by period; else it is by rep."""


def build_results(view: ResultsView, start: int, *, by_period: bool) -> Page:
    """One metric: a chart and the table of it, by rep or by period, and the way to the others."""
    by_period = by_period and view.total.actual is not None
    takeaway = total_words(view.total, view.today)
    blocks: list[Block] = [kit.header("Looking back"), kit.section(kit.escape(takeaway))]
    header, rows, drawn, pages = _by_period(view) if by_period else _by_rep(view, start)
    if drawn is not None:
        blocks += [drawn, charts.table(header, rows), *pages]
    else:
        blocks.append(kit.section("No one of today's team has a result in it."))
    text = "\n".join(["Your mirror, looking back.", takeaway, *charts.rows_in_words(header, rows)])
    return Page(text, (*blocks, *_ways(view, by_period)))


_Drawn = tuple[Sequence[str], Sequence[Sequence[str]], Block | None, list[Block]]
"""A table's header and rows, the chart of it, and the ways to its other pages."""


def _by_rep(view: ResultsView, start: int) -> _Drawn:
    metric = view.metric
    page = charts.page_of(view.by_rep, start, REPS_SHOWN)
    latest = [(rep, result.latest) for rep, result in page.items]
    rows = [
        (rep.name, f"{one.target:,f}", f"{one.actual:,f}{_older(one, view)}") for rep, one in latest
    ]
    here = Metadata(text=metric_key(metric.name))
    drawn = _bars(view, latest) if latest else None
    pages = page_buttons(page, MirrorAction.RESULTS, here)
    return ("Rep", *_headings(metric)), rows, drawn, pages


def _headings(metric: Metric) -> tuple[str, str]:
    """Without a currency, which stands above the table and would make each column too wide for a
    phone."""
    return ("Target, %", "Actual, %") if metric.unit == PERCENT else ("Target", "Actual")


def _older(reading: Reading, view: ResultsView) -> str:
    """The day of a reading that is older than the newest, which stands above the table."""
    if reading.as_of == view.total.through:
        return ""
    return f" on {kit.date_words(reading.as_of, view.today)}"


def _bars(view: ResultsView, latest: Sequence[tuple[Person, Reading]]) -> Block:
    return charts.bar(
        f"{view.metric.name}, {period_words(view.total.period)}",
        _short([rep for rep, _ in latest]),
        [
            charts.Series("Target", tuple(one.target for _, one in latest)),
            charts.Series("Actual", tuple(one.actual for _, one in latest)),
        ],
        y_label=view.metric.unit,
    )


def _short(reps: Sequence[Person]) -> list[str]:
    """First names, which have room under a bar; the whole name of those who share one."""
    first = Counter(one.first_name for one in reps)
    return [one.first_name if first[one.first_name] == 1 else one.name for one in reps]


def _by_period(view: ResultsView) -> _Drawn:
    metric = view.metric
    known = [
        (period_words(one.period), one.target, one.actual)
        for one in view.by_period
        if one.target is not None and one.actual is not None
    ]
    rows = [(words, f"{target:,f}", f"{actual:,f}") for words, target, actual in known]
    drawn = charts.line(
        f"{metric.name}, the team",
        [words for words, _, _ in known],
        [
            charts.Series("Target", tuple(target for _, target, _ in known)),
            charts.Series("Actual", tuple(actual for _, _, actual in known)),
        ],
        y_label=metric.unit,
    )
    return ("Period", *_headings(metric)), rows, drawn, []


def _ways(view: ResultsView, by_period: bool) -> list[Block]:
    """By rep or over time, another metric, and back."""
    here = metric_key(view.metric.name)
    buttons: list[BlockElement] = []
    if by_period:
        buttons.append(kit.button("By rep", MirrorAction.BY_REP, Metadata(text=here)))
    elif len(view.by_period) > 1 and view.total.actual is not None:
        over = Metadata(text=here, step=BY_PERIOD)
        buttons.append(kit.button("Over time", MirrorAction.OVER_TIME, over))
    following = _after(view.metrics, view.metric)
    if following is not None:
        other = Metadata(text=metric_key(following.name))
        buttons.append(kit.button(f"Next: {following.name}", MirrorAction.NEXT_METRIC, other))
    buttons.append(kit.button("Back", MirrorAction.BACK, Metadata()))
    return [kit.actions(buttons)]


def _after(metrics: Sequence[Metric], metric: Metric) -> Metric | None:
    """The next metric in turn; None where there is but one."""
    if len(metrics) < 2:
        return None
    return metrics[(list(metrics).index(metric) + 1) % len(metrics)]
