"""The JSON export, format windshield/1: complete but for what is private, which its author alone
gets under keys of its own.

Scripts rely on it: keys may be added, never taken away or changed in meaning. What stands in it is
said in `document`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from bot.domain.binder.record import Binder
from bot.exchange.document.reading import KEYS, SINGLE, Document, Progress, encode

ROWS = 500
"""In a piece of the document: some hundred thousand characters."""


def to_json(
    binder: Binder, exported_at: datetime, progress: Progress = lambda _done, _of: None
) -> Iterator[str]:
    """The binder as a JSON document, each entry on a line of its own, ending in a line break; in
    pieces, for years of a large team make a long one. All of it is read before the first.

    Dates and instants are in ISO 8601, people are Slack ids under `rep`, `manager` and `owner`.
    `progress` is told how many parts are read and keys of the document written, and of how many.
    Raises OSError.
    """
    count = binder.count + len(KEYS)
    with Document(binder, exported_at, lambda read, _of: progress(read, count)) as document:
        lines = _lines(document, lambda key: progress(binder.count + key, count))
        while piece := "".join(islice(lines, ROWS)):
            yield piece


def _lines(document: Document, written: Callable[[int], object]) -> Iterator[str]:
    between = "{"
    for name in document:
        yield f"{between}\n{encode(name)}: "
        if name in SINGLE:
            yield encode(document[name])
        else:
            yield "["
            comma = ""
            for line in document.lines(name):
                yield f"{comma}\n{line}"
                comma = ","
            yield "]"
        between = ","
        written(KEYS.index(name) + 1)
    written(len(KEYS))
    yield "\n}\n"
