"""Sharing: what a rep reads of a session or field day, once; and what the rep says to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.delivery import MessageKind, MessageRef, Posted, Subject
from bot.domain.field_days import FieldDayNotes
from bot.domain.sessions.letter import Letter, letter_of_field_day, letter_of_session
from bot.domain.sessions.sessions import Session, SessionNotes
from bot.domain.sessions.sharing import EndedSharing, SharedPart, Sharing
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.private import readable
from bot.domain.workspaces.refusals import BadField, Corrected, FieldError, Gone
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.following import contact_changed
from bot.services.delivery.hearing import check_introduced
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces.authority import not_theirs, own_interaction, require_readable
from bot.services.workspaces.passing import require_about
from storage import field_days, promises
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.sessions import sessions, sharing
from storage.team import people, teams
from storage.workspaces import submissions


@dataclass(frozen=True)
class Shared:
    """A contact that was shared; `is_new`: by this very call, whose message it is to send."""

    part: SharedPart
    is_new: bool


@dataclass(frozen=True)
class Objection:
    """What a rep remembers otherwise. `told`: where the manager was told of what the same form said
    before; `is_told`: of these very words."""

    part: SharedPart
    told: MessageRef | None
    is_told: bool


NOTHING_SAID = Session((), SessionNotes())


def subject(interaction_id: int) -> Subject:
    """What the message to the rep is about, to draw it anew once the contact changes."""
    return Subject(MessageKind.SHARED, interaction_id)


def preview(database: Database, actor: Actor, interaction_id: int, now: datetime) -> SharedPart:
    """What the rep will read, before it is shared or after. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        return _preview(tx, actor, interaction_id, now)


def share(
    database: Database, actor: Actor, interaction_id: int, rep: str | None, now: datetime
) -> Shared:
    """Share it with its rep; once, however often it is asked for. `rep` (a Slack id) is whom it was
    previewed as.

    Raises Gone, NotYours, NowAbout where it passed to another rep since the preview, NotIntroduced
    for a rep who has not been told of Windshield, and BadField
    for a contact that has nothing to share.
    """
    with database.writing(actor.workspace_id) as tx:
        team, contact = _own(tx, actor, interaction_id)
        require_about(contact, rep)
        if _part(tx, team, contact, None, now).is_empty:
            raise BadField("", FieldError.NOTHING_TO_SHARE)
        check_introduced(tx, team.id, [contact.rep])
        is_new = sharing.share(tx, contact.id, contact.rep.id, now)
        if is_new and not contact_changed(tx, contact.id, now) and contact.moved:
            # What came along with its rep is gone there: they read it here.
            interactions.change(tx, contact.id, moved_to_id=None)
        # Its reader is the rep: what they said to it before it was somebody else's is there again.
        shared = _shared(tx, contact, with_objection=True)
        return Shared(_part(tx, team, contact, shared, now), is_new)


def give_back(database: Database, workspace_id: int, part: SharedPart) -> None:
    """It was not sent after all: Slack took nothing."""
    with database.writing(workspace_id, aside=True) as tx:
        sharing.unshare(tx, part.contact.id, part.contact.rep.id)
        if part.sharing is not None:
            contact_changed(tx, part.contact.id, part.sharing.shared_at)


def sent(database: Database, workspace_id: int, part: SharedPart, ref: MessageRef) -> None:
    """Keep where the message stands that shows `part` to its rep; where the contact changed or
    passed to another while it was on its way, it is drawn anew. Writes."""
    rep, about = part.contact.rep, subject(part.contact.id)
    with database.writing(workspace_id, aside=True) as tx:
        now_shown = _drawn(tx, about.id, rep.id)
        same = isinstance(now_shown, SharedPart) and now_shown.reads_as(part)
        messages.remember_all(tx, [(ref, about, rep.id)], stale=not same)


