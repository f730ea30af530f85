"""Team meetings: the series becomes meetings, each is moved, dropped, held, and closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile

from bot.domain.agenda import Agenda, Role
from bot.domain.calendar import local_date, monday_of
from bot.domain.deliveries import Claimed, DeliveryState, Place, ScheduleKind
from bot.domain.meetings import (
    AHEAD,
    MOST_MINUTES,
    MOST_SECTIONS,
    MOST_WEEKS,
    SKILL,
    Dropped,
    Meeting,
    Said,
    Section,
    SectionEntry,
    Series,
    Terms,
    days_of,
    next_leader,
)
from bot.domain.people import Actor, Person, zone_named
from bot.domain.refusals import BadField, Flaw, Gone, NotYours
from bot.domain.teams import Team
from bot.domain.time_off import is_away
from bot.services import public_holidays, schedules
from bot.services.authority import meeting_role, own_team
from storage import agenda, deliveries, meetings, messages, people, teams
from storage.engine import Database, Transaction

WEEK = timedelta(days=7)
FURTHEST = timedelta(days=366)
DRAFT = "meeting_draft"


def agenda_subject(meeting_id: int) -> str:
    """What the message in the channel is about."""
    return f"meeting:{meeting_id}"


def draft_subject(meeting_id: int) -> str:
    """What the draft in its manager's conversation is about."""
    return f"{DRAFT}:{meeting_id}"


def skill_subject(meeting_id: int) -> str:
    """What the note to whoever leads one skill is about."""
    return f"meeting_skill:{meeting_id}"


def changed(tx: Transaction, *meeting_ids: int) -> None:
    """What shows those meetings is to be drawn anew."""
    named = (agenda_subject, draft_subject, skill_subject)
    messages.want(tx, {subject(one) for one in meeting_ids for subject in named})


def agenda_changed(tx: Transaction, team_id: int) -> None:
    """What shows the next agendas of that team is to be drawn anew."""
    changed(tx, *(meeting.id for meeting in meetings.to_come(tx, [team_id])))


def team_today(team: Team, now: datetime) -> date:
    """The date on the wall of the team's zone: meetings go by it."""
    return local_date(now, zone_named(team.zone_name))


def follow_series(tx: Transaction, team: Team, now: datetime) -> None:
    """Let the meetings to come follow the series: the next one, and all in the days ahead. One
    whose agenda is out, or that was moved by hand, stays as it is."""
    zone, today = zone_named(team.zone_name), team_today(team, now)
    standing = {one.planned_for: one for one in meetings.planned_from(tx, team.id, today)}
    wanted = dict(_coming(team, standing, now, today))
    gone = [
        one
        for planned, one in standing.items()
        if planned not in wanted and not _is_fixed(one) and one.starts(zone) > now
    ]
    _take_back(tx, team, gone, now)
    series = team.settings.series
    if series is None:
        return
    terms = series.terms
    again = {"at": series.at, "planned_at": series.at, "minutes": terms.minutes}
    again |= {"place": terms.place, "lead": terms.lead, "sections": terms.sections}
    for planned, day in wanted.items():
        one = standing.get(planned)
        if one is not None and not _is_fixed(one):
            meetings.change(tx, one.id, day=day, planned_day=day, **again)
    new = [(planned, day) for planned, day in wanted.items() if planned not in standing]
    meetings.make(
        tx,
        [
            {"team_id": team.id, "planned_for": planned, "planned_day": day, "day": day, **again}
            for planned, day in new
        ],
    )
    _give_leaders(tx, team, now)
    for meeting in meetings.to_come(tx, [team.id]):
        schedules.follow_meeting(tx, team, meeting, now)
    agenda_changed(tx, team.id)


def _coming(
    team: Team, standing: Mapping[date, Meeting], now: datetime, today: date
) -> Iterable[tuple[date, date]]:
    """The planned day and the day of each meeting to be there now; `standing` are those that are
    there, by planned day. However far it is, there is one that was neither dropped nor moved: its
    turn makes the next."""
    series = team.settings.series
    if series is None:
        return
    zone = zone_named(team.zone_name)
    holidays = public_holidays.of_team(team.settings, today, today + AHEAD)
    found = days_of(series, holidays, today - WEEK)
    until = today + FURTHEST
    first = True
    for planned, day in takewhile(lambda pair: pair[0] <= until, found):
        if schedules.meeting_start(day, series.at, zone) <= now:
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


