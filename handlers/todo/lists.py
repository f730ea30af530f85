"""`/todo`, and the buttons of the to-do list."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import assert_never

from bot.context import AppContext
from bot.domain.todo.line import TodoCommand, parse_todo_line
from bot.domain.todo.origins import Origin
from bot.domain.todo.reasons import IssueEntry
from bot.domain.todo.sources.saving import plan_of
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.screens import appointments as appointment_screens
from bot.screens import binder as binder_screens
from bot.screens import results as result_screens
from bot.screens.home import publish
from bot.screens.promises import tell_rep
from bot.screens.team import setup as setup_screens
from bot.screens.todo import Pressed, page_of, redraw_place, redraw_pressed, turn_pressed
from bot.services.accounts import accounts, transitions
from bot.services.todo import lists, rows
from bot.views.accounts.account import build_account
from bot.views.accounts.transition import build_transitions
from bot.views.block_kit.ids import Form, Metadata, TodoAction
from bot.views.block_kit.kit import View
from bot.views.todo import answers, forms
from bot.views.todo import list as views
from bot.views.todo.why import build_why
from handlers.contacts import raised, thanks, touch
from handlers.help import answer_help
from handlers.listening import listener
from handlers.request import SlackRequest, Work
from handlers.results import saving
from handlers.routes import Routes
from handlers.team import team
from handlers.todo import away, issues, round_up, when


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.command("/todo")(on(command))
    for action, work in PRESSED.items():
        routes.action(action.value)(on(work))
    routes.view(Form.TODO_MOVE.value)(on(save_move))
    routes.view(Form.TODO_NOT_THIS_WEEK.value)(on(save_not_this_week))
    routes.view(Form.TODO_NEXT_TIME.value)(on(save_next_time))


def command(request: SlackRequest) -> None:
    """`/todo`: the list, next week's, an issue of the day, days away, or help."""
    said = parse_todo_line(request.text, when.today(request), when.calendar(request))
    if isinstance(said, IssueEntry):
        issues.set_at_once(request, said)
    else:
        ASKED[said](request)


def show_help(request: SlackRequest) -> None:
    answer_help(request, answers.USAGE)


def show_this_week(request: SlackRequest) -> None:
    """The list as it stands, for who asks alone."""
    request.answer(
        views.build_list(lists.this_week(request.app.database, request.actor, request.now))
    )


def show_next_week(request: SlackRequest) -> None:
    request.answer(
        views.build_list(lists.next_week(request.app.database, request.actor, request.now))
    )


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu of a slot: each entry is one of the buttons."""
    work = IN_MENU.get(request.pressed.step)
    if work is None:
        raise Gone
    work(request)


def done(request: SlackRequest) -> None:
    """**Done**: a contact today; the row itself says so, and what else there is to say of it."""
    lists.done(request.app.database, request.actor, _slot(request), request.now)
    _draw(request)


def undo(request: SlackRequest) -> None:
    """**Undo**: the row is as it was."""
    database, touch_id = request.app.database, request.pressed.touch or 0
    rows.undo(database, request.actor, _slot(request), touch_id, request.now)
    _draw(request)


def say_kept(request: SlackRequest) -> None:
    """**Kept**: the promise that the row was about is done."""
    promised = rows.say_kept(request.app.database, request.actor, _slot(request), request.now)
    try:
        _draw(request)
    finally:
        if promised is not None:
            tell_rep(request.app, request.actor.workspace_id, promised)


def say_still_open(request: SlackRequest) -> None:
    """**Still open**: the promise stays as it is."""
    rows.say_still_open(request.app.database, request.actor, _slot(request), request.now)
    _draw(request)


def open_next_time(request: SlackRequest) -> None:
    """**Next time**: a line for the next list."""
    facts = rows.to_note(request.app.database, request.actor, _slot(request), request.now)
    request.show(forms.build_next_time_form(facts, _place(request)))


def save_next_time(request: SlackRequest) -> None:
    line = forms.parse_next_time_form(request.state)
    slot_id = request.metadata.subject or 0
    rows.note_next_time(request.app.database, request.actor, slot_id, line, request.now)
    request.accept()
    _draw_place(request)


def open_said(request: SlackRequest) -> None:
    """**What Sam said**, to the issue of the day that a row is about."""
    round_up.open_for_slot(request, _slot(request), _place(request))


def open_change(request: SlackRequest) -> None:
    """**Channel or day**: the form of the contact that completed a row."""
    touch.open_change_form_of(request, request.pressed.touch or 0, _place_of_row(request))


def open_note(request: SlackRequest) -> None:
    """**Add a note**, to the contact that completed a row."""
    touch.open_private_note_of(request, request.pressed.touch or 0, Metadata())


def open_raised(request: SlackRequest) -> None:
    """**They raised something**, in the contact that completed a row."""
    raised.open_for(request, request.pressed.touch or 0, _place_of_row(request))


def open_thanks(request: SlackRequest) -> None:
    """**Thank in the channel**, in a row that recognises something."""
    thanks.open_form(request, _place(request))


def open_saving(request: SlackRequest) -> None:
    """**Save-it plan**, in a row that warns early, or of a plan's check day, here or on Home."""
    facts = lists.to_change(request.app.database, request.actor, _slot(request), request.now)
    plan = plan_of(facts.slot.reason.about)
    if plan is not None:
        saving.open_plan(request, plan)
    else:
        saving.open_form(request, facts.slot.rep.slack_id, facts.slot.reason.about)


