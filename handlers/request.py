"""The edge to Slack: who acts and what they request, and every way to answer them."""

import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, BoltContext

from bot.context import AppContext
from bot.domain.contacts.drafts import DraftStep, stamp
from bot.domain.contacts.interactions import EPHEMERAL_LIFE
from bot.domain.contacts.touches import TouchLineError
from bot.domain.contacts.typed_text import as_typed
from bot.domain.todo.line import TodoLineError
from bot.domain.workspaces import outcome
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.outcome import Outcome
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import (
    BadField,
    ForManagers,
    Gone,
    NoTeam,
    NotInstalled,
    Outsider,
    Refusal,
)
from bot.listeners import waited
from bot.messenger import OutdatedViewError, SlackError
from bot.screens.delivery.direct import write_to
from bot.services.contacts import raising
from bot.views.block_kit import kit, refusals
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Beneath, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.raising import build_for_managers
from handlers.actors import actor_of, placed

log = logging.getLogger("windshield")


ACK_WITHIN = 3.0
"""Seconds after which Slack takes no acknowledgement any more
(https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response)."""


SHORTCUTS = ("shortcut", "message_action")
"""What Slack calls the types of them in their payloads."""


@dataclass
class AnyRequest:
    """One thing a person did: what they request, and the ways to answer it, whoever they are."""

    app: AppContext
    now: datetime
    body: Mapping[str, Any]
    ack: Ack
    acked: bool = field(default=False)

    @property
    def text(self) -> str:
        """What was typed after a command, as Slack sends it."""
        return str(self.body.get("text") or "")

    @property
    def view(self) -> Mapping[str, Any]:
        """The modal or Home it happened in; empty elsewhere."""
        return self.body.get("view") or {}

    @property
    def state(self) -> Mapping[str, Any]:
        """What is typed and chosen, in a form or beside a button."""
        return self.view.get("state") or self.body.get("state") or {}

    @property
    def fields(self) -> Fields:
        return Fields(self.state)

    @property
    def metadata(self) -> Metadata:
        """Of the modal this happened in."""
        return Metadata.unpack(self.view.get("private_metadata"))

    @property
    def pressed(self) -> Metadata:
        """What the button or menu entry that was pressed carries."""
        action = (self.body.get("actions") or [{}])[0]
        chosen = action.get("selected_option") or {}
        return Metadata.unpack(chosen.get("value") or action.get("value"))

    @property
    def typed_at(self) -> int:
        """Slack's stamp of what was pressed, chosen or typed, in microseconds; 0 where it has
        none."""
        action = (self.body.get("actions") or [{}])[0]
        return stamp(str(action.get("action_ts") or ""))

    @property
    def form(self) -> str:
        """What names this form, button or command as it stood before the person: sent or pressed
        again, it is the same. Of a form without an id of its own it is the modal."""
        if "view" in self.body and "actions" not in self.body:
            return self.metadata.form or str(self.view["id"])
        action = (self.body.get("actions") or [{}])[0]
        if not action:
            return self.trigger_id or new_form()
        container = self.body.get("container") or {}
        place = container.get("message_ts") or self.view.get("id")
        value = str(action.get("value")).encode()
        return f"{place}:{action['action_id']}:{hashlib.sha256(value).hexdigest()[:16]}"

    @property
    def in_home(self) -> bool:
        return self.view.get("type") == "home"

    @property
    def in_modal(self) -> bool:
        return self.view.get("type") == "modal"

    @property
    def under(self) -> str | None:
        """The modal this happened in, for what is opened from it to draw it anew; None where it
        was in none."""
        if not self.in_modal:
            return None
        view = self.view
        return Beneath(str(view["id"]), str(view.get("callback_id") or ""), self.metadata).pack()

    @property
    def response_url(self) -> str | None:
        return self.body.get("response_url") or None

    @property
    def is_too_old(self) -> bool:
        """Whether this was pressed on an answer that Slack lets nobody change any more."""
        container = self.body.get("container") or {}
        if not container.get("is_ephemeral"):
            return False
        shown = datetime.fromtimestamp(float(container.get("message_ts", 0)), UTC)
        return self.now - shown > EPHEMERAL_LIFE

    @property
    def is_event(self) -> bool:
        return "event" in self.body

    @property
    def is_late(self) -> bool:
        """Whether Slack has given up waiting: it tells the person so, and an acknowledgement shows
        nothing any more."""
        return waited() > ACK_WITHIN

    def accept(self) -> None:
        """Tell Slack that this arrived; a form closes."""
        if self.acked:
            return
        if self.is_submission and self.is_late:
            outcome.unseen()
        self.ack()
        self.acked = True

    def _answer_at_once(self, **answer: Any) -> bool:
        """Let the acknowledgement show it; False where it is too late for that."""
        if self.is_late:
            return False
        self.ack(**answer)
        self.acked = True
        outcome.shown()
        return True

    def answer(self, message: Message) -> None:
        """Answer for the person who acts alone, wherever they are. Raises SlackError."""
        if self.is_submission:
            self.turn_into(kit.as_modal(message))
            return
        unanswered = "command" in self.body and not self.acked
        # An acknowledgement is weighed as any message; what comes by a response URL is not.
        # Of what an acknowledgement holds nobody hears whether Slack took it: a workspace may have
        # no charts.
        light = kit.weight(message.get("blocks", ())) <= kit.MESSAGE_ROOM
        light = light and not kit.has_chart(message)
        if unanswered and light and self._answer_at_once(response_type="ephemeral", **message):
            return
        self.accept()
        if self.response_url:
            self.app.messenger.respond(self.response_url, message)
        elif self.trigger_id:
            self.show(kit.as_modal(message))

    def redraw(self, message: Message) -> None:
        """Draw the message that was pressed anew, be it shown in a modal. Raises SlackError."""
        self.accept()
        if self.response_url:
            self.app.messenger.respond(self.response_url, message, replace=True)
        elif self.in_modal:
            self.app.messenger.update_view(self.view["id"], kit.as_modal(message))

    def show(self, view: View) -> None:
        """Open a modal on top of the one it was asked for in; in its place where that is the third,
        since Slack lays no more on each other (https://docs.slack.dev/surfaces/modals#view-stack).
        Raises SlackError."""
        self.accept()
        if self._is_third:
            self.app.messenger.update_view(self.view["id"], view)
        elif self.in_modal:
            self.app.messenger.push_view(self.trigger_id, view)
        else:
            self.app.messenger.open_view(self.trigger_id, view)

    @property
    def _is_third(self) -> bool:
        return self.view.get("previous_view_id") not in (None, self.view.get("root_view_id"))

    def draw_beneath(self, view: View) -> None:
        """Draw the modal anew that this form was opened from, where there is one. Raises
        SlackError."""
        under = self.metadata.under
        beneath = Beneath.unpack(under).view if under else self.view.get("previous_view_id")
        if beneath:
            self.app.messenger.update_view(str(beneath), view)

    def turn_into(self, view: View) -> None:
        """Let the modal this happened in become another. Raises SlackError, and Gone where it
        happened in none: what is pressed in a modal alone came from elsewhere."""
        if not self.view:
            raise Gone
        if self.is_submission and self._answer_at_once(response_action="update", view=view):
            return
        self.accept()
        # An acknowledgement that comes too late leaves the form open: it can still be drawn anew.
        self.app.messenger.update_view(self.view["id"], view)

    def draw_unless_changed(self, view: View) -> bool:
        """Draw the modal anew that this happened in; False where it is another by now than whoever
        acted had before them. Raises SlackError."""
        self.accept()
        try:
            self.app.messenger.update_view(self.view["id"], view, seen=self.view["hash"])
        except OutdatedViewError:
            return False
        return True

    def stay(self, field_name: str, sentence: str) -> None:
        """Keep the form open with everything typed in it, and say why at a field."""
        # In a form of several steps a field is named `due_on.pipeline`.
        named = (name for name in self.fields.names() if name.partition(".")[0] == field_name)
        name = next(named, None) or self._first_input()
        self.ack(response_action="errors", errors={name: sentence})
        self.acked = True

    @property
    def is_submission(self) -> bool:
        return self.body.get("type") == "view_submission" and not self.acked

    @property
    def trigger_id(self) -> str:
        return str(self.body.get("trigger_id") or "")

    def _first_input(self) -> str:
        inputs = [b["block_id"] for b in self.view.get("blocks", []) if b["type"] == "input"]
        return str(inputs[0]) if inputs else ""

    @property
    def has_inputs(self) -> bool:
        return bool(self._first_input())

    def tell(self, sentence: str, field_name: str = "") -> None:
        """Say a sentence where the person looks: at a field of a form, or as an answer."""
        if self.is_submission and self.has_inputs:
            self.stay(field_name, _plain(sentence))
        else:
            self.answer(kit.message(sentence, [kit.section(sentence), *kit.typed(self.typed_line)]))

    @property
    def typed_line(self) -> str:
        """A command as it was typed; "" where nothing was typed after it."""
        if "command" not in self.body or not self.text.strip():
            return ""
        return as_typed(f"{self.body['command']} {self.text}")


@dataclass
class SlackRequest(AnyRequest):
    """What somebody did whom we know how to place: in one of our workspaces, and one of its own
    people or on a team there."""

    actor: Actor = field(kw_only=True)


Listener = Callable[..., None]
Work = Callable[[SlackRequest], None]


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


def new_form() -> str:
    """The id of one opened form."""
    return secrets.token_hex(8)


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
        case ForManagers() | NoTeam() if _tell_rep(request):
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


def _tell_rep(request: AnyRequest) -> bool:
    """Answer a rep who used a command or a shortcut of managers with what reps can do, and the
    words of it filled in; False where they are none, or it was neither."""
    asked = "command" in request.body or request.body.get("type") in SHORTCUTS
    if not asked or not isinstance(request, SlackRequest):
        return False
    try:
        seats = raising.seats(request.app.database, request.actor, request.now)
        if seats.leads or not seats.on:
            return False
        words = as_typed(request.text)
        request.answer(build_for_managers(seats.on, words, request.typed_line))
    except Exception as error:  # there is another way to say it
        _note(error, "could not answer a rep")
        return False
    return True


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


def _plain(sentence: str) -> str:
    """A sentence where Slack takes plain text only."""
    return as_typed(sentence).replace("`", "").replace("*", "")
