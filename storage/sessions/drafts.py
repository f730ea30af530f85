"""Forms that are half filled in, a row a step, for their author alone: of sessions, of field days
and of what a rep prepares."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    and_,
    bindparam,
    case,
    delete,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from bot.domain.contacts.drafts import (
    KEPT_FOR,
    ONE_STEP,
    Draft,
    DraftKind,
    DraftStep,
    Typed,
    Unfinished,
)
from bot.domain.promises import Owner
from bot.domain.sessions.steps import Step, as_typed
from bot.domain.workspaces.private import Unreadable, readable
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import DIALECT_INSERT, Transaction
from storage.models import Appointment, Erased, Interaction, Membership, Person, Team, TopicSet
from storage.models import Draft as Row
from storage.team.people import PersonColumns

WHOLE = "~"
"""Before the step of a draft of an earlier version, which holds all steps in one row."""

ON_ITS_WAY = 2 * 2_000_000
"""How long a keystroke may take to come, as stamps count: twice the microseconds, here of two
seconds."""
TICK = timedelta(microseconds=1)
"""A form stands at the step that was saved last. Of one that is left and one that is reached in the
same moment, that is the latter."""
KEY = ("form", "step", "author_id", "workspace_id")

AUTHOR = aliased(Person)
REP_ROW = aliased(Person)
OWN_TEAM = aliased(Team)
CLOSED = aliased(Row)
REP = PersonColumns(REP_ROW, "rep")

TOLD = {
    name: bindparam(name, type_=getattr(Row, name).type)
    for name in ("kind", "form", "step", "state", "typed_at", "typed_in", "saved_at")
}
ASKED = {
    "rep": bindparam("rep", type_=Person.slack_id.type),
    **{
        name: bindparam(name, type_=Row.id.type) for name in ("topic_set", "contact", "appointment")
    },
}
"""What a form says it is about: "" and 0 for nothing."""

LED = (
    select(Team.id)
    .where(Team.workspace_id == WORKSPACE, Team.manager_id == AUTHOR.id)
    .correlate(AUTHOR)
)
ASKED_REP = and_(
    REP_ROW.workspace_id == WORKSPACE,
    REP_ROW.slack_id == ASKED["rep"],
    exists().where(Membership.rep_id == REP_ROW.id, Membership.team_id.in_(LED)),
)
ASKED_TOPICS = and_(TopicSet.id == ASKED["topic_set"], TopicSet.team_id.in_(LED))
ASKED_CONTACT = and_(Interaction.id == ASKED["contact"], Interaction.team_id.in_(LED))
ASKED_APPOINTMENT = and_(Appointment.id == ASKED["appointment"], Appointment.rep_id == AUTHOR.id)
OF_ERASED = and_(Erased.workspace_id == WORKSPACE, Erased.person_id == Interaction.rep_id)
FOUND = (
    select(
        WORKSPACE.label("workspace_id"),
        *(TOLD[name].label(name) for name in ("kind", "form", "step")),
        AUTHOR.id.label("author_id"),
        REP_ROW.id.label("rep_id"),
        TopicSet.id.label("topic_set_id"),
        Interaction.id.label("interaction_id"),
        Appointment.id.label("appointment_id"),
        *(TOLD[name].label(name) for name in ("state", "typed_at", "typed_in", "saved_at")),
    )
    .select_from(AUTHOR)
    .outerjoin(REP_ROW, ASKED_REP)
    .outerjoin(TopicSet, ASKED_TOPICS)
    .outerjoin(Interaction, ASKED_CONTACT)
    .outerjoin(Appointment, ASKED_APPOINTMENT)
    .where(
        AUTHOR.workspace_id == WORKSPACE,
        AUTHOR.slack_id == bindparam("author"),
        # What a form names is the author's own, or nothing is kept. A rep may be chosen anew.
        or_(ASKED["topic_set"] == 0, TopicSet.id.is_not(None)),
        or_(ASKED["contact"] == 0, Interaction.id.is_not(None)),
        or_(Appointment.id.is_not(None), and_(ASKED["appointment"] == 0, exists(LED))),
        # What is typed of somebody who was erased meanwhile goes nowhere.
        ~exists().where(Erased.workspace_id == WORKSPACE, Erased.slack_id == ASKED["rep"]),
        or_(ASKED["contact"] == 0, ~exists().where(OF_ERASED)),
        ~exists().where(
            CLOSED.workspace_id == WORKSPACE,
            CLOSED.form == TOLD["form"],
            CLOSED.author_id == AUTHOR.id,
            CLOSED.closed_at.is_not(None),
        ),
    )
)
NAMED = tuple(column.key for column in FOUND.selected_columns)


def _keeping(dialect: str, said: Callable[[Any], Mapping[str, Any]], only: Any) -> Executable:
    """Keep a step of a form: new, or in place of what stands there, where that is so; of that,
    `said` is what the row says then."""
    insert = DIALECT_INSERT[dialect](Row).from_select(NAMED, FOUND)
    told = insert.excluded
    values = {"saved_at": told.saved_at, "rep_id": told.rep_id, **said(told)}
    keeping: Executable = insert.on_conflict_do_update(
        index_elements=KEY, set_=values, where=and_(Row.closed_at.is_(None), only(told))
    )
    return keeping


def _not_older(told: Any) -> ColumnElement[bool]:
    return told.typed_at >= Row.typed_at  # type: ignore[no-any-return]


def _always(_told: Any) -> ColumnElement[bool]:
    return Row.form == TOLD["form"]


def _typed(told: Any) -> dict[str, Any]:
    return {name: told[name] for name in ("state", "typed_at", "typed_in")}


def _pressed(told: Any) -> dict[str, Any]:
    of_that_modal = or_(Row.typed_in == told.typed_in, Row.typed_in == "")
    is_newest = and_(_not_older(told), of_that_modal)
    return {
        name: case((is_newest, value), else_=getattr(Row, name))
        for name, value in _typed(told).items()
    }


def _sent(told: Any) -> dict[str, Any]:
    # A keystroke from before it was sent may still be on its way; one from after **Back** is later.
    # How much later is bounded, so that a clock that is ahead keeps nobody's words away for long.
    latest = Row.typed_at + ON_ITS_WAY + 1
    stamp = case(
        # Odd: once, however often it is sent again.
        (Row.typed_at % 2 == 1, Row.typed_at),
        (told.typed_at > latest, latest),
        (told.typed_at > Row.typed_at, told.typed_at),
        else_=Row.typed_at + 1,
    )
    return {**_typed(told), "typed_at": stamp}


def _stands(_told: Any) -> dict[str, Any]:
    return {}


TYPED = {name: _keeping(name, _typed, _not_older) for name in DIALECT_INSERT}
"""A keystroke, all of it: whose it is, what it is about, that no older one replaces a newer one,
and that nothing is kept of a form that was logged or discarded."""
PRESSED = {name: _keeping(name, _pressed, _always) for name in DIALECT_INSERT}
"""What stands in a modal where something else than a field was pressed: it need not be new, so that
what was typed in another modal stays."""
SENT = {name: _keeping(name, _sent, _always) for name in DIALECT_INSERT}
"""What was sent stands above what was typed until then."""
STANDS = {name: _keeping(name, _stands, _always) for name in DIALECT_INSERT}
"""The form stands at that step now; what it holds stays."""

IS_OPEN = ~exists().where(
    CLOSED.workspace_id == WORKSPACE,
    CLOSED.form == Row.form,
    CLOSED.author_id == Row.author_id,
    CLOSED.closed_at.is_not(None),
)
STEPS = (
    select(
        Row.kind,
        Row.form,
        Row.step,
        Row.topic_set_id,
        Row.interaction_id,
        Row.appointment_id,
        Row.state,
        *REP.columns,
    )
    .join_from(Row, REP_ROW, REP_ROW.id == Row.rep_id, isouter=True)
    .where(Row.workspace_id == WORKSPACE, Row.author_id == bindparam("author"), IS_OPEN)
    .order_by(Row.saved_at.desc(), Row.id.desc())
)
OF_KIND = STEPS.where(Row.kind == bindparam("kind", type_=Row.kind.type))
OF_FORM = OF_KIND.where(Row.form == bindparam("form"))
# What they hold is not read.
UNFINISHED = (
    select(
        Row.kind,
        Row.form,
        Row.interaction_id,
        case((Row.appointment_id.is_not(None), AUTHOR.name), else_=REP_ROW.name).label("name"),
    )
    .join_from(Row, REP_ROW, REP_ROW.id == Row.rep_id, isouter=True)
    .join(Appointment, Appointment.id == Row.appointment_id, isouter=True)
    .join(OWN_TEAM, OWN_TEAM.id == Appointment.team_id, isouter=True)
    .join(AUTHOR, AUTHOR.id == OWN_TEAM.manager_id, isouter=True)
    .where(Row.workspace_id == WORKSPACE, Row.author_id == bindparam("author"), IS_OPEN)
    .order_by(Row.saved_at.desc(), Row.id.desc())
)
TOMBSTONE = select(Row.id).where(
    Row.workspace_id == WORKSPACE,
    Row.form == bindparam("form"),
    Row.author_id == bindparam("author"),
    Row.closed_at.is_not(None),
)
OF_CLOSED = delete(Row).where(
    Row.workspace_id == WORKSPACE,
    Row.form == bindparam("form"),
    Row.author_id == bindparam("author"),
)
OF_CONTACTS = delete(Row).where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))
LATE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.closed_at.is_(None), ~IS_OPEN)
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.saved_at < bindparam("before"))


def save_typed(tx: Transaction, steps: Sequence[tuple[str, DraftStep, datetime]]) -> None:
    """Keep what those authors (Slack ids) typed, as of those moments: a statement for each of them.
    What is older than what stands there, of a form that was logged or discarded, or about what is
    not the author's, changes nothing."""
    ordered = sorted(steps, key=lambda one: (one[1].form, one[1].step))
    rows = [_row(author, step, at + TICK) for author, step, at in ordered]
    tx.execute(_of(tx, TYPED), rows[0] if len(rows) == 1 else rows)


