"""Promises of both sides."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased

from bot.domain.promises import Owner, Promise
from storage.database.engine import Transaction
from storage.database.pairs import pairs
from storage.models import Person as PersonRow
from storage.models import Promise as Row
from storage.team import people

HANDED_TO = aliased(PersonRow)
COLUMNS = (
    Row.id,
    Row.team_id,
    Row.owner,
    Row.what,
    Row.made_on,
    Row.due_on,
    Row.raised_on,
    Row.kept_on,
    Row.dropped_on,
    Row.closing_words,
    Row.interaction_id,
    Row.deleted_at,
    HANDED_TO.name.label("handed_to"),
)


def _read(row: Any) -> Promise:
    return Promise(
        id=row[0],
        team_id=row[1],
        rep=people.read(row[len(COLUMNS) :]),
        owner=row[2],
        what=row[3],
        made_on=row[4],
        due_on=row[5],
        raised_on=row[6],
        kept_on=row[7],
        dropped_on=row[8],
        closing_words=row[9],
        interaction_id=row[10],
        deleted=row[11] is not None,
        handed_to=row[12],
    )


def _select(tx: Transaction) -> Any:
    return (
        tx.select(Row, *COLUMNS, *people.columns())
        .join(PersonRow, PersonRow.id == Row.rep_id)
        .outerjoin(HANDED_TO, HANDED_TO.id == Row.handed_to_id)
    )


def add(tx: Transaction, **values: Any) -> int:
    """A new promise; its id. Columns by their names."""
    return tx.insert(Row, closing_words="", **values)


def add_once(tx: Transaction, form: str, **values: Any) -> tuple[int, bool]:
    """The promise of that form, made now unless it was sent before; its id, and whether it is
    new. Columns by their names."""
    made = tx.insert_new(Row, "form", form=form, closing_words="", **values)
    if made is not None:
        return made, True
    return int(tx.first(tx.select(Row, Row.id).where(Row.form == form)).id), False


def get(tx: Transaction, promise_id: int) -> Promise | None:
    """That promise, in whatever state."""
    row = tx.first(_select(tx).where(Row.id == promise_id))
    return _read(row) if row else None


def of_form(tx: Transaction, form: str) -> int | None:
    """The promise that form made, if it was sent before."""
    found = tx.first(tx.select(Row, Row.id).where(Row.form == form))
    return int(found.id) if found else None


def of_forms(tx: Transaction, forms: Iterable[str]) -> dict[str, Promise]:
    """The promises those forms made, deleted ones too, by form."""
    rows = tx.all(_select(tx).add_columns(Row.form).where(Row.form.in_(list(forms))))
    return {row[-1]: _read(row) for row in rows}


def change(tx: Transaction, promise_id: int, **values: Any) -> None:
    """Change columns of a promise by their names."""
    tx.update(Row, Row.id == promise_id, **values)


def close(tx: Transaction, promise_id: int, **values: Any) -> bool:
    """Change columns of a promise that is still open; False when it was not, be it just now."""
    return tx.update(Row, Row.id == promise_id, *_is_open(), **values) == 1


def open_of_team(tx: Transaction, team_id: int) -> list[Promise]:
    """Open promises of a team, the earliest due first, those without a date last."""
    rows = tx.all(
        _select(tx)
        .where(Row.team_id == team_id, *_is_open())
        .order_by(Row.due_on.is_(None), Row.due_on, Row.id)
    )
    return [_read(row) for row in rows]


def open_with(tx: Transaction, whose: Collection[tuple[int, int]]) -> list[Promise]:
    """Open promises between managers and those reps, by team and rep: the earliest due first,
    those without a date last."""
    pair = pairs(whose, "team_id", "rep_id")
    rows = tx.all(
        _select(tx)
        .join(pair, and_(pair.c.team_id == Row.team_id, pair.c.rep_id == Row.rep_id))
        .where(*_is_open())
        .order_by(Row.due_on.is_(None), Row.due_on, Row.id)
    )
    return [_read(row) for row in rows]


def kept_by(tx: Transaction, owner: Owner, team_ids: Sequence[int], since: date) -> list[Promise]:
    """Promises of that side of those teams that were kept on that day or later."""
    rows = tx.all(
        _select(tx)
        .where(
            Row.team_id.in_(team_ids),
            Row.owner == owner,
            Row.kept_on >= since,
            Row.deleted_at.is_(None),
        )
        .order_by(Row.id)
    )
    return [_read(row) for row in rows]


def standing(
    tx: Transaction, team_id: int, closed_since: date, rep_id: int | None = None
) -> list[Promise]:
    """Promises of a team, or with one rep of it, that are open or were closed on that day or
    later; the earliest due first, those without a date last."""
    statement = _select(tx).where(
        Row.team_id == team_id,
        Row.deleted_at.is_(None),
        or_(
            and_(Row.kept_on.is_(None), Row.dropped_on.is_(None)),
            Row.kept_on >= closed_since,
            Row.dropped_on >= closed_since,
        ),
    )
    if rep_id is not None:
        statement = statement.where(Row.rep_id == rep_id)
    rows = tx.all(statement.order_by(Row.due_on.is_(None), Row.due_on, Row.id))
    return [_read(row) for row in rows]


def of_teams(tx: Transaction, team_ids: Sequence[int], kept_since: date) -> list[Promise]:
    """Promises of those teams that are open, or that were kept on that day or later."""
    rows: list[Any] = []
    # Two statements, each along an index of its own: those long closed are many.
    for condition in (and_(*_is_open()), and_(Row.kept_on >= kept_since, Row.deleted_at.is_(None))):
        rows += tx.all(_select(tx).where(Row.team_id.in_(team_ids), condition).order_by(Row.id))
    return [_read(row) for row in rows]


def of_reps(tx: Transaction, team_id: int, rep_ids: Iterable[int]) -> list[Promise]:
    """All promises between a manager and those reps that stand, newest first."""
    rows = tx.all(
        _select(tx)
        .where(
            Row.team_id == team_id,
            Row.rep_id.in_(list(rep_ids)),
            Row.deleted_at.is_(None),
        )
        .order_by(Row.made_on.desc(), Row.id.desc())
    )
    return [_read(row) for row in rows]


def of_team(tx: Transaction, team_id: int) -> list[Promise]:
    """All promises of a team that stand, oldest first."""
    rows = tx.all(
        _select(tx).where(Row.team_id == team_id, Row.deleted_at.is_(None)).order_by(Row.id)
    )
    return [_read(row) for row in rows]


def of_interaction(tx: Transaction, interaction_id: int) -> list[Promise]:
    """Promises made in that contact that stand."""
    rows = tx.all(_select(tx).where(Row.interaction_id == interaction_id, Row.deleted_at.is_(None)))
    return [_read(row) for row in rows]


def delete_open_of_interaction(tx: Transaction, interaction_id: int, at: datetime) -> None:
    """Delete, with the contact, those of its promises that are still open."""
    tx.update(Row, Row.interaction_id == interaction_id, *_is_open(), deleted_at=at)


def put_back_of_interaction(tx: Transaction, interaction_id: int, deleted_at: datetime) -> None:
    """Put back the promises that were deleted together with the contact."""
    tx.update(
        Row,
        Row.interaction_id == interaction_id,
        Row.deleted_at == deleted_at,
        deleted_at=None,
    )


def move_of_interaction(tx: Transaction, interaction_id: int, rep_id: int) -> None:
    """The contact was with another rep after all, and so was what was raised in it."""
    tx.update(Row, Row.interaction_id == interaction_id, rep_id=rep_id)


def claim_telling(tx: Transaction, promise_id: int, at: datetime | None) -> bool:
    """Claim telling the rep that it is closed (None gives it back); False when claimed."""
    conditions = [Row.id == promise_id]
    if at is not None:
        conditions.append(Row.told_at.is_(None))
    return tx.update(Row, *conditions, told_at=at) == 1


def purge(tx: Transaction, deleted_before: datetime, interactions: Iterable[int]) -> None:
    """Remove for good what was deleted before; let go of contacts that are gone."""
    tx.delete(Row, Row.deleted_at < deleted_before)
    gone = list(interactions)
    if gone:
        tx.update(Row, Row.interaction_id.in_(gone), interaction_id=None)


def _is_open() -> tuple[Any, ...]:
    return (Row.kept_on.is_(None), Row.dropped_on.is_(None), Row.deleted_at.is_(None))
