"""The first weeks of reps who are new: a team's steps, and the promises that they became."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, or_, select, update

from bot.domain.team.ramp import DEFAULT_RAMP, RampEntry, RampStep, in_order
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import LaidStep as LaidRow
from storage.models import Membership as MembershipRow
from storage.models import RampStep as Row

STEPS = select(Row.id, Row.team_id, Row.day, Row.owner, Row.what, Row.removed_at).where(
    Row.workspace_id == WORKSPACE, Row.team_id.in_(AMONG)
)
PLACES = select(MembershipRow.id).where(
    MembershipRow.workspace_id == WORKSPACE,
    MembershipRow.team_id.in_(AMONG),
    MembershipRow.joined_on >= bindparam("since"),
    or_(
        MembershipRow.new_on_team,
        MembershipRow.id.in_(
            select(LaidRow.membership_id).where(LaidRow.workspace_id == WORKSPACE)
        ),
    ),
)
LAID = select(LaidRow.membership_id, LaidRow.step_id, LaidRow.promise_id, LaidRow.due_on).where(
    LaidRow.workspace_id == WORKSPACE,
    LaidRow.membership_id.in_(AMONG),
    LaidRow.promise_id.is_not(None),
)
CHANGE = update(Row).where(
    Row.workspace_id == WORKSPACE,
    Row.id == bindparam("step"),
    Row.team_id == bindparam("team"),
    Row.removed_at.is_(None),
)
REMOVE = CHANGE.values(removed_at=bindparam("at"))
LAY = (
    update(LaidRow)
    .where(
        LaidRow.workspace_id == WORKSPACE,
        LaidRow.membership_id == bindparam("membership"),
        LaidRow.step_id == bindparam("step"),
    )
    .values(promise_id=bindparam("promise"), due_on=bindparam("day"))
)


def steps_of(tx: Transaction, team_ids: Sequence[int]) -> dict[int, tuple[RampStep, ...]]:
    """The steps of those teams, in order; a team that has none of its own yet is left out."""
    found: dict[int, list[RampStep]] = {}
    for row in tx.all_among(STEPS, team_ids):
        own = found.setdefault(row.team_id, [])
        if row.removed_at is None:
            own.append(RampStep(row.id, row.day, row.owner, row.what))
    return {team_id: in_order(steps) for team_id, steps in found.items()}


def begin(tx: Transaction, team_ids: Iterable[int]) -> None:
    """Give the usual steps to those teams, each of which has none of its own yet."""
    rows = [
        {
            "team_id": team_id,
            "usual": number,
            "day": step.day,
            "owner": step.owner,
            "what": step.what,
        }
        for team_id in team_ids
        for number, step in enumerate(DEFAULT_RAMP)
    ]
    tx.insert_missing(Row, rows, ("team_id", "usual"))


def add(tx: Transaction, team_id: int, entry: RampEntry) -> int:
    """A step more; its id."""
    return tx.insert(Row, team_id=team_id, day=entry.day, owner=entry.owner, what=entry.what)


def change(tx: Transaction, team_id: int, step_id: int, entry: RampEntry) -> bool:
    """Let that step of that team say this; False where it was removed."""
    values = {"day": entry.day, "owner": entry.owner, "what": entry.what}
    return tx.change(CHANGE, values, step=step_id, team=team_id) > 0


def remove(tx: Transaction, team_id: int, step_id: int, at: datetime) -> bool:
    """That step is no part of the ramp any more; False where it was none."""
    return tx.run(REMOVE, step=step_id, team=team_id, at=at) > 0


def places(tx: Transaction, team_ids: Sequence[int], since: date) -> list[int]:
    """The places on those teams, by id, that began on that day or later and have a ramp, or had
    one."""
    return [row.id for row in tx.all_among(PLACES, team_ids, since=since)]


def laid(tx: Transaction, membership_ids: Sequence[int]) -> list[tuple[int, int, int, date]]:
    """The steps that were laid for those places: the place, the step, the promise by its id, and
    the day that it was laid for."""
    rows = tx.all_among(LAID, membership_ids)
    return [(row.membership_id, row.step_id, row.promise_id, row.due_on) for row in rows]


def claim(tx: Transaction, membership_id: int, step_id: int, day: date) -> bool:
    """Whether that step is to be laid for that place by whoever asks: of two at once, by one."""
    key = {"membership_id": membership_id, "step_id": step_id}
    return tx.insert_new(LaidRow, ("membership_id", "step_id"), due_on=day, **key) is not None


def keep(tx: Transaction, membership_id: int, step_id: int, promise_id: int, day: date) -> None:
    """That step is that promise for that place, laid for that day."""
    tx.run(LAY, membership=membership_id, step=step_id, promise=promise_id, day=day)
