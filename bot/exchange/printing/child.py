"""What a child process does: set some chapters, or join what was set. It ends then, and with it
goes what typst keeps of every document.

A job comes as JSON on stdin; what came of it goes as JSON to stdout.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

LANGUAGE = "en"
"""Of what the product says itself, as in the template: what people typed names none."""

TEMPLATE = Path(__file__).parent / "binder.typ"


def main() -> None:
    """Do the job that stands on stdin."""
    job = json.load(sys.stdin)
    try:
        found = join(job) if job["do"] == "join" else compile_chapters(job)
    except OSError as error:
        found = {"errno": error.errno, "strerror": error.strerror or str(error)}
    json.dump(found, sys.stdout)


def compile_chapters(job: dict[str, Any]) -> dict[str, Any]:
    """Set the document of a job into its file; how many pages it has, and on which of them, counted
    from 0, each heading of its outline stands."""
    import typst

    fonts = typst.Fonts(include_system_fonts=True, font_paths=job["fonts"])
    data = Path(job["data"]).read_text("utf-8")
    compiler = typst.Compiler(TEMPLATE, font_paths=fonts, sys_inputs={"data": data})
    try:
        content = compiler.compile(
            format="pdf", timestamp=_instant(job["at"]), pdf_tags=job["tagged"]
        )
    except typst.TypstError as error:
        return {"refused": str(error)}
    assert isinstance(content, bytes)
    Path(job["out"]).write_bytes(content)
    return _outline(job["out"])


def _outline(path: str) -> dict[str, Any]:
    from pypdf import PdfReader

    with PdfReader(path) as reader:
        places = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(reader.pages)
            if page.indirect_reference is not None
        }
        return {"pages": len(places), "marks": [places[one] for one in _marked(reader.outline)]}


def _marked(items: Iterable[Any]) -> Iterator[int]:
    """The pages that an outline names, by the numbers of their objects, in order."""
    for item in items:
        if isinstance(item, list):
            yield from _marked(item)
        else:
            yield item.page.idnum


def join(job: dict[str, Any]) -> dict[str, Any]:
    """Join files into one, with an outline of them all and a label for each page."""
    from pypdf import PdfWriter
    from pypdf.constants import PageLabelStyle
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    if len(job["files"]) == 1:
        # As it is, with its tags; of files that are appended they are lost.
        writer = PdfWriter(clone_from=job["files"][0])
        writer.root_object.pop(NameObject("/Outlines"), None)
    else:
        writer = PdfWriter()
        for path in job["files"]:
            writer.append(path, import_outline=False)
    writer.root_object[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    # A viewer shows its title, and not what the file is called.
    shows = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(value=True)})
    writer.root_object[NameObject("/ViewerPreferences")] = shows
    parents: dict[int, Any] = {}
    for level, title, page in job["marks"]:
        parents[level] = writer.add_outline_item(
            title=title, page_number=page, parent=parents.get(level - 1)
        )
    nexts = [first for first, *_ in job["labels"][1:]]
    for (first, prefix, style), after in zip_longest(job["labels"], nexts):
        last = (len(writer.pages) if after is None else after) - 1
        writer.set_page_label(
            first, last, style=PageLabelStyle(f"/{style}"), prefix=prefix or None, start=1
        )
    made = _instant(job["at"])
    stamp = made.strftime("D:%Y%m%d%H%M%SZ")
    writer.metadata = {
        "/Title": job["title"],
        "/Author": job["author"],
        "/Creator": "Windshield",
        "/Producer": "typst, pypdf",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    with open(job["out"], "wb") as file:
        writer.write(file)
    return {"pages": len(writer.pages)}


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


if __name__ == "__main__":
    main()
