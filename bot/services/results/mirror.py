"""`/mirror`: what lies ahead, and how results stand. For the manager of the team alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.appointments import Appointment
from bot.domain.results.coverage import COMPONENT_OF, due_dates, last_of
from bot.domain.results.mirror import (
    MirrorFront,
    RepAhead,
    ResultsView,
    in_turn,
    newest,
    totals,
)
from bot.domain.results.results import Result, metric_key
from bot.domain.results.saving import SaveItPlan, helped_of, standing_of
from bot.domain.results.warnings import Ending, Warned
from bot.domain.team.cadence import Component
from bot.domain.team.teams import TeamView
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import Gone
from bot.services.results.balance import read_balance
from bot.services.results.pace import Away, paces_from, running_for
from bot.services.results.warnings import LOOKED_BACK, is_own_saved, warned_periods
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import require_manager
from storage import appointments
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import directors, results, saving
from storage.team import absences, teams

PLANS_AFTER = timedelta(days=31)
"""For how long after its period a plan that nobody closed is shown."""

PERIODS = 20
"""Periods that are looked back on: as many as a chart holds."""


def front(database: Database, actor: Actor, now: datetime) -> MirrorFront:
    """What opens the mirror. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = team.today(now)
        view = TeamView(team, tuple(teams.members(tx, team.id, on=today)), today)
        wall = now.astimezone(team.manager_zone).replace(tzinfo=None)
        there = {member.rep.id for member in view.active}
        planned = [one for one in appointments.standing(tx, [team.id]) if one.rep.id in there]
        coming = [one for one in planned if not one.is_past(wall)]
        past = [one for one in planned if one.is_past(wall)]
        found = results.newest_periods(tx, [team.id], 1, today).get(team.id, [])
        found_team, days = {team.id: team}, {team.id: today}
        running = running_for(tx, found_team, view.active, days)
        places = {(team.id, one.rep.id) for one in view.active}
        away = absences.of_people(tx, places, running.since)
        paces = paces_from(tx, found_team, running, away, days).get(team.id, {})
        reps = in_turn(_reps(tx, view, coming, past, away))
        saved = saving.since_or_helped(tx, [team.id], today - LOOKED_BACK)
        warned = _warned(tx, view, saved)
        shares, sees_others = directors.of_either(tx, team.id, actor.slack_id)
        return MirrorFront(
            team,
            today,
            reps,
            tuple(coming),
            tuple((one.rep, pace) for one in reps for pace in paces.get(one.rep.id, ())),
            totals(found),
            tuple(one for one in warned if is_own_saved(team, one[1])),
            read_balance(tx, team, today),
            standing_of(saved, today - PLANS_AFTER),
            tuple(one for one in warned if one[1].ending is not Ending.MADE and one[1].was_tried),
            helped_of(saved),
            shares=shares,
            sees_others=sees_others,
        )


def _warned(
    tx: Transaction, view: TeamView, saved: Iterable[SaveItPlan]
) -> list[tuple[Person, Warned]]:
    """The periods that were in question, with whom."""
    people = {one.rep.slack_id: one.rep for one in view.active}
    found = warned_periods(tx, view.team, view.active, view.today, saved)
    return [(people[one.result.rep_id], one) for one in found]


def _reps(
    tx: Transaction,
    view: TeamView,
    coming: Iterable[Appointment],
    past: Iterable[Appointment],
    away: Away,
) -> list[RepAhead]:
    team, today = view.team, view.today
    latest = interactions.latest(tx, team.id)
    calendar = calendars.of_team(team.settings, today)
    soonest = {(one.rep.id, COMPONENT_OF[one.kind]): one.day for one in reversed(list(coming))}
    unanswered = {(one.rep.id, COMPONENT_OF[one.kind]) for one in past}
    found = []
    for member in view.active:
        rep = member.rep
        cadences = {**team.settings.cadences, **member.cadences}
        last = latest.get(rep.id, {})
        days = next((one for one in away[team.id, rep.id] if one.covers(today)), None)
        found.append(
            RepAhead(
                rep,
                {
                    one: due_dates(
                        one, cadences[one], last_of(last, one), member.joined_on, calendar
                    )
                    for one in Component
                },
                {one: soonest[rep.id, one] for one in Component if (rep.id, one) in soonest},
                frozenset(one for one in Component if (rep.id, one) in unanswered),
                away=days is not None,
                until=days.ends_on if days else None,
            )
        )
    return found


def results_of(database: Database, actor: Actor, metric: str, now: datetime) -> ResultsView:
    """How one metric stands, by its key; the first of them where it is "". Reps who left are in the
    sums of the periods they were there, and not among the names.

    Raises ForManagers, NoTeam, and Gone where the team has no such metric.
    """
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = team.today(now)
        members = [one for one in teams.members(tx, team.id, on=today) if one.is_on(today)]
        found = results.newest_periods(tx, [team.id], PERIODS, today).get(team.id, [])
    metrics = {metric_key(one.metric.name): one.metric for one in found}
    chosen = metric or next(iter(sorted(metrics, key=in_order)), "")
    if chosen not in metrics:
        raise Gone
    own = [one for one in found if metric_key(one.metric.name) == chosen]
    of_rep: dict[str, Result] = {one.rep_id: one for one in newest(own)}
    people = sorted((one.rep for one in members), key=lambda rep: in_order(rep.name))
    return ResultsView(
        today,
        metrics[chosen],
        tuple(sorted(metrics.values(), key=lambda one: in_order(one.name))),
        tuple((rep, of_rep[rep.slack_id]) for rep in people if rep.slack_id in of_rep),
        totals(own),
    )
