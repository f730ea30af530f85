"""What was heard on a field day, sent where it is talked about next."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.agenda import AgendaItem, ItemEntry
from bot.domain.interactions import Interaction
from bot.domain.people import Actor
from bot.domain.refusals import BadField, Flaw, Gone, NotYours
from bot.services.authority import own_interaction, own_team, today_of
from storage import agenda, field_days
from storage.engine import Database


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
    entry: ItemEntry,
    form: str,
    now: datetime,
    *,
    to_session: bool,
) -> Interaction:
    """Keep these words for the next session with the rep, or for the next team meeting; the same
    form sent again replaces them. The contact they were heard in.

    Raises Gone, NotYours, and BadField for no words at all.
    """
    with database.writing(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        if contact.deleted_at is not None:
            raise Gone
        if not entry.text:
            raise BadField("text", Flaw.MISSING)
        named = entry.named and not to_session
        agenda.add(
            tx,
            form,
            team_id=team.id,
            rep_id=contact.rep.id if to_session else None,
            text=f"{contact.rep.name}: {entry.text}" if named else entry.text,
            added_on=today_of(team, now),
            interaction_id=contact.id,
        )
        return contact


def drop(database: Database, actor: Actor, item_id: int, now: datetime) -> AgendaItem:
    """An item is not wanted any more. Raises NoTeam, Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        item = agenda.one(tx, item_id)
        if item is None:
            raise Gone
        if item.team_id != own_team(tx, actor).id:
            raise NotYours("")
        agenda.drop(tx, item.id, now)
        return item
