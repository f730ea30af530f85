"""Accounts of teams, and every spelling that leads to one."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.accounts.accounts import Account, Spelling, account_key
from bot.domain.workspaces.names import in_order
from storage.accounts import acquaintances, dates
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Account as Row
from storage.models import AccountDate as DateRow
from storage.models import AccountDateSource as SourceRow
from storage.models import AccountSpelling as SpellingRow
from storage.models import Acquaintance as KnownRow
from storage.models import Interaction as Contact
from storage.models import MarketNote as NoteRow
from storage.models import Transition as TransitionRow
from storage.models import Visit as VisitRow
from storage.team import teams

OTHER = aliased(TransitionRow)

ACCOUNTS = (
    select(
        Row.id,
        Row.team_id,
        Row.name,
        Row.is_key,
        SpellingRow.id.label("spelling_id"),
        SpellingRow.key.label("spelling_key"),
        SpellingRow.name.label("spelling"),
    )
    .join_from(Row, SpellingRow, SpellingRow.account_id == Row.id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.id, SpellingRow.id)
)
ONE = ACCOUNTS.where(Row.id == bindparam("of"))
# One that only a deleted field day named is there again once that is put back.
STANDS = or_(
    select(KnownRow.id).where(KnownRow.account_id == Row.id).exists(),
    select(TransitionRow.id).where(TransitionRow.account_id == Row.id).exists(),
    select(DateRow.id)
    .join(SourceRow, SourceRow.date_id == DateRow.id)
    .outerjoin(Contact, Contact.id == SourceRow.contact_id)
    .where(DateRow.account_id == Row.id, DateRow.gone_on.is_(None), Contact.deleted_at.is_(None))
    .exists(),
    select(NoteRow.id)
    .outerjoin_from(NoteRow, Contact, Contact.id == NoteRow.interaction_id)
    .where(NoteRow.account_id == Row.id, Contact.deleted_at.is_(None))
    .exists(),
)
OF_TEAMS = ACCOUNTS.where(Row.team_id.in_(AMONG), STANDS)
SPELLED = select(SpellingRow.key, SpellingRow.account_id).where(
    SpellingRow.workspace_id == WORKSPACE,
    SpellingRow.team_id == bindparam("team"),
    SpellingRow.key.in_(AMONG),
)
VISITED_AS = select(VisitRow.id, VisitRow.account).where(
    VisitRow.workspace_id == WORKSPACE, VisitRow.account_id == bindparam("of")
)
CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("of"))
LEAD = (
    update(SpellingRow)
    .where(SpellingRow.workspace_id == WORKSPACE, SpellingRow.account_id == bindparam("merged"))
    .values(account_id=bindparam("to"))
)
LEAD_ONE = (
    update(SpellingRow)
    .where(SpellingRow.workspace_id == WORKSPACE, SpellingRow.id == bindparam("spelling"))
    .values(account_id=bindparam("to"))
)
VISITS_TO = (
    update(VisitRow)
    .where(VisitRow.workspace_id == WORKSPACE, VisitRow.account_id == bindparam("merged"))
    .values(account_id=bindparam("to"))
)
THESE_VISITS_TO = (
    update(VisitRow)
    .where(VisitRow.workspace_id == WORKSPACE, VisitRow.id.in_(AMONG))
    .values(account_id=bindparam("to"))
)
HEARD_AS = select(NoteRow.id, NoteRow.account).where(
    NoteRow.workspace_id == WORKSPACE, NoteRow.account_id == bindparam("of")
)
NOTES_TO = (
    update(NoteRow)
    .where(NoteRow.workspace_id == WORKSPACE, NoteRow.account_id == bindparam("merged"))
    .values(account_id=bindparam("to"))
)
THESE_NOTES_TO = (
    update(NoteRow)
    .where(NoteRow.workspace_id == WORKSPACE, NoteRow.id.in_(AMONG))
    .values(account_id=bindparam("to"))
)
# Of two plans of one rep's for what is one account now, the one of the account that stays counts.
PASSING_TWICE = delete(TransitionRow).where(
    TransitionRow.workspace_id == WORKSPACE,
    TransitionRow.account_id == bindparam("merged"),
    select(OTHER.id)
    .where(
        OTHER.team_id == TransitionRow.team_id,
        OTHER.leaves_id == TransitionRow.leaves_id,
        OTHER.account_id == bindparam("to"),
    )
    .exists(),
)
PASS_INTO = (
    update(TransitionRow)
    .where(TransitionRow.workspace_id == WORKSPACE, TransitionRow.account_id == bindparam("merged"))
    .values(account_id=bindparam("to"))
)
FORGET = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
FORGET_SPELLINGS = delete(SpellingRow).where(
    SpellingRow.workspace_id == WORKSPACE, SpellingRow.account_id.in_(AMONG)
)
UNUSED = select(Row.id).where(
    Row.workspace_id == WORKSPACE,
    Row.id.in_(AMONG),
    ~STANDS,
    ~select(VisitRow.id).where(VisitRow.account_id == Row.id).exists(),
    ~select(DateRow.id).where(DateRow.account_id == Row.id, DateRow.gone_on.is_(None)).exists(),
    ~select(NoteRow.id).where(NoteRow.account_id == Row.id).exists(),
)

_spelling = reader(Spelling, "spelling_id", "spelling_key", "spelling")


def _read(rows: Iterable[Any]) -> list[Account]:
    found: dict[int, Account] = {}
    for row in rows:
        before = found.get(row.id)
        spellings = (*before.spellings, _spelling(row)) if before else (_spelling(row),)
        found[row.id] = Account(row.id, row.team_id, row.name, row.is_key, spellings)
    return list(found.values())


def ensure(tx: Transaction, team_id: int, names: Sequence[str]) -> dict[str, int]:
    """The account of each of those names, as typed: the one that a spelling of it leads to, else a
    new one of that name. Writes; whoever names accounts of the team at once waits."""
    keys = {account_key(name): name for name in reversed(names)}
    if not keys:
        return {}
    teams.lock(tx, [team_id])
    found = {
        row.key: int(row.account_id) for row in tx.all_among(SPELLED, list(keys), team=team_id)
    }
    for key, name in reversed(keys.items()):
        if key not in found:
            found[key] = tx.insert(Row, team_id=team_id, name=name)
            _spell(tx, team_id, found[key], name)
    return {name: found[account_key(name)] for name in names}


def of_teams(tx: Transaction, team_ids: Sequence[int]) -> list[Account]:
    """The accounts of those teams that anybody knows, that something was heard of, or that pass
    on, by name."""
    found = _read(tx.all_among(OF_TEAMS, team_ids))
    return sorted(found, key=lambda one: in_order(one.name))


def get(tx: Transaction, account_id: int) -> Account | None:
    """That account, known to anybody or not."""
    found = _read(tx.all(ONE, of=account_id))
    return found[0] if found else None


def named(tx: Transaction, team_id: int, name: str) -> int | None:
    """The account that a spelling of that name leads to."""
    rows = tx.all_among(SPELLED, [account_key(name)], team=team_id)
    return int(rows[0].account_id) if rows else None


def tick_key(tx: Transaction, account_id: int, *, is_key: bool) -> None:
    """Whether it is a key account."""
    tx.change(CHANGE, {"is_key": is_key}, of=account_id)


def rename(tx: Transaction, account: Account, name: str) -> None:
    """What it is called from now on; what it was called leads to it as before. The new name must
    lead to no other account."""
    tx.change(CHANGE, {"name": name}, of=account.id)
    add_spelling(tx, account, name)


def add_spelling(tx: Transaction, account: Account, name: str) -> None:
    """Let another spelling lead to it, which must lead to no other account."""
    if account_key(name) not in {one.key for one in account.spellings}:
        _spell(tx, account.team_id, account.id, name)


def merge(tx: Transaction, account: Account, into: Account) -> None:
    """Both are one: what led to `account` leads to `into`, which is a key account if either was,
    and `account` is no more."""
    gone, stays = account.id, into.id
    tx.run(LEAD, merged=gone, to=stays)
    tx.run(VISITS_TO, merged=gone, to=stays)
    tx.run(NOTES_TO, merged=gone, to=stays)
    tx.run(PASSING_TWICE, merged=gone, to=stays)
    tx.run(PASS_INTO, merged=gone, to=stays)
    acquaintances.merge(tx, gone, stays)
    dates.merge(tx, gone, stays)
    if account.is_key and not into.is_key:
        tick_key(tx, stays, is_key=True)
    tx.run_among(FORGET, [gone])


def split(tx: Transaction, account: Account, spelling: Spelling) -> int:
    """That spelling is another account after all, with the visits, dates and market notes that were
    typed so; its id. What passes on, and what was known from visits that are gone, stays where it
    is."""
    made = tx.insert(Row, team_id=account.team_id, name=spelling.name, is_key=account.is_key)
    tx.run(LEAD_ONE, spelling=spelling.id, to=made)
    visits = [
        row.id
        for row in tx.all(VISITED_AS, of=account.id)
        if account_key(row.account) == spelling.key
    ]
    tx.run_among(THESE_VISITS_TO, visits, to=made)
    heard = [
        row.id
        for row in tx.all(HEARD_AS, of=account.id)
        if account_key(row.account) == spelling.key
    ]
    tx.run_among(THESE_NOTES_TO, heard, to=made)
    acquaintances.follow(tx, [account.id, made])
    dates.split(tx, account.id, spelling.key, made)
    return made


def forget_unused(tx: Transaction, account_ids: Iterable[int]) -> None:
    """Those of them that nothing is left of are no more."""
    unused = [row.id for row in tx.all_among(UNUSED, account_ids)]
    dates.forget(tx, unused)
    tx.run_among(FORGET_SPELLINGS, unused)
    tx.run_among(FORGET, unused)


def _spell(tx: Transaction, team_id: int, account_id: int, name: str) -> None:
    tx.insert(SpellingRow, team_id=team_id, account_id=account_id, key=account_key(name), name=name)
