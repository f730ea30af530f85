"""**Save-it plan**: what a manager and a rep will do about a warning while it still helps."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.promises import WHAT_LIMIT, Promise
from bot.domain.results.results import Period, Result, metric_key
from bot.domain.team.calendar import WEEK
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import BadField, FieldError

FEWEST_STEPS, MOST_STEPS = 2, 4
MOST_A_WEEK = 999
HELPED_LIMIT = 200
NAME_LIMIT = 100
"""Characters of what is counted, and of who helps."""


@dataclass(frozen=True)
class SaveItPlan:
    """What the two agreed on for a `period` of a metric, named `metric`: `a_week` of `leading`, who
    helps ("" for nobody), and the day on which they look at it together. `helped` is what did, said
    as it was closed. `asks_ended`: its rep wants no weekly question about the number."""

    id: int
    team_id: int
    rep: Person
    metric: str
    period: Period
    a_week: int
    leading: str
    helper: str
    made_on: date
    check_on: date
    closed_on: date | None = None
    helped: str = ""
    asks_ended: bool = False

    def is_asked_by(self, day: date) -> bool:
        """Whether its rep may still be asked about the number on that day."""
        return self.closed_on is None and not self.asks_ended and day <= self.check_on


def standing_of(plans: Iterable[SaveItPlan], since: date) -> tuple[SaveItPlan, ...]:
    """Those that nobody closed, of periods that end on that day or later."""
    return tuple(one for one in plans if one.closed_on is None and one.period.end >= since)


def helped_of(plans: Iterable[SaveItPlan]) -> dict[str, str]:
    """What helped in the newest of those plans of each metric of which that was said, by
    `metric_key`."""
    in_turn = sorted((one for one in plans if one.helped), key=lambda one: one.id)
    return {metric_key(one.metric): one.helped for one in in_turn}


@dataclass(frozen=True)
class SavingEntry:
    """What the form says: the `steps` as typed, one a line; `a_week` is None for what is no
    number."""

    steps: str
    a_week: int | None
    leading: str
    helper: str
    check_on: date | None


@dataclass(frozen=True)
class Saving:
    """A warning with the plan that was made for it, if any, the promises that its steps are, and
    what helped the last time that the team's metric was in question, "" for nothing known. `there`
    are the working days after today, to the period's end, on which the two can look at it."""

    rep: Person
    manager: Person
    result: Result
    today: date
    plan: SaveItPlan | None = None
    steps: tuple[Promise, ...] = ()
    helped_before: str = ""
    there: Sequence[date] = ()

    @property
    def standing(self) -> tuple[Promise, ...]:
        """The steps that are open or were kept: what was let go is no step any more."""
        return tuple(one for one in self.steps if one.dropped_on is None)

    @property
    def check_on(self) -> date:
        """The day to look at it: the plan's, unless that is over, else one to propose."""
        if self.plan is not None and self.plan.check_on >= self.today:
            return self.plan.check_on
        return day_to_check(self.there, self.today)


def day_to_check(there: Sequence[date], today: date) -> date:
    """A day to propose of those, in order: a week from now, or the next after it. Something can
    still be done after it: the last of them is not proposed while there is another. Today where
    there is none."""
    days = there[:-1] or there or [today]
    return next((day for day in days if day >= today + WEEK), days[-1])


def validated(
    entry: SavingEntry,
    steps: Sequence[tuple[str, date | None]],
    period: Period,
    today: date,
    known: Collection[date | None] = (),
) -> tuple[int, date]:
    """The number a week and the day to look at it, of an entry that makes sense: two to four steps
    (words and day, None for the day on which they look at it), none on a day that is over or after
    the period, unless it is `known` from before; a number; and a day to look at it while the
    period runs. Raises BadField."""
    if not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
        raise BadField("steps", FieldError.TWO_TO_FOUR_STEPS)
    if any(len(what) > WHAT_LIMIT for what, _ in steps):
        raise BadField("steps", FieldError.STEP_TOO_LONG)
    if any(due_on and due_on < today and due_on not in known for _, due_on in steps):
        raise BadField("steps", FieldError.PAST_DAY_OF_STEP)
    if any(due_on and due_on > period.end and due_on not in known for _, due_on in steps):
        raise BadField("steps", FieldError.AFTER_PERIOD)
    if entry.a_week is None or not 1 <= entry.a_week <= MOST_A_WEEK:
        raise BadField("a_week", FieldError.SENSELESS_NUMBER)
    if not entry.leading.strip():
        raise BadField("leading", FieldError.MISSING)
    if entry.check_on is None:
        raise BadField("check_on", FieldError.MISSING)
    if entry.check_on < today:
        raise BadField("check_on", FieldError.PAST_DAY)
    if entry.check_on > period.end:
        raise BadField("check_on", FieldError.AFTER_PERIOD)
    return entry.a_week, entry.check_on
