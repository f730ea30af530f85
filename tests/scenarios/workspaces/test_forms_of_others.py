"""The id of a form is no authority: another's is as if unknown.

Every form there is, and every button that names one, is sent by the manager of another team who has
the same reps, and by a colleague, with the ids of whoever had it open: what was made stays as it
was, nothing of it is shown, and nobody is kept from their own.
"""

import copy
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from zlib import crc32

import pytest
from sqlalchemy import Column, Table

from slack_sandbox import Person
from slack_sandbox.journal import Json
from storage.models import Base
from tests.scenarios.conftest import World
from tests.scenarios.meetings.meeting import meeting_world
from tests.scenarios.workspaces.everything import busy_team, go_everywhere
from tests.scenarios.workspaces.rehearsal import Rehearsal, watching
from tests.scenarios.workspaces.test_again import (
    BESIDE,
    COUNTED,
    Contents,
    does_what_is_rare,
    step_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("backend", ["sqlite"])]

THERE_BEFORE = frozenset({"workspace", "person", "team", "membership"})
"""What leads there has the same number whatever was tried: nobody is made meanwhile."""

IN_WORDS = {"after_contact": "interaction"}
"""Columns that lead to a row of a table though the schema does not say so."""

LEFT_OUT = frozenset({"id", "source"})
"""Numbers that are others where somebody else made something before, and lead to no one table."""

HERS, MINE = "sweetgum", "quandong"
"""Words that stand in what the one typed, and in what the other did."""


TABLES = Base.metadata.sorted_tables
Names = dict[int, str]
"""What the rows of a table are called, by id."""


def saying(body: Json, word: str) -> Json:
    """The same form, with that word in each of its fields of text."""
    said = copy.deepcopy(body)
    for actions in said.get("view", {}).get("state", {}).get("values", {}).values():
        for held in actions.values():
            words = held.get("value")
            if held["type"] == "plain_text_input" and words and not words.isdecimal():
                held["value"] = f"{words} {word}"
    return said


def by(world: World, person: Person, body: Json) -> Json:
    """The same, as that person would forge it."""
    forged = copy.deepcopy(body)
    forged["user"] |= {"id": person.id, "name": person._member.name}
    forged["trigger_id"] = world.slack._interactions.trigger(person.id)
    return forged


def leads_to(column: Column[Any]) -> str | None:
    """The table whose row is told of by what it says, for its number is its own each time."""
    for key in column.foreign_keys:
        table = key.column.table.name
        return None if table in THERE_BEFORE else table
    return IN_WORDS.get(column.name)


@cache
def leading_of(table: Table) -> dict[str, str | None]:
    """The columns of a table, and where each leads."""
    return {column.name: leads_to(column) for column in table.columns}


class InWords:
    """What the database says, by table; a row that another leads to is named by what it says, so
    that the same things made under other numbers are alike, and one that leads elsewhere is not.
    What is made of a table is kept, for as long as it and those that it leads to stand so."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        self._made: dict[str, tuple[list[object], Counter[str], Names]] = {}

    def read(self) -> Contents:
        named: dict[str, Names] = {}
        kept = self._rehearsal.decrypted()
        for table in TABLES:
            leads = sorted({to for to in leading_of(table).values() if to in named})
            made_of: list[object] = [kept[table.name], *(named[to] for to in leads)]
            known = self._made.get(table.name)
            if known is None or any(a is not b for a, b in zip(known[0], made_of, strict=True)):
                known = made_of, *self._read(table, kept, named)
                self._made[table.name] = known
            named[table.name] = known[2]
        return {name: rows for name, (_, rows, _) in self._made.items() if name not in BESIDE}

    def _read(
        self, table: Table, kept: Mapping[str, Sequence[Mapping[str, Any]]], named: dict[str, Names]
    ) -> tuple[Counter[str], Names]:
        left_out = LEFT_OUT | COUNTED.get(table.name, set()) - {"account_id"}
        names: Names = {}
        named = {**named, table.name: names}
        rows = []
        for row in kept[table.name]:
            said = []
            for column, to in leading_of(table).items():
                value = row[column]
                if to is not None and value is not None:
                    value = named.get(to, {}).get(value, "nothing that is there")
                if column not in left_out:
                    said.append((column, value))
            rows.append(repr(said))
            # Short: her words are counted in the row that says them.
            names[row["id"]] = f"{table.name} {crc32(rows[-1].encode()):08x}"
        return Counter(rows), names


def lost(before: Contents, after: Contents) -> Contents:
    """The rows that are not there any more as they were."""
    return {table: rows - after[table] for table, rows in before.items()}


def beyond(gone: Contents, own: Contents) -> dict[str, list[str]]:
    """Those of the rows that are not among one's own."""
    return {table: [*(rows - own[table])] for table, rows in gone.items() if rows - own[table]}


