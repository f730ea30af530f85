"""Finding things in a binder. The binder itself becomes each of these: three modals can be open,
and an entry with its form takes two."""

from functools import partial

from bot.context import AppContext
from bot.domain.binder.search import Wanted
from bot.screens.binder import page
from bot.services.binder import search
from bot.views.binder import search as views
from bot.views.block_kit.ids import BinderAction, Form
from handlers.request import SlackRequest, listener
from handlers.routes import Routes

KINDS = {action: kind for kind, action in views.TAB_OF.items()}


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    for tab in KINDS:
        routes.action(tab.value)(on(show_kind))
    routes.action(BinderAction.SEARCH.value)(on(open_search))
    routes.action(BinderAction.PLANS.value)(on(show_plans))
    routes.action(BinderAction.TOPIC.value)(on(show_history))
    routes.action(BinderAction.BACK.value)(on(go_back))
    routes.view(Form.BINDER_SEARCH.value)(on(find))


def open_search(request: SlackRequest) -> None:
    """**Search**."""
    request.turn_into(views.build_search(request.pressed.rep or ""))


def find(request: SlackRequest) -> None:
    """What fits, in place of the form."""
    wanted = views.parse_search(request.state, request.metadata)
    found = search.find(request.app.database, request.actor, wanted, request.now)
    request.turn_into(views.build_found(found))


def show_kind(request: SlackRequest) -> None:
    """**Sessions**, **Field days**, **Contacts**: entries of one kind."""
    tab = BinderAction(request.body["actions"][0]["action_id"])
    wanted = Wanted(request.pressed.rep or "", kind=KINDS[tab])
    found = search.find(request.app.database, request.actor, wanted, request.now)
    request.turn_into(views.build_found(found))


def show_plans(request: SlackRequest) -> None:
    """**Plans**: by topic."""
    rep = request.pressed.rep or ""
    plans = search.plans(request.app.database, request.actor, rep, request.now)
    request.turn_into(views.build_plans(plans))


def show_history(request: SlackRequest) -> None:
    """**History**: one topic down the sessions."""
    rep, key = request.pressed.rep or "", request.pressed.text or ""
    history = search.history(request.app.database, request.actor, rep, key, request.now)
    request.turn_into(views.build_history(history))


def go_back(request: SlackRequest) -> None:
    """**Back to the binder**."""
    request.turn_into(page(request.app, request.actor, request.pressed.rep or "", request.now))
