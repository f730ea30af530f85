"""Introductions: each rep is told once what is kept and who sees it, when the manager says so."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.team.calendar import when_awake
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor, Person
from bot.services.delivery.schedules import set_due
from bot.services.meetings.series import agenda_changed
from bot.services.workspaces.authority import own_team
from storage.database.engine import Database
from storage.team import teams


def claim(database: Database, actor: Actor, membership_id: int, now: datetime) -> bool:
    """Whether this call has to send that rep's introduction: only one call ever does. With the
    first, what the team's channel is to read may go there.

    Raises NoTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        memberships = {member.id for member in teams.members(tx, team.id)}
        if membership_id not in memberships or not teams.mark_introduced(tx, membership_id, now):
            return False
        agenda_changed(tx, team, now)
        return True


def put_off(database: Database, actor: Actor, membership_id: int, now: datetime) -> datetime | None:
    """Let a rep who rests now have the introduction by itself once they are awake; when, on their
    own wall. None where they are awake, and for one whom somebody introduced already. Writes.

    Raises NoTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        member = next((one for one in teams.members(tx, team.id) if one.id == membership_id), None)
        if member is None:
            return None
        zone = team.zone_of(member.rep)
        at = when_awake(now, zone)
        if at == now or not teams.mark_introduced(tx, member.id, now):
            return None
        set_due(tx, MessageKind.INTRODUCTION, {ScheduleKey(team.id, member.id): at})
        return at.astimezone(zone)


def due(
    database: Database, workspace_id: int, membership_ids: Sequence[int], now: datetime
) -> dict[int, tuple[Team, Person]]:
    """The teams and reps of those memberships, by id, that are not over."""
    with database.reading(workspace_id) as tx:
        members = teams.get_memberships(tx, membership_ids)
        found = {one.id: one for one in teams.get_many(tx, list({m.team_id for m in members}))}
        return {
            one.id: (found[one.team_id], one.rep)
            for one in members
            if one.left_on is None or one.left_on > found[one.team_id].today(now)
        }


def give_back(database: Database, workspace_id: int, membership_id: int) -> None:
    """It was not sent after all: Slack took nothing."""
    with database.writing(workspace_id, aside=True) as tx:
        teams.mark_introduced(tx, membership_id, None)
