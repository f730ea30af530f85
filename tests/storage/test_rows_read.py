"""What is read of the past to show or save what stands now is as much after ten years as after one
month."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.sessions.sessions import Session
from storage import field_days
from storage.accounts import acquaintances
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.models import FieldDay, SessionTopic
from storage.models import Visit as VisitRow
from storage.sessions import plans, sharing
from tests.storage.world import NOW, TODAY, World, fill

pytestmark = pytest.mark.slow

MONTH, TEN_YEARS = 4, 520
"""Weeks, each with a session that was shared and a field day."""

Read = Callable[[Transaction, World], Any]

STEPS: dict[str, Read] = {
    "plans but one": lambda tx, w: plans.last_said(tx, [(w.team_id, w.rep_id)], but=10**9),
    "plans shared": lambda tx, w: plans.last_shared(tx, [(w.team_id, w.rep_id)]),
    "last focuses": lambda tx, w: field_days.last_focuses(tx, {(w.team_id, w.rep_id): TODAY}),
}
"""Measured in the steps of SQLite's machine, of which each row that is looked at is some."""


def week(tx: Transaction, world: World, ago: int) -> None:
    day = {
        "team_id": world.team_id,
        "rep_id": world.rep_id,
        "author_id": world.manager_id,
        "occurred_on": TODAY - timedelta(weeks=ago),
        "occurred_at": NOW - timedelta(weeks=ago),
        "recorded_at": NOW,
        "about": "",
    }
    ride = interactions.add(tx, InteractionKind.FIELD_DAY, **day)
    tx.insert(FieldDay, interaction_id=ride, rep_view="", strength="", focus=f"f{ago}", market="")
    visit = {"interaction_id": ride, "account": "Acme", "people": "Jo Lee", "outcome": ""}
    tx.insert(VisitRow, place=0, account_id=world.account.id, **visit)
    held = interactions.add(tx, InteractionKind.SESSION, **day)
    sharing.share(tx, held, world.rep_id, NOW)
    for topic, _ in Session(world.draft.topics, world.draft.notes).spoken():
        said = {"interaction_id": held, "topic_id": topic.id, "plan": f"p{ago}"}
        tx.insert(SessionTopic, changed="", next_step="", **said)


def steps(tx: Transaction, read: Callable[[], Any]) -> int:
    """How many steps of SQLite's machine that takes."""
    taken = [0]

    def counted() -> int:
        taken[0] += 1
        return 0

    raw = tx.connection.connection.driver_connection
    assert raw is not None
    raw.set_progress_handler(counted, 1)
    try:
        read()
    finally:
        raw.set_progress_handler(None, 1)
    return taken[0]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_ten_years_take_as_many_steps_as_a_month(database: Database) -> None:
    world = fill(database, "T1")
    cost: dict[int, dict[str, int]] = {}
    weeks = 0
    for until in (MONTH, 2 * MONTH, TEN_YEARS):
        with database.writing(world.workspace_id, patience=60) as tx:
            for ago in range(weeks, until):
                week(tx, world, ago)
            weeks = until
        with database.reading(world.workspace_id) as tx:
            cost[until] = {
                name: steps(tx, lambda read=read: read(tx, world))  # type: ignore[misc]
                for name, read in STEPS.items()
            }
    for name in STEPS:
        assert cost[TEN_YEARS][name] < 2 * cost[2 * MONTH][name], cost


def test_visits_that_say_the_same_are_read_once(database: Database) -> None:
    world = fill(database, "T1")
    found = []
    weeks = 0
    for until in (MONTH, 10 * MONTH):
        with database.writing(world.workspace_id, patience=60) as tx:
            for ago in range(weeks, until):
                week(tx, world, ago)
            weeks = until
            found.append(len(tx.all_among(acquaintances.FIRST_VISITS_TO, [world.account.id])))
            acquaintances.follow(tx, [world.account.id])
            (oldest, *_) = acquaintances.of_account(tx, world.account.id)
            assert oldest.since == TODAY - timedelta(weeks=until - 1)
    assert found[0] == found[1]
