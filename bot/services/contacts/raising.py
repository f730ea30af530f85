"""**Raise something** and **Ask for time**: what reps bring up themselves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.delivery import MessageKind, ScheduleKey, Subject
from bot.domain.promises import TIME_TO_TALK, Owner, Promise, RaisedByRep, RaisedEntry
from bot.domain.team.teams import Membership, Seats, Team
from bot.domain.todo.sources.promises import between_us_words
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import (
    BadField,
    FieldError,
    Gone,
    NoTeam,
    TakenOn,
)
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.messages import lists_changed
from bot.services.delivery.schedules import set_due
from bot.services.workspaces.authority import not_theirs, on_today
from storage import promises, todo
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.team import people, teams
from storage.workspaces import submissions


def teams_of(database: Database, actor: Actor, now: datetime) -> tuple[Team, ...]:
    """The teams that who acts is on today, with whose managers they may raise something.

    Raises NoTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        return tuple(team for team, _ in _on_teams(tx, actor, now))


def seats(database: Database, actor: Actor, now: datetime) -> Seats:
    """What who acts is: whether they lead a team, and the teams they are on today."""
    with database.reading(actor.workspace_id) as tx:
        on = tuple(team for team, _ in on_today(tx, actor.slack_id, now))
        return Seats(teams.of_manager(tx, actor.slack_id) is not None, on)


def raise_something(
    database: Database, actor: Actor, entry: RaisedEntry, form: str, now: datetime
) -> RaisedByRep:
    """What a rep brings up, for their manager to take on or close; it leads the manager's list from
    now on, and unless they do not want it a line tells them once.

    The same form sent again replaces what it made, and so does asking for time once more while it
    is asked for. Raises NoTeam, TakenOn, and BadField for no words, or where it is for nobody.
    """
    with database.writing(actor.workspace_id) as tx:
        team, membership = _team_for(tx, actor, entry.manager, now)
        what = entry.what.strip() or (TIME_TO_TALK if entry.for_time else "")
        if not what:
            raise BadField("what", FieldError.MISSING)
        told_to = team.manager.id if entry.between_us else None
        # Two forms at once would both ask for time; whoever comes second waits here.
        teams.lock(tx, [team.id])
        sent = submissions.claim(tx, form, Made.PROMISE, membership.rep.id, team.id)
        before = _before(tx, team, membership.rep, sent.one, entry)
        lists_changed(tx, team.id, team.today(now))
        if before is not None:
            return _reworded(tx, team, before, what, told_to)
        rep_id, today = membership.rep.id, team.today(now)
        newest = promises.newest_contact(tx, team.id, rep_id, today) if entry.for_time else None
        made = promises.add(
            tx,
            team_id=team.id,
            rep_id=rep_id,
            owner=Owner.MANAGER,
            what=what,
            told_to_id=told_to,
            made_on=today,
            raised_on=today,
            raised_at=now,
            time_after=newest,
            due_on=None,
        )
        submissions.keep(tx, sent, made)
        if team.settings.raised_line:
            set_due(tx, MessageKind.RAISED, {ScheduleKey(team.id, made): now})
        return _by_rep(tx, team, made)


def take_back(database: Database, actor: Actor, promise_id: int, now: datetime) -> RaisedByRep:
    """**Take it back**: what a rep raised is gone, as if it had never been, while nobody has taken
    it on. Taken back before, nothing changes. Raises Gone, NotYours and TakenOn."""
    with database.writing(actor.workspace_id) as tx:
        promise = promises.get(tx, promise_id)
        team = teams.get(tx, promise.team_id) if promise else None
        if promise is None or team is None:
            raise Gone
        if promise.rep.slack_id != actor.slack_id or promise.raised_at is None:
            raise not_theirs(tx, actor, team.id)
        if not promise.deleted:
            if not promises.end_waiting(tx, promise.id, now):
                raise TakenOn(team.manager.name)
            lists_changed(tx, team.id, team.today(now))
            messages.mark_stale(tx, [Subject(MessageKind.RAISED, promise.id)])
        return RaisedByRep(promise, team.manager)


def lines(
    database: Database, workspace_id: int, promise_ids: Sequence[int]
) -> dict[int, tuple[Promise, Team]]:
    """What those lines to managers are about, by id, taken back or not, and the team of each: of
    what was said to an earlier manager between the two of them, with that one as its manager."""
    with database.reading(workspace_id) as tx:
        found = promises.get_many(tx, promise_ids)
        own = {one.id: one for one in teams.get_many(tx, [p.team_id for p in found.values()])}
        told = people.get_many_by_id(tx, {one.told_to_id or 0 for one in found.values()})
        return {
            one: (promise, replace(team, manager=told.get(promise.told_to_id or 0, team.manager)))
            for one, promise in found.items()
            if (team := own.get(promise.team_id)) is not None
        }


def _on_teams(tx: Transaction, actor: Actor, now: datetime) -> list[tuple[Team, Membership]]:
    """Raises NoTeam."""
    found = on_today(tx, actor.slack_id, now)
    if not found:
        raise NoTeam
    return found


def _team_for(
    tx: Transaction, actor: Actor, manager: str, now: datetime
) -> tuple[Team, Membership]:
    found = _on_teams(tx, actor, now)
    meant = [one for one in found if manager in ("", one[0].manager.slack_id)]
    if len(meant) != 1:
        raise BadField("manager", FieldError.MISSING)
    return meant[0]


def _before(
    tx: Transaction, team: Team, rep: Person, made: int, entry: RaisedEntry
) -> Promise | None:
    """What the form made when it was sent before, or the time that is asked for already. Raises
    TakenOn where it is the manager's by now."""
    before = promises.get(tx, made) if made else None
    if before is not None:
        if not before.waits:
            raise TakenOn(team.manager.name)
        return before
    if not entry.for_time:
        return None
    standing = promises.open_with(tx, [(team.id, rep.id)])
    return next((one for one in standing if one.for_time and one.waits), None)


def _reworded(
    tx: Transaction, team: Team, before: Promise, what: str, told_to: int | None
) -> RaisedByRep:
    if before.for_time and what == TIME_TO_TALK:
        # Asked for once more without a word, what was said of it stands.
        return RaisedByRep(before, team.manager)
    values: dict[str, Any] = promises.said(what, told_to)
    if not promises.change_waiting(tx, before.id, **values):
        raise TakenOn(team.manager.name)
    if told_to is not None:
        words = between_us_words(before.rep.name, for_time=before.for_time)
        todo.reword(tx, f"promise:{before.id}", words)
    messages.mark_stale(tx, [Subject(MessageKind.RAISED, before.id)])
    return _by_rep(tx, team, before.id)


def _by_rep(tx: Transaction, team: Team, promise_id: int) -> RaisedByRep:
    promise = promises.get(tx, promise_id)
    if promise is None:
        raise Gone
    return RaisedByRep(promise, team.manager)
