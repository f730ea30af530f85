"""Files that somebody asked for, into their direct message."""

from collections.abc import Mapping

from bot.messenger import AnswerLostError, SlackError, TurnedAwayError
from bot.screens.delivery.direct import send_files
from bot.slack_errors import NO_FILES
from bot.views.binder import own_copy as views
from handlers.request import SlackRequest


def give_files(request: SlackRequest, files: Mapping[str, bytes], comment: str, what: str) -> None:
    """Send them, by their names, to who acts and nobody else; where Slack does not take them, say
    so of `what`."""
    actor = request.actor
    try:
        send_files(request.app, actor.workspace_id, actor.slack_id, files, comment)
    except AnswerLostError:
        request.answer(views.build_lost(what))
    except SlackError as error:
        not_allowed = isinstance(error, TurnedAwayError) or error.code in NO_FILES
        request.answer(views.build_not_allowed() if not_allowed else views.build_not_sent(what))
