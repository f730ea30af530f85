"""What follows where a contact, a promise or an answer changes: the lists that show it, and where
its rep has moved to another team, what came along there (`storage/binder/moving/following.py`)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from bot.domain.delivery import MessageKind, Subject
from bot.domain.promises import Promise
from bot.domain.team.teams import Team
from bot.services.delivery.messages import lists_changed
from storage.binder.moving import following, issues, tags
from storage.binder.moving.between import Between
from storage.contacts import interactions
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.team import moves, teams


def promise_changed(tx: Transaction, promise: Promise, day: date) -> None:
    """A promise was answered, closed or dated again on that day: the lists show it, and the letter
    to its rep that it stands in. Writes."""
    lists_changed(tx, promise.team_id, day)
    if promise.interaction_id is not None:
        messages.mark_stale(tx, [Subject(MessageKind.SHARED, promise.interaction_id)])


def contact_changed(tx: Transaction, contact_id: int, now: datetime) -> bool:
    """That contact was changed, shared, deleted or put back: what came along from it says so too.
    Whether its rep reads it in another team. Writes; whatever changes a contact, or what was
    promised in it, calls it last in the same transaction."""
    since, there = following.moves_since(tx, contact_id), following.copies(tx, contact_id)
    contact = interactions.get(tx, contact_id, 0) if since or there else None
    if contact is None:
        return False
    rep = contact.rep.id
    ids = {contact.team_id: contact.id, **{one.team_id: one.id for one in there}}
    way = _way(contact.team_id, since)
    if way[-1] not in ids and contact.deleted_at is None:
        # It was put back, or passed to a rep who has moved since it was noted.
        last = next(team for team in reversed(way) if team in ids)
        following.bring(tx, Between(rep, last, way[-1], ids[last]))
        there = following.copies(tx, contact_id)
    known = {one.id: one for one in teams.get_many(tx, [one.team_id for one in there])}
    today = teams.get_many(tx, [contact.team_id])[0].today(now)
    for one in there:
        if one.rep_id == rep:
            between = Between(rep, contact.team_id, one.team_id, contact.id)
            following.follow(tx, between, one, today, now)
        else:
            following.was_with_another(tx, one, now)
        days = one.occurred_on, contact.occurred_on, known[one.team_id].today(now)
        lists_changed(tx, one.team_id, *days)
    tags.follow_contact(tx, contact_id)
    return any(one.is_live and one.rep_id == rep for one in there)


def answer_changed(
    tx: Transaction, team: Team, issue_id: int, rep_id: int, was: str, text: str, now: datetime
) -> None:
    """What that rep said to an issue of the team is noted as `text` instead of `was`, "" for
    nothing: it is so where the rep has moved since. Writes; whatever changes it calls it last, in
    the same transaction."""
    carried = [one for one in moves.of_rep(tx, rep_id) if one.carried]
    way = _way(team.id, carried)
    others = set(way) - {team.id}
    if others and was:
        issues.reword(tx, issue_id, rep_id, was, text, team.today(now), others)
    if text and way[-1] != team.id:
        left = max(one.day for one in carried if one.from_id == team.id)
        issues.bring(tx, Between(rep_id, team.id, way[-1]), issue_id, left)


def _way(team_id: int, moves: Iterable[Any]) -> list[int]:
    """That team, and to which ones whoever was on it went with those moves, earliest first."""
    way = [team_id]
    for move in moves:
        way += [move.to_id] if move.from_id == way[-1] else []
    return way
