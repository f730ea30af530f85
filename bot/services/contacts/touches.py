"""Touches: logged in a line or a form, changed, taken back, put back, noted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest
from typing import Any

from bot.domain.contacts.interactions import Interaction, InteractionKind, Logged
from bot.domain.contacts.touches import TouchEntry, parse_touch_line, reps_of_line
from bot.domain.promises import Owner, Promise, Promised, may_reword
from bot.domain.team.calendar import local_date, when_it_happened
from bot.domain.team.teams import RepChoice, Team
from bot.domain.todo.sources.promises import between_us_words
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone, NoTeam
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.following import contact_changed, promise_changed
from bot.services.delivery.messages import lists_changed
from bot.services.sessions.sharing import changed as sharing_changed
from bot.services.workspaces import passing
from bot.services.workspaces.authority import (
    membership_of,
    own_interaction,
    own_or_stood_in,
    own_team,
    require_own,
    require_rep,
)
from bot.services.workspaces.note_files import carry_files
from storage import promises, todo
from storage.contacts import interactions, standing
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import people, teams
from storage.workspaces import submissions


def rep_choice(database: Database, actor: Actor, now: datetime) -> RepChoice:
    """What the form needs. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = team.today(now)
        members = teams.members(tx, team.id, on=today)
        reps = tuple(member.rep for member in members if member.is_on(today))
    return RepChoice(reps, today)


def log_line(
    database: Database, actor: Actor, raw: str, now: datetime, form: str | None = None
) -> tuple[Logged, ...]:
    """Log what was typed after `/touch`, as Slack sends it: a touch for each rep it begins with, or
    for none of them. The same `form` (a command or a press) again replaces what it made before.

    Raises TouchLineError where the words make no sense, NoTeam, Oneself, NotOnTeam, CannotBeRep.
    """
    with database.writing(actor.workspace_id) as tx:
        first = next(iter(reps_of_line(raw)[0]), "")
        found = teams.with_rep(tx, actor.slack_id, first)
        if found is None:
            raise NoTeam
        line = parse_touch_line(raw, found[0].today(now))
        entry = TouchEntry(first, line.channel, line.occurred_on, line.about)
        reps = [membership_of(found, actor, first, entry.day).rep]
        for rep in line.rep_ids[1:]:
            other = teams.with_rep(tx, actor.slack_id, rep) or found
            reps.append(membership_of(other, actor, rep, entry.day).rep)
        return _log(tx, found[0], reps, entry, form, now)


def log_form(
    database: Database, actor: Actor, entry: TouchEntry, form: str, now: datetime
) -> Logged:
    """Log what the form says. The same form sent again replaces what it made before.

    Raises NoTeam, Oneself, NotOnTeam, CannotBeRep, and BadField for a day that cannot be.
    """
    with database.writing(actor.workspace_id) as tx:
        team, membership = require_rep(tx, actor, entry.rep, entry.day, now)
        logged = _log(tx, team, [membership.rep], entry, form, now)[0]
        has_file = carry_files(tx, form, logged.touch.id, team.manager.id)
        return replace(logged, touch=replace(logged.touch, has_file=has_file))


def log_contact(
    tx: Transaction, team: Team, rep: Person, author: Person, about: str, now: datetime
) -> Logged:
    """A contact of today with a rep of that team, as a slot of the to-do list is done."""
    entry = TouchEntry(rep.slack_id, None, team.today(now), about)
    return _add(tx, team, rep, entry, None, now, author=author)


def change(
    database: Database,
    actor: Actor,
    interaction_id: int,
    entry: TouchEntry,
    form: str,
    now: datetime,
) -> Logged:
    """Let a touch say what the form says now; its clock follows the day it happened.

    Raises Gone, also for what is no touch, NotYours, what `log_form` raises, and BadField where
    something that was raised is to be seen to on a day that is over.
    """
    with database.writing(actor.workspace_id) as tx:
        touch = own_interaction(tx, actor, interaction_id)[1]
        if touch.kind is not InteractionKind.TOUCH:
            raise Gone
        require_own(tx, touch)
        team, membership = require_rep(tx, actor, entry.rep, entry.day, now)
        # Before it passes to another: what was raised stays with who raised it, in these words.
        let_go = _reword_raised(tx, team, touch, entry, now)
        changed = _rewrite(tx, team, membership.rep, touch, entry, form, now)
        return replace(changed, let_go=let_go)


def get(database: Database, actor: Actor, interaction_id: int, now: datetime) -> Logged:
    """A touch as it stands. Raises Gone and NotYours."""
    return get_many(database, actor, [interaction_id], now)[0]


