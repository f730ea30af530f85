"""What is planned with reps: **Plan**, **Held**, **Moved** and **Didn't happen**."""

from functools import partial

from bot.domain.appointments import AppointmentMade
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.workspaces.refusals import Gone
from bot.parts import Parts
from bot.screens.delivery.answers import answer
from bot.screens.home import publish
from bot.services import appointments
from bot.views import appointments as views
from bot.views.block_kit.ids import AppointmentAction, Form, Metadata
from handlers import field_days
from handlers.request import Visit, visiting
from handlers.routes import Routes
from handlers.sessions import session


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.action(AppointmentAction.PLAN.value)(on(open_form))
    app.action(AppointmentAction.MENU.value)(on(follow_menu))
    app.action(AppointmentAction.HELD.value)(on(held))
    app.action(AppointmentAction.MOVED.value)(on(moved))
    app.action(AppointmentAction.DID_NOT_HAPPEN.value)(on(did_not_happen))
    app.view(Form.APPOINTMENT.value)(on(plan))


def open_form(visit: Visit) -> None:
    """**Plan**: with a day that suits."""
    pressed = visit.pressed
    open_form_for(visit, pressed.rep or "", views.parse_kind(pressed.step))


def open_form_for(visit: Visit, rep: str, kind: InteractionKind, what_for: str = "") -> None:
    """The form, for that rep (a Slack id)."""
    desk = appointments.desk(visit.parts.database, visit.actor, rep, kind, visit.now)
    metadata = Metadata(answer=visit.response_url, text=what_for)
    visit.show(views.build_appointment_form(desk, metadata))


def plan(visit: Visit) -> None:
    """Saved before the form closes, then said where it was asked for."""
    entry = views.parse_appointment_form(visit.state, visit.metadata)
    made = appointments.plan(visit.parts.database, visit.actor, entry, visit.now)
    visit.accept()
    subject = f"appointment:{made.appointment.id}"
    answer(visit.parts, visit.actor, views.build_made(made), visit.metadata.answer, subject)
    publish(visit.parts, visit.actor, visit.now)


def follow_menu(visit: Visit) -> None:
    """The ⋯ menu beside what is planned."""
    match visit.pressed.step:
        case AppointmentAction.HELD:
            held(visit)
        case AppointmentAction.MOVED:
            moved(visit)
        case AppointmentAction.DID_NOT_HAPPEN:
            did_not_happen(visit)
        case _:
            raise Gone


def _pressed(visit: Visit) -> AppointmentMade:
    subject = visit.pressed.subject or 0
    return appointments.one(visit.parts.database, visit.actor, subject, visit.now)


def held(visit: Visit) -> None:
    """**Held**: the form that says what was said; logging it is what makes it held."""
    one = _pressed(visit).appointment
    if one.kind is InteractionKind.SESSION:
        session.start(visit, one.rep.slack_id)
    else:
        field_days.open_form(visit, one.rep.slack_id)


def moved(visit: Visit) -> None:
    """**Moved**: the form, to say to when."""
    one = _pressed(visit).appointment
    open_form_for(visit, one.rep.slack_id, one.kind)


def did_not_happen(visit: Visit) -> None:
    """**Didn't happen**: it is due as before, and can be planned anew."""
    subject = visit.pressed.subject or 0
    made = appointments.did_not_happen(visit.parts.database, visit.actor, subject, visit.now)
    visit.answer(views.build_did_not_happen(made))
    publish(visit.parts, visit.actor, visit.now)
