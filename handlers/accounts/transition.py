"""Transitions: accounts that pass from one rep to another."""

from functools import partial

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.workspaces.refusals import Gone
from bot.parts import Parts
from bot.services.accounts import transitions
from bot.views.accounts import transition as views
from bot.views.block_kit.ids import Form, TransitionAction
from handlers import appointments
from handlers.request import Visit, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.action(TransitionAction.PASS_ON.value)(on(open_form))
    app.action(TransitionAction.PLAN_VISIT.value)(on(plan_visit))
    app.action(TransitionAction.MENU.value)(on(follow_menu))
    app.view(Form.TRANSITION.value)(on(pass_on))


def show(visit: Visit) -> None:
    """**Transition**, in place of the binder."""
    rep = visit.pressed.rep or ""
    page = transitions.page(visit.parts.database, visit.actor, rep, visit.now)
    visit.turn_into(views.build_transitions(page))


def open_form(visit: Visit) -> None:
    """**Pass accounts on**."""
    rep = visit.pressed.rep or ""
    page = transitions.page(visit.parts.database, visit.actor, rep, visit.now)
    visit.show(views.build_transition_form(page, visit.view.get("id")))


def pass_on(visit: Visit) -> None:
    """Saved before the form closes; the page below shows it."""
    database, actor, metadata = visit.parts.database, visit.actor, visit.metadata
    accounts = transitions.page(database, actor, metadata.rep or "", visit.now).accounts
    entry = views.parse_transition_form(visit.state, metadata, accounts)
    page = transitions.pass_on(database, actor, entry, visit.now)
    visit.accept()
    if metadata.under:
        visit.draw_beneath(views.build_transitions(page))


def plan_visit(visit: Visit) -> None:
    """**Plan a visit**: a field day with whoever takes over."""
    pressed = visit.pressed
    kind = InteractionKind.FIELD_DAY
    appointments.open_form_for(visit, pressed.rep or "", kind, pressed.text or "")


def follow_menu(visit: Visit) -> None:
    """**Introduced**, **Drop**."""
    subject = visit.pressed.subject or 0
    match visit.pressed.step:
        case TransitionAction.INTRODUCED:
            change = transitions.introduced
        case TransitionAction.DROP:
            change = transitions.drop
        case _:
            raise Gone
    page = change(visit.parts.database, visit.actor, subject, visit.now)
    visit.turn_into(views.build_transitions(page))
