"""Team meetings, one by one: moved, dropped, begun, closed, and what is on their agendas."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import chain

from bot.domain.delivery import DeliveryState, MessageKind, MessageRef, ScheduleKey
from bot.domain.meetings.agenda import Agenda, AgendaItem, TeamPromise
from bot.domain.meetings.meetings import Dropped, Meeting, ReportedOutcome
from bot.domain.meetings.naming import Namable
from bot.domain.meetings.swaps import Swap, SwapKind, SwapState
from bot.domain.team.calendar import instant
from bot.domain.team.teams import Team, by_team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.services.delivery import queue
from bot.services.delivery.schedules import set_due
from bot.services.meetings import schedule
from bot.services.meetings.series import (
    FURTHEST,
    agenda_subject,
    changed,
    follow_all,
    follow_series,
)
from bot.services.workspaces.authority import led_meeting
from bot.services.workspaces.naming import others_in
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import agenda, meetings, swaps
from storage.team import people, teams


def roll_over(tx: Transaction, team_ids: Sequence[int], now: datetime) -> None:
    """Meetings of those teams begin, or are over: what shows them says so, and what was not done
    goes on to the next. Writes."""
    found = {team.id: team for team in teams.get_many(tx, list(set(team_ids)))}
    begun: list[tuple[Team, Meeting]] = []
    over: list[tuple[Team, Meeting]] = []
    for meeting in meetings.to_come(tx, list(found)):
        team = found[meeting.team_id]
        zone = team.meeting_zone
        if meeting.starts(zone) <= now:
            begun.append((team, meeting))
        if meeting.ends(zone) <= now:
            over.append((team, meeting))
    changed(tx, *(meeting.id for _, meeting in begun))
    _close(tx, over, now)
    follow_all(tx, found.values(), now)


def _close(tx: Transaction, over: Sequence[tuple[Team, Meeting]], now: datetime) -> None:
    """They are over: what was on their agendas is kept with them; where something was written down
    the thread says so, and where nothing was, their managers are asked."""
    if not over:
        return
    shown = _carry(tx, [meeting for _, meeting in over])
    meetings.change(tx, *(meeting.id for _, meeting in over), closed_at=now)
    out = [meeting for _, meeting in over if meeting.ticked and meeting.out_at is not None]
    schedule.recaps_at(tx, out, now)
    unknown = [
        meeting
        for _, meeting in over
        if not meeting.is_answered and (meeting.out_at is not None or meeting.id in shown)
    ]
    schedule.ask_what_got_done(tx, unknown, now)


def _carry(tx: Transaction, found: Sequence[Meeting]) -> set[int]:
    """Keep what was on the agendas of those meetings and was not ticked; of which there was any."""
    return meetings.carry_open(tx, {one.id: one.has_wins for one in found})


def agenda_of(tx: Transaction, team: Team, meeting: Meeting, now: datetime) -> Agenda:
    """A meeting and what is on it."""
    return agendas_of(tx, [(team, meeting)], now)[0]


def agendas_of(
    tx: Transaction, found: Sequence[tuple[Team, Meeting]], now: datetime
) -> list[Agenda]:
    """Each of those meetings and what is on it, in order."""
    if not found:
        return []
    ids = list({meeting.id for _, meeting in found})
    team_ids = list({team.id for team, _ in found})
    past = {meeting.id for _, meeting in found if meeting.is_past}
    ahead = {team.id for team, meeting in found if meeting.id not in past}
    carried = agenda.carried_from(tx, list(past)) if past else {}
    kept = agenda.open_items(tx, list(ahead)) if ahead else []
    still_open = by_team(item for item in kept if item.rep is None)
    done: dict[int | None, list[AgendaItem]] = {}
    for item in agenda.done_in(tx, ids):
        done.setdefault(item.done_in, []).append(item)
    made: dict[int | None, list[TeamPromise]] = {}
    for promise in meetings.promises_of(tx, ids):
        made.setdefault(promise.meeting_id, []).append(promise)
    standing = by_team(meetings.open_promises(tx, team_ids))
    asked = swaps.of_meetings(tx, ids)
    members = by_team(teams.members_of(tx, team_ids, date.min))
    told = {team_id for team_id, _ in teams.introduced(tx, team_ids)}
    shown = (*kept, *chain.from_iterable((*carried.values(), *done.values())))
    said = chain.from_iterable((*made.values(), *standing.values()))
    others = others_in(
        tx,
        (
            *(words for item in shown for words in (item.text, item.outcome)),
            *(p.what for p in said),
        ),
    )

    def one(team: Team, meeting: Meeting) -> Agenda:
        today, zone = team.meeting_today(now), team.meeting_zone
        left = carried.get(meeting.id) if meeting.id in past else still_open.get(team.id)
        items = {item.id: item for item in [*done.get(meeting.id, ()), *(left or ())]}
        own = made.get(meeting.id, ())
        mine = {promise.id for promise in own}
        places = members.get(team.id, ())
        return Agenda(
            team=team,
            meeting=meeting,
            phase=meeting.phase(zone, now),
            starts_at=meeting.starts(zone),
            items=tuple(sorted(items.values(), key=lambda item: (item.place, item.id))),
            reps=tuple(place.rep for place in places if place.is_on(today)),
            namable=Namable(tuple({place.rep.id: place.rep for place in places}.values()), others),
            there=tuple(place.rep for place in places if place.is_on(meeting.day)),
            today=today,
            promises=tuple(own),
            standing=tuple(one for one in standing.get(team.id, ()) if one.id not in mine),
            swap=_last(asked.get(meeting.id, ()), SwapKind.TAKE),
            pair=_last(asked.get(meeting.id, ()), SwapKind.LEARN, SwapKind.SHOW),
            now=now,
            is_heard=team.id in told,
        )

    return [one(team, meeting) for team, meeting in found]


def _last(asked: Sequence[Swap], *kinds: SwapKind) -> Swap | None:
    """The last of those kinds that anybody was asked."""
    put_off = SwapState.PUT_OFF
    return next(
        (one for one in reversed(asked) if one.kind in kinds and one.state is not put_off), None
    )


def get(database: Database, actor: Actor, meeting_id: int, now: datetime) -> Agenda:
    """A meeting, for whoever leads it. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, meeting = led_meeting(tx, actor, meeting_id, now)
        return agenda_of(tx, team, meeting, now)


