"""Days away of people, who stands in meanwhile, and the promises ticked for whoever does."""

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from sqlalchemy import bindparam, delete, or_, select, update

from bot.domain.team.teams import TimeOff
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Membership as MembershipRow
from storage.models import Team as TeamRow
from storage.models import TickedPromise
from storage.models import TimeOff as TimeOffRow
from storage.team.teams import ENDS_AFTER

DAYS_OFF = (
    select(
        TimeOffRow.id,
        TimeOffRow.person_id,
        TimeOffRow.starts_on,
        TimeOffRow.ends_on,
        TimeOffRow.stand_in_id,
        TimeOffRow.team_id,
    )
    .where(
        TimeOffRow.workspace_id == WORKSPACE,
        or_(TimeOffRow.ends_on.is_(None), TimeOffRow.ends_on >= bindparam("day")),
    )
    .order_by(TimeOffRow.starts_on)
)
TIME_OFF = DAYS_OFF.where(TimeOffRow.person_id.in_(AMONG))
MEMBERS_OFF = (
    DAYS_OFF.add_columns(MembershipRow.team_id.label("on_team"))
    .join(MembershipRow, MembershipRow.rep_id == TimeOffRow.person_id)
    .where(
        MembershipRow.workspace_id == WORKSPACE,
        MembershipRow.team_id.in_(AMONG),
        ENDS_AFTER,
        or_(TimeOffRow.team_id.is_(None), TimeOffRow.team_id == MembershipRow.team_id),
    )
)
STOOD_IN = DAYS_OFF.add_columns(TeamRow.id.label("of_team")).join(
    TeamRow, (TeamRow.manager_id == TimeOffRow.person_id) & TeamRow.joined_to_id.is_(None)
)
STOOD_IN_BY = STOOD_IN.where(TimeOffRow.stand_in_id.in_(AMONG))
STOOD_IN_ON = STOOD_IN.where(TimeOffRow.id.in_(AMONG), TimeOffRow.stand_in_id.is_not(None))
REMOVE_TIME_OFF = delete(TimeOffRow).where(
    TimeOffRow.workspace_id == WORKSPACE,
    TimeOffRow.person_id == bindparam("person"),
    TimeOffRow.id == bindparam("time_off"),
    TimeOffRow.team_id.is_not_distinct_from(bindparam("entered_by")),
)

END_STAND_INS = (
    update(TimeOffRow)
    .where(
        TimeOffRow.workspace_id == WORKSPACE,
        TimeOffRow.person_id == bindparam("person"),
        TimeOffRow.stand_in_id.is_not(None),
    )
    .values(stand_in_id=None)
)

TICKED = select(TickedPromise.time_off_id, TickedPromise.promise_id).where(
    TickedPromise.workspace_id == WORKSPACE, TickedPromise.time_off_id.in_(AMONG)
)

_time_off = reader(TimeOff, "id", "starts_on", "ends_on", "stand_in_id", "team_id")


def of_people(
    tx: Transaction, places: Iterable[tuple[int, int]], since: date = date.min
) -> dict[tuple[int, int], list[TimeOff]]:
    """By each of those places, a team and a person: the person's days away that this team goes by
    and that had not ended before `since`, earliest first."""
    found: dict[tuple[int, int], list[TimeOff]] = {place: [] for place in places}
    days: dict[int, list[TimeOff]] = {}
    for row in tx.all_among(TIME_OFF, (person for _, person in found), day=since):
        days.setdefault(row.person_id, []).append(_time_off(row))
    for (team, person), own in found.items():
        own.extend(off for off in days.get(person, ()) if off.counts_on(team))
    return found


def of_members(
    tx: Transaction, team_ids: Sequence[int], since: date
) -> dict[tuple[int, int], list[TimeOff]]:
    """Days away, not over before that day, of whoever had not left those teams by then and that
    the team goes by: by team and person, earliest first. Nobody is there who has none."""
    rows = tx.all_among(MEMBERS_OFF, team_ids, attrgetter("starts_on"), day=since)
    found: dict[tuple[int, int], list[TimeOff]] = {}
    # Who left and comes back has two memberships on one team.
    for row in {(row.on_team, row.id): row for row in rows}.values():
        found.setdefault((row.on_team, row.person_id), []).append(_time_off(row))
    return found


def stood_in_by(
    tx: Transaction, person_ids: Iterable[int], since: date
) -> list[tuple[int, TimeOff]]:
    """The days off, not over before that day, for which managers named one of those people as a
    stand-in, each with the manager's team."""
    rows = tx.all_among(STOOD_IN_BY, person_ids, day=since)
    return [(row.of_team, _time_off(row)) for row in rows]


def stood_in_on(tx: Transaction, ids: Iterable[int], since: date) -> list[tuple[int, TimeOff]]:
    """Those of the days off, by id, that are not over before that day and have a stand-in named,
    each with the manager's team."""
    return [(row.of_team, _time_off(row)) for row in tx.all_among(STOOD_IN_ON, ids, day=since)]


def add(
    tx: Transaction,
    person_id: int,
    starts_on: date,
    ends_on: date | None,
    stand_in_id: int | None = None,
    entered_by: int | None = None,
) -> int:
    """Days away of that person; their id. `entered_by` is the team whose manager enters them, None
    where the person does."""
    return tx.insert(
        TimeOffRow,
        person_id=person_id,
        starts_on=starts_on,
        ends_on=ends_on,
        stand_in_id=stand_in_id,
        team_id=entered_by,
    )


def tick(tx: Transaction, time_off_id: int, promise_ids: Iterable[int]) -> None:
    """Let whoever stands in during those days away read those promises."""
    rows = [{"time_off_id": time_off_id, "promise_id": one} for one in sorted(promise_ids)]
    if rows:
        tx.insert_all(TickedPromise, rows)


def ticked(tx: Transaction, time_off_ids: Iterable[int]) -> dict[int, set[int]]:
    """The promises that whoever stands in during those days away reads, by the days' id."""
    found: dict[int, set[int]] = {}
    for row in tx.all_among(TICKED, time_off_ids):
        found.setdefault(row.time_off_id, set()).add(row.promise_id)
    return found


def remove(tx: Transaction, person_id: int, time_off_id: int, entered_by: int | None) -> None:
    """Take back days away of that person, where that team's manager entered them; None: where the
    person did."""
    tx.run(REMOVE_TIME_OFF, person=person_id, time_off=time_off_id, entered_by=entered_by)


def end_stand_ins(tx: Transaction, person_id: int) -> None:
    """Nobody stands in for that manager any more, on whichever days. Writes."""
    tx.run(END_STAND_INS, person=person_id)