def offer_reasons(request: SlackRequest) -> None:
    """**Another reason**: those there are, best first, in the row itself."""
    start = request.pressed.text or "0"
    choosing = int(start) if start.isdecimal() else 0
    _draw(request, partial(_turn, choosing=choosing))


def choose_reason(request: SlackRequest) -> None:
    """**This one**."""
    about = request.pressed.text or ""
    rows.choose_reason(request.app.database, request.actor, _slot(request), about, request.now)
    _draw(request)


def leave_reason(request: SlackRequest) -> None:
    """**Back**: the reason stays as it is."""
    _draw(request, turn_pressed)


def on_again(request: SlackRequest) -> None:
    """A rep who was left out is on this week's list after all."""
    lists.on_again(request.app.database, request.actor, _slot(request), request.now)
    _draw(request)


def open_move(request: SlackRequest) -> None:
    """**Move**: another day."""
    facts = lists.to_change(request.app.database, request.actor, _slot(request), request.now)
    request.show(forms.build_move_form(facts, _place(request)))


def save_move(request: SlackRequest) -> None:
    day = forms.parse_move_form(request.state)
    slot_id = request.metadata.subject or 0
    lists.move(request.app.database, request.actor, slot_id, day, request.now)
    request.accept()
    _draw_place(request)


def open_not_this_week(request: SlackRequest) -> None:
    """**Not this week**: with a word why."""
    facts = lists.to_change(request.app.database, request.actor, _slot(request), request.now)
    request.show(forms.build_not_this_week_form(facts, _place(request)))


def save_not_this_week(request: SlackRequest) -> None:
    why = forms.parse_not_this_week_form(request.state)
    slot_id = request.metadata.subject or 0
    lists.not_this_week(request.app.database, request.actor, slot_id, why, request.now)
    request.accept()
    _draw_place(request)


def open_binder(request: SlackRequest) -> None:
    """**Open binder** of the rep."""
    facts = lists.to_change(request.app.database, request.actor, _slot(request), request.now)
    rep = facts.slot.rep.slack_id
    _open(request, binder_screens.page(request.app, request.actor, rep, request.now))


def open_source(request: SlackRequest) -> None:
    """Where a reason comes from: what its sentence names."""
    source = lists.source(request.app.database, request.actor, _slot(request), request.now)
    app, actor, now = request.app, request.actor, request.now
    rep = source.rep.slack_id
    match source.origin:
        case Origin.CONTACT:
            _open(request, binder_screens.entry(app, actor, source.id, now))
        case Origin.PROMISES:
            _open(request, binder_screens.promises(app, actor, rep, now))
        case Origin.APPOINTMENT:
            _open(request, appointment_screens.form(app, actor, source.id, now))
        case Origin.TRANSITIONS:
            _open(request, build_transitions(transitions.page(app.database, actor, rep, now)))
        case Origin.ACCOUNT:
            _open(request, build_account(accounts.page(app.database, actor, source.id, now)))
        case Origin.ISSUES:
            issues.show(request)
        case Origin.SETTINGS:
            _open(request, setup_screens.rep_settings_view(app, actor, rep, now))
        case Origin.NOTED:
            _open(request, forms.build_noted(*lists.noted(app.database, actor, source.id, now)))
        case Origin.FIGURES:
            _open(request, result_screens.figures(app, actor, rep, source.about, now))
        case Origin.SAVE_IT_PLAN:
            _open(request, result_screens.save_it_plan(app, actor, source.id, now))
        case Origin.PROMISE | Origin.TRANSITION | Origin.ACCOUNT_DATE | None:
            # The first three were looked up, and led to another.
            raise Gone
        case unknown:
            assert_never(unknown)


def _open(request: SlackRequest, view: View) -> None:
    """Open it, in place of a list that is a modal itself: three can be open, and its own pages go
    two deep."""
    if request.in_modal:
        request.turn_into(view)
    else:
        request.show(view)


