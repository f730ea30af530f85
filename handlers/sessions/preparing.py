"""**Prepare**: what a rep writes before a session."""

from functools import partial

from bot.context import AppContext
from bot.services.sessions import preparing
from bot.views.block_kit.ids import AppointmentAction, Form, Metadata
from bot.views.sessions import preparing as views
from handlers.request import SlackRequest, listener
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(AppointmentAction.PREPARE.value)(on(open_preparation))
    routes.view(Form.PREPARATION.value)(on(prepare))


def open_preparation(request: SlackRequest) -> None:
    """**Prepare**: the topics, for the rep."""
    subject = request.pressed.subject or 0
    form = preparing.to_prepare(request.app.database, request.actor, subject, request.now)
    request.show(views.build_preparation(form, Metadata(subject=subject)))


def prepare(request: SlackRequest) -> None:
    """Saved before the form closes; sent again, it replaces what was sent."""
    subject, texts = request.metadata.subject or 0, views.parse_preparation(request.state)
    form = preparing.prepare(request.app.database, request.actor, subject, texts, request.now)
    request.answer(views.build_prepared(form))
