"""A kind of message as the tests have it: one direct message a week to each manager, that says when
it was due."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.context import AppContext
from bot.domain.delivery import DueSchedule, MessageKind, Planned, Posted, Subject, Unsent
from bot.jobs import Kinds, MessageRules
from bot.screens.delivery.direct import Outgoing
from bot.views.block_kit.kit import Message, message
from storage.database.transaction import Transaction
from storage.team import teams

KIND = MessageKind.TODO_LIST
WEEK = timedelta(weeks=1)


def weekly(_tx: Transaction, due: Sequence[DueSchedule], now: datetime) -> list[Planned]:
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
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """A message that says when it was due; a week later it is too late for it."""
    with app.database.reading(workspace_id) as tx:
        found = {team.id: team for team in teams.get_many(tx, [team for team, _ in dues])}
    return [
        Outgoing(found[team].manager, words(due_at), Subject(KIND, team, due_at.date()))
        if now - due_at < WEEK
        else Unsent.EXPIRED
        for team, due_at in dues
    ]


def draw(
    _app: AppContext, _workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """The version it is drawn in; nothing any more after four weeks."""
    return [
        message(f"version {one.wanted_version} of {one.subject}")
        if one.subject.day and (now.date() - one.subject.day) < 4 * WEEK
        else None
        for one in posted
    ]


def words(due_at: datetime) -> Message:
    return message(f"due {due_at.astimezone(UTC):%Y-%m-%d %H:%M}")


RULES = MessageRules(next_due=weekly, compose=compose, draw=draw, drawn_for=5 * WEEK)


def probe_kinds(**changed: Any) -> Kinds:
    """The one kind, with some of its rules changed."""
    return Kinds({KIND: replace(RULES, **changed)})


def clumsy(work: Callable[..., Any], is_broken: Callable[[Any], bool]) -> Callable[..., Any]:
    """That rule, failing wherever one of those that it is asked about is broken."""

    def clumsily(*arguments: Any) -> Any:
        if any(is_broken(one) for one in arguments[-2]):
            raise ZeroDivisionError
        return work(*arguments)

    return clumsily
