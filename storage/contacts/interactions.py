"""Contacts: touches, strategy sessions, field days."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select, text, tuple_
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import Contact, Interaction, InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.workspaces.private import Unreadable
from storage import field_days
from storage.database.engine import Transaction
from storage.database.pairs import once, pairs
from storage.meetings import agenda
from storage.models import Interaction as Row
from storage.models import Person as PersonRow
from storage.models import Sharing as SharingRow
from storage.models import Team as TeamRow
from storage.models.contacts import IS_COMPONENT
from storage.sessions import sessions
from storage.team import people

OTHER = aliased(Row)


def _columns(author_id: Any) -> tuple[Any, ...]:
    own_note = and_(Row.private_note.is_not(None), Row.author_id == author_id)
    return (
        Row.id,
        Row.kind,
        Row.team_id,
        Row.author_id,
        Row.channel,
        Row.occurred_on,
        Row.occurred_at,
        Row.recorded_at,
        Row.about,
        own_note.label("has_private_note"),
        Row.deleted_at,
    )


def _read(row: Any) -> Interaction:
    return Interaction(
        id=row[0],
        kind=row[1],
        team_id=row[2],
        rep=people.read(row[11:]),
        author_id=row[3],
        channel=row[4],
        occurred_on=row[5],
        occurred_at=row[6],
        recorded_at=row[7],
        about=row[8],
        has_private_note=bool(row[9]),
        deleted_at=row[10],
    )


def _select(tx: Transaction, reader_id: Any) -> Any:
    return tx.select(Row, *_columns(reader_id), *people.columns()).join(
        PersonRow, PersonRow.id == Row.rep_id
    )


def add_once(tx: Transaction, kind: InteractionKind, form: str | None, **values: Any) -> int | None:
    """A new contact; its id, or None where that form made one before. No form: always new."""
    return tx.insert_new(Row, "form", kind=kind, form=form, **values)


def add_all(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Many new touches at once."""
    tx.insert_all(Row, [{"kind": InteractionKind.TOUCH, **row} for row in rows])


def of_form(tx: Transaction, form: str) -> int | None:
    """The contact that form made, if it was sent before."""
    found = tx.first(tx.select(Row, Row.id).where(Row.form == form))
    return int(found.id) if found else None


def form_of(tx: Transaction, interaction_id: int) -> str | None:
    """The form that made that contact."""
    found = tx.first(tx.select(Row, Row.form).where(Row.id == interaction_id))
    return found.form if found else None


def get(tx: Transaction, interaction_id: int, reader_id: int) -> Interaction | None:
    """That contact as `reader_id` (a person) may see it, deleted or not."""
    row = tx.first(_select(tx, reader_id).where(Row.id == interaction_id))
    return _read(row) if row else None


def get_many(tx: Transaction, ids: Sequence[int]) -> list[Interaction]:
    """Those contacts, latest first, as anyone may see them who may see the contact."""
    statement = _select(tx, 0).where(Row.id.in_(ids))
    rows = tx.all(statement.order_by(Row.occurred_on.desc(), Row.id.desc()))
    return [_read(row) for row in rows]


def change(tx: Transaction, interaction_id: int, **values: Any) -> None:
    """Change columns of a contact by their names."""
    tx.update(Row, Row.id == interaction_id, **values)


def private_note(tx: Transaction, interaction_id: int, author_id: int) -> str | None:
    """The private note of that contact, for its author alone; None for anyone else."""
    row = tx.first(
        tx.select(Row, Row.private_note).where(Row.id == interaction_id, Row.author_id == author_id)
    )
    return row.private_note if row else None


def set_private_note(
    tx: Transaction, interaction_id: int, author_id: int, note: str | None
) -> None:
    """Keep a private note with a contact; only its author's."""
    tx.update(Row, Row.id == interaction_id, Row.author_id == author_id, private_note=note)


