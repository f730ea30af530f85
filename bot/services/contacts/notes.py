"""Plain messages to Windshield, kept exactly and for their author alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.contacts.interactions import KeptNote, Logged, NotesPage
from bot.domain.contacts.notes import (
    MadeOf,
    MadeOfNote,
    NoteAnswer,
    day_named,
    due_named,
    form_of,
    note_of,
    rep_named,
)
from bot.domain.contacts.received import KeptFile
from bot.domain.contacts.touches import TouchEntry
from bot.domain.delivery import MessageKind, MessageRef, Subject
from bot.domain.team.teams import Team
from bot.domain.todo.line import TodoLineError, read_coming_day
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.private import Unreadable, readable
from bot.domain.workspaces.refusals import Gone
from bot.domain.workspaces.submissions import Made
from bot.services.workspaces.authority import on_today, own_team
from storage import promises
from storage.contacts import interactions, notes
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.team import teams
from storage.workspaces import submissions

PAGE = 20
"""Notes on a page of the list."""


class Standing(StrEnum):
    """Who writes to Windshield: what becomes of the words depends on it."""

    MANAGER = "manager"
    REP = "rep"
    NEW = "new"


def standing(database: Database, actor: Actor, now: datetime) -> Standing:
    """Whether who acts manages a team, sits on one, or neither."""
    with database.reading(actor.workspace_id) as tx:
        if teams.of_manager(tx, actor.slack_id):
            return Standing.MANAGER
        return Standing.REP if on_today(tx, actor.slack_id, now) else Standing.NEW


class Change(StrEnum):
    """What became of an edited message."""

    NEW = "new"
    """It was no note before, and is one now."""
    CHANGED = "changed"
    NOTHING = "nothing"
    """It says the same, or a later edit is known, or its note was deleted."""


def save_message(
    database: Database,
    actor: Actor,
    text: str,
    files: Sequence[KeptFile],
    message: str,
    written_at: datetime,
) -> int | None:
    """Keep a message as a note; its id, None where it is kept already. `message` (conversation and
    ts) makes it once. Raises NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        made, new = notes.add_once(tx, team.manager.id, text, written_at, message, files)
        return made if new else None


def edit_message(
    database: Database,
    actor: Actor,
    text: str,
    files: Sequence[KeptFile],
    message: str,
    written_at: datetime,
    at: datetime,
) -> tuple[int, Change]:
    """A message says something else since `at`: so does its note, whichever edit is told of first.
    What was no note before becomes one. Its id, 0 where there is none, and what became of it.

    Raises NoTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        author = own_team(tx, actor).manager.id
        made, new = notes.add_once(tx, author, text, written_at, message, files, edited_at=at)
        if new:
            return made, Change.NEW
        before = notes.of_message(tx, author, message)
        if before is None or (before.text, before.files) == (text, tuple(files)):
            return made, Change.NOTHING
        edited = notes.edit(tx, author, message, text, files, at)
        return made, Change.CHANGED if edited else Change.NOTHING


def of_message(database: Database, actor: Actor, message: str) -> int | None:
    """The note of who acts that was made of a message; None where there is none. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        note = notes.of_message(tx, own_team(tx, actor).manager.id, message)
        return note.id if note else None


def answer(database: Database, actor: Actor, note_id: int, now: datetime) -> NoteAnswer:
    """A note of who acts, what was made of it, and what its words propose. Raises NoTeam and
    Gone."""
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        kept = _kept(tx, team, note_id, now)
        made = tuple(_made(tx, team, kept, now))
        if isinstance(kept.note.text, Unreadable):
            return NoteAnswer(kept, made, day=kept.day)
        members = teams.members(tx, team.id, on=kept.today)
    rep = rep_named(kept.note.text, [one.rep for one in members if one.is_on(kept.today)])
    day = day_named(kept.note.text, kept.day) or kept.day
    due = due_named(kept.note.text, lambda word: _coming(word, kept.today))
    return NoteAnswer(kept, made, rep, day, due)


def _coming(word: str, today: date) -> date | None:
    try:
        return read_coming_day(word, today)
    except TodoLineError:
        return None


