"""**My copy**: a rep's copy of what is kept about them, as files."""

from functools import partial

from bot.context import AppContext
from bot.exchange.own_copy import to_json, to_page
from bot.messenger import AnswerLostError, SlackError, TurnedAwayError
from bot.screens.delivery.direct import send_files
from bot.services.binder.own_copy import own_copy
from bot.slack_errors import NO_FILES
from bot.views.binder import own_copy as views
from bot.views.block_kit.ids import BinderAction
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    routes.action(BinderAction.MY_COPY.value)(partial(listener, app)(send_copy))


def send_copy(request: SlackRequest) -> None:
    """**My copy**: the files come in the direct message, to whoever asks and nobody else."""
    request.accept()
    actor, now = request.actor, request.now
    copy = own_copy(request.app.database, actor, now)
    files = {
        "my-copy.md": to_page(copy, now).encode(),
        "my-copy.json": to_json(copy, now).encode(),
    }
    try:
        send_files(request.app, actor.workspace_id, actor.slack_id, files, views.COMMENT)
    except AnswerLostError:
        request.answer(views.build_lost())
    except SlackError as error:
        not_allowed = isinstance(error, TurnedAwayError) or error.code in NO_FILES
        request.answer(views.build_not_allowed() if not_allowed else views.build_not_sent())
