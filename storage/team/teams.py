"""Teams, and who sits on them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.settings import DEFAULT_SECTIONS, MeetingSettings, TeamSettings
from bot.domain.team.teams import Membership, Team, Thanks
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person
from storage.database.statements import AMONG, WORKSPACE, labelled
from storage.database.transaction import Transaction
from storage.models import Director as DirectorRow
from storage.models import Membership as MembershipRow
from storage.models import Person as PersonRow
from storage.models import Team as TeamRow
from storage.models import TimeOff as TimeOffRow
from storage.models import Workspace
from storage.team.people import PersonColumns

MANAGER, REP, STAND_IN = aliased(PersonRow), aliased(PersonRow), aliased(PersonRow)
IN_MANAGER, IN_REP = PersonColumns(MANAGER, "manager"), PersonColumns(REP, "rep")
CADENCE_FIELDS = {
    component: (f"{component.value}_ideal", f"{component.value}_latest") for component in Component
}
OWN_CADENCE_FIELDS = {
    component: (f"membership_{ideal}", f"membership_{latest}")
    for component, (ideal, latest) in CADENCE_FIELDS.items()
}
TEAM = [column for column in TeamRow.__table__.c if column.key != "manager_id"]
OF_OWN, OF_REP, IN_OTHER = aliased(TeamRow), aliased(TeamRow), aliased(MembershipRow)
IS_LED = TeamRow.joined_to_id.is_(None)
"""It was not joined with another: whoever managed it last may lead another since."""
LEADS_MANAGER = (
    select(IN_OTHER.id)
    .join_from(OF_REP, IN_OTHER, IN_OTHER.team_id == OF_REP.id)
    .join(OF_OWN, OF_OWN.manager_id == IN_OTHER.rep_id)
    .where(
        OF_REP.workspace_id == WORKSPACE,
        IN_OTHER.workspace_id == WORKSPACE,
        OF_OWN.workspace_id == WORKSPACE,
        OF_OWN.id == MembershipRow.team_id,
        OF_REP.manager_id == MembershipRow.rep_id,
        OF_REP.joined_to_id.is_(None),
        IN_OTHER.left_on.is_(None),
        tuple_(IN_OTHER.joined_on, IN_OTHER.id) < tuple_(MembershipRow.joined_on, MembershipRow.id),
    )
    .correlate(MembershipRow)
    .exists()
)
"""The rep leads a team on which the manager of this one is a rep, and was first."""

MEMBERSHIP = [
    *labelled("membership", MembershipRow.__table__.c),
    LEADS_MANAGER.label("membership_leads_manager"),
]
ENDS_AFTER = or_(MembershipRow.left_on.is_(None), MembershipRow.left_on > bindparam("day"))
"""The membership had not ended on that day."""

KEPT_MONTHS = (
    select(Workspace.kept_months)
    .where(Workspace.id == WORKSPACE)
    .scalar_subquery()
    .label("kept_months")
)
TEAMS = (
    select(*TEAM, KEPT_MONTHS, *IN_MANAGER.columns)
    .join_from(TeamRow, MANAGER, MANAGER.id == TeamRow.manager_id)
    .where(TeamRow.workspace_id == WORKSPACE)
)
# A person is found by workspace and Slack id, for which there is an index.
OF_MANAGER = TEAMS.where(
    MANAGER.workspace_id == WORKSPACE, MANAGER.slack_id == bindparam("manager"), IS_LED
)
LED = TEAMS.where(IS_LED)
WITH_ID = TEAMS.where(TeamRow.id == bindparam("team"))
WITH_IDS = TEAMS.where(TeamRow.id.in_(AMONG))
STOOD_IN_FOR = (
    TEAMS.join(TimeOffRow, TimeOffRow.person_id == MANAGER.id)
    .join(STAND_IN, STAND_IN.id == TimeOffRow.stand_in_id)
    .where(STAND_IN.workspace_id == WORKSPACE, STAND_IN.slack_id == bindparam("stand_in"), IS_LED)
    .distinct()
)
MEMBERSHIPS_OF_REP = (
    TEAMS.add_columns(*IN_REP.columns, *MEMBERSHIP)
    .join(MembershipRow, MembershipRow.team_id == TeamRow.id)
    .join(REP, REP.id == MembershipRow.rep_id)
    .where(REP.workspace_id == WORKSPACE, REP.slack_id == bindparam("rep"), ENDS_AFTER)
)
WITH_REP = (
    OF_MANAGER.add_columns(*IN_REP.columns, *MEMBERSHIP)
    .outerjoin(REP, and_(REP.workspace_id == WORKSPACE, REP.slack_id == bindparam("rep")))
    .outerjoin(
        MembershipRow, and_(MembershipRow.team_id == TeamRow.id, MembershipRow.rep_id == REP.id)
    )
    .order_by(MembershipRow.joined_on.desc(), MembershipRow.id.desc())
    .limit(1)
)
HELD = (
    select(TeamRow.id)
    .where(TeamRow.workspace_id == WORKSPACE, TeamRow.id.in_(AMONG))
    .order_by(TeamRow.id)
    .with_for_update(key_share=True)
)
PASS_TO = (
    update(TeamRow)
    .where(TeamRow.workspace_id == WORKSPACE, TeamRow.id == bindparam("team"))
    .values(manager_id=bindparam("manager"), led_since=bindparam("now"))
)
JOIN_TO = (
    update(TeamRow)
    .where(
        TeamRow.workspace_id == WORKSPACE,
        # What was joined with it before is of the other one too.
        or_(TeamRow.id == bindparam("team"), TeamRow.joined_to_id == bindparam("team")),
    )
    .values(joined_to_id=bindparam("other"))
)
END_SHARING = delete(DirectorRow).where(
    DirectorRow.workspace_id == WORKSPACE, DirectorRow.team_id == bindparam("team")
)
CHANGE = update(TeamRow).where(TeamRow.workspace_id == WORKSPACE, TeamRow.id == bindparam("team"))
COUNT = CHANGE.values(meeting_sequence=TeamRow.meeting_sequence + 1)
SERIES = (
    "zone",
    "meeting_days",
    "meeting_time",
    "meeting_every",
    "meeting_from",
    "meeting_minutes",
    "on_holiday",
    "country",
)
"""What says when a team meets."""
COUNT_SERIES = COUNT.where(
    or_(
        *(
            column.is_distinct_from(bindparam(f"to_{column.key}", type_=column.type))
            for column in TeamRow.__table__.c
            if column.key in SERIES
        )
    )
)

MEMBERSHIPS = (
    select(*MEMBERSHIP, *IN_REP.columns)
    .join_from(MembershipRow, REP, REP.id == MembershipRow.rep_id)
    .where(MembershipRow.workspace_id == WORKSPACE)
)
MEMBERS_EVER = MEMBERSHIPS.where(MembershipRow.team_id == bindparam("team"))
MEMBERS = MEMBERS_EVER.where(ENDS_AFTER)
MEMBERS_OF = MEMBERSHIPS.where(MembershipRow.team_id.in_(AMONG), ENDS_AFTER)
MEMBERSHIPS_WITH_IDS = MEMBERSHIPS.where(MembershipRow.id.in_(AMONG))
EVER_WITH = select(MembershipRow.team_id).where(
    MembershipRow.workspace_id == WORKSPACE, MembershipRow.rep_id == bindparam("rep")
)
PLACES = (
    select(REP.slack_id, MembershipRow.team_id)
    .join_from(MembershipRow, REP, REP.id == MembershipRow.rep_id)
    .where(
        MembershipRow.workspace_id == WORKSPACE,
        REP.workspace_id == WORKSPACE,
        REP.slack_id.in_(AMONG),
        ENDS_AFTER,
    )
)
ALL_MEMBERSHIPS = (
    select(
        MembershipRow.id,
        MembershipRow.joined_on,
        MembershipRow.left_on,
        MANAGER.slack_id.label("manager"),
        REP.slack_id.label("rep"),
    )
    .join_from(MembershipRow, TeamRow, TeamRow.id == MembershipRow.team_id)
    .join(MANAGER, MANAGER.id == TeamRow.manager_id)
    .join(REP, REP.id == MembershipRow.rep_id)
    .where(MembershipRow.workspace_id == WORKSPACE, IS_LED)
    .order_by(MembershipRow.joined_on, MembershipRow.id)
)
LEADING = select(TeamRow.manager_id).where(
    TeamRow.workspace_id == WORKSPACE, TeamRow.manager_id.in_(AMONG), IS_LED
)
REPS_EVER = (
    select(MembershipRow.team_id, REP.slack_id, REP.id)
    .join_from(MembershipRow, REP, REP.id == MembershipRow.rep_id)
    .where(MembershipRow.workspace_id == WORKSPACE, MembershipRow.team_id.in_(AMONG))
)
INTRODUCED = select(MembershipRow.team_id, MembershipRow.rep_id).where(
    MembershipRow.workspace_id == WORKSPACE,
    MembershipRow.team_id.in_(AMONG),
    MembershipRow.introduced_at.is_not(None),
)
CHANGE_MEMBERSHIP = update(MembershipRow).where(
    MembershipRow.workspace_id == WORKSPACE, MembershipRow.id == bindparam("membership")
)
INTRODUCE = CHANGE_MEMBERSHIP.where(MembershipRow.introduced_at.is_(None)).values(
    introduced_at=bindparam("at")
)
SET_DAYS = CHANGE_MEMBERSHIP.values(
    joined_on=bindparam("first_day"), left_on=bindparam("day_after")
)
NOT_INTRODUCED = CHANGE_MEMBERSHIP.values(introduced_at=None)
FORGET_INTRODUCTIONS = (
    update(MembershipRow)
    .where(MembershipRow.workspace_id == WORKSPACE, MembershipRow.team_id == bindparam("team"))
    .values(introduced_at=None)
)
SET_NEW_ON_TEAM = (
    update(MembershipRow)
    .where(MembershipRow.workspace_id == WORKSPACE, MembershipRow.id.in_(AMONG))
    .values(new_on_team=bindparam("is_new"))
)
SET_FIRST_LINE = CHANGE_MEMBERSHIP.values(first_line=bindparam("line"))
SET_THANKS = CHANGE_MEMBERSHIP.values(thanks=bindparam("said"))
END_MEMBERSHIPS = (
    update(MembershipRow)
    .where(MembershipRow.workspace_id == WORKSPACE, MembershipRow.id.in_(AMONG))
    .values(left_on=bindparam("day"))
)


def of_manager(tx: Transaction, slack_id: str) -> Team | None:
    """The team that person manages."""
    row = tx.first(OF_MANAGER, manager=slack_id)
    return _team(row) if row else None


def leading(tx: Transaction, person_ids: Iterable[int]) -> set[int]:
    """Those of the people who manage a team, by id."""
    return {row.manager_id for row in tx.all_among(LEADING, person_ids)}


def get(tx: Transaction, team_id: int) -> Team | None:
    """That team."""
    row = tx.first(WITH_ID, team=team_id)
    return _team(row) if row else None


def get_many(tx: Transaction, team_ids: Sequence[int]) -> list[Team]:
    """Those teams."""
    return [_team(row) for row in tx.all_among(WITH_IDS, team_ids)]


def with_rep(
    tx: Transaction, manager: str, rep: str
) -> tuple[Team, Person | None, Membership | None] | None:
    """The manager's team, and that rep's newest membership on it, in one statement.

    None where `manager` has no team; the person is None where nobody here knows the rep.
    """
    row = tx.first(WITH_REP, manager=manager, rep=rep)
    if row is None:
        return None
    person = IN_REP.read_any(row)
    membership = _membership(row, person) if person and row.membership_id is not None else None
    return _team(row), person, membership


def members(tx: Transaction, team_id: int, on: date | None = None) -> list[Membership]:
    """Memberships of that team by the rep's name: those open on a day, or all there ever were."""
    if on is None:
        rows = tx.all(MEMBERS_EVER, team=team_id)
    else:
        rows = tx.all(MEMBERS, team=team_id, day=on)
    return _by_name(rows)


