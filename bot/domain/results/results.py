"""Results: by rep, metric and period what was to be reached, and what is there by which day.

A reading says what was reached since the period's beginning; a later one of the same period says it
anew and leaves the earlier one in place, so that what happened in a week is the difference of two.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from bot.domain.workspaces.names import fold


class MetricKind(StrEnum):
    """Leading is what people do (visits, calls), lagging what comes of it (revenue)."""

    LEADING = "leading"
    LAGGING = "lagging"


class Better(StrEnum):
    """Which way a metric is meant to go."""

    MORE = "more"
    LESS = "less"


PERCENT = "%"
"""The unit of a metric that is a share: a level, in percent, that does not add up over days."""


@dataclass(frozen=True)
class Metric:
    """Something a team counts. `unit` is a word, a currency's code, `PERCENT`, or empty. `chosen`:
    its manager wants early warnings of it, though it is lagging."""

    name: str
    kind: MetricKind = MetricKind.LAGGING
    better: Better = Better.MORE
    unit: str = ""
    chosen: bool = field(default=False, compare=False)

    @property
    def warns(self) -> bool:
        """Whether early warnings come of it: of what people do they do. What comes of it is little,
        and few deals make a jumpy line."""
        return self.chosen or self.kind is MetricKind.LEADING


@lru_cache(maxsize=4_000)
def metric_key(name: str) -> str:
    """What a metric of a team is found by, however it is spelled."""
    return fold(name)


@dataclass(frozen=True)
class Period:
    """A month, quarter, trimester (four months) or other span; its dates decide, both within."""

    start: date
    end: date


class Reading(NamedTuple):
    """Where a rep stood: `actual` since the period's beginning, through the day `as_of`."""

    target: Decimal
    actual: Decimal
    as_of: date


@dataclass(frozen=True)
class Result:
    """What is known of a rep's metric in a period: its readings, oldest first, never none."""

    rep_id: str
    metric: Metric
    period: Period
    readings: tuple[Reading, ...]

    @property
    def latest(self) -> Reading:
        """Where it stands by the newest day."""
        return self.readings[-1]
