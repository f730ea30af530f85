"""Meetings of teams, what was carried on from them, and what was promised to the team in them."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    Date,
    Executable,
    Time,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from bot.domain.meetings.agenda import TeamPromise
from bot.domain.meetings.meetings import Dropped, Meeting, ReportedOutcome
from bot.domain.team.settings import WINS
from storage.database.pairs import once
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import DIALECT_INSERT, Transaction
from storage.models import AgendaItem as ItemRow
from storage.models import Carried, Membership
from storage.models import Meeting as Row
from storage.models import Person as PersonRow
from storage.models import Team as TeamRow
from storage.models import TeamPromise as PromiseRow
from storage.team.people import PersonColumns

LEADER, OWNER = PersonColumns(PersonRow, "leader"), PersonColumns(PersonRow, "owner")
OTHER, NAMED = aliased(Row), aliased(PersonRow)
IN_NAMED = PersonColumns(NAMED, "named")
TO_COME = and_(Row.closed_at.is_(None), Row.dropped.is_(None))
IS_OVER = or_(Row.closed_at.is_not(None), Row.dropped.is_not(None))
OTHER_IS_OVER = or_(OTHER.closed_at.is_not(None), OTHER.dropped.is_not(None))
TICKED = or_(
    exists(select(ItemRow.id).where(ItemRow.done_in == Row.id).correlate(Row)),
    exists(
        select(PromiseRow.id)
        .where(PromiseRow.meeting_id == Row.id, PromiseRow.dropped_on.is_(None))
        .correlate(Row)
    ),
)
"""Something was written down in it: an item ticked, or something promised to the team."""

CARRIES_ON = and_(
    Row.said.is_distinct_from(ReportedOutcome.NOT_HELD),
    or_(Row.said.is_not(None), Row.dropped.is_not(None), TICKED),
)
"""It is known how it went, or that it was called off: what was on its agenda and was not ticked was
carried on. Nothing was from one that its manager says did not take place."""

MEETINGS = (
    select(
        Row.id,
        Row.team_id,
        Row.planned_for,
        Row.planned_day,
        Row.planned_at,
        Row.day,
        Row.at,
        Row.minutes,
        Row.place,
        Row.lead,
        Row.sections,
        Row.dropped,
        Row.posts_at,
        Row.out_at,
        Row.closed_at,
        Row.said,
        Row.sequence,
        TICKED.label("ticked"),
        *LEADER.columns,
    )
    .outerjoin_from(Row, PersonRow, PersonRow.id == Row.leader_id)
    .where(Row.workspace_id == WORKSPACE)
)
SOME = MEETINGS.where(Row.id.in_(AMONG))
OF_TEAM = MEETINGS.where(Row.team_id == bindparam("team")).order_by(Row.planned_for)
NEXT = MEETINGS.where(Row.team_id.in_(AMONG), TO_COME).order_by(Row.day, Row.at, Row.id)
PLANNED_FROM = MEETINGS.where(
    Row.team_id.in_(AMONG), Row.planned_for >= bindparam("since")
).order_by(Row.planned_for)
BY_START, BY_PLAN = attrgetter("day", "at", "id"), attrgetter("planned_for")

# From the last one wanted on, by index: not all that a team ever had, to be counted off.
NTH = (
    select(OTHER.planned_for)
    .where(OTHER.team_id == TeamRow.id, OTHER_IS_OVER)
    .order_by(OTHER.planned_for.desc())
    .offset(bindparam("but_one"))
    .limit(1)
    .correlate(TeamRow)
    .scalar_subquery()
)
LAST = once(
    select(TeamRow.id, func.coalesce(NTH, date.min).label("day")).where(
        TeamRow.workspace_id == WORKSPACE, TeamRow.id.in_(AMONG)
    ),
    "last",
)
OVER = (
    MEETINGS.join(LAST, and_(LAST.c.id == Row.team_id, Row.planned_for >= LAST.c.day))
    .where(IS_OVER)
    .order_by(Row.planned_for.desc())
)
STAYS = exists(
    select(Membership.id)
    .where(
        Membership.team_id == Row.team_id,
        Membership.rep_id == Row.leader_id,
        or_(Membership.left_on.is_(None), Membership.left_on > bindparam("since")),
    )
    .correlate(Row)
)
LED = (
    select(Row.team_id, Row.leader_id, func.max(Row.day).label("day"))
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id.in_(AMONG),
        Row.leader_id.is_not(None),
        Row.dropped.is_(None),
        # Nobody held a turn in a meeting that did not take place.
        Row.said.is_distinct_from(ReportedOutcome.NOT_HELD),
        STAYS,
    )
    .group_by(Row.team_id, Row.leader_id)
)
CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("meeting"))
IN_CALENDARS = MEETINGS.where(
    Row.team_id.in_(AMONG),
    or_(
        Row.planned_for >= bindparam("since", type_=Date), Row.day >= bindparam("since", type_=Date)
    ),
).order_by(Row.planned_for)
COUNT = CHANGE.values(sequence=Row.sequence + 1)
COUNT_MOVE = COUNT.where(
    or_(Row.day != bindparam("to_day", type_=Date), Row.at != bindparam("to_at", type_=Time))
)
CHANGE_SOME = update(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
REMOVE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
ON_AGENDA = (
    select(Row.workspace_id, Row.id, ItemRow.id)
    .join_from(Row, ItemRow, ItemRow.team_id == Row.team_id)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.id.in_(AMONG),
        ItemRow.rep_id.is_(None),
        ItemRow.done_in.is_(None),
        ItemRow.dropped_at.is_(None),
        ItemRow.taken_up_in.is_(None),
        ItemRow.approved,
        ItemRow.added_on <= Row.day,
        or_(
            ItemRow.named.is_(None),
            and_(ItemRow.section == WINS, Row.id.in_(bindparam("with_wins", expanding=True))),
        ),
    )
)
"""What was to be seen on the agendas of those meetings and is open, by what was found as it was
written: nobody is looked for in all that is open, however much that is."""


def _carrying(dialect: str) -> Executable:
    columns = ["workspace_id", "meeting_id", "item_id"]
    made: Executable = (
        DIALECT_INSERT[dialect](Carried).from_select(columns, ON_AGENDA).on_conflict_do_nothing()
    )
    return made


CARRY_OPEN = {name: _carrying(name) for name in DIALECT_INSERT}
CARRIED_ANY = (
    select(Carried.meeting_id)
    .where(Carried.workspace_id == WORKSPACE, Carried.meeting_id.in_(AMONG))
    .distinct()
)
CARRY_NONE = delete(Carried).where(
    Carried.workspace_id == WORKSPACE, Carried.meeting_id == bindparam("meeting")
)
CARRY_NOT = CARRY_NONE.where(Carried.item_id == bindparam("item"))

PROMISES = (
    select(
        PromiseRow.id,
        PromiseRow.team_id,
        PromiseRow.what,
        PromiseRow.made_on,
        PromiseRow.due_on,
        PromiseRow.kept_on,
        PromiseRow.dropped_on,
        PromiseRow.meeting_id,
        PromiseRow.item_id,
        PromiseRow.fine_for,
        *OWNER.columns,
        *IN_NAMED.columns,
    )
    .join_from(PromiseRow, PersonRow, PersonRow.id == PromiseRow.owner_id)
    .outerjoin(
        NAMED,
        and_(NAMED.slack_id == PromiseRow.named, NAMED.workspace_id == PromiseRow.workspace_id),
    )
    .where(PromiseRow.workspace_id == WORKSPACE)
)
NOT_DROPPED = PromiseRow.dropped_on.is_(None)
BY_ID = attrgetter("id")
ONE_PROMISE = PROMISES.where(PromiseRow.id == bindparam("promise"))
OPEN_PROMISES = PROMISES.where(
    PromiseRow.team_id.in_(AMONG), PromiseRow.kept_on.is_(None), NOT_DROPPED
).order_by(PromiseRow.due_on.is_(None), PromiseRow.due_on, PromiseRow.id)
PROMISES_OF = PROMISES.where(PromiseRow.meeting_id.in_(AMONG), NOT_DROPPED).order_by(PromiseRow.id)
PROMISES_OF_TEAM = PROMISES.where(
    PromiseRow.team_id == bindparam("team"), PromiseRow.meeting_id.is_not(None), NOT_DROPPED
).order_by(PromiseRow.id)
PROMISED_ELSEWHERE = PROMISES.where(
    PromiseRow.team_id == bindparam("team"),
    NOT_DROPPED,
    ~exists(
        select(Row.id)
        .where(Row.id == PromiseRow.meeting_id, Row.team_id == PromiseRow.team_id)
        .correlate(PromiseRow)
    ),
).order_by(PromiseRow.id)
PROMISES_BY = PROMISES.where(
    PromiseRow.team_id == bindparam("team"), PromiseRow.owner_id == bindparam("person")
).order_by(PromiseRow.id)
CHANGE_PROMISE = update(PromiseRow).where(
    PromiseRow.workspace_id == WORKSPACE, PromiseRow.id == bindparam("promise")
)
JOIN_PROMISES = (
    update(PromiseRow)
    .where(
        PromiseRow.workspace_id == WORKSPACE,
        PromiseRow.team_id == bindparam("team"),
        PromiseRow.kept_on.is_(None),
        NOT_DROPPED,
    )
    .values(team_id=bindparam("other"))
)
CHANGE_PROMISE_AS_SEEN = CHANGE_PROMISE.where(PromiseRow.what == bindparam("seen"))


def _read(row: Any) -> Meeting:
    return Meeting(
        id=row.id,
        team_id=row.team_id,
        planned_for=row.planned_for,
        planned_day=row.planned_day,
        planned_at=row.planned_at,
        day=row.day,
        at=row.at,
        minutes=row.minutes,
        place=row.place,
        lead=row.lead,
        sections=row.sections,
        leader=LEADER.read_any(row),
        dropped=row.dropped,
        posts_at=row.posts_at,
        out_at=row.out_at,
        closed_at=row.closed_at,
        said=row.said,
        ticked=row.ticked,
        sequence=row.sequence,
    )


def _read_promise(row: Any) -> TeamPromise:
    return TeamPromise(
        id=row.id,
        team_id=row.team_id,
        owner=OWNER.read(row),
        what=row.what,
        made_on=row.made_on,
        due_on=row.due_on,
        kept_on=row.kept_on,
        dropped_on=row.dropped_on,
        meeting_id=row.meeting_id,
        item_id=row.item_id,
        fine_for=frozenset(row.fine_for),
        named=IN_NAMED.read_any(row),
    )


def _due_first(row: Any) -> Any:
    return row.due_on is None, row.due_on or date.max, row.id


def make(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Those of the meetings that are not there yet, by team and planned day."""
    if rows:
        tx.insert_missing(Row, rows, key=("team_id", "planned_for"))


