"""A book as Markdown (https://spec.commonmark.org, tables and task lists as in
https://github.github.com/gfm/): one file, to be read as it is or drawn. What people typed is text
in it, and never markup, a link or HTML."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from tempfile import TemporaryFile
from typing import Any

from bot.domain.binder.book.model import (
    AccountOnMap,
    Book,
    Chapter,
    Charts,
    Columns,
    Entries,
    Facts,
    Figures,
    Group,
    Items,
    Labelled,
    Lines,
    Map,
    Part,
    Prose,
    Section,
    Table,
    Words,
)

_MARKS = re.compile(r"[\\`*_\[\]<>&|~^$@]|(?<=www)\.|:(?=//)", re.IGNORECASE)
"""What means something anywhere in a line, addresses among it."""

_BEGINS = tuple("#+-=:")
"""What means something where a line begins."""

_NUMBERED = re.compile(r"(\d+)([.)])")
_STEP = "  "

PIECE = 1 << 20
"""Characters that are written at once."""


def escaped(text: str) -> str:
    """A line as text; blanks around it are left out."""
    spaced = text.replace("\t", " ").strip()
    line = "".join(one for one in spaced if unicodedata.category(one) not in ("Cc", "Cs"))
    plain = _MARKS.sub(r"\\\g<0>", line)
    if plain.startswith(_BEGINS):
        return f"\\{plain}"
    return _NUMBERED.sub(r"\1\\\2", plain, count=1) if _NUMBERED.match(plain) else plain


def to_markdown(book: Book, progress: Callable[[int, int], object]) -> Iterator[str]:
    """The book, a piece at a time. `progress` is told how many chapters are written, and of how
    many. Raises OSError."""
    # What stands before the chapters is known behind them, and they are too many to be kept.
    with TemporaryFile("w+", encoding="utf-8", newline="") as chapters:
        contents: list[tuple[str, list[str]]] = []
        chapters.writelines(_parts(book, contents, progress))
        chapters.seek(0)
        yield f"# {escaped(book.title)}\n\n{escaped(book.subtitle)}\n\n"
        yield from _facts(Facts(book.facts()))
        yield f"> {escaped(book.closing)}\n\n## Contents\n\n"
        yield from _contents(contents)
        while piece := chapters.read(PIECE):
            yield piece
    progress(book.at_most, book.at_most)


def _parts(
    book: Book, contents: list[tuple[str, list[str]]], progress: Callable[[int, int], object]
) -> Iterator[str]:
    """Every chapter that says something, and in `contents` the titles of each part's."""
    places = count(1)
    for part in book.parts:
        titles: list[str] = []
        for chapter in filter(_says_something, part.chapters):
            if not titles:
                contents.append((part.title, titles))
                yield f"\n## {escaped(part.title)}\n\n{escaped(part.says)}\n"
            titles.append(chapter.title)
            place = next(places)
            yield f'\n<a id="chapter-{place}"></a>\n\n'
            yield from _chapter(chapter, part)
            progress(place, book.at_most)


