"""Account dates: what is on which day at an account, and wherever that was said.

A date stands as long as one of those says it: one that was said in a deleted contact alone is there
again once that is put back, and what nothing says any more is gone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, Date, and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.accounts.accounts import account_key
from bot.domain.accounts.dates import AccountDate, DateSource, SaidDate, as_one, is_one
from bot.domain.contacts.interactions import InteractionKind
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Account as AccountRow
from storage.models import AccountDate as Row
from storage.models import AccountDateSource as SourceRow
from storage.models import Acquaintance as KnownRow
from storage.models import Interaction as Contact
from storage.models import Transition as TransitionRow
from storage.workspaces.earlier import EARLIER
from storage.workspaces.readable import (
    IS_DATE_READABLE,
    IS_DATE_SHARED,
    IS_SHARED,
    is_date_shared,
    is_managed_by,
)

STATE = ("day", "written_day", "done_on", "gone_on")
BY_DAY = attrgetter("day", "id", "noted_on", "source_id")
ACCOUNT = bindparam("account", type_=BigInteger)

ALL = (
    select(
        Row.id,
        Row.team_id,
        Row.account_id,
        AccountRow.name.label("account"),
        Row.what,
        Row.day,
        Row.written_day,
        Row.done_on,
        Row.gone_on,
        Row.sequence,
        SourceRow.id.label("source_id"),
        SourceRow.noted_on,
        SourceRow.contact_id,
        SourceRow.written,
        Contact.kind,
        Contact.rep_id,
        Contact.occurred_on,
        EARLIER,
    )
    .join_from(Row, AccountRow, AccountRow.id == Row.account_id)
    .join(SourceRow, SourceRow.date_id == Row.id)
    .outerjoin(Contact, Contact.id == SourceRow.contact_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(Row.day, Row.id, SourceRow.noted_on, SourceRow.id)
)
NOT_DELETED = or_(SourceRow.contact_id.is_(None), Contact.deleted_at.is_(None))
# What only words say that the rep never read is for who wrote them, also once those are gone.
OF_ITSELF = and_(SourceRow.contact_id.is_(None), SourceRow.shared)
KEPT_BY_ITS_AUTHOR = and_(
    SourceRow.contact_id.is_(None), is_managed_by(Row.team_id, SourceRow.author_id, Row, SourceRow)
)
IS_READABLE = or_(OF_ITSELF, KEPT_BY_ITS_AUTHOR, IS_DATE_READABLE)
OWN_TEAM = Row.team_id == bindparam("team", type_=BigInteger)
THERE = ALL.where(Row.gone_on.is_(None), NOT_DELETED)
READ = THERE.where(IS_READABLE)
ONE = ALL.where(Row.id == bindparam("of", type_=BigInteger), NOT_DELETED, IS_READABLE)
OF_ACCOUNT = READ.where(Row.account_id == ACCOUNT)
OF_TEAM = READ.where(OWN_TEAM)
SHARED_OF_TEAM = THERE.where(
    OWN_TEAM,
    Row.done_on.is_(None),
    Row.day >= bindparam("since", type_=Date),
    or_(OF_ITSELF, IS_DATE_SHARED),
)
READABLE_IDS = (
    select(SourceRow.date_id)
    .join_from(SourceRow, Row, Row.id == SourceRow.date_id)
    .outerjoin(Contact, Contact.id == SourceRow.contact_id)
    .where(SourceRow.workspace_id == WORKSPACE, OWN_TEAM, IS_READABLE)
    .distinct()
)
OF_TEAMS = READ.where(
    Row.team_id.in_(AMONG),
    Row.done_on.is_(None),
    Row.day.between(bindparam("since", type_=Date), bindparam("until", type_=Date)),
)
REP = bindparam("rep", type_=BigInteger)
BEEN_THERE = (
    select(KnownRow.id)
    .where(KnownRow.account_id == Row.account_id, KnownRow.person_id == REP, KnownRow.as_rep)
    .exists()
)
TAKES_OVER = (
    select(TransitionRow.id)
    .where(TransitionRow.account_id == Row.account_id, TransitionRow.takes_over_id == REP)
    .exists()
)
# What a plan says is the rep's once it was shared with them.
READ_BY_REP = or_(
    OF_ITSELF,
    Contact.kind != InteractionKind.SESSION,
    and_(Contact.rep_id == REP, IS_SHARED),
)
OF_REP = THERE.where(OWN_TEAM, or_(BEEN_THERE, TAKES_OVER), READ_BY_REP)
COMING_OF_REP = OF_REP.where(Row.done_on.is_(None), Row.day >= bindparam("since", type_=Date))
OF_CONTACT = ALL.where(SourceRow.contact_id == bindparam("contact", type_=BigInteger))
ALL_AT = ALL.where(Row.account_id == ACCOUNT)
AT_ACCOUNTS = ALL.where(Row.account_id.in_(AMONG))
CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("of"))
COUNT_MOVE = CHANGE.where(Row.day != bindparam("to_day", type_=Date)).values(
    sequence=Row.sequence + 1
)
MOVE = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
    .values(account_id=bindparam("to", type_=BigInteger))
)
PASS = (
    update(SourceRow)
    .where(SourceRow.workspace_id == WORKSPACE, SourceRow.id.in_(AMONG))
    .values(date_id=bindparam("to", type_=BigInteger))
)
UNSAY = delete(SourceRow).where(SourceRow.workspace_id == WORKSPACE, SourceRow.id.in_(AMONG))
SAYS = select(SourceRow.id).where(SourceRow.date_id == Row.id).exists()
FORGET_UNSAID = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG), ~SAYS)
DATES_OF = select(SourceRow.date_id).where(
    SourceRow.workspace_id == WORKSPACE, SourceRow.id.in_(AMONG)
)
GOES_WITH_CONTACT = (
    select(SourceRow.id, Row.account_id)
    .join_from(SourceRow, Row, Row.id == SourceRow.date_id)
    .join(Contact, Contact.id == SourceRow.contact_id)
    .where(
        SourceRow.workspace_id == WORKSPACE,
        SourceRow.contact_id.in_(AMONG),
        or_(Contact.deleted_at.is_not(None), ~IS_DATE_READABLE),
    )
)
SAID_IN = aliased(Contact)
LET_GO = (
    update(SourceRow)
    .where(SourceRow.workspace_id == WORKSPACE, SourceRow.contact_id.in_(AMONG))
    .values(
        contact_id=None,
        author_id=select(SAID_IN.author_id)
        .where(SAID_IN.id == SourceRow.contact_id, ~is_date_shared(SAID_IN))
        .scalar_subquery(),
        shared=select(SAID_IN.id)
        .where(SAID_IN.id == SourceRow.contact_id, is_date_shared(SAID_IN))
        .exists(),
    )
)
OF_ACCOUNTS = select(Row.id).where(Row.workspace_id == WORKSPACE, Row.account_id.in_(AMONG))
FORGET_SOURCES = delete(SourceRow).where(
    SourceRow.workspace_id == WORKSPACE, SourceRow.date_id.in_(AMONG)
)

_source = reader(
    *(DateSource, "source_id", "noted_on", "contact_id", "kind", "earlier"),
    *("rep_id", "occurred_on"),
)


def _read(rows: Iterable[Any]) -> list[AccountDate]:
    found: dict[int, AccountDate] = {}
    for row in rows:
        before = found.get(row.id)
        found[row.id] = (
            replace(before, sources=(*before.sources, _source(row)))
            if before
            else AccountDate(
                *(row.id, row.team_id, row.account_id, row.account, row.what, row.day),
                *(row.written_day, (_source(row),), row.done_on, row.gone_on, row.sequence),
            )
        )
    return list(found.values())


def add(tx: Transaction, team_id: int, said: SaidDate) -> int:
    """A new date of an account of that team; its id. Whoever adds it says where it was said, in the
    same transaction."""
    return tx.insert(
        Row,
        team_id=team_id,
        account_id=said.account_id,
        what=said.what,
        day=said.day,
        written_day=said.day,
    )


def say(
    tx: Transaction, date_id: int, written: str, noted_on: date, contact_id: int | None = None
) -> int:
    """That date was said, at an account that was typed so, in that contact or in none; the id of
    that."""
    row = {"written": written, "noted_on": noted_on, "contact_id": contact_id}
    return tx.insert(SourceRow, date_id=date_id, **row)


def unsay(tx: Transaction, source_ids: Iterable[int]) -> None:
    """It was not said there after all; what nothing says any more is gone."""
    ids = list(source_ids)
    if ids:
        dates = [row.date_id for row in tx.all_among(DATES_OF, ids)]
        tx.run_among(UNSAY, ids)
        tx.run_among(FORGET_UNSAID, dates)


def get(tx: Transaction, date_id: int) -> AccountDate | None:
    """That one, gone or not, with what the manager of its team may read of where it was said; None
    where only deleted contacts said it, or words of an earlier manager's."""
    found = _read(tx.all(ONE, of=date_id))
    return found[0] if found else None


