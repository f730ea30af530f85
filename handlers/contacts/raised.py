"""They raised something: what a rep raised becomes a promise of the manager's."""

from functools import partial

from bot.domain.contacts.typed_text import as_typed
from bot.parts import Parts
from bot.screens.binder import redraw_entry
from bot.screens.delivery.answers import redraw_answer
from bot.screens.home import publish
from bot.screens.promises import confirm
from bot.services import promises
from bot.services.contacts import touches
from bot.views.block_kit.ids import Form, Metadata, RaisedAction, TouchAction
from bot.views.contacts import raised as views
from bot.views.contacts.touch import build_confirmation, build_too_old
from bot.views.promises.promise import parse_promise_form
from handlers.request import Visit, new_form, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.action(TouchAction.RAISED.value)(on(open_for_touch))
    app.message_shortcut(RaisedAction.FROM_MESSAGE.value)(on(open_for_message))
    app.view(Form.RAISED.value)(on(save))


def open_for_touch(visit: Visit) -> None:
    """**They raised something**, beside a touch that is logged."""
    subject = visit.pressed.subject or 0
    logged = touches.one(visit.parts.database, visit.actor, subject, visit.now)
    if visit.is_too_old:
        visit.answer(build_too_old(logged))
        return
    metadata = Metadata(
        subject=subject,
        form=new_form(),
        answer=visit.response_url,
        under=visit.view.get("id") if visit.in_modal else None,
    )
    visit.show(views.build_raised_in_contact(logged, metadata))


def open_for_message(visit: Visit) -> None:
    """The shortcut on any message: its author, where on the team, and its words are filled in."""
    desk = touches.desk(visit.parts.database, visit.actor, visit.now)
    message = visit.body.get("message") or {}
    names = {rep.slack_id: rep.name for rep in desk.reps}
    author = str(message.get("user") or "")
    words = as_typed(str(message.get("text") or ""), names).strip()
    rep = author if author in names else ""
    visit.show(views.build_raised_from_message(desk, rep, words, Metadata(form=new_form())))


def save(visit: Visit) -> None:
    """What was raised is saved before the form closes, then shown where it was asked for."""
    entry = parse_promise_form(visit.state)
    metadata = visit.metadata
    database, form = visit.parts.database, metadata.form or ""
    if metadata.subject is None:
        promised = promises.make(database, visit.actor, entry, form, visit.now, raised=True)
        visit.accept()
        confirm(visit.parts, visit.actor, promised, metadata.answer)
        return
    promises.raise_in_contact(database, visit.actor, metadata.subject, entry, form, visit.now)
    visit.accept()
    if metadata.under:
        redraw_entry(visit.parts, visit.actor, metadata.subject, metadata.under, visit.now)
        publish(visit.parts, visit.actor, visit.now)
    elif metadata.answer:
        logged = touches.one(database, visit.actor, metadata.subject, visit.now)
        redraw_answer(visit.parts, metadata.answer, build_confirmation(logged))
