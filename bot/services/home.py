"""What App Home shows: to a manager, to a rep, to both in one, to anyone else."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.accounts.dates import come_up
from bot.domain.appointments import Appointment
from bot.domain.contacts.drafts import DraftKind, Unfinished
from bot.domain.home import HomeView, ManagerHome, PromisesPage, RepHome
from bot.domain.promises import Owner, Promise
from bot.domain.results.coverage import COMPONENT_OF, Due, components_due
from bot.domain.results.mirror import totals
from bot.domain.team.cadence import Component
from bot.domain.team.ramp import now_and_later
from bot.domain.team.teams import Membership, Team, TeamView
from bot.domain.todo.in_question import in_question
from bot.domain.todo.lists import Reader
from bot.domain.todo.round_up import OFFERED_FOR, SHOWN_TO_REP
from bot.domain.todo.week import Week
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import Gone
from bot.services.binder import handover, stayed
from bot.services.contacts import cleared
from bot.services.delivery import queue
from bot.services.meetings.agenda_view import meeting_ahead
from bot.services.results.activity import activities
from bot.services.results.balance import QuietMonths, to_say
from bot.services.todo.weeks import current_monday, facts_of, promised_since
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import all_memberships_of, require_manager
from bot.services.workspaces.memberships import open_for
from storage import appointments, promises, todo
from storage.accounts import dates
from storage.binder import handovers
from storage.contacts import interactions, notes
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import results, saving
from storage.sessions import drafts
from storage.team import moves, people, teams

CLOSED_SHOWN = timedelta(days=1)
"""A closed promise is still there the day after: a slip can be mended, a kept one be noticed."""

DROPPED_SHOWN = timedelta(days=7)
"""What their manager let go is on a rep's page for a week: nobody else tells them."""

PROMISES_PAGE = 20
"""Of one side, two blocks each: far below Slack's 100 of a modal."""

SHARED_SHOWN = 5
"""Of what was shared with a rep: the latest; the messages themselves keep the rest."""

SEEN_SHOWN, SEEN_LINES = timedelta(days=3), 3
"""That a rep has seen what was shared is news over a weekend, and of the latest few."""

LOGGED_BY_MANAGERS = (DraftKind.SESSION, DraftKind.FIELD_DAY)
"""Half-filled forms that stand on a manager's Home by themselves."""

RAISED_SHOWN = timedelta(days=30)
"""What a rep raised stays on their page this long after it was closed."""


def home(
    database: Database, actor: Actor, now: datetime, quiet: QuietMonths | None = None
) -> HomeView:
    """What that person's App Home shows; the line of a manager's balance where `quiet` is given,
    which knows where there is none."""
    with database.reading(actor.workspace_id) as tx:
        person = people.get(tx, actor.slack_id)
        if person is None:
            return HomeView(None, ())
        managed = teams.of_manager(tx, actor.slack_id)
        begun = drafts.unfinished(tx, person.id)
        offered = handovers.of_person(tx, person.id)
        return HomeView(
            _manager(tx, managed, begun, now, quiet) if managed else None,
            _on_teams(tx, person, now),
            tuple(one for one in begun if one.kind is DraftKind.PREPARATION),
            handover.open_among(tx, offered, now),
            stayed.of_person(tx, person, offered, now),
            person,
        )


def first_weeks(database: Database, actor: Actor, team_id: int, now: datetime) -> RepHome:
    """The page of who acts as a rep of that team, for what comes later in their first weeks. Raises
    Gone where they have none."""
    for page in home(database, actor, now).on_teams:
        if page.team.id == team_id:
            return page
    raise Gone


def _on_teams(tx: Transaction, person: Person, now: datetime) -> tuple[RepHome, ...]:
    """A page for each team that person is a rep on; of a team to come, or one they left, what
    stands there for them. Who was taken off again before anything was said is not told of it."""
    found = []
    moved = _moved_to(tx, person)
    for team, membership, today in all_memberships_of(tx, person.slack_id, now):
        if membership.is_on(today):
            found.append(_rep(tx, team, membership, today, now))
        elif person.active:
            page = replace(_not_there(tx, team, membership, today), moved_to=moved.get(team.id))
            if membership.introduced or page.says_something or page.is_still_to_come:
                found.append(page)
    return tuple(sorted(found, key=lambda page: page.is_over or page.is_still_to_come))