def of_account(tx: Transaction, account_id: int) -> list[AccountDate]:
    """Those of an account, done ones too, as far as the manager of its team may read them, by
    day."""
    return _read(tx.all(OF_ACCOUNT, account=account_id))


def of_contact(tx: Transaction, contact_id: int) -> list[AccountDate]:
    """All that were read in the words of that contact, those that are gone too, each with that
    source alone."""
    return _read(tx.all(OF_CONTACT, contact=contact_id))


def at_accounts(tx: Transaction, account_ids: Iterable[int]) -> list[AccountDate]:
    """All of those accounts, those that are done or gone too, or that only deleted contacts said;
    with all that ever said them."""
    return _read(tx.all_among(AT_ACCOUNTS, account_ids, BY_DAY))


def of_team(tx: Transaction, team_id: int) -> list[AccountDate]:
    """Those of all accounts of a team, done ones too, as far as its manager may read them, by
    day."""
    return _read(tx.all(OF_TEAM, team=team_id))


def readable_ids(tx: Transaction, team_id: int) -> list[int]:
    """Those of a team that its manager may read, gone or not, deleted or not, by id."""
    return [row.date_id for row in tx.all(READABLE_IDS, team=team_id)]


def shared_of_team(tx: Transaction, team_id: int, since: date) -> list[AccountDate]:
    """Those of all accounts of a team that stand, from one day on, as far as a later manager may
    read them, by day."""
    return _read(tx.all(SHARED_OF_TEAM, team=team_id, since=since))