def get_many(tx: Transaction, ids: Sequence[int]) -> dict[int, Meeting]:
    """Those, by id."""
    return {row.id: _read(row) for row in tx.all_among(SOME, ids)}


def to_come(tx: Transaction, team_ids: Sequence[int]) -> list[Meeting]:
    """Those of the teams that are neither over nor dropped, the next first."""
    return [_read(row) for row in tx.all_among(NEXT, team_ids, BY_START)]


def planned_from(tx: Transaction, team_ids: Sequence[int], day: date) -> list[Meeting]:
    """Those of the teams that were planned for that day or later, be they dropped or moved."""
    return [_read(row) for row in tx.all_among(PLANNED_FROM, team_ids, BY_PLAN, since=day)]


def over(tx: Transaction, team_ids: Sequence[int], limit: int) -> list[Meeting]:
    """The latest of each of those teams that are over or dropped, the latest planned first."""
    rows = tx.all_among(OVER, team_ids, BY_PLAN, descending=True, but_one=limit - 1)
    return [_read(row) for row in rows]


def of_team(tx: Transaction, team_id: int) -> list[Meeting]:
    """All of a team, the first planned first."""
    return [_read(row) for row in tx.all(OF_TEAM, team=team_id)]


def led(tx: Transaction, team_ids: Sequence[int], since: date) -> dict[int, dict[int, date]]:
    """The latest day on which each person leads one skill, by team, dropped meetings left out. Of
    those who had not left the team by that day."""
    found: dict[int, dict[int, date]] = {}
    for row in tx.all_among(LED, team_ids, since=since):
        found.setdefault(row.team_id, {})[row.leader_id] = row.day
    return found


