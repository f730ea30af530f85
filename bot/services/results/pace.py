"""How the results of teams stand, for any number of teams in the same few statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.domain.results.pace import Pace, PaceView, pace_of
from bot.domain.results.presence import Presence, came_on
from bot.domain.results.results import Result, metric_key
from bot.domain.results.weeks import MOST_WEEKS, weeks_of
from bot.domain.team.calendar import WEEK
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.sources.results import is_about
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import require_manager, require_rep
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import results
from storage.team import absences

DAY = timedelta(days=1)

LOOKED_BACK = (MOST_WEEKS + 1) * WEEK
"""How far back the weeks of a rep are read."""

Place = tuple[int, str]
"""A team by id, and a rep on it by Slack id."""

Away = Mapping[tuple[int, int], Sequence[TimeOff]]
"""Days off by team and person, both by id."""


@dataclass(frozen=True)
class Running:
    """The results of the periods that run, of those members who are on their team today, by
    place. `since`: how they stand follows from the days off from that day on; today where there
    are none."""

    members: Mapping[Place, Membership]
    results: Mapping[Place, Sequence[Result]]
    since: date


def paces_for(
    tx: Transaction,
    found: Mapping[int, Team],
    members: Iterable[Membership],
    today: Mapping[int, date],
) -> dict[int, dict[int, tuple[Pace, ...]]]:
    """By team and rep (a person's id), the pace of each result of a period that runs, of those
    members who are on the team today; `today` is each manager's. Whoever has no result is left
    out."""
    running = running_for(tx, found, members, today)
    there = [running.members[place] for place in running.results]
    if not there:
        return {}
    away = absences.of_people(tx, {(one.team_id, one.rep.id) for one in there}, running.since)
    return paces_from(tx, found, running, away, today)


def running_for(
    tx: Transaction,
    found: Mapping[int, Team],
    members: Iterable[Membership],
    today: Mapping[int, date],
) -> Running:
    """What `paces_for` works out paces of."""
    places = {
        (member.team_id, member.rep.slack_id): member
        for member in members
        if member.team_id in found and member.is_on(today[member.team_id])
    }
    running = _running(tx, places, today)
    starts = [one.period.start for own in running.values() for one in own]
    earliest = min(today.values())
    return Running(places, running, min(earliest - LOOKED_BACK, *starts) if starts else earliest)


def paces_from(
    tx: Transaction,
    found: Mapping[int, Team],
    running: Running,
    away: Away,
    today: Mapping[int, date],
) -> dict[int, dict[int, tuple[Pace, ...]]]:
    """The same where the days off are known already, of those reps at the least and from
    `running.since` on."""
    places, own_results = running.members, running.results
    members = [places[place] for place in own_results]
    presences = _presences(found, members, running.since, today, away)
    paces = {
        place: tuple(pace_of(one, presences[place], today[place[0]]) for one in own)
        for place, own in own_results.items()
    }
    # Most are as planned, and what a good week is decides only of those that are not.
    warned = {place for place, own in paces.items() if any(pace.warns for pace in own)}
    if warned:
        own_weeks = _weeks(tx, warned, presences, own_results, max(today.values()))
        for place in warned:
            paces[place] = tuple(
                pace_of(
                    one,
                    presences[place],
                    today[place[0]],
                    own_weeks.get((place, metric_key(one.metric.name)), ()),
                )
                for one in own_results[place]
            )
    by_team: dict[int, dict[int, tuple[Pace, ...]]] = {}
    for (team, rep), own in paces.items():
        by_team.setdefault(team, {})[places[team, rep].rep.id] = own
    return by_team


def paces_of(tx: Transaction, team: Team, member: Membership, day: date) -> tuple[Pace, ...]:
    """The same of one rep, as it stood by that day."""
    found = paces_for(tx, {team.id: team}, [member], {team.id: day})
    return found.get(team.id, {}).get(member.rep.id, ())


def pace_with(database: Database, actor: Actor, rep: str, about: str, now: datetime) -> PaceView:
    """The figures of that rep (a Slack id) that a reason about `about` is made of.

    Raises ForManagers, NoTeam, NotOnTeam, and Gone where that period does not run any more.
    """
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = team.today(now)
        _, member = require_rep(tx, actor, rep, today, now)
        paces = paces_of(tx, team, member, today)
    for pace in paces:
        if is_about(about, pace.result):
            return PaceView(member.rep, pace, today)
    raise Gone


def _running(
    tx: Transaction, places: Collection[Place], today: Mapping[int, date]
) -> dict[Place, list[Result]]:
    """The results of the periods that run, by place. A statement for each date that it is on some
    manager's wall: two, or three, wherever they are."""
    running: dict[Place, list[Result]] = {}
    for day in sorted(set(today.values())):
        teams = [team for team, own in today.items() if own == day]
        for team, read in results.on_day(tx, teams, day).items():
            for one in read:
                if (team, one.rep_id) in places:
                    running.setdefault((team, one.rep_id), []).append(one)
    return running


def presences_of(
    tx: Transaction,
    found: Mapping[int, Team],
    members: Sequence[Membership],
    since: date,
    today: Mapping[int, date],
) -> dict[Place, Presence]:
    """When those members work, from a day on; days off that ended before it are left out."""
    away = absences.of_people(tx, {(one.team_id, one.rep.id) for one in members}, since)
    return _presences(found, members, since, today, away)


def _presences(
    found: Mapping[int, Team],
    members: Sequence[Membership],
    since: date,
    today: Mapping[int, date],
    away: Away,
) -> dict[Place, Presence]:
    return {
        (one.team_id, one.rep.slack_id): Presence(
            calendars.of_team(found[one.team_id].settings, since, today[one.team_id]),
            tuple(away[one.team_id, one.rep.id]),
            came_on(found[one.team_id], one),
            None if one.left_on is None else one.left_on - DAY,
        )
        for one in members
    }


def _weeks(
    tx: Transaction,
    places: Collection[Place],
    presences: Mapping[Place, Presence],
    running: Mapping[Place, Sequence[Result]],
    day: date,
) -> dict[tuple[Place, str], tuple[Decimal, ...]]:
    """What those reps made a day in the weeks of the periods before, by place and key of a
    metric."""
    starts = {
        (place, metric_key(one.metric.name)): one.period.start
        for place in places
        for one in running[place]
    }
    earlier: dict[tuple[Place, str], list[Result]] = {}
    teams = sorted({team for team, _ in places})
    for team, read in results.weekly(tx, teams, day - LOOKED_BACK, day).items():
        for one in read:
            key = (team, one.rep_id), metric_key(one.metric.name)
            if key in starts and one.period.end < starts[key]:
                earlier.setdefault(key, []).append(one)
    return {key: weeks_of(own, presences[key[0]]) for key, own in earlier.items()}
