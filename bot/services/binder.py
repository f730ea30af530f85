"""The binder of a rep: one organised place for all of it."""

from datetime import datetime

from bot.domain.facts import BinderFacts, Place
from bot.domain.people import Actor
from bot.domain.teams import Membership
from bot.services.authority import own_rep, own_team, today_of
from storage import interactions, promises, teams
from storage.engine import Database

PAGE = 12
"""Entries on a page: what a thumb scrolls through, far below Slack's 100 blocks."""


def open_binder(
    database: Database, actor: Actor, rep: str, now: datetime, begins: Place | None = None
) -> BinderFacts:
    """A page of that rep's binder, also of one who has left. Raises NoTeam and NotOnTeam."""
    with database.reading(actor.workspace_id) as tx:
        team, person, membership = own_rep(tx, actor, rep)
        found = interactions.timeline(
            tx, team.id, person.id, team.manager.id, before=begins, limit=PAGE + 1
        )
        entries = tuple(found[:PAGE])
        last = entries[-1] if len(found) > PAGE else None
        return BinderFacts(
            team=team,
            rep=person,
            membership=membership,
            promises=tuple(promises.of_reps(tx, team.id, [person.id])),
            entries=entries,
            begins=begins,
            older=(last.occurred_on, last.id) if last else None,
            today=today_of(team, now),
        )


def reps(database: Database, actor: Actor) -> tuple[Membership, ...]:
    """Everyone with a binder on the team of who acts, by name, those who left included."""
    with database.reading(actor.workspace_id) as tx:
        found = teams.members(tx, own_team(tx, actor).id)
    newest = {member.rep.id: member for member in found}
    return tuple(newest.values())
