"""Sessions and field days that are planned, and what reps prepare for them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    Date,
    Time,
    and_,
    bindparam,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)

from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import InteractionKind
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Appointment as Row
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Preparation as PreparedRow
from storage.team.people import PersonColumns

REP = PersonColumns(PersonRow, "rep")
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

APPOINTMENTS = (
    select(
        Row.id,
        Row.team_id,
        Row.kind,
        Row.day,
        Row.at,
        Row.notes,
        STANDS.label("stands"),
        Row.made_on,
        Row.dropped_at.is_not(None).label("dropped"),
        Row.sequence,
        *REP.columns,
    )
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .where(Row.workspace_id == WORKSPACE)
)
SOME = APPOINTMENTS.where(Row.id.in_(AMONG))
STANDING = APPOINTMENTS.where(Row.team_id.in_(AMONG), STANDS).order_by(
    Row.day, Row.at.is_not(None), Row.at, Row.id
)
STANDING_WITH = (
    APPOINTMENTS.where(
        Row.team_id == bindparam("team"),
        Row.rep_id == bindparam("rep"),
        Row.kind == bindparam("kind"),
        STANDS,
    )
    .order_by(Row.id.desc())
    .limit(1)
)
MADE_SINCE = STANDING_WITH.where(Row.made_on > bindparam("day"))
LATEST_AT = (
    select(Row.at)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == bindparam("team"),
        Row.rep_id == bindparam("rep"),
        Row.kind == bindparam("kind"),
        Row.at.is_not(None),
    )
    .order_by(Row.id.desc())
    .limit(1)
)
NEWEST_CONTACT = select(func.max(Contact.id).label("id")).where(
    Contact.workspace_id == WORKSPACE,
    Contact.team_id == bindparam("team"),
    Contact.kind == bindparam("kind"),
)
PLANNED_FOR = (
    select(Row.day, FIRST.label("contact"))
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == bindparam("team"),
        Row.rep_id.in_(AMONG),
        Row.dropped_at.is_(None),
    )
    .order_by(Row.id)
)
CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("appointment"))
COUNT_MOVE = CHANGE.where(
    or_(
        Row.day != bindparam("to_day", type_=Date),
        Row.at.is_distinct_from(bindparam("to_at", type_=Time)),
    )
).values(sequence=Row.sequence + 1)
COUNT_MOVES = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == bindparam("team"),
        Row.at.is_not(None),
        STANDS,
    )
    .values(sequence=Row.sequence + 1)
)
COUNT_DROP = CHANGE.where(Row.dropped_at.is_(None)).values(sequence=Row.sequence + 1)
FROM_DAY = APPOINTMENTS.where(
    Row.team_id.in_(AMONG), Row.day >= bindparam("since", type_=Date)
).order_by(Row.day, Row.id)

# An id may be used again once the newest contact is gone; what came since still came since.
COUNT_FROM = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.after_contact.in_(AMONG))
    .values(
        after_contact=func.coalesce(
            select(func.max(Contact.id)).where(Contact.id < Row.after_contact).scalar_subquery(), 0
        )
    )
)
REMOVE_ALL_PREPARED = delete(PreparedRow).where(
    PreparedRow.workspace_id == WORKSPACE, PreparedRow.appointment_id.in_(AMONG)
)
REMOVE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))

PREPARED = select(PreparedRow.appointment_id, PreparedRow.key, PreparedRow.text).where(
    PreparedRow.workspace_id == WORKSPACE, PreparedRow.appointment_id.in_(AMONG)
)
PREPARED_BY = (
    select(Row.day, PreparedRow.text)
    .join_from(PreparedRow, Row, Row.id == PreparedRow.appointment_id)
    .where(
        PreparedRow.workspace_id == WORKSPACE,
        Row.team_id == bindparam("team"),
        Row.rep_id == bindparam("rep"),
    )
    .order_by(Row.day, PreparedRow.id)
)
REMOVE_PREPARED = delete(PreparedRow).where(
    PreparedRow.workspace_id == WORKSPACE, PreparedRow.appointment_id == bindparam("appointment")
)


def _read(row: Any) -> Appointment:
    return Appointment(
        id=row.id,
        team_id=row.team_id,
        rep=REP.read(row),
        kind=row.kind,
        day=row.day,
        at=row.at,
        notes=row.notes,
        stands=bool(row.stands),
        made_on=row.made_on,
        dropped=bool(row.dropped),
        sequence=row.sequence,
    )


def _by_day(row: Any) -> Any:
    return row.day, row.at or time.min, row.id


def add(tx: Transaction, **values: Any) -> int:
    """A new one; its id. Columns by their names."""
    return tx.insert(Row, **values)


def newest_contact(tx: Transaction, team_id: int, kind: InteractionKind) -> int:
    """The id of the newest contact of that kind of the team, deleted or not; 0 for none. With
    whichever rep: it may turn out to have been with another."""
    return tx.first(NEWEST_CONTACT, team=team_id, kind=kind).id or 0


def change(tx: Transaction, appointment_id: int, **values: Any) -> None:
    """Change columns of one by their names."""
    tx.change(CHANGE, values, appointment=appointment_id)


def move(tx: Transaction, appointment_id: int, day: date, at: time | None, **values: Any) -> None:
    """Let one be on that day at that time, and change other columns by their names; it is counted
    where that is another time."""
    tx.run(COUNT_MOVE, appointment=appointment_id, to_day=day, to_at=at)
    change(tx, appointment_id, day=day, at=at, **values)


def count_moves(tx: Transaction, team_id: int) -> None:
    """All that stand of the team at a time of day are at another instant than before."""
    tx.run(COUNT_MOVES, team=team_id)


def drop(tx: Transaction, appointment_id: int, now: datetime) -> None:
    """One is not to be, or was not."""
    tx.run(COUNT_DROP, appointment=appointment_id)
    change(tx, appointment_id, dropped_at=now)


def from_day(tx: Transaction, team_ids: Sequence[int], since: date) -> list[Appointment]:
    """All of those teams on that day or later, the earliest first, standing or not."""
    return [
        _read(row) for row in tx.all_among(FROM_DAY, team_ids, attrgetter("day", "id"), since=since)
    ]


def get_many(tx: Transaction, ids: Sequence[int]) -> dict[int, Appointment]:
    """Those, by id, standing or not."""
    return {row.id: _read(row) for row in tx.all_among(SOME, ids)}


def standing(tx: Transaction, team_ids: Sequence[int]) -> list[Appointment]:
    """All that stand of those teams, the earliest first."""
    return [_read(row) for row in tx.all_among(STANDING, team_ids, _by_day)]


def standing_with(
    tx: Transaction, team_id: int, rep_id: int, kind: InteractionKind
) -> Appointment | None:
    """The one of that kind that stands with that rep."""
    row = tx.first(STANDING_WITH, team=team_id, rep=rep_id, kind=kind)
    return _read(row) if row else None


def made_since(
    tx: Transaction, team_id: int, rep_id: int, kind: InteractionKind, day: date
) -> Appointment | None:
    """The one that stands and was made after that day: what is held on it does not end it."""
    row = tx.first(MADE_SINCE, team=team_id, rep=rep_id, kind=kind, day=day)
    return _read(row) if row else None


def latest_time(tx: Transaction, team_id: int, rep_id: int, kind: InteractionKind) -> time | None:
    """The time that was last planned for one of that kind with that rep, if any ever was."""
    row = tx.first(LATEST_AT, team=team_id, rep=rep_id, kind=kind)
    return row.at if row else None


def planned_for(tx: Transaction, team_id: int, reps: Sequence[int]) -> dict[int, date]:
    """The day that a team's sessions and field days with those reps were planned for, by contact;
    those that nobody planned are left out. It is the first contact that ends what is planned."""
    rows = tx.all_among(PLANNED_FOR, reps, team=team_id)
    return {row.contact: row.day for row in rows if row.contact is not None}


def prepare(tx: Transaction, appointment_id: int, texts: Mapping[str, str], at: datetime) -> None:
    """What the rep prepared, by topic, in place of what was prepared before."""
    tx.run(REMOVE_PREPARED, appointment=appointment_id)
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
    for row in tx.all_among(PREPARED, ids):
        found.setdefault(row.appointment_id, {})[row.key] = row.text
    return found


def prepared_by(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[date, str]]:
    """All that a rep ever prepared, with the day it was for, oldest first."""
    return [(row.day, row.text) for row in tx.all(PREPARED_BY, team=team_id, rep=rep_id)]


def prepared_for(tx: Transaction, team_id: int, rep_id: int) -> dict[str, str]:
    """What the rep prepared for the session that stands, by topic."""
    standing = standing_with(tx, team_id, rep_id, InteractionKind.SESSION)
    return prepared(tx, [standing.id]).get(standing.id, {}) if standing else {}


def count_anew(tx: Transaction, gone: Iterable[int]) -> None:
    """Those contacts are gone: what was planned after them is held with the next one, whatever id
    that gets."""
    tx.run_among(COUNT_FROM, gone)


def remove(tx: Transaction, ids: Sequence[int]) -> None:
    """Remove those for good, with what was prepared for them. What is half written for them goes
    before."""
    tx.run_among(REMOVE_ALL_PREPARED, ids)
    tx.run_among(REMOVE, ids)
