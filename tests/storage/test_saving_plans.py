"""Save-it plans: those that stand and what helped, of one read."""

from datetime import date, timedelta

import pytest

from bot.domain.results.results import Metric, Period
from bot.domain.results.saving import helped_of, standing_of
from storage.database.engine import Database
from storage.results import metrics, saving
from storage.team import teams
from tests.storage.world import JOINED, SAVE_IT, World, fill

VISITS, WON = Metric("Visits"), Metric("Deals won")
YEAR = timedelta(days=365)


@pytest.fixture
def world(database: Database) -> World:
    return fill(database, "T0HOME")


def test_what_stands_and_what_helped_is_the_same_of_one_read(
    database: Database, world: World
) -> None:
    with database.writing(world.workspace_id) as tx:
        teams.add_members(tx, [(world.team_id, world.new_rep_id, JOINED)])
        metrics.save(tx, {world.team_id: [VISITS, WON]})
        visits, won = (
            metrics.ids_of(tx, [world.team_id])[world.team_id, key]
            for key in ("visits", "deals won")
        )
        for metric, ago, helped, closed in (
            (visits, 3, "the old list", True),
            (visits, 2, "Kim's calls", True),
            (visits, 1, "", True),
            (won, 5, "a price sheet", False),
            (won, 0, "", False),
        ):
            start = date(2026, 11, 1) - ago * YEAR
            saving.add(
                tx,
                **{
                    **SAVE_IT,
                    "team_id": world.team_id,
                    "rep_id": world.rep_id,
                    "metric_id": metric,
                    "starts_on": start,
                    "ends_on": start + timedelta(days=29),
                    "closed_on": start if closed else None,
                    "helped": helped,
                },
            )
        for since in (date(2000, 1, 1), date(2025, 6, 1), date(2026, 11, 30), date(2027, 1, 1)):
            found = saving.since_or_helped(tx, [world.team_id], since)
            assert helped_of(found) == saving.helped(tx, [world.team_id])[world.team_id]
            assert list(standing_of(found, since)) == saving.standing(tx, [world.team_id], since)
        wanted = {"visits": "Kim's calls", "deals won": "a price sheet"}
        assert helped_of(found).items() >= wanted.items()
        # Long ago and nothing was said of it: it is not read.
        assert Period(date(2025, 11, 1), date(2025, 11, 30)) not in {one.period for one in found}
