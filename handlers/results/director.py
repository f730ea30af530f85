"""`/mirror teams`: what managers share with one person, and sharing one's own."""

from functools import partial

from bot.context import AppContext
from bot.screens import results as screens
from bot.screens.delivery.answers import redraw_answer
from bot.screens.team.people import ensure_profiles
from bot.services.results import director
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.results import director as views
from bot.views.results.pages import as_message, parse_start
from handlers.drawn import draw
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    for action in (MirrorAction.TEAMS, MirrorAction.TEAMS_BACK):
        routes.action(action.value)(on(turn_page))
    routes.action(MirrorAction.SHARE.value)(on(open_form))
    routes.action(MirrorAction.STOP_SHARING.value)(on(stop))
    routes.view(Form.DIRECTOR.value)(on(share))


def open_teams(request: SlackRequest) -> None:
    """`/mirror teams`."""
    _show(request, 0)


def turn_page(request: SlackRequest) -> None:
    """**Teams shared with you**, **What you share**, **More teams** and **Earlier teams**."""
    _show(request, parse_start(request.pressed.page))


def _show(request: SlackRequest, start: int) -> None:
    found = director.teams_of(request.app.database, request.actor, request.now)
    draw(request, views.build_teams(found, start))


def open_form(request: SlackRequest) -> None:
    """**Share with one person**, **Share** and **Somebody else**: what is shared, and with whom."""
    own = director.to_share(request.app.database, request.actor, request.now)
    # An answer that Slack lets nobody change any more is left as it is.
    place = None if request.is_too_old else request.response_url
    here = Metadata(answer=place, home=0 if request.in_home else None)
    request.show(views.build_form(own, here))


def share(request: SlackRequest) -> None:
    """**Share**: the page it was opened from says so too."""
    chosen = views.parse_form(request.state)
    ensure_profiles(request.app, request.actor.workspace_id, [chosen] if chosen else [])
    found = director.share(request.app.database, request.actor, chosen, request.now)
    page = views.build_teams(found, 0)
    if request.metadata.home is not None:
        request.accept()
        screens.put_on_home(request.app, request.actor, page)
    elif request.metadata.answer:
        request.accept()
        redraw_answer(request.app, request.metadata.answer, as_message(page))
    else:
        request.answer(as_message(page))


def stop(request: SlackRequest) -> None:
    """**Stop sharing**."""
    found = director.stop(request.app.database, request.actor, request.now)
    draw(request, views.build_teams(found, 0))
