"""Pace: where a result stands against its plan, while the period can still be saved.

docs/pace.md works an example that can be checked with a pencil. Everything goes by the day that the
newest reading is of: days after it are unknown, and never count as days without result.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.domain.results.need import Need, is_counted, need_of
from bot.domain.results.presence import Presence
from bot.domain.results.results import PERCENT, Better, Reading, Result
from bot.domain.results.weeks import MOST_WEEKS, good_week
from bot.domain.team.time_off import days_there
from bot.domain.workspaces.people import Person

BAND = Decimal("0.1")
"""What the rest of the period needs a day may differ by so much of the plan's own rate, and it is
on plan."""

EARLY_SHARE = 10
EARLY_DAYS = 3
"""Too early to say before a tenth of the working days, and three at the least."""

STALE_SHARE = 4
STALE_DAYS = 5
"""A reading is too old to warn by once a quarter of the period's working days passed after it, and
five at the least."""

WITHOUT_WEEKS = Decimal("1.5")
"""With fewer weeks so many times the plan's rate can be made."""

LEVEL_MOVES = 5
"""So many days there left are enough for a level, which has no rate, to come back."""


class Standing(StrEnum):
    """How a result stands, best first. `RECOVERABLE`: behind, and it can still be made; `BEHIND`:
    behind, and not by what the rep normally makes."""

    AHEAD = "ahead"
    ON_PLAN = "on_plan"
    RECOVERABLE = "recoverable"
    BEHIND = "behind"


class Unsaid(StrEnum):
    """Why nothing is said of how a result stands. `AWAY`: the rep has no working day in the period,
    or is behind and has none left."""

    NO_TARGET = "no_target"
    COMING = "coming"
    EARLY = "early"
    AWAY = "away"


@dataclass(frozen=True)
class Pace:
    """Where a result stands by its newest reading.

    `standing` None: `unsaid` says why. `expected` is what the plan has by that day, and `left` what
    is left of the target after it (below zero where it is passed), over `days_left` working days
    that the rep is there, of them `need` each; None for a level, where nothing is needed, and where
    there is no day left. `good` is what the rep makes a day in a good normal week, by `weeks` whole
    weeks; 0 weeks: by the plan's rate. `target_before` is the target of the reading before, where
    it was another. `stale`: too much is unknown since then. `over`: the period has ended.
    """

    result: Result
    standing: Standing | None
    unsaid: Unsaid | None
    expected: Decimal
    days_done: int
    days_left: int
    need: Need | None
    good: Decimal
    weeks: int
    stale: bool
    over: bool

    @property
    def latest(self) -> Reading:
        return self.result.latest

    @property
    def left(self) -> Decimal:
        return self.latest.target - self.latest.actual

    @property
    def target_before(self) -> Decimal | None:
        """The last target that was another."""
        others = (one.target for one in reversed(self.result.readings))
        return next((target for target in others if target != self.latest.target), None)

    @property
    def warns(self) -> bool:
        """Whether it is behind, by a reading good enough to say so, in a period that runs."""
        behind = self.standing in (Standing.RECOVERABLE, Standing.BEHIND)
        return behind and not self.stale and not self.over


@dataclass(frozen=True)
class PaceView:
    """How one result of a rep stands, and the date on the wall of who reads it."""

    rep: Person
    pace: Pace
    today: date


@dataclass(frozen=True)
class _Sums:
    """The figures that a standing follows from: of `days`, `done` are over. The rep was there on
    `was_there` of them, and is on `there` of the rest."""

    target: Decimal
    actual: Decimal
    days: int
    done: int
    was_there: int
    there: int
    whole: bool

    @property
    def left(self) -> Decimal:
        return self.target - self.actual

    @property
    def to_come(self) -> int:
        return self.days - self.done


def pace_of(result: Result, presence: Presence, today: date, weeks: Sequence[Decimal] = ()) -> Pace:
    """Where a result stands. `weeks` are what the rep made a day in the whole weeks of earlier
    periods, as `weeks_of` finds them, oldest first; `today` only tells what is over or stale."""
    reading, period = result.latest, result.period
    presence = presence.of(result)
    working = presence.working_days(period)
    passed = bisect_right(working, reading.as_of)
    off_done = passed - len(days_there(working[:passed], presence.away))
    there = len(days_there(working[passed:], presence.away))
    # Where more is better a day off that is over counts as no day; one to come counts as a day
    # until it is taken, or a holiday that is planned would put its rep behind. Where less is better
    # each counts: the allowance of the day is there though nobody used it.
    out = off_done if result.metric.better is Better.MORE else 0
    sums = _Sums(
        target=reading.target,
        actual=reading.actual,
        days=len(working) - out,
        done=passed - out,
        was_there=passed - off_done,
        there=there,
        whole=is_counted(result),
    )
    good, own = _good(result, sums, weeks)
    standing, unsaid = _standing(result, sums, good, today)
    over = today > period.end
    return Pace(
        result=result,
        standing=standing,
        unsaid=unsaid,
        expected=_expected(result, sums),
        days_done=sums.was_there,
        days_left=there,
        need=_need(result, sums),
        good=good,
        weeks=own,
        stale=_is_stale(working, passed, today, over=over),
        over=over,
    )


