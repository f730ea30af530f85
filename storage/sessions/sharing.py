"""What was shared with reps, and what they said to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, select, update

from bot.domain.sessions.sharing import Sharing
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Interaction as Contact
from storage.models import Sharing as Row

COLUMNS = (
    Row.interaction_id,
    Row.shared_at,
    Row.changed_at,
    Row.rep_words,
    Row.rep_words_at,
    Row.objection_beside,
)
BESIDE = case((Row.objection_beside, Row.objection)).label("objection")
"""Whoever reads the text reads what its rep wants to stand beside it; nobody has to ask for it."""

ALL_SHARED = select(*COLUMNS, BESIDE).where(Row.workspace_id == WORKSPACE)
SHARED = ALL_SHARED.where(Row.interaction_id.in_(AMONG))
SHARED_OF_TEAM = ALL_SHARED.join(Contact, Contact.id == Row.interaction_id).where(
    Contact.team_id == bindparam("team"), Contact.deleted_at.is_(None)
)
WITH_OBJECTION = select(*COLUMNS, Row.objection).where(
    Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG)
)
CHANGE = update(Row).where(
    Row.workspace_id == WORKSPACE, Row.interaction_id == bindparam("contact")
)
UNSHARE = delete(Row).where(
    Row.workspace_id == WORKSPACE, Row.interaction_id == bindparam("contact")
)
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))


def share(tx: Transaction, interaction_id: int, at: datetime) -> bool:
    """Share that contact; False where it was shared before."""
    made = tx.insert_new(
        Row, "interaction_id", interaction_id=interaction_id, shared_at=at, rep_words=""
    )
    return made is not None


def unshare(tx: Transaction, interaction_id: int) -> None:
    """It was not shared after all: Slack took nothing."""
    tx.run(UNSHARE, contact=interaction_id)


def of_interactions(
    tx: Transaction, ids: Sequence[int], *, with_objection: bool
) -> dict[int, Sharing]:
    """What was shared of those contacts, by contact. `with_objection`: for the manager who wrote it
    and the rep, also what the rep said to that manager alone."""
    statement = WITH_OBJECTION if with_objection else SHARED
    return {row.interaction_id: _shared(row) for row in tx.all_among(statement, ids)}


def of_team(tx: Transaction, team_id: int) -> dict[int, Sharing]:
    """What was shared of all contacts of a team that stand, by contact; of objections those that
    stand beside the text."""
    return {row.interaction_id: _shared(row) for row in tx.all(SHARED_OF_TEAM, team=team_id)}


def _shared(row: Any) -> Sharing:
    return Sharing(
        interaction_id=row.interaction_id,
        shared_at=row.shared_at,
        changed_at=row.changed_at,
        rep_words=row.rep_words,
        rep_words_at=row.rep_words_at,
        objection=row.objection or "",
        beside=row.objection_beside,
    )


def change(tx: Transaction, interaction_id: int, **values: Any) -> bool:
    """Change columns of what was shared by their names; False where nothing was."""
    return tx.change(CHANGE, values, contact=interaction_id) > 0


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts."""
    tx.run_among(PURGE, interactions)
