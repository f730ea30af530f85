"""Team meetings on their way: which drafts, agendas and notes are due, and what the posted ones
are to show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar

from bot.domain.delivery import UNSENT, DeliveryState, MessageKind, Subject, Unsent
from bot.domain.meetings.agenda import Agenda, AgendaView, Role
from bot.domain.meetings.meetings import Meeting
from bot.domain.meetings.swaps import SwapKind, SwapState
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person
from bot.services.delivery import queue
from bot.services.meetings.agenda_view import Asked, views_in
from bot.services.meetings.meetings import agendas_of
from bot.services.meetings.series import (
    agenda_subject,
    changed,
    done_subject,
    draft_subject,
    skill_subject,
)
from bot.services.workspaces.absence import readers_today
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import meetings, swaps
from storage.team import teams

Dues: TypeAlias = Sequence[tuple[int, datetime]]
Found: TypeAlias = tuple[Team, Meeting]
RECAP_UNTIL = timedelta(days=2)
"""How long after a meeting its thread is told of the recap."""


@dataclass(frozen=True)
class DraftToSend:
    """The agenda as its manager has it, and who gets it: the manager, or who stands in."""

    agenda: AgendaView
    reader: Person
    subject: Subject


@dataclass(frozen=True)
class NotForReader:
    """A draft or a question of somebody who stood in and is a rep of the team now."""

    team: Team


@dataclass(frozen=True)
class AgendaToPost:
    """An agenda on its way to a channel; `thread` is the message that a recap's line answers."""

    agenda: Agenda
    channel: str
    subject: Subject
    thread: str | None = None


@dataclass(frozen=True)
class AgendaMissing:
    """An agenda that could not be posted, by Slack's own word, or of which nobody knows: ""."""

    agenda: Agenda
    fault: str
    subject: Subject


@dataclass(frozen=True)
class SkillToTell:
    """Who is to lead one skill, and when."""

    agenda: Agenda
    leader: Person
    subject: Subject


_T = TypeVar("_T")


def drafts_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[DraftToSend | Unsent]:
    """The drafts of those meetings, in the order of `dues`: to the manager, or while the manager
    is away to who stands in. Not needed where it is there already, or nobody is there to have it;
    too late once the meeting has begun."""

    def made(tx: Transaction, found: Sequence[Found]) -> list[DraftToSend | Unsent]:
        readers = readers_today(tx, MessageKind.MEETING_DRAFT, [team for team, _ in found], now)
        there = messages.readers_of(tx, {draft_subject(meeting.id) for _, meeting in found})
        wanted = {
            meeting.id: _asked(team, reader, meeting)
            for team, meeting in found
            for reader in [readers.get(team.id)]
            if reader is not None and (draft_subject(meeting.id), reader.id) not in there
        }
        views = dict(zip(wanted, views_in(tx, list(wanted.values()), now), strict=True))
        return [
            DraftToSend(views[one.id], wanted[one.id].reader, draft_subject(one.id))
            if one.id in wanted
            else Unsent.NOT_NEEDED
            for _, one in found
        ]

    with database.reading(workspace_id) as tx:
        return _each(tx, dues, now, made)


def agendas_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[AgendaToPost | Unsent]:
    """The agendas for the channels, in the order of `dues`. Not needed where it is there already,
    the team has no channel, or there is nothing in it; too late once the meeting has begun."""

    def made(tx: Transaction, found: Sequence[Found]) -> list[AgendaToPost | Unsent]:
        there = _posted(tx, [agenda_subject(meeting.id) for _, meeting in found])
        wanted = [
            (team, replace(meeting, out_at=now))
            for team, meeting in found
            if team.settings.channel is not None
            and team.manager.active
            and agenda_subject(meeting.id) not in there
        ]
        full = (one for one in agendas_of(tx, wanted, now) if not one.is_empty)
        shown = {one.meeting.id: one for one in full}
        if shown:
            meetings.change(tx, *shown, out_at=now)
            messages.mark_stale(tx, [draft_subject(meeting_id) for meeting_id in shown])
        return [
            AgendaToPost(shown[meeting.id], team.settings.channel, agenda_subject(meeting.id))
            if meeting.id in shown and team.settings.channel is not None
            else Unsent.NOT_NEEDED
            for team, meeting in found
        ]

    with database.writing(workspace_id) as tx:
        return _each(tx, dues, now, made)


def skills_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[SkillToTell | Unsent]:
    """Notes to who leads one skill, in the order of `dues`; whoever has it already has it once."""

    def made(tx: Transaction, found: Sequence[Found]) -> list[SkillToTell | Unsent]:
        there = messages.readers_of(tx, {skill_subject(meeting.id) for _, meeting in found})
        asked = swaps.of_meetings(tx, [meeting.id for _, meeting in found])
        took = {
            (skill_subject(one.meeting_id), one.asked.id)
            for some in asked.values()
            for one in some
            if one.state is SwapState.TAKEN and one.kind is not SwapKind.LEARN
        }
        leaders = {
            meeting.id: leader
            for _, meeting in found
            for leader in [meeting.leader]
            if leader is not None and (skill_subject(meeting.id), leader.id) not in there | took
        }
        told = [(team, meeting) for team, meeting in found if meeting.id in leaders]
        shown = {one.meeting.id: one for one in agendas_of(tx, told, now)}
        return [
            SkillToTell(shown[one.id], leaders[one.id], skill_subject(one.id))
            if one.id in leaders
            else Unsent.NOT_NEEDED
            for _, one in found
        ]

    with database.reading(workspace_id) as tx:
        return _each(tx, dues, now, made)


