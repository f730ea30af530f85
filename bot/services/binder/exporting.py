"""A manager asks for the binder from Slack, and a process makes it: asked for once, one at a time,
and never lost.

The row is what makes it one; a lease makes it one process's. No transaction is open while the file
is made, nor while Slack is spoken to.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.binder.export import ExportRequest, Format
from bot.domain.binder.exporting import (
    GIVEN_UP_AFTER,
    KEPT_FOR,
    Claimed,
    Export,
    ExportFault,
    ExportState,
    Taken,
    years_of,
)
from bot.domain.delivery import MessageKind, ScheduleKey, Subject
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import (
    BadField,
    ExportUnderWay,
    FieldError,
    Gone,
)
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.schedules import set_due
from bot.services.results import period_page
from bot.services.workspaces.authority import require_manager
from storage.binder import exports
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.team import people, teams
from storage.workspaces import submissions

SHOWN = 20
"""Exports taken that are listed."""

NO_BINDER = "what stayed"
"""What is written down as an export and is of no team's binder (`stayed.to_take`)."""


@dataclass(frozen=True)
class ExportForm:
    """What a manager can ask for: of whom, of which years (latest first); the one that is on its
    way, and those taken so far, the latest first, and how many."""

    team: Team
    reps: tuple[Membership, ...]
    years: tuple[int, ...]
    under_way: Export | None
    taken: tuple[Taken, ...]
    count: int


