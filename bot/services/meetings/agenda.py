"""Items of the next team meeting: added by anyone on the team, ordered and let out by its
manager, ticked in the meeting; and what was heard on a field day, sent where it is talked about."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.contacts.interactions import Interaction
from bot.domain.meetings.agenda import (
    ITEM_LIMIT,
    MOST_MINUTES,
    AgendaItem,
    ItemAdded,
    ItemEntry,
    Role,
    TeamItemEntry,
    moved,
    named_in,
    parse_item_line,
    retold,
)
from bot.domain.meetings.meetings import Phase
from bot.domain.team.settings import FIELD, WINS, Section
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.services.meetings.agenda_view import team_of
from bot.services.meetings.meetings import everyone, known_person
from bot.services.meetings.series import agenda_changed, changed
from bot.services.workspaces.authority import (
    attended_meeting,
    led_item,
    led_meeting,
    own_interaction,
    own_item,
)
from bot.services.workspaces.passing import pass_item, require_about
from storage import field_days
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda, meetings


@dataclass(frozen=True)
class Heard:
    """What was heard on a field day, and with whom."""

    contact: Interaction
    market: str


def heard(database: Database, actor: Actor, interaction_id: int) -> Heard:
    """What that field day says of market and competitors. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        contact = own_interaction(tx, actor, interaction_id)[1]
        notes = field_days.of_interactions(tx, [contact.id]).get(contact.id)
        if notes is None or contact.deleted_at is not None or not notes.market:
            raise Gone
        return Heard(contact, notes.market)


