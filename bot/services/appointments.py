"""Sessions and field days that are planned: proposed, planned, moved, and what comes of them."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.accounts.bench import BenchAccount, to_meet
from bot.domain.appointments import (
    Appointment,
    AppointmentEntry,
    AppointmentForm,
    AppointmentMade,
    OddHour,
    day_before,
    odd_hours,
    proposed_day,
)
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.results.coverage import COMPONENT_OF, due_dates, last_of
from bot.domain.team.cadence import LONGEST
from bot.domain.team.calendar import instant
from bot.domain.team.teams import Membership, Team
from bot.domain.team.time_off import is_away
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.domain.workspaces.submissions import Made
from bot.services.accounts.bench import key_accounts
from bot.services.delivery.messages import lists_changed
from bot.services.delivery.schedules import items_due, set_due
from bot.services.workspaces import calendars
from bot.services.workspaces.absence import days_off
from bot.services.workspaces.authority import own_appointment, own_team, require_rep
from storage import appointments
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import absences, teams
from storage.workspaces import submissions

NOTES = (MessageKind.SESSION_NOTE, MessageKind.SESSION_PREPARE)
"""Of a planned session, one to each side."""


def open_form(
    database: Database, actor: Actor, rep: str, kind: InteractionKind, now: datetime
) -> AppointmentForm:
    """What the form opens with: what is planned with that rep, or a day to propose.

    Raises NoTeam, Oneself, NotOnTeam and CannotBeRep.
    """
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = team.today(now)
        membership = require_rep(tx, actor, rep, today, now)[1]
        standing = appointments.standing_with(tx, team.id, membership.rep.id, kind)
        if standing is not None and standing.day >= today:
            return AppointmentForm(membership.rep, kind, standing.day, standing.at, today, standing)
        day = proposed(tx, team, membership, kind, today)
        meet = None
        if kind is InteractionKind.FIELD_DAY and standing is None:
            meet = _to_meet(tx, team, membership.rep, today)
        return AppointmentForm(membership.rep, kind, day, None, today, standing, meet)


def _to_meet(tx: Transaction, team: Team, rep: Person, today: date) -> BenchAccount | None:
    """The key account that a field day with that rep may be for; none while the rep is away."""
    if is_away(today, days_off(tx, team, rep)):
        return None
    return to_meet(key_accounts(tx, team, today), rep.id)


def to_ask_about(
    database: Database, actor: Actor, entry: AppointmentEntry, now: datetime
) -> tuple[OddHour, ...]:
    """For whom of the two the time is early or late on their own wall: that is asked about, and
    can be planned all the same. Nothing where it is planned so already.

    Raises NoTeam, Oneself, NotOnTeam and CannotBeRep.
    """
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        rep = require_rep(tx, actor, entry.rep, team.today(now), now)[1].rep
        return odd_unless_planned(tx, team, rep, entry)


def odd_unless_planned(
    tx: Transaction, team: Team, rep: Person, entry: AppointmentEntry
) -> tuple[OddHour, ...]:
    """What `to_ask_about` says, of that rep."""
    before = appointments.standing_with(tx, team.id, rep.id, entry.kind)
    if before is not None and (before.day, before.at) == (entry.day, entry.at):
        return ()
    return odd_hours(entry, team, rep)


def plan(
    database: Database, actor: Actor, entry: AppointmentEntry, form: str, now: datetime
) -> AppointmentMade:
    """Plan it, or move what is planned of that kind with that rep; both sides are told the
    working day before. The same form sent again replaces what it made.

    Raises NoTeam, Oneself, NotOnTeam, CannotBeRep, and BadField for a day that is over or too far
    ahead, or on which the rep has left.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = team.today(now)
        rep = require_rep(tx, actor, entry.rep, today, now)[1].rep
        flaw = flaw_of_day(entry.day, today)
        if flaw is not None:
            raise BadField("day", flaw)
        return planned(tx, team, rep, entry, form, now)


def flaw_of_day(day: date, today: date) -> FieldError | None:
    """What is wrong with planning something for that day."""
    if day < today:
        return FieldError.PAST_DAY
    return FieldError.TOO_FAR_AHEAD if day > today + timedelta(days=LONGEST) else None


def planned(
    tx: Transaction, team: Team, rep: Person, entry: AppointmentEntry, form: str, now: datetime
) -> AppointmentMade:
    """What `plan` says, of a rep and a day that may be. Writes."""
    today = team.today(now)
    sent = submissions.claim(tx, form, Made.APPOINTMENT, team.manager.id, team.id)
    before = appointments.standing_with(tx, team.id, rep.id, entry.kind)
    lists_changed(tx, team.id, entry.day, before.day if before else entry.day)
    if before is not None:
        appointments.move(tx, before.id, entry.day, entry.at, notes=entry.notes)
        made = before.id
    else:
        made = appointments.add(
            tx,
            team_id=team.id,
            rep_id=rep.id,
            kind=entry.kind,
            day=entry.day,
            at=entry.at,
            notes=entry.notes,
            made_on=today,
            after_contact=appointments.newest_contact(tx, team.id, entry.kind),
        )
    if sent.is_new:
        submissions.keep(tx, sent, made)
    appointment = appointments.get_many(tx, [made])[made]
    follow_appointment(tx, team, appointment, now)
    return AppointmentMade(appointment, team, today, moved=before is not None and sent.one != made)


