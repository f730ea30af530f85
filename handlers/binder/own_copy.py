"""**My copy**: a rep's copy of what is kept about them, as files."""

from functools import partial

from bot.context import AppContext
from bot.exchange.own_copy import to_json, to_page
from bot.services.binder.own_copy import own_copy
from bot.views.binder import own_copy as views
from bot.views.block_kit.ids import BinderAction
from handlers.files import give_files
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    routes.action(BinderAction.MY_COPY.value)(partial(listener, app)(send_copy))


def send_copy(request: SlackRequest) -> None:
    """**My copy**: the files come in the direct message, to whoever asks and nobody else."""
    request.accept()
    now = request.now
    copy = own_copy(request.app.database, request.actor, now)
    files = {
        "my-copy.md": to_page(copy, now).encode(),
        "my-copy.json": to_json(copy, now).encode(),
    }
    give_files(request, files, views.COMMENT, views.WHAT)
