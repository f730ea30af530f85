"""App Home."""

from functools import partial

from slack_bolt import App

from bot.domain.refusals import Gone
from bot.parts import Parts
from bot.screens.home import publish, publish_away
from bot.views.ids import HomeAction
from handlers.edge import Visit, visiting


def register(app: App, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.event("app_home_opened")(on(opened))
    app.action(HomeAction.PAGE.value)(on(turn_page))


def opened(visit: Visit) -> None:
    """App Home is drawn anew each time it is opened."""
    visit.accept()
    event = visit.body.get("event") or {}
    if event.get("tab") != "home":
        return
    drawn = publish(visit.parts, visit.actor, visit.now)
    if not drawn and not event.get("view"):
        publish_away(visit.parts, visit.actor)


def turn_page(visit: Visit) -> None:
    """**More reps**, **Earlier reps**."""
    page = visit.pressed.page or "0"
    if not page.isdecimal():
        raise Gone
    visit.accept()
    publish(visit.parts, visit.actor, visit.now, start=int(page))
