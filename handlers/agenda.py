"""What was heard on a field day, sent to the team agenda or to the next session."""

from functools import partial

from slack_bolt import App

from bot.parts import Parts
from bot.screens.home import publish
from bot.services import agenda
from bot.views import agenda as views
from bot.views.ids import AgendaAction, Form, Metadata
from handlers.edge import Visit, new_form, visiting


def register(app: App, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.action(AgendaAction.TO_TEAM.value)(on(open_to_team))
    app.action(AgendaAction.TO_SESSION.value)(on(open_to_session))
    app.action(AgendaAction.DROP.value)(on(drop))
    app.view(Form.TO_TEAM.value)(on(send_to_team))
    app.view(Form.TO_SESSION.value)(on(send_to_session))


def open_to_team(visit: Visit) -> None:
    """**To the team agenda**: the words are seen first."""
    heard = agenda.heard(visit.parts.database, visit.actor, visit.pressed.subject or 0)
    metadata = Metadata(subject=heard.contact.id, form=new_form())
    visit.show(views.build_to_team(heard.contact.rep.name, heard.market, metadata))


def open_to_session(visit: Visit) -> None:
    """**To their next session**."""
    heard = agenda.heard(visit.parts.database, visit.actor, visit.pressed.subject or 0)
    metadata = Metadata(subject=heard.contact.id, form=new_form())
    visit.show(views.build_to_session(heard.contact.rep.name, heard.market, metadata))


def send_to_team(visit: Visit) -> None:
    """Saved before the form closes."""
    _send(visit, to_session=False)


def send_to_session(visit: Visit) -> None:
    """Saved before the form closes."""
    _send(visit, to_session=True)


def _send(visit: Visit, *, to_session: bool) -> None:
    entry, metadata = views.parse_item(visit.state), visit.metadata
    contact = agenda.send(
        visit.parts.database,
        visit.actor,
        metadata.subject or 0,
        entry,
        metadata.form or "",
        visit.now,
        to_session=to_session,
    )
    visit.answer(views.build_added(contact, to_session=to_session))
    publish(visit.parts, visit.actor, visit.now)


def drop(visit: Visit) -> None:
    """**Drop**."""
    agenda.drop(visit.parts.database, visit.actor, visit.pressed.subject or 0, visit.now)
    visit.accept()
    publish(visit.parts, visit.actor, visit.now)
