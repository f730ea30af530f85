"""Sharing a session or field day with its rep, and what the rep says to it."""

from functools import partial

from bot.parts import Parts
from bot.screens.delivery.answers import redraw_answer
from bot.screens.home import publish
from bot.screens.sessions.sharing import send, tell_manager
from bot.services.sessions import sharing
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, SharingAction
from bot.views.sessions import sharing as views
from handlers.request import Visit, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.action(SharingAction.PREVIEW.value)(on(open_preview))
    app.action(SharingAction.OPEN.value)(on(open_shared))
    app.action(SharingAction.ADD_WORDS.value)(on(open_words_form))
    app.action(SharingAction.OBJECT.value)(on(open_objection_form))
    app.view(Form.SHARE.value)(on(share))
    app.view(Form.REP_WORDS.value)(on(save_words))
    app.view(Form.OBJECTION.value)(on(send_objection))


def open_preview(visit: Visit) -> None:
    """**Preview as @rep**: what the rep will read."""
    part = sharing.preview(visit.parts.database, visit.actor, visit.pressed.subject or 0)
    visit.show(views.build_preview(part, part.manager_today(visit.now)))


def share(visit: Visit) -> None:
    """**Share**: sent once, however often it is pressed."""
    subject = visit.metadata.subject or 0
    shared = sharing.share(visit.parts.database, visit.actor, subject, visit.now)
    name = kit.bold(shared.part.contact.rep.name)
    visit.answer(kit.message(f"Shared with {name}. Later changes show there, and say so."))
    if shared.is_new:
        send(visit.parts, visit.actor, shared.part, visit.view["id"], visit.now)


def open_shared(visit: Visit) -> None:
    """**Open**: all that was shared, for its rep."""
    part = sharing.for_rep(visit.parts.database, visit.actor, visit.pressed.subject or 0)
    visit.show(views.build_open(part, part.rep_today(visit.now)))


def open_words_form(visit: Visit) -> None:
    """**Add your own words**."""
    part = sharing.for_rep(visit.parts.database, visit.actor, visit.pressed.subject or 0)
    visit.show(views.build_words_form(part, _form_of(visit)))


def open_objection_form(visit: Visit) -> None:
    """**Not how I remember it**."""
    part = sharing.for_rep(visit.parts.database, visit.actor, visit.pressed.subject or 0)
    visit.show(views.build_objection_form(part, _form_of(visit)))


def _form_of(visit: Visit) -> Metadata:
    return Metadata(
        subject=visit.pressed.subject,
        answer=visit.response_url,
        under=visit.view.get("id") if visit.in_modal else None,
    )


def save_words(visit: Visit) -> None:
    """Saved before the form closes, then shown where it was asked for."""
    words, metadata = views.parse_words(visit.state), visit.metadata
    part = sharing.add_words(
        visit.parts.database, visit.actor, metadata.subject or 0, words, visit.now
    )
    visit.accept()
    if metadata.under:
        view = views.build_open(part, part.rep_today(visit.now))
        visit.draw_beneath(view)
    elif metadata.answer:
        message = views.build_shared(part, part.rep_today(visit.now))
        redraw_answer(visit.parts, metadata.answer, message)
    publish(visit.parts, visit.actor, visit.now)


def send_objection(visit: Visit) -> None:
    """Saved before the form closes; the manager alone is told."""
    words = views.parse_words(visit.state)
    subject = visit.metadata.subject or 0
    part = sharing.object_to(visit.parts.database, visit.actor, subject, words)
    manager = kit.bold(part.manager.name)
    visit.answer(kit.message(f"Sent to {manager} alone. Thank you for saying so."))
    tell_manager(visit.parts, visit.actor, part, words, visit.now)
