"""Excel files, read a row at a time: the first sheet of a workbook, as rows under its header."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import ParseError

from bot.domain.team.file_rows import Rejection, quoted
from bot.domain.workspaces.whole import whole
from bot.exchange.cells import Cell, CellRow, ExactNumber, as_text
from bot.exchange.csv_files import CsvFileError, Header, header_of, said_later
from bot.exchange.percents import PercentScale

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_ROWS = 200_000
MAX_COLUMNS = 50
MAX_UNPACKED = 500_000_000
"""Bytes; what is packed small may unpack without end."""
MOST_PACKED, PACKED_AT_LEAST = 100, 1_000_000
"""No part of a workbook that somebody filled is a hundred times as large as it is packed; of less
than so many bytes it does no harm (as Apache POI has it, ZipSecureFile)."""

MOST_NAMED = 3
"""Sheets that are not read, by name."""

DAMAGED = (
    *(LookupError, ValueError, TypeError, AttributeError, OSError, EOFError, RuntimeError),
    *(ParseError, zipfile.BadZipFile, zlib.error),
)
"""What reading a workbook raises that arrived broken, or was encrypted. RuntimeError: of which a
compression that is not known is one."""

ZIPPED = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
"""How .xlsx and .xls begin."""


def is_sheet(stream: BinaryIO) -> bool:
    """Whether the file is an Excel workbook of either age, whatever it is called."""
    stream.seek(0)
    return stream.read(4) in (ZIPPED, OLD_EXCEL)


class SheetRows:
    """The rows of a workbook's first sheet that is not hidden, read from it each time anew. One
    reading at a time.

    Numbers are what the sheet shows at its most exact, days are days, a formula is what it last
    came to. The header and blank rows are as in CsvRows. Raises CsvFileError: the package is
    missing, the file is no workbook, too large, too wide, or has a header that cannot be.
    """

    def __init__(
        self, stream: BinaryIO, *, required: Sequence[str], optional: Sequence[str]
    ) -> None:
        self._stream = stream
        self._name, self._others, self._is_first = "", list[str](), True
        stream.seek(0)
        if stream.read(4) == OLD_EXCEL:
            raise CsvFileError(
                "This is a file of an old Excel, or one with a password; save it as .xlsx without "
                "one, or as CSV."
            )
        _check_size(stream)
        found = next(self._parsed(), None)
        if found is None:
            raise CsvFileError(
                f"The first sheet is empty; its first line must name {', '.join(required)}."
            )
        self._first, names = found
        try:
            self._header = header_of([as_text(name) for name in names], required, optional)
        except CsvFileError as error:
            later = (
                (line, [as_text(one) for one in cells])
                for line, cells in self._parsed()
                if line > self._first
            )
            better = said_later(error, later, required)
            raise CsvFileError(f"{better} {self.said}".strip()) from error

    @property
    def said(self) -> str:
        """Which sheet is read, in a sentence, where there are others."""
        if not self._others:
            return ""
        others = ", ".join(quoted(name) for name in self._others[:MOST_NAMED])
        first = "the first" if self._is_first else "the first that is not hidden"
        return f"The sheet {quoted(self._name)} is read, as {first}; not {others}."

    def __iter__(self) -> Iterator[CellRow | Rejection]:
        for line, cells in self._parsed():
            if line > self._first:
                yield _row(line, self._header, cells)

    def _parsed(self) -> Iterator[tuple[int, list[Cell]]]:
        """Rows that are not blank, each with its number in the sheet."""
        book = _opened(self._stream)
        try:
            # The one to the left of those that somebody sees, whatever was open when it was saved.
            sheet, *others = sorted(book.worksheets, key=_is_hidden)
            day_zero = book.epoch.date()
            self._name, self._others = sheet.title, [one.title for one in others]
            self._is_first = sheet is book.worksheets[0]
            sheet.reset_dimensions()
            for line, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
                if line > MAX_ROWS:
                    raise CsvFileError(f"The sheet has more than {MAX_ROWS:,} rows.")
                cells = [_cell(one, day_zero) for one in row]
                if any(map(_is_filled, cells)):
                    if any(map(_is_filled, cells[MAX_COLUMNS:])):
                        raise CsvFileError(f"The sheet has more than {MAX_COLUMNS} columns.")
                    yield line, cells[:MAX_COLUMNS]
        except DAMAGED as error:
            if isinstance(error, CsvFileError):
                raise
            raise CsvFileError(_BROKEN) from error
        finally:
            book.close()


_BROKEN = "This is no Excel file that can be read; open it in Excel, save it as .xlsx or CSV."


def _check_size(stream: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(stream) as packed:
            parts = packed.infolist()
    except DAMAGED as error:
        raise CsvFileError(_BROKEN) from error
    # A picture of one colour may be packed as small as it likes: none is unpacked.
    is_packed = any(
        one.file_size > max(MOST_PACKED * one.compress_size, PACKED_AT_LEAST)
        for one in parts
        if one.filename.endswith(".xml")
    )
    if is_packed or sum(one.file_size for one in parts) > MAX_UNPACKED:
        raise CsvFileError("The Excel file is too large; save its first sheet as “CSV UTF-8”.")


def _opened(stream: BinaryIO) -> "Workbook":
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError as error:
        raise CsvFileError(
            "Reading .xlsx needs one more package: pip install 'windshield[excel]'. "
            "Or save the file as “CSV UTF-8”."
        ) from error
    stream.seek(0)
    try:
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except DAMAGED as error:
        raise CsvFileError(_BROKEN) from error
    if not book.worksheets:
        raise CsvFileError("The Excel file has no sheet of cells.")
    return book


def _is_hidden(sheet: "Worksheet") -> bool:
    return sheet.sheet_state != "visible"


def _is_filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True


def _cell(cell: "SheetCell | MergedCell", day_zero: date) -> Cell:
    value: object = cell.value
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, (int, float)):
        # A spreadsheet goes by fifteen digits: what is behind them it never shows.
        exact = Decimal(f"{Decimal(f'{value:.15g}'):f}")
        is_percent, is_share = _percent(str(cell.number_format))
        return ExactNumber(
            PercentScale.SHARE.of(exact) if is_share else exact, is_percent, day_zero
        )
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    return whole(str(value))


@lru_cache(maxsize=1_024)
def _percent(number_format: str) -> tuple[bool, bool]:
    """Whether a format shows a percent sign, and whether what it shows is a hundred times the
    number: one within quotation marks, or behind a backslash, is a letter like any other
    (https://support.microsoft.com, “Number format codes”)."""
    shown = re.sub(r"[_*].", "", number_format)
    return "%" in shown, "%" in re.sub(r'"[^"]*"|\\.', "", shown)


def _row(line: int, header: Header, cells: list[Cell]) -> CellRow | Rejection:
    columns = header.columns
    found: dict[str, Cell] = {name: "" for name in columns if name is not None}
    for place, cell in enumerate(cells):
        name = columns[place] if place < len(columns) else None
        if name is not None:
            found[name] = cell
        elif cell and as_text(cell).strip():
            return Rejection(line, f"a value stands in column {place + 1}, which has no name")
    return CellRow(line, found)
