"""`/agenda`, and the items of an agenda."""

from collections.abc import Callable
from functools import partial

from bot.context import AppContext
from bot.domain.meetings.agenda import ITEM_LIMIT, AgendaView, ItemAdded
from bot.domain.workspaces.names import PERSON_MENTION
from bot.domain.workspaces.refusals import Gone
from bot.domain.workspaces.words import bare
from bot.screens.team.people import typed_words
from bot.services.meetings import agenda, agenda_view, meetings, notes
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AgendaAction, Form, Metadata
from bot.views.block_kit.kit import Message
from bot.views.meetings import agenda as views
from bot.views.meetings import notes as note_views
from bot.views.meetings.draft import build_draft
from handlers.help import answer_help
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes

PRIVATE = ("directmessage", "privategroup")
"""What Slack calls a place in a shortcut's payload whose messages are not everyone's."""


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.command("/agenda")(on(command))
    routes.message_shortcut(AgendaAction.FROM_MESSAGE.value)(on(open_for_message))
    for action, work in PRESSED.items():
        routes.action(action.value)(on(work))
    routes.view(Form.ITEM.value)(on(add))
    routes.view(Form.ITEM_CHANGE.value)(on(save_change))
    routes.view(Form.OWNER.value)(on(give_owner))


def command(request: SlackRequest) -> None:
    """`/agenda`: help, the next agenda, or an item for it."""
    typed = _named(request, request.text).strip()
    if bare(typed) == "help":
        answer_help(request, views.USAGE)
    elif typed:
        channel = str(request.body.get("channel_id") or "")
        added = agenda.add_line(
            request.app.database, request.actor, typed, channel, request.form, request.now
        )
        request.answer(views.build_added(added))
    else:
        request.show(views.build_agenda(_next(request)))


def _named(request: SlackRequest, raw: str) -> str:
    """Words as they were typed, with everyone who is mentioned by their name in Windshield."""
    # Not by the name that Slack's own list had for them as they were picked.
    unlabelled = PERSON_MENTION.sub(lambda one: f"<@{one['id']}>", raw)
    return typed_words(request.app, request.actor.workspace_id, unlabelled)


def _next(request: SlackRequest) -> AgendaView:
    channel = str(request.body.get("channel_id") or "") or None
    return agenda_view.view(request.app.database, request.actor, channel, request.now)


def open_agenda(request: SlackRequest) -> None:
    """**Arrange**, **Agenda**: all that is on the next agenda."""
    request.show(views.build_agenda(pressed_agenda(request)))


def pressed_agenda(request: SlackRequest) -> AgendaView:
    """The agenda of the meeting that a button names; the next one where it names none."""
    subject = request.pressed.subject
    if subject is None:
        return _next(request)
    return agenda_view.view_of(request.app.database, request.actor, subject, request.now)


def turn_page(request: SlackRequest) -> None:
    """**More** and **Earlier**."""
    start = views.parse_page(request.pressed.page)
    agenda = agenda_of_modal(request)
    request.turn_into(views.build_agenda(agenda, start))


def agenda_of_modal(request: SlackRequest) -> AgendaView:
    """The agenda that the modal in front shows."""
    meeting = request.metadata.subject
    if meeting is None:
        return _next(request)
    return agenda_view.view_of(request.app.database, request.actor, meeting, request.now)


def open_for_message(request: SlackRequest) -> None:
    """The shortcut on a message: its words and its link; those of a private place stay there."""
    channel = request.body.get("channel") or {}
    name, place = str(channel.get("name") or ""), str(channel.get("id") or "")
    if name in PRIVATE or name.startswith("mpdm-") or not place.startswith("C"):
        request.show(kit.as_modal(views.build_private_place()))
        return
    agenda = agenda_view.view(request.app.database, request.actor, place, request.now)
    message = request.body.get("message") or {}
    words = kit.shorten(_named(request, str(message.get("text") or "")).strip(), ITEM_LIMIT)
    ts = str(request.body.get("message_ts") or "")
    metadata = Metadata(
        subject=agenda.agenda.meeting.id if agenda.agenda else None,
        form=new_form(),
        text=_link(request, place, ts, str(message.get("thread_ts") or "")),
        channel=place,
    )
    sections = agenda.team.settings.meeting.sections
    request.show(views.build_item_form(sections, metadata, leads=agenda.role.leads, words=words))


