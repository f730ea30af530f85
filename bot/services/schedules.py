"""When lists, notes and what is around a meeting are due, as their teams and settings have it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.domain.appointments import Appointment, day_before
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import DueSchedule, MessageKind, Planned, ScheduleKey
from bot.domain.meetings.meetings import SKILL_TOLD, Meeting
from bot.domain.team.calendar import instant, local_date, monday_of, working_days
from bot.domain.team.teams import Team, TeamSettings, TimeOff
from bot.domain.todo.lists import dues_of_week, week_of_list
from bot.domain.workspaces.people import Person, zone_named
from bot.services.delivery.schedules import items_due, next_at, set_all_due, set_due
from bot.services.workspaces import public_holidays
from storage import appointments
from storage.database.engine import Transaction
from storage.team import teams

WEEKS_AHEAD = 260
"""How far a next list is looked for; a manager who is away for longer has none planned."""

MOST_MISSED = 120
"""Lists missed that are written down one by one: more than two years of them."""

LIST_LOOKS_BACK = timedelta(days=21)
"""How far before it was due the first day may be that says when a list comes: it may be on the
Friday before its week, and the week before that one is looked at too."""

TURN_AT = time(6)
"""When a posted list turns to its new day: before anyone looks."""

SUNDAY = 6
DRAFT_WITHIN = timedelta(days=100)
"""How long before a meeting its draft comes at the earliest, whatever stands before it."""

NOTES = (MessageKind.SESSION_NOTE, MessageKind.SESSION_PREPARE)
"""Of a planned session, one to each side."""


def todo_list_due(
    settings: TeamSettings, manager_zone: str | None, away: Sequence[TimeOff], after: datetime
) -> datetime | None:
    """When the next to-do list after that instant is due: in the manager's own zone.

    None where the manager is away for as far as can be seen, without a stand-in.
    """
    zone = zone_named(manager_zone, settings.zone)
    first = monday_of(local_date(after, zone)) - timedelta(days=7)
    for week in range(WEEKS_AHEAD):
        monday = first + timedelta(weeks=week)
        for due in dues_of_week(monday, settings, public_holidays.of_team(settings, monday), away):
            at = instant(due.day, settings.todo_time, zone)
            if at > after:
                return at
    return None


def follow(tx: Transaction, team: Team, now: datetime) -> None:
    """Let the team's schedule follow its settings and its manager's days away."""
    away = teams.time_off(tx, [team.manager.id])[team.manager.id]
    due = todo_list_due(team.settings, team.manager.zone, away, now)
    set_due(tx, MessageKind.TODO_LIST, {ScheduleKey(team.id): due})


def follow_appointment(
    tx: Transaction, team: Team, appointment: Appointment, now: datetime
) -> None:
    """Let the notes before a session follow when it is planned for: to each side on the working
    day before, in the morning of their own zone; at once where that has passed and the day itself
    is still ahead. A field day has none."""
    if appointment.kind is InteractionKind.SESSION:
        for kind in NOTES:
            _follow_note(tx, team, appointment, kind, now)


def _follow_note(
    tx: Transaction, team: Team, appointment: Appointment, kind: MessageKind, now: datetime
) -> None:
    day = appointment.day
    to_manager = kind is MessageKind.SESSION_NOTE
    person = team.manager if to_manager else appointment.rep
    zone = team.manager_zone if to_manager else team.zone_of(person)
    before = day_before(
        day,
        holidays=public_holidays.of_team(team.settings, day),
        away=teams.time_off(tx, [person.id])[person.id],
    )
    due = instant(before, team.settings.todo_time, zone)
    ahead = appointment.stands and local_date(now, zone) < day
    key = ScheduleKey(team.id, appointment.id)
    set_due(tx, kind, {key: max(due, now) if ahead else None})


def follow_meetings(tx: Transaction, found: Sequence[tuple[Team, Meeting]], now: datetime) -> None:
    """Let what is sent and drawn around those meetings follow when each is: the draft on the
    working day before, in its manager's morning; the agenda at its lead time; its start and its
    end; and, a week before, a note to whoever leads one skill. What has passed comes at once while
    the meeting is still ahead."""
    ahead = [(team, meeting) for team, meeting in found if _is_ahead(team, meeting, now)]
    away: dict[int, list[TimeOff]] = {}
    if ahead:
        first = min(meeting.day for _, meeting in ahead) - DRAFT_WITHIN
        away = teams.time_off(tx, {team.manager.id for team, _ in ahead}, first)
    due: dict[MessageKind, dict[ScheduleKey, datetime | None]] = {}
    for team, meeting in found:
        for kind, at in _around(team, meeting, away.get(team.manager.id, ()), now).items():
            due.setdefault(kind, {})[ScheduleKey(team.id, meeting.id)] = at
    set_all_due(tx, due)


def recaps_now(tx: Transaction, held: Sequence[Meeting], now: datetime) -> None:
    """Let the threads of the agendas of those meetings say that they are the recaps."""
    keys = [ScheduleKey(one.team_id, one.id) for one in held]
    set_due(tx, MessageKind.MEETING_RECAP, dict.fromkeys(keys, now))


def _stands(meeting: Meeting) -> bool:
    return meeting.dropped is None and meeting.closed_at is None


def _is_ahead(team: Team, meeting: Meeting, now: datetime) -> bool:
    return _stands(meeting) and now < meeting.starts(team.zone)


def _around(
    team: Team, meeting: Meeting, away: Sequence[TimeOff], now: datetime
) -> dict[MessageKind, datetime | None]:
    """When each of what is sent and drawn around a meeting is due; `away` are the days away of its
    manager."""
    zone = team.zone
    starts, ends = meeting.starts(zone), meeting.ends(zone)
    ahead = _is_ahead(team, meeting, now)
    out = starts - timedelta(minutes=meeting.lead)
    sent = {
        MessageKind.MEETING_DRAFT: _draft_due(team, meeting, away) if ahead else None,
        MessageKind.MEETING_AGENDA: out if ahead and not meeting.out_at else None,
        MessageKind.MEETING_SKILL: _skill_due(team, meeting) if ahead else None,
    }
    turns = (starts if now < starts else max(ends, now)) if _stands(meeting) else None
    return {
        **{kind: max(due, now) if due else None for kind, due in sent.items()},
        MessageKind.MEETING_TURN: turns,
    }


def _draft_due(team: Team, meeting: Meeting, away: Sequence[TimeOff]) -> datetime:
    alone = [off for off in away if off.stand_in_id is None]
    holidays = public_holidays.of_team(team.settings, meeting.day)
    zone = team.manager_zone
    out = meeting.starts(team.zone) - timedelta(minutes=meeting.lead)
    day = meeting.day
    while True:
        # A draft that comes after its agenda is no draft: a day earlier then.
        day = day_before(day, holidays=holidays, away=alone)
        due = instant(day, team.settings.todo_time, zone)
        if due < out:
            return due


def _skill_due(team: Team, meeting: Meeting) -> datetime | None:
    if meeting.leader is None:
        return None
    zone = team.zone_of(meeting.leader)
    return instant(meeting.day - SKILL_TOLD, team.settings.todo_time, zone)


def send_rest_of_week(tx: Transaction, team: Team, now: datetime) -> None:
    """Let the list of the rest of this week come at once, where working days are left."""
    zone = team.manager_zone
    today = local_date(now, zone)
    monday = week_of_list(today, team.settings)
    away = teams.time_off(tx, [team.manager.id])[team.manager.id]
    holidays = public_holidays.of_team(team.settings, monday)
    dues = dues_of_week(monday, team.settings, holidays, away)
    missed = any(instant(due.day, team.settings.todo_time, zone) <= now for due in dues)
    if missed and any(day >= today for day in working_days(monday, holidays)):
        set_due(tx, MessageKind.TODO_LIST, {ScheduleKey(team.id): now})


def next_turn(team: Team, now: datetime) -> datetime:
    """When a list that is posted turns to its next day: in the morning, Sundays left out."""
    zone = team.manager_zone
    day = local_date(now, zone) + timedelta(days=1)
    if day.weekday() == SUNDAY:
        day += timedelta(days=1)
    return instant(day, TURN_AT, zone)


def next_lists(tx: Transaction, due: Sequence[DueSchedule], now: datetime) -> list[Planned]:
    """Which lists those schedules mean as of `now`, and when each team's next one is due."""
    found = {team.id: team for team in teams.with_ids(tx, list({one.team_id for one in due}))}
    first = min(schedule.next_at for schedule in due).date() - LIST_LOOKS_BACK
    away = teams.time_off(tx, {team.manager.id for team in found.values()}, first)
    return [
        _lists(one, found[one.team_id], away[found[one.team_id].manager.id], now) for one in due
    ]


