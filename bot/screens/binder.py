"""The binder of a rep, and one entry of it."""

from datetime import datetime

from bot.domain.people import Actor
from bot.parts import Parts
from bot.services import touches
from bot.views import binder as views


def redraw_entry(
    parts: Parts, actor: Actor, interaction_id: int, view_id: str, now: datetime
) -> None:
    """Draw an open entry anew after it changed. Raises SlackError."""
    logged = touches.one(parts.database, actor, interaction_id, now)
    parts.messenger.update_view(view_id, views.build_entry(logged))
