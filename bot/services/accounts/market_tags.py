"""Tags of the market page: renamed, merged, taken apart, put aside; each with its way back."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.accounts.market import TAG_LIMIT, MarketTag, Merging, Spread, tag_key
from bot.domain.accounts.market_tags import is_name
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.services.accounts import market_notes
from bot.services.accounts.market import page_in
from bot.services.accounts.market_tagging import names_somebody, near
from bot.services.workspaces.authority import own_market_tag, require_manager
from storage.accounts import market
from storage.binder.moving import tags as moved_tags
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import teams


def tag(
    database: Database, actor: Actor, tag_id: int, now: datetime
) -> tuple[MarketTag, tuple[MarketTag, ...]]:
    """A tag, and the others of its team, most used first. Raises ForManagers, NoTeam, Gone and
    NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, one = own_market_tag(tx, actor, tag_id, now)
        others = market_notes.tags_in_use(market.tags_of(tx, [team.id]))
        return one, tuple(other for other in others if other.id != one.id)


@dataclass(frozen=True)
class Renamed:
    """A tag as it was called, and as it is; `is_new`: the name was no spelling of it before."""

    before: MarketTag
    name: str
    is_new: bool


def rename(database: Database, actor: Actor, tag_id: int, name: str, now: datetime) -> Renamed:
    """**Rename**: what it is called from now on; what led to it does so still. Writes.

    Raises what `tag` raises, and BadField for no name, one that leads to another tag, or that is
    somebody's.
    """
    with database.writing(actor.workspace_id) as tx:
        team, one = _to_change(tx, actor, tag_id, now)
        if not name:
            raise BadField("name", FieldError.MISSING)
        if not is_name(name):
            raise BadField("name", FieldError.NOT_A_TAG)
        if len(name) > TAG_LIMIT:
            raise BadField("name", FieldError.TAG_TOO_LONG)
        if not one.used:
            raise Gone
        # A tag that no note has any more is in nobody's way.
        market.forget_unused(tx, [team.id])
        leads = _leads(tx, team).get(tag_key(name))
        if leads not in (None, one.id):
            raise BadField("name", FieldError.TAG_THERE)
        if leads is None and names_somebody(tx, near(tx, team), name):
            raise BadField("name", FieldError.TAG_OF_A_PERSON)
        is_new = market.rename(tx, one, name)
        moved_tags.follow_tags(tx, [one.id])
        return Renamed(one, name, is_new)


def rename_back(
    database: Database, actor: Actor, tag_id: int, name: str, now: datetime, *, was_new: bool
) -> MarketTag:
    """**Undo** of that: it is called as before; `was_new`: the name that it had since was no
    spelling of it, and is none again unless a note has it so. Said again, it is so already. The
    tag. Writes. Raises what `tag` raises, and Gone where that is no spelling of it any more."""
    with database.writing(actor.workspace_id) as tx:
        one = _to_change(tx, actor, tag_id, now)[1]
        key = tag_key(name)
        if key not in {spelling.key for spelling in one.spellings}:
            raise Gone
        market.rename(tx, one, name)
        if was_new and tag_key(one.name) != key:
            market.forget_spelling(tx, one, one.name)
        moved_tags.follow_tags(tx, [one.id])
        return replace(one, name=name)


@dataclass(frozen=True)
class Merged:
    """Two tags that are one: the one that both are, and the other as it was, None where it was so
    already; and what of the one is proposed now."""

    into: MarketTag
    merged: MarketTag | None
    spreads: tuple[Spread, ...]
    today: date


