"""The steps of a team for a rep's first weeks, changed by the manager."""

from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.services.team import ramp
from bot.views.block_kit.ids import Form, RampAction
from bot.views.team import ramp as views
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(RampAction.OPEN.value)(on(show))
    routes.action(RampAction.ADD.value)(on(open_new))
    routes.action(RampAction.MENU.value)(on(follow_menu))
    routes.view(Form.RAMP_STEP.value)(on(save))


def show(request: SlackRequest) -> None:
    """**New on the team**, from the settings."""
    steps = ramp.of_team(request.app.database, request.actor, request.now)
    request.show(views.build_ramp(steps))


def open_new(request: SlackRequest) -> None:
    """**Add a step**."""
    request.show(views.build_step_form(None, request.view.get("id")))


def follow_menu(request: SlackRequest) -> None:
    """**Edit**, **Remove**."""
    pressed, database, actor = request.pressed, request.app.database, request.actor
    step_id = pressed.subject or 0
    match pressed.step:
        case RampAction.EDIT:
            step = ramp.get(database, actor, step_id, request.now)
            request.show(views.build_step_form(step, request.view.get("id")))
        case RampAction.REMOVE:
            steps = ramp.remove(database, actor, step_id, request.now)
            request.turn_into(views.build_ramp(steps))
        case _:
            raise Gone


def save(request: SlackRequest) -> None:
    """Saved before the form closes; the list below shows it."""
    entry, metadata = views.parse_step_form(request.state), request.metadata
    steps = ramp.save(
        request.app.database,
        request.actor,
        metadata.subject or 0,
        entry,
        request.form,
        request.now,
    )
    request.accept()
    if metadata.under:
        request.draw_beneath(views.build_ramp(steps))
