"""The to-do list: made, drawn, and worked through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import local_date, monday_of
from bot.domain.deliveries import ScheduleKind, Unsent
from bot.domain.facts import ReasonSource, SlotDone, SlotFacts, TodoFacts, WhyFacts
from bot.domain.people import Actor, Person, zone_named
from bot.domain.promises import Promise
from bot.domain.reasons import Reason, subject
from bot.domain.refusals import (
    BadField,
    Flaw,
    Gone,
    NotOnTeam,
    NotYours,
    WeekAhead,
    WeekOver,
)
from bot.domain.teams import Team
from bot.domain.todo import WHY_LIMIT, Reader, Slot, SlotState, week_of_list
from bot.domain.week import Week
from bot.services import redraw, schedules, touches
from bot.services.authority import managers_team, own_rep, stands_in, today_of
from bot.services.week_facts import TeamWeek, current_monday, facts_for, facts_of
from storage import messages, people, promises, teams, todo
from storage.engine import Database, Transaction

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ListToSend:
    """A list that is due, and who gets it."""

    facts: TodoFacts
    reader: Person
    subject: str


@dataclass(frozen=True)
class PostedList:
    """Where a list stands: what about, and for whom it was drawn (a person)."""

    subject: str
    reader_id: int | None


def today(database: Database, actor: Actor, now: datetime) -> date:
    """The date on the wall of who acts: a manager's, or anyone's."""
    with database.reading(actor.workspace_id) as tx:
        team = teams.of_manager(tx, actor.slack_id)
        if team is not None:
            return today_of(team, now)
        person = people.one(tx, actor.slack_id)
    return local_date(now, zone_named(person.zone if person else None))


def this_week(database: Database, actor: Actor, now: datetime) -> TodoFacts:
    """The list of this week, made where it was not there yet, up to date. Raises NoTeam.

    Someone without a team who stands in for a manager today sees that manager's.
    """
    with database.writing(actor.workspace_id) as tx:
        team, reader = _own_list(tx, actor, now)
        week = _brought_up_to_date(tx, facts_of(tx, team, current_monday(tx, team, now), now), now)
        return _facts(week, reader)


def next_week(database: Database, actor: Actor, now: datetime) -> TodoFacts:
    """A look at the list of next week as it would be now; nothing is kept. Raises NoTeam.

    Where it has come already, it is that list itself.
    """
    with database.writing(actor.workspace_id) as tx:
        team, reader = _own_list(tx, actor, now)
        monday = current_monday(tx, team, now) + WEEK
        week = facts_of(tx, team, monday, now)
        if week.own_slots:
            return _facts(_brought_up_to_date(tx, week, now), reader)
    return _preview(week, reader)


def list_of_slot(database: Database, actor: Actor, slot_id: int, now: datetime) -> TodoFacts:
    """The list that a slot is on, as it stands. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        slot = _slot(tx, slot_id)
        team, reader = _for_actor(tx, actor, slot.team_id, now)
        return _facts(facts_of(tx, team, slot.monday, now), reader)


def list_of_week(database: Database, actor: Actor, monday: date, now: datetime) -> TodoFacts:
    """The list of that week of who acts, as it stands or would be now. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team, reader = _own_list(tx, actor, now)
        week = facts_of(tx, team, monday, now)
        made = bool(week.own_slots) or week.over
        return _facts(week, reader) if made else _preview(week, reader)


def done(database: Database, actor: Actor, slot_id: int, now: datetime) -> SlotDone | None:
    """A contact with that rep happened today, about the slot's reason.

    None where there is a contact in that week already, be it since a moment ago. Raises Gone,
    NotYours, WeekOver, NotOnTeam, and WeekAhead: a contact of today is in no week that begins
    later.
    """
    with database.writing(actor.workspace_id) as tx:
        week, slot, reader, who = _to_work_on(tx, actor, slot_id, now)
        if week.today < week.monday:
            raise WeekAhead
        if week.state(slot) is SlotState.DONE:
            return None
        teller = week.team.manager.name if reader is Reader.STAND_IN else None
        reason = week.reason(slot, teller)
        # Kept in the manager's words, whoever read it.
        todo.change_reason(tx, slot.id, week.reason(replace(slot, reason=reason)))
        logged = touches.log_contact(tx, week.team, slot.rep, who, subject(reason), now)
        promise = _promise_of(tx, reason) if reader is Reader.MANAGER else None
        return SlotDone(logged, promise)


def another_reason(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    """The next best reason for that slot; the best again after the last.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        week, slot = _managed(tx, actor, slot_id, now)
        # What a done slot was about stays: the button was old.
        if week.state(slot) is not SlotState.DONE:
            todo.change_reason(tx, slot.id, week.another_reason(slot))
        redraw.lists_changed(tx, slot.team_id, slot.monday)


