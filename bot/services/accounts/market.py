"""The market page: what was heard by tag, and the tags themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.accounts.market import (
    MarketKept,
    MarketNote,
    MarketPage,
    MarketTag,
    NoteEntry,
    Picked,
    agenda_words,
    holding,
    page_of,
)
from bot.domain.accounts.market_tags import questions
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.services.accounts import market_notes
from bot.services.delivery.following import contact_changed
from bot.services.workspaces.authority import (
    own_interaction,
    own_market_note,
    own_market_tag,
    own_team,
    require_manager,
    require_own,
)
from bot.services.workspaces.naming import quotable
from storage.accounts import market
from storage.binder.moving import tags
from storage.database.engine import Database
from storage.database.transaction import Transaction

QUOTED_FROM = 20
"""Notes of a tag, the latest, among which one is looked for that may be quoted to the team."""


@dataclass(frozen=True)
class TouchNote:
    """The market note of a touch, None for none yet, and the tags that its form offers."""

    contact: Interaction
    note: MarketNote | None
    tags: tuple[MarketTag, ...]


def page(database: Database, actor: Actor, now: datetime, tag_id: int | None = None) -> MarketPage:
    """All that was heard on the team of who acts, by tag; `tag_id` is the one that is looked at.
    Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        return page_in(tx, require_manager(tx, actor, now), now, tag_id)


def search(
    database: Database, actor: Actor, words: str, now: datetime
) -> tuple[date, list[MarketNote]]:
    """Today, and what was heard that has those words in it, the latest first. Raises ForManagers,
    NoTeam, and BadField for no words."""
    if not words.strip():
        raise BadField("words", FieldError.MISSING)
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        tags = market.tags_of(tx, [team.id])
        return team.today(now), holding(market.of_team(tx, team.id), words, tags)


def words_for_team(database: Database, actor: Actor, tag_id: int, now: datetime) -> str:
    """What to propose to the team of a tag, in words that name no rep. Raises ForManagers, NoTeam,
    Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, one = own_market_tag(tx, actor, tag_id, now)
        found = page_in(tx, team, now, one.id)
    spread = next((spread for spread in found.spreads if spread.tag.id == one.id), None)
    if spread is not None:
        return agenda_words(one, len(spread.accounts), spread.quoted)
    looked_at = found.of(one.id)
    return agenda_words(one, looked_at.heard_at if looked_at else 0, found.quoted)


def choice(database: Database, actor: Actor) -> tuple[MarketTag, ...]:
    """The tags that forms offer, most used first. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        return market_notes.tags_in_use(market.tags_of(tx, [own_team(tx, actor).id]))


def touch_note(database: Database, actor: Actor, interaction_id: int) -> TouchNote:
    """What the form of a touch's **Market note** shows. Raises NotYours, and Gone for what is no
    touch that stands."""
    with database.reading(actor.workspace_id) as tx:
        team, contact = _touch(tx, actor, interaction_id)
        notes = market.of_contacts(tx, [contact.id]).get(contact.id, [])
        offered = market_notes.tags_in_use(market.tags_of(tx, [team.id]))
        return TouchNote(contact, notes[0] if notes else None, offered)


def save_touch_note(
    database: Database, actor: Actor, interaction_id: int, entry: NoteEntry, now: datetime
) -> tuple[Interaction, MarketKept, date]:
    """Keep the market note of a touch; without words it has none. The touch, what is to be said of
    the note, and today. Writes.

    Raises NotYours, Gone for what is no touch that stands, and BadField as `save_note`.
    """
    with database.writing(actor.workspace_id) as tx:
        team, contact = _touch(tx, actor, interaction_id)
        today = team.today(now)
        kept = market_notes.save_note(tx, team, contact, entry, today)
        contact_changed(tx, contact.id, now)
        return contact, kept, today


def note(
    database: Database, actor: Actor, note_id: int, now: datetime
) -> tuple[MarketNote, tuple[MarketTag, ...], date]:
    """A note, the tags that its form offers, and today. Raises ForManagers, NoTeam, Gone,
    NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, one = own_market_note(tx, actor, note_id, now)
        offered = market_notes.tags_in_use(market.tags_of(tx, [team.id]))
        return one, offered, team.today(now)


@dataclass(frozen=True)
class Retagged:
    """A note as it was and as it is, what is to be said of its tags, and today."""

    before: MarketNote
    note: MarketNote
    kept: MarketKept
    today: date


def retag(
    database: Database, actor: Actor, note_id: int, picked: Picked, now: datetime
) -> Retagged:
    """Let a note have these tags and no others. Writes. Raises ForManagers, NoTeam, Gone, NotYours,
    and BadField for a tag that cannot be, or too many."""
    with database.writing(actor.workspace_id) as tx:
        team, one = own_market_note(tx, actor, note_id, now)
        today = team.today(now)
        kept = market_notes.retag(tx, team, one, picked, today)
        _tags_chosen(tx, one)
        return Retagged(one, market.get(tx, note_id) or one, kept, today)


def set_back(
    database: Database, actor: Actor, note_id: int, had: Sequence[tuple[int, str]], now: datetime
) -> MarketNote:
    """**Undo** of that: the note has the tags again that it had, by spelling and name. The note as
    it is. Writes. Raises ForManagers, NoTeam, Gone, NotYours, and BadField for a name that can be
    no tag."""
    with database.writing(actor.workspace_id) as tx:
        team, one = own_market_note(tx, actor, note_id, now)
        market_notes.set_back(tx, team, one, had)
        _tags_chosen(tx, one)
        return market.get(tx, note_id) or one


def page_in(tx: Transaction, team: Team, now: datetime, tag_id: int | None = None) -> MarketPage:
    """All that was heard on that team, by tag; `tag_id` is the one that is looked at."""
    known = market.tags_of(tx, [team.id])
    found = page_of(known, market.of_team(tx, team.id), team.today(now))
    looked_at = found.of(tag_id) if tag_id else None
    latest = looked_at.notes[:QUOTED_FROM] if looked_at else ()
    texts = {one.tag.id: [note.text for note in one.notes] for one in found.spreads}
    # Asked together, so that the page costs the same whatever is on it.
    quotes = quotable(tx, team, {**texts, 0: [note.text for note in latest]})
    spread = (replace(one, quoted=quotes[one.tag.id]) for one in found.spreads)
    return replace(found, spreads=tuple(spread), quoted=quotes[0], questions=questions(known))


def _tags_chosen(tx: Transaction, one: MarketNote) -> None:
    """What came along from that note has its tags too; where it came along itself, it has others
    here. Writes."""
    tags.settle(tx, one.id)
    tags.follow(tx, [one.id])


def _touch(tx: Transaction, actor: Actor, interaction_id: int) -> tuple[Team, Interaction]:
    team, contact = own_interaction(tx, actor, interaction_id)
    if contact.kind is not InteractionKind.TOUCH or contact.deleted_at is not None:
        raise Gone
    require_own(tx, contact)
    return team, contact
