"""To-do lists, slots and issues of the day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, update

from bot.domain.todo.lists import Slot
from bot.domain.todo.reasons import IssueOfTheDay, Reason
from bot.domain.workspaces.people import Person
from storage.database.engine import Transaction
from storage.models import IssueOfTheDay as IssueRow
from storage.models import Person as PersonRow
from storage.models import Slot as SlotRow
from storage.models import TodoList as ListRow
from storage.team import people

SLOT = (
    SlotRow.id,
    ListRow.team_id,
    ListRow.monday,
    SlotRow.day,
    SlotRow.kind,
    SlotRow.about,
    SlotRow.text,
    SlotRow.source,
    SlotRow.not_this_week,
)
ISSUE = (IssueRow.id, IssueRow.text, IssueRow.starts_on, IssueRow.ends_on)


def _slots(tx: Transaction) -> Any:
    return (
        tx.select(SlotRow, *SLOT, *people.columns())
        .join(ListRow, ListRow.id == SlotRow.todo_list_id)
        .join(PersonRow, PersonRow.id == SlotRow.rep_id)
    )


def _read(row: Any) -> Slot:
    return Slot(
        id=row[0],
        team_id=row[1],
        monday=row[2],
        rep=people.read(row[len(SLOT) :]),
        day=row[3],
        reason=Reason(row[4], row[5], row[6], row[7]),
        not_this_week=row[8],
    )


def lists(
    tx: Transaction, team_ids: Sequence[int], since: date, until: date
) -> dict[tuple[int, date], int]:
    """The lists of those teams of the weeks that begin in that span, by team and Monday."""
    rows = tx.all(
        tx.select(ListRow, ListRow.team_id, ListRow.monday, ListRow.id).where(
            ListRow.team_id.in_(team_ids), ListRow.monday.between(since, until)
        )
    )
    return {(row[0], row[1]): row[2] for row in rows}


def latest(tx: Transaction, team_ids: Sequence[int]) -> dict[int, date]:
    """The Monday of the latest list of each of those teams that has one."""
    rows = tx.all(
        tx.select(ListRow, ListRow.team_id, func.max(ListRow.monday).label("monday"))
        .where(ListRow.team_id.in_(team_ids))
        .group_by(ListRow.team_id)
    )
    return {row.team_id: row.monday for row in rows}


def make_lists(tx: Transaction, weeks: Iterable[tuple[int, date]], now: datetime) -> None:
    """A list for each (team, Monday), unless there is one, be it since just now."""
    tx.insert_missing(
        ListRow,
        [{"team_id": team, "monday": monday, "made_at": now} for team, monday in weeks],
        ("team_id", "monday"),
    )


def slots(tx: Transaction, team_ids: Sequence[int], since: date, until: date) -> list[Slot]:
    """The slots of those teams in the weeks that begin in that span."""
    rows = tx.all(
        _slots(tx)
        .where(ListRow.team_id.in_(team_ids), ListRow.monday.between(since, until))
        .order_by(SlotRow.id)
    )
    return [_read(row) for row in rows]


def slots_of(
    tx: Transaction, lists: Mapping[int, tuple[int, date]], reps: Mapping[int, Person]
) -> dict[tuple[int, date], list[Slot]]:
    """The slots of those lists, by team and Monday as `lists` has them.

    Nothing is told of others than `reps`, by id.
    """
    found: dict[tuple[int, date], list[Slot]] = {pair: [] for pair in lists.values()}
    rows = tx.all(
        tx.select(
            SlotRow,
            SlotRow.id,
            SlotRow.todo_list_id,
            SlotRow.rep_id,
            SlotRow.day,
            SlotRow.kind,
            SlotRow.about,
            SlotRow.text,
            SlotRow.source,
            SlotRow.not_this_week,
        )
        .where(SlotRow.todo_list_id.in_(list(lists)))
        .order_by(SlotRow.id)
    )
    for row in rows:
        pair, rep = lists[row[1]], reps.get(row[2])
        if rep is not None:
            reason = Reason(row[4], row[5], row[6], row[7])
            found[pair].append(Slot(row[0], *pair, rep, row[3], reason, row[8]))
    return found


def get(tx: Transaction, slot_id: int, *, hold: bool = False) -> Slot | None:
    """That slot; with `hold` nobody else changes it before this transaction is over."""
    statement = _slots(tx).where(SlotRow.id == slot_id)
    if hold:
        statement = statement.with_for_update(of=SlotRow)
    row = tx.first(statement)
    return _read(row) if row else None


def add_slots(tx: Transaction, new: Iterable[tuple[int, int, date | None, Reason]]) -> None:
    """A slot for each (list, rep, day, reason), unless the rep has one on that list."""
    rows = [
        {"todo_list_id": todo_list, "rep_id": rep, "day": day, **_reason(reason)}
        for todo_list, rep, day, reason in new
    ]
    tx.insert_missing(SlotRow, rows, ("todo_list_id", "rep_id"))


def change(tx: Transaction, slot_id: int, **values: Any) -> None:
    """Change columns of a slot by their names."""
    tx.update(SlotRow, SlotRow.id == slot_id, **values)


def change_reason(tx: Transaction, slot_id: int, reason: Reason) -> None:
    """Give a slot another reason."""
    tx.update(SlotRow, SlotRow.id == slot_id, **_reason(reason))


def change_all(tx: Transaction, changed: Mapping[int, tuple[date | None, Reason]]) -> None:
    """Give many slots a day and a reason at once."""
    if changed:
        statement = update(SlotRow).where(
            SlotRow.workspace_id == tx.workspace_id, SlotRow.id == bindparam("changed_id")
        )
        rows = [
            {"changed_id": slot, "day": day, **_reason(reason)}
            # In one order everywhere, or two transactions could each wait for a row of the other.
            for slot, (day, reason) in sorted(changed.items())
        ]
        tx.execute(statement, rows)


def all_slots(tx: Transaction, team_id: int) -> list[Slot]:
    """Every slot that team ever had, oldest week first."""
    rows = tx.all(_slots(tx).where(ListRow.team_id == team_id).order_by(ListRow.monday, SlotRow.id))
    return [_read(row) for row in rows]


def add_issue(tx: Transaction, team_id: int, form: str | None, **values: Any) -> int | None:
    """An issue of the day; its id. The same form sent again changes what it made before; None
    where it made that for another team."""
    made = tx.insert_new(IssueRow, "form", team_id=team_id, form=form, **values)
    if made is not None:
        return made
    own = IssueRow.form == form, IssueRow.team_id == team_id
    tx.update(IssueRow, *own, **values)
    row = tx.first(tx.select(IssueRow, IssueRow.id).where(*own))
    return int(row.id) if row else None


def issues(tx: Transaction, team_ids: Sequence[int], since: date) -> dict[int, list[IssueOfTheDay]]:
    """Issues of the day of those teams that end on that day or later, by team, soonest first."""
    found: dict[int, list[IssueOfTheDay]] = {team: [] for team in team_ids}
    rows = tx.all(
        tx.select(IssueRow, IssueRow.team_id, *ISSUE)
        .where(IssueRow.team_id.in_(team_ids), IssueRow.ends_on >= since)
        .order_by(IssueRow.starts_on, IssueRow.id)
    )
    for row in rows:
        found[row.team_id].append(IssueOfTheDay(*row[1:]))
    return found


def end_issue(tx: Transaction, team_id: int, issue_id: int, ends_on: date) -> bool:
    """Let an issue of that team end on that day; False when there is none such, or it ended
    before."""
    changed = tx.update(
        IssueRow,
        IssueRow.id == issue_id,
        IssueRow.team_id == team_id,
        IssueRow.ends_on > ends_on,
        ends_on=ends_on,
    )
    return changed == 1


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "kind": reason.kind,
        "about": reason.about,
        "text": reason.text,
        "source": reason.source,
    }
