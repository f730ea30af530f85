"""Many teams at once, from a roster file. Nothing is sent: lists come on the next to-do day."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.team.calendar import local_date
from bot.domain.team.file_rows import FileRow, Rejection
from bot.domain.team.roster import Directory, Pair, RosterLine, check_roster
from bot.domain.team.roster_memberships import (
    MembershipChange,
    RosterMove,
    Span,
    plan_memberships,
)
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person, Profile, first_zone, zone_named
from bot.services.delivery.messages import all_lists_changed
from bot.services.delivery.schedules import set_due
from bot.services.meetings import series
from bot.services.team import ramp
from bot.services.team.roles import roles_changed
from bot.services.todo import schedule
from bot.services.workspaces import calendars
from storage import erasure
from storage.database.engine import FILE_PATIENCE, Database
from storage.database.transaction import Transaction
from storage.team import memberships, moves, people, teams
from storage.workspaces import audits


class TeamsChangedError(Exception):
    """Someone else changed teams of the file while it was read. Nothing was written."""


@dataclass(frozen=True)
class RosterReport:
    """What the file came to, or would come to where nothing was `written`.

    `teams_changed` counts teams that were there and got another zone, channel or country;
    `already_there` lines that change no membership. `moves` are the reps with whom something goes
    along, which whoever asked lets go (`bot/services/binder/moving.py`), or the next heartbeat.
    """

    teams_made: int
    teams_changed: int
    changes: tuple[MembershipChange, ...]
    already_there: int
    rejected: tuple[Rejection, ...]
    written: bool
    moves: tuple[RosterMove, ...] = ()

    @property
    def reps_added(self) -> int:
        """Memberships that begin."""
        return sum(change.begins for change in self.changes)

    @property
    def given_a_last_day(self) -> int:
        """Memberships that were there and end on another day than before."""
        return len(self.changes) - self.reps_added


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
    move: bool = False,
) -> RosterReport:
    """Make the teams of a roster file, add their reps and end what the file says is over; who is
    not in the file stays. With `move` its reps sit where it says and nowhere else.

    `profiles` is everyone in the workspace. With a line rejected nothing is written, unless
    `keep_good`; in a dry run nothing ever. All is written in one transaction, with a number of
    statements that does not depend on the number of rows but for batches.

    Raises TeamsChangedError and DatabaseUnavailableError.
    """
    # The rows are read before the writing begins, so that nobody is kept waiting by it.
    with database.reading(workspace_id) as tx:
        facts = _facts(tx)
        directory = Directory(profiles, erasure.everyone(tx))
    checked = check_roster(rows, directory, is_country)
    planned = plan_memberships(
        checked.lines,
        facts.spans,
        _Todays(checked.lines, facts, directory, now),
        move=move,
        unclear=checked.unclear,
    )
    rejected = sorted((*checked.rejected, *planned.rejected), key=lambda one: one.line)
    plan = _plan(planned.lines, planned.changes, planned.moves, facts, now)
    written = not dry_run and (keep_good or not rejected)
    if written:
        count = len(planned.lines) + len(rejected)
        with database.writing(workspace_id, patience=FILE_PATIENCE) as tx:
            teams.lock(tx, [team.id for who, team in facts.teams.items() if who in plan.people])
            if _facts(tx).of(plan.people) != facts.of(plan.people):
                raise TeamsChangedError
            _write(tx, plan, facts, directory, now)
            audits.record(tx, "operator", "import roster", f"{file_name}: {count} lines", now)
    changing = {change.line for change in plan.changes}
    return RosterReport(
        teams_made=len(plan.new_teams),
        teams_changed=len(plan.changed_teams),
        changes=plan.changes,
        already_there=len(planned.lines) - len(changing),
        rejected=tuple(rejected),
        written=written,
        moves=planned.moves,
    )


@dataclass(frozen=True)
class _Plan:
    """What to write. Managers and reps by Slack id; `people` are all whom it is about."""

    named: frozenset[str]
    people: frozenset[str]
    new_teams: Mapping[str, TeamSettings]
    changed_teams: tuple[tuple[Team, TeamSettings], ...]
    changes: tuple[MembershipChange, ...]
    moves: tuple[RosterMove, ...]


@dataclass(frozen=True)
class _Facts:
    """Teams by manager, and the newest membership of each rep on each: its days, and its id."""

    teams: Mapping[str, Team]
    spans: Mapping[Pair, Span]
    ids: Mapping[Pair, int]

    def of(self, named: Set[str]) -> tuple[dict[str, TeamSettings], dict[Pair, Span]]:
        """What of it is about those people."""
        return (
            {who: team.settings for who, team in self.teams.items() if who in named},
            {pair: span for pair, span in self.spans.items() if named & set(pair)},
        )


def _facts(tx: Transaction) -> _Facts:
    known = teams.newest_memberships(tx)
    return _Facts(
        {team.manager.slack_id: team for team in teams.all_teams(tx)},
        {pair: Span(joined_on, left_on) for pair, (_, joined_on, left_on) in known.items()},
        {pair: membership for pair, (membership, *_) in known.items()},
    )


class _Todays:
    """The date on a manager's wall, by their own zone, else by what the team's is or will be."""

    def __init__(
        self, lines: Iterable[RosterLine], facts: _Facts, directory: Directory, now: datetime
    ) -> None:
        self.facts, self.directory, self.now = facts, directory, now
        self.said = {line.manager: line.zone for line in lines if line.zone}
        self.known: dict[str, date] = {}

    def __call__(self, manager: str) -> date:
        if manager not in self.known:
            profile, team = self.directory.by_id.get(manager), self.facts.teams.get(manager)
            zone = zone_named(
                profile.zone if profile else None,
                self.said.get(manager),
                team.settings.zone if team else None,
            )
            self.known[manager] = local_date(self.now, zone)
        return self.known[manager]


def _plan(
    lines: Iterable[RosterLine],
    changes: tuple[MembershipChange, ...],
    moved: tuple[RosterMove, ...],
    facts: _Facts,
    now: datetime,
) -> _Plan:
    known = facts.teams
    named: set[str] = set()
    wanted: dict[str, TeamSettings] = {}
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
    return _Plan(
        named=frozenset(named),
        people=frozenset(named | {change.manager for change in changes}),
        new_teams={who: settings for who, settings in wanted.items() if who not in known},
        changed_teams=tuple(
            (known[who], settings)
            for who, settings in wanted.items()
            if who in known and settings != known[who].settings
        ),
        changes=changes,
        moves=moved,
    )


def _write(
    tx: Transaction, plan: _Plan, facts: _Facts, directory: Directory, now: datetime
) -> None:
    ids = _save_people(tx, plan.named, directory, now)
    teams.create_all(
        tx, [(ids[manager], settings) for manager, settings in plan.new_teams.items()], now
    )
    teams.change_all(tx, [(team.id, settings) for team, settings in plan.changed_teams])
    if plan.changes:
        written = {team.manager.slack_id: team for team in teams.all_teams(tx)}
        _write_memberships(tx, plan.changes, facts, written, ids, now)
        _follow(tx, plan.changes, facts, written, now)
        _let_go_along(tx, plan.moves, written, ids, now)
        coming = {
            ScheduleKey(written[manager].id): schedule.list_due(
                settings, written[manager].manager.zone, (), now
            )
            for manager, settings in plan.new_teams.items()
        }
        set_due(tx, MessageKind.TODO_LIST, coming)
    ramp.follow(tx, [replace(team, settings=one) for team, one in plan.changed_teams], now)
    for team, settings in plan.changed_teams:
        zone = first_zone(directory.by_id[team.manager.slack_id].zone)
        # Only a manager without a zone of their own goes by the team's.
        if zone is None and settings.zone != team.settings.zone:
            manager = replace(team.manager, zone=zone)
            schedule.follow_team(tx, replace(team, manager=manager, settings=settings), now)


def _write_memberships(
    tx: Transaction,
    changes: Iterable[MembershipChange],
    facts: _Facts,
    written: Mapping[str, Team],
    ids: Mapping[str, int],
    now: datetime,
) -> None:
    """Begin those that are new and give the others their days; whoever came need not be asked
    about any more."""
    new = [change for change in changes if change.before is None]
    teams.add_memberships(
        tx,
        [
            (written[one.manager].id, ids[one.rep], one.after.joined_on, one.after.left_on)
            for one in new
        ],
    )
    teams.set_days(
        tx,
        {
            facts.ids[one.manager, one.rep]: (one.after.joined_on, one.after.left_on)
            for one in changes
            if one.before is not None
        },
    )
    memberships.settle_who_came(tx, now.date(), now)
    roles_changed(tx, {ids[one.rep] for one in changes}, now)


def _let_go_along(
    tx: Transaction,
    moved: Iterable[RosterMove],
    written: Mapping[str, Team],
    ids: Mapping[str, int],
    now: datetime,
) -> None:
    """What a later manager may read goes along with who moves: by the next heartbeat at the latest,
    so that this transaction does not grow with what there is of each."""
    rows = [(ids[one.rep], written[one.before].id, written[one.after].id, one.day) for one in moved]
    if rows:
        moves.plan(tx, rows)
        set_due(tx, MessageKind.REP_MOVE, {ScheduleKey(team): now for _, _, team, _ in rows})


def _follow(
    tx: Transaction,
    changes: Iterable[MembershipChange],
    facts: _Facts,
    written: Mapping[str, Team],
    now: datetime,
) -> None:
    """Lists and meetings of the teams that were there go by who sits on them now."""
    days: dict[int, set[date]] = {}
    for change in changes:
        if change.manager in facts.teams:
            team = written[change.manager]
            days.setdefault(team.id, {team.today(now)})
            if change.after.left_on is not None:
                days[team.id].add(change.after.left_on)
    all_lists_changed(tx, days)
    changed = [team for team in written.values() if team.id in days]
    series.follow_all(tx, changed, now)
    ramp.follow(tx, changed, now)


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
