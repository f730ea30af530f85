"""`/fieldday` and its form."""

from dataclasses import replace
from datetime import date
from functools import partial

from bot.context import AppContext
from bot.domain.contacts.drafts import Draft, DraftKind, DraftStep
from bot.domain.field_days import FIRST, MORE, FieldDayLogged, entry_in, fresh_entry
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.words import bare, only_person
from bot.screens.binder import redraw_entry
from bot.screens.contacts import redraw_made
from bot.screens.delivery.answers import answer, redraw_answer
from bot.screens.home import publish, publish_first
from bot.screens.team.strangers import offer_to_add
from bot.services import field_days
from bot.services.accounts import market
from bot.services.contacts import touches
from bot.views.accounts.market_said import with_kept
from bot.views.block_kit import kit
from bot.views.block_kit.ids import FieldDayAction, Form, Metadata, NamedAction
from bot.views.block_kit.kit import Message
from bot.views.contacts.account_dates import build_read
from bot.views.contacts.touch import build_last_step, build_too_old
from bot.views.contacts.unfinished import build_kept
from bot.views.field_days import form as views
from bot.views.field_days import visits as visit_views
from bot.views.field_days.entry import build_logged
from handlers import named
from handlers.help import answer_help
from handlers.listening import listener, typing_listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.command("/fieldday")(on(command))
    routes.action(FieldDayAction.LOG.value)(on(open_form_for_rep))
    routes.action(NamedAction.FIELD_DAY.value)(on(named.opening(open_form)))
    routes.action(FieldDayAction.EDIT.value)(on(open_change_form))
    routes.action(FieldDayAction.VISITS.value)(on(open_visits))
    routes.action(FieldDayAction.CHOOSE_VISIT.value)(on(choose_visit))
    routes.action(FieldDayAction.WITHIN.value)(typing_listener(app, filled))
    routes.action(FieldDayAction.MORE.value)(on(show_more))
    routes.action(FieldDayAction.BACK.value)(on(go_back))
    routes.action(FieldDayAction.KEEP.value)(on(finish_later))
    routes.action(FieldDayAction.RESUME.value)(on(resume))
    routes.action(FieldDayAction.DISCARD.value)(on(discard))
    routes.view(Form.VISIT.value)(on(save_visit))
    routes.view(Form.FIELD_DAY.value)(on(log_form))
    routes.view(Form.FIELD_DAY_CHANGE.value)(on(save_change))


def command(request: SlackRequest) -> None:
    """`/fieldday`: help, or the form."""
    typed = request.text.strip()
    only_rep = only_person(typed)
    if bare(typed) == "help":
        answer_help(request, views.USAGE)
    elif only_rep or not typed:
        open_form(request, only_rep or "")
    else:
        if not named.open_or_offer(request, NamedAction.FIELD_DAY, open_form):
            request.tell(views.NOT_UNDERSTOOD)


def open_form_for_rep(request: SlackRequest) -> None:
    """**Log a field day**, from a binder."""
    open_form(request, request.pressed.rep or "")


def open_form(
    request: SlackRequest, rep: str, day: date | None = None, under: str | None = None
) -> None:
    """The form of a field day with that rep (a Slack id), "" for nobody yet: where it was left, or
    new, of that day, or today. `under` is the binder that shows it once it is logged (`Beneath`,
    packed)."""
    request.app.autosave.settle(request.actor)
    _show_form(request, rep, day, under=under)


def _show_form(
    request: SlackRequest,
    rep: str,
    day: date | None = None,
    draft: Draft | None = None,
    under: str | None = None,
) -> None:
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    if rep and rep not in [person.slack_id for person in choice.reps]:
        request.answer(offer_to_add(request.app, request.actor, rep, "", request.now))
        return
    before = field_days.before(request.app.database, request.actor, rep, request.now)
    before = replace(before, draft=draft or before.draft)
    form = before.draft.form if before.draft else new_form()
    entry = replace(fresh_entry(rep, choice.today), day=day or choice.today)
    metadata = Metadata(form=form, rep=rep or None, answer=request.response_url, under=under)
    tags = market.choice(request.app.database, request.actor)
    request.show(views.build_field_day_form(choice, entry, before, tags, metadata))


