"""Finding things in a binder. The binder itself becomes each of these: three modals can be open,
and an entry with its form takes two."""

from functools import partial

from bot.domain.binder.search import Wanted
from bot.parts import Parts
from bot.screens.binder import page
from bot.services.binder import search
from bot.views.binder import search as views
from bot.views.block_kit.ids import BinderAction, Form
from handlers.request import Visit, visiting
from handlers.routes import Routes

KINDS = {action: kind for kind, action in views.TAB_OF.items()}


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    for tab in KINDS:
        app.action(tab.value)(on(show_kind))
    app.action(BinderAction.SEARCH.value)(on(open_search))
    app.action(BinderAction.PLANS.value)(on(show_plans))
    app.action(BinderAction.TOPIC.value)(on(show_history))
    app.action(BinderAction.BACK.value)(on(go_back))
    app.view(Form.BINDER_SEARCH.value)(on(find))


def open_search(visit: Visit) -> None:
    """**Search**."""
    visit.turn_into(views.build_search(visit.pressed.rep or ""))


def find(visit: Visit) -> None:
    """What fits, in place of the form."""
    wanted = views.parse_search(visit.state, visit.metadata)
    found = search.find(visit.parts.database, visit.actor, wanted, visit.now)
    visit.turn_into(views.build_found(found))


def show_kind(visit: Visit) -> None:
    """**Sessions**, **Field days**, **Contacts**: entries of one kind."""
    tab = BinderAction(visit.body["actions"][0]["action_id"])
    wanted = Wanted(visit.pressed.rep or "", kind=KINDS[tab])
    found = search.find(visit.parts.database, visit.actor, wanted, visit.now)
    visit.turn_into(views.build_found(found))


def show_plans(visit: Visit) -> None:
    """**Plans**: by topic."""
    rep = visit.pressed.rep or ""
    plans = search.plans(visit.parts.database, visit.actor, rep, visit.now)
    visit.turn_into(views.build_plans(plans))


def show_history(visit: Visit) -> None:
    """**History**: one topic down the sessions."""
    rep, key = visit.pressed.rep or "", visit.pressed.text or ""
    history = search.history(visit.parts.database, visit.actor, rep, key, visit.now)
    visit.turn_into(views.build_history(history))


def go_back(visit: Visit) -> None:
    """**Back to the binder**."""
    visit.turn_into(page(visit.parts, visit.actor, visit.pressed.rep or "", visit.now))
