"""Everything of a team, for an export: but what is private or was said between two, which only its
author gets, from Slack."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.binder.export import ExportRequest
from bot.domain.binder.narrowing import narrowed_reps, narrowed_team
from bot.domain.binder.record import Binder, PrivateWords, TeamRecord, reps_in_order
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.meetings.agenda import MeetingRecord
from bot.domain.team.ramp import DEFAULT_RAMP
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.lists import Slot, SlotState, state_of
from bot.domain.workspaces.faults import DatabaseFault, DatabaseUnavailableError
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone, NoTeam, NotOnTeam
from bot.services.binder import calendar
from bot.services.binder.pack import gather_team_pack
from bot.services.results.period_page import to_print
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import require_manager
from storage import appointments, field_days, promises, todo
from storage.accounts import accounts, acquaintances, dates, market, transitions
from storage.contacts import cleared, interactions, notes
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda, meetings
from storage.results import activity, results, saving
from storage.sessions import plans, sessions, sharing
from storage.team import absences, ramps, teams
from storage.workspaces import audits

PATIENCE = 600.0
"""Seconds to read it all: nobody waits for an answer within three."""


REPS_AT_ONCE = 2
"""Reps that are read together: ten years of one are some 4 MB in memory."""


def export_team(
    database: Database, workspace_id: int, manager: str, request: ExportRequest, now: datetime
) -> Binder:
    """The record of the team of that manager, by Slack id, as an operator may have it: with the
    reps and years of the request, and never a private note. That it is taken is written down.

    Where the database takes nothing more, that cannot be written down, and the record says so.
    Raises NoTeam, NotOnTeam for a rep who never sat there, DatabaseUnavailableError (each part
    does, too), and ValueError where private notes are asked for.
    """
    if request.with_private_notes:
        raise ValueError("private notes are for their author alone")

    def whose(tx: Transaction) -> Team:
        team = teams.of_manager(tx, manager)
        if team is None:
            raise NoTeam
        return team

    taken = _Taken(database, workspace_id, "operator", f"{manager}: {request.words}")
    return _opened(taken, whose, request, now)


def managers(database: Database, workspace_id: int) -> list[str]:
    """Whoever leads a team, by Slack id, in that order. Raises DatabaseUnavailableError."""
    with database.reading(workspace_id) as tx:
        return sorted(team.manager.slack_id for team in teams.all_teams(tx))


def export_own(
    database: Database,
    actor: Actor,
    request: ExportRequest,
    now: datetime,
    *,
    team_id: int | None = None,
) -> Binder:
    """The same of the team of who acts, for them: `private` is in it where the request asks for it,
    and holds their own words alone, never those of an earlier manager. Raises ForManagers too, and
    NoTeam where they lead another by now than `team_id` says."""

    def whose(tx: Transaction) -> Team:
        team = require_manager(tx, actor, now)
        if team_id is not None and team.id != team_id:
            raise NoTeam
        return team

    taken = _Taken(database, actor.workspace_id, actor.slack_id, request.words)
    return _opened(taken, whose, request, now)


@dataclass(frozen=True)
class _Taken:
    """An export as it is written down: who takes what."""

    database: Database
    workspace_id: int
    by: str
    what: str


def _opened(
    taken: _Taken, whose: Callable[[Transaction], Team], request: ExportRequest, now: datetime
) -> Binder:
    if request.is_of_period:
        return _period(taken, whose, request, now)
    parts = _read(taken, whose, request, now)
    team = next(parts)
    wanted = {one.rep.id for one in team.members if request.wants(one.rep.slack_id)}
    return Binder(team, parts, -(-len(wanted) // REPS_AT_ONCE))


def _period(
    taken: _Taken, whose: Callable[[Transaction], Team], request: ExportRequest, now: datetime
) -> Binder:
    """The period on one page: about no one, and with the manager's words only for themselves."""
    with taken.database.reading(taken.workspace_id, patience=PATIENCE, one_moment=True) as tx:
        team = whose(tx)
        own = taken.by == team.manager.slack_id
        page = to_print(tx, team, request, now, with_words=own)
    if page is None:
        raise Gone
    nothing = TeamRecord(team, (), (), (), {}, (), (), (), (), {})
    record = replace(nothing, written_down=_write_down(taken, now))
    return Binder(record, _no_parts(), 0, page)


