"""What was shared, as its rep sees it: sent once, drawn anew, answered."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import ERASED, NOTHING, Posted
from bot.domain.sessions.sharing import EndedSharing, SharedPart
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.messenger import AnswerLostError, RateLimitedError, SlackError
from bot.screens.delivery.direct import write_to, write_to_rep
from bot.services.sessions import sharing
from bot.services.sessions.sharing import Objection
from bot.views.block_kit.kit import Message, as_modal
from bot.views.sessions import sharing as views

log = logging.getLogger("windshield")


def send(app: AppContext, actor: Actor, part: SharedPart, view_id: str, now: datetime) -> None:
    """Send the rep what was shared just now. Where Slack took nothing it is not shared after all,
    and the manager who acts is told: in a message, or in the modal `view_id` while Slack takes no
    messages. Never fails."""
    workspace_id, contact = actor.workspace_id, part.contact
    try:
        message = views.build_shared(part, part.rep_today(now))
        ref = write_to_rep(app, workspace_id, contact.team_id, contact.rep, message)
        sharing.sent(app.database, workspace_id, part, ref)
    except AnswerLostError:
        # It may have been sent, and is not to be sent twice: the rep's Home tab shows it too.
        log.warning("whether contact %s reached its rep is unknown", contact.id)
    except DatabaseUnavailableError as error:
        log.warning("where contact %s was shared was not kept: %s", contact.id, log_words(error))
    except SlackError as error:
        log.warning("contact %s was not shared: %s", contact.id, error.code)
        _take_back(app, actor, part, view_id if isinstance(error, RateLimitedError) else None)


def _take_back(app: AppContext, actor: Actor, part: SharedPart, view_id: str | None) -> None:
    message = views.build_not_sent(part)
    try:
        sharing.give_back(app.database, actor.workspace_id, part)
        if view_id is not None:
            app.messenger.update_view(view_id, as_modal(message))
        else:
            write_to(app, actor.workspace_id, actor.slack_id, message)
    except (SlackError, DatabaseUnavailableError) as error:
        log.warning("a manager was not told of it: %s", log_words(error))


def drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What those messages are to show now."""
    parts = sharing.posted(app.database, workspace_id, posted)
    return [_drawn(one, part, now) for one, part in zip(posted, parts, strict=True)]


def _drawn(posted: Posted, part: SharedPart | EndedSharing | None, now: datetime) -> Message:
    if posted.subject == ERASED:
        return views.build_erased()
    if posted.subject.id == NOTHING:
        return views.build_too_old()
    return _message(part, now)


def _message(part: SharedPart | EndedSharing | None, now: datetime) -> Message:
    match part:
        case SharedPart():
            return views.build_shared(part, part.rep_today(now))
        case EndedSharing():
            return views.build_corrected(part)
        case None:
            return views.build_gone()


def tell_manager(
    app: AppContext, actor: Actor, said: Objection, words: str, form: str, now: datetime
) -> None:
    """What the rep remembers otherwise, to the manager alone: in place of what the same form said
    before. It stands in the binder in any case, so that a message that cannot be sent is logged
    and not raised."""
    if said.is_told:
        return
    part = said.part
    message = views.build_objection(part, words, part.manager_today(now))
    try:
        if said.told is not None:
            app.messenger.redraw(*said.told, message)
            return
        told = write_to(app, actor.workspace_id, part.manager.slack_id, message)
        sharing.objection_told(app.database, actor.workspace_id, part, form, told)
    except (SlackError, DatabaseUnavailableError) as error:
        log.warning("a manager was not told of an answer: %s", log_words(error))
