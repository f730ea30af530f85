"""`/touch`, its form, and the buttons of its answer."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.contacts.interactions import Logged
from bot.domain.contacts.touches import TouchEntry, TouchLineError, TouchLineProblem
from bot.domain.contacts.typed_text import as_typed
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.refusals import CannotBeRep, Gone, NotOnTeam, Oneself, Refusal
from bot.domain.workspaces.words import bare, only_person
from bot.messenger import SlackError
from bot.screens.binder import redraw_entry
from bot.screens.delivery.answers import answer, redraw_answer
from bot.screens.home import publish, publish_first
from bot.screens.promises import tell_rep
from bot.screens.team.strangers import offer_to_add
from bot.screens.todo import redraw_place
from bot.services.contacts import private_notes, touches
from bot.services.team import setup
from bot.services.todo.weeks import reason_with
from bot.views.block_kit import kit, refusals
from bot.views.block_kit.ids import Form, Metadata, NamedAction, TouchAction
from bot.views.block_kit.kit import Message
from bot.views.block_kit.people import parse_rep
from bot.views.contacts import together
from bot.views.contacts import touch as views
from bot.views.team.memberships import asked_words
from handlers import named
from handlers.contacts import market
from handlers.help import answer_help
from handlers.listening import listener, log
from handlers.request import SlackRequest, Work, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.command("/touch")(on(command))
    routes.global_shortcut(TouchAction.LOG.value)(on(open_empty_form))
    routes.action(TouchAction.LOG.value)(on(open_form_for_rep))
    routes.view(Form.TOUCH.value)(on(log_form))
    routes.view(Form.TOUCH_CHANGE.value)(on(save_change))
    routes.view(Form.PRIVATE_NOTE.value)(on(save_private_note))
    routes.action(TouchAction.MENU.value)(on(follow_menu))
    routes.action(TouchAction.UNDO.value)(on(undo))
    routes.action(TouchAction.PUT_BACK.value)(on(put_back))
    routes.action(TouchAction.EDIT.value)(on(open_change_form))
    routes.action(TouchAction.ADD_NOTE.value)(on(open_private_note))
    routes.action(TouchAction.MARKET.value)(on(market.open_form))
    routes.action(TouchAction.ADD_REP.value)(on(add_rep_and_log))
    routes.action(TouchAction.UNDO_ALL.value)(on(undo_all))
    routes.action(TouchAction.PUT_ALL_BACK.value)(on(put_all_back))
    routes.action(TouchAction.CHOOSE_REP.value)(on(choose_rep))
    routes.action(NamedAction.TOUCH.value)(on(finish_named))


def command(request: SlackRequest) -> None:
    """`/touch`: help, a form, or a whole touch in one line."""
    typed = request.text.strip()
    only_rep = only_person(typed)
    if bare(typed) == "help":
        answer_help(request, views.USAGE)
    elif only_rep or not typed:
        _open_form(request, only_rep or "", request.response_url)
    else:
        _log_line(request, request.text)


def finish_named(request: SlackRequest) -> None:
    """Whom a name meant: the line is logged as it was typed behind it; a name alone opens the
    form."""
    rep, rest = request.pressed.rep or "", request.pressed.text
    if not rest:
        _open_form(request, rep, request.response_url)
        return
    try:
        logged = _log(request, f"<@{rep}> {rest}")
    except (TouchLineError, Refusal) as refusal:
        reason = refusals.sentence(refusal)
        request.redraw(views.build_not_understood(reason, as_typed(rest)))
    else:
        request.redraw(together.build_all_logged(logged))


def open_empty_form(request: SlackRequest) -> None:
    _open_form(request, "", None)


def open_form_for_rep(request: SlackRequest) -> None:
    _open_form(request, request.pressed.rep or "", None)


def _open_form(request: SlackRequest, rep: str, answer_url: str | None) -> None:
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    if rep and rep not in [person.slack_id for person in choice.reps]:
        request.answer(offer_to_add(request.app, request.actor, rep, "", request.now))
        return
    entry = TouchEntry(rep, None, choice.today, "")
    metadata = Metadata(form=new_form(), answer=answer_url)
    reason = reason_with(request.app.database, request.actor, rep, request.now) if rep else None
    request.show(views.build_touch_form(choice, entry, metadata, reason))


def choose_rep(request: SlackRequest) -> None:
    """Another rep in the form: their reason stands above it, and all that was typed stays."""
    request.accept()
    try:
        _draw_reason(request)
    except (SlackError, DatabaseUnavailableError) as error:
        # Nobody asked for it: whoever fills in a form is not to be held up.
        log.info("a reason was not shown above a form: %s", log_words(error))


def _draw_reason(request: SlackRequest) -> None:
    rep = parse_rep(request.fields)
    reason = reason_with(request.app.database, request.actor, rep, request.now) if rep else None
    view = request.view
    if not request.draw_unless_changed(views.with_reason(view, reason)):
        # Two were chosen in one breath, and nobody knows which came last: no reason is better than
        # another rep's.
        request.turn_into(views.with_reason(view, None))


def _log_line(request: SlackRequest, raw: str) -> None:
    try:
        logged = _log(request, raw)
    except NotOnTeam as refusal:
        request.answer(offer_to_add(request.app, request.actor, refusal.slack_id, raw, request.now))
    except (TouchLineError, CannotBeRep, Oneself) as refusal:
        is_name = isinstance(refusal, TouchLineError) and refusal.kind in NO_PERSON
        if is_name and named.offer(request, NamedAction.TOUCH, "Nothing was logged yet."):
            return
        reason = refusals.sentence(refusal)
        request.answer(views.build_not_understood(reason, as_typed(raw)))
    else:
        request.answer(together.build_all_logged(logged))


NO_PERSON = (TouchLineProblem.NO_REP, TouchLineProblem.UNKNOWN_REP)
"""What may be a name that nobody picked from the list."""


def _log(request: SlackRequest, raw: str) -> tuple[Logged, ...]:
    return touches.log_line(request.app.database, request.actor, raw, request.now, request.form)


def add_rep_and_log(request: SlackRequest) -> None:
    """**Add to my team**: adds the rep and logs the line that was typed, if there was one."""
    rep = request.pressed.rep or ""
    changed = setup.add_rep(request.app.database, request.actor, rep, request.now)
    line = request.pressed.text
    asked = asked_words(changed)
    if asked:
        request.redraw(views.build_asked_first(asked, as_typed(line or "")))
        return
    name = next(m.rep.name for m in changed.facts.members if m.rep.slack_id == rep)
    before = f"{kit.bold(name)} is on your team now."
    if not line:
        request.redraw(kit.message(f"{before} Type `/touch @` and pick the name to log a contact."))
        return
    try:
        logged = _log(request, line)
    except NotOnTeam as refusal:
        another = refusal.slack_id
        request.redraw(offer_to_add(request.app, request.actor, another, line, request.now, before))
    except (TouchLineError, Refusal) as refusal:
        request.redraw(kit.message(f"{before} {refusals.sentence(refusal)}"))
    else:
        request.redraw(together.build_all_logged(logged, before))


def log_form(request: SlackRequest) -> None:
    """The form is saved before it closes; a second sending replaces the first."""
    entry = views.parse_touch_form(request.state)
    metadata = request.metadata
    logged = touches.log_form(request.app.database, request.actor, entry, request.form, request.now)
    request.accept()
    confirmation = views.build_confirmation(logged)
    answer(request.app, request.actor, confirmation, metadata.answer, f"touch:{logged.touch.id}")
    if logged.raised:
        publish(request.app, request.actor, request.now)
    publish_first(request.app, request.actor, logged, request.now)


def open_change_form(request: SlackRequest) -> None:
    """**Edit**: the form, filled with the touch as it is."""
    subject = request.pressed.subject or 0
    if request.is_too_old:
        logged = touches.get(request.app.database, request.actor, subject, request.now)
        request.answer(views.build_too_old(logged))
        return
    place = Metadata(
        answer=request.response_url,
        text=request.pressed.text,
        under=request.under,
    )
    open_change_form_of(request, subject, place)


def open_change_form_of(request: SlackRequest, subject: int, place: Metadata) -> None:
    """The form of that touch; `place` is what is to be drawn anew once it is saved."""
    logged = touches.to_change(request.app.database, request.actor, subject, request.now)
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    metadata = replace(place, subject=subject, form=new_form())
    request.show(views.build_touch_change_form(choice, logged, metadata))


def save_change(request: SlackRequest) -> None:
    """The change is saved before the form closes, then shown where it was asked for."""
    entry = views.parse_touch_form(request.state)
    metadata = request.metadata
    subject = metadata.subject or 0
    logged = touches.change(
        request.app.database, request.actor, subject, entry, request.form, request.now
    )
    request.accept()
    if metadata.slot is not None:
        redraw_place(request.app, request.actor, metadata, metadata.slot, request.now)
        _say_what_stays(request, logged)
    elif metadata.under:
        redraw_entry(request.app, request.actor, subject, metadata.under, request.now)
        _say_what_stays(request, logged)
    elif metadata.answer and metadata.text:
        ids = views.parse_ids(metadata)
        all_logged = touches.get_many(request.app.database, request.actor, ids, request.now)
        redraw_answer(request.app, metadata.answer, together.build_all_logged(all_logged))
        _say_what_stays(request, logged)
    elif metadata.answer:
        redraw_answer(request.app, metadata.answer, views.build_confirmation(logged))
    for one in logged.let_go:
        tell_rep(request.app, request.actor.workspace_id, one)
    publish_first(request.app, request.actor, logged, request.now)


def _say_what_stays(request: SlackRequest, logged: Logged) -> None:
    """Whose it is what was raised in a contact that passed to another, and what was let go of,
    where no answer says so."""
    if logged.let_go or (logged.passed is not None and logged.passed.raised):
        confirmation = views.build_confirmation(logged)
        answer(request.app, request.actor, confirmation, None, f"touch:{logged.touch.id}")


def follow_menu(request: SlackRequest) -> None:
    """The ⋯ menu of what was logged: each entry is one of the buttons."""
    work = IN_MENU.get(request.pressed.step)
    if work is None:
        raise Gone
    work(request)


def undo(request: SlackRequest) -> None:
    """**Undo**: taken back, and what was raised in it too."""
    _change_in_place(request, touches.take_back, views.build_taken_back)


def put_back(request: SlackRequest) -> None:
    """**Put it back**: as if it had never been taken back."""
    _change_in_place(request, touches.put_back, views.build_confirmation)


def undo_all(request: SlackRequest) -> None:
    """**Undo** of what one line logged together."""
    _change_all(request, touches.take_all_back, together.build_all_taken_back)


def put_all_back(request: SlackRequest) -> None:
    """**Put it back**, all of it."""
    _change_all(request, touches.put_all_back, together.build_all_logged)


def _change_all(
    request: SlackRequest,
    change: Callable[..., tuple[Logged, ...]],
    build: Callable[[tuple[Logged, ...]], Message],
) -> None:
    database, actor, ids = request.app.database, request.actor, views.parse_ids(request.pressed)
    if not ids:
        raise Gone
    if request.is_too_old:
        logged = touches.get_many(database, actor, ids, request.now)
        request.answer(together.build_all_too_old(logged))
        return
    request.redraw(build(change(database, actor, ids, request.now)))


def _change_in_place(
    request: SlackRequest,
    change: Callable[..., Logged],
    build: Callable[[Logged], Message],
) -> None:
    subject = request.pressed.subject or 0
    if request.is_too_old:
        logged = touches.get(request.app.database, request.actor, subject, request.now)
        request.answer(views.build_too_old(logged))
        return
    request.redraw(build(change(request.app.database, request.actor, subject, request.now)))


def open_private_note(request: SlackRequest) -> None:
    """**Add a note**: a step of its own, empty whatever was noted before."""
    place = Metadata(under=request.under)
    open_private_note_of(request, request.pressed.subject or 0, place)


def open_private_note_of(request: SlackRequest, subject: int, place: Metadata) -> None:
    """The form of a private note to that contact; `place` is what is to be drawn anew."""
    contact, _ = private_notes.read(request.app.database, request.actor, subject)
    metadata = replace(place, subject=subject, form=new_form())
    request.show(views.build_private_note_form(contact.rep.name, metadata))


def save_private_note(request: SlackRequest) -> None:
    """The note is saved before the form closes; an empty one keeps nothing, as **Skip** does."""
    subject = request.metadata.subject or 0
    text = views.parse_private_note(request.state)
    private_notes.add(request.app.database, request.actor, subject, text, request.form)
    request.accept()
    if request.metadata.under:
        redraw_entry(request.app, request.actor, subject, request.metadata.under, request.now)


IN_MENU: dict[str | None, Work] = {
    TouchAction.EDIT.value: open_change_form,
    TouchAction.ADD_NOTE.value: open_private_note,
    TouchAction.MARKET.value: market.open_form,
}
