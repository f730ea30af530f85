"""Who is away, and who has a manager's list and draft meanwhile."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.team.teams import Team, TimeOff
from bot.domain.team.time_off import reader_on
from bot.domain.workspaces.people import Person
from storage.database.transaction import Transaction
from storage.team import people, teams


def days_off(tx: Transaction, team: Team, person: Person) -> list[TimeOff]:
    """All days off of that person, a rep or the manager, that this team goes by: what the person
    entered, and what its manager did."""
    return teams.time_off(tx, [(team.id, person.id)])[team.id, person.id]


def managers_days_off(
    tx: Transaction, found: Sequence[Team], since: date
) -> dict[int, list[TimeOff]]:
    """The days off of the managers of those teams that end no earlier than `since`, by team."""
    off = teams.time_off(tx, {(team.id, team.manager.id) for team in found}, since)
    return {team_id: own for (team_id, _), own in off.items()}


def stands_in(tx: Transaction, person: Person, team: Team, now: datetime) -> bool:
    """Whether that person has the list of that team's manager today, who is away."""
    today = team.today(now)
    named = (off for off in days_off(tx, team, team.manager) if off.covers(today))
    return any(off.stand_in_id == person.id for off in named)


def stood_in_for(tx: Transaction, person: Person, now: datetime) -> list[Team]:
    """The teams whose managers that person stands in for today."""
    named = teams.stood_in_for(tx, person.slack_id)
    return [team for team in named if stands_in(tx, person, team, now)]


def readers_today(tx: Transaction, found: Sequence[Team], now: datetime) -> dict[int, Person]:
    """By team, who has what is the manager's today: the manager, or who stands in. A team where
    nobody does is left out."""
    if not found:
        return {}
    today = {team.id: team.today(now) for team in found}
    off = managers_days_off(tx, found, min(today.values()))
    readers = {team.id: reader_on(team.manager.id, today[team.id], off[team.id]) for team in found}
    managers = {team.manager.id: team.manager for team in found}
    stand_ins = {who for who in readers.values() if who is not None} - managers.keys()
    known = managers | (people.get_many_by_id(tx, stand_ins) if stand_ins else {})
    return {team_id: known[who] for team_id, who in readers.items() if who is not None}
