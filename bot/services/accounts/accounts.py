"""Accounts of a team, and who knows whom there."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts.accounts import (
    Account,
    AccountEntry,
    AccountList,
    account_key,
    known_accounts,
    who_knows_whom,
)
from bot.domain.accounts.bench import bench_of
from bot.domain.accounts.finding import alike_first, matching
from bot.domain.accounts.pages import AccountPage
from bot.domain.accounts.said_dates import goes_on
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces.authority import own_account, require_manager
from storage import field_days
from storage.accounts import accounts, acquaintances, dates
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import teams

VISITS_READ = 500
"""Of an account: more than ten years of visits every week."""

IN_A_LIST = 30
"""Accounts on a page: each is a block, of which a modal holds a hundred."""


@dataclass(frozen=True)
class Found:
    """The account that was meant, or those that may have been. `undated`: words that are no day
    were typed behind the name of that one."""

    page: AccountPage | None
    others: tuple[Account, ...] = ()
    undated: Account | None = None


def find(database: Database, actor: Actor, typed: str, now: datetime) -> Found:
    """The account of that name, or those with a name close to it. Raises ForManagers, NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        known = accounts.of_teams(tx, [team.id])
        found = matching(typed, known)
        begun = goes_on(typed, {one.key: each.id for each in known for one in each.spellings})
        if begun is not None and {one.id for one in found} <= {begun}:
            return Found(None, undated=next(one for one in known if one.id == begun))
        if len(found) != 1:
            return Found(None, tuple(found))
        return Found(page_of(tx, team, found[0], now))


def of_team(database: Database, actor: Actor, begins: int, now: datetime) -> AccountList:
    """A page of the team's accounts, those from `begins` on. Raises ForManagers, NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        seen = acquaintances.of_teams(tx, [team.id]).get(team.id, [])
        today = team.today(now)
        reps = {one.rep.id for one in teams.members(tx, team.id, on=today) if one.is_on(today)}
    known, bench = known_accounts(seen, {}), bench_of(seen, team.manager.id, reps)
    alone = sum(one.known_alone for one in bench)
    begins = begins if 0 <= begins < len(known) else 0
    shown = known[begins : begins + IN_A_LIST]
    return AccountList(shown, begins, len(known), len(bench), alone)


def page(database: Database, actor: Actor, account_id: int, now: datetime) -> AccountPage:
    """An account as it stands. Raises ForManagers, NoTeam, Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, account = _own(tx, actor, account_id, now)
        return page_of(tx, team, account, now)


def alike(
    database: Database, actor: Actor, account_id: int, now: datetime
) -> tuple[Account, tuple[Account, ...]]:
    """An account, and the others of its team, those with names alike first. Raises what `page`
    raises."""
    with database.reading(actor.workspace_id) as tx:
        team, account = _own(tx, actor, account_id, now)
        return account, tuple(alike_first(account, accounts.of_teams(tx, [team.id])))


def tick_key(
    database: Database, actor: Actor, account_id: int, now: datetime, *, is_key: bool
) -> AccountPage:
    """Whether it is a key account, wherever it was visited. Writes. Raises what `page` raises."""
    with database.writing(actor.workspace_id) as tx:
        team, account = _to_change(tx, actor, account_id, now)
        accounts.tick_key(tx, account.id, is_key=is_key)
        return _changed(tx, team, account.id, now)


def call(
    database: Database, actor: Actor, account_id: int, entry: AccountEntry, now: datetime
) -> AccountPage:
    """What it is called from now on, and one more spelling that leads to it; what led to it does
    so still. Writes.

    Raises what `page` raises, and BadField for no name, or for one that leads to another account.
    """
    with database.writing(actor.workspace_id) as tx:
        team, account = _to_change(tx, actor, account_id, now)
        if not entry.name:
            raise BadField("name", FieldError.MISSING)
        for field, name in (("name", entry.name), ("spelling", entry.spelling)):
            if name and accounts.named(tx, team.id, name) not in (None, account.id):
                raise BadField(field, FieldError.ACCOUNT_THERE)
        accounts.rename(tx, account, entry.name)
        if entry.spelling and account_key(entry.spelling) != account_key(entry.name):
            accounts.add_spelling(tx, account, entry.spelling)
        return _changed(tx, team, account.id, now)


def merge(
    database: Database, actor: Actor, account_id: int, into_id: int, now: datetime
) -> AccountPage:
    """**Same as …**: both are one account from now on, that of `into_id`, to which all spellings
    lead. Said again, it is so already. Writes.

    Raises what `page` raises of `into_id`, and BadField where nothing or itself was chosen.
    """
    with database.writing(actor.workspace_id) as tx:
        if into_id in (0, account_id):
            raise BadField("into", FieldError.MISSING)
        team, into = _to_change(tx, actor, into_id, now)
        if accounts.get(tx, account_id) is not None:
            accounts.merge(tx, _own(tx, actor, account_id, now)[1], into)
        return _changed(tx, team, into.id, now)


def split(
    database: Database, actor: Actor, account_id: int, spelling_id: int, now: datetime
) -> AccountPage:
    """**Not the same**: a spelling beside the name is an account of its own after all, with the
    visits that were typed so. Said again, it is so already; the account as it is then. Writes.

    Raises what `page` raises, and BadField where the spelling is the name.
    """
    with database.writing(actor.workspace_id) as tx:
        team, account = _to_change(tx, actor, account_id, now)
        for spelling in account.spellings:
            if spelling.id == spelling_id and spelling.key == account_key(account.name):
                raise BadField("spelling", FieldError.MISSING)
            if spelling.id == spelling_id:
                accounts.split(tx, account, spelling)
        return _changed(tx, team, account.id, now)


def _own(tx: Transaction, actor: Actor, account_id: int, now: datetime) -> tuple[Team, Account]:
    require_manager(tx, actor, now)
    return own_account(tx, actor, account_id)


def _to_change(
    tx: Transaction, actor: Actor, account_id: int, now: datetime
) -> tuple[Team, Account]:
    """The same, as it stands once whoever else changes accounts of the team is done."""
    teams.lock(tx, [require_manager(tx, actor, now).id])
    return own_account(tx, actor, account_id)


def _changed(tx: Transaction, team: Team, account_id: int, now: datetime) -> AccountPage:
    """The account as it is now; lists may name it."""
    lists_changed(tx, team.id, team.today(now))
    account = accounts.get(tx, account_id)
    if account is None:
        raise Gone
    return page_of(tx, team, account, now)


def page_of(tx: Transaction, team: Team, account: Account, now: datetime) -> AccountPage:
    """The page of that account, of that team."""
    known = acquaintances.of_account(tx, account.id)
    visits = field_days.visits_to(tx, account.id, VISITS_READ)
    own = tuple(dates.of_account(tx, account.id))
    return AccountPage(account, who_knows_whom(known), tuple(visits), team.today(now), own)
