"""Teams, who sits on them, time off."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.settings import DEFAULT_SECTIONS, MeetingSettings, TeamSettings
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.workspaces.people import Person
from storage.database.engine import Transaction
from storage.models import Membership as MembershipRow
from storage.models import Person as PersonRow
from storage.models import Team as TeamRow
from storage.models import TimeOff as TimeOffRow
from storage.team import people

MANAGER = aliased(PersonRow)
REP = aliased(PersonRow)
CADENCE_FIELDS = {
    component: (f"{component.value}_ideal", f"{component.value}_latest") for component in Component
}
TEAM = (*TeamRow.__table__.c,)
MEMBERSHIP = (*MembershipRow.__table__.c,)
PLACE_OF = {column.key: place for place, column in enumerate(MEMBERSHIP)}
"""Where in a row of `MEMBERSHIP` each column stands."""


def of_manager(tx: Transaction, slack_id: str) -> Team | None:
    """The team that person manages."""
    statement = tx.select(TeamRow, *TEAM, *people.columns(MANAGER)).join(
        MANAGER, MANAGER.id == TeamRow.manager_id
    )
    row = tx.first(statement.where(MANAGER.slack_id == slack_id))
    return _team(row) if row else None


def get(tx: Transaction, team_id: int) -> Team | None:
    """That team."""
    statement = tx.select(TeamRow, *TEAM, *people.columns(MANAGER)).join(
        MANAGER, MANAGER.id == TeamRow.manager_id
    )
    row = tx.first(statement.where(TeamRow.id == team_id))
    return _team(row) if row else None


def get_many(tx: Transaction, team_ids: Sequence[int]) -> list[Team]:
    """Those teams."""
    statement = tx.select(TeamRow, *TEAM, *people.columns(MANAGER)).join(
        MANAGER, MANAGER.id == TeamRow.manager_id
    )
    return [_team(row) for row in tx.all(statement.where(TeamRow.id.in_(team_ids)))]


WITH_REP = (
    select(*TEAM, *people.columns(MANAGER), *people.columns(REP), *MEMBERSHIP)
    .select_from(TeamRow)
    .join(MANAGER, MANAGER.id == TeamRow.manager_id)
    .outerjoin(
        REP, and_(REP.workspace_id == bindparam("workspace"), REP.slack_id == bindparam("rep"))
    )
    .outerjoin(
        MembershipRow, and_(MembershipRow.team_id == TeamRow.id, MembershipRow.rep_id == REP.id)
    )
    .where(TeamRow.workspace_id == bindparam("workspace"), MANAGER.slack_id == bindparam("manager"))
    .order_by(MembershipRow.joined_on.desc(), MembershipRow.id.desc())
    .limit(1)
)


def with_rep(
    tx: Transaction, manager: str, rep: str
) -> tuple[Team, Person | None, Membership | None] | None:
    """The manager's team, and that rep's newest place on it, in one statement.

    None where `manager` has no team; the person is None where nobody here knows the rep.
    """
    named = {"workspace": tx.workspace_id, "manager": manager, "rep": rep}
    row = tx.execute(WITH_REP, named).first()
    if row is None:
        return None
    rest = row[len(TEAM) + people.WIDTH :]
    person = people.read(rest) if rest[0] is not None else None
    place = rest[people.WIDTH :]
    return _team(row), person, _membership(place, person) if person and place[0] else None


def members(tx: Transaction, team_id: int, on: date | None = None) -> list[Membership]:
    """Places on that team by the rep's name: those open on a day, or all there ever were."""
    statement = tx.select(MembershipRow, *MEMBERSHIP, *people.columns(REP)).join(
        REP, REP.id == MembershipRow.rep_id
    )
    statement = statement.where(MembershipRow.team_id == team_id)
    if on is not None:
        statement = statement.where(
            or_(MembershipRow.left_on.is_(None), MembershipRow.left_on > on)
        )
    rows = tx.all(statement.order_by(REP.name, MembershipRow.id))
    return [_membership(row, people.read(row[len(MEMBERSHIP) :])) for row in rows]


