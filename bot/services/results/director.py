"""`/mirror teams`: what managers share of their teams with one person, and with whom.

The line that a manager sees before sharing and the one that is shared come from `_lines` alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.domain.meetings.meetings import RECORD, Meeting
from bot.domain.results.coverage import KIND_OF
from bot.domain.results.director import (
    LOOKED_BACK,
    Happening,
    OwnLine,
    TeamLine,
    TeamsView,
    known_of,
    of_meetings,
    with_reps,
)
from bot.domain.team.cadence import Component
from bot.domain.team.roles import TeamRole, in_the_way, may_be
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.services.workspaces.absence import held_by
from bot.services.workspaces.authority import require_manager
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import meetings
from storage.results import directors
from storage.team import absences, people, teams


def teams_of(database: Database, actor: Actor, now: datetime) -> TeamsView:
    """What is shared with who acts, and the line of their own team, where they lead one."""
    with database.reading(actor.workspace_id) as tx:
        return _view(tx, actor, now)


def to_share(database: Database, actor: Actor, now: datetime) -> OwnLine:
    """The line of one's own team, and who sees it. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = {team.id: team.today(now)}
        line = _lines(tx, [team], _members(tx, today), today)[team.id]
        return OwnLine(line, directors.of_team(tx, team.id))


def share(database: Database, actor: Actor, director: str | None, now: datetime) -> TeamsView:
    """Let that person, a Slack id, see the line of one's own team, in place of whoever did. Writes,
    and tells nobody.

    Raises ForManagers, NoTeam, and BadField for nobody, oneself, a bot, who left Slack, or a rep of
    the team.
    """
    with database.writing(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        person = people.get(tx, director) if director else None
        if person is None:
            flaw = FieldError.NOT_A_STAND_IN if director else FieldError.NOBODY_TO_SHARE_WITH
            raise BadField("director", flaw)
        members = teams.members(tx, team.id, on=team.today(now))
        held = held_by(person, team, [one for one in members if one.rep.active])
        if not may_be(TeamRole.DIRECTOR, person, held):
            on_team = in_the_way(TeamRole.DIRECTOR, held) is TeamRole.REP
            flaw = FieldError.REP_OF_THE_TEAM if on_team else FieldError.NOT_A_STAND_IN
            raise BadField("director", flaw)
        directors.share(tx, team.id, person.id, team.manager.id, now)
        return _view(tx, actor, now)


def stop(database: Database, actor: Actor, now: datetime) -> TeamsView:
    """Nobody sees the line of one's own team any more. Writes. Raises ForManagers and NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        directors.stop(tx, require_manager(tx, actor, now).id)
        return _view(tx, actor, now)


def _view(tx: Transaction, actor: Actor, now: datetime) -> TeamsView:
    own = teams.of_manager(tx, actor.slack_id)
    shared = teams.get_many(tx, directors.shared_with(tx, actor.slack_id))
    if own is None and not shared:
        return TeamsView(None, ())
    there = [*([own] if own else []), *shared]
    today = {team.id: team.today(now) for team in there}
    members = _members(tx, today)
    # Who became a rep of the team since sees it no more.
    seen = [
        team
        for team in shared
        if all(one.rep.slack_id != actor.slack_id for one in members[team.id])
    ]
    lines = _lines(tx, there, members, today)
    ordered = sorted(seen, key=lambda team: (in_order(team.manager.name), team.id))
    return TeamsView(
        OwnLine(lines[own.id], directors.of_team(tx, own.id)) if own else None,
        tuple(lines[team.id] for team in ordered),
    )


def _members(tx: Transaction, today: Mapping[int, date]) -> dict[int, list[Membership]]:
    """Who is on each of those teams on its own day, by the team's id."""
    members: dict[int, list[Membership]] = {team_id: [] for team_id in today}
    for one in teams.members_of(tx, list(today), min(today.values())):
        if one.is_on(today[one.team_id]):
            members[one.team_id].append(one)
    return members


def _lines(
    tx: Transaction,
    found: Sequence[Team],
    members: Mapping[int, Sequence[Membership]],
    today: Mapping[int, date],
) -> dict[int, TeamLine]:
    """What is seen of each of those teams, by id."""
    since = min(today.values()) - LOOKED_BACK
    last = interactions.latest_components(tx, list(today), since)
    off = absences.of_members(tx, list(today), since)
    managers = {(team.id, team.manager.id) for team in found}
    off |= absences.of_people(tx, managers, since)
    over: dict[int, list[Meeting]] = {team.id: [] for team in found}
    for meeting in meetings.over(tx, list(today), RECORD):
        over[meeting.team_id].append(meeting)

    def goes(team: Team, component: Component) -> Happening | None:
        return with_reps(
            [
                known_of(
                    component,
                    {**team.settings.cadences, **one.cadences}[component],
                    last.get((team.id, one.rep.id), {}).get(KIND_OF[component]),
                    one.joined_on,
                    [*off.get((team.id, one.rep.id), ()), *off[team.id, team.manager.id]],
                    today[team.id],
                )
                for one in members[team.id]
            ]
        )

    return {
        team.id: TeamLine(
            team.manager,
            goes(team, Component.SESSION),
            goes(team, Component.FIELD_DAY),
            of_meetings(over[team.id], today[team.id]),
        )
        for team in found
    }
