"""Who has set up what."""

from datetime import datetime, timedelta

from bot.domain.team.overview import TeamOverview, overview
from bot.domain.team.teams import by_team
from bot.domain.workspaces.names import in_order
from storage.database.engine import Database
from storage.team import teams

A_DAY = timedelta(days=1)


def of_workspace(database: Database, workspace_id: int, now: datetime) -> list[TeamOverview]:
    """Every team, by its manager's name, and those that were joined with another after them, in the
    same few statements for any number of them.

    Raises DatabaseUnavailableError.
    """
    with database.reading(workspace_id) as tx:
        found = teams.all_ever(tx)
        # A day earlier: in the west it may still be yesterday.
        members = teams.members_of(tx, [team.id for team in found], (now - A_DAY).date())
    there = by_team(members)
    managers = {team.id: team.manager for team in found}
    found.sort(
        key=lambda team: (
            team.joined_to is not None,
            in_order(team.manager.name),
            team.manager.slack_id,
        )
    )
    return [
        overview(team, there.get(team.id, []), managers.get(team.joined_to or 0), now)
        for team in found
    ]