def turns_on(team: Team, latest: date | None, coming: datetime) -> bool:
    """Whether the latest list of a team, by its Monday, still turns at that instant: it does every
    morning of its week, and on the Saturday, when the week is over."""
    day = local_date(coming, team.manager_zone)
    return latest is not None and day < latest + timedelta(days=SUNDAY)


def zone_changed(tx: Transaction, person: Person, now: datetime) -> None:
    """Let the schedules of that person's teams follow a new zone in the Slack profile; `person` is
    as before.

    What is pending stays on its day, at the same time on the wall of the new zone; where that
    has passed already it is due at once, so that no week goes without. Nothing happens for
    someone who has no team.
    """
    _notes_follow(tx, person, now)
    team, before = teams.of_manager(tx, person.slack_id), person.zone
    due = next_at(tx, team.id, MessageKind.TODO_LIST) if team else None
    if team is None or due is None or due <= now:
        return
    day = local_date(due, zone_named(before, team.settings.zone))
    zone = team.manager_zone
    again = instant(day, team.settings.todo_time, zone)
    set_due(tx, MessageKind.TODO_LIST, {ScheduleKey(team.id): max(again, now)})


def _notes_follow(tx: Transaction, person: Person, now: datetime) -> None:
    """Notes before sessions that were not sent yet; one that was must not be sent again."""
    own = teams.of_manager(tx, person.slack_id)
    seats = teams.with_ids(tx, teams.ever_with(tx, person.id))
    for team, kind in [
        *([(own, MessageKind.SESSION_NOTE)] if own else []),
        *((team, MessageKind.SESSION_PREPARE) for team in seats),
    ]:
        waiting = items_due(tx, [team.id], kind)[team.id]
        for appointment in appointments.some(tx, waiting).values() if waiting else ():
            if own is team or appointment.rep.id == person.id:
                _follow_note(tx, team, appointment, kind, now)


def _lists(schedule: DueSchedule, team: Team, away: Sequence[TimeOff], now: datetime) -> Planned:
    dues = [schedule.next_at]
    while True:
        coming = todo_list_due(team.settings, team.manager.zone, away, dues[-1])
        if coming is None or coming > now:
            return Planned(team.id, schedule.kind, tuple(dues[-MOST_MISSED:]), coming)
        dues.append(coming)
