"""Accounts: who knows whom there."""

from functools import partial

from bot.context import AppContext
from bot.services.accounts import accounts
from bot.views.accounts import account as views
from bot.views.block_kit.ids import AccountAction
from handlers.request import SlackRequest, listener
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    routes.action(AccountAction.OPEN.value)(partial(listener, app)(open_named))


def open_named(request: SlackRequest) -> None:
    """One of the accounts that may have been meant: in place of the question, where a modal asks
    it."""
    typed = request.pressed.text or ""
    found = accounts.find(request.app.database, request.actor, typed, request.now)
    if not request.in_modal:
        show(request, typed)
    elif found.page is not None:
        request.turn_into(views.build_account(found.page))
    else:
        request.redraw(views.build_which(typed, found.others))


def show(request: SlackRequest, typed: str) -> None:
    """The account of that name, or which it may be."""
    found = accounts.find(request.app.database, request.actor, typed, request.now)
    if found.page is not None:
        request.show(views.build_account(found.page))
    else:
        request.answer(views.build_which(typed, found.others))
