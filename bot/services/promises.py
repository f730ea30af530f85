"""Promises: made, raised, kept, dated again, dropped, handed over, opened again."""

from datetime import date, datetime
from typing import Any

from bot.domain.calendar import local_date
from bot.domain.facts import Promised
from bot.domain.people import Actor, Person, zone_named
from bot.domain.promises import Promise, PromiseEntry
from bot.domain.refusals import AlreadyClosed, BadField, Flaw, Gone
from bot.domain.teams import Team
from bot.services.authority import own_interaction, own_rep, promise_to_change, today_of
from storage import promises, teams
from storage.engine import Database, Transaction


def make(
    database: Database,
    actor: Actor,
    entry: PromiseEntry,
    form: str,
    now: datetime,
    *,
    raised: bool,
    interaction_id: int | None = None,
) -> Promised:
    """A new promise between the manager and a rep; `raised`: the rep brought it up.

    The same form sent again replaces what it made. Raises NoTeam, NotOnTeam, Gone, NotYours, and
    BadField for words that are missing.
    """
    with database.writing(actor.workspace_id) as tx:
        if not entry.what.strip():
            raise BadField("what", Flaw.MISSING)
        if interaction_id is not None:
            own_interaction(tx, actor, interaction_id)
        team, person, _ = own_rep(tx, actor, entry.rep)
        today = today_of(team, now)
        values: dict[str, Any] = {
            "rep_id": person.id,
            "owner": entry.owner,
            "what": entry.what.strip(),
            "due_on": entry.due_on,
            "raised_on": today if raised else None,
        }
        made = promises.of_form(tx, form)
        if made is None:
            made = promises.add(
                tx,
                team_id=team.id,
                made_on=today,
                interaction_id=interaction_id,
                form=form,
                **values,
            )
        else:
            promise_to_change(tx, actor, made)
            promises.change(tx, made, **values)
        return _promised(tx, team, made, today)


def one(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """A promise that who acts may change. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, promise = promise_to_change(tx, actor, promise_id)
        return Promised(promise, team, _today(team, promise, actor, now))


def keep(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """It was kept, today. Raises Gone, NotYours, AlreadyClosed."""
    with database.writing(actor.workspace_id) as tx:
        team, promise, today = _open(tx, actor, promise_id, now)
        promises.change(tx, promise.id, kept_on=today)
        return _promised(tx, team, promise.id, today, _claim(tx, actor, promise, now))


def drop(database: Database, actor: Actor, promise_id: int, words: str, now: datetime) -> Promised:
    """It is let go, and `words` say why. Raises Gone, NotYours, AlreadyClosed."""
    with database.writing(actor.workspace_id) as tx:
        team, promise, today = _open(tx, actor, promise_id, now)
        promises.change(tx, promise.id, dropped_on=today, closing_words=words.strip())
        return _promised(tx, team, promise.id, today, _claim(tx, actor, promise, now))


def date_again(
    database: Database, actor: Actor, promise_id: int, due_on: date | None, now: datetime
) -> Promised:
    """It is due on another day. Raises Gone, NotYours, AlreadyClosed."""
    with database.writing(actor.workspace_id) as tx:
        team, promise, today = _open(tx, actor, promise_id, now)
        promises.change(tx, promise.id, due_on=due_on)
        return _promised(tx, team, promise.id, today)


def hand_over(
    database: Database, actor: Actor, promise_id: int, rep: str, now: datetime
) -> Promised:
    """It passes to another rep of the team, as a promise of its own; the old one is closed.

    Raises Gone, NotYours, AlreadyClosed, NotOnTeam, and BadField when it already is that rep's.
    """
    with database.writing(actor.workspace_id) as tx:
        _, promise, today = _open(tx, actor, promise_id, now)
        team, person, _ = own_rep(tx, actor, rep)
        if person.id == promise.rep.id:
            raise BadField("rep", Flaw.MISSING)
        promises.change(tx, promise.id, dropped_on=today, handed_to_id=person.id)
        promises.add(
            tx,
            team_id=team.id,
            rep_id=person.id,
            owner=promise.owner,
            what=promise.what,
            made_on=today,
            due_on=promise.due_on,
        )
        return _promised(tx, team, promise.id, today, _claim(tx, actor, promise, now))


def open_again(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """It was closed by mistake. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, promise = promise_to_change(tx, actor, promise_id)
        if promise.handed_to:
            raise AlreadyClosed
        promises.change(tx, promise.id, kept_on=None, dropped_on=None, closing_words="")
        return _promised(tx, team, promise.id, _today(team, promise, actor, now))


def give_back_telling(database: Database, workspace_id: int, promise_id: int) -> None:
    """The rep could not be told after all: Slack took nothing."""
    with database.writing(workspace_id) as tx:
        promises.claim_telling(tx, promise_id, None)


def handover_candidates(
    database: Database, actor: Actor, promise_id: int, now: datetime
) -> tuple[Promised, tuple[Person, ...]]:
    """The promise, and the reps of the team it could pass to."""
    with database.reading(actor.workspace_id) as tx:
        team, promise = promise_to_change(tx, actor, promise_id)
        today = today_of(team, now)
        members = teams.members(tx, team.id, on=today)
    others = tuple(m.rep for m in members if m.is_on(today) and m.rep.id != promise.rep.id)
    return Promised(promise, team, today), others


def _open(
    tx: Transaction, actor: Actor, promise_id: int, now: datetime
) -> tuple[Team, Promise, date]:
    team, promise = promise_to_change(tx, actor, promise_id)
    if not promise.is_open:
        raise AlreadyClosed
    return team, promise, _today(team, promise, actor, now)


def _today(team: Team, promise: Promise, actor: Actor, now: datetime) -> date:
    """The date on the wall of who acts: everyone has their own zone."""
    if actor.slack_id == promise.rep.slack_id:
        return local_date(now, zone_named(promise.rep.zone))
    return today_of(team, now)


def _claim(tx: Transaction, actor: Actor, promise: Promise, now: datetime) -> bool:
    """Whether the rep is to be told: once, of what they raised, and by the manager's closing."""
    return (
        promise.raised_on is not None
        and actor.slack_id != promise.rep.slack_id
        and promise.rep.active
        and promises.claim_telling(tx, promise.id, now)
    )


def _promised(
    tx: Transaction, team: Team, promise_id: int, today: date, tell_rep: bool = False
) -> Promised:
    promise = promises.one(tx, promise_id)
    if promise is None:
        raise Gone
    return Promised(promise, team, today, tell_rep)
