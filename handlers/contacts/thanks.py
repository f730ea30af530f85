"""**Thank in the channel**, and what a rep says of that."""

from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.team.teams import Thanks
from bot.domain.todo.thanks import ThanksForm
from bot.domain.workspaces.refusals import Gone
from bot.screens.home import publish
from bot.screens.todo import post_thanks, redraw_place
from bot.services.todo import thanks
from bot.views.block_kit.ids import Form, Metadata, RaisedAction, TodoAction
from bot.views.todo import thanks as views
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(RaisedAction.THANKS.value)(on(say))
    routes.action(TodoAction.THANK.value)(on(open_again))
    routes.action(TodoAction.THANKS_THERE.value)(on(is_there))
    routes.action(TodoAction.THANKS_LOST.value)(on(is_lost))
    routes.view(Form.THANKS.value)(on(post))


def say(request: SlackRequest) -> None:
    """A rep says on Home whether thanks in the channel are welcome."""
    pressed = request.pressed
    if pressed.step not in list(Thanks):
        raise Gone
    said = Thanks(pressed.step)
    thanks.say(request.app.database, request.actor, pressed.subject or 0, said, request.now)
    request.accept()
    publish(request.app, request.actor, request.now, start=request.metadata.home or 0)


def open_form(request: SlackRequest, place: Metadata) -> ThanksForm:
    """**Thank in the channel**, in a row of the list: `place` is what is to be drawn anew."""
    slot, words = request.pressed.subject or 0, request.pressed.text or ""
    form = thanks.to_thank(request.app.database, request.actor, slot, words, request.now)
    request.show(views.build_form(form, replace(place, subject=slot)))
    return form


def open_again(request: SlackRequest) -> None:
    """**Open again**: Slack did not take it."""
    open_form(request, Metadata())


def is_there(request: SlackRequest) -> None:
    """**Yes**: the manager looked."""
    request.redraw(views.build_there())


def is_lost(request: SlackRequest) -> None:
    """**No, open it again**: the manager looked, and it did not appear. The question goes, or a
    second **No** would let what is posted from here be posted once more."""
    slot = request.pressed.subject or 0
    thanks.give_back(request.app.database, request.actor, slot, request.now)
    form = open_form(request, Metadata())
    request.redraw(views.build_opened_again(form, slot))


def post(request: SlackRequest) -> None:
    """Claimed before the form closes, then posted: whoever sends it again posts nothing. The row
    says that it was done; what went wrong is told in a direct message."""
    place = request.metadata
    words, fine_for = views.parse_form(request.state, place)
    form = thanks.claim(
        request.app.database, request.actor, place.subject or 0, words, fine_for, request.now
    )
    if form.named is not None:
        request.turn_into(views.build_form(form, place))
        return
    request.accept()
    slot = place.subject or 0
    post_thanks(request.app, request.actor, slot, form, place.answer, request.now)
    redraw_place(request.app, request.actor, place, slot, request.now)
