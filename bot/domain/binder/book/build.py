"""The book of a team's record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

from bot.domain.binder.book.known import Known
from bot.domain.binder.book.model import Book, Chapter, Labelled, Lines, Part, Section
from bot.domain.binder.book.private import MARKED, private_part
from bot.domain.binder.book.reps import rep_chapter
from bot.domain.binder.book.seen import Seen
from bot.domain.binder.book.team import (
    accounts_chapter,
    market_chapter,
    meetings_chapter,
    results_chapter,
    week_chapter,
)
from bot.domain.binder.book.words import Wording, said
from bot.domain.binder.export import ExportRequest
from bot.domain.binder.record import Binder

CLOSING = (
    "This binder belongs to {name} alone. What is in it about a person is that person’s to read "
    "where it was shared with them. Keep it where nobody else leafs through it."
)

NOTES = Chapter("Notes", "", (Section("", (Lines(""),)), Section("", (Lines(""),), own_page=True)))


OF_TEAM = (
    ("To-do list", "Week", "This week, and the issues of the day", week_chapter),
    ("Accounts", "Accounts", "Who knows whom, and what is coming up there", accounts_chapter),
    ("Market", "Market", "What customers and competitors say", market_chapter),
    ("Results", "Results", "Where the periods stand", results_chapter),
)
"""Parts behind the reps: title, tab, what each holds, and how its chapter is made."""

BESIDES = 3
"""Parts besides: meetings, room for notes, and notes to oneself."""


def book_of(binder: Binder, request: ExportRequest, at: datetime) -> Book:
    """What is printed of that binder as of that instant: private words only where it has them for
    their author, and of what reps remember otherwise only what they want to stand beside the text,
    as the record has it."""
    team = binder.team.team
    today = team.today(at)
    made = _Making(binder, request, today)
    reps = {one.rep.id for one in binder.team.members if request.wants(one.rep.slack_id)}
    private = (MARKED,) if binder.team.private else ()
    return Book(
        title=team.manager.name,
        subtitle="Team binder",
        facts=made.facts,
        closing=" ".join((CLOSING.format(name=team.manager.name), *private)),
        parts=made.parts(),
        at_most=len(reps) + len(OF_TEAM) + BESIDES,
    )


class _Making:
    """A book on its way: of each part of the binder that was read there stays what the chapters of
    the whole team say of it."""

    def __init__(self, binder: Binder, request: ExportRequest, today: date) -> None:
        self.binder = binder
        self.request = request
        self.today = today
        self.names: list[str] = []
        self.seen = Seen(replace(binder.team, members=()))

    def facts(self) -> tuple[Labelled, ...]:
        day = Wording(self.today).day(self.today)
        year = "" if str(self.today.year) in day else f" {self.today.year}"
        return said(("Reps", ", ".join(self.names)), ("As of", f"{day}{year}"))

    def parts(self) -> Iterator[Part]:
        whole = not self.request.reps
        if whole and (met := meetings_chapter(Known(self.binder.team, self.today))):
            says = "When the team meets, and what came of it"
            yield Part("Team meetings", "Meetings", says, (met,))
        reps = self._reps()
        first = next(reps, None)
        if first is not None:
            says = "Sessions, field days, contacts and promises, rep by rep"
            yield Part("Reps", "Reps", says, chain((first,), reps))
        known = Known(self.seen.record, self.today)
        for title, tab, says, make in OF_TEAM if whole else ():
            if (chapter := make(known)) is not None:
                yield Part(title, tab, says, (chapter,))
        yield Part("Notes", "Notes", "Room for what comes to mind", (NOTES,))
        if (own := private_part(known)) is not None:
            yield own

    def _reps(self) -> Iterator[Chapter]:
        for part in self.binder.parts:
            self.seen.add(part)
            known = Known(part, self.today)
            for rep, places in known.reps:
                if self.request.wants(rep.slack_id):
                    self.names.append(rep.name)
                    yield rep_chapter(known, rep, places)
            # Before the next is read.
            del part, known
