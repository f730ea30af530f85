"""Many teams at once, from a roster file. Nothing is sent: lists come on the next to-do day."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.team.file_rows import FileRow, Rejection
from bot.domain.team.roster import Directory, RosterLine, check_roster
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person, Profile, first_zone
from bot.services.delivery.schedules import set_due
from bot.services.team.roles import roles_changed
from bot.services.todo import schedule
from bot.services.workspaces import calendars
from storage.database.engine import FILE_PATIENCE, Database
from storage.database.transaction import Transaction
from storage.team import memberships, people, teams
from storage.workspaces import audits


class TeamsChangedError(Exception):
    """Someone else changed teams of the file while it was read. Nothing was written."""


@dataclass(frozen=True)
class RosterReport:
    """What the file came to, or would come to where nothing was `written`.

    `teams_changed` counts teams that were there and got another zone, channel or country.
    """

    teams_made: int
    teams_changed: int
    reps_added: int
    already_there: int
    rejected: tuple[Rejection, ...]
    written: bool


def import_roster(
    database: Database,
    workspace_id: int,
    rows: Iterable[FileRow | Rejection],
    profiles: Iterable[Profile],
    *,
    is_country: Callable[[str], bool],
    file_name: str,
    keep_good: bool,
    dry_run: bool,
    now: datetime,
) -> RosterReport:
    """Make the teams of a roster file and add their reps; who is not in the file stays.

    `profiles` is everyone in the workspace. With a line rejected nothing is written, unless
    `keep_good`; in a dry run nothing ever. All is written in one transaction, with a number of
    statements that does not depend on the number of rows but for batches.

    Raises TeamsChangedError and DatabaseUnavailableError.
    """
    directory = Directory(profiles)
    # The rows are read before the writing begins, so that nobody is kept waiting by it.
    with database.reading(workspace_id) as tx:
        facts = _facts(tx, now)
    checked = check_roster(rows, directory, facts.managers_of, is_country)
    plan = _plan(checked.lines, facts, now)
    written = not dry_run and (keep_good or not checked.rejected)
    if written:
        count = len(checked.lines) + len(checked.rejected)
        with database.writing(workspace_id, patience=FILE_PATIENCE) as tx:
            teams.lock(tx, [team.id for who, team in facts.teams.items() if who in plan.people])
            if _facts(tx, now).of(plan.people) != facts.of(plan.people):
                raise TeamsChangedError
            _write(tx, plan, directory, now)
            audits.record(tx, "operator", "import roster", f"{file_name}: {count} lines", now)
    return RosterReport(
        teams_made=len(plan.new_teams),
        teams_changed=len(plan.changed_teams),
        reps_added=len(plan.memberships),
        already_there=len(checked.lines) - len(plan.memberships),
        rejected=checked.rejected,
        written=written,
    )


@dataclass(frozen=True)
class _Plan:
    """What to write. Managers and reps by Slack id; a membership is (manager, rep)."""

    people: frozenset[str]
    new_teams: Mapping[str, TeamSettings]
    changed_teams: tuple[tuple[Team, TeamSettings], ...]
    memberships: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Facts:
    """Teams by manager, and the managers of the teams that each rep sits on now, or will."""

    teams: Mapping[str, Team]
    managers_of: Mapping[str, Set[str]]

    def of(self, named: Set[str]) -> tuple[dict[str, TeamSettings], dict[str, Set[str]]]:
        """What of it is about those people."""
        return (
            {who: team.settings for who, team in self.teams.items() if who in named},
            {who: managers for who, managers in self.managers_of.items() if who in named},
        )


def _facts(tx: Transaction, now: datetime) -> _Facts:
    known = {team.manager.slack_id: team for team in teams.all_teams(tx)}
    managers_of: dict[str, set[str]] = {}
    # A day earlier than any zone's today; each team's own date decides.
    for manager, rep, left_on in teams.memberships_after(tx, (now - timedelta(days=1)).date()):
        if left_on is None or left_on > known[manager].today(now):
            managers_of.setdefault(rep, set()).add(manager)
    return _Facts(known, managers_of)


def _plan(lines: Iterable[RosterLine], facts: _Facts, now: datetime) -> _Plan:
    known = facts.teams
    named: set[str] = set()
    wanted: dict[str, TeamSettings] = {}
    memberships: dict[tuple[str, str], None] = {}
    for line in lines:
        named |= {line.manager, line.rep}
        team = known.get(line.manager)
        settings = wanted.get(line.manager) or (team.settings if team else TeamSettings())
        changed = replace(
            settings,
            zone=line.zone or settings.zone,
            channel=line.channel or settings.channel,
            country=line.country or settings.country,
        )
        wanted[line.manager] = calendars.follow_country(settings, changed, now.date())
        if line.manager not in facts.managers_of.get(line.rep, ()):
            memberships[line.manager, line.rep] = None
    return _Plan(
        people=frozenset(named),
        new_teams={who: settings for who, settings in wanted.items() if who not in known},
        changed_teams=tuple(
            (known[who], settings)
            for who, settings in wanted.items()
            if who in known and settings != known[who].settings
        ),
        memberships=tuple(memberships),
    )


def _write(tx: Transaction, plan: _Plan, directory: Directory, now: datetime) -> None:
    ids = _save_people(tx, plan.people, directory, now)
    teams.create_all(
        tx, [(ids[manager], settings) for manager, settings in plan.new_teams.items()], now
    )
    teams.change_all(tx, [(team.id, settings) for team, settings in plan.changed_teams])
    if plan.memberships:
        written = {team.manager.slack_id: team for team in teams.all_teams(tx)}
        teams.add_members(
            tx,
            [
                (written[manager].id, ids[rep], written[manager].today(now))
                for manager, rep in plan.memberships
            ],
        )
        memberships.settle_who_came(tx, now.date(), now)
        roles_changed(tx, {ids[rep] for _, rep in plan.memberships}, now)
        coming = {
            ScheduleKey(written[manager].id): schedule.list_due(
                settings, written[manager].manager.zone, (), now
            )
            for manager, settings in plan.new_teams.items()
        }
        set_due(tx, MessageKind.TODO_LIST, coming)
    for team, settings in plan.changed_teams:
        zone = first_zone(directory.by_id[team.manager.slack_id].zone)
        # Only a manager without a zone of their own goes by the team's.
        if zone is None and settings.zone != team.settings.zone:
            manager = replace(team.manager, zone=zone)
            schedule.follow_team(tx, replace(team, manager=manager, settings=settings), now)


def _save_people(
    tx: Transaction, named: Iterable[str], directory: Directory, now: datetime
) -> dict[str, int]:
    """Keep what Slack says of the people of the file where that is news; their ids."""
    known = people.get_many(tx, named)
    news = [
        profile
        for profile in (directory.by_id[slack_id] for slack_id in sorted(named))
        if not _is_as_kept(profile, known.get(profile.slack_id))
    ]
    people.save_profiles(tx, news, now)
    strangers = [profile.slack_id for profile in news if profile.slack_id not in known]
    known |= people.get_many(tx, strangers)
    return {slack_id: person.id for slack_id, person in known.items()}


def _is_as_kept(profile: Profile, person: Person | None) -> bool:
    return person is not None and (profile.name, profile.zone, profile.active, profile.bot) == (
        person.name,
        person.zone,
        person.active,
        person.bot,
    )