def _standing(
    result: Result, sums: _Sums, good: Decimal, today: date
) -> tuple[Standing | None, Unsaid | None]:
    more = result.metric.better is Better.MORE
    if sums.target < 0 or (more and sums.target == 0):
        return None, Unsaid.NO_TARGET
    if today < result.period.start:
        return None, Unsaid.COMING
    if not sums.was_there + sums.there:
        return None, Unsaid.AWAY
    level = result.metric.unit == PERCENT
    reached = more and sums.left <= 0 and not level
    if sums.done < max(EARLY_DAYS, sums.days / EARLY_SHARE) and sums.to_come and not reached:
        return None, Unsaid.EARLY
    against = _of_level if level else _of_sum
    found = against(sums if more else _mirrored(sums))
    if found is not Standing.BEHIND or not sums.to_come:
        return found, None
    if not sums.there:
        return None, Unsaid.AWAY
    if level:
        can = sums.there >= LEVEL_MOVES
    elif more:
        can = sums.left <= good * sums.there
    else:
        can = sums.left >= good * sums.there
    return (Standing.RECOVERABLE if can else Standing.BEHIND), None


def _mirrored(sums: _Sums) -> _Sums:
    """The same where less is better, as if more were: everything below zero."""
    return replace(sums, target=-sums.target, actual=-sums.actual)


def _of_sum(sums: _Sums) -> Standing:
    """By what is left a day against what the plan has a day; of what is counted, at least a whole
    one from the plan by now."""
    band = BAND * abs(sums.target)
    if not sums.to_come:
        if sums.left > 0:
            return Standing.BEHIND
        return Standing.AHEAD if -sums.left >= band and sums.left else Standing.ON_PLAN
    # left / to_come against target / days, without dividing.
    lead = sums.target * sums.to_come - sums.left * sums.days
    one = sums.days if sums.whole else 0
    if sums.target > 0 and sums.left <= 0:
        return Standing.AHEAD
    if sums.target <= 0 and sums.left > 0:
        # Past the most there was to be: a sum does not come down again.
        return Standing.BEHIND
    if lead > 0 and lead >= band * sums.to_come and lead >= one:
        return Standing.AHEAD
    return Standing.BEHIND if -lead > band * sums.to_come and -lead >= one else Standing.ON_PLAN


def _of_level(sums: _Sums) -> Standing:
    """By the level itself; on the last day it is reached or it is not."""
    band = BAND * abs(sums.target)
    if sums.left <= -band and sums.left:
        return Standing.AHEAD
    if sums.left > (band if sums.to_come else 0):
        return Standing.BEHIND
    return Standing.ON_PLAN


def _expected(result: Result, sums: _Sums) -> Decimal:
    if result.metric.unit == PERCENT or not sums.days:
        return sums.target
    return sums.target * sums.done / sums.days


def _is_stale(working: Sequence[date], passed: int, today: date, *, over: bool) -> bool:
    """Of the team's working days, days off among them: what is unknown has nothing to do with the
    rep. A day that is not over is not missing."""
    unknown = bisect_left(working, today) - passed
    return unknown > 0 and (over or unknown > max(STALE_DAYS, len(working) / STALE_SHARE))


def _good(result: Result, sums: _Sums, weeks: Sequence[Decimal]) -> tuple[Decimal, int]:
    """What the rep makes a day in a good normal week, and by how many weeks."""
    more = result.metric.better is Better.MORE
    found = good_week(weeks, result.metric.better)
    if found is not None:
        return found, min(len(weeks), MOST_WEEKS)
    rate = sums.target / sums.days if sums.days else Decimal(0)
    return (rate * WITHOUT_WEEKS if more else rate / WITHOUT_WEEKS), 0


def _need(result: Result, sums: _Sums) -> Need | None:
    at_most = result.metric.better is Better.LESS
    reached = sums.left < 0 or (not at_most and sums.left == 0)
    if result.metric.unit == PERCENT or reached or not sums.there:
        return None
    return need_of(sums.left, sums.there, counted=sums.whole, at_most=at_most)