def change(tx: Transaction, *meeting_ids: int, **values: Any) -> None:
    """Change columns of those by their names, to the same values."""
    tx.change_among(CHANGE_SOME, values, meeting_ids)


def move(tx: Transaction, meeting_id: int, day: date, at: time) -> None:
    """Somebody lets one be then; it is counted where that is another time, and nobody said yet when
    its agenda goes out."""
    tx.run(COUNT_MOVE, meeting=meeting_id, to_day=day, to_at=at)
    change(tx, meeting_id, day=day, at=at, posts_at=None)


def drop(tx: Transaction, meeting_id: int, how: Dropped | None) -> None:
    """Somebody drops one, or with None lets it be after all."""
    tx.run(COUNT, meeting=meeting_id)
    change(tx, meeting_id, dropped=how)


def in_calendars(tx: Transaction, team_ids: Sequence[int], since: date) -> list[Meeting]:
    """Those of the teams that are on that day or later, or were to be, dropped and moved ones too,
    the first planned first."""
    return [_read(row) for row in tx.all_among(IN_CALENDARS, team_ids, BY_PLAN, since=since)]


def change_each(tx: Transaction, changed: Mapping[int, Mapping[str, Any]]) -> None:
    """Change the same columns of each of those, by id, to values of its own."""
    if changed:
        # In one order everywhere, or two transactions could each wait for a row of the other.
        rows = [{"meeting": one, **values} for one, values in sorted(changed.items())]
        tx.execute(CHANGE, rows)


