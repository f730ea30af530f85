"""Touches: logged in a line or a form, changed, taken back, put back, noted."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.contacts.interactions import Interaction, InteractionKind, Logged
from bot.domain.contacts.touches import TouchEntry, parse_touch_line
from bot.domain.contacts.typed_text import mentioned_people
from bot.domain.promises import Owner, Promise
from bot.domain.team.calendar import local_date, when_it_happened
from bot.domain.team.teams import RepChoice, Team
from bot.domain.todo.sources.promises import between_us_words
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import Gone, NoTeam
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.messages import lists_changed
from bot.services.sessions.sharing import changed as sharing_changed
from bot.services.workspaces import passing
from bot.services.workspaces.authority import (
    membership_of,
    own_interaction,
    own_or_stood_in,
    own_team,
    require_rep,
)
from storage import promises, todo
from storage.contacts import interactions, standing
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import teams
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
) -> Logged:
    """Log what was typed after `/touch`, as Slack sends it; the same `form` (a command or a press)
    again replaces what it made before.

    Raises TouchLineError where the words make no sense, NoTeam, Oneself, NotOnTeam, CannotBeRep.
    """
    with database.writing(actor.workspace_id) as tx:
        rep = next(iter(mentioned_people(raw)), "")
        found = teams.with_rep(tx, actor.slack_id, rep)
        if found is None:
            raise NoTeam
        today = found[0].today(now)
        line = parse_touch_line(raw, today)
        entry = TouchEntry(line.rep_id, line.channel, line.occurred_on, line.about)
        membership = membership_of(found, actor, entry.rep, entry.day)
        return _log(tx, found[0], membership.rep, entry, form, now)


def log_form(
    database: Database, actor: Actor, entry: TouchEntry, form: str, now: datetime
) -> Logged:
    """Log what the form says. The same form sent again replaces what it made before.

    Raises NoTeam, Oneself, NotOnTeam, CannotBeRep, and BadField for a day that cannot be.
    """
    with database.writing(actor.workspace_id) as tx:
        team, membership = require_rep(tx, actor, entry.rep, entry.day, now)
        return _log(tx, team, membership.rep, entry, form, now)


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

    Raises Gone, also for what is no touch, NotYours, and what `log_form` raises.
    """
    with database.writing(actor.workspace_id) as tx:
        touch = own_interaction(tx, actor, interaction_id)[1]
        if touch.kind is not InteractionKind.TOUCH:
            raise Gone
        team, membership = require_rep(tx, actor, entry.rep, entry.day, now)
        return _rewrite(tx, team, membership.rep, touch, entry, form, now)


def get(database: Database, actor: Actor, interaction_id: int, now: datetime) -> Logged:
    """A touch as it stands. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, touch = own_or_stood_in(tx, actor, interaction_id, now)
        return _logged(tx, team, touch, now, actor)


def take_back(database: Database, actor: Actor, interaction_id: int, now: datetime) -> Logged:
    """Delete a touch, and what was raised in it and is still open; can be put back."""
    with database.writing(actor.workspace_id) as tx:
        team, touch = own_or_stood_in(tx, actor, interaction_id, now)
        delete(tx, team, touch, now)
        taken_back = replace(touch, deleted_at=touch.deleted_at or now)
        return _logged(tx, team, taken_back, now, actor)


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
    with database.writing(actor.workspace_id) as tx:
        team, touch = own_or_stood_in(tx, actor, interaction_id, now)
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
    tx: Transaction, team: Team, rep: Person, entry: TouchEntry, form: str | None, now: datetime
) -> Logged:
    """The manager's touch, new or said anew."""
    sent = submissions.claim(tx, form, Made.CONTACT, team.manager.id, team.id)
    before = None if sent.is_new else interactions.get(tx, sent.one, team.manager.id)
    if before is not None:
        return _rewrite(tx, team, rep, before, entry, form, now)
    logged = _add(tx, team, rep, entry, form, now)
    submissions.keep(tx, sent, logged.touch.id)
    return logged


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
    return Logged(
        changed, tuple(promises.of_interaction(tx, touch.id)), team.today(now), passed=passed
    )


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