def get(database: Database, actor: Actor, appointment_id: int, now: datetime) -> AppointmentMade:
    """One of who acts, standing or not. Raises NoTeam, Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, appointment = own_appointment(tx, actor, appointment_id)
        return AppointmentMade(appointment, team, team.today(now), moved=False)


def did_not_happen(
    database: Database, actor: Actor, appointment_id: int, now: datetime
) -> AppointmentMade:
    """It did not happen, or is not to: it stands no longer, and stays due as before.

    Raises NoTeam, Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        team, appointment = own_appointment(tx, actor, appointment_id)
        appointments.drop(tx, appointment.id, now)
        lists_changed(tx, team.id, appointment.day)
        dropped = appointments.get_many(tx, [appointment.id])[appointment.id]
        follow_appointment(tx, team, dropped, now)
        return AppointmentMade(dropped, team, team.today(now), moved=False)


def follow_appointment(
    tx: Transaction, team: Team, appointment: Appointment, now: datetime
) -> None:
    """Let the notes before a session follow when it is planned for: to each side on the working
    day before, in the morning of their own zone; at once where that has passed and the day itself
    is still ahead. A field day has none."""
    if appointment.kind is InteractionKind.SESSION:
        for kind in NOTES:
            _follow_note(tx, team, appointment, kind, now)


def _follow_note(
    tx: Transaction, team: Team, appointment: Appointment, kind: MessageKind, now: datetime
) -> None:
    day = appointment.day
    to_manager = kind is MessageKind.SESSION_NOTE
    person = team.manager if to_manager else appointment.rep
    zone = team.manager_zone if to_manager else team.zone_of(person)
    before = day_before(
        day,
        calendar=calendars.of_team(team.settings, day),
        away=days_off(tx, team, person),
    )
    due = instant(before, team.settings.todo_time, zone)
    ahead = appointment.stands and team.today(now) < day
    key = ScheduleKey(team.id, appointment.id)
    set_due(tx, kind, {key: max(due, now) if ahead else None})


def zone_changed(tx: Transaction, person: Person, now: datetime) -> None:
    """That person is in another zone: what they planned as a manager is at another instant, and the
    notes before sessions that were not sent yet follow; one that was must not be sent again.
    Writes."""
    own = teams.of_manager(tx, person.slack_id)
    if own is not None:
        appointments.count_moves(tx, own.id)
    ever = teams.get_many(tx, teams.ever_with(tx, person.id))
    for team, kind in [
        *([(own, MessageKind.SESSION_NOTE)] if own else []),
        *((team, MessageKind.SESSION_PREPARE) for team in ever),
    ]:
        waiting = items_due(tx, [team.id], kind)[team.id]
        for appointment in appointments.get_many(tx, waiting).values() if waiting else ():
            if own is team or appointment.rep.id == person.id:
                _follow_note(tx, team, appointment, kind, now)


def manager_changed(tx: Transaction, team: Team, before: Team, now: datetime) -> None:
    """That team is another manager's now; `before` is as it was. What is planned stays at the same
    instant, on the wall of whoever manages it now, and who is to hold a session reads the note
    before it. Writes."""
    zones = before.manager_zone, team.manager_zone
    for standing in appointments.standing(tx, [team.id]):
        one = standing
        at = instant(one.day, one.at, zones[0]).astimezone(zones[1]) if one.at else None
        if at is not None and (at.date(), at.time()) != (one.day, one.at):
            appointments.change(tx, one.id, day=at.date(), at=at.time())
            lists_changed(tx, team.id, one.day, at.date())
            one = replace(one, day=at.date(), at=at.time())
        if one.kind is InteractionKind.SESSION:
            _follow_note(tx, team, one, MessageKind.SESSION_NOTE, now)


def calendar_changed(tx: Transaction, team: Team, now: datetime) -> None:
    """That team works on other days: the notes before sessions that were not sent yet follow."""
    for kind in NOTES:
        waiting = items_due(tx, [team.id], kind)[team.id]
        for appointment in appointments.get_many(tx, waiting).values() if waiting else ():
            _follow_note(tx, team, appointment, kind, now)


def proposed(
    tx: Transaction,
    team: Team,
    membership: Membership,
    kind: InteractionKind,
    today: date,
    held_on: date = date.min,
) -> date:
    """A day for the next of that kind, by its cadence since the last one, be that held on a day
    that is not written down yet."""
    component = COMPONENT_OF[kind]
    cadence = {**team.settings.cadences, **membership.cadences}[component]
    latest = interactions.latest(tx, team.id).get(membership.rep.id, {})
    last = max(last_of(latest, component) or date.min, held_on)
    since = None if last == date.min else last
    ideal_on = due_dates(component, cadence, since, membership.joined_on).ideal_on
    places = [(team.id, team.manager.id), (team.id, membership.rep.id)]
    away = absences.of_people(tx, places, today)
    return proposed_day(
        ideal_on,
        today,
        calendar=calendars.of_team(team.settings, max(ideal_on, today)),
        away=away.values(),
        taken=Counter(one.day for one in appointments.standing(tx, [team.id])),
    )