def to_change(database: Database, actor: Actor, interaction_id: int, now: datetime) -> Logged:
    """A touch, with what was raised in it as far as who acts may read and change that. Raises Gone
    and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, touch = own_or_stood_in(tx, actor, interaction_id, now)
        require_own(tx, touch)
        logged = _logged(tx, team, touch, now, actor)
        who = people.get(tx, actor.slack_id)
    if who is None:
        raise Gone
    raised = (one for one in logged.raised if one.raised_on is not None)
    shown = tuple(one for one in raised if may_reword(one, who))
    closed = tuple(p for p in logged.raised if p.raised_on and not p.is_open and not p.between_us)
    return replace(logged, raised=(*shown, *closed))


def get_many(
    database: Database, actor: Actor, ids: Sequence[int], now: datetime
) -> tuple[Logged, ...]:
    """Touches that were logged together, as they stand. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        found = [own_or_stood_in(tx, actor, one, now) for one in ids]
        return tuple(_logged(tx, team, touch, now, actor) for team, touch in found)


def take_back(database: Database, actor: Actor, interaction_id: int, now: datetime) -> Logged:
    """Delete a touch, and what was raised in it and is still open; can be put back."""
    return take_all_back(database, actor, [interaction_id], now)[0]


def take_all_back(
    database: Database, actor: Actor, ids: Sequence[int], now: datetime
) -> tuple[Logged, ...]:
    """The same of touches that were logged together, all or none. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        return tuple(_take_back(tx, actor, one, now) for one in ids)


def _take_back(tx: Transaction, actor: Actor, interaction_id: int, now: datetime) -> Logged:
    team, touch = own_or_stood_in(tx, actor, interaction_id, now)
    require_own(tx, touch)
    delete(tx, team, touch, now)
    return _logged(tx, team, replace(touch, deleted_at=touch.deleted_at or now), now, actor)


def delete(tx: Transaction, team: Team, touch: Interaction, now: datetime) -> None:
    """Take a touch of that team back, unless it is taken back already. Writes."""
    if touch.deleted_at is None:
        interactions.change(tx, touch.id, deleted_at=now)
        standing.follow(tx, touch)
        promises.delete_open_of_interaction(tx, touch.id, now)
        sharing_changed(tx, touch.id, now)
        lists_changed(tx, team.id, touch.occurred_on, team.today(now))


def put_back(database: Database, actor: Actor, interaction_id: int, now: datetime) -> Logged:
    """Put a deleted touch back, with what was deleted together with it."""
    return put_all_back(database, actor, [interaction_id], now)[0]


def put_all_back(
    database: Database, actor: Actor, ids: Sequence[int], now: datetime
) -> tuple[Logged, ...]:
    """The same of touches that were logged together, all or none. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        return tuple(_put_back(tx, actor, one, now) for one in ids)


def _put_back(tx: Transaction, actor: Actor, interaction_id: int, now: datetime) -> Logged:
    team, touch = own_or_stood_in(tx, actor, interaction_id, now)
    require_own(tx, touch)
    if touch.deleted_at is not None:
        interactions.change(tx, touch.id, deleted_at=None)
        standing.follow(tx, touch)
        promises.put_back_of_interaction(tx, touch.id, touch.deleted_at)
        sharing_changed(tx, touch.id, now)
        lists_changed(tx, team.id, touch.occurred_on, team.today(now))
    return _logged(tx, team, replace(touch, deleted_at=None), now, actor)


def _columns(team: Team, entry: TouchEntry, now: datetime) -> dict[str, Any]:
    zone = team.manager_zone
    return {
        "channel": entry.channel,
        "occurred_on": entry.day,
        "occurred_at": when_it_happened(entry.day, now, zone),
        "about": entry.about,
    }


def _log(
    tx: Transaction,
    team: Team,
    reps: Sequence[Person],
    entry: TouchEntry,
    form: str | None,
    now: datetime,
) -> tuple[Logged, ...]:
    """The manager's touch with each of the reps, new or said anew."""
    sent = submissions.claim(tx, form, Made.CONTACT, team.manager.id, team.id)
    logged = []
    for rep, made in zip_longest(reps, map(int, sent.made[: len(reps)])):
        before = None if made is None else interactions.get(tx, made, team.manager.id)
        if before is not None:
            logged.append(_rewrite(tx, team, rep, before, entry, form, now))
        else:
            logged.append(_add(tx, team, rep, entry, form, now))
    ids = tuple(str(one.touch.id) for one in logged)
    if ids != sent.made:
        submissions.keep(tx, sent, *ids)
    return tuple(logged)


def _add(
    tx: Transaction,
    team: Team,
    rep: Person,
    entry: TouchEntry,
    form: str | None,
    now: datetime,
    *,
    author: Person | None = None,
) -> Logged:
    """A new touch, the manager's unless somebody else is its author."""
    columns = _columns(team, entry, now)
    author = author or team.manager
    made = interactions.add(
        tx,
        InteractionKind.TOUCH,
        team_id=team.id,
        rep_id=rep.id,
        author_id=author.id,
        recorded_at=now,
        **columns,
    )
    lists_changed(tx, team.id, entry.day)
    touch = Interaction(
        id=made,
        kind=InteractionKind.TOUCH,
        team_id=team.id,
        rep=rep,
        author_id=author.id,
        recorded_at=now,
        has_private_note=False,
        deleted_at=None,
        **columns,
    )
    raised = _raise(tx, team, touch, entry, form, now)
    return Logged(touch, raised, team.today(now), stood_in=author.id != team.manager.id)


