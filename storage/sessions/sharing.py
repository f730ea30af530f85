"""What was shared with reps, and what they said to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.domain.contacts.interactions import Interaction
from bot.domain.sessions.sharing import Sharing
from storage.contacts import interactions
from storage.database.engine import Transaction
from storage.models import Interaction as Contact
from storage.models import Sharing as Row

COLUMNS = (Row.interaction_id, Row.shared_at, Row.changed_at, Row.rep_words, Row.rep_words_at)


def share(tx: Transaction, interaction_id: int, at: datetime) -> bool:
    """Share that contact; False where it was shared before."""
    made = tx.insert_new(
        Row, "interaction_id", interaction_id=interaction_id, shared_at=at, rep_words=""
    )
    return made is not None


def unshare(tx: Transaction, interaction_id: int) -> None:
    """It was not shared after all: Slack took nothing."""
    tx.delete(Row, Row.interaction_id == interaction_id)


def of_interactions(
    tx: Transaction, ids: Sequence[int], *, with_objection: bool
) -> dict[int, Sharing]:
    """What was shared of those contacts, by contact; the objection only where it is to be read."""
    columns = (*COLUMNS, Row.objection) if with_objection else COLUMNS
    return _read(tx.all(tx.select(Row, *columns).where(Row.interaction_id.in_(ids))))


def of_team(tx: Transaction, team_id: int) -> dict[int, Sharing]:
    """What was shared of all contacts of a team that stand, by contact; objections left out."""
    return _read(
        tx.all(
            tx.select(Row, *COLUMNS)
            .join(Contact, Contact.id == Row.interaction_id)
            .where(Contact.team_id == team_id, Contact.deleted_at.is_(None))
        )
    )


def _read(rows: Iterable[Any]) -> dict[int, Sharing]:
    return {
        row[0]: Sharing(
            interaction_id=row[0],
            shared_at=row[1],
            changed_at=row[2],
            rep_words=row[3],
            rep_words_at=row[4],
            objection=(row[5] or "") if len(row) > len(COLUMNS) else "",
        )
        for row in rows
    }


def change(tx: Transaction, interaction_id: int, **values: Any) -> bool:
    """Change columns of what was shared by their names; False where nothing was."""
    return tx.update(Row, Row.interaction_id == interaction_id, **values) > 0


def with_rep(tx: Transaction, team_id: int, rep_id: int, limit: int) -> list[Interaction]:
    """The latest contacts of a team that were shared with that rep and stand, latest first."""
    ids = tx.all(
        tx.select(Row, Row.interaction_id)
        .join(Contact, Contact.id == Row.interaction_id)
        .where(Contact.team_id == team_id, Contact.rep_id == rep_id, Contact.deleted_at.is_(None))
        .order_by(Contact.occurred_on.desc(), Contact.id.desc())
        .limit(limit)
    )
    return interactions.get_many(tx, [row[0] for row in ids])
