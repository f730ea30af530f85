"""Plain messages to Windshield, kept exactly and for their author alone."""

from datetime import datetime

from bot.domain.calendar import local_date
from bot.domain.facts import KeptNote
from bot.domain.interactions import Note
from bot.domain.people import Actor, zone_named
from bot.domain.refusals import Gone
from bot.services.authority import own_team
from storage import notes
from storage.engine import Database

MOST_SHOWN = 50


def keep_message(
    database: Database, actor: Actor, text: str, message: str, written_at: datetime
) -> KeptNote:
    """Keep a message as a note; `message` (conversation and ts) makes it once. Raises NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        manager = own_team(tx, actor).manager
        made, new = notes.add_once(tx, manager.id, text, written_at, message)
        day = local_date(written_at, zone_named(manager.zone))
        return KeptNote(Note(made, text, written_at), day, new)


def one(database: Database, actor: Actor, note_id: int) -> KeptNote:
    """A note of who acts. Raises NoTeam and Gone."""
    with database.reading(actor.workspace_id) as tx:
        manager = own_team(tx, actor).manager
        note = notes.one(tx, note_id, manager.id)
        if note is None:
            raise Gone
        return KeptNote(note, local_date(note.written_at, zone_named(manager.zone)), False)


def all_of(database: Database, actor: Actor) -> list[KeptNote]:
    """The notes of who acts, newest first. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        manager = own_team(tx, actor).manager
        zone = zone_named(manager.zone)
        return [
            KeptNote(note, local_date(note.written_at, zone), False)
            for note in notes.of_author(tx, manager.id, MOST_SHOWN)
        ]


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
