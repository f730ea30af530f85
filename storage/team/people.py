"""People of the workspace: the table is the cache of Slack's profiles."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.domain.workspaces.names import key_of
from bot.domain.workspaces.people import Person, Profile
from storage.database.pairs import TEXTS
from storage.database.statements import AMONG, WORKSPACE, labelled, reader
from storage.database.transaction import Transaction
from storage.models import Erased
from storage.models import Person as PersonRow

NAMES = tuple(field.name for field in fields(Person))
"""What is kept of a person, and what its column is called."""


class PersonColumns:
    """A person among the columns of a row, under a prefix of their own: `table` is that of people,
    or an alias of it."""

    def __init__(self, table: Any, prefix: str) -> None:
        self.columns = labelled(prefix, [getattr(table, name) for name in NAMES])
        self.read = reader(Person, *(f"{prefix}_{name}" for name in NAMES))
        self._id = attrgetter(f"{prefix}_id")

    def read_any(self, row: Any) -> Person | None:
        """The person, or None where an outer join found nobody."""
        return self.read(row) if self._id(row) is not None else None


_IN = PersonColumns(PersonRow, "person")
PEOPLE = select(*_IN.columns).where(PersonRow.workspace_id == WORKSPACE)
KNOWN = PEOPLE.where(PersonRow.slack_id.in_(AMONG))
WITH_IDS = PEOPLE.where(PersonRow.id.in_(AMONG))
CALLED = PEOPLE.where(PersonRow.name_key.in_(select(TEXTS.c.value)))
ONE = PEOPLE.where(PersonRow.slack_id == bindparam("person"))
HELD = (
    select(PersonRow.id)
    .where(PersonRow.workspace_id == WORKSPACE, PersonRow.slack_id == bindparam("person"))
    .with_for_update(key_share=True)
)
ALL_HELD = (
    select(PersonRow.id)
    .where(PersonRow.workspace_id == WORKSPACE, PersonRow.slack_id.in_(AMONG))
    .order_by(PersonRow.slack_id)
    .with_for_update(key_share=True)
)
ERASED = select(Erased.slack_id).where(Erased.workspace_id == WORKSPACE, Erased.slack_id.in_(AMONG))
REMEMBER_CONVERSATION = (
    update(PersonRow)
    .where(
        PersonRow.workspace_id == WORKSPACE,
        PersonRow.slack_id == bindparam("person"),
        PersonRow.dm_channel.is_distinct_from(bindparam("conversation")),
    )
    .values(dm_channel=bindparam("conversation"))
)
REMEMBER_CONVERSATIONS = (
    update(PersonRow)
    .where(PersonRow.workspace_id == WORKSPACE, PersonRow.id == bindparam("person"))
    .values(dm_channel=bindparam("conversation"))
)


def get_many(tx: Transaction, slack_ids: Iterable[str]) -> dict[str, Person]:
    """Those of the people who are known, by Slack id."""
    people = map(_IN.read, tx.all_among(KNOWN, slack_ids))
    return {person.slack_id: person for person in people}


def get_many_by_id(tx: Transaction, ids: Iterable[int]) -> dict[int, Person]:
    """Those people, by id."""
    return {person.id: person for person in map(_IN.read, tx.all_among(WITH_IDS, ids))}


def called(tx: Transaction, keys: Iterable[str]) -> list[Person]:
    """Whoever is known by a whole name of those keys."""
    return [_IN.read(row) for row in tx.all(CALLED, texts=sorted(set(keys)))]


def get(tx: Transaction, slack_id: str) -> Person | None:
    """That person, where known."""
    row = tx.first(ONE, person=slack_id)
    return _IN.read(row) if row else None


def lock(tx: Transaction, slack_id: str) -> None:
    """Hold that person until this transaction is over against whoever else asks to hold them.

    Rows that name the person can be added meanwhile. On SQLite there is but one writer anyway.
    """
    tx.first(HELD, person=slack_id)


def lock_all(tx: Transaction, slack_ids: Iterable[str]) -> None:
    """The same for several people at once."""
    # In one order everywhere, or two transactions could each wait for a row of the other.
    tx.all_among(ALL_HELD, sorted(slack_ids))


def save_profiles(tx: Transaction, profiles: Iterable[Profile], now: datetime) -> None:
    """Keep what Slack says of them; what else is kept of a person stays, and so does a profile that
    is newer than the one told. Of somebody who was erased nothing is kept."""
    told = list(profiles)
    gone = erased(tx, [profile.slack_id for profile in told])
    rows = [
        {
            "slack_id": profile.slack_id,
            "name": profile.name,
            "zone": profile.zone,
            "active": profile.active,
            "bot": profile.bot,
            "updated": profile.updated,
            "aliases": profile.aliases,
            "name_key": key_of(profile.name),
            "refreshed_at": now,
        }
        for profile in told
        if profile.slack_id not in gone
    ]
    if rows:
        tx.upsert(PersonRow, rows, key=("workspace_id", "slack_id"), stamp="updated")


def erased(tx: Transaction, slack_ids: Iterable[str]) -> set[str]:
    """Those of the Slack ids whose people were erased: nothing is kept of them again."""
    return {row.slack_id for row in tx.all_among(ERASED, slack_ids)}


def remember_conversation(tx: Transaction, slack_id: str, channel: str) -> None:
    """Keep the id of the direct message between that person and the bot."""
    tx.run(REMEMBER_CONVERSATION, person=slack_id, conversation=channel)


def remember_conversations(tx: Transaction, channels: Mapping[int, str]) -> None:
    """Keep the ids of the direct messages between those people, by id, and the bot."""
    if channels:
        tx.execute(
            REMEMBER_CONVERSATIONS,
            [{"person": one, "conversation": channel} for one, channel in channels.items()],
        )
