"""**Save-it plan**: written for a warning, by its manager with the rep; its steps are promises."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.promises import Promise
from bot.domain.results.activity import PlanPage
from bot.domain.results.results import Period, Result, metric_key
from bot.domain.results.saving import SaveItPlan, Saving, SavingEntry, validated
from bot.domain.sessions.steps import Sides, Step, check_days, matched, parse_steps
from bot.domain.team.teams import Membership, Team
from bot.domain.team.time_off import days_there
from bot.domain.todo.sources.results import warning_about
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import Gone
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.messages import lists_changed
from bot.services.results.activity import activities, follow_plan
from bot.services.results.pace import presences_of
from bot.services.workspaces.authority import not_theirs, require_manager, require_rep
from storage import promises
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import metrics, results, saving
from storage.team import absences, teams
from storage.workspaces import submissions


def to_write(database: Database, actor: Actor, rep: str, about: str, now: datetime) -> Saving:
    """A rep's warning (`warning_about`) with the plan for it, if there is one. `rep` is a Slack id.

    Raises ForManagers, NoTeam, NotOnTeam, and Gone where that period is over, or never was.
    """
    with database.reading(actor.workspace_id) as tx:
        team, member, result = _warned(tx, actor, rep, about, now)
        found = _saving(tx, team, member.rep, result, now)
        return replace(found, there=_days_to_look(tx, team, member, result.period, found.today))


def save(
    database: Database,
    actor: Actor,
    rep: str,
    about: str,
    entry: SavingEntry,
    form: str,
    now: datetime,
) -> PlanPage:
    """The plan for that warning, as it is said now: there is one, whoever sends the form again.

    A step that says what one of before did stays that promise, one that is not said any more is
    dropped.
    Raises what `to_write` does, and BadField for an entry that makes no sense (`check_days`,
    `validated`).
    """
    with database.writing(actor.workspace_id) as tx:
        team, member, result = _warned(tx, actor, rep, about, now)
        person = member.rep
        # There is one plan for a warning, also where two devices write the first at once.
        teams.lock(tx, [team.id])
        today, period = team.today(now), result.period
        sent = submissions.claim(tx, form, Made.SAVE_IT_PLAN, team.manager.id, team.id)
        before = _saving(tx, team, person, result, now)
        sides = Sides(team.manager.name, person.name)
        steps = parse_steps(entry.steps, sides, today, {one.what for one in before.steps})
        check_days(steps, "steps")
        a_week, check_on = validated(
            entry,
            [(step.what, step.due_on) for step in steps],
            period,
            today,
            {one.due_on for one in before.steps},
        )
        values = {
            "a_week": a_week,
            "leading": entry.leading.strip(),
            "helper": entry.helper.strip(),
            "check_on": check_on,
        }
        if before.plan is None:
            key = team.id, metric_key(result.metric.name)
            made = saving.add(
                tx,
                team_id=team.id,
                rep_id=person.id,
                metric_id=metrics.ids_of(tx, [team.id])[key],
                starts_on=period.start,
                ends_on=period.end,
                made_on=today,
                **values,
            )
        else:
            made = before.plan.id
            saving.change(tx, made, closed_on=None, ends_on=period.end, **values)
        submissions.keep(tx, sent, made)
        steps = tuple(replace(step, due_on=step.due_on or check_on) for step in steps)
        _promise(tx, team, person, made, before.steps, steps, today, now)
        lists_changed(tx, team.id, today)
        _, plan = _own(tx, actor, made, now)
        follow_plan(tx, team, plan, now)
        return _page(tx, team, plan, now)


def look(database: Database, actor: Actor, plan_id: int, now: datetime) -> PlanPage:
    """A plan of who acts as the manager. Raises ForManagers, NoTeam, Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, plan = _own(tx, actor, plan_id, now)
        return _page(tx, team, plan, now)


