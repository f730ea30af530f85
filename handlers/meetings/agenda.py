"""`/agenda`, its items and the notes of a meeting; and what was heard on a field day, sent to the
team agenda or to the next session."""

from collections.abc import Callable
from functools import partial

from bot.domain.contacts.typed_text import PERSON_MENTION, as_typed, mentioned_people
from bot.domain.meetings.agenda import ITEM_LIMIT, AgendaDesk, ItemAdded
from bot.domain.workspaces.refusals import Gone
from bot.parts import Parts
from bot.screens.home import publish as publish_home
from bot.services.meetings import agenda, agenda_view, meetings, notes
from bot.services.team import people
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AgendaAction, Form, Metadata
from bot.views.block_kit.kit import Message
from bot.views.meetings import agenda as views
from bot.views.meetings import notes as note_views
from bot.views.meetings.draft import build_draft
from handlers.request import Visit, new_form, visiting
from handlers.routes import Routes

PRIVATE = ("directmessage", "privategroup")
"""What Slack calls a place in a shortcut's payload whose messages are not everyone's."""


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.command("/agenda")(on(command))
    app.message_shortcut(AgendaAction.FROM_MESSAGE.value)(on(open_for_message))
    for action, work in PRESSED.items():
        app.action(action.value)(on(work))
    app.view(Form.TO_TEAM.value)(on(send_to_team))
    app.view(Form.TO_SESSION.value)(on(send_to_session))
    app.view(Form.ITEM.value)(on(add))
    app.view(Form.ITEM_CHANGE.value)(on(save_change))
    app.view(Form.OWNER.value)(on(give_owner))


def command(visit: Visit) -> None:
    """`/agenda`: help, the next agenda, or an item for it."""
    typed = _named(visit, visit.text).strip()
    if typed.lower() == "help":
        visit.answer(kit.message(views.USAGE))
    elif typed:
        channel = str(visit.body.get("channel_id") or "")
        added = agenda.add_line(
            visit.parts.database, visit.actor, typed, channel, new_form(), visit.now
        )
        visit.answer(views.build_added(added))
    else:
        visit.show(views.build_desk(_next(visit)))


def _named(visit: Visit, raw: str) -> str:
    """Words as they were typed, with everyone who is mentioned by their name in Windshield."""
    mentioned = mentioned_people(raw)
    known = people.names(visit.parts.database, visit.actor.workspace_id, mentioned)
    return as_typed(PERSON_MENTION.sub(lambda one: f"<@{one['id']}>", raw), known)


def _next(visit: Visit) -> AgendaDesk:
    channel = str(visit.body.get("channel_id") or "") or None
    return agenda_view.desk(visit.parts.database, visit.actor, channel, visit.now)


def open_desk(visit: Visit) -> None:
    """**Arrange**, **Agenda**: all that is on the next agenda."""
    visit.show(views.build_desk(pressed_desk(visit)))


def pressed_desk(visit: Visit) -> AgendaDesk:
    """The agenda of the meeting that a button names; the next one where it names none."""
    subject = visit.pressed.subject
    if subject is None:
        return _next(visit)
    return agenda_view.desk_of(visit.parts.database, visit.actor, subject, visit.now)


def turn_page(visit: Visit) -> None:
    """**More** and **Earlier**."""
    start = views.parse_page(visit.pressed.page)
    desk = desk_of_modal(visit)
    visit.turn_into(views.build_desk(desk, start))


def desk_of_modal(visit: Visit) -> AgendaDesk:
    """The agenda that the modal in front shows."""
    meeting = visit.metadata.subject
    if meeting is None:
        return _next(visit)
    return agenda_view.desk_of(visit.parts.database, visit.actor, meeting, visit.now)


def open_for_message(visit: Visit) -> None:
    """The shortcut on a message: its words and its link; those of a private place stay there."""
    channel = visit.body.get("channel") or {}
    name, place = str(channel.get("name") or ""), str(channel.get("id") or "")
    if name in PRIVATE or name.startswith("mpdm-") or not place.startswith("C"):
        visit.show(kit.as_modal(views.build_private_place()))
        return
    desk = agenda_view.desk(visit.parts.database, visit.actor, place, visit.now)
    message = visit.body.get("message") or {}
    author = str(message.get("user") or "")
    names = people.names(visit.parts.database, visit.actor.workspace_id, [author])
    words = kit.shorten(_named(visit, str(message.get("text") or "")).strip(), ITEM_LIMIT)
    ts = str(visit.body.get("message_ts") or "")
    metadata = Metadata(
        subject=desk.agenda.meeting.id if desk.agenda else None,
        form=new_form(),
        text=_link(visit, place, ts, names.get(author, "")),
        channel=place,
    )
    sections = desk.team.settings.meeting.sections
    visit.show(views.build_item_form(sections, metadata, leads=desk.role.leads, words=words))


