"""Weeks of a team to draw, and what a person reads of what was drawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.contacts.interactions import Contact, InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team
from bot.domain.todo.lists import Reader, Slot, SlotState, TodoRow, TodoView
from bot.domain.todo.reasons import Reason, ReasonKind
from bot.domain.workspaces.people import Person
from bot.views.block_kit.ids import Metadata
from slack_sandbox import SandboxClock
from slack_sandbox.blockkit import check_message, check_view
from slack_sandbox.inputs import initial_state
from slack_sandbox.journal import Journal
from slack_sandbox.manifest import read_manifest
from slack_sandbox.mrkdwn import Reader as MrkdwnReader
from slack_sandbox.rendering import blocks_text
from slack_sandbox.workspace import Workspace
from tests.places import MANIFEST

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)
SATURDAY = MONDAY + timedelta(days=5)
QUESTION = "Ask {name} what went well lately that nobody noticed."

Json = dict[str, Any]


def day(number: int) -> date:
    """That day of the week, Monday being 0."""
    return MONDAY + timedelta(days=number)


def person(name: str, number: int = 1) -> Person:
    return Person(number, f"U{number}", name, "Europe/Berlin", True, False, None)


TEAM = Team(1, person("Dana Moss"), TeamSettings())


def row(
    number: int,
    name: str,
    on: date | None = TUESDAY,
    state: SlotState = SlotState.OPEN,
    reason: Reason | None = None,
    **more: Any,
) -> TodoRow:
    """A rep on the list. `why` is the word why not this week; the rest is TodoRow's."""
    said = reason or Reason(
        ReasonKind.OPEN_QUESTION, "question:1", QUESTION.format(name=name), "An open question"
    )
    why = more.pop("why", "" if state is SlotState.NOT_THIS_WEEK else None)
    slot = Slot(number, 1, MONDAY, person(name, number), on, said, why)
    values = {"channel": Channel.CALL, "contact": None, "back_on": None, **more}
    return TodoRow(slot=slot, state=state, reason=said, **values)


def contact(
    on: date, channel: Channel | None = None, kind: InteractionKind = InteractionKind.TOUCH
) -> Contact:
    return Contact(1, 1, 2, kind, channel, on)


def week(rows: Sequence[TodoRow], **more: Any) -> TodoView:
    """The manager's week on its Tuesday, or as `more` says."""
    facts = TodoView(
        team=TEAM,
        reader=Reader.MANAGER,
        monday=MONDAY,
        days=tuple(day(number) for number in range(5)),
        rows=tuple(rows),
        issues=(),
        today=TUESDAY,
        over=False,
    )
    return replace(facts, **more)


def read(shown: Mapping[str, Any]) -> list[str]:
    """The lines that a person sees, once the referee has no objection."""
    problems = check_message(shown) if "text" in shown else check_view(shown)
    assert problems == []
    blocks = [{"block_id": str(number)} | block for number, block in enumerate(shown["blocks"])]
    clock = SandboxClock(datetime(2026, 12, 1, 8, tzinfo=UTC))
    workspace = Workspace(read_manifest(MANIFEST), clock, Journal(clock.now))
    reader = MrkdwnReader(workspace, workspace.add_member("Dana Moss", "dana"))
    return blocks_text(reader, blocks, initial_state(blocks), {}).splitlines()


def pressed(shown: Mapping[str, Any]) -> Iterator[tuple[str, Metadata]]:
    """Every action that can be taken, with what it carries; an entry of a menu by its step."""
    for block in shown["blocks"]:
        accessory = [block["accessory"]] if "accessory" in block else []
        for element in [*accessory, *(block["elements"] if block["type"] == "actions" else [])]:
            for option in element.get("options", []):
                metadata = Metadata.unpack(option["value"])
                yield str(metadata.step), metadata
            if "value" in element:
                yield element["action_id"], Metadata.unpack(element["value"])
