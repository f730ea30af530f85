"""To-do lists, slots and issues of the day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, Date, Text, bindparam, delete, func, select, update
from sqlalchemy.orm import aliased

from bot.domain.todo.lists import Slot
from bot.domain.todo.reasons import IssueOfTheDay, Reason, ReasonKind
from bot.domain.todo.round_up import EndedIssue, IssueAnswer, NotedOfYou
from bot.domain.workspaces.people import Person
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import IssueAnswer as AnswerRow
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
OF_REPS = OF_TEAM.where(SlotRow.rep_id.in_(AMONG))
ONE = SLOTS.where(SlotRow.id == bindparam("slot"))
HELD = ONE.with_for_update(of=SlotRow)
CHANGE = update(SlotRow).where(SlotRow.workspace_id == WORKSPACE, SlotRow.id == bindparam("slot"))
THANK = CHANGE.where(SlotRow.thanked_on.is_(None)).values(thanked_on=bindparam("on"))

REWORD = (
    update(SlotRow)
    .where(SlotRow.workspace_id == WORKSPACE, SlotRow.about == bindparam("reason"))
    .values(text=bindparam("words"))
)

WITHHOLD = (
    update(SlotRow)
    .where(
        SlotRow.workspace_id == WORKSPACE,
        SlotRow.about.in_(AMONG),
        SlotRow.todo_list_id.in_(
            select(ListRow.id).where(
                ListRow.workspace_id == WORKSPACE, ListRow.team_id == bindparam("team")
            )
        ),
    )
    .values(text=bindparam("words"))
)

TALKED_OF = (
    select(SlotRow.about)
    .join_from(SlotRow, ListRow, ListRow.id == SlotRow.todo_list_id)
    .where(
        SlotRow.workspace_id == WORKSPACE,
        ListRow.team_id == bindparam("team"),
        SlotRow.kind.in_(bindparam("kinds", expanding=True)),
    )
    .distinct()
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

MOVED_ISSUE = aliased(IssueRow)
# What reps brought along of a theme that runs: it comes itself.
FORGET_BROUGHT = delete(IssueRow).where(
    IssueRow.workspace_id == WORKSPACE,
    IssueRow.team_id == bindparam("other"),
    IssueRow.ends_on < bindparam("day"),
    select(MOVED_ISSUE.id)
    .where(
        MOVED_ISSUE.workspace_id == WORKSPACE,
        MOVED_ISSUE.team_id == bindparam("team"),
        MOVED_ISSUE.ends_on >= bindparam("day"),
        MOVED_ISSUE.text == IssueRow.text,
        MOVED_ISSUE.starts_on == IssueRow.starts_on,
    )
    .correlate(IssueRow)
    .exists(),
)
JOIN_ISSUES = (
    update(IssueRow)
    .where(
        IssueRow.workspace_id == WORKSPACE,
        IssueRow.team_id == bindparam("team"),
        IssueRow.ends_on >= bindparam("day"),
    )
    .values(team_id=bindparam("other"))
)

ISSUE = (IssueRow.id, IssueRow.text, IssueRow.starts_on, IssueRow.ends_on)
ONE_ISSUE = select(*ISSUE).where(
    IssueRow.workspace_id == WORKSPACE,
    IssueRow.team_id == bindparam("team", type_=BigInteger),
    IssueRow.id == bindparam("issue", type_=BigInteger),
)
ENDED = (
    select(*ISSUE, IssueRow.seen, func.count(AnswerRow.id).label("said"))
    .join_from(IssueRow, AnswerRow, AnswerRow.issue_id == IssueRow.id, isouter=True)
    .where(
        IssueRow.workspace_id == WORKSPACE,
        IssueRow.team_id == bindparam("team", type_=BigInteger),
        IssueRow.ends_on >= bindparam("since", type_=Date),
        IssueRow.ends_on < bindparam("today", type_=Date),
    )
    .group_by(*ISSUE, IssueRow.seen)
    .order_by(IssueRow.ends_on.desc(), IssueRow.id.desc())
)

ANSWERS = (
    select(
        AnswerRow.id,
        AnswerRow.issue_id,
        AnswerRow.text,
        AnswerRow.noted_on,
        AnswerRow.not_so_on,
        *REP.columns,
    )
    .join_from(AnswerRow, PersonRow, PersonRow.id == AnswerRow.rep_id)
    .where(AnswerRow.workspace_id == WORKSPACE)
    .order_by(AnswerRow.id)
)
ANSWERS_TO = ANSWERS.where(AnswerRow.issue_id.in_(AMONG))
# What was said stands beside each: one statement for both.
ISSUES_WITH_ANSWERS = ISSUES.add_columns(AnswerRow.rep_id, AnswerRow.text.label("said")).join_from(
    IssueRow, AnswerRow, AnswerRow.issue_id == IssueRow.id, isouter=True
)
OF_ISSUES = ANSWERS.join(IssueRow, IssueRow.id == AnswerRow.issue_id).where(
    IssueRow.team_id == bindparam("team", type_=BigInteger)
)
SAME_ISSUE, SAME_ANSWER = aliased(IssueRow), aliased(AnswerRow)
# Where its rep moved to another team, the same stands there: they read it once.
READ_ELSEWHERE = (
    select(SAME_ANSWER.id)
    .join(SAME_ISSUE, SAME_ISSUE.id == SAME_ANSWER.issue_id)
    .where(
        SAME_ANSWER.workspace_id == WORKSPACE,
        SAME_ANSWER.rep_id == AnswerRow.rep_id,
        SAME_ANSWER.id > AnswerRow.id,
        SAME_ANSWER.text == AnswerRow.text,
        SAME_ISSUE.team_id != IssueRow.team_id,
        SAME_ISSUE.text == IssueRow.text,
        SAME_ISSUE.starts_on == IssueRow.starts_on,
    )
    .correlate(AnswerRow, IssueRow)
    .exists()
)
NOTED_OF = OF_ISSUES.add_columns(IssueRow.text.label("issue")).where(
    AnswerRow.rep_id == bindparam("rep", type_=BigInteger),
    IssueRow.ends_on >= bindparam("since", type_=Date),
    ~READ_ELSEWHERE,
)
FORGET_ANSWER = delete(AnswerRow).where(
    AnswerRow.workspace_id == WORKSPACE,
    AnswerRow.issue_id == bindparam("issue", type_=BigInteger),
    AnswerRow.rep_id == bindparam("rep", type_=BigInteger),
)
DISPUTE_ANSWER = (
    update(AnswerRow)
    .where(
        AnswerRow.workspace_id == WORKSPACE,
        AnswerRow.id == bindparam("answer", type_=BigInteger),
        AnswerRow.rep_id == bindparam("rep", type_=BigInteger),
        AnswerRow.text == bindparam("words", type_=Text),
    )
    .values(not_so_on=bindparam("on", type_=Date))
)
# And in each team that has the same: to whichever it is said, these are not their words.
DISPUTE_ALIKE = (
    update(AnswerRow)
    .where(
        AnswerRow.workspace_id == WORKSPACE,
        AnswerRow.rep_id == bindparam("rep", type_=BigInteger),
        AnswerRow.text == bindparam("words", type_=Text),
        AnswerRow.issue_id.in_(
            select(SAME_ISSUE.id)
            .join(IssueRow, IssueRow.text == SAME_ISSUE.text)
            .join(SAME_ANSWER, SAME_ANSWER.issue_id == IssueRow.id)
            .where(
                SAME_ISSUE.workspace_id == WORKSPACE,
                IssueRow.workspace_id == WORKSPACE,
                SAME_ISSUE.starts_on == IssueRow.starts_on,
                SAME_ANSWER.id == bindparam("answer", type_=BigInteger),
            )
        ),
    )
    .values(not_so_on=bindparam("on", type_=Date))
)

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


def withhold(tx: Transaction, team_id: int, abouts: Iterable[str], text: str) -> None:
    """The same of every slot of that team whose reason is about one of those."""
    tx.run_among(WITHHOLD, abouts, team=team_id, words=text)


def abouts(tx: Transaction, team_id: int, kinds: Iterable[ReasonKind]) -> list[str]:
    """What the reasons of those kinds were about that slots of that team ever had."""
    return [row.about for row in tx.all(TALKED_OF, team=team_id, kinds=list(kinds))]


def all_slots(tx: Transaction, team_id: int) -> list[Slot]:
    """Every slot that team ever had, oldest week first."""
    return [_read_all(row) for row in tx.all(OF_TEAM, team=team_id)]


def slots_of_reps(tx: Transaction, team_id: int, reps: Sequence[int]) -> list[Slot]:
    """The same of those reps."""
    return [_read_all(row) for row in tx.all_among(OF_REPS, reps, team=team_id)]


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


def issues_with_answers(
    tx: Transaction, team_ids: Sequence[int], since: date
) -> tuple[dict[int, list[IssueOfTheDay]], dict[tuple[int, int], str]]:
    """The same, and what was noted of what reps said to them, by issue and rep."""
    found: dict[int, dict[int, IssueOfTheDay]] = {team: {} for team in team_ids}
    said: dict[tuple[int, int], str] = {}
    for row in tx.all_among(ISSUES_WITH_ANSWERS, team_ids, since=since):
        found[row.team_id].setdefault(row.id, _read_issue(row))
        if row.rep_id is not None:
            said[row.id, row.rep_id] = row.said
    return {team: list(own.values()) for team, own in found.items()}, said


def end_issue(tx: Transaction, team_id: int, issue_id: int, ends_on: date) -> bool:
    """Let an issue of that team end on that day; False when there is none such, or it ended
    before."""
    return tx.run(END_ISSUE, issue=issue_id, team=team_id, day=ends_on) == 1


def issue(tx: Transaction, team_id: int, issue_id: int) -> IssueOfTheDay | None:
    """That issue, where it is of that team."""
    row = tx.first(ONE_ISSUE, team=team_id, issue=issue_id)
    return _read_issue(row) if row else None


def join_issues(tx: Transaction, team_id: int, other_id: int, day: date) -> None:
    """The issues of the one team that are not over on that day are the other's. Writes."""
    for statement in (FORGET_BROUGHT, JOIN_ISSUES):
        tx.run(statement, team=team_id, other=other_id, day=day)


