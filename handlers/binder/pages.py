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
from bot.screens.home import publish
from bot.services.binder import front, pages
from bot.services.contacts import private_notes, touches
from bot.services.todo import rows
from bot.services.todo.weeks import reason_with
from bot.views.binder import pages as views
from bot.views.binder.reasons import build_reasons, parse_reasons_start
from bot.views.block_kit import kit
from bot.views.block_kit.ids import (
    BinderAction,
    FieldDayAction,
    Form,
    Metadata,
    NamedAction,
    SessionAction,
    SharingAction,
    TodoAction,
    TouchAction,
)
from bot.views.contacts import note as note_views
from bot.views.contacts import touch as touch_views
from handlers import appointments, field_days, named
from handlers.accounts import account, bench, market
from handlers.binder import exports, pack
from handlers.contacts import market as touch_market
from handlers.contacts import raised, touch
from handlers.help import answer_help
from handlers.listening import listener
from handlers.request import SlackRequest, Work, new_form
from handlers.routes import Routes
from handlers.sessions import session, sharing
from handlers.todo import lists


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
    routes.action(BinderAction.ANOTHER_REASON.value)(on(offer_reasons))
    routes.action(BinderAction.MORE_REASONS.value)(on(offer_reasons))
    routes.action(BinderAction.CHOOSE_REASON.value)(on(choose_reason))
    routes.action(BinderAction.ROW.value)(on(follow_row))
    routes.action(BinderAction.ENTRY.value)(on(open_entry))
    routes.action(BinderAction.DELETE.value)(on(delete))
    routes.action(BinderAction.PUT_BACK.value)(on(put_back))
    routes.action(BinderAction.SHOW_NOTE.value)(on(show_note))


def command(request: SlackRequest) -> None:
    """`/binder`: help, a choice, the binder of a rep, an account, or the market."""
    typed = request.text.strip()
    line, person = Line(typed), only_person(typed)
    if person == request.actor.slack_id:
        request.answer(kit.message(views.OWN_PAGE))
    elif person:
        request.show(screens.page(request.app, request.actor, person, request.now))
    elif not typed:
        shelf = pages.shelf(request.app.database, request.actor, request.now)
        request.show(views.build_shelf(shelf))
    elif bare(typed) == "help":
        answer_help(request, views.USAGE)
    elif bare(typed) == "market":
        market.open_page(request)
    elif bare(typed) == "export":
        exports.open_form(request)
    elif bare(typed) in ("account", "accounts"):
        account.show_all(request)
    elif bare(typed) == "bench":
        bench.show(request)
    elif bare(typed) == "pack":
        pack.open_team(request)
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
    """The ⋯ menu of a binder: what is made from it, and why this week's reason."""
    rep = request.pressed.rep or ""
    match request.pressed.step:
        case SessionAction.START:
            session.start(request, rep, under=request.under)
        case FieldDayAction.LOG:
            field_days.open_form(request, rep, under=request.under)
        case BinderAction.PLAN_SESSION:
            appointments.open_form_for(request, rep, InteractionKind.SESSION)
        case BinderAction.PLAN_FIELD_DAY:
            appointments.open_form_for(request, rep, InteractionKind.FIELD_DAY)
        case TodoAction.WHY:
            lists.open_why(request)
        case _:
            raise Gone


def follow_row(request: SlackRequest) -> None:
    """The ⋯ menu of an entry in a list: each entry of it is a button of the entry itself."""
    work = IN_ROW.get(request.pressed.step)
    if work is None:
        raise Gone
    work(request)


def offer_reasons(request: SlackRequest) -> None:
    """**Another reason**: those there are, best first; the page as it stands, where there is
    nothing to choose any more."""
    rep, start = request.pressed.rep or "", parse_reasons_start(request.pressed.text)
    found = front.reasons_with(request.app.database, request.actor, rep, start, request.now)
    if found is None:
        request.turn_into(screens.page(request.app, request.actor, rep, request.now))
    else:
        request.turn_into(build_reasons(found))


def choose_reason(request: SlackRequest) -> None:
    """**This one**: the week's slot has it, on the list, on Home and here."""
    pressed = request.pressed
    slot, about = pressed.subject or 0, pressed.text or ""
    rows.choose_reason(request.app.database, request.actor, slot, about, request.now)
    view = screens.page(request.app, request.actor, pressed.rep or "", request.now)
    request.turn_into(view)
    publish(request.app, request.actor, request.now)


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
    metadata = Metadata(rep=rep, form=new_form(), under=request.under)
    request.show(views.build_log_form(choice, rep, metadata, reason))


def log(request: SlackRequest) -> None:
    """Saved before the form closes; the binder below shows it."""
    entry = touch_views.parse_touch_form(request.state)
    metadata = request.metadata
    logged = touches.log_form(
        request.app.database, request.actor, entry, metadata.form or "", request.now
    )
    request.accept()
    touch = logged.touch
    if touch.rep.slack_id != metadata.rep:
        confirmation = touch_views.build_confirmation(logged)
        answer(request.app, request.actor, confirmation, None, f"touch:{touch.id}")
    elif metadata.under:
        screens.redraw_list(request.app, request.actor, metadata.under, request.now, touch.id)


def open_entry(request: SlackRequest) -> None:
    """**Open**: one contact whole, on top of the page or by itself."""
    subject, under = request.pressed.subject or 0, request.under
    request.show(screens.entry(request.app, request.actor, subject, request.now, under))


def delete(request: SlackRequest) -> None:
    """**Delete**: the entry stays in sight, and can be put back."""
    _change(request, touches.take_back)


def put_back(request: SlackRequest) -> None:
    """**Put it back**."""
    _change(request, touches.put_back)


def _change(request: SlackRequest, change: Callable[[Any, Actor, int, datetime], object]) -> None:
    """Change the entry, and show it so where it was pressed: in its row, or itself and in the list
    below it."""
    subject = request.pressed.subject or 0
    change(request.app.database, request.actor, subject, request.now)
    request.accept()
    if request.under:
        screens.redraw_entry(request.app, request.actor, subject, request.under, request.now)


def show_note(request: SlackRequest) -> None:
    """**Show private note**: opened on purpose, by its author."""
    subject = request.pressed.subject or 0
    contact, note = private_notes.read(request.app.database, request.actor, subject)
    metadata = Metadata(subject=subject, under=request.under)
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


IN_ROW: dict[str | None, Work] = {
    BinderAction.ENTRY.value: open_entry,
    TouchAction.EDIT.value: touch.open_change_form,
    SessionAction.EDIT.value: session.reopen,
    FieldDayAction.EDIT.value: field_days.open_change_form,
    FieldDayAction.VISITS.value: field_days.open_visits,
    TouchAction.RAISED.value: raised.open_for_touch,
    SharingAction.PREVIEW.value: sharing.open_preview,
    TouchAction.ADD_NOTE.value: touch.open_private_note,
    TouchAction.MARKET.value: touch_market.open_form,
    BinderAction.SHOW_NOTE.value: show_note,
    BinderAction.DELETE.value: delete,
    BinderAction.PUT_BACK.value: put_back,
}
