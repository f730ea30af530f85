"""Forms that are half filled in, for their author alone: of sessions, and of field days."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from bot.domain.contacts.interactions import InteractionKind, Unfinished
from bot.domain.field_days import (
    FieldDayDraft,
    FieldDayEntry,
    FieldDayNotes,
    parse_visits,
    visit_lines,
)
from bot.domain.workspaces.private import Unreadable, readable
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Draft as Row
from storage.models import Person as PersonRow
from storage.team.people import PersonColumns

REP = PersonColumns(PersonRow, "rep")
DRAFTS = (
    select(Row.form, Row.topic_set_id, Row.step, Row.state, *REP.columns)
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .where(Row.workspace_id == WORKSPACE, Row.author_id == bindparam("author"))
    .order_by(Row.saved_at.desc(), Row.id.desc())
)
# What they hold is not read.
UNFINISHED = DRAFTS.with_only_columns(Row.form, Row.topic_set_id, *REP.columns)
FIELD_DAYS = DRAFTS.where(Row.topic_set_id.is_(None))
FIELD_DAY = FIELD_DAYS.where(Row.form == bindparam("form"))
DROP = delete(Row).where(
    Row.workspace_id == WORKSPACE,
    Row.form == bindparam("form"),
    Row.author_id == bindparam("author"),
)


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
    tx.upsert(Row, [row], ("form", "author_id", "workspace_id"))


def unfinished(tx: Transaction, author_id: int) -> list[Unfinished]:
    """All that author has half filled in, the latest first."""
    session, field_day = InteractionKind.SESSION, InteractionKind.FIELD_DAY
    return [
        Unfinished(row.form, REP.read(row), field_day if row.topic_set_id is None else session)
        for row in tx.all(UNFINISHED, author=author_id)
    ]


def drop(tx: Transaction, author_id: int, form: str) -> None:
    """Nothing is half filled in there any more."""
    tx.run(DROP, form=form, author=author_id)


def readable_of(rows: Sequence[Any], form: str | None) -> list[Any]:
    """Those of the rows whose state can be read. Raises Sealed where one was asked for by its
    form, and cannot be."""
    if form is not None:
        for row in rows:
            readable(row.state)
    return [row for row in rows if not isinstance(row.state, Unreadable)]


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
    if form is None:
        rows = tx.all(FIELD_DAYS, author=author_id)
    else:
        rows = tx.all(FIELD_DAY, author=author_id, form=form)
    found = []
    for row in readable_of(rows, form):
        state, rep = json.loads(row.state), REP.read(row)
        texts = dict(zip(TEXTS, state["texts"], strict=True))
        entry = FieldDayEntry(
            rep=rep.slack_id,
            day=date.fromisoformat(state["day"]),
            notes=FieldDayNotes(parse_visits(state["visits"]), **texts),
            rep_action=state["actions"][0],
            manager_action=state["actions"][1],
            due_on=date.fromisoformat(state["due_on"]) if state["due_on"] else None,
        )
        found.append(FieldDayDraft(row.form, rep, entry))
    return found
