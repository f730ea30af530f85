"""The number a week of a save-it plan, as its rep says it."""

from functools import partial

from bot.context import AppContext
from bot.screens.delivery.answers import redraw_answer
from bot.screens.home import publish
from bot.services.results import activity
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.results import activity as views
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(MirrorAction.ACTIVITY.value)(on(open_form))
    routes.action(MirrorAction.ACTIVITY_MENU.value)(on(partial(ask_no_more, ended=True)))
    routes.action(MirrorAction.ACTIVITY_AGAIN.value)(on(partial(ask_no_more, ended=False)))
    routes.view(Form.ACTIVITY.value)(on(save))


def open_form(request: SlackRequest) -> None:
    """**Answer**, or **Change number**: under the week's question, or on Home."""
    pressed, home = request.pressed, request.metadata.home if request.in_home else None
    asked = activity.to_answer(
        request.app.database, request.actor, pressed.subject or 0, pressed.day or "", request.now
    )
    # An answer that Slack lets nobody change any more is drawn anew by the heartbeat.
    place = None if request.is_too_old else request.response_url
    here = Metadata(
        subject=pressed.subject, day=pressed.day, form=new_form(), answer=place, home=home
    )
    request.show(views.build_form(asked, here))


def save(request: SlackRequest) -> None:
    """Saved before the form closes; then the question and Home say so."""
    here, count = request.metadata, views.parse_form(request.state)
    asked = activity.answer(
        request.app.database,
        request.actor,
        here.subject or 0,
        here.day or "",
        count,
        request.now,
    )
    request.accept()
    if here.answer:
        redraw_answer(request.app, here.answer, views.build_question(asked))
    publish(request.app, request.actor, request.now, start=here.home or 0)


def ask_no_more(request: SlackRequest, *, ended: bool) -> None:
    """**Stop asking**, under the question; **Ask me again** there, **Ask me each week** on Home."""
    database, actor, now = request.app.database, request.actor, request.now
    plan, monday = request.pressed.subject or 0, request.pressed.day or ""
    activity.ask_no_more(database, actor, plan, now, ended=ended)
    if request.in_home:
        request.accept()
    else:
        request.redraw(views.build_question(activity.to_answer(database, actor, plan, monday, now)))
    publish(request.app, actor, now, start=request.metadata.home or 0)
