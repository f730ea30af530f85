"""Notes: looked at, deleted and put back, and made more of: a contact, a field day, a promise."""

from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.contacts.notes import MadeOf, NoteAnswer, form_of, opened
from bot.domain.contacts.touches import ABOUT_LIMIT
from bot.domain.field_days import FieldDayNotes, fresh_entry
from bot.domain.promises import WHAT_LIMIT
from bot.domain.workspaces.refusals import Gone
from bot.screens.contacts import list_view, note_view, redraw_note
from bot.screens.home import publish
from bot.services import field_days, promises
from bot.services.accounts import market
from bot.services.contacts import notes, touches
from bot.views.block_kit.ids import Form, Metadata, NoteAction
from bot.views.contacts import note as views
from bot.views.contacts import touch as touch_views
from bot.views.contacts.note_answer import NoteState, build_answer
from bot.views.field_days import form as field_day_views
from bot.views.promises import promise as promise_views
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
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
        entry = found.touch_entry(views.parse_day(request.state))
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
    rep, day = found.rep or "", found.day_of_contact(views.parse_day(request.state))
    entry = replace(
        fresh_entry(rep, choice.today), day=day, notes=field_days.of_words(database, actor, text)
    )
    form = form_of(_subject(request), MadeOf.FIELD_DAY)
    draft = field_days.half_made(database, actor, form)
    before = replace(field_days.before(database, actor, rep, request.now), draft=draft)
    # Its subject would be a contact that it changes.
    metadata = Metadata(
        form=draft.form if draft else opened(form, new_form()), answer=request.response_url
    )
    tags = market.choice(database, actor)
    view = field_day_views.build_field_day_form(choice, entry, before, tags, metadata)
    request.show(views.hinted_field_day(view, text))


def _show_field_day(request: SlackRequest, found: NoteAnswer, words: FieldDayNotes) -> None:
    """The field day that was made of a note, with `words` where they say something."""
    made = found.made_as(MadeOf.FIELD_DAY)
    if made is None or made.logged is None:
        raise Gone
    database, actor, contact_id = request.app.database, request.actor, made.logged.touch.id
    choice = touches.rep_choice(database, actor, request.now)
    field_day = field_days.get(database, actor, contact_id, request.now)
    form = opened(form_of(_subject(request), MadeOf.FIELD_DAY), new_form())
    metadata = Metadata(subject=contact_id, form=form)
    reworded = replace(field_day, notes=field_day.notes.reworded(words))
    tags = market.choice(database, actor)
    request.show(
        field_day_views.build_field_day_change_form(choice, reworded, tags, metadata, draft=None)
    )


def open_promise_form(request: SlackRequest) -> None:
    """**Promise**: the form, filled with the note, or as it was sent before."""
    _show_promise_form(request, _found(request), None)


def _show_promise_form(request: SlackRequest, found: NoteAnswer, words: str | None) -> None:
    text = found.kept.note.text
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    entry = found.promise_entry(choice.today, words)
    metadata = _form_of(request, MadeOf.PROMISE)
    request.show(views.build_promise_of_note(choice, entry, text, metadata))


def open_change(request: SlackRequest) -> None:
    """**Change it**: what was made of an edited message, with the words as they are now, to be
    looked at before they are saved."""
    found = _found(request)
    text = found.kept.note.text
    match request.pressed.step:
        case MadeOf.CONTACT:
            _show_contact_form(request, found, text[:ABOUT_LIMIT])
        case MadeOf.FIELD_DAY:
            _show_field_day(
                request, found, field_days.of_words(request.app.database, request.actor, text)
            )
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
    request.redraw(build_answer(answer, NoteState.KEPT_SO))


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
