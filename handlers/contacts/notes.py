"""Plain messages to Windshield: kept exactly, for their author alone, and made more of."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.context import AppContext
from bot.domain.contacts.typed_text import as_typed, mentioned_people
from bot.domain.workspaces.refusals import SlackSilent
from bot.domain.workspaces.words import bare
from bot.messenger import SlackError
from bot.screens.contacts import answer_note, list_view, note_view, redraw_answers
from bot.screens.home import publish
from bot.screens.team.people import ensure_profiles
from bot.services import promises
from bot.services.contacts import notes, touches
from bot.services.contacts import raising as raising_services
from bot.services.contacts.notes import Standing
from bot.services.team import people
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, NoteAction
from bot.views.block_kit.kit import Message
from bot.views.contacts import note as views
from bot.views.contacts import touch as touch_views
from bot.views.contacts.raising import build_help
from bot.views.promises import promise as promise_views
from handlers.contacts import raising
from handlers.events import Event, Lost, after_saving, saving
from handlers.request import SlackRequest, listener, log, new_form
from handlers.routes import Routes

WRITTEN_BY_PEOPLE = {None, "file_share", "thread_broadcast", "me_message"}
"""Subtypes of messages that a person wrote just now; edits, deletions and joins are none
(https://docs.slack.dev/reference/events/message#subtypes)."""


@dataclass(frozen=True)
class Answer:
    """What to say to a message; `note_id` where it was kept."""

    message: Message
    note_id: int | None = None


def register(routes: Routes, app: AppContext) -> None:
    routes.event("message", middleware=[saving(app, save_message)])(after_saving(answer_message))
    on = partial(listener, app)
    routes.action(NoteAction.DAY.value)(on(pick_day))
    routes.action(NoteAction.CONTACT.value)(on(open_contact_form))
    routes.action(NoteAction.PROMISE.value)(on(open_promise_form))
    routes.action(NoteAction.KEEP.value)(on(save_as_note))
    routes.action(NoteAction.ALL.value)(on(open_list))
    routes.action(NoteAction.OLDER.value)(on(turn_page))
    routes.action(NoteAction.NEWEST.value)(on(turn_page))
    routes.action(NoteAction.SHOW.value)(on(open_note))
    routes.action(NoteAction.DELETE.value)(on(delete))
    routes.action(NoteAction.PUT_BACK.value)(on(put_back))
    routes.view(Form.NOTE_CONTACT.value)(on(log_contact))
    routes.view(Form.NOTE_PROMISE.value)(on(make_promise))


def save_message(event: Event) -> Answer | None:
    """What a manager writes is a note before Slack hears that it arrived."""
    said = event.content
    if not _is_written(said):
        return None
    app, actor = event.app, event.actor
    standing = notes.standing(app.database, actor, event.now)
    if standing is Standing.NEW:
        return Answer(kit.message(views.FOR_SOMEONE_NEW))
    if standing is Standing.REP:
        return Answer(raising.answer_words(event))
    raw, file = str(said.get("text") or ""), bool(said.get("files"))
    if not raw.strip():
        return Answer(kit.message(views.NO_FILES if file else views.USAGE))
    if bare(raw) == "help" and not file:
        seats = raising_services.seats(app.database, actor, event.now)
        return Answer(build_help(seats, views.USAGE))
    mentioned = mentioned_people(raw)
    if mentioned:
        with suppress(SlackSilent):  # the words count more than a name in them
            ensure_profiles(app, actor.workspace_id, mentioned)
    names = people.names(app.database, actor.workspace_id, mentioned) if mentioned else {}
    kept = notes.save_message(
        app.database,
        actor,
        as_typed(raw, names),
        f"{said['channel']}:{said['ts']}",
        mentioned,
        datetime.fromtimestamp(float(said["ts"]), UTC),
        event.now,
    )
    if not kept.new:
        return None
    return Answer(views.build_kept(kept, file=file), kept.note.id)


def _is_written(said: Mapping[str, Any]) -> bool:
    return (
        said.get("channel_type") == "im"
        and said.get("subtype") in WRITTEN_BY_PEOPLE
        and not said.get("bot_id")
    )


def answer_message(event: Event, outcome: Answer | Lost) -> None:
    """Say what became of it, in the conversation it was written in."""
    channel = str(event.content["channel"])
    try:
        if isinstance(outcome, Lost):
            event.app.messenger.post(channel, views.build_not_kept(outcome.reference))
        elif outcome.note_id is None:
            event.app.messenger.post(channel, outcome.message)
        else:
            workspace_id = event.actor.workspace_id
            answer_note(event.app, workspace_id, channel, outcome.message, outcome.note_id)
    except SlackError as error:
        log.warning("a message was not answered: %s", type(error).__name__)


def pick_day(request: SlackRequest) -> None:
    """The day stands beside the buttons and comes with whichever is pressed."""
    request.accept()


def open_contact_form(request: SlackRequest) -> None:
    """**Contact**: the form, filled with the note."""
    kept = notes.words_of(request.app.database, request.actor, _subject(request), request.now)
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    rep = _rep_of(request, [rep.slack_id for rep in choice.reps])
    day = views.parse_day(request.state) or kept.day
    request.show(views.build_contact_form(choice, kept, rep, day, _form_of(request)))


def open_promise_form(request: SlackRequest) -> None:
    """**Promise**: the form, filled with the note."""
    kept = notes.words_of(request.app.database, request.actor, _subject(request), request.now)
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    rep = _rep_of(request, [rep.slack_id for rep in choice.reps])
    request.show(views.build_promise_of_note(choice, kept, rep, _form_of(request)))


def _form_of(request: SlackRequest) -> Metadata:
    return Metadata(subject=_subject(request), form=new_form(), answer=request.response_url)


def _rep_of(request: SlackRequest, reps: list[str]) -> str:
    rep = request.pressed.rep or ""
    return rep if rep in reps else ""


def log_contact(request: SlackRequest) -> None:
    """The contact is saved before the form closes; the note stays as it is."""
    entry = touch_views.parse_touch_form(request.state)
    metadata = request.metadata
    logged = touches.log_form(request.app.database, request.actor, entry, request.form, request.now)
    request.accept()
    _redraw(request, views.build_logged(logged, metadata.subject or 0))


def make_promise(request: SlackRequest) -> None:
    """The promise is saved before the form closes; the note stays as it is."""
    entry = promise_views.parse_promise_form(request.state)
    metadata = request.metadata
    promised = promises.make(
        request.app.database, request.actor, entry, request.form, request.now, raised=False
    )
    request.accept()
    _redraw(request, views.build_promised(promised, metadata.subject or 0))


def _redraw(request: SlackRequest, message: Message) -> None:
    metadata = request.metadata
    redraw_answers(request.app, request.actor, metadata.subject or 0, message, metadata.answer)


def save_as_note(request: SlackRequest) -> None:
    """**Keep as note**."""
    kept = notes.get(request.app.database, request.actor, _subject(request), request.now)
    request.redraw(views.build_staying(kept.note.id))


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
        request.redraw(views.build_staying(subject))


def _redraw_list(request: SlackRequest) -> None:
    """The list beneath an open note shows what became of it, and so does App Home."""
    if request.view.get("previous_view_id"):
        request.draw_beneath(
            list_view(request.app, request.actor, request.now, request.metadata.page)
        )
    publish(request.app, request.actor, request.now)


def _subject(request: SlackRequest) -> int:
    return request.pressed.subject or 0