def _link(request: SlackRequest, channel: str, ts: str, thread: str) -> str:
    """Where the message stands, as Slack itself writes it; the payload has no link of its own, and
    names the workspace of whoever acts, or none."""
    address = request.app.addresses.get(request.actor.workspace_id) or "https://slack.com/"
    place = f"{address}archives/{channel}/p{ts.replace('.', '')}"
    # Without it Slack opens the channel, where an answer in a thread does not stand.
    return place if thread in ("", ts) else f"{place}?thread_ts={thread}&cid={channel}"


def open_form(request: SlackRequest) -> None:
    """**Add an item**, from the channel, the draft, the agenda or the notes."""
    seen(request)
    agenda = pressed_agenda(request)
    under = request.view.get("id") if request.in_modal else None
    metadata = Metadata(
        subject=agenda.agenda.meeting.id if agenda.agenda else None,
        form=new_form(),
        under=under,
        step=request.view.get("callback_id") if under else None,
    )
    sections = agenda.team.settings.meeting.sections
    request.show(views.build_item_form(sections, metadata, leads=agenda.role.leads))


def open_for_session(request: SlackRequest) -> None:
    """**To the team agenda**, from a session: the words are seen and changed first."""
    subject = request.pressed.subject or 0
    found = agenda_view.words_of_session(request.app.database, request.actor, subject, request.now)
    _open_with(request, *found)


def open_for_promise(request: SlackRequest) -> None:
    """**To the team agenda**, from a promise."""
    subject = request.pressed.subject or 0
    found = agenda_view.words_of_promise(request.app.database, request.actor, subject, request.now)
    _open_with(request, *found)


def _open_with(request: SlackRequest, agenda: AgendaView, words: str) -> None:
    meeting = agenda.agenda.meeting.id if agenda.agenda else None
    sections = agenda.team.settings.meeting.sections
    metadata = Metadata(subject=meeting, form=new_form())
    request.show(views.build_item_form(sections, metadata, leads=True, words=words))


def add(request: SlackRequest) -> None:
    """Saved before the form closes or becomes the answer."""
    entry, metadata = views.parse_item_form(request.state), request.metadata
    entry = views.linked(entry, metadata.text or "")
    added = agenda.add(
        request.app.database,
        request.actor,
        entry,
        metadata.subject,
        metadata.channel,
        request.form,
        request.now,
    )
    _close_or_say(request, added)


def _close_or_say(request: SlackRequest, added: ItemAdded) -> None:
    """Show it in the modal beneath; where there is none, or it asks something, say it."""
    metadata = request.metadata
    if metadata.under is None or added.about is not None:
        request.answer(views.build_added(added))
    else:
        request.accept()
    if metadata.under and metadata.subject:
        database, actor = request.app.database, request.actor
        agenda = agenda_view.view_of(database, actor, metadata.subject, request.now)
        in_notes = metadata.step == Form.NOTES
        view = note_views.build_notes(agenda) if in_notes else views.build_agenda(agenda)
        request.draw_beneath(view)


def open_change_form(request: SlackRequest) -> None:
    """**Change**."""
    added = agenda.get(
        request.app.database, request.actor, request.pressed.subject or 0, request.now
    )
    in_desk = request.in_modal and request.view.get("callback_id") == Form.AGENDA
    under = request.view.get("id") if in_desk else None
    metadata = Metadata(subject=added.item.id, under=under)
    sections = added.team.settings.meeting.sections
    form = views.build_item_form(sections, metadata, leads=added.role.leads, item=added.item)
    if request.in_modal and not in_desk:
        # An answer in a modal has nothing typed in it, and may be the third.
        request.turn_into(form)
    else:
        request.show(form)


