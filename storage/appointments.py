"""Sessions and field days that are planned, and what reps prepare for them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, func, not_, select

from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import InteractionKind
from storage.database.engine import Transaction
from storage.database.statements import WORKSPACE
from storage.models import Appointment as Row
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Preparation as PreparedRow
from storage.team import people

SINCE = (
    select(Contact.id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id == Row.team_id,
        Contact.rep_id == Row.rep_id,
        Contact.kind == Row.kind,
        Contact.deleted_at.is_(None),
        Contact.occurred_on >= Row.made_on,
        Contact.id > Row.after_contact,
    )
    .correlate(Row)
)
"""What was held since it was made."""

FIRST = SINCE.order_by(Contact.occurred_on, Contact.id).limit(1).scalar_subquery()
HELD = exists(SINCE)
STANDS = and_(Row.dropped_at.is_(None), not_(HELD))


def _select(tx: Transaction) -> Any:
    return tx.select(
        Row,
        Row.id,
        Row.team_id,
        Row.kind,
        Row.day,
        Row.at,
        Row.notes,
        STANDS.label("stands"),
        *people.columns(),
    ).join(PersonRow, PersonRow.id == Row.rep_id)


def _read(row: Any) -> Appointment:
    return Appointment(
        id=row[0],
        team_id=row[1],
        rep=people.read(row[7:]),
        kind=row[2],
        day=row[3],
        at=row[4],
        notes=row[5],
        stands=bool(row[6]),
    )


def add(tx: Transaction, **values: Any) -> int:
    """A new one; its id. Columns by their names."""
    return tx.insert(Row, **values)


def newest_contact(tx: Transaction, team_id: int, rep_id: int, kind: InteractionKind) -> int:
    """The id of the newest contact of that kind with that rep, deleted or not; 0 for none."""
    row = tx.first(
        tx.select(Contact, func.max(Contact.id)).where(
            Contact.team_id == team_id, Contact.rep_id == rep_id, Contact.kind == kind
        )
    )
    return row[0] or 0


def change(tx: Transaction, appointment_id: int, **values: Any) -> None:
    """Change columns of one by their names."""
    tx.update(Row, Row.id == appointment_id, **values)


def get_many(tx: Transaction, ids: Sequence[int]) -> dict[int, Appointment]:
    """Those, by id, standing or not."""
    return {row[0]: _read(row) for row in tx.all(_select(tx).where(Row.id.in_(ids)))}


def standing(tx: Transaction, team_ids: Sequence[int]) -> list[Appointment]:
    """All that stand of those teams, the earliest first."""
    rows = tx.all(
        _select(tx).where(Row.team_id.in_(team_ids), STANDS).order_by(Row.day, Row.at, Row.id)
    )
    return [_read(row) for row in rows]


def standing_with(
    tx: Transaction, team_id: int, rep_id: int, kind: InteractionKind
) -> Appointment | None:
    """The one of that kind that stands with that rep."""
    row = tx.first(
        _select(tx)
        .where(Row.team_id == team_id, Row.rep_id == rep_id, Row.kind == kind, STANDS)
        .order_by(Row.id.desc())
        .limit(1)
    )
    return _read(row) if row else None


def planned_for(tx: Transaction, team_id: int) -> dict[int, date]:
    """The day that the sessions and field days of a team were planned for, by contact; those that
    nobody planned are left out. It is the first contact that ends what is planned."""
    rows = tx.all(
        tx.select(Row, Row.day, FIRST.label("contact"))
        .where(Row.team_id == team_id, Row.dropped_at.is_(None))
        .order_by(Row.id)
    )
    return {row.contact: row.day for row in rows if row.contact is not None}


def prepare(tx: Transaction, appointment_id: int, texts: Mapping[str, str], at: datetime) -> None:
    """What the rep prepared, by topic, in place of what was prepared before."""
    tx.delete(PreparedRow, PreparedRow.appointment_id == appointment_id)
    rows = [
        {"appointment_id": appointment_id, "key": key, "text": text, "sent_at": at}
        for key, text in texts.items()
    ]
    if rows:
        tx.insert_all(PreparedRow, rows)


def prepared(tx: Transaction, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """What the rep prepared for each of those, by topic; nothing of one that nothing was sent
    for."""
    found: dict[int, dict[str, str]] = {}
    rows = tx.all(
        tx.select(PreparedRow, PreparedRow.appointment_id, PreparedRow.key, PreparedRow.text).where(
            PreparedRow.appointment_id.in_(ids)
        )
    )
    for row in rows:
        found.setdefault(row.appointment_id, {})[row.key] = row.text
    return found


def prepared_for(tx: Transaction, team_id: int, rep_id: int) -> dict[str, str]:
    """What the rep prepared for the session that stands, by topic."""
    standing = standing_with(tx, team_id, rep_id, InteractionKind.SESSION)
    return prepared(tx, [standing.id]).get(standing.id, {}) if standing else {}
