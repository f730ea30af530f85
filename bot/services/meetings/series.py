"""The series of a team's meetings: changed by its manager, and made into the meetings to come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Any

from bot.domain.delivery import MessageKind, Subject
from bot.domain.meetings.meetings import (
    AHEAD,
    MOST_MINUTES,
    MOST_SECTIONS,
    MOST_WEEKS,
    Dropped,
    Meeting,
    SectionEntry,
    SeriesEntry,
    days_of,
    next_leader,
)
from bot.domain.team.calendar import instant
from bot.domain.team.settings import SKILL, MeetingSettings, Section, Series
from bot.domain.team.teams import Team, by_team
from bot.domain.team.time_off import is_away
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.submissions import Made
from bot.services.meetings import schedule
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import own_team
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import meetings, swaps
from storage.team import absences, teams
from storage.workspaces import submissions

WEEK = timedelta(days=7)
FURTHEST = timedelta(days=366)


def agenda_subject(meeting_id: int) -> Subject:
    """What the message in the channel is about."""
    return Subject(MessageKind.MEETING_AGENDA, meeting_id)


def draft_subject(meeting_id: int) -> Subject:
    """What the draft in its manager's conversation is about."""
    return Subject(MessageKind.MEETING_DRAFT, meeting_id)


def skill_subject(meeting_id: int) -> Subject:
    """What the note to whoever leads one skill is about."""
    return Subject(MessageKind.MEETING_SKILL, meeting_id)


def swap_subject(meeting_id: int) -> Subject:
    """What the question whether a rep takes somebody's turn is about."""
    return Subject(MessageKind.MEETING_SWAP, meeting_id)


def done_subject(meeting_id: int) -> Subject:
    """What the question to its manager, what got done in it, is about."""
    return Subject(MessageKind.MEETING_DONE, meeting_id)


def changed(tx: Transaction, *meeting_ids: int) -> None:
    """What shows those meetings is to be drawn anew."""
    named = (agenda_subject, draft_subject, skill_subject, swap_subject, done_subject)
    if meeting_ids:
        messages.mark_stale(tx, {subject(one) for one in meeting_ids for subject in named})


def agenda_changed(tx: Transaction, team: Team, now: datetime) -> None:
    """What shows the next agendas of that team is to be drawn anew, and one that had nothing in it
    goes out after all."""
    coming = meetings.to_come(tx, [team.id])
    schedule.posts_after_all(tx, team, coming, now)
    changed(tx, *(meeting.id for meeting in coming))


def follow_series(tx: Transaction, team: Team, now: datetime) -> None:
    """Let the meetings to come of that team follow its series."""
    follow_all(tx, [team], now)


def follow_all(tx: Transaction, followed: Iterable[Team], now: datetime) -> None:
    """Let the meetings to come of each of those teams follow its series: the next one, and all in
    the days ahead. One whose agenda is out, or that was moved by hand, stays as it is."""
    found = {team.id: team for team in followed}
    if not found:
        return
    first = min(team.meeting_today(now) for team in found.values())
    there = by_team(meetings.planned_from(tx, list(found), first))
    plans = [_plan(team, there.get(team.id, ()), now) for team in found.values()]
    left_out = _take_back(tx, [pair for plan in plans for pair in plan.gone], now)
    meetings.change_each(tx, {one: says for plan in plans for one, says in plan.changed.items()})
    meetings.make(tx, [row for plan in plans for row in plan.new])
    coming = _with_leaders(tx, [team for team in found.values() if team.settings.series], now)
    schedule.follow_meetings(tx, [(found[one.team_id], one) for one in coming], now)
    changed(tx, *left_out, *(one.id for one in coming))


def end_all(tx: Transaction, team: Team, now: datetime) -> None:
    """The team was joined with another: none of its meetings is to be any more, what has begun is
    over, and nobody is asked to take a turn in one. Writes."""
    coming = meetings.to_come(tx, [team.id])
    zone = team.meeting_zone
    meetings.change(
        tx, *(one.id for one in coming if now < one.starts(zone)), dropped=Dropped.JOINED
    )
    meetings.change(tx, *(one.id for one in coming if one.starts(zone) <= now), closed_at=now)
    for one in coming:
        swaps.end(tx, one.id)
    changed(tx, *(one.id for one in coming))


@dataclass(frozen=True)
class _Plan:
    """What a series makes of the meetings that are there: those it does not have any more, what
    others are to say, by id, and the rows of new ones."""

    gone: list[tuple[Team, Meeting]]
    changed: dict[int, dict[str, Any]]
    new: list[dict[str, Any]]


