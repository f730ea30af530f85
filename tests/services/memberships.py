"""What other managers say to a second team, and that reps were introduced, where a story is not
about that."""

from datetime import datetime

from sqlalchemy import update

from bot.domain.team.memberships import QuestionState
from bot.domain.workspaces.people import Actor
from bot.services.team import memberships
from bot.services.workspaces.memberships import open_for
from storage.database.engine import Database
from storage.models import Membership
from storage.team import teams


def introduce_all(database: Database, workspace_id: int, at: datetime) -> None:
    """Let every rep have been told of Windshield, where a story is not about that."""
    own = update(Membership).where(Membership.workspace_id == workspace_id)
    with database.engine.begin() as connection:
        connection.execute(own.values(introduced_at=at))


def say_fine(database: Database, workspace_id: int, manager: str, now: datetime) -> None:
    """Every manager who is asked about a rep for that manager's team says **Fine**."""
    with database.reading(workspace_id) as tx:
        team = teams.of_manager(tx, manager)
        assert team is not None
        asked = [
            one
            for one in open_for(tx, team, now)
            if one.state is QuestionState.ASKED and one.team.id == team.id
        ]
    for one in asked:
        first = Actor(workspace_id, one.first_manager.slack_id)
        memberships.answer_second_team(database, first, one.question.id, True, now)
