"""Whom words for a team name: looked for as they are written, and again each time they are drawn,
since people become known meanwhile."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from bot.domain.meetings.naming import Namable, Words
from bot.domain.team.teams import Team
from bot.domain.workspaces.meant import Meant, meant_first
from bot.domain.workspaces.names import key_of, keys_in
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import NoTeam
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import people, teams


def everyone(tx: Transaction, team: Team) -> tuple[Person, ...]:
    """Whoever was ever a rep of that team: words about one who left stay out of sight."""
    return tuple({one.rep.id: one.rep for one in teams.members(tx, team.id)}.values())


def meant_by(database: Database, actor: Actor, raw: str, now: datetime) -> tuple[Meant, ...]:
    """Whom a command of that manager means that begins with a name. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = teams.of_manager(tx, actor.slack_id)
        if team is None:
            raise NoTeam
        today = team.today(now)
        members = teams.members(tx, team.id, on=today)
    return meant_first(raw, [one.rep for one in members if one.is_on(today)])


def anyone_meant_by(database: Database, actor: Actor, raw: str, now: datetime) -> tuple[Meant, ...]:
    """Whom a command means that may also be about somebody to add: a rep of that manager, if they
    have a team, or else whoever is known in the workspace and named in full."""
    with database.reading(actor.workspace_id) as tx:
        team = teams.of_manager(tx, actor.slack_id)
        members = teams.members(tx, team.id, on=team.today(now)) if team else []
        there = [one.rep for one in members if team and one.is_on(team.today(now))]
        others = [one for found in others_in(tx, [raw]).values() for one in found if one.active]
    # Somebody who is named in full is not asked after by half of another's name.
    return meant_first(raw, {one.id: one for one in (*there, *others)}.values())


def others_in(tx: Transaction, texts: Iterable[str]) -> dict[str, tuple[Person, ...]]:
    """Whoever is known in the workspace and named in full in any of those texts, by `key_of`."""
    keys: set[str] = set()
    for text in texts:
        keys |= keys_in(text)
    found: dict[str, tuple[Person, ...]] = {}
    for one in people.called(tx, keys) if keys else ():
        if not one.bot:
            key = key_of(one.name)
            found[key] = (*found.get(key, ()), one)
    return found


def namable_in(tx: Transaction, team: Team, *texts: str) -> Namable:
    """Whom those texts for the team are looked through for."""
    return Namable(everyone(tx, team), others_in(tx, texts))


def quotable(tx: Transaction, team: Team, texts: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Of each of those lists of texts the first that names nobody, "" where each does, for words
    that propose something to the team."""
    namable = namable_in(tx, team, *(text for some in texts.values() for text in some))
    return {
        key: next((text for text in some if namable.in_words(Words(text)) is None), "")
        for key, some in texts.items()
    }


def whom(tx: Transaction, team: Team, text: str, fine: Set[str]) -> str | None:
    """The Slack id of the first but those of `fine` whom the text names."""
    words = Words(text, frozenset(fine))
    found = namable_in(tx, team, text).in_words(words)
    return found.person.slack_id if found else None


def named_by(tx: Transaction, team: Team, text: str, fine: Iterable[str]) -> dict[str, Any]:
    """What is kept of the names in words as they are written, which may name those of `fine`."""
    allowed = frozenset(fine)
    return {"fine_for": tuple(sorted(allowed)), "named": whom(tx, team, text, allowed)}