def _plan(team: Team, planned: Iterable[Meeting], now: datetime) -> _Plan:
    zone, today = team.meeting_zone, team.meeting_today(now)
    standing = {one.planned_for: one for one in planned if one.planned_for >= today}
    wanted = dict(_coming(team, standing, now, today))
    gone = [
        (team, one)
        for planned_for, one in standing.items()
        if planned_for not in wanted and not _is_fixed(one) and one.starts(zone) > now
    ]
    plan = _Plan(gone, {}, [])
    series = team.settings.series
    if series is None:
        return plan
    meeting = series.meeting
    for planned_for, day in wanted.items():
        says: dict[str, Any] = {
            "planned_day": day,
            "planned_at": series.at,
            "day": day,
            "at": series.at,
            "minutes": meeting.minutes,
            "place": meeting.place,
            "lead": meeting.lead,
            "sections": meeting.sections,
        }
        one = standing.get(planned_for)
        if one is None:
            plan.new.append({"team_id": team.id, "planned_for": planned_for, **says})
        elif not _is_fixed(one) and any(getattr(one, name) != it for name, it in says.items()):
            # When its agenda goes out was said of what it was.
            plan.changed[one.id] = {**says, "posts_at": None}
    return plan


def _coming(
    team: Team, standing: Mapping[date, Meeting], now: datetime, today: date
) -> Iterable[tuple[date, date]]:
    """The planned day and the day of each meeting to be there now; `standing` are those that are
    there, by planned day. However far it is, there is one that was neither dropped nor moved: its
    turn makes the next."""
    series = team.settings.series
    if series is None:
        return
    zone = team.meeting_zone
    calendar = calendars.of_team(team.settings, today, today + AHEAD)
    found = days_of(series, calendar, today - WEEK)
    until = today + FURTHEST
    first = True
    for planned, day in takewhile(lambda pair: pair[0] <= until, found):
        if instant(day, series.at, zone) <= now:
            continue
        if not first and day > today + AHEAD:
            return
        there = standing.get(planned)
        first = first and there is not None and not _is_awaited(there)
        yield planned, day


def _is_awaited(meeting: Meeting) -> bool:
    return meeting.dropped is None and meeting.closed_at is None and not meeting.is_moved


def _is_fixed(meeting: Meeting) -> bool:
    return (
        meeting.out_at is not None
        or meeting.dropped is not None
        or meeting.closed_at is not None
        or meeting.is_moved
    )


def _take_back(tx: Transaction, gone: Sequence[tuple[Team, Meeting]], now: datetime) -> list[int]:
    """Meetings that the series does not have any more: those nobody has heard of are no more, the
    others are dropped; their ids."""
    if not gone:
        return []
    named = (draft_subject, skill_subject, swap_subject)
    names = {one.id: {subject(one.id) for subject in named} for _, one in gone}
    told = {subject for subject, _ in messages.readers_of(tx, set().union(*names.values()))}
    dropped = [(team, replace(one, dropped=Dropped.SKIPPED)) for team, one in gone]
    schedule.follow_meetings(tx, dropped, now)
    # What was ticked or promised in one, before it began, is kept with it.
    heard_of = [one.id for _, one in gone if one.ticked or told & names[one.id]]
    if heard_of:
        meetings.change(tx, *heard_of, dropped=Dropped.SKIPPED)
    if len(heard_of) < len(names):
        unheard_of = sorted(names.keys() - set(heard_of))
        swaps.remove(tx, unheard_of)
        meetings.remove(tx, unheard_of)
    return heard_of


def _with_leaders(tx: Transaction, found: Sequence[Team], now: datetime) -> list[Meeting]:
    """The meetings to come of those teams, each with who leads one skill in it: reps take turns;
    who has left or is away that day does not."""
    today = {team.id: team.meeting_today(now) for team in found}
    coming = meetings.to_come(tx, list(today)) if today else []
    if not coming:
        return []
    first = min(today.values())
    # Nobody is to lead what was on days ago, however much of that waits to be closed.
    ahead = [one for one in coming if one.day >= today[one.team_id]]
    members = by_team(teams.members_of(tx, list(today), first))
    away = absences.of_members(tx, list(today), first)
    led = meetings.led(tx, list(today), first)
    given: dict[int, Person | None] = {}
    for meeting in ahead:
        has_skill = any(section.key == SKILL for section in meeting.sections)
        turns = led.setdefault(meeting.team_id, {})
        there = [
            member.rep
            for member in members.get(meeting.team_id, ())
            if member.is_on(meeting.day)
            and (member.left_on is None or member.left_on > today[meeting.team_id])
            and not is_away(meeting.day, away.get((meeting.team_id, member.rep.id), ()))
        ]
        if not has_skill:
            leader = None
        elif meeting.leader is not None and meeting.leader.id in {rep.id for rep in there}:
            continue
        else:
            leader = next_leader(there, turns)
        if leader is not None:
            turns[leader.id] = meeting.day
        if (leader and leader.id) != (meeting.leader and meeting.leader.id):
            given[meeting.id] = leader
    meetings.change_each(
        tx, {one: {"leader_id": leader and leader.id} for one, leader in given.items()}
    )
    return [replace(one, leader=given.get(one.id, one.leader)) for one in coming]


def zone_changed(tx: Transaction, manager: str, now: datetime) -> None:
    """A manager, by Slack id, is in another zone: a team without one of its own meets by it."""
    team = teams.of_manager(tx, manager)
    if team is not None:
        if team.settings.zone is None:
            teams.count_series(tx, team.id)
        follow_series(tx, team, now)


