"""A rep moves to another team, and what a later manager may read goes along.

What becomes of what is said in `bot/domain/binder/moving.py`. `move_rep` is the one way; whoever
has given a rep another place already, as a roster file does, keeps a move (`storage/team/moves.py`)
and lets `carry_due` do the rest.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from bot.domain.appointments import Appointment
from bot.domain.binder.handover import HandoverState
from bot.domain.binder.moving import Moved
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import MessageKind, ScheduleKey, Subject
from bot.domain.team.calendar import instant
from bot.domain.team.memberships import RepMove
from bot.domain.team.roster_memberships import RosterMove
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import NotOnTeam, Oneself
from bot.services import appointments as appointment_services
from bot.services.delivery.messages import lists_changed
from bot.services.delivery.schedules import items_due, set_due
from bot.services.meetings import series
from bot.services.results import activity
from bot.services.team import memberships, ramp
from bot.services.team.roles import check_may_be_reps, roles_changed
from storage import appointments
from storage.accounts import acquaintances, transitions
from storage.binder import handovers
from storage.binder.moving import accounts, contacts, issues, planned, promises, results
from storage.binder.moving.between import Between
from storage.database.engine import FILE_PATIENCE, Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.sessions import plans
from storage.team import memberships as stored_memberships
from storage.team import moves, people, teams

START_OF_DAY = time(0)
NO_TEAM = 0
"""Of a manager whose team is still to be made."""


def move_rep(
    tx: Transaction, rep: Person, from_team: Team, to_team: Team, day: date, now: datetime
) -> Moved:
    """That rep leaves the one team on that day and is on the other from then on; what a later
    manager may read goes along, at once where the day has come on the wall of the manager whom the
    rep comes to, else by the heartbeat on that day. Writes; holds the rep, both managers and both
    teams until the transaction is over.

    The new place is not introduced: whoever writes to the rep marks that (`teams.mark_introduced`).
    What went along, or would as of now. Raises NotOnTeam where the rep is not on the first team
    that day, be it that somebody else was faster; Oneself, CannotBeRep and OwnManager where the rep
    may not be on the other.
    """
    people.lock_all(tx, {rep.slack_id, from_team.manager.slack_id, to_team.manager.slack_id})
    teams.lock(tx, [from_team.id, to_team.id])
    if from_team.id == to_team.id or rep.id == to_team.manager.id:
        raise Oneself
    check_may_be_reps(tx, to_team.manager.slack_id, [rep], now)
    seat = _seat(tx, from_team.id, rep, day)
    if seat is None:
        raise NotOnTeam(rep.slack_id, rep.name)
    moved = to_go(tx, rep, from_team, to_team, day)
    _change_seats(tx, seat, to_team, day)
    _carry_from(tx, [(rep, day)], from_team, to_team, now)
    return moved


def join(tx: Transaction, team: Team, own: Team, now: datetime) -> Moved:
    """All who are on the one team, or are to come to it, are on the other from now on, whoever has
    left Slack too; and what a later manager may read of them, and of those who were on it, goes
    along with all of its accounts, be they known to nobody. Writes; whoever calls it holds both
    teams and everybody on them, and has asked whether they may be reps there.

    The new places are not introduced. What went along, counted.
    """
    day = team.today(now)
    passing = transitions.of_teams(tx, [team.id])
    going = _going(tx, team, own, day)
    moved = Moved()
    for seat in going:
        moved += to_go(tx, seat.rep, team, own, max(day, seat.joined_on))
    leads_to = accounts.ensure_all(tx, team.id, own.id)
    there = {one.rep.id for one in teams.members(tx, own.id)}
    for seat in going:
        if not seat.is_over(day):
            _change_seats(tx, seat, own, max(day, seat.joined_on))
        elif seat.rep.id not in there:
            teams.add_memberships(tx, [(own.id, seat.rep.id, seat.joined_on, seat.left_on)])
    _carry_from(tx, [(one.rep, max(day, one.joined_on)) for one in going], team, own, now)
    known = {one.rep.id for one in teams.members(tx, team.id)} | {team.manager.id}
    acquaintances.carry(tx, leads_to, known)
    accounts.carry_dates(tx, team.id, own.id, leads_to, day)
    transitions.join(tx, passing, own.id, leads_to)
    return moved


def to_join(tx: Transaction, team: Team, own: Team, now: datetime) -> Moved:
    """What would go along where the one team is joined with the other; nothing is written."""
    day, moved = team.today(now), Moved()
    for seat in _going(tx, team, own, day):
        moved += to_go(tx, seat.rep, team, own, max(day, seat.joined_on))
    return moved


def _going(tx: Transaction, team: Team, own: Team, day: date) -> list[Membership]:
    """The newest place of everybody who goes along, be it over: but who moved away before, and what
    could be read of whom went there then."""
    newest: dict[int, Membership] = {}
    for seat in teams.members(tx, team.id):
        known = newest.get(seat.rep.id)
        if known is None or (known.joined_on, known.id) < (seat.joined_on, seat.id):
            newest[seat.rep.id] = seat
    away = {move.rep.id for move in moves.away_from(tx, team.id) if move.carried}
    return [
        seat
        for seat in newest.values()
        if seat.rep.id != own.manager.id and not (seat.is_over(day) and seat.rep.id in away)
    ]


def _carry_from(
    tx: Transaction,
    going: Sequence[tuple[Person, date]],
    from_team: Team,
    to_team: Team,
    now: datetime,
) -> None:
    """Those reps, whose places were changed already, move on that day: what goes along does, or
    waits for it. Writes."""
    reps = [rep for rep, _ in going]
    moves.plan(tx, [(rep.id, from_team.id, to_team.id, day) for rep, day in going])
    _seats_changed(tx, reps, [from_team, to_team], now)
    ids = {rep.id for rep in reps}
    for move in moves.waiting(tx, [to_team.id]):
        if move.from_id == from_team.id and move.rep.id in ids:
            _carry_or_wait(tx, move, from_team, to_team, now)


def to_go(tx: Transaction, rep: Person, from_team: Team, to_team: Team, day: date) -> Moved:
    """What would go along with that rep, counted; nothing is written."""
    return _counted(tx, Between(rep.id, from_team.id, to_team.id), day)


def _counted(tx: Transaction, move: Between, day: date) -> Moved:
    kinds = contacts.to_go(tx, move)
    still_open, closed = promises.to_go(tx, move)
    return Moved(
        touches=kinds.get(InteractionKind.TOUCH, 0),
        sessions=kinds.get(InteractionKind.SESSION, 0),
        field_days=kinds.get(InteractionKind.FIELD_DAY, 0),
        promises=still_open,
        closed=closed,
        appointments=len(planned.appointments_to_go(tx, move, day)),
        for_session=planned.items_to_go(tx, move),
        market_notes=accounts.notes_to_go(tx, move),
        results=results.to_go(tx, move),
        save_it_plans=results.plans_to_go(tx, move),
    )


def looked_at(database: Database, workspace_id: int, moved: Sequence[RosterMove]) -> list[Moved]:
    """What would go along with each of those reps; nothing is written."""
    with database.reading(workspace_id, patience=FILE_PATIENCE) as tx:
        known = people.get_many(tx, [one.rep for one in moved])
        by_manager = {team.manager.slack_id: team for team in teams.all_teams(tx)}
        return [
            _counted(
                tx,
                Between(
                    known[one.rep].id,
                    by_manager[one.before].id,
                    by_manager[one.after].id if one.after in by_manager else NO_TEAM,
                ),
                one.day,
            )
            for one in moved
        ]


def carry_due(tx: Transaction, team_ids: Sequence[int], now: datetime) -> None:
    """What goes along with reps who move to those teams does, where the day has come: of one of
    them, and of the others by what is due again at once, so that nobody waits for all. Writes."""
    waiting = moves.waiting(tx, team_ids)
    _carry_waiting(tx, waiting[:1], now)
    set_due(
        tx, MessageKind.REP_MOVE, {ScheduleKey(move.to_id, move.id): now for move in waiting[1:]}
    )


def carry_all(database: Database, workspace_id: int, now: datetime) -> None:
    """The same for every move that waits, each in a transaction of its own, so that nobody waits
    for hundreds of them. Writes. Raises DatabaseUnavailableError."""
    with database.reading(workspace_id, patience=FILE_PATIENCE) as tx:
        found = moves.waiting(tx)
    for move in found:
        with database.writing(workspace_id, patience=FILE_PATIENCE, aside=True) as tx:
            _carry_waiting(tx, [move], now)


def _carry_waiting(tx: Transaction, found: Iterable[RepMove], now: datetime) -> None:
    waiting = list(found)
    ids = {team for move in waiting for team in (move.from_id, move.to_id)}
    known = {team.id: team for team in teams.get_many(tx, sorted(ids))}
    slack_ids = {move.rep.slack_id for move in waiting}
    people.lock_all(tx, slack_ids | {team.manager.slack_id for team in known.values()})
    teams.lock(tx, sorted(known))
    for move in waiting:
        _carry_or_wait(tx, move, known[move.from_id], known[move.to_id], now)


def _seat(tx: Transaction, team_id: int, rep: Person, day: date) -> Membership | None:
    """The rep's place on that team that had not ended by that day."""
    found = [one for one in teams.members(tx, team_id, on=day) if one.rep.id == rep.id]
    return found[-1] if found else None


