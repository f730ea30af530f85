"""Handlers: who acts, what they said, answer at once, do the one thing, show it."""

from slack_bolt import App

from bot.domain.refusals import NotKnownAnyMore
from bot.parts import Parts
from handlers import (
    account,
    agenda,
    appointment,
    binder,
    binder_search,
    field_day,
    home,
    meeting,
    meeting_notes,
    notes,
    people,
    promises,
    raised,
    session,
    sharing,
    team,
    todo,
    topics,
    touch,
    transition,
)
from handlers.edge import Visit, visiting
from handlers.routes import Routes

FEATURES = (
    account,
    agenda,
    meeting,
    meeting_notes,
    appointment,
    touch,
    field_day,
    transition,
    session,
    sharing,
    topics,
    team,
    todo,
    promises,
    raised,
    binder,
    binder_search,
    notes,
    home,
    people,
)
"""The one table of all."""


def register(app: App, parts: Parts) -> None:
    """Give every feature its place in the app."""
    routes = Routes(app)
    for feature in FEATURES:
        feature.register(routes, parts)
    routes.listen(visiting(parts, _unknown))


def _unknown(_visit: Visit) -> None:
    """What an older version showed may be pressed for as long as it stands there."""
    raise NotKnownAnyMore
