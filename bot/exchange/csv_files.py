"""CSV files as spreadsheets write them, read into rows."""

import csv
import io
from collections.abc import Iterator, Sequence

from bot.domain.team.file_rows import FileRow, Rejection

DELIMITERS = ",;\t"
"""Excel writes `;` where the comma is the decimal sign, and tabs when asked for Unicode text."""


class CsvFileError(ValueError):
    """The file as a whole cannot be read; the text says where and what to do."""


def read_rows(
    content: bytes, *, required: Sequence[str], optional: Sequence[str]
) -> list[FileRow | Rejection]:
    """The rows of a CSV file in the order of its lines.

    UTF-8 with or without a byte order mark; comma, semicolon or tab, whichever the header uses;
    columns in any order, their names in any case; blank rows are left out. Values are exactly
    what the file says. A row with more values than columns comes as a Rejection; one with fewer
    has its last cells empty.

    Raises CsvFileError for another encoding, a broken quotation, no header, and a header with
    columns that are missing, unknown or named twice.
    """
    text = _decoded(content)
    rows = _parsed(text, _delimiter(text))
    header = next(rows, None)
    if header is None:
        raise CsvFileError(f"The file is empty; its first line must name {', '.join(required)}.")
    columns = [name.strip().lower() for name in header[1]]
    _check_header(columns, required, optional)
    return [_row(line, columns, values) for line, values in rows]


def _decoded(content: bytes) -> str:
    nul = content.find(0)
    if nul >= 0:
        raise CsvFileError(_not_utf8(content, nul))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CsvFileError(_not_utf8(content, error.start)) from error


def _not_utf8(content: bytes, at: int) -> str:
    line = content.count(b"\n", 0, at) + 1
    return (
        f"Line {line} holds a byte (0x{content[at]:02X}) that UTF-8 text does not have there; "
        "save the file as “CSV UTF-8”."
    )


def _delimiter(text: str) -> str:
    header = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(DELIMITERS, key=header.count)


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


def _check_header(columns: list[str], required: Sequence[str], optional: Sequence[str]) -> None:
    known = [*required, *optional]
    missing = [name for name in required if name not in columns]
    if missing:
        raise CsvFileError(
            f"The first line must name the columns; {', '.join(missing)} is missing. "
            f"Known columns: {', '.join(known)}."
        )
    for place, name in enumerate(columns, start=1):
        if name not in known:
            called = f"“{name}”" if name else f"number {place}, which has no name,"
            raise CsvFileError(f"Column {called} is not known. Known columns: {', '.join(known)}.")
        if columns.count(name) > 1:
            raise CsvFileError(f"Column “{name}” is there twice.")


def _row(line: int, columns: list[str], values: list[str]) -> FileRow | Rejection:
    if any(value.strip() for value in values[len(columns) :]):
        return Rejection(
            line,
            f"{len(values)} values for {len(columns)} columns; "
            "a value that holds the delimiter needs quotation marks around it",
        )
    filled = values + [""] * (len(columns) - len(values))
    return FileRow(line, dict(zip(columns, filled, strict=False)))
