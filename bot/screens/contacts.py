"""Notes: the answer to a plain message wherever it stands, the list, and one note."""

import logging
from datetime import datetime

from bot.context import AppContext
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.messenger import SlackError
from bot.services.contacts import notes
from bot.services.delivery import messages
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.contacts import note as views

log = logging.getLogger("windshield")


def answer_note(
    app: AppContext, workspace_id: int, channel: str, message: Message, note_id: int
) -> None:
    """Answer a plain message, and remember where the answer stands. Raises SlackError."""
    ref = app.messenger.post(channel, message)
    messages.remember(app.database, workspace_id, notes.subject(note_id), ref)


def redraw_answers(
    app: AppContext, actor: Actor, note_id: int, message: Message, answer_url: str | None
) -> None:
    """Draw the answer to a note anew, after something was made of the note.

    Never fails: what was made is saved. `answer_url` is the response URL of the press, which is
    good for half an hour; later the message is edited where it stands.
    """
    try:
        if answer_url and _replaced(app, answer_url, message):
            return
        for channel, ts in notes.answers(app.database, actor, note_id):
            app.messenger.redraw(channel, ts, message)
    except (SlackError, DatabaseUnavailableError) as error:
        log.warning("the answer to a note was not drawn: %s", log_words(error))


def _replaced(app: AppContext, answer_url: str, message: Message) -> bool:
    try:
        app.messenger.respond(answer_url, message, replace=True)
    except SlackError:
        return False
    return True


def list_view(app: AppContext, actor: Actor, now: datetime, page: str | None = None) -> View:
    """A page of the list. Raises NoTeam and Gone."""
    start = views.parse_start(page)
    return views.build_note_list(notes.page_of(app.database, actor, now, start))


def note_view(app: AppContext, actor: Actor, note_id: int, page: str | None, now: datetime) -> View:
    """One note; `page` is where in the list it stands. Raises NoTeam and Gone."""
    kept = notes.get(app.database, actor, note_id, now)
    return views.build_note(kept, Metadata(subject=note_id, page=page))