def _link(visit: Visit, channel: str, ts: str, author: str) -> str:
    """Where the message stands, as Slack itself writes it; the payload has no link of its own, and
    names the workspace of whoever acts, or none."""
    address = visit.parts.addresses.get(visit.actor.workspace_id) or "https://slack.com/"
    label = f"{author}'s message" if author else "message"
    place = f"{address}archives/{channel}/p{ts.replace('.', '')}"
    return f"{place}|{kit.escape(label).replace('|', ' ')}"


def open_form(visit: Visit) -> None:
    """**Add an item**, from the channel, the draft, the agenda or the notes."""
    seen(visit)
    desk = pressed_desk(visit)
    under = visit.view.get("id") if visit.in_modal else None
    metadata = Metadata(
        subject=desk.agenda.meeting.id if desk.agenda else None,
        form=new_form(),
        under=under,
        step=visit.view.get("callback_id") if under else None,
    )
    sections = desk.team.settings.meeting.sections
    visit.show(views.build_item_form(sections, metadata, leads=desk.role.leads))


def open_for_session(visit: Visit) -> None:
    """**To the team agenda**, from a session: the words are seen and changed first."""
    subject = visit.pressed.subject or 0
    found = agenda_view.words_of_session(visit.parts.database, visit.actor, subject, visit.now)
    _open_with(visit, *found)


def open_for_promise(visit: Visit) -> None:
    """**To the team agenda**, from a promise."""
    subject = visit.pressed.subject or 0
    found = agenda_view.words_of_promise(visit.parts.database, visit.actor, subject, visit.now)
    _open_with(visit, *found)


def _open_with(visit: Visit, desk: AgendaDesk, words: str) -> None:
    meeting = desk.agenda.meeting.id if desk.agenda else None
    sections = desk.team.settings.meeting.sections
    metadata = Metadata(subject=meeting, form=new_form())
    visit.show(views.build_item_form(sections, metadata, leads=True, words=words))


def add(visit: Visit) -> None:
    """Saved before the form closes or becomes the answer."""
    entry, metadata = views.parse_item_form(visit.state), visit.metadata
    entry = views.linked(entry, metadata.text or "")
    added = agenda.add(
        visit.parts.database,
        visit.actor,
        entry,
        metadata.subject,
        metadata.channel,
        metadata.form or "",
        visit.now,
    )
    _close_or_say(visit, added)


def _close_or_say(visit: Visit, added: ItemAdded) -> None:
    """Show it in the modal beneath; where there is none, or it asks something, say it."""
    metadata = visit.metadata
    if metadata.under is None or added.about is not None:
        visit.answer(views.build_added(added))
    else:
        visit.accept()
    if metadata.under and metadata.subject:
        database, actor = visit.parts.database, visit.actor
        desk = agenda_view.desk_of(database, actor, metadata.subject, visit.now)
        in_notes = metadata.step == Form.NOTES
        view = note_views.build_notes(desk) if in_notes else views.build_desk(desk)
        visit.draw_beneath(view)


def open_change_form(visit: Visit) -> None:
    """**Change**."""
    added = agenda.one(visit.parts.database, visit.actor, visit.pressed.subject or 0, visit.now)
    in_desk = visit.in_modal and visit.view.get("callback_id") == Form.AGENDA
    under = visit.view.get("id") if in_desk else None
    metadata = Metadata(subject=added.item.id, under=under)
    sections = added.team.settings.meeting.sections
    visit.show(views.build_item_form(sections, metadata, leads=added.role.leads, item=added.item))


def save_change(visit: Visit) -> None:
    """Saved before the form closes, then shown where it was asked for."""
    metadata, database = visit.metadata, visit.parts.database
    entry = views.parse_item_form(visit.state)
    added = agenda.change(database, visit.actor, metadata.subject or 0, entry, visit.now)
    if metadata.under and added.about is None:
        visit.accept()
    else:
        visit.answer(views.build_added(added))
    if metadata.under:
        desk = agenda_view.next_desk(database, visit.actor, added.team.id, visit.now)
        visit.draw_beneath(views.build_desk(desk))


def follow_menu(visit: Visit) -> None:
    """The ⋯ menu of an item."""
    work = ITEM_MENU.get(AgendaAction(visit.pressed.step)) if visit.pressed.step else None
    if work is None:
        raise Gone
    work(visit)


def _show(visit: Visit, otherwise: Message) -> None:
    """What was done is seen where it was pressed: in the agenda, in the draft, or as an answer in
    place of what was asked."""
    if visit.in_modal and visit.view.get("callback_id") == Form.AGENDA:
        start = views.parse_page(visit.metadata.page)
        visit.turn_into(views.build_desk(desk_of_modal(visit), start))
        return
    container = visit.body.get("container") or {}
    place = str(container.get("channel_id") or ""), str(container.get("message_ts") or "")
    meeting = meetings.shown_at(visit.parts.database, visit.actor.workspace_id, *place)
    if meeting is not None:
        desk = agenda_view.desk_of(visit.parts.database, visit.actor, meeting, visit.now)
        visit.redraw(build_draft(desk))
    else:
        visit.redraw(otherwise)


