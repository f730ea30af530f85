"""Profiles that change in Slack: names, zones, and who has left."""

from bot.messenger import read_profile
from bot.parts import Parts
from bot.services.team import people
from handlers.events import Event, after_saving, saving
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    app.event("user_change", middleware=[saving(parts, keep_profile)])(
        after_saving(lambda event, outcome: None)
    )


def keep_profile(event: Event) -> None:
    """The table of people is the cache of Slack's profiles."""
    profile = read_profile(event.content["user"])
    people.change(event.parts.database, event.actor.workspace_id, profile, event.now)
