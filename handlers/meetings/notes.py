"""Notes of a meeting: ticked, with outcomes and team promises, by anyone on the team."""

from functools import partial

from bot.context import AppContext
from bot.screens.home import publish
from bot.services.meetings import notes
from bot.views.block_kit.ids import AgendaAction, Form, Metadata
from bot.views.meetings import notes as views
from bot.views.meetings.agenda import parse_page
from handlers.listening import listener
from handlers.meetings.agenda import agenda_of_modal, pressed_agenda, seen
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(AgendaAction.NOTES.value)(on(take_notes))
    routes.action(AgendaAction.TICK.value)(on(tick))
    routes.action(AgendaAction.OUTCOME.value)(on(open_outcome))
    routes.action(AgendaAction.NOTES_PAGE.value)(on(turn_notes))
    routes.action(AgendaAction.NOTES_PAGE_BACK.value)(on(turn_notes))
    routes.action(AgendaAction.PROMISE_KEPT.value)(on(fulfil_promise))
    routes.action(AgendaAction.PROMISE_DROP.value)(on(drop_promise))
    routes.view(Form.OUTCOME.value)(on(save_outcome))


def take_notes(request: SlackRequest) -> None:
    """**Take notes**: by anyone on the team."""
    seen(request)
    agenda = pressed_agenda(request)
    if request.in_modal:
        request.turn_into(views.build_notes(agenda))
    else:
        request.show(views.build_notes(agenda))


def turn_notes(request: SlackRequest) -> None:
    """**More** and **Earlier** of the notes."""
    request.turn_into(views.build_notes(agenda_of_modal(request), parse_page(request.pressed.page)))


def tick(request: SlackRequest) -> None:
    """**Done**, **Open again**."""
    metadata = request.metadata
    agenda = notes.tick(
        request.app.database,
        request.actor,
        metadata.subject or 0,
        request.pressed.subject or 0,
        request.now,
        done=request.pressed.step != views.OPEN_AGAIN,
    )
    request.turn_into(views.build_notes(agenda, parse_page(metadata.page)))


def open_outcome(request: SlackRequest) -> None:
    """**Outcome or promise**."""
    metadata = Metadata(
        subject=request.metadata.subject,
        form=new_form(),
        under=request.view.get("id"),
        page=request.metadata.page,
    )
    request.show(views.build_outcome_form(agenda_of_modal(request), metadata))


def save_outcome(request: SlackRequest) -> None:
    """Saved before the form closes, then shown in the notes beneath."""
    metadata = request.metadata
    item, outcome = views.parse_outcome(request.state)
    noted = notes.note_outcome(
        request.app.database,
        request.actor,
        metadata.subject or 0,
        item,
        outcome,
        views.parse_promise(request.state),
        request.form,
        request.now,
    )
    if noted.questions:
        shown = noted.view
        request.answer(views.build_asked(noted.questions, shown.role, shown.team.manager.name))
    else:
        request.accept()
    if metadata.under:
        start = parse_page(metadata.page)
        request.draw_beneath(views.build_notes(noted.view, start))


def fulfil_promise(request: SlackRequest) -> None:
    """**Kept**: a team promise, by its owner or who leads."""
    _close_promise(request, kept=True)


def drop_promise(request: SlackRequest) -> None:
    """**Drop**: a team promise, by who leads."""
    _close_promise(request, kept=False)


def _close_promise(request: SlackRequest, *, kept: bool) -> None:
    subject = request.pressed.subject or 0
    notes.close_promise(request.app.database, request.actor, subject, request.now, kept=kept)
    request.accept()
    publish(request.app, request.actor, request.now)
