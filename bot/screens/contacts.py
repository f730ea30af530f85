"""Notes: the answer to a plain message wherever it stands, the list, and one note."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import MessageRef
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Refusal
from bot.messenger import SlackError
from bot.services.contacts import notes
from bot.services.delivery import messages
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.contacts import note as views
from bot.views.contacts.note_answer import Said, build_answer

log = logging.getLogger("windshield")


def answer_note(
    app: AppContext,
    actor: Actor,
    channel: str,
    note_id: int,
    left_out: Sequence[str],
    now: datetime,
) -> None:
    """Answer a plain message, and remember where the answer stands. Raises SlackError."""
    answer = notes.answer(app.database, actor, note_id, now)
    ref = app.messenger.post(channel, build_answer(answer, left_out=left_out))
    messages.remember(app.database, actor.workspace_id, notes.subject(note_id), ref)


def redraw_note(
    app: AppContext,
    actor: Actor,
    note_id: int,
    now: datetime,
    said: Said = Said.NOTHING,
    left_out: Sequence[str] = (),
    answer_url: str | None = None,
) -> None:
    """Draw the answer to a note anew as it stands now. Never fails: see `redraw_answers`."""
    try:
        answer = notes.answer(app.database, actor, note_id, now)
    except (DatabaseUnavailableError, Refusal) as error:
        log.warning("the answer to a note was not drawn: %s", log_words(error))
        return
    redraw_answers(app, actor, note_id, build_answer(answer, said, left_out), answer_url)


def redraw_made(app: AppContext, actor: Actor, contact_id: int, now: datetime) -> None:
    """Draw the answer to the note anew of which that contact was made, where it was. Never
    fails."""
    try:
        note_id = notes.made_into(app.database, actor, contact_id)
    except (DatabaseUnavailableError, Refusal) as error:
        log.warning("the answer to a note was not looked for: %s", log_words(error))
        return
    if note_id is not None:
        redraw_note(app, actor, note_id, now)


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
    except (SlackError, DatabaseUnavailableError, Refusal) as error:
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
    link = _link(app, kept.note.message)
    return views.build_note(kept, Metadata(subject=note_id, page=page), link)


def _link(app: AppContext, message: str) -> str | None:
    """The address of a message (conversation and ts); None where it is gone, or Slack gives none
    now."""
    channel, _, ts = message.partition(":")
    try:
        return app.messenger.permalink(MessageRef(channel, ts))
    except SlackError:
        return None
