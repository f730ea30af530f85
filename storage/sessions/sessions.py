"""Topics of teams, and what was said of them in sessions."""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.sessions.sessions import PastTopic, Session, SessionNotes, Topic, TopicNotes
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Interaction as Contact
from storage.models import Session as Row
from storage.models import SessionTopic as SaidRow
from storage.models import Topic as TopicRow
from storage.models import TopicSet as SetRow
from storage.sessions import plans
from storage.sessions.said import all_of, past_of
from storage.workspaces.otherwise import OTHERWISE
from storage.workspaces.readable import IS_READABLE, where_readable

OTHER_SET = aliased(SetRow)
WITH_REP = and_(Contact.team_id == bindparam("team"), Contact.rep_id == bindparam("rep"))
LATEST_FIRST = (Contact.occurred_on.desc(), Contact.id.desc())

TOPIC = (
    TopicRow.id.label("topic_id"),
    TopicRow.key,
    TopicRow.title,
    TopicRow.prompt,
    TopicRow.direction,
    TopicRow.minutes,
    TopicRow.shape,
)
CURRENT_TOPICS = (
    select(SetRow.team_id, *TOPIC)
    .join_from(SetRow, TopicRow, TopicRow.topic_set_id == SetRow.id, isouter=True)
    .where(
        SetRow.workspace_id == WORKSPACE,
        SetRow.team_id.in_(AMONG),
        SetRow.version
        == select(func.max(OTHER_SET.version))
        .where(OTHER_SET.team_id == SetRow.team_id, OTHER_SET.version > 0)
        .correlate(SetRow)
        .scalar_subquery(),
    )
    .order_by(SetRow.team_id, TopicRow.place)
)
SETS = select(SetRow.id, SetRow.version).where(
    SetRow.workspace_id == WORKSPACE, SetRow.team_id == bindparam("team")
)
CURRENT_SET = SETS.where(SetRow.version > 0).order_by(SetRow.version.desc()).limit(1)
SET_OF_VERSION = SETS.where(SetRow.version == bindparam("version"))
TOPICS = (
    select(*TOPIC)
    .join_from(TopicRow, SetRow, SetRow.id == TopicRow.topic_set_id)
    .where(
        TopicRow.workspace_id == WORKSPACE,
        SetRow.id == bindparam("topic_set"),
        SetRow.team_id == bindparam("team"),
    )
    .order_by(TopicRow.place)
)

OF_TEAM = and_(Contact.team_id == bindparam("team"), Contact.deleted_at.is_(None))
EVERYTHING_SAID = (
    select(
        SaidRow.interaction_id,
        SaidRow.plan,
        SaidRow.changed,
        SaidRow.next_step,
        SaidRow.progress,
        SaidRow.activity,
        SaidRow.a_week,
        *TOPIC,
    )
    .join_from(SaidRow, TopicRow, TopicRow.id == SaidRow.topic_id)
    .join(Contact, Contact.id == SaidRow.interaction_id)
    .where(SaidRow.workspace_id == WORKSPACE)
    .order_by(SaidRow.interaction_id, TopicRow.place)
)
ALL_SAID = EVERYTHING_SAID.where(IS_READABLE)
SAID_WITH = EVERYTHING_SAID.where(WITH_REP, Contact.deleted_at.is_(None))
SAID = ALL_SAID.where(SaidRow.interaction_id.in_(AMONG))
SAID_OF_REPS = ALL_SAID.where(OF_TEAM, Contact.rep_id.in_(AMONG))
ALL_SESSIONS = (
    select(Row.interaction_id, where_readable(Row.results), where_readable(Row.shared_note))
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE)
)
SESSIONS_WITH = (
    select(Row.interaction_id, Row.results, Row.shared_note)
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE, WITH_REP, Contact.deleted_at.is_(None))
)
SESSIONS = ALL_SESSIONS.where(Row.interaction_id.in_(AMONG))
SESSIONS_OF_REPS = ALL_SESSIONS.where(OF_TEAM, Contact.rep_id.in_(AMONG))
SET_OF = select(Row.topic_set_id).where(
    Row.workspace_id == WORKSPACE, Row.interaction_id == bindparam("contact")
)
HISTORY = (
    select(
        Contact.id.label("interaction_id"),
        TopicRow.title,
        Contact.occurred_on,
        SaidRow.plan,
        SaidRow.changed,
        SaidRow.next_step,
        SaidRow.activity,
        SaidRow.a_week,
        OTHERWISE,
    )
    .join_from(Contact, SaidRow, SaidRow.interaction_id == Contact.id)
    .join(TopicRow, TopicRow.id == SaidRow.topic_id)
    .where(
        Contact.workspace_id == WORKSPACE,
        WITH_REP,
        Contact.deleted_at.is_(None),
        TopicRow.key == bindparam("key"),
        IS_READABLE,
    )
    .order_by(*LATEST_FIRST)
    .limit(bindparam("limit"))
)
SPOKEN_OF = (
    select(SaidRow.interaction_id, TopicRow.title)
    .join_from(SaidRow, TopicRow, TopicRow.id == SaidRow.topic_id)
    .join(Contact, Contact.id == SaidRow.interaction_id)
    .where(
        SaidRow.workspace_id == WORKSPACE,
        SaidRow.interaction_id.in_(AMONG),
        IS_READABLE,
        or_(SaidRow.changed != "", SaidRow.next_step != ""),
    )
    .order_by(SaidRow.interaction_id, TopicRow.place)
)
TEXTS_OF_TOPICS = (
    select(
        SaidRow.interaction_id,
        SaidRow.plan,
        SaidRow.changed,
        SaidRow.next_step,
        SaidRow.activity,
    )
    .join_from(SaidRow, Contact, Contact.id == SaidRow.interaction_id)
    .where(SaidRow.workspace_id == WORKSPACE, WITH_REP, IS_READABLE)
)
TEXTS = (
    select(Row.interaction_id, where_readable(Row.results), where_readable(Row.shared_note))
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE, WITH_REP)
)
WHOSE = (
    select(Contact.team_id, Contact.rep_id)
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .where(Contact.workspace_id == WORKSPACE, Contact.id.in_(AMONG))
)
HELD_ON = select(Contact.id).where(
    Contact.workspace_id == WORKSPACE,
    WITH_REP,
    Contact.occurred_on == bindparam("day"),
    Contact.kind == InteractionKind.SESSION,
    Contact.deleted_at.is_(None),
    Contact.id != bindparam("but"),
)
PURGE_SAID = delete(SaidRow).where(
    SaidRow.workspace_id == WORKSPACE, SaidRow.interaction_id.in_(AMONG)
)
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))

