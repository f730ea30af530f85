"""What was shared with reps, and what they said to it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.sessions.sessions import TopicNotes
from bot.domain.sessions.sharing import Sharing
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Interaction as Contact
from storage.models import SessionTopic as SaidRow
from storage.models import Sharing as Row
from storage.models import Topic as TopicRow
from storage.sessions.said import plan_of
from storage.workspaces.otherwise import BESIDE

COLUMNS = (
    Row.interaction_id,
    Row.shared_at,
    Row.changed_at,
    Row.seen_at,
    Row.rep_words,
    Row.rep_words_at,
    Row.objection_beside,
)
REPS_OWN = {"rep_words", "seen_at", "objection"}
OF_ITS_REP = and_(Contact.id == Row.interaction_id, Contact.rep_id == Row.rep_id)
"""Shared with whom a contact is about, and with nobody whom it was said to be about before."""
STANDS = and_(Row.workspace_id == WORKSPACE, Row.ended_at.is_(None))

ALL_SHARED = select(*COLUMNS, BESIDE.label("objection")).join(Contact, OF_ITS_REP).where(STANDS)
SHARED = ALL_SHARED.where(Row.interaction_id.in_(AMONG))
SHARED_OF_REPS = ALL_SHARED.where(
    Contact.team_id == bindparam("team"),
    Contact.rep_id.in_(AMONG),
    Contact.deleted_at.is_(None),
)
WITH_OBJECTION = (
    select(*COLUMNS, Row.objection)
    .join(Contact, OF_ITS_REP)
    .where(STANDS, Row.interaction_id.in_(AMONG))
)
LAST_READ = (
    select(Contact.id)
    .join_from(Row, Contact, OF_ITS_REP)
    .where(
        STANDS,
        Contact.team_id == bindparam("team"),
        Contact.rep_id == bindparam("rep"),
        Contact.kind == InteractionKind.SESSION,
        Contact.deleted_at.is_(None),
        Contact.occurred_on < bindparam("day"),
        Row.shared_at <= bindparam("at"),
    )
    .order_by(Contact.occurred_on.desc(), Contact.id.desc())
    .limit(1)
    .scalar_subquery()
)
PLANS_READ = (
    select(TopicRow.key, SaidRow.plan, SaidRow.activity, SaidRow.a_week)
    .join_from(SaidRow, TopicRow, TopicRow.id == SaidRow.topic_id)
    .where(SaidRow.workspace_id == WORKSPACE, SaidRow.interaction_id == LAST_READ)
)
WITH_REP = and_(
    Row.workspace_id == WORKSPACE,
    Row.interaction_id == bindparam("contact"),
    Row.rep_id == bindparam("rep"),
)
ENDED_WITH = select(Row.rep_words).where(WITH_REP, Row.ended_at.is_not(None))
OF_CONTACT = update(Row).where(
    Row.workspace_id == WORKSPACE,
    Row.interaction_id == bindparam("contact"),
    Row.ended_at.is_(None),
)
SEE = OF_CONTACT.where(
    Row.changed_at.is_not_distinct_from(bindparam("edition", type_=Row.changed_at.type))
).values(seen_at=bindparam("at"))
SAID, FIRST, ALIKE = aliased(Row), aliased(Contact), aliased(Contact)


SAID_OF: dict[str, Any] = {
    column.key: select(column)
    .where(
        SAID.workspace_id == WORKSPACE,
        SAID.interaction_id == bindparam("contact"),
        SAID.rep_id == Row.rep_id,
    )
    .correlate(Row)
    .scalar_subquery()
    for column in (
        *(SAID.id, SAID.rep_words, SAID.rep_words_at, SAID.changed_at, SAID.seen_at),
        *(SAID.objection, SAID.objection_beside),
    )
}
"""What the rep said of one contact, for another that is the same."""

ORIGIN = (
    select(func.coalesce(FIRST.origin_id, FIRST.id))
    .where(FIRST.workspace_id == WORKSPACE, FIRST.id == bindparam("contact"))
    .scalar_subquery()
)
SAID_BESIDE = SAID_OF["objection_beside"]
# Where its rep moved to another team, the same stands there: what they say is said of both. What
# they say to one manager alone is that one's.
SAY_ALIKE = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.ended_at.is_(None),
        Row.interaction_id != bindparam("contact"),
        Row.interaction_id.in_(
            select(ALIKE.id).where(
                ALIKE.workspace_id == WORKSPACE, or_(ALIKE.origin_id == ORIGIN, ALIKE.id == ORIGIN)
            )
        ),
        SAID_OF["id"].is_not(None),
    )
    .values(
        rep_words=SAID_OF["rep_words"],
        rep_words_at=SAID_OF["rep_words_at"],
        seen_at=case(
            (
                Row.changed_at.is_not_distinct_from(SAID_OF["changed_at"]),
                SAID_OF["seen_at"],
            ),
            else_=Row.seen_at,
        ),
        objection=case(
            (SAID_BESIDE, SAID_OF["objection"]),
            (Row.objection_beside, None),
            else_=Row.objection,
        ),
        objection_beside=SAID_BESIDE,
    )
)
END = OF_CONTACT.values(ended_at=bindparam("at"))
SHARE_AGAIN = (
    update(Row)
    .where(WITH_REP, Row.ended_at.is_not(None))
    .values(shared_at=bindparam("at"), changed_at=None, seen_at=None, ended_at=None)
)
UNSHARE = delete(Row).where(WITH_REP, Row.rep_words == "", Row.objection.is_(None))
END_WITH = update(Row).where(WITH_REP).values(ended_at=Row.shared_at)
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))


def share(tx: Transaction, interaction_id: int, rep_id: int, at: datetime) -> bool:
    """Share that contact with its rep; False where it is shared with them already. Where it was
    before, and the contact was somebody else's meanwhile, their own words are there again."""
    asked = {"interaction_id": interaction_id, "rep_id": rep_id}
    key = ("interaction_id", "rep_id")
    made = tx.insert_new(Row, key, shared_at=at, rep_words="", **asked)
    if made is not None:
        return True
    return tx.run(SHARE_AGAIN, contact=interaction_id, rep=rep_id, at=at) > 0


