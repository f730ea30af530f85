"""Addresses at which calendars are subscribed to: of each secret its hash alone."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.database.engine import Database
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import CalendarAddress as Row
from storage.models import Person as PersonRow

OF_PERSON = (
    select(Row.made_at)
    .join_from(Row, PersonRow, PersonRow.id == Row.person_id)
    .where(
        Row.workspace_id == WORKSPACE,
        PersonRow.workspace_id == WORKSPACE,
        PersonRow.slack_id == bindparam("person"),
    )
)
WITH_DIGEST = (
    select(Row.workspace_id, PersonRow.slack_id)
    .join_from(Row, PersonRow, PersonRow.id == Row.person_id)
    .where(Row.digest == bindparam("digest"), PersonRow.active)
)
REMOVE_ALL = delete(Row).where(Row.workspace_id == WORKSPACE)
REMOVE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.person_id == bindparam("person"))


def save(tx: Transaction, person_id: int, digest: str, now: datetime) -> None:
    """That is the address of that person from now on; one that they had before is none."""
    row = {"person_id": person_id, "digest": digest, "made_at": now}
    tx.upsert(Row, [row], key=("person_id",))


def made_at(tx: Transaction, slack_id: str) -> datetime | None:
    """Since when that person has an address; None where they have none."""
    row = tx.first(OF_PERSON, person=slack_id)
    return row.made_at if row else None


def remove(tx: Transaction, person_id: int) -> bool:
    """That person has no address any more; whether they had one."""
    return tx.run(REMOVE, person=person_id) > 0


def remove_all(tx: Transaction) -> int:
    """Nobody of the workspace has an address any more; how many had one."""
    return tx.run(REMOVE_ALL)


def whose(database: Database, digest: str) -> tuple[int, str] | None:
    """The workspace and the Slack id of whom that address is, in whichever workspace; None for
    nobody, and for who is not in Slack any more."""
    with database.reading(0) as tx:
        row = tx.first(WITH_DIGEST, digest=digest)
    return (row.workspace_id, row.slack_id) if row else None
