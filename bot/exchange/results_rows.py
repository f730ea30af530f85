"""Rows of results out of cells: first what whole columns decide, then each row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Protocol, TypeVar

from bot.domain.results.results import PERCENT, Better, MetricKind, metric_key
from bot.domain.results.rows import ResultRow
from bot.domain.team.file_rows import MEANT, FileRow, Rejection, quoted
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.words import bare
from bot.exchange.cells import Cell, CellRow, ExactNumber, as_text
from bot.exchange.days import (
    DayColumn,
    DayError,
    DayOrder,
    WrittenDay,
    exact_day,
    numbered_day,
    written_day,
)
from bot.exchange.numbers import (
    DecimalSign,
    NumberColumn,
    currency_code,
    written_number,
)
from bot.exchange.percents import PercentScale, ScaleColumn

NUMBERS = ("target", "actual")
DAYS = ("period_start", "period_end", "as_of")

WORDS = ("rep_id", "manager_id", "metric", "kind", "unit", "better")

_Kind = TypeVar("_Kind", MetricKind, Better)

MAX_METRICS = 1_000
"""In one file; more are numbers or names in a column that was meant for metrics."""

_PERCENT_WORDS = frozenset({"%", "percent", "per cent", "pct", "prozent", "pourcent"})


_key_of = lru_cache(maxsize=MAX_METRICS)(metric_key)
"""The same few metrics stand in row after row, and the same people."""

_slack_id = lru_cache(maxsize=4_096)(MEANT["rep_id"])


class Rows(Protocol):
    """Rows that can be read any number of times, from the first each time."""

    def __iter__(self) -> "Iterator[FileRow | CellRow | Rejection]": ...


class QuestionKind(StrEnum):
    """What somebody must say where a column does not."""

    DECIMAL = "decimal"
    DATES = "dates"
    PERCENT = "percent"


@dataclass(frozen=True)
class Question:
    """What nothing in the file decides, in a sentence with an example."""

    kind: QuestionKind
    sentence: str


@dataclass(frozen=True)
class ReadingOptions:
    """What somebody says of the file, each None where they leave it to the file. What they say
    goes for all columns: a line that it does not fit is rejected."""

    decimal: DecimalSign | None = None
    dates: DayOrder | None = None
    percent: PercentScale | None = None
    encoding: str | None = None


class ResultsFileError(ValueError):
    """The file as a whole cannot be read; the text says where and what to do."""


class UndecidedError(ResultsFileError):
    """Some columns could be read in two ways; `questions` are what to ask."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        super().__init__(" ".join(f"{one.sentence} {_OPTIONS[one.kind]}" for one in questions))


_OPTIONS = {
    QuestionKind.DECIMAL: "Say --decimal . or --decimal , please.",
    QuestionKind.DATES: "Say --dates dmy or --dates mdy please.",
    QuestionKind.PERCENT: "Say --percent share or --percent percent please.",
}


@dataclass
class _MetricColumn:
    """How the numbers of a metric are written, by column."""

    name: str
    is_percent: bool
    scales: dict[str, ScaleColumn] = field(
        default_factory=lambda: {name: ScaleColumn() for name in NUMBERS}
    )

    def note(
        self, column: str, typed: str, values: Mapping[DecimalSign, Decimal], signed: bool
    ) -> None:
        """Take a number in."""
        self.scales[column].note(typed, values, signed=signed)


_MetricUnit = tuple[str, str | None]
"""A metric by `metric_key`, and the unit that its row says: teams may differ in it."""


