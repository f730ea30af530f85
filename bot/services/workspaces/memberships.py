"""What is asked about memberships."""

from collections.abc import Sequence

from bot.domain.team.memberships import MembershipQuestion, QuestionView
from bot.domain.team.teams import Team
from storage.database.transaction import Transaction
from storage.team import memberships, teams


def open_for(tx: Transaction, team: Team) -> tuple[QuestionView, ...]:
    """What is to be answered by that team's manager, or by another manager for that team."""
    return tuple(viewed(tx, memberships.open_for(tx, team.id)))


def viewed(tx: Transaction, found: Sequence[MembershipQuestion]) -> list[QuestionView]:
    """Those questions with the teams they are about."""
    ids = {one.team_id for one in found} | {one.first_team_id for one in found}
    known = {team.id: team for team in teams.get_many(tx, [one for one in ids if one])}
    return [
        QuestionView(one, known[one.team_id], known.get(one.first_team_id or 0)) for one in found
    ]
