"""**Save-it plan**, from a warning of the list or of the mirror."""

from functools import partial

from bot.context import AppContext
from bot.screens.home import publish
from bot.services.results import saving
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.results import saving as views
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(MirrorAction.SAVE_IT.value)(on(open_pressed))
    routes.view(Form.SAVE_IT.value)(on(save))


def open_pressed(request: SlackRequest) -> None:
    """**Save-it plan**, beside what can still be saved."""
    open_form(request, request.pressed.rep or "", request.pressed.text or "")


def open_form(request: SlackRequest, rep: str, about: str) -> None:
    """The plan for that rep's warning (`warning_about`): as it is, or to be written."""
    found = saving.to_write(request.app.database, request.actor, rep, about, request.now)
    metadata = Metadata(form=new_form(), rep=rep, text=about)
    request.show(views.build_form(found, metadata))


def save(request: SlackRequest) -> None:
    """Saved before the form becomes the plan."""
    entry, here = views.parse_form(request.state), request.metadata
    saved = saving.save(
        request.app.database,
        request.actor,
        here.rep or "",
        here.text or "",
        entry,
        request.form,
        request.now,
    )
    request.turn_into(views.build_saved(saved))
    publish(request.app, request.actor, request.now)
