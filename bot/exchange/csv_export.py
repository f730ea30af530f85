"""The CSV export: a zip of tables, which Excel and LibreOffice open as they are, derived from the
JSON document."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any, BinaryIO, TextIO, cast

from bot.domain.binder.record import Binder
from bot.domain.results.results import PERCENT
from bot.exchange.document.reading import Document
from bot.exchange.inert import REP_NAME, inert
from bot.exchange.tables import TABLES
from bot.exchange.tables.table import Entry, Table

MARK = "\ufeff"
"""By it Excel knows a file for UTF-8."""

READ_ME = "README.txt"
OWNER_ALONE = 0o600 << 16
"""Who may read a file once it is unpacked, where a zip has it."""

_TITLE = "{team}: all that Windshield keeps of this team, as of {at}."
_HOW = """
Each file is a table in UTF-8, its values parted by commas. Dates are year-month-day; people are
named by their Slack ids, reps by their names too. An empty cell says nothing; several values in one
cell are parted by semicolons.

What a spreadsheet would take for a formula has an apostrophe before it; windshield import takes it
away again. Where a spreadsheet shows all in one column, import the file instead of
opening it, and choose the comma (Excel: Data, From Text/CSV).
"""


def to_csv(
    binder: Binder,
    exported_at: datetime,
    out: BinaryIO,
    progress: Callable[[int, int], object],
) -> None:
    """Write the binder as a zip of CSV files and a README.txt that says what each of them is.
    `progress` is told how many parts are read and files written, and of how many."""
    names = {member.rep.slack_id: member.rep.name for member in binder.team.members}
    count = binder.count + len(TABLES)
    with (
        Document(binder, exported_at, lambda read, _of: progress(read, count)) as document,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        there = [one for one in TABLES if one.key in document]
        packed.writestr(_member(READ_ME, exported_at), _read_me(document, there))
        for done, table in enumerate(there, binder.count + 1):
            with (
                packed.open(_member(f"{table.name}.csv", exported_at), "w") as member,
                io.TextIOWrapper(member, "utf-8", newline="") as file,
            ):
                _write(file, table, table.rows(document), names)
            progress(done, count)
    progress(count, count)


@contextmanager
def table_of(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """What the file is, or, where it is a CSV export, its table of that name, which can be sought
    too. The stream stays open."""
    if zipfile.is_zipfile(stream):
        with zipfile.ZipFile(stream) as packed, TemporaryFile() as unpacked:
            if f"{name}.csv" in packed.namelist():
                with packed.open(f"{name}.csv") as member:
                    copyfileobj(member, unpacked)
                unpacked.seek(0)
                yield cast(BinaryIO, unpacked)
                return
    stream.seek(0)
    yield stream


def _write(file: TextIO, table: Table, rows: Iterator[Entry], names: Mapping[str, str]) -> None:
    file.write(MARK)
    writer = csv.writer(file, lineterminator="\r\n")
    beside = (REP_NAME,) if table.rep else ()
    writer.writerow([*table.columns, *beside])
    for row in rows:
        percent = row.get("unit") == PERCENT
        cells = [_cell(row.get(name), percent=percent) for name in table.columns]
        if table.rep:
            slack_id = row.get(table.rep)
            cells.append(inert(names.get(slack_id, "") if slack_id else ""))
        writer.writerow(cells)


def _cell(value: Any, *, percent: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, percent=percent)
    if isinstance(value, list):
        return inert("; ".join(str(one) for one in value))
    return inert(value)


def _number(value: float, *, percent: bool) -> str:
    """With a point, which is a decimal sign in every reader: three digits behind it alone could be
    thousands, and a percent says that it is one."""
    written = f"{Decimal(repr(value)):f}"
    _, _, decimals = written.partition(".")
    return f"{written}{'0' if len(decimals) == 3 else ''}{'%' if percent else ''}"


def _read_me(document: Entry, tables: list[Table]) -> str:
    title = _TITLE.format(team=document["team"]["name"], at=document["exported_at"])
    width = max(len(one.name) for one in tables) + len(".csv  ")
    files = [f"{one.name}.csv".ljust(width) + one.says for one in tables]
    return "\r\n".join((title, *_HOW.splitlines(), "", *files, ""))


def _member(name: str, at: datetime) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, at.timetuple()[:6])
    found.compress_type = zipfile.ZIP_DEFLATED
    found.external_attr = OWNER_ALONE
    return found