def _contents(parts: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    places = count(1)
    for part, titles in parts:
        if titles != [part]:
            yield f"- {escaped(part)}\n"
        step = "" if titles == [part] else _STEP
        for title in titles:
            yield f"{step}- [{escaped(title)}](#chapter-{next(places)})\n"


def _chapter(chapter: Chapter, part: Part) -> Iterator[str]:
    if chapter.title != part.title:
        yield f"### {escaped(chapter.title)}\n\n"
    if chapter.beside:
        yield f"{escaped(chapter.beside)}\n\n"
    for section in chapter.sections:
        yield from _section(section)


def _says_something(chapter: Chapter) -> bool:
    return any(not isinstance(one, Lines) for each in chapter.sections for one in each.blocks)


def _section(section: Section) -> Iterator[str]:
    blocks = [one for one in section.blocks if not isinstance(one, Lines)]
    if not blocks:
        return
    if section.title:
        yield f"#### {escaped(section.title)}\n\n"
    for block in blocks:
        yield from _BLOCKS[type(block)](block)


def _typed(text: str, indent: str = "") -> str:
    """Everything that was typed, each line on one of its own, and the second and later under the
    first."""
    return f"\\\n{indent}".join(escaped(line) for line in text.splitlines() if line.strip())


def _said(passages: Iterable[Labelled], indent: str = "") -> Iterator[str]:
    for one in passages:
        label = f"**{escaped(one.label)}:** " if one.label else ""
        # A quote in the item, so that what nobody else reads is set apart however it is drawn.
        apart, deeper = ("> ", f"{_STEP}> ") if one.private else ("", _STEP)
        yield f"{indent}- {apart}{label}{_typed(one.text, indent + deeper)}\n"


def _facts(block: Facts) -> Iterator[str]:
    yield from _said(block.rows)
    yield "\n"


def _words(block: Words) -> Iterator[str]:
    yield f"{_typed(block.text)}\n\n"


def _group(block: Group) -> Iterator[str]:
    beside = f" ({escaped(block.beside)})" if block.beside else ""
    yield f"##### {escaped(block.heading)}{beside}\n\n"
    yield from _said(block.passages)
    yield "\n"


def _entries(block: Entries) -> Iterator[str]:
    for one in block.entries:
        title = " · ".join(filter(None, (f"**{escaped(one.day)}**", _typed(one.title, _STEP))))
        yield f"- {title}\n"
        yield from _said(one.passages, _STEP)
    yield "\n"


def _items(block: Items) -> Iterator[str]:
    if block.heading:
        yield f"**{escaped(block.heading)}**\n\n"
    boxes: Mapping[bool | None, str] = {True: "[x] ", False: "[ ] ", None: ""}
    for one in block.items:
        beside = f" · {escaped(one.beside)}" if one.beside else ""
        yield f"- {boxes[one.done]}{_typed(one.text, _STEP)}{beside}\n"
    yield "\n"


def _columns(block: Columns) -> Iterator[str]:
    for one in block.lists:
        yield from _items(one)


def _table(block: Table) -> Iterator[str]:
    yield _row(block.headings)
    sides = ("--:" if at in block.numbers else "---" for at in range(len(block.headings)))
    yield f"| {' | '.join(sides)} |\n"
    for row in block.rows:
        yield _row(row)
    yield "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |\n"


def _cell(text: str) -> str:
    return "<br>".join(escaped(line) for line in text.splitlines() if line.strip())


def _charts(block: Charts) -> Iterator[str]:
    yield from _said(Labelled(one.title, one.words) for one in block.charts)
    yield "\n"


def _map(block: Map) -> Iterator[str]:
    for account in block.accounts:
        yield from _account(block, account)


def _figures(block: Figures) -> Iterator[str]:
    yield from _said(Labelled(one.counts, one.number) for one in block.figures)
    yield "\n"


def _prose(block: Prose) -> Iterator[str]:
    yield f"{_typed(block.text)}\n\n"


def _account(block: Map, account: AccountOnMap) -> Iterator[str]:
    key = " (key account)" if account.is_key else ""
    yield f"##### {escaped(account.name)}{key}\n\n"
    if account.beside:
        yield f"{_typed(account.beside)}\n\n"
    if account.people:
        rows = tuple((one.name, *one.since, one.others) for one in account.people)
        headings = ("Known there", *(f"{one}, since" for one in block.columns), "Others of us")
        yield from _table(Table(headings, rows, ()))


_BLOCKS: Mapping[type, Callable[[Any], Iterator[str]]] = {
    Facts: _facts,
    Words: _words,
    Group: _group,
    Entries: _entries,
    Items: _items,
    Columns: _columns,
    Table: _table,
    Charts: _charts,
    Map: _map,
    Figures: _figures,
    Prose: _prose,
}
