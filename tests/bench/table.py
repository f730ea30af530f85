"""The table that `make bench` prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, with what figures, the result and the goal."""

    what: str
    figures: str
    result: str
    goal: str


def heading() -> str:
    return _line("what", "figures", "result", "goal")


def line(row: Row) -> str:
    return _line(row.what, row.figures, row.result, row.goal)


def _line(*cells: str) -> str:
    widths = (40, 44, 28, 10)
    return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
