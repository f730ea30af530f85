"""To-do lists, slots and issues of the day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, func, select, update

from bot.domain.todo.lists import Slot
from bot.domain.todo.reasons import IssueOfTheDay, Reason
from bot.domain.workspaces.people import Person
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import IssueOfTheDay as IssueRow
from storage.models import Person as PersonRow
from storage.models import Slot as SlotRow
from storage.models import TodoList as ListRow
from storage.team.people import PersonColumns

REP = PersonColumns(PersonRow, "rep")
BY_ID = attrgetter("id")
IN_SPAN = ListRow.monday.between(bindparam("since"), bindparam("until"))

LISTS = select(ListRow.team_id, ListRow.monday, ListRow.id).where(
    ListRow.workspace_id == WORKSPACE, ListRow.team_id.in_(AMONG), IN_SPAN
)
LATEST = (
    select(ListRow.team_id, func.max(ListRow.monday).label("monday"))
    .where(ListRow.workspace_id == WORKSPACE, ListRow.team_id.in_(AMONG))
    .group_by(ListRow.team_id)
)

SLOT = (
    SlotRow.id,
    SlotRow.day,
    SlotRow.kind,
    SlotRow.about,
    SlotRow.text,
    SlotRow.source,
    SlotRow.not_this_week,
    SlotRow.picked,
    SlotRow.moved,
    SlotRow.answer,
    SlotRow.next_time,
    SlotRow.thanked_on,
)
SLOTS = (
    select(*SLOT, ListRow.team_id, ListRow.monday, *REP.columns)
    .join_from(SlotRow, ListRow, ListRow.id == SlotRow.todo_list_id)
    .join(PersonRow, PersonRow.id == SlotRow.rep_id)
    .where(SlotRow.workspace_id == WORKSPACE)
)
OF_WEEKS = SLOTS.where(ListRow.team_id.in_(AMONG), IN_SPAN).order_by(SlotRow.id)
OF_LISTS = (
    select(*SLOT, SlotRow.todo_list_id, SlotRow.rep_id)
    .where(SlotRow.workspace_id == WORKSPACE, SlotRow.todo_list_id.in_(AMONG))
    .order_by(SlotRow.id)
)
OF_TEAM = SLOTS.where(ListRow.team_id == bindparam("team")).order_by(ListRow.monday, SlotRow.id)
ONE = SLOTS.where(SlotRow.id == bindparam("slot"))
HELD = ONE.with_for_update(of=SlotRow)
CHANGE = update(SlotRow).where(SlotRow.workspace_id == WORKSPACE, SlotRow.id == bindparam("slot"))
THANK = CHANGE.where(SlotRow.thanked_on.is_(None)).values(thanked_on=bindparam("on"))

REWORD = (
    update(SlotRow)
    .where(SlotRow.workspace_id == WORKSPACE, SlotRow.about == bindparam("reason"))
    .values(text=bindparam("words"))
)

ISSUES = (
    select(IssueRow.team_id, IssueRow.id, IssueRow.text, IssueRow.starts_on, IssueRow.ends_on)
    .where(
        IssueRow.workspace_id == WORKSPACE,
        IssueRow.team_id.in_(AMONG),
        IssueRow.ends_on >= bindparam("since"),
    )
    .order_by(IssueRow.starts_on, IssueRow.id)
)
CHANGE_ISSUE = update(IssueRow).where(
    IssueRow.workspace_id == WORKSPACE,
    IssueRow.id == bindparam("issue"),
    IssueRow.team_id == bindparam("team"),
)
END_ISSUE = CHANGE_ISSUE.where(IssueRow.ends_on > bindparam("day")).values(ends_on=bindparam("day"))

_read_reason = reader(Reason, "kind", "about", "text", "source")
_read_issue = reader(IssueOfTheDay, "id", "text", "starts_on", "ends_on")


def _read(row: Any, team_id: int, monday: date, rep: Person) -> Slot:
    return Slot(
        row.id,
        team_id,
        monday,
        rep,
        row.day,
        _read_reason(row),
        row.not_this_week,
        picked=row.picked,
        moved=row.moved,
        answer=row.answer,
        next_time=row.next_time,
        thanked_on=row.thanked_on,
    )


def _read_all(row: Any) -> Slot:
    return _read(row, row.team_id, row.monday, REP.read(row))


def lists(
    tx: Transaction, team_ids: Sequence[int], since: date, until: date
) -> dict[tuple[int, date], int]:
    """The lists of those teams of the weeks that begin in that span, by team and Monday."""
    rows = tx.all_among(LISTS, team_ids, since=since, until=until)
    return {(row.team_id, row.monday): row.id for row in rows}


def latest(tx: Transaction, team_ids: Sequence[int]) -> dict[int, date]:
    """The Monday of the latest list of each of those teams that has one."""
    return {row.team_id: row.monday for row in tx.all_among(LATEST, team_ids)}


def make_lists(tx: Transaction, weeks: Iterable[tuple[int, date]], now: datetime) -> None:
    """A list for each (team, Monday), unless there is one, be it since just now."""
    tx.insert_missing(
        ListRow,
        [{"team_id": team, "monday": monday, "made_at": now} for team, monday in weeks],
        ("team_id", "monday"),
    )


def slots(tx: Transaction, team_ids: Sequence[int], since: date, until: date) -> list[Slot]:
    """The slots of those teams in the weeks that begin in that span."""
    rows = tx.all_among(OF_WEEKS, team_ids, BY_ID, since=since, until=until)
    return [_read_all(row) for row in rows]


def slots_of(
    tx: Transaction, lists: Mapping[int, tuple[int, date]], reps: Mapping[int, Person]
) -> dict[tuple[int, date], list[Slot]]:
    """The slots of those lists, by team and Monday as `lists` has them.

    Nothing is told of others than `reps`, by id.
    """
    found: dict[tuple[int, date], list[Slot]] = {pair: [] for pair in lists.values()}
    for row in tx.all_among(OF_LISTS, lists, BY_ID):
        pair, rep = lists[row.todo_list_id], reps.get(row.rep_id)
        if rep is not None:
            found[pair].append(_read(row, *pair, rep))
    return found


def get(tx: Transaction, slot_id: int, *, hold: bool = False) -> Slot | None:
    """That slot; with `hold` nobody else changes it before this transaction is over."""
    row = tx.first(HELD if hold else ONE, slot=slot_id)
    return _read_all(row) if row else None


def add_slots(tx: Transaction, new: Iterable[tuple[int, int, date | None, Reason]]) -> None:
    """A slot for each (list, rep, day, reason), unless the rep has one on that list."""
    rows = [
        {"todo_list_id": todo_list, "rep_id": rep, "day": day, **_reason(reason)}
        for todo_list, rep, day, reason in new
    ]
    tx.insert_missing(SlotRow, rows, ("todo_list_id", "rep_id"))


def change(tx: Transaction, slot_id: int, **values: Any) -> None:
    """Change columns of a slot by their names."""
    tx.change(CHANGE, values, slot=slot_id)


def thank(tx: Transaction, slot_id: int, on: date) -> bool:
    """Claim thanking the rep of that slot in the channel; False where that was done."""
    return tx.run(THANK, slot=slot_id, on=on) == 1


def change_reason(tx: Transaction, slot_id: int, reason: Reason, **values: Any) -> None:
    """Give a slot another reason, and change other columns by their names."""
    tx.change(CHANGE, {**_reason(reason), **values}, slot=slot_id)


def change_all(tx: Transaction, changed: Mapping[int, tuple[date | None, Reason]]) -> None:
    """Give many slots a day and a reason at once."""
    if changed:
        rows = [
            {"slot": slot, "day": day, **_reason(reason)}
            # In one order everywhere, or two transactions could each wait for a row of the other.
            for slot, (day, reason) in sorted(changed.items())
        ]
        tx.execute(CHANGE, rows)


def reword(tx: Transaction, about: str, text: str) -> None:
    """What every slot says whose reason is about that, in place of what it said."""
    tx.run(REWORD, reason=about, words=text)


def all_slots(tx: Transaction, team_id: int) -> list[Slot]:
    """Every slot that team ever had, oldest week first."""
    return [_read_all(row) for row in tx.all(OF_TEAM, team=team_id)]


def add_issue(tx: Transaction, team_id: int, **values: Any) -> int:
    """An issue of the day; its id. Columns by their names."""
    return tx.insert(IssueRow, team_id=team_id, **values)


def change_issue(tx: Transaction, team_id: int, issue_id: int, **values: Any) -> None:
    """Change columns of an issue of that team by their names."""
    tx.change(CHANGE_ISSUE, values, issue=issue_id, team=team_id)


def issues(tx: Transaction, team_ids: Sequence[int], since: date) -> dict[int, list[IssueOfTheDay]]:
    """Issues of the day of those teams that end on that day or later, by team, soonest first."""
    found: dict[int, list[IssueOfTheDay]] = {team: [] for team in team_ids}
    for row in tx.all_among(ISSUES, team_ids, since=since):
        found[row.team_id].append(_read_issue(row))
    return found


def end_issue(tx: Transaction, team_id: int, issue_id: int, ends_on: date) -> bool:
    """Let an issue of that team end on that day; False when there is none such, or it ended
    before."""
    return tx.run(END_ISSUE, issue=issue_id, team=team_id, day=ends_on) == 1


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "kind": reason.kind,
        "about": reason.about,
        "text": reason.text,
        "source": reason.source,
    }
