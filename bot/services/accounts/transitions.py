"""Accounts that pass from one rep to another, and the introductions on the way."""

from datetime import datetime, timedelta

from bot.domain.accounts.transitions import Transition, TransitionEntry, TransitionPage, page_of
from bot.domain.team.cadence import LONGEST
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces.authority import own_rep, own_transition, require_manager
from storage.accounts import acquaintances
from storage.accounts import transitions as rows
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import teams
from storage.workspaces import submissions


def page(database: Database, actor: Actor, rep: str, now: datetime) -> TransitionPage:
    """A rep's transitions (a Slack id), be the rep gone. Raises ForManagers, NoTeam, NotOnTeam."""
    with database.reading(actor.workspace_id) as tx:
        require_manager(tx, actor, now)
        team, person, membership = own_rep(tx, actor, rep)
        return _page(tx, team, person, membership, now)


def pass_on(
    database: Database, actor: Actor, entry: TransitionEntry, form: str, now: datetime
) -> TransitionPage:
    """Plan that accounts pass from one rep to another; planned again, an account passes as said
    last. What the same form said before and does not say any more does not pass.

    Raises NoTeam, NotOnTeam, and BadField for accounts the rep has not been to, nobody on the team
    to take them over, or a day that is over or too far ahead.
    """
    with database.writing(actor.workspace_id) as tx:
        team, person, membership = own_rep(tx, actor, entry.rep)
        before = _page(tx, team, person, membership, now)
        known = {account for account, _ in before.accounts}
        named = [account for account in entry.accounts if account in known]
        if not named:
            raise BadField("accounts", FieldError.MISSING)
        to = next((other for other in before.others if other.slack_id == entry.to), None)
        if to is None:
            raise BadField("to", FieldError.MISSING)
        if entry.day < before.today:
            raise BadField("day", FieldError.PAST_DAY)
        if entry.day > before.today + timedelta(days=LONGEST):
            raise BadField("day", FieldError.TOO_FAR_AHEAD)
        sent = submissions.claim(tx, form, Made.TRANSITION, team.manager.id, team.id)
        planned = {
            str(one.account_id): one.id
            for one in rows.of_teams(tx, [team.id])
            if one.leaves.id == person.id
        }
        for account in set(sent.made) - set(map(str, named)):
            if account in planned:
                rows.drop(tx, planned[account])
        submissions.keep(tx, sent, *named)
        rows.keep(tx, team.id, person.id, named, to.id, entry.day, before.today)
        lists_changed(tx, team.id, before.today)
        return _page(tx, team, person, membership, now)


def introduced(
    database: Database, actor: Actor, transition_id: int, now: datetime
) -> TransitionPage:
    """The introduction was made. Raises NoTeam, Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, one = own_transition(tx, actor, transition_id)
        rows.mark_introduced(tx, one.id, team.today(now))
        return _changed(tx, actor, team, one, now)


def drop(database: Database, actor: Actor, transition_id: int, now: datetime) -> TransitionPage:
    """The account does not pass after all. Raises NoTeam, Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, one = own_transition(tx, actor, transition_id)
        rows.drop(tx, one.id)
        return _changed(tx, actor, team, one, now)


def _changed(
    tx: Transaction, actor: Actor, team: Team, one: Transition, now: datetime
) -> TransitionPage:
    lists_changed(tx, team.id, team.today(now))
    membership = own_rep(tx, actor, one.leaves.slack_id)[2]
    return _page(tx, team, one.leaves, membership, now)


def _page(
    tx: Transaction, team: Team, person: Person, membership: Membership, now: datetime
) -> TransitionPage:
    today = team.today(now)
    known = acquaintances.of_teams(tx, [team.id]).get(team.id, [])
    others = [one.rep for one in teams.members(tx, team.id, on=today) if one.is_on(today)]
    planned = rows.of_teams(tx, [team.id])
    return page_of(person, planned, known, others, membership.left_on, today)
