"""Rows of results as somebody sent them: read, but not yet held against anybody's team."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.domain.results.results import Better, MetricKind

REQUIRED = ("rep_id", "metric", "period_start", "period_end", "target", "actual", "as_of")
OPTIONAL = ("kind", "unit", "better", "manager_id")
"""The columns of a file of results."""


class ResultRow(NamedTuple):
    """One reading of one rep's metric. `line` is where it begins in the file, counted from 1.

    `actual` is since the period's beginning. A percent is in percent (12.5), however it was
    written. `kind`, `unit`, `better` and `manager_id` are None where the row says nothing of them.
    Ids are as Slack writes them, or e-mail addresses; whether there is such a rep is not known yet.
    """

    line: int
    rep_id: str
    metric: str
    period_start: date
    period_end: date
    target: Decimal
    actual: Decimal
    as_of: date
    kind: MetricKind | None = None
    unit: str | None = None
    better: Better | None = None
    manager_id: str | None = None