@dataclass
class _Survey:
    """What the whole of the rows says; `known` are units of metrics that are known already."""

    known: Mapping[str, str]
    numbers: dict[str, NumberColumn] = field(
        default_factory=lambda: {name: NumberColumn(name) for name in NUMBERS}
    )
    days: dict[str, DayColumn] = field(
        default_factory=lambda: {name: DayColumn(name) for name in DAYS}
    )
    metrics: dict[_MetricUnit, _MetricColumn] = field(default_factory=dict)
    count: int = 0

    def row(self, row: FileRow | CellRow) -> None:
        """Take a row in."""
        values: Mapping[str, Cell] = row.values
        metric = self._metric(
            as_text(values.get("metric", "")).strip(), unit_of(as_text(values.get("unit", "")))
        )
        for column in NUMBERS:
            self._number(row.line, column, values.get(column, ""), metric)
        for column in DAYS:
            try:
                day = _day(values.get(column, ""))
            except DayError:
                continue
            self.days[column].note(row.line, day)

    def _metric(self, name: str, unit: str | None) -> _MetricColumn:
        key = (_key_of(name), unit)
        if key not in self.metrics:
            if len(self.metrics) == MAX_METRICS:
                raise ResultsFileError(
                    f"There are more than {MAX_METRICS:,} metrics in the file; "
                    "is something else in the column “metric”?"
                )
            is_percent = (unit or self.known.get(key[0])) == PERCENT
            self.metrics[key] = _MetricColumn(name, is_percent)
        return self.metrics[key]

    def _number(self, line: int, column: str, cell: Cell, metric: _MetricColumn) -> None:
        if isinstance(cell, ExactNumber):
            metric.note(column, str(cell), dict.fromkeys(DecimalSign, cell.value), cell.percent)
        elif isinstance(cell, str) and (number := written_number(cell)):
            self.numbers[column].note(line, number)
            values = number.values if metric.is_percent else {}
            metric.note(column, number.typed, values, number.percent)


@dataclass(frozen=True)
class _Decided:
    """How the columns are read."""

    signs: Mapping[str, DecimalSign]
    orders: Mapping[str, DayOrder]
    units: Mapping[_MetricUnit, str]
    """Where it is said, known, or plain from percent signs alone."""
    scales: Mapping[tuple[_MetricUnit, str], PercentScale]
    known: Mapping[str, str]
    """Units of metrics that are known already."""


class ResultsRows:
    """Rows of results, read anew each time from the rows of a file.

    `units` are those of metrics that are known already, by `metric_key`. `decided` says in a
    sentence each what the columns decided, for a dry run; `len` is how many rows there are.
    Raises UndecidedError where a column can be read in two ways and `options` do not say in which,
    ResultsFileError where there are too many metrics, and what reading the rows raises.
    """

    def __init__(self, rows: Rows, *, options: ReadingOptions, units: Mapping[str, str]) -> None:
        self._rows = rows
        survey = _Survey(units)
        for row in rows:
            survey.count += 1
            if not isinstance(row, Rejection):
                survey.row(row)
        self._count = survey.count
        self._decided, self.decided = _decide(survey, options, units)

    def __iter__(self) -> Iterator[ResultRow | Rejection]:
        for row in self._rows:
            yield row if isinstance(row, Rejection) else _Line(row, self._decided).read()

    def __len__(self) -> int:
        return self._count


def _decide(
    survey: _Survey, options: ReadingOptions, known: Mapping[str, str]
) -> tuple[_Decided, tuple[str, ...]]:
    questions: list[Question] = []
    said: list[str] = []
    signs = {
        name: _sign(column, options.decimal, questions, said)
        for name, column in survey.numbers.items()
    }
    orders = _orders(survey.days, options.dates, questions, said)
    units: dict[_MetricUnit, str] = {}
    scales: dict[tuple[_MetricUnit, str], PercentScale] = {}
    for key, metric in survey.metrics.items():
        unit = _unit(key, metric, known)
        if unit is None:
            continue
        units[key] = unit
        for column, scale in metric.scales.items() if unit == PERCENT else ():
            example = scale.example(signs[column])
            if example is None:
                continue
            of = f"{column} of {metric.name}"
            found = options.percent or scale.scale(signs[column])
            if found is None:
                questions.append(Question(QuestionKind.PERCENT, f"{of}: {_two_scales(example)}"))
            else:
                scales[key, column] = found
                said.append(f"{of}: {example[0]} is read as {_plain(found.of(example[1]))} %.")
    if questions:
        raise UndecidedError(tuple(questions))
    return _Decided(signs, orders, units, scales, known), tuple(said)


def _unit(key: _MetricUnit, metric: _MetricColumn, known: Mapping[str, str]) -> str | None:
    name, said = key
    if said is not None or name in known:
        return said or known[name]
    # Numbers that all have a percent sign are in percent.
    return PERCENT if all(one.is_all_signed for one in metric.scales.values()) else None


