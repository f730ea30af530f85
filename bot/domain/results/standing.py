"""Periods that are kept: what stands, what is in the way of another, and what becomes of what
hangs on one that is taken back."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.results.incoming import ReadingKey
from bot.domain.results.results import Metric, Period, Reading, metric_key
from bot.domain.results.saving import SaveItPlan
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class StandingPeriod:
    """A period of a team's metric that so many reps have figures of; `as_of` is the newest day of
    those, None where an import broke off before there were any. `id` is one of its results."""

    id: int
    metric: str
    period: Period
    reps: int
    as_of: date | None


@dataclass(frozen=True)
class StandingPage:
    """Some of the periods that stand, the latest first, from the one at `start`; `more` begin at
    its end, where there are more."""

    today: date
    periods: tuple[StandingPeriod, ...]
    start: int = 0
    more: int | None = None


@dataclass(frozen=True)
class InTheWay:
    """A kept period of a manager's (a Slack id) reps that shares days with one of a file or of
    pasted rows. `id` is one of its results."""

    manager: str
    id: int
    metric: str
    period: Period
    reps: int


@dataclass(frozen=True)
class RepsFigures:
    """What a rep's result in a period says newest; None for nothing yet. `id` is the result's."""

    id: int
    rep: Person
    latest: Reading | None


@dataclass(frozen=True)
class TakingBack:
    """A period of a metric that its manager means to take back: whose figures would go, and the
    save-it plans that were made for it."""

    metric: Metric
    period: Period
    today: date
    figures: tuple[RepsFigures, ...]
    plans: tuple[SaveItPlan, ...]

    @property
    def seen(self) -> str:
        """Names exactly these figures, so that what goes is what was shown."""
        said = [(one.id, str(one.latest)) for one in self.figures]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def in_the_way(places: Iterable[ReadingKey], there: Iterable[ReadingKey]) -> list[ReadingKey]:
    """Those of the places that are `there` which share a day with another of the same rep's metric
    among `places`."""
    wanted: dict[tuple[int, int, str], list[ReadingKey]] = {}
    for place in places:
        wanted.setdefault(place[:3], []).append(place)
    return [
        kept
        for kept in there
        if any(
            place != kept and place.start <= kept.end and kept.start <= place.end
            for place in wanted.get(kept[:3], ())
        )
    ]


def followed(
    plans: Sequence[SaveItPlan], new: Iterable[ReadingKey], there: Collection[ReadingKey]
) -> Mapping[int, tuple[Period, date]]:
    """Where save-it plans go whose own period is not among those that are `there`: to the one of
    the `new` places, of the same rep and metric, that shares the most days with theirs; and the day
    to look at them. By the id of the plan. A plan that shares no day with any stays where it is,
    and so does one that another plan has the place of."""
    held = {_place(plan)[:4]: plan.id for plan in plans}
    found: dict[int, tuple[Period, date]] = {}
    for plan in plans:
        own = _place(plan)
        if own in there:
            continue
        shared = [(_days_shared(own, one), one) for one in new if one[:3] == own[:3]]
        days, place = max(shared, default=(0, own))
        if days > 0 and held.setdefault(place[:4], plan.id) == plan.id:
            found[plan.id] = Period(place.start, place.end), min(plan.check_on, place.end)
    return found


def _place(plan: SaveItPlan) -> ReadingKey:
    period = plan.period
    return ReadingKey(plan.team_id, plan.rep.id, metric_key(plan.metric), period.start, period.end)


def _days_shared(one: ReadingKey, other: ReadingKey) -> int:
    return (min(one.end, other.end) - max(one.start, other.start)).days + 1