def merge(
    database: Database, actor: Actor, tag_id: int, into_id: int, typed: str, now: datetime
) -> Merged:
    """**Merge**, and the yes to whether a tag is another: both are one from now on, the one that
    was chosen, or typed where too many are there to choose from; all spellings lead to it. Said
    again, it is so already. Writes.

    Raises what `tag` raises of the one, and BadField where none, or itself, was chosen.
    """
    with database.writing(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        teams.lock(tx, [team.id])
        into_id = into_id or _leads(tx, team).get(tag_key(typed), 0)
        if into_id in (0, tag_id):
            raise BadField("into", FieldError.MISSING)
        into = own_market_tag(tx, actor, into_id, now)[1]
        merged = None
        if market.get_tag(tx, tag_id) is not None:
            merged = own_market_tag(tx, actor, tag_id, now)[1]
            market.merge(tx, merged, into)
            moved_tags.follow_tags(tx, [into.id])
        found = page_in(tx, team, now).spreads if merged else ()
        spreads = tuple(one for one in found if one.tag.id == into.id)
        return Merged(into, merged, spreads, team.today(now))


def part(
    database: Database, actor: Actor, into_id: int, was: Merging, now: datetime
) -> tuple[MarketTag, MarketTag]:
    """**Undo** of that: what led to the other one leads to it again. Both, the one first. Writes.
    Raises what `tag` raises of the one, and Gone where none of those spellings leads to it any
    more: it is so already."""
    with database.writing(actor.workspace_id) as tx:
        into = _to_change(tx, actor, into_id, now)[1]
        back = [one.id for one in into.others if one.id in was.spellings]
        if not back:
            raise Gone
        made = market.part(tx, into, was.tag_id, was.name, back)
        moved_tags.follow_tags(tx, [into.id, made])
        other = market.get_tag(tx, made)
        if other is None:
            raise Gone
        return into, other


def tell_apart(database: Database, actor: Actor, tag_id: int, now: datetime) -> MarketTag:
    """The no to whether a tag is another: it is one of its own, and is asked about no more. The
    tag. Writes. Raises what `tag` raises."""
    with database.writing(actor.workspace_id) as tx:
        one = _to_change(tx, actor, tag_id, now)[1]
        market.tell_apart(tx, one.id)
        return replace(one, in_question=False)


def split(
    database: Database, actor: Actor, tag_id: int, spelling_id: int, now: datetime
) -> tuple[MarketTag, int | None]:
    """**Not the same**: a spelling beside the name is a tag of its own after all, with the notes
    that have it so. The tag as it was, and the id of the other one, None where it was so already.
    Writes. Raises what `tag` raises."""
    with database.writing(actor.workspace_id) as tx:
        one = _to_change(tx, actor, tag_id, now)[1]
        for spelling in one.others:
            if spelling.id == spelling_id:
                made = market.split(tx, one, spelling)
                moved_tags.follow_tags(tx, [one.id, made])
                return one, made
        return one, None


def put_aside(database: Database, actor: Actor, tag_id: int, now: datetime) -> MarketTag:
    """**Put aside**: it is not proposed any more, for as long as QUIET. The tag as it was. Writes.
    Raises what `tag` raises."""
    with database.writing(actor.workspace_id) as tx:
        team, one = own_market_tag(tx, actor, tag_id, now)
        market.settle(tx, one.id, team.today(now))
        return one


def propose_again(
    database: Database, actor: Actor, tag_id: int, settled_on: date | None, now: datetime
) -> None:
    """**Undo** of that: it is settled as it was before. Writes. Raises what `tag` raises."""
    with database.writing(actor.workspace_id) as tx:
        market.settle(tx, own_market_tag(tx, actor, tag_id, now)[1].id, settled_on)


def _leads(tx: Transaction, team: Team) -> dict[str, int]:
    """Which tag each spelling leads to."""
    known = market.tags_of(tx, [team.id])
    return {one.key: tag.id for tag in known for one in tag.spellings}


def _to_change(tx: Transaction, actor: Actor, tag_id: int, now: datetime) -> tuple[Team, MarketTag]:
    """The tag as it stands once whoever else changes tags of the team is done."""
    teams.lock(tx, [require_manager(tx, actor, now).id])
    return own_market_tag(tx, actor, tag_id, now)