def get_memberships(tx: Transaction, ids: Iterable[int]) -> list[Membership]:
    """Those memberships, by id, be they over."""
    return _by_name(tx.all_among(MEMBERSHIPS_WITH_IDS, ids))


def members_of(tx: Transaction, team_ids: Sequence[int], since: date) -> list[Membership]:
    """Memberships of those teams that had not ended on that day, by the rep's name."""
    return _by_name(tx.all_among(MEMBERS_OF, team_ids, day=since))


def memberships_of(tx: Transaction, rep: str, on: date) -> list[tuple[Team, Membership]]:
    """The teams that rep sits on that day, with the membership on each, by the manager's name."""
    rows = tx.all(MEMBERSHIPS_OF_REP, rep=rep, day=on)
    found = [(_team(row), _membership(row, IN_REP.read(row))) for row in rows]
    return sorted(found, key=lambda one: (in_order(one[0].manager.name), one[1].id))


def _by_name(rows: Iterable[Any]) -> list[Membership]:
    # In Python: databases sort names in ways of their own.
    found = [_membership(row, IN_REP.read(row)) for row in rows]
    return sorted(found, key=lambda one: (in_order(one.rep.name), one.id))


def all_teams(tx: Transaction) -> list[Team]:
    """Every team of the workspace that somebody leads: one a manager."""
    return [_team(row) for row in tx.all(LED)]


