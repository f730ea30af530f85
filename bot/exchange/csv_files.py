"""CSV files as spreadsheets write them, read into rows: the one reader of every file that comes."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.team.file_rows import FileRow, Rejection
from bot.domain.workspaces.names import key_of
from bot.domain.workspaces.whole import whole
from bot.exchange.encodings import UnreadableError, decoded

DELIMITERS = ",;\t|"
"""Excel writes `;` where the comma is the decimal sign, and tabs when asked for Unicode text."""

_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""Excel's own first line, which says what separates the values."""

_MARKS = "\ufeff"


class CsvFileError(ValueError):
    """The file as a whole cannot be read; the text says where and what to do."""


@dataclass(frozen=True)
class CsvFile:
    """The rows of a file in the order of its lines. `read_as` says, where that had to be guessed,
    in which encoding it was read, and a word to tell by whether that is right."""

    rows: tuple[FileRow | Rejection, ...]
    read_as: str | None = None


@dataclass(frozen=True)
class _Header:
    """The columns in their order; None for one without a name."""

    columns: tuple[str | None, ...]


def read_file(content: bytes, *, required: Sequence[str], optional: Sequence[str]) -> CsvFile:
    """Read a CSV file.

    In UTF-8, UTF-16 or UTF-32, with any number of byte order marks, or in what
    `bot/exchange/encodings.py` takes it for; separated by comma, semicolon, tab or bar, whichever
    the header uses or `sep=` says. Columns may stand in any order, and be called `Time Zone` or
    `TIME-ZONE` for time_zone; those without a name are left out where nothing is in them. Blank
    rows are left out. Values are exactly what the file says, but for what is no character. A row
    with more values than columns comes as a Rejection; one with fewer has its last cells empty.

    Raises CsvFileError for an encoding that cannot be told, a broken quotation, no header, and a
    header with columns that are missing, unknown or named twice.
    """
    try:
        text, read_as = decoded(content)
    except UnreadableError as error:
        raise CsvFileError(str(error)) from error
    text, delimiter = _separated(whole(text))
    rows = _parsed(text, delimiter)
    found = next(rows, None)
    if found is None:
        raise CsvFileError(f"The file is empty; its first line must name {', '.join(required)}.")
    header = _header(found[1], required, optional)
    return CsvFile(tuple(_row(line, header, values) for line, values in rows), read_as)


def _separated(text: str) -> tuple[str, str]:
    """The text without marks at the beginnings of lines, a `sep=` line left blank so that lines
    are counted as in the file; and what separates the values."""
    text = re.sub(rf"(?m)^{_MARKS}+", "", text)
    first, ending, rest = text.partition("\n")
    said = _SEP.fullmatch(first)
    if said:
        return f"{ending}{rest}", said[1]
    header = next((line for line in io.StringIO(text) if line.strip()), "")
    return text, max(DELIMITERS, key=header.count)


def _parsed(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins on."""
    # newline="" keeps line breaks inside quotation marks as they were typed.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader, None)
        except csv.Error as error:
            raise CsvFileError(
                f"The row that begins on line {line} cannot be read; is there a quotation mark "
                f"that is not closed, or not doubled? ({error})"
            ) from error
        if values is None:
            return
        if any(value.strip() for value in values):
            yield line, values


def _header(names: list[str], required: Sequence[str], optional: Sequence[str]) -> _Header:
    known = {key_of(name): name for name in (*required, *optional)}
    columns = [known.get(key_of(name)) for name in names]
    missing = [name for name in required if name not in columns]
    if missing:
        raise CsvFileError(
            f"The first line must name the columns; {', '.join(missing)} is missing. "
            f"Known columns: {', '.join(known.values())}."
        )
    for name, column in zip(names, columns, strict=True):
        if column is None and name.strip():
            raise CsvFileError(
                f"Column “{name.strip()}” is not known. Known columns: {', '.join(known.values())}."
            )
        if column is not None and columns.count(column) > 1:
            raise CsvFileError(f"Column “{column}” is there twice.")
    while columns[-1] is None:
        del columns[-1]
    return _Header(tuple(columns))


def _row(line: int, header: _Header, values: list[str]) -> FileRow | Rejection:
    columns = header.columns
    if any(value.strip() for value in values[len(columns) :]):
        return Rejection(
            line,
            f"{len(values)} values for {len(columns)} columns; "
            "a value that holds the delimiter needs quotation marks around it",
        )
    filled = values + [""] * (len(columns) - len(values))
    found: dict[str, str] = {}
    for place, (name, value) in enumerate(zip(columns, filled, strict=False), start=1):
        if name is not None:
            found[name] = value
        elif value.strip():
            return Rejection(line, f"a value stands in column {place}, which has no name")
    return FileRow(line, found)
