"""The number a week of save-it plans: followed from results, else asked of their reps."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.domain.delivery import (
    DueSchedule,
    MessageKind,
    Planned,
    Posted,
    ScheduleKey,
    Subject,
    Unsent,
)
from bot.domain.results.activity import (
    Activity,
    ActivityAnswer,
    ActivityAsked,
    ask_due,
    followed,
    is_asked_as,
    is_week_of,
    week_asked,
)
from bot.domain.results.results import Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.team.calendar import WEEK, WorkingCalendar, local_date
from bot.domain.team.teams import Team, TimeOff
from bot.domain.team.time_off import is_away
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import Gone
from bot.services.delivery.schedules import set_due
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import not_theirs, on_today
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.results import activity, results, saving
from storage.team import absences, teams

KIND = MessageKind.ACTIVITY_ASK
DAY = timedelta(days=1)

Asked = tuple[int, date]
"""A plan by id, and the Monday of a week."""


def activities(
    tx: Transaction, found: Mapping[int, Team], plans: Collection[SaveItPlan], now: datetime
) -> dict[int, Activity]:
    """What is known of the numbers of those plans, by plan, by the day of each one's rep; `found`
    are their teams. Three statements for any number of them, none for none."""
    if not plans:
        return {}
    ids = sorted({one.team_id for one in plans})
    since = min(one.period.start for one in plans)
    read = results.weekly(tx, ids, since, now.date() + DAY)
    said = activity.answers(tx, [one.id for one in plans])
    away = _away(tx, plans)

    def of(plan: SaveItPlan) -> Activity:
        team = found[plan.team_id]
        today = _today(team, plan.rep, now)
        own = _of_rep(read.get(team.id, ()), plan.rep)
        calendar, off = _calendar(team, plan, today), away[team.id, plan.rep.id]
        return followed(plan, own, said.get(plan.id, ()), today, calendar, off)

    return {one.id: of(one) for one in plans}


def follow_plans(
    tx: Transaction, found: Sequence[Team], now: datetime, rep_id: int | None = None
) -> None:
    """Let the weekly questions of those teams' plans, or of those with one rep, be due when they
    are next: on other days off, in another zone or country that is another time. Writes."""
    by_id = {team.id: team for team in found}
    since = min((team.today(now) for team in found), default=date.min)
    plans = [
        one
        for one in saving.standing(tx, sorted(by_id), since)
        if rep_id is None or one.rep.id == rep_id
    ]
    if plans:
        away = _away(tx, plans)
        dues = {
            ScheduleKey(one.team_id, one.id): _due(
                by_id[one.team_id], one, away[one.team_id, one.rep.id], now
            )
            for one in plans
        }
        set_due(tx, KIND, dues)


def follow_plan(tx: Transaction, team: Team, plan: SaveItPlan, now: datetime) -> None:
    """The same of one plan that is written, changed or closed; what was asked about it says so.
    Writes."""
    away = absences.of_people(tx, [(team.id, plan.rep.id)])[team.id, plan.rep.id]
    set_due(tx, KIND, {ScheduleKey(team.id, plan.id): _due(team, plan, away, now)})
    _changed(tx, team, [plan])


def zone_changed(tx: Transaction, person: Person, now: datetime) -> None:
    """That person is in another zone: what they are asked follows. Writes."""
    ever = teams.get_many(tx, teams.ever_with(tx, person.id))
    if ever:
        follow_plans(tx, ever, now, person.id)


def next_asks(tx: Transaction, due: Sequence[DueSchedule], now: datetime) -> list[Planned]:
    """Which of those questions are meant as of `now`, the last one of each plan, and when each is
    next: never of a plan whose rep is not on the team any more, or has left Slack."""
    plans = saving.get_many(tx, [one.item for one in due])
    found = {team.id: team for team in teams.get_many(tx, sorted({one.team_id for one in due}))}
    there = _there(tx, found, now)
    away = _away(tx, plans.values())

    def planned(one: DueSchedule) -> Planned:
        plan = plans.get(one.item)
        last, coming = one.next_at, None
        if plan is not None and (plan.team_id, plan.rep.id) in there:
            off = away[plan.team_id, plan.rep.id]
            coming = _due(found[plan.team_id], plan, off, last)
            while coming is not None and coming <= now:
                last, coming = coming, _due(found[plan.team_id], plan, off, coming)
        return Planned(one.team_id, one.kind, (last,), coming, one.item)

    return [planned(one) for one in due]


def asks_due(
    database: Database, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[ActivityAsked | Unsent]:
    """The questions of those plans, in the order of `dues`. Not needed where the answer is known,
    from results or from the rep, or was asked for already, be it for another plan of theirs with
    the same number; nor while they are away. Too late once the week is over."""
    with database.reading(workspace_id) as tx:
        plans = saving.get_many(tx, [plan for plan, _ in dues])
        found, standing = _with_others(tx, plans.values(), now)
        there = _there(tx, found, now)
        away = _away(tx, plans.values())
        today = {one.id: _today(found[one.team_id], one.rep, now) for one in plans.values()}
        known = activities(tx, found, plans.values(), now)
        weeks = {
            plan: _calendar(found[plans[plan].team_id], plans[plan], today[plan]).week_of(
                local_date(at, found[plans[plan].team_id].zone_of(plans[plan].rep))
            )
            for plan, at in dues
            if plan in plans
        }
        posted = messages.posted_of(tx, {subject(one, monday) for one, monday in weeks.items()})

    def ask(plan_id: int) -> ActivityAsked | Unsent:
        plan = plans.get(plan_id)
        if plan is None or (plan.team_id, plan.rep.id) not in there:
            return Unsent.NOT_NEEDED
        team, monday, day = found[plan.team_id], weeks[plan_id], today[plan_id]
        calendar = _calendar(team, plan, day)
        if day > calendar.ends(monday):
            return Unsent.EXPIRED
        off = away[plan.team_id, plan.rep.id]
        week = known[plan_id].week
        same = (one.id for one in standing if is_asked_as(one, plan) and one.is_asked_by(day))
        if (
            week is None
            or week.monday != monday
            or week.said is not None
            or next(same, plan_id) != plan_id
            or posted.get(subject(plan_id, monday))
            or is_away(day, off)
        ):
            return Unsent.NOT_NEEDED
        return ActivityAsked(team, plan, week, day, is_open=True)

    return [ask(plan) for plan, _ in dues]


def posted_asks(
    database: Database, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[ActivityAsked | None]:
    """How the questions that stand in those messages stand now; None for what is gone."""
    wanted = [(one.subject.id, one.subject.day or date.min) for one in posted]
    with database.reading(workspace_id) as tx:
        return _asked(tx, wanted, now)


def to_answer(
    database: Database, actor: Actor, plan_id: int, monday: str, now: datetime
) -> ActivityAsked:
    """A week's question to who acts. Raises NotYours for others who may know of the plan, and Gone
    for everybody else and for what is not asked any more."""
    with database.reading(actor.workspace_id) as tx:
        return _own_week(tx, actor, plan_id, monday, now)


def answer(
    database: Database, actor: Actor, plan_id: int, monday: str, count: int | None, now: datetime
) -> ActivityAsked:
    """So many, says who acts, of that week; None: they say nothing of it, or not any more. It is
    said of every plan of theirs with that manager that stands and has the same number. Raises what
    `to_answer` does."""
    with database.writing(actor.workspace_id) as tx:
        asked = _own_week(tx, actor, plan_id, monday, now)
        _, standing = _with_others(tx, [asked.plan], now)
        same = [one for one in standing if one.id == plan_id or is_asked_as(one, asked.plan)]
        ids, of = [one.id for one in same], asked.week.monday
        if count is None:
            activity.remove(tx, ids, of)
        else:
            activity.save(tx, ids, ActivityAnswer(of, count, asked.counted))
        _changed(tx, asked.team, same)
        return _own_week(tx, actor, plan_id, monday, now)


def ask_no_more(
    database: Database, actor: Actor, plan_id: int, now: datetime, *, ended: bool
) -> None:
    """**Stop asking**, or **Ask me again**, by who is asked, of every plan of theirs with that
    number. Raises what `to_answer` does."""
    with database.writing(actor.workspace_id) as tx:
        team, plan = _own(tx, actor, plan_id, now)
        _, standing = _with_others(tx, [plan], now)
        for one in standing:
            if one.id == plan_id or is_asked_as(one, plan):
                saving.change(tx, one.id, asks_ended=ended)
        follow_plans(tx, [team], now, plan.rep.id)
        _changed(tx, team, standing)


def subject(plan_id: int, monday: date) -> Subject:
    """What the message about that week of a plan is about."""
    return Subject(KIND, plan_id, monday)


def _own(tx: Transaction, actor: Actor, plan_id: int, now: datetime) -> tuple[Team, SaveItPlan]:
    """A plan that stands, of who acts as a rep of its team. Raises NotYours and Gone."""
    plan = saving.get(tx, plan_id)
    if plan is None:
        raise Gone
    if plan.rep.slack_id != actor.slack_id:
        raise not_theirs(tx, actor, plan.team_id)
    on = {team.id: team for team, _ in on_today(tx, actor.slack_id, now)}
    if plan.team_id not in on or plan.closed_on is not None:
        raise Gone
    return on[plan.team_id], plan


def _own_week(
    tx: Transaction, actor: Actor, plan_id: int, monday: str, now: datetime
) -> ActivityAsked:
    """A week of such a plan that its rep was asked about. Raises NotYours and Gone."""
    _own(tx, actor, plan_id, now)
    try:
        week = date.fromisoformat(monday)
    except ValueError as error:
        raise Gone from error
    (asked,) = _asked(tx, [(plan_id, week)], now)
    if asked is None or not asked.is_open:
        raise Gone
    return asked


def _asked(tx: Transaction, wanted: Sequence[Asked], now: datetime) -> list[ActivityAsked | None]:
    plans = saving.get_many(tx, {plan for plan, _ in wanted})
    ids = sorted({one.team_id for one in plans.values()})
    found = {team.id: team for team in teams.get_many(tx, ids)}
    there = _there(tx, found, now)
    said = activity.answers(tx, list(plans))
    away = _away(tx, plans.values())

    def one_of(plan_id: int, monday: date) -> ActivityAsked | None:
        plan = plans.get(plan_id)
        if plan is None:
            return None
        team = found[plan.team_id]
        today = _today(team, plan.rep, now)
        calendar = _calendar(team, plan, today)
        if monday != calendar.week_of(monday):
            return None
        off = away[plan.team_id, plan.rep.id]
        week = week_asked(monday, said.get(plan_id, ()), calendar)
        is_asked = week.said is not None or is_week_of(plan, monday, today, calendar, off)
        is_open = plan.closed_on is None and (plan.team_id, plan.rep.id) in there and is_asked
        return ActivityAsked(team, plan, week, today, is_open)

    return [one_of(*one) for one in wanted]


def _with_others(
    tx: Transaction, plans: Collection[SaveItPlan], now: datetime
) -> tuple[dict[int, Team], list[SaveItPlan]]:
    """The teams of those plans, by id, and all plans that stand on them."""
    ids = sorted({one.team_id for one in plans})
    found = {team.id: team for team in teams.get_many(tx, ids)}
    since = min((team.today(now) for team in found.values()), default=date.max) - WEEK
    return found, saving.standing(tx, ids, since)


def _changed(tx: Transaction, team: Team, plans: Iterable[SaveItPlan]) -> None:
    """What was asked about those plans is to be drawn anew."""
    asked = {
        subject(one.id, monday)
        for one in plans
        for monday in _mondays(_calendar(team, one, one.check_on), one)
    }
    messages.mark_stale(tx, asked)


def _mondays(calendar: WorkingCalendar, plan: SaveItPlan) -> list[date]:
    """The weeks of a plan."""
    first, last = calendar.week_of(plan.made_on), calendar.week_of(plan.check_on)
    return [first + WEEK * n for n in range((last - first) // WEEK + 1)]


def _there(tx: Transaction, found: Mapping[int, Team], now: datetime) -> set[tuple[int, int]]:
    """Who is on those teams, by team and person, on their own day, and has not left Slack."""
    since = now.date() - DAY
    return {
        (one.team_id, one.rep.id)
        for one in teams.members_of(tx, sorted(found), since)
        if one.rep.active and one.is_on(_today(found[one.team_id], one.rep, now))
    }


def _away(tx: Transaction, plans: Iterable[SaveItPlan]) -> Mapping[tuple[int, int], list[TimeOff]]:
    return absences.of_people(tx, {(one.team_id, one.rep.id) for one in plans})


def _due(team: Team, plan: SaveItPlan, away: Sequence[TimeOff], after: datetime) -> datetime | None:
    calendar = _calendar(team, plan, plan.check_on)
    return ask_due(plan, after, team.zone_of(plan.rep), calendar, away)


def _of_rep(read: Iterable[Result], rep: Person) -> list[Result]:
    return [one for one in read if one.rep_id == rep.slack_id]


def _calendar(team: Team, plan: SaveItPlan, day: date) -> WorkingCalendar:
    return calendars.of_team(team.settings, plan.made_on, max(day, plan.check_on))


def _today(team: Team, rep: Person, now: datetime) -> date:
    return local_date(now, team.zone_of(rep))
