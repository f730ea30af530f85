"""Introductions: each rep is told once what is kept and who sees it, when the manager says so."""

from datetime import datetime

from bot.domain.workspaces.people import Actor
from bot.services.workspaces.authority import own_team
from storage.database.engine import Database
from storage.team import teams


def claim(database: Database, actor: Actor, membership_id: int, now: datetime) -> bool:
    """Whether this call has to send that rep's introduction: only one call ever does.

    Raises NoTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        memberships = {member.id for member in teams.members(tx, own_team(tx, actor).id)}
        return membership_id in memberships and teams.mark_introduced(tx, membership_id, now)


def give_back(database: Database, workspace_id: int, membership_id: int) -> None:
    """It was not sent after all: Slack took nothing."""
    with database.writing(workspace_id, aside=True) as tx:
        teams.mark_introduced(tx, membership_id, None)
