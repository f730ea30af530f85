"""Binders that their managers asked for from Slack: asked for, made, on their way, over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    text,
    update,
)

from bot.domain.binder.export import ExportRequest, Format, Paper, What
from bot.domain.binder.exporting import (
    LEASE,
    OPEN,
    Claimed,
    Export,
    ExportFault,
    ExportState,
    Taken,
)
from storage.database.engine import Database
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.delivery.leases import DatabaseSeconds, is_free
from storage.models import Audit
from storage.models import Export as Row
from storage.models import Person as PersonRow
from storage.models.binder import OPEN_EXPORT
from storage.team import people
from storage.team.people import PersonColumns

AUTHOR = PersonColumns(PersonRow, "author")
FORMATS: BindParameter[list[str]] = bindparam("formats", expanding=True)

EXPORTS = (
    select(
        Row.id,
        Row.team_id,
        Row.format,
        Row.what,
        Row.paper,
        Row.reps,
        Row.since,
        Row.until,
        Row.with_private_notes,
        Row.state,
        Row.fault,
        Row.written,
        Row.of,
        Row.tries,
        Row.file_id,
        Row.asked_at,
        Row.handed_at,
        Row.settled_at,
        DatabaseSeconds().label("present"),
        *AUTHOR.columns,
    )
    .join_from(Row, PersonRow, PersonRow.id == Row.author_id)
    .where(Row.workspace_id == WORKSPACE)
)
WITH_IDS = EXPORTS.where(Row.id.in_(AMONG))
OPEN_OF = EXPORTS.where(text(OPEN_EXPORT), Row.author_id == bindparam("author", type_=BigInteger))
TO_CLAIM = (
    EXPORTS.where(
        text(OPEN_EXPORT),
        Row.try_at <= bindparam("now"),
        Row.format.in_(FORMATS),
        is_free(Row.leased_until),
    )
    .order_by(Row.try_at, Row.id)
    .limit(1)
    .with_for_update(of=Row, skip_locked=True)
)
SERVED: BindParameter[list[int]] = bindparam("served", expanding=True)
DUE = (
    select(Row.workspace_id)
    .where(
        text(OPEN_EXPORT),
        Row.try_at <= bindparam("now"),
        Row.workspace_id.in_(SERVED),
        is_free(Row.leased_until),
    )
    .distinct()
)
CHANGE = update(Row).where(
    Row.workspace_id == WORKSPACE, Row.id == bindparam("export"), text(OPEN_EXPORT)
)
CLAIM = CHANGE.values(leased_until=bindparam("lease"))
HELD = (
    select(Row.leased_until, DatabaseSeconds().label("present"))
    .where(Row.workspace_id == WORKSPACE, Row.id == bindparam("export"), text(OPEN_EXPORT))
    .with_for_update()
)
BEGIN_ANEW = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        text(OPEN_EXPORT),
        Row.state != ExportState.HANDED,
        Row.team_id.in_(AMONG),
    )
    .values(state=ExportState.WAITING, leased_until=None, file_id=None, written=0, of=0)
)
HANDED = select(Row.id).where(
    Row.workspace_id == WORKSPACE,
    text(OPEN_EXPORT),
    Row.state == ExportState.HANDED,
    Row.team_id.in_(AMONG),
)
DOUBT = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, text(OPEN_EXPORT), Row.state != ExportState.HANDED)
    .values(
        state=ExportState.FAILED,
        fault=ExportFault.IN_DOUBT,
        settled_at=bindparam("now"),
        leased_until=None,
    )
)
STOP_ALL = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, text(OPEN_EXPORT))
    .values(state=ExportState.STOPPED, settled_at=bindparam("at"), leased_until=None)
)
PURGE = delete(Row).where(
    Row.workspace_id == WORKSPACE, Row.settled_at < bindparam("before"), Row.state.not_in(OPEN)
)
TAKEN = and_(
    Audit.workspace_id == WORKSPACE,
    Audit.action == "export",
    or_(
        and_(Audit.actor == bindparam("manager"), Audit.subject != bindparam("but")),
        Audit.subject.startswith(bindparam("whose"), autoescape=False),
    ),
)
TAKEN_LATEST = (
    select(Audit.actor, Audit.subject, Audit.at)
    .where(TAKEN)
    .order_by(Audit.at.desc(), Audit.id.desc())
    .limit(bindparam("limit"))
)
TAKEN_COUNT = select(func.count().label("taken")).where(TAKEN)


def add(tx: Transaction, **values: Any) -> int:
    """A new export, columns by their names; its id. Of each author one at most may be open."""
    return tx.insert(Row, **values)


def get_many(tx: Transaction, ids: Iterable[int]) -> dict[int, Export]:
    """Those exports, by id."""
    return {one.id: one for one in _read(tx, tx.all_among(WITH_IDS, ids))}


def open_of(tx: Transaction, author_id: int) -> Export | None:
    """The one of that person that is on its way, if there is one."""
    found = _read(tx, tx.all(OPEN_OF, author=author_id))
    return found[0] if found else None


def claim(tx: Transaction, now: datetime, formats: Sequence[str]) -> Claimed | None:
    """Claim the one of those formats that has waited longest and that nobody works on."""
    rows = tx.all(TO_CLAIM, now=now, formats=list(formats))
    if not rows:
        return None
    lease = rows[0].present + LEASE
    tx.run(CLAIM, export=rows[0].id, lease=lease)
    (export,) = _read(tx, rows)
    return Claimed(export, lease)


def keep(tx: Transaction, claimed: Claimed, **values: Any) -> Claimed | None:
    """Change columns of an export that was claimed, by their names, and claim it anew; None where
    it is not ours any more: it was stopped, begun anew, or somebody else has it."""
    row = tx.first(HELD, export=claimed.export.id)
    if row is None or row.leased_until != claimed.lease:
        return None
    lease = row.present + LEASE
    tx.change(CHANGE, {**values, "leased_until": lease}, export=claimed.export.id)
    (export,) = get_many(tx, [claimed.export.id]).values()
    return Claimed(export, lease)


def settle(tx: Transaction, export_id: int, **values: Any) -> bool:
    """Change columns of an export that is open, whoever works on it, who does not any more; whether
    it was open."""
    return tx.change(CHANGE, {**values, "leased_until": None}, export=export_id) == 1


def begin_anew(tx: Transaction, team_ids: Sequence[int], now: datetime) -> list[int]:
    """What is being made of those teams is made anew: what was read of them is so no more. What
    Slack was asked to show already is not shown again: it is in doubt, and over; those, by id."""
    tx.run_among(BEGIN_ANEW, team_ids)
    handed = [row.id for row in tx.all_among(HANDED, team_ids)]
    over = {"state": ExportState.FAILED, "fault": ExportFault.IN_DOUBT, "settled_at": now}
    return [one for one in handed if settle(tx, one, **over)]


def stop_all(tx: Transaction, now: datetime) -> None:
    """Nothing more comes of any that is open in the workspace."""
    tx.run(STOP_ALL, at=now)


def due(database: Database, workspace_ids: Iterable[int], now: datetime) -> list[int]:
    """Those of the workspaces in which an export is to be taken up."""
    with database.reading(0) as tx:
        return sorted(row.workspace_id for row in tx.all(DUE, served=list(workspace_ids), now=now))


def doubt(tx: Transaction, now: datetime) -> int:
    """What was being made may be there by now: nothing is made again by itself; how many."""
    return tx.run(DOUBT, now=now)


def purge(tx: Transaction, before: datetime) -> int:
    """Forget exports that were over before then; how many."""
    return tx.run(PURGE, before=before)


def taken(tx: Transaction, manager: str, but: str, limit: int) -> tuple[list[Taken], int]:
    """The latest exports of that manager's binder, by Slack id, latest first, and how many there
    are; `but` is what is called an export and is none of a binder."""
    whose = f"{manager}: "
    asked: Mapping[str, Any] = {"manager": manager, "whose": whose, "but": but}
    rows = tx.all(TAKEN_LATEST, limit=limit, **asked)
    latest = [
        Taken(one.subject.removeprefix(whose), one.at, by_operator=one.actor != manager)
        for one in rows
    ]
    return latest, int(tx.first(TAKEN_COUNT, **asked).taken)


def _read(tx: Transaction, rows: Sequence[Any]) -> list[Export]:
    reps = people.get_many_by_id(tx, {int(rep) for row in rows for rep in row.reps})
    return [_export(row, reps) for row in rows]


def _export(row: Any, people_by_id: Mapping[int, Any]) -> Export:
    asked = frozenset(people_by_id[int(one)].slack_id for one in row.reps)
    request = ExportRequest(
        format=Format(row.format),
        reps=asked,
        since=row.since,
        until=row.until,
        with_private_notes=row.with_private_notes,
        what=What(row.what),
        paper=Paper(row.paper) if row.paper else Paper.A4,
    )
    return Export(
        id=row.id,
        team_id=row.team_id,
        manager=AUTHOR.read(row),
        request=request,
        state=row.state,
        asked_at=row.asked_at,
        written=row.written,
        of=row.of,
        file_id=row.file_id,
        handed_at=row.handed_at,
        tries=row.tries,
        fault=row.fault,
        settled_at=row.settled_at,
    )
