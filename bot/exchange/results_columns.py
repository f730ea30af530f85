"""What whole columns of results decide, how they are read then, and what must be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from bot.domain.results.results import PERCENT, metric_key
from bot.domain.workspaces.names import fold
from bot.exchange.cells import Cell, ExactNumber, as_text
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

MAX_METRICS = 1_000
"""In one file; more are numbers or names in a column that was meant for metrics."""

KEPT = 4_096
"""Cells of a column that are remembered, so that what stands in row after row is read once."""

_PERCENT_WORDS = frozenset({"%", "percent", "per cent", "pct", "prozent", "pourcent"})


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


_key_of = lru_cache(maxsize=MAX_METRICS)(metric_key)
"""The same few metrics stand in row after row."""


@dataclass
class _MetricColumn:
    """How the numbers of a metric are written, by column."""

    name: str
    is_percent: bool
    scales: dict[str, ScaleColumn] = field(
        default_factory=lambda: {name: ScaleColumn() for name in NUMBERS}
    )


MetricUnit = tuple[str, str | None]
"""A metric by `metric_key`, and the unit that its row says: teams may differ in it."""


class Survey:
    """What the whole of the rows says; `known` are units of metrics that are known already.

    What says the same as something before it is passed over: of days all that were met, of plain
    numbers all of one shape."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = known
        self.numbers = {name: NumberColumn(name) for name in NUMBERS}
        self.days = {name: DayColumn(name) for name in DAYS}
        self.metrics: dict[MetricUnit, _MetricColumn] = {}
        self._columns: dict[tuple[Cell, Cell], _MetricColumn] = {}
        self._met: dict[str, set[Cell]] = {name: set() for name in DAYS}

    def row(self, line: int, values: Mapping[str, Cell]) -> None:
        """Take a row in. Raises ResultsFileError for more metrics than there can be."""
        get = values.get
        written = get("metric", ""), get("unit", "")
        metric = self._columns.get(written)
        if metric is None:
            if len(self._columns) == KEPT:
                self._columns.clear()
            metric = self._columns[written] = self._metric(*map(as_text, written))
        for column in NUMBERS:
            cell = get(column, "")
            if (
                metric.is_percent
                or not isinstance(cell, str)
                or not metric.scales[column].unsigned
                or not self.numbers[column].has_met(cell)
            ):
                self._number(line, column, cell, metric)
        for column, met in self._met.items():
            cell = get(column, "")
            if cell not in met:
                self._day(line, column, cell)

    def _metric(self, name: str, unit: str) -> _MetricColumn:
        key = (_key_of(name.strip()), unit_of(unit))
        if key not in self.metrics:
            if len(self.metrics) == MAX_METRICS:
                raise ResultsFileError(
                    f"There are more than {MAX_METRICS:,} metrics in the file; "
                    "is something else in the column “metric”?"
                )
            is_percent = (key[1] or self.known.get(key[0])) == PERCENT
            self.metrics[key] = _MetricColumn(name.strip(), is_percent)
        return self.metrics[key]

    def _number(self, line: int, column: str, cell: Cell, metric: _MetricColumn) -> None:
        scale = metric.scales[column]
        if isinstance(cell, ExactNumber):
            scale.note(str(cell), dict.fromkeys(DecimalSign, cell.value), signed=cell.percent)
        elif isinstance(cell, str) and (number := written_number(cell)):
            self.numbers[column].note(line, number)
            values = number.values if metric.is_percent else {}
            scale.note(number.typed, values, signed=number.percent)

    def _day(self, line: int, column: str, cell: Cell) -> None:
        met = self._met[column]
        if len(met) < KEPT:
            met.add(cell)
        try:
            day = day_in(cell)
        except DayError:
            return
        self.days[column].note(line, day)


@dataclass(frozen=True)
class Decided:
    """How the columns are read."""

    signs: Mapping[str, DecimalSign]
    orders: Mapping[str, DayOrder]
    units: Mapping[MetricUnit, str]
    """Where it is said, known, or plain from percent signs alone."""
    scales: Mapping[tuple[MetricUnit, str], PercentScale]
    known: Mapping[str, str]
    """Units of metrics that are known already."""


def decide(survey: Survey, options: ReadingOptions) -> tuple[Decided, tuple[str, ...]]:
    """How the columns are read, and what was decided, in a sentence each. Raises UndecidedError."""
    known = survey.known
    questions: list[Question] = []
    said: list[str] = []
    signs = {
        name: _sign(column, options.decimal, questions, said)
        for name, column in survey.numbers.items()
    }
    orders = _orders(survey.days, options.dates, questions, said)
    units: dict[MetricUnit, str] = {}
    scales: dict[tuple[MetricUnit, str], PercentScale] = {}
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
    return Decided(signs, orders, units, scales, known), tuple(said)


def _unit(key: MetricUnit, metric: _MetricColumn, known: Mapping[str, str]) -> str | None:
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
        if column.timed is not None and order in column.timed.days:
            day = column.timed
            said.append(
                f"{name}: {day.typed} is read as {day.days[order]}; its time is left out, which "
                "may be of another day where you are."
            )
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


def day_in(cell: Cell) -> WrittenDay:
    """The day in a cell. Raises DayError."""
    if isinstance(cell, ExactNumber):
        return numbered_day(int(cell.value), str(cell), cell.day_zero)
    return exact_day(cell) if isinstance(cell, date) else written_day(cell)