def to_change(database: Database, actor: Actor, slot_id: int, now: datetime) -> SlotFacts:
    """A slot that is to be moved or left, and the days it can have.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        week, slot = _managed(tx, actor, slot_id, now)
        return SlotFacts(slot, week.days_for(slot.rep.id), week.today)


def move(database: Database, actor: Actor, slot_id: int, day: date, now: datetime) -> None:
    """That rep has another day.

    Raises Gone, NotYours, WeekOver, NotOnTeam, and BadField for a day the rep cannot have.
    """
    with database.writing(actor.workspace_id) as tx:
        week, slot = _managed(tx, actor, slot_id, now)
        if day not in week.days_for(slot.rep.id):
            raise BadField("day", Flaw.NOT_A_DAY_LEFT)
        todo.change(tx, slot.id, day=day, not_this_week=None)
        redraw.lists_changed(tx, slot.team_id, slot.monday)


def not_this_week(database: Database, actor: Actor, slot_id: int, why: str, now: datetime) -> None:
    """That rep is left out this week; `why` is the manager's own word.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        _, slot = _managed(tx, actor, slot_id, now)
        todo.change(tx, slot.id, not_this_week=why.strip()[:WHY_LIMIT])
        redraw.lists_changed(tx, slot.team_id, slot.monday)