def _take_back(tx: Transaction, team: Team, gone: Sequence[Meeting], now: datetime) -> None:
    """Meetings that the series does not have any more: those nobody has heard of are no more, the
    others say so."""
    told = {
        subject
        for subject, _ in messages.readers_of(
            tx, {name(one.id) for one in gone for name in (draft_subject, skill_subject)}
        )
    }
    for one in gone:
        dropped = replace(one, dropped=Dropped.SKIPPED)
        schedules.follow_meeting(tx, team, dropped, now)
        if told & {draft_subject(one.id), skill_subject(one.id)}:
            meetings.change(tx, one.id, dropped=Dropped.SKIPPED)
            changed(tx, one.id)
        else:
            meetings.remove(tx, [one.id])


def _give_leaders(tx: Transaction, team: Team, now: datetime) -> None:
    """Reps take turns to lead one skill; who has left or is away that day does not."""
    coming = meetings.to_come(tx, [team.id])
    members = teams.members(tx, team.id, on=team_today(team, now))
    away = teams.time_off(tx, [member.rep.id for member in members])
    led = meetings.led(tx, team.id)
    for meeting in coming:
        has_skill = any(section.key == SKILL for section in meeting.sections)
        there = [
            member.rep
            for member in members
            if member.is_on(meeting.day) and not is_away(meeting.day, away[member.rep.id])
        ]
        if not has_skill:
            leader = None
        elif meeting.leader is not None and meeting.leader.id in {rep.id for rep in there}:
            continue
        else:
            leader = next_leader(there, led)
        if leader is not None:
            led[leader.id] = meeting.day
        if (leader and leader.id) != (meeting.leader and meeting.leader.id):
            meetings.change(tx, meeting.id, leader_id=leader.id if leader else None)


def zone_changed(tx: Transaction, manager: str, now: datetime) -> None:
    """A manager, by Slack id, is in another zone: a team without one of its own meets by it."""
    team = teams.of_manager(tx, manager)
    if team is not None:
        follow_series(tx, team, now)


def turn(tx: Transaction, team_ids: Sequence[int], now: datetime) -> None:
    """A meeting of those teams begins, or is over: what shows it says so, and what was not done
    goes on to the next."""
    for team in teams.with_ids(tx, team_ids):
        zone = zone_named(team.zone_name)
        for meeting in meetings.to_come(tx, [team.id]):
            if meeting.starts(zone) <= now:
                changed(tx, meeting.id)
            if meeting.ends(zone) <= now:
                _close(tx, team, meeting, now)
        follow_series(tx, team, now)


def _close(tx: Transaction, team: Team, meeting: Meeting, now: datetime) -> None:
    if meeting.out_at is not None:
        _carry(tx, team, meeting, now)
    meetings.change(tx, meeting.id, closed_at=now)
    if meeting.ticked:
        schedules.recap_now(tx, team, meeting.id, now)


def _carry(tx: Transaction, team: Team, meeting: Meeting, now: datetime) -> None:
    shown = agenda_of(tx, team, meeting, now).shown()
    meetings.carry(tx, meeting.id, [item.id for item in shown if item.done_in is None])


def agenda_of(tx: Transaction, team: Team, meeting: Meeting, now: datetime) -> Agenda:
    """A meeting and what is on it."""
    today, zone = team_today(team, now), zone_named(team.zone_name)
    done = agenda.done_in(tx, [meeting.id])
    carried: set[int] = set()
    if meeting.closed_at is not None or meeting.dropped is not None:
        left = agenda.carried_from(tx, [meeting.id]).get(meeting.id, [])
        carried = {item.id for item in left}
    else:
        left = [item for item in agenda.open_items(tx, team.id) if item.rep is None]
    items = {item.id: item for item in [*done, *left]}
    made = meetings.promises_of(tx, [meeting.id])
    own = {promise.id for promise in made}
    return Agenda(
        team=team,
        meeting=meeting,
        phase=meeting.phase(zone, now),
        starts_at=meeting.starts(zone),
        items=tuple(sorted(items.values(), key=lambda item: (item.place, item.id))),
        reps=tuple(_reps(tx, team, today)),
        everyone=tuple(everyone(tx, team)),
        today=today,
        carried=frozenset(carried),
        promises=tuple(made),
        standing=tuple(p for p in meetings.open_promises(tx, team.id) if p.id not in own),
    )


def everyone(tx: Transaction, team: Team) -> list[Person]:
    """Whoever was ever a rep of that team: an item about one who left stays out of sight."""
    return list({one.rep.id: one.rep for one in teams.members(tx, team.id)}.values())


