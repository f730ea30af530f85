"""What App Home shows: to a manager, to a rep, to both in one, to anyone else."""

from datetime import date, datetime

from bot.domain.calendar import local_date
from bot.domain.facts import HomeFacts, ManagerHome, RepHome, TeamFacts
from bot.domain.people import Actor, zone_named
from bot.domain.teams import Team
from bot.services.authority import today_of
from storage import notes, people, promises, teams
from storage.engine import Database, Transaction


def home(database: Database, actor: Actor, now: datetime) -> HomeFacts:
    """What that person's App Home shows."""
    with database.reading(actor.workspace_id) as tx:
        person = people.one(tx, actor.slack_id)
        if person is None:
            return HomeFacts(None, ())
        team = teams.of_manager(tx, actor.slack_id)
        today = local_date(now, zone_named(person.zone))
        seats = [
            (seat, member)
            for seat, member in teams.seats(tx, actor.slack_id, today)
            if member.is_on(today)
        ]
        return HomeFacts(
            _manager(tx, team, now) if team else None,
            tuple(_seat(tx, seat, person.id, today) for seat, _ in seats),
        )


def _manager(tx: Transaction, team: Team, now: datetime) -> ManagerHome:
    today = today_of(team, now)
    facts = TeamFacts(team, tuple(teams.members(tx, team.id, on=today)), today)
    there = {member.rep.id for member in facts.active}
    found = promises.open_of_team(tx, team.id)
    return ManagerHome(
        facts,
        tuple(promise for promise in found if promise.rep.id in there),
        tuple(promise for promise in found if promise.rep.id not in there),
        notes.count(tx, team.manager.id),
    )


def _seat(tx: Transaction, team: Team, rep_id: int, today: date) -> RepHome:
    found = promises.of_reps(tx, team.id, [rep_id])
    return RepHome(
        team,
        tuple(promise for promise in found if promise.is_open and promise.raised_on is None),
        tuple(promise for promise in found if promise.raised_on is not None),
        today,
    )
