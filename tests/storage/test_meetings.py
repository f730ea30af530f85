"""Meetings as they are kept: of many teams at once."""

from datetime import timedelta

import pytest

from bot.domain.meetings.meetings import Dropped
from bot.domain.team.settings import TeamSettings
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import meetings
from storage.team import teams
from tests.storage.world import MEETING, NOW, TODAY, World, fill

DAY = timedelta(days=1)


def lived(tx: Transaction, world: World) -> dict[int, int]:
    """Two teams with ten and with three meetings that are over, and some to come; how many are
    over, by team."""
    other = teams.create(tx, world.rep_id, TeamSettings(), NOW)
    over = {world.team_id: 10, other: 3}
    for team, count in over.items():
        past = [TODAY - number * DAY for number in range(1, count + 1)]
        coming = [TODAY + number * DAY for number in range(5, 8)]
        rows = [{**MEETING, "team_id": team, "planned_for": day} for day in (*past, *coming)]
        meetings.make(tx, rows)
        for one in meetings.of_team(tx, team):
            if one.planned_for in past:
                how = {"closed_at": NOW} if one.id % 2 else {"dropped": Dropped.SKIPPED}
                meetings.change(tx, one.id, **how)
    return over


@pytest.mark.parametrize("limit", [1, 3, 4, 50])
def test_the_latest_that_are_over_are_the_latest_of_each_team(
    database: Database, limit: int
) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        over = lived(tx, world)
        found = meetings.over(tx, list(over), limit)
        for team, count in over.items():
            days = [one.planned_for for one in found if one.team_id == team]
            assert days == [TODAY - n * DAY for n in range(1, min(limit, count) + 1)]


def test_who_led_last_is_told_of_those_who_are_still_there(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        assert meetings.led(tx, [world.team_id], TODAY) == {world.team_id: {world.rep_id: TODAY}}
        teams.end_memberships(tx, [world.membership_id], TODAY)
        assert meetings.led(tx, [world.team_id], TODAY) == {}