def to_export(database: Database, actor: Actor, now: datetime) -> ExportForm:
    """What who acts can take of their team. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        members = teams.members(tx, team.id)
        newest = {one.rep.id: one for one in members}
        latest, count = exports.taken(tx, actor.slack_id, NO_BINDER, SHOWN)
        today = team.today(now)
        first = min((one.joined_on for one in members), default=today)
        return ExportForm(
            team,
            tuple(sorted(newest.values(), key=lambda one: members.index(one))),
            tuple(years_of(first, today)),
            exports.open_of(tx, team.manager.id),
            tuple(latest),
            count,
        )


def ask(
    database: Database, actor: Actor, request: ExportRequest, form: str, now: datetime
) -> Export:
    """Ask for the binder of the team of who acts: the message about it is due at once, and so is
    the work. The same form sent again is the same export, as it was sent last while nobody handed
    it on. Writes.

    Raises ForManagers, NoTeam, BadField at `reps` and `until`, Gone for a period that is not
    offered, and ExportUnderWay where another is on its way.
    """
    with database.writing(actor.workspace_id) as tx:
        people.lock(tx, actor.slack_id)
        team = require_manager(tx, actor, now)
        known = {one.rep.slack_id: one.rep.id for one in teams.members(tx, team.id)}
        if not request.reps <= known.keys():
            raise BadField("reps", FieldError.NOT_A_TEAMMATE)
        if request.since and request.until and request.until < request.since:
            raise BadField("until", FieldError.BEFORE_START)
        if request.is_of_period:
            period = period_page.asked_for(tx, team, request, now)
            if period is None:
                raise Gone
            request = replace(request, since=period.start, until=period.end)
        sent = submissions.claim(tx, form, Made.EXPORT, team.manager.id, team.id)
        asked: dict[str, Any] = {
            "format": request.format.value,
            "what": request.what.value,
            "paper": request.paper.value if request.format is Format.PDF else "",
            "reps": tuple(str(known[rep]) for rep in sorted(request.reps)),
            "since": request.since,
            "until": request.until,
            "with_private_notes": request.with_private_notes,
        }
        if sent.one:
            _ask_again(tx, _get(tx, sent.one), request, asked)
            return _get(tx, sent.one)
        if exports.open_of(tx, team.manager.id) is not None:
            raise ExportUnderWay
        made = exports.add(
            tx,
            team_id=team.id,
            author_id=team.manager.id,
            state=ExportState.WAITING,
            asked_at=now,
            try_at=now,
            **asked,
        )
        submissions.keep(tx, sent, made)
        set_due(tx, MessageKind.EXPORT, {ScheduleKey(team.id, made): now})
        return _get(tx, made)


def _ask_again(
    tx: Transaction, export: Export, request: ExportRequest, asked: Mapping[str, Any]
) -> None:
    if export.request != request and export.state in (ExportState.WAITING, ExportState.MAKING):
        exports.settle(tx, export.id, state=ExportState.WAITING, written=0, of=0, **asked)
        messages.mark_stale(tx, [subject(export.id)])


def stop(database: Database, actor: Actor, export_id: int, now: datetime) -> Export:
    """**Stop it**: nothing more is made; a file that was handed to Slack already comes. Of whoever
    asked for it. Writes. Raises Gone."""
    with database.writing(actor.workspace_id) as tx:
        found = exports.get_many(tx, [export_id]).get(export_id)
        if found is None or found.manager.slack_id != actor.slack_id:
            raise Gone
        if found.state in (ExportState.WAITING, ExportState.MAKING):
            _over(tx, found, ExportState.STOPPED, None, now)
        return _get(tx, export_id)


def get_many(database: Database, workspace_id: int, ids: Sequence[int]) -> dict[int, Export]:
    """Those exports as they stand, by id."""
    with database.reading(workspace_id) as tx:
        return exports.get_many(tx, ids)


def subject(export_id: int) -> Subject:
    """What the message about an export is about."""
    return Subject(MessageKind.EXPORT, export_id)


def due(database: Database, workspace_ids: Collection[int], now: datetime) -> list[int]:
    """The workspaces in which an export is to be taken up."""
    return exports.due(database, workspace_ids, now)


def claim(
    database: Database, workspace_id: int, formats: Sequence[str], now: datetime
) -> Claimed | None:
    """The export that has waited longest, for this process alone while its lease lasts. One whose
    manager leads the team no more, or has left, is over at once, as is one that was begun and never
    came to an end for GIVEN_UP_AFTER, and the next is looked at. Writes."""
    while True:
        with database.writing(workspace_id) as tx:
            claimed = exports.claim(tx, now, formats)
            if claimed is None:
                return None
            export = claimed.export
            if export.state is ExportState.HANDED:
                return claimed
            begun_long_ago = (
                export.state is ExportState.MAKING and now - export.asked_at >= GIVEN_UP_AFTER
            )
            if begun_long_ago:
                _over(tx, export, ExportState.FAILED, ExportFault.NOT_MADE, now)
            elif _may_have(tx, export):
                begun = exports.keep(
                    tx, claimed, state=ExportState.MAKING, written=0, of=0, file_id=None
                )
                messages.mark_stale(tx, [subject(export.id)])
                return begun
            else:
                _over(tx, export, ExportState.FAILED, ExportFault.NOT_YOURS, now)


def progress(
    database: Database, workspace_id: int, claimed: Claimed, written: int, of: int
) -> Claimed | None:
    """So much of it is written by now; None where it is not ours any more. Writes."""
    with database.writing(workspace_id, aside=True) as tx:
        kept = exports.keep(tx, claimed, written=written, of=of)
        if kept is not None and (written, of) != (claimed.export.written, claimed.export.of):
            messages.mark_stale(tx, [subject(claimed.export.id)])
        return kept


def save_file_id(
    database: Database, workspace_id: int, claimed: Claimed, file_id: str
) -> Claimed | None:
    """Slack calls the file that; None where the export is not ours any more. Writes."""
    with database.writing(workspace_id) as tx:
        return exports.keep(tx, claimed, file_id=file_id)


def hand(database: Database, workspace_id: int, claimed: Claimed, now: datetime) -> Claimed | None:
    """Each time before Slack is asked to show the file: from here on it may stand in the
    conversation, and is looked for before it is ever made again. None where it is not ours any
    more; where its manager leads the team no more it is over. Writes."""
    with database.writing(workspace_id) as tx:
        if not _may_have(tx, claimed.export):
            _over(tx, claimed.export, ExportState.FAILED, ExportFault.NOT_YOURS, now)
            return None
        return exports.keep(tx, claimed, state=ExportState.HANDED, handed_at=now)


def put_off(
    database: Database,
    workspace_id: int,
    claimed: Claimed,
    until: datetime,
    *,
    state: ExportState,
    tries: int,
) -> None:
    """Leave it in that state, to be taken up then by whoever comes first. Writes."""
    with database.writing(workspace_id) as tx:
        values = {"state": state, "tries": tries, "try_at": until}
        if exports.keep(tx, claimed, **values) is not None:
            exports.settle(tx, claimed.export.id)
            messages.mark_stale(tx, [subject(claimed.export.id)])


def done(database: Database, workspace_id: int, claimed: Claimed, now: datetime) -> None:
    """The file is there. Writes."""
    with database.writing(workspace_id) as tx:
        _over(tx, claimed.export, ExportState.DONE, None, now)


def failed(
    database: Database, workspace_id: int, claimed: Claimed, fault: ExportFault, now: datetime
) -> None:
    """Nothing comes of it, where it is still ours. Writes."""
    with database.writing(workspace_id) as tx:
        if exports.keep(tx, claimed) is not None:
            _over(tx, claimed.export, ExportState.FAILED, fault, now)


def doubt(database: Database, workspace_id: int, now: datetime) -> int:
    """The database was put back from a copy: what was being made as that was taken may be there by
    now, and its manager is asked to look. How many. Writes."""
    with database.writing(workspace_id) as tx:
        return exports.doubt(tx, now)


def purge(database: Database, workspace_id: int, now: datetime) -> int:
    """Forget exports that were over long ago; how many. Writes."""
    with database.writing(workspace_id) as tx:
        return exports.purge(tx, now - KEPT_FOR)


def _may_have(tx: Transaction, export: Export) -> bool:
    """Whether whoever asked for it still leads that team, which is no part of another, and is in
    Slack."""
    team = teams.get(tx, export.team_id)
    return (
        team is not None
        and team.joined_to is None
        and team.manager.id == export.manager.id
        and team.manager.active
    )


def _over(
    tx: Transaction, export: Export, state: ExportState, fault: ExportFault | None, now: datetime
) -> None:
    if exports.settle(tx, export.id, state=state, fault=fault, settled_at=now):
        messages.mark_stale(tx, [subject(export.id)])


def _get(tx: Transaction, export_id: int) -> Export:
    found = exports.get_many(tx, [export_id]).get(export_id)
    if found is None:
        raise Gone
    return found
