"""CSV files as spreadsheets write them, read into rows: the one reader of every file that comes."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from bot.domain.team.file_rows import FileRow, Rejection
from bot.domain.workspaces.names import key_of
from bot.domain.workspaces.whole import NUL, whole
from bot.exchange.encodings import UnreadableError, encoding_of
from bot.exchange.inert import REP_NAME, as_typed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

DELIMITERS = ",;\t|"
"""Excel writes `;` where the comma is the decimal sign, and tabs when asked for Unicode text."""

_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""Excel's own first line, which says what separates the values."""

_MARKS = "\ufeff"

BESIDE = ("rep_name", "id", "occurred_at", "recorded_at", "has_file")
"""Columns that an export of ours has beside those that a file is read for; passed over."""

LOOKED_FOR_HEADER = 50
"""Lines at the beginning, one of which may be the header though another stands above it."""


class CsvFileError(ValueError):
    """The file as a whole cannot be read; the text says where and what to do."""


@dataclass(frozen=True)
class CsvFile:
    """The rows of a file in the order of its lines. `read_as` says, where that had to be guessed,
    in which encoding it was read, and a word to tell by whether that is right."""

    rows: tuple[FileRow | Rejection, ...]
    read_as: str | None = None


@dataclass(frozen=True)
class Header:
    """The columns in their order; None for one without a name."""

    columns: tuple[str | None, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns where each has a name, else none of them."""
        names = tuple(name for name in self.columns if name is not None)
        return names if len(names) == len(self.columns) else ()


def read_file(content: bytes, *, required: Sequence[str], optional: Sequence[str]) -> CsvFile:
    """Read a CSV file that fits into memory; see CsvRows. Raises CsvFileError."""
    rows = CsvRows(io.BytesIO(content), required=required, optional=optional)
    return CsvFile(tuple(rows), rows.encoding.read_as)


class CsvRows:
    """The rows of a CSV file, read from it each time anew, one after the other, so that a long file
    takes no more memory than a short one. One reading at a time.

    In UTF-8, UTF-16 or UTF-32, with any number of byte order marks, or in what
    `bot/exchange/encodings.py` takes it for, or in the encoding `named`; separated by comma,
    semicolon, tab or bar, whichever the header uses or `sep=` says. Columns may stand in any order,
    and be called `Time Zone` or `TIME-ZONE` for time_zone; those without a name are left out where
    nothing is in them. Blank rows are left out. Values are exactly what the file says, but for what
    is no character, and for the apostrophes by which an export keeps a spreadsheet from taking a
    text for a formula. A row with more values than columns comes as a Rejection; one with fewer has
    its last cells empty.

    Raises CsvFileError for an encoding that cannot be told, a broken quotation (as it is met), no
    header, and a header with columns that are missing, unknown or named twice.
    """

    def __init__(
        self,
        stream: BinaryIO,
        *,
        required: Sequence[str],
        optional: Sequence[str],
        named: str | None = None,
    ) -> None:
        self._stream = stream
        try:
            self.encoding = encoding_of(stream, named)
        except UnreadableError as error:
            raise CsvFileError(str(error)) from error
        self._delimiter, self._says = _separated(self._lines())
        found = next(self._parsed(), None)
        if found is None:
            raise CsvFileError(
                f"The file is empty; its first line must name {', '.join(required)}."
            )
        self._is_ours = REP_NAME in found[1]
        try:
            self._header = header_of(found[1], required, optional)
        except CsvFileError as error:
            lines = enumerate(self._lines(), 1)
            later = ((at, _split(line)) for at, line in lines if at > found[0])
            raise said_later(error, later, required) from error

    def __iter__(self) -> Iterator[FileRow | Rejection]:
        for line, values in islice(self._parsed(), 1, None):
            typed = map(as_typed, values) if self._is_ours else values
            yield row_of(line, self._header, list(typed))

    def _parsed(self) -> Iterator[tuple[int, list[str]]]:
        return _parsed(islice(self._lines(), self._says, None), self._delimiter, self._says)

    def _lines(self) -> Iterator[str]:
        """Lines with their endings, whole, without marks at their beginnings."""
        self._stream.seek(self.encoding.begin)
        # newline="" keeps line breaks inside quotation marks as they were typed.
        raw = io.BufferedReader(_Lent(self._stream))
        for line in io.TextIOWrapper(raw, self.encoding.name, newline=""):
            # Nearly all lines are plain, and there are many.
            is_plain = line.isascii() and NUL not in line
            yield line if is_plain else whole(line.lstrip(_MARKS))


class _Lent(io.RawIOBase):
    """A stream to read from, which stays open when its reader is done."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        into = memoryview(buffer)
        read = self._stream.read(len(into))
        into[: len(read)] = read
        return len(read)


def _separated(lines: Iterator[str]) -> tuple[str, int]:
    """What separates the values, and how many lines at the beginning say so and nothing else."""
    first = next(lines, "")
    if said := _SEP.fullmatch(first):
        return said[1], 1
    header = next((line for line in chain([first], lines) if line.strip()), "")
    return max(DELIMITERS, key=header.count), 0


def _parsed(lines: Iterator[str], delimiter: str, before: int) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins on; `before` them are so many lines."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + before
        try:
            values = next(reader, None)
        except csv.Error as error:
            raise CsvFileError(
                f"The row that begins on line {line} cannot be read; is there a quotation mark "
                f"that is not closed, or not doubled? ({error})"
            ) from error
        if values is None:
            return
        if values and (values[0].strip() or any(value.strip() for value in values)):
            yield line, values


def _split(line: str) -> list[str]:
    """The values of a line, whatever parts them, without minding quotation marks."""
    return [value.strip('" ') for value in line.split(max(DELIMITERS, key=line.count))]


def said_later(
    error: CsvFileError, lines: Iterable[tuple[int, list[str]]], required: Sequence[str]
) -> CsvFileError:
    """What is wrong with a header: that it is another line, where one of the first names all the
    columns that must be there."""
    wanted = {key_of(name) for name in required}
    for line, values in islice(lines, LOOKED_FOR_HEADER):
        if wanted <= {key_of(value) for value in values}:
            return CsvFileError(
                f"Line {line} names the columns, and something stands above it: "
                "take that out, so that the columns are named first."
            )
    return error


def header_of(names: list[str], required: Sequence[str], optional: Sequence[str]) -> Header:
    known = {key_of(name): name for name in (*required, *optional)}
    beside = {key_of(name): name for name in BESIDE}
    columns = [(known.get(key) or beside.get(key)) for key in map(key_of, names)]
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
    return Header(tuple(columns))


def row_of(line: int, header: Header, values: list[str]) -> FileRow | Rejection:
    columns = header.columns
    if len(values) == len(columns) and header.names:
        return FileRow(line, dict(zip(header.names, values, strict=True)))
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
