"""Introductions: each rep is told once what is kept and who sees it, when the manager says so."""

from datetime import datetime

from bot.domain.people import Actor
from bot.domain.teams import Membership, Team
from bot.services.authority import own_team, today_of
from storage import teams
from storage.engine import Database


def claim(database: Database, actor: Actor, now: datetime) -> tuple[Team, tuple[Membership, ...]]:
    """The team, and those of its reps whose introduction this call has to send.

    Raises NoTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = today_of(team, now)
        waiting = [m for m in teams.members(tx, team.id, on=today) if m.is_on(today)]
        claimed = [m for m in waiting if teams.mark_introduced(tx, m.id, now)]
        return team, tuple(claimed)


def give_back(database: Database, workspace_id: int, membership_id: int) -> None:
    """It was not sent after all: Slack took nothing."""
    with database.writing(workspace_id) as tx:
        teams.mark_introduced(tx, membership_id, None)