def all_ever(tx: Transaction) -> list[Team]:
    """The same, and those that were joined with another."""
    return [_team(row) for row in tx.all(TEAMS)]


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


def pass_to(tx: Transaction, team_id: int, manager_id: int, now: datetime) -> None:
    """That person manages the team from now on. Whoever was let see how it goes with it sees it no
    more, also where it comes back some day to the one who let them. Writes."""
    tx.run(END_SHARING, team=team_id)
    tx.run(PASS_TO, team=team_id, manager=manager_id, now=now)


def join_to(tx: Transaction, team_id: int, other_id: int) -> None:
    """The one team is over, joined with the other; who was let see how it goes sees it no more.
    Writes."""
    tx.run(END_SHARING, team=team_id)
    tx.run(JOIN_TO, team=team_id, other=other_id)


def change(tx: Transaction, team_id: int, settings: TeamSettings) -> None:
    """Give the team these settings; that its series of meetings is another is counted."""
    values = _settings(settings)
    tx.run(COUNT_SERIES, **_series(team_id, values))
    tx.change(CHANGE, values, team=team_id)


def _series(team_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"team": team_id, **{f"to_{name}": values[name] for name in SERIES}}


def count_series(tx: Transaction, team_id: int) -> None:
    """The series of its meetings is at other instants than before."""
    tx.run(COUNT, team=team_id)


