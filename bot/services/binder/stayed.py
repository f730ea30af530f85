"""**What stayed with you**: what an earlier manager of a team alone reads, closes and takes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.binder.handover import Handover, HandoverState
from bot.domain.binder.stayed import Stayed
from bot.domain.contacts.drafts import DraftKind
from bot.domain.team.calendar import local_date
from bot.domain.workspaces.people import Actor, Person, zone_named
from bot.domain.workspaces.refusals import Gone
from storage import promises
from storage.binder import handovers
from storage.binder import stayed as rows
from storage.contacts import notes
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.sessions import drafts
from storage.team import people, teams
from storage.workspaces import audits


def of_actor(database: Database, actor: Actor, now: datetime) -> Stayed:
    """All that stayed with who acts. Raises Gone where nothing did."""
    with database.reading(actor.workspace_id) as tx:
        return _whole(tx, actor, now)


def to_take(database: Database, actor: Actor, now: datetime) -> Stayed:
    """The same, to be sent to them as a file; that it was taken is written down. Writes. Raises
    Gone."""
    with database.writing(actor.workspace_id) as tx:
        found = _whole(tx, actor, now)
        audits.record(tx, actor.slack_id, "export", "what stayed", now)
        return found


def of_person(
    tx: Transaction, person: Person, given: Iterable[Handover], now: datetime
) -> Stayed | None:
    """What stayed with that person of the teams they gave away, without the words of it; None where
    nothing did."""
    ids = sorted({one.team_id for one in given if _is_away(one)})
    away = [
        one.id
        for one in teams.get_many(tx, ids)
        if one.manager.id != person.id or one.joined_to is not None
    ]
    if not away:
        return None
    told = [one for one in promises.told_to(tx, person.id) if one.team_id in away]
    begun = [
        one for one in drafts.unfinished(tx, person.id) if one.kind is not DraftKind.PREPARATION
    ]
    leads = teams.of_manager(tx, person.slack_id) is not None
    found = Stayed(
        tuple(rows.contacts(tx, away, person.id)),
        tuple(sorted(told, key=lambda one: not one.is_open)),
        local_date(now, zone_named(person.zone)),
        0 if leads else len(begun),
        0 if leads else notes.count(tx, person.id),
    )
    return None if found.is_empty else found


def _is_away(one: Handover) -> bool:
    return one.state is HandoverState.TAKEN and one.rep is None


def _whole(tx: Transaction, actor: Actor, now: datetime) -> Stayed:
    person = people.get(tx, actor.slack_id)
    given = handovers.of_person(tx, person.id) if person else []
    found = of_person(tx, person, given, now) if person else None
    if person is None or found is None:
        raise Gone
    ids = [one.id for one in found.contacts if one.is_withheld]
    words: dict[int, list[tuple[str, str]]] = {}
    for contact, title, plan, changed, step in rows.topics(tx, ids, person.id):
        said = [(title, plan), (f"{title}, changed", changed), (f"{title}, next step", step)]
        words.setdefault(contact, []).extend(said)
    for contact, note, results in rows.notes(tx, ids, person.id):
        said = [("Note for both of you", note), ("Results", results)]
        words.setdefault(contact, []).extend(said)
    for contact, account, outcome, step in rows.visits(tx, ids, person.id):
        words.setdefault(contact, []).extend([(account, outcome), (f"{account}, next step", step)])
    for contact, view, strength, focus in rows.field_days(tx, ids, person.id):
        said = [("How they saw the day", view), ("Strength", strength), ("Focus", focus)]
        words.setdefault(contact, []).extend(said)
    contacts = tuple(one.with_words(words.get(one.id, [])) for one in found.contacts)
    kept = notes.of_author(tx, person.id, found.own_notes) if found.own_notes else ()
    return replace(found, contacts=contacts, notes=tuple(kept))
