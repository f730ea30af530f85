"""`/session` and its form, a topic a step."""

from datetime import date
from functools import partial

from bot.context import AppContext
from bot.domain.contacts.drafts import DraftStep
from bot.domain.sessions.sessions import StepEntry
from bot.domain.workspaces.refusals import NotOnTeam
from bot.domain.workspaces.words import bare, only_person
from bot.screens.binder import redraw_entry
from bot.screens.delivery.answers import answer, redraw_answer
from bot.screens.home import publish
from bot.screens.team.strangers import offer_to_add
from bot.services.binder import pages
from bot.services.sessions import sessions
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, NamedAction, SessionAction
from bot.views.contacts.account_dates import build_read
from bot.views.contacts.touch import build_last_step, build_too_old
from bot.views.sessions import session as views
from handlers import named
from handlers.help import answer_help
from handlers.listening import listener, typing_listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes
from handlers.sessions import topics


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.command("/session")(on(command))
    routes.action(SessionAction.START.value)(on(start_with_rep))
    routes.action(SessionAction.RESUME.value)(on(resume))
    routes.action(SessionAction.DISCARD.value)(on(discard))
    routes.action(SessionAction.EDIT.value)(on(reopen))
    routes.action(SessionAction.BACK.value)(on(go_back))
    routes.action(NamedAction.SESSION.value)(on(named.opening(start)))
    routes.action(SessionAction.WITHIN.value)(typing_listener(app, typed))
    routes.action(SessionAction.KEEP.value)(on(finish_later))
    routes.view(Form.SESSION_REP.value)(on(start_with_chosen))
    routes.view(Form.SESSION.value)(on(save_step))
    routes.view(Form.SESSION_CLOSE.value)(on(hold))


def command(request: SlackRequest) -> None:
    """`/session`: help, the topics, a choice, or the form."""
    typed = request.text.strip()
    only_rep = only_person(typed)
    if bare(typed) == "help":
        answer_help(request, views.USAGE)
    elif bare(typed) == "topics":
        topics.show(request)
    elif only_rep:
        start(request, only_rep)
    elif not typed:
        shelf = pages.shelf(request.app.database, request.actor, request.now)
        request.show(views.build_session_shelf(shelf))
    else:
        if not named.open_or_offer(request, NamedAction.SESSION, start):
            request.tell(views.NOT_UNDERSTOOD)


def start_with_rep(request: SlackRequest) -> None:
    """**Strategy session**, from a binder or App Home."""
    start(request, request.pressed.rep or "")


def start(
    request: SlackRequest, rep: str, day: date | None = None, under: str | None = None
) -> None:
    """The form of a session with that rep (a Slack id), where it was left or new: of that day, or
    today. `under` is the binder that shows it once it is held (`Beneath`, packed)."""
    database, actor = request.app.database, request.actor
    request.app.autosave.settle(actor)
    try:
        form = sessions.start(database, actor, rep, new_form(), request.now, day)
    except NotOnTeam:
        request.answer(offer_to_add(request.app, request.actor, rep, "", request.now))
        return
    metadata = Metadata(answer=request.response_url, under=under)
    request.show(views.build_session_form(form, metadata))


def start_with_chosen(request: SlackRequest) -> None:
    """The rep chosen where nobody was named."""
    rep = views.parse_session_shelf(request.state)
    request.app.autosave.settle(request.actor)
    form = sessions.start(request.app.database, request.actor, rep, new_form(), request.now)
    request.turn_into(views.build_session_form(form, Metadata()))


def resume(request: SlackRequest) -> None:
    """**Resume**: where it was left."""
    form = request.pressed.form or ""
    request.app.autosave.settle(request.actor)
    opened = sessions.resume(request.app.database, request.actor, form, request.now)
    request.show(views.build_session_form(opened, Metadata()))


def discard(request: SlackRequest) -> None:
    """**Discard**: asked once more by Slack itself."""
    form = request.pressed.form or ""
    sessions.drop(request.app.database, request.actor, form, request.now)
    request.accept()
    publish(request.app, request.actor, request.now)


def reopen(request: SlackRequest) -> None:
    """**Edit**: the form again, topic by topic."""
    subject = request.pressed.subject or 0
    if request.is_too_old:
        logged = pages.entry(request.app.database, request.actor, subject, request.now).logged
        request.answer(build_too_old(logged))
        return
    request.app.autosave.settle(request.actor)
    form = sessions.reopen(request.app.database, request.actor, subject, new_form(), request.now)
    metadata = Metadata(subject=subject, answer=request.response_url, under=request.under)
    request.show(views.build_session_form(form, metadata))


def save_step(request: SlackRequest) -> None:
    """**Next**: kept, then the next topic."""
    request.app.autosave.settle(request.actor)
    form = sessions.save_step(request.app.database, request.actor, _sent(request), request.now)
    request.turn_into(views.build_session_form(form, request.metadata))


def go_back(request: SlackRequest) -> None:
    """**Back**: what the step holds is kept, and the one before is shown."""
    request.app.autosave.settle(request.actor)
    form = sessions.save_within(
        request.app.database, request.actor, _sent(request), request.now, back=True
    )
    request.turn_into(views.build_session_form(form, request.metadata))


def typed(request: SlackRequest) -> DraftStep:
    """A keystroke or a choice within a step brings all that stands in it."""
    return _sent(request).filled


def finish_later(request: SlackRequest) -> None:
    """**Finish later**: kept as it is, and the form makes room."""
    request.app.autosave.settle(request.actor)
    form = sessions.save_within(request.app.database, request.actor, _sent(request), request.now)
    request.turn_into(kit.as_modal(views.build_session_kept(form)))
    publish(request.app, request.actor, request.now)


def hold(request: SlackRequest) -> None:
    """**Log it**: saved before the form becomes its last step, a private note, or the question
    whether the time of the next session is meant; a second sending replaces the first."""
    metadata = request.metadata
    request.app.autosave.settle(request.actor)
    held = sessions.hold(request.app.database, request.actor, _sent(request), request.now)
    logged = held.logged
    if metadata.subject:
        request.accept()
    elif held.asked:
        request.turn_into(views.build_asked_about_next(held))
    else:
        request.turn_into(build_last_step(logged.touch))
    confirmation, subject = views.build_held(held), logged.touch.id
    if metadata.under:
        redraw_entry(request.app, request.actor, subject, metadata.under, request.now)
    if metadata.answer and metadata.subject:
        redraw_answer(request.app, metadata.answer, confirmation)
    elif not (metadata.under and metadata.subject):
        answer(request.app, request.actor, confirmation, metadata.answer, f"touch:{subject}")
    elif held.dates.new:
        told = build_read(held.dates.new, logged.today)
        answer(request.app, request.actor, told, None, f"touch:{subject}")
    publish(request.app, request.actor, request.now)


def _sent(request: SlackRequest) -> StepEntry:
    """The step as it stands before whoever fills it in."""
    view = str(request.view.get("id") or "")
    return views.parse_step(request.state, request.metadata, view, request.typed_at)
