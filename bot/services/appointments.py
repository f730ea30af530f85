"""Sessions and field days that are planned: proposed, planned, moved, and what comes of them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.domain.appointments import Appointment, AppointmentEntry, proposed_day
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import Unsent
from bot.domain.facts import (
    AppointmentDesk,
    AppointmentMade,
    PreparationDesk,
    SessionNote,
)
from bot.domain.promises import Promise
from bot.domain.results.coverage import COMPONENT_OF, clock, last_of
from bot.domain.sessions.sessions import DEFAULT_TOPICS, Topic
from bot.domain.team.cadence import LONGEST
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, Flaw, Gone, NotYours
from bot.services import schedules
from bot.services.contacts.touches import checked
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces import public_holidays
from bot.services.workspaces.authority import own_team, today_of
from storage import appointments, field_days, promises
from storage.contacts import interactions
from storage.database.engine import Database, Transaction
from storage.sessions import sessions
from storage.team import teams

CONTACTS_SHOWN = 5
"""Of the contacts since the last session, in the note before the next."""


def desk(
    database: Database, actor: Actor, rep: str, kind: InteractionKind, now: datetime
) -> AppointmentDesk:
    """What the form opens with: what is planned with that rep, or a day to propose.

    Raises NoTeam, Oneself, NotOnTeam and CannotBeRep.
    """
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = today_of(team, now)
        place = checked(tx, actor, rep, today, now)[1]
        standing = appointments.standing_with(tx, team.id, place.rep.id, kind)
        if standing is not None and standing.day >= today:
            return AppointmentDesk(place.rep, kind, standing.day, standing.at, today, standing)
        day = _proposed(tx, team, place, kind, today)
        return AppointmentDesk(place.rep, kind, day, None, today, standing)


def plan(
    database: Database, actor: Actor, entry: AppointmentEntry, now: datetime
) -> AppointmentMade:
    """Plan it, or move what is planned of that kind with that rep; both sides are told the
    working day before.

    Raises NoTeam, Oneself, NotOnTeam, CannotBeRep, and BadField for a day that is over or too far
    ahead, or on which the rep has left.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = today_of(team, now)
        rep = checked(tx, actor, entry.rep, today, now)[1].rep
        if entry.day < today:
            raise BadField("day", Flaw.PAST_DAY)
        if entry.day > today + timedelta(days=LONGEST):
            raise BadField("day", Flaw.TOO_FAR_AHEAD)
        before = appointments.standing_with(tx, team.id, rep.id, entry.kind)
        lists_changed(tx, team.id, entry.day, before.day if before else entry.day)
        if before is not None:
            appointments.change(tx, before.id, day=entry.day, at=entry.at, notes=entry.notes)
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
                after_contact=appointments.newest_contact(tx, team.id, rep.id, entry.kind),
            )
        appointment = appointments.some(tx, [made])[made]
        schedules.follow_appointment(tx, team, appointment, now)
        return AppointmentMade(appointment, today, moved=before is not None)


def one(database: Database, actor: Actor, appointment_id: int, now: datetime) -> AppointmentMade:
    """One of who acts, standing or not. Raises NoTeam, Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, appointment = _own(tx, actor, appointment_id)
        return AppointmentMade(appointment, today_of(team, now), moved=False)


def did_not_happen(
    database: Database, actor: Actor, appointment_id: int, now: datetime
) -> AppointmentMade:
    """It did not happen, or is not to: it stands no longer, and stays due as before.

    Raises NoTeam, Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        team, appointment = _own(tx, actor, appointment_id)
        appointments.change(tx, appointment.id, dropped_at=now)
        lists_changed(tx, team.id, appointment.day)
        dropped = appointments.some(tx, [appointment.id])[appointment.id]
        schedules.follow_appointment(tx, team, dropped, now)
        return AppointmentMade(dropped, today_of(team, now), moved=False)


def to_prepare(
    database: Database, actor: Actor, appointment_id: int, now: datetime
) -> PreparationDesk:
    """What a rep has in the form: the topics, their plans as far as shared, and what was prepared
    before. Raises Gone where it was held or dropped, and NotYours for anyone but the rep."""
    with database.reading(actor.workspace_id) as tx:
        team, appointment = _of_rep(tx, actor, appointment_id)
        return PreparationDesk(
            appointment,
            team,
            topics_of(tx, team.id),
            appointments.prepared(tx, [appointment.id]).get(appointment.id, {}),
        )


