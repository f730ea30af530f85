"""What stands in somebody's calendar: sessions and field days, team meetings, account dates.

That and nothing else: no reason, focus or note, and nothing of how anybody does.
Source: RFC 5545; what stays one and the same there is told by UID, what is newer by SEQUENCE.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import takewhile
from typing import TypeAlias
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from bot.domain.accounts.dates import AccountDate
from bot.domain.appointments import SESSION_LASTS, Appointment
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.meetings.meetings import Meeting, days_of
from bot.domain.team.calendar import USUAL, WorkingCalendar, instant
from bot.domain.team.settings import OnHoliday, Series
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person

NAMES = {InteractionKind.SESSION: "Strategy session", InteractionKind.FIELD_DAY: "Field day"}

YEAR = timedelta(days=365)
"""So far back what was goes into a calendar, and so far ahead a series: public holidays that are
further away may still change."""

FIELD_DAY_ENDS = time(17)
"""Nobody says when a field day ends; it lasts an hour at least."""

OURS = UUID("6f1b4c0e-0f5e-4b5e-9d0a-7a3f5d2c8e11")
"""What all names in calendars are made with. Another, and each event would come a second time."""

When: TypeAlias = date | datetime


@dataclass(frozen=True)
class Weekly:
    """Every so many weeks on those weekdays (Monday is 0), a week beginning with `first_weekday`;
    the last is at `until`. Not at those times that are `left_out`."""

    weekdays: tuple[int, ...]
    every: int
    first_weekday: int
    until: datetime
    left_out: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class CalendarEntry:
    """One event. `uid` stays for good; `sequence` grows with each change of its time. From `start`
    to `end`, which is not in it: days where both are dates, else times in a zone. With `weekly` it
    is a series, and an entry with `stands_for` takes the place of that time of the series of the
    same uid. `rep` is the Slack id of whom it is with, None for what is of the whole team."""

    uid: str
    sequence: int
    title: str
    start: When
    end: When
    where: str = ""
    cancelled: bool = False
    weekly: Weekly | None = None
    stands_for: datetime | None = None
    rep: str | None = None


@dataclass(frozen=True)
class CalendarFacts:
    """What of one team may stand in calendars, of the last YEAR and ahead. `workspace` is its Slack
    id; `working` knows the holidays of the years from YEAR ago to YEAR ahead."""

    workspace: str
    team: Team
    appointments: tuple[Appointment, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    dates: tuple[AccountDate, ...] = ()
    working: WorkingCalendar = USUAL


def fingerprint(entries: Iterable[CalendarEntry]) -> str:
    """The same for what is the same, whenever it is written."""
    return sha256("\n".join(map(repr, entries)).encode()).hexdigest()[:32]


def of_manager(facts: CalendarFacts, now: datetime) -> tuple[CalendarEntry, ...]:
    """All of the team, as its manager has it."""
    return (
        *(appointment_entry(facts, one, now) for one in facts.appointments),
        *meeting_entries(facts, "Team meeting", now),
        *(date_entry(facts.workspace, one) for one in facts.dates),
    )


def of_rep(
    facts: CalendarFacts, rep: Person, joined_on: date, now: datetime
) -> tuple[CalendarEntry, ...]:
    """What is with that rep, and the meetings of the team since they joined it; `facts.dates` are
    those that the rep may read."""
    own = (one for one in facts.appointments if one.rep.id == rep.id)
    since = tuple(one for one in facts.meetings if one.planned_for >= joined_on)
    title = f"Team meeting with {facts.team.manager.name}"
    return (
        *(appointment_entry(facts, one, now, for_rep=True) for one in own),
        *meeting_entries(replace(facts, meetings=since), title, now),
        *(date_entry(facts.workspace, one) for one in facts.dates),
    )


def appointment_entry(
    facts: CalendarFacts, one: Appointment, now: datetime, *, for_rep: bool = False
) -> CalendarEntry:
    """A session or field day. One that was held on another day than it was planned for is not to be
    any more, and says so while it is ahead."""
    team = facts.team
    other = team.manager if for_rep else one.rep
    start, end = _times(one, team.manager_zone)
    return CalendarEntry(
        uid=_uid(facts.workspace, one.kind.value, one.id, one.made_on),
        sequence=one.sequence,
        title=f"{NAMES[one.kind]} with {other.name}",
        start=start,
        end=end,
        cancelled=one.dropped or (not one.stands and one.day > team.today(now)),
        rep=one.rep.slack_id,
    )


def _times(one: Appointment, zone: ZoneInfo) -> tuple[When, When]:
    if one.at is None:
        return one.day, one.day + timedelta(days=1)
    start = _on_wall(one.day, one.at, zone)
    end = _later(start, SESSION_LASTS)
    if one.kind is InteractionKind.FIELD_DAY:
        end = max(end, _on_wall(one.day, FIELD_DAY_ENDS, zone))
    return start, end


def date_entry(workspace: str, one: AccountDate) -> CalendarEntry:
    """What is on at an account, all day."""
    return CalendarEntry(
        uid=_uid(workspace, "account-date", one.id, one.what),
        sequence=one.sequence,
        title=f"{one.account}: {one.what}",
        start=one.day,
        end=one.day + timedelta(days=1),
    )


def meeting_entries(facts: CalendarFacts, title: str, now: datetime) -> Iterator[CalendarEntry]:
    """The series of a team, what takes the place of single times of it, and the meetings of series
    that it had before."""
    team, zone = facts.team, facts.team.meeting_zone
    rows = {one.planned_for: one for one in facts.meetings}
    uid = _uid(facts.workspace, "meetings", team.id)
    series, planned = team.settings.series, dict[date, date | None]()
    if series is not None:
        planned = _planned(facts, series, rows, now)
    if series is not None and planned:
        changed, left_out = [], []
        for day, moved_to in planned.items():
            stands_for = _on_wall(day, series.at, zone)
            row = rows.get(day)
            if row is not None:
                usual = (day, series.at, series.meeting.minutes, series.meeting.place)
                if row.dropped or (row.day, row.at, row.minutes, row.place) != usual:
                    entry = _met(row, title, uid, zone)
                    changed.append(
                        replace(
                            entry,
                            sequence=team.meeting_sequence + row.sequence,
                            stands_for=stands_for,
                        )
                    )
            elif moved_to is None:
                left_out.append(stands_for)
            elif moved_to != day:
                start = _on_wall(moved_to, series.at, zone)
                changed.append(
                    CalendarEntry(
                        uid,
                        team.meeting_sequence,
                        title,
                        start,
                        _later(start, timedelta(minutes=series.meeting.minutes)),
                        series.meeting.place,
                        stands_for=stands_for,
                    )
                )
        start = _on_wall(min(planned), series.at, zone)
        yield CalendarEntry(
            uid,
            team.meeting_sequence,
            title,
            start,
            _later(start, timedelta(minutes=series.meeting.minutes)),
            series.meeting.place,
            weekly=Weekly(
                tuple(sorted(series.weekdays, key=facts.working.place)),
                series.meeting.every,
                facts.working.first_weekday,
                instant(max(planned), series.at, zone),
                tuple(left_out),
            ),
        )
        yield from changed
    for day, row in rows.items():
        if day not in planned and row.dropped is None:
            yield _met(row, title, _uid(facts.workspace, "meeting", team.id, day), zone)


def _planned(
    facts: CalendarFacts, series: Series, rows: Mapping[date, Meeting], now: datetime
) -> dict[date, date | None]:
    """The days of the series by its rule, from the first meeting on that is known of it, each with
    the day that it is on; None where there is, or was, no meeting."""
    zone, today = facts.team.meeting_zone, facts.team.meeting_today(now)
    begins, last = today - YEAR, today + YEAR

    def until(series: Series) -> Iterator[tuple[date, date]]:
        days = days_of(series, facts.working, begins)
        return takewhile(lambda pair: pair[0] <= last, days)

    held = replace(series, meeting=replace(series.meeting, on_holiday=OnHoliday.HELD))
    by_rule = [day for day, _ in until(held)]
    on = dict(until(series))
    first = next(
        (
            day
            for day in by_rule
            if (day in rows and rows[day].planned_at == series.at)
            or (day in on and instant(on[day], series.at, zone) > now)
        ),
        None,
    )
    if first is None:
        return {}
    return {
        day: on[day] if day in on and instant(on[day], series.at, zone) > now else None
        for day in by_rule
        if day >= first
    }


def _met(row: Meeting, title: str, uid: str, zone: ZoneInfo) -> CalendarEntry:
    start = _on_wall(row.day, row.at, zone)
    return CalendarEntry(
        uid,
        row.sequence,
        title,
        start,
        _later(start, timedelta(minutes=row.minutes)),
        row.place,
        cancelled=row.dropped is not None,
    )


def _on_wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    return instant(day, at, zone).astimezone(zone)


def _later(start: datetime, lasts: timedelta) -> datetime:
    return (start.astimezone(UTC) + lasts).astimezone(start.tzinfo)


def _uid(workspace: str, *names: object) -> str:
    # Beside the id what is never changed of a row: an id may be used again once its row is gone.
    return f"{uuid5(OURS, '/'.join([workspace, *map(str, names)]))}@windshield"
