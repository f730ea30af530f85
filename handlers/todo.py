"""`/todo`, and the buttons of the to-do list."""

from collections.abc import Callable
from datetime import date
from functools import partial

from bot.domain.team.teams import AwayFacts
from bot.domain.todo.line import TodoCommand, parse_todo_line
from bot.domain.todo.reasons import IssueEntry, ReasonKind
from bot.domain.workspaces.refusals import Gone
from bot.parts import Parts
from bot.screens import appointments as appointment_screens
from bot.screens import binder as binder_screens
from bot.screens.delivery.answers import answer
from bot.screens.home import publish
from bot.screens.promises import tell_rep
from bot.screens.team import setup as setup_screens
from bot.screens.team.people import get_to_know
from bot.screens.todo import Pressed, redraw_pressed, turn_pressed
from bot.services import promises
from bot.services.contacts import touches
from bot.services.team import away
from bot.services.todo import issues, lists
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, TodoAction
from bot.views.block_kit.kit import Message, View
from bot.views.team import away as away_views
from bot.views.todo import answers, forms
from bot.views.todo import issues as issue_views
from bot.views.todo import list as views
from bot.views.todo.why import build_why
from handlers.contacts import touch
from handlers.request import Visit, Work, new_form, visiting
from handlers.routes import Routes
from handlers.team import team


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.command("/todo")(on(command))
    for action, work in PRESSED.items():
        app.action(action.value)(on(work))
    app.view(Form.TODO_MOVE.value)(on(save_move))
    app.view(Form.TODO_NOT_THIS_WEEK.value)(on(save_not_this_week))
    app.view(Form.TODO_ISSUE.value)(on(save_issue))
    app.view(Form.AWAY.value)(on(save_away))


def command(visit: Visit) -> None:
    """`/todo`: the list, next week's, an issue of the day, days away, or help."""
    said = parse_todo_line(visit.text, _today(visit))
    if isinstance(said, IssueEntry):
        made = issues.set_issue(visit.parts.database, visit.actor, said, None, visit.now)
        visit.answer(issue_views.build_issue_set(made, _today(visit)))
    else:
        ASKED[said](visit)


def show_help(visit: Visit) -> None:
    visit.answer(kit.message(answers.USAGE))


def show_this_week(visit: Visit) -> None:
    """The list as it stands, for who asks alone."""
    visit.answer(views.build_list(lists.this_week(visit.parts.database, visit.actor, visit.now)))


def show_next_week(visit: Visit) -> None:
    visit.answer(views.build_list(lists.next_week(visit.parts.database, visit.actor, visit.now)))


def show_issues(visit: Visit) -> None:
    facts = issues.standing(visit.parts.database, visit.actor, visit.now)
    visit.answer(issue_views.build_issues(facts))


def follow_menu(visit: Visit) -> None:
    """The ⋯ menu of a slot: each entry is one of the buttons."""
    work = IN_MENU.get(visit.pressed.step)
    if work is None:
        raise Gone
    work(visit)


def done(visit: Visit) -> None:
    """**Done**: a contact today; what else it was is asked in an answer of its own."""
    result = lists.done(visit.parts.database, visit.actor, _slot(visit), visit.now)
    _draw(visit)
    if result is None:
        return
    message = answers.build_slot_done(result)
    if visit.in_home:
        subject = f"touch:{result.logged.touch.id}"
        answer(visit.parts, visit.actor, message, None, subject)
    else:
        visit.answer(message)


def another_reason(visit: Visit) -> None:
    """**Another reason**: the next best."""
    lists.another_reason(visit.parts.database, visit.actor, _slot(visit), visit.now)
    _draw(visit)


def on_again(visit: Visit) -> None:
    """A rep who was left out is on this week's list after all."""
    lists.on_again(visit.parts.database, visit.actor, _slot(visit), visit.now)
    _draw(visit)


def open_move(visit: Visit) -> None:
    """**Move**: another day."""
    facts = lists.to_change(visit.parts.database, visit.actor, _slot(visit), visit.now)
    visit.show(forms.build_move_form(facts, _place(visit)))


def save_move(visit: Visit) -> None:
    day = forms.parse_move_form(visit.state)
    slot_id = visit.metadata.subject or 0
    lists.move(visit.parts.database, visit.actor, slot_id, day, visit.now)
    visit.accept()
    _draw_place(visit)


def open_not_this_week(visit: Visit) -> None:
    """**Not this week**: with a word why."""
    facts = lists.to_change(visit.parts.database, visit.actor, _slot(visit), visit.now)
    visit.show(forms.build_not_this_week_form(facts, _place(visit)))