def _rewrite(
    tx: Transaction,
    team: Team,
    rep: Person,
    touch: Interaction,
    entry: TouchEntry,
    form: str | None,
    now: datetime,
) -> Logged:
    columns = _columns(team, entry, now)
    if entry.day == touch.occurred_on:
        columns["occurred_at"] = touch.occurred_at
    interactions.change(tx, touch.id, deleted_at=None, **columns)
    lists_changed(tx, team.id, touch.occurred_on, entry.day)
    if rep.id != touch.rep.id:
        _end_raised(tx, team, touch, entry, form, now)
    passed = passing.pass_contact(tx, touch, rep, now)
    changed = replace(touch, rep=rep, deleted_at=None, **columns)
    _raise(tx, team, changed, entry, form, now)
    contact_changed(tx, touch.id, now)
    return Logged(
        changed, tuple(promises.of_interaction(tx, touch.id)), team.today(now), passed=passed
    )


def _reword_raised(
    tx: Transaction, team: Team, touch: Interaction, entry: TouchEntry, now: datetime
) -> tuple[Promised, ...]:
    """What was raised in a touch before, as its form says it now; what it does not say any more,
    which is let go of openly: its rep has read it."""
    today = team.today(now)
    let_go = []
    standing = {one.id: one for one in promises.of_interaction(tx, touch.id) if one.is_open}
    for said in entry.reworded:
        before = standing.get(said.promise)
        if before is None or before.raised_on is None or not may_reword(before, team.manager):
            continue
        if (said.what, said.due_on, said.between_us) == (
            before.what,
            before.due_on,
            before.between_us,
        ):
            continue
        promise_changed(tx, before, today)
        if not said.what:
            promises.take_out(tx, before, today, now)
            tell = before.rep.active and promises.claim_telling(tx, before.id, now)
            dropped = replace(before, dropped_on=today)
            let_go.append(Promised(dropped, team.manager, today, tell_rep=tell))
            continue
        if said.due_on not in (None, before.due_on) and said.due_on < today:
            raise BadField("raised_due", FieldError.PAST_DAY)
        told_to = team.manager.id if said.between_us else None
        promises.reword(
            tx,
            before,
            owner=before.owner,
            what=said.what,
            due_on=said.due_on,
            told_to_id=told_to,
        )
        if said.between_us:
            todo.reword(tx, f"promise:{before.id}", between_us_words(before.rep.name))
    return tuple(let_go)


def _end_raised(
    tx: Transaction,
    team: Team,
    touch: Interaction,
    entry: TouchEntry,
    form: str | None,
    now: datetime,
) -> None:
    """What this very form said was raised, it says of another rep now."""
    sent = submissions.find(tx, form, Made.PROMISE, team.manager.id, team.id)
    if not sent.is_new:
        promises.end(tx, sent.one, now)
        if entry.between_us:
            todo.reword(tx, f"promise:{sent.one}", between_us_words(touch.rep.name))


def _raise(
    tx: Transaction,
    team: Team,
    touch: Interaction,
    entry: TouchEntry,
    form: str | None,
    now: datetime,
) -> tuple[Promise, ...]:
    """What the rep raised becomes a promise of the manager's; a form makes it once."""
    look = submissions.claim if entry.raised else submissions.find
    sent = look(tx, form, Made.PROMISE, team.manager.id, team.id)
    told_to = team.manager.id if entry.between_us else None
    if not sent.is_new and not entry.raised:
        promises.change(tx, sent.one, deleted_at=now)
    elif not sent.is_new:
        said = promises.said(entry.raised, told_to)
        promises.change(tx, sent.one, **said, due_on=entry.raised_due, deleted_at=None)
        if entry.between_us:
            todo.reword(tx, f"promise:{sent.one}", between_us_words(touch.rep.name))
    elif entry.raised:
        made = promises.add(
            tx,
            team_id=team.id,
            rep_id=touch.rep.id,
            owner=Owner.MANAGER,
            what=entry.raised,
            told_to_id=told_to,
            made_on=local_date(now, team.manager_zone),
            due_on=entry.raised_due,
            raised_on=touch.occurred_on,
            interaction_id=touch.id,
        )
        submissions.keep(tx, sent, made)
    else:
        return ()
    return tuple(promises.of_interaction(tx, touch.id))


def _logged(tx: Transaction, team: Team, touch: Interaction, now: datetime, actor: Actor) -> Logged:
    raised = tuple(promises.of_interaction(tx, touch.id))
    stood_in = actor.slack_id != team.manager.slack_id
    return Logged(touch, raised, team.today(now), stood_in)
