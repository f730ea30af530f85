"""Topics of teams, what was said of them in sessions, and forms that are half filled in."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select, text
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Owner
from bot.domain.sessions.sessions import (
    PastTopic,
    Session,
    SessionDraft,
    SessionNotes,
    StandingPlan,
    Topic,
    TopicNotes,
)
from bot.domain.workspaces.people import Person
from storage.database.engine import Transaction
from storage.database.pairs import pairs
from storage.models import Draft as DraftRow
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Session as Row
from storage.models import SessionTopic as SaidRow
from storage.models import Topic as TopicRow
from storage.models import TopicSet as SetRow
from storage.models.contacts import IS_COMPONENT
from storage.sessions import drafts
from storage.team import people

TOPIC = (
    TopicRow.id,
    TopicRow.key,
    TopicRow.title,
    TopicRow.prompt,
    TopicRow.direction,
    TopicRow.minutes,
)


OTHER_SET = aliased(SetRow)


def current_topics(tx: Transaction, team_ids: Sequence[int]) -> dict[int, tuple[Topic, ...]]:
    """The topics of those teams as they are now, in order; a team that has none of its own yet is
    left out."""
    newest = (
        select(func.max(OTHER_SET.version))
        .where(OTHER_SET.team_id == SetRow.team_id)
        .correlate(SetRow)
        .scalar_subquery()
    )
    rows = tx.all(
        tx.select(SetRow, SetRow.team_id, *TOPIC)
        .outerjoin(TopicRow, TopicRow.topic_set_id == SetRow.id)
        .where(SetRow.team_id.in_(team_ids), SetRow.version == newest)
        .order_by(SetRow.team_id, TopicRow.place)
    )
    found: dict[int, tuple[Topic, ...]] = {}
    for team_id, *topic in rows:
        known = found.get(team_id, ())
        found[team_id] = known if topic[0] is None else (*known, Topic(*topic))
    return found


def current_set(tx: Transaction, team_id: int) -> tuple[int, int] | None:
    """The id and the version of a team's topics as they are now; None before it has any."""
    row = tx.first(
        tx.select(SetRow, SetRow.id, SetRow.version)
        .where(SetRow.team_id == team_id)
        .order_by(SetRow.version.desc())
        .limit(1)
    )
    return (row.id, row.version) if row else None


def add_set(tx: Transaction, team_id: int, version: int, topics: Sequence[Topic]) -> int:
    """A new version of a team's topics; its id. The one there is where another came first."""
    key = ("team_id", "version")
    tx.insert_missing(SetRow, [{"team_id": team_id, "version": version}], key)
    found = tx.first(
        tx.select(SetRow, SetRow.id).where(SetRow.team_id == team_id, SetRow.version == version)
    )
    rows = [
        {
            "topic_set_id": found.id,
            "key": topic.key,
            "place": place,
            "title": topic.title,
            "prompt": topic.prompt,
            "direction": topic.direction,
            "minutes": topic.minutes,
        }
        for place, topic in enumerate(topics)
    ]
    tx.insert_missing(TopicRow, rows, ("topic_set_id", "key"))
    return int(found.id)


def topics(tx: Transaction, team_id: int, topic_set: int) -> tuple[Topic, ...]:
    """The topics of that version, in order; none where it is another team's."""
    rows = tx.all(
        tx.select(TopicRow, *TOPIC)
        .join(SetRow, SetRow.id == TopicRow.topic_set_id)
        .where(SetRow.id == topic_set, SetRow.team_id == team_id)
        .order_by(TopicRow.place)
    )
    return tuple(Topic(*row) for row in rows)


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
        }
        for topic, words in said
    ]
    if rows:
        tx.insert_all(SaidRow, rows)


def of_interactions(tx: Transaction, interactions: Sequence[int]) -> dict[int, Session]:
    """What was said in those contacts, by contact; those that are no session have nothing."""
    return _read(
        tx.all(_said(tx).where(SaidRow.interaction_id.in_(interactions))),
        tx.all(_held(tx).where(Row.interaction_id.in_(interactions))),
    )


def of_team(tx: Transaction, team_id: int) -> dict[int, Session]:
    """What was said in all sessions of a team that stand, by contact."""
    own = and_(Contact.team_id == team_id, Contact.deleted_at.is_(None))
    return _read(
        tx.all(_said(tx).join(Contact, Contact.id == SaidRow.interaction_id).where(own)),
        tx.all(_held(tx).join(Contact, Contact.id == Row.interaction_id).where(own)),
    )


