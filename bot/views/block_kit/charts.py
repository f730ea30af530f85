"""Charts and tables, and the same in words.

A message holds one chart and one table, a modal neither; App Home several. slack_sdk has no classes
for either, so they are built as the JSON that they become. A workspace may not have been given
charts yet: what a chart says stands beside it too, as a table or in words, and the messenger sends
the message without it there.

Limits: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block and
…/table-block.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from slack_sdk.models.blocks import Block

from bot.views.block_kit.kit import BuiltBlock, shorten

SERIES_MOST = 6
POINTS_MOST = 20
TITLE_LIMIT = 50
LABEL_LIMIT = 20
AXIS_LABEL_LIMIT = 50
TABLE_ROWS_MOST = 100
TABLE_COLUMNS_MOST = 20
CELL_LIMIT = 120
"""Characters of a cell that are shown: a phone shows fewer."""

NOTHING = "–"
"""In a cell of which nothing is known: Slack takes no empty one."""

Number = int | float | Decimal
Item = TypeVar("Item")


class ChartKind(StrEnum):
    """How the points of a series are drawn."""

    LINE = "line"
    BAR = "bar"


@dataclass(frozen=True)
class Series:
    """A line, or the bars of one colour: a value for each category, in their order."""

    name: str
    values: tuple[Number, ...]


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some of what there is, in order: `start` is the place of the first, of `total`."""

    items: tuple[Item, ...]
    start: int
    total: int
    size: int

    @property
    def before(self) -> int | None:
        """Where the page before this one begins; None where this is the first."""
        return max(0, self.start - self.size) if self.start > 0 else None

    @property
    def after(self) -> int | None:
        """Where the page after this one begins; None where this is the last."""
        following = self.start + self.size
        return following if following < self.total else None


def page_of(items: Sequence[Item], start: int, size: int) -> Page[Item]:
    """The items from the place `start` on, at most so many; from the first where there is no such
    place. The pages one after the other hold each item once."""
    start = start if 0 <= start < len(items) else 0
    return Page(tuple(items[start : start + size]), start, len(items), size)


def line(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    y_label: str = "",
) -> Block:
    """Lines over the categories. Raises ValueError as `_chart` says."""
    return _chart(ChartKind.LINE, title, categories, series, y_label)


def bar(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    y_label: str = "",
) -> Block:
    """Bars beside each other, by category. Raises ValueError as `_chart` says."""
    return _chart(ChartKind.BAR, title, categories, series, y_label)


def _chart(
    kind: ChartKind,
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    y_label: str,
) -> Block:
    """ValueError for what Slack would refuse and shortening would falsify: no series or more than
    six, no category or more than twenty, a series with another number of values. Who has more
    shows a page of it (`page_of`)."""
    if not 1 <= len(series) <= SERIES_MOST:
        raise ValueError(f"a chart has 1 to {SERIES_MOST} series, not {len(series)}")
    if not 1 <= len(categories) <= POINTS_MOST:
        raise ValueError(f"a chart has 1 to {POINTS_MOST} categories, not {len(categories)}")
    if any(len(one.values) != len(categories) for one in series):
        raise ValueError("a series has one value for each category")
    labels, names = distinct(categories), distinct([one.name for one in series])
    axes: dict[str, Any] = {"categories": labels}
    if y_label:
        axes["y_label"] = shorten(y_label, AXIS_LABEL_LIMIT)
    drawn = [
        {
            "name": name,
            "data": [
                {"label": label, "value": _number(value)}
                for label, value in zip(labels, one.values, strict=True)
            ],
        }
        for name, one in zip(names, series, strict=True)
    ]
    chart = {"type": kind.value, "series": drawn, "axis_config": axes}
    return BuiltBlock(
        {"type": "data_visualization", "title": shorten(title, TITLE_LIMIT), "chart": chart}
    )


def distinct(names: Iterable[str]) -> list[str]:
    """The names as labels of a chart, each of at most twenty characters and no two alike: people of
    one name, or of names that begin alike, are numbered."""
    found: list[str] = []
    for name in names:
        label, number = shorten(name, LABEL_LIMIT) or NOTHING, 1
        while label in found:
            number += 1
            behind = f" {number}"
            label = shorten(name, LABEL_LIMIT - len(behind)) + behind
        found.append(label)
    return found


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Block:
    """A table with its header; words are shown as they are, and the first column, which names the
    row, is broken where a phone is too narrow for it. Raises ValueError for more than 99 rows or 20
    columns, and for a row of another length: who has more, shows a page of it."""
    cells = [list(header), *map(list, rows)]
    if len(cells) > TABLE_ROWS_MOST or not 1 <= len(header) <= TABLE_COLUMNS_MOST:
        raise ValueError(f"{len(cells)} rows of {len(header)} cells are no table")
    if any(len(row) != len(header) for row in cells):
        raise ValueError("each is as long as the header")
    drawn = [
        [{"type": "raw_text", "text": shorten(cell, CELL_LIMIT).strip() or NOTHING} for cell in row]
        for row in cells
    ]
    return BuiltBlock({"type": "table", "column_settings": [{"is_wrapped": True}], "rows": drawn})


def rows_in_words(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The rows of a table as lines, for screen readers and where no table is shown: "Sam Stone:
    Session by Wed 9 Dec, Field day by Mon 21 Dec". What is not known is left out."""
    lines = []
    for row in rows:
        parts = [
            f"{name} {cell}"
            for name, cell in zip(header[1:], row[1:], strict=True)
            if cell.strip() and cell != NOTHING
        ]
        lines.append(f"{row[0]}: {', '.join(parts)}" if parts else row[0])
    return lines


def _number(value: Number) -> int | float:
    """As JSON has it: an amount that is whole without a point."""
    as_float = float(value)
    return int(as_float) if as_float.is_integer() else as_float
