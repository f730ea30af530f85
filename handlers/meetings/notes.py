"""Notes of a meeting: ticked, with outcomes and team promises, by anyone on the team."""

from functools import partial

from bot.parts import Parts
from bot.screens.home import publish
from bot.services.meetings import notes
from bot.views.block_kit.ids import AgendaAction, Form, Metadata
from bot.views.meetings import notes as views
from bot.views.meetings.agenda import parse_page
from handlers.meetings.agenda import desk_of_modal, pressed_desk, seen
from handlers.request import Visit, new_form, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    on = partial(visiting, parts)
    app.action(AgendaAction.NOTES.value)(on(take_notes))
    app.action(AgendaAction.TICK.value)(on(tick))
    app.action(AgendaAction.OUTCOME.value)(on(open_outcome))
    app.action(AgendaAction.NOTES_PAGE.value)(on(turn_notes))
    app.action(AgendaAction.NOTES_PAGE_BACK.value)(on(turn_notes))
    app.action(AgendaAction.PROMISE_KEPT.value)(on(keep_promise))
    app.action(AgendaAction.PROMISE_DROP.value)(on(drop_promise))
    app.view(Form.OUTCOME.value)(on(save_outcome))


def take_notes(visit: Visit) -> None:
    """**Take notes**: by anyone on the team."""
    seen(visit)
    desk = pressed_desk(visit)
    if visit.in_modal:
        visit.turn_into(views.build_notes(desk))
    else:
        visit.show(views.build_notes(desk))


def turn_notes(visit: Visit) -> None:
    """**More** and **Earlier** of the notes."""
    visit.turn_into(views.build_notes(desk_of_modal(visit), parse_page(visit.pressed.page)))


def tick(visit: Visit) -> None:
    """**Done**, **Open again**."""
    metadata = visit.metadata
    desk = notes.tick(
        visit.parts.database,
        visit.actor,
        metadata.subject or 0,
        visit.pressed.subject or 0,
        visit.now,
        done=visit.pressed.step != views.OPEN_AGAIN,
    )
    visit.turn_into(views.build_notes(desk, parse_page(metadata.page)))


def open_outcome(visit: Visit) -> None:
    """**Outcome or promise**."""
    metadata = Metadata(
        subject=visit.metadata.subject,
        form=new_form(),
        under=visit.view.get("id"),
        page=visit.metadata.page,
    )
    visit.show(views.build_outcome_form(desk_of_modal(visit), metadata))


def save_outcome(visit: Visit) -> None:
    """Saved before the form closes, then shown in the notes beneath."""
    metadata = visit.metadata
    item, outcome = views.parse_outcome(visit.state)
    desk = notes.note_outcome(
        visit.parts.database,
        visit.actor,
        metadata.subject or 0,
        item,
        outcome,
        views.parse_promise(visit.state),
        metadata.form or "",
        visit.now,
    )
    visit.accept()
    if metadata.under:
        start = parse_page(metadata.page)
        visit.draw_beneath(views.build_notes(desk, start))


def keep_promise(visit: Visit) -> None:
    """**Kept**: a team promise, by its owner or who leads."""
    _close_promise(visit, kept=True)


def drop_promise(visit: Visit) -> None:
    """**Drop**: a team promise, by who leads."""
    _close_promise(visit, kept=False)


def _close_promise(visit: Visit, *, kept: bool) -> None:
    subject = visit.pressed.subject or 0
    notes.close_promise(visit.parts.database, visit.actor, subject, visit.now, kept=kept)
    visit.accept()
    publish(visit.parts, visit.actor, visit.now)
