"""All of a kind that a team has, whoever it is of."""

from bot.domain.results.results import Result
from storage.database.transaction import Transaction
from storage.results import results
from storage.team import teams


def all_results(tx: Transaction, team_id: int) -> list[Result]:
    """The results of everybody who ever sat on that team."""
    return results.of_reps(tx, team_id, {one.rep.id for one in teams.members(tx, team_id)})