def _reps(tx: Transaction, team: Team, today: date) -> list[Person]:
    return [one.rep for one in teams.members(tx, team.id, on=today) if one.is_on(today)]


def one(database: Database, actor: Actor, meeting_id: int, now: datetime) -> Agenda:
    """A meeting, for whoever leads it. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, meeting = led_by(tx, actor, meeting_id, now)
        return agenda_of(tx, team, meeting, now)


def change_series(
    database: Database,
    actor: Actor,
    channel: str | None,
    weekdays: tuple[int, ...],
    at: time | None,
    terms: Terms,
    now: datetime,
) -> Team:
    """Let the team meet so from now on; a new rhythm of weeks is counted from this one.

    Raises NoTeam, and BadField where a value makes no sense.
    """
    if bool(weekdays) != (at is not None):
        raise BadField("at", Flaw.HALF_A_MEETING)
    if not 1 <= terms.minutes <= MOST_MINUTES:
        raise BadField("minutes", Flaw.SENSELESS_LENGTH)
    if not 1 <= terms.every <= MOST_WEEKS:
        raise BadField("every", Flaw.SENSELESS_WEEKS)
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        before = team.settings.meeting
        starts_on = before.starts_on
        if terms.every != before.every and at is not None:
            # The rhythm begins with the next meeting there can be.
            weekly = Series(weekdays, at, replace(terms, every=1))
            zone, today = zone_named(team.zone_name), team_today(team, now)
            starts_on = monday_of(
                next(
                    day
                    for _, day in days_of(weekly, frozenset(), today)
                    if schedules.meeting_start(day, at, zone) > now
                )
            )
        terms = replace(terms, starts_on=starts_on, sections=before.sections)
        settings = replace(
            team.settings, channel=channel, meeting_days=weekdays, meeting_time=at, meeting=terms
        )
        return _keep(tx, replace(team, settings=settings), now)


def _keep(tx: Transaction, team: Team, now: datetime) -> Team:
    teams.change(tx, team.id, team.settings)
    follow_series(tx, team, now)
    return team


def sections(database: Database, actor: Actor) -> Team:
    """The team, for its sections. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        return own_team(tx, actor)


def save_section(
    database: Database, actor: Actor, key: str, entry: SectionEntry, now: datetime
) -> Team:
    """Change the section of that key, or add one where it is "".

    Raises NoTeam, Gone, and BadField for a title that is there or missing, senseless minutes, or
    more sections than a message has room for.
    """
    if not entry.title:
        raise BadField("title", Flaw.MISSING)
    if not 1 <= entry.minutes <= MOST_MINUTES:
        raise BadField("minutes", Flaw.SENSELESS_LENGTH)
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        known = list(team.settings.meeting.sections)
        same = entry.title.casefold()
        if any(one.title.casefold() == same and one.key != key for one in known):
            raise BadField("title", Flaw.TOPIC_THERE)
        if not key:
            if len(known) >= MOST_SECTIONS:
                raise BadField("title", Flaw.TOO_MANY_SECTIONS)
            number = 1 + max((_number(one.key) for one in known), default=0)
            known.append(Section(f"own{number}", entry.title, entry.minutes, entry.direction))
        else:
            at = _place_of(known, key)
            known[at] = replace(known[at], **vars(entry))
        return _keep_sections(tx, team, known, now)


def move_section(database: Database, actor: Actor, key: str, steps: int, now: datetime) -> Team:
    """Let it come earlier or later. Raises NoTeam and Gone."""
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        known = list(team.settings.meeting.sections)
        at = _place_of(known, key)
        known.insert(min(max(0, at + steps), len(known) - 1), known.pop(at))
        return _keep_sections(tx, team, known, now)


def remove_section(database: Database, actor: Actor, key: str, now: datetime) -> Team:
    """Take it off; what is kept for it goes to the last one. Raises NoTeam, Gone, and BadField for
    the only one."""
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        known = list(team.settings.meeting.sections)
        at = _place_of(known, key)
        if len(known) == 1:
            raise BadField("title", Flaw.LAST_SECTION)
        known.pop(at)
        return _keep_sections(tx, team, known, now)


def _place_of(known: Sequence[Section], key: str) -> int:
    found = next((at for at, one in enumerate(known) if one.key == key), None)
    if found is None:
        raise Gone
    return found


def _number(key: str) -> int:
    digits = key.removeprefix("own")
    return int(digits) if key.startswith("own") and digits.isdecimal() else 0


