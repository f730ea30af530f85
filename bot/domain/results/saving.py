"""**Save-it plan**: what a manager and a rep will do about a warning while it still helps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.promises import WHAT_LIMIT, Promise
from bot.domain.results.results import Period, Result
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
    as it was closed."""

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
    what helped the last time that the team's metric was in question, "" for nothing known."""

    rep: Person
    manager: Person
    result: Result
    today: date
    plan: SaveItPlan | None = None
    steps: tuple[Promise, ...] = ()
    helped_before: str = ""

    @property
    def check_on(self) -> date:
        """The day to look at it: the plan's, else a week from now, while the period runs."""
        if self.plan is not None:
            return self.plan.check_on
        return min(self.today + timedelta(days=7), self.result.period.end)


@dataclass(frozen=True)
class PlanPage:
    """A plan, and the promises that its steps are."""

    plan: SaveItPlan
    steps: tuple[Promise, ...]
    today: date

    @property
    def may_change(self) -> bool:
        """Whether it stands, and its period runs."""
        return self.plan.closed_on is None and self.today <= self.plan.period.end


def checked(
    entry: SavingEntry,
    steps: Sequence[tuple[str, date | None]],
    period: Period,
    today: date,
    known: Collection[date | None] = (),
) -> tuple[int, date]:
    """The number a week and the day to look at it, of an entry that makes sense: two to four steps
    (words and day, None for the day on which they look at it), none on a day that is over,
    unless it is `known` from before; a number; and a day to look at it while the period runs.
    Raises BadField."""
    if not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
        raise BadField("steps", FieldError.TWO_TO_FOUR_STEPS)
    if any(len(what) > WHAT_LIMIT for what, _ in steps):
        raise BadField("steps", FieldError.STEP_TOO_LONG)
    if any(due_on and due_on < today and due_on not in known for _, due_on in steps):
        raise BadField("steps", FieldError.PAST_DAY_OF_STEP)
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
