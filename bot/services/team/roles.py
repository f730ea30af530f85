"""Somebody becomes something else: what follows for the teams, and who is told."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.team.roles import TeamRole, may_be
from bot.domain.team.teams import Team, TimeOff
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import CannotBeRep, OwnManager
from bot.services.delivery.messages import lists_changed
from bot.services.delivery.schedules import set_due
from bot.services.meetings import series
from bot.services.todo import schedule
from bot.services.workspaces.absence import with_fit_stand_ins
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import absences, people, teams

log = logging.getLogger("windshield")

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StandInGone:
    """Days off of a team's manager for which somebody was named who cannot stand in."""

    team: Team
    days: TimeOff
    stand_in: Person


def check_may_be_reps(tx: Transaction, manager: str, reps: Sequence[Person], now: datetime) -> None:
    """Whether those people may be reps of that manager, by Slack id, who is none of them.

    Raises CannotBeRep for who has left Slack and for bots, and OwnManager.
    """
    led_by = {
        team.manager.slack_id for team, _ in teams.memberships_of(tx, manager, now.date() - A_DAY)
    }
    held = {
        rep.id: {TeamRole.DIRECTOR} if rep.slack_id in led_by else set[TeamRole]() for rep in reps
    }
    unfit = [rep for rep in reps if not may_be(TeamRole.REP, rep, held[rep.id])]
    gone = tuple(rep.name for rep in unfit if not may_be(TeamRole.REP, rep, ()))
    if gone:
        raise CannotBeRep(gone)
    if unfit:
        raise OwnManager(tuple(rep.name for rep in unfit))


def roles_changed(tx: Transaction, person_ids: Iterable[int], now: datetime) -> None:
    """Those people may be other things to teams from now on: a rep, gone from Slack, back there.

    Where one of them was named as a stand-in, or leads a team, its list goes to who may have it;
    where nobody may, it waits, and its manager is told. Writes.
    """
    ids = list(person_ids)
    named = absences.stood_in_by(tx, ids, now.date() - A_DAY)
    found = {team.id: team for team in teams.get_many(tx, [team_id for team_id, _ in named])}
    for team in found.values():
        own = [off for team_id, off in named if team_id == team.id]
        fit = with_fit_stand_ins(tx, [team], {team.id: own}, now)[team.id]
        for off in fit:
            gone = off.stand_in_id is None
            set_due(
                tx, MessageKind.STAND_IN_GONE, {ScheduleKey(team.id, off.id): now if gone else None}
            )
        _follow(tx, team, now)
        if any(off.stand_in_id is not None and off.covers(team.today(now)) for off in fit):
            schedule.send_rest_of_week(tx, team, now)


def manager_is_back(tx: Transaction, manager: Person, now: datetime) -> None:
    """Somebody who had left Slack is there again: a list that waited comes. Writes."""
    team = teams.of_manager(tx, manager.slack_id)
    if team is not None:
        _follow(tx, team, now)
        schedule.send_rest_of_week(tx, team, now)


def stand_ins_gone(
    database: Database, workspace_id: int, days: Sequence[int], now: datetime
) -> dict[int, StandInGone]:
    """Of those days off of managers, by id, the ones that still have nobody to stand in though
    somebody was named."""
    with database.reading(workspace_id) as tx:
        named = absences.stood_in_on(tx, days, now.date() - A_DAY)
        found = {team.id: team for team in teams.get_many(tx, [team_id for team_id, _ in named])}
        away: dict[int, list[TimeOff]] = {team_id: [] for team_id in found}
        for team_id, off in named:
            away[team_id].append(off)
        fit = with_fit_stand_ins(tx, list(found.values()), away, now)
        known = people.get_many_by_id(tx, [off.stand_in_id or 0 for _, off in named])
    there = {off.id for own in fit.values() for off in own if off.stand_in_id is not None}
    gone = {
        off.id: StandInGone(found[team_id], off, known[off.stand_in_id])
        for team_id, off in named
        if off.id not in there and off.stand_in_id is not None
    }
    for one in gone.values():
        if not one.team.manager.active:
            log.warning("the list of team %s waits: nobody is there to have it", one.team.id)
    return gone


def _follow(tx: Transaction, team: Team, now: datetime) -> None:
    schedule.follow_team(tx, team, now)
    series.follow_series(tx, team, now)
    lists_changed(tx, team.id, team.today(now))
