"""Accounts that the rep knows, who knows whom there, what is on which day, what was heard."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    Date,
    and_,
    bindparam,
    delete,
    func,
    insert,
    null,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import aliased

from storage.accounts import acquaintances
from storage.binder.moving import tags
from storage.binder.moving.between import ACCOUNTS, CONTACTS, Between
from storage.database.carried import ONLY, REP, SOURCE, TARGET, first_of, is_of, own
from storage.database.statements import AMONG, WORKSPACE
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
from storage.workspaces.readable import is_date_shared

VISITED = (
    select(VisitRow.account_id)
    .join(Contact, Contact.id == VisitRow.interaction_id)
    .where(
        VisitRow.workspace_id == WORKSPACE,
        own(Contact, SOURCE),
        is_of(Contact.id),
        Contact.deleted_at.is_(None),
    )
)
HEARD_AT = select(NoteRow.account_id).where(
    own(NoteRow, SOURCE), is_of(NoteRow.interaction_id), NoteRow.account_id.is_not(None)
)
KNOWN = select(KnownRow.account_id).where(
    KnownRow.workspace_id == WORKSPACE, KnownRow.person_id == REP, ONLY.is_(None)
)
OF_TEAM = (
    select(Row.id, Row.name, Row.is_key, SpellingRow.key, SpellingRow.name.label("spelling"))
    .join_from(Row, SpellingRow, SpellingRow.account_id == Row.id)
    .where(Row.workspace_id == WORKSPACE, Row.team_id == SOURCE)
    .order_by(Row.id, SpellingRow.id)
)
TO_GO = OF_TEAM.where(Row.id.in_(union(VISITED, HEARD_AT, KNOWN)))
SPELLED = select(SpellingRow.key, SpellingRow.account_id).where(
    SpellingRow.workspace_id == WORKSPACE, SpellingRow.team_id == TARGET
)
UNSPELLED = (
    select(Row.id, Row.name)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == TARGET,
        Row.id.not_in(
            select(SpellingRow.account_id).where(
                SpellingRow.workspace_id == WORKSPACE, SpellingRow.team_id == TARGET
            )
        ),
    )
    .order_by(Row.id)
)
TICK_KEY = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == TARGET,
        Row.id.in_(AMONG),
        Row.is_key.is_(False),
    )
    .values(is_key=True)
)

END_TAKING_OVER = delete(TransitionRow).where(
    TransitionRow.workspace_id == WORKSPACE,
    TransitionRow.team_id == SOURCE,
    TransitionRow.takes_over_id == REP,
    TransitionRow.introduced_on.is_(None),
)
DATE, DATE_THERE = aliased(DateRow), aliased(DateRow)
SOURCE_OF, SOURCE_THERE, SAID_IN = aliased(SourceRow), aliased(SourceRow), aliased(Contact)
# What only words say that the rep never read stays with them.
MAY_BE_READ = or_(
    and_(SOURCE_OF.contact_id.is_(None), SOURCE_OF.shared),
    select(SAID_IN.id)
    .where(
        SAID_IN.id == SOURCE_OF.contact_id,
        SAID_IN.deleted_at.is_(None),
        is_date_shared(SAID_IN),
    )
    .correlate(SOURCE_OF)
    .exists(),
)
DATES_GO = and_(
    DATE.workspace_id == WORKSPACE,
    DATE.team_id == SOURCE,
    DATE.day >= bindparam("day", type_=Date),
    DATE.done_on.is_(None),
    DATE.gone_on.is_(None),
)
IS_SAME_DATE = and_(
    DATE_THERE.account_id == ACCOUNTS.c.target_account,
    DATE_THERE.what == DATE.what,
    DATE_THERE.written_day == DATE.written_day,
)
COPY_DATES = insert(DateRow).from_select(
    ["workspace_id", "team_id", "account_id", "what", "day", "written_day"],
    select(
        DATE.workspace_id,
        TARGET,
        ACCOUNTS.c.target_account,
        DATE.what,
        DATE.day,
        DATE.written_day,
    )
    .join_from(DATE, ACCOUNTS, ACCOUNTS.c.source_account == DATE.account_id)
    .where(
        DATES_GO,
        select(SOURCE_OF.id)
        .where(SOURCE_OF.date_id == DATE.id, is_of(SOURCE_OF.contact_id), MAY_BE_READ)
        .exists(),
        ~select(DATE_THERE.id).where(IS_SAME_DATE).exists(),
    )
    .order_by(DATE.id),
)
COPY_SOURCES = insert(SourceRow).from_select(
    ["workspace_id", "date_id", "contact_id", "written", "noted_on"],
    select(
        SOURCE_OF.workspace_id,
        DATE_THERE.id,
        CONTACTS.c.target_id,
        SOURCE_OF.written,
        SOURCE_OF.noted_on,
    )
    .join_from(SOURCE_OF, DATE, DATE.id == SOURCE_OF.date_id)
    .join(ACCOUNTS, ACCOUNTS.c.source_account == DATE.account_id)
    .join(DATE_THERE, IS_SAME_DATE)
    .outerjoin(CONTACTS, CONTACTS.c.source_id == SOURCE_OF.contact_id)
    .where(
        DATES_GO,
        is_of(SOURCE_OF.contact_id),
        MAY_BE_READ,
        ~select(SOURCE_THERE.id)
        .where(
            SOURCE_THERE.date_id == DATE_THERE.id,
            func.coalesce(SOURCE_THERE.contact_id, 0) == func.coalesce(CONTACTS.c.target_id, 0),
        )
        .exists(),
    )
    .order_by(SOURCE_OF.id),
)

# What hangs on contacts went along with their reps.
COPY_BARE_SOURCES = insert(SourceRow).from_select(
    ["workspace_id", "date_id", "contact_id", "written", "noted_on"],
    select(
        SOURCE_OF.workspace_id,
        DATE_THERE.id,
        null(),
        SOURCE_OF.written,
        SOURCE_OF.noted_on,
    )
    .join_from(SOURCE_OF, DATE, DATE.id == SOURCE_OF.date_id)
    .join(ACCOUNTS, ACCOUNTS.c.source_account == DATE.account_id)
    .join(DATE_THERE, IS_SAME_DATE)
    .where(
        DATES_GO,
        MAY_BE_READ,
        ~select(SOURCE_THERE.id).where(SOURCE_THERE.date_id == DATE_THERE.id).exists(),
    )
    .order_by(SOURCE_OF.id),
)

NOTE, NOTE_THERE = aliased(NoteRow), aliased(NoteRow)
HEARD_IN = aliased(Contact)
NOTES_GO = and_(
    own(NOTE, SOURCE),
    is_of(NOTE.interaction_id),
    or_(NOTE.interaction_id.is_(None), HEARD_IN.deleted_at.is_(None)),
    first_of(NOTE).not_in(select(first_of(NOTE_THERE)).where(own(NOTE_THERE, TARGET))),
)
COPY_NOTES = insert(NoteRow).from_select(
    [
        *("workspace_id", "team_id", "interaction_id", "author_id", "rep_id", "account_id"),
        *("account", "text", "heard_on", "place", "origin_id", "own_tags"),
    ],
    select(
        NOTE.workspace_id,
        TARGET,
        CONTACTS.c.target_id,
        NOTE.author_id,
        NOTE.rep_id,
        ACCOUNTS.c.target_account,
        NOTE.account,
        NOTE.text,
        NOTE.heard_on,
        NOTE.place,
        first_of(NOTE),
        NOTE.own_tags,
    )
    .outerjoin_from(NOTE, HEARD_IN, HEARD_IN.id == NOTE.interaction_id)
    .outerjoin(CONTACTS, CONTACTS.c.source_id == NOTE.interaction_id)
    .outerjoin(ACCOUNTS, ACCOUNTS.c.source_account == NOTE.account_id)
    .where(NOTES_GO)
    .order_by(NOTE.id),
)
COUNT_NOTES = (
    select(func.count().label("notes"))
    .select_from(NOTE)
    .outerjoin(HEARD_IN, HEARD_IN.id == NOTE.interaction_id)
    .where(NOTES_GO)
)


def ensure(tx: Transaction, move: Between) -> dict[int, int]:
    """Let the team that the rep comes to have the accounts that they know, were at or heard of
    something at, a key account as one: which account is which there. One that a spelling leads to
    already is that one. Writes; whoever names accounts of either team at once waits."""
    return _ensured(tx, move.target, tx.all(TO_GO, **move.named))


def ensure_all(tx: Transaction, source: int, target: int) -> dict[int, int]:
    """The same of every account of the one team, also those that nobody knows. Writes."""
    return _ensured(tx, target, tx.all(OF_TEAM, source=source))


def _ensured(tx: Transaction, target: int, rows: Iterable[Any]) -> dict[int, int]:
    found: dict[int, list[tuple[str, str]]] = {}
    names: dict[int, tuple[str, bool]] = {}
    for row in rows:
        found.setdefault(row.id, []).append((row.key, row.spelling))
        names[row.id] = row.name, row.is_key
    if not found:
        return {}
    spelled = {row.key: row.account_id for row in tx.all(SPELLED, target=target)}
    there = {
        account: next((spelled[key] for key, _ in keys if key in spelled), None)
        for account, keys in found.items()
    }
    missing = [account for account, known in there.items() if known is None]
    if missing:
        new = [{"team_id": target, "name": names[one][0]} for one in missing]
        tx.insert_all(Row, new)
        made = {row.name: row.id for row in tx.all(UNSPELLED, target=target)}
        there |= {one: made[names[one][0]] for one in missing}
    accounts = {one: known for one, known in there.items() if known is not None}
    spellings = [
        {"team_id": target, "account_id": accounts[account], "key": key, "name": name}
        for account, keys in found.items()
        for key, name in keys
        if key not in spelled
    ]
    if spellings:
        tx.insert_all(SpellingRow, spellings)
    key_ones = [accounts[one] for one, (_, is_key) in names.items() if is_key]
    tx.run_among(TICK_KEY, key_ones, target=target)
    return accounts


def carry(
    tx: Transaction, move: Between, accounts: dict[int, int], people: Collection[int], day: date
) -> None:
    """Who of those people knows whom at those accounts, what is on which day there from `day` on,
    and what was heard with the rep; on the earlier team they take nothing over any more. Writes;
    the visits must be there already."""
    acquaintances.carry(tx, accounts, people)
    carry_said(tx, move, list(accounts.items()), day)
    tags.carry(tx, move)
    tx.run(END_TAKING_OVER, **move.named)


def carry_said(
    tx: Transaction, move: Between, pairs: Collection[tuple[int, int]], day: date
) -> None:
    """What is said of the first account of each of those pairs is said of the second: what is on
    which day there from `day` on, and what was heard with the rep. Writes; the visits must be there
    already."""
    tx.run(COPY_DATES, **move.named, pairs=pairs, day=day)
    tx.run(COPY_SOURCES, **move.named, pairs=pairs, day=day)
    tx.run(COPY_NOTES, **move.named, pairs=pairs)


def carry_dates(
    tx: Transaction, source: int, target: int, accounts: dict[int, int], day: date
) -> None:
    """What is on which day from `day` on at all those accounts of the one team, be they known to
    nobody, is there too. Writes; what was said in contacts must be there already."""
    pairs = list(accounts.items())
    tx.run(COPY_DATES, source=source, target=target, pairs=pairs, day=day)
    tx.run(COPY_BARE_SOURCES, source=source, pairs=pairs, day=day)


def notes_to_go(tx: Transaction, move: Between) -> int:
    """How many market notes would go along."""
    return int(tx.first(COUNT_NOTES, **move.named).notes)
