"""What both sides have before a session: the rep prepares, and each reads a note."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.appointments import Appointment, has_begun
from bot.domain.contacts.drafts import DraftKind, DraftStep, of_subject
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import MessageKind, Posted, Subject, Unsent
from bot.domain.promises import Promise
from bot.domain.sessions.preparing import PreparationForm, SessionNote
from bot.domain.sessions.sessions import DEFAULT_TOPICS, Topic
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.services.results.pace import paces_for
from bot.services.sessions.steps import became
from bot.services.sessions.topics import topics_of
from bot.services.workspaces.authority import appointment_of_rep
from storage import appointments, field_days, promises
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.results import results
from storage.sessions import drafts, plans, sessions
from storage.team import people, teams

CONTACTS_SHOWN = 5
"""Of the contacts since the last session, in the note before the next."""


def to_prepare(
    database: Database, actor: Actor, appointment_id: int, now: datetime
) -> PreparationForm:
    """What a rep has in the form: the topics, their plans and last time's words as far as shared,
    what became of the steps, what was prepared before, and what is half written down. Raises Gone
    where it was held or dropped, NotYours for anyone but the rep, and Sealed."""
    with database.reading(actor.workspace_id) as tx:
        return _to_prepare(tx, actor, appointment_id, now)


def resume(database: Database, actor: Actor, form: str, now: datetime) -> PreparationForm:
    """What a rep has half written down. Raises as `to_prepare` does, and Gone where it was sent or
    dropped."""
    with database.reading(actor.workspace_id) as tx:
        rep = people.get(tx, actor.slack_id)
        found = drafts.of_author(tx, rep.id, DraftKind.PREPARATION, form=form) if rep else []
        if not found:
            raise Gone
        return replace(_to_prepare(tx, actor, found[0].subject, now), draft=found[0])


def put_aside(database: Database, actor: Actor, step: DraftStep, now: datetime) -> PreparationForm:
    """Keep what the form holds, for the rep alone. What was typed since in another modal stays.
    Raises Gone, also where it was sent or dropped, and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        drafts.save_pressed(tx, actor.slack_id, step, now)
        form = _to_prepare(tx, actor, step.subject, now)
        if drafts.is_closed(tx, form.appointment.rep.id, step.form):
            raise Gone
        return form


def drop_draft(database: Database, actor: Actor, form: str, now: datetime) -> None:
    """What is half written down is not wanted any more. Raises Gone for somebody unknown."""
    with database.writing(actor.workspace_id) as tx:
        rep = people.get(tx, actor.slack_id)
        if rep is None:
            raise Gone
        drafts.close(tx, rep.id, DraftKind.PREPARATION, form, now)


def _to_prepare(
    tx: Transaction, actor: Actor, appointment_id: int, now: datetime
) -> PreparationForm:
    team, appointment = appointment_of_rep(tx, actor, appointment_id)
    found = drafts.of_author(tx, appointment.rep.id, DraftKind.PREPARATION)
    prepared = appointments.prepared(tx, [appointment.id]).get(appointment.id, {})
    form = _form(tx, team, appointment, topics_of(tx, team.id), prepared, now)
    return replace(form, draft=of_subject(found, appointment.id))


def prepare(
    database: Database,
    actor: Actor,
    appointment_id: int,
    texts: dict[str, str],
    form: str,
    now: datetime,
) -> PreparationForm:
    """Keep what the rep prepared and let the manager read it, in the note too where that stands
    already; sent again, it replaces that. Nothing of `form` is half written down any more.

    Raises Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        team, appointment = appointment_of_rep(tx, actor, appointment_id)
        drafts.close(tx, appointment.rep.id, DraftKind.PREPARATION, form, now)
        topics = topics_of(tx, team.id)
        known = {topic.key for topic in topics}
        kept = {key: text for key, text in texts.items() if text and key in known}
        appointments.prepare(tx, appointment.id, kept, now)
        messages.mark_stale(tx, [note_subject(appointment.id)])
        return _form(tx, team, appointment, topics, kept, now)


def _form(
    tx: Transaction,
    team: Team,
    appointment: Appointment,
    topics: tuple[Topic, ...],
    prepared: Mapping[str, str],
    now: datetime,
) -> PreparationForm:
    pair = team.id, appointment.rep.id
    last = plans.last_shared(tx, [pair])[pair]
    steps = {
        key: tuple(one for one in found if one.shown)
        for key, found in became(tx, {pair: last})[pair].items()
    }
    today = local_date(now, team.zone_of(appointment.rep))
    own = results.running(tx, *pair, today)
    return PreparationForm(appointment, team, topics, prepared, last, steps, today, results=own)


def note_subject(appointment_id: int) -> Subject:
    """What the note to the manager is about."""
    return Subject(MessageKind.SESSION_NOTE, appointment_id)


def posted_notes(
    database: Database, workspace_id: int, shown: Sequence[Posted], now: datetime
) -> list[SessionNote | None]:
    """What those notes to managers are to show now, in the same order; None for one that is to stay
    as it is, since the session was held or dropped, has begun, or is somebody else's by now."""
    with database.reading(workspace_id) as tx:
        notes = _notes_of(tx, list({one.subject.id for one in shown}), now)
    found = [notes.get(one.subject.id) for one in shown]
    return [
        note if isinstance(note, SessionNote) and note.team.manager.id == one.reader_id else None
        for note, one in zip(found, shown, strict=True)
    ]


