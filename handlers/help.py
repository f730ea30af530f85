"""`help`, by what somebody is here: a manager, a rep, or both."""

from bot.services.contacts import raising
from bot.views.contacts.raising import build_help
from handlers.request import SlackRequest


def answer_help(request: SlackRequest, usage: str) -> None:
    """Answer with a manager's `usage`, with what a rep can do, or with both for who is both."""
    seats = raising.seats(request.app.database, request.actor, request.now)
    request.answer(build_help(seats, usage))
