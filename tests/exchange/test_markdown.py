"""Markdown of a book: what people typed is text in it, whatever they typed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.domain.binder.book.model import (
    AccountOnMap,
    Acquainted,
    Book,
    Chapter,
    Chart,
    Charts,
    Columns,
    Entries,
    Entry,
    Facts,
    Figure,
    Figures,
    Group,
    Item,
    Items,
    Labelled,
    Lines,
    Map,
    Part,
    Point,
    Prose,
    Section,
    Table,
    Words,
)
from bot.exchange.markdown import to_markdown

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NASTY = [
    "# no heading",
    "- no item",
    "1. no item",
    "1) no item",
    "> no quote",
    "***",
    "=====",
    "    no code",
    "\tno code",
    "```no code",
    "`no code`",
    "*no* _emphasis_ **at** __all__ ~~struck~~",
    "[no link](https://evil.example) ![no picture](x.png)",
    "<b>no HTML</b> <!-- none --> &amp; &#42;",
    "<https://evil.example>",
    "a | b | c",
    "| --- |",
    "\\* a backslash",
    "[a]: https://evil.example",
    "- [x] no box",
    "ends in a backslash\\",
    "two  \nlines",
    "# one\n# two\n\n\n1. three",
    "Zoë 🎉 עברית ไทย 漢字",
    "+ no item",
    "Title\n---",
]
"""Lines that mean something in Markdown."""


def book_with(text: str) -> Book:
    """A book that has the text wherever one can be typed."""
    said = Labelled(text, text)
    private = Labelled(text, text, private=True)
    chart = Chart(
        text,
        text,
        date(2026, 1, 1),
        date(2026, 1, 31),
        Decimal(1),
        (Point(date(2026, 1, 2), Decimal(1)),),
    )
    blocks = (
        Facts((said,)),
        Words(text),
        Group(text, text, (said,)),
        Entries((Entry(text, text, (said, private)),)),
        Items(text, (Item(text, text, done=True), Item(text))),
        Columns((Items("", (Item(text, "", done=False),)),)),
        Table((text, text), ((text, text),), (1, 1), (1,)),
        Charts((chart,)),
        Map((text,), (AccountOnMap(text, True, text, (Acquainted(text, (text,), text),)),)),
        Figures((Figure("3", text),)),
        Prose(text),
        Lines(text),
    )
    part = Part(text, text, text, (Chapter(text, text, (Section(text, blocks),)),))
    return Book(text, text, lambda: (said,), text, (part,), 1)


def drawn(book: Book) -> list[Token]:
    """Every piece of text as a reader of Markdown has it, and all else that is drawn."""
    tokens = READER.parse("".join(to_markdown(book, lambda _done, _of: None)))
    return [inner for one in tokens for inner in (one.children or [one])]


OURS = {"html_inline", "link_open", "link_close", "strong_open", "strong_close"}


@pytest.mark.parametrize("text", NASTY)
def test_nothing_typed_is_markup(text: str) -> None:
    plain, nasty = drawn(book_with("plain")), drawn(book_with(text))
    shapes = [[one.type for one in found if one.type not in BREAKS] for found in (plain, nasty)]
    if len([line for line in text.splitlines() if line.strip()]) == 1:
        assert shapes[0] == shapes[1]
    assert {one.type for one in nasty} - BREAKS <= {one.type for one in plain}
    html = {one.content for one in nasty if one.type.startswith("html")}
    assert html <= {'<a id="chapter-1">', "</a>", "<br>"}
    links = {one.attrs["href"] for one in nasty if one.type == "link_open"}
    assert links == {"#chapter-1"}


BREAKS = {"hardbreak", "softbreak", "text", "html_inline"}


@given(st.text(st.sampled_from("#*_`[]()<>&|~\\-+=.1 \n!:/a") | st.characters(), max_size=12))
@example("\\")
@example("1.")
@example("-")
def test_what_was_typed_is_read(text: str) -> None:
    words = [line.strip() for line in text.splitlines() if line.strip()]
    if not words or any(not line.isprintable() for line in words):
        return
    book = Book(
        "t",
        "s",
        tuple,
        "c",
        (
            Part(
                "p",
                "p",
                "p",
                (Chapter("c", "", (Section("s", (Facts((Labelled("L", text),)),)),)),),
            ),
        ),
        1,
    )
    read = [one.content for one in drawn(book) if one.type in ("text", "text_special")]
    assert "".join(read).endswith("".join(words).join(["L: ", ""]).removeprefix("L"))


def test_a_page_reads_well() -> None:
    rows = (("price sheet", "23 Nov", "kept"),)
    sections = (
        Section(
            "What matters first",
            (Facts((Labelled("This week", "Ask how\nit felt"),)), Lines("")),
        ),
        Section("Contacts", (Entries((Entry("Tue 24 Nov", "Call", (Labelled("", "Acme"),)),)),)),
        Section("Promises", (Table(("Dana to Sam", "Made", "Became"), rows, (3, 1, 1)),)),
        Section("Notes", (Lines("Before we talk"),)),
    )
    rep = Chapter("Sam Stone", "on the team since 2 Mar", sections)
    parts = (
        Part("Reps", "Reps", "Rep by rep", (rep,)),
        Part("Notes", "Notes", "Room", (Chapter("Notes", "", (Section("", (Lines(""),)),)),)),
    )
    facts = (Labelled("Reps", "Sam Stone"),)
    book = Book("Dana Moss", "Team binder", lambda: facts, "Dana's alone.", parts, 2)
    assert "".join(to_markdown(book, lambda _done, _of: None)) == PAGE


PAGE = """# Dana Moss

Team binder

- **Reps:** Sam Stone

> Dana's alone.

## Contents

- Reps
  - [Sam Stone](#chapter-1)

## Reps

Rep by rep

<a id="chapter-1"></a>

### Sam Stone

on the team since 2 Mar

#### What matters first

- **This week:** Ask how\\
  it felt

#### Contacts

- **Tue 24 Nov** · Call
  - Acme

#### Promises

| Dana to Sam | Made | Became |
| --- | --- | --- |
| price sheet | 23 Nov | kept |

"""
