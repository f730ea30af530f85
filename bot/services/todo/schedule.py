"""When a team's list is due, and when it turns to its next day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.domain.delivery import DueSchedule, MessageKind, Planned, ScheduleKey
from bot.domain.team.calendar import RESTS, WAKES, WEEK, WorkingCalendar, instant, local_date
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team, TimeOff
from bot.domain.todo.lists import dues_of_week, week_of_list
from bot.domain.workspaces.people import Person, zone_named
from bot.services.delivery.schedules import next_at, set_all_due, set_due
from bot.services.workspaces import calendars
from bot.services.workspaces.absence import managers_days_off, managers_own_days_off
from storage.database.transaction import Transaction
from storage.team import teams

WEEKS_AHEAD = 260
"""How far a next list is looked for; a manager who is away for longer has none planned."""

MOST_MISSED = 120
"""Lists missed that are written down one by one: more than two years of them."""

LIST_LOOKS_BACK = timedelta(days=21)
"""How far before it was due the first day may be that says when a list comes: it may be on the
Friday before its week, and the week before that one is looked at too."""

USUAL_MORNING = time(8)
"""When the line with today's names comes where the list itself comes at night."""

ROLLS_OVER_AT = time(6)
"""When a posted list turns to its new day: before anyone looks."""


def list_due(
    settings: TeamSettings, manager_zone: str | None, away: Sequence[TimeOff], after: datetime
) -> datetime | None:
    """When the next to-do list after that instant is due: in the manager's own zone.

    None where the manager is away for as far as can be seen, without a stand-in.
    """
    zone = zone_named(manager_zone, settings.zone)
    day = local_date(after, zone)
    first = calendars.of_team(settings, day).week_of(day) - WEEK
    for week in range(WEEKS_AHEAD):
        monday = first + WEEK * week
        for due in dues_of_week(monday, settings, calendars.of_team(settings, monday), away):
            at = instant(due.day, settings.todo_time, zone)
            if at > after:
                return at
    return None


def follow_team(tx: Transaction, team: Team, now: datetime) -> None:
    """Let the team's schedules follow its settings and its manager's days away."""
    away = managers_own_days_off(tx, team, now)
    due = list_due(team.settings, team.manager.zone, away, now)
    key = ScheduleKey(team.id)
    set_all_due(
        tx,
        {
            MessageKind.TODO_LIST: {key: due},
            MessageKind.TODO_MORNING: {key: morning_due(team, now)},
        },
    )


def morning_due(team: Team, after: datetime) -> datetime | None:
    """When the next line with today's names is due after that instant, on the manager's clock: on
    working days, at the time of the list, or in the morning where that is at night. None for who
    does not want it."""
    settings, zone = team.settings, team.manager_zone
    if not settings.morning_line:
        return None
    at = settings.todo_time if WAKES <= settings.todo_time < RESTS else USUAL_MORNING
    today = local_date(after, zone)
    days = calendars.of_team(settings, today).days_from(today)
    return next(due for day in days if (due := instant(day, at, zone)) > after)


def next_mornings(tx: Transaction, due: Sequence[DueSchedule], now: datetime) -> list[Planned]:
    """Which of those lines are meant as of `now`, the last one of each team, and when each team's
    next one is due: what was for a morning that has passed is none any more."""
    found = {team.id: team for team in teams.get_many(tx, list({one.team_id for one in due}))}
    return [_morning(one, found[one.team_id], now) for one in due]


def send_rest_of_week(tx: Transaction, team: Team, now: datetime) -> None:
    """Let the list of the rest of this week come at once, where working days are left."""
    zone = team.manager_zone
    today = local_date(now, zone)
    calendar = calendars.of_team(team.settings, today)
    monday = week_of_list(today, team.settings, calendar)
    away = managers_own_days_off(tx, team, now)
    dues = dues_of_week(monday, team.settings, calendar, away)
    missed = any(instant(due.day, team.settings.todo_time, zone) <= now for due in dues)
    if missed and any(day >= today for day in calendar.working_days(monday)):
        set_due(tx, MessageKind.TODO_LIST, {ScheduleKey(team.id): now})


def next_roll_over(team: Team, now: datetime) -> datetime:
    """When a list that is posted turns to its next day: each morning of its working week and the
    one after, when it is over."""
    zone = team.manager_zone
    day = local_date(now, zone) + timedelta(days=1)
    calendar = calendars.of_team(team.settings, day)
    while day > _over_on(calendar, calendar.week_of(day)):
        day += timedelta(days=1)
    return instant(day, ROLLS_OVER_AT, zone)


def next_lists(tx: Transaction, due: Sequence[DueSchedule], now: datetime) -> list[Planned]:
    """Which lists those schedules mean as of `now`, and when each team's next one is due."""
    found = {team.id: team for team in teams.get_many(tx, list({one.team_id for one in due}))}
    first = min(schedule.next_at for schedule in due).date() - LIST_LOOKS_BACK
    away = managers_days_off(tx, list(found.values()), first, now)
    return [_lists(one, found[one.team_id], away[one.team_id], now) for one in due]


def rolls_over_at(team: Team, latest: date | None, coming: datetime) -> bool:
    """Whether the latest list of a team, by its Monday, still turns at that instant: it does every
    morning of its week, and on the first of the weekend, when the week is over."""
    day = local_date(coming, team.manager_zone)
    return latest is not None and day <= _over_on(calendars.of_team(team.settings, day), latest)


def _over_on(calendar: WorkingCalendar, monday: date) -> date:
    """The day after the working days of that week."""
    return calendar.span(monday)[1] + timedelta(days=1)


def zone_changed(tx: Transaction, person: Person, now: datetime) -> None:
    """Let the list of that manager's team follow a new zone in the Slack profile; `person` is as
    before.

    What is pending stays on its day, at the same time on the wall of the new zone; where that
    has passed already it is due at once, so that no week goes without. Nothing happens for
    someone who has no team.
    """
    team, before = teams.of_manager(tx, person.slack_id), person.zone
    if team is not None and team.settings.morning_line:
        coming = {ScheduleKey(team.id): morning_due(team, now)}
        set_due(tx, MessageKind.TODO_MORNING, coming)
    due = next_at(tx, team.id, MessageKind.TODO_LIST) if team else None
    if team is None or due is None or due <= now:
        return
    day = local_date(due, zone_named(before, team.settings.zone))
    zone = team.manager_zone
    again = instant(day, team.settings.todo_time, zone)
    set_due(tx, MessageKind.TODO_LIST, {ScheduleKey(team.id): max(again, now)})


def _morning(schedule: DueSchedule, team: Team, now: datetime) -> Planned:
    last, coming = schedule.next_at, morning_due(team, schedule.next_at)
    while coming is not None and coming <= now:
        last, coming = coming, morning_due(team, coming)
    return Planned(team.id, schedule.kind, (last,), coming)


def _lists(schedule: DueSchedule, team: Team, away: Sequence[TimeOff], now: datetime) -> Planned:
    dues = [schedule.next_at]
    while True:
        coming = list_due(team.settings, team.manager.zone, away, dues[-1])
        if coming is None or coming > now:
            return Planned(team.id, schedule.kind, tuple(dues[-MOST_MISSED:]), coming)
        dues.append(coming)