def members_of(tx: Transaction, team_ids: Sequence[int], since: date) -> list[Membership]:
    """Places on those teams that had not ended on that day, by the rep's name."""
    statement = tx.select(MembershipRow, *MEMBERSHIP, *people.columns(REP)).join(
        REP, REP.id == MembershipRow.rep_id
    )
    statement = statement.where(
        MembershipRow.team_id.in_(team_ids),
        or_(MembershipRow.left_on.is_(None), MembershipRow.left_on > since),
    )
    rows = tx.all(statement.order_by(REP.name, MembershipRow.id))
    return [_membership(row, people.read(row[len(MEMBERSHIP) :])) for row in rows]


def memberships_of(tx: Transaction, rep: str, on: date) -> list[tuple[Team, Membership]]:
    """The teams that rep sits on that day, with the place on each."""
    statement = (
        tx.select(TeamRow, *TEAM, *people.columns(MANAGER), *people.columns(REP), *MEMBERSHIP)
        .join(MANAGER, MANAGER.id == TeamRow.manager_id)
        .join(MembershipRow, MembershipRow.team_id == TeamRow.id)
        .join(REP, REP.id == MembershipRow.rep_id)
        .where(
            REP.slack_id == rep, or_(MembershipRow.left_on.is_(None), MembershipRow.left_on > on)
        )
        .order_by(MANAGER.name)
    )
    found = []
    for row in tx.all(statement):
        rest = row[len(TEAM) + people.WIDTH :]
        found.append((_team(row), _membership(rest[people.WIDTH :], people.read(rest))))
    return found


def all_teams(tx: Transaction) -> list[Team]:
    """Every team of the workspace."""
    statement = tx.select(TeamRow, *TEAM, *people.columns(MANAGER)).join(
        MANAGER, MANAGER.id == TeamRow.manager_id
    )
    return [_team(row) for row in tx.all(statement)]


def create(tx: Transaction, manager_id: int, settings: TeamSettings, now: datetime) -> int:
    """A new team; its id."""
    return tx.insert(TeamRow, manager_id=manager_id, created_at=now, **_settings(settings))


def create_all(tx: Transaction, teams: Sequence[tuple[int, TeamSettings]], now: datetime) -> None:
    """Many new teams, by manager."""
    tx.insert_all(
        TeamRow,
        [
            {"manager_id": manager, "created_at": now, **_settings(settings)}
            for manager, settings in teams
        ],
    )


def change(tx: Transaction, team_id: int, settings: TeamSettings) -> None:
    """Give the team these settings."""
    tx.update(TeamRow, TeamRow.id == team_id, **_settings(settings))


def add_members(tx: Transaction, places: Iterable[tuple[int, int, date]]) -> None:
    """Open a place on a team for each (team, rep, first day)."""
    rows = [
        {"team_id": team, "rep_id": rep, "joined_on": day, "first_line": ""}
        for team, rep, day in places
    ]
    if rows:
        tx.insert_all(MembershipRow, rows)


def change_membership(
    tx: Transaction,
    membership_id: int,
    *,
    joined_on: date,
    left_on: date | None,
    cadences: Mapping[Component, Cadence],
) -> None:
    """Dates and own cadences of a place; a component that is not named follows the team's."""
    values: dict[str, Any] = {}
    for component, (ideal, latest) in CADENCE_FIELDS.items():
        own = cadences.get(component)
        values[ideal] = own.ideal if own else None
        values[latest] = own.latest if own else None
    tx.update(
        MembershipRow,
        MembershipRow.id == membership_id,
        joined_on=joined_on,
        left_on=left_on,
        **values,
    )


def set_first_line(tx: Transaction, membership_id: int, line: str) -> None:
    """What the rep is working on, or was promised, when the manager began."""
    tx.update(MembershipRow, MembershipRow.id == membership_id, first_line=line)


def mark_introduced(tx: Transaction, membership_id: int, at: datetime | None) -> bool:
    """Claim the introduction (or give it back with None); False when it was claimed already."""
    conditions = [MembershipRow.id == membership_id]
    if at is not None:
        conditions.append(MembershipRow.introduced_at.is_(None))
    return tx.update(MembershipRow, *conditions, introduced_at=at) == 1


def time_off(
    tx: Transaction, person_ids: Iterable[int], since: date = date.min
) -> dict[int, list[TimeOff]]:
    """Days away of those people that had not ended before `since`, by person, earliest first."""
    found: dict[int, list[TimeOff]] = {person: [] for person in person_ids}
    rows = tx.all(
        tx.select(TimeOffRow)
        .where(
            TimeOffRow.person_id.in_(list(found)),
            or_(TimeOffRow.ends_on.is_(None), TimeOffRow.ends_on >= since),
        )
        .order_by(TimeOffRow.starts_on)
    )
    for row in rows:
        found[row.person_id].append(TimeOff(row.id, row.starts_on, row.ends_on, row.stand_in_id))
    return found


