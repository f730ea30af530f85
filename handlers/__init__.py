"""Handlers: who acts, what they said, answer at once, do the one thing, show it."""

from slack_bolt import App

from bot.context import AppContext
from bot.domain.workspaces.refusals import NotKnownAnyMore
from handlers import appointments, field_days, home, promises
from handlers.accounts import account, bench, dates, market, market_answers, transition
from handlers.binder import calendar, exports, handover, own_copy, pack, pages, removed, search
from handlers.contacts import cleared, messages, notes, raised, raising, thanks, touch
from handlers.contacts import market as touch_market
from handlers.listening import listener
from handlers.meetings import agenda, draft, heard, meeting, pairing
from handlers.meetings import notes as meeting_notes
from handlers.request import SlackRequest
from handlers.results import activity, adding, director, mirror, saving
from handlers.routes import Routes
from handlers.sessions import preparing, session, sharing, topics
from handlers.team import memberships, people, ramp, team
from handlers.todo import away, issues, lists, round_up

FEATURES = (
    account,
    bench,
    dates,
    market,
    market_answers,
    agenda,
    draft,
    heard,
    meeting,
    meeting_notes,
    pairing,
    appointments,
    touch,
    touch_market,
    field_days,
    transition,
    session,
    preparing,
    sharing,
    topics,
    team,
    ramp,
    memberships,
    lists,
    issues,
    round_up,
    away,
    promises,
    cleared,
    raised,
    raising,
    thanks,
    pages,
    exports,
    calendar,
    handover,
    own_copy,
    pack,
    removed,
    search,
    messages,
    notes,
    director,
    mirror,
    adding,
    saving,
    activity,
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
