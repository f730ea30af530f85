"""The binder of a rep: one organised place for all of it."""

from datetime import datetime

from bot.domain.binder.pages import BinderPromises, BinderShelf, BinderView, EntryView, PageStart
from bot.domain.contacts.interactions import Logged
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import NoTeam
from bot.services.binder.front import front_of, subjects_of
from bot.services.workspaces.authority import own_interaction, own_rep, require_manager
from storage import field_days, promises
from storage.accounts import market
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.sessions import sessions, sharing
from storage.team import teams

PAGE = 12
"""Entries on a page: what a thumb scrolls through, far below Slack's 100 blocks."""

PROMISES_PAGE = 20


def open_binder(
    database: Database, actor: Actor, rep: str, now: datetime, begins: PageStart | None = None
) -> BinderView:
    """A page of that rep's binder, also of one who has left.

    Raises ForManagers, NoTeam and NotOnTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        team, person, membership = _own_rep(tx, actor, rep, now)
        return _page(tx, team, person, membership, begins, now)


def page_with(
    database: Database, actor: Actor, rep: str, interaction_id: int, now: datetime
) -> BinderView:
    """The page of that rep's binder on which the contact is; the first, where it is with another
    rep by now. Raises Gone, NotYours, NotOnTeam."""
    with database.reading(actor.workspace_id) as tx:
        _, contact = own_interaction(tx, actor, interaction_id)
        team, person, membership = own_rep(tx, actor, rep)
        begins = None
        if contact.rep.id == person.id:
            place = (contact.occurred_on, contact.id)
            begins = interactions.place_before_page(tx, team.id, person.id, place, PAGE)
        return _page(tx, team, person, membership, begins, now)


def entry(database: Database, actor: Actor, interaction_id: int, now: datetime) -> EntryView:
    """One contact whole. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        raised = tuple(promises.of_interaction(tx, contact.id))
        logged = Logged(contact, raised, team.today(now))
        notes = field_days.of_interactions(tx, [contact.id]).get(contact.id)
        path = field_days.path(tx, contact.id, notes.focus) if notes and notes.practice else ()
        session = sessions.of_interactions(tx, [contact.id]).get(contact.id)
        own = contact.author_id == team.manager.id
        shared = sharing.of_interactions(tx, [contact.id], with_objection=own)
        zone = team.manager_zone
        files = interactions.files(tx, contact.id, team.manager.id) if contact.has_file else ()
        heard = tuple(market.of_contacts(tx, [contact.id]).get(contact.id, ()))
        return EntryView(
            logged, own, zone, notes, path, session, shared.get(contact.id), files, heard
        )


def promises_with(
    database: Database, actor: Actor, rep: str, now: datetime, start: int = 0
) -> BinderPromises:
    """All promises with that rep, open and closed. Raises ForManagers, NoTeam and NotOnTeam."""
    with database.reading(actor.workspace_id) as tx:
        team, person, _ = _own_rep(tx, actor, rep, now)
        found = promises.of_reps(tx, team.id, [person.id])
    found.sort(key=lambda promise: not promise.is_open)
    start = start if 0 <= start < len(found) else 0
    end = start + PROMISES_PAGE
    return BinderPromises(person, tuple(found[start:end]), start, end < len(found), team.today(now))


def shelf(database: Database, actor: Actor, now: datetime) -> BinderShelf:
    """Everyone with a binder on the team of who acts. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        newest = {member.rep.id: member for member in teams.members(tx, team.id)}
    return BinderShelf(tuple(newest.values()), team.today(now))


def _page(
    tx: Transaction,
    team: Team,
    person: Person,
    membership: Membership,
    begins: PageStart | None,
    now: datetime,
) -> BinderView:
    found = interactions.timeline(
        tx, team.id, person.id, team.manager.id, before=begins, limit=PAGE + 1
    )
    entries = tuple(found[:PAGE])
    last = entries[-1] if len(found) > PAGE else None
    return BinderView(
        team=team,
        rep=person,
        membership=membership,
        entries=entries,
        subjects=subjects_of(tx, entries),
        begins=begins,
        older=(last.occurred_on, last.id) if last else None,
        today=team.today(now),
        front=front_of(tx, team, person, membership, now) if begins is None else None,
    )


def _own_rep(
    tx: Transaction, actor: Actor, rep: str, now: datetime
) -> tuple[Team, Person, Membership]:
    """As `own_rep`, and a rep is told that it is for managers."""
    try:
        return own_rep(tx, actor, rep)
    except NoTeam:
        require_manager(tx, actor, now)
        raise
