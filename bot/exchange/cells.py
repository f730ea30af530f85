"""What a cell of a file holds: text, or what a spreadsheet knows exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.exchange.days import DAY_ZERO


@dataclass(frozen=True)
class ExactNumber:
    """A number of a spreadsheet's own, in percent where its cell shows it so. Where it is a day, it
    counts them from `day_zero`."""

    value: Decimal
    percent: bool = False
    day_zero: date = DAY_ZERO

    def __str__(self) -> str:
        return f"{self.value:f}{' %' if self.percent else ''}"


Cell = str | ExactNumber | date


class CellRow(NamedTuple):
    """A row under its header, as FileRow, of cells of any kind."""

    line: int
    values: Mapping[str, Cell]


def as_text(cell: Cell) -> str:
    """The cell where words are meant."""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
