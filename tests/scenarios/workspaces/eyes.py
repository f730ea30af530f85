"""Everything that anybody gets, seen as it goes out: who could read which words of it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.inputs import elements
from slack_sandbox.journal import ApiCall, Json
from tests.scenarios.conftest import World
from tests.scenarios.workspaces.audience import audience
from tests.scenarios.workspaces.rehearsal import watching

MARKED = re.compile(r"zwq[a-z]+\d+")
"""What marked words look like: what kind they are, in letters, and a number."""


@dataclass
class Eyes:
    """`read` holds the marked words by the Slack id of who got them, each with where it stood
    first; `notices` those that a lock screen may have shown; `payloads` counts what was seen.
    `unnamed` is what a screen reader cannot tell apart, `marked_up` what a lock screen would show
    the marks of. `together` holds words that stand in no payload without another, each with that
    one; `apart` are those that did, and `met` where those two were seen."""

    world: World
    read: dict[str, dict[str, str]] = field(default_factory=dict)
    notices: set[str] = field(default_factory=set)
    unnamed: set[str] = field(default_factory=set)
    marked_up: set[str] = field(default_factory=set)
    payloads: int = 0
    together: dict[str, str] = field(default_factory=dict)
    apart: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    actor: str = ""

    def sees(self, slack_id: str, where: str, payload: Any) -> None:
        self.payloads += 1
        self.unnamed |= unnamed(payload)
        found = self.read.setdefault(slack_id, {})
        words = set(MARKED.findall(json.dumps(payload, ensure_ascii=False)))
        for word in words:
            found.setdefault(word, where)
            other = self.together.get(word)
            if other in words:
                self.met.add(where)
            elif other is not None:
                self.apart.append(f"{slack_id} got {word} by {where} without {other}")

    def called(self, call: ApiCall) -> None:
        for person in audience(self.world, call, self.actor):
            self.sees(person, call.method, call.arguments)
        if call.method.startswith("chat."):
            self.notices.update(MARKED.findall(str(call.arguments.get("text"))))
        if call.method == "chat.postMessage":
            text = str(call.arguments.get("text"))
            self.marked_up |= {text} if re.search(r"[*`<\n]", text) else set()
            # A desktop reads the first block (https://docs.slack.dev/changelog/2026-07-13).
            self.notices.update(MARKED.findall(first_block(call.arguments)))


def unnamed(payload: Any) -> set[str]:
    """Buttons of one label beside each other, and choices without one, that have no name of their
    own for a screen reader. A ⋯ menu is given none by Slack: it is named by the text beside it."""
    shown = list(elements(blocks_of(payload)))
    labels = Counter(one["text"]["text"] for _, one in shown if one["type"] == "button")
    alike = {
        one["text"]["text"]
        for _, one in shown
        if one["type"] == "button"
        and labels[one["text"]["text"]] > 1
        and "accessibility_label" not in one
    }
    choices = {
        str(one["action_id"])
        for block, one in shown
        if one["type"].endswith("_select") and block["type"] != "input" and "placeholder" not in one
    }
    return alike | choices


def blocks_of(payload: Any) -> list[Json]:
    """The blocks of a message, or of the view in an answer."""
    inner = payload.get("view", payload) if isinstance(payload, dict) else {}
    held = json.loads(inner) if isinstance(inner, str) else inner
    blocks = held.get("blocks") or []
    return list(json.loads(blocks) if isinstance(blocks, str) else blocks)


def first_block(message: Json) -> str:
    """The first block of a message, as it went out."""
    return json.dumps(blocks_of(message)[:1])


def acting(body: Json) -> str:
    """The Slack id of who caused that payload."""
    user = body.get("event", {}).get("user") or body.get("user_id") or body.get("user")
    return str(user["id"] if isinstance(user, dict) else user)


@contextmanager
def watched(world: World) -> Iterator[Eyes]:
    """Meanwhile everything that goes out is looked through, hidden parts of it too."""
    eyes = Eyes(world)
    journal = world.slack._journal
    called, acked = journal.called, journal.acked

    def heard(_kind: str, _name: str, body: Json) -> None:
        eyes.actor = acting(body)

    def call_seen(
        method: str,
        arguments: Json,
        error: str | None,
        answer: object = None,
        seconds: float | None = None,
    ) -> None:
        if error is None:
            eyes.called(ApiCall(method, arguments, error, world.slack.clock.now()))
        called(method, arguments, error, answer, seconds)

    def ack_seen(delivery: Any, seconds: float, response: Any) -> None:
        if response:
            eyes.sees(acting(delivery.payload), "acknowledgement", response)
        acked(delivery, seconds, response)

    journal.in_full = True
    journal.called = call_seen  # type: ignore[method-assign]
    journal.acked = ack_seen  # type: ignore[method-assign]
    try:
        with watching(world, heard):
            yield eyes
    finally:
        journal.called, journal.acked = called, acked  # type: ignore[method-assign]
