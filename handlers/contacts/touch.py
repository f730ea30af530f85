"""`/touch`, its form, and the buttons of its answer."""

from collections.abc import Callable
from functools import partial

from bot.domain.contacts.interactions import Logged
from bot.domain.contacts.touches import TouchEntry, TouchLineError
from bot.domain.contacts.typed_text import PERSON_MENTION, as_typed
from bot.domain.workspaces.refusals import CannotBeRep, NotOnTeam, Oneself, Refusal
from bot.parts import Parts
from bot.screens.binder import redraw_entry
from bot.screens.delivery.answers import answer, redraw_answer
from bot.screens.home import publish
from bot.screens.team.strangers import offer_to_add
from bot.services.contacts import private_notes, touches
from bot.services.team import setup
from bot.services.todo.weeks import reason_with
from bot.views.block_kit import kit, refusals
from bot.views.block_kit.ids import Form, Metadata, TouchAction
from bot.views.block_kit.kit import Message
from bot.views.contacts import touch as views
from handlers.request import Visit, new_form, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.command("/touch")(on(command))
    app.global_shortcut(TouchAction.LOG.value)(on(open_empty_form))
    app.action(TouchAction.LOG.value)(on(open_form_for_rep))
    app.view(Form.TOUCH.value)(on(log_form))
    app.view(Form.TOUCH_CHANGE.value)(on(save_change))
    app.view(Form.PRIVATE_NOTE.value)(on(keep_private_note))
    app.action(TouchAction.UNDO.value)(on(undo))
    app.action(TouchAction.PUT_BACK.value)(on(put_back))
    app.action(TouchAction.EDIT.value)(on(open_change_form))
    app.action(TouchAction.ADD_NOTE.value)(on(open_private_note))
    app.action(TouchAction.ADD_REP.value)(on(add_rep_and_log))


def command(visit: Visit) -> None:
    """`/touch`: help, a form, or a whole touch in one line."""
    typed = visit.text.strip()
    only_rep = PERSON_MENTION.fullmatch(typed)
    if typed.lower() == "help":
        visit.answer(kit.message(views.USAGE))
    elif only_rep or not typed:
        _open_form(visit, only_rep["id"] if only_rep else "", visit.response_url)
    else:
        _log_line(visit, visit.text)


def open_empty_form(visit: Visit) -> None:
    _open_form(visit, "", None)


def open_form_for_rep(visit: Visit) -> None:
    _open_form(visit, visit.pressed.rep or "", None)


def _open_form(visit: Visit, rep: str, answer_url: str | None) -> None:
    desk = touches.desk(visit.parts.database, visit.actor, visit.now)
    if rep and rep not in [person.slack_id for person in desk.reps]:
        visit.answer(offer_to_add(visit.parts, visit.actor, rep, "", visit.now))
        return
    entry = TouchEntry(rep, None, desk.today, "")
    metadata = Metadata(form=new_form(), answer=answer_url)
    reason = reason_with(visit.parts.database, visit.actor, rep, visit.now) if rep else None
    visit.show(views.build_touch_form(desk, entry, metadata, reason))


def _log_line(visit: Visit, raw: str, before: str = "") -> None:
    try:
        logged = touches.log_line(visit.parts.database, visit.actor, raw, visit.now)
    except NotOnTeam as refusal:
        visit.answer(offer_to_add(visit.parts, visit.actor, refusal.slack_id, raw, visit.now))
    except (TouchLineError, CannotBeRep, Oneself) as refusal:
        reason = refusals.sentence(refusal)
        visit.answer(views.build_not_understood(reason, as_typed(raw)))
    else:
        visit.answer(views.build_confirmation(logged, before))