def _change_seats(tx: Transaction, seat: Membership, to_team: Team, day: date) -> None:
    """The one ends that day. The other begins: where the rep left it that very day, by mistake, it
    goes on; where they are on it, or are to be, they stay on it from that day on."""
    teams.set_days(tx, {seat.id: (min(seat.joined_on, day), day)})
    there = [one for one in teams.members(tx, to_team.id) if one.rep.id == seat.rep.id]
    latest = max(there, key=lambda one: (one.joined_on, one.id), default=None)
    if latest is not None and (latest.left_on is None or latest.left_on >= day):
        ends = None if latest.left_on == day else latest.left_on
        teams.set_days(tx, {latest.id: (min(latest.joined_on, day), ends)})
        return
    # Whoever is to leave leaves on that day still.
    teams.add_memberships(tx, [(to_team.id, seat.rep.id, day, seat.left_on)])
    made = _seat(tx, to_team.id, seat.rep, day)
    assert made is not None  # it was added just now
    if seat.first_line:
        teams.set_first_line(tx, made.id, seat.first_line)
    if seat.thanks is not None:
        teams.set_thanks(tx, made.id, seat.thanks)


def _seats_changed(
    tx: Transaction, reps: Sequence[Person], both: Sequence[Team], now: datetime
) -> None:
    ids = [rep.id for rep in reps]
    for team in both:
        memberships.place_changed(tx, team, ids)
        lists_changed(tx, team.id, team.today(now))
    stored_memberships.settle_who_came(tx, both[-1].today(now), now)
    # Of the ramp what is still to come is taken back: it was the one team's.
    ramp.follow(tx, both, now)
    roles_changed(tx, ids, now)
    series.follow_all(tx, both, now)