def members_off(tx: Transaction, team_ids: Sequence[int], since: date) -> dict[int, list[TimeOff]]:
    """Days away, not over before that day, of whoever had not left those teams by then: by
    person, earliest first. Nobody is there who has none."""
    seated = tx.select(MembershipRow, MembershipRow.rep_id).where(
        MembershipRow.team_id.in_(team_ids),
        or_(MembershipRow.left_on.is_(None), MembershipRow.left_on > since),
    )
    found: dict[int, list[TimeOff]] = {}
    rows = tx.all(
        tx.select(TimeOffRow)
        .where(
            TimeOffRow.person_id.in_(seated),
            or_(TimeOffRow.ends_on.is_(None), TimeOffRow.ends_on >= since),
        )
        .order_by(TimeOffRow.starts_on)
    )
    for row in rows:
        off = TimeOff(row.id, row.starts_on, row.ends_on, row.stand_in_id)
        found.setdefault(row.person_id, []).append(off)
    return found


def stood_in_for(tx: Transaction, stand_in: str) -> list[Team]:
    """The teams whose manager ever named that person, by Slack id, as a stand-in."""
    other = aliased(PersonRow)
    statement = (
        tx.select(TeamRow, *TEAM, *people.columns(MANAGER))
        .join(MANAGER, MANAGER.id == TeamRow.manager_id)
        .join(TimeOffRow, TimeOffRow.person_id == MANAGER.id)
        .join(other, other.id == TimeOffRow.stand_in_id)
        .where(other.slack_id == stand_in)
        .distinct()
    )
    return [_team(row) for row in tx.all(statement)]


def add_time_off(
    tx: Transaction,
    person_id: int,
    starts_on: date,
    ends_on: date | None,
    stand_in_id: int | None = None,
) -> None:
    tx.insert(
        TimeOffRow,
        person_id=person_id,
        starts_on=starts_on,
        ends_on=ends_on,
        stand_in_id=stand_in_id,
    )


def ever_with(tx: Transaction, person_id: int) -> list[int]:
    """The teams that person sits or sat on as a rep, by id."""
    rows = tx.all(
        tx.select(MembershipRow, MembershipRow.team_id).where(MembershipRow.rep_id == person_id)
    )
    return [row.team_id for row in rows]


def remove_time_off(tx: Transaction, person_id: int, time_off_id: int) -> None:
    """Take back days away of that person."""
    tx.delete(TimeOffRow, TimeOffRow.person_id == person_id, TimeOffRow.id == time_off_id)


def _team(values: Sequence[Any]) -> Team:
    row = dict(zip((column.key for column in TEAM), values, strict=False))
    cadences = {
        component: Cadence(row[ideal], row[latest])
        for component, (ideal, latest) in CADENCE_FIELDS.items()
    }
    settings = TeamSettings(
        channel=row["channel"],
        zone=row["zone"],
        country=row["country"],
        todo_day=row["todo_day"],
        todo_time=row["todo_time"],
        meeting_days=tuple(int(day) for day in row["meeting_days"]),
        meeting_time=row["meeting_time"],
        meeting=MeetingSettings(
            every=row["meeting_every"],
            starts_on=row["meeting_from"],
            minutes=row["meeting_minutes"],
            place=row["meeting_place"],
            on_holiday=row["on_holiday"],
            lead=row["meeting_lead"],
            sections=row["sections"] or DEFAULT_SECTIONS,
        ),
        period=row["period"],
        cadences=cadences,
    )
    return Team(row["id"], people.read(values[len(TEAM) :]), settings)


def _membership(row: Sequence[Any], rep: Person) -> Membership:
    at = PLACE_OF
    return Membership(
        id=row[at["id"]],
        team_id=row[at["team_id"]],
        rep=rep,
        joined_on=row[at["joined_on"]],
        left_on=row[at["left_on"]],
        first_line=row[at["first_line"]],
        introduced=row[at["introduced_at"]] is not None,
        cadences={
            component: Cadence(row[at[ideal]], row[at[latest]])
            for component, (ideal, latest) in CADENCE_FIELDS.items()
            if row[at[ideal]] is not None
        },
    )


