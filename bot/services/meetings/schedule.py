"""When what is sent and drawn around meetings is due."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.appointments import day_before
from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.meetings.meetings import SKILL_TOLD, Meeting
from bot.domain.team.calendar import instant
from bot.domain.team.teams import Team, TimeOff
from bot.services.delivery import queue
from bot.services.delivery.schedules import set_all_due, set_due
from bot.services.workspaces import calendars
from bot.services.workspaces.absence import managers_days_off
from storage.database.transaction import Transaction

DRAFT_WITHIN = timedelta(days=100)
"""How long before a meeting its draft comes at the earliest, whatever stands before it."""

NOTES_SETTLE = timedelta(minutes=10)
"""How long after the last late note the thread is told: who takes one takes more."""


def follow_meetings(tx: Transaction, found: Sequence[tuple[Team, Meeting]], now: datetime) -> None:
    """Let what is sent and drawn around those meetings follow when each is: the draft on the
    working day before, in its manager's morning; the agenda at its lead time; its start and its
    end; and, a week before, a note to whoever leads one skill. What has passed comes at once while
    the meeting is still ahead."""
    ahead = [(team, meeting) for team, meeting in found if meeting.is_ahead(team.meeting_zone, now)]
    away: dict[int, list[TimeOff]] = {}
    if ahead:
        first = min(meeting.day for _, meeting in ahead) - DRAFT_WITHIN
        away = managers_days_off(tx, [team for team, _ in ahead], first, now)
    due: dict[MessageKind, dict[ScheduleKey, datetime | None]] = {}
    for team, meeting in found:
        for kind, at in _around(team, meeting, away.get(team.id, ()), now).items():
            due.setdefault(kind, {})[ScheduleKey(team.id, meeting.id)] = at
    set_all_due(tx, due)


def recaps_at(tx: Transaction, held: Sequence[Meeting], at: datetime) -> None:
    """Let the threads of the agendas of those meetings say then what was decided."""
    keys = [ScheduleKey(one.team_id, one.id) for one in held]
    set_due(tx, MessageKind.MEETING_RECAP, dict.fromkeys(keys, at))


def noted_late(tx: Transaction, meeting: Meeting, now: datetime) -> None:
    """Something was written down in it: where it is over, its thread says so once there is no more
    to come."""
    if meeting.closed_at is not None and meeting.out_at is not None:
        recaps_at(tx, [meeting], now + NOTES_SETTLE)


def ask_what_got_done(tx: Transaction, over: Sequence[Meeting], now: datetime) -> None:
    """Let whoever led those meetings be asked about them."""
    keys = [ScheduleKey(one.team_id, one.id) for one in over]
    set_due(tx, MessageKind.MEETING_DONE, dict.fromkeys(keys, now))


def posts_after_all(tx: Transaction, team: Team, coming: Sequence[Meeting], now: datetime) -> None:
    """What is on the agendas of those meetings changed: one that had nothing in it when it was to
    go out goes now. One that Slack did not take waits for its manager."""
    zone = team.meeting_zone
    late = [
        one for one in coming if one.out_at is None and one.goes_out(zone) <= now < one.starts(zone)
    ]
    if late:
        kind = MessageKind.MEETING_AGENDA
        tried = queue.unplaced(tx, kind, {one.id: team.id for one in late})
        keys = [ScheduleKey(team.id, one.id) for one in late if not tried[one.id]]
        set_due(tx, kind, dict.fromkeys(keys, now))


def _stands(meeting: Meeting) -> bool:
    return meeting.dropped is None and meeting.closed_at is None


def _around(
    team: Team, meeting: Meeting, away: Sequence[TimeOff], now: datetime
) -> dict[MessageKind, datetime | None]:
    """When each of what is sent and drawn around a meeting is due; `away` are the days away of its
    manager."""
    zone = team.meeting_zone
    starts, ends = meeting.starts(zone), meeting.ends(zone)
    ahead = meeting.is_ahead(team.meeting_zone, now)
    out = meeting.goes_out(zone)
    sent = {
        MessageKind.MEETING_DRAFT: _draft_due(team, meeting, away) if ahead else None,
        MessageKind.MEETING_AGENDA: out if ahead and not meeting.out_at else None,
        MessageKind.MEETING_SKILL: _skill_due(team, meeting) if ahead else None,
    }
    turns = (starts if now < starts else max(ends, now)) if _stands(meeting) else None
    return {
        **{kind: max(due, now) if due else None for kind, due in sent.items()},
        MessageKind.MEETING_ROLL_OVER: turns,
    }


def _draft_due(team: Team, meeting: Meeting, away: Sequence[TimeOff]) -> datetime:
    alone = [off for off in away if off.stand_in_id is None]
    calendar = calendars.of_team(team.settings, meeting.day)
    zone = team.manager_zone
    out = meeting.starts(team.meeting_zone) - timedelta(minutes=meeting.lead)
    day = meeting.day
    while True:
        # A draft that comes after its agenda is no draft: a day earlier then.
        day = day_before(day, calendar=calendar, away=alone)
        due = instant(day, team.settings.todo_time, zone)
        if due < out:
            return due


def _skill_due(team: Team, meeting: Meeting) -> datetime | None:
    if meeting.leader is None:
        return None
    zone = team.zone_of(meeting.leader)
    return instant(meeting.day - SKILL_TOLD, team.settings.todo_time, zone)