def save_pressed(
    tx: Transaction, author: str, step: DraftStep, now: datetime, *, then: str | None = None
) -> None:
    """Keep what a step holds as a button in it was pressed, and let the form stand at `then`."""
    tx.execute(_of(tx, PRESSED), _row(author, step, now))
    _stand(tx, author, step, then if then is not None else step.step, now)


def save_sent(tx: Transaction, author: str, step: DraftStep, now: datetime, *, then: str) -> None:
    """Keep what a step says as it was sent just now, and let the form stand at `then`."""
    stamp = 2 * (int(now.timestamp() * 1_000_000)) + 1
    tx.execute(_of(tx, SENT), _row(author, step, now) | {"typed_at": stamp})
    _stand(tx, author, step, then, now)


def _stand(tx: Transaction, author: str, step: DraftStep, then: str, now: datetime) -> None:
    row = _row(author, step, now + TICK) | {"step": then, "state": _pack(Typed(), step.day)}
    tx.execute(_of(tx, STANDS), row | {"typed_at": 0, "typed_in": ""})


def _of(tx: Transaction, statements: Mapping[str, Executable]) -> Executable:
    return statements[tx.connection.dialect.name]


def _row(author: str, step: DraftStep, now: datetime) -> dict[str, Any]:
    prepares = step.kind is DraftKind.PREPARATION
    return {
        "author": author,
        "kind": step.kind,
        "form": step.form,
        "step": step.step,
        "rep": step.rep,
        "topic_set": step.topic_set,
        "contact": 0 if prepares else step.subject,
        "appointment": step.subject if prepares else 0,
        "state": _pack(step.typed, step.day),
        "typed_at": 2 * step.typed_at,
        "typed_in": step.view,
        "saved_at": now,
    }


