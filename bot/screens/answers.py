"""Answers to a form: in the conversation it was opened from, or in a direct message."""

from contextlib import suppress

from bot.domain.people import Actor
from bot.messenger import TooLateError
from bot.parts import Parts
from bot.screens.direct import write_to
from bot.services import messages
from bot.views.kit import Message


def answer(
    parts: Parts, actor: Actor, message: Message, answer_url: str | None, subject: str
) -> None:
    """Answer for the person who acts alone.

    `answer_url` is the response URL of the command that opened the form; None for a shortcut.
    `subject` says what a direct message is about. Raises SlackError.
    """
    if answer_url:
        try:
            parts.messenger.respond(answer_url, message)
            return
        except TooLateError:
            pass  # the form stood open for more than half an hour
    channel, ts = write_to(parts, actor.workspace_id, actor.slack_id, message)
    messages.remember_posted(parts.database, actor.workspace_id, subject, channel, ts)


def redraw_answer(parts: Parts, answer_url: str, message: Message) -> None:
    """Draw the answer anew that a form was opened from. Raises SlackError."""
    # What changed is saved; an answer too old to be changed is shown right by the binder.
    with suppress(TooLateError):
        parts.messenger.respond(answer_url, message, replace=True)
