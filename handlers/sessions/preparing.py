"""**Prepare**: what a rep writes before a session."""

from functools import partial

from bot.context import AppContext
from bot.domain.contacts.drafts import DraftStep
from bot.domain.sessions.preparing import PreparationForm
from bot.screens.home import publish
from bot.services.sessions import preparing
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AppointmentAction, Form, Metadata
from bot.views.sessions import preparing as views
from handlers.listening import listener, typing_listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(AppointmentAction.PREPARE.value)(on(open_preparation))
    routes.action(AppointmentAction.PREPARE_WITHIN.value)(typing_listener(app, filled))
    routes.action(AppointmentAction.PREPARE_KEEP.value)(on(finish_later))
    routes.action(AppointmentAction.PREPARE_RESUME.value)(on(resume))
    routes.action(AppointmentAction.PREPARE_DISCARD.value)(on(discard))
    routes.view(Form.PREPARATION.value)(on(prepare))


def open_preparation(request: SlackRequest) -> None:
    """**Prepare**: the topics, for the rep, where it was left."""
    request.app.autosave.settle(request.actor)
    subject = request.pressed.subject or 0
    _show(request, preparing.to_prepare(request.app.database, request.actor, subject, request.now))


def resume(request: SlackRequest) -> None:
    """**Resume**: where it was left."""
    request.app.autosave.settle(request.actor)
    form = request.pressed.form or ""
    _show(request, preparing.resume(request.app.database, request.actor, form, request.now))


def _show(request: SlackRequest, form: PreparationForm) -> None:
    name = form.draft.form if form.draft else new_form()
    metadata = Metadata(form=name, subject=form.appointment.id)
    request.show(views.build_preparation(form, metadata))


def filled(request: SlackRequest) -> DraftStep:
    """What stands in the form by now."""
    view = str(request.view.get("id") or "")
    return views.parse_preparation(request.state, request.metadata, view, request.typed_at)


def finish_later(request: SlackRequest) -> None:
    """**Finish later**: kept as it is for the rep alone, and the form makes room."""
    request.app.autosave.settle(request.actor)
    database, actor = request.app.database, request.actor
    form = preparing.put_aside(database, actor, filled(request), request.now)
    request.turn_into(kit.as_modal(views.build_preparation_kept(form)))
    publish(request.app, actor, request.now)


def discard(request: SlackRequest) -> None:
    """**Discard**: asked once more by Slack itself."""
    form = request.pressed.form or ""
    preparing.drop_draft(request.app.database, request.actor, form, request.now)
    request.accept()
    publish(request.app, request.actor, request.now)


def prepare(request: SlackRequest) -> None:
    """Saved before the form closes; sent again, it replaces what was sent."""
    step = filled(request)
    texts = views.prepared_texts(step.typed)
    form = preparing.prepare(
        request.app.database, request.actor, step.subject, texts, step.form, request.now
    )
    request.answer(views.build_prepared(form))
    publish(request.app, request.actor, request.now)