def of_author(
    tx: Transaction, author_id: int, kind: DraftKind, *, form: str | None = None
) -> list[Draft]:
    """The forms of a kind that author has half filled in, the latest first; with `form`, that one
    alone.

    One that cannot be read is left out; where it is the very one asked for, raises Sealed: a new
    one in its place would be kept over it.
    """
    if form is None:
        rows = tx.all(OF_KIND, author=author_id, kind=kind)
    else:
        rows = tx.all(OF_FORM, author=author_id, kind=kind, form=form)
        for row in rows:
            readable(row.state)
    forms: dict[str, list[Any]] = {}
    for row in rows:
        forms.setdefault(row.form, []).append(row)
    return [
        _draft(steps)
        for steps in forms.values()
        if not any(isinstance(row.state, Unreadable) for row in steps)
    ]


def unfinished(tx: Transaction, author_id: int) -> list[Unfinished]:
    """All that author has half filled in, the latest first."""
    latest: dict[str, Any] = {}
    for row in tx.all(UNFINISHED, author=author_id):
        latest.setdefault(row.form, row)
    return [
        Unfinished(row.kind, row.form, row.name or "", row.interaction_id is not None)
        for row in latest.values()
    ]


def is_closed(tx: Transaction, author_id: int, form: str) -> bool:
    """Whether that form was logged or discarded."""
    return tx.first(TOMBSTONE, author=author_id, form=form) is not None


