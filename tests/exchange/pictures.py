"""Pictures of a printed binder for docs/print.md, made anew: part of `make pictures`."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pypdf import PdfReader

from bot.demo.page import BEGINS, seeded
from bot.domain.binder.export import ExportRequest, Format
from bot.exchange.formats import FORMATS
from bot.services.binder.export import export_team
from slack_sandbox.page import Page
from tests.places import ROOT

FOLDER = ROOT / "docs" / "pictures"
DOTS_AN_INCH = 70
WHOSE = "Sam Stone"


def main() -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "binder.pdf"
        _print(file)
        for name, page in _pages(file).items():
            number = str(page + 1)
            shown = ["-r", str(DOTS_AN_INCH), "-f", number, "-l", number, "-png", "-singlefile"]
            subprocess.run(["pdftoppm", *shown, file, FOLDER / f"print-{name}"], check=True)


def _print(file: Path) -> None:
    with seeded(0, Page(), ticking=False) as there:
        app = there.windshield.app
        workspace = next(iter(app.workspaces.values()))
        dana = there.teams[0].manager.id
        request = ExportRequest(Format.PDF)
        binder = export_team(app.database, workspace, dana, request, BEGINS)
        with binder, file.open("wb") as out:
            FORMATS[Format.PDF](binder, request, BEGINS, out, lambda *_: None)


def _pages(file: Path) -> dict[str, int]:
    """The pages to show, counted from 0."""
    with PdfReader(file) as reader:
        marked = dict(_marked(reader, reader.outline))
        divider = reader.page_labels.index("Reps i")
    return {
        "cover": 0,
        "contents": marked["Contents"],
        "divider": divider,
        "rep": marked[WHOSE],
        "sessions": marked[WHOSE] + 1,
        "results": marked[WHOSE] + 2,
        "meetings": marked["Team meetings"],
        "market": marked["Market"],
    }


def _marked(reader: PdfReader, items: Iterable[Any]) -> Iterator[tuple[str, int]]:
    """The titles in an outline with their pages, a chapter after the part that is called as it."""
    for item in items:
        if isinstance(item, list):
            yield from _marked(reader, item)
        else:
            yield item.title, reader.get_destination_page_number(item) or 0


if __name__ == "__main__":
    main()