def remove(tx: Transaction, ids: Sequence[int]) -> None:
    """Meetings that the series does not have any more, and nobody has heard of."""
    tx.run_among(REMOVE, ids)


def carry(tx: Transaction, meeting_id: int, item_id: int) -> None:
    """That item was on the agenda of that meeting, and was not ticked in it."""
    row = {"meeting_id": meeting_id, "item_id": item_id}
    tx.insert_missing(Carried, [row], key=("meeting_id", "item_id"))


def carry_open(tx: Transaction, found: Mapping[int, bool]) -> set[int]:
    """What is open and was to be seen on the agendas of those meetings was on them, and was not
    ticked; for each whether it has a place for wins, which may name somebody. Of which there was
    any. Writes."""
    statement = CARRY_OPEN[tx.connection.dialect.name]
    tx.run_among(statement, found, with_wins=[one for one, wins in found.items() if wins])
    return {row.meeting_id for row in tx.all_among(CARRIED_ANY, found)}


def carry_not(tx: Transaction, meeting_id: int, item_id: int) -> None:
    """That item was done in it after all."""
    tx.run(CARRY_NOT, meeting=meeting_id, item=item_id)


def carry_none(tx: Transaction, meeting_id: int) -> None:
    """It is to be after all: nothing was carried on from it."""
    tx.run(CARRY_NONE, meeting=meeting_id)


def promise(tx: Transaction, **values: Any) -> int:
    """A new team promise; its id. Columns by their names."""
    return tx.insert(PromiseRow, **values)


def change_promise(tx: Transaction, promise_id: int, **values: Any) -> None:
    """Change columns of one by their names."""
    tx.change(CHANGE_PROMISE, values, promise=promise_id)


def join_promises(tx: Transaction, team_id: int, other_id: int) -> None:
    """What was promised to the one team and is open, is promised to the other. Writes."""
    tx.run(JOIN_PROMISES, team=team_id, other=other_id)


def let_promise_stand(tx: Transaction, promise_id: int, seen: str, **values: Any) -> bool:
    """Change columns of one by their names, where it says what was `seen` still; whether it did."""
    return tx.change(CHANGE_PROMISE_AS_SEEN, values, promise=promise_id, seen=seen) > 0


def one_promise(tx: Transaction, promise_id: int) -> TeamPromise | None:
    """That one."""
    row = tx.first(ONE_PROMISE, promise=promise_id)
    return _read_promise(row) if row else None


def open_promises(tx: Transaction, team_ids: Sequence[int]) -> list[TeamPromise]:
    """Those of the teams that are still open, the first due first."""
    return [_read_promise(row) for row in tx.all_among(OPEN_PROMISES, team_ids, _due_first)]


def promises_of(tx: Transaction, meetings: Sequence[int]) -> list[TeamPromise]:
    """Those made in those meetings and not dropped, oldest first."""
    return [_read_promise(row) for row in tx.all_among(PROMISES_OF, meetings, BY_ID)]


def promises_of_team(tx: Transaction, team_id: int) -> dict[int, list[TeamPromise]]:
    """All that were made in meetings of a team and not dropped, oldest first, by meeting."""
    found: dict[int, list[TeamPromise]] = {}
    for row in tx.all(PROMISES_OF_TEAM, team=team_id):
        found.setdefault(row.meeting_id, []).append(_read_promise(row))
    return found


def promises_by(tx: Transaction, team_id: int, person_id: int) -> list[TeamPromise]:
    """All that that person promised the team, dropped or not, oldest first."""
    return [_read_promise(row) for row in tx.all(PROMISES_BY, team=team_id, person=person_id)]


def promised_elsewhere(tx: Transaction, team_id: int) -> list[TeamPromise]:
    """What was promised to that team and not dropped, in a meeting that is gone because it is old,
    or in one of a team that was joined with it; oldest first."""
    return [_read_promise(row) for row in tx.all(PROMISED_ELSEWHERE, team=team_id)]
