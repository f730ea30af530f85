"""`/binder`, its pages and entries."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from bot.context import AppContext
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.typed_text import as_typed
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.domain.workspaces.words import Line, bare, only_person
from bot.screens import binder as screens
from bot.screens.delivery.answers import answer
from bot.services.binder import pages
from bot.services.contacts import private_notes, touches
from bot.services.todo.weeks import reason_with
from bot.views.binder import pages as views
from bot.views.block_kit import kit
from bot.views.block_kit.ids import BinderAction, Form, Metadata, NamedAction, TransitionAction
from bot.views.contacts import note as note_views
from bot.views.contacts import touch as touch_views
from handlers import appointments, named
from handlers.accounts import account, transition
from handlers.binder import search
from handlers.help import answer_help
from handlers.request import SlackRequest, listener, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.command("/binder")(on(command))
    routes.view(Form.BINDER_SHELF.value)(on(open_chosen))
    routes.view(Form.BINDER_TOUCH.value)(on(log))
    routes.view(Form.PRIVATE_NOTE_CHANGE.value)(on(save_note))
    routes.action(BinderAction.OPEN.value)(on(open_for_rep))
    routes.action(NamedAction.BINDER.value)(on(named.opening(_open)))
    routes.action(BinderAction.MENU.value)(on(follow_menu))
    routes.action(BinderAction.OLDER.value)(on(turn_page))
    routes.action(BinderAction.NEWEST.value)(on(turn_page))
    routes.action(BinderAction.LOG.value)(on(open_log_form))
    routes.action(BinderAction.ENTRY.value)(on(open_entry))
    routes.action(BinderAction.PROMISES.value)(on(open_promises))
    routes.action(BinderAction.PROMISES_MORE.value)(on(turn_promises))
    routes.action(BinderAction.PROMISES_FIRST.value)(on(turn_promises))
    routes.action(BinderAction.DELETE.value)(on(delete))
    routes.action(BinderAction.PUT_BACK.value)(on(put_back))
    routes.action(BinderAction.SHOW_NOTE.value)(on(show_note))


def command(request: SlackRequest) -> None:
    """`/binder`: help, a choice, the binder of a rep, or an account."""
    typed = request.text.strip()
    line, person = Line(typed), only_person(typed)
    if person == request.actor.slack_id:
        request.answer(kit.message(views.OWN_PAGE))
    elif person:
        request.show(screens.page(request.app, request.actor, person, request.now))
    elif not typed:
        shelf = pages.shelf(request.app.database, request.actor, request.now)
        request.show(views.build_shelf(shelf))
    elif bare(typed) in ("help", "account"):
        answer_help(request, views.USAGE)
    elif line.take_first("account".__eq__):
        account.show(request, as_typed(line.rest).strip())
    else:
        if not named.open_or_offer(request, NamedAction.BINDER, _open):
            request.answer(views.build_not_understood(as_typed(typed)))


def open_chosen(request: SlackRequest) -> None:
    """The rep chosen from the shelf."""
    rep = views.parse_shelf(request.state)
    request.turn_into(screens.page(request.app, request.actor, rep, request.now))


def open_for_rep(request: SlackRequest) -> None:
    """**Open binder** of a rep."""
    _open(request, request.pressed.rep or "")


def _open(request: SlackRequest, rep: str) -> None:
    request.show(screens.page(request.app, request.actor, rep, request.now))


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu of a binder."""
    rep = request.pressed.rep or ""
    match request.pressed.step:
        case BinderAction.PLAN_SESSION:
            appointments.open_form_for(request, rep, InteractionKind.SESSION)
        case BinderAction.PLAN_FIELD_DAY:
            appointments.open_form_for(request, rep, InteractionKind.FIELD_DAY)
        case BinderAction.SEARCH:
            search.open_search(request)
        case TransitionAction.OPEN:
            transition.show(request)
        case _:
            raise Gone


def turn_page(request: SlackRequest) -> None:
    """**Older** and **Newest**."""
    pressed = request.pressed
    view = screens.page(request.app, request.actor, pressed.rep or "", request.now, pressed.page)
    request.turn_into(view)


def open_log_form(request: SlackRequest) -> None:
    """**Log a touch**, from a binder."""
    rep = request.pressed.rep or ""
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    reason = reason_with(request.app.database, request.actor, rep, request.now)
    metadata = Metadata(rep=rep, form=new_form(), under=request.view.get("id"))
    request.show(views.build_log_form(choice, rep, metadata, reason))


def log(request: SlackRequest) -> None:
    """Saved before the form closes; the binder below shows it."""
    entry = touch_views.parse_touch_form(request.state)
    metadata = request.metadata
    logged = touches.log_form(
        request.app.database, request.actor, entry, metadata.form or "", request.now
    )
    request.accept()
    if logged.touch.rep.slack_id == metadata.rep:
        here = Metadata(rep=metadata.rep, under=metadata.under, step=Form.BINDER.value)
        screens.redraw_page(request.app, request.actor, here, request.now)
    else:
        confirmation = touch_views.build_confirmation(logged)
        answer(request.app, request.actor, confirmation, None, f"touch:{logged.touch.id}")


def open_entry(request: SlackRequest) -> None:
    """**Open**: one contact whole, on top of the page or by itself."""
    request.show(
        screens.entry(request.app, request.actor, request.pressed.subject or 0, request.now)
    )


def open_promises(request: SlackRequest) -> None:
    """**All promises**."""
    request.show(
        screens.promises(request.app, request.actor, request.pressed.rep or "", request.now)
    )


def turn_promises(request: SlackRequest) -> None:
    """**More** and **First**."""
    pressed = request.pressed
    view = screens.promises(
        request.app, request.actor, pressed.rep or "", request.now, pressed.page
    )
    request.turn_into(view)


def delete(request: SlackRequest) -> None:
    """**Delete**: the entry stays in sight, and can be put back."""
    _change(request, touches.take_back)


def put_back(request: SlackRequest) -> None:
    """**Put it back**."""
    _change(request, touches.put_back)


def _change(request: SlackRequest, change: Callable[[Any, Actor, int, datetime], object]) -> None:
    """Change the entry, and show it so: itself, and on the page of the binder below it."""
    subject = request.pressed.subject or 0
    change(request.app.database, request.actor, subject, request.now)
    request.accept()
    view_id = str(request.view.get("id"))
    screens.redraw_entry(request.app, request.actor, subject, view_id, request.now)


def show_note(request: SlackRequest) -> None:
    """**Show private note**: opened on purpose, by its author."""
    subject = request.pressed.subject or 0
    contact, note = private_notes.read(request.app.database, request.actor, subject)
    metadata = Metadata(subject=subject, under=str(request.view.get("id") or ""))
    request.show(note_views.build_private_note(contact.rep.name, note, metadata))


def save_note(request: SlackRequest) -> None:
    """The note is saved before its form closes; an empty one is removed."""
    subject = request.metadata.subject or 0
    note = note_views.parse_private_note(request.state)
    private_notes.rewrite(request.app.database, request.actor, subject, note)
    request.accept()
    if request.metadata.under:
        screens.redraw_entry(
            request.app, request.actor, subject, request.metadata.under, request.now
        )
