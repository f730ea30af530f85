"""Accounts of a team, and who knows whom there."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts.accounts import AccountPage, matching, who_knows_whom
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.people import Actor
from bot.services.workspaces.authority import require_manager
from storage import field_days
from storage.database.engine import Database

VISITS_READ = 500
"""Of an account: more than ten years of visits every week."""


@dataclass(frozen=True)
class Found:
    """The account that was meant, or those that may have been."""

    page: AccountPage | None
    others: tuple[str, ...] = ()


def find(database: Database, actor: Actor, typed: str, now: datetime) -> Found:
    """The account of that name, or those with a name close to it. Raises ForManagers, NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        accounts = field_days.accounts(tx, team.id)
        names = matching(typed, accounts)
        if len(names) != 1:
            return Found(None, tuple(names))
        spellings = [name for name in accounts if fold(name) == fold(names[0])]
        visits = field_days.visits_to(tx, team.id, spellings, VISITS_READ)
    known = who_knows_whom(visits, team.manager)
    return Found(AccountPage(names[0], known, tuple(visits), team.today(now)))