def send(
    database: Database,
    actor: Actor,
    interaction_id: int,
    rep: str | None,
    entry: ItemEntry,
    form: str,
    now: datetime,
    *,
    to_session: bool,
) -> Interaction:
    """Keep these words for the next session with the rep, or for the next team meeting; the same
    form sent again replaces them. `rep` (a Slack id) is whom the form was opened for. The contact
    they were heard in.

    Raises Gone, NotYours, NowAbout where the contact passed to another rep since, and BadField for
    no words at all.
    """
    with database.writing(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        if contact.deleted_at is not None:
            raise Gone
        require_about(contact, rep)
        if not entry.text:
            raise BadField("text", FieldError.MISSING)
        agenda.add(
            tx,
            form,
            team_id=team.id,
            rep_id=contact.rep.id if to_session else None,
            author_id=team.manager.id,
            heard_by_id=contact.rep.id if entry.named and not to_session else None,
            text=entry.text,
            section="" if to_session else FIELD,
            place=agenda.next_place(tx, team.id),
            approved=True,
            added_on=team.today(now),
            interaction_id=contact.id,
        )
        agenda_changed(tx, team.id)
        return contact


def add_line(
    database: Database, actor: Actor, typed: str, channel: str | None, form: str, now: datetime
) -> ItemAdded:
    """`/agenda …`: anyone on the team may add. Raises NoTeam, and BadField for words without
    end."""
    with database.writing(actor.workspace_id) as tx:
        team, role, reader = team_of(tx, actor, channel, now)
        entry = parse_item_line(typed, team.settings.meeting.sections)
        return _add(tx, team, role, reader, entry, form, now)


def add(
    database: Database,
    actor: Actor,
    entry: TeamItemEntry,
    meeting_id: int | None,
    channel: str | None,
    form: str,
    now: datetime,
) -> ItemAdded:
    """Add an item to the next agenda of the team of that meeting; None: of the team that meets in
    `channel`, where who acts is on several. The same form sent again replaces it.

    Raises Gone, NotYours, NoTeam, and BadField for no words or senseless minutes.
    """
    with database.writing(actor.workspace_id) as tx:
        if meeting_id is None:
            team, role, reader = team_of(tx, actor, channel, now)
        else:
            team, _, role = attended_meeting(tx, actor, meeting_id, now)
            reader = known_person(tx, actor.slack_id)
        return _add(tx, team, role, reader, entry, form, now)


def _add(
    tx: Transaction,
    team: Team,
    role: Role,
    author: Person,
    entry: TeamItemEntry,
    form: str,
    now: datetime,
) -> ItemAdded:
    _check(entry)
    coming = next(iter(meetings.to_come(tx, [team.id])), None)
    zone = team.meeting_zone
    # Once the meeting is on, everyone is in the room.
    published = coming is not None and (
        coming.published_at is not None or coming.phase(zone, now) is Phase.RUNNING
    )
    made = agenda.add(
        tx,
        form,
        team_id=team.id,
        rep_id=None,
        author_id=author.id,
        text=entry.text,
        link=entry.link,
        section=_section(team, entry.section).key,
        minutes=entry.minutes,
        direction=entry.direction,
        place=agenda.next_place(tx, team.id),
        approved=role.leads or published,
        added_on=team.meeting_today(now),
        interaction_id=None,
    )
    agenda_changed(tx, team.id)
    item = agenda.get(tx, made)
    if item is None:
        raise Gone
    return _added(tx, team, role, item)


def _added(tx: Transaction, team: Team, role: Role, item: AgendaItem) -> ItemAdded:
    about = named_in(item, everyone(tx, team))
    return ItemAdded(team, item, _section(team, item.section), role, about, not item.approved)


def get(database: Database, actor: Actor, item_id: int, now: datetime) -> ItemAdded:
    """An item that who acts may change. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, role, item = own_item(tx, actor, item_id, now)
        return _added(tx, team, role, item)


def change(
    database: Database, actor: Actor, item_id: int, entry: TeamItemEntry, now: datetime
) -> ItemAdded:
    """Let an item say this; minutes and direction are for who leads to give. Raises Gone,
    NotYours, and BadField."""
    _check(entry)
    with database.writing(actor.workspace_id) as tx:
        team, role, item = own_item(tx, actor, item_id, now)
        if not role.leads:
            entry = replace(entry, minutes=item.minutes, direction=item.direction)
        return _say(tx, team, role, item, entry)


def make_a_win(database: Database, actor: Actor, item_id: int, now: datetime) -> ItemAdded:
    """**It's a win**: so it may name somebody. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, role, item = own_item(tx, actor, item_id, now)
        entry = TeamItemEntry(item.text, WINS, item.minutes, item.direction)
        return _say(tx, team, role, item, entry)


def _say(
    tx: Transaction, team: Team, role: Role, item: AgendaItem, entry: TeamItemEntry
) -> ItemAdded:
    entry = replace(entry, section=_section(team, entry.section).key)
    agenda.change(
        tx,
        item.id,
        text=entry.text,
        section=entry.section,
        minutes=entry.minutes,
        direction=entry.direction,
    )
    agenda_changed(tx, team.id)
    return _added(tx, team, role, retold(item, entry))


def drop(database: Database, actor: Actor, item_id: int, now: datetime) -> AgendaItem:
    """An item is not wanted any more. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, _, item = own_item(tx, actor, item_id, now)
        agenda.drop(tx, item.id, now)
        agenda_changed(tx, team.id)
        return item


def put_back(database: Database, actor: Actor, item_id: int, now: datetime) -> ItemAdded:
    """A dropped item is wanted after all. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        agenda.change(tx, item_id, dropped_at=None)
        team, role, item = own_item(tx, actor, item_id, now)
        agenda_changed(tx, team.id)
        return _added(tx, team, role, item)


def move(database: Database, actor: Actor, item_id: int, steps: int, now: datetime) -> AgendaItem:
    """Let an item come earlier or later within its section. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, item = led_item(tx, actor, item_id, now)
        items = [one for one in agenda.open_items(tx, [team.id]) if one.rep is None]
        if item.id in {one.id for one in items}:
            agenda.put_in_order(tx, moved(items, item, steps))
            agenda_changed(tx, team.id)
        return item


def to_session(database: Database, actor: Actor, item_id: int, now: datetime) -> Person:
    """**Move to their session**: the teammate whom an item names has it in the next session with
    the manager, and the team never sees it. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, item = led_item(tx, actor, item_id, now)
        about = named_in(item, everyone(tx, team))
        if about is None:
            raise Gone
        pass_item(tx, item, about)
        return about


def publish(database: Database, actor: Actor, meeting_id: int, now: datetime) -> None:
    """**Publish**: all that is on the agenda goes out. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = led_meeting(tx, actor, meeting_id, now)
        if meeting.dropped is not None or meeting.closed_at is not None:
            raise Gone
        agenda.approve(tx, team.id)
        meetings.change(tx, meeting.id, published_at=now)
        changed(tx, meeting.id)


def _check(entry: TeamItemEntry) -> None:
    if not entry.text:
        raise BadField("text", FieldError.MISSING)
    if len(entry.text) > ITEM_LIMIT:
        raise BadField("text", FieldError.TOO_LONG)
    if entry.minutes is not None and not 1 <= entry.minutes <= MOST_MINUTES:
        raise BadField("minutes", FieldError.SENSELESS_MINUTES)


def _section(team: Team, key: str) -> Section:
    """The section of that key, else the last: what it was kept for may be gone."""
    sections = team.settings.meeting.sections
    return next((one for one in sections if one.key == key), sections[-1])
