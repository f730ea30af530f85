"""They raised something: what a rep raised becomes a promise of the manager's."""

from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.contacts.typed_text import as_typed
from bot.screens.binder import redraw_entry
from bot.screens.delivery.answers import redraw_answer
from bot.screens.home import publish
from bot.screens.promises import confirm
from bot.screens.todo import redraw_place
from bot.services import promises
from bot.services.contacts import touches
from bot.views.block_kit.ids import Form, Metadata, RaisedAction, TouchAction
from bot.views.contacts import raised as views
from bot.views.contacts.touch import build_confirmation, build_too_old, parse_ids
from bot.views.promises.promise import parse_promise_form
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(TouchAction.RAISED.value)(on(open_for_touch))
    routes.action(TouchAction.RAISED_BY.value)(on(say_who_raised_it))
    routes.message_shortcut(RaisedAction.FROM_MESSAGE.value)(on(open_for_message))
    routes.view(Form.RAISED.value)(on(save))


def open_for_touch(request: SlackRequest) -> None:
    """**They raised something**, beside a touch that is logged."""
    subject = request.pressed.subject or 0
    if request.is_too_old:
        logged = touches.get(request.app.database, request.actor, subject, request.now)
        request.answer(build_too_old(logged))
        return
    place = Metadata(answer=request.response_url, under=request.under)
    open_for(request, subject, place)


def open_for(request: SlackRequest, subject: int, place: Metadata) -> None:
    """The form of what was raised in that touch; `place` is what is to be drawn anew."""
    logged = touches.get(request.app.database, request.actor, subject, request.now)
    rep = logged.touch.rep.slack_id
    metadata = replace(place, subject=subject, rep=rep, form=new_form())
    request.show(views.build_raised_in_contact(logged, metadata))


def say_who_raised_it(request: SlackRequest) -> None:
    """**… raised it**: the contact turned out to be with another, and its rep raised it."""
    database, pressed = request.app.database, request.pressed
    subject, which = pressed.subject or 0, parse_ids(pressed)
    promises.raised_by_second(database, request.actor, subject, which, request.now)
    logged = touches.get(database, request.actor, subject, request.now)
    request.redraw(build_confirmation(logged))


def open_for_message(request: SlackRequest) -> None:
    """The shortcut on any message: its author, where on the team, and its words are filled in."""
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    message = request.body.get("message") or {}
    names = {rep.slack_id: rep.name for rep in choice.reps}
    author = str(message.get("user") or "")
    words = as_typed(str(message.get("text") or ""), names).strip()
    rep = author if author in names else ""
    request.show(views.build_raised_from_message(choice, rep, words, Metadata(form=new_form())))


def save(request: SlackRequest) -> None:
    """What was raised is saved before the form closes, then shown where it was asked for."""
    entry = parse_promise_form(request.state)
    metadata = request.metadata
    database, form = request.app.database, request.form
    if metadata.subject is None:
        promised = promises.make(database, request.actor, entry, form, request.now, raised=True)
        request.accept()
        confirm(request.app, request.actor, promised, metadata.answer)
        return
    entry = replace(entry, rep=metadata.rep or "")
    promises.raise_in_contact(database, request.actor, metadata.subject, entry, form, request.now)
    request.accept()
    if metadata.slot is not None:
        redraw_place(request.app, request.actor, metadata, metadata.slot, request.now)
    elif metadata.under:
        redraw_entry(request.app, request.actor, metadata.subject, metadata.under, request.now)
        publish(request.app, request.actor, request.now)
    elif metadata.answer:
        logged = touches.get(database, request.actor, metadata.subject, request.now)
        redraw_answer(request.app, metadata.answer, build_confirmation(logged))
