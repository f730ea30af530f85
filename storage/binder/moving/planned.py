"""What is still to come with the rep: appointments, items for the next session, days off."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import BigInteger, Date, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from storage import appointments
from storage.binder.moving.between import CONTACTS, Between
from storage.database.carried import REP, SOURCE, TARGET, own
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.meetings import agenda
from storage.models import AgendaItem as ItemRow
from storage.models import Appointment as Row
from storage.models import Interaction as Contact
from storage.models import TimeOff as OffRow

STANDING = (
    select(Row.id, Row.kind, Row.day, Row.at)
    .where(own(Row, SOURCE), appointments.STANDS, Row.day >= bindparam("day", type_=Date))
    .order_by(Row.day, Row.id)
)
STANDING_THERE = select(Row.kind).where(own(Row, TARGET), appointments.STANDS)
NEWEST_THERE = select(func.max(Contact.id).label("id")).where(
    Contact.workspace_id == WORKSPACE, Contact.team_id == TARGET
)
FOLLOW = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.id == bindparam("appointment"))
    .values(
        team_id=bindparam("to"),
        day=bindparam("new_day"),
        at=bindparam("new_at"),
        after_contact=bindparam("after"),
    )
)
DROP = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
    .values(dropped_at=bindparam("when"), sequence=Row.sequence + 1)
)
TAKEN_UP = aliased(Contact)
ITEMS = (
    select(ItemRow.id, CONTACTS.c.target_id.label("contact"))
    .outerjoin_from(ItemRow, CONTACTS, CONTACTS.c.source_id == ItemRow.interaction_id)
    .outerjoin(TAKEN_UP, TAKEN_UP.id == ItemRow.taken_up_in)
    .where(
        own(ItemRow, SOURCE),
        ItemRow.dropped_at.is_(None),
        ItemRow.done_in.is_(None),
        or_(ItemRow.taken_up_in.is_(None), TAKEN_UP.deleted_at.is_not(None)),
    )
    .order_by(ItemRow.place, ItemRow.id)
)
ITEM_FOLLOWS = (
    update(ItemRow)
    .where(ItemRow.workspace_id == WORKSPACE, ItemRow.id == bindparam("item"))
    .values(
        team_id=bindparam("to"),
        place=bindparam("new_place"),
        interaction_id=bindparam("contact", type_=BigInteger),
        taken_up_in=None,
    )
)
OFF, OFF_THERE = aliased(OffRow), aliased(OffRow)
COPY_OFF = insert(OffRow).from_select(
    ["workspace_id", "person_id", "starts_on", "ends_on", "team_id"],
    select(OFF.workspace_id, OFF.person_id, OFF.starts_on, OFF.ends_on, TARGET)
    .where(
        OFF.workspace_id == WORKSPACE,
        OFF.team_id == SOURCE,
        OFF.person_id == REP,
        or_(OFF.ends_on.is_(None), OFF.ends_on >= bindparam("day", type_=Date)),
        ~select(OFF_THERE.id)
        .where(
            OFF_THERE.person_id == OFF.person_id,
            or_(OFF_THERE.team_id.is_(None), OFF_THERE.team_id == TARGET),
            OFF_THERE.starts_on == OFF.starts_on,
            OFF_THERE.ends_on.is_not_distinct_from(OFF.ends_on),
        )
        .exists(),
    )
    .order_by(OFF.id),
)


def appointments_to_go(tx: Transaction, move: Between, day: date) -> list[Any]:
    """What stands with the rep from that day on: `id`, `kind`, `day` and `at` of each."""
    return tx.all(STANDING, **move.named, day=day)


def kinds_there(tx: Transaction, move: Between) -> set[Any]:
    """Of which kinds the team that the rep comes to has something planned with them already."""
    return {row.kind for row in tx.all(STANDING_THERE, **move.named)}


def carry_appointments(
    tx: Transaction,
    move: Between,
    at: Mapping[int, tuple[date, time | None]],
    over: Iterable[int],
    now: datetime,
) -> None:
    """Those appointments, by id, are of the other team from now on, on that day at that time; those
    that are `over` stand no longer. Writes; contacts must be there already."""
    tx.run_among(DROP, over, when=now)
    if at:
        newest = tx.first(NEWEST_THERE, target=move.target).id or 0
        tx.execute(
            FOLLOW,
            [
                {
                    "appointment": one,
                    "to": move.target,
                    "new_day": day,
                    "new_at": time_of_day,
                    "after": newest,
                }
                for one, (day, time_of_day) in sorted(at.items())
            ],
        )


def items_to_go(tx: Transaction, move: Between) -> int:
    """How many items wait for the next session with the rep."""
    return len(tx.all(ITEMS, **move.named))


def carry_items(tx: Transaction, move: Between) -> None:
    """What waits for the next session with the rep waits for it there. Writes; contacts must be
    there already."""
    found = tx.all(ITEMS, **move.named)
    if found:
        place = agenda.next_place(tx, move.target)
        tx.execute(
            ITEM_FOLLOWS,
            [
                {"item": row.id, "to": move.target, "new_place": place + n, "contact": row.contact}
                for n, row in enumerate(found)
            ],
        )


def carry_days_off(tx: Transaction, move: Between, day: date) -> None:
    """Days off that the earlier manager entered, and that are not over by that day. Writes."""
    tx.run(COPY_OFF, **move.named, day=day)
