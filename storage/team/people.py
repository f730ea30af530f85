"""People of the workspace: the table is the cache of Slack's profiles."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update

from bot.domain.workspaces.people import Person, Profile
from storage.database.engine import Transaction
from storage.models import Person as PersonRow

SOME = 500
"""Ids a query names at once; SQLite takes no more than some ten thousand variables."""


def columns(table: Any = PersonRow) -> tuple[Any, ...]:
    """What `read` wants of a person, from the table or an alias of it."""
    return (
        table.id,
        table.slack_id,
        table.name,
        table.zone,
        table.active,
        table.bot,
        table.dm_channel,
        table.updated,
    )


WIDTH = len(columns())


def read(values: Sequence[Any]) -> Person:
    """A person from the values of `columns`."""
    return Person(*values[:WIDTH])


def get_many(tx: Transaction, slack_ids: Iterable[str]) -> dict[str, Person]:
    """Those of the people who are known, by Slack id."""
    wanted = sorted(set(slack_ids))
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), SOME):
        some = wanted[start : start + SOME]
        rows = tx.all(tx.select(PersonRow, *columns()).where(PersonRow.slack_id.in_(some)))
        found.update({row.slack_id: read(row) for row in rows})
    return found


def get_many_by_id(tx: Transaction, ids: Iterable[int]) -> dict[int, Person]:
    """Those people, by id."""
    rows = tx.all(tx.select(PersonRow, *columns()).where(PersonRow.id.in_(set(ids))))
    return {row.id: read(row) for row in rows}


def get(tx: Transaction, slack_id: str) -> Person | None:
    """That person, where known."""
    row = tx.first(tx.select(PersonRow, *columns()).where(PersonRow.slack_id == slack_id))
    return read(row) if row else None


def lock(tx: Transaction, slack_id: str) -> None:
    """Hold that person until this transaction is over against whoever else asks to hold them.

    Rows that name the person can be added meanwhile. On SQLite there is but one writer anyway.
    """
    tx.first(
        tx.select(PersonRow, PersonRow.id)
        .where(PersonRow.slack_id == slack_id)
        .with_for_update(key_share=True)
    )


def save_profiles(tx: Transaction, profiles: Iterable[Profile], now: datetime) -> None:
    """Keep what Slack says of them; what else is kept of a person stays, and so does a profile that
    is newer than the one told."""
    rows = [
        {
            "slack_id": profile.slack_id,
            "name": profile.name,
            "zone": profile.zone,
            "active": profile.active,
            "bot": profile.bot,
            "updated": profile.updated,
            "refreshed_at": now,
        }
        for profile in profiles
    ]
    if rows:
        tx.upsert(PersonRow, rows, key=("workspace_id", "slack_id"), stamp="updated")


def remember_conversation(tx: Transaction, slack_id: str, channel: str) -> None:
    """Keep the id of the direct message between that person and the bot."""
    tx.update(
        PersonRow,
        PersonRow.slack_id == slack_id,
        PersonRow.dm_channel.is_distinct_from(channel),
        dm_channel=channel,
    )


def remember_conversations(tx: Transaction, channels: Mapping[int, str]) -> None:
    """Keep the ids of the direct messages between those people, by id, and the bot."""
    if channels:
        statement = update(PersonRow).where(
            PersonRow.workspace_id == tx.workspace_id, PersonRow.id == bindparam("person")
        )
        tx.execute(
            statement.values(dm_channel=bindparam("conversation")),
            [{"person": one, "conversation": channel} for one, channel in channels.items()],
        )
