"""Profiles that change in Slack: names, zones, and who has left."""

from bot.context import AppContext
from bot.services.team import people
from bot.slack_answers import read_profile
from handlers.events import Event, after_saving, saving
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    routes.event("user_change", middleware=[saving(app, save_profile)])(
        after_saving(lambda _event, _outcome: None)
    )


def save_profile(event: Event) -> None:
    """The table of people is the cache of Slack's profiles."""
    profile = read_profile(event.content["user"])
    people.change(event.app.database, event.actor.workspace_id, profile, event.now)