def save_not_this_week(visit: Visit) -> None:
    why = forms.parse_not_this_week_form(visit.state)
    slot_id = visit.metadata.subject or 0
    lists.not_this_week(visit.parts.database, visit.actor, slot_id, why, visit.now)
    visit.accept()
    _draw_place(visit)


def open_binder(visit: Visit) -> None:
    """**Open binder** of the rep."""
    facts = lists.to_change(visit.parts.database, visit.actor, _slot(visit), visit.now)
    rep = facts.slot.rep.slack_id
    _open(visit, binder_screens.page(visit.parts, visit.actor, rep, visit.now))


def open_source(visit: Visit) -> None:
    """Where a reason comes from: the contact, the promise, the issue, the rep's settings."""
    source = lists.source(visit.parts.database, visit.actor, _slot(visit), visit.now)
    parts, actor, now = visit.parts, visit.actor, visit.now
    if source.contact is not None:
        _open(visit, binder_screens.entry(parts, actor, source.contact, now))
    elif source.appointment is not None:
        _open(visit, appointment_screens.form(parts, actor, source.appointment, now))
    elif source.kind is ReasonKind.ISSUE_OF_THE_DAY:
        show_issues(visit)
    elif source.is_promise:
        _open(visit, binder_screens.promises(parts, actor, source.rep.slack_id, now))
    else:
        _open(visit, setup_screens.rep_settings_view(parts, actor, source.rep.slack_id, now))


def _open(visit: Visit, view: View) -> None:
    """Open it, in place of a list that is a modal itself: three can be open, and its own pages go
    two deep."""
    if visit.in_modal:
        visit.turn_into(view)
    else:
        visit.show(view)


def open_why(visit: Visit) -> None:
    """Why this reason: the whole ranking, with the facts behind it."""
    facts = lists.why(visit.parts.database, visit.actor, visit.pressed.rep or "", visit.now)
    visit.show(build_why(facts))


def turn_page(visit: Visit) -> None:
    """**More** and **Earlier**."""
    _draw(visit, turn_pressed)


def keep_promise(visit: Visit) -> None:
    """**Kept**: what the slot was about is done."""
    promised = promises.keep(
        visit.parts.database, visit.actor, visit.pressed.subject or 0, visit.now
    )
    try:
        _answer_promise(visit, kept=True)
    finally:
        tell_rep(visit.parts, visit.actor.workspace_id, promised)


def leave_open(visit: Visit) -> None:
    """**Still open**: it stays as it is."""
    _answer_promise(visit, kept=False)


def _answer_promise(visit: Visit, *, kept: bool) -> None:
    touch_id = visit.pressed.touch or 0
    logged = touches.one(visit.parts.database, visit.actor, touch_id, visit.now)
    _replace(visit, answers.build_promise_answered(logged, kept=kept))


def _replace(visit: Visit, message: Message) -> None:
    """Draw the answer that was pressed anew; beside it, where Slack lets nobody change it now."""
    if visit.is_too_old:
        visit.answer(message)
    else:
        visit.redraw(message)


def end_issue(visit: Visit) -> None:
    facts = issues.end(visit.parts.database, visit.actor, visit.pressed.subject or 0, visit.now)
    _replace(visit, issue_views.build_issues(facts))


def open_issue(visit: Visit) -> None:
    """A form for another issue of the day."""
    today = _today(visit)
    metadata = Metadata(form=new_form(), answer=visit.response_url)
    visit.show(issue_views.build_issue_form("", today, None, metadata, today))


def save_issue(visit: Visit) -> None:
    entry = issue_views.parse_issue_form(visit.state)
    form = visit.metadata.form
    issue = issues.set_issue(visit.parts.database, visit.actor, entry, form, visit.now)
    visit.accept()
    message = issue_views.build_issue_set(issue, _today(visit))
    answer(visit.parts, visit.actor, message, visit.metadata.answer, f"issue:{issue.id}")


def open_away(visit: Visit) -> None:
    """Days away of the manager who asks."""
    facts = away.days_away(visit.parts.database, visit.actor, visit.now)
    visit.show(_away_form(facts, Metadata(answer=visit.response_url)))


def save_away(visit: Visit) -> None:
    entry = away_views.parse_away_form(visit.state)
    if entry.stand_in is not None:
        get_to_know(visit.parts, visit.actor.workspace_id, [entry.stand_in])
    off, stand_in, today = away.add(visit.parts.database, visit.actor, entry, visit.now)
    visit.accept()
    message = away_views.build_away_saved(off, stand_in, today)
    answer(visit.parts, visit.actor, message, visit.metadata.answer, f"away:{off.id}")
    publish(visit.parts, visit.actor, visit.now)