def add_members(tx: Transaction, memberships: Iterable[tuple[int, int, date]]) -> None:
    """Open a membership on a team for each (team, rep, first day)."""
    add_memberships(tx, ((team, rep, day, None) for team, rep, day in memberships))


def add_memberships(
    tx: Transaction, memberships: Iterable[tuple[int, int, date, date | None]]
) -> None:
    """The same, each with the first day no longer of it, where it has an end."""
    rows = [
        {"team_id": team, "rep_id": rep, "joined_on": day, "left_on": left_on, "first_line": ""}
        for team, rep, day, left_on in memberships
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
    """Dates and own cadences of a membership; a component that is not named follows the team's."""
    values: dict[str, Any] = {"joined_on": joined_on, "left_on": left_on}
    for component, (ideal, latest) in CADENCE_FIELDS.items():
        own = cadences.get(component)
        values[ideal] = own.ideal if own else None
        values[latest] = own.latest if own else None
    tx.change(CHANGE_MEMBERSHIP, values, membership=membership_id)


def set_first_line(tx: Transaction, membership_id: int, line: str) -> None:
    """What the rep is working on, or was promised, when the manager began."""
    tx.run(SET_FIRST_LINE, membership=membership_id, line=line)


def set_new_on_team(tx: Transaction, membership_ids: Sequence[int], *, is_new: bool) -> None:
    """Whether the team's ramp is laid for those places."""
    tx.run_among(SET_NEW_ON_TEAM, membership_ids, is_new=is_new)


def set_thanks(tx: Transaction, membership_id: int, said: Thanks) -> None:
    """What the rep says of thanks in the channel."""
    tx.run(SET_THANKS, membership=membership_id, said=said)


def introduced(tx: Transaction, team_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Team and person of every rep, be it one who left since, who was told there what Windshield
    keeps."""
    return {(row.team_id, row.rep_id) for row in tx.all_among(INTRODUCED, team_ids)}


def mark_introduced(tx: Transaction, membership_id: int, at: datetime | None) -> bool:
    """Claim the introduction (or give it back with None); False when it was claimed already."""
    if at is None:
        return tx.run(NOT_INTRODUCED, membership=membership_id) == 1
    return tx.run(INTRODUCE, membership=membership_id, at=at) == 1


def forget_introductions(tx: Transaction, team_id: int) -> None:
    """Nobody of that team was told what is kept there, as its manager is another. Writes."""
    tx.run(FORGET_INTRODUCTIONS, team=team_id)


def stood_in_for(tx: Transaction, stand_in: str) -> list[Team]:
    """The teams whose manager ever named that person, by Slack id, as a stand-in."""
    return [_team(row) for row in tx.all(STOOD_IN_FOR, stand_in=stand_in)]


def ever_with(tx: Transaction, person_id: int) -> list[int]:
    """The teams that person sits or sat on as a rep, by id."""
    return [row.team_id for row in tx.all(EVER_WITH, rep=person_id)]


def _team(row: Any) -> Team:
    settings = TeamSettings(
        channel=row.channel,
        zone=row.zone,
        country=row.country,
        todo_day=row.todo_day,
        todo_time=row.todo_time,
        morning_line=row.morning_line,
        raised_line=row.raised_line,
        meeting_days=tuple(int(day) for day in row.meeting_days),
        meeting_time=row.meeting_time,
        meeting=MeetingSettings(
            every=row.meeting_every,
            starts_on=row.meeting_from,
            minutes=row.meeting_minutes,
            place=row.meeting_place,
            on_holiday=row.on_holiday,
            lead=row.meeting_lead,
            sections=row.sections or DEFAULT_SECTIONS,
        ),
        period=row.period,
        cadences={
            component: Cadence(getattr(row, ideal), getattr(row, latest))
            for component, (ideal, latest) in CADENCE_FIELDS.items()
        },
    )
    return Team(
        row.id,
        IN_MANAGER.read(row),
        settings,
        row.kept_months,
        row.led_since,
        row.joined_to_id,
        row.meeting_sequence,
        row.created_at,
    )


def _membership(row: Any, rep: Person) -> Membership:
    return Membership(
        id=row.membership_id,
        team_id=row.membership_team_id,
        rep=rep,
        joined_on=row.membership_joined_on,
        leads_manager=bool(row.membership_leads_manager),
        left_on=row.membership_left_on,
        first_line=row.membership_first_line,
        new_on_team=row.membership_new_on_team,
        introduced=row.membership_introduced_at is not None,
        thanks=row.membership_thanks,
        cadences={
            component: Cadence(own, getattr(row, latest))
            for component, (ideal, latest) in OWN_CADENCE_FIELDS.items()
            if (own := getattr(row, ideal)) is not None
        },
    )


def _settings(settings: TeamSettings) -> dict[str, Any]:
    values: dict[str, Any] = {
        "channel": settings.channel,
        "zone": settings.zone,
        "country": settings.country,
        "todo_day": settings.todo_day,
        "todo_time": settings.todo_time,
        "morning_line": settings.morning_line,
        "raised_line": settings.raised_line,
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


def places(tx: Transaction, reps: Iterable[str], on: date) -> dict[str, set[int]]:
    """The teams that each of those people, by Slack id, has not left by that day, by id. Whoever
    is on none is left out."""
    found: dict[str, set[int]] = {}
    for row in tx.all_among(PLACES, reps, day=on):
        found.setdefault(row.slack_id, set()).add(row.team_id)
    return found


def newest_memberships(tx: Transaction) -> dict[tuple[str, str], tuple[int, date, date | None]]:
    """The newest membership of each rep on each team, by manager and rep (Slack ids): its id, first
    day, and the first day no longer of it."""
    return {
        (row.manager, row.rep): (row.id, row.joined_on, row.left_on)
        for row in tx.all(ALL_MEMBERSHIPS)
    }


def reps_ever(tx: Transaction, team_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """Who sits or sat on those teams: the person, by team and Slack id."""
    return {(row.team_id, row.slack_id): row.id for row in tx.all_among(REPS_EVER, team_ids)}


def change_all(tx: Transaction, teams: Sequence[tuple[int, TeamSettings]]) -> None:
    """Give many teams their settings at once."""
    if teams:
        rows = [(team, _settings(settings)) for team, settings in teams]
        tx.execute(COUNT_SERIES, [_series(*row) for row in rows])
        tx.execute(CHANGE, [{"team": team, **values} for team, values in rows])


def lock(tx: Transaction, team_ids: Sequence[int]) -> None:
    """Hold those teams until this transaction is over against whoever else asks to hold them.

    Contacts can be logged meanwhile. On SQLite there is but one writer anyway.
    """
    # In one order everywhere, or two transactions could each wait for a row of the other.
    tx.all_among(HELD, sorted(team_ids))


def set_first_lines(tx: Transaction, lines: Mapping[int, str]) -> None:
    """Many first lines at once, by membership."""
    if lines:
        tx.execute(
            SET_FIRST_LINE, [{"membership": one, "line": line} for one, line in lines.items()]
        )


def set_days(tx: Transaction, days: Mapping[int, tuple[date, date | None]]) -> None:
    """The first day of memberships, by id, and the first no longer of each."""
    if days:
        tx.execute(
            SET_DAYS,
            [
                {"membership": one, "first_day": joined_on, "day_after": left_on}
                for one, (joined_on, left_on) in days.items()
            ],
        )


def end_memberships(tx: Transaction, membership_ids: Sequence[int], left_on: date | None) -> None:
    """Those memberships end before that day; None: they have no end."""
    tx.run_among(END_MEMBERSHIPS, membership_ids, day=left_on)