def for_rep(database: Database, actor: Actor, interaction_id: int) -> SharedPart:
    """What was shared with who acts. Raises Gone, Corrected where it turned out to be with somebody
    else, and NotYours for anyone but the rep."""
    with database.reading(actor.workspace_id) as tx:
        return _of_rep(tx, actor, interaction_id)


def for_reader(database: Database, actor: Actor, interaction_id: int, now: datetime) -> SharedPart:
    """What was shared, for its rep; for its manager also before that. Raises Gone, Corrected and
    NotYours."""
    with database.reading(actor.workspace_id) as tx:
        contact = interactions.get(tx, interaction_id, 0)
        team = teams.get(tx, contact.team_id) if contact else None
        if team is not None and team.manager.slack_id == actor.slack_id:
            return _preview(tx, actor, interaction_id, now)
        return _of_rep(tx, actor, interaction_id)


def see(
    database: Database, actor: Actor, interaction_id: int, edition: str, now: datetime
) -> SharedPart:
    """The rep has seen what was shared, as it was in that `edition`; where it changed meanwhile,
    nothing is kept, and it is shown as it is now.

    Raises Gone, Corrected, NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        part = _of_rep(tx, actor, interaction_id)
        shared = part.sharing
        if shared is None or shared.is_seen or shared.edition != edition:
            return part
        if sharing.see(tx, interaction_id, shared.changed_at, now):
            messages.mark_stale(tx, [subject(interaction_id)])
        return _of_rep(tx, actor, interaction_id)


def add_words(
    database: Database, actor: Actor, interaction_id: int, words: str, now: datetime
) -> SharedPart:
    """The rep's own words beside what was shared; none at all takes them back.

    Raises Gone, Corrected, NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        contact = _of_rep(tx, actor, interaction_id).contact
        sharing.change(tx, contact.id, rep_words=words, rep_words_at=now if words else None)
        messages.mark_stale(tx, [subject(contact.id)])
        return _of_rep(tx, actor, interaction_id)


def object_to(
    database: Database,
    actor: Actor,
    interaction_id: int,
    words: str,
    form: str,
    now: datetime,
    *,
    beside: bool,
) -> Objection:
    """What the rep remembers otherwise, for the manager, who is told; `beside`: it stands beside
    the text wherever that goes. The same form sent again replaces it, and so do later words.

    Raises Gone, Corrected, NotYours, BadField for no words at all, and Sealed where what they said
    before cannot be read.
    """
    with database.writing(actor.workspace_id) as tx:
        part = _of_rep(tx, actor, interaction_id)
        if not words:
            raise BadField("words", FieldError.MISSING)
        contact = part.contact
        sent = submissions.claim(tx, *_objection(contact, form))
        found = sharing.of_interactions(tx, [contact.id], with_objection=True)
        before = readable(found[contact.id].objection)
        sharing.change(tx, contact.id, objection=words, objection_beside=beside)
        messages.mark_stale(tx, [subject(contact.id)])
        lists_changed(tx, contact.team_id, part.manager_today(now))
        if sent.is_new:
            submissions.keep(tx, sent, contact.id)
        told = MessageRef(*sent.made[1:]) if len(sent.made) > 1 else None
        part = _of_rep(tx, actor, interaction_id)
        return Objection(part, told, is_told=not sent.is_new and words == before)


def objection_told(
    database: Database, workspace_id: int, part: SharedPart, form: str, told: MessageRef
) -> None:
    """The manager was told there of what that form of the rep's said."""
    with database.writing(workspace_id, aside=True) as tx:
        sent = submissions.claim(tx, *_objection(part.contact, form))
        submissions.keep(tx, sent, part.contact.id, told.channel, told.ts)


def _objection(contact: Interaction, form: str) -> tuple[str, Made, int, int, str]:
    """What names that form of the rep's."""
    return form, Made.OBJECTION, contact.rep.id, contact.team_id, str(contact.id)


