"""Promises of both sides: kept, dated again, dropped, handed over, opened again."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.promises import Owner, Promised
from bot.domain.workspaces.refusals import AlreadyClosed, Gone, Refusal
from bot.screens.promises import redraw_origin, show_change, tell_manager, tell_rep
from bot.services import promises
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, PromiseAction
from bot.views.promises import promise as views
from handlers.listening import listener
from handlers.meetings import agenda
from handlers.request import SlackRequest, Work, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    def press(action: PromiseAction, work: Work) -> None:
        routes.action(action.value)(listener(app, partial(_if_open, work)))

    press(PromiseAction.KEEP, fulfil)
    press(PromiseAction.OPEN_AGAIN, open_again)
    press(PromiseAction.DATE_AGAIN, open_date_form)
    press(PromiseAction.AGREE, agree)
    press(PromiseAction.NOT_SO, say_not_so)
    press(PromiseAction.MENU, open_chosen_form)
    press(PromiseAction.TAKE_ON, open_take_on_form)
    press(PromiseAction.CLOSE, open_drop_form)
    on = partial(listener, app)
    routes.view(Form.PROMISE_DATE.value)(on(date_again))
    routes.view(Form.PROMISE_TAKE_ON.value)(on(date_again))
    routes.view(Form.PROMISE_DROP.value)(on(drop))
    routes.view(Form.PROMISE_HAND_OVER.value)(on(hand_over))


def fulfil(request: SlackRequest) -> None:
    """**Kept**."""
    promised = promises.fulfil(request.app.database, request.actor, _subject(request), request.now)
    _show(request, _origin(request), promised)


def open_again(request: SlackRequest) -> None:
    """**Open again**."""
    promised = promises.open_again(
        request.app.database, request.actor, _subject(request), request.now
    )
    _show(request, _origin(request), promised)


def agree(request: SlackRequest) -> None:
    """**Agreed**."""
    promised = promises.agree(request.app.database, request.actor, _subject(request), request.now)
    _show(request, _origin(request), promised)


def say_not_so(request: SlackRequest) -> None:
    """**Not so**: the manager is told."""
    promised = promises.say_not_so(
        request.app.database, request.actor, _subject(request), request.now
    )
    _show(request, _origin(request), promised)


def open_date_form(request: SlackRequest) -> None:
    """**Change date**."""
    promised = promises.open_one(
        request.app.database, request.actor, _subject(request), request.now
    )
    words = views.promise_words if _viewer(request, promised) is Owner.MANAGER else views.bare_words
    what = words(promised.promise, promised.today)
    request.show(views.build_date_form(promised, what, _form_metadata(request)))


def open_take_on_form(request: SlackRequest) -> None:
    """**Take it on**: by when."""
    promised, _ = promises.to_close(
        request.app.database, request.actor, _subject(request), request.now
    )
    request.show(views.build_take_on_form(promised, _form_metadata(request)))


def open_chosen_form(request: SlackRequest) -> None:
    """The ⋯ menu."""
    forms: dict[str | None, Work] = {
        PromiseAction.DROP.value: open_drop_form,
        PromiseAction.HAND_OVER.value: open_hand_over_form,
        PromiseAction.TO_AGENDA.value: agenda.open_for_promise,
    }
    work = forms.get(request.pressed.step)
    if work is None:
        raise Gone
    work(request)


def open_drop_form(request: SlackRequest) -> None:
    """**Drop**; **Close** and **Answer**, of what a rep brought up."""
    promised, _ = promises.to_close(
        request.app.database, request.actor, _subject(request), request.now
    )
    request.show(views.build_drop_form(promised, _form_metadata(request)))


def open_hand_over_form(request: SlackRequest) -> None:
    """**Hand over**."""
    promised, others = promises.to_close(
        request.app.database, request.actor, _subject(request), request.now
    )
    if others:
        request.show(views.build_hand_over_form(promised, others, _form_metadata(request)))
    else:
        request.answer(kit.message("There is nobody else on your team to hand it over to yet."))


def date_again(request: SlackRequest) -> None:
    """The new date is saved before the form closes."""
    due_on = views.parse_date(request.state)
    _save(request, partial(promises.date_again, due_on=due_on))


def drop(request: SlackRequest) -> None:
    """Dropped before the form closes; the rep who raised it is told afterwards."""
    _save(request, partial(promises.drop, words=views.parse_why(request.state)))


def hand_over(request: SlackRequest) -> None:
    """Handed over before the form closes; the rep who raised it is told afterwards."""
    rep, words = views.parse_hand_over(request.state)
    _save(request, partial(promises.hand_over, rep=rep, words=words, form=request.form))


def _save(request: SlackRequest, change: Callable[..., Promised]) -> None:
    origin = request.metadata
    promised = change(request.app.database, request.actor, origin.subject or 0, now=request.now)
    request.accept()
    _show(request, origin, promised)


def _show(request: SlackRequest, origin: Metadata, promised: Promised) -> None:
    """Draw the change where it was made, and tell the other side where that is due."""
    request.accept()
    try:
        show_change(request.app, request.actor, origin, promised, request.now)
    finally:
        tell_rep(request.app, request.actor.workspace_id, promised)
        tell_manager(request.app, request.actor.workspace_id, promised)


def _if_open(work: Work, request: SlackRequest) -> None:
    """Do `work`; where the promise is closed or gone by now, say so, and draw that place anew."""
    try:
        work(request)
    except (AlreadyClosed, Gone) as refusal:
        origin = _origin(request)
        sentence = _how_it_stands(request, refusal)
        if sentence:
            request.answer(kit.message(sentence))
        if not origin.answer:
            redraw_origin(request.app, request.actor, origin, request.now)


def _how_it_stands(request: SlackRequest, refusal: Refusal) -> str:
    """A sentence on a promise that is closed or gone; "" where its message now says it."""
    if isinstance(refusal, Gone):
        return "That promise is not there any more."
    promised = promises.get(request.app.database, request.actor, _subject(request), request.now)
    if not request.in_home and not request.in_modal:
        request.redraw(views.build_promise(promised))
        return ""
    words = views.closed_words(promised.promise, promised.today, _viewer(request, promised))
    return f"That one is closed already. {words}"


def _viewer(request: SlackRequest, promised: Promised) -> Owner:
    own = promised.manager.slack_id == request.actor.slack_id
    return Owner.MANAGER if own else Owner.REP


def _subject(request: SlackRequest) -> int:
    return request.pressed.subject or 0


def _form_metadata(request: SlackRequest) -> Metadata:
    return replace(_origin(request), subject=_subject(request), form=new_form())


def _origin(request: SlackRequest) -> Metadata:
    """Where a promise was pressed, to be drawn anew there."""
    if request.in_home:
        return Metadata(home=request.metadata.home or 0)
    if request.in_modal:
        view = request.view
        return replace(request.metadata, under=str(view["id"]), step=str(view["callback_id"]))
    return Metadata(answer=request.response_url)
