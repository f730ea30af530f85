"""The to-do list on its way: which lists are due, and what the posted ones are to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.delivery import MessageKind, ScheduleKey, Subject, Unsent
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Team
from bot.domain.team.time_off import reader_on
from bot.domain.todo.lists import Reader, TodoView, week_of_list
from bot.domain.todo.week import Week
from bot.domain.workspaces.people import Person
from bot.services.delivery.messages import list_subject
from bot.services.delivery.schedules import items_due, set_due
from bot.services.todo import schedule
from bot.services.todo.weeks import TeamWeek, facts_for, is_made, made, make_slots, slots_to_make
from bot.services.workspaces import calendars
from storage import todo
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.team import people, teams


@dataclass(frozen=True)
class ListToSend:
    """A list that is due, and who gets it."""

    facts: TodoView
    reader: Person
    subject: Subject


@dataclass(frozen=True)
class PostedList:
    """Where a list stands: what about, and for whom it was drawn (a person)."""

    subject: Subject
    reader_id: int | None


@dataclass(frozen=True)
class NotForReader:
    """A list that stands with somebody who stood in and is a rep of the team now; `passed_on`: with
    somebody who had it in the week in which the team passed to another manager, or was joined with
    `team`."""

    team: Team
    passed_on: bool = False


def make_due_lists(
    database: Database, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[ListToSend | Unsent]:
    """The lists of those teams that were due at those instants, made where they are to be sent.

    In the order of `dues`. Writes; what is read and ranked for it keeps nobody from writing.
    """
    with database.reading(workspace_id) as tx:
        found = {team.id: team for team in teams.get_many(tx, list({team for team, _ in dues}))}
        mondays = [_monday_due(found[team_id], due_at) for team_id, due_at in dues]
        wanted = list(dict.fromkeys(zip((team for team, _ in dues), mondays, strict=True)))
        weeks = facts_for(tx, found, wanted, now)
        subjects = {list_subject(*pair) for pair in wanted}
        there = messages.readers_of(tx, subjects)
        answers: list[tuple[TeamWeek, int, Reader] | Unsent] = []
        for pair in zip((team for team, _ in dues), mondays, strict=True):
            answers.append(_to_send(weeks[pair], pair, there))
        going = {
            answer[0]: weeks[answer[0]] for answer in answers if not isinstance(answer, Unsent)
        }
        readers = people.get_many_by_id(tx, [a[1] for a in answers if not isinstance(a, Unsent)])
        unclosed = _unclosed(tx, list(going))
    lacking = slots_to_make(going)
    turns = {
        ScheduleKey(week.team.id): schedule.next_roll_over(week.team, now)
        for week in going.values()
    }
    with database.writing(workspace_id) as tx:
        kept = make_slots(tx, going, lacking, now)
        messages.mark_stale(tx, unclosed)
        set_due(tx, MessageKind.TODO_ROLL_OVER, turns)
    return [
        answer
        if isinstance(answer, Unsent)
        else ListToSend(
            kept[answer[0]].facts(answer[2]), readers[answer[1]], list_subject(*answer[0])
        )
        for answer in answers
    ]


def _unclosed(tx: Transaction, coming: Sequence[TeamWeek]) -> set[Subject]:
    """The lists before those that come, of which nobody was here to say how they ended: they were
    still to turn. All others have said it, and stay as they are."""
    ids = list({team_id for team_id, _ in coming})
    if not ids:
        return set()
    latest = todo.latest(tx, ids)
    turning = items_due(tx, ids, MessageKind.TODO_ROLL_OVER)
    return {
        list_subject(team_id, latest[team_id])
        for team_id, monday in coming
        if turning[team_id] and latest.get(team_id, monday) < monday
    }


def remake_posted_lists(
    database: Database, workspace_id: int, posted: Sequence[PostedList], now: datetime
) -> list[TodoView | NotForReader | None]:
    """What those messages are to show now; None where they stay as they are."""
    pairs = [_team_week(one.subject) for one in posted]
    with database.reading(workspace_id) as tx:
        weeks = _weeks(tx, pairs, now)
        joined = _joined(tx, weeks)
    unmade = [
        pair
        for pair, week in weeks.items()
        if pair[0] not in joined and _is_current(week) and not is_made(week)
    ]
    if unmade:
        with database.writing(workspace_id) as tx:
            fresh = _weeks(tx, unmade, now)
            weeks |= made(tx, {p: week for p, week in fresh.items() if _is_current(week)}, now)
    return [
        joined.get(pair[0]) or _drawn(weeks.get(pair), one.reader_id)
        for pair, one in zip(pairs, posted, strict=True)
    ]


def _joined(tx: Transaction, weeks: Mapping[TeamWeek, Week]) -> dict[int, NotForReader]:
    """By team that was joined with another, that its lists went on with that."""
    into = {week.team.id: week.team.joined_to for week in weeks.values() if week.team.joined_to}
    led = {team.id: team for team in teams.get_many(tx, sorted(set(filter(None, into.values()))))}
    return {
        team_id: NotForReader(led[other], passed_on=True)
        for team_id, other in into.items()
        if other is not None
    }


def _weeks(tx: Transaction, pairs: Sequence[TeamWeek], now: datetime) -> dict[TeamWeek, Week]:
    found = {team.id: team for team in teams.get_many(tx, list({team for team, _ in pairs}))}
    return facts_for(tx, found, set(pairs), now)


def _is_current(week: Week) -> bool:
    """Whether there is a list of that week, and it is not over."""
    return bool(week.own_slots) and not week.over


def roll_over(tx: Transaction, team_ids: Sequence[int], now: datetime) -> None:
    """A new day: the lists of those teams open on it, or say how the week ended, once: on the
    Saturday, when it is over. Writes.

    The latest list among them: after a long time without a heartbeat it is an old one.
    """
    latest = todo.latest(tx, team_ids)
    subjects = {list_subject(*one) for one in latest.items()}
    again = {}
    for team in teams.get_many(tx, team_ids):
        today = team.today(now)
        monday = calendars.of_team(team.settings, today).week_of(today)
        subjects.add(list_subject(team.id, monday))
        coming = schedule.next_roll_over(team, now)
        if schedule.rolls_over_at(team, latest.get(team.id), coming):
            again[ScheduleKey(team.id)] = coming
    messages.mark_stale(tx, subjects)
    set_due(tx, MessageKind.TODO_ROLL_OVER, again)


def _to_send(
    week: Week, pair: TeamWeek, there: set[tuple[Subject, int | None]]
) -> tuple[TeamWeek, int, Reader] | Unsent:
    """Who gets that list; `there` holds what is posted already, and gains this."""
    if week.monday < week.calendar.week_of(week.today) or week.over:
        return Unsent.EXPIRED
    manager_id = week.team.manager.id
    reader_id = reader_on(MessageKind.TODO_LIST, manager_id, week.today, week.manager_away)
    if reader_id is None:
        return Unsent.NOT_NEEDED
    reader = Reader.MANAGER if reader_id == manager_id else Reader.STAND_IN
    key = (list_subject(*pair), reader_id)
    if key in there or not week.reps:
        return Unsent.NOT_NEEDED
    there.add(key)
    return pair, reader_id, reader


def _drawn(week: Week | None, reader_id: int | None) -> TodoView | NotForReader | None:
    if week is None:
        return None
    if reader_id == week.team.manager.id:
        return week.facts(Reader.MANAGER)
    if any(one.rep.id == reader_id and one.is_on(week.today) for one in week.members):
        return NotForReader(week.team)
    # What came up once the manager is back is none of the stand-in's business: the message stays
    # as it was. Of a week that is over its last working day says who had it.
    day = min(week.today, week.days[-1])
    stood_in = {off.stand_in_id for off in week.manager_away if off.covers(day)} - {None}
    if reader_id in stood_in:
        return week.facts(Reader.STAND_IN)
    passed_since = week.team.led_since is not None and week.ends >= week.team.led_from
    return NotForReader(week.team, passed_on=True) if passed_since else None


def _monday_due(team: Team, due_at: datetime) -> date:
    day = local_date(due_at, team.manager_zone)
    return week_of_list(day, team.settings, calendars.of_team(team.settings, day))


def _team_week(subject: Subject) -> TeamWeek:
    assert subject.day is not None  # a list is always of a week
    return subject.id, subject.day