def _no_parts() -> Generator[TeamRecord, None, None]:
    yield from ()


def _read(
    taken: _Taken, whose: Callable[[Transaction], Team], request: ExportRequest, now: datetime
) -> Generator[TeamRecord, None, None]:
    """What is of the whole team, then REPS_AT_ONCE by REPS_AT_ONCE what is of the reps, in as many
    statements each time. All in one transaction, which is over with the last."""
    database, workspace_id = taken.database, taken.workspace_id
    with database.reading(workspace_id, patience=PATIENCE, one_moment=True) as tx:
        team = whose(tx)
        members = teams.members(tx, team.id)
        for slack_id in sorted(request.reps - {member.rep.slack_id for member in members}):
            raise NotOnTeam(slack_id)
        written = _write_down(taken, now)
        whole = _of_team(tx, team, members, now)
        if request.with_private_notes:
            author = team.manager.id
            own = tuple(notes.of_author(tx, author, notes.count(tx, author))[::-1])
            whole = replace(whole, private=PrivateWords({}, (), own))
        narrow = narrowed_team(whole, request)
        yield replace(narrow, written_down=written)
        ordered = [rep for rep, _ in reps_in_order(members, team.today(now))]
        wanted = [rep.id for rep in ordered if request.wants(rep.slack_id)]
        for first in range(0, len(wanted), REPS_AT_ONCE):
            some = wanted[first : first + REPS_AT_ONCE]
            # Not kept here: it is to go before the next is read.
            yield narrowed_reps(_with_reps(tx, narrow, some, now), request)


def _of_team(
    tx: Transaction, team: Team, members: Sequence[Membership], now: datetime
) -> TeamRecord:
    """What is of the whole team, and of no rep alone."""
    away = absences.of_people(tx, [(team.id, team.manager.id)])
    said = todo.answers_of_team(tx, team.id)
    agreed = plans.of_teams(tx, [team.id], date.min, date.max)
    return TeamRecord(
        team=team,
        members=tuple(members),
        touches=(),
        sessions=(),
        shared={},
        field_days=(),
        promises=(),
        slots=(),
        issues=tuple(todo.issues(tx, [team.id], date.min)[team.id]),
        issue_answers={issue: tuple(found) for issue, found in said.items()},
        cleared={one.promise_id: one for one in cleared.of_team(tx, team.id)},
        transitions=tuple(transitions.of_teams(tx, [team.id])),
        accounts=tuple(accounts.of_teams(tx, [team.id])),
        account_dates=tuple(dates.of_team(tx, team.id)),
        acquaintances=tuple(acquaintances.of_teams(tx, [team.id]).get(team.id, [])),
        plans=tuple(one for one in agreed if one.text or one.progress),
        pack=gather_team_pack(tx, team, now),
        meetings=_meetings(tx, team),
        promised_elsewhere=tuple(meetings.promised_elsewhere(tx, team.id)),
        ramp=ramps.steps_of(tx, [team.id]).get(team.id, DEFAULT_RAMP),
        calendar=calendar.facts_of(tx, team, now),
        time_off={person: tuple(days) for (_, person), days in away.items()},
    )


