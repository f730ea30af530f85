"""Tags of market notes that came along.

A note that came along has the tags of what it was first, by what they are called there: in the
other team that is the tag to which the name leads, else the one to which another spelling of it
does, else a new one. What its tags are called there is that team's own, but for one that nothing
else has there: it is called what it is called where the note was heard. Whoever reads the note
where it came along to may give it other tags; it keeps those from then on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.accounts.market import tag_key
from storage.accounts import market
from storage.binder.moving.between import Between
from storage.database.carried import SOURCE, TARGET, first_of, own
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import MarketNote as NoteRow
from storage.models import MarketNoteTag as LinkRow
from storage.models import MarketTag as TagRow
from storage.models import MarketTagSpelling as SpellingRow

NOTE, THERE = aliased(NoteRow), aliased(NoteRow)
CAME_ALONG = (
    select(NOTE.id.label("source_id"), THERE.id.label("target_id"))
    .join_from(NOTE, THERE, first_of(THERE) == first_of(NOTE))
    .where(
        own(NOTE, SOURCE),
        own(THERE, TARGET),
        THERE.own_tags.is_(False),
        THERE.id.not_in(select(LinkRow.note_id).where(LinkRow.workspace_id == WORKSPACE)),
    )
    .order_by(NOTE.id)
)
COPIES = (
    select(
        NoteRow.origin_id.label("source_id"),
        NoteRow.id.label("target_id"),
        NoteRow.team_id,
        NoteRow.own_tags,
    )
    .where(NoteRow.workspace_id == WORKSPACE)
    .order_by(NoteRow.id)
)
COPIES_OF = COPIES.where(NoteRow.origin_id.in_(AMONG), NoteRow.own_tags.is_(False))
COPIES_OF_CONTACT = COPIES.where(
    NoteRow.origin_id.in_(
        select(NOTE.id).where(
            NOTE.workspace_id == WORKSPACE, NOTE.interaction_id == bindparam("contact")
        )
    ),
    NoteRow.own_tags.is_(False),
)
COPIES_WITH_TAG = COPIES.where(
    NoteRow.origin_id.in_(
        select(LinkRow.note_id)
        .join(SpellingRow, SpellingRow.id == LinkRow.spelling_id)
        .where(LinkRow.workspace_id == WORKSPACE, SpellingRow.tag_id.in_(AMONG))
    ),
    NoteRow.own_tags.is_(False),
)
ONE_COPY = (
    select(
        NOTE.id.label("source_id"),
        NoteRow.id.label("target_id"),
        NoteRow.team_id,
        NoteRow.own_tags,
    )
    .join_from(NoteRow, NOTE, NOTE.id == NoteRow.origin_id)
    .where(NoteRow.workspace_id == WORKSPACE, NoteRow.id == bindparam("note"))
)
SET_OWN = update(NoteRow).where(
    NoteRow.workspace_id == WORKSPACE,
    NoteRow.id == bindparam("note"),
    NoteRow.origin_id.is_not(None),
)
GIVEN = (
    select(
        LinkRow.note_id,
        SpellingRow.key,
        SpellingRow.name,
        TagRow.id.label("tag_id"),
        TagRow.name.label("tag"),
    )
    .join_from(LinkRow, SpellingRow, SpellingRow.id == LinkRow.spelling_id)
    .join(TagRow, TagRow.id == SpellingRow.tag_id)
    .where(LinkRow.workspace_id == WORKSPACE, LinkRow.note_id.in_(AMONG))
    .order_by(LinkRow.note_id, LinkRow.place, LinkRow.id)
)
KEYS = (
    select(SpellingRow.tag_id, SpellingRow.key)
    .where(SpellingRow.workspace_id == WORKSPACE, SpellingRow.tag_id.in_(AMONG))
    .order_by(SpellingRow.tag_id, SpellingRow.id)
)
SPELLED = (
    select(SpellingRow.id, SpellingRow.key, SpellingRow.tag_id, TagRow.name.label("tag"))
    .join_from(SpellingRow, TagRow, TagRow.id == SpellingRow.tag_id)
    .where(SpellingRow.workspace_id == WORKSPACE, SpellingRow.team_id == TARGET)
    .order_by(SpellingRow.id)
)
UNSPELLED = (
    select(TagRow.id, TagRow.name)
    .where(
        TagRow.workspace_id == WORKSPACE,
        TagRow.team_id == TARGET,
        TagRow.id.not_in(
            select(SpellingRow.tag_id).where(
                SpellingRow.workspace_id == WORKSPACE, SpellingRow.team_id == TARGET
            )
        ),
    )
    .order_by(TagRow.id)
)
# Of notes of the team's own, of another team's, and of those that were given other tags there.
IN_OTHER_USE = (
    select(SpellingRow.tag_id)
    .join_from(LinkRow, SpellingRow, SpellingRow.id == LinkRow.spelling_id)
    .join(THERE, THERE.id == LinkRow.note_id)
    .outerjoin(NOTE, and_(NOTE.id == THERE.origin_id, NOTE.team_id == SOURCE))
    .where(
        LinkRow.workspace_id == WORKSPACE,
        THERE.team_id == TARGET,
        or_(NOTE.id.is_(None), THERE.own_tags),
    )
    .distinct()
)
TEAM_OF = select(NoteRow.team_id).where(
    NoteRow.workspace_id == WORKSPACE, NoteRow.id == bindparam("note")
)
CALL = update(TagRow).where(TagRow.workspace_id == WORKSPACE, TagRow.id == bindparam("tag"))


@dataclass(frozen=True)
class _Spelled:
    id: int
    tag: int


def carry(tx: Transaction, move: Between) -> None:
    """What came along with the rep has the tags that it had, where it has none yet. Writes; the
    notes must be there already."""
    pairs = [(row.source_id, row.target_id) for row in tx.all(CAME_ALONG, **move.named)]
    _give(tx, move.target, pairs)


def follow(tx: Transaction, note_ids: Iterable[int]) -> None:
    """What came along from those notes has the tags that they have now. Writes."""
    _follow(tx, tx.all_among(COPIES_OF, note_ids))


def follow_contact(tx: Transaction, contact_id: int) -> None:
    """The same of all notes of that contact. Writes."""
    _follow(tx, tx.all(COPIES_OF_CONTACT, contact=contact_id))


def follow_tags(tx: Transaction, tag_ids: Iterable[int]) -> None:
    """The same of all notes that have one of those tags: it is called, or leads, otherwise now.
    Writes."""
    _follow(tx, tx.all_among(COPIES_WITH_TAG, tag_ids))


def settle(tx: Transaction, note_id: int) -> None:
    """The tags of that note were chosen: where it came along, those that it has now are its own,
    unless they are those that it came along with. Writes."""
    row = tx.first(ONE_COPY, note=note_id)
    if row is None:
        return
    wanted = _spellings(tx, row.team_id, [(row.source_id, note_id)])[note_id]
    tag_of = {one.id: one.tag_id for one in tx.all(SPELLED, target=row.team_id)}
    note = market.get(tx, note_id)
    has = {one.id for one in note.tags} if note else set()
    tx.change(SET_OWN, {"own_tags": has != {tag_of[one] for one in wanted}}, note=note_id)


def _follow(tx: Transaction, copies: Sequence[Any]) -> None:
    by_team: dict[int, list[tuple[int, int]]] = {}
    for row in copies:
        by_team.setdefault(row.team_id, []).append((row.source_id, row.target_id))
    for target, pairs in by_team.items():
        _give(tx, target, pairs)
        _call_alike(tx, target, [source for source, _ in pairs])


def _give(tx: Transaction, target: int, pairs: Sequence[tuple[int, int]]) -> None:
    if pairs:
        market.set_tags(tx, _spellings(tx, target, pairs))


def _spellings(
    tx: Transaction, target: int, pairs: Sequence[tuple[int, int]]
) -> dict[int, list[int]]:
    """Which spellings of that team the second note of each of those pairs is given, so that it has
    the tags of the first. Tags that it has none for are made. Writes."""
    given: dict[int, list[Any]] = {}
    for row in tx.all_among(GIVEN, [source for source, _ in pairs]):
        given.setdefault(row.note_id, []).append(row)
    rows = [row for own in given.values() for row in own]
    if not rows:
        return {note: [] for _, note in pairs}
    there = _spelled(tx, target)
    keys = _keys(tx, rows)
    leads = {tag: _leads(there, keys[tag]) for tag in keys}
    _make(tx, target, rows, leads, there)
    there = _spelled(tx, target)
    leads = {tag: _leads(there, keys[tag]) for tag in keys}
    own = {one.tag: one.id for one in reversed(there.values())}
    found: dict[int, list[int]] = {}
    for source, note in pairs:
        by_tag: dict[int, int] = {}
        for row in given.get(source, ()):
            tag = leads[row.tag_id]
            if tag is not None:
                same = there.get(row.key)
                by_tag.setdefault(tag, same.id if same and same.tag == tag else own[tag])
        found[note] = list(by_tag.values())
    return found


def _spelled(tx: Transaction, target: int) -> dict[str, _Spelled]:
    return {row.key: _Spelled(row.id, row.tag_id) for row in tx.all(SPELLED, target=target)}


def _keys(tx: Transaction, rows: Sequence[Any]) -> dict[int, list[str]]:
    """What leads to the tags of those rows where the notes were heard, the name first."""
    keys = {row.tag_id: [tag_key(row.tag)] for row in rows}
    for row in tx.all_among(KEYS, keys):
        keys[row.tag_id].append(row.key)
    return keys


def _leads(there: Mapping[str, _Spelled], keys: Sequence[str]) -> int | None:
    return next((there[key].tag for key in keys if key in there), None)


def _make(
    tx: Transaction,
    target: int,
    rows: Sequence[Any],
    leads: Mapping[int, int | None],
    there: Mapping[str, _Spelled],
) -> None:
    """Tags that the team has none for, and the spellings by which those that it has are given."""
    tags: dict[int, int] = {tag: known for tag, known in leads.items() if known is not None}
    missing = {row.tag_id: row.tag for row in rows if row.tag_id not in tags}
    if missing:
        names = missing.values()
        tx.insert_all(
            TagRow, [{"team_id": target, "name": one, "settled_on": None} for one in names]
        )
        made = {row.name: row.id for row in tx.all(UNSPELLED, target=target)}
        tags |= {tag: made[name] for tag, name in missing.items()}
    spelled = {tag_key(name): (tags[tag], name) for tag, name in missing.items()}
    for row in rows:
        spelled.setdefault(row.key, (tags[row.tag_id], row.name))
    new = [
        {"team_id": target, "tag_id": tag, "key": key, "name": name}
        for key, (tag, name) in spelled.items()
        if key not in there
    ]
    if new:
        tx.insert_missing(SpellingRow, new, ("team_id", "key"))


def _call_alike(tx: Transaction, target: int, notes: Sequence[int]) -> None:
    """What nothing else has there is called what it is called where those notes were heard, unless
    it was given another name there. Writes."""
    rows = tx.all_among(GIVEN, notes)
    if not rows:
        return
    source = tx.first(TEAM_OF, note=notes[0]).team_id
    keys = _keys(tx, rows)
    there = {row.key: row for row in tx.all(SPELLED, target=target)}
    names = {row.tag_id: row.tag for row in rows}
    others: set[int] | None = None
    for tag_id, name in names.items():
        known = next((there[key] for key in keys[tag_id] if key in there), None)
        if known is None or known.tag == name or tag_key(known.tag) not in keys[tag_id]:
            continue
        if others is None:
            used = tx.all(IN_OTHER_USE, source=source, target=target)
            others = {row.tag_id for row in used}
        if known.tag_id not in others:
            tx.change(CALL, {"name": name}, tag=known.tag_id)
            if tag_key(name) not in there:
                market.spell(tx, target, known.tag_id, name)
