"""Warnings of the past: which periods were in question, what was tried, and how each ended."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.contacts.interactions import Contact
from bot.domain.promises import Promise
from bot.domain.results.pace import BAND, Standing, pace_of
from bot.domain.results.presence import Presence
from bot.domain.results.results import PERCENT, Better, Reading, Result


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
    and how it ended. `tried` are the contacts, sessions and field days of the weeks in which it,
    the day of its plan or a step of that was the reason, oldest first; `promised` those steps, and
    what was promised in the contacts. `helped` is what its manager said that did, "" for nothing.
    """

    result: Result
    first_seen: date
    ending: Ending
    tried: tuple[Contact, ...] = ()
    promised: tuple[Promise, ...] = ()
    helped: str = ""

    @property
    def was_tried(self) -> bool:
        """Whether anything was done about it, as far as anybody wrote it down."""
        return bool(self.tried or self.promised)


def warned_of(result: Result, presence: Presence, today: date) -> Warned | None:
    """Whether that result was ever behind while days were left, by the readings that it has; None
    where it was not, or warns of nothing. The same readings say the same, whenever it is asked."""
    if not result.metric.warns:
        return None
    working = presence.of(result).working_days(result.period)
    for number, reading in enumerate(result.readings, 1):
        if not may_be_behind(result, reading, working):
            continue
        then = replace(result, readings=result.readings[:number])
        pace = pace_of(then, presence, reading.as_of)
        behind = pace.standing in (Standing.RECOVERABLE, Standing.BEHIND)
        if behind and pace.days_left:
            return Warned(result, reading.as_of, _ending(result, presence, today))
    return None


def may_be_behind(result: Result, reading: Reading, working: Sequence[date]) -> bool:
    """Whether a reading can be one that is behind while days are left: never false where `pace_of`
    says that it is. Of years of results most are not, and this is quick to see.

    It is what `pace_of` asks, without days off: where more is better they make both the plan's days
    and those that are over fewer, and of who has not reached the target more is asked by then.
    """
    passed, days = bisect_right(working, reading.as_of), len(working)
    if result.metric.unit == PERCENT:
        passed, days, to_come = 1, 1, 1
    else:
        to_come = days - passed
    short = reading.target * passed - reading.actual * days
    if result.metric.better is Better.LESS:
        short = -short
    return to_come > 0 and short > BAND * reading.target * to_come


def _ending(result: Result, presence: Presence, today: date) -> Ending:
    pace = pace_of(result, presence, today)
    if not pace.over:
        return Ending.RUNNING
    if pace.stale:
        return Ending.UNKNOWN
    made = pace.standing in (Standing.AHEAD, Standing.ON_PLAN)
    return Ending.MADE if made else Ending.NOT_MADE
