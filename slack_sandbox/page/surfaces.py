"""What a browser's control holds, as the state entry that Slack would send, and back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sandbox.inputs import TEXT_INPUTS, VALUE_KEYS, elements, entry, options_of, value_of
from slack_sandbox.journal import Json
from slack_sandbox.pressing import moment
from slack_sandbox.workspace import Member, Post, View, Workspace


class StaleElementError(Exception):
    """What the browser shows is not there any more."""


@dataclass(frozen=True)
class MemberSurfaces:
    """Where someone acts. Hold the workspace's lock while using it."""

    workspace: Workspace
    member: Member

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.member.tz or "UTC")

    def surface(self, address: object) -> Post | View:
        """What stands at `view:ID` or `post:CHANNEL:TS` before this person;
        StaleElementError when nothing does, or not before this person."""
        kind, _, rest = str(address).partition(":")
        found: Post | View | None = None
        if kind == "view":
            views = [*self.member.stack, *([self.member.home] if self.member.home else [])]
            found = next((view for view in views if view.id == rest), None)
        elif kind == "post":
            channel, _, ts = rest.partition(":")
            found = next((post for post in self.posts(channel) if post.ts == ts), None)
        if found is None:
            raise StaleElementError
        return found

    def posts(self, channel: str) -> list[Post]:
        """What this person sees in a conversation, the oldest first; nothing where they are not."""
        found = self.workspace.channels.get(channel)
        if found is None or self.member.id not in found.members:
            return []
        own = self.workspace.ephemerals.get(self.member.id, [])
        posts = [*found.posts, *(post for post in own if post.channel == channel)]
        return sorted(posts, key=lambda post: float(post.ts))

    def element(self, surface: Post | View, given: Mapping[str, Any]) -> tuple[Json, Json]:
        """The block and element that `given` names by `block` and `action`."""
        wanted = (given.get("block"), given.get("action"))
        for block, element in elements(surface.blocks):
            if (block["block_id"], element.get("action_id")) == wanted:
                return block, element
        raise StaleElementError

    def control(self, surface: Post | View, given: Mapping[str, Any]) -> tuple[Json, Json]:
        """Like `element`, also when the surface was redrawn since the browser showed it: blocks
        without an id of the app's get another one each time, and the button or menu that has the
        same action and the same `value` is still the same."""
        try:
            return self.element(surface, given)
        except StaleElementError:
            alike = [
                (block, element)
                for block, element in elements(surface.blocks)
                if is_generated(str(given.get("block")))
                and is_generated(block["block_id"])
                and element.get("action_id") == given.get("action")
                and given.get("value") in _values(element)
            ]
        if len(alike) != 1:
            raise StaleElementError
        return alike[0]

    def set_values(self, surface: Post | View, fields: object) -> None:
        """Let every field hold what stands in it: `fields` is a list of objects with `block`,
        `action` and `value`. One that is not there any more is left out."""
        for given in fields if isinstance(fields, list) else []:
            try:
                block, element = self.element(surface, given)
                held = self.entry(element, given.get("value"))
            except StaleElementError:
                continue
            self.set_entry(surface, block, element, held)

    def set_entry(self, surface: Post | View, block: Json, element: Json, held: Json) -> None:
        """Put an entry in its place; what was wrong with it is forgotten, as in Slack."""
        place = surface.state[block["block_id"]]
        if place[element["action_id"]] != held and isinstance(surface, View):
            surface.errors = {
                key: why for key, why in surface.errors.items() if key != block["block_id"]
            }
        place[element["action_id"]] = held

    def entry(self, element: Json, raw: object) -> Json:
        """The state entry of an element in which a browser's control holds `raw`."""
        if element["type"] == "overflow":
            return {"selected_option": self._option(element, raw)}
        if element["type"] not in VALUE_KEYS:
            raise StaleElementError
        if VALUE_KEYS[element["type"]].endswith("s"):
            chosen = raw if isinstance(raw, list) else []
            return entry(element, [self._one(element, each) for each in chosen])
        if raw in (None, "", []):
            return entry(element, None)
        return entry(element, self._one(element, raw))

    def _one(self, element: Json, raw: object) -> object:
        kind = str(element["type"])
        if kind in TEXT_INPUTS:
            return str(raw)
        if options_of(element):
            return self._option(element, raw)
        if "users_select" in kind:
            return self._known(raw, self.workspace.members)
        if "conversations_select" in kind or "channels_select" in kind:
            return self._known(raw, self.workspace.channels)
        value = self._datetime(raw) if kind == "datetimepicker" else moment(kind, raw)
        if value is None:
            raise StaleElementError
        return value

    def _datetime(self, raw: object) -> str | int | None:
        try:
            at = datetime.fromisoformat(str(raw)).replace(tzinfo=self.zone)
        except ValueError:
            return None
        return moment("datetimepicker", at)

    def _option(self, element: Json, raw: object) -> Json:
        for option in options_of(element):
            if option["value"] == raw:
                return option
        raise StaleElementError

    def _known(self, raw: object, known: Mapping[str, object]) -> str:
        if str(raw) not in known:
            raise StaleElementError
        return str(raw)


def is_generated(block_id: str) -> bool:
    """Whether Slack gave a block its id, and not the app."""
    return _GENERATED.fullmatch(block_id) is not None


_GENERATED = re.compile(r"b0[0-9A-F]{9}")


def _values(element: Json) -> list[object]:
    """What a press or a choice in an element can stand for."""
    if element["type"] == "button":
        return [element.get("value", "")]
    return [option["value"] for option in options_of(element)]


def control_value(element: Json, held: Json | None, zone: ZoneInfo) -> Any:
    """What a browser's control shows for a state entry: text, an option's value, an id, a date; a
    list where several can be chosen."""
    value = value_of(held) if held else None
    if isinstance(value, list):
        return [each["value"] if isinstance(each, dict) else each for each in value]
    if isinstance(value, dict):
        return value["value"]
    if value is None:
        return ""
    if element["type"] == "datetimepicker":
        return f"{datetime.fromtimestamp(int(value), zone):%Y-%m-%dT%H:%M}"
    return str(value)
