"""Topics of teams, and what was said of them in sessions."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, or_, select, text
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.sessions.sessions import (
    PastTopic,
    Session,
    SessionNotes,
    StandingPlan,
    Topic,
    TopicNotes,
)
from storage.database.pairs import pairs_of
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Interaction as Contact
from storage.models import Session as Row
from storage.models import SessionTopic as SaidRow
from storage.models import Sharing as SharingRow
from storage.models import Topic as TopicRow
from storage.models import TopicSet as SetRow
from storage.models.contacts import IS_COMPONENT
from storage.workspaces.otherwise import OTHERWISE

OTHER_SET = aliased(SetRow)
PAIR = pairs_of("team_id", "rep_id")
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
        .where(OTHER_SET.team_id == SetRow.team_id)
        .correlate(SetRow)
        .scalar_subquery(),
    )
    .order_by(SetRow.team_id, TopicRow.place)
)
SETS = select(SetRow.id, SetRow.version).where(
    SetRow.workspace_id == WORKSPACE, SetRow.team_id == bindparam("team")
)
CURRENT_SET = SETS.order_by(SetRow.version.desc()).limit(1)
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
ALL_SAID = (
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
    .where(SaidRow.workspace_id == WORKSPACE)
    .order_by(SaidRow.interaction_id, TopicRow.place)
)
SAID = ALL_SAID.where(SaidRow.interaction_id.in_(AMONG))
SAID_OF_TEAM = ALL_SAID.join(Contact, Contact.id == SaidRow.interaction_id).where(OF_TEAM)
ALL_SESSIONS = select(Row.interaction_id, Row.results, Row.shared_note).where(
    Row.workspace_id == WORKSPACE
)
SESSIONS = ALL_SESSIONS.where(Row.interaction_id.in_(AMONG))
SESSIONS_OF_TEAM = ALL_SESSIONS.join(Contact, Contact.id == Row.interaction_id).where(OF_TEAM)
SET_OF = select(Row.topic_set_id).where(
    Row.workspace_id == WORKSPACE, Row.interaction_id == bindparam("contact")
)
SAID_WITH = (
    select(
        Contact.id,
        Contact.team_id,
        Contact.rep_id,
        TopicRow.key,
        Contact.occurred_on,
        SaidRow.plan,
        SaidRow.changed,
        SaidRow.next_step,
        SaidRow.activity,
        SaidRow.a_week,
        OTHERWISE,
        func.row_number()
        .over(partition_by=(Contact.team_id, Contact.rep_id, TopicRow.key), order_by=LATEST_FIRST)
        .label("turn"),
    )
    .join_from(
        Contact, PAIR, and_(PAIR.c.team_id == Contact.team_id, PAIR.c.rep_id == Contact.rep_id)
    )
    .join(SaidRow, SaidRow.interaction_id == Contact.id)
    .join(TopicRow, TopicRow.id == SaidRow.topic_id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.kind == InteractionKind.SESSION,
        Contact.deleted_at.is_(None),
    )
)
RANKED = SAID_WITH.where(Contact.id != bindparam("but")).subquery()
LAST_SAID = select(RANKED).where(RANKED.c.turn == 1)
RANKED_SHARED = SAID_WITH.join(
    SharingRow,
    and_(
        SharingRow.interaction_id == Contact.id,
        SharingRow.rep_id == Contact.rep_id,
        SharingRow.ended_at.is_(None),
    ),
).subquery()
LAST_SHARED = select(RANKED_SHARED).where(RANKED_SHARED.c.turn == 1)
HISTORY = (
    select(
        Contact.id,
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
    )
    .order_by(*LATEST_FIRST)
    .limit(bindparam("limit"))
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
    .where(SaidRow.workspace_id == WORKSPACE, WITH_REP)
)
TEXTS = (
    select(Row.interaction_id, Row.results, Row.shared_note)
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE, WITH_REP)
)
PLANS = (
    select(
        Contact.team_id,
        Contact.rep_id,
        Contact.id,
        Contact.occurred_on,
        TopicRow.key,
        TopicRow.title,
        TopicRow.place,
        SaidRow.plan,
        SaidRow.changed,
        SaidRow.next_step,
        SaidRow.activity,
        SaidRow.a_week,
        case((SaidRow.progress, SaidRow.changed), else_="").label("progress"),
        OTHERWISE,
    )
    .join_from(Contact, SaidRow, SaidRow.interaction_id == Contact.id)
    .join(TopicRow, TopicRow.id == SaidRow.topic_id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id.in_(AMONG),
        Contact.occurred_on.between(bindparam("since"), bindparam("until")),
        text(IS_COMPONENT),
        or_(SaidRow.plan != "", SaidRow.activity != "", SaidRow.a_week > 0, SaidRow.progress),
    )
    .order_by(Contact.occurred_on, Contact.id, TopicRow.place)
)
BY_DAY = attrgetter("occurred_on", "id", "place")
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


def _notes(row: Any) -> TopicNotes:
    return TopicNotes(
        row.plan, row.changed, row.next_step, activity=row.activity, a_week=row.a_week
    )


_said: Any = attrgetter("plan", "activity", "changed", "next_step")
_whole: Any = attrgetter("results", "shared_note")


def _plan(row: Any) -> StandingPlan:
    return StandingPlan(
        team_id=row.team_id,
        rep_id=row.rep_id,
        session=row.id,
        agreed_on=row.occurred_on,
        key=row.key,
        title=row.title,
        text=_notes(row).whole_plan,
        progress=row.progress,
        otherwise=row.otherwise,
    )


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
    """Let the session of that contact say this, whatever it said before."""
    purge(tx, [interaction_id])
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


def of_interactions(tx: Transaction, interactions: Sequence[int]) -> dict[int, Session]:
    """What was said in those contacts, by contact; those that are no session have nothing."""
    return _sessions(tx.all_among(SAID, interactions), tx.all_among(SESSIONS, interactions))


def of_team(tx: Transaction, team_id: int) -> dict[int, Session]:
    """What was said in all sessions of a team that stand, by contact."""
    return _sessions(tx.all(SAID_OF_TEAM, team=team_id), tx.all(SESSIONS_OF_TEAM, team=team_id))


def _sessions(said_rows: Iterable[Any], rows: Iterable[Any]) -> dict[int, Session]:
    known: dict[int, Topic] = {}
    topics_of: dict[int, list[Topic]] = {}
    said: dict[int, dict[str, TopicNotes]] = {}
    for row in said_rows:
        topic = known.get(row.topic_id) or known.setdefault(row.topic_id, _topic(row))
        topics_of.setdefault(row.interaction_id, []).append(topic)
        words = replace(_notes(row), progress=row.progress)
        said.setdefault(row.interaction_id, {})[topic.key] = words
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


def last_said(
    tx: Transaction, whose: Collection[tuple[int, int]], *, but: int = 0
) -> dict[tuple[int, int], dict[str, PastTopic]]:
    """Each topic by its key, as it was in the last session that had it, with each of those reps on
    those teams: by team and rep, each pair of which is there.

    `but` is a session to leave out: the one that is being changed.
    """
    return _by_pair(whose, tx.all(LAST_SAID, pairs=whose, but=but))


def last_shared(
    tx: Transaction, whose: Collection[tuple[int, int]]
) -> dict[tuple[int, int], dict[str, PastTopic]]:
    """The same, of the sessions that were shared with the rep: what the rep may read of it."""
    return _by_pair(whose, tx.all(LAST_SHARED, pairs=whose))


def _by_pair(
    whose: Collection[tuple[int, int]], rows: Iterable[Any]
) -> dict[tuple[int, int], dict[str, PastTopic]]:
    found: dict[tuple[int, int], dict[str, PastTopic]] = {pair: {} for pair in whose}
    for row in rows:
        found[row.team_id, row.rep_id][row.key] = _past(row)
    return found


def _past(row: Any) -> PastTopic:
    return PastTopic(row.occurred_on, _notes(row), row.otherwise, row.id)


def history(
    tx: Transaction, team_id: int, rep_id: int, key: str, limit: int
) -> list[tuple[int, str, PastTopic]]:
    """One topic down the sessions with a rep, latest first: the contact's id, the title it had,
    and what was said."""
    rows = tx.all(HISTORY, team=team_id, rep=rep_id, key=key, limit=limit)
    return [(row.id, row.title, _past(row)) for row in rows]


def texts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """All that was said in sessions with a rep, by contact."""
    said = tx.all(TEXTS_OF_TOPICS, team=team_id, rep=rep_id)
    whole = tx.all(TEXTS, team=team_id, rep=rep_id)
    found = [(row.interaction_id, _said(row)) for row in said]
    found += [(row.interaction_id, _whole(row)) for row in whole]
    return [(contact, text) for contact, texts in found for text in texts if text]


def plans(tx: Transaction, team_ids: Sequence[int], since: date, until: date) -> list[StandingPlan]:
    """The plans that the sessions of those teams on those days left, and the progress named in
    them, oldest session first, each session's in the order of its topics."""
    rows = tx.all_among(PLANS, team_ids, BY_DAY, since=since, until=until)
    return [_plan(row) for row in rows]


def held_on(tx: Transaction, team_id: int, rep_id: int, day: date, *, but: int = 0) -> bool:
    """Whether there is a session with that rep on that day, beside the one named `but`."""
    return tx.first(HELD_ON, team=team_id, rep=rep_id, day=day, but=but) is not None


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts."""
    gone = list(interactions)
    tx.run_among(PURGE_SAID, gone)
    tx.run_among(PURGE, gone)
