"""Adding results by hand: what a manager has to go by, and what becomes of pasted rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.results.results import Metric, Period
from bot.domain.results.rows import ResultRow
from bot.domain.results.standing import InTheWay
from bot.domain.team.file_rows import Rejection
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class AddingFacts:
    """Whose results may be added and of what: reps by name, whoever was ever on the team, the
    team's metrics and their units by `metric_key`, the manager's day, and the period that the form
    proposes."""

    reps: tuple[Person, ...]
    metrics: tuple[Metric, ...]
    units: Mapping[str, str]
    today: date
    period: Period


@dataclass(frozen=True)
class Added:
    """What became of rows, or would: those that can be kept, with why not of the others. `new`
    and `replaced` count readings; whatever else can be kept is there already. `in_the_way` are kept
    periods that share days with those of the rows; `changes` are metrics that the rows say another
    thing of, before and after."""

    good: tuple[ResultRow, ...]
    rejected: tuple[Rejection, ...]
    new: int
    replaced: int
    in_the_way: tuple[InTheWay, ...] = ()
    changes: tuple[tuple[Metric, Metric], ...] = ()