def _said(tx: Transaction) -> Any:
    columns = (
        SaidRow.interaction_id,
        SaidRow.plan,
        SaidRow.changed,
        SaidRow.next_step,
        SaidRow.progress,
        *TOPIC,
    )
    said = tx.select(SaidRow, *columns).join(TopicRow, TopicRow.id == SaidRow.topic_id)
    return said.order_by(SaidRow.interaction_id, TopicRow.place)


def _held(tx: Transaction) -> Any:
    return tx.select(Row, Row.interaction_id, Row.results, Row.shared_note)


def _read(said_rows: Iterable[Any], rows: Iterable[Any]) -> dict[int, Session]:
    known: dict[int, Topic] = {}
    topics_of: dict[int, list[Topic]] = {}
    said: dict[int, dict[str, TopicNotes]] = {}
    for row in said_rows:
        topic = known.get(row[5]) or known.setdefault(row[5], Topic(*row[5:]))
        topics_of.setdefault(row[0], []).append(topic)
        words = TopicNotes(row[1], row[2], row[3], progress=row[4])
        said.setdefault(row[0], {})[topic.key] = words
    return {
        row[0]: Session(
            tuple(topics_of.get(row[0], ())),
            SessionNotes(said.get(row[0], {}), results=row[1], shared_note=row[2]),
        )
        for row in rows
    }


def set_of(tx: Transaction, interaction_id: int) -> int | None:
    """The version of the topics that session was held with."""
    row = tx.first(tx.select(Row, Row.topic_set_id).where(Row.interaction_id == interaction_id))
    return row.topic_set_id if row else None


def last_said(
    tx: Transaction, whose: Collection[tuple[int, int]], *, but: int = 0
) -> dict[tuple[int, int], dict[str, PastTopic]]:
    """Each topic by its key, as it was in the last session that had it, with each of those reps on
    those teams: by team and rep, each pair of which is there.

    `but` is a session to leave out: the one that is being changed.
    """
    turn = (
        func.row_number()
        .over(
            partition_by=(Contact.team_id, Contact.rep_id, TopicRow.key),
            order_by=(Contact.occurred_on.desc(), Contact.id.desc()),
        )
        .label("turn")
    )
    pair = pairs(whose, "team_id", "rep_id")
    ranked = (
        tx.select(
            Contact,
            Contact.team_id,
            Contact.rep_id,
            TopicRow.key,
            Contact.occurred_on,
            SaidRow.plan,
            SaidRow.changed,
            SaidRow.next_step,
            turn,
        )
        .join(pair, and_(pair.c.team_id == Contact.team_id, pair.c.rep_id == Contact.rep_id))
        .join(SaidRow, SaidRow.interaction_id == Contact.id)
        .join(TopicRow, TopicRow.id == SaidRow.topic_id)
        .where(
            Contact.kind == InteractionKind.SESSION,
            Contact.deleted_at.is_(None),
            Contact.id != but,
        )
        .subquery()
    )
    found: dict[tuple[int, int], dict[str, PastTopic]] = {pair: {} for pair in whose}
    for team_id, rep_id, key, held_on, *words, _ in tx.all(
        select(ranked).where(ranked.c.turn == 1)
    ):
        found[team_id, rep_id][key] = PastTopic(held_on, TopicNotes(*words))
    return found


def history(
    tx: Transaction, team_id: int, rep_id: int, key: str, limit: int
) -> list[tuple[int, str, PastTopic]]:
    """One topic down the sessions with a rep, latest first: the contact's id, the title it had,
    and what was said."""
    rows = tx.all(
        tx.select(
            Contact,
            Contact.id,
            TopicRow.title,
            Contact.occurred_on,
            SaidRow.plan,
            SaidRow.changed,
            SaidRow.next_step,
        )
        .join(SaidRow, SaidRow.interaction_id == Contact.id)
        .join(TopicRow, TopicRow.id == SaidRow.topic_id)
        .where(
            Contact.team_id == team_id,
            Contact.rep_id == rep_id,
            Contact.deleted_at.is_(None),
            TopicRow.key == key,
        )
        .order_by(Contact.occurred_on.desc(), Contact.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1], PastTopic(row[2], TopicNotes(*row[3:6]))) for row in rows]


def texts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """All that was said in sessions with a rep, by contact."""
    own = Contact.team_id == team_id, Contact.rep_id == rep_id
    said = tx.all(
        tx.select(SaidRow, SaidRow.interaction_id, SaidRow.plan, SaidRow.changed, SaidRow.next_step)
        .join(Contact, Contact.id == SaidRow.interaction_id)
        .where(*own)
    )
    whole = tx.all(
        tx.select(Row, Row.interaction_id, Row.results, Row.shared_note)
        .join(Contact, Contact.id == Row.interaction_id)
        .where(*own)
    )
    return [(row[0], text) for row in [*said, *whole] for text in row[1:] if text]


