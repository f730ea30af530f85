"""Transitions: accounts that pass from one rep to another."""

from functools import partial

from bot.context import AppContext
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.workspaces.refusals import Gone
from bot.services.accounts import transitions
from bot.views.accounts import transition as views
from bot.views.block_kit.ids import Form, TransitionAction
from handlers import appointments
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(TransitionAction.PASS_ON.value)(on(open_form))
    routes.action(TransitionAction.PLAN_VISIT.value)(on(plan_visit))
    routes.action(TransitionAction.MENU.value)(on(follow_menu))
    routes.view(Form.TRANSITION.value)(on(pass_on))


def show(request: SlackRequest) -> None:
    """**Transition**, in place of the binder."""
    rep = request.pressed.rep or ""
    page = transitions.page(request.app.database, request.actor, rep, request.now)
    request.turn_into(views.build_transitions(page))


def open_form(request: SlackRequest) -> None:
    """**Pass accounts on**."""
    rep = request.pressed.rep or ""
    page = transitions.page(request.app.database, request.actor, rep, request.now)
    request.show(views.build_transition_form(page, request.view.get("id")))


def pass_on(request: SlackRequest) -> None:
    """Saved before the form closes; the page below shows it."""
    database, actor, metadata = request.app.database, request.actor, request.metadata
    entry = views.parse_transition_form(request.state, metadata)
    page = transitions.pass_on(database, actor, entry, request.form, request.now)
    request.accept()
    if metadata.under:
        request.draw_beneath(views.build_transitions(page))


def plan_visit(request: SlackRequest) -> None:
    """**Plan a visit**: a field day with whoever takes over."""
    pressed = request.pressed
    kind = InteractionKind.FIELD_DAY
    appointments.open_form_for(request, pressed.rep or "", kind, pressed.text or "")


def follow_menu(request: SlackRequest) -> None:
    """**Introduced**, **Drop**."""
    subject = request.pressed.subject or 0
    match request.pressed.step:
        case TransitionAction.INTRODUCED:
            change = transitions.introduced
        case TransitionAction.DROP:
            change = transitions.drop
        case _:
            raise Gone
    page = change(request.app.database, request.actor, subject, request.now)
    request.turn_into(views.build_transitions(page))
