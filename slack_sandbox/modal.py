"""An open modal as a person has it before their eyes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from slack_sandbox.client import Client
from slack_sandbox.inputs import (
    ENTER,
    TEXT_INPUTS,
    VALUE_KEYS,
    elements,
    entry,
    options_of,
    told_of,
    value_of,
)
from slack_sandbox.journal import Json
from slack_sandbox.mrkdwn import Reader
from slack_sandbox.payloads import view_object
from slack_sandbox.pressing import Surface, choice
from slack_sandbox.rendering import close_label, own_text, submit_label, text, title, view_text
from slack_sandbox.workspace import Member, View


@dataclass(frozen=True)
class Modal:
    """A modal, live. Everything that asks for something the modal does not show raises
    AssertionError."""

    client: Client
    member: Member
    view: View

    @property
    def title(self) -> str:
        return title(self.view)

    @property
    def text(self) -> str:
        """Everything on it: title, blocks with what inputs hold, errors, buttons."""
        with self.client.workspace.lock:
            return view_text(self._reader, self.view)

    @property
    def raw(self) -> Json:
        """The view as Slack's API shows it, with what was typed."""
        with self.client.workspace.lock:
            return view_object(self.client.workspace, self.view)

    @property
    def labels(self) -> list[str]:
        """The labels of all fields, top to bottom."""
        with self.client.workspace.lock:
            return [label for label, _, _ in self._fields()]

    @property
    def errors(self) -> dict[str, str]:
        """What is shown in red, by the label of the field above it."""
        with self.client.workspace.lock:
            errors = self.view.errors
            return {
                label: errors[block["block_id"]]
                for label, block, _ in self._fields()
                if block["block_id"] in errors
            }

    @property
    def trouble(self) -> str | None:
        """Slack's own words when the app did not answer the last press or submission."""
        return self.view.trouble

    def value(self, label: str) -> Any:
        """What a field holds: text, an option's text, a person's or channel's id, a date as text;
        a list where several can be chosen; None when it is empty."""
        with self.client.workspace.lock:
            block, element = self._field(label)
            held = value_of(self.view.state[block["block_id"]][element["action_id"]])
            if isinstance(held, list):
                return [self._shown(item) for item in held]
            return self._shown(held)

    def fill(self, label: str, value: object) -> None:
        """Type or choose in the field with exactly this label; None clears it.

        Text for text fields; an option's text (a list for several); a Person (a list for several);
        a date or its ISO form; a channel's id. A field with dispatch_action tells the app: one for
        text, where it wants to hear of each character, of the first and of the last.
        """
        with self.client.workspace.changing():
            self._check_open()
            block, element = self._field(label)
            filled = self._value(element, value, label)
            self.view.errors.pop(block["block_id"], None)
        if element["type"] not in TEXT_INPUTS:
            self.client.choose(self.member, self.view, block, element, entry(element, filled))
            return
        texts = [filled] if not filled or len(str(filled)) == 1 else [str(filled)[:1], filled]
        self._type(block, element, texts)

    def types(self, label: str, text: str) -> None:
        """Type in a text field, after what it holds, one character after the other: the app hears
        of each where it asked for that."""
        with self.client.workspace.changing():
            self._check_open()
            block, element = self._field(label)
            held = value_of(self.view.state[block["block_id"]][element["action_id"]]) or ""
        self._type(block, element, [held + text[:end] for end in range(1, len(text) + 1)])

    def enters(self, label: str) -> None:
        """Press Enter in a text field; the app hears of it where it asked for that."""
        with self.client.workspace.changing():
            self._check_open()
            block, element = self._field(label)
            held = self.view.state[block["block_id"]][element["action_id"]]
        if told_of(block, element, ENTER):
            self.client.press(self.member, self.view, block, element, held, counted=False)

    def _type(self, block: Json, element: Json, texts: Iterable[object]) -> None:
        after = [entry(element, text) for text in texts]
        self.client.type(self.member, self.view, block, element, after)

    def submit(self) -> None:
        """Press the submit button. What the client itself refuses is not delivered: see errors."""
        self._check_open()
        self.client.submit(self.member, self.view)

    def submit_twice(self) -> None:
        """Press the submit button twice before the app answers."""
        self._check_open()
        self.client.submit(self.member, self.view, times=2)

    def close(self) -> None:
        """Press the close button."""
        self._check_open()
        self.client.close(self.member, self.view, everything=False)

    def close_all(self) -> None:
        """Press the cross in the corner: the whole stack goes."""
        self._check_open()
        self.client.close(self.member, self.view, everything=True)

    def clicks(self, label: str, beside: str | None = None) -> None:
        """Press a button: one of the modal's own, or submit or close by their labels."""
        assert self.press(label, beside), f"there is no {label!r} on:\n{self.text}"

    def picks(self, option: object, menu: str | None = None, beside: str | None = None) -> None:
        """Choose in an overflow or select menu outside of an input block."""
        self._check_open()
        assert self.surface.pick(option, menu, beside), f"no {option!r} on:\n{self.text}"

    def press(self, label: str, beside: str | None = None) -> bool:
        """Like `clicks`, but False when there is no such button."""
        self._check_open()
        if self.surface.press(label, beside):
            return True
        if beside is not None or label not in (submit_label(self.view), close_label(self.view)):
            return False
        if label == submit_label(self.view):
            self.submit()
        else:
            self.close()
        return True

    @property
    def surface(self) -> Surface:
        return Surface(self.client, self.member, self.view)

    @property
    def _reader(self) -> Reader:
        return Reader(self.client.workspace, self.member)

    def _check_open(self) -> None:
        with self.client.workspace.lock:
            on_top = bool(self.member.stack) and self.member.stack[-1] is self.view
        assert on_top, f"this modal is not on top any more: {self.title}"

    def _fields(self) -> Iterable[tuple[str, Json, Json]]:
        """Every element that holds a value: by its block's label or text, or its placeholder."""
        for block, element in elements(self.view.blocks):
            if element["type"] not in VALUE_KEYS:
                continue
            label = own_text(self._reader, block)
            if not label and "placeholder" in element:
                label = text(self._reader, element["placeholder"])
            yield label, block, element

    def _field(self, label: str) -> tuple[Json, Json]:
        for found, block, element in self._fields():
            if found == label:
                return block, element
        raise AssertionError(f"there is no field {label!r} on:\n{self.text}")

    def _shown(self, held: Any) -> Any:
        return text(self._reader, held["text"]) if isinstance(held, dict) else held

    def _value(self, element: Json, value: object, label: str) -> object:
        several = VALUE_KEYS[element["type"]].endswith("s")
        if value in (None, "", []):
            return [] if several else None
        if element["type"] in TEXT_INPUTS:
            return str(value)
        if several:
            wanted = value if isinstance(value, list) else [value]
            return [self._chosen(element, item, label) for item in wanted]
        return self._chosen(element, value, label)

    def _chosen(self, element: Json, value: object, label: str) -> object:
        found = choice(self._reader, element, value)
        offered = [text(self._reader, option["text"]) for option in options_of(element)]
        assert found is not None, f"{label!r} does not offer {value!r}, only {offered}"
        return found
