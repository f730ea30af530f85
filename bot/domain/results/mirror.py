"""The mirror: what lies ahead with each rep, and how results stand, by rep and by period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from bot.domain.appointments import Appointment
from bot.domain.results.balance import Balance
from bot.domain.results.coverage import Due, DueDates
from bot.domain.results.pace import Pace
from bot.domain.results.results import PERCENT, Metric, Period, Result, metric_key
from bot.domain.results.saving import SaveItPlan
from bot.domain.results.warnings import Warned
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import MONTHS, dates_words
from bot.domain.team.teams import Team
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class RepAhead:
    """The clocks of a rep, and what is planned with them by component, soonest first of each. Of
    what `is_unanswered` nobody said yet whether it was held. `away`: they are away today, until
    `until` as far as anybody knows."""

    rep: Person
    dates: Mapping[Component, DueDates]
    planned: Mapping[Component, date] = field(default_factory=dict)
    unanswered: frozenset[Component] = frozenset()
    away: bool = False
    until: date | None = None

    def to_plan(self, today: date) -> list[Component]:
        """Sessions and field days that are due by today and neither planned nor waiting for an
        answer; none while the rep is away."""
        if self.away:
            return []
        return [
            one
            for one in (Component.SESSION, Component.FIELD_DAY)
            if one not in self.planned
            and one not in self.unanswered
            and self.dates[one].on(today) is not Due.NOT_YET
        ]

    @property
    def next_by(self) -> date:
        """The soonest day by which something is to be, of what is not planned."""
        settled = set(self.planned) | self.unanswered
        return min(
            (one.latest_on for component, one in self.dates.items() if component not in settled),
            default=date.max,
        )


def in_turn(reps: Iterable[RepAhead]) -> tuple[RepAhead, ...]:
    """Who comes next stands first, who is away last; by name where that is the same."""
    return tuple(
        sorted(reps, key=lambda one: (one.away, one.next_by, in_order(one.rep.name), one.rep.id))
    )


@dataclass(frozen=True)
class Total:
    """What a team reached of a metric in a period, through the newest reading of each rep:
    `since` and `through` are the days of the oldest and the newest of those. Shares are not added
    up: of those both sums are None."""

    metric: Metric
    period: Period
    target: Decimal | None
    actual: Decimal | None
    since: date
    through: date


def totals(results: Iterable[Result]) -> tuple[Total, ...]:
    """By metric, in their order, and period, oldest first."""
    ordered = sorted(results, key=_by_metric_and_period)
    return tuple(_total(list(group)) for _, group in groupby(ordered, key=_by_metric_and_period))


def newest(results: Iterable[Result]) -> tuple[Result, ...]:
    """Of each metric, what there is of its newest period."""
    keyed = [(_key(one), _span(one), one) for one in results]
    last: dict[str, tuple[date, date]] = {}
    for key, span, _ in keyed:
        last[key] = max(span, last.get(key, span))
    return tuple(one for key, span, one in keyed if span == last[key])


def _total(results: Sequence[Result]) -> Total:
    metric, period = results[0].metric, results[0].period
    adds_up = metric.unit != PERCENT
    read = [one.latest for one in results]
    return Total(
        metric,
        period,
        sum((one.target for one in read), Decimal(0)) if adds_up else None,
        sum((one.actual for one in read), Decimal(0)) if adds_up else None,
        min(one.as_of for one in read),
        max(one.as_of for one in read),
    )


def _key(result: Result) -> str:
    return metric_key(result.metric.name)


def _span(result: Result) -> tuple[date, date]:
    return result.period.start, result.period.end


def _by_metric_and_period(result: Result) -> tuple[str, date, date]:
    return (_key(result), *_span(result))


def period_words(period: Period) -> str:
    """A period by its dates, since a year may begin in any month: Nov 2026, Oct – Dec 2026, or
    5 Oct – 3 Jan 2027. At most 21 characters."""
    first, last = period.start, period.end
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1
    if not whole or (last - first).days > 366:
        return f"{dates_words(first, last)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    began = f" {first.year}" if first.year != last.year else ""
    return f"{MONTHS[first.month - 1]}{began} – {MONTHS[last.month - 1]} {last.year}"


@dataclass(frozen=True)
class MirrorFront:
    """What opens the mirror: the reps on the team today, in turn, what is planned, soonest first,
    the pace of each result of theirs that runs, how the team stands in the newest period of each
    metric, the periods that were saved, the latest first, the balance of its manager, the save-it
    plans that stand, those periods not saved for which something was `tried`, and what `helped`
    when a metric was in question before, by `metric_key`. `shares`: its manager lets somebody see
    how it goes; `sees_others`: other managers let this one."""

    team: Team
    today: date
    reps: tuple[RepAhead, ...]
    coming: tuple[Appointment, ...]
    paces: tuple[tuple[Person, Pace], ...]
    totals: tuple[Total, ...]
    saved: tuple[tuple[Person, Warned], ...] = ()
    balance: Balance | None = None
    plans: tuple[SaveItPlan, ...] = ()
    tried: tuple[tuple[Person, Warned], ...] = ()
    helped: Mapping[str, str] = field(default_factory=dict)
    shares: bool = False
    sees_others: bool = False


@dataclass(frozen=True)
class ResultsView:
    """One metric of a team: its newest period by rep, and the team by period, oldest first;
    `metrics` are all there are to choose from."""

    today: date
    metric: Metric
    metrics: tuple[Metric, ...]
    by_rep: tuple[tuple[Person, Result], ...]
    by_period: tuple[Total, ...]

    @property
    def total(self) -> Total:
        """The newest period of the team."""
        return self.by_period[-1]