def recaps_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[AgendaToPost | Unsent]:
    """The lines beneath the agendas that are recaps now, in the order of `dues`. Not needed where
    nothing was written down that the team may read."""
    with database.reading(workspace_id) as tx:
        known = _known(tx, [meeting_id for meeting_id, _ in dues])
        late = {one for one, found in known.items() if _is_old(*found, now)}
        there = _posted(tx, [recap_subject(meeting_id) for meeting_id in known])
        posted = messages.posted_of(tx, [agenda_subject(meeting_id) for meeting_id in known])
        told = {
            one: found
            for one, found in known.items()
            if one not in late
            and found[1].closed_at is not None
            and agenda_subject(one) in posted
            and recap_subject(one) not in there
        }
        agendas = zip(told, agendas_of(tx, list(told.values()), now), strict=True)
        shown = {meeting_id: agenda for meeting_id, agenda in agendas if agenda.has_notes}

    def one(meeting_id: int) -> AgendaToPost | Unsent:
        if meeting_id in late:
            return Unsent.EXPIRED
        if meeting_id not in shown:
            return Unsent.NOT_NEEDED
        last = posted[agenda_subject(meeting_id)][-1]
        return AgendaToPost(shown[meeting_id], last.channel, recap_subject(meeting_id), last.ts)

    return [one(meeting_id) for meeting_id, _ in dues]


def questions_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[tuple[Agenda, Person] | Unsent]:
    """The meetings of which nobody wrote anything down, each with who is asked what got done: the
    manager, or who stands in. Not needed once anything is known of it, nor where nothing of its
    agenda is for the team."""
    with database.reading(workspace_id) as tx:
        known = _known(tx, [meeting_id for meeting_id, _ in dues])
        there = _posted(tx, [done_subject(meeting_id) for meeting_id in known])
        late = {one for one, found in known.items() if _is_old(*found, now)}
        open_still = {
            one: (team, meeting)
            for one, (team, meeting) in known.items()
            if one not in late
            and meeting.closed_at is not None
            and not meeting.is_answered
            and done_subject(one) not in there
        }
        readers = readers_today(
            tx, MessageKind.MEETING_DONE, [team for team, _ in open_still.values()], now
        )
        agendas = agendas_of(tx, list(open_still.values()), now)
        asked = {
            one.meeting.id: (one, readers[one.team.id])
            for one in agendas
            if one.team.id in readers and (one.meeting.out_at is not None or one.shown())
        }
    return [
        Unsent.EXPIRED if meeting_id in late else asked.get(meeting_id, Unsent.NOT_NEEDED)
        for meeting_id, _ in dues
    ]


def ask_subject(meeting_id: int) -> Subject:
    """What the question about an agenda is about."""
    return Subject(MessageKind.MEETING_ASK, meeting_id)


def recap_subject(meeting_id: int) -> Subject:
    """What the line beneath the agenda is about."""
    return Subject(MessageKind.MEETING_RECAP, meeting_id)


def _is_old(team: Team, meeting: Meeting, now: datetime) -> bool:
    return now > meeting.ends(team.meeting_zone) + RECAP_UNTIL


def missing_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[tuple[AgendaMissing, Person] | Unsent]:
    """What became of agendas that did not go out as they should, and who is asked, in the order of
    `dues`."""

    def made(
        tx: Transaction, found: Sequence[Found]
    ) -> list[tuple[AgendaMissing, Person] | Unsent]:
        kind = MessageKind.MEETING_AGENDA
        items = {meeting.id: team.id for team, meeting in found}
        faults = {
            item: fault if state is DeliveryState.FAILED else ""
            for item, gone_out in queue.unplaced(tx, kind, items).items()
            for _, state, fault in gone_out[:1]
            if state in UNSENT
        }
        # One that was refused is not out, and may be posted again.
        lost = [
            (team, replace(meeting, out_at=None) if faults[meeting.id] else meeting)
            for team, meeting in found
            if meeting.id in faults
        ]
        not_out = [meeting_id for meeting_id, fault in faults.items() if fault]
        if not_out:
            meetings.change(tx, *not_out, out_at=None)
        changed(tx, *faults)
        readers = readers_today(tx, MessageKind.MEETING_ASK, [team for team, _ in lost], now)
        shown = {one.meeting.id: one for one in agendas_of(tx, lost, now)}
        return [
            (
                AgendaMissing(shown[one.id], faults[one.id], ask_subject(one.id)),
                readers[team.id],
            )
            if one.id in shown
            else Unsent.NOT_NEEDED
            for team, one in found
        ]

    with database.writing(workspace_id) as tx:
        return _each(tx, dues, now, made)