def timeline(
    tx: Transaction,
    team_id: int,
    rep_id: int,
    reader_id: int,
    *,
    before: tuple[date, int] | None,
    limit: int,
) -> list[Interaction]:
    """Contacts of a rep on a team, latest first, older than `before` (day and id)."""
    statement = _select(tx, reader_id).where(Row.team_id == team_id, Row.rep_id == rep_id)
    if before:
        statement = statement.where(tuple_(Row.occurred_on, Row.id) < tuple_(*before))
    statement = statement.order_by(Row.occurred_on.desc(), Row.id.desc()).limit(limit)
    return [_read(row) for row in tx.all(statement)]


def newest(
    tx: Transaction, whose: Collection[tuple[int, int]], limit: int
) -> dict[tuple[int, int], list[Interaction]]:
    """The newest contacts with each of those reps on those teams, latest first, as the manager of
    the team may see them: by team and rep, each pair of which is there."""
    pair = pairs(whose, "team_id", "rep_id")
    # From the day of the last one wanted on, by index: not all there ever were, to be counted off.
    nth = (
        select(OTHER.occurred_on)
        .where(OTHER.team_id == pair.c.team_id, OTHER.rep_id == pair.c.rep_id)
        .order_by(OTHER.occurred_on.desc())
        .offset(limit - 1)
        .limit(1)
        .correlate(pair)
        .scalar_subquery()
    )
    last = once(select(pair, func.coalesce(nth, date.min).label("day")), "last")
    wanted = and_(
        last.c.team_id == Row.team_id,
        last.c.rep_id == Row.rep_id,
        Row.occurred_on >= last.c.day,
    )
    rows = tx.all(
        _select(tx, TeamRow.manager_id)
        .join(last, wanted)
        .join(TeamRow, TeamRow.id == Row.team_id)
        .order_by(Row.occurred_on.desc(), Row.id.desc())
    )
    found: dict[tuple[int, int], list[Interaction]] = {one: [] for one in whose}
    for contact in map(_read, rows):
        own = found[contact.team_id, contact.rep.id]
        if len(own) < limit:
            own.append(contact)
    return found


def contacts(tx: Transaction, team_ids: Sequence[int], since: date, until: date) -> list[Contact]:
    """Contacts of those teams on the days from `since` to `until`, oldest first."""
    rows = tx.all(
        tx.select(Row, Row.id, Row.team_id, Row.rep_id, Row.kind, Row.channel, Row.occurred_on)
        .where(
            Row.team_id.in_(team_ids),
            Row.occurred_on.between(since, until),
            Row.deleted_at.is_(None),
        )
        .order_by(Row.occurred_on, Row.id)
    )
    return [Contact(*row) for row in rows]


def of_team(tx: Transaction, team_id: int) -> list[Interaction]:
    """All contacts of a team that stand, of every kind, oldest first."""
    rows = tx.all(
        _select(tx, 0)
        .where(
            Row.team_id == team_id,
            Row.deleted_at.is_(None),
        )
        .order_by(Row.occurred_on, Row.id)
    )
    return [_read(row) for row in rows]


def touch_counts(
    tx: Transaction, team_ids: Sequence[int]
) -> dict[tuple[int, int, date, Channel | None, str], int]:
    """How many touches there are of each (team, rep, day, channel, about)."""
    rows = tx.all(
        tx.select(
            Row, Row.team_id, Row.rep_id, Row.occurred_on, Row.channel, Row.about, func.count()
        )
        .where(
            Row.team_id.in_(team_ids),
            Row.kind == InteractionKind.TOUCH,
            Row.deleted_at.is_(None),
        )
        .group_by(Row.team_id, Row.rep_id, Row.occurred_on, Row.channel, Row.about)
    )
    return {tuple(row[:5]): row[5] for row in rows}


def ids_of(
    tx: Transaction,
    team_id: int,
    rep_id: int,
    kind: InteractionKind | None,
    since: date,
    until: date,
) -> list[int]:
    """The contacts of a rep on a team on those days that stand, latest first, by id."""
    statement = tx.select(Row, Row.id).where(
        Row.team_id == team_id,
        Row.rep_id == rep_id,
        Row.occurred_on.between(since, until),
        Row.deleted_at.is_(None),
    )
    if kind is not None:
        statement = statement.where(Row.kind == kind)
    return [row.id for row in tx.all(statement.order_by(Row.occurred_on.desc(), Row.id.desc()))]