def plans(tx: Transaction, team_ids: Sequence[int], since: date, until: date) -> list[StandingPlan]:
    """The plans that the sessions of those teams on those days left, and the progress named in
    them, oldest session first, each session's in the order of its topics."""
    rows = tx.all(
        tx.select(
            Contact,
            Contact.team_id,
            Contact.rep_id,
            Contact.id,
            Contact.occurred_on,
            TopicRow.key,
            TopicRow.title,
            SaidRow.plan,
            case((SaidRow.progress, SaidRow.changed), else_=""),
        )
        .join(SaidRow, SaidRow.interaction_id == Contact.id)
        .join(TopicRow, TopicRow.id == SaidRow.topic_id)
        .where(
            Contact.team_id.in_(team_ids),
            Contact.occurred_on.between(since, until),
            text(IS_COMPONENT),
            or_(SaidRow.plan != "", SaidRow.progress),
        )
        .order_by(Contact.occurred_on, Contact.id, TopicRow.place)
    )
    return [StandingPlan(*row) for row in rows]


def held_on(tx: Transaction, team_id: int, rep_id: int, day: date, *, but: int = 0) -> bool:
    """Whether there is a session with that rep on that day, beside the one named `but`."""
    found = tx.first(
        tx.select(Contact, Contact.id).where(
            Contact.team_id == team_id,
            Contact.rep_id == rep_id,
            Contact.occurred_on == day,
            Contact.kind == InteractionKind.SESSION,
            Contact.deleted_at.is_(None),
            Contact.id != but,
        )
    )
    return found is not None


def save_draft(tx: Transaction, author_id: int, draft: SessionDraft, now: datetime) -> None:
    """Keep a form that is half filled in; the same form again replaces what was kept."""
    drafts.save(
        tx,
        author_id,
        draft.form,
        draft.rep.id,
        now,
        state=_pack(draft),
        topic_set=draft.topic_set,
        step=draft.step,
    )


def half_written(
    tx: Transaction, author_id: int, team_id: int, *, form: str | None = None
) -> list[SessionDraft]:
    """The forms that author has half filled in, the latest first; with `form`, that one alone.

    One that cannot be read is left out; where it is the very one asked for, raises Sealed: a new
    one in its place would be kept over it.
    """
    statement = (
        tx.select(
            DraftRow,
            DraftRow.form,
            DraftRow.step,
            DraftRow.topic_set_id,
            DraftRow.state,
            *people.columns(),
        )
        .join(PersonRow, PersonRow.id == DraftRow.rep_id)
        .join(SetRow, SetRow.id == DraftRow.topic_set_id)
        .where(DraftRow.author_id == author_id, SetRow.team_id == team_id)
    )
    if form is not None:
        statement = statement.where(DraftRow.form == form)
    rows = tx.all(statement.order_by(DraftRow.saved_at.desc(), DraftRow.id.desc()))
    rows = drafts.readable_of(rows, [row[3] for row in rows], form)
    known = {topic_set: topics(tx, team_id, topic_set) for topic_set in {row[2] for row in rows}}
    return [_unpack(row, known[row[2]]) for row in rows]


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts."""
    gone = list(interactions)
    if gone:
        tx.delete(SaidRow, SaidRow.interaction_id.in_(gone))
        tx.delete(Row, Row.interaction_id.in_(gone))


def _pack(draft: SessionDraft) -> str:
    notes = draft.notes
    state = {
        "day": draft.day.isoformat(),
        "results": notes.results,
        "shared_note": notes.shared_note,
        "topics": {
            key: [
                said.plan,
                said.changed,
                said.next_step,
                said.owner.value,
                said.due_on.isoformat() if said.due_on else None,
                said.progress,
            ]
            for key, said in notes.topics.items()
        },
    }
    return json.dumps(state, ensure_ascii=False)


def _unpack(row: Any, known: tuple[Topic, ...]) -> SessionDraft:
    state = json.loads(row[3])
    said = {
        key: TopicNotes(
            plan,
            changed,
            step,
            Owner(owner),
            date.fromisoformat(due) if due else None,
            any(progress),  # a draft of an earlier version has none
        )
        for key, (plan, changed, step, owner, due, *progress) in state["topics"].items()
    }
    rep: Person = people.read(row[4:])
    notes = SessionNotes(said, state["results"], state["shared_note"])
    day = date.fromisoformat(state["day"])
    return SessionDraft(row[0], rep, day, row[1], row[2], known, notes)
