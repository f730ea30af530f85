"""The edge to Slack: who acts and what they request, and every way to answer them."""

import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack

from bot.context import AppContext
from bot.domain.contacts.drafts import stamp
from bot.domain.contacts.interactions import EPHEMERAL_LIFE
from bot.domain.contacts.typed_text import as_typed
from bot.domain.workspaces import outcome
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import (
    Gone,
)
from bot.listeners import waited
from bot.messenger import OutdatedViewError
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Beneath, Metadata
from bot.views.block_kit.kit import Message, View

log = logging.getLogger("windshield")


ACK_WITHIN = 3.0
"""Seconds after which Slack takes no acknowledgement any more
(https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response)."""


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
        if self.is_third:
            self.app.messenger.update_view(self.view["id"], view)
        elif self.in_modal:
            self.app.messenger.push_view(self.trigger_id, view)
        else:
            self.app.messenger.open_view(self.trigger_id, view)

    @property
    def is_third(self) -> bool:
        """Whether what this happened in is the third modal, on which Slack lays no other."""
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


Work = Callable[[SlackRequest], None]


def new_form() -> str:
    """The id of one opened form."""
    return secrets.token_hex(8)


def _plain(sentence: str) -> str:
    """A sentence where Slack takes plain text only."""
    return as_typed(sentence).replace("`", "").replace("*", "")
