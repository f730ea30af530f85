"""App Home."""

from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.screens.home import publish, publish_opened
from bot.views.block_kit.ids import (
    BinderAction,
    FieldDayAction,
    HomeAction,
    SessionAction,
    TeamAction,
    TouchAction,
)
from bot.views.team.statement import build_statement
from handlers import field_days
from handlers.binder import pages
from handlers.contacts import touch
from handlers.request import SlackRequest, Work, listener
from handlers.routes import Routes
from handlers.sessions import session
from handlers.team import team


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.event("app_home_opened")(on(opened))
    routes.action(HomeAction.MORE.value)(on(turn_page))
    routes.action(HomeAction.EARLIER.value)(on(turn_page))
    routes.action(HomeAction.STATEMENT.value)(on(open_statement))
    routes.action(HomeAction.REP_MENU.value)(on(follow_menu))


def opened(request: SlackRequest) -> None:
    """App Home is drawn anew each time it is opened."""
    request.accept()
    event = request.body.get("event") or {}
    if event.get("tab") != "home":
        return
    drawn_before = bool(event.get("view"))
    publish_opened(request.app, request.actor, request.now, drawn_before=drawn_before)


def turn_page(request: SlackRequest) -> None:
    """**More reps**, **Earlier reps**."""
    page = request.pressed.page or "0"
    if not page.isdecimal():
        raise Gone
    request.accept()
    publish(request.app, request.actor, request.now, start=int(page))


def open_statement(request: SlackRequest) -> None:
    """**Read it**: the same for everyone, so that nobody has to be asked who they are."""
    request.show(build_statement())


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu beside a rep: each entry is a button of another feature."""
    entries: dict[str | None, Work] = {
        TouchAction.LOG.value: touch.open_form_for_rep,
        BinderAction.OPEN.value: pages.open_for_rep,
        SessionAction.START.value: session.start_with_rep,
        FieldDayAction.LOG.value: field_days.open_form_for_rep,
        TeamAction.REP_SETTINGS.value: team.open_rep_settings,
    }
    work = entries.get(request.pressed.step)
    if work is None:
        raise Gone
    work(request)
