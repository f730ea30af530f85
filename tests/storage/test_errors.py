import traceback
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.team.settings import TeamSettings
from storage.contacts import interactions
from storage.database.engine import Database
from storage.team import absences, people, teams
from tests.storage.world import NOW, TODAY, add_people, add_touch, fill

TYPED = "says the merger is off"
NOWHERE = 987_654_321
TAKEN = 77


@pytest.mark.parametrize(
    ("values", "named"),
    [
        pytest.param({"recorded_at": None}, "recorded_at", id="missing value"),
        pytest.param({"id": TAKEN}, "interaction", id="taken"),
        pytest.param({"author_id": NOWHERE}, "(?i)foreign key", id="points nowhere"),
    ],
)
def test_an_error_says_what_was_wrong_but_not_what_people_typed(
    database: Database, values: dict[str, Any], named: str
) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        add_touch(tx, world.team_id, world.rep_id, world.manager_id, id=TAKEN)
    with (
        pytest.raises(IntegrityError, match=named) as failed,
        database.writing(world.workspace_id) as tx,
    ):
        interactions.change(tx, world.touch_id, about=TYPED, private_note=TYPED, **values)
    report = "".join(traceback.format_exception(failed.value))
    assert TYPED not in report
    assert str(NOWHERE) not in report


def test_a_value_the_database_cannot_hold_is_not_in_the_error(
    database: Database, workspace_id: int
) -> None:
    with database.writing(workspace_id) as tx:
        manager = add_people(tx, ["U0MANAGER"])["U0MANAGER"]
    settings = TeamSettings(channel=TYPED, todo_day=2**70)
    with (
        pytest.raises(Exception, match=r"(?i)range|too large") as failed,
        database.writing(workspace_id) as tx,
    ):
        teams.create(tx, manager, settings, NOW)
    report = "".join(traceback.format_exception(failed.value))
    assert TYPED not in report
    assert str(2**70) not in report


def test_foreign_keys_are_enforced(database: Database) -> None:
    world = fill(database, "T1")
    with pytest.raises(IntegrityError), database.writing(world.workspace_id) as tx:
        absences.add(tx, NOWHERE, TODAY, None)
    # A promise was made in that contact.
    with pytest.raises(IntegrityError), database.writing(world.workspace_id) as tx:
        tx.run_among(interactions.PURGE, [world.touch_id])


@pytest.mark.parametrize("fault", [ZeroDivisionError, KeyboardInterrupt])
def test_when_anything_fails_nothing_of_the_transaction_is_kept(
    database: Database, workspace_id: int, fault: type[BaseException]
) -> None:
    def write_and_fail() -> None:
        with database.writing(workspace_id) as tx:
            add_people(tx, ["U0GHOST"])
            raise fault

    with pytest.raises(fault):
        write_and_fail()
    with database.reading(workspace_id) as tx:
        assert people.get(tx, "U0GHOST") is None