def prepare(
    database: Database, actor: Actor, appointment_id: int, texts: dict[str, str], now: datetime
) -> PreparationDesk:
    """Keep what the rep prepared and let the manager read it; sent again, it replaces that.

    Raises Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        team, appointment = _of_rep(tx, actor, appointment_id)
        topics = topics_of(tx, team.id)
        known = {topic.key for topic in topics}
        kept = {key: text for key, text in texts.items() if text and key in known}
        appointments.prepare(tx, appointment.id, kept, now)
        return PreparationDesk(appointment, team, topics, kept)


def notes_due(
    database: Database, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[SessionNote | Unsent]:
    """The notes before those sessions, in the order of `dues`: what both sides promised, each
    plan and last time's words, the focus, contacts since. Not needed for one that was held or
    dropped, or whose rep has left; too late on the day itself."""
    with database.reading(workspace_id) as tx:
        found = appointments.some(tx, list({one for one, _ in dues}))
        team_ids = list({one.team_id for one in found.values()})
        known = {team.id: team for team in teams.with_ids(tx, team_ids)}
        standing = [(known[one.team_id], one) for one in found.values() if one.stands]
        notes = _notes(tx, standing, now)
        return [notes.get(one, Unsent.NOT_NEEDED) for one, _ in dues]


def topics_of(tx: Transaction, team_id: int) -> tuple[Topic, ...]:
    """A team's topics as they are now."""
    return sessions.current_topics(tx, [team_id]).get(team_id, DEFAULT_TOPICS)


def _notes(
    tx: Transaction, standing: Sequence[tuple[Team, Appointment]], now: datetime
) -> dict[int, SessionNote | Unsent]:
    """The notes before those sessions, by appointment; none where the rep has left."""
    if not standing:
        return {}
    today = {team.id: today_of(team, now) for team, _ in standing}
    members = teams.members_of(tx, list(today), min(today.values()))
    # A rep has one place on a team at a time.
    places = {(one.team_id, one.rep.id): one for one in members if one.is_on(today[one.team_id])}
    late: dict[int, SessionNote | Unsent] = {}
    going: list[tuple[Team, Appointment, Membership]] = []
    for team, one in standing:
        place = places.get((team.id, one.rep.id))
        if place is not None and one.day <= today[team.id]:
            late[one.id] = Unsent.EXPIRED
        elif place is not None:
            going.append((team, one, place))
    if not going:
        return late
    until = {(team.id, one.rep.id): today[team.id] for team, one, _ in going}
    said = sessions.last_said(tx, until)
    contacts = interactions.newest(tx, until, CONTACTS_SHOWN)
    topics = sessions.current_topics(tx, list({team.id for team, _, _ in going}))
    promised: dict[tuple[int, int], list[Promise]] = {}
    for promise in promises.open_with(tx, until):
        promised.setdefault((promise.team_id, promise.rep.id), []).append(promise)
    focuses = field_days.last_focuses(tx, until)
    prepared = appointments.prepared(tx, [one.id for _, one, _ in going])

    def note(team: Team, appointment: Appointment, place: Membership) -> SessionNote:
        pair = (team.id, appointment.rep.id)
        last, focus = said[pair], focuses.get(pair)
        since = max((past.held_on for past in last.values()), default=place.joined_on)
        return SessionNote(
            appointment=appointment,
            team=team,
            topics=topics.get(team.id, DEFAULT_TOPICS),
            last=last,
            promises=tuple(promised.get(pair, ())),
            focus=focus.text if focus is not None and focus.agreed_on >= since else "",
            contacts=tuple(
                one
                for one in contacts[pair]
                if one.deleted_at is None
                and one.occurred_on >= since
                and one.kind is not InteractionKind.SESSION
            ),
            prepared=prepared.get(appointment.id, {}),
            today=today[team.id],
        )

    return late | {one.id: note(team, one, place) for team, one, place in going}


def _own(tx: Transaction, actor: Actor, appointment_id: int) -> tuple[Team, Appointment]:
    team = own_team(tx, actor)
    appointment = appointments.some(tx, [appointment_id]).get(appointment_id)
    if appointment is None:
        raise Gone
    if appointment.team_id != team.id:
        raise NotYours("")
    return team, appointment


def _of_rep(tx: Transaction, actor: Actor, appointment_id: int) -> tuple[Team, Appointment]:
    appointment = appointments.some(tx, [appointment_id]).get(appointment_id)
    team = teams.with_id(tx, appointment.team_id) if appointment else None
    if appointment is None or team is None or not appointment.stands:
        raise Gone
    if appointment.rep.slack_id != actor.slack_id:
        raise NotYours("")
    return team, appointment


def _proposed(
    tx: Transaction, team: Team, place: Membership, kind: InteractionKind, today: date
) -> date:
    component = COMPONENT_OF[kind]
    cadence = {**team.settings.cadences, **place.cadences}[component]
    latest = interactions.latest(tx, team.id).get(place.rep.id, {})
    ideal_on = clock(component, cadence, last_of(latest, component), place.joined_on).ideal_on
    away = teams.time_off(tx, [team.manager.id, place.rep.id])
    return proposed_day(
        ideal_on,
        today,
        holidays=public_holidays.of_team(team.settings, max(ideal_on, today)),
        away=away.values(),
        taken=Counter(one.day for one in appointments.standing(tx, [team.id])),
    )