def _settings(settings: TeamSettings) -> dict[str, Any]:
    values: dict[str, Any] = {
        "channel": settings.channel,
        "zone": settings.zone,
        "country": settings.country,
        "todo_day": settings.todo_day,
        "todo_time": settings.todo_time,
        "meeting_days": "".join(str(day) for day in sorted(settings.meeting_days)),
        "meeting_time": settings.meeting_time,
        "meeting_every": settings.meeting.every,
        "meeting_from": settings.meeting.starts_on,
        "meeting_minutes": settings.meeting.minutes,
        "meeting_place": settings.meeting.place,
        "on_holiday": settings.meeting.on_holiday,
        "meeting_lead": settings.meeting.lead,
        "sections": (
            None if settings.meeting.sections == DEFAULT_SECTIONS else settings.meeting.sections
        ),
        "period": settings.period,
    }
    for component, (ideal, latest) in CADENCE_FIELDS.items():
        values[ideal] = settings.cadences[component].ideal
        values[latest] = settings.cadences[component].latest
    return values


def seat_counts(tx: Transaction, reps: Iterable[str], on: date) -> dict[str, int]:
    """On how many teams each of those people, by Slack id, sits that day."""
    statement = (
        tx.select(MembershipRow, REP.slack_id, func.count())
        .join(REP, REP.id == MembershipRow.rep_id)
        .where(
            REP.slack_id.in_(list(reps)),
            or_(MembershipRow.left_on.is_(None), MembershipRow.left_on > on),
        )
        .group_by(REP.slack_id)
    )
    return {row[0]: row[1] for row in tx.all(statement)}


def places_after(tx: Transaction, day: date) -> list[tuple[str, str, date | None]]:
    """Manager and rep, by Slack id, and the end of every place that ends after `day` or never."""
    statement = (
        tx.select(
            MembershipRow,
            MANAGER.slack_id.label("manager"),
            REP.slack_id.label("rep"),
            MembershipRow.left_on,
        )
        .join(TeamRow, TeamRow.id == MembershipRow.team_id)
        .join(MANAGER, MANAGER.id == TeamRow.manager_id)
        .join(REP, REP.id == MembershipRow.rep_id)
        .where(or_(MembershipRow.left_on.is_(None), MembershipRow.left_on > day))
    )
    return [(row.manager, row.rep, row.left_on) for row in tx.all(statement)]


def reps_ever(tx: Transaction, team_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """Who sits or sat on those teams: the person, by team and Slack id."""
    statement = (
        tx.select(MembershipRow, MembershipRow.team_id, REP.slack_id, REP.id)
        .join(REP, REP.id == MembershipRow.rep_id)
        .where(MembershipRow.team_id.in_(team_ids))
    )
    return {(row[0], row[1]): row[2] for row in tx.all(statement)}


def change_all(tx: Transaction, teams: Sequence[tuple[int, TeamSettings]]) -> None:
    """Give many teams their settings at once."""
    if teams:
        statement = update(TeamRow).where(
            TeamRow.workspace_id == tx.workspace_id, TeamRow.id == bindparam("changed_id")
        )
        tx.execute(
            statement, [{"changed_id": team, **_settings(settings)} for team, settings in teams]
        )


def lock(tx: Transaction, team_ids: Sequence[int]) -> None:
    """Hold those teams until this transaction is over against whoever else asks to hold them.

    Contacts can be logged meanwhile. On SQLite there is but one writer anyway.
    """
    tx.all(
        tx.select(TeamRow, TeamRow.id)
        .where(TeamRow.id.in_(team_ids))
        .order_by(TeamRow.id)
        .with_for_update(key_share=True)
    )


def set_first_lines(tx: Transaction, lines: Mapping[int, str]) -> None:
    """Many first lines at once, by place."""
    if lines:
        statement = update(MembershipRow).where(
            MembershipRow.workspace_id == tx.workspace_id,
            MembershipRow.id == bindparam("changed_id"),
        )
        tx.execute(
            statement, [{"changed_id": place, "first_line": line} for place, line in lines.items()]
        )


def end_memberships(tx: Transaction, membership_ids: Sequence[int], left_on: date | None) -> None:
    """Those places end before that day; None: they have no end."""
    if membership_ids:
        tx.update(MembershipRow, MembershipRow.id.in_(membership_ids), left_on=left_on)
