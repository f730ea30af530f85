"""What is planned with reps: **Plan**, **Held**, **Moved** and **Didn't happen**."""

from functools import partial

from bot.context import AppContext
from bot.domain.appointments import AppointmentMade
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.workspaces.refusals import Gone
from bot.exchange.calendar_file import to_ics
from bot.screens.binder import redraw_list
from bot.screens.delivery.answers import answer
from bot.screens.home import publish
from bot.services import appointments
from bot.services.binder.calendar import appointment_file
from bot.views import appointments as views
from bot.views.binder import calendar as calendar_views
from bot.views.block_kit.ids import AppointmentAction, Form, Metadata
from handlers import field_days
from handlers.files import give_files
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes
from handlers.sessions import session


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(AppointmentAction.PLAN.value)(on(open_form))
    routes.action(AppointmentAction.MENU.value)(on(follow_menu))
    routes.action(AppointmentAction.HELD.value)(on(held))
    routes.action(AppointmentAction.MOVED.value)(on(moved))
    routes.action(AppointmentAction.DID_NOT_HAPPEN.value)(on(did_not_happen))
    routes.action(AppointmentAction.CALENDAR_FILE.value)(on(send_file))
    routes.view(Form.APPOINTMENT.value)(on(plan))


def open_form(request: SlackRequest) -> None:
    """**Plan**: with a day that suits."""
    pressed = request.pressed
    open_form_for(request, pressed.rep or "", views.parse_kind(pressed.step))


def open_form_for(
    request: SlackRequest, rep: str, kind: InteractionKind, what_for: str = ""
) -> None:
    """The form, for that rep (a Slack id)."""
    form = appointments.open_form(request.app.database, request.actor, rep, kind, request.now)
    metadata = Metadata(answer=request.response_url, text=what_for, under=request.under)
    request.show(views.build_appointment_form(form, metadata))


def plan(request: SlackRequest) -> None:
    """Saved before the form closes, then said where it was asked for. A time that is early or late
    for one of the two is asked about; sent once more as it is, it is planned."""
    entry = views.parse_appointment_form(request.state, request.metadata)
    odd = appointments.to_ask_about(request.app.database, request.actor, entry, request.now)
    if odd and not views.is_meant(entry, request.metadata):
        form = appointments.open_form(
            request.app.database, request.actor, entry.rep, entry.kind, request.now
        )
        request.turn_into(views.build_asked_about(form, entry, odd, request.metadata))
        return
    made = appointments.plan(request.app.database, request.actor, entry, request.form, request.now)
    request.accept()
    subject = f"appointment:{made.appointment.id}"
    answer(request.app, request.actor, views.build_made(made), request.metadata.answer, subject)
    if request.metadata.under:
        redraw_list(request.app, request.actor, request.metadata.under, request.now)
    publish(request.app, request.actor, request.now)


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu beside what is planned."""
    match request.pressed.step:
        case AppointmentAction.HELD:
            held(request)
        case AppointmentAction.MOVED:
            moved(request)
        case AppointmentAction.DID_NOT_HAPPEN:
            did_not_happen(request)
        case AppointmentAction.CALENDAR_FILE:
            send_file(request)
        case _:
            raise Gone


def _pressed(request: SlackRequest) -> AppointmentMade:
    subject = request.pressed.subject or 0
    return appointments.get(request.app.database, request.actor, subject, request.now)


def held(request: SlackRequest) -> None:
    """**Held**: the form that says what was said; logging it is what makes it held."""
    made = _pressed(request)
    one = made.appointment
    # Of a day to come nothing can be written down yet.
    day = min(one.day, made.today)
    if one.kind is InteractionKind.SESSION:
        session.start(request, one.rep.slack_id, day)
    else:
        field_days.open_form(request, one.rep.slack_id, day)


def moved(request: SlackRequest) -> None:
    """**Moved**: the form, to say to when."""
    one = _pressed(request).appointment
    open_form_for(request, one.rep.slack_id, one.kind)


def did_not_happen(request: SlackRequest) -> None:
    """**Didn't happen**: it is due as before, and can be planned anew."""
    subject = request.pressed.subject or 0
    made = appointments.did_not_happen(request.app.database, request.actor, subject, request.now)
    request.answer(views.build_did_not_happen(made))
    publish(request.app, request.actor, request.now)


def send_file(request: SlackRequest) -> None:
    """**Calendar file**: one appointment, into the direct message of who asks, be it the manager or
    the rep."""
    request.accept()
    database, subject = request.app.database, request.pressed.subject or 0
    found = appointment_file(database, request.actor, subject, request.now)
    name = calendar_views.file_name(found.appointment)
    files = {name: to_ics([found.entry], found.entry.title, request.now)}
    comment = calendar_views.file_comment(found.entry, found.appointment, found.today)
    give_files(request, files, comment, calendar_views.WHAT)
