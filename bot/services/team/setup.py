"""Setting up a team: its reps, first lines, meeting, Monday, and everything behind More."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.domain.contacts.touches import EARLIEST_DAY
from bot.domain.promises import Promise
from bot.domain.team.cadence import Cadence, Component, is_sensible
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import (
    MOST_TEAMS_PER_REP,
    Membership,
    RepsChanged,
    RepView,
    Team,
    TeamView,
)
from bot.domain.workspaces.people import Actor, Person, is_zone
from bot.domain.workspaces.refusals import (
    BadField,
    CannotBeRep,
    FieldError,
    NoTeam,
    OnAnotherTeam,
    Oneself,
    OnTwoTeams,
)
from bot.domain.workspaces.submissions import Made
from bot.services import appointments
from bot.services.delivery.messages import lists_changed
from bot.services.meetings import series
from bot.services.results import activity
from bot.services.team import memberships, ramp
from bot.services.team.away import away_changed
from bot.services.team.roles import check_may_be_reps, roles_changed
from bot.services.todo import schedule
from bot.services.workspaces import calendars
from bot.services.workspaces.absence import days_off
from bot.services.workspaces.authority import own_rep, own_team
from storage import promises, todo
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import metrics
from storage.team import absences, people, teams
from storage.team import memberships as stored_memberships
from storage.workspaces import submissions


def facts(database: Database, actor: Actor, now: datetime) -> TeamView | None:
    """The team of who acts; None where there is none yet."""
    with database.reading(actor.workspace_id) as tx:
        team = teams.of_manager(tx, actor.slack_id)
        return _facts(tx, team, now) if team else None


def own_facts(database: Database, actor: Actor, now: datetime) -> TeamView:
    """The team of who acts. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        return _facts(tx, own_team(tx, actor), now)


def choose_reps(
    database: Database, actor: Actor, reps: Iterable[str], now: datetime
) -> RepsChanged:
    """Let these people, by Slack id, be the reps; the team is made when there is none.

    Who is not named any more leaves today; their history stays. Someone who left Slack cannot be
    named, and keeps the membership for a return. Who is on another team is not on this one until
    its manager, who is asked, says so. Everyone named must be known: look them up first.
    Raises BadField for nobody at all, Oneself, CannotBeRep, OwnManager, OnTwoTeams.
    """
    with database.writing(actor.workspace_id) as tx:
        return _choose(tx, actor, list(dict.fromkeys(reps)), now)


def change_team(
    database: Database,
    actor: Actor,
    reps: Iterable[str],
    settings: TeamSettings,
    now: datetime,
    warned_by: Collection[str] | None = None,
) -> RepsChanged:
    """Let these people be the reps, and these the settings; both or neither. Of the lagging metrics
    those of `warned_by` (`metric_key`) warn early from now on, and no other; None: as before.

    Raises NoTeam, BadField where a setting makes no sense, and what `choose_reps` raises.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        check_settings(settings)
        settings = calendars.follow_country(team.settings, settings, team.today(now))
        teams.change(tx, team.id, settings)
        if warned_by is not None:
            metrics.choose(tx, team.id, warned_by)
        changed = replace(team, settings=settings)
        schedule.follow_team(tx, changed, now)
        _follow_calendar(tx, team, changed, now)
        return _choose(tx, actor, list(dict.fromkeys(reps)), now)


def add_rep(database: Database, actor: Actor, rep: str, now: datetime) -> RepsChanged:
    """Add one rep to those there are. Raises what `choose_reps` raises."""
    with database.writing(actor.workspace_id) as tx:
        team = teams.of_manager(tx, actor.slack_id)
        members = _facts(tx, team, now).members if team else ()
        there = [member.rep.slack_id for member in members if member.rep.active]
        return _choose(tx, actor, list(dict.fromkeys([*there, rep])), now)


def check_can_be_rep(database: Database, actor: Actor, rep: str, now: datetime) -> Person:
    """That person, who could be added to the team of who acts.

    Raises NoTeam, CannotBeRep, OnTwoTeams.
    """
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        person = people.get(tx, rep)
        if person is None:
            raise CannotBeRep((rep,))
        check_may_be_reps(tx, actor.slack_id, [person], now)
        _elsewhere(tx, [person], team.today(now))
        return person


def set_first_lines(
    database: Database,
    actor: Actor,
    lines: Mapping[str, str],
    now: datetime,
    new_on_team: Collection[str] = (),
) -> TeamView:
    """Keep, by the rep's Slack id, what each is working on or was promised, and who of them is new
    on the team. Raises NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        facts = _facts(tx, own_team(tx, actor), now)
        said = {m.id: lines.get(m.rep.slack_id, m.first_line).strip() for m in facts.members}
        changed = {m.id: said[m.id] for m in facts.members if said[m.id] != m.first_line}
        teams.set_first_lines(tx, changed)
        if new_on_team:
            ramp.begin(tx, facts.team, new_on_team, now)
        lists_changed(tx, facts.team.id, facts.today)
        return facts


