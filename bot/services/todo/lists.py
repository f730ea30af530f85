"""The to-do list: made, drawn, and worked through."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.contacts.interactions import Logged
from bot.domain.team.calendar import USUAL, WorkingCalendar, local_date
from bot.domain.todo.kinds import source_of
from bot.domain.todo.lists import (
    WHY_LIMIT,
    Reader,
    Slot,
    SlotForm,
    SlotState,
    TodoView,
    WhyView,
)
from bot.domain.todo.origins import Origin, ReasonSource
from bot.domain.todo.ranking import subject
from bot.domain.todo.week import Week
from bot.domain.workspaces.people import Actor, Person, zone_named
from bot.domain.workspaces.refusals import (
    BadField,
    FieldError,
    Gone,
    NotOnTeam,
    NotYours,
    WeekAhead,
    WeekOver,
)
from bot.services.contacts import touches
from bot.services.delivery.messages import lists_changed
from bot.services.todo.weeks import current_monday, facts_of, is_made, made
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import list_of_actor, memberships_of, own_rep, reader_of_list
from storage import promises, todo
from storage.accounts import dates, transitions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import people, teams

WEEK = timedelta(days=7)


def today(database: Database, actor: Actor, now: datetime) -> date:
    """The date on the wall of who acts: a manager's, or anyone's."""
    with database.reading(actor.workspace_id) as tx:
        team = teams.of_manager(tx, actor.slack_id)
        if team is not None:
            return team.today(now)
        person = people.get(tx, actor.slack_id)
        if person is None:
            return local_date(now, zone_named(None))
        # Where Slack has no zone of theirs, that of a team they have to do with.
        with_them = [team for team, *_ in memberships_of(tx, actor.slack_id, now)]
        with_them += teams.stood_in_for(tx, actor.slack_id)
    names = [team.meeting_zone_name for team in with_them]
    return local_date(now, zone_named(person.zone, *names))


def calendar(database: Database, actor: Actor, now: datetime) -> WorkingCalendar:
    """When the team of who acts works; the usual calendar for someone without a team."""
    with database.reading(actor.workspace_id) as tx:
        team = teams.of_manager(tx, actor.slack_id)
        return calendars.of_team(team.settings, team.today(now)) if team else USUAL


def this_week(database: Database, actor: Actor, now: datetime) -> TodoView:
    """The list of this week, made where it was not there yet, up to date. Raises NoTeam.

    Someone without a team who stands in for a manager today sees that manager's.
    """
    with database.reading(actor.workspace_id) as tx:
        week, reader = _own_week(tx, actor, now)
    return _up_to_date(database, actor, week, now).facts(reader)


def next_week(database: Database, actor: Actor, now: datetime) -> TodoView:
    """A look at the list of next week as it would be now; nothing is kept. Raises NoTeam.

    Where it has come already, it is that list itself.
    """
    with database.reading(actor.workspace_id) as tx:
        week, reader = _own_week(tx, actor, now, WEEK)
    if week.own_slots:
        return _up_to_date(database, actor, week, now).facts(reader)
    return _preview(week, reader)


def list_of_slot(database: Database, actor: Actor, slot_id: int, now: datetime) -> TodoView:
    """The list that a slot is on, as it stands. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        slot = _slot(tx, slot_id)
        team, reader = reader_of_list(tx, actor, slot.team_id, now)
        return facts_of(tx, team, slot.monday, now).facts(reader)


def list_of_week(database: Database, actor: Actor, monday: date, now: datetime) -> TodoView:
    """The list of that week of who acts, as it stands or would be now. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team, reader = list_of_actor(tx, actor, now)
        week = facts_of(tx, team, monday, now)
        made = bool(week.own_slots) or week.over
        return week.facts(reader) if made else _preview(week, reader)


def done(database: Database, actor: Actor, slot_id: int, now: datetime) -> Logged | None:
    """A contact with that rep happened today, about the slot's reason.

    None where there is a contact in that week already, be it since a moment ago. Raises Gone,
    NotYours, WeekOver, NotOnTeam, and WeekAhead: a contact of today is in no week that begins
    later.
    """
    with database.writing(actor.workspace_id) as tx:
        week, slot, reader, who = to_work_on(tx, actor, slot_id, now)
        if week.today < week.begins:
            raise WeekAhead
        if week.state(slot) is SlotState.DONE:
            return None
        teller = week.team.manager.name if reader is Reader.STAND_IN else None
        reason = week.reason(slot, teller)
        # Kept in the manager's words, whoever read it.
        todo.change_reason(tx, slot.id, week.reason(replace(slot, reason=reason)))
        if slot.answer is not None:
            # Of a contact that is gone since; what this one is about is asked anew.
            todo.change(tx, slot.id, answer=None)
        return touches.log_contact(tx, week.team, slot.rep, who, subject(reason), now)


def to_change(database: Database, actor: Actor, slot_id: int, now: datetime) -> SlotForm:
    """A slot that is to be moved or left, and the days it can have.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        return SlotForm(slot, week.days_for(slot.rep.id), week.today)


