"""A turn to lead **One skill**: somebody else is asked, and takes it or does not."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from bot.domain.delivery import MessageKind, ScheduleKey, Unsent
from bot.domain.meetings.agenda import Agenda, SwapShown
from bot.domain.meetings.meetings import Meeting
from bot.domain.meetings.swaps import Swap, SwapKind, SwapState
from bot.domain.team.calendar import when_awake
from bot.domain.team.teams import Team
from bot.domain.team.time_off import is_away
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone, NotYours
from bot.services.delivery.hearing import check_introduced
from bot.services.delivery.schedules import set_due
from bot.services.meetings.meetings import agenda_of, agendas_of, known_person
from bot.services.meetings.pairing import standing, until_of
from bot.services.meetings.series import changed, follow_series, skill_subject
from bot.services.workspaces.absence import days_off
from bot.services.workspaces.authority import attended_meeting, not_theirs, reps_on
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import meetings, swaps
from storage.team import people, teams


def to_ask(database: Database, actor: Actor, meeting_id: int, now: datetime) -> Agenda:
    """A meeting, for whoever may ask somebody else to lead one skill in it: who is to, and who
    leads the meeting. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, meeting = _asked_of(tx, actor, meeting_id, now)
        return agenda_of(tx, team, meeting, now)


def ask(
    database: Database, actor: Actor, meeting_id: int, rep: str, form: str, now: datetime
) -> SwapShown:
    """**Swap**: that rep, by Slack id, is asked to lead one skill. Nothing changes before they take
    it. They read of it between 07:00 and 19:00 on their own clock, until the working day before
    the meeting; who was asked before and did not answer is not asked any more, also where the same
    form says another. The same rep, or the same form once it is answered, asks nothing anew.

    Raises Gone, NotYours, NotIntroduced for a rep who has not been told of Windshield, and BadField
    for someone who is not on the team, leads it already, or is away that day, and where it is too
    late.
    """
    with database.writing(actor.workspace_id) as tx:
        team, meeting = _asked_of(tx, actor, meeting_id, now)
        hold(tx, team)
        there = {person.slack_id: person for person in reps_on(tx, team, meeting.day)}
        asked = there.get(rep)
        if asked is None or (meeting.leader is not None and meeting.leader.id == asked.id):
            raise BadField("rep", FieldError.MISSING)
        if is_away(meeting.day, days_off(tx, team, asked)):
            raise BadField("rep", FieldError.AWAY_THAT_DAY)
        check_introduced(tx, team.id, [asked])
        again = swaps.made_by(tx, form)
        if again is not None:
            if again.asked.id == asked.id or not again.is_open(meeting, now):
                return _shown(tx, team, meeting, again, now)
            swaps.let_go(tx, again.id, form)
        before = next(reversed(swaps.of_meetings(tx, [meeting.id]).get(meeting.id, [])), None)
        same = before is not None and (before.kind, before.asked.id) == (SwapKind.TAKE, asked.id)
        if before and same and before.is_open(meeting, now):
            return _shown(tx, team, meeting, before, now)
        until = until_of(team, meeting, asked, days_off(tx, team, asked))
        at = when_awake(now, team.zone_of(asked))
        if at >= until:
            raise BadField("rep", FieldError.TOO_LATE_TO_ASK)
        swaps.end(tx, meeting.id)
        swap = put_question(
            tx,
            meeting,
            at,
            form=form,
            asked_id=asked.id,
            asked_by_id=known_person(tx, actor.slack_id).id,
            until=until,
        )
        return _shown(tx, team, meeting, swap, now)


def put_question(tx: Transaction, meeting: Meeting, at: datetime, **values: Any) -> Swap:
    """Ask somebody about a meeting, as it is planned now; they read of it `at` that instant.
    Writes; `values` are the columns of the swap."""
    made = swaps.ask(
        tx,
        team_id=meeting.team_id,
        meeting_id=meeting.id,
        holder_id=meeting.leader and meeting.leader.id,
        day=meeting.day,
        at=meeting.at,
        state=SwapState.ASKED,
        **values,
    )
    set_due(tx, MessageKind.MEETING_SWAP, {ScheduleKey(meeting.team_id, made): at})
    changed(tx, meeting.id)
    return swaps.get_many(tx, [made])[made]