def of_rep(tx: Transaction, team_id: int, rep_id: int) -> list[AccountDate]:
    """Those that a rep of a team may read, done ones too, by day: of the accounts that the rep has
    been to or takes over, and of what plans say that alone which was shared with them."""
    return _read(tx.all(OF_REP, team=team_id, rep=rep_id))


def coming_of_rep(tx: Transaction, team_id: int, rep_id: int, since: date) -> list[AccountDate]:
    """Those of them that stand, from one day on."""
    return _read(tx.all(COMING_OF_REP, team=team_id, rep=rep_id, since=since))


def of_teams(
    tx: Transaction, team_ids: Iterable[int], since: date, until: date
) -> list[AccountDate]:
    """Those of the accounts of those teams that stand, from one day to another, as far as the
    manager of each may read them, by day."""
    return _read(tx.all_among(OF_TEAMS, team_ids, BY_DAY, since=since, until=until))


def change(tx: Transaction, date_id: int, **values: Any) -> None:
    """Change columns of one by their names; that it is on another day is counted."""
    if "day" in values:
        tx.run(COUNT_MOVE, of=date_id, to_day=values["day"])
    tx.change(CHANGE, values, of=date_id)


def join(tx: Transaction, one: AccountDate, other: AccountDate) -> None:
    """Both are one, `one`, said wherever either was; both as `at_accounts` has them."""
    tx.run_among(PASS, [source.id for source in other.sources], to=one.id)
    tx.run_among(FORGET_UNSAID, [other.id])
    now = as_one(one, other)
    state = attrgetter(*STATE)
    if state(now) != state(one):
        change(
            tx,
            one.id,
            **dict(zip(STATE, state(now), strict=True)),
        )


def merge(tx: Transaction, account_id: int, into: int) -> None:
    """Both are one account: its dates are those of `into`. What stands at both is one."""
    there = at_accounts(tx, [into])
    moved = []
    for one in at_accounts(tx, [account_id]):
        same = next((other for other in there if is_one(other, one)), None)
        if same is None:
            moved.append(one.id)
        else:
            join(tx, same, one)
            there[there.index(same)] = as_one(same, one)
    tx.run_among(MOVE, moved, to=into)


def split(tx: Transaction, account_id: int, key: str, into: int) -> None:
    """What was typed with the spelling of that key is at another account after all. A date that was
    typed with others too is at both."""
    rows = tx.all(ALL_AT, account=account_id)
    typed = {row.source_id for row in rows if row.written and account_key(row.written) == key}
    whole = []
    for one in _read(rows):
        apart = [source.id for source in one.sources if source.id in typed]
        if len(apart) == len(one.sources):
            whole.append(one.id)
        elif apart:
            made = add(tx, one.team_id, SaidDate(into, "", one.what, one.written_day))
            change(tx, made, day=one.day, done_on=one.done_on, gone_on=one.gone_on)
            tx.run_among(PASS, apart, to=made)
    tx.run_among(MOVE, whole, to=into)


def let_go(tx: Transaction, contacts: Sequence[int]) -> list[int]:
    """Those contacts go for good. What they said stands by itself, for who may read it, unless they
    were deleted, or are an earlier manager's and were not shared: that goes with them; the accounts
    that it was at. To be said before their sharing goes."""
    gone = tx.all_among(GOES_WITH_CONTACT, contacts)
    unsay(tx, [row.id for row in gone])
    tx.run_among(LET_GO, contacts)
    return [row.account_id for row in gone]


def forget(tx: Transaction, account_ids: Iterable[int]) -> None:
    """Those accounts are no more."""
    dates = [row.id for row in tx.all_among(OF_ACCOUNTS, account_ids)]
    tx.run_among(FORGET_SOURCES, dates)
    tx.run_among(FORGET_UNSAID, dates)
