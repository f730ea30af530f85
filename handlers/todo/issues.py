"""Issues of the day: set, shown, ended."""

from functools import partial

from bot.context import AppContext
from bot.domain.todo.reasons import IssueEntry
from bot.screens.delivery.answers import answer
from bot.services.todo import issues
from bot.views.block_kit.ids import Form, Metadata, TodoAction
from bot.views.block_kit.kit import Message
from bot.views.todo import issues as views
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes
from handlers.todo import when


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(TodoAction.ISSUE_END.value)(on(end))
    routes.action(TodoAction.ISSUE_NEW.value)(on(open_form))
    routes.view(Form.TODO_ISSUE.value)(on(save))


def set_at_once(request: SlackRequest, entry: IssueEntry) -> None:
    """`/todo issue price change until friday`."""
    made = issues.set_issue(request.app.database, request.actor, entry, request.form, request.now)
    request.answer(views.build_issue_set(made, when.today(request)))


def show(request: SlackRequest) -> None:
    """`/todo issue`: those that stand."""
    facts = issues.standing(request.app.database, request.actor, request.now)
    request.answer(views.build_issues(facts))


def end(request: SlackRequest) -> None:
    facts = issues.end(
        request.app.database, request.actor, request.pressed.subject or 0, request.now
    )
    _replace(request, views.build_issues(facts))


def open_form(request: SlackRequest) -> None:
    """A form for another issue of the day, with the words that were proposed, if any, of a tag of
    the market page."""
    today = when.today(request)
    pressed = request.pressed
    metadata = Metadata(form=new_form(), answer=request.response_url, subject=pressed.subject)
    words, calendar = pressed.text or "", when.calendar(request)
    request.show(views.build_issue_form(words, today, None, metadata, today, calendar))


def save(request: SlackRequest) -> None:
    entry = views.parse_issue_form(request.state)
    database, actor, now = request.app.database, request.actor, request.now
    # Of a tag of the market page, where it was proposed there.
    tag_id, tag = request.metadata.subject, ""
    if tag_id:
        issue, tag = issues.set_of_tag(database, actor, entry, tag_id, request.form, now)
    else:
        issue = issues.set_issue(database, actor, entry, request.form, now)
    request.accept()
    message = views.build_issue_set(issue, when.today(request), tag)
    answer(request.app, request.actor, message, request.metadata.answer, f"issue:{issue.id}")


def _replace(request: SlackRequest, message: Message) -> None:
    """Draw the answer that was pressed anew; beside it, where Slack lets nobody change it now."""
    if request.is_too_old:
        request.answer(message)
    else:
        request.redraw(message)
