"""Plain messages to Windshield: kept exactly, for their author alone, and made more of."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.domain.contacts.typed_text import as_typed, mentioned_people
from bot.domain.workspaces.refusals import SlackSilent
from bot.messenger import SlackError
from bot.parts import Parts
from bot.screens.contacts import answer_note, list_view, note_view, redraw_answers
from bot.screens.home import publish
from bot.screens.team.people import get_to_know
from bot.services import promises
from bot.services.contacts import notes, touches
from bot.services.contacts.notes import Standing
from bot.services.team import people
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, NoteAction
from bot.views.block_kit.kit import Message
from bot.views.contacts import note as views
from bot.views.contacts import touch as touch_views
from bot.views.promises import promise as promise_views
from handlers.events import Event, Lost, after_saving, saving
from handlers.request import Visit, log, new_form, visiting
from handlers.routes import Routes

WRITTEN_BY_PEOPLE = {None, "file_share", "thread_broadcast", "me_message"}
"""Subtypes of messages that a person wrote just now; edits, deletions and joins are none
(https://docs.slack.dev/reference/events/message#subtypes)."""


@dataclass(frozen=True)
class Answer:
    """What to say to a message; `note_id` where it was kept."""

    message: Message
    note_id: int | None = None


def register(app: Routes, parts: Parts) -> None:
    app.event("message", middleware=[saving(parts, keep_message)])(after_saving(answer_message))
    on = partial(visiting, parts)
    app.action(NoteAction.DAY.value)(on(pick_day))
    app.action(NoteAction.CONTACT.value)(on(open_contact_form))
    app.action(NoteAction.PROMISE.value)(on(open_promise_form))
    app.action(NoteAction.KEEP.value)(on(keep_as_note))
    app.action(NoteAction.ALL.value)(on(open_list))
    app.action(NoteAction.OLDER.value)(on(turn_page))
    app.action(NoteAction.NEWEST.value)(on(turn_page))
    app.action(NoteAction.SHOW.value)(on(open_note))
    app.action(NoteAction.DELETE.value)(on(delete))
    app.action(NoteAction.PUT_BACK.value)(on(put_back))
    app.view(Form.NOTE_CONTACT.value)(on(log_contact))
    app.view(Form.NOTE_PROMISE.value)(on(make_promise))


def keep_message(event: Event) -> Answer | None:
    """What a manager writes is a note before Slack hears that it arrived."""
    said = event.content
    if not _is_written(said):
        return None
    parts, actor = event.parts, event.actor
    standing = notes.standing(parts.database, actor, event.now)
    if standing is not Standing.MANAGER:
        words = views.FOR_REP if standing is Standing.REP else views.FOR_SOMEONE_NEW
        return Answer(kit.message(words))
    raw, file = str(said.get("text") or ""), bool(said.get("files"))
    if not raw.strip():
        return Answer(kit.message(views.NO_FILES if file else views.USAGE))
    if raw.strip().lower() == "help" and not file:
        return Answer(kit.message(views.USAGE))
    mentioned = mentioned_people(raw)
    if mentioned:
        with suppress(SlackSilent):  # the words count more than a name in them
            get_to_know(parts, actor.workspace_id, mentioned)
    names = people.names(parts.database, actor.workspace_id, mentioned) if mentioned else {}
    kept = notes.keep_message(
        parts.database,
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
            event.parts.messenger.post(channel, views.build_not_kept(outcome.reference))
        elif outcome.note_id is None:
            event.parts.messenger.post(channel, outcome.message)
        else:
            workspace_id = event.actor.workspace_id
            answer_note(event.parts, workspace_id, channel, outcome.message, outcome.note_id)
    except SlackError as error:
        log.warning("a message was not answered: %s", type(error).__name__)


def pick_day(visit: Visit) -> None:
    """The day stands beside the buttons and comes with whichever is pressed."""
    visit.accept()


def open_contact_form(visit: Visit) -> None:
    """**Contact**: the form, filled with the note."""
    kept = notes.words_of(visit.parts.database, visit.actor, _subject(visit), visit.now)
    desk = touches.desk(visit.parts.database, visit.actor, visit.now)
    rep = _rep_of(visit, [rep.slack_id for rep in desk.reps])
    day = views.parse_day(visit.state) or kept.day
    visit.show(views.build_contact_form(desk, kept, rep, day, _form_of(visit)))


def open_promise_form(visit: Visit) -> None:
    """**Promise**: the form, filled with the note."""
    kept = notes.words_of(visit.parts.database, visit.actor, _subject(visit), visit.now)
    desk = touches.desk(visit.parts.database, visit.actor, visit.now)
    rep = _rep_of(visit, [rep.slack_id for rep in desk.reps])
    visit.show(views.build_promise_of_note(desk, kept, rep, _form_of(visit)))


def _form_of(visit: Visit) -> Metadata:
    return Metadata(subject=_subject(visit), form=new_form(), answer=visit.response_url)


def _rep_of(visit: Visit, reps: list[str]) -> str:
    rep = visit.pressed.rep or ""
    return rep if rep in reps else ""


def log_contact(visit: Visit) -> None:
    """The contact is saved before the form closes; the note stays as it is."""
    entry = touch_views.parse_touch_form(visit.state)
    metadata = visit.metadata
    logged = touches.log_form(
        visit.parts.database, visit.actor, entry, metadata.form or "", visit.now
    )
    visit.accept()
    _redraw(visit, views.build_logged(logged, metadata.subject or 0))


def make_promise(visit: Visit) -> None:
    """The promise is saved before the form closes; the note stays as it is."""
    entry = promise_views.parse_promise_form(visit.state)
    metadata = visit.metadata
    promised = promises.make(
        visit.parts.database, visit.actor, entry, metadata.form or "", visit.now, raised=False
    )
    visit.accept()
    _redraw(visit, views.build_promised(promised, metadata.subject or 0))


def _redraw(visit: Visit, message: Message) -> None:
    metadata = visit.metadata
    redraw_answers(visit.parts, visit.actor, metadata.subject or 0, message, metadata.answer)


def keep_as_note(visit: Visit) -> None:
    """**Keep as note**."""
    kept = notes.one(visit.parts.database, visit.actor, _subject(visit), visit.now)
    visit.redraw(views.build_staying(kept.note.id))


def open_list(visit: Visit) -> None:
    """**Your notes**."""
    visit.show(list_view(visit.parts, visit.actor, visit.now))


def turn_page(visit: Visit) -> None:
    """**Older**, **Newest**."""
    visit.turn_into(list_view(visit.parts, visit.actor, visit.now, visit.pressed.page))


def open_note(visit: Visit) -> None:
    """**Open**: one note, whole."""
    page = visit.pressed.page
    visit.show(note_view(visit.parts, visit.actor, _subject(visit), page, visit.now))


def delete(visit: Visit) -> None:
    """**Delete note**, from its answer or from where it stands open."""
    subject = _subject(visit)
    notes.delete(visit.parts.database, visit.actor, subject, visit.now)
    if visit.in_modal:
        visit.turn_into(views.build_deleted_note(subject, visit.metadata))
        _redraw_list(visit)
    else:
        visit.redraw(views.build_deleted(subject))


def put_back(visit: Visit) -> None:
    """**Put it back**."""
    subject = _subject(visit)
    notes.put_back(visit.parts.database, visit.actor, subject)
    if visit.in_modal:
        page = visit.metadata.page
        visit.turn_into(note_view(visit.parts, visit.actor, subject, page, visit.now))
        _redraw_list(visit)
    else:
        visit.redraw(views.build_staying(subject))


def _redraw_list(visit: Visit) -> None:
    """The list beneath an open note shows what became of it, and so does App Home."""
    if visit.view.get("previous_view_id"):
        visit.draw_beneath(list_view(visit.parts, visit.actor, visit.now, visit.metadata.page))
    publish(visit.parts, visit.actor, visit.now)


def _subject(visit: Visit) -> int:
    return visit.pressed.subject or 0
