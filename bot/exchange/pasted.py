"""Rows of results copied from a spreadsheet: columns by their headings, or by their order."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.results.rows import ResultRow
from bot.domain.team.file_rows import Rejection, quoted
from bot.domain.workspaces.meant import meant_first
from bot.domain.workspaces.names import first_named, key_of, keys_in
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.words import bare, code
from bot.exchange.cells import Cell, CellRow
from bot.exchange.results_columns import ReadingOptions, ResultsFileError
from bot.exchange.results_rows import ResultsRows

DELIMITERS = "\t;|"
"""Spreadsheets copy with tabs; a comma is a part of numbers."""

BY_COUNT: Mapping[int, tuple[str, ...]] = {
    3: ("rep_id", "target", "actual"),
    4: ("rep_id", "metric", "target", "actual"),
    5: ("rep_id", "metric", "target", "actual", "as_of"),
    7: ("rep_id", "metric", "period_start", "period_end", "target", "actual", "as_of"),
}
"""What columns without headings are, by how many there are: the order of a file of results."""

_HEADINGS = {
    "rep_id": (
        *("rep", "name", "who", "person", "rep name", "sales rep", "salesperson", "seller"),
        *("employee", "owner"),
    ),
    "metric": ("measure", "kpi", "what"),
    "period_start": ("from", "start", "begin", "period from"),
    "period_end": ("to", "until", "end", "period to"),
    "target": ("goal", "plan", "quota", "budget", "objective"),
    "actual": ("result", "reached", "done", "achieved", "attained", "so far", "to date"),
    "as_of": ("date", "day", "by"),
    "unit": (),
    "kind": (),
    "better": (),
}
HEADINGS = {key_of(word): name for name, words in _HEADINGS.items() for word in (name, *words)}

FEWEST_HEADINGS = 2
"""Known words in a first line that make it one of headings."""


@dataclass(frozen=True)
class Given:
    """What stands beside the rows, for those that do not say it themselves."""

    metric: str
    start: date | None
    end: date | None
    as_of: date | None


@dataclass(frozen=True)
class PastedRows:
    """The rows as they were understood, in order; `decided` says in a sentence each what the
    columns decided, `left_out` are headings that mean nothing here."""

    rows: tuple[ResultRow | Rejection, ...]
    decided: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_pasted(
    text: str,
    given: Given,
    reps: Sequence[Person],
    *,
    options: ReadingOptions,
    units: Mapping[str, str],
) -> PastedRows:
    """Read rows that somebody pasted, for those of `reps` whom they name: by name, @mention or id.

    With headings columns are found by them; without, by their order (BY_COUNT). `units` are those
    of the team's metrics, by `metric_key`. Raises UndecidedError where a column can be read in two
    ways and `options` do not say in which, and ResultsFileError for too many metrics, and for
    headings of which none says who.
    """
    lines = list(_lines(text))
    columns, left_out = _columns(lines[0][1]) if lines else (None, ())
    found = [
        _row(line, cells, columns, given, reps) for line, cells in (lines[1:] if columns else lines)
    ]
    rows = ResultsRows(found, options=options, units=units)
    return PastedRows(tuple(rows), rows.decided, left_out)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins on."""
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    # Not strict: a quotation mark within words is one.
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        cells = next(reader, None)
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, [cell.strip() for cell in cells]


def _columns(cells: Sequence[str]) -> tuple[list[str | None] | None, tuple[str, ...]]:
    """The columns that a first line names, and what it names that means nothing; None where it is
    no line of headings."""
    named = [HEADINGS.get(key_of(cell)) for cell in cells]
    known = [name for name in named if name]
    if len(known) < FEWEST_HEADINGS:
        return None, ()
    # Of two columns with one meaning the first counts.
    columns = [name if named.index(name) == at else None for at, name in enumerate(named)]
    left_out = [cell for cell, name in zip(cells, columns, strict=True) if cell and name is None]
    if "rep_id" not in columns:
        called = ", ".join(quoted(cell) for cell in cells if cell)
        raise ResultsFileError(
            f"No heading says who it is: call that column Rep. There are {called}."
        )
    return columns, tuple(left_out)


def _row(
    line: int,
    cells: list[str],
    columns: Sequence[str | None] | None,
    given: Given,
    reps: Sequence[Person],
) -> CellRow | Rejection:
    while cells and not cells[-1]:
        cells.pop()
    names = columns if columns is not None else BY_COUNT.get(len(cells))
    if names is None:
        return Rejection(
            line,
            f"has {len(cells)} column{'' if len(cells) == 1 else 's'}; rows without headings have "
            "3 (rep, target, actual), 4 (rep, metric, target, actual), 5 (and as of) or 7",
        )
    values: dict[str, Cell] = {
        name: cell for name, cell in zip(names, cells, strict=False) if name and cell
    }
    who = rep_named(str(values.get("rep_id", "")), reps)
    if isinstance(who, str):
        return Rejection(line, who)
    values["rep_id"] = who.slack_id
    beside = {
        "metric": given.metric,
        "period_start": given.start,
        "period_end": given.end,
        "as_of": given.as_of,
    }
    return CellRow(line, {name: cell for name, cell in beside.items() if cell} | values)


def rep_named(written: str, reps: Sequence[Person]) -> Person | str:
    """The one of `reps` whom a cell names, by name, @mention or Slack id; else why nobody is."""
    if not bare(written):
        return "names nobody"
    slack_id = code(written.strip("<@> ").partition("|")[0])
    by_id = next((rep for rep in reps if rep.slack_id == slack_id), None)
    if by_id is not None:
        return by_id
    meant = meant_first(written, reps)
    # All of the cell is a name, or what it begins with is somebody else's.
    whole = [one for one in meant if not bare(one.rest)]
    if len(whole) == 1 and whole[0].sure:
        return whole[0].person
    # A whole name with something beside it: a title, a region, the rest of an address.
    within = keys_in(written)
    named = [rep for rep in reps if key_of(rep.name) in within]
    if len(named) == 1 and not first_named(written, (rep for rep in reps if rep != named[0])):
        return named[0]
    if len(named) > 1:
        return f"{quoted(written)} names {' and '.join(rep.name for rep in named)}"
    if not meant:
        return f"{quoted(written)} is nobody on your team"
    names = " or ".join(one.person.name for one in meant)
    return f"{quoted(written)}: is it {names}? Write the whole name"