def answer(
    database: Database, actor: Actor, swap_id: int, seen: str, now: datetime, *, take: bool
) -> SwapShown:
    """**Take it**, or **Not this time**, said by who is asked; how it stands then. Where it cannot
    be taken any more, or was answered, nothing changes; nor where the skill they have `seen`, ""
    for a swap, is said otherwise by now, since nobody answers for words they did not read. Who
    would like to see something shown lets the other be asked; both said yes once that one takes it.

    Raises Gone, also for who left the team, and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        swap = swaps.get_many(tx, [swap_id]).get(swap_id)
        if swap is None:
            raise Gone
        if swap.asked.slack_id != actor.slack_id:
            raise not_theirs(tx, actor, swap.team_id)
        team, _, _ = attended_meeting(tx, actor, swap.meeting_id, now)
        hold(tx, team)
        swap = swaps.get_many(tx, [swap_id])[swap_id]
        meeting = meetings.get_many(tx, [swap.meeting_id])[swap.meeting_id]
        shown = _shown(tx, team, meeting, swap, now)
        if not shown.open or swap.skill != seen:
            return shown
        if take and not standing(tx, [swap], [shown.agenda]):
            said = SwapState.ENDED
        else:
            said = SwapState.TAKEN if take else SwapState.DECLINED
        swaps.settle(tx, swap.id, said)
        if said is SwapState.TAKEN and swap.kind is SwapKind.LEARN:
            _ask_shower(tx, team, meeting, swap, now)
        elif said is SwapState.TAKEN:
            meetings.change(tx, meeting.id, leader_id=swap.asked.id)
            _give_up_next(tx, team, meeting, swap.asked)
            follow_series(tx, team, now)
            meeting = meetings.get_many(tx, [meeting.id])[meeting.id]
        changed(tx, meeting.id)
        return _shown(tx, team, meeting, swaps.get_many(tx, [swap.id])[swap.id], now)


def _ask_shower(
    tx: Transaction, team: Team, meeting: Meeting, learner: Swap, now: datetime
) -> None:
    """The other of a pair is asked, once the first said yes; nobody where it is too late by
    then."""
    shower = learner.shower
    until = until_of(team, meeting, shower, days_off(tx, team, shower))
    at = when_awake(now, team.zone_of(shower))
    if at < until:
        put_question(
            tx,
            meeting,
            at,
            form=f"{learner.id} {learner.kind}",
            asked_id=shower.id,
            asked_by_id=learner.asked_by.id,
            until=until,
            kind=SwapKind.SHOW,
            other_id=learner.asked.id,
            skill=learner.skill,
            strength_id=learner.strength,
            focus_id=learner.focus,
        )


def due(
    database: Database, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[SwapShown | Unsent]:
    """The questions of those swaps, in the order of `dues`. Not needed where it cannot be taken any
    more."""
    with database.reading(workspace_id) as tx:
        asked = swaps.get_many(tx, [swap_id for swap_id, _ in dues])
        agendas = _agendas(tx, {one.meeting_id for one in asked.values()}, now)
        stand = {
            one: _of_agenda(agendas[asked[one].meeting_id], asked[one], now)
            for one in standing(tx, list(asked.values()), list(agendas.values()))
        }

    def one(swap_id: int) -> SwapShown | Unsent:
        found = stand.get(swap_id)
        return found if found and found.open else Unsent.NOT_NEEDED

    return [one(swap_id) for swap_id, _ in dues]


def _agendas(tx: Transaction, meeting_ids: Collection[int], now: datetime) -> dict[int, Agenda]:
    some = meetings.get_many(tx, list(meeting_ids))
    team_ids = list({meeting.team_id for meeting in some.values()})
    found = {team.id: team for team in teams.get_many(tx, team_ids)}
    pairs = [(found[meeting.team_id], meeting) for meeting in some.values()]
    return {one.meeting.id: one for one in agendas_of(tx, pairs, now)}


def posted(
    database: Database,
    workspace_id: int,
    wanted: Sequence[tuple[int, int | None]],
    now: datetime,
) -> list[SwapShown | None]:
    """What the questions of those (meeting, reader) show now, in order: the last that the reader
    was asked."""
    with database.reading(workspace_id) as tx:
        asked = swaps.of_meetings(tx, [meeting_id for meeting_id, _ in wanted])
        shown = _agendas(tx, asked, now)

        def one(meeting_id: int, reader_id: int | None) -> SwapShown | None:
            own = [
                swap
                for swap in asked.get(meeting_id, ())
                if swap.asked.id == reader_id and swap.state is not SwapState.PUT_OFF
            ]
            if not own or meeting_id not in shown:
                return None
            return _of_agenda(shown[meeting_id], own[-1], now)

        return [one(*pair) for pair in wanted]


def _asked_of(
    tx: Transaction, actor: Actor, meeting_id: int, now: datetime
) -> tuple[Team, Meeting]:
    team, meeting, role = attended_meeting(tx, actor, meeting_id, now)
    if meeting.dropped is not None or meeting.closed_at is not None:
        raise Gone
    leads = meeting.leader is not None and meeting.leader.slack_id == actor.slack_id
    if not leads and not role.leads:
        raise NotYours(team.manager.name)
    return team, meeting


def hold(tx: Transaction, team: Team) -> None:
    """One at a time asks or answers for the turns of a team."""
    people.lock(tx, team.manager.slack_id)


def _give_up_next(tx: Transaction, team: Team, taken: Meeting, leader: Person) -> None:
    """Who takes a turn has had it: their next one, where they have not heard of it, goes by the
    turns anew."""
    next_ones = [
        one.id
        for one in meetings.to_come(tx, [team.id])
        if one.id != taken.id and one.leader is not None and one.leader.id == leader.id
    ]
    told = messages.readers_of(tx, {skill_subject(one) for one in next_ones})
    quiet = [one for one in next_ones if (skill_subject(one), leader.id) not in told]
    if quiet:
        meetings.change(tx, *quiet, leader_id=None)


def _shown(tx: Transaction, team: Team, meeting: Meeting, swap: Swap, now: datetime) -> SwapShown:
    agenda = agenda_of(tx, team, meeting, now)
    return _of_agenda(agenda, swap, now)


def _of_agenda(agenda: Agenda, swap: Swap, now: datetime) -> SwapShown:
    zone = agenda.team.zone_of(swap.asked)
    at = when_awake(now, zone)
    return SwapShown(
        agenda,
        swap,
        at=at.astimezone(zone),
        until=swap.until.astimezone(zone),
        open=swap.is_open(agenda.meeting, now),
        waits=at > now,
    )