def _with_reps(
    tx: Transaction, whole: TeamRecord, reps: Sequence[int], now: datetime
) -> TeamRecord:
    """The same with what is of those reps, in a number of statements that neither history nor how
    many they are changes."""
    team = whole.team
    members = [member for member in whole.members if member.rep.id in reps]
    off = absences.of_people(tx, {(team.id, person) for person in reps})
    away = {person: days for (_, person), days in off.items()}
    promised = sorted(promises.of_reps(tx, team.id, reps), key=lambda one: one.id)
    contacts = interactions.of_reps(tx, team.id, reps)
    held = sessions.of_reps(tx, team.id, reps)
    kept = field_days.of_reps(tx, team.id, reps)
    slots = todo.slots_of_reps(tx, team.id, reps)
    standing = {one.id for one in promised if not one.between_us}
    steps = saving.steps_of_reps(tx, team.id, reps)
    answers = activity.of_reps(tx, team.id, reps)
    own = None
    if whole.private is not None:
        # Statements name whose they are: what an earlier manager wrote is not found.
        author = team.manager.id
        noted = interactions.own_notes_of_reps(tx, team.id, author, reps)
        own = PrivateWords(noted, tuple(one for one in promised if one.told_to_id == author), ())
    return replace(
        whole,
        members=tuple(members),
        touches=tuple(one for one in contacts if one.kind is InteractionKind.TOUCH),
        shared=sharing.of_reps(tx, team.id, reps),
        sessions=tuple((one, held[one.id]) for one in contacts if one.id in held),
        planned_for=appointments.planned_for(tx, team.id, reps),
        field_days=tuple((one, kept[one.id]) for one in contacts if one.id in kept),
        promises=tuple(one for one in promised if not one.between_us),
        slots=tuple(_states(team, slots, contacts, away, now)),
        market_notes=tuple(market.of_reps(tx, team.id, reps)[::-1]),
        results=tuple(results.of_reps(tx, team.id, reps)),
        save_it_plans=tuple(saving.of_reps(tx, team.id, reps)),
        plan_steps={
            plan: tuple(one for one in ids if one in standing) for plan, ids in steps.items()
        },
        plan_answers={plan: tuple(found) for plan, found in answers.items()},
        time_off={person: tuple(_on_team(days, person, members)) for person, days in away.items()},
        private=own,
    )


def _write_down(taken: _Taken, now: datetime) -> bool:
    try:
        with taken.database.writing(taken.workspace_id) as tx:
            audits.record(tx, taken.by, "export", taken.what, now)
    except DatabaseUnavailableError as error:
        if error.fault not in (DatabaseFault.READ_ONLY, DatabaseFault.FULL):
            raise
        return False
    return True


def _meetings(tx: Transaction, team: Team) -> tuple[MeetingRecord, ...]:
    """Meetings with what the team saw of them: an item about one person is in none. What was on an
    agenda and not ticked was not done only where it is known how the meeting went."""
    done = agenda.done_of_team(tx, team.id)
    carried = agenda.carried_of_team(tx, team.id)
    promised = meetings.promises_of_team(tx, team.id)
    return tuple(
        MeetingRecord(
            meeting,
            tuple(done.get(meeting.id, ())),
            tuple(carried.get(meeting.id, ())),
            tuple(promised.get(meeting.id, ())),
        )
        for meeting in meetings.of_team(tx, team.id)
    )


def _states(
    team: Team,
    slots: Sequence[Slot],
    contacts: Iterable[Interaction],
    away: Mapping[int, Sequence[TimeOff]],
    now: datetime,
) -> Iterator[tuple[Slot, SlotState]]:
    """Each slot with how it stands: any contact in its week completes it."""
    mondays = {slot.monday for slot in slots}
    calendar = calendars.of_team(team.settings, team.today(now), *mondays)
    contacted = {(one.rep.id, calendar.week_of(one.occurred_on)) for one in contacts}
    days = {monday: calendar.working_days(monday) for monday in mondays}
    for slot in slots:
        yield (
            slot,
            state_of(
                slot,
                contacted=(slot.rep.id, slot.monday) in contacted,
                away=away.get(slot.rep.id, ()),
                days=days[slot.monday],
                today=team.today(now),
            ),
        )


def _on_team(
    days: Iterable[TimeOff], person: int, members: Sequence[Membership]
) -> Iterable[TimeOff]:
    """What of those days away falls into the person's time on the team."""
    memberships = [member for member in members if member.rep.id == person]
    return (off for off in days if any(_overlap(off, membership) for membership in memberships))


def _overlap(off: TimeOff, membership: Membership) -> bool:
    return (off.ends_on is None or off.ends_on >= membership.joined_on) and (
        membership.left_on is None or off.starts_on < membership.left_on
    )
