"""What a query costs does not grow with the team or its history."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

import pytest

from storage import promises, todo
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import absences, people, teams
from tests.storage.world import (
    JOINED,
    MANAGER,
    NOW,
    REP,
    TODAY,
    World,
    add_people,
    add_promise,
    fill,
    statements,
)

MANY_REPS = 60
MANY_DAYS = 100
Query: TypeAlias = Callable[[Transaction, World, list[int]], Any]

QUERIES: dict[str, Query] = {
    "with_rep": lambda tx, _w, _reps: teams.with_rep(tx, MANAGER, REP),
    "members": lambda tx, w, _reps: teams.members(tx, w.team_id),
    "seats": lambda tx, _w, _reps: teams.memberships_of(tx, REP, TODAY),
    "time_off": lambda tx, w, reps: absences.of_people(tx, [(w.team_id, rep) for rep in reps]),
    "known": lambda tx, _w, _reps: people.get_many(tx, [MANAGER, REP]),
    "contacts": lambda tx, w, _reps: interactions.contacts(tx, [w.team_id], JOINED, TODAY),
    "members_of": lambda tx, w, _reps: teams.members_of(tx, [w.team_id], TODAY),
    "slots": lambda tx, w, _reps: todo.slots(tx, [w.team_id], JOINED, TODAY),
    "of_team": lambda tx, w, _reps: interactions.of_team(tx, w.team_id),
    "timeline": lambda tx, w, _reps: interactions.timeline(
        tx, w.team_id, w.rep_id, w.manager_id, before=(TODAY, 10**9), limit=20
    ),
    "open_of_team": lambda tx, w, _reps: promises.open_of_team(tx, w.team_id),
    "of_reps": lambda tx, w, reps: promises.of_reps(tx, w.team_id, reps),
}


def grow(tx: Transaction, world: World) -> list[int]:
    """Many reps with many days of contacts; their ids."""
    reps = list(add_people(tx, [f"U{number:04}" for number in range(MANY_REPS)]).values())
    teams.add_members(tx, [(world.team_id, rep, JOINED) for rep in reps])
    for rep in reps:
        add_promise(tx, world.team_id, rep)
    interactions.add_all(
        tx,
        [
            {
                "team_id": world.team_id,
                "rep_id": world.rep_id if day % 2 else reps[day % MANY_REPS],
                "author_id": world.manager_id,
                "occurred_on": TODAY - timedelta(days=day),
                "occurred_at": NOW - timedelta(days=day),
                "recorded_at": NOW,
                "about": "",
            }
            for day in range(MANY_DAYS)
        ],
    )
    return reps


def test_one_statement_whatever_the_number_of_rows(
    database: Database, subtests: pytest.Subtests
) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        for reps in ([world.rep_id], grow(tx, world)):
            for name, query in QUERIES.items():
                with subtests.test(name, reps=len(reps)), statements(database) as sent:
                    assert query(tx, world, reps)
                    assert len(sent) == 1, sent


def test_profiles_and_places_are_saved_in_batches(database: Database, workspace_id: int) -> None:
    with database.writing(workspace_id) as tx, statements(database) as sent:
        add_people(tx, [f"U{number:04}" for number in range(MANY_REPS)])
    assert len([statement for statement in sent if statement.startswith("INSERT")]) == 1
