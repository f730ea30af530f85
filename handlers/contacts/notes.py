"""Plain messages to Windshield: kept exactly, for their author alone, and made more of."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.context import AppContext
from bot.domain.contacts.notes import MadeOf, NoteAnswer, form_of, opened
from bot.domain.contacts.received import KeptFile, Received, read_message
from bot.domain.contacts.touches import ABOUT_LIMIT, TouchEntry
from bot.domain.contacts.typed_text import as_typed, listed, mentioned_people
from bot.domain.field_days import FieldDayNotes, fresh_entry, notes_of_words
from bot.domain.promises import WHAT_LIMIT, Owner, PromiseEntry, usual_due_date
from bot.domain.team.teams import RepChoice
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone, Refusal, SlackSilent
from bot.messenger import SlackError
from bot.screens.contacts import answer_note, list_view, note_view, redraw_note
from bot.screens.home import publish
from bot.screens.team.people import ensure_profiles
from bot.services import field_days, promises
from bot.services.contacts import notes, touches
from bot.services.contacts.notes import Change, Standing
from bot.services.team import people
from bot.views import field_days as field_day_views
from bot.views.block_kit.ids import Form, Metadata, NoteAction
from bot.views.block_kit.kit import Message
from bot.views.contacts import note as views
from bot.views.contacts import touch as touch_views
from bot.views.contacts.note_answer import Said, build_answer
from bot.views.contacts.plain_words import build_nothing_taken
from bot.views.promises import promise as promise_views
from handlers.contacts import raising
from handlers.contacts.plain_words import answer_to
from handlers.events import Event, Lost, after_saving, saving
from handlers.listening import listener, log
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes

WRITTEN_BY_PEOPLE = {None, "file_share", "thread_broadcast", "me_message"}
"""Subtypes of messages that a person wrote just now
(https://docs.slack.dev/reference/events/message#subtypes)."""

EDITED = "message_changed"
DELETED = "message_deleted"
TOMBSTONE = "tombstone"
"""What a message becomes that was deleted, and has replies."""


@dataclass(frozen=True)
class Kept:
    """A message is a note now; `left_out` is what of it could not be taken."""

    note_id: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changed:
    """The message of a note was edited or deleted."""

    author: Actor
    note_id: int
    said: Said
    left_out: tuple[str, ...] = ()


Outcome = Message | Kept | Changed
"""What is to be said, or shown, once the event is saved."""


@dataclass(frozen=True)
class _Words:
    """A message as it is kept."""

    text: str
    files: tuple[KeptFile, ...]
    message: str
    written_at: datetime


def register(routes: Routes, app: AppContext) -> None:
    routes.event("message", middleware=[saving(app, save_message)])(after_saving(answer_message))
    on = partial(listener, app)
    routes.action(NoteAction.DAY.value)(on(pick_day))
    routes.action(NoteAction.CONTACT.value)(on(open_contact_form))
    routes.action(NoteAction.FIELD_DAY.value)(on(open_field_day_form))
    routes.action(NoteAction.PROMISE.value)(on(open_promise_form))
    routes.action(NoteAction.CHANGE.value)(on(open_change))
    routes.action(NoteAction.LEAVE.value)(on(leave))
    routes.action(NoteAction.KEEP.value)(on(save_as_note))
    routes.action(NoteAction.ALL.value)(on(open_list))
    routes.action(NoteAction.OLDER.value)(on(turn_page))
    routes.action(NoteAction.NEWEST.value)(on(turn_page))
    routes.action(NoteAction.SHOW.value)(on(open_note))
    routes.action(NoteAction.DELETE.value)(on(delete))
    routes.action(NoteAction.PUT_BACK.value)(on(put_back))
    routes.view(Form.NOTE_CONTACT.value)(on(log_contact))
    routes.view(Form.NOTE_PROMISE.value)(on(make_promise))


def save_message(event: Event) -> Outcome | None:
    """What a manager writes is a note before Slack hears that it arrived; so is what they edit it
    to. A message that is deleted leaves its note."""
    said = event.content
    if said.get("channel_type") != "im":
        return None
    before = said.get("previous_message") or {}
    match said.get("subtype"):
        case subtype if subtype == EDITED:
            message = said.get("message") or {}
            if message.get("subtype") == TOMBSTONE:
                # Slack says that Slackbot wrote it.
                author = Actor(event.actor.workspace_id, str(before.get("user")))
                return _save_deletion(replace(event, actor=author), str(message.get("ts")))
            return _save_edit(event, message, before)
        case subtype if subtype == DELETED:
            return _save_deletion(event, str(said.get("deleted_ts") or before.get("ts")))
        case subtype if subtype in WRITTEN_BY_PEOPLE:
            return _save_new(event, said)
    return None


def _save_new(event: Event, message: Mapping[str, Any]) -> Outcome | None:
    app, actor = event.app, event.actor
    standing = notes.standing(app.database, actor, event.now)
    if message.get("bot_id") and standing is not Standing.MANAGER:
        return None  # what an app posts is words only where it posts them for a manager
    received = read_message(message)
    if standing is Standing.REP:
        return raising.answer_words(event, received.text)
    if standing is not Standing.MANAGER or not received.files:
        answer = answer_to(standing, str(message.get("text") or ""))
        if answer is not None and not message.get("attachments"):
            return raising.with_own_help(event, answer)
    if standing is not Standing.MANAGER:
        return answer_to(standing, "")
    if received.is_empty:
        return _nothing_taken(received)
    words = _words(event, message, received)
    note_id = notes.save_message(
        app.database, actor, words.text, words.files, words.message, words.written_at
    )
    return Kept(note_id, received.left_out) if note_id is not None else None


def _save_edit(
    event: Event, message: Mapping[str, Any], before: Mapping[str, Any]
) -> Outcome | None:
    """Slack tells of a change also where it unfolds a link: nobody edited anything then."""
    app, actor = event.app, event.actor
    if message.get("subtype") not in WRITTEN_BY_PEOPLE or not message.get("edited"):
        return None
    standing = notes.standing(app.database, actor, event.now)
    if standing is not Standing.MANAGER:
        return None
    raw = str(message.get("text") or "")
    received = read_message(message)
    key = f"{event.content['channel']}:{message['ts']}"
    is_note = notes.of_message(app.database, actor, key) is not None
    if not is_note and not received.files:
        answer = answer_to(standing, raw)
        if answer is not None:
            return answer if raw != before.get("text") else None
    if received.is_empty:
        return None
    words = _words(event, message, received)
    at = _instant(str(event.content["ts"]))
    note_id, change = notes.edit_message(
        app.database, actor, words.text, words.files, words.message, words.written_at, at
    )
    match change:
        case Change.NEW:
            return Kept(note_id, received.left_out)
        case Change.CHANGED:
            return Changed(actor, note_id, Said.EDITED, received.left_out)
    return None


def _save_deletion(event: Event, ts: str) -> Outcome | None:
    """Nothing is lost by it: the note is its author's, who may delete it too."""
    app, actor = event.app, event.actor
    if notes.standing(app.database, actor, event.now) is not Standing.MANAGER:
        return None
    note_id = notes.of_message(app.database, actor, f"{event.content['channel']}:{ts}")
    return Changed(actor, note_id, Said.DELETED) if note_id is not None else None


def _nothing_taken(received: Received) -> Message | None:
    return build_nothing_taken(listed(received.left_out)) if received.left_out else None


def _words(event: Event, message: Mapping[str, Any], received: Received) -> _Words:
    """The words as they are kept: with the names of whom they mention, where Slack says them."""
    app, workspace_id = event.app, event.actor.workspace_id
    mentioned = mentioned_people(received.text)
    if mentioned:
        with suppress(SlackSilent):  # the words count more than a name in them
            ensure_profiles(app, workspace_id, mentioned)
    names = people.names(app.database, workspace_id, mentioned) if mentioned else {}
    return _Words(
        as_typed(received.text, names),
        received.files,
        f"{event.content['channel']}:{message['ts']}",
        _instant(str(message["ts"])),
    )


def _instant(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)


def answer_message(event: Event, outcome: Outcome | Lost) -> None:
    """Say what became of it, in the conversation it was written in."""
    app, actor, channel = event.app, event.actor, str(event.content["channel"])
    try:
        match outcome:
            case Lost():
                app.messenger.post(channel, views.build_not_kept(outcome.reference))
            case Kept():
                answer_note(app, actor, channel, outcome.note_id, outcome.left_out, event.now)
            case Changed():
                author, said = outcome.author, outcome.said
                redraw_note(app, author, outcome.note_id, event.now, said, outcome.left_out)
            case _:
                app.messenger.post(channel, outcome)
    except (SlackError, DatabaseUnavailableError, Refusal) as error:
        log.warning("a message was not answered: %s", log_words(error))


def pick_day(request: SlackRequest) -> None:
    """The day stands beside the buttons and comes with whichever is pressed."""
    request.accept()


def open_contact_form(request: SlackRequest) -> None:
    """**Contact**: the form, filled with the note, or as it was sent before."""
    _show_contact_form(request, _found(request), None)


def _show_contact_form(request: SlackRequest, found: NoteAnswer, words: str | None) -> None:
    """`words` stand in place of those of a contact that was made of it before."""
    database, actor, text = request.app.database, request.actor, found.kept.note.text
    choice = touches.rep_choice(database, actor, request.now)
    made = found.made_as(MadeOf.CONTACT)
    if made is not None and made.logged is not None:
        entry = notes.contact_of(database, actor, found.kept.note.id, made.logged)
        entry = entry if words is None else replace(entry, about=words)
    else:
        day = views.parse_day(request.state) or found.day or found.kept.day
        entry = TouchEntry(found.rep or "", None, day, text[:ABOUT_LIMIT])
    metadata = _form_of(request, MadeOf.CONTACT)
    request.show(views.build_contact_form(choice, entry, text, metadata))


def open_field_day_form(request: SlackRequest) -> None:
    """**Field day**: the form where it was left, or filled with the note: what reads as visits, and
    the rest."""
    request.app.autosave.settle(request.actor)
    found = _found(request)
    if found.made_as(MadeOf.FIELD_DAY) is not None:
        _show_field_day(request, found, FieldDayNotes())
        return
    database, actor, text = request.app.database, request.actor, found.kept.note.text
    choice = touches.rep_choice(database, actor, request.now)
    day = views.parse_day(request.state) or found.day or found.kept.day
    rep = found.rep or ""
    entry = replace(fresh_entry(rep, choice.today), day=day, notes=notes_of_words(text))
    form = form_of(_subject(request), MadeOf.FIELD_DAY)
    draft = field_days.half_made(database, actor, form)
    before = replace(field_days.before(database, actor, rep, request.now), draft=draft)
    # Its subject would be a contact that it changes.
    metadata = Metadata(
        form=draft.form if draft else opened(form, new_form()), answer=request.response_url
    )
    view = field_day_views.build_field_day_form(choice, entry, before, metadata)
    request.show(views.hinted_field_day(view, text))


def _show_field_day(request: SlackRequest, found: NoteAnswer, words: FieldDayNotes) -> None:
    """The field day that was made of a note, with `words` where they say something."""
    made = found.made_as(MadeOf.FIELD_DAY)
    if made is None or made.logged is None:
        raise Gone
    database, actor, contact_id = request.app.database, request.actor, made.logged.touch.id
    choice = touches.rep_choice(database, actor, request.now)
    field_day = field_days.get(database, actor, contact_id, request.now)
    said = replace(
        field_day.notes,
        visits=words.visits or field_day.notes.visits,
        market=words.market or field_day.notes.market,
    )
    form = opened(form_of(_subject(request), MadeOf.FIELD_DAY), new_form())
    metadata = Metadata(subject=contact_id, form=form)
    request.show(
        field_day_views.build_field_day_change_form(
            choice, replace(field_day, notes=said), metadata, draft=None
        )
    )


def open_promise_form(request: SlackRequest) -> None:
    """**Promise**: the form, filled with the note, or as it was sent before."""
    _show_promise_form(request, _found(request), None)


def _show_promise_form(request: SlackRequest, found: NoteAnswer, words: str | None) -> None:
    text = found.kept.note.text
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    entry = _promise_entry(found, choice, words)
    metadata = _form_of(request, MadeOf.PROMISE)
    request.show(views.build_promise_of_note(choice, entry, text, metadata))


def _promise_entry(found: NoteAnswer, choice: RepChoice, words: str | None) -> PromiseEntry:
    made = found.made_as(MadeOf.PROMISE)
    promise = made.promise if made is not None else None
    if promise is not None:
        what = promise.what if words is None else words
        return PromiseEntry(promise.rep.slack_id, promise.owner, what, promise.due_on)
    due = found.due or usual_due_date(choice.today)
    return PromiseEntry(found.rep or "", Owner.MANAGER, found.kept.note.text[:WHAT_LIMIT], due)


def open_change(request: SlackRequest) -> None:
    """**Change it**: what was made of an edited message, with the words as they are now, to be
    looked at before they are saved."""
    found = _found(request)
    text = found.kept.note.text
    match request.pressed.step:
        case MadeOf.CONTACT:
            _show_contact_form(request, found, text[:ABOUT_LIMIT])
        case MadeOf.FIELD_DAY:
            _show_field_day(request, found, notes_of_words(text))
        case MadeOf.PROMISE:
            _show_promise_form(request, found, text[:WHAT_LIMIT])
        case _:
            raise Gone


def leave(request: SlackRequest) -> None:
    """**Leave it**: what was made stays as it is."""
    request.accept()
    notes.get(request.app.database, request.actor, _subject(request), request.now)
    _redraw(request, _subject(request), request.response_url)


def _found(request: SlackRequest) -> NoteAnswer:
    return notes.to_use(request.app.database, request.actor, _subject(request), request.now)


def _form_of(request: SlackRequest, what: MadeOf) -> Metadata:
    subject = _subject(request)
    return Metadata(subject=subject, form=form_of(subject, what), answer=request.response_url)


def log_contact(request: SlackRequest) -> None:
    """The contact is saved before the form closes; the note stays as it is."""
    entry = touch_views.parse_touch_form(request.state)
    touches.log_form(request.app.database, request.actor, entry, request.form, request.now)
    request.accept()
    _redraw(request, request.metadata.subject or 0, request.metadata.answer)


def make_promise(request: SlackRequest) -> None:
    """The promise is saved before the form closes; the note stays as it is."""
    entry = promise_views.parse_promise_form(request.state)
    promises.make(
        request.app.database, request.actor, entry, request.form, request.now, raised=False
    )
    request.accept()
    _redraw(request, request.metadata.subject or 0, request.metadata.answer)


def _redraw(request: SlackRequest, note_id: int, answer_url: str | None) -> None:
    redraw_note(request.app, request.actor, note_id, request.now, answer_url=answer_url)


def save_as_note(request: SlackRequest) -> None:
    """**Keep as note**."""
    answer = notes.answer(request.app.database, request.actor, _subject(request), request.now)
    request.redraw(build_answer(answer, Said.KEPT_SO))


def open_list(request: SlackRequest) -> None:
    """**Your notes**."""
    request.show(list_view(request.app, request.actor, request.now))


def turn_page(request: SlackRequest) -> None:
    """**Older**, **Newest**."""
    request.turn_into(list_view(request.app, request.actor, request.now, request.pressed.page))


def open_note(request: SlackRequest) -> None:
    """**Open**: one note, whole."""
    page = request.pressed.page
    request.show(note_view(request.app, request.actor, _subject(request), page, request.now))


def delete(request: SlackRequest) -> None:
    """**Delete note**, from its answer or from where it stands open."""
    subject = _subject(request)
    notes.delete(request.app.database, request.actor, subject, request.now)
    if request.in_modal:
        request.turn_into(views.build_deleted_note(subject, request.metadata))
        _redraw_list(request)
    else:
        request.redraw(views.build_deleted(subject))


def put_back(request: SlackRequest) -> None:
    """**Put it back**."""
    subject = _subject(request)
    notes.put_back(request.app.database, request.actor, subject)
    if request.in_modal:
        page = request.metadata.page
        request.turn_into(note_view(request.app, request.actor, subject, page, request.now))
        _redraw_list(request)
    else:
        answer = notes.answer(request.app.database, request.actor, subject, request.now)
        request.redraw(build_answer(answer))


def _redraw_list(request: SlackRequest) -> None:
    """The list beneath an open note shows what became of it, and so does App Home."""
    if request.view.get("previous_view_id"):
        request.draw_beneath(
            list_view(request.app, request.actor, request.now, request.metadata.page)
        )
    publish(request.app, request.actor, request.now)


def _subject(request: SlackRequest) -> int:
    return request.pressed.subject or 0
