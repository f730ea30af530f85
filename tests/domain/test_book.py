"""What stands in a printed binder, in which words and in which order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta

import pytest

from bot.domain.binder.book.build import book_of
from bot.domain.binder.book.model import (
    Book,
    Chapter,
    Entries,
    Facts,
    Item,
    Labelled,
    Lines,
    Section,
)
from bot.domain.binder.book.pack import pack_of
from bot.domain.binder.export import ExportRequest, Format
from bot.domain.binder.record import PrivateWords, TeamRecord
from bot.domain.contacts.interactions import Interaction, Note
from bot.domain.promises import Answer, Owner
from bot.domain.sessions.sessions import Session, SessionNotes, TopicNotes
from bot.domain.team.calendar import date_words
from tests.exchange.binders import AT, EMPTY, HARD, MET, NOTHING_YET, USUAL
from tests.exchange.parts import in_parts
from tests.exchange.test_json_export import PIPELINE, PROMISE, SESSION

PRINTED = ExportRequest(Format.PDF)


@dataclass(frozen=True)
class _Part:
    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class _Read:
    """A book of which every page was read."""

    title: str
    closing: str
    is_bound: bool
    facts: Callable[[], tuple[Labelled, ...]]
    parts: tuple[_Part, ...]
    at_most: int


def read_whole(book: Book) -> _Read:
    parts = tuple(_Part(one.title, tuple(one.chapters)) for one in book.parts)
    count = sum(len(one.chapters) for one in parts)
    assert count <= book.at_most
    return _Read(book.title, book.closing, book.is_bound, book.facts, parts, book.at_most)


def _book(record: TeamRecord) -> _Read:
    return read_whole(book_of(in_parts(record), PRINTED, AT))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif isinstance(value, (tuple, list)) or hasattr(value, "__getitem__"):
        for one in value:  # type: ignore[attr-defined]
            yield from _texts(one)


def _read(record: TeamRecord) -> str:
    return "\n".join(_texts(_book(record)))


def _chapter(record: TeamRecord, title: str) -> Chapter:
    chapters = (chapter for part in _book(record).parts for chapter in part.chapters)
    return next(chapter for chapter in chapters if chapter.title == title)


def _section(record: TeamRecord, chapter: str, title: str) -> Section:
    return next(one for one in _chapter(record, chapter).sections if one.title == title)


def test_parts_stand_in_the_order_of_the_components() -> None:
    book = _book(replace(USUAL, team=replace(USUAL.team)))
    assert [part.title for part in book.parts] == [
        "Team meetings",
        "Reps",
        "To-do list",
        "Accounts",
        "Market",
        "Results",
        "Notes",
    ]
    assert [chapter.title for chapter in book.parts[1].chapters] == ["Ada Ek", "Sam Stone"]
    assert [one.title for one in _chapter(USUAL, "Sam Stone").sections] == [
        "What matters first",
        "Plans by topic",
        "Strategy sessions",
        "Field days",
        "Contacts",
        "Promises",
        "Results",
        "Who knows whom",
    ]


def test_a_team_without_anybody_has_a_cover_and_room_for_notes() -> None:
    assert [part.title for part in _book(EMPTY).parts] == ["Notes"]


def test_a_rep_of_whom_nothing_is_written_has_two_pages_to_write_on() -> None:
    first, second = _chapter(NOTHING_YET, "Ada Ek").sections
    assert isinstance(first.blocks[-1], Lines)
    assert isinstance(second.blocks[-1], Lines)
    assert second.own_page


def test_only_the_reps_that_are_asked_for() -> None:
    asked = ExportRequest(Format.PDF, reps=frozenset({"USAM"}))
    book = read_whole(book_of(in_parts(HARD), asked, AT))
    assert [part.title for part in book.parts] == ["Reps", "Notes"]
    assert [one.title for one in book.parts[0].chapters] == ["Sam Stone"]


def test_what_is_remembered_otherwise_stands_only_where_its_rep_wants_it_beside() -> None:
    (contact, sharing), *_ = USUAL.shared.items()
    assert "How Sam remembers it" in _read(USUAL)
    alone = replace(sharing, beside=False, objection="for Dana alone")
    read = _read(replace(USUAL, plans=(), shared={contact: alone}))
    assert "for Dana alone" not in read
    assert "How Sam remembers it" not in read


def test_it_stands_beside_what_is_quoted_of_it_elsewhere_too() -> None:
    (contact, sharing), *_ = USUAL.shared.items()
    day = USUAL.field_days[0][0].id
    both = {contact: sharing, day: replace(sharing, interaction_id=day, objection="not that")}
    record = replace(USUAL, shared=both)
    week = "\n".join(_texts(_chapter(record, "To-do list")))
    assert "How Sam remembers it: never" in week
    first = "\n".join(_texts(_section(record, "Sam Stone", "What matters first")))
    assert "next steps\nHow Sam remembers it: not that" in first


def test_a_meeting_of_which_nobody_said_anything_is_neither_held_nor_not() -> None:
    (entries,) = _section(USUAL, "Team meetings", "Meetings").blocks
    assert isinstance(entries, Entries)
    assert [one.title for one in entries.entries] == ["", ""]
    assert MET.is_answered is False
    read = _read(USUAL)
    assert "not held" not in read
    assert "Carried on" not in read


def test_nothing_counts_days_of_silence_or_scores_anybody() -> None:
    read = _read(replace(USUAL, touches=(), sessions=(), field_days=())).lower()
    for word in ("days ago", "days since", "overdue", "score", "no contact", "%"):
        assert word not in read


def test_a_plan_is_said_once_until_it_is_another() -> None:
    def held(number: int, days: int, plan: str) -> tuple[object, Session]:
        contact = replace(
            SESSION, id=number, occurred_on=SESSION.occurred_on + timedelta(days=days)
        )
        notes = SessionNotes({"pipeline": TopicNotes(plan, f"news {number}")})
        return contact, Session((PIPELINE,), notes)

    plans = ["five a week", "five a week", "six a week"]
    sessions = tuple(held(50 + n, -30 + 7 * n, plan) for n, plan in enumerate(plans))
    record = replace(USUAL, sessions=sessions, shared={})  # type: ignore[arg-type]
    (entries,) = _section(record, "Sam Stone", "Strategy sessions").blocks
    assert isinstance(entries, Entries)
    said = [[(one.label, one.text) for one in entry.passages] for entry in entries.entries]
    assert said == [
        [("Pipeline", "six a week"), ("New", "news 52")],
        [("Pipeline · New", "news 51")],
        [("Pipeline", "five a week"), ("New", "news 50")],
    ]


@pytest.mark.parametrize(
    ("changed", "reads"),
    [
        ({}, "open"),
        ({"kept_on": date(2026, 11, 21)}, "kept Sat 21 Nov"),
        ({"dropped_on": date(2026, 11, 21), "closing_words": "too late"}, "let go Sat 21 Nov"),
        ({"dropped_on": date(2026, 11, 21), "handed_to": "Ben Cole"}, "handed to Ben Cole"),
        ({"owner": Owner.REP, "answer": Answer.NOTED}, "open · Dana’s note"),
        ({"owner": Owner.REP, "answer": Answer.NOT_SO}, "Sam says: not so"),
    ],
)
def test_what_became_of_a_promise(changed: dict[str, object], reads: str) -> None:
    promise = replace(PROMISE, raised_on=None, **changed)  # type: ignore[arg-type]
    record = replace(USUAL, promises=(promise,))
    (table,) = _section(record, "Sam Stone", "Promises").blocks
    assert reads in "\n".join(_texts(table))


def test_the_first_page_has_what_is_open_and_no_more() -> None:
    done = replace(PROMISE, id=99, what="long done", kept_on=date(2026, 11, 21))
    record = replace(USUAL, promises=(PROMISE, done))
    read = list(_texts(_section(record, "Sam Stone", "What matters first")))
    assert "Send the price sheet" in read
    assert "long done" not in read
    items = list(_walk(_section(record, "Sam Stone", "What matters first")))
    assert [one.done for one in items] == [None]


def _walk(value: object) -> Iterator[Item]:
    if isinstance(value, Item):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _walk(getattr(value, one.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _walk(part)


def test_the_cover_says_whose_it_is_and_of_which_day() -> None:
    book = _book(USUAL)
    assert book.title == "Dana Moss"
    assert [(one.label, one.text) for one in book.facts()] == [
        ("Reps", "Ada Ek, Sam Stone"),
        ("As of", "Mon 23 Nov 2026"),
    ]
    assert "Dana Moss alone" in book.closing


def test_the_pack_of_each_rep_and_of_the_team_and_no_cover() -> None:
    book = read_whole(pack_of(USUAL, PRINTED, AT))
    assert not book.is_bound
    (part,) = book.parts
    assert part.chapters[0].title == "Sam Stone"
    pack = USUAL.pack
    assert pack is not None
    read = "\n".join(_texts(list(part.chapters)))
    for rep in pack.reps:
        for said in (
            *(one.text for one in rep.plans),
            *(one.otherwise for one in rep.plans),
            *(one.account for one in rep.introductions),
            *(one.what for one in rep.promises),
            *(one.name for one in rep.accounts),
            *(one.what for one in rep.dates),
        ):
            assert said in read


def test_a_pack_with_nothing_in_it_says_so() -> None:
    (chapter,) = read_whole(pack_of(EMPTY, PRINTED, AT)).parts[0].chapters
    assert chapter.title == "The team"
    assert "Nothing was shared" in "\n".join(_texts(chapter))


def _apart(value: object) -> Iterator[str]:
    """What is set apart as private."""
    if isinstance(value, Labelled):
        yield from [value.text] if value.private else []
    elif is_dataclass(value):
        for one in fields(value):
            yield from _apart(getattr(value, one.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _apart(part)


def test_private_words_stand_beside_what_they_belong_to_and_apart() -> None:
    contacts = {
        "Strategy sessions": USUAL.sessions[0][0],
        "Field days": USUAL.field_days[0][0],
        "Contacts": USUAL.touches[0],
    }
    told = replace(PROMISE, what="kwx between us", told_to_id=1, closing_words="kwx closed")
    private = PrivateWords(
        {one.id: f"kwx {title}" for title, one in contacts.items()},
        (told,),
        (Note(1, "kwx to myself", AT),),
    )
    record = replace(USUAL, private=private)
    for title, contact in contacts.items():
        (entries,) = _section(record, "Sam Stone", title).blocks
        assert isinstance(entries, Entries)
        holding = [one for one in entries.entries if f"kwx {title}" in _texts(one)]
        assert [list(_apart(one)) for one in holding] == [[f"kwx {title}"]]
        (said,) = {day_of(contact)} & {one.day for one in holding}
        assert said
    between = _section(record, "Sam Stone", "Between us")
    assert list(_apart(between)) == ["kwx between us", "kwx closed"]
    book = _book(record)
    chapters = [chapter for part in book.parts for chapter in part.chapters]
    assert chapters[-1].title == "Notes to yourself"
    # Each once, each set apart, and the cover says that they are there.
    words = [one for one in _texts(tuple(chapters)) if "kwx" in one]
    assert sorted(words) == sorted(_apart(tuple(chapters)))
    assert len(words) == 6
    assert "marked as private" in book.closing
    assert "private" not in _book(USUAL).closing
    assert list(_apart(tuple(c for part in _book(USUAL).parts for c in part.chapters))) == []


def day_of(contact: Interaction) -> str:
    return date_words(contact.occurred_on, AT.date())


def test_facts_without_words_are_left_out() -> None:
    blocks = _section(NOTHING_YET, "Ada Ek", "What matters first").blocks
    assert not any(isinstance(one, Facts) for one in blocks)