def filled(request: SlackRequest) -> DraftStep:
    """What stands in the form by now."""
    view = str(request.view.get("id") or "")
    return views.parse_field_day_form(request.state, request.metadata, view, request.typed_at)


def show_more(request: SlackRequest) -> None:
    """**More**: what the first step holds is kept, and the rest is shown."""
    _turn(request, MORE)


def go_back(request: SlackRequest) -> None:
    """**Back**: what is behind **More** is kept, and the first step is shown."""
    _turn(request, FIRST)


def _turn(request: SlackRequest, then: str) -> None:
    database, actor, now = request.app.database, request.actor, request.now
    request.app.autosave.settle(actor)
    draft = field_days.put_aside(database, actor, filled(request), now, then=then)
    choice = touches.rep_choice(database, actor, now)
    rep = draft.rep.slack_id if draft.rep else ""
    before = replace(field_days.before(database, actor, rep, now), draft=draft)
    entry = fresh_entry(rep, choice.today)
    tags = market.choice(database, actor)
    request.turn_into(views.build_field_day_form(choice, entry, before, tags, request.metadata))


def finish_later(request: SlackRequest) -> None:
    """**Finish later**: kept as it is, and the form makes room."""
    request.app.autosave.settle(request.actor)
    kept = field_days.put_aside(request.app.database, request.actor, filled(request), request.now)
    name = kept.rep.name if kept.rep else ""
    request.turn_into(kit.as_modal(build_kept(DraftKind.FIELD_DAY, name)))
    publish(request.app, request.actor, request.now)


def resume(request: SlackRequest) -> None:
    """**Resume**: where it was left."""
    form = request.pressed.form or ""
    request.app.autosave.settle(request.actor)
    draft = field_days.draft(request.app.database, request.actor, form)
    if draft.subject:
        change_form(request, draft.subject)
    else:
        _show_form(request, draft.rep.slack_id if draft.rep else "", draft=draft)


def discard(request: SlackRequest) -> None:
    """**Discard**: asked once more by Slack itself."""
    form = request.pressed.form or ""
    field_days.drop_draft(request.app.database, request.actor, form, request.now)
    request.accept()
    publish(request.app, request.actor, request.now)


def log_form(request: SlackRequest) -> None:
    """Saved before the form becomes its last step, a private note; a second sending replaces the
    first."""
    step, metadata = filled(request), request.metadata
    request.app.autosave.settle(request.actor)
    try:
        field_day = field_days.log_step(request.app.database, request.actor, step, request.now)
    except BadField as bad:
        raise _within(request, bad) from None
    request.turn_into(build_last_step(field_day.logged.touch))
    subject = f"touch:{field_day.logged.touch.id}"
    answer(request.app, request.actor, _logged(field_day), metadata.answer, subject)
    contact = field_day.logged.touch.id
    redraw_made(request.app, request.actor, contact, request.now)
    if metadata.under:
        redraw_entry(request.app, request.actor, contact, metadata.under, request.now)
    publish(request.app, request.actor, request.now)
    publish_first(request.app, request.actor, field_day.logged, request.now)


def _within(request: SlackRequest, bad: BadField) -> BadField:
    """What is wrong, at a field that the step has: a day under **More** at its action."""
    action = bad.field.removesuffix("_due_on") + "_action"
    if bad.flaw is not FieldError.PAST_DAY or request.fields.has(bad.field):
        return bad
    return BadField(action, FieldError.PAST_DAY_UNDER_MORE)


def open_change_form(request: SlackRequest) -> None:
    """**Edit**: the form, filled with the field day as it is, or as far as it was changed."""
    request.app.autosave.settle(request.actor)
    change_form(request, request.pressed.subject or 0)


