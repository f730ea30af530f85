"""Everything of a team, for an export: but what is private or was said between two, which only its
author gets, from Slack."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.binder.export import ExportRequest
from bot.domain.binder.narrowing import narrowed
from bot.domain.binder.record import PrivateWords, TeamRecord
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.meetings.agenda import MeetingRecord
from bot.domain.team.ramp import DEFAULT_RAMP
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.lists import Slot, SlotState, state_of
from bot.domain.workspaces.faults import DatabaseFault, DatabaseUnavailableError
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import NoTeam, NotOnTeam
from bot.services.binder import calendar
from bot.services.binder.pack import gather_team_pack
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
"""Seconds to read it all: nobody waits for an answer within three, and years of a large team are
read at once."""


def export_team(
    database: Database, workspace_id: int, manager: str, request: ExportRequest, now: datetime
) -> TeamRecord:
    """The record of the team of that manager, by Slack id, as an operator may have it: with the
    reps and years of the request, and never a private note. That it was taken is written down.

    Where the database takes nothing more, that cannot be written down, and the record says so.
    Raises NoTeam, NotOnTeam for a rep who never sat there, DatabaseUnavailableError, and ValueError
    where private notes are asked for.
    """
    if request.with_private_notes:
        raise ValueError("private notes are for their author alone")
    with database.reading(workspace_id, patience=PATIENCE, one_moment=True) as tx:
        team = teams.of_manager(tx, manager)
        if team is None:
            raise NoTeam
        record = _record(tx, team, now)
    return _finished(database, workspace_id, "operator", f"{manager}: ", record, request, now)


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
) -> TeamRecord:
    """The same of the team of who acts, for them: `private` is in it where the request asks for it,
    and holds their own words alone, never those of an earlier manager. Raises ForManagers too, and
    NoTeam where they lead another by now than `team_id` says."""
    with database.reading(actor.workspace_id, patience=PATIENCE, one_moment=True) as tx:
        team = require_manager(tx, actor, now)
        if team_id is not None and team.id != team_id:
            raise NoTeam
        record = _record(tx, team, now)
        if request.with_private_notes:
            record = replace(record, private=_private(tx, team))
    return _finished(database, actor.workspace_id, actor.slack_id, "", record, request, now)


def _finished(
    database: Database,
    workspace_id: int,
    by: str,
    whose: str,
    record: TeamRecord,
    request: ExportRequest,
    now: datetime,
) -> TeamRecord:
    known = {member.rep.slack_id for member in record.members}
    for slack_id in sorted(request.reps - known):
        raise NotOnTeam(slack_id)
    written = _write_down(database, workspace_id, by, f"{whose}{request.words}", now)
    return replace(narrowed(record, request), written_down=written)


def _private(tx: Transaction, team: Team) -> PrivateWords:
    """What the manager of that team alone reads. Statements name them as the author, or as whom it
    was told to: what an earlier manager wrote is not found."""
    author = team.manager.id
    return PrivateWords(
        interactions.own_notes_of_team(tx, team.id, author),
        tuple(one for one in promises.of_team(tx, team.id) if one.told_to_id == author),
        tuple(notes.of_author(tx, author, notes.count(tx, author))[::-1]),
    )


def _record(tx: Transaction, team: Team, now: datetime) -> TeamRecord:
    members = teams.members(tx, team.id)
    everyone = {team.manager.id, *(member.rep.id for member in members)}
    off = absences.of_people(tx, {(team.id, person) for person in everyone})
    away = {person: days for (_, person), days in off.items()}
    promised = promises.of_team(tx, team.id)
    slots = todo.all_slots(tx, team.id)
    issues = todo.issues(tx, [team.id], date.min)[team.id]
    said = todo.answers_of_team(tx, team.id)
    told = cleared.of_team(tx, team.id)
    passing = transitions.of_teams(tx, [team.id])
    named = accounts.of_teams(tx, [team.id])
    dated = dates.of_team(tx, team.id)
    known = acquaintances.of_teams(tx, [team.id]).get(team.id, [])
    heard = market.of_team(tx, team.id)
    agreed = plans.of_teams(tx, [team.id], date.min, date.max)
    met = _meetings(tx, team)
    elsewhere = meetings.promised_elsewhere(tx, team.id)
    contacts = interactions.of_team(tx, team.id)
    held = sessions.of_team(tx, team.id)
    kept = field_days.of_team(tx, team.id)
    shared = sharing.of_team(tx, team.id)
    planned_for = appointments.planned_for(tx, team.id)
    reached = results.of_team(tx, team.id)
    to_save = saving.of_team(tx, team.id)
    standing = {one.id for one in promised if not one.between_us}
    plan_steps = {
        plan: tuple(one for one in ids if one in standing)
        for plan, ids in saving.steps_of_team(tx, team.id).items()
    }
    answers = activity.of_team(tx, team.id)
    steps = ramps.steps_of(tx, [team.id]).get(team.id, DEFAULT_RAMP)
    pack = gather_team_pack(tx, team, now)
    planned = calendar.facts_of(tx, team, now)
    return TeamRecord(
        team=team,
        members=tuple(members),
        touches=tuple(one for one in contacts if one.kind is InteractionKind.TOUCH),
        shared=shared,
        sessions=tuple((one, held[one.id]) for one in contacts if one.id in held),
        planned_for=planned_for,
        field_days=tuple((one, kept[one.id]) for one in contacts if one.id in kept),
        promises=tuple(one for one in promised if not one.between_us),
        slots=tuple(_states(team, slots, contacts, away, now)),
        issues=tuple(issues),
        cleared={one.promise_id: one for one in told},
        issue_answers={issue: tuple(found) for issue, found in said.items()},
        transitions=tuple(passing),
        market_notes=tuple(heard[::-1]),
        accounts=tuple(named),
        account_dates=tuple(dated),
        acquaintances=tuple(known),
        plans=tuple(one for one in agreed if one.text or one.progress),
        pack=pack,
        meetings=met,
        promised_elsewhere=tuple(elsewhere),
        ramp=steps,
        calendar=planned,
        results=tuple(reached),
        save_it_plans=tuple(to_save),
        plan_steps=plan_steps,
        plan_answers={plan: tuple(found) for plan, found in answers.items()},
        time_off={
            person: tuple(days if person == team.manager.id else _on_team(days, person, members))
            for person, days in away.items()
        },
    )


def _write_down(database: Database, workspace_id: int, by: str, what: str, now: datetime) -> bool:
    try:
        with database.writing(workspace_id) as tx:
            audits.record(tx, by, "export", what, now)
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
