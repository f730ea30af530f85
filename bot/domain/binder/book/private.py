"""What its author alone reads, where they asked for it: beside what it belongs to, and clearly set
apart; what is about no rep in particular is a part of its own at the end of a book."""

from collections.abc import Iterator

from bot.domain.binder.book.known import Known
from bot.domain.binder.book.model import (
    Block,
    Chapter,
    Entries,
    Entry,
    Labelled,
    Part,
    Section,
    Words,
)
from bot.domain.binder.book.words import joined, said
from bot.domain.contacts.interactions import Interaction
from bot.domain.promises import Promise
from bot.domain.team.calendar import local_date
from bot.domain.workspaces.people import Person

LABEL = "Private note"

ALONE = "Nobody but you reads this. Take it out before anybody else has the binder in their hands."

MARKED = (
    "It holds what nobody but you reads, each marked as private beside what it belongs to: take "
    "out those pages before anybody else has the binder in their hands."
)
"""What the cover says of a book with private words."""


def private_note(known: Known, contact: Interaction) -> Iterator[Labelled]:
    """The private note of a contact, where its author asked for theirs."""
    private = known.record.private
    note = private.contact_notes.get(contact.id, "") if private else ""
    if note.strip():
        yield Labelled(LABEL, note, private=True)


def between_us(known: Known, rep: Person) -> Iterator[Block]:
    """What that rep told between the two, where it was asked for, the latest first."""
    private = known.record.private
    told = [one for one in private.between_us if one.rep.id == rep.id] if private else []
    if told:
        yield Words(ALONE)
        yield Entries(tuple(_told(known, one) for one in reversed(told)))


def _told(known: Known, promise: Promise) -> Entry:
    raised = promise.raised_on or promise.made_on
    due = known.wording.by(promise.due_on)
    closed = f"closed {known.wording.day(promise.closed_on)}" if promise.closed_on else "open"
    passages = said(("Private", promise.what), ("At its end", promise.closing_words))
    apart = tuple(Labelled(one.label, one.text, private=True) for one in passages)
    return Entry(known.wording.day(raised), joined([due, closed]), apart)


def private_part(known: Known) -> Part | None:
    """Notes to oneself, the latest first; None where nobody asked for them, or there are none."""
    private = known.record.private
    if private is None or not private.notes:
        return None
    zone = known.record.team.manager_zone
    entries = tuple(
        Entry(
            known.wording.day(local_date(note.written_at, zone)),
            "",
            (Labelled("Private", note.text, private=True),),
        )
        for note in reversed(private.notes)
    )
    chapter = Chapter("Notes to yourself", "", (Section("", (Words(ALONE), Entries(entries))),))
    return Part("Yours alone", "Private", "What nobody else reads", (chapter,))
