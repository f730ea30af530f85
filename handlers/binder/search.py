"""Finding things in a binder. The binder itself becomes each of these: three modals can be open,
and an entry with its form takes two."""

from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.screens import binder as screens
from bot.views.binder import search as views
from bot.views.block_kit.ids import BinderAction, Form, Metadata, PackAction, TransitionAction
from handlers.accounts import transition
from handlers.binder import pack
from handlers.listening import listener
from handlers.request import SlackRequest, Work
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(BinderAction.SECTION.value)(on(follow_section))
    routes.action(BinderAction.SEARCH.value)(on(open_search))
    routes.action(BinderAction.OLDER_FOUND.value)(on(turn_page))
    routes.action(BinderAction.NEWEST_FOUND.value)(on(turn_page))
    routes.action(BinderAction.PROMISES.value)(on(show_promises))
    routes.action(BinderAction.PROMISES_MORE.value)(on(show_promises))
    routes.action(BinderAction.PROMISES_FIRST.value)(on(show_promises))
    routes.action(BinderAction.RESULTS.value)(on(show_results))
    routes.action(BinderAction.RESULTS_NEWEST.value)(on(show_results))
    routes.action(BinderAction.SEE_RESULTS.value)(on(open_results))
    routes.action(BinderAction.PLANS.value)(on(show_plans))
    routes.action(BinderAction.TOPIC.value)(on(show_history))
    routes.action(BinderAction.BACK.value)(on(go_back))
    routes.view(Form.BINDER_SEARCH.value)(on(find))


def follow_section(request: SlackRequest) -> None:
    """**Section**: each entry is a part of the binder, or a way to find things in it."""
    work = SECTIONS.get(request.pressed.step)
    if work is None:
        raise Gone
    work(request)


def open_search(request: SlackRequest) -> None:
    """**Search**."""
    request.turn_into(views.build_search(request.pressed.rep or ""))


def open_by_date(request: SlackRequest) -> None:
    """**By date**."""
    request.turn_into(views.build_search(request.pressed.rep or "", by_date=True))


def find(request: SlackRequest) -> None:
    """What fits, in place of the form."""
    wanted = views.parse_search(request.state, request.metadata)
    draw = screens.results if wanted.results else screens.found
    packed = views.pack_wanted(wanted)
    request.turn_into(draw(request.app, request.actor, packed, request.now))


def show_kind(request: SlackRequest) -> None:
    """**Sessions**, **Field days**, **Contacts**: entries of one kind."""
    kind = KINDS[request.pressed.step or ""]
    packed = Metadata(rep=request.pressed.rep, step=kind)
    request.turn_into(screens.found(request.app, request.actor, packed, request.now))


def turn_page(request: SlackRequest) -> None:
    """**Older** and **Newest**."""
    view = screens.found(request.app, request.actor, request.pressed, request.now)
    request.turn_into(view)


def show_promises(request: SlackRequest) -> None:
    """**All promises**, **See**; **More** and **First**."""
    pressed = request.pressed
    view = screens.promises(
        request.app, request.actor, pressed.rep or "", request.now, pressed.page
    )
    request.turn_into(view)


def show_results(request: SlackRequest) -> None:
    """**Results**, **See**, **More** and **First**: period by period."""
    request.turn_into(screens.results(request.app, request.actor, request.pressed, request.now))


def open_results(request: SlackRequest) -> None:
    """**See**, beside results shown elsewhere: on top of it."""
    request.show(screens.results(request.app, request.actor, request.pressed, request.now))


def show_plans(request: SlackRequest) -> None:
    """**Plans**: by topic."""
    rep = request.pressed.rep or ""
    request.turn_into(screens.plans(request.app, request.actor, rep, request.now))


def show_history(request: SlackRequest) -> None:
    """**History**: one topic down the sessions."""
    rep, key = request.pressed.rep or "", request.pressed.text or ""
    request.turn_into(screens.history(request.app, request.actor, rep, key, request.now))


def go_back(request: SlackRequest) -> None:
    """**Back to the binder**."""
    rep = request.pressed.rep or ""
    request.turn_into(screens.page(request.app, request.actor, rep, request.now))


KINDS = {action.value: kind for kind, action in views.SECTION_OF.items()}
SECTIONS: dict[str | None, Work] = {
    **dict.fromkeys(KINDS, show_kind),
    BinderAction.PLANS.value: show_plans,
    BinderAction.PROMISES.value: show_promises,
    BinderAction.RESULTS.value: show_results,
    BinderAction.SEARCH.value: open_search,
    BinderAction.BY_DATE.value: open_by_date,
    TransitionAction.OPEN.value: transition.show,
    PackAction.REP_PAGE.value: pack.turn_rep,
}
