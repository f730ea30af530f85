"""A job of the tests' own: one direct message a week to each manager, that says when it was due."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.domain.deliveries import DueSchedule, Planned, Posted, ScheduleKind, Unsent
from bot.jobs import Jobs
from bot.parts import Parts
from bot.screens.direct import Outgoing
from bot.services.deliveries import Rules
from bot.views.kit import Message, message
from storage import teams
from storage.engine import Transaction

KIND = ScheduleKind.TODO_LIST
WORD = "probe"
WEEK = timedelta(weeks=1)


def after(tx: Transaction, due: Sequence[DueSchedule], now: datetime) -> list[Planned]:
    """Due every week again, at the same instant of it."""
    planned = []
    for schedule in due:
        weeks = (now - schedule.next_at) // WEEK + 1
        dues = tuple(schedule.next_at + WEEK * week for week in range(weeks))
        planned.append(
            Planned(schedule.team_id, schedule.kind, dues, schedule.next_at + WEEK * weeks)
        )
    return planned


def compose(
    parts: Parts, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """A message that says when it was due; a week later it is too late for it."""
    with parts.database.reading(workspace_id) as tx:
        found = {team.id: team for team in teams.with_ids(tx, [team for team, _ in dues])}
    return [
        Outgoing(found[team].manager, words(due_at), f"{WORD}:{team}:{due_at:%Y-%m-%d}")
        if now - due_at < WEEK
        else Unsent.EXPIRED
        for team, due_at in dues
    ]


def draw(
    parts: Parts, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """The version it is drawn in; nothing any more after four weeks."""
    return [
        message(f"version {one.wanted_version} of {one.subject}")
        if now - datetime.fromisoformat(one.subject[-10:]).replace(tzinfo=UTC) < 4 * WEEK
        else None
        for one in posted
    ]


def words(due_at: datetime) -> Message:
    return message(f"due {due_at.astimezone(UTC):%Y-%m-%d %H:%M}")


def probe_jobs() -> Jobs:
    return Jobs(Rules(after, turns={}), compose={KIND: compose}, draw={WORD: draw})