_topic = reader(Topic, "topic_id", "key", "title", "prompt", "direction", "minutes", "shape")


_said: Any = attrgetter("plan", "activity", "changed", "next_step")
_whole: Any = attrgetter("results", "shared_note")


def current_topics(tx: Transaction, team_ids: Sequence[int]) -> dict[int, tuple[Topic, ...]]:
    """The topics of those teams as they are now, in order; a team that has none of its own yet is
    left out."""
    found: dict[int, tuple[Topic, ...]] = {}
    for row in tx.all_among(CURRENT_TOPICS, team_ids):
        known = found.get(row.team_id, ())
        found[row.team_id] = known if row.topic_id is None else (*known, _topic(row))
    return found


def current_set(tx: Transaction, team_id: int) -> tuple[int, int] | None:
    """The id and the version of a team's topics as they are now; None before it has any."""
    row = tx.first(CURRENT_SET, team=team_id)
    return (row.id, row.version) if row else None


def add_set(tx: Transaction, team_id: int, version: int, topics: Sequence[Topic]) -> int:
    """A new version of a team's topics; its id. The one there is where another came first."""
    key = ("team_id", "version")
    tx.insert_missing(SetRow, [{"team_id": team_id, "version": version}], key)
    found = tx.first(SET_OF_VERSION, team=team_id, version=version)
    rows = [
        {
            "topic_set_id": found.id,
            "key": topic.key,
            "place": place,
            "title": topic.title,
            "prompt": topic.prompt,
            "direction": topic.direction,
            "minutes": topic.minutes,
            "shape": topic.shape,
        }
        for place, topic in enumerate(topics)
    ]
    tx.insert_missing(TopicRow, rows, ("topic_set_id", "key"))
    return int(found.id)


def topics(tx: Transaction, team_id: int, topic_set: int) -> tuple[Topic, ...]:
    """The topics of that version, in order; none where it is another team's."""
    return tuple(_topic(row) for row in tx.all(TOPICS, topic_set=topic_set, team=team_id))


def save(
    tx: Transaction,
    interaction_id: int,
    topic_set: int,
    said: Iterable[tuple[Topic, TopicNotes]],
    notes: SessionNotes,
) -> None:
    """Let the session of that contact say this, whatever it said before; plans follow."""
    _forget(tx, [interaction_id])
    tx.insert(
        Row,
        interaction_id=interaction_id,
        topic_set_id=topic_set,
        results=notes.results,
        shared_note=notes.shared_note,
    )
    rows = [
        {
            "interaction_id": interaction_id,
            "topic_id": topic.id,
            "plan": words.plan,
            "changed": words.changed,
            "next_step": words.next_step,
            "progress": words.progress,
            "activity": words.activity,
            "a_week": words.a_week,
        }
        for topic, words in said
    ]
    if rows:
        tx.insert_all(SaidRow, rows)
    plans.follow(tx, _whose(tx, [interaction_id]))