def open_why(request: SlackRequest) -> None:
    """Why this reason: the whole ranking, with the facts behind it."""
    facts = lists.why(request.app.database, request.actor, request.pressed.rep or "", request.now)
    request.show(build_why(facts))


def turn_page(request: SlackRequest) -> None:
    """**More** and **Earlier**."""
    _draw(request, turn_pressed)


def _slot(request: SlackRequest) -> int:
    return request.pressed.subject or 0


def _monday(metadata: Metadata) -> date | None:
    try:
        return date.fromisoformat(metadata.day) if metadata.day else None
    except ValueError as error:
        raise Gone from error


def _place(request: SlackRequest) -> Metadata:
    """Where a form was asked for, to be drawn anew when it is saved."""
    pressed = request.pressed
    return Metadata(
        subject=pressed.subject,
        answer=request.response_url,
        page=pressed.page,
        home=0 if request.in_home else None,
        under=request.view["id"] if request.in_modal else None,
    )


def _draw(request: SlackRequest, draw: Callable[..., None] = redraw_pressed) -> None:
    """Draw the list, or the App Home, that was pressed; Home too below a list in a modal."""
    request.accept()
    pressed, container = request.pressed, request.body.get("container") or {}
    if request.in_home:
        publish(request.app, request.actor, request.now)
    elif request.response_url or request.in_modal:
        here = Pressed(
            request.response_url or "",
            pressed.subject or 0,
            _monday(pressed),
            page_of(pressed),
            container.get("channel_id", ""),
            container.get("message_ts", ""),
            posted=not container.get("is_ephemeral", False),
            view=request.view["id"] if request.in_modal else "",
        )
        draw(request.app, request.actor, here, request.now)
    if request.in_modal:
        publish(request.app, request.actor, request.now)


def _place_of_row(request: SlackRequest) -> Metadata:
    """The same, for the form of the contact that completed the row."""
    return replace(_place(request), subject=None, slot=_slot(request))


def _turn(app: AppContext, actor: Actor, pressed: Pressed, now: datetime, *, choosing: int) -> None:
    turn_pressed(app, actor, replace(pressed, choosing=choosing), now)


def _draw_place(request: SlackRequest) -> None:
    """Draw what a form was opened from."""
    place = request.metadata
    redraw_place(request.app, request.actor, place, place.subject or 0, request.now)


ASKED: dict[TodoCommand, Work] = {
    TodoCommand.THIS_WEEK: show_this_week,
    TodoCommand.NEXT_WEEK: show_next_week,
    TodoCommand.ISSUES: issues.show,
    TodoCommand.AWAY: away.open_form,
    TodoCommand.HELP: show_help,
}
IN_MENU: dict[str | None, Work] = {
    TodoAction.DONE.value: done,
    TodoAction.ANOTHER_REASON.value: offer_reasons,
    TodoAction.MOVE.value: open_move,
    TodoAction.NOT_THIS_WEEK.value: open_not_this_week,
    TodoAction.ON_AGAIN.value: on_again,
    TodoAction.OPEN_BINDER.value: open_binder,
    TodoAction.OPEN_SOURCE.value: open_source,
    TodoAction.UNDO.value: undo,
    TodoAction.NEXT_TIME.value: open_next_time,
    TodoAction.KEPT.value: say_kept,
    TodoAction.STILL_OPEN.value: say_still_open,
    TodoAction.SAID.value: open_said,
    TodoAction.CHANGE.value: open_change,
    TodoAction.ADD_NOTE.value: open_note,
    TodoAction.RAISED.value: open_raised,
    TodoAction.THANK.value: open_thanks,
    TodoAction.SAVE_IT.value: open_saving,
}
PRESSED: dict[TodoAction, Work] = {
    TodoAction.DONE: done,
    TodoAction.ANOTHER_REASON: offer_reasons,
    TodoAction.MORE_REASONS: offer_reasons,
    TodoAction.CHOOSE: choose_reason,
    TodoAction.BACK: leave_reason,
    TodoAction.UNDO: undo,
    TodoAction.NEXT_TIME: open_next_time,
    TodoAction.SAID: open_said,
    TodoAction.DONE_MENU: follow_menu,
    TodoAction.ON_AGAIN: on_again,
    TodoAction.MENU: follow_menu,
    TodoAction.PAGE: turn_page,
    TodoAction.PAGE_BACK: turn_page,
    TodoAction.NEXT_WEEK: show_next_week,
    TodoAction.SETTINGS: team.open_settings,
    TodoAction.SHOW: show_this_week,
    TodoAction.WHY: open_why,
    TodoAction.KEPT: say_kept,
    TodoAction.STILL_OPEN: say_still_open,
    TodoAction.SAVE_IT: open_saving,
}
