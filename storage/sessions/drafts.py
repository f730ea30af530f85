"""Forms that are half filled in, for their author alone: of sessions, and of field days."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.domain.contacts.interactions import InteractionKind, Unfinished
from bot.domain.field_days import (
    FieldDayDraft,
    FieldDayEntry,
    FieldDayNotes,
    parse_visits,
    visit_lines,
)
from bot.domain.workspaces.private import Unreadable, readable
from storage.database.engine import Transaction
from storage.models import Draft as Row
from storage.models import Person as PersonRow
from storage.team import people


def save(
    tx: Transaction,
    author_id: int,
    form: str,
    rep_id: int,
    now: datetime,
    *,
    state: str,
    topic_set: int | None = None,
    step: str = "",
) -> None:
    """Keep what was typed; the same form again replaces what was kept."""
    row = {
        "form": form,
        "author_id": author_id,
        "rep_id": rep_id,
        "topic_set_id": topic_set,
        "step": step,
        "state": state,
        "saved_at": now,
    }
    tx.upsert(Row, [row], ("form", "workspace_id"))


def unfinished(tx: Transaction, author_id: int) -> list[Unfinished]:
    """All that author has half filled in, the latest first."""
    rows = tx.all(
        tx.select(Row, Row.form, Row.topic_set_id, *people.columns())
        .join(PersonRow, PersonRow.id == Row.rep_id)
        .where(Row.author_id == author_id)
        .order_by(Row.saved_at.desc(), Row.id.desc())
    )
    session, field_day = InteractionKind.SESSION, InteractionKind.FIELD_DAY
    return [
        Unfinished(row[0], people.read(row[2:]), field_day if row[1] is None else session)
        for row in rows
    ]


def drop(tx: Transaction, author_id: int, form: str) -> None:
    """Nothing is half filled in there any more."""
    tx.delete(Row, Row.form == form, Row.author_id == author_id)


def readable_of(rows: Sequence[Any], states: Sequence[str], form: str | None) -> list[Any]:
    """Those of the rows whose state can be read. Raises Sealed where one was asked for by its
    form, and cannot be."""
    if form is not None:
        for state in states:
            readable(state)
    pairs = zip(rows, states, strict=True)
    return [row for row, state in pairs if not isinstance(state, Unreadable)]


def save_field_day(tx: Transaction, author_id: int, draft: FieldDayDraft, now: datetime) -> None:
    """Keep a field day that is half written down."""
    entry = draft.entry
    state = {
        "day": entry.day.isoformat(),
        "visits": visit_lines(entry.notes.visits),
        "texts": [getattr(entry.notes, name) for name in TEXTS],
        "actions": [entry.rep_action, entry.manager_action],
        "due_on": entry.due_on.isoformat() if entry.due_on else None,
    }
    packed = json.dumps(state, ensure_ascii=False)
    save(tx, author_id, draft.form, draft.rep.id, now, state=packed)


TEXTS = ("rep_view", "strength", "focus", "market")


def field_days(tx: Transaction, author_id: int, *, form: str | None = None) -> list[FieldDayDraft]:
    """The field days that author has half written down, the latest first; with `form`, that one
    alone.

    One that cannot be read is left out; where it is the very one asked for, raises Sealed.
    """
    statement = (
        tx.select(Row, Row.form, Row.state, *people.columns())
        .join(PersonRow, PersonRow.id == Row.rep_id)
        .where(Row.author_id == author_id, Row.topic_set_id.is_(None))
    )
    if form is not None:
        statement = statement.where(Row.form == form)
    found = []
    rows = tx.all(statement.order_by(Row.saved_at.desc(), Row.id.desc()))
    for row in readable_of(rows, [row[1] for row in rows], form):
        state, rep = json.loads(row[1]), people.read(row[2:])
        texts = dict(zip(TEXTS, state["texts"], strict=True))
        entry = FieldDayEntry(
            rep=rep.slack_id,
            day=date.fromisoformat(state["day"]),
            notes=FieldDayNotes(parse_visits(state["visits"]), **texts),
            rep_action=state["actions"][0],
            manager_action=state["actions"][1],
            due_on=date.fromisoformat(state["due_on"]) if state["due_on"] else None,
        )
        found.append(FieldDayDraft(row[0], rep, entry))
    return found
