"""Accounts that pass from one rep to another."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import aliased

from bot.domain.accounts.transitions import Transition
from storage.database.engine import AnySelect, Transaction
from storage.models import Person as PersonRow
from storage.models import Transition as Row
from storage.team import people

LEAVES, TAKES_OVER = aliased(PersonRow), aliased(PersonRow)


def _select(tx: Transaction) -> AnySelect:
    return (
        tx.select(
            Row,
            Row.id,
            Row.team_id,
            Row.account,
            Row.day,
            Row.planned_on,
            Row.introduced_on,
            *people.columns(LEAVES),
            *people.columns(TAKES_OVER),
        )
        .join(LEAVES, LEAVES.id == Row.leaves_id)
        .join(TAKES_OVER, TAKES_OVER.id == Row.takes_over_id)
    )


def _read(row: Any) -> Transition:
    leaves, takes_over = people.read(row[6:]), people.read(row[6 + people.WIDTH :])
    return Transition(row[0], row[1], row[2], leaves, takes_over, row[3], row[4], row[5])


def keep(
    tx: Transaction,
    team_id: int,
    leaves_id: int,
    accounts: Sequence[str],
    takes_over_id: int,
    day: date,
    planned_on: date,
) -> None:
    """Let those accounts pass on that day, whatever was planned for them before."""
    rows = [
        {
            "team_id": team_id,
            "leaves_id": leaves_id,
            "account": account,
            "takes_over_id": takes_over_id,
            "day": day,
            "planned_on": planned_on,
            "introduced_on": None,
        }
        for account in accounts
    ]
    tx.upsert(Row, rows, ("team_id", "leaves_id", "account"))


def of_teams(tx: Transaction, team_ids: Sequence[int]) -> list[Transition]:
    """All of those teams, the next day first."""
    rows = tx.all(_select(tx).where(Row.team_id.in_(team_ids)).order_by(Row.day, Row.id))
    return [_read(row) for row in rows]


def get(tx: Transaction, transition_id: int) -> Transition | None:
    """That one."""
    row = tx.first(_select(tx).where(Row.id == transition_id))
    return _read(row) if row else None


def mark_introduced(tx: Transaction, transition_id: int, day: date) -> None:
    """The introduction was made, as the manager says."""
    tx.update(Row, Row.id == transition_id, introduced_on=day)


def drop(tx: Transaction, transition_id: int) -> None:
    """The account does not pass after all."""
    tx.delete(Row, Row.id == transition_id)