def _carry_or_wait(
    tx: Transaction, move: RepMove, from_team: Team, to_team: Team, now: datetime
) -> None:
    if move.day > to_team.today(now):
        at = instant(move.day, START_OF_DAY, to_team.manager_zone)
        set_due(tx, MessageKind.REP_MOVE, {ScheduleKey(to_team.id, move.id): at})
    elif moves.carried(tx, move.id, now):
        _carry(tx, move.rep, from_team, to_team, move.day, now)
        _offered_no_more(tx, from_team, move.rep, now)


def _offered_no_more(tx: Transaction, team: Team, rep: Person, now: datetime) -> None:
    """Who has moved is passed on by nobody of the team that they left, be it that they come back:
    what was offered of them alone is over. Writes."""
    for one in handovers.open_of_team(tx, team.id):
        if one.rep is not None and one.rep.id == rep.id:
            handovers.settle(tx, one.id, HandoverState.WITHDRAWN, now)
            messages.mark_stale(tx, [Subject(MessageKind.HANDOVER, one.id)])
            set_due(tx, MessageKind.HANDOVER, {ScheduleKey(team.id, one.id): None})


def _carry(
    tx: Transaction, rep: Person, from_team: Team, to_team: Team, day: date, now: datetime
) -> None:
    """All of `TABLES` (`bot/domain/binder/moving.py`) that goes or follows. Writes."""
    move = Between(rep.id, from_team.id, to_team.id)
    there = [one for one in teams.members(tx, to_team.id) if one.rep.id == rep.id]
    has_own = any(one.joined_on < day and (one.left_on or day) >= day for one in there)
    contacts.carry(tx, move)
    leads_to = accounts.ensure(tx, move)
    contacts.carry_words(tx, move, leads_to)
    plans.follow(tx, [(to_team.id, rep.id)])
    accounts.carry(tx, move, leads_to, {rep.id, from_team.manager.id}, day)
    promises.carry(tx, move, to_team.manager.id, day, now)
    results.carry(tx, move, has_own=has_own)
    results.carry_plans(tx, move)
    planned.carry_items(tx, move)
    planned.carry_days_off(tx, move, day)
    issues.carry(tx, move, day)
    _carry_appointments(tx, move, from_team, to_team, day, now)
    activity.follow_plans(tx, [from_team, to_team], now)
    asked = (one.subject for one in messages.sent_to(tx, rep.id))
    messages.mark_stale(tx, {one for one in asked if one.kind is MessageKind.ACTIVITY_ASK})
    for team in (from_team, to_team):
        lists_changed(tx, team.id, day, team.today(now))
        series.agenda_changed(tx, team, now)


