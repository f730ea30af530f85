"""Plans as they stand: a row to a team, rep and topic, beside the session that it comes from.

`follow` works them out anew from the sessions that are there, and is called in the transaction of
whatever changes one; `keep` is for a session that goes for good and is no mistake: what it left
stands on. Whoever reads a plan reads the row, however long the history is.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, select, update

from bot.domain.sessions.sessions import KeptPlan, PastTopic, StandingPlan
from storage.database.pairs import once, pairs_of
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Interaction as Contact
from storage.models import Plan as Row
from storage.models import SessionTopic as SaidRow
from storage.models import Topic as TopicRow
from storage.models import TopicSet as SetRow
from storage.sessions.said import kept_of, past_of, plan_of
from storage.team import teams
from storage.workspaces.earlier import EARLIER
from storage.workspaces.otherwise import OTHERWISE
from storage.workspaces.readable import IS_READABLE, IS_SHARED, kept_is_readable

Pair = tuple[int, int]
"""A team and a rep, by their ids."""

PAIR = pairs_of("team_id", "rep_id")
OF_PAIR = and_(PAIR.c.team_id == Row.team_id, PAIR.c.rep_id == Row.rep_id)
KEY = ("team_id", "rep_id", "key", "kept")
BY_DAY = attrgetter("occurred_on", "interaction_id", "place")

SESSION = func.coalesce(Row.interaction_id, 0)

SAID = (
    select(
        Contact.team_id,
        Contact.rep_id,
        Contact.author_id,
        TopicRow.key,
        Contact.id.label("interaction_id"),
        TopicRow.id.label("topic_id"),
        Contact.occurred_on,
        SaidRow.plan,
        SaidRow.changed,
        SaidRow.next_step,
        SaidRow.activity,
        SaidRow.a_week,
        case((SaidRow.progress, SaidRow.changed), else_="").label("progress"),
        IS_SHARED.label("shared"),
        OTHERWISE,
        func.row_number()
        .over(
            partition_by=(Contact.team_id, Contact.rep_id, TopicRow.key),
            order_by=(Contact.occurred_on.desc(), Contact.id.desc()),
        )
        .label("turn"),
    )
    .join_from(Contact, SaidRow, SaidRow.interaction_id == Contact.id)
    .join(TopicRow, TopicRow.id == SaidRow.topic_id)
    .where(Contact.workspace_id == WORKSPACE, Contact.deleted_at.is_(None), IS_READABLE)
)
KEYS = once(
    select(PAIR.c.team_id, PAIR.c.rep_id, TopicRow.key)
    .join_from(PAIR, SetRow, SetRow.team_id == PAIR.c.team_id)
    .join(TopicRow, TopicRow.topic_set_id == SetRow.id)
    .where(SetRow.workspace_id == WORKSPACE)
    .distinct(),
    "topic_keys",
)
# Down the days by index to the last session of each topic: not all there ever were, to be ranked.
NEWEST = (
    select(Contact.id)
    .join_from(Contact, SaidRow, SaidRow.interaction_id == Contact.id)
    .join(TopicRow, TopicRow.id == SaidRow.topic_id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id == KEYS.c.team_id,
        Contact.rep_id == KEYS.c.rep_id,
        Contact.deleted_at.is_(None),
        TopicRow.key == KEYS.c.key,
        IS_READABLE,
    )
    .order_by(Contact.occurred_on.desc(), Contact.id.desc())
    .limit(1)
    .correlate(KEYS)
)
LAST = once(
    select(
        KEYS.c.key, NEWEST.where(Contact.id != bindparam("but")).scalar_subquery().label("session")
    ),
    "last",
)
LAST_SAID = SAID.join(LAST, and_(LAST.c.session == Contact.id, LAST.c.key == TopicRow.key))
SHARED_LAST = once(
    select(KEYS.c.key, NEWEST.where(IS_SHARED).scalar_subquery().label("session")), "shared_last"
)
LAST_SHARED = SAID.join(
    SHARED_LAST, and_(SHARED_LAST.c.session == Contact.id, SHARED_LAST.c.key == TopicRow.key)
)
GOING = SAID.where(Contact.id.in_(AMONG)).subquery()
LAST_GOING = select(GOING).where(GOING.c.turn == 1)

KEPT_IS_READABLE = kept_is_readable(Row)

ROWS = select(
    Row.id,
    Row.team_id,
    Row.rep_id,
    Row.key,
    Row.kept,
    Row.stands,
    Row.topic_id,
    Row.interaction_id,
    Row.agreed_on,
    Row.text,
    Row.activity,
    Row.a_week,
    Row.progress,
    Row.otherwise,
    KEPT_IS_READABLE.label("is_readable"),
).where(Row.workspace_id == WORKSPACE)
ROWS_OF = ROWS.join(PAIR, OF_PAIR)
KEPT_OF = (
    select(
        Row.team_id,
        Row.rep_id,
        Row.key,
        Row.agreed_on.label("occurred_on"),
        Row.text.label("plan"),
        Row.activity,
        Row.a_week,
        Row.shared,
        Row.otherwise,
    )
    .join(PAIR, OF_PAIR)
    .where(Row.workspace_id == WORKSPACE, Row.kept, KEPT_IS_READABLE)
)
KEPT_WITH = (
    select(
        Row.agreed_on.label("occurred_on"),
        TopicRow.title,
        Row.text.label("plan"),
        Row.activity,
        Row.a_week,
        Row.shared,
        Row.otherwise,
    )
    .join(TopicRow, TopicRow.id == Row.topic_id)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.kept,
        Row.team_id == bindparam("team"),
        Row.rep_id == bindparam("rep"),
    )
    .order_by(Row.agreed_on, TopicRow.place)
)
STANDING = (
    select(
        Row.team_id,
        Row.rep_id,
        Row.key,
        TopicRow.title,
        TopicRow.place,
        SESSION.label("interaction_id"),
        Row.agreed_on.label("occurred_on"),
        Row.text.label("plan"),
        Row.activity,
        Row.a_week,
        Row.progress,
        func.coalesce(SaidRow.changed, "").label("changed"),
        func.coalesce(SaidRow.next_step, "").label("next_step"),
        func.coalesce(OTHERWISE, Row.otherwise).label("otherwise"),
    )
    .join_from(Row, TopicRow, TopicRow.id == Row.topic_id)
    .outerjoin(Contact, Contact.id == Row.interaction_id)
    .outerjoin(
        SaidRow,
        and_(SaidRow.interaction_id == Row.interaction_id, SaidRow.topic_id == Row.topic_id),
    )
    .where(Row.workspace_id == WORKSPACE, Row.stands)
)
STANDING_WITH = STANDING.join(PAIR, OF_PAIR)
STANDING_OF = (
    STANDING.add_columns(EARLIER)
    .where(Row.team_id.in_(AMONG), Row.agreed_on.between(bindparam("since"), bindparam("until")))
    .order_by(Row.agreed_on, SESSION, TopicRow.place)
)

CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("plan"))
FORGET = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
# In the database itself: what cannot be read now stays as it is.
KEEP_SHARING = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.kept, Row.interaction_id.in_(AMONG))
    .values(
        shared=select(Contact.id)
        .where(Contact.id == Row.interaction_id, IS_SHARED)
        .correlate(Row)
        .exists(),
        otherwise=select(OTHERWISE)
        .where(Contact.id == Row.interaction_id)
        .correlate(Row)
        .scalar_subquery(),
    )
)
LET_GO = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))
    .values(interaction_id=None)
)

_at: Any = attrgetter("team_id", "rep_id", "key")


def follow(tx: Transaction, whose: Iterable[Pair]) -> None:
    """Let the plans with those reps of those teams be what the sessions that are there say which
    the team's manager may read, and what is kept of those that are gone where nothing later does.
    Writes; whoever changes a session, or who manages the team, calls it in the same transaction,
    and whoever does so for the same team at once waits."""
    pairs = sorted(set(whose))
    if not pairs:
        return
    teams.lock(tx, sorted({team for team, _ in pairs}))
    said = {_at(row): row for row in tx.all(LAST_SAID, pairs=pairs, but=0)}
    there = tx.all(ROWS_OF, pairs=pairs)
    all_kept = {_at(row): row for row in there if row.kept}
    kept = {at: row for at, row in all_kept.items() if row.is_readable}
    live = {_at(row): row for row in there if not row.kept}
    tx.run_among(FORGET, [row.id for at, row in live.items() if at not in said])
    rows = []
    for at, row in said.items():
        columns = {
            "kept": False,
            "stands": at not in kept or kept[at].agreed_on <= row.occurred_on,
            "topic_id": row.topic_id,
            "interaction_id": row.interaction_id,
            "agreed_on": row.occurred_on,
            "text": row.plan,
            "activity": row.activity,
            "a_week": row.a_week,
            "progress": row.progress,
        }
        if at not in live or any(getattr(live[at], name) != one for name, one in columns.items()):
            rows.append(dict(zip(("team_id", "rep_id", "key"), at, strict=True)) | columns)
    tx.upsert(Row, rows, KEY)
    for at, row in all_kept.items():
        stands = at in kept and (at not in said or row.agreed_on > said[at].occurred_on)
        if row.stands != stands:
            tx.change(CHANGE, {"stands": stands}, plan=row.id)


def keep(tx: Transaction, interactions: Sequence[int]) -> list[Pair]:
    """What those sessions left as the plan of a topic stays when they go for good: it is kept from
    now on, and nothing leads to them. Of deleted ones nothing is kept, for that was put right.
    Whose plans `follow` has to work out once they are gone. Writes."""
    going = tx.all_among(LAST_GOING, interactions)
    pairs = sorted({(row.team_id, row.rep_id) for row in going})
    if pairs:
        teams.lock(tx, sorted({team for team, _ in pairs}))
        kept = {_at(row): row for row in tx.all(KEPT_OF, pairs=pairs)}
        rows = [
            {
                "team_id": row.team_id,
                "rep_id": row.rep_id,
                "key": row.key,
                "kept": True,
                "stands": False,
                "topic_id": row.topic_id,
                "interaction_id": row.interaction_id,
                "agreed_on": row.occurred_on,
                "text": row.plan,
                "activity": row.activity,
                "a_week": row.a_week,
                "progress": row.progress,
                "author_id": row.author_id,
            }
            for row in going
            if _at(row) not in kept or kept[_at(row)].occurred_on <= row.occurred_on
        ]
        tx.upsert(Row, rows, KEY)
        tx.run_among(KEEP_SHARING, interactions)
    tx.run_among(LET_GO, interactions)
    return pairs


def last_said(
    tx: Transaction, whose: Collection[Pair], *, but: int = 0
) -> dict[Pair, dict[str, PastTopic]]:
    """Each topic by its key, as it was in the last session that had it, with each of those reps on
    those teams: by team and rep, each pair of which is there. Of a session that is gone for good
    the plan is left.

    `but` is a session to leave out: the one that is being changed.
    """
    found: dict[Pair, dict[str, PastTopic]] = {pair: {} for pair in whose}
    if but:
        for row in tx.all(LAST_SAID, pairs=whose, but=but):
            found[row.team_id, row.rep_id][row.key] = past_of(row)
        return _with_kept(found, tx.all(KEPT_OF, pairs=whose))
    for row in tx.all(STANDING_WITH, pairs=whose):
        found[row.team_id, row.rep_id][row.key] = past_of(row)
    return found


def last_shared(tx: Transaction, whose: Collection[Pair]) -> dict[Pair, dict[str, PastTopic]]:
    """The same as far as it was shared with those reps, who may read no more: of each topic the
    last session that had it and was shared."""
    found: dict[Pair, dict[str, PastTopic]] = {pair: {} for pair in whose}
    for row in tx.all(LAST_SHARED, pairs=whose):
        found[row.team_id, row.rep_id][row.key] = past_of(row)
    return _with_kept(found, (row for row in tx.all(KEPT_OF, pairs=whose) if row.shared))


def of_teams(
    tx: Transaction, team_ids: Sequence[int], since: date, until: date
) -> list[StandingPlan]:
    """The plans of those teams that stand since a session on those days, and the progress named in
    them, oldest session first, each session's in the order of its topics."""
    rows = tx.all_among(STANDING_OF, team_ids, BY_DAY, since=since, until=until)
    return [_plan(row) for row in rows]


def kept_with(tx: Transaction, team_id: int, rep_id: int) -> list[KeptPlan]:
    """The plans with a rep of a team that outlived their sessions."""
    return [
        KeptPlan(row.occurred_on, row.title, plan_of(row).whole_plan, row.shared, row.otherwise)
        for row in tx.all(KEPT_WITH, team=team_id, rep=rep_id)
        if plan_of(row).whole_plan
    ]


def _plan(row: Any) -> StandingPlan:
    return StandingPlan(
        team_id=row.team_id,
        rep_id=row.rep_id,
        session=row.interaction_id,
        agreed_on=row.occurred_on,
        key=row.key,
        title=row.title,
        text=plan_of(row).whole_plan,
        progress=row.progress,
        otherwise=row.otherwise,
        earlier=row.earlier,
    )


def _with_kept(
    found: dict[Pair, dict[str, PastTopic]], kept: Iterable[Any]
) -> dict[Pair, dict[str, PastTopic]]:
    """With what is kept of sessions that are gone, where nothing there is as late."""
    for row in kept:
        own = found[row.team_id, row.rep_id]
        if row.key not in own or own[row.key].held_on < row.occurred_on:
            own[row.key] = kept_of(row)
    return found
