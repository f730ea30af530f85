"""Team meetings on their way: which drafts, agendas and notes are due, and what the posted ones
are to show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.agenda import Agenda, AgendaDesk
from bot.domain.delivery import DeliveryState, MessageKind, Subject, Unsent
from bot.domain.meetings import Meeting
from bot.domain.people import Person, zone_named
from bot.domain.teams import Team
from bot.domain.time_off import is_away
from bot.services.agenda_desk import desk_for
from bot.services.authority import today_of
from bot.services.delivery import queue
from bot.services.meeting_series import agenda_subject, changed, draft_subject, skill_subject
from bot.services.meetings import agenda_of
from storage import meetings, people, teams
from storage.delivery import messages
from storage.engine import Database, Transaction

Dues = Sequence[tuple[int, datetime]]
RECAP_UNTIL = timedelta(days=2)
"""How long after a meeting its thread is told of the recap."""


@dataclass(frozen=True)
class DraftToSend:
    """The agenda as its manager has it, and who gets it: the manager, or who stands in."""

    desk: AgendaDesk
    reader: Person
    subject: Subject


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

    def made(tx: Transaction, team: Team, meeting: Meeting) -> DraftToSend | Unsent:
        reader = _reader(tx, team, now)
        subject = draft_subject(meeting.id)
        if reader is None or (subject, reader.id) in messages.readers_of(tx, [subject]):
            return Unsent.NOT_NEEDED
        return DraftToSend(desk_for(tx, team, reader, meeting, now), reader, subject)

    return _each(database, workspace_id, dues, now, made)


def agendas_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[AgendaToPost | Unsent]:
    """The agendas for the channels, in the order of `dues`. Not needed where it is there already,
    or the team has no channel; too late once the meeting has begun."""

    def made(tx: Transaction, team: Team, meeting: Meeting) -> AgendaToPost | Unsent:
        subject = agenda_subject(meeting.id)
        channel = team.settings.channel
        if channel is None or not team.manager.active or messages.readers_of(tx, [subject]):
            return Unsent.NOT_NEEDED
        meetings.change(tx, meeting.id, out_at=now)
        messages.mark_stale(tx, [draft_subject(meeting.id)])
        return AgendaToPost(agenda_of(tx, team, meeting, now), channel, subject)

    return _each(database, workspace_id, dues, now, made)


def skills_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[SkillToTell | Unsent]:
    """Notes to who leads one skill, in the order of `dues`; whoever has it already has it once."""

    def made(tx: Transaction, team: Team, meeting: Meeting) -> SkillToTell | Unsent:
        subject, leader = skill_subject(meeting.id), meeting.leader
        if leader is None or (subject, leader.id) in messages.readers_of(tx, [subject]):
            return Unsent.NOT_NEEDED
        return SkillToTell(agenda_of(tx, team, meeting, now), leader, subject)

    return _each(database, workspace_id, dues, now, made)


def recaps_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[AgendaToPost | Unsent]:
    """The lines beneath the agendas that are recaps now, in the order of `dues`."""
    with database.reading(workspace_id) as tx:
        return [_recap(tx, meeting_id, now) for meeting_id, _ in dues]


def _recap(tx: Transaction, meeting_id: int, now: datetime) -> AgendaToPost | Unsent:
    found = _known(tx, meeting_id)
    if found is None:
        return Unsent.NOT_NEEDED
    team, meeting = found
    if now > meeting.ends(zone_named(team.zone_name)) + RECAP_UNTIL:
        return Unsent.EXPIRED
    posted = messages.posted(tx, agenda_subject(meeting.id))
    if not posted or meeting.closed_at is None:
        return Unsent.NOT_NEEDED
    one = posted[-1]
    subject = Subject(MessageKind.MEETING_RECAP, meeting.id)
    if messages.readers_of(tx, [subject]):
        return Unsent.NOT_NEEDED
    return AgendaToPost(agenda_of(tx, team, meeting, now), one.channel, subject, one.ts)


def missing_due(
    database: Database, workspace_id: int, dues: Dues, now: datetime
) -> list[tuple[AgendaMissing, Person] | Unsent]:
    """What became of agendas that did not go out as they should, and who is asked, in the order of
    `dues`."""

    def made(
        tx: Transaction, team: Team, meeting: Meeting
    ) -> tuple[AgendaMissing, Person] | Unsent:
        reader = _reader(tx, team, now) or team.manager
        kind = MessageKind.MEETING_AGENDA
        found = queue.unplaced(tx, team.id, kind, meeting.id)
        if not found or found[0][1] not in (DeliveryState.ASKED, DeliveryState.FAILED):
            return Unsent.NOT_NEEDED
        failed = found[0][1] is DeliveryState.FAILED
        if failed:
            meetings.change(tx, meeting.id, out_at=None)
        changed(tx, meeting.id)
        fault = found[0][2] if failed else ""
        subject = Subject(MessageKind.MEETING_ASK, meeting.id)
        return AgendaMissing(agenda_of(tx, team, meeting, now), fault, subject), reader

    return _each(database, workspace_id, dues, now, made)


def posted_agendas(
    database: Database, workspace_id: int, meeting_ids: Sequence[int], now: datetime
) -> list[Agenda | None]:
    """What the messages in channels show now, in order; None where there is no such meeting."""
    with database.reading(workspace_id) as tx:
        found = [_known(tx, one) for one in meeting_ids]
        return [agenda_of(tx, *one, now) if one else None for one in found]


def posted_drafts(
    database: Database,
    workspace_id: int,
    posted: Sequence[tuple[int, int | None]],
    now: datetime,
) -> list[AgendaDesk | None]:
    """What the drafts show now, in order, for their readers (persons): nothing new to a stand-in
    once the manager is back."""
    with database.reading(workspace_id) as tx:
        return [_draft(tx, meeting_id, reader_id, now) for meeting_id, reader_id in posted]


def _draft(
    tx: Transaction, meeting_id: int, reader_id: int | None, now: datetime
) -> AgendaDesk | None:
    known = _known(tx, meeting_id)
    if known is None:
        return None
    team, meeting = known
    reader = team.manager if reader_id == team.manager.id else _reader(tx, team, now)
    if reader is None or reader.id != reader_id:
        return None
    return desk_for(tx, team, reader, meeting, now)


def _each(
    database: Database,
    workspace_id: int,
    dues: Dues,
    now: datetime,
    made: Callable[[Transaction, Team, Meeting], _T | Unsent],
) -> list[_T | Unsent]:
    """Of each meeting what is to be sent; nothing of one that is not to be, and too late once it
    has begun."""
    with database.writing(workspace_id) as tx:
        answers: list[_T | Unsent] = []
        for meeting_id, due_at in dues:
            found = _known(tx, meeting_id)
            if found is None or found[1].dropped is not None or found[1].closed_at is not None:
                answers.append(Unsent.NOT_NEEDED)
            elif _is_too_late(*found, due_at, now):
                answers.append(Unsent.EXPIRED)
            else:
                answers.append(made(tx, *found))
        return answers


def _is_too_late(team: Team, meeting: Meeting, due_at: datetime, now: datetime) -> bool:
    """Before its start, or, where it was asked for while the meeting is on, before its end."""
    zone = zone_named(team.zone_name)
    starts = meeting.starts(zone)
    return now >= (starts if due_at < starts else meeting.ends(zone))


def _known(tx: Transaction, meeting_id: int) -> tuple[Team, Meeting] | None:
    meeting = meetings.some(tx, [meeting_id]).get(meeting_id)
    team = teams.with_id(tx, meeting.team_id) if meeting else None
    return (team, meeting) if team and meeting else None


def _reader(tx: Transaction, team: Team, now: datetime) -> Person | None:
    """Who has the draft: the manager, or who stands in; None while nobody does."""
    today = today_of(team, now)
    away = teams.time_off(tx, [team.manager.id])[team.manager.id]
    if not is_away(today, away):
        return team.manager
    stand_ins = [off.stand_in_id for off in away if off.covers(today) and off.stand_in_id]
    return people.with_ids(tx, stand_ins).get(stand_ins[0]) if stand_ins else None