def drop(visit: Visit) -> None:
    """**Drop**."""
    item = agenda.drop(visit.parts.database, visit.actor, visit.pressed.subject or 0, visit.now)
    _show(visit, views.build_dropped(item))


def put_back(visit: Visit) -> None:
    """**Put it back**."""
    subject = visit.pressed.subject or 0
    added = agenda.put_back(visit.parts.database, visit.actor, subject, visit.now)
    _show(visit, views.build_added(added))


def _move(steps: int) -> Callable[[Visit], None]:
    def move(visit: Visit) -> None:
        subject = visit.pressed.subject or 0
        item = agenda.move(visit.parts.database, visit.actor, subject, steps, visit.now)
        _show(visit, kit.message(f"Moved: “{kit.quote(item.text)}”"))

    return move


FAR = 1000
"""Steps to the first place, wherever an item is."""


def move_to_session(visit: Visit) -> None:
    """**Move to their session**."""
    subject = visit.pressed.subject or 0
    about = agenda.to_session(visit.parts.database, visit.actor, subject, visit.now)
    _show(visit, views.build_moved_to_session(about))


def make_a_win(visit: Visit) -> None:
    """**It's a win**: so it may name somebody."""
    subject = visit.pressed.subject or 0
    added = agenda.make_a_win(visit.parts.database, visit.actor, subject, visit.now)
    _show(visit, views.build_added(added))


def add_suggested(visit: Visit) -> None:
    """**Add**: a suggestion from the binder."""
    pressed = visit.pressed
    entry = views.suggested_entry(pressed)
    added = agenda.add(visit.parts.database, visit.actor, entry, None, None, new_form(), visit.now)
    _show(visit, views.build_added(added))


def publish(visit: Visit) -> None:
    """**Publish**: all that is on the agenda goes out."""
    subject = visit.pressed.subject or 0
    agenda.publish(visit.parts.database, visit.actor, subject, visit.now)
    _show(visit, kit.message("Published: all of it goes out."))


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
    visit.answer(views.build_kept(contact, to_session=to_session))
    publish_home(visit.parts, visit.actor, visit.now)


def open_owner(visit: Visit) -> None:
    """**Give it an owner**."""
    added = agenda.one(visit.parts.database, visit.actor, visit.pressed.subject or 0, visit.now)
    visit.show(note_views.build_owner_form(added.item, new_form()))


def give_owner(visit: Visit) -> None:
    """Saved before the form becomes the answer."""
    metadata = visit.metadata
    said = note_views.parse_asked_promise(visit.state)
    notes.give_owner(
        visit.parts.database,
        visit.actor,
        metadata.subject or 0,
        said,
        metadata.form or "",
        visit.now,
    )
    visit.answer(note_views.build_owned(said))


def seen(visit: Visit) -> None:
    """A press on the agenda in the channel shows that it is there."""
    container = visit.body.get("container") or {}
    channel, ts = str(container.get("channel_id") or ""), str(container.get("message_ts") or "")
    in_channel = container.get("type") == "message" and not channel.startswith("D")
    if in_channel and not container.get("is_ephemeral"):
        workspace_id, subject = visit.actor.workspace_id, visit.pressed.subject or 0
        meetings.agenda_seen(visit.parts.database, workspace_id, subject, channel, ts)


ITEM_MENU: dict[AgendaAction, Callable[[Visit], None]] = {
    AgendaAction.CHANGE: open_change_form,
    AgendaAction.UP: _move(-1),
    AgendaAction.DOWN: _move(1),
    AgendaAction.FIRST: _move(-FAR),
    AgendaAction.DROP: drop,
    AgendaAction.OWNER: open_owner,
}
PRESSED: dict[AgendaAction, Callable[[Visit], None]] = {
    AgendaAction.TO_TEAM: open_to_team,
    AgendaAction.TO_SESSION: open_to_session,
    AgendaAction.FROM_SESSION: open_for_session,
    AgendaAction.OPEN: open_desk,
    AgendaAction.ADD: open_form,
    AgendaAction.CHANGE: open_change_form,
    AgendaAction.DROP: drop,
    AgendaAction.PUT_BACK: put_back,
    AgendaAction.MENU: follow_menu,
    AgendaAction.PAGE: turn_page,
    AgendaAction.PAGE_BACK: turn_page,
    AgendaAction.MOVE_TO_SESSION: move_to_session,
    AgendaAction.A_WIN: make_a_win,
    AgendaAction.SUGGESTED: add_suggested,
    AgendaAction.PUBLISH: publish,
}