def save_change(request: SlackRequest) -> None:
    """Saved before the form closes, then shown where it was asked for."""
    metadata, database = request.metadata, request.app.database
    entry = views.parse_item_form(request.state)
    added = agenda.change(database, request.actor, metadata.subject or 0, entry, request.now)
    if metadata.under and added.about is None:
        request.accept()
    else:
        request.answer(views.build_added(added))
    if metadata.under:
        shown = agenda_view.next_view(database, request.actor, added.team.id, request.now)
        request.draw_beneath(views.build_agenda(shown))


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu of an item."""
    work = ITEM_MENU.get(AgendaAction(request.pressed.step)) if request.pressed.step else None
    if work is None:
        raise Gone
    work(request)


def show_changed(request: SlackRequest, otherwise: Message) -> None:
    """What was done is seen where it was pressed: in the agenda, in the draft, or as an answer in
    place of what was asked."""
    if request.in_modal and request.view.get("callback_id") == Form.AGENDA:
        start = views.parse_page(request.metadata.page)
        request.turn_into(views.build_agenda(agenda_of_modal(request), start))
        return
    container = request.body.get("container") or {}
    place = str(container.get("channel_id") or ""), str(container.get("message_ts") or "")
    meeting = meetings.shown_at(request.app.database, request.actor.workspace_id, *place)
    if meeting is not None:
        agenda = agenda_view.view_of(request.app.database, request.actor, meeting, request.now)
        request.redraw(build_draft(agenda))
    else:
        request.redraw(otherwise)


def drop(request: SlackRequest) -> None:
    """**Drop**."""
    item = agenda.drop(
        request.app.database, request.actor, request.pressed.subject or 0, request.now
    )
    show_changed(request, views.build_dropped(item))


def put_back(request: SlackRequest) -> None:
    """**Put it back**."""
    subject = request.pressed.subject or 0
    added = agenda.put_back(request.app.database, request.actor, subject, request.now)
    show_changed(request, views.build_added(added))


def _move(steps: int) -> Callable[[SlackRequest], None]:
    def move(request: SlackRequest) -> None:
        subject = request.pressed.subject or 0
        item = agenda.move(request.app.database, request.actor, subject, steps, request.now)
        show_changed(request, kit.message(f"Moved: “{kit.quote(item.text)}”"))

    return move


FAR = 1000
"""Steps to the first place, wherever an item is."""


def move_to_session(request: SlackRequest) -> None:
    """**Move to their session**."""
    subject = request.pressed.subject or 0
    about = agenda.to_session(request.app.database, request.actor, subject, request.now)
    show_changed(request, views.build_moved_to_session(about))


def make_a_win(request: SlackRequest) -> None:
    """**It's a win**: so it may name somebody."""
    subject = request.pressed.subject or 0
    added = agenda.make_a_win(request.app.database, request.actor, subject, request.now)
    show_changed(request, views.build_added(added))


def let_in(request: SlackRequest) -> None:
    """**Let in**: what a rep added may go out."""
    subject = request.pressed.subject or 0
    added = agenda.let_in(request.app.database, request.actor, subject, request.now)
    show_changed(request, views.build_added(added))


def open_owner(request: SlackRequest) -> None:
    """**Give it an owner**."""
    added = agenda.get(
        request.app.database, request.actor, request.pressed.subject or 0, request.now
    )
    request.show(note_views.build_owner_form(added.item, new_form()))


def give_owner(request: SlackRequest) -> None:
    """Saved before the form becomes the answer."""
    metadata = request.metadata
    said = note_views.parse_asked_promise(request.state)
    owned = notes.give_owner(
        request.app.database,
        request.actor,
        metadata.subject or 0,
        said,
        request.form,
        request.now,
    )
    asked, team = owned.question, owned.team
    if asked is not None:
        request.answer(note_views.build_asked([asked], owned.role, team.manager.name))
    else:
        request.answer(note_views.build_owned(said))


def seen(request: SlackRequest) -> None:
    """A press on the agenda in the channel shows that it is there."""
    container = request.body.get("container") or {}
    channel, ts = str(container.get("channel_id") or ""), str(container.get("message_ts") or "")
    in_channel = container.get("type") == "message" and not channel.startswith("D")
    if in_channel and not container.get("is_ephemeral"):
        workspace_id, subject = request.actor.workspace_id, request.pressed.subject or 0
        meetings.agenda_seen(request.app.database, workspace_id, subject, channel, ts)


ITEM_MENU: dict[AgendaAction, Callable[[SlackRequest], None]] = {
    AgendaAction.LET_IN: let_in,
    AgendaAction.CHANGE: open_change_form,
    AgendaAction.UP: _move(-1),
    AgendaAction.DOWN: _move(1),
    AgendaAction.FIRST: _move(-FAR),
    AgendaAction.DROP: drop,
    AgendaAction.OWNER: open_owner,
}
PRESSED: dict[AgendaAction, Callable[[SlackRequest], None]] = {
    AgendaAction.FROM_SESSION: open_for_session,
    AgendaAction.OPEN: open_agenda,
    AgendaAction.ADD: open_form,
    AgendaAction.CHANGE: open_change_form,
    AgendaAction.DROP: drop,
    AgendaAction.PUT_BACK: put_back,
    AgendaAction.MENU: follow_menu,
    AgendaAction.PAGE: turn_page,
    AgendaAction.PAGE_BACK: turn_page,
    AgendaAction.MOVE_TO_SESSION: move_to_session,
    AgendaAction.A_WIN: make_a_win,
    AgendaAction.LET_IN: let_in,
}