def add_rep_and_log(visit: Visit) -> None:
    """**Add to my team**: adds the rep and logs the line that was typed, if there was one."""
    rep = visit.pressed.rep or ""
    changed = setup.add_rep(visit.parts.database, visit.actor, rep, visit.now)
    name = next(m.rep.name for m in changed.facts.members if m.rep.slack_id == rep)
    before = f"{kit.bold(name)} is on your team now."
    line = visit.pressed.text
    if not line:
        visit.redraw(kit.message(f"{before} Type `/touch @` and pick the name to log a contact."))
        return
    try:
        logged = touches.log_line(visit.parts.database, visit.actor, line, visit.now)
    except (TouchLineError, Refusal) as refusal:
        visit.redraw(kit.message(f"{before} {refusals.sentence(refusal)}"))
    else:
        visit.redraw(views.build_confirmation(logged, before))


def log_form(visit: Visit) -> None:
    """The form is saved before it closes; a second sending replaces the first."""
    entry = views.parse_touch_form(visit.state)
    metadata = visit.metadata
    logged = touches.log_form(
        visit.parts.database, visit.actor, entry, metadata.form or "", visit.now
    )
    visit.accept()
    confirmation = views.build_confirmation(logged)
    answer(visit.parts, visit.actor, confirmation, metadata.answer, f"touch:{logged.touch.id}")
    if logged.raised:
        publish(visit.parts, visit.actor, visit.now)


def open_change_form(visit: Visit) -> None:
    """**Edit**: the form, filled with the touch as it is."""
    subject = visit.pressed.subject or 0
    logged = touches.one(visit.parts.database, visit.actor, subject, visit.now)
    if visit.is_too_old:
        visit.answer(views.build_too_old(logged))
        return
    desk = touches.desk(visit.parts.database, visit.actor, visit.now)
    metadata = Metadata(
        subject=subject,
        form=new_form(),
        answer=visit.response_url,
        under=visit.view.get("id") if visit.in_modal else None,
    )
    visit.show(views.build_touch_change_form(desk, logged, metadata))


def save_change(visit: Visit) -> None:
    """The change is saved before the form closes, then shown where it was asked for."""
    entry = views.parse_touch_form(visit.state)
    metadata = visit.metadata
    subject = metadata.subject or 0
    logged = touches.change(
        visit.parts.database, visit.actor, subject, entry, metadata.form or "", visit.now
    )
    visit.accept()
    if metadata.under:
        redraw_entry(visit.parts, visit.actor, subject, metadata.under, visit.now)
    elif metadata.answer:
        redraw_answer(visit.parts, metadata.answer, views.build_confirmation(logged))


def undo(visit: Visit) -> None:
    """**Undo**: taken back, and what was raised in it too."""
    _change_in_place(visit, touches.take_back, views.build_taken_back)


def put_back(visit: Visit) -> None:
    """**Put it back**: as if it had never been taken back."""
    _change_in_place(visit, touches.put_back, views.build_confirmation)


def _change_in_place(
    visit: Visit,
    change: Callable[..., Logged],
    build: Callable[[Logged], Message],
) -> None:
    subject = visit.pressed.subject or 0
    if visit.is_too_old:
        logged = touches.one(visit.parts.database, visit.actor, subject, visit.now)
        visit.answer(views.build_too_old(logged))
        return
    visit.redraw(build(change(visit.parts.database, visit.actor, subject, visit.now)))


def open_private_note(visit: Visit) -> None:
    """**Add a note**: a step of its own, empty whatever was noted before."""
    subject = visit.pressed.subject or 0
    contact, _ = private_notes.read(visit.parts.database, visit.actor, subject)
    metadata = Metadata(
        subject=subject,
        form=new_form(),
        under=visit.view.get("id") if visit.in_modal else None,
    )
    visit.show(views.build_private_note_form(contact.rep.name, metadata))


def keep_private_note(visit: Visit) -> None:
    """The note is saved before the form closes."""
    subject = visit.metadata.subject or 0
    private_notes.add(
        visit.parts.database, visit.actor, subject, views.parse_private_note(visit.state)
    )
    visit.accept()
    if visit.metadata.under:
        redraw_entry(visit.parts, visit.actor, subject, visit.metadata.under, visit.now)
