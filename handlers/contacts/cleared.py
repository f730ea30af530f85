"""**You said, we did**: written, agreed to, posted."""

from functools import partial

from bot.context import AppContext
from bot.domain.contacts.cleared import ClearedAnswer
from bot.domain.contacts.drafts import DraftStep
from bot.screens.contacts import post_cleared
from bot.screens.home import publish
from bot.services.contacts import cleared
from bot.views.block_kit.ids import Form, RaisedAction
from bot.views.contacts import cleared as views
from handlers.listening import listener, typing_listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(RaisedAction.CLEARED_WRITE.value)(on(open_form))
    routes.action(RaisedAction.CLEARED_WITHIN.value)(typing_listener(app, filled))
    routes.action(RaisedAction.CLEARED_ASK.value)(on(ask))
    routes.action(RaisedAction.CLEARED_ASIDE.value)(on(put_aside))
    routes.action(RaisedAction.CLEARED_YES.value)(on(partial(say, said=ClearedAnswer.YES)))
    routes.action(RaisedAction.CLEARED_NO.value)(on(partial(say, said=ClearedAnswer.NO)))
    routes.action(RaisedAction.CLEARED_THERE.value)(on(is_there))
    routes.action(RaisedAction.CLEARED_LOST.value)(on(is_lost))
    routes.view(Form.CLEARED.value)(on(preview))
    routes.view(Form.CLEARED_POST.value)(on(post))


def open_form(request: SlackRequest) -> None:
    """**Write it** and **Resume**: as far as it is written."""
    request.app.autosave.settle(request.actor)
    month = cleared.to_write(request.app.database, request.actor, request.now)
    request.show(views.build_form(month, new_form()))


def filled(request: SlackRequest) -> DraftStep:
    """What stands in the form by now."""
    view = str(request.view.get("id") or "")
    return views.parse_draft(request.state, request.metadata, view, request.typed_at)


def preview(request: SlackRequest) -> None:
    """**Preview**: saved before it is shown; where words seem to name somebody, that is asked
    first."""
    sent, texts = filled(request), views.parse_form(request.state)
    request.app.autosave.settle(request.actor)
    found = cleared.write(request.app.database, request.actor, sent, texts, request.now)
    request.turn_into(
        views.build_form(found, sent.form) if found.about else views.build_page(found)
    )
    publish(request.app, request.actor, request.now)


def ask(request: SlackRequest) -> None:
    """**Ask them**."""
    month = views.parse_month(request.pressed)
    found = cleared.ask(request.app.database, request.actor, month, request.now)
    request.turn_into(views.build_page(found))


def put_aside(request: SlackRequest) -> None:
    """**Put it aside**: kept as it is, and Home says no more of it."""
    request.app.autosave.settle(request.actor)
    month = cleared.put_aside(request.app.database, request.actor, filled(request), request.now)
    request.redraw(views.build_aside(month))
    publish(request.app, request.actor, request.now)


def post(request: SlackRequest) -> None:
    """Claimed before the form closes, then posted: whoever sends it again posts nothing."""
    month, seen = views.parse_month(request.metadata), views.parse_seen(request.metadata)
    claimed = cleared.claim_post(request.app.database, request.actor, month, seen, request.now)
    request.accept()
    post_cleared(request.app, request.actor, claimed, request.now)
    publish(request.app, request.actor, request.now)


def say(request: SlackRequest, *, said: ClearedAnswer) -> None:
    """**Yes, share it** and **Not this one**, by who raised it."""
    line = request.pressed.subject or 0
    shown = cleared.answer(request.app.database, request.actor, line, said, request.now)
    request.redraw(views.build_question(shown))


def is_there(request: SlackRequest) -> None:
    """**Yes**: the manager looked."""
    request.redraw(views.build_there())


def is_lost(request: SlackRequest) -> None:
    """**No, open it again**: the manager looked, and it did not appear. The question goes, or a
    second **No** would let what is posted from here be posted once more."""
    month = views.parse_month(request.pressed)
    cleared.give_back(request.app.database, request.actor, month, request.now)
    open_form(request)
    request.redraw(views.build_opened_again())