def _keep_sections(tx: Transaction, team: Team, known: Sequence[Section], now: datetime) -> Team:
    terms = replace(team.settings.meeting, sections=tuple(known))
    return _keep(tx, replace(team, settings=replace(team.settings, meeting=terms)), now)


def move(
    database: Database, actor: Actor, meeting_id: int, day: date, at: time, now: datetime
) -> Agenda:
    """Let one meeting be then; what is on it goes along.

    Raises Gone, NotYours, and BadField for a time that is over or too far ahead.
    """
    with database.writing(actor.workspace_id) as tx:
        team, meeting = _to_come(tx, actor, meeting_id, now)
        today = team_today(team, now)
        if schedules.meeting_start(day, at, zone_named(team.zone_name)) <= now:
            raise BadField("day", Flaw.PAST_DAY)
        if day > today + FURTHEST:
            raise BadField("day", Flaw.TOO_FAR_AHEAD)
        meetings.change(tx, meeting.id, day=day, at=at)
        return _changed(tx, team, meeting.id, now)


def drop(database: Database, actor: Actor, meeting_id: int, how: Dropped, now: datetime) -> Agenda:
    """It is not to be; what is on it goes on to the next. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = _to_come(tx, actor, meeting_id, now)
        if how is Dropped.CANCELLED and meeting.out_at is not None:
            _carry(tx, team, meeting, now)
        meetings.change(tx, meeting.id, dropped=how)
        return _changed(tx, team, meeting.id, now)


def hold_after_all(database: Database, actor: Actor, meeting_id: int, now: datetime) -> Agenda:
    """A meeting that was dropped is to be. Raises Gone, also once its time is over, and
    NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = led_by(tx, actor, meeting_id, now)
        if meeting.dropped is None or meeting.starts(zone_named(team.zone_name)) <= now:
            raise Gone
        meetings.change(tx, meeting.id, dropped=None)
        meetings.carry_none(tx, meeting.id)
        held = _changed(tx, team, meeting.id, now)
        if held.meeting.id not in {one.id for one in meetings.to_come(tx, [team.id])}:
            # The series does not have it any more.
            raise Gone
        return held


