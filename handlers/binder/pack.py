"""The transition pack of a rep, and of a whole team, for its manager and for whoever it is offered
to."""

from functools import partial

from bot.context import AppContext
from bot.domain.binder.pack import TeamPackRead
from bot.services.binder import pack
from bot.views.binder import pack as views
from bot.views.binder.pages import parse_start
from bot.views.block_kit.ids import PackAction
from bot.views.block_kit.kit import View
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(PackAction.REP.value)(on(open_rep))
    routes.action(PackAction.REP_PAGE.value)(on(turn_rep))
    routes.action(PackAction.TEAM.value)(on(open_team))
    routes.action(PackAction.TEAM_PAGE.value)(on(turn_team))
    routes.action(PackAction.OF_TEAM.value)(on(show_of_team))


def open_rep(request: SlackRequest) -> None:
    """**Transition pack** of a rep, on top of what is there."""
    request.show(_of_rep(request))


def turn_rep(request: SlackRequest) -> None:
    """The same in its place, and **Read on** in it."""
    request.turn_into(_of_rep(request))


def open_team(request: SlackRequest) -> None:
    """**Transition pack** of a whole team."""
    request.show(views.build_team_pack(_of_team(request), _start(request)))


def turn_team(request: SlackRequest) -> None:
    """**Read on** in it, and the way back to it."""
    request.turn_into(views.build_team_pack(_of_team(request), _start(request)))


def show_of_team(request: SlackRequest) -> None:
    """What of it is the team's, and no one rep's."""
    request.turn_into(views.build_of_team(_of_team(request), _start(request)))


def _of_rep(request: SlackRequest) -> View:
    pressed, database = request.pressed, request.app.database
    found = pack.read_rep(database, request.actor, pressed.rep or "", pressed.subject, request.now)
    return views.build_rep_pack(found, _start(request), of_team=pressed.step == views.OF_TEAM)


def _of_team(request: SlackRequest) -> TeamPackRead:
    subject = request.pressed.subject
    return pack.read_team(request.app.database, request.actor, subject, request.now)


def _start(request: SlackRequest) -> int:
    return parse_start(request.pressed.page)
