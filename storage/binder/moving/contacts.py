"""Contacts, and the words in them that the rep has read."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import InteractionKind
from storage.binder.moving.between import ACCOUNTS, CONTACTS, Between
from storage.database.carried import ONLY, REP, SOURCE, TARGET, first_of, is_of, own
from storage.database.pairs import pairs_of
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import FieldDay as FieldDayRow
from storage.models import Interaction as Row
from storage.models import Plan as PlanRow
from storage.models import Session as SessionRow
from storage.models import SessionTopic as SaidRow
from storage.models import Sharing as SharingRow
from storage.models import StandingFocus as FocusRow
from storage.models import Topic as TopicRow
from storage.models import TopicSet as SetRow
from storage.models import Visit as VisitRow
from storage.workspaces.otherwise import BESIDE
from storage.workspaces.readable import is_shared

BEFORE, THERE = aliased(Row), aliased(Row)
IS_SHARED = is_shared(BEFORE.id, BEFORE)
"""Its rep has read it: what a later manager may read of its words."""


def once_shared(column: Any) -> Any:
    """Its words where the rep has read them, else none."""
    return case((IS_SHARED, column), else_=literal("", type_=column.type))


GOES = and_(
    own(BEFORE, SOURCE),
    is_of(BEFORE.id),
    BEFORE.deleted_at.is_(None),
    first_of(BEFORE).not_in(select(first_of(THERE)).where(own(THERE, TARGET))),
)
COUNT_CONTACTS = (
    select(BEFORE.kind, func.count().label("contacts")).where(GOES).group_by(BEFORE.kind)
)
COPY_CONTACTS = insert(Row).from_select(
    [
        *("workspace_id", "kind", "team_id", "rep_id", "author_id", "channel", "occurred_on"),
        *("occurred_at", "recorded_at", "about", "origin_id"),
    ],
    select(
        BEFORE.workspace_id,
        BEFORE.kind,
        TARGET,
        BEFORE.rep_id,
        BEFORE.author_id,
        BEFORE.channel,
        BEFORE.occurred_on,
        BEFORE.occurred_at,
        BEFORE.recorded_at,
        case((BEFORE.kind == InteractionKind.TOUCH, BEFORE.about), else_=once_shared(BEFORE.about)),
        first_of(BEFORE),
    )
    .where(GOES)
    .order_by(BEFORE.occurred_on, BEFORE.id),
)
# The rep reads it where they sit now, and once.
READS_THERE = (
    update(Row)
    .where(own(Row, SOURCE), Row.id.in_(select(CONTACTS.c.source_id)))
    .values(moved_to_id=TARGET)
)
READS_HERE = (
    update(Row)
    .where(
        own(Row, TARGET),
        Row.moved_to_id.is_not(None),
        or_(ONLY.is_(None), Row.id.in_(select(CONTACTS.c.target_id))),
    )
    .values(moved_to_id=None)
)

SETS_USED = (
    select(SetRow.id, SetRow.version)
    .where(
        SetRow.workspace_id == WORKSPACE,
        SetRow.id.in_(
            select(SessionRow.topic_set_id)
            .join(BEFORE, BEFORE.id == SessionRow.interaction_id)
            .where(own(BEFORE, SOURCE), is_of(BEFORE.id))
            .union(
                select(TopicRow.topic_set_id)
                .join(PlanRow, PlanRow.topic_id == TopicRow.id)
                .where(own(PlanRow, SOURCE), PlanRow.kept, ONLY.is_(None))
            )
        ),
    )
    .order_by(SetRow.id)
)
SETS_THERE = select(SetRow.id, SetRow.version).where(
    SetRow.workspace_id == WORKSPACE, SetRow.team_id == TARGET
)
SETS = pairs_of("source_set", "target_set")
OF_SET, NEW_TOPIC = aliased(TopicRow), aliased(TopicRow)
COPY_TOPICS = insert(TopicRow).from_select(
    [
        *("workspace_id", "topic_set_id", "key", "place", "title", "prompt", "direction"),
        *("minutes", "shape"),
    ],
    select(
        OF_SET.workspace_id,
        SETS.c.target_set,
        OF_SET.key,
        OF_SET.place,
        OF_SET.title,
        OF_SET.prompt,
        OF_SET.direction,
        OF_SET.minutes,
        OF_SET.shape,
    )
    .join_from(OF_SET, SETS, SETS.c.source_set == OF_SET.topic_set_id)
    .where(
        OF_SET.workspace_id == WORKSPACE,
        SETS.c.target_set.not_in(
            select(NEW_TOPIC.topic_set_id).where(NEW_TOPIC.workspace_id == WORKSPACE)
        ),
    ),
)

SAID_BEFORE, SESSION_BEFORE = aliased(SaidRow), aliased(SessionRow)
COPY_SESSIONS = insert(SessionRow).from_select(
    ["workspace_id", "interaction_id", "topic_set_id", "results", "shared_note"],
    select(
        SESSION_BEFORE.workspace_id,
        CONTACTS.c.target_id,
        SETS.c.target_set,
        once_shared(SESSION_BEFORE.results),
        once_shared(SESSION_BEFORE.shared_note),
    )
    .join_from(SESSION_BEFORE, CONTACTS, CONTACTS.c.source_id == SESSION_BEFORE.interaction_id)
    .join(BEFORE, BEFORE.id == SESSION_BEFORE.interaction_id)
    .join(SETS, SETS.c.source_set == SESSION_BEFORE.topic_set_id)
    .where(
        SESSION_BEFORE.workspace_id == WORKSPACE,
        CONTACTS.c.target_id.not_in(
            select(SessionRow.interaction_id).where(SessionRow.workspace_id == WORKSPACE)
        ),
    ),
)
COPY_SAID = insert(SaidRow).from_select(
    [
        *("workspace_id", "interaction_id", "topic_id", "plan", "changed", "next_step"),
        *("progress", "activity", "a_week"),
    ],
    select(
        SAID_BEFORE.workspace_id,
        CONTACTS.c.target_id,
        NEW_TOPIC.id,
        SAID_BEFORE.plan,
        SAID_BEFORE.changed,
        SAID_BEFORE.next_step,
        SAID_BEFORE.progress,
        SAID_BEFORE.activity,
        SAID_BEFORE.a_week,
    )
    .join_from(SAID_BEFORE, CONTACTS, CONTACTS.c.source_id == SAID_BEFORE.interaction_id)
    .join(BEFORE, BEFORE.id == SAID_BEFORE.interaction_id)
    .join(OF_SET, OF_SET.id == SAID_BEFORE.topic_id)
    .join(SETS, SETS.c.source_set == OF_SET.topic_set_id)
    .join(
        NEW_TOPIC,
        and_(NEW_TOPIC.topic_set_id == SETS.c.target_set, NEW_TOPIC.key == OF_SET.key),
    )
    .where(
        SAID_BEFORE.workspace_id == WORKSPACE,
        IS_SHARED,
        CONTACTS.c.target_id.not_in(
            select(SaidRow.interaction_id).where(SaidRow.workspace_id == WORKSPACE)
        ),
    ),
)
PLAN_BEFORE, PLAN_THERE = aliased(PlanRow), aliased(PlanRow)
COPY_KEPT_PLANS = insert(PlanRow).from_select(
    [
        *("workspace_id", "team_id", "rep_id", "key", "kept", "stands", "topic_id"),
        *("interaction_id", "agreed_on", "text", "activity", "a_week", "progress", "shared"),
        "otherwise",
    ],
    select(
        PLAN_BEFORE.workspace_id,
        TARGET,
        PLAN_BEFORE.rep_id,
        PLAN_BEFORE.key,
        PLAN_BEFORE.kept,
        literal(False),
        NEW_TOPIC.id,
        null(),
        PLAN_BEFORE.agreed_on,
        PLAN_BEFORE.text,
        PLAN_BEFORE.activity,
        PLAN_BEFORE.a_week,
        PLAN_BEFORE.progress,
        PLAN_BEFORE.shared,
        PLAN_BEFORE.otherwise,
    )
    .join_from(PLAN_BEFORE, OF_SET, OF_SET.id == PLAN_BEFORE.topic_id)
    .join(SETS, SETS.c.source_set == OF_SET.topic_set_id)
    .join(
        NEW_TOPIC,
        and_(NEW_TOPIC.topic_set_id == SETS.c.target_set, NEW_TOPIC.key == OF_SET.key),
    )
    .where(
        own(PLAN_BEFORE, SOURCE),
        PLAN_BEFORE.kept,
        PLAN_BEFORE.shared,
        ONLY.is_(None),
        PLAN_BEFORE.key.not_in(
            select(PLAN_THERE.key).where(own(PLAN_THERE, TARGET), PLAN_THERE.kept)
        ),
    ),
)

COPY_SHARING = insert(SharingRow).from_select(
    [
        *("workspace_id", "interaction_id", "rep_id", "shared_at", "changed_at", "seen_at"),
        *("rep_words", "rep_words_at", "objection", "objection_beside"),
    ],
    select(
        SharingRow.workspace_id,
        CONTACTS.c.target_id,
        SharingRow.rep_id,
        SharingRow.shared_at,
        SharingRow.changed_at,
        SharingRow.seen_at,
        SharingRow.rep_words,
        SharingRow.rep_words_at,
        BESIDE,
        SharingRow.objection_beside,
    )
    .join_from(SharingRow, CONTACTS, CONTACTS.c.source_id == SharingRow.interaction_id)
    .where(
        SharingRow.workspace_id == WORKSPACE,
        SharingRow.rep_id == REP,
        is_of(SharingRow.interaction_id),
        SharingRow.ended_at.is_(None),
        CONTACTS.c.target_id.not_in(
            select(SharingRow.interaction_id).where(SharingRow.workspace_id == WORKSPACE)
        ),
    ),
)
DAY_BEFORE = aliased(FieldDayRow)
COPY_FIELD_DAYS = insert(FieldDayRow).from_select(
    [
        *("workspace_id", "interaction_id", "rep_view", "strength", "focus", "market"),
        "practice",
    ],
    select(
        DAY_BEFORE.workspace_id,
        CONTACTS.c.target_id,
        once_shared(DAY_BEFORE.rep_view),
        once_shared(DAY_BEFORE.strength),
        once_shared(DAY_BEFORE.focus),
        # What was heard of the market goes along whatever was shared: the notes are its lines.
        DAY_BEFORE.market,
        case((IS_SHARED, DAY_BEFORE.practice)),
    )
    .join_from(DAY_BEFORE, CONTACTS, CONTACTS.c.source_id == DAY_BEFORE.interaction_id)
    .join(BEFORE, BEFORE.id == DAY_BEFORE.interaction_id)
    .where(
        DAY_BEFORE.workspace_id == WORKSPACE,
        CONTACTS.c.target_id.not_in(
            select(FieldDayRow.interaction_id).where(FieldDayRow.workspace_id == WORKSPACE)
        ),
    ),
)
FOCUS_THERE = aliased(FocusRow)
COPY_KEPT_FOCUS = insert(FocusRow).from_select(
    [
        *("workspace_id", "team_id", "rep_id", "author_id", "agreed_on", "text", "practice"),
        *("shared", "otherwise"),
    ],
    select(
        FocusRow.workspace_id,
        TARGET,
        FocusRow.rep_id,
        FocusRow.author_id,
        FocusRow.agreed_on,
        FocusRow.text,
        FocusRow.practice,
        FocusRow.shared,
        FocusRow.otherwise,
    ).where(
        own(FocusRow, SOURCE),
        FocusRow.shared,
        ONLY.is_(None),
        ~select(FOCUS_THERE.id).where(own(FOCUS_THERE, TARGET)).exists(),
    ),
)
SHARED_THERE = aliased(SharingRow)
# It came along before its rep had read it, and nobody there could add to it.
SHARED_SINCE = (
    select(CONTACTS.c.target_id)
    .join(BEFORE, BEFORE.id == CONTACTS.c.source_id)
    .where(
        BEFORE.workspace_id == WORKSPACE,
        IS_SHARED,
        ~select(SHARED_THERE.id)
        .where(SHARED_THERE.interaction_id == CONTACTS.c.target_id)
        .exists(),
    )
)
MAKE_ROOM = [
    delete(table).where(table.workspace_id == WORKSPACE, table.interaction_id.in_(SHARED_SINCE))
    for table in (SessionRow, FieldDayRow, VisitRow)
]
VISIT_BEFORE = aliased(VisitRow)
COPY_VISITS = insert(VisitRow).from_select(
    [
        *("workspace_id", "interaction_id", "place", "account_id", "account", "people"),
        *("outcome", "role", "led_by", "next_step"),
    ],
    select(
        VISIT_BEFORE.workspace_id,
        CONTACTS.c.target_id,
        VISIT_BEFORE.place,
        ACCOUNTS.c.target_account,
        VISIT_BEFORE.account,
        VISIT_BEFORE.people,
        once_shared(VISIT_BEFORE.outcome),
        VISIT_BEFORE.role,
        VISIT_BEFORE.led_by,
        once_shared(VISIT_BEFORE.next_step),
    )
    .join_from(VISIT_BEFORE, CONTACTS, CONTACTS.c.source_id == VISIT_BEFORE.interaction_id)
    .join(BEFORE, BEFORE.id == VISIT_BEFORE.interaction_id)
    .join(ACCOUNTS, ACCOUNTS.c.source_account == VISIT_BEFORE.account_id)
    .where(
        VISIT_BEFORE.workspace_id == WORKSPACE,
        CONTACTS.c.target_id.not_in(
            select(VisitRow.interaction_id).where(VisitRow.workspace_id == WORKSPACE)
        ),
    ),
)


def to_go(tx: Transaction, move: Between) -> dict[InteractionKind, int]:
    """How many contacts would go along, by kind."""
    return {row.kind: row.contacts for row in tx.all(COUNT_CONTACTS, **move.named)}


def carry(tx: Transaction, move: Between) -> None:
    """That each contact happened: the day, the channel, and what a touch was about. The rep reads
    them in the team that they are in now, and nowhere else. Writes."""
    tx.run(COPY_CONTACTS, **move.named)
    tx.run(READS_THERE, **move.named)
    tx.run(READS_HERE, **move.named)


def carry_words(tx: Transaction, move: Between, accounts: Mapping[int, int]) -> None:
    """What those contacts say, as far as the rep has read it, with what they said to it; of
    objections those that stand beside the text. Of a field day always, at which account it was, and
    who was met. `accounts` says which account is which there. Writes; plans are to follow."""
    sets = _carry_topics(tx, move)
    for statement in MAKE_ROOM:
        tx.run(statement, **move.named)
    tx.run(COPY_SHARING, **move.named)
    tx.run(COPY_SESSIONS, **move.named, pairs=sets)
    tx.run(COPY_SAID, **move.named, pairs=sets)
    tx.run(COPY_KEPT_PLANS, **move.named, pairs=sets)
    tx.run(COPY_FIELD_DAYS, **move.named)
    tx.run(COPY_KEPT_FOCUS, **move.named)
    tx.run(COPY_VISITS, **move.named, pairs=list(accounts.items()))


def _carry_topics(tx: Transaction, move: Between) -> list[tuple[int, int]]:
    """The topics that those sessions were held with: which set is which there."""
    used = {
        row.id: row.id if row.version > 0 else -row.version
        for row in tx.all(SETS_USED, **move.named)
    }
    if not used:
        return []
    there = _sets_there(tx, move)
    missing = sorted({first for first in used.values() if first not in there})
    rows = [{"team_id": move.target, "version": -first} for first in missing]
    if rows:
        tx.insert_missing(SetRow, rows, ("team_id", "version"))
        there = _sets_there(tx, move)
    sets = [(one, there[first]) for one, first in used.items()]
    tx.run(COPY_TOPICS, pairs=_one_each(sets))
    return sets


def _sets_there(tx: Transaction, move: Between) -> dict[int, int]:
    """The sets of the team that the rep comes to, by what they were first."""
    found = tx.all(SETS_THERE, target=move.target)
    return {row.id if row.version > 0 else -row.version: row.id for row in found}


def _one_each(sets: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """One set to copy each of the others from."""
    return [(one, there) for there, one in {there: one for one, there in sets}.items()]
