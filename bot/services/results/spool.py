"""Readings of a file on their way to the database: on disk, since a file is as long as it likes."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from tempfile import SpooledTemporaryFile

from bot.domain.results.incoming import Entry

IN_MEMORY = 4_000_000
"""Characters that are held before there is a file."""


class Spool:
    """Entries in the order they came, to be read again as often as is wanted."""

    def __init__(self) -> None:
        # Goes with the spool: it has no name to be found by.
        self._file = SpooledTemporaryFile(  # noqa: SIM115
            max_size=IN_MEMORY, mode="w+", encoding="ascii"
        )

    def close(self) -> None:
        self._file.close()

    def add(self, entry: Entry) -> None:
        line, place, as_of, target, actual = entry
        self._file.write(f"{line} {place} {as_of.toordinal()} {target:f} {actual:f}\n")

    def __iter__(self) -> Iterator[Entry]:
        self._file.seek(0)
        for text in self._file:
            line, place, as_of, target, actual = text.split()
            yield Entry(
                int(line),
                int(place),
                date.fromordinal(int(as_of)),
                Decimal(target),
                Decimal(actual),
            )


def chunks(entries: Iterator[Entry], size: int) -> Iterator[list[Entry]]:
    """The entries in parts of that size."""
    while part := list(islice(entries, size)):
        yield part
