"""What its author alone reads, where they asked for it: a part of its own at the end of a book."""

from collections.abc import Iterator
from itertools import chain

from bot.domain.binder.book.known import Known
from bot.domain.binder.book.model import Block, Chapter, Entries, Entry, Part, Section, Words
from bot.domain.binder.book.words import joined, said
from bot.domain.binder.record import PrivateWords, TeamRecord
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Promise
from bot.domain.team.calendar import local_date

ALONE = "Nobody but you reads this. Take it out before anybody else has the binder in their hands."

KINDS = {
    InteractionKind.TOUCH: "contact",
    InteractionKind.SESSION: "strategy session",
    InteractionKind.FIELD_DAY: "field day",
}


def private_part(known: Known) -> Part | None:
    """Private notes by contact, what was said between two, and notes to oneself, the latest first;
    None where nobody asked for them, or there are none."""
    private = known.record.private
    if private is None:
        return None
    found = (
        ("Private notes", tuple(_notes(known, private))),
        ("Between us", tuple(_between_us(known, one) for one in private.between_us[::-1])),
        ("Notes to yourself", tuple(_to_oneself(known, private))),
    )
    sections = tuple(Section(title, (Entries(entries),)) for title, entries in found if entries)
    if not sections:
        return None
    says: tuple[Block, ...] = (Words(ALONE),)
    chapter = Chapter("Yours alone", "", (Section("", says), *sections))
    return Part("Yours alone", "Private", "What nobody else reads", (chapter,))


def _notes(known: Known, private: PrivateWords) -> Iterator[Entry]:
    record: TeamRecord = known.record
    contacts = [
        *record.touches,
        *(one for one, _ in chain(record.sessions, record.field_days)),
    ]
    contacts.sort(key=lambda one: (one.occurred_on, one.id), reverse=True)
    for one in contacts:
        if one.id in private.contact_notes:
            title = joined([one.rep.name, KINDS[one.kind]])
            passages = said(("", private.contact_notes[one.id]))
            yield Entry(known.wording.day(one.occurred_on), title, passages)


def _between_us(known: Known, promise: Promise) -> Entry:
    raised = promise.raised_on or promise.made_on
    due = known.wording.by(promise.due_on)
    closed = f"closed {known.wording.day(promise.closed_on)}" if promise.closed_on else "open"
    passages = said(("", promise.what), ("At its end", promise.closing_words))
    return Entry(known.wording.day(raised), joined([promise.rep.name, due, closed]), passages)


def _to_oneself(known: Known, private: PrivateWords) -> Iterator[Entry]:
    zone = known.record.team.manager_zone
    for note in reversed(private.notes):
        day = known.wording.day(local_date(note.written_at, zone))
        yield Entry(day, "", said(("", note.text)))
