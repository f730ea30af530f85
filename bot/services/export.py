"""Everything of a team but what is private, for an export."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.domain.refusals import NoTeam
from bot.domain.team_record import TeamRecord
from bot.domain.teams import Membership, TimeOff
from storage import audits, interactions, promises, teams
from storage.engine import Database


def export_team(
    database: Database, workspace_id: int, manager: str, kind: str, now: datetime
) -> TeamRecord:
    """The record of the team of that manager, by Slack id; that it was taken is written down.

    `kind` is the format it is for. Raises NoTeam and DatabaseUnavailableError.
    """
    with database.reading(workspace_id) as tx:
        team = teams.of_manager(tx, manager)
        if team is None:
            raise NoTeam
        members = teams.members(tx, team.id)
        away = teams.time_off(tx, {team.manager.id, *(member.rep.id for member in members)})
        promised = promises.of_team(tx, team.id)
        # Last, being long: a reading transaction begins nothing new once its time is over.
        touches = interactions.touches_of_team(tx, team.id)
    with database.writing(workspace_id) as tx:
        audits.record(tx, "operator", "export", f"{manager}: {kind}", now)
    return TeamRecord(
        team=team,
        members=tuple(members),
        touches=tuple(touches),
        promises=tuple(promised),
        time_off={
            person: tuple(days if person == team.manager.id else _on_team(days, person, members))
            for person, days in away.items()
        },
    )


def _on_team(
    days: Iterable[TimeOff], person: int, members: Sequence[Membership]
) -> Iterable[TimeOff]:
    """What of those days away falls into the person's time on the team."""
    places = [member for member in members if member.rep.id == person]
    return (off for off in days if any(_overlap(off, place) for place in places))


def _overlap(off: TimeOff, place: Membership) -> bool:
    return (off.ends_on is None or off.ends_on >= place.joined_on) and (
        place.left_on is None or off.starts_on < place.left_on
    )
