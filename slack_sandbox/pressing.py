"""Finding what a person means by a label, on a message, a modal or a Home, and pressing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slack_sandbox.client import Client
from slack_sandbox.inputs import VALUE_KEYS, elements, entry, options_of, value_of
from slack_sandbox.journal import Json
from slack_sandbox.mrkdwn import Reader
from slack_sandbox.rendering import own_text, text
from slack_sandbox.workspace import Member, Post, View

_GROUP_STARTS = frozenset(
    {"section", "header", "rich_text", "markdown", "table", "data_table", "image"}
    | {"data_visualization"}
)


@dataclass(frozen=True)
class Surface:
    """One visible thing with its controls, for the person who looks at it."""

    client: Client
    member: Member
    shown: Post | View

    def press(self, label: str, beside: str | None) -> bool:
        """Press the first button with exactly this label; False when there is none."""
        with self.client.workspace.lock:
            found = next(self._buttons(label, beside), None)
        if found is None:
            return False
        self.client.press(self.member, self.shown, *found, None)
        return True

    def pick(self, option: object, menu: str | None, beside: str | None) -> bool:
        """Choose in the first menu that offers `option`; False when none does.

        `option` is an option's text, a person or a date, as the menu needs; `menu` is a menu's
        placeholder or the label of its block. A choice that is made already is undone in
        checkboxes, and added to in menus for several.
        """
        with self.client.workspace.lock:
            found = next(self._choices(option, menu, beside), None)
        if found is None:
            return False
        self.client.choose(self.member, self.shown, *found)
        return True

    def _reader(self) -> Reader:
        return Reader(self.client.workspace, self.member)

    def _buttons(self, label: str, beside: str | None) -> Iterator[tuple[Json, Json]]:
        reader = self._reader()
        for block, element in elements(self.shown.blocks):
            if element["type"] != "button" or text(reader, element["text"]) != label:
                continue
            if self._is_beside(block, beside):
                yield block, element

    def _choices(
        self, option: object, menu: str | None, beside: str | None
    ) -> Iterator[tuple[Json, Json, Json]]:
        for block, element in elements(self.shown.blocks):
            if not self._is_beside(block, beside) or not self._is_menu(block, element, menu):
                continue
            chosen = self._chosen(block, element, option)
            if chosen is not None:
                yield block, element, chosen

    def _chosen(self, block: Json, element: Json, option: object) -> Json | None:
        """The entry after choosing; None when the element does not offer `option`."""
        value = choice(self._reader(), element, option)
        if value is None:
            return None
        if element["type"] == "overflow":
            return {"selected_option": value}
        if not VALUE_KEYS[element["type"]].endswith("s"):
            return entry(element, value)
        held = list(value_of(self.shown.state[block["block_id"]][element["action_id"]]))
        if element["type"] == "checkboxes" and value in held:
            return entry(element, [item for item in held if item != value])
        return entry(element, [*held, value])

    def _is_menu(self, block: Json, element: Json, menu: str | None) -> bool:
        if element["type"] == "button" or element["type"] not in {*VALUE_KEYS, "overflow"}:
            return False
        if menu is None:
            return True
        reader = self._reader()
        names = [text(reader, element["placeholder"])] if "placeholder" in element else []
        return menu in [*names, own_text(reader, block)]

    def _is_beside(self, block: Json, beside: str | None) -> bool:
        """Whether `beside` stands in the block itself, or in the blocks that lead to it: back to
        and with the nearest one that begins something (a section, a header, …)."""
        if beside is None:
            return True
        reader, blocks = self._reader(), self.shown.blocks
        if beside in own_text(reader, block):
            return True
        if block["type"] in _GROUP_STARTS:
            return False
        for before in reversed(blocks[: blocks.index(block)]):
            if beside in own_text(reader, before):
                return True
            if before["type"] in _GROUP_STARTS:
                return False
        return False


def choice(reader: Reader, element: Json, option: object) -> Any:
    """What an element holds once a person chose `option` in it; None when it does not offer it.

    `option` is an option's text, a person (or whatever has an id), a channel's id or a date.
    """
    kind, option = element["type"], getattr(option, "id", option)
    if kind in ("plain_text_input", "number_input"):
        return None
    if options_of(element):
        return next(
            (found for found in options_of(element) if text(reader, found["text"]) == option), None
        )
    workspace = reader.workspace
    if kind in ("users_select", "multi_users_select"):
        return option if option in workspace.members else None
    if kind.endswith(("conversations_select", "channels_select")):
        return option if option in workspace.channels else None
    return moment(kind, option)


def moment(kind: str, option: object) -> str | int | None:
    """The value of a date, time or datetime picker; None when `option` is no such thing."""
    try:
        match kind:
            case "datepicker":
                day = option if isinstance(option, date) else date.fromisoformat(str(option))
                return f"{day:%Y-%m-%d}"
            case "timepicker":
                return f"{datetime.strptime(str(option), '%H:%M'):%H:%M}"  # noqa: DTZ007
            case "datetimepicker" if isinstance(option, datetime):
                return int(option.timestamp())
    except ValueError:
        return None
    return None
