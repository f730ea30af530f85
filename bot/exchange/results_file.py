"""Files of results: CSV in any encoding, or Excel."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from bot.domain.results.rows import OPTIONAL, REQUIRED, ResultRow
from bot.domain.team.file_rows import Rejection
from bot.exchange.csv_files import CsvFileError, CsvRows
from bot.exchange.results_columns import ReadingOptions, ResultsFileError
from bot.exchange.results_rows import ResultsRows
from bot.exchange.sheets import SheetRows, is_sheet


class ResultsFile:
    """The rows of a file of results, read from it each time anew, one after the other: memory does
    not grow with the file. One reading at a time.

    `decided` says in a sentence each what the file as a whole decided; `len` is how many rows it
    has. `stream` can be sought, and stays open; `units` are those of metrics that are known
    already, by `metric_key`. Raises ResultsFileError, UndecidedError among them.
    """

    def __init__(
        self, stream: BinaryIO, *, options: ReadingOptions, units: Mapping[str, str]
    ) -> None:
        said: tuple[str, ...] = ()
        try:
            if is_sheet(stream):
                sheet = SheetRows(stream, required=REQUIRED, optional=OPTIONAL)
                said = (sheet.said,) if sheet.said else ()
                self._rows = ResultsRows(sheet, options=options, units=units)
            else:
                found = CsvRows(
                    stream, required=REQUIRED, optional=OPTIONAL, named=options.encoding
                )
                if found.encoding.read_as:
                    said = (
                        f"The file is not UTF-8; read as {found.encoding.read_as}. "
                        f"A line of it: {found.encoding.sample} "
                        "If that looks wrong, say --encoding, as in --encoding cp1250.",
                    )
                self._rows = ResultsRows(found, options=options, units=units)
        except CsvFileError as error:
            raise ResultsFileError(str(error)) from error
        self.decided = (*said, *self._rows.decided)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[ResultRow | Rejection]:
        return iter(self._rows)
