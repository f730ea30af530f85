"""A person is erased: all that is about them or by them goes (`COLUMNS` in
`bot/domain/workspaces/erasure.py`).

First nobody is known by their Slack id any more, in one transaction: whatever they or their manager
send from then on is about nobody, and what Slack tells of them is not kept. The rest goes in
transactions of at most `AT_ONCE` rows, so that nobody waits for years of history; broken off, the
next call goes on with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.binder.handover import HandoverState
from bot.domain.delivery import MessageKind, Subject
from bot.domain.workspaces.erasure import A_FORMER_MANAGER, A_FORMER_REP, AN_ERASURE, Kind
from bot.domain.workspaces.people import Person
from bot.services.delivery.messages import lists_changed
from bot.services.meetings import series
from bot.services.team import memberships
from bot.services.team.roles import roles_changed
from storage import erasure, mentions
from storage.binder import exports, handovers
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.team import moves, people, teams
from storage.workspaces import audits

AT_ONCE = 100
"""Rows of a kind that go in one transaction, with all that hangs on them."""

PASSES = 2
"""How often all kinds are looked through: what was on its way as the person went is there by the
second time."""

MOST_COUNTED = 1_000_000

OPERATOR = "operator"


class NobodyKnownError(Exception):
    """Nothing is kept of that person."""


class LeadsTeamError(Exception):
    """They manage a team: it is handed over first."""


@dataclass(frozen=True)
class Mention:
    """A word column (`table.column`) of others that names the person, in those rows, by id."""

    place: str
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Erasure:
    """What goes, how many of each kind; how many market notes stay without who heard them, and
    where words of others name the person. `is_done`: all of it went before, so that nobody knows
    the name any more, and no mentions are found. `is_begun`: it was broken off."""

    found: dict[Kind, int]
    market_notes: int
    mentions: tuple[Mention, ...]
    is_begun: bool = False
    is_done: bool = False


def look(database: Database, workspace_id: int, slack_id: str) -> Erasure:
    """What would go, and what would stay. Raises NobodyKnownError, and LeadsTeamError for a
    manager whose team was not handed over."""
    with database.reading(workspace_id) as tx:
        before = erasure.get(tx, slack_id)
        person = None if before else _person(tx, slack_id)
        person_id = before[0] if before else person.id if person else 0
        names = _names(person) if person else erasure.names(tx, slack_id)
        market = erasure.market_notes(tx, person_id)
    found: dict[Kind, int] = {}
    for kind in Kind:
        with database.reading(workspace_id) as tx:
            count = erasure.count(tx, kind, person_id, slack_id, MOST_COUNTED)
        if count:
            found[kind] = count
    named = tuple(_mentions(database, workspace_id, person_id, names)) if names else ()
    is_done = before is not None and before[1]
    return Erasure(found, market, named, before is not None and not is_done, is_done)


def erase(database: Database, workspace_id: int, slack_id: str, now: datetime) -> None:
    """Let everything about that person and by them go, and write down that it did. Done before, it
    is done again: whatever a copy of the database brought back goes. Writes.

    Raises NobodyKnownError, LeadsTeamError, and DatabaseUnavailableError where it is broken off:
    the next call goes on."""
    with database.writing(workspace_id) as tx:
        people.lock(tx, slack_id)
        before = erasure.get(tx, slack_id)
        person_id = before[0] if before else _begin(tx, _person(tx, slack_id), now)
    for _ in range(PASSES):
        for kind in Kind:
            _go_on(database, workspace_id, kind, person_id, slack_id, now)
        with database.writing(workspace_id) as tx:
            erasure.name_nobody(tx, person_id, slack_id)
    with database.writing(workspace_id) as tx:
        erasure.draw_anew(tx, teams.ever_with(tx, person_id))
        if before is None or not before[1]:
            erasure.finish(tx, person_id, now)
            audits.record(tx, OPERATOR, AN_ERASURE, slack_id, now)


def _person(tx: Transaction, slack_id: str) -> Person:
    person = people.get(tx, slack_id)
    if person is None:
        raise NobodyKnownError
    if teams.of_manager(tx, slack_id) is not None:
        raise LeadsTeamError
    return person


def _begin(tx: Transaction, person: Person, now: datetime) -> int:
    """Nobody is known by that id any more, is on no team and comes to none, and takes nothing
    over."""
    found = teams.get_many(tx, teams.ever_with(tx, person.id))
    teams.lock(tx, [team.id for team in found])
    moves.forget_waiting(tx, person.id)
    for offered in handovers.of_person(tx, person.id):
        if handovers.settle(tx, offered.id, HandoverState.WITHDRAWN, now):
            messages.mark_stale(tx, [Subject(MessageKind.HANDOVER, offered.id)])
    for team in found:
        memberships.end_today(tx, team, [person.id], now)
    for over in exports.begin_anew(tx, [team.id for team in found], now):
        messages.mark_stale(tx, [Subject(MessageKind.EXPORT, over)])
    called = A_FORMER_REP if found else A_FORMER_MANAGER
    erasure.begin(tx, person.slack_id, person.id, _names(person), called, now)
    for team in found:
        lists_changed(tx, team.id, team.today(now))
    series.follow_all(tx, found, now)
    roles_changed(tx, [person.id], now)
    return person.id


def _go_on(
    database: Database, workspace_id: int, kind: Kind, person_id: int, slack_id: str, now: datetime
) -> None:
    after, is_more = 0, True
    while is_more:
        with database.writing(workspace_id) as tx:
            ids = erasure.ids_of(tx, kind, person_id, slack_id, after, AT_ONCE)
            if ids:
                erasure.remove(tx, kind, ids, person_id, now)
        is_more = len(ids) == AT_ONCE
        after = ids[-1] if ids else after


def _names(person: Person) -> list[str]:
    """What words may name them by, the longest first."""
    names = {person.slack_id, person.name, person.first_name, *person.aliases}
    return sorted(filter(None, names), key=lambda one: (-len(one), one))


def _mentions(
    database: Database, workspace_id: int, person_id: int, names: Sequence[str]
) -> Iterator[Mention]:
    found = "|".join(re.escape(one) for one in names)
    named = re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)
    for place in mentions.OF_OTHERS:
        ids: list[int] = []
        after, is_more = 0, True
        while is_more:
            with database.reading(workspace_id) as tx:
                words = mentions.words_of_others(tx, place, person_id, after)
            ids += [one for one, text in words.items() if named.search(text)]
            is_more = len(words) == mentions.AT_ONCE
            after = max(words, default=after)
        if ids:
            yield Mention(place, tuple(ids))