def unshare(tx: Transaction, interaction_id: int, rep_id: int) -> None:
    """It was not shared with that rep after all: Slack took nothing. Own words of an earlier time
    stay."""
    if not tx.run(UNSHARE, contact=interaction_id, rep=rep_id):
        tx.run(END_WITH, contact=interaction_id, rep=rep_id)


def end(tx: Transaction, interaction_id: int, at: datetime) -> bool:
    """It is not shared any more with whom it was shared with; False where it was with nobody."""
    return tx.run(END, contact=interaction_id, at=at) > 0


def words_of_ended(tx: Transaction, interaction_id: int, rep_id: int) -> str | None:
    """The own words of a rep whom that contact was shared with, and is not any more; None where it
    is, or never was."""
    row = tx.first(ENDED_WITH, contact=interaction_id, rep=rep_id)
    return row.rep_words if row else None


def of_interactions(
    tx: Transaction, ids: Sequence[int], *, with_objection: bool
) -> dict[int, Sharing]:
    """What was shared of those contacts, by contact. `with_objection`: for the manager who wrote it
    and the rep, also what the rep said to that manager alone."""
    statement = WITH_OBJECTION if with_objection else SHARED
    return {row.interaction_id: _shared(row) for row in tx.all_among(statement, ids)}


def plans_read(
    tx: Transaction, team_id: int, rep_id: int, before: date, at: datetime
) -> dict[str, TopicNotes]:
    """The plans, by the topic's key, of the last session before that day that was shared with that
    rep by `at`: a rep holds a plan against what they have read, and nothing else."""
    rows = tx.all(PLANS_READ, team=team_id, rep=rep_id, day=before, at=at)
    return {row.key: plan_of(row) for row in rows}


def of_reps(tx: Transaction, team_id: int, reps: Sequence[int]) -> dict[int, Sharing]:
    """What was shared of all contacts of a team with those reps that stand, by contact; of
    objections those that stand beside the text."""
    rows = tx.all_among(SHARED_OF_REPS, reps, team=team_id)
    return {row.interaction_id: _shared(row) for row in rows}


def _shared(row: Any) -> Sharing:
    return Sharing(
        interaction_id=row.interaction_id,
        shared_at=row.shared_at,
        changed_at=row.changed_at,
        rep_words=row.rep_words,
        rep_words_at=row.rep_words_at,
        objection=row.objection or "",
        beside=row.objection_beside,
        seen_at=row.seen_at,
    )


def change(tx: Transaction, interaction_id: int, **values: Any) -> bool:
    """Change columns of what was shared by their names; False where nothing was. What its rep says
    is said in every team that they had it with."""
    changed = tx.change(OF_CONTACT, values, contact=interaction_id) > 0
    if changed and values.keys() & REPS_OWN:
        tx.run(SAY_ALIKE, contact=interaction_id)
    return changed


def see(tx: Transaction, interaction_id: int, edition: datetime | None, at: datetime) -> bool:
    """It was seen then, as it was last changed at `edition`; False where it changed meanwhile."""
    seen = tx.run(SEE, contact=interaction_id, edition=edition, at=at) == 1
    if seen:
        tx.run(SAY_ALIKE, contact=interaction_id)
    return seen


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts."""
    tx.run_among(PURGE, interactions)
