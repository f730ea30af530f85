"""Promises of both sides."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.promises import Owner, Promise
from storage.database.pairs import pairs_of
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Person as PersonRow
from storage.models import Promise as Row
from storage.team.people import PersonColumns

HANDED_TO = aliased(PersonRow)
REP = PersonColumns(PersonRow, "rep")
PAIR = pairs_of("team_id", "rep_id")

NOT_DELETED = Row.deleted_at.is_(None)
IS_OPEN = and_(Row.kept_on.is_(None), Row.dropped_on.is_(None), NOT_DELETED)
BY_ID, BY_DAY = attrgetter("id"), attrgetter("made_on", "id")
DUE_FIRST = (Row.due_on.is_(None), Row.due_on, Row.id)

PROMISES = (
    select(
        Row.id,
        Row.team_id,
        Row.owner,
        Row.what,
        Row.made_on,
        Row.due_on,
        Row.raised_on,
        Row.kept_on,
        Row.dropped_on,
        Row.closing_words,
        Row.interaction_id,
        Row.deleted_at,
        Row.form,
        HANDED_TO.name.label("handed_to"),
        *REP.columns,
    )
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .outerjoin(HANDED_TO, HANDED_TO.id == Row.handed_to_id)
    .where(Row.workspace_id == WORKSPACE)
)
ONE = PROMISES.where(Row.id == bindparam("promise"))
OF_FORM = select(Row.id).where(Row.workspace_id == WORKSPACE, Row.form == bindparam("form"))
OF_FORMS = PROMISES.where(Row.form.in_(AMONG))
OPEN_OF_TEAM = PROMISES.where(Row.team_id == bindparam("team"), IS_OPEN).order_by(*DUE_FIRST)
OPEN_WITH = (
    PROMISES.join(PAIR, and_(PAIR.c.team_id == Row.team_id, PAIR.c.rep_id == Row.rep_id))
    .where(IS_OPEN)
    .order_by(*DUE_FIRST)
)
KEPT_SINCE = and_(Row.kept_on >= bindparam("since"), NOT_DELETED)
KEPT_BY = PROMISES.where(
    Row.team_id.in_(AMONG), Row.owner == bindparam("owner"), KEPT_SINCE
).order_by(Row.id)
STANDING = PROMISES.where(
    Row.team_id == bindparam("team"),
    NOT_DELETED,
    or_(
        and_(Row.kept_on.is_(None), Row.dropped_on.is_(None)),
        Row.kept_on >= bindparam("since"),
        Row.dropped_on >= bindparam("since"),
    ),
).order_by(*DUE_FIRST)
STANDING_WITH = STANDING.where(Row.rep_id == bindparam("rep"))
# Two statements, each along an index of its own: those long closed are many.
OPEN_OF_TEAMS = PROMISES.where(Row.team_id.in_(AMONG), IS_OPEN).order_by(Row.id)
KEPT_OF_TEAMS = PROMISES.where(Row.team_id.in_(AMONG), KEPT_SINCE).order_by(Row.id)
OF_TEAM = PROMISES.where(Row.team_id == bindparam("team"), NOT_DELETED).order_by(Row.id)
OF_REPS = PROMISES.where(
    Row.team_id == bindparam("team"), Row.rep_id.in_(AMONG), NOT_DELETED
).order_by(Row.made_on.desc(), Row.id.desc())
OF_INTERACTION = PROMISES.where(Row.interaction_id == bindparam("contact"), NOT_DELETED)

CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("promise"))
CLOSE = CHANGE.where(IS_OPEN)
CLAIM_TELLING = CHANGE.where(Row.told_at.is_(None)).values(told_at=bindparam("at"))
GIVE_BACK_TELLING = CHANGE.values(told_at=None)
CHANGE_OF_INTERACTION = update(Row).where(
    Row.workspace_id == WORKSPACE, Row.interaction_id == bindparam("contact")
)
DELETE_OPEN = CHANGE_OF_INTERACTION.where(IS_OPEN).values(deleted_at=bindparam("at"))
PUT_BACK = CHANGE_OF_INTERACTION.where(Row.deleted_at == bindparam("at")).values(deleted_at=None)
LET_GO_OF_RAISED = CHANGE_OF_INTERACTION.where(Row.raised_on.is_not(None)).values(
    interaction_id=None, form=None
)
TO_COPY = (Row.team_id, Row.owner, Row.what, Row.made_on, Row.due_on, Row.raised_on)
COPIED = select(*TO_COPY, Row.id, Row.interaction_id, Row.form).where(
    Row.workspace_id == WORKSPACE, NOT_DELETED
)
NOTED_IN = COPIED.where(
    Row.interaction_id == bindparam("contact"), Row.raised_on.is_(None)
).order_by(Row.id)
COPIED_ONE = COPIED.where(Row.id == bindparam("promise"))
# What was deleted before would come back with the contact; its form makes another from now on.
ENDED = {
    "deleted_at": func.coalesce(Row.deleted_at, bindparam("at")),
    "interaction_id": None,
    "form": None,
}
END_NOTED = CHANGE_OF_INTERACTION.where(Row.raised_on.is_(None)).values(ENDED)
END = CHANGE.values(ENDED)
END_OF_FORM = (
    update(Row).where(Row.workspace_id == WORKSPACE, Row.form == bindparam("made_by")).values(ENDED)
)
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.deleted_at < bindparam("before"))
LET_GO = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))
    .values(interaction_id=None)
)


def _read(row: Any) -> Promise:
    return Promise(
        id=row.id,
        team_id=row.team_id,
        rep=REP.read(row),
        owner=row.owner,
        what=row.what,
        made_on=row.made_on,
        due_on=row.due_on,
        raised_on=row.raised_on,
        kept_on=row.kept_on,
        dropped_on=row.dropped_on,
        closing_words=row.closing_words,
        interaction_id=row.interaction_id,
        deleted=row.deleted_at is not None,
        handed_to=row.handed_to,
    )


def add(tx: Transaction, **values: Any) -> int:
    """A new promise; its id. Columns by their names."""
    return tx.insert(Row, closing_words="", **values)


def add_once(tx: Transaction, form: str, **values: Any) -> tuple[int, bool]:
    """The promise of that form, made now unless it was sent before; its id, and whether it is
    new. Columns by their names."""
    made = tx.insert_new(Row, "form", form=form, closing_words="", **values)
    if made is not None:
        return made, True
    return int(tx.first(OF_FORM, form=form).id), False


def get(tx: Transaction, promise_id: int) -> Promise | None:
    """That promise, in whatever state."""
    row = tx.first(ONE, promise=promise_id)
    return _read(row) if row else None


def of_form(tx: Transaction, form: str) -> int | None:
    """The promise that form made, if it was sent before."""
    found = tx.first(OF_FORM, form=form)
    return int(found.id) if found else None


def of_forms(tx: Transaction, forms: Iterable[str]) -> dict[str, Promise]:
    """The promises those forms made, deleted ones too, by form."""
    return {row.form: _read(row) for row in tx.all_among(OF_FORMS, forms)}


def change(tx: Transaction, promise_id: int, **values: Any) -> None:
    """Change columns of a promise by their names."""
    tx.change(CHANGE, values, promise=promise_id)


def close(tx: Transaction, promise_id: int, **values: Any) -> bool:
    """Change columns of a promise that is still open; False when it was not, be it just now."""
    return tx.change(CLOSE, values, promise=promise_id) == 1


def open_of_team(tx: Transaction, team_id: int) -> list[Promise]:
    """Open promises of a team, the earliest due first, those without a date last."""
    return [_read(row) for row in tx.all(OPEN_OF_TEAM, team=team_id)]


def open_with(tx: Transaction, whose: Collection[tuple[int, int]]) -> list[Promise]:
    """Open promises between managers and those reps, by team and rep: the earliest due first,
    those without a date last."""
    return [_read(row) for row in tx.all(OPEN_WITH, pairs=whose)]


def kept_by(tx: Transaction, owner: Owner, team_ids: Sequence[int], since: date) -> list[Promise]:
    """Promises of that side of those teams that were kept on that day or later."""
    rows = tx.all_among(KEPT_BY, team_ids, BY_ID, owner=owner, since=since)
    return [_read(row) for row in rows]


def standing(
    tx: Transaction, team_id: int, closed_since: date, rep_id: int | None = None
) -> list[Promise]:
    """Promises of a team, or with one rep of it, that are open or were closed on that day or
    later; the earliest due first, those without a date last."""
    if rep_id is None:
        rows = tx.all(STANDING, team=team_id, since=closed_since)
    else:
        rows = tx.all(STANDING_WITH, team=team_id, since=closed_since, rep=rep_id)
    return [_read(row) for row in rows]


def of_teams(tx: Transaction, team_ids: Sequence[int], kept_since: date) -> list[Promise]:
    """Promises of those teams that are open, or that were kept on that day or later."""
    rows = tx.all_among(OPEN_OF_TEAMS, team_ids, BY_ID)
    rows += tx.all_among(KEPT_OF_TEAMS, team_ids, BY_ID, since=kept_since)
    return [_read(row) for row in rows]


def of_reps(tx: Transaction, team_id: int, rep_ids: Iterable[int]) -> list[Promise]:
    """All promises between a manager and those reps that stand, newest first."""
    rows = tx.all_among(OF_REPS, rep_ids, BY_DAY, descending=True, team=team_id)
    return [_read(row) for row in rows]


def of_team(tx: Transaction, team_id: int) -> list[Promise]:
    """All promises of a team that stand, oldest first."""
    return [_read(row) for row in tx.all(OF_TEAM, team=team_id)]


def of_interaction(tx: Transaction, interaction_id: int) -> list[Promise]:
    """Promises made in that contact that stand."""
    return [_read(row) for row in tx.all(OF_INTERACTION, contact=interaction_id)]


def delete_open_of_interaction(tx: Transaction, interaction_id: int, at: datetime) -> None:
    """Delete, with the contact, those of its promises that are still open."""
    tx.run(DELETE_OPEN, contact=interaction_id, at=at)


def put_back_of_interaction(tx: Transaction, interaction_id: int, deleted_at: datetime) -> None:
    """Put back the promises that were deleted together with the contact."""
    tx.run(PUT_BACK, contact=interaction_id, at=deleted_at)


def let_go_of_raised(tx: Transaction, interaction_id: int) -> None:
    """What was raised in that contact stays with who raised it, and not with the contact; what its
    form says from now on is another promise."""
    tx.run(LET_GO_OF_RAISED, contact=interaction_id)


def end(tx: Transaction, promise_id: int, at: datetime) -> None:
    """It ends: with whom it was it never was."""
    tx.run(END, promise=promise_id, at=at)


def end_of_form(tx: Transaction, form: str, at: datetime) -> None:
    """What that form made ends: it says something else now."""
    tx.run(END_OF_FORM, made_by=form, at=at)


def begin_noted_anew(tx: Transaction, interaction_id: int, rep_id: int, at: datetime) -> None:
    """What was noted in that contact that either side will do ends, and begins anew with that rep:
    open, in the same words."""
    noted = tx.all(NOTED_IN, contact=interaction_id)
    tx.run(END_NOTED, contact=interaction_id, at=at)
    for row in noted:
        _copy(tx, row, rep_id)


def begin_anew(tx: Transaction, promise_id: int, rep_id: int, at: datetime) -> None:
    """A promise that stands ends, and begins anew with that rep under the same form."""
    row = tx.first(COPIED_ONE, promise=promise_id)
    if row is not None:
        tx.run(END, promise=promise_id, at=at)
        _copy(tx, row, rep_id)


def _copy(tx: Transaction, row: Any, rep_id: int) -> None:
    add(
        tx,
        team_id=row.team_id,
        rep_id=rep_id,
        owner=row.owner,
        what=row.what,
        made_on=row.made_on,
        due_on=row.due_on,
        raised_on=row.raised_on,
        interaction_id=row.interaction_id,
        form=row.form,
    )


def claim_telling(tx: Transaction, promise_id: int, at: datetime | None) -> bool:
    """Claim telling the rep that it is closed (None gives it back); False when claimed."""
    if at is None:
        return tx.run(GIVE_BACK_TELLING, promise=promise_id) == 1
    return tx.run(CLAIM_TELLING, promise=promise_id, at=at) == 1


def purge(tx: Transaction, deleted_before: datetime, interactions: Iterable[int]) -> None:
    """Remove for good what was deleted before; let go of contacts that are gone."""
    tx.run(PURGE, before=deleted_before)
    tx.run_among(LET_GO, interactions)
