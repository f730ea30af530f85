"""Who on our side knows whom at an account: what stands now, written whenever visits change.

What the visits that are there say is worked out anew by `follow`; what visits said that are gone
for good (`keep`) stays beside it, so that the map outlives them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Date, bindparam, delete, func, or_, select, update

from bot.domain.accounts.accounts import Acquaintance, Fact, FactKey, VisitSeen, facts_of
from storage.database.pairs import pairs_of
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Account as AccountRow
from storage.models import AccountDate as DateRow
from storage.models import Acquaintance as Row
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Visit as VisitRow
from storage.team.people import PersonColumns

PERSON = PersonColumns(PersonRow, "person")
PAIR = pairs_of("team_id", "rep_id")

SEEN = (
    select(
        VisitRow.account_id,
        Contact.occurred_on,
        Contact.rep_id,
        Contact.author_id,
        VisitRow.people,
    )
    .join_from(VisitRow, Contact, Contact.id == VisitRow.interaction_id)
    .where(VisitRow.workspace_id == WORKSPACE, Contact.deleted_at.is_(None))
)
OLDEST_FIRST = (Contact.occurred_on, Contact.id, VisitRow.place)
# A visit that says what an earlier one said tells nothing new: there may be years of them.
RANKED = (
    SEEN.add_columns(
        func.row_number()
        .over(
            partition_by=(
                VisitRow.account_id,
                Contact.rep_id,
                Contact.author_id,
                VisitRow.people,
            ),
            order_by=OLDEST_FIRST,
        )
        .label("turn"),
        func.row_number().over(order_by=OLDEST_FIRST).label("at"),
    )
    .where(VisitRow.account_id.in_(AMONG))
    .subquery()
)
FIRST_VISITS_TO = select(RANKED).where(RANKED.c.turn == 1).order_by(RANKED.c.at)
LATEST = (
    select(VisitRow.account_id, func.max(Contact.occurred_on).label("day"))
    .join_from(VisitRow, Contact, Contact.id == VisitRow.interaction_id)
    .where(
        VisitRow.workspace_id == WORKSPACE,
        VisitRow.account_id.in_(AMONG),
        Contact.deleted_at.is_(None),
    )
    .group_by(VisitRow.account_id)
    .order_by(VisitRow.account_id)
)
VISITS_OF = SEEN.where(VisitRow.interaction_id.in_(AMONG)).order_by(*OLDEST_FIRST)
ACCOUNTS_OF = select(VisitRow.account_id).where(
    VisitRow.workspace_id == WORKSPACE, VisitRow.interaction_id.in_(AMONG)
)
KEPT = (
    select(
        Row.id,
        Row.account_id,
        Row.person_id,
        Row.key,
        Row.name,
        Row.since,
        Row.as_rep,
        Row.kept_since,
        Row.kept_as_rep,
    )
    .where(Row.workspace_id == WORKSPACE, Row.account_id.in_(AMONG))
    .order_by(Row.id)
)
HELD = (
    select(AccountRow.id)
    .where(AccountRow.workspace_id == WORKSPACE, AccountRow.id.in_(AMONG))
    .order_by(AccountRow.id)
    .with_for_update(key_share=True)
)
CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("acquaintance"))
NAME = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.account_id == bindparam("of", type_=BigInteger),
        Row.person_id == bindparam("rep", type_=BigInteger),
        Row.key == "",
    )
    .values(named=bindparam("turn"))
)
FORGET = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))

ACQUAINTANCES = (
    select(
        AccountRow.team_id,
        Row.account_id,
        AccountRow.name.label("account"),
        AccountRow.is_key,
        Row.name,
        Row.since,
        Row.as_rep,
        Row.named,
        *PERSON.columns,
    )
    .join_from(Row, AccountRow, AccountRow.id == Row.account_id)
    .join(PersonRow, PersonRow.id == Row.person_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.since, Row.id)
)
OF_TEAMS = ACQUAINTANCES.where(AccountRow.team_id.in_(AMONG))
OF_ACCOUNT = ACQUAINTANCES.where(Row.account_id == bindparam("account"))
AT_KEY_ACCOUNTS = ACQUAINTANCES.where(
    AccountRow.team_id.in_(AMONG), AccountRow.is_key, Row.key == ""
)
BEEN_AHEAD = ACQUAINTANCES.where(
    AccountRow.team_id.in_(AMONG),
    Row.key == "",
    or_(
        AccountRow.is_key,
        select(DateRow.id)
        .where(
            DateRow.account_id == Row.account_id,
            DateRow.day.between(bindparam("since", type_=Date), bindparam("until", type_=Date)),
        )
        .exists(),
    ),
)
BEEN = (
    select(PAIR.c.team_id, PAIR.c.rep_id, Row.account_id)
    .join_from(PAIR, Row, Row.person_id == PAIR.c.rep_id)
    .join(AccountRow, AccountRow.id == Row.account_id)
    .where(
        Row.workspace_id == WORKSPACE,
        AccountRow.team_id == PAIR.c.team_id,
        Row.key == "",
        Row.as_rep,
    )
    .subquery()
)
AT_ACCOUNTS_OF = ACQUAINTANCES.add_columns(BEEN.c.rep_id.label("of_rep")).join(
    BEEN, BEEN.c.account_id == Row.account_id
)

_seen = reader(VisitSeen, "account_id", "occurred_on", "rep_id", "author_id", "people")


def _read(row: Any) -> Acquaintance:
    return Acquaintance(
        account_id=row.account_id,
        account=row.account,
        is_key=row.is_key,
        person=PERSON.read(row),
        name=row.name,
        since=row.since,
        as_rep=row.as_rep,
        named=row.named,
    )


def _by_team(rows: Iterable[Any]) -> dict[int, list[Acquaintance]]:
    found: dict[int, list[Acquaintance]] = {}
    for row in rows:
        found.setdefault(row.team_id, []).append(_read(row))
    return found


def accounts_of(tx: Transaction, interactions: Iterable[int]) -> list[int]:
    """The accounts that those contacts have a visit to, deleted or not."""
    return [row.account_id for row in tx.all_among(ACCOUNTS_OF, interactions)]


def follow(tx: Transaction, account_ids: Iterable[int]) -> None:
    """Let who knows whom at those accounts be what their visits say, and what is kept of visits
    that are gone. Writes; whoever changes visits of an account calls it in the same transaction,
    and whoever does so for the same account at once waits."""
    ids = sorted(set(account_ids))
    if ids:
        tx.all_among(HELD, ids)
        said = facts_of(map(_seen, tx.all_among(FIRST_VISITS_TO, ids)))
        _write(tx, tx.all_among(KEPT, ids), said, {})


def keep(tx: Transaction, interactions: Sequence[int]) -> None:
    """What the visits of those contacts say stays when they go for good: it is kept from now on.
    Of deleted ones nothing is, for that was put right. Writes."""
    gone = facts_of(map(_seen, tx.all_among(VISITS_OF, interactions)))
    if gone:
        there = tx.all_among(KEPT, sorted({account for account, _, _ in gone}))
        _write(tx, there, {_at(row): _standing(row) for row in there}, gone)


def merge(tx: Transaction, account_id: int, into: int) -> None:
    """Whom we know at `account_id` is known at `into`, where its visits lead by now. Writes."""
    moved = tx.all_among(KEPT, [account_id])
    kept = {
        (into, person, key): fact
        for (_, person, key), fact in ((_at(row), _kept(row)) for row in moved)
        if fact is not None
    }
    tx.run_among(FORGET, [row.id for row in moved])
    said = facts_of(map(_seen, tx.all_among(FIRST_VISITS_TO, [into])))
    _write(tx, tx.all_among(KEPT, [into]), said, kept)


def carry(tx: Transaction, accounts: Mapping[int, int], people: Collection[int]) -> None:
    """Whom those people got to know at accounts on visits that are gone, they know at the accounts
    of another team that those are there (`accounts`), beside what the visits there say. Writes."""
    ids = sorted(set(accounts.values()))
    if not ids:
        return
    tx.all_among(HELD, ids)
    kept: dict[FactKey, Fact] = {}
    for row in tx.all_among(KEPT, accounts):
        account, person, key = _at(row)
        fact = _kept(row)
        if fact is not None and person in people:
            at = accounts[account], person, key
            kept[at] = fact.and_also(kept.get(at))
    said = facts_of(map(_seen, tx.all_among(FIRST_VISITS_TO, ids)))
    _write(tx, tx.all_among(KEPT, ids), said, kept)


def of_teams(tx: Transaction, team_ids: Sequence[int]) -> dict[int, list[Acquaintance]]:
    """Who knows whom at every account of those teams, by team, the longest acquaintance first."""
    return _by_team(tx.all_among(OF_TEAMS, team_ids))


def of_account(tx: Transaction, account_id: int) -> list[Acquaintance]:
    """Who knows whom at that account, the longest acquaintance first."""
    return [_read(row) for row in tx.all(OF_ACCOUNT, account=account_id)]


def at_key_accounts(tx: Transaction, team_ids: Sequence[int]) -> dict[int, list[Acquaintance]]:
    """Who of us has been at the key accounts of those teams, by team."""
    return _by_team(tx.all_among(AT_KEY_ACCOUNTS, team_ids))


def been_ahead(
    tx: Transaction, team_ids: Sequence[int], since: date, until: date
) -> dict[int, list[Acquaintance]]:
    """Who of us has been at the key accounts of those teams, and at those with a date in those
    days, by team."""
    return _by_team(tx.all_among(BEEN_AHEAD, team_ids, since=since, until=until))


def at_accounts_of(
    tx: Transaction, whose: Collection[tuple[int, int]]
) -> dict[tuple[int, int], list[Acquaintance]]:
    """Who of us all knows whom at the accounts that each of those reps has been to as a rep of that
    team: by team and rep, each pair of which is there."""
    found: dict[tuple[int, int], list[Acquaintance]] = {pair: [] for pair in whose}
    for row in tx.all(AT_ACCOUNTS_OF, pairs=whose):
        found[row.team_id, row.of_rep].append(_read(row))
    return found


def name(tx: Transaction, account_id: int, rep_id: int, turn: int) -> None:
    """The account was named for a field day with that rep, at that turn."""
    tx.run(NAME, of=account_id, rep=rep_id, turn=turn)


def last_visits(tx: Transaction, account_ids: Iterable[int]) -> dict[int, date]:
    """The day of the latest visit to each of those accounts, whoever of the team was there; without
    those that nobody has visited."""
    return {row.account_id: row.day for row in tx.all_among(LATEST, sorted(set(account_ids)))}


def _write(
    tx: Transaction,
    there: Sequence[Any],
    said: Mapping[FactKey, Fact],
    more_kept: Mapping[FactKey, Fact],
) -> None:
    """Let the rows of those accounts be what is `said` and what is kept, `more_kept` too."""
    before = {_at(row): row for row in there}
    kept = dict(more_kept)
    for at, row in before.items():
        fact = _kept(row)
        if fact is not None:
            kept[at] = fact.and_also(more_kept.get(at))
    wanted = {at: fact.and_also(kept.get(at)) for at, fact in said.items()} | {
        at: fact for at, fact in kept.items() if at not in said
    }
    tx.run_among(FORGET, [row.id for at, row in before.items() if at not in wanted])
    new, changed = [], []
    for at, fact in wanted.items():
        own = kept.get(at)
        columns = {
            "name": fact.name,
            "since": fact.since,
            "as_rep": fact.as_rep,
            "kept_since": own.since if own else None,
            "kept_as_rep": own is not None and own.as_rep,
        }
        row = before.get(at)
        if row is None:
            account, person, key = at
            new.append({"account_id": account, "person_id": person, "key": key, **columns})
        elif any(getattr(row, name) != value for name, value in columns.items()):
            changed.append({"acquaintance": row.id, **columns})
    if changed:
        tx.execute(CHANGE, changed)
    if new:
        tx.insert_all(Row, new)


def _at(row: Any) -> FactKey:
    return row.account_id, row.person_id, row.key


def _standing(row: Any) -> Fact:
    return Fact(row.name, row.since, row.as_rep)


def _kept(row: Any) -> Fact | None:
    return None if row.kept_since is None else Fact(row.name, row.kept_since, row.kept_as_rep)
