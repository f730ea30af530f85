"""What came along with a rep follows what it was first, one contact at a time.

| where it was first | where it came along to |
|---|---|
| its day, its channel, what a touch was about | the same |
| deleted, or with another rep after all; put back | the same |
| words that its rep has read there, changed | the same |
| words that its rep is shown only now | where the rep sits; nowhere that they have left |
| a next step that is new, and was read | open where the rep sits, and handed on here |
| what was open | open where the rep sits, and closed, dated and reworded there alone |
| what the rep says to it | said of both (`SAY_ALIKE`, `storage/sessions/sharing.py`) |
| the tags of what was heard, and what those are called | the same (`tags.py`) |
| what the rep said to an issue, noted only now | where the rep sits (`issues.py`) |
| the same, put otherwise or taken out | the same, unless it was put otherwise there |

Whoever has a copy adds to it what is theirs, a promise, an item or other tags, and changes nothing
in it.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, case, delete, select, update
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import InteractionKind
from storage import promises
from storage.accounts import accounts, acquaintances, dates, market
from storage.binder.moving import accounts as carried_accounts
from storage.binder.moving import contacts as carried
from storage.binder.moving import promises as carried_promises
from storage.binder.moving.accounts import (
    DATE,
    DATE_THERE,
    MAY_BE_READ,
    NOTE,
    NOTE_THERE,
    SOURCE_OF,
    SOURCE_THERE,
)
from storage.binder.moving.between import ACCOUNTS, CONTACTS, Between
from storage.binder.moving.contacts import BEFORE, IS_SHARED, once_shared
from storage.binder.moving.promises import PAIRED, WAS_SHARED
from storage.database.carried import ONLY, REP, SOURCE, TARGET, first_of, is_of, own
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import FieldDay as FieldDayRow
from storage.models import Interaction as Row
from storage.models import Move as MoveRow
from storage.models import Promise as PromiseRow
from storage.models import Session as SessionRow
from storage.models import SessionTopic as SaidRow
from storage.models import Sharing as SharingRow
from storage.models import Team as TeamRow
from storage.models import Visit as VisitRow
from storage.sessions import plans
from storage.workspaces.readable import is_shared

COPIES = (
    select(
        Row.id,
        Row.team_id,
        Row.rep_id,
        Row.occurred_on,
        Row.deleted_at,
        Row.moved_to_id.is_(None).label("is_live"),
        TeamRow.manager_id,
    )
    .join_from(Row, TeamRow, TeamRow.id == Row.team_id)
    .where(Row.workspace_id == WORKSPACE, Row.origin_id == bindparam("contact"))
    .order_by(Row.id)
)
MOVES = (
    select(MoveRow.from_id, MoveRow.to_id)
    .join_from(MoveRow, Row, Row.rep_id == MoveRow.rep_id)
    .where(
        MoveRow.workspace_id == WORKSPACE,
        Row.id == bindparam("contact"),
        Row.origin_id.is_(None),
        MoveRow.carried_at > Row.recorded_at,
    )
    .order_by(MoveRow.carried_at, MoveRow.id)
)
AS_IT_IS = (
    select(
        CONTACTS.c.target_id,
        BEFORE.channel,
        BEFORE.occurred_on,
        BEFORE.occurred_at,
        BEFORE.deleted_at,
        case(
            (BEFORE.kind == InteractionKind.TOUCH, BEFORE.about), else_=once_shared(BEFORE.about)
        ).label("about"),
        IS_SHARED.label("is_shared"),
        is_shared(CONTACTS.c.target_id, BEFORE).label("shared_there"),
    )
    .join_from(BEFORE, CONTACTS, CONTACTS.c.source_id == BEFORE.id)
    .where(BEFORE.workspace_id == WORKSPACE)
)
CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("contact"))
SAYS_NO_MORE = [
    delete(table).where(
        table.workspace_id == WORKSPACE, table.interaction_id.in_(select(CONTACTS.c.target_id))
    )
    for table in (SaidRow, SessionRow, FieldDayRow, VisitRow)
]
SHARED = aliased(SharingRow)
SHARED_NO_MORE = delete(SharingRow).where(
    SharingRow.workspace_id == WORKSPACE,
    SharingRow.interaction_id.in_(select(CONTACTS.c.target_id)),
    ~select(SHARED.id)
    .where(SHARED.interaction_id == ONLY, SHARED.rep_id == REP, SHARED.ended_at.is_(None))
    .exists(),
)
AS_SHARED = (
    select(CONTACTS.c.target_id, SHARED.shared_at, SHARED.changed_at)
    .join_from(SHARED, CONTACTS, CONTACTS.c.source_id == SHARED.interaction_id)
    .where(SHARED.workspace_id == WORKSPACE, SHARED.rep_id == REP)
)
SHARE_AS = update(SharingRow).where(
    SharingRow.workspace_id == WORKSPACE, SharingRow.interaction_id == bindparam("contact")
)

UNSAID = (
    select(SOURCE_THERE.id)
    .join_from(SOURCE_THERE, CONTACTS, CONTACTS.c.target_id == SOURCE_THERE.contact_id)
    .join(DATE_THERE, DATE_THERE.id == SOURCE_THERE.date_id)
    .where(
        SOURCE_THERE.workspace_id == WORKSPACE,
        ~select(SOURCE_OF.id)
        .join(DATE, DATE.id == SOURCE_OF.date_id)
        .where(
            SOURCE_OF.contact_id == CONTACTS.c.source_id,
            DATE.what == DATE_THERE.what,
            DATE.written_day == DATE_THERE.written_day,
            MAY_BE_READ,
        )
        .exists(),
    )
)
UNHEARD = select(NOTE_THERE.id).where(
    own(NOTE_THERE, TARGET),
    NOTE_THERE.interaction_id.in_(select(CONTACTS.c.target_id)),
    NOTE_THERE.origin_id.is_not(None),
    NOTE_THERE.origin_id.not_in(
        select(first_of(NOTE)).where(own(NOTE, SOURCE), is_of(NOTE.interaction_id))
    ),
)
AS_HEARD = (
    select(
        NOTE_THERE.id,
        NOTE.text,
        NOTE.account,
        NOTE.heard_on,
        NOTE.place,
        ACCOUNTS.c.target_account.label("account_id"),
    )
    .join_from(NOTE, NOTE_THERE, NOTE_THERE.origin_id == first_of(NOTE))
    .outerjoin(ACCOUNTS, ACCOUNTS.c.source_account == NOTE.account_id)
    .where(own(NOTE, SOURCE), is_of(NOTE.interaction_id), own(NOTE_THERE, TARGET))
)

# What was closed went along while the contact was deleted.
PROMISED_IN = (
    update(PromiseRow)
    .where(
        own(PromiseRow, TARGET),
        PromiseRow.interaction_id.is_(None),
        PromiseRow.id.in_(select(PAIRED.c.target_id)),
    )
    .values(interaction_id=bindparam("contact", type_=BigInteger))
)
PROMISE_HANDED = PromiseRow.handed_to_id.is_not(None).label("handed_on")
UNSHARED = (
    select(PromiseRow.id.label("source_id"), PROMISE_HANDED, PAIRED.c.target_id)
    .join_from(PromiseRow, PAIRED, PAIRED.c.source_id == PromiseRow.id)
    .where(
        own(PromiseRow, SOURCE),
        PromiseRow.interaction_id == ONLY,
        PromiseRow.with_sharing,
        PromiseRow.agreed_on.is_(None),
        PromiseRow.deleted_at.is_(None),
        ~WAS_SHARED,
    )
)
SAID_AGAIN = (
    select(PAIRED.c.target_id)
    .join_from(PromiseRow, PAIRED, PAIRED.c.source_id == PromiseRow.id)
    .where(own(PromiseRow, SOURCE), is_of(PromiseRow.interaction_id), promises.IS_OPEN)
)
NEVER_PROMISED = (
    update(PromiseRow)
    .where(
        and_(
            PromiseRow.workspace_id == WORKSPACE,
            PromiseRow.interaction_id == bindparam("contact"),
            PromiseRow.origin_id.is_not(None),
            PromiseRow.raised_on.is_(None),
            PromiseRow.deleted_at.is_(None),
        )
    )
    .values(deleted_at=bindparam("at"))
)


def copies(tx: Transaction, contact_id: int) -> list[Any]:
    """The contacts that came along from that one: `id`, `team_id`, `rep_id`, `occurred_on`,
    `deleted_at`, `manager_id` of each, and whether its rep reads it there (`is_live`)."""
    return tx.all(COPIES, contact=contact_id)


def moves_since(tx: Transaction, contact_id: int) -> list[Any]:
    """With which moves of its rep, from a team (`from_id`) to one (`to_id`), that contact went or
    would have gone, earliest first: those since it was noted. None for one that came along."""
    return tx.all(MOVES, contact=contact_id)


def bring(tx: Transaction, move: Between) -> None:
    """The one contact of `move` goes along after all: it was put back, or passed to a rep who has
    moved since. Writes; its words are to follow."""
    carried.carry(tx, move)


def was_with_another(tx: Transaction, copy: Any, at: datetime) -> None:
    """What came along was with somebody else after all, and goes. Writes."""
    if copy.deleted_at is None:
        tx.change(CHANGE, {"deleted_at": at}, contact=copy.id)
        tx.run(NEVER_PROMISED, contact=copy.id, at=at)
        plans.follow(tx, [(copy.team_id, copy.rep_id)])
        acquaintances.follow(tx, acquaintances.accounts_of(tx, [copy.id]))


def follow(tx: Transaction, move: Between, copy: Any, day: date, at: datetime) -> None:
    """`copy`, as `copies` has it, of the one contact of `move` is what that says now. Writes."""
    row = tx.first(AS_IT_IS, **move.named)
    if row is None:
        return
    values = dict(row._asdict())
    del values["target_id"]
    # Words that its rep has read there, and where they sit those that they have read anywhere.
    is_shared_now, shared_there = values.pop("is_shared"), values.pop("shared_there")
    says = bool(shared_there or copy.is_live or not is_shared_now)
    if not says:
        del values["about"]
    tx.change(CHANGE, values, contact=copy.id)
    before = acquaintances.accounts_of(tx, [copy.id])
    if row.deleted_at is not None:
        plans.follow(tx, [(copy.team_id, copy.rep_id)])
        acquaintances.follow(tx, before)
        return
    if says:
        _let_go_of_words(tx, move)
    leads_to = carried_accounts.ensure(tx, move)
    if says:
        carried.carry_words(tx, move, leads_to)
    plans.follow(tx, [(copy.team_id, copy.rep_id)])
    _follow_accounts(tx, move, copy.id, leads_to, before, day)
    if copy.is_live:
        _follow_promises(tx, move, copy, day, at)


def _let_go_of_words(tx: Transaction, move: Between) -> None:
    for statement in SAYS_NO_MORE:
        tx.run(statement, **move.named)
    tx.run(SHARED_NO_MORE, **move.named)
    for row in tx.all(AS_SHARED, **move.named):
        values = {"shared_at": row.shared_at, "changed_at": row.changed_at}
        tx.change(SHARE_AS, values, contact=row.target_id)


def _follow_accounts(
    tx: Transaction,
    move: Between,
    contact: int,
    leads_to: Mapping[int, int],
    before: Collection[int],
    day: date,
) -> None:
    """What is on which day there, what was heard, and who knows whom, also where it was before."""
    dates.unsay(tx, [row.id for row in tx.all(UNSAID, **move.named)])
    market.forget(tx, [row.id for row in tx.all(UNHEARD, **move.named)])
    pairs = list(leads_to.items())
    for row in tx.all(AS_HEARD, **move.named, pairs=pairs):
        values = dict(row._asdict())
        market.change(tx, values.pop("id"), **values)
    carried_accounts.carry_said(tx, move, pairs, day)
    now = acquaintances.accounts_of(tx, [contact])
    acquaintances.follow(tx, [*before, *now])
    accounts.forget_unused(tx, set(before) - set(now))


def _follow_promises(tx: Transaction, move: Between, copy: Any, day: date, at: datetime) -> None:
    """What was promised in it goes on where the rep sits, as far as they have read it. What is not
    theirs to read after all is open here again, and gone there."""
    for row in tx.all(UNSHARED, **move.named):
        promises.change(tx, row.target_id, deleted_at=at, origin_id=None)
        promises.change(tx, row.source_id, moved_to_id=None)
        if row.handed_on:
            promises.change(tx, row.source_id, dropped_on=None, handed_to_id=None)
    for row in tx.all(SAID_AGAIN, **move.named):
        promises.change(
            tx, row.target_id, kept_on=None, dropped_on=None, closing_words="", deleted_at=None
        )
    tx.run(PROMISED_IN, **move.named, contact=copy.id)
    carried_promises.carry_new(tx, move, copy.manager_id, day, at)
