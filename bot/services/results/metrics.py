"""What a team counts."""

from bot.domain.results.results import Metric, MetricKind
from bot.domain.workspaces.people import Actor
from bot.services.workspaces.authority import own_team
from storage.database.engine import Database
from storage.results import metrics


def lagging(database: Database, actor: Actor) -> tuple[Metric, ...]:
    """The lagging metrics of the team of who acts, by name. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        found = metrics.of_teams(tx, [team.id]).get(team.id, [])
    return tuple(one for one in found if one.kind is MetricKind.LAGGING)
