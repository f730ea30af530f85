"""The topics of strategy sessions, changed by the manager."""

from functools import partial

from bot.domain.sessions.topics import Topics
from bot.domain.workspaces.refusals import Gone
from bot.parts import Parts
from bot.services.sessions import topics
from bot.views.block_kit.ids import Form, TopicAction
from bot.views.sessions import topics as views
from handlers.request import Visit, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.action(TopicAction.OPEN.value)(on(show))
    app.action(TopicAction.ADD.value)(on(open_new))
    app.action(TopicAction.MENU.value)(on(follow_menu))
    app.view(Form.TOPIC.value)(on(save))


def show(visit: Visit) -> None:
    """**Topics**, from the settings or as `/session topics`."""
    visit.show(views.build_topics(topics.of_team(visit.parts.database, visit.actor)))


def open_new(visit: Visit) -> None:
    """**Add a topic**."""
    visit.show(views.build_topic_form(None, visit.view.get("id")))


def follow_menu(visit: Visit) -> None:
    """**Edit**, **Earlier**, **Later**, **Retire**."""
    pressed, database, actor = visit.pressed, visit.parts.database, visit.actor
    key = pressed.text or ""
    match pressed.step:
        case TopicAction.EDIT:
            topic = topics.one(database, actor, key)
            visit.show(views.build_topic_form(topic, visit.view.get("id")))
        case TopicAction.UP:
            _redraw(visit, topics.move(database, actor, key, -1))
        case TopicAction.DOWN:
            _redraw(visit, topics.move(database, actor, key, 1))
        case TopicAction.RETIRE:
            _redraw(visit, topics.retire(database, actor, key))
        case _:
            raise Gone


def _redraw(visit: Visit, changed: Topics) -> None:
    visit.turn_into(views.build_topics(changed))


def save(visit: Visit) -> None:
    """Saved before the form closes; the list below shows it."""
    entry, metadata = views.parse_topic_form(visit.state), visit.metadata
    changed = topics.save(visit.parts.database, visit.actor, metadata.text or "", entry)
    visit.accept()
    if metadata.under:
        visit.draw_beneath(views.build_topics(changed))
