"""Items for the next team meeting, or for the next session with a rep."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.meetings.agenda import AgendaItem
from bot.domain.workspaces.submissions import Made
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.meetings.meetings import CARRIES_ON
from storage.models import AgendaItem as Row
from storage.models import Carried, Meeting
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import TeamPromise as PromiseRow
from storage.team.people import PersonColumns
from storage.workspaces import submissions

TAKEN_UP = aliased(Contact)
AUTHOR, HEARD_BY, NAMED, OUTCOME_NAMED = (aliased(PersonRow) for _ in range(4))
REP = PersonColumns(PersonRow, "rep")
IN_AUTHOR, IN_HEARD_BY = PersonColumns(AUTHOR, "author"), PersonColumns(HEARD_BY, "heard_by")
IN_NAMED = PersonColumns(NAMED, "named")
IN_OUTCOME_NAMED = PersonColumns(OUTCOME_NAMED, "outcome_named")
IN_ORDER, BY_PLACE = (Row.place, Row.id), attrgetter("place", "id")
NOT_DROPPED = Row.dropped_at.is_(None)

ITEMS = (
    select(
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
        Row.fine_for,
        Row.outcome_fine_for,
        select(func.count(Carried.id))
        .join_from(Carried, Meeting, Meeting.id == Carried.meeting_id)
        .where(Carried.item_id == Row.id, CARRIES_ON)
        .correlate(Row)
        .scalar_subquery()
        .label("carried"),
        *REP.columns,
        *IN_AUTHOR.columns,
        *IN_HEARD_BY.columns,
        *IN_NAMED.columns,
        *IN_OUTCOME_NAMED.columns,
    )
    .outerjoin_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .outerjoin(AUTHOR, AUTHOR.id == Row.author_id)
    .outerjoin(HEARD_BY, HEARD_BY.id == Row.heard_by_id)
    .outerjoin(
        NAMED,
        and_(NAMED.slack_id == Row.named, NAMED.workspace_id == Row.workspace_id),
    )
    .outerjoin(
        OUTCOME_NAMED,
        and_(
            OUTCOME_NAMED.slack_id == Row.outcome_named,
            OUTCOME_NAMED.workspace_id == Row.workspace_id,
        ),
    )
    .outerjoin(TAKEN_UP, TAKEN_UP.id == Row.taken_up_in)
    .where(Row.workspace_id == WORKSPACE)
)
WHATEVER = ITEMS.where(Row.id == bindparam("item"))
ONE = WHATEVER.where(NOT_DROPPED)
OPEN = ITEMS.where(
    Row.team_id.in_(AMONG),
    NOT_DROPPED,
    Row.done_in.is_(None),
    or_(Row.taken_up_in.is_(None), TAKEN_UP.deleted_at.is_not(None)),
).order_by(*IN_ORDER)
OPEN_COUNT = select(func.count(Row.id).label("count")).where(
    Row.workspace_id == WORKSPACE,
    Row.team_id == bindparam("team"),
    Row.rep_id.is_(None),
    Row.taken_up_in.is_(None),
    NOT_DROPPED,
    Row.done_in.is_(None),
)
OVER_SINCE = ITEMS.where(
    Row.team_id.in_(AMONG),
    Row.rep_id.is_(None),
    Row.added_on >= bindparam("since"),
    or_(Row.dropped_at.is_not(None), Row.done_in.is_not(None)),
).order_by(*IN_ORDER)
OF_PERSON = (
    ITEMS.add_columns(Row.dropped_at.is_not(None).label("is_dropped"))
    .where(
        Row.team_id == bindparam("team"),
        or_(
            Row.author_id == bindparam("person"),
            Row.rep_id == bindparam("person"),
            Row.heard_by_id == bindparam("person"),
        ),
    )
    .order_by(Row.id)
)
DONE_IN = ITEMS.where(Row.done_in.in_(AMONG)).order_by(*IN_ORDER)
DONE_OF_TEAM = (
    ITEMS.add_columns(Row.done_in.label("meeting_id"))
    .where(Row.team_id == bindparam("team"), Row.done_in.is_not(None))
    .order_by(*IN_ORDER)
)
CARRIED = (
    ITEMS.add_columns(Carried.meeting_id)
    .join(Carried, Carried.item_id == Row.id)
    .order_by(*IN_ORDER)
)
CARRIED_FROM = CARRIED.where(Carried.meeting_id.in_(AMONG))
CARRIED_OF_TEAM = CARRIED.where(Row.team_id == bindparam("team"))
JOIN = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == bindparam("team"),
        Row.rep_id.is_(None),
        Row.done_in.is_(None),
        NOT_DROPPED,
    )
    .values(team_id=bindparam("other"))
)
LAST_PLACE = select(func.max(Row.place).label("place")).where(
    Row.workspace_id == WORKSPACE, Row.team_id == bindparam("team")
)
HEARD_IN = (
    select(Row.team_id, Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))
    .distinct()
)

CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("item"))
PASS = CHANGE.values(rep_id=bindparam("to"), heard_by_id=None)
HEARD_THERE = and_(Row.workspace_id == WORKSPACE, Row.interaction_id == bindparam("contact"))
PASS_FOR_SESSION = (
    update(Row)
    .where(HEARD_THERE, Row.rep_id == bindparam("first"), Row.taken_up_in.is_(None))
    .values(rep_id=bindparam("to"))
)
NAME_NOBODY = (
    update(Row).where(HEARD_THERE, Row.heard_by_id == bindparam("first")).values(heard_by_id=None)
)
CHANGE_AS_SEEN = CHANGE.where(Row.text == bindparam("seen"))
CHANGE_OUTCOME_AS_SEEN = CHANGE.where(Row.outcome == bindparam("seen"))
DROP = CHANGE.values(dropped_at=bindparam("at"))
TAKE_UP = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
    .values(taken_up_in=bindparam("contact"))
)
NOT_HEARD = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))
    .values(interaction_id=None)
)
TAKEN_UP_IN = select(Row.id).where(
    Row.workspace_id == WORKSPACE,
    Row.taken_up_in.in_(AMONG),
    select(Contact.id).where(Contact.id == Row.taken_up_in, Contact.deleted_at.is_(None)).exists(),
)
FORGET_CARRIED = delete(Carried).where(
    Carried.workspace_id == WORKSPACE, Carried.item_id.in_(AMONG)
)
LET_PROMISES_GO = (
    update(PromiseRow)
    .where(PromiseRow.workspace_id == WORKSPACE, PromiseRow.item_id.in_(AMONG))
    .values(item_id=None)
)
REMOVE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
NOT_TAKEN_UP = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.taken_up_in.in_(AMONG))
    .values(taken_up_in=None)
)


def _read(row: Any) -> AgendaItem:
    return AgendaItem(
        id=row.id,
        team_id=row.team_id,
        rep=REP.read_any(row),
        text=row.text,
        added_on=row.added_on,
        came_from=row.interaction_id,
        author=IN_AUTHOR.read_any(row),
        heard_by=IN_HEARD_BY.read_any(row),
        section=row.section,
        place=row.place,
        minutes=row.minutes,
        direction=row.direction,
        approved=row.approved,
        link=row.link,
        done_in=row.done_in,
        outcome=row.outcome,
        carried=row.carried,
        fine_for=frozenset(row.fine_for),
        named=IN_NAMED.read_any(row),
        outcome_fine_for=frozenset(row.outcome_fine_for),
        outcome_named=IN_OUTCOME_NAMED.read_any(row),
    )


def add(tx: Transaction, **values: Any) -> int:
    """A new item; its id. Columns by their names."""
    return tx.insert(Row, **values)


def next_place(tx: Transaction, team_id: int) -> int:
    """The place after all items of that team."""
    return int(tx.first(LAST_PLACE, team=team_id).place or 0) + 1


def open_items(tx: Transaction, team_ids: Sequence[int]) -> list[AgendaItem]:
    """Those of the teams that nobody dropped, ticked or took up, in their order."""
    return [_read(row) for row in tx.all_among(OPEN, team_ids, BY_PLACE)]


def count_open(tx: Transaction, team_id: int) -> int:
    """How many are open for the next meeting of that team."""
    return int(tx.first(OPEN_COUNT, team=team_id).count)


def done_in(tx: Transaction, meetings: Sequence[int]) -> list[AgendaItem]:
    """Those that were ticked in those meetings, in their order."""
    return [_read(row) for row in tx.all_among(DONE_IN, meetings, BY_PLACE)]


def carried_from(tx: Transaction, meetings: Sequence[int]) -> dict[int, list[AgendaItem]]:
    """Those that were on the agendas of those meetings and were not ticked, by meeting."""
    return _by_meeting(tx.all_among(CARRIED_FROM, meetings))


def done_of_team(tx: Transaction, team_id: int) -> dict[int, list[AgendaItem]]:
    """All that were ever ticked by a team, in their order, by meeting."""
    return _by_meeting(tx.all(DONE_OF_TEAM, team=team_id))


def carried_of_team(tx: Transaction, team_id: int) -> dict[int, list[AgendaItem]]:
    """All of a team that were ever on an agenda and not ticked, in their order, by meeting."""
    return _by_meeting(tx.all(CARRIED_OF_TEAM, team=team_id))


def _by_meeting(rows: Iterable[Any]) -> dict[int, list[AgendaItem]]:
    found: dict[int, list[AgendaItem]] = {}
    for row in rows:
        found.setdefault(row.meeting_id, []).append(_read(row))
    return found


def get(tx: Transaction, item_id: int) -> AgendaItem | None:
    """That item, unless it was dropped."""
    row = tx.first(ONE, item=item_id)
    return _read(row) if row else None


def get_whatever(tx: Transaction, item_id: int) -> AgendaItem | None:
    """That item, dropped or not."""
    row = tx.first(WHATEVER, item=item_id)
    return _read(row) if row else None


def over_since(tx: Transaction, team_ids: Sequence[int], since: date) -> list[AgendaItem]:
    """The items of those teams, added on that day or later, that were dropped or done since."""
    return [_read(row) for row in tx.all_among(OVER_SINCE, team_ids, BY_PLACE, since=since)]


def heard_in(tx: Transaction, contacts: Sequence[int]) -> set[tuple[int, int]]:
    """Of which of those contacts something was kept for an agenda, each with the team it is of."""
    return {(row.team_id, row.interaction_id) for row in tx.all_among(HEARD_IN, contacts)}


def change(tx: Transaction, item_id: int, **values: Any) -> None:
    """Change columns of one by their names."""
    tx.change(CHANGE, values, item=item_id)


def pass_to(tx: Transaction, item_id: int, rep_id: int) -> None:
    """It is for the next session with that rep, and names nobody who heard it."""
    tx.run(PASS, item=item_id, to=rep_id)


def pass_heard(tx: Transaction, interaction_id: int, first_id: int, to_id: int) -> bool:
    """What was heard in that contact was not heard with the first rep: what was kept for the next
    session with them is for the other's, unless a session took it up, and no item says any more
    that the first heard it. Whether there was any."""
    asked = {"contact": interaction_id, "first": first_id}
    kept = tx.run(PASS_FOR_SESSION, **asked, to=to_id)
    return tx.run(NAME_NOBODY, **asked) + kept > 0


def let_stand(tx: Transaction, item_id: int, seen: str, **values: Any) -> bool:
    """Change columns of one by their names, where it says what was `seen` still; whether it did."""
    return tx.change(CHANGE_AS_SEEN, values, item=item_id, seen=seen) > 0


def let_outcome_stand(tx: Transaction, item_id: int, seen: str, **values: Any) -> bool:
    """The same, where what came of it is what was `seen` still."""
    return tx.change(CHANGE_OUTCOME_AS_SEEN, values, item=item_id, seen=seen) > 0


def put_in_order(tx: Transaction, places: Mapping[int, int]) -> None:
    """Let those items, by id, stand in those places."""
    if places:
        # In one order everywhere, or two transactions could each wait for a row of the other.
        rows = [{"item": item_id, "place": place} for item_id, place in sorted(places.items())]
        tx.execute(CHANGE, rows)


def drop(tx: Transaction, item_id: int, at: datetime) -> None:
    """It is not wanted any more."""
    tx.run(DROP, item=item_id, at=at)


def take_up(tx: Transaction, ids: Iterable[int], interaction_id: int) -> None:
    """The session of that contact took them up."""
    tx.run_among(TAKE_UP, ids, contact=interaction_id)


def let_go(tx: Transaction, interactions: Iterable[int]) -> None:
    """Contacts that are gone for good: an item outlives where it was heard, but not the session
    that took it up, unless that was deleted."""
    gone = list(interactions)
    remove(tx, [row.id for row in tx.all_among(TAKEN_UP_IN, gone)])
    tx.run_among(NOT_HEARD, gone)
    tx.run_among(NOT_TAKEN_UP, gone)


def remove(tx: Transaction, ids: Sequence[int]) -> None:
    """Remove those items for good. What somebody promised the team of one stands on."""
    tx.run_among(FORGET_CARRIED, ids)
    tx.run_among(LET_PROMISES_GO, ids)
    submissions.forget(tx, Made.ITEM, ids)
    tx.run_among(REMOVE, ids)


def of_person(tx: Transaction, team_id: int, person_id: int) -> list[tuple[AgendaItem, bool]]:
    """Every item of that team that is by that person, for a session with them, or was heard from
    them, oldest first; each with whether it was dropped."""
    rows = tx.all(OF_PERSON, team=team_id, person=person_id)
    return [(_read(row), bool(row.is_dropped)) for row in rows]


def join(tx: Transaction, team_id: int, other_id: int) -> None:
    """What is open for the next meeting of the one team is for that of the other. Writes."""
    tx.run(JOIN, team=team_id, other=other_id)
