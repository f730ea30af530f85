"""What both sides have before a session: the rep prepares, and each reads a note."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.appointments import Appointment, has_begun
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import Unsent
from bot.domain.promises import Promise
from bot.domain.sessions.preparing import PreparationForm, SessionNote
from bot.domain.sessions.sessions import DEFAULT_TOPICS
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor
from bot.services.sessions.topics import topics_of
from bot.services.workspaces.authority import appointment_of_rep
from storage import appointments, field_days, promises
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.sessions import plans, sessions
from storage.team import teams

CONTACTS_SHOWN = 5
"""Of the contacts since the last session, in the note before the next."""


def to_prepare(database: Database, actor: Actor, appointment_id: int) -> PreparationForm:
    """What a rep has in the form: the topics, their plans as far as shared, and what was prepared
    before. Raises Gone where it was held or dropped, and NotYours for anyone but the rep."""
    with database.reading(actor.workspace_id) as tx:
        team, appointment = appointment_of_rep(tx, actor, appointment_id)
        return PreparationForm(
            appointment,
            team,
            topics_of(tx, team.id),
            appointments.prepared(tx, [appointment.id]).get(appointment.id, {}),
        )


def prepare(
    database: Database, actor: Actor, appointment_id: int, texts: dict[str, str], now: datetime
) -> PreparationForm:
    """Keep what the rep prepared and let the manager read it; sent again, it replaces that.

    Raises Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        team, appointment = appointment_of_rep(tx, actor, appointment_id)
        topics = topics_of(tx, team.id)
        known = {topic.key for topic in topics}
        kept = {key: text for key, text in texts.items() if text and key in known}
        appointments.prepare(tx, appointment.id, kept, now)
        return PreparationForm(appointment, team, topics, kept)


def notes_due(
    database: Database, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[SessionNote | Unsent]:
    """The notes before those sessions, in the order of `dues`: what both sides promised, each
    plan and last time's words, the focus, contacts since. Not needed for one that was held or
    dropped, or whose rep has left; too late once it begins, or at noon where it has no time."""
    with database.reading(workspace_id) as tx:
        found = appointments.get_many(tx, list({one for one, _ in dues}))
        team_ids = list({one.team_id for one in found.values()})
        known = {team.id: team for team in teams.get_many(tx, team_ids)}
        standing = [(known[one.team_id], one) for one in found.values() if one.stands]
        notes = _notes(tx, standing, now)
        return [notes.get(one, Unsent.NOT_NEEDED) for one, _ in dues]


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
    focuses = field_days.last_focuses(tx, until)
    prepared = appointments.prepared(tx, [one.id for _, one, _ in going])

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
        )

    return late | {one.id: note(team, one, membership) for team, one, membership in going}