def remove_away(visit: Visit) -> None:
    """**Remove**: the manager is there after all."""
    subject = visit.pressed.subject or 0
    facts = away.remove(visit.parts.database, visit.actor, subject, visit.now)
    visit.turn_into(_away_form(facts, visit.metadata))
    publish(visit.parts, visit.actor, visit.now)


def _away_form(facts: AwayFacts, metadata: Metadata) -> View:
    return away_views.build_away_form(facts.time_off, None, facts.today, metadata)


def _today(visit: Visit) -> date:
    """The date on the wall of who acts."""
    return lists.today(visit.parts.database, visit.actor, visit.now)


def _slot(visit: Visit) -> int:
    return visit.pressed.subject or 0


def _page(metadata: Metadata) -> int:
    page = metadata.page or "0"
    return int(page) if page.isdecimal() else 0


def _monday(metadata: Metadata) -> date | None:
    try:
        return date.fromisoformat(metadata.day) if metadata.day else None
    except ValueError as error:
        raise Gone from error


def _place(visit: Visit) -> Metadata:
    """Where a form was asked for, to be drawn anew when it is saved."""
    pressed = visit.pressed
    return Metadata(
        subject=pressed.subject,
        answer=visit.response_url,
        page=pressed.page,
        home=0 if visit.in_home else None,
        under=visit.view["id"] if visit.in_modal else None,
    )


def _draw(visit: Visit, draw: Callable[..., None] = redraw_pressed) -> None:
    """Draw the list, or the App Home, that was pressed; Home too below a list in a modal."""
    visit.accept()
    pressed, container = visit.pressed, visit.body.get("container") or {}
    if visit.in_home:
        publish(visit.parts, visit.actor, visit.now)
    elif visit.response_url or visit.in_modal:
        here = Pressed(
            visit.response_url or "",
            pressed.subject or 0,
            _monday(pressed),
            _page(pressed),
            container.get("channel_id", ""),
            container.get("message_ts", ""),
            posted=not container.get("is_ephemeral", False),
            view=visit.view["id"] if visit.in_modal else "",
        )
        draw(visit.parts, visit.actor, here, visit.now)
    if visit.in_modal:
        publish(visit.parts, visit.actor, visit.now)


def _draw_place(visit: Visit) -> None:
    """Draw what a form was opened from."""
    place = visit.metadata
    if place.home is not None:
        publish(visit.parts, visit.actor, visit.now)
    elif place.answer or place.under:
        view = place.under or ""
        here = Pressed(place.answer or "", place.subject or 0, page=_page(place), view=view)
        redraw_pressed(visit.parts, visit.actor, here, visit.now)
    if place.under:
        publish(visit.parts, visit.actor, visit.now)


ASKED: dict[TodoCommand, Work] = {
    TodoCommand.THIS_WEEK: show_this_week,
    TodoCommand.NEXT_WEEK: show_next_week,
    TodoCommand.ISSUES: show_issues,
    TodoCommand.AWAY: open_away,
    TodoCommand.HELP: show_help,
}
IN_MENU: dict[str | None, Work] = {
    TodoAction.DONE.value: done,
    TodoAction.ANOTHER_REASON.value: another_reason,
    TodoAction.MOVE.value: open_move,
    TodoAction.NOT_THIS_WEEK.value: open_not_this_week,
    TodoAction.ON_AGAIN.value: on_again,
    TodoAction.OPEN_BINDER.value: open_binder,
    TodoAction.OPEN_SOURCE.value: open_source,
}
PRESSED: dict[TodoAction, Work] = {
    TodoAction.DONE: done,
    TodoAction.ANOTHER_REASON: another_reason,
    TodoAction.ON_AGAIN: on_again,
    TodoAction.MENU: follow_menu,
    TodoAction.PAGE: turn_page,
    TodoAction.PAGE_BACK: turn_page,
    TodoAction.NEXT_WEEK: show_next_week,
    TodoAction.SETTINGS: team.open_settings,
    TodoAction.SHOW: show_this_week,
    TodoAction.WHY: open_why,
    TodoAction.KEPT: keep_promise,
    TodoAction.STILL_OPEN: leave_open,
    TodoAction.ANOTHER_DAY: touch.open_change_form,
    TodoAction.ISSUE_END: end_issue,
    TodoAction.ISSUE_NEW: open_issue,
    TodoAction.AWAY: open_away,
    TodoAction.AWAY_REMOVE: remove_away,
}
