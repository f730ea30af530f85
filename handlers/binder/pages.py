"""`/binder`, its pages and entries."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.typed_text import PERSON_MENTION, as_typed
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.parts import Parts
from bot.screens import binder as screens
from bot.screens.delivery.answers import answer
from bot.services.binder import pages
from bot.services.contacts import private_notes, touches
from bot.services.todo.weeks import reason_with
from bot.views.binder import pages as views
from bot.views.block_kit import kit
from bot.views.block_kit.ids import BinderAction, Form, Metadata, TransitionAction
from bot.views.contacts import note as note_views
from bot.views.contacts import touch as touch_views
from handlers import appointments
from handlers.accounts import account, transition
from handlers.binder import search
from handlers.request import Visit, new_form, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.command("/binder")(on(command))
    app.view(Form.BINDER_SHELF.value)(on(open_chosen))
    app.view(Form.BINDER_TOUCH.value)(on(log))
    app.view(Form.PRIVATE_NOTE_CHANGE.value)(on(save_note))
    app.action(BinderAction.OPEN.value)(on(open_for_rep))
    app.action(BinderAction.MENU.value)(on(follow_menu))
    app.action(BinderAction.OLDER.value)(on(turn_page))
    app.action(BinderAction.NEWEST.value)(on(turn_page))
    app.action(BinderAction.LOG.value)(on(open_log_form))
    app.action(BinderAction.ENTRY.value)(on(open_entry))
    app.action(BinderAction.PROMISES.value)(on(open_promises))
    app.action(BinderAction.PROMISES_MORE.value)(on(turn_promises))
    app.action(BinderAction.PROMISES_FIRST.value)(on(turn_promises))
    app.action(BinderAction.DELETE.value)(on(delete))
    app.action(BinderAction.PUT_BACK.value)(on(put_back))
    app.action(BinderAction.SHOW_NOTE.value)(on(show_note))


def command(visit: Visit) -> None:
    """`/binder`: help, a choice, the binder of a rep, or an account."""
    typed = visit.text.strip()
    word, _, name = typed.partition(" ")
    mention = PERSON_MENTION.fullmatch(typed)
    if mention and mention["id"] == visit.actor.slack_id:
        visit.answer(kit.message(views.OWN_PAGE))
    elif mention:
        visit.show(screens.page(visit.parts, visit.actor, mention["id"], visit.now))
    elif not typed:
        shelf = pages.shelf(visit.parts.database, visit.actor, visit.now)
        visit.show(views.build_shelf(shelf))
    elif word.lower() == "account" and name.strip():
        account.show(visit, as_typed(name).strip())
    elif typed.lower() in ("help", "account"):
        visit.answer(kit.message(views.USAGE))
    else:
        visit.answer(views.build_not_understood(as_typed(typed)))


def open_chosen(visit: Visit) -> None:
    """The rep chosen from the shelf."""
    rep = views.parse_shelf(visit.state)
    visit.turn_into(screens.page(visit.parts, visit.actor, rep, visit.now))


def open_for_rep(visit: Visit) -> None:
    """**Open binder** of a rep."""
    visit.show(screens.page(visit.parts, visit.actor, visit.pressed.rep or "", visit.now))


def follow_menu(visit: Visit) -> None:
    """The ⋯ menu of a binder."""
    rep = visit.pressed.rep or ""
    match visit.pressed.step:
        case BinderAction.PLAN_SESSION:
            appointments.open_form_for(visit, rep, InteractionKind.SESSION)
        case BinderAction.PLAN_FIELD_DAY:
            appointments.open_form_for(visit, rep, InteractionKind.FIELD_DAY)
        case BinderAction.SEARCH:
            search.open_search(visit)
        case TransitionAction.OPEN:
            transition.show(visit)
        case _:
            raise Gone


def turn_page(visit: Visit) -> None:
    """**Older** and **Newest**."""
    pressed = visit.pressed
    view = screens.page(visit.parts, visit.actor, pressed.rep or "", visit.now, pressed.page)
    visit.turn_into(view)


def open_log_form(visit: Visit) -> None:
    """**Log a touch**, from a binder."""
    rep = visit.pressed.rep or ""
    desk = touches.desk(visit.parts.database, visit.actor, visit.now)
    reason = reason_with(visit.parts.database, visit.actor, rep, visit.now)
    metadata = Metadata(rep=rep, form=new_form(), under=visit.view.get("id"))
    visit.show(views.build_log_form(desk, rep, metadata, reason))


def log(visit: Visit) -> None:
    """Saved before the form closes; the binder below shows it."""
    entry = touch_views.parse_touch_form(visit.state)
    metadata = visit.metadata
    logged = touches.log_form(
        visit.parts.database, visit.actor, entry, metadata.form or "", visit.now
    )
    visit.accept()
    if logged.touch.rep.slack_id == metadata.rep:
        here = Metadata(rep=metadata.rep, under=metadata.under, step=Form.BINDER.value)
        screens.redraw_page(visit.parts, visit.actor, here, visit.now)
    else:
        confirmation = touch_views.build_confirmation(logged)
        answer(visit.parts, visit.actor, confirmation, None, f"touch:{logged.touch.id}")


def open_entry(visit: Visit) -> None:
    """**Open**: one contact whole, on top of the page or by itself."""
    visit.show(screens.entry(visit.parts, visit.actor, visit.pressed.subject or 0, visit.now))


def open_promises(visit: Visit) -> None:
    """**All promises**."""
    visit.show(screens.promises(visit.parts, visit.actor, visit.pressed.rep or "", visit.now))


def turn_promises(visit: Visit) -> None:
    """**More** and **First**."""
    pressed = visit.pressed
    view = screens.promises(visit.parts, visit.actor, pressed.rep or "", visit.now, pressed.page)
    visit.turn_into(view)


def delete(visit: Visit) -> None:
    """**Delete**: the entry stays in sight, and can be put back."""
    _change(visit, touches.take_back)


def put_back(visit: Visit) -> None:
    """**Put it back**."""
    _change(visit, touches.put_back)


def _change(visit: Visit, change: Callable[[Any, Actor, int, datetime], object]) -> None:
    """Change the entry, and show it so: itself, and on the page of the binder below it."""
    subject = visit.pressed.subject or 0
    change(visit.parts.database, visit.actor, subject, visit.now)
    visit.accept()
    view_id = str(visit.view.get("id"))
    screens.redraw_entry(visit.parts, visit.actor, subject, view_id, visit.now)


def show_note(visit: Visit) -> None:
    """**Show private note**: opened on purpose, by its author."""
    subject = visit.pressed.subject or 0
    contact, note = private_notes.read(visit.parts.database, visit.actor, subject)
    metadata = Metadata(subject=subject, under=str(visit.view.get("id") or ""))
    visit.show(note_views.build_private_note(contact.rep.name, note, metadata))


def save_note(visit: Visit) -> None:
    """The note is saved before its form closes; an empty one is removed."""
    subject = visit.metadata.subject or 0
    note = note_views.parse_private_note(visit.state)
    private_notes.rewrite(visit.parts.database, visit.actor, subject, note)
    visit.accept()
    if visit.metadata.under:
        screens.redraw_entry(visit.parts, visit.actor, subject, visit.metadata.under, visit.now)