def move(database: Database, actor: Actor, slot_id: int, day: date, now: datetime) -> None:
    """That rep has another day.

    Raises Gone, NotYours, WeekOver, NotOnTeam, and BadField for a day the rep cannot have.
    """
    with database.writing(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        if day not in week.days_for(slot.rep.id):
            raise BadField("day", FieldError.NOT_A_DAY_LEFT)
        todo.change(tx, slot.id, day=day, moved=True, not_this_week=None)
        lists_changed(tx, slot.team_id, slot.monday)


def not_this_week(database: Database, actor: Actor, slot_id: int, why: str, now: datetime) -> None:
    """That rep is left out this week; `why` is the manager's own word.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        _, slot = managed(tx, actor, slot_id, now)
        todo.change(tx, slot.id, not_this_week=why.strip()[:WHY_LIMIT])
        lists_changed(tx, slot.team_id, slot.monday)


def on_again(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    """That rep is on this week's list after all.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        _, slot = managed(tx, actor, slot_id, now)
        todo.change(tx, slot.id, not_this_week=None)
        lists_changed(tx, slot.team_id, slot.monday)


def why(database: Database, actor: Actor, rep: str, now: datetime) -> WhyView:
    """Why that rep, by Slack id, has the reason that stands on this week's list.

    Raises NoTeam, NotOnTeam, and Gone where the rep has no slot this week.
    """
    with database.reading(actor.workspace_id) as tx:
        team, person, _ = own_rep(tx, actor, rep)
        week = facts_of(tx, team, current_monday(tx, team, now), now)
        slot = week.own_slots.get(person.id)
        if slot is None or person.id not in week.reps:
            raise Gone
        return WhyView(
            rep=person,
            slot=slot,
            reason=week.reason(slot),
            ranking=week.ranking(person.id),
            last_kind=week.last_kind(person.id),
            today=week.today,
        )


def source(database: Database, actor: Actor, slot_id: int, now: datetime) -> ReasonSource:
    """Where the reason of a slot comes from, as it is opened (`Origin`).

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        found = source_of(slot.rep, week.reason(slot))
        look_up = None if found.origin is None else LOOKED_UP.get(found.origin)
        return look_up(tx, found) if look_up else found


def _where_promised(tx: Transaction, found: ReasonSource) -> ReasonSource:
    promise = promises.get(tx, found.id)
    if promise is None or promise.interaction_id is None:
        return replace(found, origin=Origin.PROMISES)
    return replace(found, origin=Origin.CONTACT, id=promise.interaction_id)


def _who_gives(tx: Transaction, found: ReasonSource) -> ReasonSource:
    passing = transitions.get(tx, found.id)
    rep = found.rep if passing is None else passing.leaves
    return replace(found, origin=Origin.TRANSITIONS, rep=rep)


def _where_heard(tx: Transaction, found: ReasonSource) -> ReasonSource:
    one = dates.get(tx, found.id)
    if one is None:
        raise Gone
    if one.contact is not None:
        return replace(found, origin=Origin.CONTACT, id=one.contact)
    return replace(found, origin=Origin.ACCOUNT, id=one.account_id)


LOOKED_UP: Mapping[Origin, Callable[[Transaction, ReasonSource], ReasonSource]] = {
    Origin.PROMISE: _where_promised,
    Origin.TRANSITION: _who_gives,
    Origin.ACCOUNT_DATE: _where_heard,
}
"""What leads to another, which is opened."""


def noted(database: Database, actor: Actor, slot_id: int, now: datetime) -> tuple[Slot, date]:
    """The slot of any list of who acts, with what was noted in it for next time, and the date on
    their wall. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        slot = _slot(tx, slot_id)
        team, reader = reader_of_list(tx, actor, slot.team_id, now)
        if reader is not Reader.MANAGER:
            raise NotYours(team.manager.name)
        return slot, team.today(now)


def _own_week(
    tx: Transaction, actor: Actor, now: datetime, after: timedelta = timedelta()
) -> tuple[Week, Reader]:
    """The week that begins so long after this one, of the list of who acts. Raises NoTeam."""
    team, reader = list_of_actor(tx, actor, now)
    return facts_of(tx, team, current_monday(tx, team, now) + after, now), reader


def _up_to_date(database: Database, actor: Actor, week: Week, now: datetime) -> Week:
    """That week with a good slot for every rep. Who looks at a list that is there and good waits
    for nobody who writes; else it is read anew, since somebody else may have made it meanwhile."""
    if week.over or is_made(week):
        return week
    with database.writing(actor.workspace_id, aside=True) as tx:
        pair = (week.team.id, week.monday)
        return made(tx, {pair: facts_of(tx, week.team, week.monday, now)}, now)[pair]


def _preview(week: Week, reader: Reader) -> TodoView:
    """The list that would be made now, with slots that are kept nowhere."""
    slots = (
        Slot(-number, week.team.id, week.monday, member.rep, day, reason, None)
        for number, (member, day, reason) in enumerate(week.new_slots(), start=1)
    )
    return replace(week.with_slots(slots).facts(reader), preview=True)


def _slot(tx: Transaction, slot_id: int, *, hold: bool = False) -> Slot:
    slot = todo.get(tx, slot_id, hold=hold)
    if slot is None:
        raise Gone
    return slot


def to_work_on(
    tx: Transaction, actor: Actor, slot_id: int, now: datetime
) -> tuple[Week, Slot, Reader, Person]:
    """A slot of a week that is not over, and who works on it.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    slot = _slot(tx, slot_id, hold=True)
    team, reader = reader_of_list(tx, actor, slot.team_id, now)
    week = facts_of(tx, team, slot.monday, now)
    if week.over:
        raise WeekOver
    if slot.rep.id not in week.reps:
        raise NotOnTeam(slot.rep.slack_id, slot.rep.name)
    who = people.get(tx, actor.slack_id)
    assert who is not None
    return week, slot, reader, who


def managed(tx: Transaction, actor: Actor, slot_id: int, now: datetime) -> tuple[Week, Slot]:
    """A slot that its manager, and nobody else, may change. Raises what `to_work_on` raises."""
    week, slot, reader, _ = to_work_on(tx, actor, slot_id, now)
    if reader is not Reader.MANAGER:
        raise NotYours(week.team.manager.name)
    return week, slot
