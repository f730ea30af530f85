"""What was heard on a field day, or spreads on the market, sent where it is talked about."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts.market_lines import without_tags_in
from bot.domain.accounts.market_tags import of_several_words
from bot.domain.contacts.interactions import Interaction
from bot.domain.meetings.entries import ItemEntry
from bot.domain.team.settings import FIELD
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.services.meetings.agenda import save_item
from bot.services.meetings.series import agenda_changed
from bot.services.workspaces.authority import own_interaction, own_market_tag
from bot.services.workspaces.naming import named_by
from bot.services.workspaces.passing import require_about
from storage import field_days
from storage.accounts import market
from storage.database.engine import Database


@dataclass(frozen=True)
class Heard:
    """What was heard on a field day, and with whom."""

    contact: Interaction
    market: str


def heard(database: Database, actor: Actor, interaction_id: int) -> Heard:
    """What that field day says of market and competitors. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        notes = field_days.of_interactions(tx, [contact.id]).get(contact.id)
        if notes is None or contact.deleted_at is not None or not notes.market:
            raise Gone
        known = of_several_words(market.tags_of(tx, [team.id]))
        return Heard(contact, without_tags_in(notes.market, known))


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
        save_item(
            tx,
            form,
            team,
            rep_id=contact.rep.id if to_session else None,
            author_id=team.manager.id,
            heard_by_id=contact.rep.id if entry.named and not to_session else None,
            text=entry.text,
            section="" if to_session else FIELD,
            approved=True,
            added_on=team.today(now),
            interaction_id=contact.id,
            **named_by(tx, team, entry.text, {team.manager.slack_id}),
        )
        agenda_changed(tx, team, now)
        return contact


def send_tag(
    database: Database, actor: Actor, tag_id: int, entry: ItemEntry, form: str, now: datetime
) -> None:
    """Keep these words about what spreads on the market for the next team meeting: it is taken, and
    proposed no more. The same form sent again replaces them.

    Raises ForManagers, NoTeam, Gone, NotYours, and BadField for no words at all.
    """
    with database.writing(actor.workspace_id) as tx:
        team, tag = own_market_tag(tx, actor, tag_id, now)
        if not entry.text:
            raise BadField("text", FieldError.MISSING)
        save_item(
            tx,
            form,
            team,
            rep_id=None,
            author_id=team.manager.id,
            heard_by_id=None,
            text=entry.text,
            section=FIELD,
            approved=True,
            added_on=team.today(now),
            interaction_id=None,
            **named_by(tx, team, entry.text, {team.manager.slack_id}),
        )
        market.settle(tx, tag.id, team.today(now))
        agenda_changed(tx, team, now)
