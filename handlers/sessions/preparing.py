"""**Prepare**: what a rep writes before a session."""

from functools import partial

from bot.parts import Parts
from bot.services.sessions import preparing
from bot.views.block_kit.ids import AppointmentAction, Form, Metadata
from bot.views.sessions import preparing as views
from handlers.request import Visit, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.action(AppointmentAction.PREPARE.value)(on(open_preparation))
    app.view(Form.PREPARATION.value)(on(prepare))


def open_preparation(visit: Visit) -> None:
    """**Prepare**: the topics, for the rep."""
    subject = visit.pressed.subject or 0
    desk = preparing.to_prepare(visit.parts.database, visit.actor, subject, visit.now)
    visit.show(views.build_preparation(desk, Metadata(subject=subject)))


def prepare(visit: Visit) -> None:
    """Saved before the form closes; sent again, it replaces what was sent."""
    subject, texts = visit.metadata.subject or 0, views.parse_preparation(visit.state)
    desk = preparing.prepare(visit.parts.database, visit.actor, subject, texts, visit.now)
    visit.answer(views.build_prepared(desk))
