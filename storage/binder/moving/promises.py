"""Promises of both sides: open in one team alone."""

from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from storage import promises
from storage.binder.moving.between import CONTACTS, Between
from storage.database.carried import ONLY, SOURCE, TARGET, first_of, is_of, own, paired
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Promise as Row
from storage.models import Team as TeamRow
from storage.workspaces.readable import is_shared

THERE = aliased(Row)
PAIRED = paired(Row, "promises", "interaction_id")
WAS_SHARED = is_shared(Row.interaction_id, Row)
MAY_BE_READ = and_(
    own(Row, SOURCE),
    is_of(Row.interaction_id),
    # Between us stays with whom it was told, and so does what its rep was never shown.
    Row.told_to_id.is_(None),
    or_(Row.with_sharing.is_(False), Row.agreed_on.is_not(None), WAS_SHARED),
)
MAY_GO = and_(MAY_BE_READ, Row.deleted_at.is_(None))
IS_OPEN = promises.IS_OPEN
CLOSED_ON = case(
    (Row.dropped_on.is_(None), func.coalesce(Row.kept_on, promises.TALKED_ON)),
    else_=Row.kept_on,
)
NOT_THERE = first_of(Row).not_in(select(first_of(THERE)).where(own(THERE, TARGET)))
COUNT = select(
    func.count().label("promises"),
    func.coalesce(func.sum(case((IS_OPEN, 1), else_=0)), 0).label("still_open"),
).where(MAY_GO, or_(IS_OPEN, NOT_THERE))
COPY = insert(Row).from_select(
    [
        *("workspace_id", "team_id", "rep_id", "owner", "what", "made_on", "due_on"),
        *("raised_on", "raised_at", "time_after", "kept_on", "dropped_on", "closing_words"),
        *("handed_to_id", "interaction_id", "told_at", "with_sharing", "agreed_on"),
        *("disputed_on", "topic_key", "ramp_day", "origin_id", "noted_by_id"),
    ],
    select(
        Row.workspace_id,
        TARGET,
        Row.rep_id,
        Row.owner,
        Row.what,
        Row.made_on,
        Row.due_on,
        Row.raised_on,
        Row.raised_at,
        Row.time_after,
        CLOSED_ON,
        Row.dropped_on,
        Row.closing_words,
        Row.handed_to_id,
        CONTACTS.c.target_id,
        Row.told_at,
        Row.with_sharing,
        Row.agreed_on,
        Row.disputed_on,
        Row.topic_key,
        Row.ramp_day,
        first_of(Row),
        func.coalesce(
            Row.noted_by_id,
            select(TeamRow.manager_id)
            .where(TeamRow.workspace_id == WORKSPACE, TeamRow.id == SOURCE)
            .scalar_subquery(),
        ),
    )
    .outerjoin_from(Row, CONTACTS, CONTACTS.c.source_id == Row.interaction_id)
    .where(MAY_GO, NOT_THERE)
    .order_by(Row.made_on, Row.id),
)
AS_THEY_ARE = (
    select(
        PAIRED.c.target_id,
        Row.what,
        Row.owner,
        Row.due_on,
        CLOSED_ON.label("kept_on"),
        Row.dropped_on,
        Row.closing_words,
        Row.handed_to_id,
        Row.told_at,
        Row.agreed_on,
        Row.disputed_on,
        # What was taken out as never said was never said there either.
        Row.deleted_at,
    )
    .join_from(Row, PAIRED, PAIRED.c.source_id == Row.id)
    .where(MAY_BE_READ)
    .order_by(PAIRED.c.target_id)
)
LET_BE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("promise"))
HAND_ON = (
    update(Row)
    # Also what is deleted: it may be put back.
    .where(own(Row, SOURCE), promises.NOT_CLOSED, Row.id.in_(select(PAIRED.c.source_id)))
    .values(
        dropped_on=bindparam("day"),
        handed_to_id=bindparam("manager"),
        # Who raised it is told once it is closed for good.
        told_at=func.coalesce(Row.told_at, bindparam("at")),
    )
)
READS_THERE = (
    update(Row)
    .where(own(Row, SOURCE), Row.id.in_(select(PAIRED.c.source_id)))
    .values(moved_to_id=TARGET)
)
READS_HERE = (
    update(Row)
    .where(
        own(Row, TARGET),
        Row.moved_to_id.is_not(None),
        or_(ONLY.is_(None), Row.id.in_(select(PAIRED.c.target_id))),
    )
    .values(moved_to_id=None)
)


def to_go(tx: Transaction, move: Between) -> tuple[int, int]:
    """How many promises would go along: open ones, and closed ones."""
    row = tx.first(COUNT, **move.named)
    return int(row.still_open), int(row.promises - row.still_open)


def carry(tx: Transaction, move: Between, manager_id: int, day: date, at: datetime) -> None:
    """Promises of both sides go along, but what was said between two, and what the rep was never
    shown. What is open is open there alone, and was handed on to that team's manager here. What
    came along before is as it is here now. Writes."""
    known = [dict(row._asdict()) for row in tx.all(AS_THEY_ARE, **move.named)]
    if known:
        tx.execute(LET_BE, [{"promise": row.pop("target_id"), **row} for row in known])
    carry_new(tx, move, manager_id, day, at)


def carry_new(tx: Transaction, move: Between, manager_id: int, day: date, at: datetime) -> None:
    """The same of those that are not there yet; those that are stay as they are there. Writes."""
    tx.run(COPY, **move.named)
    tx.run(HAND_ON, **move.named, manager=manager_id, day=day, at=at)
    tx.run(READS_THERE, **move.named)
    tx.run(READS_HERE, **move.named)
