"""**New on the team**: the steps of a team's ramp, and the promises that they become.

`follow` is the one place that lays them. Whatever a step's day hangs on calls it: the steps, a
rep's place on the team, days off, the country.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from bot.domain.team.ramp import (
    LAST_DAY,
    LONGEST_AGO,
    MOST_STEPS,
    LaidStep,
    RampEntry,
    RampOfRep,
    RampStep,
)
from bot.domain.team.ramp import (
    follow as rules,
)
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import own_rep, require_manager
from storage import promises
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import absences, ramps, teams
from storage.workspaces import submissions


def of_team(database: Database, actor: Actor, now: datetime) -> tuple[RampStep, ...]:
    """The steps of the team of who acts. Raises NoTeam, ForManagers."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now).id
        found = ramps.steps_of(tx, [team]).get(team)
    if found is not None:
        return found
    # A team that never looked at its ramp begins with the usual steps.
    with database.writing(actor.workspace_id, aside=True) as tx:
        return _steps(tx, [require_manager(tx, actor, now).id])[0]


def get(database: Database, actor: Actor, step_id: int, now: datetime) -> RampStep:
    """That step. Raises NoTeam, ForManagers, and Gone where it was removed."""
    for step in of_team(database, actor, now):
        if step.id == step_id:
            return step
    raise Gone


def save(
    database: Database, actor: Actor, step_id: int, entry: RampEntry, form: str, now: datetime
) -> tuple[RampStep, ...]:
    """Change that step, or add one where the id is 0; the same form sent again changes the one that
    it added. Promises that are open and to come follow.

    Raises NoTeam, ForManagers, Gone where it was removed, and BadField for no words, for a day that
    is none, and for more than MOST_STEPS.
    """
    with database.writing(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        if not entry.what:
            raise BadField("what", FieldError.MISSING)
        if not 0 <= entry.day <= LAST_DAY:
            raise BadField("day", FieldError.SENSELESS_DAY)
        before = _steps(tx, [team.id])[0]
        sent = submissions.claim(tx, form, Made.RAMP_STEP, team.manager.id, team.id)
        step_id = step_id or sent.one
        if not step_id and len(before) >= MOST_STEPS:
            raise BadField("what", FieldError.FULL_RAMP)
        if not step_id:
            submissions.keep(tx, sent, ramps.add(tx, team.id, entry))
        elif not ramps.change(tx, team.id, step_id, entry):
            raise Gone
        follow(tx, [team], now)
        return _steps(tx, [team.id])[0]


def remove(database: Database, actor: Actor, step_id: int, now: datetime) -> tuple[RampStep, ...]:
    """That step is no part of the ramp any more; promises of it that are open and to come are taken
    back. Raises NoTeam, ForManagers, and Gone where it was none."""
    with database.writing(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        if not ramps.remove(tx, team.id, step_id, now):
            raise Gone
        follow(tx, [team], now)
        return _steps(tx, [team.id])[0]


def of_rep(database: Database, actor: Actor, rep: str, now: datetime) -> RampOfRep:
    """What was laid for a rep (a Slack id) and is open. Raises NoTeam and NotOnTeam."""
    with database.reading(actor.workspace_id) as tx:
        team, person, place = own_rep(tx, actor, rep)
        found = _laid(tx, [place.id])[place.id].values()
        open_ones = [one.promise for one in found if one.promise.is_open]
        by_day = sorted(open_ones, key=lambda one: (one.due_on or date.max, one.id))
        return RampOfRep(person, tuple(by_day), team.today(now))


def begin(tx: Transaction, team: Team, reps: Collection[str], now: datetime) -> None:
    """Those reps (Slack ids) of the team are new on it. Writes."""
    today = team.today(now)
    found = [one.id for one in teams.members(tx, team.id, on=today) if one.rep.slack_id in reps]
    teams.set_new_on_team(tx, found, is_new=True)
    follow(tx, [team], now)


def follow(tx: Transaction, found: Sequence[Team], now: datetime) -> None:
    """Let what was laid for the new reps of those teams be what their ramps say now: open promises
    that are still to come, and nothing else. Writes."""
    known = {team.id: team for team in found}
    # Whoever changes the ramp or its reps at once waits here.
    teams.lock(tx, list(known))
    ids = ramps.places(tx, list(known), now.date() - LONGEST_AGO) if known else []
    if not ids:
        return
    places = teams.get_memberships(tx, ids)
    laid = _laid(tx, ids)
    own = sorted({place.team_id for place in places})
    steps = dict(zip(own, _steps(tx, own), strict=True))
    people = {(one.team_id, one.rep.id) for one in places}
    away = absences.of_people(tx, people | {(team, known[team].manager.id) for team in own})
    for place in places:
        team = known[place.team_id]
        both = [
            *away[team.id, place.rep.id],
            *away[team.id, team.manager.id],
        ]
        ends = place.joined_on + timedelta(days=LAST_DAY)
        calendar = calendars.of_team(team.settings, place.joined_on, ends)
        today = team.today(now)
        asked = rules(place, steps[team.id], laid[place.id], calendar, both, today)
        for step, day in asked.new:
            _lay(tx, place, step, day, today)
        for one, step, day in asked.changed:
            _lay_again(tx, one, step, day)
        for one in asked.taken_back:
            promises.close(tx, one.promise.id, deleted_at=now)
        if asked.new or asked.changed or asked.taken_back:
            lists_changed(tx, team.id, today)


def _laid(tx: Transaction, places: Sequence[int]) -> dict[int, dict[int, LaidStep]]:
    """The steps that were laid for those places, by place and step."""
    rows = ramps.laid(tx, places)
    known = promises.get_many(tx, [promise for _, _, promise, _ in rows])
    found: dict[int, dict[int, LaidStep]] = {place: {} for place in places}
    for place, step, promise, day in rows:
        if promise in known:
            found[place][step] = LaidStep(place, step, known[promise], day)
    return found


def _lay(tx: Transaction, place: Membership, step: RampStep, day: date, today: date) -> None:
    if ramps.claim(tx, place.id, step.id, day):
        made = promises.add(
            tx,
            team_id=place.team_id,
            rep_id=place.rep.id,
            owner=step.owner,
            what=step.what,
            made_on=today,
            due_on=day,
            ramp_day=step.day,
        )
        ramps.keep(tx, place.id, step.id, made, day)


def _lay_again(tx: Transaction, one: LaidStep, step: RampStep, day: date) -> None:
    """The promise says what its step says now; a day that people gave it stays."""
    by_hand = not one.promise.deleted and one.promise.due_on != one.due_on
    promises.reword(
        tx,
        one.promise,
        owner=step.owner,
        what=step.what,
        due_on=one.promise.due_on if by_hand else day,
        ramp_day=step.day,
        deleted_at=None,
    )
    ramps.keep(tx, one.membership_id, step.id, one.promise.id, day)


def _steps(tx: Transaction, team_ids: Sequence[int]) -> list[tuple[RampStep, ...]]:
    """The steps of each of those teams; a team begins with the usual ones."""
    found = ramps.steps_of(tx, team_ids)
    missing = [team_id for team_id in team_ids if team_id not in found]
    if missing:
        ramps.begin(tx, missing)
        found |= ramps.steps_of(tx, missing)
    return [found[team_id] for team_id in team_ids]
