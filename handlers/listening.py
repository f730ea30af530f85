"""Bolt's listeners for what people do, and what they are told where it went wrong."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.context import AppContext
from bot.domain.contacts.drafts import DraftStep
from bot.domain.contacts.touches import TouchLineError
from bot.domain.todo.line import TodoLineError
from bot.domain.workspaces import outcome
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.outcome import Outcome
from bot.domain.workspaces.refusals import (
    BadField,
    ForManagers,
    NoTeam,
    NotInstalled,
    Outsider,
    Refusal,
)
from bot.messenger import SlackError
from bot.screens.delivery.direct import write_to
from bot.views.block_kit import kit, refusals
from handlers.actors import actor_of, placed
from handlers.help import answer_rep
from handlers.request import AnyRequest, SlackRequest, Work

log = logging.getLogger("windshield")

Listener = Callable[..., None]


def listener(app: AppContext, work: Work) -> Listener:
    """Bolt's listener for `work`: who acts is read from the signed payload, and whatever goes
    wrong, the person who acts sees a sentence. What is saved is never said to be lost: where it
    could not be shown, the person is told so once."""

    def listen(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        request = AnyRequest(app, app.clock.now(), body, ack)
        with outcome.recording() as so_far:
            try:
                actor = actor_of(app, context, body)
                if actor is not None:
                    request = SlackRequest(app, request.now, body, ack, actor=actor)
                    work(request)
            except Exception as error:  # the person always sees something
                _explain(request, error, so_far)
            else:
                if so_far.is_untold:
                    _tell_saved(request, _reference("not shown, though saved"))
            request.accept()

    return listen


def typing_listener(app: AppContext, work: Callable[[SlackRequest], DraftStep]) -> Listener:
    """Bolt's listener for what is typed and chosen in a form that is saved meanwhile: `work` says
    what stands in it by then. It is acknowledged first and saved after, and whatever goes wrong
    with that, nobody is interrupted in the middle of a word: it is tried again, and told in the
    log."""

    def listen(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        ack()
        try:
            actor = placed(app, context, body)
            if actor is not None:
                request = SlackRequest(app, app.clock.now(), body, ack, acked=True, actor=actor)
                app.autosave.put(actor, work(request), request.now)
        except Exception as error:  # the form stays as it is, and saves itself when it is sent
            _note(error, "something typed was not taken")

    return listen


def _explain(request: AnyRequest, error: Exception, so_far: Outcome) -> None:
    """Tell the person what became of what they did."""
    if isinstance(error, NotInstalled | Outsider) and request.is_event:
        return  # nobody asked for anything
    if so_far.saved and not isinstance(error, BadField):
        what = "saved, and then refused" if isinstance(error, Refusal) else "saved, and then failed"
        reference = _note(error, what)
        if not so_far.shown:
            _tell_saved(request, reference)
        return
    match error:
        case BadField():
            _tell(request, refusals.sentence(error), error.field)
        case ForManagers() | NoTeam() if _answered_rep(request):
            pass
        case Refusal() | TouchLineError() | TodoLineError():
            _tell(request, refusals.sentence(error))
        case DatabaseUnavailableError():
            reference = _note(error, "a request failed")
            _tell(request, refusals.database_away(reference), reference=reference)
        case SlackError():
            reference = _note(error, "Slack refused")
            _tell(request, refusals.slack_away(reference), reference=reference)
        case _:
            reference = _note(error, "unexpected")
            _tell(request, refusals.out_of_order(reference), reference=reference)


def _answered_rep(request: AnyRequest) -> bool:
    try:
        return isinstance(request, SlackRequest) and answer_rep(request)
    except Exception as error:  # there is another way to say it
        _note(error, "could not answer a rep")
        return False


def _tell(request: AnyRequest, sentence: str, field_name: str = "", reference: str = "") -> None:
    if request.is_submission and request.has_inputs and request.is_late:
        # Slack has said by now that something went wrong, and the form stays as it is.
        request.accept()
        _write(request, sentence, reference or _reference("refused too late"))
        return
    try:
        request.tell(sentence, field_name)
    except Exception as error:  # there is another way to say it
        _write(request, sentence, reference or _note(error, "could not answer there"))


def _tell_saved(request: AnyRequest, reference: str) -> None:
    """Say that it is saved: as the answer to a command that has none yet, else in a direct message.
    A form closes at this moment: a modal would come before or after that, as luck has it."""
    sentence = refusals.saved_unseen(reference)
    if "command" in request.body and not request.acked and not request.is_late:
        request.answer(kit.message(sentence))
        return
    request.accept()
    _write(request, sentence, reference)


def _write(request: AnyRequest, sentence: str, reference: str) -> None:
    """Say it in a direct message: the last way that is left, to those who have one with us."""
    if not isinstance(request, SlackRequest):
        log.warning("could not answer somebody from elsewhere (ref %s)", reference)
        return
    try:
        write_to(
            request.app, request.actor.workspace_id, request.actor.slack_id, kit.message(sentence)
        )
    except Exception as error:  # there is no other way
        log.error("could not answer at all (ref %s): %s", reference, type(error).__name__)


def _note(error: Exception, what: str) -> str:
    """Write a fault down; the reference that the person is given."""
    known = isinstance(error, SlackError | DatabaseUnavailableError | Refusal)
    reference = _new_reference()
    log.error(
        "%s (ref %s): %s", what, reference, log_words(error), exc_info=None if known else error
    )
    return reference


def _reference(what: str) -> str:
    """Write it down under a reference of its own."""
    reference = _new_reference()
    log.error("%s (ref %s)", what, reference)
    return reference


def _new_reference() -> str:
    return secrets.token_hex(2).upper()
