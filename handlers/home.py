"""App Home."""

from functools import partial

from bot.domain.workspaces.refusals import Gone
from bot.parts import Parts
from bot.screens.home import publish, publish_opened
from bot.views.block_kit.ids import (
    BinderAction,
    FieldDayAction,
    HomeAction,
    SessionAction,
    TeamAction,
    TouchAction,
)
from handlers import field_days
from handlers.binder import pages
from handlers.contacts import touch
from handlers.request import Visit, Work, visiting
from handlers.routes import Routes
from handlers.sessions import session
from handlers.team import team


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.event("app_home_opened")(on(opened))
    app.action(HomeAction.MORE.value)(on(turn_page))
    app.action(HomeAction.EARLIER.value)(on(turn_page))
    app.action(HomeAction.REP_MENU.value)(on(follow_menu))


def opened(visit: Visit) -> None:
    """App Home is drawn anew each time it is opened."""
    visit.accept()
    event = visit.body.get("event") or {}
    if event.get("tab") != "home":
        return
    drawn_before = bool(event.get("view"))
    publish_opened(visit.parts, visit.actor, visit.now, drawn_before=drawn_before)


def turn_page(visit: Visit) -> None:
    """**More reps**, **Earlier reps**."""
    page = visit.pressed.page or "0"
    if not page.isdecimal():
        raise Gone
    visit.accept()
    publish(visit.parts, visit.actor, visit.now, start=int(page))


def follow_menu(visit: Visit) -> None:
    """The ⋯ menu beside a rep: each entry is a button of another feature."""
    entries: dict[str | None, Work] = {
        TouchAction.LOG.value: touch.open_form_for_rep,
        BinderAction.OPEN.value: pages.open_for_rep,
        SessionAction.START.value: session.start_with_rep,
        FieldDayAction.LOG.value: field_days.open_form_for_rep,
        TeamAction.REP_SETTINGS.value: team.open_rep_settings,
    }
    work = entries.get(visit.pressed.step)
    if work is None:
        raise Gone
    work(visit)
