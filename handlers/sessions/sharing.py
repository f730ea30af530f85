"""Sharing a session or field day with its rep, and what the rep says to it."""

from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.screens.delivery.answers import redraw_answer
from bot.screens.home import publish
from bot.screens.sessions.sharing import send, tell_manager
from bot.services.sessions import sharing
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, SharingAction
from bot.views.sessions import letter
from bot.views.sessions import sharing as views
from handlers.listening import listener
from handlers.request import SlackRequest, Work
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(SharingAction.PREVIEW.value)(on(open_preview))
    routes.action(SharingAction.OPEN.value)(on(open_shared))
    routes.action(SharingAction.SHOW.value)(on(show_unchanged))
    routes.action(SharingAction.SEEN.value)(on(see))
    routes.action(SharingAction.MENU.value)(on(follow_menu))
    routes.action(SharingAction.ADD_WORDS.value)(on(open_words_form))
    routes.action(SharingAction.OBJECT.value)(on(open_objection_form))
    routes.view(Form.SHARE.value)(on(share))
    routes.view(Form.REP_WORDS.value)(on(save_words))
    routes.view(Form.OBJECTION.value)(on(send_objection))


def open_preview(request: SlackRequest) -> None:
    """**Preview as @rep**: what the rep will read."""
    contact = request.pressed.subject or 0
    part = sharing.preview(request.app.database, request.actor, contact, request.now)
    request.show(views.build_preview(part, part.manager_today(request.now)))


def share(request: SlackRequest) -> None:
    """**Share**: sent once, however often it is pressed."""
    seen = request.metadata
    shared = sharing.share(
        request.app.database, request.actor, seen.subject or 0, seen.rep, request.now
    )
    name = kit.bold(shared.part.contact.rep.name)
    request.answer(kit.message(f"Shared with {name}. Later changes show there, and say so."))
    if shared.is_new:
        send(request.app, request.actor, shared.part, request.view["id"], request.now)


def open_shared(request: SlackRequest) -> None:
    """**Open**: all that was shared, for its rep."""
    part = sharing.for_rep(request.app.database, request.actor, request.pressed.subject or 0)
    request.show(views.build_open(part, part.rep_today(request.now)))


def show_unchanged(request: SlackRequest) -> None:
    """**Show**: the plans that stand as they did, for the rep and in the preview."""
    contact = request.pressed.subject or 0
    part = sharing.for_reader(request.app.database, request.actor, contact, request.now)
    request.show(letter.build_unchanged(part))


def see(request: SlackRequest) -> None:
    """**Seen**: kept for the manager, who is told nothing; shown where it was pressed."""
    pressed = request.pressed
    part = sharing.see(
        request.app.database, request.actor, pressed.subject or 0, pressed.text or "", request.now
    )
    today = part.rep_today(request.now)
    if request.in_modal:
        request.turn_into(views.build_open(part, today))
    else:
        request.redraw(views.build_shared(part, today))


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu below a letter."""
    work = IN_MENU.get(request.pressed.step or "")
    if work is None:
        raise Gone
    work(request)


def open_words_form(request: SlackRequest) -> None:
    """**Add my words**."""
    part = sharing.for_rep(request.app.database, request.actor, request.pressed.subject or 0)
    request.show(views.build_words_form(part, _form_of(request)))


def open_objection_form(request: SlackRequest) -> None:
    """**Not how I remember it**."""
    part = sharing.for_rep(request.app.database, request.actor, request.pressed.subject or 0)
    request.show(views.build_objection_form(part, _form_of(request)))


IN_MENU: dict[str, Work] = {
    SharingAction.OPEN: open_shared,
    SharingAction.OBJECT: open_objection_form,
}


def _form_of(request: SlackRequest) -> Metadata:
    return Metadata(
        subject=request.pressed.subject,
        answer=request.response_url,
        under=request.view.get("id") if request.in_modal else None,
    )


def save_words(request: SlackRequest) -> None:
    """Saved before the form closes, then shown where it was asked for."""
    words, metadata = views.parse_words(request.state), request.metadata
    part = sharing.add_words(
        request.app.database, request.actor, metadata.subject or 0, words, request.now
    )
    request.accept()
    if metadata.under:
        view = views.build_open(part, part.rep_today(request.now))
        request.draw_beneath(view)
    elif metadata.answer:
        message = views.build_shared(part, part.rep_today(request.now))
        redraw_answer(request.app, metadata.answer, message)
    publish(request.app, request.actor, request.now)


def send_objection(request: SlackRequest) -> None:
    """Saved before the form closes; the manager is told, and the rep's own pages show it."""
    words = views.parse_words(request.state)
    metadata, beside, form = request.metadata, views.parse_beside(request.state), request.form
    contact, now = metadata.subject or 0, request.now
    said = sharing.object_to(
        request.app.database, request.actor, contact, words, form, now, beside=beside
    )
    request.answer(views.build_objected(said.part))
    tell_manager(request.app, request.actor, said, words, form, request.now)
    publish(request.app, request.actor, request.now)
