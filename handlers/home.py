"""App Home."""

from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.screens.home import promises_view, publish, publish_opened
from bot.services.home import first_weeks
from bot.services.workspaces import retention
from bot.views.block_kit.ids import (
    BinderAction,
    HomeAction,
    Metadata,
    TeamAction,
    TouchAction,
)
from bot.views.home.rep import build_first_weeks
from bot.views.team.statement import build_statement
from handlers.binder import pages
from handlers.contacts import touch
from handlers.listening import listener
from handlers.request import SlackRequest, Work
from handlers.routes import Routes
from handlers.team import team


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.event("app_home_opened")(on(opened))
    routes.action(HomeAction.MORE.value)(on(turn_page))
    routes.action(HomeAction.EARLIER.value)(on(turn_page))
    routes.action(HomeAction.STATEMENT.value)(on(open_statement))
    routes.action(HomeAction.REP_MENU.value)(on(follow_menu))
    routes.action(HomeAction.FIRST_WEEKS.value)(on(open_first_weeks))
    routes.action(HomeAction.PROMISES.value)(on(open_promises))
    routes.action(HomeAction.PROMISES_MORE.value)(on(turn_promises))
    routes.action(HomeAction.PROMISES_FIRST.value)(on(turn_promises))


def opened(request: SlackRequest) -> None:
    """App Home is drawn anew each time it is opened."""
    request.accept()
    event = request.body.get("event") or {}
    if event.get("tab") != "home":
        return
    seen = (event.get("view") or {}).get("hash")
    publish_opened(request.app, request.actor, request.now, seen)


def turn_page(request: SlackRequest) -> None:
    """**More reps**, **Earlier reps**."""
    page = request.pressed.page or "0"
    if not page.isdecimal():
        raise Gone
    request.accept()
    publish(request.app, request.actor, request.now, start=int(page))


def open_promises(request: SlackRequest) -> None:
    """**See**, beside what the manager owes and what the reps promised."""
    page = Metadata(text=request.pressed.step)
    request.show(promises_view(request.app, request.actor, page, request.now))


def turn_promises(request: SlackRequest) -> None:
    """**More** and **First** of those."""
    page = Metadata(text=request.metadata.text, page=request.pressed.page)
    request.turn_into(promises_view(request.app, request.actor, page, request.now))


def open_first_weeks(request: SlackRequest) -> None:
    """**See**, beside the later steps of a rep's first weeks."""
    database, team_id = request.app.database, request.pressed.subject or 0
    request.show(build_first_weeks(first_weeks(database, request.actor, team_id, request.now)))


def open_statement(request: SlackRequest) -> None:
    """**Read it**: the same for everyone, so that nobody has to be asked who they are."""
    months = retention.kept_months(request.app.database, request.actor.workspace_id)
    request.show(build_statement(months))


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu beside a rep: each entry is a button of another feature."""
    entries: dict[str | None, Work] = {
        TouchAction.LOG.value: touch.open_form_for_rep,
        BinderAction.OPEN.value: pages.open_for_rep,
        BinderAction.PLAN_SESSION.value: pages.follow_menu,
        BinderAction.PLAN_FIELD_DAY.value: pages.follow_menu,
        TeamAction.REP_SETTINGS.value: team.open_rep_settings,
    }
    work = entries.get(request.pressed.step)
    if work is None:
        raise Gone
    work(request)
