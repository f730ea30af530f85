"""Promises: made, raised, kept, dated again, dropped, handed over, opened again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.domain.promises import Answer, Promise, Promised, PromiseEntry, may_edit
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Team
from bot.domain.todo.sources.promises import between_us_words
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import (
    AlreadyClosed,
    BadField,
    BetweenUs,
    FieldError,
    Gone,
    NotOnTeam,
)
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.following import promise_changed
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces.authority import (
    gone_on,
    managed_promise,
    own_interaction,
    own_rep,
    promise_of_rep,
    promise_to_change,
)
from bot.services.workspaces.passing import pass_promise, pass_raised, require_about
from storage import promises, todo
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import teams
from storage.workspaces import submissions


def make(
    database: Database, actor: Actor, entry: PromiseEntry, form: str, now: datetime, *, raised: bool
) -> Promised:
    """A new promise between the manager and a rep; `raised`: the rep brought it up.

    The same form sent again replaces what it made. Raises NoTeam, NotOnTeam, Gone, NotYours, and
    BadField for words that are missing or a day that is over.
    """
    with database.writing(actor.workspace_id) as tx:
        team, person = _rep_on_team(tx, actor, entry.rep, now)
        raised_on = team.today(now) if raised else None
        return _make(tx, actor, team, person, entry, form, now, raised_on=raised_on)


def raise_in_contact(
    database: Database,
    actor: Actor,
    interaction_id: int,
    entry: PromiseEntry,
    form: str,
    now: datetime,
) -> Promised:
    """What the rep raised in a contact: a promise of the manager's, from the day of the contact.

    `entry.rep` is whom the form was opened for. The same form sent again replaces what it made.
    Raises Gone, NotYours, NowAbout where the contact passed to another rep since, and BadField for
    words that are missing or a day that is over.
    """
    with database.writing(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        if contact.deleted_at is not None:
            raise Gone
        require_about(contact, entry.rep)
        return _make(
            tx,
            actor,
            team,
            contact.rep,
            entry,
            form,
            now,
            raised_on=contact.occurred_on,
            interaction_id=contact.id,
        )


def raised_by_second(
    database: Database,
    actor: Actor,
    interaction_id: int,
    promise_ids: Sequence[int],
    now: datetime,
) -> None:
    """A contact turned out to be with another, and so was what was raised in it: nobody but its rep
    raised it, and whom it stayed with is not shown it any more. Those that were said so before, or
    are closed, stay as they are.

    Raises Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        if contact.deleted_at is not None:
            raise Gone
        for one in promise_ids:
            promise = promises.get(tx, one)
            if promise is not None and promise.team_id == team.id and promise.is_open:
                pass_raised(tx, promise, contact, now)
        lists_changed(tx, team.id, team.today(now))


