"""Files of results, read into rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from bot.domain.results.results import Better, MetricKind
from bot.domain.results.rows import OPTIONAL, REQUIRED, ResultRow
from bot.domain.team.file_rows import FileRow, Rejection, quoted
from bot.exchange.csv_files import CsvFileError, read_file


class ResultsFileError(ValueError):
    """The file as a whole cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class ReadingOptions:
    """What whoever sends a file says of how it is written."""

    decimal: str | None = None
    dates: str | None = None
    percent: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class ResultsFile:
    """The rows of a file, to be gone through as often as is wanted."""

    rows: tuple[ResultRow | Rejection, ...]
    decided: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ResultRow | Rejection]:
        return iter(self.rows)


def open_results(
    stream: BinaryIO,
    *,
    name: str,  # noqa: ARG001
    options: ReadingOptions,  # noqa: ARG001
    units: Mapping[str, str],  # noqa: ARG001
) -> ResultsFile:
    """The rows of a file. Raises ResultsFileError."""
    try:
        found = read_file(stream.read(), required=REQUIRED, optional=OPTIONAL)
    except CsvFileError as error:
        raise ResultsFileError(str(error)) from error
    return ResultsFile(
        tuple(one if isinstance(one, Rejection) else _row(one) for one in found.rows)
    )


def _row(row: FileRow) -> ResultRow | Rejection:
    values = {name: value.strip() for name, value in row.values.items()}
    try:
        return ResultRow(
            row.line,
            values["rep_id"],
            values["metric"],
            period_start=date.fromisoformat(values["period_start"]),
            period_end=date.fromisoformat(values["period_end"]),
            target=Decimal(values["target"]),
            actual=Decimal(values["actual"]),
            as_of=date.fromisoformat(values["as_of"]),
            kind=MetricKind(values["kind"]) if values.get("kind") else None,
            unit=values.get("unit") or None,
            better=Better(values["better"]) if values.get("better") else None,
            manager_id=values.get("manager_id") or None,
        )
    except (ValueError, InvalidOperation) as error:
        return Rejection(row.line, f"cannot be read: {quoted(str(error))}")
