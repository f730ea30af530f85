"""What stayed with an earlier manager of teams that somebody else manages now: for that one alone,
as each statement asks who wrote it."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, bindparam, select

from bot.domain.binder.stayed import StayedContact
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import FieldDay as FieldDayRow
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Session as SessionRow
from storage.models import SessionTopic as SaidRow
from storage.models import Topic as TopicRow
from storage.models import Visit as VisitRow
from storage.workspaces.readable import IS_WITHHELD

BY_AUTHOR = Contact.author_id == bindparam("author", type_=BigInteger)
BY_DAY = attrgetter("occurred_on", "id")

CONTACTS = (
    select(
        Contact.id,
        Contact.kind,
        Contact.occurred_on,
        Contact.about,
        Contact.private_note,
        IS_WITHHELD,
        PersonRow.name,
    )
    .join_from(Contact, PersonRow, PersonRow.id == Contact.rep_id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id.in_(AMONG),
        BY_AUTHOR,
        Contact.deleted_at.is_(None),
        Contact.private_note.is_not(None) | IS_WITHHELD.element,
    )
    .order_by(Contact.occurred_on, Contact.id)
)
SESSIONS = (
    select(
        SaidRow.interaction_id,
        TopicRow.title,
        SaidRow.plan,
        SaidRow.changed,
        SaidRow.next_step,
    )
    .join_from(SaidRow, TopicRow, TopicRow.id == SaidRow.topic_id)
    .join(Contact, Contact.id == SaidRow.interaction_id)
    .where(SaidRow.workspace_id == WORKSPACE, SaidRow.interaction_id.in_(AMONG), BY_AUTHOR)
    .order_by(SaidRow.interaction_id, TopicRow.place)
)
NOTES = (
    select(SessionRow.interaction_id, SessionRow.shared_note, SessionRow.results)
    .join_from(SessionRow, Contact, Contact.id == SessionRow.interaction_id)
    .where(SessionRow.workspace_id == WORKSPACE, SessionRow.interaction_id.in_(AMONG), BY_AUTHOR)
    .order_by(SessionRow.interaction_id)
)
FIELD_DAYS = (
    select(
        FieldDayRow.interaction_id,
        FieldDayRow.rep_view,
        FieldDayRow.strength,
        FieldDayRow.focus,
    )
    .join_from(FieldDayRow, Contact, Contact.id == FieldDayRow.interaction_id)
    .where(FieldDayRow.workspace_id == WORKSPACE, FieldDayRow.interaction_id.in_(AMONG), BY_AUTHOR)
    .order_by(FieldDayRow.interaction_id)
)
VISITS = (
    select(VisitRow.interaction_id, VisitRow.account, VisitRow.outcome, VisitRow.next_step)
    .join_from(VisitRow, Contact, Contact.id == VisitRow.interaction_id)
    .where(VisitRow.workspace_id == WORKSPACE, VisitRow.interaction_id.in_(AMONG), BY_AUTHOR)
    .order_by(VisitRow.interaction_id, VisitRow.place)
)


def contacts(tx: Transaction, team_ids: Sequence[int], author_id: int) -> list[StayedContact]:
    """The contacts of those teams that this author wrote a private note with, or never shared
    though somebody else manages the team now; oldest first."""
    rows = tx.all_among(CONTACTS, team_ids, BY_DAY, author=author_id)
    return [
        StayedContact(
            row.id,
            row.kind,
            row.name,
            row.occurred_on,
            row.about,
            row.private_note,
            bool(row.is_withheld),
        )
        for row in rows
    ]


def topics(tx: Transaction, ids: Sequence[int], author_id: int) -> list[Any]:
    """What that author wrote of each topic of those sessions: the contact's id, the topic's title,
    plan, what changed, next step."""
    return [tuple(row) for row in tx.all_among(SESSIONS, ids, author=author_id)]


def notes(tx: Transaction, ids: Sequence[int], author_id: int) -> list[Any]:
    """Of each of those sessions of that author's its id, the note for both, and of results."""
    return [tuple(row) for row in tx.all_among(NOTES, ids, author=author_id)]


def field_days(tx: Transaction, ids: Sequence[int], author_id: int) -> list[Any]:
    """Of each of those field days of that author's its id, how the rep saw it, the strength and the
    focus."""
    return [tuple(row) for row in tx.all_among(FIELD_DAYS, ids, author=author_id)]


def visits(tx: Transaction, ids: Sequence[int], author_id: int) -> list[Any]:
    """Of each visit of those field days of that author's the contact's id, the account, what came
    of it, and the next step there."""
    return [tuple(row) for row in tx.all_among(VISITS, ids, author=author_id)]
