"""A book as a PDF: its chapters set by child processes, and joined by another.

Pages are numbered as in loose-leaf books, by chapter: 4–12 is the twelfth page of the fourth. So a
chapter can be set by itself, and printed anew and put in the place of the old one.
"""

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO
from unicodedata import name

from bot.domain.binder.book.model import Book, Part
from bot.domain.binder.export import Paper
from bot.exchange.printing import fonts
from bot.exchange.printing.data import chapter_data, cover_data, size_of, text_of
from bot.exchange.printing.processes import PATIENCE, Children

CHUNK = 400_000
"""Characters of chapters that one process sets: some hundred pages."""

NEEDED = ("typst", "pypdf", "fontTools", *fonts.PACKAGES)

PAPERS = {Paper.A4: "a4", Paper.LETTER: "us-letter"}

SHOWN = 12
"""Characters that are named where no font has them; the rest are counted."""


JOINED = "binder.pdf"

OF_COVER = 2
"""Pages before the contents."""


@dataclass(frozen=True)
class _Heading:
    """Of a chapter what its place in the outline takes: its part, and the titles of its
    sections."""

    number: int
    part: Part
    title: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Chunk:
    """Chapters that one process sets, and its job."""

    headings: tuple[_Heading, ...]
    job: dict[str, Any]


@dataclass(frozen=True)
class _Placed:
    """A chapter and the pages, counted from 0, on which its divider stands, where it has one, it
    begins itself, and each of its sections does."""

    heading: _Heading
    divider: int | None
    first: int
    sections: tuple[int, ...]


def write_pdf(
    book: Book,
    paper: Paper,
    zone: str | None,
    at: datetime,
    out: BinaryIO,
    progress: Callable[[int, int], None],
    patience: float = PATIENCE,
) -> tuple[str, ...]:
    """Write the book, as of `at`, into the file; what its reader should know of it, a sentence
    each. `zone` is the team's; `progress` is told chapters.

    Raises PrintError, ModuleNotFoundError where the extra is not installed, and OSError; the file
    has nothing of the book then.
    """
    for needed in NEEDED:
        if find_spec(needed) is None:
            raise ModuleNotFoundError(f"No module named {needed!r}", name=needed)
    with TemporaryDirectory(prefix="windshield-print-") as folder:
        return Printing(book, paper, zone, at, Path(folder), patience).write(out, progress)


