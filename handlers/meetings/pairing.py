"""**Pair them**: what the manager makes of a pair that is proposed. What the two say is heard where
a turn is taken or not."""

from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.services.meetings import pairs
from bot.views.block_kit.ids import Form, MeetingAction
from bot.views.meetings import pairing as views
from handlers.listening import listener
from handlers.meetings.agenda import show_changed
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(MeetingAction.PAIR.value)(on(open_pair))
    routes.action(MeetingAction.PAIR_WORDS.value)(on(see_words))
    routes.action(MeetingAction.PAIR_NOT_NOW.value)(on(put_off))
    routes.view(Form.PAIR.value)(on(pair))


def open_pair(request: SlackRequest) -> None:
    """**Pair them**: what each would read is seen first."""
    subject, seen = request.pressed.subject or 0, request.pressed.text or ""
    shown = pairs.to_pair(request.app.database, request.actor, subject, seen, request.now)
    if shown is None:
        show_changed(request, views.build_paired(None))
        return
    request.show(views.build_pair_form(shown, new_form(), seen))


def see_words(request: SlackRequest) -> None:
    """**See it in these words**: the same with what is typed by now; nothing is saved."""
    metadata, skill = request.metadata, views.parse_pair_form(request.state)
    seen, subject = metadata.text or "", metadata.subject or 0
    shown = pairs.to_pair(request.app.database, request.actor, subject, seen, request.now)
    if shown is None:
        request.redraw(views.build_paired(None))
        return
    shown = replace(shown, skill=skill or shown.skill)
    request.turn_into(views.build_pair_form(shown, metadata.form or new_form(), seen))


def pair(request: SlackRequest) -> None:
    """Saved before the form becomes the answer; the one who would see it is asked."""
    metadata, skill = request.metadata, views.parse_pair_form(request.state)
    if metadata.subject is None or metadata.form is None:
        raise Gone
    shown = pairs.pair(
        request.app.database,
        request.actor,
        metadata.subject,
        metadata.text or "",
        skill,
        metadata.form,
        request.now,
    )
    request.answer(views.build_paired(shown))


def put_off(request: SlackRequest) -> None:
    """**Not now**: nobody is asked."""
    subject, seen = request.pressed.subject or 0, request.pressed.text or ""
    pairs.put_off(request.app.database, request.actor, subject, seen, new_form(), request.now)
    show_changed(request, views.build_put_off())
