"""What was shared with reps, and what they said to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.domain.sessions.sharing import Sharing
from storage.database.engine import Transaction
from storage.database.statements import AMONG, WORKSPACE
from storage.models import Sharing as Row

SHARED = select(
    Row.interaction_id, Row.shared_at, Row.changed_at, Row.rep_words, Row.rep_words_at
).where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))
WITH_OBJECTION = SHARED.add_columns(Row.objection)
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
    """What was shared of those contacts, by contact; the objection only where it is to be read."""
    rows = tx.all_among(WITH_OBJECTION if with_objection else SHARED, ids)
    return {
        row.interaction_id: Sharing(
            interaction_id=row.interaction_id,
            shared_at=row.shared_at,
            changed_at=row.changed_at,
            rep_words=row.rep_words,
            rep_words_at=row.rep_words_at,
            objection=(row.objection or "") if with_objection else "",
        )
        for row in rows
    }


def change(tx: Transaction, interaction_id: int, **values: Any) -> bool:
    """Change columns of what was shared by their names; False where nothing was."""
    return tx.change(CHANGE, values, contact=interaction_id) > 0


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts."""
    tx.run_among(PURGE, interactions)