class Printing:
    """One book on its way to paper, in a folder of its own."""

    def __init__(
        self,
        book: Book,
        paper: Paper,
        zone: str | None,
        at: datetime,
        folder: Path,
        patience: float,
    ) -> None:
        self.book = book
        self.zone = zone
        self.folder = folder
        self.children = Children(patience)
        self.at = int(at.timestamp())
        self.common = {
            "paper": PAPERS[paper],
            "title": f"{book.title}: {book.subtitle}",
            "author": book.title,
        }
        self.missing: set[str] = set()

    def write(self, out: BinaryIO, progress: Callable[[int, int], None]) -> tuple[str, ...]:
        chunks = []
        read = done = 0
        for chunk in self.chunks():
            chunks.append(chunk)
            read += len(chunk.headings)
            # Each chapter is read, and then it is set.
            progress(read, 2 * max(read, self.book.at_most))

        def told(place: int) -> None:
            nonlocal done
            done += len(chunks[place].headings)
            progress(read + done, 2 * read)

        jobs = [one.job for one in chunks]
        if not self.book.is_bound and len(jobs) == 1:
            jobs[0]["tagged"] = True
        made = self.children.run(jobs, told)
        placed = list(_placed(chunks, made, is_bound=self.book.is_bound))
        before = 0
        if self.book.is_bound:
            contents = {"cover": cover_data(self.book), "contents": _contents(placed)}
            front = self._job("front", contents)
            (of_front,) = self.children.run([front], _untold)
            before = of_front["pages"]
            jobs = [front, *jobs]
        self.children.run([self._joining(jobs, before, placed)], _untold)
        with open(self.folder / JOINED, "rb") as file:
            shutil.copyfileobj(file, out)
        return self._report()

    def chunks(self) -> Iterator[Chunk]:
        """The chapters in chunks, each written to a file as it is made: years of a large team are
        many."""
        headings: list[_Heading] = []
        chapters: list[dict[str, Any]] = []
        size, number = 0, 0
        for place, part in enumerate(self.book.parts):
            for turn, chapter in enumerate(part.chapters):
                number += 1
                begins = self.book.is_bound and turn == 0
                data = chapter_data(part, chapter, number, place + turn, begins=begins)
                length = size_of(data)
                if chapters and size + length > CHUNK:
                    yield self._chunk(headings, chapters)
                    headings, chapters, size = [], [], 0
                titles = tuple(one.title for one in chapter.sections if one.title)
                headings.append(_Heading(number, part, chapter.title, titles))
                chapters.append(data)
                size += length
        yield self._chunk(headings, chapters)

    def _chunk(self, headings: Sequence[_Heading], chapters: Sequence[Any]) -> Chunk:
        stem = f"chapters{headings[0].number:05}"
        return Chunk(tuple(headings), self._job(stem, {"chapters": chapters}))

    def _job(self, stem: str, content: Mapping[str, Any]) -> dict[str, Any]:
        text = json.dumps(content, ensure_ascii=False)
        chosen = fonts.choose(set(text), self.zone)
        self.missing.update(chosen.missing)
        common = {**self.common, "fonts": chosen.families}
        path = self.folder / f"{stem}.json"
        path.write_text(f"{json.dumps(common, ensure_ascii=False)[:-1]}, {text[1:]}", "utf-8")
        return {
            "do": "compile",
            "data": str(path),
            "out": str(self.folder / f"{stem}.pdf"),
            "fonts": [str(one) for one in fonts.folders()],
            "at": self.at,
            # What is joined of several has no tags left.
            "tagged": False,
        }

    def _joining(
        self, jobs: Sequence[Mapping[str, Any]], before: int, placed: Sequence[_Placed]
    ) -> dict[str, Any]:
        """The job of joining what was set, `before` pages in front of the chapters."""
        is_bound = self.book.is_bound
        marks: list[tuple[int, str, int]] = [(1, "Contents", OF_COVER)] if is_bound else []
        labels: list[tuple[int, str, str]] = [(0, "", "r")] if is_bound else []
        for one in placed:
            heading = one.heading
            if one.divider is not None:
                marks.append((1, heading.part.title, before + one.divider))
                labels.append((before + one.divider, f"{heading.part.title} ", "r"))
            marks.append((2, heading.title, before + one.first))
            marks += [
                (3, title, before + page)
                for title, page in zip(heading.sections, one.sections, strict=True)
            ]
            labels.append((before + one.first, f"{heading.number}–", "D"))
        return {
            "do": "join",
            "files": [job["out"] for job in jobs],
            "out": str(self.folder / JOINED),
            "marks": marks,
            "labels": labels,
            "title": self.common["title"],
            "author": self.common["author"],
            "at": self.at,
        }

    def _report(self) -> tuple[str, ...]:
        if not self.missing:
            return ()
        lacking = sorted(self.missing)
        named = ", ".join(
            f"{one} (U+{ord(one):04X} {name(one, 'no name')})" for one in lacking[:SHOWN]
        )
        more = f" and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
        return (
            f"No font here has {named}{more}: an empty box stands in the place of each. "
            "Fonts that are installed on this machine are used too.",
        )


def _placed(
    chunks: Sequence[Chunk], found: Sequence[Mapping[str, Any]], *, is_bound: bool
) -> Iterator[_Placed]:
    """Where each chapter stands among all the pages of the chunks."""
    before, begun = 0, None
    for chunk, pages in zip(chunks, found, strict=True):
        # In the order in which the template sets them.
        marks = [before + page for page in pages["marks"]]
        for heading in chunk.headings:
            divider = None if heading.part is begun or not is_bound else marks.pop(0)
            begun = heading.part
            first = marks.pop(0)
            sections = tuple(marks.pop(0) for _ in heading.sections)
            yield _Placed(heading, divider, first, sections)
        before += pages["pages"]


def _contents(placed: Sequence[_Placed]) -> dict[str, Any]:
    parts: dict[int, dict[str, Any]] = {}
    chapters = Counter(id(one.heading.part) for one in placed)
    for one in placed:
        heading = one.heading
        part = parts.setdefault(
            id(heading.part), {"title": text_of(heading.part.title), "chapters": []}
        )
        sections = list(zip(heading.sections, one.sections, strict=True))
        if chapters[id(heading.part)] > 1:
            # Of one among many the first section is where it begins.
            sections = sections[1:]
        part["chapters"].append(
            {
                "title": text_of(heading.title),
                "page": f"{heading.number}–1",
                "sections": [
                    {"t": text_of(title), "p": str(page - one.first + 1)}
                    for title, page in sections
                ],
            }
        )
    return {"parts": list(parts.values())}


def _untold(_place: int) -> None:
    """It is no step of its own."""