def ended_issues(tx: Transaction, team_id: int, since: date, today: date) -> list[EndedIssue]:
    """The issues of that team whose last day was in that span, `today` not included, the latest
    first."""
    rows = tx.all(ENDED, team=team_id, since=since, today=today)
    return [EndedIssue(_read_issue(row), row.said, row.seen) for row in rows]


def answers_to(tx: Transaction, issue_ids: Iterable[int]) -> dict[int, list[IssueAnswer]]:
    """What was noted of what reps said to those issues, by issue, in the order it was noted."""
    return _by_issue(tx.all_among(ANSWERS_TO, issue_ids))


def answers_of_team(tx: Transaction, team_id: int) -> dict[int, list[IssueAnswer]]:
    """The same of all issues of a team."""
    return _by_issue(tx.all(OF_ISSUES, team=team_id))


def noted_of(tx: Transaction, team_id: int, rep_id: int, since: date) -> list[NotedOfYou]:
    """What was noted of what that rep said to issues of that team that end on that day or later."""
    rows = tx.all(NOTED_OF, team=team_id, rep=rep_id, since=since)
    return [NotedOfYou(row.issue, _read_answer(row)) for row in rows]


def note_answer(tx: Transaction, issue_id: int, rep_id: int, text: str, on: date) -> None:
    """That is what the rep said, in place of what was noted before. Writes."""
    row = {"issue_id": issue_id, "rep_id": rep_id, "text": text, "noted_on": on, "not_so_on": None}
    tx.upsert(AnswerRow, [row], key=("issue_id", "rep_id"))


def forget_answer(tx: Transaction, issue_id: int, rep_id: int) -> None:
    """Nothing is noted of what that rep said. Writes."""
    tx.run(FORGET_ANSWER, issue=issue_id, rep=rep_id)


def dispute_answer(
    tx: Transaction, answer_id: int, rep_id: int, words: str, on: date | None
) -> bool:
    """That rep says since that day that those are not their words; None: that they are. False where
    nothing of theirs says so. Writes."""
    named = {"answer": answer_id, "rep": rep_id, "words": words, "on": on}
    if tx.run(DISPUTE_ANSWER, **named) == 0:
        return False
    tx.run(DISPUTE_ALIKE, **named)
    return True


def _read_answer(row: Any) -> IssueAnswer:
    return IssueAnswer(row.id, row.issue_id, REP.read(row), row.text, row.noted_on, row.not_so_on)


def _by_issue(rows: Iterable[Any]) -> dict[int, list[IssueAnswer]]:
    found: dict[int, list[IssueAnswer]] = {}
    for row in rows:
        found.setdefault(row.issue_id, []).append(_read_answer(row))
    return found


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "kind": reason.kind,
        "about": reason.about,
        "text": reason.text,
        "source": reason.source,
    }
