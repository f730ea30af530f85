"""Accounts: who knows whom there."""

from functools import partial

from bot.parts import Parts
from bot.services.accounts import accounts
from bot.views.accounts import account as views
from bot.views.block_kit.ids import AccountAction
from handlers.request import Visit, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    app.action(AccountAction.OPEN.value)(partial(visiting, parts)(open_named))


def open_named(visit: Visit) -> None:
    """One of the accounts that may have been meant."""
    show(visit, visit.pressed.text or "")


def show(visit: Visit, typed: str) -> None:
    """The account of that name, or which it may be."""
    found = accounts.find(visit.parts.database, visit.actor, typed, visit.now)
    if found.page is not None:
        visit.show(views.build_account(found.page))
    else:
        visit.answer(views.build_which(typed, found.others))
