"""**Export**: the binder leaves Slack as a file."""

from functools import partial

from bot.context import AppContext
from bot.domain.binder.export import ExportRequest, Format, Paper, What
from bot.domain.workspaces.refusals import ExportUnderWay, Gone
from bot.exchange.formats import offered
from bot.services.binder import exporting
from bot.views.binder import exports as views
from bot.views.block_kit.ids import ExportAction, Form, Metadata, MirrorAction
from bot.views.results import period_page as period_views
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(ExportAction.OPEN.value)(on(open_form))
    routes.action(ExportAction.STOP.value)(on(stop))
    routes.action(ExportAction.TAKEN.value)(on(show_taken))
    routes.view(Form.EXPORT.value)(on(send))
    for one in (MirrorAction.PERIOD_A4, MirrorAction.PERIOD_LETTER):
        routes.action(one.value)(on(print_period))


def open_form(request: SlackRequest) -> None:
    """**Export**, `/binder export`: what to take; where one is on its way, how far that is."""
    found = exporting.to_export(request.app.database, request.actor, request.now)
    if found.under_way is not None:
        request.show(views.build_under_way(found.under_way, found.team, request.now))
        return
    taken = found.taken, found.count
    metadata = Metadata(form=new_form())
    request.show(
        views.build_form(
            found.team, found.reps, found.years, offered(), taken, request.now, metadata
        )
    )


def send(request: SlackRequest) -> None:
    """The form: asked for; it is made beside everything else."""
    try:
        asked = views.parse_form(request.state)
    except ValueError as error:
        raise Gone from error
    _ask(request, asked, request.form)


def print_period(request: SlackRequest) -> None:
    """**PDF**, beneath the period on one page: that page to print, with the words kept of it."""
    here = request.pressed
    period = period_views.parse_period(here.day)
    asked = ExportRequest(
        Format.PDF,
        since=period.start,
        until=period.end,
        what=What.PERIOD,
        paper=Paper.LETTER if here.step == Paper.LETTER else Paper.A4,
    )
    _ask(request, asked, here.form or new_form())


def _ask(request: SlackRequest, asked: ExportRequest, form: str) -> None:
    app, actor, now = request.app, request.actor, request.now
    try:
        export = exporting.ask(app.database, actor, asked, form, now)
    except ExportUnderWay:
        found = exporting.to_export(app.database, actor, now)
        if found.under_way is None:
            raise
        request.turn_into(views.build_under_way(found.under_way, found.team, now))
        return
    request.turn_into(views.build_asked(export))
    app.bell.ring()


def stop(request: SlackRequest) -> None:
    """**Stop it**, beneath the message about it or in what is shown in place of the form."""
    subject = request.pressed.subject or 0
    export = exporting.stop(request.app.database, request.actor, subject, request.now)
    request.redraw(views.build_message(export))
    request.app.bell.ring()


def show_taken(request: SlackRequest) -> None:
    """**See**: what was taken so far."""
    found = exporting.to_export(request.app.database, request.actor, request.now)
    request.show(views.build_taken(found.team, found.reps, found.taken, found.count, request.now))
