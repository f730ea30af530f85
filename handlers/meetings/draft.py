"""What its manager makes of a draft: when it goes out, what is fine, what the binder adds."""

from functools import partial

from bot.context import AppContext
from bot.domain.meetings.agenda import Role
from bot.domain.meetings.naming import WordsOf
from bot.services.meetings import agenda, notes
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AgendaAction
from bot.views.meetings import agenda as views
from bot.views.meetings import notes as note_views
from handlers.listening import listener
from handlers.meetings.agenda import show_changed
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(AgendaAction.LET_STAND.value)(on(let_stand))
    routes.action(AgendaAction.SUGGESTED.value)(on(add_suggested))
    routes.action(AgendaAction.POST_NOW.value)(on(post_now))
    routes.action(AgendaAction.AS_IT_IS.value)(on(as_it_is))


def let_stand(request: SlackRequest) -> None:
    """**Fine for the team**: the manager has seen whom it names."""
    pressed, database, actor = request.pressed, request.app.database, request.actor
    subject, seen = pressed.subject or 0, pressed.text or ""
    match pressed.step:
        case WordsOf.OUTCOME:
            asked = notes.let_outcome_stand(database, actor, subject, seen, request.now)
        case WordsOf.PROMISE:
            asked = notes.let_promise_stand(database, actor, subject, seen, request.now)
        case _:
            added = agenda.let_stand(database, actor, subject, seen, request.now)
            show_changed(request, views.build_added(added))
            return
    still = (
        note_views.build_asked([asked], Role.MANAGER, "") if asked else note_views.build_let_stand()
    )
    show_changed(request, still)


def add_suggested(request: SlackRequest) -> None:
    """**Add**: a suggestion from the binder."""
    pressed = request.pressed
    entry = views.suggested_entry(pressed)
    added = agenda.add(
        request.app.database,
        request.actor,
        entry,
        None,
        None,
        request.form,
        request.now,
        tag_id=pressed.subject,
        heard_in=pressed.touch,
    )
    show_changed(request, views.build_added(added))


def post_now(request: SlackRequest) -> None:
    """**Post now**: the agenda goes out at once."""
    subject = request.pressed.subject or 0
    agenda.post_now(request.app.database, request.actor, subject, request.now)
    show_changed(request, kit.message("It goes out in a moment."))


def as_it_is(request: SlackRequest) -> None:
    """**As it is**: the agenda goes out at its lead time."""
    subject = request.pressed.subject or 0
    agenda.as_it_is(request.app.database, request.actor, subject, request.now)
    show_changed(request, kit.message("As it is, then."))
