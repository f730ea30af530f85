"""Items for the next team meeting, or for the next session with a rep."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from bot.domain.meetings.agenda import AgendaItem
from bot.domain.workspaces.people import Person
from storage.database.engine import Transaction
from storage.models import AgendaItem as Row
from storage.models import Carried
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.team import people

TAKEN_UP = aliased(Contact)
AUTHOR, HEARD_BY = aliased(PersonRow), aliased(PersonRow)
CARRIED = (
    select(func.count(Carried.id)).where(Carried.item_id == Row.id).correlate(Row).scalar_subquery()
)
ITEM = (
    Row.id,
    Row.team_id,
    Row.text,
    Row.added_on,
    Row.interaction_id,
    Row.section,
    Row.place,
    Row.minutes,
    Row.direction,
    Row.approved,
    Row.link,
    Row.done_in,
    Row.outcome,
    CARRIED,
)


def _select(tx: Transaction) -> Any:
    return (
        tx.select(Row, *ITEM, *people.columns(), *people.columns(AUTHOR), *people.columns(HEARD_BY))
        .outerjoin(PersonRow, PersonRow.id == Row.rep_id)
        .outerjoin(AUTHOR, AUTHOR.id == Row.author_id)
        .outerjoin(HEARD_BY, HEARD_BY.id == Row.heard_by_id)
        .outerjoin(TAKEN_UP, TAKEN_UP.id == Row.taken_up_in)
    )


def _read(row: Any) -> AgendaItem:
    rep, author, heard_by = (_person(row, place) for place in range(3))
    return AgendaItem(
        id=row[0],
        team_id=row[1],
        rep=rep,
        text=row[2],
        added_on=row[3],
        came_from=row[4],
        author=author,
        heard_by=heard_by,
        section=row[5],
        place=row[6],
        minutes=row[7],
        direction=row[8],
        approved=row[9],
        link=row[10],
        done_in=row[11],
        outcome=row[12],
        carried=row[13],
    )


def _person(row: Any, place: int) -> Person | None:
    """One of the people that stand after an item's own columns."""
    values = row[len(ITEM) + place * people.WIDTH :]
    return people.read(values) if values[0] is not None else None


def add(tx: Transaction, form: str, **values: Any) -> int:
    """A new item, unless that form made one before: that one then says this. Its id."""
    made = tx.insert_new(Row, "form", form=form, **values)
    if made is not None:
        return made
    # Its place and whether it is let out stay: only what is said is said again.
    again = {name: value for name, value in values.items() if name not in ("place", "approved")}
    tx.update(Row, Row.form == form, **again)
    return int(tx.first(tx.select(Row, Row.id).where(Row.form == form))[0])


def next_place(tx: Transaction, team_id: int) -> int:
    """The place after all items of that team."""
    row = tx.first(tx.select(Row, func.max(Row.place)).where(Row.team_id == team_id))
    return int(row[0] or 0) + 1


def open_items(tx: Transaction, team_ids: Sequence[int]) -> list[AgendaItem]:
    """Those of the teams that nobody dropped, ticked or took up, in their order."""
    rows = tx.all(
        _select(tx)
        .where(
            Row.team_id.in_(team_ids),
            Row.dropped_at.is_(None),
            Row.done_in.is_(None),
            or_(Row.taken_up_in.is_(None), TAKEN_UP.deleted_at.is_not(None)),
        )
        .order_by(Row.place, Row.id)
    )
    return [_read(row) for row in rows]


def done_in(tx: Transaction, meetings: Sequence[int]) -> list[AgendaItem]:
    """Those that were ticked in those meetings, in their order."""
    statement = _select(tx).where(Row.done_in.in_(meetings)).order_by(Row.place, Row.id)
    return [_read(row) for row in tx.all(statement)]


def carried_from(tx: Transaction, meetings: Sequence[int]) -> dict[int, list[AgendaItem]]:
    """Those that were on the agendas of those meetings and were carried on, by meeting."""
    return _by_meeting(tx.all(_carried(tx).where(Carried.meeting_id.in_(meetings))))


def done_of_team(tx: Transaction, team_id: int) -> dict[int, list[AgendaItem]]:
    """All that were ever ticked by a team, in their order, by meeting."""
    return _by_meeting(
        tx.all(
            _select(tx)
            .add_columns(Row.done_in)
            .where(Row.team_id == team_id, Row.done_in.is_not(None))
            .order_by(Row.place, Row.id)
        )
    )


def carried_of_team(tx: Transaction, team_id: int) -> dict[int, list[AgendaItem]]:
    """All that a team ever carried on, in their order, by the meeting they were carried on from."""
    return _by_meeting(tx.all(_carried(tx).where(Row.team_id == team_id)))


def _carried(tx: Transaction) -> Any:
    carried = _select(tx).add_columns(Carried.meeting_id).join(Carried, Carried.item_id == Row.id)
    return carried.order_by(Row.place, Row.id)


def _by_meeting(rows: Iterable[Any]) -> dict[int, list[AgendaItem]]:
    """Items by the meeting that stands after all other columns."""
    found: dict[int, list[AgendaItem]] = {}
    for row in rows:
        found.setdefault(row[-1], []).append(_read(row))
    return found


def get(tx: Transaction, item_id: int) -> AgendaItem | None:
    """That item, unless it was dropped."""
    row = tx.first(_select(tx).where(Row.id == item_id, Row.dropped_at.is_(None)))
    return _read(row) if row else None


def heard_in(tx: Transaction, contacts: Sequence[int]) -> set[tuple[int, int]]:
    """Of which of those contacts something was kept for an agenda, each with the team it is of."""
    rows = tx.all(
        tx.select(Row, Row.team_id, Row.interaction_id)
        .where(Row.interaction_id.in_(contacts))
        .distinct()
    )
    return {(row.team_id, row.interaction_id) for row in rows}


def change(tx: Transaction, item_id: int, **values: Any) -> None:
    """Change columns of one by their names."""
    tx.update(Row, Row.id == item_id, **values)


def put_in_order(tx: Transaction, places: Mapping[int, int]) -> None:
    """Let those items, by id, stand in those places."""
    for item_id, place in places.items():
        tx.update(Row, Row.id == item_id, place=place)


def approve(tx: Transaction, team_id: int) -> None:
    """All that is kept for that team's meeting may go out."""
    tx.update(Row, Row.team_id == team_id, Row.rep_id.is_(None), approved=True)


def drop(tx: Transaction, item_id: int, at: datetime) -> None:
    """It is not wanted any more."""
    tx.update(Row, Row.id == item_id, dropped_at=at)


def take_up(tx: Transaction, ids: Iterable[int], interaction_id: int) -> None:
    """The session of that contact took them up."""
    tx.update(Row, Row.id.in_(list(ids)), taken_up_in=interaction_id)


def let_go(tx: Transaction, interactions: Iterable[int]) -> None:
    """Contacts that are gone for good: an item outlives where it was heard."""
    gone = list(interactions)
    if gone:
        tx.update(Row, Row.interaction_id.in_(gone), interaction_id=None)
        tx.update(Row, Row.taken_up_in.in_(gone), taken_up_in=None)
