"""Accounts: who knows whom there."""

from functools import partial

from bot.context import AppContext
from bot.domain.accounts.pages import AccountPage
from bot.domain.workspaces.refusals import Gone
from bot.services.accounts import accounts
from bot.views.accounts import account as views
from bot.views.block_kit.ids import AccountAction, Form
from handlers.accounts import dates
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(AccountAction.OPEN.value)(on(open_account))
    routes.action(AccountAction.LIST.value)(on(turn_page))
    routes.action(AccountAction.MENU.value)(on(follow_menu))
    routes.view(Form.ACCOUNT_NAMES.value)(on(call))
    routes.view(Form.ACCOUNT_SAME.value)(on(merge))
    routes.view(Form.ACCOUNT_NOT_SAME.value)(on(split))


def open_account(request: SlackRequest) -> None:
    """**Open** of a list, or one of those that may have been meant."""
    request.show(views.build_account(_page(request)))


def show(request: SlackRequest, typed: str) -> None:
    """The account of that name, or which it may be; or a date of one, which is noted."""
    if dates.add_typed(request, typed):
        return
    found = accounts.find(request.app.database, request.actor, typed, request.now)
    if found.page is not None:
        request.show(views.build_account(found.page))
    elif found.undated is not None:
        request.answer(views.build_undated(typed, found.undated))
    else:
        request.answer(views.build_which(typed, found.others))


def show_all(request: SlackRequest) -> None:
    """`/binder account` alone: all there are."""
    page = accounts.of_team(request.app.database, request.actor, 0, request.now)
    request.show(views.build_accounts(page))


def turn_page(request: SlackRequest) -> None:
    """**More** and **First**."""
    begins = request.pressed.page or ""
    at = int(begins) if begins.isdecimal() else 0
    page = accounts.of_team(request.app.database, request.actor, at, request.now)
    request.turn_into(views.build_accounts(page))


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu of an account."""
    database, actor, now = request.app.database, request.actor, request.now
    subject, under = request.pressed.subject or 0, request.view.get("id")
    match request.pressed.step:
        case AccountAction.KEY:
            page = accounts.tick_key(database, actor, subject, now, is_key=True)
            request.turn_into(views.build_account(page))
        case AccountAction.NOT_KEY:
            page = accounts.tick_key(database, actor, subject, now, is_key=False)
            request.turn_into(views.build_account(page))
        case AccountAction.NAMES:
            request.show(views.build_names_form(_page(request), under))
        case AccountAction.SAME:
            account, others = accounts.alike(database, actor, subject, now)
            request.show(views.build_same_form(account, others, under))
        case AccountAction.NOT_SAME:
            request.show(views.build_not_same_form(_page(request), under))
        case _:
            raise Gone


def call(request: SlackRequest) -> None:
    """Saved before the form closes; the page below shows it."""
    entry = views.parse_names_form(request.state)
    subject = request.metadata.subject or 0
    page = accounts.call(request.app.database, request.actor, subject, entry, request.now)
    request.accept()
    request.draw_beneath(views.build_account(page))


def merge(request: SlackRequest) -> None:
    """**Same as …**: the page below is that of both from now on."""
    into, subject = views.parse_chosen(request.state, "into"), request.metadata.subject or 0
    page = accounts.merge(request.app.database, request.actor, subject, into, request.now)
    request.accept()
    request.draw_beneath(views.build_account(page))


def split(request: SlackRequest) -> None:
    """**Not the same**: the page below is without that spelling."""
    spelling, subject = views.parse_chosen(request.state, "spelling"), request.metadata.subject or 0
    page = accounts.split(request.app.database, request.actor, subject, spelling, request.now)
    request.accept()
    request.draw_beneath(views.build_account(page))


def _page(request: SlackRequest) -> AccountPage:
    subject = request.pressed.subject or 0
    return accounts.page(request.app.database, request.actor, subject, request.now)