def _moved_to(tx: Transaction, person: Person) -> dict[int, str]:
    """By team that person moved away from, the manager to whom they did."""
    went = {move.from_id: move.to_id for move in moves.of_rep(tx, person.id) if move.carried}
    names = {team.id: team.manager.name for team in teams.get_many(tx, sorted(set(went.values())))}
    return {source: names[target] for source, target in went.items()}


def _manager(
    tx: Transaction,
    team: Team,
    begun: Iterable[Unfinished],
    now: datetime,
    quiet: QuietMonths | None,
) -> ManagerHome:
    today = team.today(now)
    monday = current_monday(tx, team, now)
    closed_since = today - CLOSED_SHOWN
    found = promises.standing(tx, team.id, min(closed_since, promised_since(monday)))
    week = facts_of(tx, team, monday, now, found)
    facts = TeamView(team, tuple(one for one in week.members if not one.is_over(today)), today)
    there = {member.rep.id for member in facts.active}
    wall = now.astimezone(team.manager_zone).replace(tzinfo=None)
    planned = [one for one in week.appointments if one.rep.id in there]
    away = _away(week, facts)
    return ManagerHome(
        facts,
        promises=tuple(p for p in found if p.is_open and p.rep.id in there),
        closed=_latest_first(
            p for p in found if p.closed_on is not None and p.closed_on >= closed_since
        ),
        left_open=tuple(p for p in found if p.is_open and p.rep.id not in there),
        notes=notes.count(tx, team.manager.id),
        week=week.facts(Reader.MANAGER) if week.own_slots else None,
        unfinished=tuple(one for one in begun if one.kind in LOGGED_BY_MANAGERS),
        coming=tuple(one for one in planned if not one.is_past(wall)),
        unanswered=tuple(one for one in reversed(planned) if one.is_past(wall)),
        ahead=meeting_ahead(tx, team, team.manager, now),
        due={rep: due for rep, due in _due(tx, facts, planned).items() if rep not in away},
        away=away,
        not_arrived=tuple(queue.not_arrived(tx, team.id, now)),
        questions=open_for(tx, team, now),
        totals=totals(results.newest_periods(tx, [team.id], 1, today).get(team.id, [])),
        seen=tuple(interactions.seen_since(tx, team.id, now - SEEN_SHOWN, SEEN_LINES)),
        balance=to_say(tx, team, today, quiet) if quiet else None,
        in_question=in_question(week),
        activities=activities(tx, {team.id: team}, week.saving, now),
        round_ups=tuple(
            one
            for one in todo.ended_issues(tx, team.id, today - OFFERED_FOR, today)
            if one.said and not one.seen
        ),
        cleared=cleared.offered(tx, team, {one.rep.id for one in facts.active}, today),
        of_nobody=week.dates_of_nobody,
    )


def _away(week: Week, facts: TeamView) -> dict[int, date | None]:
    """Who of the team is away today, by person, and until when, as far as anybody knows."""
    return {
        member.rep.id: off.ends_on
        for member in facts.members
        for off in week.away[member.rep.id]
        if off.covers(facts.today)
    }


