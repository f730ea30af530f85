"""Promises of both sides: kept, dated again, dropped, handed over, opened again."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.domain.promises import Owner, Promised
from bot.domain.workspaces.refusals import AlreadyClosed, Gone, Refusal
from bot.parts import Parts
from bot.screens.promises import redraw_place, show_change, tell_rep
from bot.services import promises
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, PromiseAction
from bot.views.promises import promise as views
from handlers.meetings import agenda
from handlers.request import Visit, Work, new_form, visiting
from handlers.routes import Routes


def register(app: Routes, parts: Parts) -> None:
    def press(action: PromiseAction, work: Work) -> None:
        app.action(action.value)(visiting(parts, partial(_if_open, work)))

    press(PromiseAction.KEEP, keep)
    press(PromiseAction.OPEN_AGAIN, open_again)
    press(PromiseAction.DATE_AGAIN, open_date_form)
    press(PromiseAction.MENU, open_chosen_form)
    on = partial(visiting, parts)
    app.view(Form.PROMISE_DATE.value)(on(date_again))
    app.view(Form.PROMISE_DROP.value)(on(drop))
    app.view(Form.PROMISE_HAND_OVER.value)(on(hand_over))


def keep(visit: Visit) -> None:
    """**Kept**."""
    promised = promises.keep(visit.parts.database, visit.actor, _subject(visit), visit.now)
    _show(visit, _place(visit), promised)


def open_again(visit: Visit) -> None:
    """**Open again**."""
    promised = promises.open_again(visit.parts.database, visit.actor, _subject(visit), visit.now)
    _show(visit, _place(visit), promised)


def open_date_form(visit: Visit) -> None:
    """**Change date**."""
    promised = promises.open_one(visit.parts.database, visit.actor, _subject(visit), visit.now)
    words = views.promise_words if _viewer(visit, promised) is Owner.MANAGER else views.bare_words
    what = words(promised.promise, promised.today)
    visit.show(views.build_date_form(promised, what, _form_place(visit)))


def open_chosen_form(visit: Visit) -> None:
    """The ⋯ menu."""
    forms: dict[str | None, Work] = {
        PromiseAction.DROP.value: open_drop_form,
        PromiseAction.HAND_OVER.value: open_hand_over_form,
        PromiseAction.TO_AGENDA.value: agenda.open_for_promise,
    }
    work = forms.get(visit.pressed.step)
    if work is None:
        raise Gone
    work(visit)


def open_drop_form(visit: Visit) -> None:
    """**Drop**."""
    promised, _ = promises.to_close(visit.parts.database, visit.actor, _subject(visit), visit.now)
    visit.show(views.build_drop_form(promised, _form_place(visit)))


def open_hand_over_form(visit: Visit) -> None:
    """**Hand over**."""
    promised, others = promises.to_close(
        visit.parts.database, visit.actor, _subject(visit), visit.now
    )
    if others:
        visit.show(views.build_hand_over_form(promised, others, _form_place(visit)))
    else:
        visit.answer(kit.message("There is nobody else on your team to hand it over to yet."))


def date_again(visit: Visit) -> None:
    """The new date is saved before the form closes."""
    due_on = views.parse_date(visit.state)
    _save(visit, partial(promises.date_again, due_on=due_on))


def drop(visit: Visit) -> None:
    """Dropped before the form closes; the rep who raised it is told afterwards."""
    _save(visit, partial(promises.drop, words=views.parse_why(visit.state)))


def hand_over(visit: Visit) -> None:
    """Handed over before the form closes; the rep who raised it is told afterwards."""
    _save(visit, partial(promises.hand_over, rep=views.parse_hand_over(visit.state)))


def _save(visit: Visit, change: Callable[..., Promised]) -> None:
    place = visit.metadata
    promised = change(visit.parts.database, visit.actor, place.subject or 0, now=visit.now)
    visit.accept()
    _show(visit, place, promised)


def _show(visit: Visit, place: Metadata, promised: Promised) -> None:
    """Draw the change where it was made, and tell the rep where that is due."""
    visit.accept()
    try:
        show_change(visit.parts, visit.actor, place, promised, visit.now)
    finally:
        tell_rep(visit.parts, visit.actor.workspace_id, promised)


def _if_open(work: Work, visit: Visit) -> None:
    """Do `work`; where the promise is closed or gone by now, say so and draw the place anew."""
    try:
        work(visit)
    except (AlreadyClosed, Gone) as refusal:
        place = _place(visit)
        sentence = _how_it_stands(visit, refusal)
        if sentence:
            visit.answer(kit.message(sentence))
        if not place.answer:
            redraw_place(visit.parts, visit.actor, place, visit.now)


def _how_it_stands(visit: Visit, refusal: Refusal) -> str:
    """A sentence on a promise that is closed or gone; "" where its message now says it."""
    if isinstance(refusal, Gone):
        return "That promise is not there any more."
    promised = promises.one(visit.parts.database, visit.actor, _subject(visit), visit.now)
    if not visit.in_home and not visit.in_modal:
        visit.redraw(views.build_promise(promised))
        return ""
    words = views.closed_words(promised.promise, promised.today, _viewer(visit, promised))
    return f"That one is closed already. {words}"


def _viewer(visit: Visit, promised: Promised) -> Owner:
    own = promised.manager.slack_id == visit.actor.slack_id
    return Owner.MANAGER if own else Owner.REP


def _subject(visit: Visit) -> int:
    return visit.pressed.subject or 0


def _form_place(visit: Visit) -> Metadata:
    return replace(_place(visit), subject=_subject(visit), form=new_form())


def _place(visit: Visit) -> Metadata:
    """Where a promise was pressed, to be drawn anew there."""
    if visit.in_home:
        return Metadata(home=visit.metadata.home or 0)
    if visit.in_modal:
        view = visit.view
        return replace(visit.metadata, under=str(view["id"]), step=str(view["callback_id"]))
    return Metadata(answer=visit.response_url)
