"""The period on one page: counts and the manager's own words, for somebody above; nothing about one
person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.promises import Promise
from bot.domain.results.results import Period
from bot.domain.results.warnings import Warned
from bot.domain.team.settings import Period as PeriodKind
from bot.domain.team.teams import Membership
from bot.domain.workspaces.names import Named

WORDS_LIMIT = 1000
"""Characters of the manager's words: with what stands around them they fit where a form keeps
them."""

LEAST_REPS = 2
"""Counts of a team of one are about that one."""

MONTHS_OF = {PeriodKind.MONTH: 1, PeriodKind.TRIMESTER: 4, PeriodKind.QUARTER: 3}


@dataclass(frozen=True)
class PeriodCounts:
    """What can be counted of a period and is about nobody in particular: obstacles that reps raised
    and that were cleared, promises of either side that were kept, results that were behind and were
    made in time (`saved`). None on a team of fewer than two reps."""

    period: Period
    cleared: int | None
    kept: int | None
    saved: int | None

    @property
    def says_something(self) -> bool:
        """Whether there is anything to count: nothing is never shown as none."""
        return bool(self.cleared or self.kept or self.saved)


@dataclass(frozen=True)
class PeriodPage:
    """The page as it will read. `named` is somebody whom the words seem to name, which is asked
    about first."""

    team: str
    counts: PeriodCounts
    words: str
    named: Named | None = None


def period_of(kind: PeriodKind, today: date, *, last: bool) -> Period:
    """The month, quarter or trimester of the calendar that a day is in, or the one before."""
    months = MONTHS_OF[kind]
    start = date(today.year, (today.month - 1) // months * months + 1, 1)
    if last:
        return period_of(kind, start - timedelta(days=1), last=False)
    after = start.month - 1 + months
    return Period(start, date(start.year + after // 12, after % 12 + 1, 1) - timedelta(days=1))


def counts_of(
    period: Period,
    kept: Iterable[Promise],
    saved: Iterable[Warned],
    members: Iterable[Membership],
) -> PeriodCounts:
    """The counts of a period, from the promises kept since it began, what was acted on in time and
    whoever was ever on the team. A result counts where its own period ended; what a rep raised
    between the two of them is counted nowhere."""
    there = {
        one.rep.id
        for one in members
        if one.joined_on <= period.end and (one.left_on is None or one.left_on > period.start)
    }
    if len(there) < LEAST_REPS:
        return PeriodCounts(period, None, None, None)
    own = [
        one
        for one in kept
        if one.kept_on is not None
        and period.start <= one.kept_on <= period.end
        and one.told_to_id is None
        and not one.for_time
    ]
    cleared = sum(one.raised_on is not None for one in own)
    in_time = sum(period.start <= one.result.period.end <= period.end for one in saved)
    return PeriodCounts(period, cleared, len(own) - cleared, in_time)