def on_again(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    """That rep is on this week's list after all.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        _, slot = _managed(tx, actor, slot_id, now)
        todo.change(tx, slot.id, not_this_week=None)
        redraw.lists_changed(tx, slot.team_id, slot.monday)


def why(database: Database, actor: Actor, rep: str, now: datetime) -> WhyFacts:
    """Why that rep, by Slack id, has the reason that stands on this week's list.

    Raises NoTeam, NotOnTeam, and Gone where the rep has no slot this week.
    """
    with database.reading(actor.workspace_id) as tx:
        team, person, _ = own_rep(tx, actor, rep)
        week = facts_of(tx, team, current_monday(tx, team, now), now)
        slot = week.own_slots.get(person.id)
        if slot is None or person.id not in week.reps:
            raise Gone
        return WhyFacts(
            rep=person,
            slot=slot,
            reason=week.reason(slot),
            ranking=week.ranking(person.id),
            last_kind=week.last_kind(person.id),
            today=week.today,
        )


def source(database: Database, actor: Actor, slot_id: int, now: datetime) -> ReasonSource:
    """Where the reason of a slot comes from. Raises Gone, NotYours, WeekOver, NotOnTeam."""
    with database.reading(actor.workspace_id) as tx:
        week, slot = _managed(tx, actor, slot_id, now)
        reason = week.reason(slot)
        made_of, _, number = reason.about.partition(":")
        promise = promises.one(tx, int(number)) if made_of == "promise" else None
        return ReasonSource(
            rep=slot.rep,
            kind=reason.kind,
            is_promise=made_of == "promise",
            contact=promise.interaction_id if promise else None,
        )


def week_of(tx: Transaction, team: Team, now: datetime) -> TodoFacts | None:
    """The list of this week as it stands, for its manager; None where it was not made yet."""
    week = facts_of(tx, team, current_monday(tx, team, now), now)
    return _facts(week, Reader.MANAGER) if week.own_slots else None


def lists_due(
    database: Database, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[ListToSend | Unsent]:
    """The lists of those teams that were due at those instants, made where they are to be sent.

    In the order of `dues`.
    """
    with database.writing(workspace_id) as tx:
        found = {team.id: team for team in teams.with_ids(tx, list({team for team, _ in dues}))}
        mondays = [_monday_due(found[team_id], due_at) for team_id, due_at in dues]
        wanted = list(dict.fromkeys(zip((team for team, _ in dues), mondays, strict=True)))
        weeks = facts_for(tx, found, wanted, now)
        subjects = {redraw.list_subject(*pair) for pair in wanted}
        there = messages.readers_of(tx, subjects)
        answers: list[tuple[TeamWeek, int, Reader] | Unsent] = []
        for pair in zip((team for team, _ in dues), mondays, strict=True):
            answers.append(_to_send(weeks[pair], pair, there))
        going = {
            answer[0]: weeks[answer[0]] for answer in answers if not isinstance(answer, Unsent)
        }
        made = _made(tx, going, now)
        readers = people.with_ids(tx, [a[1] for a in answers if not isinstance(a, Unsent)])
        turns = {week.team.id: schedules.next_turn(week.team, now) for week in made.values()}
        messages.schedule_each(tx, ScheduleKind.TODO_TURN, turns)
        return [
            answer
            if isinstance(answer, Unsent)
            else ListToSend(
                _facts(made[answer[0]], answer[2]),
                readers[answer[1]],
                redraw.list_subject(*answer[0]),
            )
            for answer in answers
        ]


def lists_posted(
    database: Database, workspace_id: int, posted: Sequence[PostedList], now: datetime
) -> list[TodoFacts | None]:
    """What those messages are to show now; None where nobody is to be shown anything there."""
    with database.writing(workspace_id) as tx:
        pairs = [redraw.read_list_subject(one.subject) for one in posted]
        found = {team.id: team for team in teams.with_ids(tx, list({team for team, _ in pairs}))}
        weeks = facts_for(tx, found, set(pairs), now)
        current = {pair: week for pair, week in weeks.items() if week.own_slots and not week.over}
        weeks |= _made(tx, current, now)
        return [
            _drawn(weeks.get(pair), one.reader_id) for pair, one in zip(pairs, posted, strict=True)
        ]


def turn(tx: Transaction, team_ids: Sequence[int], now: datetime) -> None:
    """A new day: the lists of those teams open on it, or say how the week ended.

    The latest list among them: after a long time without a heartbeat it is an old one.
    """
    subjects = {redraw.list_subject(*latest) for latest in todo.latest(tx, team_ids).items()}
    for team in teams.with_ids(tx, team_ids):
        monday = monday_of(today_of(team, now))
        subjects |= {redraw.list_subject(team.id, start) for start in (monday, monday - WEEK)}
    messages.want(tx, subjects)


def _to_send(
    week: Week, pair: TeamWeek, there: set[tuple[str, int | None]]
) -> tuple[TeamWeek, int, Reader] | Unsent:
    """Who gets that list; `there` holds what is posted already, and gains this."""
    if week.monday < monday_of(week.today) or week.over:
        return Unsent.EXPIRED
    off = next((off for off in week.manager_away if off.covers(week.today)), None)
    if off is None:
        reader_id, reader = week.team.manager.id, Reader.MANAGER
    elif off.stand_in_id is not None:
        reader_id, reader = off.stand_in_id, Reader.STAND_IN
    else:
        return Unsent.NOT_NEEDED
    key = (redraw.list_subject(*pair), reader_id)
    if key in there or not week.reps:
        return Unsent.NOT_NEEDED
    there.add(key)
    return pair, reader_id, reader


def _made(tx: Transaction, weeks: dict[TeamWeek, Week], now: datetime) -> dict[TeamWeek, Week]:
    """Those weeks with a slot for every rep, each on a day and with a reason that is good."""
    if not weeks:
        return {}
    new = {pair: week.new_slots() for pair, week in weeks.items()}
    mended = {slot: to for week in weeks.values() for slot, to in week.mended_slots().items()}
    todo.change_all(tx, mended)
    incomplete = [pair for pair, slots in new.items() if slots]
    if incomplete:
        todo.make_lists(tx, incomplete, now)
    if not incomplete and not mended:
        return weeks
    lists = todo.lists(
        tx,
        list({team for team, _ in weeks}),
        min(monday for _, monday in weeks),
        max(monday for _, monday in weeks),
    )
    todo.add_slots(
        tx,
        [
            (lists[pair], member.rep.id, day, reason)
            for pair in incomplete
            for member, day, reason in new[pair]
        ],
    )
    fresh = todo.slots_of(
        tx,
        {lists[pair]: pair for pair in weeks},
        {member.rep.id: member.rep for week in weeks.values() for member in week.members},
    )
    return {pair: week.with_slots(fresh[pair]) for pair, week in weeks.items()}


def _brought_up_to_date(tx: Transaction, week: Week, now: datetime) -> Week:
    pair = (week.team.id, week.monday)
    return week if week.over else _made(tx, {pair: week}, now)[pair]


def _drawn(week: Week | None, reader_id: int | None) -> TodoFacts | None:
    if week is None:
        return None
    if reader_id == week.team.manager.id:
        return _facts(week, Reader.MANAGER)
    # What came up once the manager is back is none of the stand-in's business: the message stays
    # as it was. Of a week that is over its last working day says who had it.
    day = min(week.today, week.days[-1])
    stood_in = {off.stand_in_id for off in week.manager_away if off.covers(day)} - {None}
    return _facts(week, Reader.STAND_IN) if reader_id in stood_in else None


def _preview(week: Week, reader: Reader) -> TodoFacts:
    """The list that would be made now, with slots that are kept nowhere."""
    slots = (
        Slot(-number, week.team.id, week.monday, member.rep, day, reason, None)
        for number, (member, day, reason) in enumerate(week.new_slots(), start=1)
    )
    return replace(_facts(week.with_slots(slots), reader), preview=True)


def _facts(week: Week, reader: Reader) -> TodoFacts:
    given = [slot.day for slot in week.own_slots.values() if slot.day is not None]
    is_first = all(slot.monday == week.monday for slot in week.slots)
    return TodoFacts(
        team=week.team,
        reader=reader,
        monday=week.monday,
        days=week.days,
        rows=week.rows(reader),
        issues=week.issues_now(),
        today=week.today,
        over=week.over,
        rest=is_first and bool(given) and min(given) > week.all_free_days[0],
    )


def _monday_due(team: Team, due_at: datetime) -> date:
    zone = zone_named(team.manager.zone or team.settings.zone)
    return week_of_list(local_date(due_at, zone), team.settings)


def _own_list(tx: Transaction, actor: Actor, now: datetime) -> tuple[Team, Reader]:
    """The team of who acts, or the one they stand in for today. Raises NoTeam."""
    team = teams.of_manager(tx, actor.slack_id)
    if team is not None:
        return team, Reader.MANAGER
    for stood_in in teams.stood_in_for(tx, actor.slack_id):
        away = teams.time_off(tx, [stood_in.manager.id])[stood_in.manager.id]
        person = people.one(tx, actor.slack_id)
        if person and stands_in(person, away, today_of(stood_in, now)):
            return stood_in, Reader.STAND_IN
    return managers_team(tx, actor, now), Reader.MANAGER


def _for_actor(tx: Transaction, actor: Actor, team_id: int, now: datetime) -> tuple[Team, Reader]:
    """That team, whose list who acts may see today. Raises Gone and NotYours."""
    team = teams.with_id(tx, team_id)
    if team is None:
        raise Gone
    if team.manager.slack_id == actor.slack_id:
        return team, Reader.MANAGER
    person = people.one(tx, actor.slack_id)
    away = teams.time_off(tx, [team.manager.id])[team.manager.id]
    if person and stands_in(person, away, today_of(team, now)):
        return team, Reader.STAND_IN
    raise NotYours(team.manager.name)


def _slot(tx: Transaction, slot_id: int, *, hold: bool = False) -> Slot:
    slot = todo.one(tx, slot_id, hold=hold)
    if slot is None:
        raise Gone
    return slot


def _to_work_on(
    tx: Transaction, actor: Actor, slot_id: int, now: datetime
) -> tuple[Week, Slot, Reader, Person]:
    """A slot of a week that is not over, and who works on it."""
    slot = _slot(tx, slot_id, hold=True)
    team, reader = _for_actor(tx, actor, slot.team_id, now)
    week = facts_of(tx, team, slot.monday, now)
    if week.over:
        raise WeekOver
    if slot.rep.id not in week.reps:
        raise NotOnTeam(slot.rep.slack_id, slot.rep.name)
    who = people.one(tx, actor.slack_id)
    assert who is not None
    return week, slot, reader, who


def _managed(tx: Transaction, actor: Actor, slot_id: int, now: datetime) -> tuple[Week, Slot]:
    """A slot that its manager, and nobody else, may change."""
    week, slot, reader, _ = _to_work_on(tx, actor, slot_id, now)
    if reader is not Reader.MANAGER:
        raise NotYours(week.team.manager.name)
    return week, slot


def _promise_of(tx: Transaction, reason: Reason) -> Promise | None:
    """The promise a reason is about, where it is open."""
    kind, _, number = reason.about.partition(":")
    promise = promises.one(tx, int(number)) if kind == "promise" else None
    return promise if promise is not None and promise.is_open else None