def open_promises(
    database: Database, actor: Actor, owner: Owner, start: int, now: datetime
) -> PromisesPage:
    """What the manager owes, or the reps do: a page of it. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = team.today(now)
        there = {member.rep.id for member in teams.members(tx, team.id, on=today)}
        found = [
            promise
            for promise in promises.standing(tx, team.id, today - CLOSED_SHOWN)
            if promise.owner is owner
        ]
    still_open = [one for one in found if one.is_open and one.rep.id in there]
    start = start if 0 <= start < len(still_open) else 0
    return PromisesPage(
        owner,
        tuple(still_open[start : start + PROMISES_PAGE]),
        _latest_first(one for one in found if not one.is_open),
        start,
        len(still_open) > start + PROMISES_PAGE,
        today,
    )


def _due(
    tx: Transaction, facts: TeamView, planned: Iterable[Appointment]
) -> dict[int, dict[Component, Due]]:
    """What is due with each rep who is on the team today, by person, and to be planned: where one
    is planned it is not, nor where nobody has said yet whether it was held."""
    latest = interactions.latest(tx, facts.team.id)
    settings, today = facts.team.settings, facts.today
    calendar = calendars.of_team(settings, today)
    settled = {(one.rep.id, COMPONENT_OF[one.kind]) for one in planned}
    return {
        member.rep.id: components_due(
            [one for one in Component if (member.rep.id, one) not in settled],
            {**settings.cadences, **member.cadences},
            latest.get(member.rep.id, {}),
            member.joined_on,
            today,
            calendar,
        )
        for member in facts.active
    }


def _not_there(tx: Transaction, team: Team, membership: Membership, today: date) -> RepHome:
    """The page of who left, or is still to come: what was shared, and what is still open."""
    rep = membership.rep
    found = promises.standing(tx, team.id, today, rep.id)
    still_open = [p for p in found if p.is_open and p.shown]
    return RepHome(
        team,
        promises=tuple(p for p in still_open if p.raised_on is None),
        closed=(),
        raised=tuple(p for p in still_open if p.raised_on is not None),
        today=today,
        shared=tuple(interactions.shared_with(tx, team.id, rep.id, SHARED_SHOWN)),
        began_on=membership.joined_on,
        ended_on=membership.left_on,
    )


def _rep(
    tx: Transaction, team: Team, membership: Membership, today: date, now: datetime
) -> RepHome:
    rep = membership.rep
    wall = now.astimezone(team.manager_zone).replace(tzinfo=None)
    plans = tuple(one for one in saving.standing(tx, [team.id], today) if one.rep.id == rep.id)
    found = promises.standing(tx, team.id, today - RAISED_SHOWN, rep.id)
    raised = [p for p in found if p.raised_on is not None]
    still_open = [p for p in found if p.is_open and p.raised_on is None and p.shown]
    now_open, later = now_and_later(still_open, today)
    return RepHome(
        team,
        promises=now_open,
        closed=_latest_first(p for p in found if _kept_by_rep(p, today - CLOSED_SHOWN)),
        raised=tuple(sorted(raised, key=lambda p: (p.raised_on, p.id), reverse=True)),
        today=today,
        coming=tuple(
            one
            for one in appointments.standing(tx, [team.id])
            if one.rep.id == rep.id and not one.is_past(wall)
        ),
        shared=tuple(interactions.shared_with(tx, team.id, rep.id, SHARED_SHOWN)),
        ahead=meeting_ahead(tx, team, rep, now),
        began_on=membership.joined_on,
        ended_on=membership.left_on,
        thanks=membership.thanks,
        results=results.running(tx, team.id, rep.id, today),
        plans=plans,
        activities=activities(tx, {team.id: team}, plans, now),
        dropped=_latest_first(p for p in found if _dropped_for_rep(p, today - DROPPED_SHOWN)),
        later=later,
        noted=tuple(todo.noted_of(tx, team.id, rep.id, today - SHOWN_TO_REP)),
        dates=come_up(dates.coming_of_rep(tx, team.id, rep.id, today), today),
    )


def _kept_by_rep(promise: Promise, since: date) -> bool:
    return promise.owner is Owner.REP and promise.kept_on is not None and promise.kept_on >= since


def _dropped_for_rep(promise: Promise, since: date) -> bool:
    """What they raised themselves stands beside that."""
    day = promise.dropped_on
    of_both = promise.is_dropped and promise.shown and promise.raised_on is None
    return of_both and day is not None and day >= since


def _latest_first(closed: Iterable[Promise]) -> tuple[Promise, ...]:
    return tuple(sorted(closed, key=lambda p: (p.closed_on or date.min, p.id), reverse=True))