def say(database: Database, actor: Actor, meeting_id: int, said: Said, now: datetime) -> Agenda:
    """What became of a meeting where nothing was ticked. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = led_by(tx, actor, meeting_id, now)
        if meeting.closed_at is None:
            raise Gone
        meetings.change(tx, meeting.id, said=said)
        if said is Said.NOT_HELD:
            meetings.carry_none(tx, meeting.id)
        if said is not Said.NOT_HELD and meeting.out_at is not None and not meeting.was_held:
            schedules.recap_now(tx, team, meeting.id, now)
        return _changed(tx, team, meeting.id, now)


def swap(database: Database, actor: Actor, meeting_id: int, rep: str, now: datetime) -> Agenda:
    """Let another rep, by Slack id, lead one skill: said by who was to, or by whoever leads the
    meeting. Raises Gone, NotYours, and BadField for someone who is not on the team."""
    with database.writing(actor.workspace_id) as tx:
        meeting = meetings.some(tx, [meeting_id]).get(meeting_id)
        team = teams.with_id(tx, meeting.team_id) if meeting else None
        if meeting is None or team is None or meeting.dropped or meeting.closed_at:
            raise Gone
        leads = meeting.leader is not None and meeting.leader.slack_id == actor.slack_id
        if not leads and not meeting_role(tx, actor, team, now).leads:
            raise NotYours(team.manager.name)
        there = {person.slack_id: person for person in _reps(tx, team, meeting.day)}
        if rep not in there:
            raise BadField("rep", Flaw.MISSING)
        if is_away(meeting.day, teams.time_off(tx, [there[rep].id])[there[rep].id]):
            raise BadField("rep", Flaw.AWAY_THAT_DAY)
        meetings.change(tx, meeting.id, leader_id=there[rep].id)
        return _changed(tx, team, meeting.id, now)


def to_swap(database: Database, actor: Actor, meeting_id: int, now: datetime) -> Agenda:
    """A meeting, for who is to lead one skill in it. Raises Gone."""
    with database.reading(actor.workspace_id) as tx:
        meeting = meetings.some(tx, [meeting_id]).get(meeting_id)
        team = teams.with_id(tx, meeting.team_id) if meeting else None
        if meeting is None or team is None or meeting.dropped or meeting.closed_at:
            raise Gone
        meeting_role(tx, actor, team, now)
        return agenda_of(tx, team, meeting, now)


def led_by(tx: Transaction, actor: Actor, meeting_id: int, now: datetime) -> tuple[Team, Meeting]:
    """A meeting that who acts leads: its manager, or who stands in. Raises Gone and NotYours."""
    team, meeting, role = attended(tx, actor, meeting_id, now)
    if not role.leads:
        raise NotYours(team.manager.name)
    return team, meeting


def attended(
    tx: Transaction, actor: Actor, meeting_id: int, now: datetime
) -> tuple[Team, Meeting, Role]:
    """A meeting of a team that who acts is on. Raises Gone and NotYours."""
    meeting = meetings.some(tx, [meeting_id]).get(meeting_id)
    team = teams.with_id(tx, meeting.team_id) if meeting else None
    if meeting is None or team is None:
        raise Gone
    return team, meeting, meeting_role(tx, actor, team, now)


def _to_come(tx: Transaction, actor: Actor, meeting_id: int, now: datetime) -> tuple[Team, Meeting]:
    team, meeting = led_by(tx, actor, meeting_id, now)
    if meeting.dropped is not None or meeting.ends(zone_named(team.zone_name)) <= now:
        raise Gone
    return team, meeting


def _changed(tx: Transaction, team: Team, meeting_id: int, now: datetime) -> Agenda:
    follow_series(tx, team, now)
    meeting = meetings.some(tx, [meeting_id])[meeting_id]
    schedules.follow_meeting(tx, team, meeting, now)
    changed(tx, meeting_id)
    return agenda_of(tx, team, meeting, now)


def agenda_missing(tx: Transaction, delivery: Claimed, state: DeliveryState, now: datetime) -> None:
    """The agenda could not be posted, or nobody knows whether it is there: its manager is asked."""
    if state is DeliveryState.FAILED:
        meetings.change(tx, delivery.item, out_at=None)
    messages.schedule(tx, delivery.team_id, ScheduleKind.MEETING_ASK, now, delivery.item)
    changed(tx, delivery.item)


def appeared(database: Database, actor: Actor, meeting_id: int, yes: bool, now: datetime) -> Agenda:
    """**Yes**, the agenda appeared; or **No, post it**, which posts it again.

    Raises Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        team, meeting = led_by(tx, actor, meeting_id, now)
        kind = ScheduleKind.MEETING_AGENDA
        for delivery, state, _ in deliveries.without_place(tx, team.id, kind, meeting.id):
            if state is DeliveryState.ASKED:
                settled = DeliveryState.SENT if yes else DeliveryState.FAILED
                deliveries.decide(tx, delivery, settled, None)
        there = messages.readers_of(tx, [agenda_subject(meeting.id)])
        if not yes and not there:
            meetings.change(tx, meeting.id, out_at=None)
            messages.schedule(tx, team.id, kind, now, meeting.id)
        return agenda_of(tx, team, meetings.some(tx, [meeting.id])[meeting.id], now)


def shown_at(database: Database, workspace_id: int, channel: str, ts: str) -> int | None:
    """The meeting whose draft stands there; None where another message does."""
    with database.reading(workspace_id) as tx:
        posted = messages.posted_at(tx, channel, ts)
    kind, _, number = (posted.subject if posted else "").partition(":")
    return int(number) if kind == DRAFT else None


def agenda_seen(
    database: Database, workspace_id: int, meeting_id: int, channel: str, ts: str
) -> None:
    """Somebody pressed a button of the agenda that stands there: so it appeared, and is drawn anew
    from now on."""
    with database.reading(workspace_id) as tx:
        if messages.posted_at(tx, channel, ts) is not None:
            return
    with database.writing(workspace_id) as tx:
        meeting = meetings.some(tx, [meeting_id]).get(meeting_id)
        if meeting is None:
            return
        kind, place = ScheduleKind.MEETING_AGENDA, Place(channel, ts)
        for delivery, _, _ in deliveries.without_place(tx, meeting.team_id, kind, meeting_id):
            deliveries.decide(tx, delivery, DeliveryState.SENT, place)
            messages.remember_all(tx, [(place, agenda_subject(meeting_id), None)], behind=True)
            return


def known_person(tx: Transaction, slack_id: str) -> Person:
    """That person. Raises BadField for a stranger."""
    person = people.one(tx, slack_id)
    if person is None:
        raise BadField("owner", Flaw.MISSING)
    return person
