"""An export that is asked for from Slack: one at a time, one process's, and made anew where what
was read is so no more."""

from datetime import timedelta

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.binder.exporting import GIVEN_UP_AFTER, KEPT_FOR, Export, ExportFault, ExportState
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, ExportUnderWay, Gone, NoTeam
from bot.services.binder import exporting, handover
from bot.services.team.erasure import erase
from storage.database.engine import Database
from storage.team import teams
from tests.storage.world import MANAGER, NEW_REP, NOW, REP, World, add_people, fill

JSON = ["json"]


@pytest.fixture
def world(database: Database) -> World:
    """A team whose manager has one export under way."""
    return fill(database, "T0HOME")


def test_one_at_a_time_and_the_same_form_is_the_same(database: Database, world: World) -> None:
    actor = Actor(world.workspace_id, MANAGER)
    with pytest.raises(ExportUnderWay):
        exporting.ask(database, actor, ExportRequest(), "another form", NOW)
    exporting.stop(database, actor, world.export_id, NOW)
    first = exporting.ask(database, actor, ExportRequest(), "form", NOW)
    again = exporting.ask(database, actor, ExportRequest(reps=frozenset({REP})), "form", NOW)
    assert again.id == first.id
    assert again.request.reps == {REP}
    with pytest.raises(BadField):
        exporting.ask(database, actor, ExportRequest(reps=frozenset({"U0NOBODY"})), "f", NOW)
    with pytest.raises(NoTeam):
        exporting.ask(database, Actor(world.workspace_id, NEW_REP), ExportRequest(), "f", NOW)
    with pytest.raises(Gone):
        exporting.stop(database, Actor(world.workspace_id, REP), first.id, NOW)


def test_it_is_one_processs_until_somebody_is_erased(database: Database, world: World) -> None:
    claimed = exporting.claim(database, world.workspace_id, JSON, NOW)
    assert claimed is not None
    assert exporting.claim(database, world.workspace_id, JSON, NOW) is None
    further = exporting.progress(database, world.workspace_id, claimed, 3, 9)
    assert further is not None
    assert exporting.progress(database, world.workspace_id, claimed, 4, 9) is None
    erase(database, world.workspace_id, REP, NOW)
    assert exporting.hand(database, world.workspace_id, further, NOW) is None
    anew = exporting.claim(database, world.workspace_id, JSON, NOW)
    assert anew is not None
    assert (anew.export.written, anew.export.file_id) == (0, None)
    exporting.done(database, world.workspace_id, anew, NOW)
    assert exporting.due(database, [world.workspace_id], NOW) == []
    # A late word of the first one's changes nothing.
    exporting.failed(database, world.workspace_id, further, ExportFault.NOT_MADE, NOW)
    (export,) = exporting.get_many(database, world.workspace_id, [world.export_id]).values()
    assert export.state is ExportState.DONE
    assert exporting.purge(database, world.workspace_id, NOW + KEPT_FOR) == 0
    assert exporting.purge(database, world.workspace_id, NOW + KEPT_FOR + timedelta(days=1)) == 1


def test_a_copy_that_is_put_back_makes_nothing_twice(database: Database, world: World) -> None:
    assert exporting.doubt(database, world.workspace_id, NOW) == 1
    assert exporting.claim(database, world.workspace_id, JSON, NOW) is None
    (export,) = exporting.get_many(database, world.workspace_id, [world.export_id]).values()
    assert export.fault is ExportFault.IN_DOUBT


def test_a_format_that_this_version_does_not_know_waits(database: Database, world: World) -> None:
    assert exporting.claim(database, world.workspace_id, ["other"], NOW) is None


def stands(database: Database, world: World) -> Export:
    return exporting.get_many(database, world.workspace_id, [world.export_id])[world.export_id]


@pytest.mark.parametrize("moment", ["asked", "made", "handed"])
@pytest.mark.parametrize("how", ["passed", "joined", "joined, and another is led"])
def test_it_comes_to_nothing_where_the_team_is_led_by_another(
    database: Database, world: World, moment: str, how: str
) -> None:
    claimed = None
    if moment != "asked":
        claimed = exporting.claim(database, world.workspace_id, JSON, NOW)
        assert claimed is not None
    if claimed is not None and moment == "handed":
        claimed = exporting.hand(database, world.workspace_id, claimed, NOW)
    with database.writing(world.workspace_id) as tx:
        ids = add_people(tx, ["U0KIM"])
        if how != "passed":
            teams.create(tx, ids["U0KIM"], TeamSettings(), NOW)
    who = (world.workspace_id, MANAGER, "U0KIM", None, NOW)
    handover.by_operator(database, *who, join=how != "passed", dry_run=False)
    if how == "joined, and another is led":
        with database.writing(world.workspace_id) as tx:
            teams.create(tx, world.manager_id, TeamSettings(), NOW)
    if claimed is None:
        assert exporting.claim(database, world.workspace_id, JSON, NOW) is None
    else:
        assert exporting.hand(database, world.workspace_id, claimed, NOW) is None
    assert stands(database, world).fault is ExportFault.NOT_YOURS


def test_what_slack_was_asked_to_show_is_in_doubt_once_somebody_is_erased(
    database: Database, world: World
) -> None:
    claimed = exporting.claim(database, world.workspace_id, JSON, NOW)
    assert claimed is not None
    handed = exporting.hand(database, world.workspace_id, claimed, NOW)
    assert handed is not None
    erase(database, world.workspace_id, REP, NOW)
    assert exporting.hand(database, world.workspace_id, handed, NOW) is None
    assert exporting.claim(database, world.workspace_id, JSON, NOW) is None
    found = stands(database, world)
    assert (found.state, found.fault) == (ExportState.FAILED, ExportFault.IN_DOUBT)


def test_one_that_never_comes_to_an_end_is_over_after_a_while(
    database: Database, world: World
) -> None:
    actor, late = Actor(world.workspace_id, MANAGER), NOW + GIVEN_UP_AFTER
    assert exporting.claim(database, world.workspace_id, JSON, late) is None
    assert stands(database, world).fault is ExportFault.NOT_MADE
    # While nobody was there to begin one it only waited.
    waits = exporting.ask(database, actor, ExportRequest(), "a form", NOW)
    claimed = exporting.claim(database, world.workspace_id, JSON, late)
    assert claimed is not None
    assert claimed.export.id == waits.id
