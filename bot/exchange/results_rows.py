"""Rows of results out of cells: first what whole columns decide, then each row."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeVar

from bot.domain.results.results import PERCENT, Better, MetricKind, metric_key
from bot.domain.results.rows import ResultRow
from bot.domain.team.file_rows import MEANT, FileRow, Rejection, quoted
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.words import bare
from bot.exchange.cells import Cell, CellRow, ExactNumber, as_text
from bot.exchange.days import DayError
from bot.exchange.numbers import currency_code, plain_number, written_number
from bot.exchange.percents import PercentScale
from bot.exchange.results_columns import (
    DAYS,
    KEPT,
    NUMBERS,
    Decided,
    MetricUnit,
    ReadingOptions,
    Survey,
    day_in,
    decide,
    unit_of,
)

WORDS = ("rep_id", "manager_id", "metric", "kind", "unit", "better")

_Kind = TypeVar("_Kind", MetricKind, Better)
_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")

_slack_id = lru_cache(maxsize=KEPT)(MEANT["rep_id"])


class Rows(Protocol):
    """Rows that can be read any number of times, from the first each time."""

    def __iter__(self) -> "Iterator[FileRow | CellRow | Rejection]": ...


class ResultsRows:
    """Rows of results, read anew each time from the rows of a file.

    `units` are those of metrics that are known already, by `metric_key`. `decided` says in a
    sentence each what the columns decided, for a dry run; `len` is how many rows there are.
    Raises UndecidedError where a column can be read in two ways and `options` do not say in which,
    ResultsFileError where there are too many metrics, and what reading the rows raises.
    """

    def __init__(self, rows: Rows, *, options: ReadingOptions, units: Mapping[str, str]) -> None:
        self._rows = rows
        survey, self._count = Survey(units), 0
        for self._count, row in enumerate(rows, 1):
            if not isinstance(row, Rejection):
                survey.row(row.line, row.values)
        self._decided, self.decided = decide(survey, options)

    def __iter__(self) -> Iterator[ResultRow | Rejection]:
        reader = _Reader(self._decided)
        for row in self._rows:
            yield row if isinstance(row, Rejection) else reader.read(row.line, row.values)

    def __len__(self) -> int:
        return self._count


class _Told(NamedTuple):
    """What the words of a good row say of its metric, and how the numbers are meant."""

    metric: str
    kind: MetricKind | None
    unit: str | None
    better: Better | None
    target_scale: PercentScale | None
    actual_scale: PercentScale | None


class _Reader:
    """Reads row after row: a cell that stands in many is read in the first of them, and a row that
    holds anything else, or cannot be, by itself."""

    def __init__(self, decided: Decided) -> None:
        self._decided = decided
        self._signs = [decided.signs[column] for column in NUMBERS]
        self._told: dict[tuple[Cell | None, ...], _Told] = {}
        self._people: dict[tuple[Cell | None, ...], tuple[str, str | None]] = {}
        self._days: tuple[dict[Cell, date], ...] = tuple({} for _ in DAYS)

    def read(self, line: int, cells: Mapping[str, Cell]) -> ResultRow | Rejection:
        """The row, or every reason why it is none."""
        get = cells.get
        words = get("metric"), get("unit"), get("kind"), get("better")
        people = get("rep_id"), get("manager_id")
        quick = self._quick(line, cells, self._told.get(words), self._people.get(people))
        if quick is not None:
            return quick
        found = _Line(line, cells, self._decided)
        row = found.read()
        if isinstance(row, ResultRow):
            scales = (self._decided.scales.get((found.metric, column)) for column in NUMBERS)
            told = _Told(row.metric, row.kind, row.unit, row.better, *scales)
            _keep(self._told, words, told)
            _keep(self._people, people, (row.rep_id, row.manager_id))
            days = row.period_start, row.period_end, row.as_of
            for column, own, day in zip(DAYS, self._days, days, strict=True):
                _keep(own, cells[column], day)
        return row

    def _quick(
        self,
        line: int,
        cells: Mapping[str, Cell],
        told: _Told | None,
        who: tuple[str, str | None] | None,
    ) -> ResultRow | None:
        """The row where all its words and days were met before, and its numbers are plain."""
        if told is None or who is None:
            return None
        get = cells.get
        starts, ends, days = self._days
        start, end = starts.get(get("period_start", "")), ends.get(get("period_end", ""))
        as_of = days.get(get("as_of", ""))
        typed, so_far = get("target"), get("actual")
        if start is None or end is None or as_of is None:
            return None
        if not isinstance(typed, str) or not isinstance(so_far, str):
            return None
        of_target, of_actual = self._signs
        target, actual = plain_number(typed, of_target), plain_number(so_far, of_actual)
        if target is None or actual is None:
            return None
        metric, kind, unit, better, target_scale, actual_scale = told
        if target_scale is not None:
            target = target_scale.of(target)
        if actual_scale is not None:
            actual = actual_scale.of(actual)
        rep, manager = who
        return ResultRow(
            line, rep, metric, start, end, target, actual, as_of, kind, unit, better, manager
        )


def _keep(into: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if len(into) == KEPT:
        into.clear()
    into[key] = value


@lru_cache(maxsize=64)
def _word(written: str) -> str:
    return fold(bare(written))


class _Line:
    """A row as it is read, with the reasons why it cannot be."""

    def __init__(self, line: int, cells: Mapping[str, Cell], decided: Decided) -> None:
        self.line = line
        self.cells = cells
        self.words = {name: as_text(self.cells[name]) for name in WORDS if name in self.cells}
        self.decided = decided
        self.reasons: list[str] = []
        self.said_unit = unit_of(self.words.get("unit", ""))
        self.metric: MetricUnit = (metric_key(self.words.get("metric", "")), self.said_unit)

    def read(self) -> ResultRow | Rejection:
        """The row, or every reason why it is none."""
        rep_id, metric = self._filled("rep_id"), self._filled("metric")
        start, end, as_of = (self._day(column) for column in DAYS)
        target, actual = (self._number(column) for column in NUMBERS)
        self._check_unit()
        kind = self._one_of("kind", MetricKind)
        better = self._one_of("better", Better)
        if self.reasons or not (start and end and as_of) or target is None or actual is None:
            return Rejection(self.line, "; ".join(self.reasons))
        return ResultRow(
            line=self.line,
            rep_id=_slack_id(rep_id),
            metric=metric,
            period_start=start,
            period_end=end,
            target=target,
            actual=actual,
            as_of=as_of,
            kind=kind,
            unit=self.said_unit or self.decided.units.get(self.metric),
            better=better,
            manager_id=_slack_id(self.words.get("manager_id", "").strip()) or None,
        )

    def _check_unit(self) -> None:
        name, said = self.metric
        if (
            said is None
            and name not in self.decided.known
            and (name, PERCENT) in self.decided.units
        ):
            self.reasons.append("unit is empty, where other lines of the metric say %")

    def _filled(self, column: str) -> str:
        word = " ".join(self.words.get(column, "").split())
        if not word:
            self.reasons.append(f"{column} is empty")
        return word

    def _one_of(self, column: str, kinds: type[_Kind]) -> _Kind | None:
        written = self.words.get(column, "")
        if not written.strip():
            return None
        word = _word(written)
        try:
            return kinds(word)
        except ValueError:
            known = " nor ".join(kinds)
            self.reasons.append(f"{column} {quoted(written)} is neither {known}")
            return None

    def _day(self, column: str) -> date | None:
        cell = self.cells.get(column, "")
        try:
            day = day_in(cell)
            found = day.days.get(self.decided.orders[column])
            if found is None:
                raise DayError("is not in the calendar, with the day and month in this order")
        except DayError as error:
            self.reasons.append(self._reason(column, str(error)))
            return None
        return found

    def _number(self, column: str) -> Decimal | None:
        cell = self.cells.get(column, "")
        number = written_number(cell) if isinstance(cell, str) else None
        if isinstance(cell, ExactNumber):
            value: Decimal | None = cell.value
        else:
            value = number.value(self.decided.signs[column]) if number else None
        if value is None:
            is_other = number is not None and bool(number.values)
            why = "is not a number" + (" with this decimal sign" if is_other else "")
            self.reasons.append(self._reason(column, why))
            return None
        signed = cell.percent if isinstance(cell, ExactNumber) else bool(number and number.percent)
        return self._in_unit(column, value, signed, number.currency if number else "")

    def _in_unit(self, column: str, value: Decimal, signed: bool, currency: str) -> Decimal | None:
        unit = self.decided.units.get(self.metric)
        code = currency_code(currency) if currency else None
        if signed and unit != PERCENT:
            self.reasons.append(self._reason(column, "has a percent sign, and the metric none"))
            return None
        if currency and (
            unit == PERCENT or (code and unit and currency_code(unit) and code != unit)
        ):
            self.reasons.append(self._reason(column, f"is in {currency}, and the metric in {unit}"))
            return None
        scale = self.decided.scales.get((self.metric, column))
        return value if signed or scale is None else scale.of(value)

    def _reason(self, column: str, why: str) -> str:
        shown = as_text(self.cells.get(column, "")).strip()
        return f"{column} {quoted(shown)} {why}" if shown else f"{column} is empty"