def move(
    database: Database, actor: Actor, meeting_id: int, day: date, at: time, now: datetime
) -> Agenda:
    """Let one meeting be then; what is on it goes along.

    Raises Gone, NotYours, and BadField for a time that is over or too far ahead.
    """
    with database.writing(actor.workspace_id) as tx:
        team, meeting = _to_come(tx, actor, meeting_id, now)
        today = team.meeting_today(now)
        if instant(day, at, team.meeting_zone) <= now:
            raise BadField("day", FieldError.PAST_DAY)
        if day > today + FURTHEST:
            raise BadField("day", FieldError.TOO_FAR_AHEAD)
        meetings.move(tx, meeting.id, day, at)
        return _changed(tx, team, meeting.id, now)


def drop(database: Database, actor: Actor, meeting_id: int, how: Dropped, now: datetime) -> Agenda:
    """It is not to be; what is on it goes on to the next. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = _to_come(tx, actor, meeting_id, now)
        if how is Dropped.CANCELLED and meeting.out_at is not None:
            _carry(tx, [meeting])
        meetings.drop(tx, meeting.id, how)
        return _changed(tx, team, meeting.id, now)


def hold_after_all(database: Database, actor: Actor, meeting_id: int, now: datetime) -> Agenda:
    """A meeting that was dropped is to be. Raises Gone, also once its time is over, and
    NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = led_meeting(tx, actor, meeting_id, now)
        if meeting.dropped is None or meeting.starts(team.meeting_zone) <= now:
            raise Gone
        meetings.drop(tx, meeting.id, None)
        meetings.carry_none(tx, meeting.id)
        held = _changed(tx, team, meeting.id, now)
        if held.meeting.id not in {one.id for one in meetings.to_come(tx, [team.id])}:
            # The series does not have it any more.
            raise Gone
        return held


