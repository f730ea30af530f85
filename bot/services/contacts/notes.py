"""Plain messages to Windshield, kept exactly and for their author alone."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from bot.domain.contacts.interactions import KeptNote, Note, NotesPage
from bot.domain.delivery import MessageKind, MessageRef, Subject
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.private import readable
from bot.domain.workspaces.refusals import Gone
from bot.services.workspaces.authority import memberships_of, own_team
from storage.contacts import notes
from storage.database.engine import Database
from storage.delivery import messages
from storage.team import teams

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
        return Standing.REP if memberships_of(tx, actor.slack_id, now) else Standing.NEW


def save_message(
    database: Database,
    actor: Actor,
    text: str,
    message: str,
    mentioned: Sequence[str],
    written_at: datetime,
    now: datetime,
) -> KeptNote:
    """Keep a message as a note; `message` (conversation and ts) makes it once.

    `mentioned` are the people in it, by Slack id. Raises NoTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        made, new = notes.add_once(tx, team.manager.id, text, written_at, message)
        today = team.today(now)
        named = set(mentioned)
        members = teams.members(tx, team.id, on=today) if named else []
        reps = [m.rep.slack_id for m in members if m.is_on(today) and m.rep.slack_id in named]
        rep = reps[0] if len(reps) == 1 else None
        return KeptNote(
            Note(made, text, written_at), _day(team, written_at), today, new=new, rep=rep
        )


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
        team = own_team(tx, actor)
        note = notes.get(tx, note_id, team.manager.id)
        if note is None:
            raise Gone
        return KeptNote(note, _day(team, note.written_at), team.today(now))


def words_of(database: Database, actor: Actor, note_id: int, now: datetime) -> KeptNote:
    """A note of who acts, to make more of its words. Raises NoTeam, Gone and Sealed."""
    kept = get(database, actor, note_id, now)
    readable(kept.note.text)
    return kept


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
