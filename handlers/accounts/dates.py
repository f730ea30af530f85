"""Account dates: added, moved, done and taken off."""

from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.services.accounts import accounts, dates
from bot.views.accounts import account as account_views
from bot.views.accounts import dates as views
from bot.views.block_kit.ids import AccountAction, Form
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(AccountAction.DATE_ADD.value)(on(open_add_form))
    routes.action(AccountAction.DATE_MENU.value)(on(follow_menu))
    routes.action(AccountAction.DATE_BACK.value)(on(put_back))
    routes.action(AccountAction.DATE_MOVE_BACK.value)(on(move_back))
    routes.action(AccountAction.DATE_NOT.value)(on(no_date))
    routes.action(AccountAction.DATE_UNDO.value)(on(undo))
    routes.action(AccountAction.DATE_AFTER_ALL.value)(on(after_all))
    routes.view(Form.ACCOUNT_DATE.value)(on(add))
    routes.view(Form.ACCOUNT_DATE_MOVE.value)(on(move))


def add_typed(request: SlackRequest, typed: str) -> bool:
    """`/binder account Acme renewal 1 March`; False where that is no date of an account."""
    database, actor = request.app.database, request.actor
    shown = dates.add_typed(database, actor, typed, request.form, request.now)
    if not shown:
        return False
    request.answer(views.build_noted(shown))
    return True


def open_add_form(request: SlackRequest) -> None:
    """**Add a date**."""
    page = accounts.page(request.app.database, request.actor, _subject(request), request.now)
    request.show(views.build_add_form(page, request.view.get("id")))


def add(request: SlackRequest) -> None:
    """Saved before the form closes; the page below shows it."""
    entry, subject = views.parse_add_form(request.state), request.metadata.subject or 0
    database, actor = request.app.database, request.actor
    page = dates.add(database, actor, subject, entry, request.form, request.now)
    request.accept()
    request.draw_beneath(account_views.build_account(page))


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu of a date on the page of its account."""
    database, actor, now = request.app.database, request.actor, request.now
    subject = _subject(request)
    match request.pressed.step:
        case AccountAction.DATE_MOVE:
            shown = dates.get(database, actor, subject, now)
            request.show(views.build_move_form(shown, request.view.get("id")))
        case AccountAction.DATE_DONE:
            page = dates.done(database, actor, subject, now)
            request.turn_into(account_views.build_account(page, subject))
        case AccountAction.DATE_REMOVE:
            page = dates.remove(database, actor, subject, now)
            request.turn_into(account_views.build_account(page, subject))
        case _:
            raise Gone


def move(request: SlackRequest) -> None:
    """Saved before the form closes; the page below shows it."""
    day, subject = views.parse_move_form(request.state), request.metadata.subject or 0
    database, actor = request.app.database, request.actor
    before = dates.get(database, actor, subject, request.now).one.day
    page = dates.move(database, actor, subject, day, request.now)
    request.accept()
    moved = views.Moved(subject, before) if before != day else None
    request.draw_beneath(account_views.build_account(page, moved=moved))


def move_back(request: SlackRequest) -> None:
    """**Move it back**, on the page: to the day that it was on."""
    day = views.day_before(request.pressed)
    if day is None:
        raise Gone
    page = dates.move_back(request.app.database, request.actor, _subject(request), day, request.now)
    request.turn_into(account_views.build_account(page))


def put_back(request: SlackRequest) -> None:
    """**Put it back**, on the page."""
    page = dates.put_back(request.app.database, request.actor, _subject(request), request.now)
    request.turn_into(account_views.build_account(page))


def no_date(request: SlackRequest) -> None:
    """**Not a date**, beside what was read: said by itself, for the answer has more in it."""
    shown = dates.no_date(request.app.database, request.actor, _subject(request), request.now)
    request.answer(views.build_taken_off(shown))


def undo(request: SlackRequest) -> None:
    """**Undo** of a date that was typed."""
    shown = dates.no_date(request.app.database, request.actor, _subject(request), request.now)
    request.redraw(views.build_taken_off(shown))


def after_all(request: SlackRequest) -> None:
    """**Put it back**, in an answer."""
    shown = dates.a_date(request.app.database, request.actor, _subject(request), request.now)
    request.redraw(views.build_noted([shown]))


def _subject(request: SlackRequest) -> int:
    return request.pressed.subject or 0
