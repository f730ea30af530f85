"""A book as the template reads it: plain values, texts taken apart into paragraphs."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.domain.binder.book.model import (
    Block,
    Book,
    Chapter,
    Chart,
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
from bot.domain.contacts.typed_text import shorten

Text = str | list[str | dict[str, str]]
"""Paragraphs; one that runs from right to left is under `r`. One paragraph alone is a string."""

LONGEST_WORD = 40
"""Characters without a place to break a line, after which one is made: a column is no wider."""

_LONG = re.compile(rf"[!-~¡-ʯ]{{{LONGEST_WORD},}}")
_PIECE = 20
TAB = 18
"""Characters of a label at the edge of a page."""

TABS = 9
"""Labels that have room below one another at the edge of a page."""

_BREAK = "\u200b"

ISOLATE, POP = "\u2068", "\u2069"
"""Around what may run the other way (https://www.unicode.org/reports/tr9/)."""


@lru_cache(maxsize=4_000)
def text_of(words: str) -> Text:
    """The paragraphs of what somebody typed."""
    if words.isascii() and words.isprintable() and len(words) < LONGEST_WORD:
        return words
    paragraphs = [_paragraph(line) for line in _clean(words).splitlines() if line.strip()]
    if not paragraphs:
        return ""
    first = paragraphs[0]
    return first if len(paragraphs) == 1 and isinstance(first, str) else paragraphs


def _clean(words: str) -> str:
    """Without what is no character of a text: controls would be drawn as boxes."""
    return "".join(
        one for one in words if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs", "Co")
    ).replace("\t", " ")


def _paragraph(line: str) -> str | dict[str, str]:
    broken = _LONG.sub(_in_pieces, line)
    return {"r": broken} if runs_right_to_left(line) else broken


def _in_pieces(found: re.Match[str]) -> str:
    word = found[0]
    return _BREAK.join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))


def runs_right_to_left(line: str) -> bool:
    """Whether its first letter does (https://www.unicode.org/reports/tr9/, P2 and P3)."""
    if line.isascii():
        return False
    for one in line:
        direction = unicodedata.bidirectional(one)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def chapter_data(
    part: Part, chapter: Chapter, number: int, place: int, *, begins: bool
) -> dict[str, Any]:
    """A chapter; `place` is that of its label at the edge, `begins`: the part's divider is before
    it."""
    return {
        "no": number,
        "title": text_of(chapter.title),
        "beside": text_of(chapter.beside),
        "sheet": chapter.is_sheet,
        "tab": {"label": _label(chapter.tab or part.tab), "place": place % TABS},
        "divider": {
            "tab": {"label": _label(part.tab), "place": place % TABS},
            "title": text_of(part.title),
            "says": text_of(part.says),
        }
        if begins
        else None,
        "sections": [_section(one) for one in chapter.sections],
    }


def _label(words: str) -> Text:
    """A label at the edge: in one line."""
    return text_of(shorten(words, TAB).replace(" ", "\u00a0").replace("-", "\u2011"))


def size_of(data: Any) -> int:
    """How much there is to set: characters, and some for each thing that holds them."""
    if isinstance(data, str):
        return len(data)
    if isinstance(data, dict):
        return 10 + sum(map(size_of, data.values()))
    if isinstance(data, list):
        return 10 + sum(map(size_of, data))
    return 1


def cover_data(book: Book) -> dict[str, Any]:
    """What stands on the cover."""
    return {
        "title": text_of(book.title),
        "subtitle": text_of(book.subtitle),
        "facts": _said(book.facts()),
        "closing": text_of(book.closing),
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": text_of(section.title),
        "own": section.own_page,
        "blocks": [_BLOCKS[type(one)](one) for one in section.blocks],
    }


def _said(passages: tuple[Labelled, ...]) -> list[dict[str, Text]]:
    return [
        {
            "l": text_of(one.label),
            "t": text_of(one.text),
            **({"apart": "private"} if one.private else {}),
        }
        for one in passages
    ]


def _facts(block: Facts) -> dict[str, Any]:
    return {"k": "facts", "rows": _said(block.rows)}


def _words(block: Words) -> dict[str, Any]:
    return {"k": "words", "t": text_of(block.text)}


def _group(block: Group) -> dict[str, Any]:
    return {
        "k": "group",
        "heading": text_of(block.heading),
        "beside": text_of(block.beside),
        "passages": _said(block.passages),
    }


def _entries(block: Entries) -> dict[str, Any]:
    return {
        "k": "entries",
        "close": block.are_short,
        "entries": [
            {"d": text_of(one.day), "t": text_of(one.title), "p": _said(one.passages)}
            for one in block.entries
        ],
    }


def _items(block: Items) -> dict[str, Any]:
    return {
        "k": "items",
        "heading": text_of(block.heading),
        "items": [
            {"t": text_of(one.text), "b": text_of(one.beside), "done": one.done}
            for one in block.items
        ],
    }


def _columns(block: Columns) -> dict[str, Any]:
    return {"k": "columns", "lists": [_items(one) for one in block.lists]}


def _table(block: Table) -> dict[str, Any]:
    return {
        "k": "table",
        "headings": [text_of(one) for one in block.headings],
        "rows": [[text_of(cell) for cell in row] for row in block.rows],
        "shares": list(block.shares),
        "numbers": list(block.numbers),
    }


def _charts(block: Charts) -> dict[str, Any]:
    return {"k": "charts", "charts": [_chart(one) for one in block.charts]}


def _chart(chart: Chart) -> dict[str, Any]:
    """Everything between 0 and 1, from the left and from the bottom."""
    values = [one.actual for one in chart.points]
    least = min([Decimal(0), chart.target, *values])
    most = max([Decimal(0), chart.target, *values])
    height = most - least or Decimal(1)

    def up(value: Decimal) -> float:
        return float((value - least) / height * Decimal("0.94"))

    days = max((chart.last - chart.first).days, 1)

    def along(day: date) -> float:
        return min(max((day - chart.first).days / days, 0), 1)

    plan = up(chart.target) if chart.is_level else up(Decimal(0))
    begins = [] if chart.is_level else [[0, up(Decimal(0))]]
    return {
        "title": text_of(chart.title),
        "words": text_of(chart.words),
        "plan": [plan, up(chart.target)],
        "zero": up(Decimal(0)),
        "points": begins + [[along(one.on), up(one.actual)] for one in chart.points],
    }


def _map(block: Map) -> dict[str, Any]:
    return {
        "k": "map",
        "columns": [text_of(one) for one in block.columns],
        "others": any(person.others for one in block.accounts for person in one.people),
        "accounts": [
            {
                "name": text_of(one.name),
                "key": one.is_key,
                "b": text_of(one.beside),
                "people": [
                    {
                        "n": text_of(person.name),
                        "s": [text_of(since) for since in person.since],
                        "o": text_of(person.others),
                    }
                    for person in one.people
                ],
            }
            for one in block.accounts
        ],
    }


def _figures(block: Figures) -> dict[str, Any]:
    return {
        "k": "figures",
        "figures": [{"n": one.number, "c": text_of(one.counts)} for one in block.figures],
    }


def _prose(block: Prose) -> dict[str, Any]:
    return {"k": "prose", "t": text_of(block.text)}


def _lines(block: Lines) -> dict[str, Any]:
    return {"k": "lines", "heading": text_of(block.heading)}


_BLOCKS: Mapping[type[Block], Callable[[Any], dict[str, Any]]] = {
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
    Lines: _lines,
}
