"""The book of a team's record."""

from collections.abc import Sequence
from datetime import datetime
from typing import overload

from bot.domain.binder.book.known import Known
from bot.domain.binder.book.model import Book, Chapter, Lines, Part, Section
from bot.domain.binder.book.private import MARKED, private_part
from bot.domain.binder.book.reps import rep_chapter
from bot.domain.binder.book.team import (
    accounts_chapter,
    market_chapter,
    meetings_chapter,
    results_chapter,
    week_chapter,
)
from bot.domain.binder.book.words import said
from bot.domain.binder.export import ExportRequest
from bot.domain.binder.record import TeamRecord
from bot.domain.team.teams import Membership
from bot.domain.workspaces.people import Person

CLOSING = (
    "This binder belongs to {name} alone. What is in it about a person is that person’s to read "
    "where it was shared with them. Keep it where nobody else leafs through it."
)

NOTES = Chapter("Notes", "", (Section("", (Lines(""),)), Section("", (Lines(""),), own_page=True)))


class _Reps(Sequence[Chapter]):
    """The chapters of reps, each made when it is asked for and not kept: years of a large team are
    many."""

    def __init__(self, known: Known, reps: Sequence[tuple[Person, tuple[Membership, ...]]]) -> None:
        self._known = known
        self._reps = reps

    @property
    def names(self) -> list[str]:
        """The reps, by name."""
        return [rep.name for rep, _ in self._reps]

    def __len__(self) -> int:
        return len(self._reps)

    @overload
    def __getitem__(self, place: int) -> Chapter: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Chapter]: ...

    def __getitem__(self, place: int | slice) -> Chapter | Sequence[Chapter]:
        if isinstance(place, slice):
            return _Reps(self._known, self._reps[place])
        return rep_chapter(self._known, *self._reps[place])


def book_of(record: TeamRecord, request: ExportRequest, at: datetime) -> Book:
    """What is printed of that record as of that instant: private words only where the record has
    them for their author, and of what reps remember otherwise only what they want to stand beside
    the text, as the record has it."""
    known = Known(record, record.team.today(at))
    reps = _Reps(
        known,
        [one for one in known.reps if not request.reps or one[0].slack_id in request.reps],
    )
    parts = (
        ("Team meetings", "Meetings", "When the team meets, and what came of it", meetings_chapter),
        ("To-do list", "Week", "This week, and the issues of the day", week_chapter),
        ("Accounts", "Accounts", "Who knows whom, and what is coming up there", accounts_chapter),
        ("Market", "Market", "What customers and competitors say", market_chapter),
        ("Results", "Results", "Where the periods stand", results_chapter),
    )
    found = {
        title: Part(title, tab, says, (chapter,))
        for title, tab, says, make in parts
        if not request.reps and (chapter := make(known)) is not None
    }
    of_reps = Part("Reps", "Reps", "Sessions, field days, contacts and promises, rep by rep", reps)
    ordered = (
        found.get("Team meetings"),
        of_reps if reps else None,
        *(found.get(title) for title, *_ in parts[1:]),
        Part("Notes", "Notes", "Room for what comes to mind", (NOTES,)),
        private_part(known),
    )
    day = known.wording.day(known.today)
    year = "" if str(known.today.year) in day else f" {known.today.year}"
    return Book(
        title=record.team.manager.name,
        subtitle="Team binder",
        facts=said(
            ("Reps", ", ".join(reps.names)),
            ("As of", f"{day}{year}"),
        ),
        closing=" ".join(
            (CLOSING.format(name=record.team.manager.name), *((MARKED,) if record.private else ()))
        ),
        parts=tuple(part for part in ordered if part is not None),
    )
