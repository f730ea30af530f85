"""What reps bring up themselves: **Raise something**, **Ask for time**, and what they write."""

from functools import partial

from bot.context import AppContext
from bot.domain.meetings.agenda import ITEM_LIMIT
from bot.domain.team.teams import Seats
from bot.domain.workspaces.people import Actor
from bot.screens.delivery.answers import answer, redraw_answer
from bot.screens.home import publish
from bot.screens.team.people import typed_words
from bot.services.contacts import raising
from bot.services.meetings import agenda_view
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, RaisedAction
from bot.views.block_kit.kit import Message
from bot.views.contacts import raising as views
from bot.views.meetings.agenda import build_item_form
from handlers.contacts.plain_words import Asked, asked_in
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(RaisedAction.RAISE.value)(on(partial(open_form, for_time=False)))
    routes.action(RaisedAction.ASK_FOR_TIME.value)(on(partial(open_form, for_time=True)))
    routes.action(RaisedAction.TO_AGENDA.value)(on(open_agenda_item))
    routes.action(RaisedAction.TO_OTHER_AGENDA.value)(on(open_agenda_item))
    routes.action(RaisedAction.TAKE_BACK.value)(on(take_back))
    routes.view(Form.RAISE.value)(on(partial(save, for_time=False)))
    routes.view(Form.ASK_FOR_TIME.value)(on(partial(save, for_time=True)))


def open_form(request: SlackRequest, *, for_time: bool) -> None:
    """**Raise something** or **Ask for time**: on Home, or beneath what a rep wrote."""
    teams = raising.teams_of(request.app.database, request.actor, request.now)
    home = request.metadata.home if request.in_home else None
    # An answer that Slack lets nobody change any more is left as it is.
    place = None if request.is_too_old else request.response_url
    metadata = Metadata(form=new_form(), answer=place, home=home)
    words, manager = request.pressed.text or "", request.pressed.step
    request.show(views.build_form(teams, words, manager, metadata, for_time=for_time))


def save(request: SlackRequest, *, for_time: bool) -> None:
    """Saved before the form closes, then shown where it was asked for and on Home."""
    entry, metadata = views.parse_form(request.state, for_time=for_time), request.metadata
    raised = raising.raise_something(
        request.app.database, request.actor, entry, request.form, request.now
    )
    request.accept()
    said = views.build_raised(raised)
    if metadata.answer:
        redraw_answer(request.app, metadata.answer, said)
    elif metadata.home is None:
        answer(request.app, request.actor, said, None, f"promise:{raised.promise.id}")
    publish(request.app, request.actor, request.now, start=metadata.home or 0)


def answer_words(app: AppContext, actor: Actor, seats: Seats, raw: str) -> Message:
    """What a rep writes is kept nowhere; the answer offers what can be made of it. May ask Slack
    whom the words mention: the message is acknowledged by then."""
    if asked_in(raw) in (Asked.HELP, Asked.GREETING):
        return views.build_help(seats, "")
    return views.build_words(seats.on, typed_words(app, actor.workspace_id, raw).strip())


def open_agenda_item(request: SlackRequest) -> None:
    """**Add to the agenda**: the form of an item, with what the rep wrote in it."""
    team = request.pressed.subject or 0
    found = agenda_view.next_view(request.app.database, request.actor, team, request.now)
    meeting = found.agenda.meeting.id if found.agenda else None
    words = kit.shorten(request.pressed.text or "", ITEM_LIMIT)
    sections = found.team.settings.meeting.sections
    metadata = Metadata(subject=meeting, form=new_form())
    request.show(build_item_form(sections, metadata, leads=found.role.leads, words=words))


def take_back(request: SlackRequest) -> None:
    """**Take it back**, from the answer or from Home."""
    subject = request.pressed.subject or 0
    raised = raising.take_back(request.app.database, request.actor, subject, request.now)
    if request.in_home:
        request.accept()
        publish(request.app, request.actor, request.now, start=request.metadata.home or 0)
        return
    request.redraw(views.build_taken_back(raised))
    publish(request.app, request.actor, request.now)
