"""Notes: the answer to a plain message wherever it stands, the list, and one note."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.contacts.cleared import ClearedPost
from bot.domain.delivery import MessageKind, MessageRef, Posted, Subject, Unsent
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Refusal
from bot.messenger import AnswerLostError, SlackError
from bot.screens.delivery.direct import Outgoing, write_to
from bot.services.contacts import cleared, notes
from bot.services.delivery import messages
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.contacts import cleared as cleared_views
from bot.views.contacts import note as views
from bot.views.contacts.note_answer import NoteState, build_answer

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
    said: NoteState = NoteState.NOTHING,
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


def cleared_asks(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To reps who raised something that is done, whether the team may be told, in the order of
    `dues`."""
    return [
        one
        if isinstance(one, Unsent)
        else Outgoing(
            one.line.rep,
            cleared_views.build_question(one),
            Subject(MessageKind.CLEARED, one.line.id),
        )
        for one in cleared.due(app.database, workspace_id, [item for item, _ in dues], now)
    ]


def cleared_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What those questions are to show now, in order."""
    wanted = [one.subject.id for one in posted]
    found = cleared.posted(app.database, workspace_id, wanted, now)
    return [cleared_views.build_question(one) for one in found]


def post_cleared(app: AppContext, actor: Actor, post: ClearedPost, now: datetime) -> None:
    """Post claimed lines to the team's channel, once. What Slack did not take may be posted again;
    of what it did not answer the manager is asked: a channel cannot be looked through. Never
    fails."""
    try:
        app.messenger.check_may_post()
        app.messenger.post(post.channel, cleared_views.build_post(post))
        return
    except AnswerLostError as error:
        log.warning("whether cleared obstacles were posted is unknown: %s", error.code)
        message = cleared_views.build_in_doubt(post)
    except SlackError as error:
        log.warning("cleared obstacles were not posted: %s", type(error).__name__)
        message = cleared_views.build_not_posted(post)
        try:
            cleared.give_back(app.database, actor, post.month, now)
        except (Refusal, DatabaseUnavailableError) as fault:
            log.warning("cleared obstacles were not given back: %s", log_words(fault))
    try:
        write_to(app, actor.workspace_id, actor.slack_id, message)
    except (SlackError, DatabaseUnavailableError) as error:
        log.warning("nobody was told of cleared obstacles: %s", log_words(error))
