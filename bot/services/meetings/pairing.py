"""Who could show whom what in **One skill**: what is known of it, for any number of meetings."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.domain.appointments import day_before
from bot.domain.meetings.agenda import Agenda
from bot.domain.meetings.meetings import Meeting, Phase
from bot.domain.meetings.pairing import Noted, Pair, fits, pair_of
from bot.domain.meetings.swaps import Swap, SwapKind
from bot.domain.team.calendar import RESTS, instant, when_awake
from bot.domain.team.settings import SKILL
from bot.domain.team.teams import Team, TimeOff, by_team
from bot.domain.team.time_off import is_away
from bot.domain.workspaces.people import Person
from bot.services.workspaces import calendars
from storage import field_days
from storage.database.transaction import Transaction
from storage.meetings import swaps
from storage.sessions import sharing
from storage.team import absences, teams

LOOKED_BACK = timedelta(days=31)
"""How far before a meeting the working day before it may be."""

STRENGTHS_SINCE = timedelta(days=183)
"""How far back strengths are looked for: half a year, as far as the path with a focus goes."""


def until_of(team: Team, meeting: Meeting, person: Person, away: Iterable[TimeOff]) -> datetime:
    """Until when that person may be asked about a meeting, and answer: the evening of their working
    day before it, on their wall."""
    calendar = calendars.of_team(team.settings, meeting.day - LOOKED_BACK, meeting.day)
    day = day_before(meeting.day, calendar=calendar, away=away)
    return instant(day, RESTS, team.zone_of(person))


def proposed(tx: Transaction, agendas: Sequence[Agenda], now: datetime) -> dict[int, Pair]:
    """The pair to propose to the manager for each of those meetings, by meeting; none where one
    skill is spoken for, or it is too late to ask anybody."""
    open_ones = [one for one in agendas if _may_be_proposed(one, now)]
    if not open_ones:
        return {}
    team_ids = list({one.team.id for one in open_ones})
    strong = by_team(_strengths(tx, open_ones))
    working_on = by_team(_focuses(tx, [one for one in open_ones if one.team.id in strong]))
    if not working_on:
        return {}
    before = by_team(swaps.pairs(tx, team_ids))
    told = teams.introduced(tx, team_ids)
    places = {(one.team.id, rep.id) for one in open_ones for rep in one.there}
    away = absences.of_people(tx, places, min(one.today for one in open_ones) - LOOKED_BACK)

    def one(agenda: Agenda) -> Pair | None:
        team, meeting = agenda.team, agenda.meeting
        can = {
            rep.id
            for rep in agenda.there
            if rep.active
            and agenda.is_on(rep)
            and (team.id, rep.id) in told
            and not is_away(meeting.day, away[team.id, rep.id])
            and when_awake(now, team.zone_of(rep))
            < until_of(team, meeting, rep, away[team.id, rep.id])
        }
        return pair_of(
            strong.get(team.id, ()),
            working_on.get(team.id, ()),
            can,
            before.get(team.id, ()),
            meeting.id,
            now,
        )

    found = {agenda.meeting.id: one(agenda) for agenda in open_ones}
    return {meeting_id: pair for meeting_id, pair in found.items() if pair is not None}


def _may_be_proposed(agenda: Agenda, now: datetime) -> bool:
    meeting, pair = agenda.meeting, agenda.pair
    spoken_for = agenda.asked is not None or bool(agenda.skill)
    return (
        agenda.phase is Phase.AHEAD
        and meeting.dropped is None
        and agenda.is_heard
        and any(section.key == SKILL for section in meeting.sections)
        and not spoken_for
        and not (pair is not None and pair.is_open(meeting, now))
    )


def standing(tx: Transaction, asked: Sequence[Swap], agendas: Sequence[Agenda]) -> set[int]:
    """Of those swaps, by id, those whom they are about can be at the meeting, and that fit still:
    of a pair the strength and the focus are what they were found in."""
    by_meeting = {one.meeting.id: one for one in agendas}
    people = {
        (one.team_id, person.id)
        for one in asked
        for person in (one.asked, one.other)
        if person is not None
    }
    first = min((one.meeting.day for one in agendas), default=date.max)
    away = absences.of_people(tx, people, first)
    of_pairs = {one.meeting_id for one in asked if one.kind is not SwapKind.TAKE}
    own = [one for one in agendas if one.meeting.id in of_pairs]
    strong = {(one.rep.id, one.field_day): one for one in _strengths(tx, own)}
    working_on = {(one.rep.id, one.field_day): one for one in _focuses(tx, own)}

    def stands(one: Swap) -> bool:
        agenda = by_meeting[one.meeting_id]
        for person in (one.asked, one.other):
            if person is None:
                continue
            off = away[one.team_id, person.id]
            if not agenda.will_have(person) or is_away(agenda.meeting.day, off):
                return False
        if one.learner is None:
            return True
        strength = strong.get((one.shower.id, one.strength or 0))
        focus = working_on.get((one.learner.id, one.focus or 0))
        if strength is None or focus is None or strength.disputed or focus.disputed:
            return False
        return fits(strength.text, focus.text)

    return {one.id for one in asked if stands(one)}


def _strengths(tx: Transaction, agendas: Sequence[Agenda]) -> list[Noted]:
    if not agendas:
        return []
    first = min(one.today for one in agendas) - STRENGTHS_SINCE
    last = max(one.today for one in agendas)
    return field_days.strengths(tx, list({one.team.id for one in agendas}), first, last)


def _focuses(tx: Transaction, agendas: Sequence[Agenda]) -> list[Noted]:
    """What the reps of those teams are working on, as far as they read it."""
    reps = {(one.team.id, rep.id): (rep, one.today) for one in agendas for rep in one.there}
    until: dict[tuple[int, int], date] = {place: today for place, (_, today) in reps.items()}
    last = field_days.last_focuses(tx, until) if until else {}
    if not last:
        return []
    days = [focus.field_day for focus in last.values()]
    read = sharing.of_interactions(tx, days, with_objection=True)
    return [
        Noted(
            place[0],
            reps[place][0],
            focus.field_day,
            focus.agreed_on,
            focus.text,
            disputed=bool(read[focus.field_day].objection),
        )
        for place, focus in last.items()
        if focus.field_day in read
    ]
