"""Everybody and every team that passing a team or a rep on may change is held before any of it is
changed."""

from bot.domain.workspaces.people import Person
from storage.binder import handovers
from storage.database.transaction import Transaction
from storage.team import people, teams


def hold(
    tx: Transaction, team_id: int, giver: Person, receiver: Person, rep: Person | None
) -> None:
    """Hold, until the transaction is over, whom that team, or that rep of it, passes between: the
    two managers and the reps, the team and the receiver's own. Where a whole team passes, the same
    of what its giver waits to take, which they do as theirs has passed on, and so on.

    People first and then teams, each at once and in one order, as everybody holds them: two who
    hold them bit by bit could each wait for what the other has.
    """
    slack_ids, team_ids = set[str](), set[int]()
    to_do = [(team_id, giver, receiver, rep)]
    seen = {team_id}
    while to_do:
        of, gives, takes, one = to_do.pop()
        own = teams.of_manager(tx, takes.slack_id)
        reps = [one] if one else [member.rep for member in teams.members(tx, of)]
        slack_ids |= {gives.slack_id, takes.slack_id, *(each.slack_id for each in reps)}
        team_ids |= {of, own.id} if own else {of}
        if one is None:
            for each in handovers.waiting_of(tx, gives.id):
                if each.team_id not in seen:
                    seen.add(each.team_id)
                    to_do.append((each.team_id, each.giver, each.receiver, None))
    people.lock_all(tx, slack_ids)
    teams.lock(tx, sorted(team_ids))
