"""Handlers: who acts, what they said, answer at once, do the one thing, show it."""

from slack_bolt import App

from bot.context import AppContext
from bot.domain.workspaces.refusals import NotKnownAnyMore
from handlers import appointments, field_days, home, promises, todo
from handlers.accounts import account, transition
from handlers.binder import own_copy, pages, search
from handlers.contacts import messages, notes, raised, raising, thanks, touch
from handlers.listening import listener
from handlers.meetings import agenda, draft, heard, meeting
from handlers.meetings import notes as meeting_notes
from handlers.request import SlackRequest
from handlers.results import adding, director, mirror, saving
from handlers.routes import Routes
from handlers.sessions import preparing, session, sharing, topics
from handlers.team import memberships, people, ramp, team

FEATURES = (
    account,
    agenda,
    draft,
    heard,
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
    ramp,
    memberships,
    todo,
    promises,
    raised,
    raising,
    thanks,
    pages,
    own_copy,
    search,
    messages,
    notes,
    director,
    mirror,
    adding,
    saving,
    home,
    people,
)
"""The one table of all."""


def register(bolt: App, app: AppContext) -> None:
    """Give every feature its place in the app."""
    routes = Routes(bolt)
    for feature in FEATURES:
        feature.register(routes, app)
    routes.listen(listener(app, _unknown))


def _unknown(_visit: SlackRequest) -> None:
    """What an older version showed may be pressed for as long as it stands there."""
    raise NotKnownAnyMore