def posted_agendas(
    database: Database, workspace_id: int, meeting_ids: Sequence[int], now: datetime
) -> list[Agenda | None]:
    """What the messages in channels show now, in order; None where there is no such meeting."""
    with database.reading(workspace_id) as tx:
        known = _known(tx, meeting_ids)
        shown = dict(zip(known, agendas_of(tx, list(known.values()), now), strict=True))
        return [shown.get(meeting_id) for meeting_id in meeting_ids]


def posted_drafts(
    database: Database,
    workspace_id: int,
    posted: Sequence[tuple[int, int | None]],
    now: datetime,
) -> list[AgendaView | NotForReader | None]:
    """What the drafts show now, in order, for their readers (persons): nothing new to a stand-in
    once the manager is back, and nothing at all to one who is a rep of the team by now."""
    with database.reading(workspace_id) as tx:
        known = _known(tx, [meeting_id for meeting_id, _ in posted])
        stood_in = [
            team
            for meeting_id, reader_id in posted
            if meeting_id in known
            for team in [known[meeting_id][0]]
            if team.manager.id != reader_id
        ]
        others = readers_today(tx, MessageKind.MEETING_DRAFT, stood_in, now)
        asked = {}
        for meeting_id, reader_id in posted:
            if meeting_id in known:
                team, meeting = known[meeting_id]
                reader = team.manager if reader_id == team.manager.id else others.get(team.id)
                if reader is not None and reader.id == reader_id:
                    asked[meeting_id, reader_id] = _asked(team, reader, meeting)
        views = dict(zip(asked, views_in(tx, list(asked.values()), now), strict=True))
        reps = _reps_today(tx, stood_in, now)
        return [
            NotForReader(known[meeting_id][0])
            if meeting_id in known and (known[meeting_id][0].id, reader_id) in reps
            else views.get((meeting_id, reader_id or 0))
            for meeting_id, reader_id in posted
        ]


def _reps_today(tx: Transaction, found: Sequence[Team], now: datetime) -> set[tuple[int, int]]:
    """Team and person of every rep who is on one of those teams today."""
    if not found:
        return set()
    today = {team.id: team.today(now) for team in found}
    members = teams.members_of(tx, list(today), min(today.values()))
    return {(one.team_id, one.rep.id) for one in members if one.is_on(today[one.team_id])}


def _asked(team: Team, reader: Person, meeting: Meeting) -> Asked:
    """A draft goes to the manager, or to a stand-in."""
    role = Role.MANAGER if reader.id == team.manager.id else Role.STAND_IN
    return Asked(team, role, reader, meeting)


def _each(
    tx: Transaction,
    dues: Dues,
    now: datetime,
    made: Callable[[Transaction, Sequence[Found]], Sequence[_T | Unsent]],
) -> list[_T | Unsent]:
    """Of each meeting what is to be sent, as `made` makes it of all of them at once; nothing of
    one that is not to be, and too late once it has begun."""
    known = _known(tx, [meeting_id for meeting_id, _ in dues])
    stand = {
        one: found
        for one, found in known.items()
        if found[1].dropped is None and found[1].closed_at is None
    }
    late = {
        (meeting_id, due_at)
        for meeting_id, due_at in dues
        if meeting_id in stand and _is_too_late(*stand[meeting_id], due_at, now)
    }
    going = {
        meeting_id: stand[meeting_id]
        for meeting_id, due_at in dues
        if meeting_id in stand and (meeting_id, due_at) not in late
    }
    sent = dict(zip(going, made(tx, list(going.values())) if going else (), strict=True))
    return [
        Unsent.EXPIRED if (meeting_id, due_at) in late else sent.get(meeting_id, Unsent.NOT_NEEDED)
        for meeting_id, due_at in dues
    ]


def _is_too_late(team: Team, meeting: Meeting, due_at: datetime, now: datetime) -> bool:
    """Before its start, or, where it was asked for while the meeting is on, before its end."""
    zone = team.meeting_zone
    starts = meeting.starts(zone)
    return now >= (starts if due_at < starts else meeting.ends(zone))


def _known(tx: Transaction, meeting_ids: Sequence[int]) -> dict[int, Found]:
    """Those of the meetings that there are, each with its team, by id in the order they are named
    in."""
    wanted = list(dict.fromkeys(meeting_ids))
    some = meetings.get_many(tx, wanted)
    team_ids = list({meeting.team_id for meeting in some.values()})
    found = {team.id: team for team in teams.get_many(tx, team_ids)}
    return {one: (found[some[one].team_id], some[one]) for one in wanted if one in some}


def _posted(tx: Transaction, subjects: Sequence[Subject]) -> set[Subject]:
    """About which of those subjects there is a message, or may be."""
    return {subject for subject, _ in messages.readers_of(tx, subjects)}
