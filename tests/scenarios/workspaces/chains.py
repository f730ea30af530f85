"""Which modals lie on which: Slack lets no fourth be opened on three."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from bot.views.block_kit.ids import Form
from slack_sandbox.inputs import elements
from slack_sandbox.journal import Json
from slack_sandbox.web_api.views import STACK_MOST
from tests.scenarios.workspaces.crawl import name_of_control
from tests.scenarios.workspaces.rehearsal import Run


class Modals:
    """What was learned of all modals: `openers` are the buttons and entries of menus that open one,
    wherever they are pressed, each with those it opens; and what stands on each, and what each
    becomes in its place."""

    def __init__(self) -> None:
        self.openers: dict[str, set[str]] = {}
        self._on: dict[str, set[str]] = {}
        self._becomes: dict[str, set[str]] = {}
        self._opened: set[str] = set()

    def saw(self, body: Json, run: Run, again: Callable[[Json], Run]) -> None:
        """Somebody did this, and that came of it; `again` tries what else might."""
        here = body.get("view") or {}
        if here and "title" not in here and here.get("type") != "home":
            return  # no screen that anybody saw
        name = _pressed(body)
        for call in run.calls:
            if not call.method.startswith("views.") or call.method == "views.publish":
                continue
            view = call.arguments["view"]
            view = json.loads(view) if isinstance(view, str) else view
            self._stands(view)
            if call.method == "views.open":
                self._opened.add(_kind(view))
            if call.method == "views.push" or (
                call.method == "views.open" and _lies_on_a_modal(body, again)
            ):
                self.openers.setdefault(name, set()).add(_kind(view))
            is_here = call.arguments.get("view_id") == here.get("id")
            if call.method == "views.update" and is_here and here["type"] == "modal":
                self._becomes.setdefault(_kind(here), set()).add(_kind(view))
        answered = run.answer.get("view")
        if isinstance(answered, dict):
            self._stands(answered)
            self._becomes.setdefault(_kind(here), set()).add(_kind(answered))

    def too_deep(self) -> list[tuple[str, ...]]:
        """Chains of modals, each opened from the one before, of more than Slack allows."""
        found: list[tuple[str, ...]] = []
        seen: set[tuple[str, int]] = set()
        ways: list[tuple[str, ...]] = [(title,) for title in sorted(self._opened)]
        while ways:
            way = ways.pop()
            if len(way) > STACK_MOST:
                found.append(way)
                continue
            if (way[-1], len(way)) in seen:
                continue
            seen.add((way[-1], len(way)))
            ways += [(*way[:-1], title) for title in self._becomes.get(way[-1], ())]
            ways += [(*way, title) for title in self._on_top_of(way[-1])]
        return found

    def _on_top_of(self, title: str) -> Iterator[str]:
        for control in self._on.get(title, ()):
            yield from self.openers.get(control, ())

    def _stands(self, view: Json) -> None:
        self._on.setdefault(_kind(view), set()).update(_controls(view))


def _lies_on_a_modal(body: Json, again: Callable[[Json], Run]) -> bool:
    """Whether what that button opens would lie on a modal in which it stood."""
    if body.get("type") != "block_actions":
        return False
    view = {"id": "V0ANSWER", "type": "modal", "callback_id": Form.READ_ONLY.value, "blocks": []}
    before = body.get("view") or {}
    here = {**copy.deepcopy(body), "view": {**before, **view, "state": {"values": {}}}}
    here.pop("response_url", None)
    # Whatever comes after that says that it could not be done: no such modal is open.
    drawn = (call.method for call in again(here).calls if call.method.startswith("views."))
    return next(drawn, "") == "views.push"


def _controls(view: Json) -> Iterator[str]:
    for _, element in elements(view["blocks"]):
        if element["type"] == "overflow":
            for option in element["options"]:
                yield name_of_control(element, {"selected_option": option})
        elif element["type"] == "button":
            yield name_of_control(element, None)


def _pressed(body: Json) -> str:
    action: dict[str, Any] = (body.get("actions") or [{}])[0]
    return name_of_control(action, action) if action else ""


def _kind(view: Json) -> str:
    """What a modal is, by its form and title; an answer by what can be pressed on it."""
    title = str(view["title"]["text"])
    if title == "Windshield":
        return " ".join([title, *sorted(set(_controls(view)))])
    return f"{view.get('callback_id')} {title}"