def change_settings(
    database: Database,
    actor: Actor,
    changes: Mapping[str, object],
    now: datetime,
    *,
    begin: bool = False,
) -> TeamView:
    """Change the named fields of the team's settings, and let its schedules follow.

    `begin`: with these the team is set up, and the list of the rest of the week comes at once.
    Raises NoTeam, and BadField where a value makes no sense.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        settings = replace(team.settings, **changes)  # type: ignore[arg-type]
        check_settings(settings)
        settings = calendars.follow_country(team.settings, settings, team.today(now))
        before, team = team, replace(team, settings=settings)
        teams.change(tx, team.id, settings)
        schedule.follow_team(tx, team, now)
        _follow_calendar(tx, before, team, now)
        series.follow_series(tx, team, now)
        if begin:
            schedule.send_rest_of_week(tx, team, now)
        return _facts(tx, team, now)


def check_settings(settings: TeamSettings) -> None:
    """Raises BadField for the first value that makes no sense."""
    if settings.zone is not None and not is_zone(settings.zone):
        raise BadField("zone", FieldError.UNKNOWN_ZONE)
    if bool(settings.meeting_days) != (settings.meeting_time is not None):
        raise BadField("meeting_time", FieldError.HALF_A_MEETING)
    for component, cadence in settings.cadences.items():
        if not is_sensible(cadence):
            raise BadField(component.value, FieldError.SENSELESS_CADENCE)


def rep_facts(database: Database, actor: Actor, rep: str, now: datetime) -> RepView:
    """A rep's membership on the team of who acts. Raises NoTeam and NotOnTeam."""
    with database.reading(actor.workspace_id) as tx:
        return _rep_facts(tx, actor, rep, now)


def change_rep(
    database: Database,
    actor: Actor,
    rep: str,
    *,
    joined_on: date,
    left_on: date | None,
    cadences: Mapping[Component, Cadence],
    first_line: str,
    new_on_team: bool,
    now: datetime,
) -> RepsChanged:
    """Dates, own cadences and first line of a rep, and whether they are new on the team.

    Raises NoTeam, NotOnTeam, BadField, and for one who would come back OnTwoTeams to a third, and
    OnAnotherTeam to a second.
    """
    with database.writing(actor.workspace_id) as tx:
        people.lock(tx, actor.slack_id)
        team, person, membership = own_rep(tx, actor, rep)
        today = team.today(now)
        _check_dates(tx, membership, joined_on, left_on)
        for component, cadence in cadences.items():
            if not is_sensible(cadence):
                raise BadField(component.value, FieldError.SENSELESS_CADENCE)
        over = left_on is not None and left_on <= today
        is_back = not over and membership.left_on is not None and membership.left_on <= today
        if is_back and _elsewhere(tx, [person], today):
            raise OnAnotherTeam(person.name)
        if is_back:
            check_may_be_reps(tx, actor.slack_id, [person], now)
        teams.change_membership(
            tx, membership.id, joined_on=joined_on, left_on=left_on, cadences=cadences
        )
        teams.set_first_line(tx, membership.id, first_line.strip())
        teams.set_new_on_team(tx, [membership.id], is_new=new_on_team)
        ramp.follow(tx, [team], now)
        memberships.place_changed(tx, team, [person.id])
        roles_changed(tx, [person.id], now)
        lists_changed(tx, team.id, today)
        series.follow_series(tx, team, now)
        return RepsChanged(
            _facts(tx, team, now), (), _open_promises(tx, team, [person] if over else [])
        )


