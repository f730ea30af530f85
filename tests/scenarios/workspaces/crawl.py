"""Somebody who presses whatever there is to press, opens every menu and sends every form.

Each button, entry of a menu and form is used a few times, where it is seen first, and what it leads
to is looked through in the same way; what is near comes before what is far. What stood before a
press stands again for the next.
"""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from slack_sandbox import Person
from slack_sandbox.inputs import VALUE_KEYS, elements, entry, options_of, value_of
from slack_sandbox.journal import Json
from slack_sandbox.workspace import Post, View
from tests.scenarios.workspaces.rehearsal import Moment, Rehearsal

TRIES = 2
"""How often something is pressed that does nothing where it is pressed: three modals can be open,
and some things are refused in some places."""

DAY = "2026-12-04"


@dataclass(frozen=True)
class _Step:
    """Something to do: from where, and what stood before that person then."""

    moment: Moment
    person: Person
    name: str
    act: Callable[[], object]


class Crawler:
    """`used` counts what was pressed and sent to some effect, by name: `most` times each, since it
    may lead elsewhere from elsewhere. `somebody` is who is chosen where nobody is yet, by Slack id.
    """

    def __init__(self, rehearsal: Rehearsal, somebody: str, most: int) -> None:
        self.rehearsal = rehearsal
        self.somebody = somebody
        self.most = most
        self.used: Counter[str] = Counter()
        self._tried: Counter[str] = Counter()
        self._steps: deque[_Step] = deque()

    def goes(
        self, people: Iterable[Person], ways: Iterable[tuple[Person, Callable[[], object]]]
    ) -> None:
        """Press whatever stands before those people now, and do each of the `ways`, and all that
        can be done from there."""
        ways = list(ways)
        start = self.rehearsal.remember()
        for person in people:
            for shown in _new(person, {}):
                for name, act in self._offered(person, shown):
                    self._steps.append(_Step(start, person, name, act))
        for number, (person, act) in enumerate(ways):
            self._steps.append(_Step(start, person, f"way {number}", act))
        while self._steps:
            self._take(self._steps.popleft())
        self.rehearsal.back_to(start)

    def _take(self, step: _Step) -> None:
        name, person = step.name, step.person
        if self.used[name] >= self.most or self._tried[name] >= TRIES * self.most:
            return
        self._tried[name] += 1
        self.rehearsal.back_to(step.moment)
        kept, before = self.rehearsal.version(), _seen(person)
        step.act()
        new = _new(person, before)
        if new or self.rehearsal.version() != kept:
            self.used[name] += 1
        after: Moment | None = None
        for name, act in chain.from_iterable(self._offered(person, one) for one in new):
            if self.used[name] < self.most and self._tried[name] < TRIES * self.most:
                after = after or self.rehearsal.remember()
                self._steps.append(_Step(after, person, name, act))

    def _offered(
        self, person: Person, shown: View | Post
    ) -> Iterator[tuple[str, Callable[[], object]]]:
        press = partial(person._client.press, person._member, shown)
        for block, element, chosen in self._controls(shown):
            yield _name(element, chosen), partial(press, block, element, chosen)
        if isinstance(shown, View) and shown.definition.get("submit"):
            # A long form has a step for each topic, which its fields are named by.
            inputs = [block["block_id"] for block in shown.blocks if block["type"] == "input"]
            name = " ".join([str(shown.definition.get("callback_id")), *inputs[:1]])
            yield name, partial(self._send, person, shown)

    def _send(self, person: Person, view: View) -> None:
        """Whatever is empty says something; what is proposed stays."""
        with person._client.workspace.changing():
            for block, element in elements(view.blocks):
                if block["type"] != "input" or element["type"] not in VALUE_KEYS:
                    continue
                held = value_of(view.state[block["block_id"]][element["action_id"]])
                value = self._value(element)
                if held in (None, "", []) and value is not None:
                    view.state[block["block_id"]][element["action_id"]] = entry(element, value)
        person._client.submit(person._member, view)

    def _controls(self, shown: View | Post) -> Iterator[tuple[Json, Json, Json | None]]:
        for block, element in elements(shown.blocks):
            if element["type"] == "button":
                if "url" not in element:
                    yield block, element, None
            elif element["type"] == "overflow":
                for option in element["options"]:
                    yield block, element, {"selected_option": option}
            elif block["type"] != "input" or block.get("dispatch_action"):
                value = self._value(element)
                if value is not None:
                    yield block, element, entry(element, value)

    def _value(self, element: Json) -> Any:
        """Something that can be said there."""
        options = options_of(element)
        match element["type"]:
            case "plain_text_input":
                return "30" if element.get("max_length", 99) < 10 else "some words"
            case "number_input":
                return "10"
            case "datepicker":
                return DAY
            case "timepicker":
                return "10:30"
            case "users_select":
                return self.somebody
            case "multi_users_select":
                return [self.somebody]
            case "checkboxes" | "multi_static_select":
                return options[:1]
            case "static_select" | "radio_buttons":
                return options[-1] if options else None
        return None


def _screens(person: Person) -> Iterator[View | Post]:
    modal = person.modal
    if modal is not None:
        yield modal.view
        return
    for message in reversed([*person.dm, *person.ephemerals]):
        yield message.post
    workspace = person._client.workspace
    for channel in workspace.channels.values():
        if channel.kind != "im" and person.id in channel.members:
            yield from reversed(channel.posts)
    if person._member.home is not None:
        yield person._member.home


def _key(shown: View | Post) -> str:
    return shown.ts if isinstance(shown, Post) else shown.id


def _seen(person: Person) -> dict[str, str]:
    return {_key(shown): json.dumps(shown.blocks) for shown in _screens(person)}


def _new(person: Person, before: dict[str, str]) -> list[View | Post]:
    return [
        shown for shown in _screens(person) if before.get(_key(shown)) != json.dumps(shown.blocks)
    ]


def _name(element: Json, chosen: Json | None) -> str:
    option = (chosen or {}).get("selected_option") or {}
    try:
        step = json.loads(option.get("value", "{}")).get("step", "")
    except (ValueError, AttributeError):
        step = ""
    return f"{element['action_id']} {step}".strip()