def all_done(database: Database, actor: Actor, meeting_id: int, now: datetime) -> Agenda:
    """**All of it**: whatever was on the agenda is done. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = _over(tx, actor, meeting_id, now)
        left = [item.id for item in agenda_of(tx, team, meeting, now).shown() if not item.done_in]
        for item_id in left:
            agenda.change(tx, item_id, done_in=meeting.id)
            meetings.carry_not(tx, meeting.id, item_id)
        meetings.change(tx, meeting.id, said=ReportedOutcome.HELD)
        if meeting.out_at is not None:
            schedule.recaps_at(tx, [meeting], now)
        return _changed(tx, team, meeting.id, now)


def did_not_meet(
    database: Database, actor: Actor, meeting_id: int, now: datetime, *, after_all: bool
) -> Agenda:
    """**We didn't meet**; or `after_all` they did, and nothing more is known. Raises Gone and
    NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = _over(tx, actor, meeting_id, now)
        meetings.change(tx, meeting.id, said=None if after_all else ReportedOutcome.NOT_HELD)
        return _changed(tx, team, meeting.id, now)


def _over(tx: Transaction, actor: Actor, meeting_id: int, now: datetime) -> tuple[Team, Meeting]:
    team, meeting = led_meeting(tx, actor, meeting_id, now)
    if meeting.closed_at is None or meeting.dropped is not None:
        raise Gone
    return team, meeting


def _to_come(tx: Transaction, actor: Actor, meeting_id: int, now: datetime) -> tuple[Team, Meeting]:
    team, meeting = led_meeting(tx, actor, meeting_id, now)
    if meeting.dropped is not None or meeting.ends(team.meeting_zone) <= now:
        raise Gone
    return team, meeting


def _changed(tx: Transaction, team: Team, meeting_id: int, now: datetime) -> Agenda:
    follow_series(tx, team, now)
    meeting = meetings.get_many(tx, [meeting_id])[meeting_id]
    schedule.follow_meetings(tx, [(team, meeting)], now)
    changed(tx, meeting_id)
    return agenda_of(tx, team, meeting, now)


def appeared(database: Database, actor: Actor, meeting_id: int, yes: bool, now: datetime) -> Agenda:
    """**Yes**, the agenda appeared; or **No, post it**, which posts it again.

    Raises Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        team, meeting = led_meeting(tx, actor, meeting_id, now)
        kind = MessageKind.MEETING_AGENDA
        gone_out = queue.unplaced(tx, kind, {meeting.id: team.id})[meeting.id]
        for delivery, state, _ in gone_out:
            if state is DeliveryState.ASKED:
                settled = DeliveryState.SENT if yes else DeliveryState.FAILED
                queue.decide(tx, delivery, settled, None)
        there = messages.readers_of(tx, [agenda_subject(meeting.id)])
        if not yes and not there:
            meetings.change(tx, meeting.id, out_at=None)
            set_due(tx, kind, {ScheduleKey(team.id, meeting.id): now})
        return agenda_of(tx, team, meetings.get_many(tx, [meeting.id])[meeting.id], now)


def shown_at(database: Database, workspace_id: int, channel: str, ts: str) -> int | None:
    """The meeting whose draft stands there; None where another message does."""
    with database.reading(workspace_id) as tx:
        posted = messages.posted_at(tx, channel, ts)
    is_draft = posted is not None and posted.subject.kind is MessageKind.MEETING_DRAFT
    return posted.subject.id if posted and is_draft else None


def agenda_seen(
    database: Database, workspace_id: int, meeting_id: int, channel: str, ts: str
) -> None:
    """Somebody pressed a button of the agenda that stands there: so it appeared, and is drawn anew
    from now on."""
    with database.reading(workspace_id) as tx:
        if messages.posted_at(tx, channel, ts) is not None:
            return
    with database.writing(workspace_id, aside=True) as tx:
        meeting = meetings.get_many(tx, [meeting_id]).get(meeting_id)
        if meeting is None:
            return
        kind, ref = MessageKind.MEETING_AGENDA, MessageRef(channel, ts)
        gone_out = queue.unplaced(tx, kind, {meeting_id: meeting.team_id})[meeting_id]
        if gone_out:
            queue.decide(tx, gone_out[0][0], DeliveryState.SENT, ref)
            messages.remember_all(tx, [(ref, agenda_subject(meeting_id), None)], stale=True)


def known_person(tx: Transaction, slack_id: str) -> Person:
    """That person. Raises BadField for a stranger."""
    person = people.get(tx, slack_id)
    if person is None:
        raise BadField("owner", FieldError.MISSING)
    return person