def of_interactions(tx: Transaction, interactions: Sequence[int]) -> dict[int, Session]:
    """What was said in those contacts, by contact; those that are no session have nothing."""
    return _sessions(tx.all_among(SAID, interactions), tx.all_among(SESSIONS, interactions))


def of_reps(tx: Transaction, team_id: int, reps: Sequence[int]) -> dict[int, Session]:
    """What was said in all sessions of a team with those reps that stand, by contact."""
    return _sessions(
        tx.all_among(SAID_OF_REPS, reps, team=team_id),
        tx.all_among(SESSIONS_OF_REPS, reps, team=team_id),
    )


def with_rep(tx: Transaction, team_id: int, rep_id: int) -> dict[int, Session]:
    """All that was said in sessions with a rep that stand, whoever manages the team now, by
    contact: for the rep's own copy, which counts what they may not read, and an operator's."""
    return _sessions(
        tx.all(SAID_WITH, team=team_id, rep=rep_id),
        tx.all(SESSIONS_WITH, team=team_id, rep=rep_id),
    )


def _sessions(said_rows: Iterable[Any], rows: Iterable[Any]) -> dict[int, Session]:
    known: dict[int, Topic] = {}
    topics_of: dict[int, list[Topic]] = {}
    said: dict[int, dict[str, TopicNotes]] = {}
    for row in said_rows:
        topic = known.get(row.topic_id) or known.setdefault(row.topic_id, _topic(row))
        topics_of.setdefault(row.interaction_id, []).append(topic)
        said.setdefault(row.interaction_id, {})[topic.key] = all_of(row)
    return {
        row.interaction_id: Session(
            tuple(topics_of.get(row.interaction_id, ())),
            SessionNotes(
                said.get(row.interaction_id, {}), results=row.results, shared_note=row.shared_note
            ),
        )
        for row in rows
    }


def set_of(tx: Transaction, interaction_id: int) -> int | None:
    """The version of the topics that session was held with."""
    row = tx.first(SET_OF, contact=interaction_id)
    return row.topic_set_id if row else None


def history(
    tx: Transaction, team_id: int, rep_id: int, key: str, limit: int
) -> list[tuple[int, str, PastTopic]]:
    """One topic down the sessions with a rep, latest first: the contact's id, the title it had,
    and what was said."""
    rows = tx.all(HISTORY, team=team_id, rep=rep_id, key=key, limit=limit)
    return [(row.interaction_id, row.title, past_of(row)) for row in rows]


def spoken_of(tx: Transaction, interactions: Sequence[int]) -> dict[int, list[str]]:
    """The topics of each of those sessions, by title and in order, in which something changed or
    was agreed on; nothing of one without."""
    found: dict[int, list[str]] = {}
    for row in tx.all_among(SPOKEN_OF, interactions):
        found.setdefault(row.interaction_id, []).append(row.title)
    return found


def texts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """All that was said in sessions with a rep, by contact."""
    said = tx.all(TEXTS_OF_TOPICS, team=team_id, rep=rep_id)
    whole = tx.all(TEXTS, team=team_id, rep=rep_id)
    found = [(row.interaction_id, _said(row)) for row in said]
    found += [(row.interaction_id, _whole(row)) for row in whole]
    return [(contact, text) for contact, texts in found for text in texts if text]


def held_on(tx: Transaction, team_id: int, rep_id: int, day: date, *, but: int = 0) -> bool:
    """Whether there is a session with that rep on that day, beside the one named `but`."""
    return tx.first(HELD_ON, team=team_id, rep=rep_id, day=day, but=but) is not None


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts. The plans that they left stand on, unless
    they were deleted."""
    gone = list(interactions)
    left = plans.keep(tx, gone)
    _forget(tx, gone)
    plans.follow(tx, left)


def _whose(tx: Transaction, interactions: Sequence[int]) -> set[tuple[int, int]]:
    """Team and rep of those contacts that are sessions, deleted or not."""
    return {(row.team_id, row.rep_id) for row in tx.all_among(WHOSE, interactions)}


def _forget(tx: Transaction, gone: Sequence[int]) -> None:
    tx.run_among(PURGE_SAID, gone)
    tx.run_among(PURGE, gone)