def _two_scales(example: tuple[str, Decimal]) -> str:
    typed, value = example
    shares, percents = (_plain(one.of(value)) for one in PercentScale)
    return f"{typed} may be {shares} % or {percents} %."


def _sign(
    column: NumberColumn,
    option: DecimalSign | None,
    questions: list[Question],
    said: list[str],
) -> DecimalSign:
    sign = option or column.sign
    if sign is None and column.is_open:
        questions.append(Question(QuestionKind.DECIMAL, _two_numbers(column)))
    sign = sign or DecimalSign.POINT
    example = column.example(sign)
    number = written_number(example) if example else None
    value = number.value(sign) if number else None
    if number and value is not None and _plain(value) != number.typed:
        said.append(f"{column.name}: {number.typed} is read as {_plain(value)}.")
    return sign


def _two_numbers(column: NumberColumn) -> str:
    if column.said:
        (one, first), (other, second) = sorted(column.said.values())
        return (
            f"{column.name}: {first} (line {one}) and {second} (line {other}) do not go together."
        )
    assert column.open is not None
    number = written_number(column.open[1])
    assert number is not None
    values = " or ".join(_plain(value) for value in number.values.values())
    return f"{column.name}: {number.typed} may be {values}."


def _orders(
    columns: Mapping[str, DayColumn],
    option: DayOrder | None,
    questions: list[Question],
    said: list[str],
) -> dict[str, DayOrder]:
    # One file is written with one order: a column of first days of months never says which.
    clear = {order for column in columns.values() for order in column.said}
    of_all = next(iter(clear)) if len(clear) == 1 else None
    orders = {}
    for name, column in columns.items():
        order = option or column.order or of_all
        if order is None and (column.open or len(column.said) > 1):
            questions.append(Question(QuestionKind.DATES, _two_days(column)))
        order = order or DayOrder.DAY_FIRST
        if (example := column.example(order)) and order in (day := written_day(example)).days:
            said.append(f"{name}: {day.typed} is read as {day.days[order]}.")
        if column.number is not None:
            day = column.number
            said.append(
                f"{name}: {day.typed} is read as {day.days[order]}, as spreadsheets count days."
            )
        orders[name] = order
    return orders


def _two_days(column: DayColumn) -> str:
    if len(column.said) > 1:
        (one, first), (other, second) = sorted(column.said.values())
        return (
            f"{column.name}: {first} (line {one}) and {second} (line {other}) do not go together."
        )
    assert column.open is not None
    days = " or ".join(str(day) for day in written_day(column.open[1]).days.values())
    return f"{column.name}: {column.open[1]} may be {days}."


def _plain(value: Decimal) -> str:
    """A number as a programmer writes it, whatever the column looks like."""
    return f"{value:f}"


@lru_cache(maxsize=MAX_METRICS)
def unit_of(written: str) -> str | None:
    """A unit as it is kept: PERCENT, an ISO code in capitals, or the word; None for nothing."""
    word = " ".join(written.split())
    if fold(word) in _PERCENT_WORDS:
        return PERCENT
    return (currency_code(word) or word) or None


@lru_cache(maxsize=64)
def _word(written: str) -> str:
    return fold(bare(written))


class _Line:
    """A row as it is read, with the reasons why it cannot be."""

    def __init__(self, row: FileRow | CellRow, decided: _Decided) -> None:
        self.line = row.line
        self.cells: Mapping[str, Cell] = row.values
        self.words = {name: as_text(self.cells[name]) for name in WORDS if name in self.cells}
        self.decided = decided
        self.reasons: list[str] = []
        self.said_unit = unit_of(self.words.get("unit", ""))
        self.metric: _MetricUnit = (_key_of(self.words.get("metric", "")), self.said_unit)

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
            self.reasons.append(f"{column} {quoted(word)} is neither {known}")
            return None

    def _day(self, column: str) -> date | None:
        cell = self.cells.get(column, "")
        try:
            day = _day(cell)
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


def _day(cell: Cell) -> WrittenDay:
    """Raises DayError."""
    if isinstance(cell, ExactNumber):
        return numbered_day(int(cell.value), str(cell))
    return exact_day(cell) if isinstance(cell, date) else written_day(cell)
