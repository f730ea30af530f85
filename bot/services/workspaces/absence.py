"""Who is away, and who has a manager's list and draft meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.delivery import MessageKind
from bot.domain.team.roles import TeamRole, may_be
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.team.time_off import reader_on
from bot.domain.workspaces.people import Person
from storage.database.transaction import Transaction
from storage.team import absences, people, teams


def days_off(tx: Transaction, team: Team, person: Person) -> list[TimeOff]:
    """All days off of that person, a rep or the manager, that this team goes by: what the person
    entered, and what its manager did. Whoever is named as a stand-in is in them as named."""
    return absences.of_people(tx, [(team.id, person.id)])[team.id, person.id]


def managers_days_off(
    tx: Transaction, found: Sequence[Team], since: date, now: datetime
) -> dict[int, list[TimeOff]]:
    """The days off of the managers of those teams that end no earlier than `since`, by team, with
    only those stand-ins who may stand in."""
    off = absences.of_people(tx, {(team.id, team.manager.id) for team in found}, since)
    away = {team.id: off[team.id, team.manager.id] for team in found}
    return with_fit_stand_ins(tx, found, away, now)


def managers_own_days_off(tx: Transaction, team: Team, now: datetime) -> list[TimeOff]:
    """All days off of that team's manager, with only those stand-ins who may stand in."""
    return managers_days_off(tx, [team], date.min, now)[team.id]


def with_fit_stand_ins(
    tx: Transaction,
    found: Sequence[Team],
    away: Mapping[int, Sequence[TimeOff]],
    now: datetime,
    members: Sequence[Membership] | None = None,
) -> dict[int, list[TimeOff]]:
    """Those days off of the managers of those teams, by team, without the stand-ins who may not be
    that: who left Slack, or became a rep of the team. `members` are the teams' where they are
    known already.

    A stand-in is looked at as of today, and for days to come as of the first of them.
    """
    named = {off.stand_in_id for days in away.values() for off in days} - {None}
    if not named:
        return {team.id: list(away[team.id]) for team in found}
    known = people.get_many_by_id(tx, [one for one in named if one is not None])
    today = {team.id: team.today(now) for team in found}
    if members is None:
        stood_in = [team_id for team_id, days in away.items() if any(o.stand_in_id for o in days)]
        members = teams.members_of(tx, stood_in, min(today.values()))

    def fit(team: Team, off: TimeOff) -> TimeOff:
        person = known.get(off.stand_in_id or 0)
        if person is None:
            return off
        day = max(off.starts_on, today[team.id])
        held = held_by(person, team, [one for one in members if one.is_on(day)])
        return off if may_be(TeamRole.STAND_IN, person, held) else replace(off, stand_in_id=None)

    return {team.id: [fit(team, off) for off in away[team.id]] for team in found}


def held_by(person: Person, team: Team, members: Sequence[Membership]) -> set[TeamRole]:
    """What that person is to the team, of those who are on it, stand-ins left aside."""
    held = {TeamRole.MANAGER} if person.id == team.manager.id else set()
    if any(one.team_id == team.id and one.rep.id == person.id for one in members):
        held.add(TeamRole.REP)
    return held


def stands_in(tx: Transaction, person: Person, team: Team, now: datetime) -> bool:
    """Whether that person has the list of that team's manager today, who is away."""
    today = team.today(now)
    named = (off for off in managers_own_days_off(tx, team, now) if off.covers(today))
    return any(off.stand_in_id == person.id for off in named)


def stood_in_for(tx: Transaction, person: Person, now: datetime) -> list[Team]:
    """The teams whose managers that person stands in for today."""
    named = teams.stood_in_for(tx, person.slack_id)
    return [team for team in named if stands_in(tx, person, team, now)]


def readers_today(
    tx: Transaction, kind: MessageKind, found: Sequence[Team], now: datetime
) -> dict[int, Person]:
    """By team, who has what is the manager's of that kind today, as `AUDIENCES` says: the manager,
    or who stands in. A team where it waits is left out."""
    if not found:
        return {}
    today = {team.id: team.today(now) for team in found}
    off = managers_days_off(tx, found, min(today.values()), now)
    readers = {
        team.id: reader_on(kind, team.manager.id, today[team.id], off[team.id]) for team in found
    }
    managers = {team.manager.id: team.manager for team in found}
    stand_ins = {who for who in readers.values() if who is not None} - managers.keys()
    known = managers | (people.get_many_by_id(tx, stand_ins) if stand_ins else {})
    return {team_id: known[who] for team_id, who in readers.items() if who is not None}
