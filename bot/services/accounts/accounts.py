"""Accounts of a team, and who knows whom there."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts.accounts import Account, AccountPage, who_knows_whom
from bot.domain.accounts.finding import matching
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.services.workspaces.authority import require_manager
from storage import field_days
from storage.accounts import accounts, acquaintances
from storage.database.engine import Database
from storage.database.transaction import Transaction

VISITS_READ = 500
"""Of an account: more than ten years of visits every week."""


@dataclass(frozen=True)
class Found:
    """The account that was meant, or those that may have been."""

    page: AccountPage | None
    others: tuple[Account, ...] = ()


def find(database: Database, actor: Actor, typed: str, now: datetime) -> Found:
    """The account of that name, or those with a name close to it. Raises ForManagers, NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        found = matching(typed, accounts.of_teams(tx, [team.id]))
        if len(found) != 1:
            return Found(None, tuple(found))
        return Found(_page(tx, team, found[0], now))


def _page(tx: Transaction, team: Team, account: Account, now: datetime) -> AccountPage:
    known = acquaintances.of_account(tx, account.id)
    visits = field_days.visits_to(tx, account.id, VISITS_READ)
    return AccountPage(account, who_knows_whom(known), tuple(visits), team.today(now))
