"""Items for the next team meeting, or for the next session with a rep."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import aliased

from bot.domain.agenda import AgendaItem
from storage import people
from storage.engine import Transaction
from storage.models import AgendaItem as Row
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow

TAKEN_UP = aliased(Contact)


def _select(tx: Transaction) -> Any:
    return (
        tx.select(
            Row,
            Row.id,
            Row.team_id,
            Row.text,
            Row.added_on,
            Row.interaction_id,
            *people.columns(),
        )
        .outerjoin(PersonRow, PersonRow.id == Row.rep_id)
        .outerjoin(TAKEN_UP, TAKEN_UP.id == Row.taken_up_in)
    )


def _read(row: Any) -> AgendaItem:
    rep = people.read(row[5:]) if row[5] is not None else None
    return AgendaItem(row[0], row[1], rep, row[2], row[3], row[4])


def add(tx: Transaction, form: str, **values: Any) -> None:
    """A new item, unless that form made one before: that one then says this."""
    if tx.insert_new(Row, "form", form=form, **values) is None:
        tx.update(Row, Row.form == form, **values)


def open_items(tx: Transaction, team_id: int) -> list[AgendaItem]:
    """Those of a team that nobody dropped or took up, in the order they came."""
    rows = tx.all(
        _select(tx)
        .where(
            Row.team_id == team_id,
            Row.dropped_at.is_(None),
            or_(Row.taken_up_in.is_(None), TAKEN_UP.deleted_at.is_not(None)),
        )
        .order_by(Row.id)
    )
    return [_read(row) for row in rows]


def one(tx: Transaction, item_id: int) -> AgendaItem | None:
    """That item."""
    row = tx.first(_select(tx).where(Row.id == item_id))
    return _read(row) if row else None


def drop(tx: Transaction, item_id: int, at: datetime) -> None:
    """It is not wanted any more."""
    tx.update(Row, Row.id == item_id, dropped_at=at)


def take_up(tx: Transaction, ids: Iterable[int], interaction_id: int) -> None:
    """The session of that contact took them up."""
    tx.update(Row, Row.id.in_(list(ids)), taken_up_in=interaction_id)


def let_go(tx: Transaction, interactions: Iterable[int]) -> None:
    """Contacts that are gone for good: an item outlives where it was heard."""
    gone = list(interactions)
    if gone:
        tx.update(Row, Row.interaction_id.in_(gone), interaction_id=None)
        tx.update(Row, Row.taken_up_in.in_(gone), taken_up_in=None)
