"""The edge to Slack: who acts and what they said, and every way to answer them."""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack
from slack_sdk.models.blocks import Block

from bot.domain.faults import DatabaseUnavailableError, log_words
from bot.domain.interactions import EPHEMERAL_LIFE
from bot.domain.people import Actor
from bot.domain.refusals import BadField, Refusal
from bot.domain.todo_line import TodoLineError
from bot.domain.touches import TouchLineError
from bot.domain.typed_text import as_typed
from bot.messenger import SlackError
from bot.parts import Parts
from bot.screens.direct import write_to
from bot.views import kit, refusals
from bot.views.fields import Fields
from bot.views.ids import Metadata
from bot.views.kit import Message, View

log = logging.getLogger("windshield")


@dataclass
class Visit:
    """One thing a person did: what they said, and the ways to answer it."""

    parts: Parts
    actor: Actor
    now: datetime
    body: Mapping[str, Any]
    ack: Ack
    acked: bool = field(default=False)
    saved: bool = field(default=False)
    """What was pressed is saved, whatever happens to the answer."""

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
    def in_home(self) -> bool:
        return self.view.get("type") == "home"

    @property
    def in_modal(self) -> bool:
        return self.view.get("type") == "modal"

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

    def accept(self) -> None:
        """Tell Slack that this arrived; a form closes."""
        if not self.acked:
            self.ack()
            self.acked = True

    def answer(self, message: Message) -> None:
        """Answer for the person who acts alone, wherever they are. Raises SlackError."""
        if "command" in self.body and not self.acked:
            self.ack(response_type="ephemeral", **message)
            self.acked = True
            return
        if self.is_submission:
            self.ack(response_action="update", view=kit.as_modal(message))
            self.acked = True
            return
        self.accept()
        if self.response_url:
            self.parts.messenger.respond(self.response_url, message)
        elif self.trigger_id:
            self.show(kit.as_modal(message))

    def redraw(self, message: Message) -> None:
        """Draw the message that was pressed anew, be it shown in a modal. Raises SlackError."""
        self.accept()
        if self.response_url:
            self.parts.messenger.respond(self.response_url, message, replace=True)
        elif self.in_modal:
            self.parts.messenger.update_view(self.view["id"], kit.as_modal(message))

    def show(self, view: View) -> None:
        """Open a modal, on top of the one it was asked for in. Raises SlackError."""
        self.accept()
        if self.in_modal:
            self.parts.messenger.push_view(self.trigger_id, view)
        else:
            self.parts.messenger.open_view(self.trigger_id, view)

    def turn_into(self, view: View) -> None:
        """Let the modal this happened in become another. Raises SlackError."""
        if self.is_submission:
            self.ack(response_action="update", view=view)
            self.acked = True
            return
        self.accept()
        self.parts.messenger.update_view(self.view["id"], view)

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
    def is_saved(self) -> bool:
        """Whether what was said is saved: a form is accepted only then."""
        return self.saved or (self.body.get("type") == "view_submission" and self.acked)

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
            self.answer(kit.message(sentence, [kit.section(sentence), *self._typed_line()]))

    def _typed_line(self) -> list[Block]:
        """What was typed as a command, to be used again: Slack shows it nowhere."""
        if "command" not in self.body or not self.text.strip():
            return []
        return [
            kit.context("You typed:"),
            *kit.literal(as_typed(f"{self.body['command']} {self.text}")),
        ]


Listener = Callable[..., None]
Work = Callable[[Visit], None]


def visiting(parts: Parts, work: Work) -> Listener:
    """Bolt's listener for `work`: who acts is read from the signed payload, and whatever goes
    wrong, the person who acts sees a sentence."""

    def listener(ack: Ack, body: dict[str, Any]) -> None:
        visit = _visit(parts, ack, body)
        if visit is None:
            ack()
            return
        try:
            work(visit)
        except BadField as refusal:
            _tell(visit, refusals.sentence(refusal), refusal.field)
        except (Refusal, TouchLineError, TodoLineError) as refusal:
            _tell(visit, refusals.sentence(refusal))
        except DatabaseUnavailableError as error:
            reference = _note(error, "a request failed")
            say = refusals.saved_unseen if visit.is_saved else refusals.database_away
            _tell(visit, say(reference))
        except SlackError as error:
            say = refusals.saved_unseen if visit.is_saved else refusals.slack_away
            _tell(visit, say(_note(error, "Slack refused")))
        except Exception as error:  # the person always sees something
            say = refusals.saved_unseen if visit.is_saved else refusals.out_of_order
            _tell(visit, say(_note(error, "unexpected")))

    return listener


def new_form() -> str:
    """The id of one opened form."""
    return secrets.token_hex(8)


def _visit(parts: Parts, ack: Ack, body: Mapping[str, Any]) -> Visit | None:
    """None for what comes from a workspace we do not know."""
    team = body.get("team_id") or (body.get("team") or {}).get("id") or ""
    workspace_id = parts.workspaces.get(team)
    event = body.get("event") or {}
    person = event.get("user") or body.get("user_id") or (body.get("user") or {}).get("id") or ""
    if isinstance(person, dict):
        person = person.get("id", "")
    if workspace_id is None or not person:
        return None
    return Visit(parts, Actor(workspace_id, person), parts.clock.now(), body, ack)


def _tell(visit: Visit, sentence: str, field_name: str = "") -> None:
    if visit.is_saved:
        # The form closes at this moment: a modal would come before or after it, as luck has it.
        _write(visit, sentence)
        return
    try:
        visit.tell(sentence, field_name)
    except SlackError as error:
        _note(error, "could not answer there")
        _write(visit, sentence)


def _write(visit: Visit, sentence: str) -> None:
    """Say it in a direct message: the last way that is left."""
    try:
        write_to(visit.parts, visit.actor.workspace_id, visit.actor.slack_id, kit.message(sentence))
    except (SlackError, DatabaseUnavailableError) as error:
        _note(error, "could not answer at all")


def _note(error: Exception, what: str) -> str:
    """Write a fault down; the reference that the person is given."""
    reference = secrets.token_hex(2).upper()
    known = isinstance(error, SlackError | DatabaseUnavailableError)
    log.error("%s (ref %s): %s", what, reference, log_words(error), exc_info=not known)
    return reference


def _plain(sentence: str) -> str:
    """A sentence where Slack takes plain text only."""
    return as_typed(sentence).replace("`", "").replace("*", "")
