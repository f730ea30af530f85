"""Accounts that pass from one rep to another."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import aliased

from bot.domain.accounts.transitions import Transition
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Account as AccountRow
from storage.models import Person as PersonRow
from storage.models import Transition as Row
from storage.team.people import PersonColumns

LEAVES, TAKES_OVER = aliased(PersonRow), aliased(PersonRow)
IN_LEAVES, IN_TAKES_OVER = (
    PersonColumns(LEAVES, "leaves"),
    PersonColumns(TAKES_OVER, "takes_over"),
)
BY_DAY = attrgetter("day", "id")

TRANSITIONS = (
    select(
        Row.id,
        Row.team_id,
        Row.account_id,
        AccountRow.name.label("account"),
        Row.day,
        Row.planned_on,
        Row.introduced_on,
        *IN_LEAVES.columns,
        *IN_TAKES_OVER.columns,
    )
    .join_from(Row, LEAVES, LEAVES.id == Row.leaves_id)
    .join(TAKES_OVER, TAKES_OVER.id == Row.takes_over_id)
    .join(AccountRow, AccountRow.id == Row.account_id)
    .where(Row.workspace_id == WORKSPACE)
)
ONE = TRANSITIONS.where(Row.id == bindparam("transition"))
OF_TEAMS = TRANSITIONS.where(Row.team_id.in_(AMONG)).order_by(Row.day, Row.id)
MARK_INTRODUCED = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.id == bindparam("transition"))
    .values(introduced_on=bindparam("on"))
)
DROP = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("transition"))


def _read(row: Any) -> Transition:
    return Transition(
        id=row.id,
        team_id=row.team_id,
        account_id=row.account_id,
        account=row.account,
        leaves=IN_LEAVES.read(row),
        takes_over=IN_TAKES_OVER.read(row),
        day=row.day,
        planned_on=row.planned_on,
        introduced_on=row.introduced_on,
    )


def keep(
    tx: Transaction,
    team_id: int,
    leaves_id: int,
    accounts: Sequence[int],
    takes_over_id: int,
    day: date,
    planned_on: date,
) -> None:
    """Let those accounts pass on that day, whatever was planned for them before."""
    rows = [
        {
            "team_id": team_id,
            "leaves_id": leaves_id,
            "account_id": account,
            "takes_over_id": takes_over_id,
            "day": day,
            "planned_on": planned_on,
            "introduced_on": None,
        }
        for account in accounts
    ]
    tx.upsert(Row, rows, ("team_id", "leaves_id", "account_id"))


def join(
    tx: Transaction, found: Iterable[Transition], team_id: int, accounts: Mapping[int, int]
) -> None:
    """Those of another team are that team's too, of the accounts that theirs are there; what it has
    of its own stands. Writes."""
    rows = [
        {
            "team_id": team_id,
            "leaves_id": one.leaves.id,
            "account_id": accounts[one.account_id],
            "takes_over_id": one.takes_over.id,
            "day": one.day,
            "planned_on": one.planned_on,
            "introduced_on": one.introduced_on,
        }
        for one in found
    ]
    if rows:
        tx.insert_missing(Row, rows, ("team_id", "leaves_id", "account_id"))


def of_teams(tx: Transaction, team_ids: Sequence[int]) -> list[Transition]:
    """All of those teams, the next day first."""
    return [_read(row) for row in tx.all_among(OF_TEAMS, team_ids, BY_DAY)]


def get(tx: Transaction, transition_id: int) -> Transition | None:
    """That one."""
    row = tx.first(ONE, transition=transition_id)
    return _read(row) if row else None


def mark_introduced(tx: Transaction, transition_id: int, day: date) -> None:
    """The introduction was made, as the manager says."""
    tx.run(MARK_INTRODUCED, transition=transition_id, on=day)


def drop(tx: Transaction, transition_id: int) -> None:
    """The account does not pass after all."""
    tx.run(DROP, transition=transition_id)
