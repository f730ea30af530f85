"""How results read: an amount with its unit, a sum, a line of a rep's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from bot.domain.results.mirror import Total, period_words
from bot.domain.results.need import is_money
from bot.domain.results.results import PERCENT, Better, Metric, Result
from bot.views.block_kit import kit


def amount_words(amount: Decimal, metric: Metric) -> str:
    """An amount with its unit where that is a currency or a share: EUR 1,200, 12.5 %, 34."""
    words = f"{amount:,f}"
    if is_money(metric):
        return f"{metric.unit} {words}"
    return f"{words} %" if metric.unit == PERCENT else words


def total_words(total: Total, today: date) -> str:
    """How a team stands: New meetings, Oct – Dec 2026: 34 of 120, as of Fri 27 Nov."""
    head = f"{total.metric.name}, {period_words(total.period)}"
    return f"{head}: {_sum(total)}, {_as_of(total, today)}"


def totals_lines(totals: Sequence[Total], today: date) -> list[str]:
    """The same of several."""
    return under_heads(
        FigureLine(
            f"{period_words(one.period)}, {_as_of(one, today)}",
            f"{one.metric.name}: {_sum(one)}",
            total_words(one, today),
        )
        for one in totals
    )


@dataclass(frozen=True)
class FigureLine:
    """A figure as it stands beneath a head that it shares with others, and as it stands alone."""

    head: str
    beneath: str
    alone: str


def under_heads(lines: Iterable[FigureLine]) -> list[str]:
    """The lines in their order; what several have in common stands once above them, so that it is
    not read again with each."""
    said: list[str] = []
    for head, group in groupby(lines, key=lambda one: one.head):
        alike = list(group)
        if len(alike) == 1:
            said.append(alike[0].alone)
        else:
            said += [head, *(one.beneath for one in alike)]
    return said


def _as_of(total: Total, today: date) -> str:
    return f"as of {kit.span_words(total.since, total.through, today)}"


def _sum(total: Total) -> str:
    if total.actual is None or total.target is None:
        return "shares, which do not add up"
    return _of(total.actual, total.target, total.metric)


def own_words(result: Result, today: date) -> str:
    """A rep's own result, as it is."""
    return f"{result.metric.name}, {period_line(result, today)}"


def period_line(result: Result, today: date) -> str:
    """The same beneath its metric: Oct – Dec 2026: 12 of 20, as of Fri 27 Nov."""
    return f"{period_words(result.period)}: {reached_words(result)}, {_read_on(result, today)}"


def own_lines(results: Iterable[Result], today: date) -> list[str]:
    """The same of several."""
    return under_heads(
        FigureLine(
            f"{period_words(one.period)}, {_read_on(one, today)}",
            f"{one.metric.name}: {reached_words(one)}",
            own_words(one, today),
        )
        for one in results
    )


def reached_words(result: Result) -> str:
    """What was reached of what: 12 of 20."""
    return _of(result.latest.actual, result.latest.target, result.metric)


def _read_on(result: Result, today: date) -> str:
    return f"as of {kit.date_words(result.latest.as_of, today)}"


def _of(actual: Decimal, target: Decimal, metric: Metric) -> str:
    most = "at most " if metric.better is Better.LESS else ""
    return f"{amount_words(actual, metric)} of {most}{amount_words(target, metric)}"
