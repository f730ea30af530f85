"""Plain messages kept as notes: what was made of one, and what its words propose."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.contacts.interactions import KeptNote, Logged
from bot.domain.contacts.touches import ABOUT_LIMIT, TouchEntry, TouchLineError, read_day
from bot.domain.promises import WHAT_LIMIT, Owner, Promise, PromiseEntry, usual_due_date
from bot.domain.workspaces.names import first_named, fold, key_of, keys_in
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.words import bare


class MadeOf(StrEnum):
    """What can be made of a note, once each."""

    CONTACT = "contact"
    FIELD_DAY = "field_day"
    PROMISE = "promise"


def form_of(note_id: int, what: MadeOf) -> str:
    """The one form that makes it of that note: sent again, from whichever screen, it replaces what
    it made, and what it made is found by it."""
    return f"note:{note_id}:{what.value}"


def opened(form: str, opening: str) -> str:
    """One opening of such a form. What is typed in it is kept under a name of its own, so that one
    that was logged or discarded keeps nothing out of the next."""
    return f"{form}.{opening}"


_FORM = re.compile(rf"(note:(\d{{1,18}}):(?:{'|'.join(MadeOf)}))(?:\.[0-9a-f]{{1,32}})?")


def made_by(form: str) -> str:
    """The form that what it makes is found by: of a note, in whichever opening; any other is its
    own."""
    found = _FORM.fullmatch(form)
    return found[1] if found else form


def note_of(form: str) -> int | None:
    """The note that a form makes something of; None for any other form."""
    found = _FORM.fullmatch(form)
    return int(found[2]) if found else None


@dataclass(frozen=True)
class MadeOfNote:
    """What was made of a note, and stands: a contact or field day, or a promise."""

    what: MadeOf
    logged: Logged | None = None
    promise: Promise | None = None

    @property
    def rep(self) -> Person:
        """Whom it is about."""
        if self.logged is not None:
            return self.logged.touch.rep
        assert self.promise is not None
        return self.promise.rep

    def says(self, words: str) -> bool:
        """Whether these are its words already, as far as they fit into it. A field day has them in
        boxes of its own."""
        if self.promise is not None:
            return self.promise.what == words[:WHAT_LIMIT].strip()
        assert self.logged is not None
        return self.logged.touch.about == words[:ABOUT_LIMIT].strip()


@dataclass(frozen=True)
class NoteAnswer:
    """A note, what was made of it, and what its words propose: the one rep of the team that they
    name, by Slack id, and the day of a contact; `due` is the day by which something is promised."""

    kept: KeptNote
    made: tuple[MadeOfNote, ...] = ()
    rep: str | None = None
    day: date | None = None
    due: date | None = None

    @property
    def open(self) -> tuple[MadeOf, ...]:
        """What can still be made of it."""
        return tuple(what for what in MadeOf if self.made_as(what) is None)

    def made_as(self, what: MadeOf) -> MadeOfNote | None:
        """What was made of it so, if anything."""
        return next((one for one in self.made if one.what is what), None)

    def day_of_contact(self, picked: date | None) -> date:
        """The day of a contact or field day that is made of it: the one `picked` beside it, or the
        one it names, or the one it was written on."""
        return picked or self.day or self.kept.day

    def touch_entry(self, picked: date | None) -> TouchEntry:
        """What the form of a contact holds that is made of it; `picked` as for the day."""
        about = self.kept.note.text[:ABOUT_LIMIT]
        return TouchEntry(self.rep or "", None, self.day_of_contact(picked), about)

    def promise_entry(self, today: date, words: str | None) -> PromiseEntry:
        """What the form of its promise holds: the promise that was made of it, in other `words`
        where there are some, or else a new one of the manager's."""
        made = self.made_as(MadeOf.PROMISE)
        promise = made.promise if made is not None else None
        if promise is not None:
            what = promise.what if words is None else words
            return PromiseEntry(promise.rep.slack_id, promise.owner, what, promise.due_on)
        what = self.kept.note.text[:WHAT_LIMIT]
        due = self.due or usual_due_date(today)
        return PromiseEntry(self.rep or "", Owner.MANAGER, what, due)


def rep_named(text: str, reps: Iterable[Person]) -> str | None:
    """The one rep that the words name, by Slack id: surely, or where nobody is surely, as the only
    one whom they may name. None where they name several, or nobody. A whole name is nobody else's
    part of a name."""
    named = [found for rep in reps if (found := first_named(text, [rep])) is not None]
    keys = keys_in(text)
    whole = [one.person for one in named if key_of(one.person.name) in keys]
    said = {part for person in whole for part in fold(person.name).split()}
    left = [
        one
        for one in named
        if one.person in whole or said.isdisjoint(fold(one.person.name).split())
    ]
    sure = [one for one in left if one.sure] or left
    return sure[0].person.slack_id if len(sure) == 1 else None


_WORD = re.compile(r"\S+")
_COMING = frozenset({"by", "until", "till", "til", "before", "next", "for", "coming"})
"""Words that say of a weekday behind them that it is still to come."""


def day_named(text: str, today: date) -> date | None:
    """The one day that the words say a contact was on: `yesterday`, `on Monday`, `2026-11-20`. None
    where they name several, or none that is over."""
    found = set()
    before = ""
    for word in _words(text):
        if before not in _COMING:
            found.add(_day(word, today))
        before = word
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def due_named(text: str, read: Callable[[str], date | None]) -> date | None:
    """The first day behind a `by` or the like, as `read` reads words for days to come."""
    before = ""
    for word in _words(text):
        if before in _COMING:
            day = read(word)
            if day is not None:
                return day
        before = word
    return None


def _words(text: str) -> list[str]:
    return [bare(found[0]) for found in _WORD.finditer(text)]


def _day(word: str, today: date) -> date | None:
    try:
        return read_day(word, today)
    except TouchLineError:
        return None