def close(database: Database, actor: Actor, plan_id: int, helped: str, now: datetime) -> PlanPage:
    """It is closed, and `helped` is what did, "" for nothing; said again, the later words stand.
    Its steps stay the promises that they are. Raises what `look` does."""
    with database.writing(actor.workspace_id) as tx:
        team, plan = _own(tx, actor, plan_id, now)
        today = team.today(now)
        saving.change(tx, plan.id, closed_on=plan.closed_on or today, helped=helped.strip())
        lists_changed(tx, team.id, today)
        team, plan = _own(tx, actor, plan_id, now)
        follow_plan(tx, team, plan, now)
        return _page(tx, team, plan, now)


def _own(tx: Transaction, actor: Actor, plan_id: int, now: datetime) -> tuple[Team, SaveItPlan]:
    team, plan = require_manager(tx, actor, now), saving.get(tx, plan_id)
    if plan is None:
        raise Gone
    if plan.team_id != team.id:
        raise not_theirs(tx, actor, plan.team_id)
    return team, plan


def _page(tx: Transaction, team: Team, plan: SaveItPlan, now: datetime) -> PlanPage:
    known = activities(tx, {team.id: team}, [plan], now)
    return PlanPage(plan, _steps(tx, plan), team.today(now), known[plan.id])


def _steps(tx: Transaction, plan: SaveItPlan) -> tuple[Promise, ...]:
    ids = saving.steps_of(tx, [plan.id]).get(plan.id, [])
    found = promises.get_many(tx, ids)
    return tuple(found[one] for one in ids if one in found and not found[one].deleted)


def _warned(
    tx: Transaction, actor: Actor, rep: str, about: str, now: datetime
) -> tuple[Team, Membership, Result]:
    team = require_manager(tx, actor, now)
    today = team.today(now)
    _, member = require_rep(tx, actor, rep, today, now)
    for result in results.of_rep(tx, team.id, member.rep.id, today, today):
        if warning_about(result) == about:
            return team, member, result
    raise Gone


def _saving(tx: Transaction, team: Team, rep: Person, result: Result, now: datetime) -> Saving:
    key, start = metric_key(result.metric.name), result.period.start
    plan = saving.of_warning(tx, team.id, rep.id, key, start)
    steps = _steps(tx, plan) if plan is not None else ()
    helped = saving.helped(tx, [team.id]).get(team.id, {}).get(key, "")
    return Saving(rep, team.manager, result, team.today(now), plan, steps, helped)


def _days_to_look(
    tx: Transaction, team: Team, member: Membership, period: Period, today: date
) -> tuple[date, ...]:
    """The working days after today, to the period's end, on which manager and rep are there; while
    the two never are, those of the team."""
    there = presences_of(tx, {team.id: team}, [member], today, {team.id: today})
    presence = there[team.id, member.rep.slack_id]
    manager = absences.of_people(tx, [(team.id, team.manager.id)], today)
    days = tuple(day for day in presence.working_days(period) if day > today)
    return days_there(days, [*presence.away, *manager[team.id, team.manager.id]]) or days


def _promise(
    tx: Transaction,
    team: Team,
    rep: Person,
    plan_id: int,
    before: Sequence[Promise],
    steps: Sequence[Step],
    today: date,
    now: datetime,
) -> None:
    """Each step is a promise of whoever takes it; one that is not said any more is taken out
    (`promises.take_out`), and stands again where it is said again."""
    found = matched(steps, [one for one in before if one.handed_to is None])
    stays = {one.id for one in found if one is not None}
    for promise in before:
        if promise.id not in stays:
            promises.take_out(tx, promise, today, now)
    for step, same in zip(steps, found, strict=True):
        if same is None:
            made = promises.add(
                tx,
                team_id=team.id,
                rep_id=rep.id,
                owner=step.owner,
                what=step.what,
                made_on=today,
                due_on=step.due_on,
            )
            saving.add_step(tx, plan_id, made)
        elif same.kept_on is None:
            if same.is_dropped:
                promises.take_up_again(tx, same.id)
            promises.reword(tx, same, owner=step.owner, what=step.what, due_on=step.due_on)
