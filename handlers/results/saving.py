"""**Save-it plan**, from a warning wherever it is met."""

from functools import partial

from bot.context import AppContext
from bot.domain.results.activity import PlanPage
from bot.screens import binder
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
    routes.action(MirrorAction.SAVE_IT_CHANGE.value)(on(change))
    routes.action(MirrorAction.SAVE_IT_CLOSE.value)(on(open_close_form))
    routes.view(Form.SAVE_IT.value)(on(save))
    routes.view(Form.SAVE_IT_CLOSE.value)(on(close))


def open_pressed(request: SlackRequest) -> None:
    """**Save-it plan**, beside what can still be saved; **Open**, beside a plan that stands."""
    here = request.pressed
    if here.subject:
        open_plan(request, here.subject)
    else:
        open_form(request, here.rep or "", here.text or "")


def open_form(request: SlackRequest, rep: str, about: str) -> None:
    """The plan for that rep's warning (`warning_about`), or the form where there is none."""
    database, actor, now = request.app.database, request.actor, request.now
    found = saving.to_write(database, actor, rep, about, now)
    if found.plan is not None:
        open_plan(request, found.plan.id)
    else:
        here = Metadata(form=new_form(), rep=rep, text=about, under=request.under)
        request.show(views.build_form(found, here))


def open_plan(request: SlackRequest, plan: int) -> None:
    """A plan as it stands."""
    found = saving.look(request.app.database, request.actor, plan, request.now)
    request.show(views.build_plan(found, request.under))


def change(request: SlackRequest) -> None:
    """**Change**, and **Take it up again** of one that is closed: the form, as the plan is."""
    rep, about = request.pressed.rep or "", request.pressed.text or ""
    found = saving.to_write(request.app.database, request.actor, rep, about, request.now)
    metadata = Metadata(form=new_form(), rep=rep, text=about, under=request.metadata.under)
    request.turn_into(views.build_form(found, metadata))


def open_close_form(request: SlackRequest) -> None:
    """**Close the plan**, and **What helped** of one that is closed."""
    subject = request.pressed.subject or 0
    found = saving.look(request.app.database, request.actor, subject, request.now)
    request.turn_into(views.build_close_form(found, request.metadata.under))


def close(request: SlackRequest) -> None:
    """Closed before the form becomes the plan."""
    helped, subject = views.parse_close_form(request.state), request.metadata.subject or 0
    closed = saving.close(request.app.database, request.actor, subject, helped, request.now)
    _show(request, closed)
    publish(request.app, request.actor, request.now)


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
    _show(request, saved)
    publish(request.app, request.actor, request.now)


def _show(request: SlackRequest, plan: PlanPage) -> None:
    """The plan in place of its form; and what the form was opened from, which shows a line of it,
    drawn anew."""
    under = request.metadata.under
    request.turn_into(views.build_plan(plan, under))
    if under:
        binder.redraw_list(request.app, request.actor, under, request.now)