def change_series(database: Database, actor: Actor, entry: SeriesEntry, now: datetime) -> None:
    """Let the team meet so from now on; a new rhythm of weeks begins with the next meeting there
    can be.

    Raises NoTeam, and BadField where a value makes no sense.
    """
    if bool(entry.weekdays) != (entry.at is not None):
        raise BadField("at", FieldError.HALF_A_MEETING)
    if not 1 <= entry.minutes <= MOST_MINUTES:
        raise BadField("minutes", FieldError.SENSELESS_LENGTH)
    if not 1 <= entry.every <= MOST_WEEKS:
        raise BadField("every", FieldError.SENSELESS_WEEKS)
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        before = team.settings.meeting
        begins = before.starts_on
        if entry.every != before.every and entry.at is not None:
            day = _next_day(team, entry.weekdays, entry.at, now)
            begins = calendars.of_team(team.settings, day).week_of(day)
        meeting = MeetingSettings(
            every=entry.every,
            starts_on=begins,
            minutes=entry.minutes,
            place=entry.place,
            on_holiday=entry.on_holiday,
            lead=entry.lead,
            sections=before.sections,
        )
        settings = replace(
            team.settings,
            channel=entry.channel,
            meeting_days=entry.weekdays,
            meeting_time=entry.at,
            meeting=meeting,
        )
        _save(tx, replace(team, settings=settings), now)


def _next_day(team: Team, weekdays: tuple[int, ...], at: time, now: datetime) -> date:
    """The next of those weekdays on which a meeting at that time is still to start."""
    zone = team.meeting_zone
    today = team.meeting_today(now)
    calendar = calendars.of_team(team.settings, today).without_holidays()
    days = (day for _, day in days_of(Series(weekdays, at), calendar, today))
    return next(day for day in days if instant(day, at, zone) > now)


def _save(tx: Transaction, team: Team, now: datetime) -> Team:
    teams.change(tx, team.id, team.settings)
    follow_series(tx, team, now)
    return team


def sections(database: Database, actor: Actor) -> Team:
    """The team, for its sections. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        return own_team(tx, actor)


def save_section(
    database: Database, actor: Actor, key: str, entry: SectionEntry, form: str, now: datetime
) -> Team:
    """Change the section of that key, or add one where it is ""; the same form sent again changes
    the one that it added.

    Raises NoTeam, Gone, and BadField for a title that is there or missing, senseless minutes, or
    more sections than a message has room for.
    """
    if not entry.title:
        raise BadField("title", FieldError.MISSING)
    if not 1 <= entry.minutes <= MOST_MINUTES:
        raise BadField("minutes", FieldError.SENSELESS_LENGTH)
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        sent = submissions.claim(tx, form, Made.SECTION, team.manager.id, team.id)
        # Whoever waited for the same form finds what it saved meanwhile.
        team = own_team(tx, actor)
        known = list(team.settings.meeting.sections)
        if not key and any(one.key in sent.made for one in known):
            key = sent.made[0]
        same = fold(entry.title)
        if any(fold(one.title) == same and one.key != key for one in known):
            raise BadField("title", FieldError.TOPIC_THERE)
        if not key:
            if len(known) >= MOST_SECTIONS:
                raise BadField("title", FieldError.TOO_MANY_SECTIONS)
            number = 1 + max((_number(one.key) for one in known), default=0)
            known.append(Section(f"own{number}", entry.title, entry.minutes, entry.direction))
            submissions.keep(tx, sent, known[-1].key)
        else:
            at = _place_of(known, key)
            known[at] = replace(known[at], **vars(entry))
        return _save_sections(tx, team, known, now)


def move_section(database: Database, actor: Actor, key: str, steps: int, now: datetime) -> Team:
    """Let it come earlier or later. Raises NoTeam and Gone."""
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        known = list(team.settings.meeting.sections)
        at = _place_of(known, key)
        known.insert(min(max(0, at + steps), len(known) - 1), known.pop(at))
        return _save_sections(tx, team, known, now)


def remove_section(database: Database, actor: Actor, key: str, now: datetime) -> Team:
    """Take it off; what is kept for it goes to the last one. Raises NoTeam, Gone, and BadField for
    the only one."""
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        known = list(team.settings.meeting.sections)
        at = _place_of(known, key)
        if len(known) == 1:
            raise BadField("title", FieldError.LAST_SECTION)
        known.pop(at)
        return _save_sections(tx, team, known, now)


def _place_of(known: Sequence[Section], key: str) -> int:
    found = next((at for at, one in enumerate(known) if one.key == key), None)
    if found is None:
        raise Gone
    return found


def _number(key: str) -> int:
    digits = key.removeprefix("own")
    return int(digits) if key.startswith("own") and digits.isdecimal() else 0


def _save_sections(tx: Transaction, team: Team, known: Sequence[Section], now: datetime) -> Team:
    meeting = replace(team.settings.meeting, sections=tuple(known))
    return _save(tx, replace(team, settings=replace(team.settings, meeting=meeting)), now)