def abouts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """What each contact of a rep on a team was about, by id; those about nothing left out."""
    rows = tx.all(
        tx.select(Row, Row.id, Row.about).where(
            Row.team_id == team_id, Row.rep_id == rep_id, Row.about != ""
        )
    )
    return [(row.id, row.about) for row in rows]


def own_notes(tx: Transaction, team_id: int, rep_id: int, author_id: int) -> dict[int, str]:
    """The private notes of that author about a rep on a team, by contact; of nobody else, and those
    that cannot be read left out."""
    rows = tx.all(
        tx.select(Row, Row.id, Row.private_note).where(
            Row.team_id == team_id,
            Row.rep_id == rep_id,
            Row.author_id == author_id,
            Row.private_note.is_not(None),
        )
    )
    notes = {row.id: row.private_note for row in rows}
    return {one: note for one, note in notes.items() if not isinstance(note, Unreadable)}


def latest(tx: Transaction, team_id: int) -> dict[int, dict[InteractionKind, date]]:
    """The last day of each kind of contact on a team, by rep."""
    rows = tx.all(
        tx.select(Row, Row.rep_id, Row.kind, func.max(Row.occurred_on))
        .where(Row.team_id == team_id, Row.deleted_at.is_(None))
        .group_by(Row.rep_id, Row.kind)
    )
    found: dict[int, dict[InteractionKind, date]] = {}
    for rep_id, kind, day in rows:
        found.setdefault(rep_id, {})[kind] = day
    return found


def latest_components(
    tx: Transaction, team_ids: Sequence[int], since: date
) -> dict[tuple[int, int], dict[InteractionKind, date]]:
    """The last session and field day since then on those teams, by team and rep."""
    rows = tx.all(
        tx.select(Row, Row.team_id, Row.rep_id, Row.kind, func.max(Row.occurred_on))
        .where(text(IS_COMPONENT), Row.team_id.in_(team_ids), Row.occurred_on >= since)
        .group_by(Row.team_id, Row.rep_id, Row.kind)
    )
    found: dict[tuple[int, int], dict[InteractionKind, date]] = {}
    for team_id, rep_id, kind, day in rows:
        found.setdefault((team_id, rep_id), {})[kind] = day
    return found


def place_before_page(
    tx: Transaction, team_id: int, rep_id: int, place: tuple[date, int], size: int
) -> tuple[date, int] | None:
    """Where the page of a rep's timeline begins that has the contact at `place` (day and id).

    Pages of `size` are counted from the latest contact; None for the first.
    """
    newer = (
        Row.team_id == team_id,
        Row.rep_id == rep_id,
        tuple_(Row.occurred_on, Row.id) > tuple_(*place),
    )
    count = int(tx.first(tx.select(Row, func.count()).where(*newer))[0])
    if count < size:
        return None
    row = tx.first(
        tx.select(Row, Row.occurred_on, Row.id)
        .where(*newer)
        .order_by(Row.occurred_on, Row.id)
        .offset(count % size)
        .limit(1)
    )
    return (row.occurred_on, row.id) if row else None


def deleted_before(tx: Transaction, instant: datetime) -> list[int]:
    """The ids of contacts deleted before that instant."""
    return [row.id for row in tx.all(tx.select(Row, Row.id).where(Row.deleted_at < instant))]


def purge(tx: Transaction, before: datetime) -> None:
    """Remove for good what was deleted before that instant, with all that was kept of it."""
    gone = deleted_before(tx, before)
    field_days.purge(tx, gone)
    sessions.purge(tx, gone)
    agenda.let_go(tx, gone)
    tx.delete(SharingRow, SharingRow.interaction_id.in_(gone))
    tx.delete(Row, Row.deleted_at < before)
