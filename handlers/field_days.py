"""`/fieldday` and its form."""

from functools import partial

from bot.domain.contacts.typed_text import PERSON_MENTION
from bot.domain.field_days import FieldDayLogged
from bot.domain.workspaces.refusals import Gone
from bot.parts import Parts
from bot.screens.binder import redraw_entry
from bot.screens.delivery.answers import answer, redraw_answer
from bot.screens.home import publish
from bot.screens.team.strangers import offer_to_add
from bot.services import field_days
from bot.services.contacts import touches
from bot.views import field_days as views
from bot.views.block_kit import kit
from bot.views.block_kit.ids import FieldDayAction, Form, Metadata
from bot.views.contacts.touch import build_last_step, build_too_old
from handlers.request import Visit, new_form, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.command("/fieldday")(on(command))
    app.action(FieldDayAction.LOG.value)(on(open_form_for_rep))
    app.action(FieldDayAction.EDIT.value)(on(open_change_form))
    app.action(FieldDayAction.VISITS.value)(on(open_visits))
    app.action(FieldDayAction.CHOOSE_VISIT.value)(on(choose_visit))
    app.action(FieldDayAction.WITHIN.value)(on(keep_within))
    app.action(FieldDayAction.KEEP.value)(on(finish_later))
    app.action(FieldDayAction.RESUME.value)(on(resume))
    app.action(FieldDayAction.DISCARD.value)(on(discard))
    app.view(Form.VISIT.value)(on(save_visit))
    app.view(Form.FIELD_DAY.value)(on(log_form))
    app.view(Form.FIELD_DAY_CHANGE.value)(on(save_change))


def command(visit: Visit) -> None:
    """`/fieldday`: help, or the form."""
    typed = visit.text.strip()
    only_rep = PERSON_MENTION.fullmatch(typed)
    if typed.lower() == "help":
        visit.answer(kit.message(views.USAGE))
    elif only_rep or not typed:
        open_form(visit, only_rep["id"] if only_rep else "")
    else:
        visit.tell(views.NOT_UNDERSTOOD)


def open_form_for_rep(visit: Visit) -> None:
    """**Log a field day**, from a binder."""
    open_form(visit, visit.pressed.rep or "")


def open_form(visit: Visit, rep: str) -> None:
    """The form of a field day with that rep (a Slack id), "" for nobody yet."""
    desk = touches.desk(visit.parts.database, visit.actor, visit.now)
    if rep and rep not in [person.slack_id for person in desk.reps]:
        visit.answer(offer_to_add(visit.parts, visit.actor, rep, "", visit.now))
        return
    before = field_days.before(visit.parts.database, visit.actor, rep, visit.now)
    if before.draft is not None:
        form, entry = before.draft.form, before.draft.entry
    else:
        form, entry = new_form(), views.fresh_entry(rep, desk.today)
    metadata = Metadata(form=form, answer=visit.response_url)
    visit.show(views.build_field_day_form(desk, entry, before, metadata))


def keep_within(visit: Visit) -> None:
    """A choice within the form brings all that is typed in it: kept, and nothing changes in
    sight. There is nothing to keep it under before a rep is chosen."""
    entry = views.parse_field_day_form(visit.state)
    if entry.rep:
        form = visit.metadata.form or ""
        field_days.keep_draft(visit.parts.database, visit.actor, form, entry, visit.now)
    visit.accept()


def finish_later(visit: Visit) -> None:
    """**Finish later**: kept as it is, and the form makes room."""
    entry, form = views.parse_field_day_form(visit.state), visit.metadata.form or ""
    draft = field_days.keep_draft(visit.parts.database, visit.actor, form, entry, visit.now)
    visit.turn_into(kit.as_modal(views.build_kept(draft)))
    publish(visit.parts, visit.actor, visit.now)


def resume(visit: Visit) -> None:
    """**Resume**: where it was left."""
    form = visit.pressed.form or ""
    draft = field_days.draft(visit.parts.database, visit.actor, form)
    open_form(visit, draft.rep.slack_id)


def discard(visit: Visit) -> None:
    """**Discard**: asked once more by Slack itself."""
    field_days.drop_draft(visit.parts.database, visit.actor, visit.pressed.form or "")
    visit.accept()
    publish(visit.parts, visit.actor, visit.now)


def log_form(visit: Visit) -> None:
    """Saved before the form becomes its last step, a private note; a second sending replaces the
    first."""
    entry = views.parse_field_day_form(visit.state)
    metadata = visit.metadata
    field_day = field_days.log_form(
        visit.parts.database, visit.actor, entry, metadata.form or "", visit.now
    )
    visit.turn_into(build_last_step(field_day.logged.touch))
    subject = f"touch:{field_day.logged.touch.id}"
    answer(visit.parts, visit.actor, views.build_logged(field_day), metadata.answer, subject)
    publish(visit.parts, visit.actor, visit.now)


def open_change_form(visit: Visit) -> None:
    """**Edit**: the form, filled with the field day as it is."""
    subject = visit.pressed.subject or 0
    field_day = field_days.one(visit.parts.database, visit.actor, subject, visit.now)
    if visit.is_too_old:
        visit.answer(build_too_old(field_day.logged))
        return
    desk = touches.desk(visit.parts.database, visit.actor, visit.now)
    metadata = Metadata(
        subject=subject,
        answer=visit.response_url,
        under=visit.view.get("id") if visit.in_modal else None,
    )
    visit.show(views.build_field_day_change_form(desk, field_day, metadata))


def save_change(visit: Visit) -> None:
    """The change is saved before the form closes, then shown where it was asked for."""
    entry = views.parse_field_day_form(visit.state)
    metadata = visit.metadata
    subject = metadata.subject or 0
    field_day = field_days.change(visit.parts.database, visit.actor, subject, entry, visit.now)
    visit.accept()
    if metadata.under:
        redraw_entry(visit.parts, visit.actor, subject, metadata.under, visit.now)
    elif metadata.answer:
        redraw_answer(visit.parts, metadata.answer, views.build_logged(field_day))


def open_visits(visit: Visit) -> None:
    """**Visit details**: of the first, with the way to the others."""
    subject = visit.pressed.subject or 0
    notes = field_days.one(visit.parts.database, visit.actor, subject, visit.now).notes
    if not notes.visits:
        raise Gone
    under = visit.view.get("id") if visit.in_modal else None
    visit.show(views.build_visit_form(notes.visits, 0, Metadata(subject=subject, under=under)))


def choose_visit(visit: Visit) -> None:
    """Another visit is chosen in the form: what was typed of this one is kept first."""
    notes = _save_details(visit).notes
    place = views.parse_chosen_visit(visit.state)
    if place >= len(notes.visits):
        raise Gone
    visit.turn_into(views.build_visit_form(notes.visits, place, visit.metadata))


def save_visit(visit: Visit) -> None:
    """Saved before the form closes, then shown where it was asked for."""
    _save_details(visit)
    visit.accept()
    if visit.metadata.under:
        subject = visit.metadata.subject or 0
        redraw_entry(visit.parts, visit.actor, subject, visit.metadata.under, visit.now)


def _save_details(visit: Visit) -> FieldDayLogged:
    place, details = views.parse_visit_form(visit.state)
    subject = visit.metadata.subject or 0
    return field_days.detail(visit.parts.database, visit.actor, subject, place, details, visit.now)
