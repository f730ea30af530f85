from typing import Any

import pytest

from bot.domain.workspaces.submissions import Made, Submission
from storage.database.engine import Database
from storage.workspaces import submissions
from tests.storage.world import TOUCH_FORM, World, fill


@pytest.fixture
def world(database: Database) -> World:
    return fill(database, "T1")


def test_a_form_finds_all_that_it_made(database: Database, world: World) -> None:
    key = ("form", Made.ITEM, world.manager_id, world.team_id)
    with database.writing(world.workspace_id) as tx:
        sent = submissions.claim(tx, *key)
        assert (sent.is_new, sent.one) == (True, 0)
        submissions.keep(tx, sent, 7, 8)
    with database.writing(world.workspace_id) as tx:
        assert submissions.claim(tx, *key).made == ("7", "8")
        assert submissions.find(tx, *key).one == 7
        assert submissions.steps_of(tx, *key) == {"": Submission(sent.id, ("7", "8"))}


@pytest.mark.parametrize("another", ["form", "kind", "author", "team", "step"])
def test_nobody_finds_it_but_its_author_by_that_step_for_that_team(
    database: Database, world: World, another: str
) -> None:
    own: dict[str, Any] = {"form": TOUCH_FORM, "kind": Made.CONTACT, "author": world.manager_id}
    other: dict[str, Any] = {
        "form": "x",
        "kind": Made.ITEM,
        "author": world.rep_id,
        "team": 77,
        "step": "x",
    }
    asked = {**own, "team": world.team_id, "step": "", another: other[another]}
    with database.reading(world.workspace_id) as tx:
        assert submissions.find(tx, *asked.values()).is_new


def test_no_form_makes_something_new_each_time(database: Database, world: World) -> None:
    with database.writing(world.workspace_id) as tx:
        sent = submissions.claim(tx, None, Made.CONTACT, world.manager_id, world.team_id)
        submissions.keep(tx, sent, world.touch_id)
        assert submissions.claim(tx, None, Made.CONTACT, world.manager_id, world.team_id).is_new


def test_what_is_forgotten_is_new_again(database: Database, world: World) -> None:
    key = (TOUCH_FORM, Made.CONTACT, world.manager_id, world.team_id)
    with database.writing(world.workspace_id) as tx:
        assert submissions.find(tx, *key).said
        submissions.forget(tx, Made.PRIVATE_NOTE, [world.touch_id])
        assert submissions.find(tx, *key).one == world.touch_id
        submissions.forget(tx, Made.CONTACT, [world.touch_id])
        assert submissions.find(tx, *key).is_new
