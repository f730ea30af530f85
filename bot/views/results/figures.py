"""How results read: an amount with its unit, a sum, a line of a rep's own."""

from datetime import date
from decimal import Decimal

from bot.domain.results.mirror import Total, period_words
from bot.domain.results.need import is_money
from bot.domain.results.results import PERCENT, Metric, Result
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
    as_of = f"as of {kit.span_words(total.since, total.through, today)}"
    if total.actual is None or total.target is None:
        return f"{head}: shares, which do not add up, {as_of}"
    return f"{head}: {_of(total.actual, total.target, total.metric)}, {as_of}"


def own_words(result: Result, today: date) -> str:
    """A rep's own result, as it is."""
    latest, metric = result.latest, result.metric
    head = f"{metric.name}, {period_words(result.period)}"
    figures = _of(latest.actual, latest.target, metric)
    return f"{head}: {figures}, as of {kit.date_words(latest.as_of, today)}"


def _of(actual: Decimal, target: Decimal, metric: Metric) -> str:
    return f"{amount_words(actual, metric)} of {amount_words(target, metric)}"