def changed(tx: Transaction, interaction_id: int, now: datetime) -> None:
    """A contact changed: where it was shared, the rep's message says so and is drawn anew, and so
    does what came along from it. Writes; called last."""
    if sharing.change(tx, interaction_id, changed_at=now):
        messages.mark_stale(tx, [subject(interaction_id)])
    contact_changed(tx, interaction_id, now)


def posted(
    database: Database, workspace_id: int, shown: Sequence[Posted]
) -> list[SharedPart | EndedSharing | None]:
    """What those messages are to show now, in the same order: to whom each was sent; None for those
    whose contact is gone or deleted."""
    with database.reading(workspace_id) as tx:
        return [_drawn(tx, one.subject.id, one.reader_id) for one in shown]


def _drawn(
    tx: Transaction, interaction_id: int, reader_id: int | None
) -> SharedPart | EndedSharing | None:
    """What that reader (a person) is shown of a contact: never what is another's."""
    part = _standing(tx, interaction_id)
    if part is not None and part.contact.rep.id == reader_id:
        return part
    contact = interactions.get(tx, interaction_id, 0)
    team = teams.get(tx, contact.team_id) if contact else None
    words = sharing.words_of_ended(tx, interaction_id, reader_id or 0)
    if contact is None or team is None or words is None:
        return None
    return EndedSharing(team.manager, contact.kind, words)


def _standing(tx: Transaction, interaction_id: int) -> SharedPart | None:
    contact = interactions.get(tx, interaction_id, 0)
    team = teams.get(tx, contact.team_id) if contact else None
    if contact is None or team is None or contact.deleted_at is not None:
        return None
    # Its reader is the rep, whose own words these are.
    shared = _shared(tx, contact, with_objection=True)
    return _part(tx, team, contact, shared, shared.shared_at) if shared else None


def _preview(tx: Transaction, actor: Actor, interaction_id: int, now: datetime) -> SharedPart:
    team, contact = _own(tx, actor, interaction_id)
    own = contact.author_id == team.manager.id
    return _part(tx, team, contact, _shared(tx, contact, with_objection=own), now)


def _own(tx: Transaction, actor: Actor, interaction_id: int) -> tuple[Team, Interaction]:
    team, contact = own_interaction(tx, actor, interaction_id)
    if contact.deleted_at is not None or contact.kind is InteractionKind.TOUCH:
        raise Gone
    require_readable(tx, contact)
    return team, contact


def _of_rep(tx: Transaction, actor: Actor, interaction_id: int) -> SharedPart:
    part = _standing(tx, interaction_id)
    if part is not None and part.contact.rep.slack_id == actor.slack_id:
        return part
    person = people.get(tx, actor.slack_id)
    was = _drawn(tx, interaction_id, person.id) if person else None
    if isinstance(was, EndedSharing):
        raise Corrected(was.manager.name)
    if part is None:
        raise Gone
    raise not_theirs(tx, actor, part.contact.team_id)


def _shared(tx: Transaction, contact: Interaction, *, with_objection: bool) -> Sharing | None:
    known = sharing.of_interactions(tx, [contact.id], with_objection=with_objection)
    return known.get(contact.id)


def _part(
    tx: Transaction, team: Team, contact: Interaction, shared: Sharing | None, now: datetime
) -> SharedPart:
    letter = _letter(tx, contact, shared.shared_at if shared else now)
    return SharedPart(contact, team.manager, letter, shared, team.meeting_zone_name)


def _letter(tx: Transaction, contact: Interaction, shared_at: datetime) -> Letter:
    """What there is to read of a contact that is shared then."""
    promised = promises.of_interaction(tx, contact.id)
    if contact.kind is InteractionKind.FIELD_DAY:
        notes = field_days.of_interactions(tx, [contact.id]).get(contact.id, FieldDayNotes())
        return letter_of_field_day(notes, promised)
    session = sessions.of_interactions(tx, [contact.id]).get(contact.id, NOTHING_SAID)
    read_before = sharing.plans_read(
        tx, contact.team_id, contact.rep.id, contact.occurred_on, shared_at
    )
    return letter_of_session(session, promised, read_before)
