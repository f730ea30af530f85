"""Plain messages to Windshield: kept exactly, for their author alone, and answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.context import AppContext
from bot.domain.contacts.received import KeptFile, Received, read_message
from bot.domain.contacts.typed_text import listed
from bot.domain.team.teams import Seats
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Refusal
from bot.messenger import SlackError
from bot.screens.contacts import answer_note, redraw_note
from bot.screens.team.people import typed_words
from bot.services.contacts import notes
from bot.services.contacts.notes import Change, Standing
from bot.services.contacts.raising import seats as find_seats
from bot.views.block_kit import kit
from bot.views.block_kit.kit import Message
from bot.views.contacts import note as views
from bot.views.contacts.note_answer import NoteState
from bot.views.contacts.plain_words import FOR_SOMEONE_NEW, build_nothing_taken
from handlers.contacts import raising
from handlers.contacts.plain_words import answer_to, asked_in
from handlers.events import Event, Lost, after_saving, saving
from handlers.listening import log
from handlers.routes import Routes

WRITTEN_BY_PEOPLE = {None, "file_share", "thread_broadcast", "me_message"}
"""Subtypes of messages that a person wrote just now
(https://docs.slack.dev/reference/events/message#subtypes)."""

EDITED = "message_changed"
DELETED = "message_deleted"
TOMBSTONE = "tombstone"
"""What a message becomes that was deleted, and has replies."""


@dataclass(frozen=True)
class Kept:
    """A message is a note now; `left_out` is what of it could not be taken."""

    note_id: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changed:
    """The message of a note was edited or deleted."""

    author: Actor
    note_id: int
    said: NoteState
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class FromRep:
    """What a rep wrote: kept nowhere, and answered with what can be made of it."""

    seats: Seats
    raw: str


Outcome = Message | Kept | Changed | FromRep
"""What is to be said, or shown, once the event is saved."""


@dataclass(frozen=True)
class _Words:
    """A message as it is kept."""

    text: str
    files: tuple[KeptFile, ...]
    message: str
    written_at: datetime


def register(routes: Routes, app: AppContext) -> None:
    routes.event("message", middleware=[saving(app, save_message)])(after_saving(answer_message))


def save_message(event: Event) -> Outcome | None:
    """What a manager writes is a note before Slack hears that it arrived; so is what they edit it
    to. A message that is deleted leaves its note."""
    said = event.content
    if said.get("channel_type") != "im":
        return None
    before = said.get("previous_message") or {}
    match said.get("subtype"):
        case subtype if subtype == EDITED:
            message = said.get("message") or {}
            if message.get("subtype") == TOMBSTONE:
                # Slack says that Slackbot wrote it.
                author = Actor(event.actor.workspace_id, str(before.get("user")))
                return _save_deletion(replace(event, actor=author), str(message.get("ts")))
            return _save_edit(event, message, before)
        case subtype if subtype == DELETED:
            return _save_deletion(event, str(said.get("deleted_ts") or before.get("ts")))
        case subtype if subtype in WRITTEN_BY_PEOPLE:
            return _save_new(event, said)
    return None


def _save_new(event: Event, message: Mapping[str, Any]) -> Outcome | None:
    app, actor = event.app, event.actor
    standing = notes.standing(app.database, actor, event.now)
    if message.get("bot_id") and standing is not Standing.MANAGER:
        return None  # what an app posts is words only where it posts them for a manager
    received = read_message(message)
    if standing is Standing.REP:
        return FromRep(_seats(event), received.text)
    if standing is not Standing.MANAGER:
        return kit.message(FOR_SOMEONE_NEW)
    asked = asked_in(str(message.get("text") or ""))
    if asked is not None and not received.files and not message.get("attachments"):
        return answer_to(asked, _seats(event))
    if received.is_empty:
        return _nothing_taken(received)
    words = _words(event, message, received)
    note_id = notes.save_message(
        app.database, actor, words.text, words.files, words.message, words.written_at
    )
    return Kept(note_id, received.left_out) if note_id is not None else None


def _save_edit(
    event: Event, message: Mapping[str, Any], before: Mapping[str, Any]
) -> Outcome | None:
    """Slack tells of a change also where it unfolds a link: nobody edited anything then."""
    app, actor = event.app, event.actor
    if message.get("subtype") not in WRITTEN_BY_PEOPLE or not message.get("edited"):
        return None
    standing = notes.standing(app.database, actor, event.now)
    if standing is not Standing.MANAGER:
        return None
    raw = str(message.get("text") or "")
    received = read_message(message)
    key = f"{event.content['channel']}:{message['ts']}"
    is_note = notes.of_message(app.database, actor, key) is not None
    if not is_note and not received.files:
        asked = asked_in(raw)
        if asked is not None:
            return answer_to(asked, _seats(event)) if raw != before.get("text") else None
    if received.is_empty:
        return None
    words = _words(event, message, received)
    at = _instant(str(event.content["ts"]))
    note_id, change = notes.edit_message(
        app.database, actor, words.text, words.files, words.message, words.written_at, at
    )
    match change:
        case Change.NEW:
            return Kept(note_id, received.left_out)
        case Change.CHANGED:
            return Changed(actor, note_id, NoteState.EDITED, received.left_out)
    return None


def _save_deletion(event: Event, ts: str) -> Outcome | None:
    """Nothing is lost by it: the note is its author's, who may delete it too."""
    app, actor = event.app, event.actor
    if notes.standing(app.database, actor, event.now) is not Standing.MANAGER:
        return None
    note_id = notes.of_message(app.database, actor, f"{event.content['channel']}:{ts}")
    return Changed(actor, note_id, NoteState.DELETED) if note_id is not None else None


def _seats(event: Event) -> Seats:
    return find_seats(event.app.database, event.actor, event.now)


def _nothing_taken(received: Received) -> Message | None:
    return build_nothing_taken(listed(received.left_out)) if received.left_out else None


def _words(event: Event, message: Mapping[str, Any], received: Received) -> _Words:
    """The words as they are kept: with the names of whom they mention, where Slack says them."""
    return _Words(
        typed_words(event.app, event.actor.workspace_id, received.text),
        received.files,
        f"{event.content['channel']}:{message['ts']}",
        _instant(str(message["ts"])),
    )


def _instant(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)


def answer_message(event: Event, outcome: Outcome | Lost) -> None:
    """Say what became of it, in the conversation it was written in."""
    app, actor, channel = event.app, event.actor, str(event.content["channel"])
    try:
        match outcome:
            case Lost():
                app.messenger.post(channel, views.build_not_kept(outcome.reference))
            case Kept():
                answer_note(app, actor, channel, outcome.note_id, outcome.left_out, event.now)
            case Changed():
                author, what = outcome.author, outcome.said
                redraw_note(app, author, outcome.note_id, event.now, what, outcome.left_out)
            case FromRep():
                said = raising.answer_words(app, actor, outcome.seats, outcome.raw)
                app.messenger.post(channel, said)
            case _:
                app.messenger.post(channel, outcome)
    except (SlackError, DatabaseUnavailableError, Refusal) as error:
        log.warning("a message was not answered: %s", log_words(error))
