"""Answers to a form: in the conversation it was opened from, or in a direct message.

The form is saved by then. An answer that cannot be given takes nothing back: it is written down in
the outcome, so that who asked is told that it is saved, and not raised.
"""

import logging

from bot.context import AppContext
from bot.domain.workspaces import outcome
from bot.domain.workspaces.people import Actor
from bot.messenger import AnswerLostError, SlackError
from bot.screens.delivery.direct import write_to
from bot.views.block_kit.kit import Message

log = logging.getLogger("windshield")


def answer(
    app: AppContext, actor: Actor, message: Message, answer_url: str | None, about: str
) -> None:
    """Answer for the person who acts alone.

    `answer_url` is the response URL of the command that opened the form; None for a shortcut.
    `about` names what was saved, for the log.
    """
    try:
        if answer_url and _answered(app, answer_url, message):
            return
    except AnswerLostError as error:
        # It may stand there: who asked is told in a few words that it is saved.
        log.warning("whether %s was answered is unknown: %s", about, error.code)
        return
    try:
        write_to(app, actor.workspace_id, actor.slack_id, message)
        outcome.shown()
    except AnswerLostError as error:
        outcome.shown()  # it may have been sent, and is not to be sent twice
        log.warning("whether %s was answered is unknown: %s", about, error.code)
    except SlackError as error:
        outcome.unseen()
        log.warning("an answer about %s was not given: %s", about, type(error).__name__)


def redraw_answer(app: AppContext, answer_url: str, message: Message) -> None:
    """Draw the answer anew that a form was opened from."""
    try:
        app.messenger.respond(answer_url, message, replace=True)
    except SlackError as error:
        log.warning("an answer was not drawn anew: %s", type(error).__name__)


def _answered(app: AppContext, answer_url: str, message: Message) -> bool:
    """Whether the answer stands there, as far as can be known: it is not given twice."""
    try:
        app.messenger.respond(answer_url, message)
    except AnswerLostError:
        raise
    except SlackError:
        return False  # too late, or refused: a direct message instead
    return True