def notes_due(
    database: Database, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[SessionNote | Unsent]:
    """The notes before those sessions, in the order of `dues`: what both sides promised, each
    plan and last time's words, the focus, contacts since, results. Not needed for one that was held
    or dropped, or whose rep has left; too late once it begins, or at noon where it has no time."""
    with database.reading(workspace_id) as tx:
        notes = _notes_of(tx, list({one for one, _ in dues}), now)
        return [notes.get(one, Unsent.NOT_NEEDED) for one, _ in dues]


def _notes_of(
    tx: Transaction, ids: Sequence[int], now: datetime
) -> dict[int, SessionNote | Unsent]:
    found = appointments.get_many(tx, ids)
    team_ids = list({one.team_id for one in found.values()})
    known = {team.id: team for team in teams.get_many(tx, team_ids)}
    standing = [(known[one.team_id], one) for one in found.values() if one.stands]
    return _notes(tx, standing, now)


def _notes(
    tx: Transaction, standing: Sequence[tuple[Team, Appointment]], now: datetime
) -> dict[int, SessionNote | Unsent]:
    """The notes before those sessions, by appointment; none where the rep has left."""
    if not standing:
        return {}
    today = {team.id: team.today(now) for team, _ in standing}
    members = teams.members_of(tx, list(today), min(today.values()))
    # A rep has one membership on a team at a time.
    memberships = {
        (one.team_id, one.rep.id): one for one in members if one.is_on(today[one.team_id])
    }
    late: dict[int, SessionNote | Unsent] = {}
    going: list[tuple[Team, Appointment, Membership]] = []
    for team, one in standing:
        membership = memberships.get((team.id, one.rep.id))
        if membership is not None and has_begun(one, team, now):
            late[one.id] = Unsent.EXPIRED
        elif membership is not None:
            going.append((team, one, membership))
    if not going:
        return late
    until = {(team.id, one.rep.id): today[team.id] for team, one, _ in going}
    said = plans.last_said(tx, until)
    contacts = interactions.newest(tx, until, CONTACTS_SHOWN)
    topics = sessions.current_topics(tx, list({team.id for team, _, _ in going}))
    promised: dict[tuple[int, int], list[Promise]] = {}
    for promise in promises.open_with(tx, until):
        promised.setdefault((promise.team_id, promise.rep.id), []).append(promise)
    steps = became(tx, said)
    focuses = field_days.last_focuses(tx, until)
    prepared = appointments.prepared(tx, [one.id for _, one, _ in going])
    by_id = {team.id: team for team, _, _ in going}
    paces = paces_for(tx, by_id, [member for _, _, member in going], today)

    def note(team: Team, appointment: Appointment, membership: Membership) -> SessionNote:
        pair = (team.id, appointment.rep.id)
        last, focus = said[pair], focuses.get(pair)
        since = max((past.held_on for past in last.values()), default=membership.joined_on)
        return SessionNote(
            appointment=appointment,
            team=team,
            topics=topics.get(team.id, DEFAULT_TOPICS),
            last=last,
            promises=tuple(promised.get(pair, ())),
            focus=focus if focus is not None and focus.agreed_on >= since else None,
            contacts=tuple(
                one
                for one in contacts[pair]
                if one.deleted_at is None
                and one.occurred_on >= since
                and one.kind is not InteractionKind.SESSION
            ),
            prepared=prepared.get(appointment.id, {}),
            today=today[team.id],
            became=steps[pair],
            paces=paces.get(team.id, {}).get(appointment.rep.id, ()),
        )

    return late | {one.id: note(team, one, membership) for team, one, membership in going}
