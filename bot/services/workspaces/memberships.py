"""What is asked about memberships."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.team.memberships import MembershipQuestion, QuestionView
from bot.domain.team.teams import Team
from storage.database.transaction import Transaction
from storage.team import memberships, teams


def open_for(tx: Transaction, team: Team, now: datetime) -> tuple[QuestionView, ...]:
    """What is to be answered by that team's manager, or by another manager for that team."""
    found = viewed(tx, memberships.open_for(tx, team.id), now)
    return tuple(one for one in found if one.answerer is not None)


def viewed(
    tx: Transaction, found: Sequence[MembershipQuestion], now: datetime
) -> list[QuestionView]:
    """Those questions with the teams they are about."""
    ids = {one.team_id for one in found} | {one.first_team_id for one in found}
    known = {team.id: team for team in teams.get_many(tx, [one for one in ids if one])}
    asked = [one for one in found if one.state.is_open]
    days = {id: team.today(now) for id, team in known.items()}
    members = teams.members_of(tx, list(known), min(days.values())) if asked else ()
    there = {
        (one.team_id, one.rep.id)
        for one in members
        if one.rep.active and (one.left_on is None or one.left_on > days[one.team_id])
    }
    return [
        QuestionView(
            one,
            known[one.team_id],
            known.get(one.first_team_id or 0),
            lapsed=one.state.is_open and (one.asked_of, one.rep.id) not in there,
        )
        for one in found
    ]
