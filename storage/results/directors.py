"""With whom managers share whether sessions, field days and meetings of their team are happening.

What was shared is good for as long as the one who shared it manages the team: it ends where the
team passes on (`teams.pass_to`).
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.domain.workspaces.people import Person
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Director as Row
from storage.models import Person as PersonRow
from storage.models import Team as TeamRow
from storage.team.people import PersonColumns

DIRECTOR = PersonColumns(PersonRow, "director")
SHARED = (
    select(Row.team_id, *DIRECTOR.columns)
    .join_from(Row, PersonRow, PersonRow.id == Row.director_id)
    .join(TeamRow, TeamRow.id == Row.team_id)
    .where(Row.workspace_id == WORKSPACE, TeamRow.manager_id == Row.shared_by_id)
)
OF_TEAM = SHARED.where(Row.team_id == bindparam("team"))
SHARED_WITH = SHARED.where(PersonRow.slack_id == bindparam("director"))
OF_EITHER = SHARED.where(
    (Row.team_id == bindparam("team")) | (PersonRow.slack_id == bindparam("me"))
)
STOP = delete(Row).where(Row.workspace_id == WORKSPACE, Row.team_id == bindparam("team"))


def of_team(tx: Transaction, team_id: int) -> Person | None:
    """Whom that team's manager shares it with."""
    row = tx.first(OF_TEAM, team=team_id)
    return DIRECTOR.read(row) if row else None


def shared_with(tx: Transaction, director: str) -> list[int]:
    """The teams whose managers share them with that person, a Slack id; by id."""
    return sorted(row.team_id for row in tx.all(SHARED_WITH, director=director))


def of_either(tx: Transaction, team_id: int, who: str) -> tuple[bool, bool]:
    """Whether that team's manager shares it with anybody, and whether anybody shares theirs with
    that person, a Slack id."""
    found = [(row.team_id, DIRECTOR.read(row)) for row in tx.all(OF_EITHER, team=team_id, me=who)]
    return (
        any(team == team_id for team, _ in found),
        any(director.slack_id == who for _, director in found),
    )


def share(
    tx: Transaction, team_id: int, director_id: int, shared_by_id: int, now: datetime
) -> None:
    """That person sees it from now on, in place of whoever did. Writes."""
    row = {
        "team_id": team_id,
        "director_id": director_id,
        "shared_by_id": shared_by_id,
        "shared_at": now,
    }
    tx.upsert(Row, [row], key=("team_id",))


def stop(tx: Transaction, team_id: int) -> None:
    """Nobody sees it any more. Writes."""
    tx.run(STOP, team=team_id)
