"""How the page's templates draw: texts in someone's eyes, fields with what they hold."""

import html
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from slack_sandbox.inputs import (
    CHARACTER,
    ENTER,
    TEXT_LIMIT,
    VALUE_KEYS,
    State,
    options_of,
    told_of,
)
from slack_sandbox.journal import Json
from slack_sandbox.mrkdwn import Reader, entities
from slack_sandbox.page import charts, rich_text
from slack_sandbox.page.markdown_html import markdown_html
from slack_sandbox.page.mrkdwn_html import is_web, mrkdwn_html, plain_text_html
from slack_sandbox.page.surfaces import control_value, is_generated
from slack_sandbox.workspace import Member, Workspace

HUES = 8
"""Colours of avatars in the style sheet."""


@dataclass(frozen=True)
class BlockRenderer:
    """The eyes of one person."""

    workspace: Workspace
    member: Member

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.workspace, self.member)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.member.tz or "UTC")

    @property
    def now(self) -> datetime:
        return self.workspace.clock.now().astimezone(self.zone)

    def text(self, given: Any) -> Markup:
        """A text object; a bare string, where Slack takes one, is plain text."""
        if not isinstance(given, Mapping):
            return plain_text_html(str(given))
        content = str(given.get("text", ""))
        if given.get("type") == "mrkdwn":
            verbatim = bool(given.get("verbatim"))
            return mrkdwn_html(self.reader, content, verbatim=verbatim)
        return plain_text_html(content)

    def words(self, given: Any) -> str:
        """A text object as bare words, for an attribute."""
        return entities(str(given.get("text", "") if isinstance(given, Mapping) else given))

    def message(self, text: str) -> Markup:
        return mrkdwn_html(self.reader, text)

    def rich_text(self, block: Json) -> Markup:
        return rich_text.rich_text(self.reader, block)

    def markdown(self, text: str) -> Markup:
        return markdown_html(text)

    def name(self, identity: str) -> str:
        """A person's name or a channel's; the id of one that is not known."""
        if identity in self.workspace.members:
            return self.workspace.members[identity].name
        channel = self.workspace.channels.get(identity)
        if channel is None:
            return identity
        return self.workspace.manifest.name if channel.kind == "im" else f"#{channel.name}"


@dataclass(frozen=True)
class SurfaceContext:
    """Where blocks are drawn: `address` names it to the browser, `kind` is "message", "modal" or
    "home"."""

    renderer: BlockRenderer
    address: str
    kind: str
    state: State = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def raw(self, block: Json, element: Json) -> Any:
        """What the browser's control of an element holds."""
        held = self.state.get(block.get("block_id", ""), {}).get(element.get("action_id", ""))
        return control_value(element, held, self.renderer.zone)

    def chosen(self, block: Json, element: Json) -> list[tuple[str, str]]:
        """Value and label of each choice made in a menu."""
        raw = self.raw(block, element)
        values = raw if isinstance(raw, list) else [raw] if raw else []
        options = {option["value"]: option for option in options_of(element)}
        return [
            (
                each,
                self.renderer.words(options[each]["text"]) if each in options else self._name(each),
            )
            for each in values
        ]

    def _name(self, identity: str) -> str:
        return self.renderer.name(identity)


def hue(identity: str) -> int:
    """Which colour someone's avatar has: the same in every run."""
    return zlib.crc32(identity.encode()) % HUES


def initials(name: str) -> str:
    """One or two letters for an avatar."""
    words = [word for word in name.split() if word[0].isalnum()] or [name or "?"]
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def city(zone: str | None) -> str:
    """A zone as people call it: Berlin, New York."""
    return (zone or "UTC").rsplit("/", 1)[-1].replace("_", " ")


def key_of(block: Json) -> str:
    """The block's own id, by which the browser knows it again; empty for one that Slack made up."""
    identity = str(block.get("block_id", ""))
    return "" if is_generated(identity) else identity


def dispatches(block: Json, element: Json) -> str:
    """When a text input tells the app: "enter", "typing" or, mostly, never."""
    if told_of(block, element, CHARACTER):
        return "typing"
    return "enter" if told_of(block, element, ENTER) else ""


_BOLD = re.compile(r"\*([^*\n]+)\*")


def menu_name(block: Json) -> str:
    """What a screen reader says of a ⋯ menu. Slack gives one no name of its own, so it is called
    by what stands beside it: the last bold words of its section, or whom a button beside it names
    (`Done: Ada Ek`)."""
    bold = _BOLD.findall(str(block.get("text", {}).get("text", "")))
    spoken = (str(one.get("accessibility_label", "")) for one in block.get("elements", ()))
    named = (said.partition(": ")[2] for said in spoken)
    beside = bold[-1] if bold else next(filter(None, named), "")
    return f"More for {html.unescape(beside)}" if beside else "More actions"


@cache
def environment() -> Environment:
    """Templates that escape whatever they are given."""
    made = Environment(
        loader=PackageLoader("slack_sandbox.page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "chart_of": charts.chart,
        "canvas": {"width": charts.WIDTH, "height": charts.HEIGHT},
        "city": city,
        "dispatches": dispatches,
        "hue": hue,
        "initials": initials,
        "key_of": key_of,
        "menu_name": menu_name,
        "is_web": is_web,
        "several": frozenset(kind for kind, key in VALUE_KEYS.items() if key.endswith("s")),
        "text_limit": TEXT_LIMIT,
    }
    return made
