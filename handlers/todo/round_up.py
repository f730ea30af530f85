"""What reps said to an issue of the day: noted, rounded up, sent to the agenda."""

from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.meetings.entries import TeamItemEntry
from bot.domain.team.settings import FIELD
from bot.screens.home import publish
from bot.screens.todo import redraw_place
from bot.services.meetings import agenda
from bot.services.todo import round_up
from bot.views.block_kit.ids import Form, Metadata, TodoAction
from bot.views.meetings.agenda import build_added
from bot.views.todo import round_up as views
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes

FIRST = "first"
"""The step in the metadata of a form that shows nothing that is kept."""


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(TodoAction.ISSUE_PAGE.value)(on(open_page))
    routes.action(TodoAction.ISSUE_MORE.value)(on(turn_page))
    routes.action(TodoAction.ISSUE_EARLIER.value)(on(turn_page))
    routes.action(TodoAction.ISSUE_TO_TEAM.value)(on(open_lines))
    routes.action(TodoAction.SAID_ADD.value)(on(open_add))
    routes.action(TodoAction.SAID_CHANGE.value)(on(open_change))
    routes.action(TodoAction.SAID_NOT_SO.value)(on(partial(answer_it, not_so=True)))
    routes.action(TodoAction.SAID_SO.value)(on(partial(answer_it, not_so=False)))
    routes.view(Form.SAID.value)(on(save))
    routes.view(Form.ISSUE_LINES.value)(on(see_item))
    routes.view(Form.ISSUE_ITEM.value)(on(add_item))


def open_for_slot(request: SlackRequest, slot: int, place: Metadata) -> None:
    """**What Sam said**, in a row that is done; `place` is what is drawn anew then."""
    facts = round_up.of_slot(request.app.database, request.actor, slot, request.now)
    here = replace(place, subject=facts.issue.id, rep=facts.rep.slack_id, slot=slot)
    request.show(views.build_said_form(facts, here))


def save(request: SlackRequest) -> None:
    """Saved before the form closes; then what it was opened from is drawn anew."""
    rep, text = views.parse_said_form(request.state)
    here, issue = request.metadata, request.metadata.subject or 0
    database, actor, now = request.app.database, request.actor, request.now
    if here.step == FIRST:
        round_up.add(database, actor, issue, rep, text, request.form, now)
    else:
        round_up.change(database, actor, issue, here.rep or "", text, now)
    request.accept()
    if here.slot is not None:
        redraw_place(request.app, request.actor, here, here.slot, request.now)
        return
    page = round_up.page(request.app.database, request.actor, issue, request.now)
    request.draw_beneath(views.build_round_up(page, _start(here.page)))


def open_page(request: SlackRequest) -> None:
    """**What was said**, **See**: once it is over, Home offers it no more."""
    subject = request.pressed.subject or 0
    page = round_up.opened(request.app.database, request.actor, subject, request.now)
    request.show(views.build_round_up(page))
    if request.in_home:
        publish(request.app, request.actor, request.now)


def turn_page(request: SlackRequest) -> None:
    """**More** and **Earlier**."""
    subject = request.metadata.subject or 0
    page = round_up.page(request.app.database, request.actor, subject, request.now)
    request.turn_into(views.build_round_up(page, _start(request.pressed.page)))


def open_add(request: SlackRequest) -> None:
    """**Add what a rep said**, whoever it was and wherever they said it."""
    subject = request.pressed.subject or 0
    page = round_up.page(request.app.database, request.actor, subject, request.now)
    request.show(views.build_add_form(page, replace(request.metadata, step=FIRST, form=new_form())))


def open_change(request: SlackRequest) -> None:
    """**Change**, beside a line."""
    subject, rep = request.pressed.subject or 0, request.pressed.rep or ""
    facts = round_up.of_rep(request.app.database, request.actor, subject, rep)
    request.show(views.build_said_form(facts, replace(request.metadata, rep=rep)))


def open_lines(request: SlackRequest) -> None:
    """**To the agenda**: which lines, without names. Sent a second time they take the place of the
    first."""
    subject = request.pressed.subject or 0
    page = round_up.page(request.app.database, request.actor, subject, request.now)
    request.show(views.build_lines_form(page, Metadata(subject=subject, form=page.form)))


def see_item(request: SlackRequest) -> None:
    """**See it**: the item as the team is to read it."""
    chosen = views.parse_lines_form(request.state)
    subject = request.metadata.subject or 0
    words = round_up.words_for_agenda(
        request.app.database, request.actor, subject, chosen, request.now
    )
    request.turn_into(views.build_item_form(words, request.metadata, alone=len(chosen) == 1))


def add_item(request: SlackRequest) -> None:
    """On the agenda, unless it names somebody: then the manager is asked, as of any item."""
    entry = TeamItemEntry(views.parse_item_form(request.state), FIELD)
    added = agenda.add(
        request.app.database, request.actor, entry, None, None, request.form, request.now
    )
    request.answer(build_added(added))


def answer_it(request: SlackRequest, *, not_so: bool) -> None:
    """**Not so** and **Agreed**, on the Home of the rep whose words they are said to be."""
    subject, words = request.pressed.subject or 0, request.pressed.text or ""
    try:
        round_up.say_not_so(
            request.app.database, request.actor, subject, words, request.now, not_so=not_so
        )
    finally:
        request.accept()
        publish(request.app, request.actor, request.now)


def _start(page: str | None) -> int:
    return int(page) if page and page.isdecimal() else 0
