"""The topics of strategy sessions, changed by the manager."""

from functools import partial

from bot.context import AppContext
from bot.domain.sessions.topics import Topics
from bot.domain.workspaces.refusals import Gone
from bot.services.sessions import topics
from bot.views.block_kit.ids import Form, TopicAction
from bot.views.sessions import topics as views
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(TopicAction.OPEN.value)(on(show))
    routes.action(TopicAction.ADD.value)(on(open_new))
    routes.action(TopicAction.MENU.value)(on(follow_menu))
    routes.view(Form.TOPIC.value)(on(save))


def show(request: SlackRequest) -> None:
    """**Topics**, from the settings or as `/session topics`."""
    request.show(views.build_topics(topics.of_team(request.app.database, request.actor)))


def open_new(request: SlackRequest) -> None:
    """**Add a topic**."""
    request.show(views.build_topic_form(None, request.view.get("id")))


def follow_menu(request: SlackRequest) -> None:
    """**Edit**, **Earlier**, **Later**, **Retire**."""
    pressed, database, actor = request.pressed, request.app.database, request.actor
    key = pressed.text or ""
    match pressed.step:
        case TopicAction.EDIT:
            topic = topics.get(database, actor, key)
            request.show(views.build_topic_form(topic, request.view.get("id")))
        case TopicAction.UP:
            _redraw(request, topics.move(database, actor, key, -1))
        case TopicAction.DOWN:
            _redraw(request, topics.move(database, actor, key, 1))
        case TopicAction.RETIRE:
            _redraw(request, topics.retire(database, actor, key))
        case _:
            raise Gone


def _redraw(request: SlackRequest, changed: Topics) -> None:
    request.turn_into(views.build_topics(changed))


def save(request: SlackRequest) -> None:
    """Saved before the form closes; the list below shows it."""
    entry, metadata = views.parse_topic_form(request.state), request.metadata
    changed = topics.save(
        request.app.database, request.actor, metadata.text or "", entry, request.form
    )
    request.accept()
    if metadata.under:
        request.draw_beneath(views.build_topics(changed))
