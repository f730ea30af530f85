"""`/mirror teams`: what managers share with one person, and sharing one's own."""

from functools import partial

from bot.context import AppContext
from bot.screens.delivery.answers import redraw_answer
from bot.screens.team.people import ensure_profiles
from bot.services.results import director
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.results import director as views
from bot.views.results.mirror import parse_start
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    for action in (MirrorAction.TEAMS, MirrorAction.TEAMS_BACK):
        routes.action(action.value)(on(turn))
    routes.action(MirrorAction.SHARE.value)(on(open_form))
    routes.action(MirrorAction.STOP_SHARING.value)(on(stop))
    routes.view(Form.DIRECTOR.value)(on(share))


def open_teams(request: SlackRequest) -> None:
    """`/mirror teams`."""
    found = director.teams_of(request.app.database, request.actor, request.now)
    request.answer(views.build_teams(found, 0))


def turn(request: SlackRequest) -> None:
    """**More teams** and **Earlier teams**."""
    start = parse_start(request.pressed.page)
    found = director.teams_of(request.app.database, request.actor, request.now)
    request.redraw(views.build_teams(found, start))


def open_form(request: SlackRequest) -> None:
    """**Share** and **Somebody else**: what is shared, and with whom."""
    own = director.to_share(request.app.database, request.actor, request.now)
    # An answer that Slack lets nobody change any more is left as it is.
    place = None if request.is_too_old else request.response_url
    request.show(views.build_form(own, Metadata(answer=place)))


def share(request: SlackRequest) -> None:
    """**Share**: the answer it was opened from says so too."""
    chosen = views.parse_form(request.state)
    ensure_profiles(request.app, request.actor.workspace_id, [chosen] if chosen else [])
    found = director.share(request.app.database, request.actor, chosen, request.now)
    said = views.build_teams(found, 0)
    if request.metadata.answer:
        request.accept()
        redraw_answer(request.app, request.metadata.answer, said)
    else:
        request.answer(said)


def stop(request: SlackRequest) -> None:
    """**Stop sharing**."""
    found = director.stop(request.app.database, request.actor, request.now)
    request.redraw(views.build_teams(found, 0))