def _made(tx: Transaction, team: Team, kept: KeptNote, now: datetime) -> Iterator[MadeOfNote]:
    author, note_id = team.manager.id, kept.note.id
    for what in MadeOf:
        kind = Made.PROMISE if what is MadeOf.PROMISE else Made.CONTACT
        sent = submissions.find(tx, form_of(note_id, what), kind, author, team.id)
        if sent.is_new:
            continue
        if what is MadeOf.PROMISE:
            promise = promises.get(tx, sent.one)
            if promise is not None and not promise.deleted and promise.team_id == team.id:
                yield MadeOfNote(what, promise=promise)
            continue
        contact = interactions.get(tx, sent.one, author)
        if contact is not None and contact.deleted_at is None and contact.team_id == team.id:
            raised = tuple(promises.of_interaction(tx, contact.id))
            yield MadeOfNote(what, Logged(contact, raised, team.today(now)))


def made_into(database: Database, actor: Actor, contact_id: int) -> int | None:
    """The note of who acts of which that contact was made, if it was. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        form = submissions.form_of(tx, Made.CONTACT, contact_id, team.manager.id, team.id)
    return note_of(form or "")


def contact_of(database: Database, actor: Actor, note_id: int, logged: Logged) -> TouchEntry:
    """What the form says that made that contact of a note, with what was raised in it. Raises
    NoTeam and Sealed."""
    touch = logged.touch
    entry = TouchEntry(touch.rep.slack_id, touch.channel, touch.occurred_on, touch.about)
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        form = form_of(note_id, MadeOf.CONTACT)
        sent = submissions.find(tx, form, Made.PROMISE, team.manager.id, team.id)
        raised = promises.get(tx, sent.one) if not sent.is_new else None
    if raised is None or raised.deleted:
        return entry
    what = readable(raised.what) or ""
    return replace(entry, raised=what, raised_due=raised.due_on, between_us=raised.between_us)


def subject(note_id: int) -> Subject:
    """What the answer to a note is remembered under, to draw it anew once more came of the note."""
    return Subject(MessageKind.NOTE, note_id)


def answers(database: Database, actor: Actor, note_id: int) -> list[MessageRef]:
    """Where the answers to a note of who acts stand. Raises NoTeam and Gone."""
    with database.reading(actor.workspace_id) as tx:
        if notes.get(tx, note_id, own_team(tx, actor).manager.id) is None:
            raise Gone
        return [one.ref for one in messages.posted(tx, subject(note_id))]


def get(database: Database, actor: Actor, note_id: int, now: datetime) -> KeptNote:
    """A note of who acts. Raises NoTeam and Gone."""
    with database.reading(actor.workspace_id) as tx:
        return _kept(tx, own_team(tx, actor), note_id, now)


def _kept(tx: Transaction, team: Team, note_id: int, now: datetime) -> KeptNote:
    note = notes.get(tx, note_id, team.manager.id)
    if note is None:
        raise Gone
    return KeptNote(note, _day(team, note.written_at), team.today(now))


def to_use(database: Database, actor: Actor, note_id: int, now: datetime) -> NoteAnswer:
    """A note of who acts, to make more of its words. Raises NoTeam, Gone and Sealed."""
    found = answer(database, actor, note_id, now)
    readable(found.kept.note.text)
    return found


def page_of(database: Database, actor: Actor, now: datetime, start: int = 0) -> NotesPage:
    """A page of the notes of who acts. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        start = max(0, start)
        found = notes.of_author(tx, team.manager.id, PAGE + 1, start)
        today = team.today(now)
        kept = tuple(KeptNote(note, _day(team, note.written_at), today) for note in found[:PAGE])
        return NotesPage(kept, start, len(found) > PAGE)


def delete(database: Database, actor: Actor, note_id: int, now: datetime) -> None:
    """Delete a note; it can be put back for thirty days. Raises NoTeam and Gone."""
    _mark(database, actor, note_id, now)


def put_back(database: Database, actor: Actor, note_id: int) -> None:
    """Put a deleted note back. Raises NoTeam and Gone."""
    _mark(database, actor, note_id, None)


def _mark(database: Database, actor: Actor, note_id: int, at: datetime | None) -> None:
    with database.writing(actor.workspace_id) as tx:
        if not notes.mark_deleted(tx, note_id, own_team(tx, actor).manager.id, at):
            raise Gone


def _day(team: Team, written_at: datetime) -> date:
    return team.today(written_at)
