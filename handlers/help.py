"""What somebody can do here, by what they are: a manager, a rep, or both."""

from bot.domain.contacts.typed_text import as_typed
from bot.services.contacts import raising
from bot.views.contacts.raising import build_for_managers, build_help
from handlers.request import SlackRequest

SHORTCUTS = ("shortcut", "message_action")
"""What Slack calls the types of them in their payloads."""


def answer_help(request: SlackRequest, usage: str) -> None:
    """Answer with a manager's `usage`, with what a rep can do, or with both for who is both."""
    seats = raising.seats(request.app.database, request.actor, request.now)
    request.answer(build_help(seats, usage))


def answer_rep(request: SlackRequest) -> bool:
    """Answer a rep who used a command or a shortcut of managers with what reps can do, and the
    words of it filled in; False where they are none, or it was neither."""
    if "command" not in request.body and request.body.get("type") not in SHORTCUTS:
        return False
    seats = raising.seats(request.app.database, request.actor, request.now)
    if seats.leads or not seats.on:
        return False
    words = as_typed(request.text)
    request.answer(build_for_managers(seats.on, words, request.typed_line))
    return True
