"""What may happen once happens once, whoever else tries in the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

import pytest

from storage import promises
from storage.contacts import notes
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import teams
from storage.workspaces import installs
from tests.storage.world import NOW, World, fill, rows_of

pytestmark = pytest.mark.slow

MOMENT = 5.0
"""Seconds for another thread to get as far as it can."""

Claim: TypeAlias = Callable[[Transaction, World, bool], bool]


def introduction(tx: Transaction, world: World, give_back: bool = False) -> bool:
    return teams.mark_introduced(tx, world.membership_id, None if give_back else NOW)


def telling(tx: Transaction, world: World, give_back: bool = False) -> bool:
    return promises.claim_telling(tx, world.promise_id, None if give_back else NOW)


both_claims = pytest.mark.parametrize("claim", [introduction, telling])


def claim_meanwhile(
    database: Database, world: World, claim: Claim, *, first_gives_up: bool
) -> tuple[bool, bool]:
    """What the first is told, and a second that asks before the first has ended."""
    started = threading.Event()

    def ask_too() -> bool:
        started.set()
        with database.writing(world.workspace_id) as tx:
            return claim(tx, world, False)

    with ThreadPoolExecutor(1) as pool:
        try:
            with database.writing(world.workspace_id) as tx:
                first = claim(tx, world, False)
                second = pool.submit(ask_too)
                assert started.wait(MOMENT)
                if first_gives_up:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            pass
        return first, second.result(MOMENT)


@both_claims
def test_of_two_claims_at_once_one_wins(database: Database, claim: Claim) -> None:
    world = fill(database, "T1")
    assert claim_meanwhile(database, world, claim, first_gives_up=False) == (True, False)


@both_claims
def test_a_claim_that_was_not_kept_leaves_it_to_the_other(database: Database, claim: Claim) -> None:
    world = fill(database, "T1")
    assert claim_meanwhile(database, world, claim, first_gives_up=True) == (True, True)


@both_claims
def test_a_claim_given_back_can_be_made_again(database: Database, claim: Claim) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        assert claim(tx, world, False)
        assert not claim(tx, world, False)
        assert claim(tx, world, True)
        assert claim(tx, world, False)


def test_a_message_that_comes_twice_at_once_is_one_note(database: Database) -> None:
    world = fill(database, "T1")
    started = threading.Event()

    def keep() -> tuple[int, bool]:
        started.set()
        with database.writing(world.workspace_id) as tx:
            return notes.add_once(tx, world.manager_id, "again", NOW, "D0MANAGER:2")

    with ThreadPoolExecutor(1) as pool:
        with database.writing(world.workspace_id) as tx:
            made, new = notes.add_once(tx, world.manager_id, "once", NOW, "D0MANAGER:2")
            second = pool.submit(keep)
            assert started.wait(MOMENT)
        assert new
        assert second.result(MOMENT) == (made, False)
    with database.reading(world.workspace_id) as tx:
        assert [note.text for note in notes.of_author(tx, world.manager_id, 1)] == ["once"]


def test_a_message_that_comes_again_is_not_kept_again(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        first = notes.add_once(tx, world.manager_id, "once", NOW, "D0MANAGER:2")
        assert notes.add_once(tx, world.manager_id, "again", NOW, "D0MANAGER:2") == (
            first[0],
            False,
        )
        assert len(rows_of(tx, world.workspace_id)["note"]) == 2


def test_a_workspace_met_by_many_at_once_is_one(database: Database) -> None:
    together = threading.Barrier(4)

    def meet(_: int) -> int:
        together.wait(MOMENT)
        return installs.ensure(database, "T1", "Home")

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(meet, range(4)))
    assert installs.all_ids(database) == {"T1": ids.pop()}
    assert ids == set()