def add_time_off(
    database: Database,
    actor: Actor,
    rep: str,
    starts_on: date,
    ends_on: date | None,
    now: datetime,
    form: str | None = None,
) -> RepView:
    """A rep is away from a day on, as this team sees it: a rep's other team does not. The same form
    sent again replaces the days it said before.

    Raises NoTeam, NotOnTeam, BadField.
    """
    with database.writing(actor.workspace_id) as tx:
        people.lock(tx, rep)
        team, person, _ = own_rep(tx, actor, rep)
        if ends_on is not None and ends_on < starts_on:
            raise BadField("ends_on", FieldError.BEFORE_START)
        sent = submissions.claim(tx, form, Made.TIME_OFF, team.manager.id, team.id, rep)
        known = [off for off in days_off(tx, team, person) if off.id != sent.one]
        made = []
        if not sent.is_new:
            absences.remove(tx, person.id, sent.one, team.id)
        if (starts_on, ends_on) not in [(off.starts_on, off.ends_on) for off in known]:
            days = starts_on, ends_on
            made.append(absences.add(tx, person.id, *days, entered_by=team.id))
        submissions.keep(tx, sent, *made)
        away_changed(tx, [team], now)
        return _rep_facts(tx, actor, rep, now)


def remove_time_off(
    database: Database, actor: Actor, rep: str, time_off_id: int, now: datetime
) -> RepView:
    """A rep is not away after all; what the rep or another manager entered stays.

    Raises NoTeam and NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        team, person, _ = own_rep(tx, actor, rep)
        absences.remove(tx, person.id, time_off_id, team.id)
        away_changed(tx, [team], now)
        return _rep_facts(tx, actor, rep, now)


def left_open(database: Database, actor: Actor, facts: TeamView) -> tuple[Promise, ...]:
    """Open promises of the team of who acts with people who are not on it, as `facts` say.

    Raises NoTeam.
    """
    active = {member.rep.id for member in facts.active}
    with database.reading(actor.workspace_id) as tx:
        found = promises.open_of_team(tx, own_team(tx, actor).id)
    return tuple(promise for promise in found if promise.rep.id not in active)


def _follow_calendar(tx: Transaction, before: Team, team: Team, now: datetime) -> None:
    """In another country a team works on other days: its lists and the notes before its sessions
    follow, and a list whose day has passed by that comes at once."""
    if before.settings.country == team.settings.country:
        return
    lists_changed(tx, team.id, team.today(now))
    ramp.follow(tx, [team], now)
    appointments.calendar_changed(tx, team, now)
    activity.follow_plans(tx, [team], now)
    if todo.latest(tx, [team.id]):
        schedule.send_rest_of_week(tx, team, now)


def _choose(tx: Transaction, actor: Actor, reps: list[str], now: datetime) -> RepsChanged:
    if not reps:
        raise BadField("reps", FieldError.MISSING)
    if actor.slack_id in reps:
        raise Oneself
    known = people.get_many(tx, [*reps, actor.slack_id])
    if actor.slack_id not in known:
        raise NoTeam
    strangers = [rep for rep in reps if rep not in known]
    if strangers:
        raise CannotBeRep(tuple(strangers))
    # A form sent twice at once must not make two teams, or two memberships for one rep; nor must
    # two managers make a third of one.
    people.lock_all(tx, [actor.slack_id, *reps])
    check_may_be_reps(tx, actor.slack_id, [known[rep] for rep in reps], now)
    team = teams.of_manager(tx, actor.slack_id) or _new_team(tx, known[actor.slack_id], now)
    before = _facts(tx, team, now)
    there = {member.rep.slack_id: member for member in before.members}
    new = [rep for rep in reps if rep not in there]
    elsewhere = _elsewhere(tx, [known[rep] for rep in new], before.today)
    gone = [m for slack_id, m in there.items() if slack_id not in reps and m.rep.active]
    memberships.end_today(tx, team, [member.rep.id for member in gone], now)
    free = [known[rep] for rep in new if known[rep].id not in elsewhere]
    _give_places(tx, team, free, before.today)
    ramp.follow(tx, [team], now)
    stored_memberships.settle_who_came(tx, before.today, now)
    first = {one.id: one for one in teams.get_many(tx, list(elsewhere.values()))}
    first_teams = {rep_id: first[team_id] for rep_id, team_id in elsewhere.items()}
    refused = memberships.ask_first_managers(tx, team, first_teams, now)
    roles_changed(tx, [person.id for person in free], now)
    lists_changed(tx, team.id, before.today)
    series.follow_series(tx, team, now)
    after = _facts(tx, team, now)
    added = tuple(member for member in after.members if member.rep.slack_id in new)
    left_open = _open_promises(tx, team, [m.rep for m in gone])
    named = [
        (known[rep], first_teams[known[rep].id].manager) for rep in new if known[rep] not in free
    ]
    return RepsChanged(
        after,
        added,
        left_open,
        asked=tuple(pair for pair in named if pair[0].id not in refused),
        not_so=tuple(pair for pair in named if pair[0].id in refused),
    )


def _give_places(tx: Transaction, team: Team, new: list[Person], today: date) -> None:
    """A new membership for each; who was taken off by mistake today has the old one back."""
    wanted = {person.id for person in new}
    before = teams.members(tx, team.id) if new else []
    ended = {m.rep.id: m for m in before if m.rep.id in wanted and m.left_on == today}
    teams.end_memberships(tx, [member.id for member in ended.values()], None)
    teams.add_members(tx, [(team.id, who, today) for who in sorted(wanted - ended.keys())])


def _check_dates(
    tx: Transaction, membership: Membership, joined_on: date, left_on: date | None
) -> None:
    if joined_on < EARLIEST_DAY:
        raise BadField("joined_on", FieldError.TOO_LONG_AGO)
    if left_on is not None and left_on < joined_on:
        raise BadField("left_on", FieldError.BEFORE_START)
    for other in teams.members(tx, membership.team_id):
        same_person = other.rep.id == membership.rep.id and other.id != membership.id
        if same_person and (other.left_on is None or joined_on < other.left_on):
            raise BadField("joined_on", FieldError.OVERLAPPING)


def _new_team(tx: Transaction, manager: Person, now: datetime) -> Team:
    settings = TeamSettings()
    team = Team(teams.create(tx, manager.id, settings, now), manager, settings)
    schedule.follow_team(tx, team, now)
    return team


def _elsewhere(tx: Transaction, reps: list[Person], today: date) -> dict[int, int]:
    """The one team that each of those people, by id, is on; who is on none is left out.

    Raises OnTwoTeams.
    """
    places = teams.places(tx, [rep.slack_id for rep in reps], today)
    full = tuple(
        rep.name for rep in reps if len(places.get(rep.slack_id, ())) >= MOST_TEAMS_PER_REP
    )
    if full:
        raise OnTwoTeams(full)
    return {rep.id: min(places[rep.slack_id]) for rep in reps if rep.slack_id in places}


def _open_promises(tx: Transaction, team: Team, reps: list[Person]) -> tuple[Promise, ...]:
    ids = {rep.id for rep in reps}
    if not ids:
        return ()
    return tuple(p for p in promises.open_of_team(tx, team.id) if p.rep.id in ids)


def _facts(tx: Transaction, team: Team, now: datetime) -> TeamView:
    today = team.today(now)
    return TeamView(team, tuple(teams.members(tx, team.id, on=today)), today)


def _rep_facts(tx: Transaction, actor: Actor, rep: str, now: datetime) -> RepView:
    team, person, membership = own_rep(tx, actor, rep)
    days = days_off(tx, team, person)
    return RepView(team, membership, tuple(days), team.today(now))