class Sweep:
    """Tries each form and each button that names one."""

    def __init__(
        self, world: World, rehearsal: Rehearsal, manager: Person, colleague: Person
    ) -> None:
        self.world = world
        self.rehearsal = rehearsal
        self.in_words = InWords(rehearsal)
        self.manager = manager
        self.colleague = colleague
        self.heard: set[str] = set()
        self.forged: set[str] = set()
        self.faults: list[str] = []

    def watch(self, _kind: str, name: str, body: Json) -> None:
        key = f"{name} {step_of(body)}".strip()
        names_one = '"form\\":' in json.dumps(body.get("actions", []))
        if key in self.heard or not (body.get("type") == "view_submission" or names_one):
            return
        self.heard.add(key)
        self.tries(key, saying(body, HERS), saying(body, MINE))
        self.rehearsal.renew(body)

    def tries(self, key: str, hers: Json, mine: Json) -> None:
        with self.rehearsal.attempts() as attempts:
            start = self.in_words.read()
            with attempts.another():
                self.rehearsal.send(hers)
                once = self.in_words.read()
            with attempts.another():
                self.rehearsal.send(by(self.world, self.manager, mine))
                # The settings of the other's own team, for one.
                own = lost(start, self.in_words.read())
                self.rehearsal.send(hers)
                missing = beyond(lost(once, self.in_words.read()), own)
                self.holds(f"{key}: kept from {missing}", not missing)
            with attempts.another():
                self.rehearsal.send(hers)
                shown = self.rehearsal.send(by(self.world, self.manager, mine))
                after = self.in_words.read()
                if after != once:
                    self.forged.add(key)
                changed = beyond(lost(once, after), own)
                self.holds(f"{key}: changed {changed}", not changed)
                self.holds(f"{key}: shown", HERS not in json.dumps([shown.answer, shown.asked]))
            if hers["user"]["id"] != self.colleague.id:
                with attempts.another():
                    self.rehearsal.send(hers)
                    self.rehearsal.send(by(self.world, self.colleague, mine))
                    after = self.in_words.read()
                    fewer = said(once) - said(start) > said(after) - said(start)
                    self.holds(f"{key}: a colleague took words away", not fewer)

    def holds(self, fault: str, good: bool) -> None:
        if not good:
            self.faults.append(fault)


def said(kept: Contents) -> int:
    """How often her word stands in what is kept."""
    return sum(row.count(HERS) * count for rows in kept.values() for row, count in rows.items())


def test_the_form_of_another_is_as_if_unknown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.forgiven |= {"trigger.exchanged", "view.unknown"}
    team = busy_team(world)
    kim = world.person("Kim Park")
    world.team(kim, team.raj, team.lena, team.tom)
    rehearsal = Rehearsal(world, monkeypatch)
    sweep = Sweep(world, rehearsal, kim, team.lena)
    with watching(world, sweep.watch):
        go_everywhere(rehearsal, team, most=1)
    assert not sweep.faults, "\n".join(sweep.faults)
    assert len(sweep.heard) > 45
    assert {one.split()[0] for one in sweep.forged} >= FORGED


FORGED = {
    *("form.touch", "form.field_day", "form.raised"),
    *("form.todo_issue", "form.appointment", "form.time_off", "form.away", "form.note_promise"),
}
"""Forms of which the other manager makes something of their own by the same id."""


def test_nor_is_one_that_is_rarely_open(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.forgiven |= {"trigger.exchanged", "view.unknown"}
    team = meeting_world(world)
    kim = world.person("Kim Park")
    world.team(kim, team.raj, team.lena, team.tom)
    sweep = Sweep(world, Rehearsal(world, monkeypatch), kim, team.lena)
    with watching(world, sweep.watch):
        does_what_is_rare(team)
    assert not sweep.faults, "\n".join(sweep.faults)
    assert {one.split()[0] for one in sweep.forged} >= {"form.topic", "form.section"}