def change_form(request: SlackRequest, subject: int) -> None:
    """The form that changes the field day of that contact."""
    field_day = field_days.get(request.app.database, request.actor, subject, request.now)
    if request.is_too_old:
        request.answer(build_too_old(field_day.logged))
        return
    choice = touches.rep_choice(request.app.database, request.actor, request.now)
    draft = field_days.half_changed(request.app.database, request.actor, subject)
    metadata = Metadata(
        form=draft.form if draft else new_form(),
        subject=subject,
        answer=request.response_url,
        under=request.under,
    )
    tags = market.choice(request.app.database, request.actor)
    request.show(views.build_field_day_change_form(choice, field_day, tags, metadata, draft))


def save_change(request: SlackRequest) -> None:
    """The change is saved before the form closes, then shown where it was asked for."""
    step, metadata = filled(request), request.metadata
    subject = metadata.subject or 0
    field_day = field_days.change(
        request.app.database,
        request.actor,
        subject,
        entry_in(step.typed),
        step.form,
        request.now,
    )
    request.accept()
    if metadata.under:
        redraw_entry(request.app, request.actor, subject, metadata.under, request.now)
        passed = field_day.logged.passed
        if _says_more(field_day) or (passed is not None and passed.raised):
            answer(request.app, request.actor, _logged(field_day), None, f"touch:{subject}")
    elif metadata.answer:
        redraw_answer(request.app, metadata.answer, _logged(field_day))
    if metadata.under or not metadata.answer:
        _tell_of_dates(request, field_day)
    redraw_made(request.app, request.actor, subject, request.now)
    publish(request.app, request.actor, request.now)
    publish_first(request.app, request.actor, field_day.logged, request.now)


def _logged(field_day: FieldDayLogged) -> Message:
    """The answer, with what is to be said of what was heard."""
    message = build_logged(field_day)
    return with_kept(message, field_day.kept, field_day.logged.today)


def _says_more(field_day: FieldDayLogged) -> bool:
    """Whether there is something to say of what was heard, where no answer is due otherwise."""
    return field_day.kept.says_something


def open_visits(request: SlackRequest) -> None:
    """**Visit details**: of the first, with the way to the others; where there is none, the form
    that they are written in."""
    subject = request.pressed.subject or 0
    field_day = field_days.get(request.app.database, request.actor, subject, request.now)
    if not field_day.notes.visits:
        open_change_form(request)
        return
    here = Metadata(subject=subject, under=request.under)
    tags = market.choice(request.app.database, request.actor)
    request.show(visit_views.build_visit_form(field_day, 0, tags, here))


def choose_visit(request: SlackRequest) -> None:
    """Another visit is chosen in the form: what was typed of this one is kept first."""
    field_day = _save_details(request)
    place = visit_views.parse_chosen_visit(request.state)
    if place >= len(field_day.notes.visits):
        raise Gone
    tags = market.choice(request.app.database, request.actor)
    request.turn_into(visit_views.build_visit_form(field_day, place, tags, request.metadata))
    _say_more(request, field_day)
    _tell_of_dates(request, field_day)


def save_visit(request: SlackRequest) -> None:
    """Saved before the form closes, then shown where it was asked for."""
    field_day = _save_details(request)
    request.accept()
    if request.metadata.under:
        subject = request.metadata.subject or 0
        redraw_entry(request.app, request.actor, subject, request.metadata.under, request.now)
    _say_more(request, field_day)
    _tell_of_dates(request, field_day)


def _say_more(request: SlackRequest, field_day: FieldDayLogged) -> None:
    if _says_more(field_day):
        subject = f"touch:{field_day.logged.touch.id}"
        answer(request.app, request.actor, _logged(field_day), None, subject)


def _save_details(request: SlackRequest) -> FieldDayLogged:
    place, details, heard = visit_views.parse_visit_form(request.state)
    subject = request.metadata.subject or 0
    return field_days.detail(
        request.app.database, request.actor, subject, place, details, heard, request.now
    )


def _tell_of_dates(request: SlackRequest, field_day: FieldDayLogged) -> None:
    """What was read anew, where no answer says it."""
    if field_day.dates.new:
        told = build_read(field_day.dates.new, field_day.logged.today)
        answer(request.app, request.actor, told, None, f"touch:{field_day.logged.touch.id}")
