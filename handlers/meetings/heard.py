"""What was heard on a field day, sent to the team agenda or to the next session."""

from functools import partial

from bot.context import AppContext
from bot.domain.contacts.interactions import Interaction
from bot.screens.home import publish as publish_home
from bot.services.meetings import heard
from bot.views.block_kit.ids import AgendaAction, Form, Metadata
from bot.views.meetings import agenda as views
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(AgendaAction.TO_TEAM.value)(on(open_to_team))
    routes.action(AgendaAction.TO_SESSION.value)(on(open_to_session))
    routes.view(Form.TO_TEAM.value)(on(send_to_team))
    routes.view(Form.TO_SESSION.value)(on(send_to_session))


def open_to_team(request: SlackRequest) -> None:
    """**To the team agenda**: the words are seen first."""
    found = heard.heard(request.app.database, request.actor, request.pressed.subject or 0)
    metadata = _heard_from(found.contact)
    request.show(views.build_to_team(found.market, metadata, found.contact.rep.name))


def open_to_session(request: SlackRequest) -> None:
    """**To their next session**."""
    found = heard.heard(request.app.database, request.actor, request.pressed.subject or 0)
    metadata = _heard_from(found.contact)
    request.show(views.build_to_session(found.contact.rep.name, found.market, metadata))


def _heard_from(contact: Interaction) -> Metadata:
    return Metadata(subject=contact.id, rep=contact.rep.slack_id, form=new_form())


def send_to_team(request: SlackRequest) -> None:
    """Saved before the form closes."""
    _send(request, to_session=False)


def send_to_session(request: SlackRequest) -> None:
    """Saved before the form closes."""
    _send(request, to_session=True)


def _send(request: SlackRequest, *, to_session: bool) -> None:
    entry, metadata = views.parse_item(request.state), request.metadata
    contact = heard.send(
        request.app.database,
        request.actor,
        metadata.subject or 0,
        metadata.rep,
        entry,
        request.form,
        request.now,
        to_session=to_session,
    )
    request.answer(views.build_kept(contact, to_session=to_session))
    publish_home(request.app, request.actor, request.now)
