"""The forms in which a binder leaves Slack; a new one is one entry."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib.util import find_spec
from typing import BinaryIO

from bot.domain.binder import calendar_export as calendar
from bot.domain.binder.book.build import book_of
from bot.domain.binder.book.pack import pack_of
from bot.domain.binder.book.period import period_of
from bot.domain.binder.export import ExportRequest, Format, What
from bot.domain.binder.record import Binder
from bot.exchange import calendar_file, csv_export, json_export, markdown

Progress = Callable[[int, int], None]
"""Told how much is written and of how much, in steps of the format's own."""

Write = Callable[[Binder, ExportRequest, datetime, BinaryIO, Progress], Sequence[str] | None]
"""Writes the binder as of that instant into the file, from its beginning; what whoever has the file
should know of it, a sentence each, if anything."""


def _json(
    binder: Binder, _request: ExportRequest, at: datetime, out: BinaryIO, progress: Progress
) -> None:
    # JSON is UTF-8 whatever the terminal is set to (RFC 8259, section 8.1).
    out.writelines(piece.encode() for piece in json_export.to_json(binder, at, progress))


def _csv(
    binder: Binder, _request: ExportRequest, at: datetime, out: BinaryIO, progress: Progress
) -> None:
    csv_export.to_csv(binder, at, out, progress)


def _markdown(
    binder: Binder, request: ExportRequest, at: datetime, out: BinaryIO, progress: Progress
) -> None:
    book = book_of(binder, request, at)
    out.writelines(piece.encode() for piece in markdown.to_markdown(book, progress))


def _pdf(
    binder: Binder, request: ExportRequest, at: datetime, out: BinaryIO, progress: Progress
) -> Sequence[str]:
    # Loaded when it is asked for: it may not be installed.
    from bot.exchange.printing.pdf import write_pdf

    if binder.period is not None:
        book = period_of(binder.period)
    elif request.what is What.PACK:
        book = pack_of(binder.team, request, at)
    else:
        book = book_of(binder, request, at)
    zone = binder.team.team.meeting_zone_name
    return write_pdf(book, request.paper, zone, at, out, progress)


def _calendar(
    binder: Binder, request: ExportRequest, at: datetime, out: BinaryIO, _progress: Progress
) -> None:
    entries = calendar.of_record(binder.team, request, at)
    out.write(calendar_file.to_ics(entries, calendar.team_name(binder.team.team), at))


FORMATS: Mapping[Format, Write] = {
    Format.JSON: _json,
    Format.CSV: _csv,
    Format.MARKDOWN: _markdown,
    Format.PDF: _pdf,
    Format.CALENDAR: _calendar,
}

NEEDS: Mapping[Format, Sequence[str]] = {Format.PDF: ("typst", "pypdf", "fontTools")}
"""Modules of an extra that a form is made with."""


def offered() -> list[Format]:
    """Those of the forms of which all that makes them is installed here."""
    return [one for one in FORMATS if all(find_spec(name) for name in NEEDS.get(one, ()))]
