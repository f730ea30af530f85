"""Warnings of the past: which periods were in question, what was tried, and how each ended."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.contacts.interactions import Contact
from bot.domain.results.pace import Standing, pace_of
from bot.domain.results.presence import Presence
from bot.domain.results.results import Metric, MetricKind, Result


class Ending(StrEnum):
    """How a period ended that was warned of. `UNKNOWN`: no figures say, up to its last working
    day."""

    RUNNING = "running"
    MADE = "made"
    NOT_MADE = "not_made"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Warned:
    """A result that was behind while its period could still be saved: since which day's figures,
    how it ended, the contacts that had this as their reason, oldest first, and what its manager
    said that `helped`, "" for nothing."""

    result: Result
    first_seen: date
    ending: Ending
    tried: tuple[Contact, ...] = ()
    helped: str = ""


def is_warned_by(metric: Metric, *, results: bool) -> bool:
    """Whether it warns: what people do does. What comes of it does where the manager wants
    `results` to: there is little of it, and few deals make a jumpy line."""
    return results or metric.kind is MetricKind.LEADING


def warned_of(
    result: Result, presence: Presence, today: date, *, results: bool = False
) -> Warned | None:
    """Whether that result was ever behind while days were left, by the readings that it has; None
    where it was not, or warns of nothing. The same readings say the same, whenever it is asked."""
    if not is_warned_by(result.metric, results=results):
        return None
    for number, reading in enumerate(result.readings, 1):
        then = replace(result, readings=result.readings[:number])
        pace = pace_of(then, presence, reading.as_of)
        behind = pace.standing in (Standing.RECOVERABLE, Standing.BEHIND)
        if behind and pace.days_left:
            return Warned(result, reading.as_of, _ending(result, presence, today))
    return None


def _ending(result: Result, presence: Presence, today: date) -> Ending:
    pace = pace_of(result, presence, today)
    if not pace.over:
        return Ending.RUNNING
    if pace.stale:
        return Ending.UNKNOWN
    made = pace.standing in (Standing.AHEAD, Standing.ON_PLAN)
    return Ending.MADE if made else Ending.NOT_MADE