def get(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """A promise that who acts may change, open or closed. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, promise = promise_to_change(tx, actor, promise_id)
        return Promised(promise, team.manager, _today(team, promise, actor, now))


def open_one(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """A promise that is to be dated again. Raises Gone, NotYours, AlreadyClosed."""
    with database.reading(actor.workspace_id) as tx:
        team, promise, today = _open(tx, actor, promise_id, now)
        return Promised(promise, team.manager, today)


def to_close(
    database: Database, actor: Actor, promise_id: int, now: datetime
) -> tuple[Promised, tuple[Person, ...]]:
    """A promise that its manager may drop or hand over, and the reps it could pass to: none where
    a rep said it between the two of them.

    Raises Gone, NotYours, AlreadyClosed.
    """
    with database.reading(actor.workspace_id) as tx:
        team, promise = managed_promise(tx, actor, promise_id)
        if not promise.is_open:
            raise AlreadyClosed
        today = team.today(now)
        members = teams.members(tx, team.id, on=today)
    if promise.between_us:
        return Promised(promise, team.manager, today), ()
    others = tuple(m.rep for m in members if m.is_on(today) and m.rep.id != promise.rep.id)
    return Promised(promise, team.manager, today), others


def to_edit(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """A promise whose words are to be changed. Raises Gone, NotYours, AlreadyClosed."""
    with database.reading(actor.workspace_id) as tx:
        team, promise = _to_edit(tx, actor, promise_id)
        return Promised(promise, team.manager, team.today(now))


def fulfil(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """It was kept, today. Raises Gone, NotYours, AlreadyClosed."""
    with database.writing(actor.workspace_id) as tx:
        return keep(tx, actor, promise_id, now)


def keep(tx: Transaction, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """The same, with whatever else is said of it. Raises Gone, NotYours, AlreadyClosed."""
    team, promise, today = _open(tx, actor, promise_id, now)
    if not promises.close(tx, promise.id, kept_on=today, **_own_word(actor, promise, today)):
        raise AlreadyClosed
    return _closed(tx, actor, team, promise, today, now)


def drop(database: Database, actor: Actor, promise_id: int, words: str, now: datetime) -> Promised:
    """It is let go, and `words` say why; said again, the later words stand.

    Raises Gone, NotYours, AlreadyClosed.
    """
    with database.writing(actor.workspace_id) as tx:
        team, promise = managed_promise(tx, actor, promise_id)
        today = team.today(now)
        words = words.strip()
        if promises.close(tx, promise.id, dropped_on=today, **promises.ended(words, promise)):
            return _closed(tx, actor, team, promise, today, now)
        found = promises.get(tx, promise.id)
        if found is None or found.dropped_on is None or found.handed_to:
            raise AlreadyClosed
        if found.moved:
            raise gone_on(tx, found)
        promises.change(tx, promise.id, **promises.ended(words, promise))
        return _promised(tx, team, promise.id, today)


def date_again(
    database: Database, actor: Actor, promise_id: int, due_on: date | None, now: datetime
) -> Promised:
    """It is due on another day, or on none.

    Raises Gone, NotYours, AlreadyClosed, and BadField for a day that is over.
    """
    with database.writing(actor.workspace_id) as tx:
        team, promise, today = _open(tx, actor, promise_id, now)
        _check_due(due_on, today)
        if actor.slack_id == team.manager.slack_id:
            promises.reword(tx, promise, owner=promise.owner, what=promise.what, due_on=due_on)
        else:
            own = _own_word(actor, promise, today)
            promises.change(tx, promise.id, due_on=due_on, **own)
        promise_changed(tx, promise, team.today(now))
        return _promised(tx, team, promise.id, today)


def reword(
    database: Database, actor: Actor, promise_id: int, words: str, now: datetime
) -> Promised:
    """It says something else, in the manager's words; what a rep agreed to is noted anew.

    Raises Gone (also for what is not to be edited where it stands, see `may_edit`), NotYours,
    AlreadyClosed, and BadField for no words at all.
    """
    with database.writing(actor.workspace_id) as tx:
        team, promise = _to_edit(tx, actor, promise_id)
        what = words.strip()
        if not what:
            raise BadField("what", FieldError.MISSING)
        promises.reword(tx, promise, owner=promise.owner, what=what, due_on=promise.due_on)
        today = team.today(now)
        promise_changed(tx, promise, today)
        return _promised(tx, team, promise.id, today)


def agree(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """**Agreed**: a step that the manager noted for who acts is their own promise from now on, also
    where they said **Not so** before. Raises Gone, NotYours, AlreadyClosed."""
    with database.writing(actor.workspace_id) as tx:
        team, promise, today = _noted_for(tx, actor, promise_id, now)
        if promise.answer is not Answer.AGREED:
            promises.close(tx, promise.id, agreed_on=today, disputed_on=None)
            promise_changed(tx, promise, team.today(now))
        return _promised(tx, team, promise.id, today)


def say_not_so(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """**Not so**: it is no word of who acts, and their manager is to be told, once.

    Raises Gone, NotYours, AlreadyClosed.
    """
    with database.writing(actor.workspace_id) as tx:
        team, promise, today = _noted_for(tx, actor, promise_id, now)
        is_new = promises.dispute(tx, promise.id, today)
        promise_changed(tx, promise, team.today(now))
        # As of the manager's day, who is the one to read it.
        said = _promised(tx, team, promise.id, team.today(now))
        return replace(said, tell_manager=is_new)


def hand_over(
    database: Database,
    actor: Actor,
    promise_id: int,
    rep: str,
    words: str,
    now: datetime,
    form: str | None = None,
) -> Promised:
    """It passes to another rep of the team, as a promise of its own in those words of the
    manager's; the old one is closed.

    Said again of the same rep, nothing changes; by the same form, the later rep has it, in the
    later words. Raises Gone, NotYours, AlreadyClosed, NotOnTeam, BetweenUs, and BadField when it
    already is that rep's, or for no words at all.
    """
    with database.writing(actor.workspace_id) as tx:
        team, promise = managed_promise(tx, actor, promise_id)
        if promise.between_us:
            raise BetweenUs(promise.rep.name)
        _, person = _rep_on_team(tx, actor, rep, now)
        today = team.today(now)
        if person.id == promise.rep.id:
            raise BadField("rep", FieldError.MISSING)
        if not words.strip():
            raise BadField("what", FieldError.MISSING)
        sent = submissions.claim(tx, form, Made.PROMISE, team.manager.id, team.id)
        if promises.close(tx, promise.id, dropped_on=today, handed_to_id=person.id):
            made = promises.add(
                tx,
                team_id=team.id,
                rep_id=person.id,
                owner=promise.owner,
                what=words.strip(),
                made_on=today,
                due_on=promise.due_on,
            )
            submissions.keep(tx, sent, made)
            return _closed(tx, actor, team, promise, today, now)
        if not sent.is_new:
            _, handed = managed_promise(tx, actor, sent.one)
            pass_promise(tx, handed, person, now)
            made = submissions.find(tx, form, Made.PROMISE, team.manager.id, team.id).one
            promises.change(tx, made, what=words.strip())
            promises.change(tx, promise.id, handed_to_id=person.id)
            lists_changed(tx, team.id, today)
        found = promises.get(tx, promise.id)
        if found is None or found.handed_to != person.name:
            raise AlreadyClosed
        return Promised(found, team.manager, today)


def open_again(database: Database, actor: Actor, promise_id: int, now: datetime) -> Promised:
    """It was closed by mistake. What was handed over stays so, and a rep opens again only what
    was kept. Raises Gone, NotYours, AlreadyClosed.
    """
    with database.writing(actor.workspace_id) as tx:
        team, promise = promise_to_change(tx, actor, promise_id)
        by_manager = team.manager.slack_id == actor.slack_id
        if promise.handed_to or (promise.dropped_on is not None and not by_manager):
            raise AlreadyClosed
        if promise.moved:
            raise gone_on(tx, promise)
        reopen(tx, team, promise, now)
        return _promised(tx, team, promise.id, _today(team, promise, actor, now))


def reopen(tx: Transaction, team: Team, promise: Promise, now: datetime) -> None:
    """Let a promise of that team be open, as before it was closed. Writes."""
    again = promises.ended("", promise)
    promises.change(tx, promise.id, kept_on=None, dropped_on=None, **again)
    promises.hand_on_earlier(tx, promise.id, team.manager.id, team.today(now))
    promise_changed(tx, promise, team.today(now))


def give_back_telling(database: Database, workspace_id: int, promise_id: int) -> None:
    """The rep could not be told after all: Slack took nothing."""
    with database.writing(workspace_id, aside=True) as tx:
        promises.claim_telling(tx, promise_id, None)


def _make(
    tx: Transaction,
    actor: Actor,
    team: Team,
    person: Person,
    entry: PromiseEntry,
    form: str,
    now: datetime,
    *,
    raised_on: date | None,
    interaction_id: int | None = None,
) -> Promised:
    today = team.today(now)
    if not entry.what.strip():
        raise BadField("what", FieldError.MISSING)
    _check_due(entry.due_on, today)
    between_us = entry.between_us and raised_on is not None
    values: dict[str, Any] = {
        "owner": entry.owner,
        "what": entry.what.strip(),
        "told_to_id": team.manager.id if between_us else None,
        "due_on": entry.due_on,
    }
    sent = submissions.claim(tx, form, Made.PROMISE, team.manager.id, team.id)
    # What is owed or was raised leads at once.
    lists_changed(tx, team.id, today)
    if sent.is_new:
        made = promises.add(
            tx,
            team_id=team.id,
            rep_id=person.id,
            made_on=today,
            raised_on=raised_on,
            interaction_id=interaction_id,
            **values,
        )
        submissions.keep(tx, sent, made)
        return _promised(tx, team, made, today)
    made = sent.one
    _, before = managed_promise(tx, actor, made)
    pass_promise(tx, before, person, now)
    standing = submissions.find(tx, form, Made.PROMISE, team.manager.id, team.id).one
    promises.reword(tx, promises.get(tx, standing) or before, **values)
    if between_us:
        todo.reword(tx, f"promise:{made}", between_us_words(before.rep.name))
    after = _promised(tx, team, standing, today)
    return replace(after, said=after.promise == before)


def _rep_on_team(tx: Transaction, actor: Actor, rep: str, now: datetime) -> tuple[Team, Person]:
    """The team of who acts, and a rep who sits on it today. Raises NoTeam and NotOnTeam."""
    team, person, membership = own_rep(tx, actor, rep)
    if not membership.is_on(team.today(now)):
        raise NotOnTeam(rep, person.name)
    return team, person


def _open(
    tx: Transaction, actor: Actor, promise_id: int, now: datetime
) -> tuple[Team, Promise, date]:
    team, promise = promise_to_change(tx, actor, promise_id)
    if not promise.is_open:
        raise AlreadyClosed
    return team, promise, _today(team, promise, actor, now)


def _to_edit(tx: Transaction, actor: Actor, promise_id: int) -> tuple[Team, Promise]:
    team, promise = managed_promise(tx, actor, promise_id)
    if not promise.is_open:
        raise AlreadyClosed
    if not may_edit(promise):
        raise Gone
    return team, promise


def _noted_for(
    tx: Transaction, actor: Actor, promise_id: int, now: datetime
) -> tuple[Team, Promise, date]:
    """An open step of who acts, as the rep it was noted for, and the date on their wall."""
    team, promise = promise_of_rep(tx, actor, promise_id)
    if not promise.is_open:
        raise AlreadyClosed
    return team, promise, _today(team, promise, actor, now)


def _own_word(actor: Actor, promise: Promise, today: date) -> dict[str, date | None]:
    """Whoever keeps a step that was noted for them, or dates it again, agrees to it."""
    if promise.rep.slack_id != actor.slack_id or promise.answer is Answer.AGREED:
        return {}
    return {"agreed_on": today, "disputed_on": None}


def _closed(
    tx: Transaction, actor: Actor, team: Team, promise: Promise, today: date, now: datetime
) -> Promised:
    """What was closed just now, with the claim to tell the rep of it."""
    promise_changed(tx, promise, team.today(now))
    return _promised(tx, team, promise.id, today, _claim(tx, actor, promise, now))


def _check_due(due_on: date | None, today: date) -> None:
    if due_on is not None and due_on < today:
        raise BadField("due_on", FieldError.PAST_DAY)


def _today(team: Team, promise: Promise, actor: Actor, now: datetime) -> date:
    """The date on the wall of who acts: everyone has their own zone."""
    if actor.slack_id == promise.rep.slack_id:
        return local_date(now, team.zone_of(promise.rep))
    return team.today(now)


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
    promise = promises.get(tx, promise_id)
    if promise is None:
        raise Gone
    return Promised(promise, team.manager, today, tell_rep)