def close(tx: Transaction, author_id: int, kind: DraftKind, form: str, now: datetime) -> None:
    """The form was logged or discarded: nothing is half filled in there any more, nor will be."""
    tx.run(OF_CLOSED, form=form, author=author_id)
    row = {
        "kind": kind,
        "form": form,
        "step": "",
        "author_id": author_id,
        "state": "",
        "saved_at": now,
        "closed_at": now,
    }
    tx.upsert(Row, [row], KEY)


def forget_contacts(tx: Transaction, contacts: Iterable[int]) -> None:
    """Those contacts go for good, and what was half changed in them."""
    tx.run_among(OF_CONTACTS, contacts)


def purge(tx: Transaction, now: datetime) -> None:
    """Remove for good what nobody has touched for long, and what came too late."""
    tx.run(LATE)
    tx.run(PURGE, before=now - KEPT_FOR)


def _pack(typed: Typed, day: date | None) -> str:
    state = {"values": typed.values, "day": day.isoformat() if day else None}
    return json.dumps(state, ensure_ascii=False)


def _draft(rows: Sequence[Any]) -> Draft:
    """The rows of one form, the latest first."""
    latest = rows[0]
    typed: dict[str, Typed] = {}
    day = None
    for row in reversed(rows):
        state = json.loads(row.state)
        if "values" in state:
            typed[row.step] = Typed(state["values"])
        else:
            typed |= _of_whole(state)
        day = date.fromisoformat(state["day"]) if state["day"] else day
    return Draft(
        kind=latest.kind,
        form=latest.form,
        rep=REP.read_any(latest),
        topic_set=latest.topic_set_id or 0,
        subject=latest.interaction_id or latest.appointment_id or 0,
        day=day,
        step=latest.step.removeprefix(WHOLE) or ONE_STEP,
        typed=typed,
    )


def _of_whole(state: Mapping[str, Any]) -> dict[str, Typed]:
    """All steps of a draft as an earlier version kept it, in one row."""
    if "topics" not in state:
        names = ("rep_view", "strength", "focus", "market")
        texts = dict(zip(names, state["texts"], strict=True))
        actions = dict(zip(("rep_action", "manager_action"), state["actions"], strict=True))
        due = state["due_on"] or ""
        days = {"day": state["day"], "rep_due_on": due, "manager_due_on": due}
        return {ONE_STEP: Typed({"visits": state["visits"], **texts, **actions, **days})}
    steps = {
        key: Typed(
            {
                f"plan.{key}": plan,
                f"changed.{key}": changed,
                f"next_step.{key}": _one_step(what, owner, due),
                f"progress.{key}": ["progress"] if any(progress) else [],
            }
        )
        for key, (plan, changed, what, owner, due, *progress) in state["topics"].items()
    }
    closing = {name: state[name] for name in ("results", "shared_note", "day")}
    return {**steps, "close": Typed(closing)}


def _one_step(what: str, owner: str, due_on: str | None) -> str:
    """A step that had its owner and its day apart, as it is typed now."""
    due = date.fromisoformat(due_on) if due_on else None
    return as_typed([Step(what, Owner(owner), due)]) if what else ""
