"""Handlers: who acts, what they said, answer at once, do the one thing, show it."""

from slack_bolt import App

from bot.domain.workspaces.refusals import NotKnownAnyMore
from bot.parts import Parts
from handlers import appointments, field_days, home, promises, todo
from handlers.accounts import account, transition
from handlers.binder import pages, search
from handlers.contacts import notes, raised, touch
from handlers.meetings import agenda, meeting
from handlers.meetings import notes as meeting_notes
from handlers.request import Visit, visiting
from handlers.routes import Routes
from handlers.sessions import preparing, session, sharing, topics
from handlers.team import people, team

FEATURES = (
    account,
    agenda,
    meeting,
    meeting_notes,
    appointments,
    touch,
    field_days,
    transition,
    session,
    preparing,
    sharing,
    topics,
    team,
    todo,
    promises,
    raised,
    pages,
    search,
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