def _carry_appointments(
    tx: Transaction, move: Between, from_team: Team, to_team: Team, day: date, now: datetime
) -> None:
    """What is planned is at the same instant, on the wall of the manager whom it is with now. Where
    something of that kind is planned there already, that stands."""
    found = planned.appointments_to_go(tx, move, day)
    if not found:
        return
    taken = planned.kinds_there(tx, move)
    at = {one.id: _there(one, from_team, to_team) for one in found if one.kind not in taken}
    waiting = {
        kind: set(items_due(tx, [from_team.id], kind)[from_team.id])
        for kind in appointment_services.NOTES
    }
    planned.carry_appointments(tx, move, at, [one.id for one in found if one.id not in at], now)
    over = {ScheduleKey(from_team.id, one.id): None for one in found}
    for kind in appointment_services.NOTES:
        set_due(tx, kind, over)
    for one in appointments.get_many(tx, list(at)).values():
        _follow_notes(tx, to_team, one, waiting, now)
    subjects = [Subject(kind, one.id) for one in found for kind in appointment_services.NOTES]
    messages.mark_stale(tx, subjects)
    lists_changed(tx, to_team.id, *(one[0] for one in at.values()))


def _there(one: Any, from_team: Team, to_team: Team) -> tuple[date, time | None]:
    if one.at is None:
        return one.day, None
    wall = instant(one.day, one.at, from_team.manager_zone).astimezone(to_team.manager_zone)
    return wall.date(), wall.time().replace(tzinfo=None)


def _follow_notes(
    tx: Transaction,
    team: Team,
    appointment: Appointment,
    waiting: dict[MessageKind, set[int]],
    now: datetime,
) -> None:
    """The notes before it: the rep who has had theirs does not get another."""
    appointment_services.follow_appointment(tx, team, appointment, now)
    prepare = MessageKind.SESSION_PREPARE
    if appointment.id not in waiting[prepare]:
        set_due(tx, prepare, {ScheduleKey(team.id, appointment.id): None})
