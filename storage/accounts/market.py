"""What was heard of the market, and the tags of a team."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update

from bot.domain.accounts.market import (
    MarketNote,
    MarketTag,
    NoteTag,
    TagIssue,
    TagSpelling,
    tag_key,
)
from storage.accounts import accounts
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Account as AccountRow
from storage.models import Interaction as Contact
from storage.models import IssueOfTheDay as IssueRow
from storage.models import MarketNote as Row
from storage.models import MarketNoteTag as LinkRow
from storage.models import MarketTag as TagRow
from storage.models import MarketTagSpelling as SpellingRow
from storage.models import Person as PersonRow
from storage.team.people import PersonColumns

REP = PersonColumns(PersonRow, "rep")
LATEST_FIRST = attrgetter("heard_on", "id")

# Of deleted contacts nothing counts; what outlived its contact does.
STANDS = or_(Row.interaction_id.is_(None), Contact.deleted_at.is_(None))
ALL_NOTES = (
    select(
        Row.id,
        Row.team_id,
        Row.interaction_id,
        Row.heard_on,
        Row.text,
        Row.account_id,
        AccountRow.name.label("account_name"),
        Row.account,
        Row.place,
        LinkRow.spelling_id,
        TagRow.id.label("tag_id"),
        TagRow.name.label("tag"),
        *REP.columns,
    )
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .outerjoin(Contact, Contact.id == Row.interaction_id)
    .outerjoin(AccountRow, AccountRow.id == Row.account_id)
    .outerjoin(LinkRow, LinkRow.note_id == Row.id)
    .outerjoin(SpellingRow, SpellingRow.id == LinkRow.spelling_id)
    .outerjoin(TagRow, TagRow.id == SpellingRow.tag_id)
    .where(Row.workspace_id == WORKSPACE)
)
IN_PLACE = ALL_NOTES.order_by(Row.interaction_id, Row.place, Row.id, LinkRow.place)
OF_CONTACTS = IN_PLACE.where(Row.interaction_id.in_(AMONG))
ONE = IN_PLACE.where(Row.id == bindparam("note"))
LATEST = ALL_NOTES.where(STANDS).order_by(Row.heard_on.desc(), Row.id.desc(), LinkRow.place)
OF_TEAM = LATEST.where(Row.team_id == bindparam("team"))
OF_REPS = OF_TEAM.where(Row.rep_id.in_(AMONG))
SINCE = LATEST.where(Row.team_id.in_(AMONG), Row.heard_on > bindparam("after"))
TEXTS = (
    select(Row.interaction_id, Row.text)
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(
        Row.workspace_id == WORKSPACE,
        Contact.team_id == bindparam("team"),
        Contact.rep_id == bindparam("rep"),
    )
)

TAGS = (
    select(
        TagRow.id,
        TagRow.team_id,
        TagRow.name,
        TagRow.settled_on,
        TagRow.in_question,
        TagRow.issue_id,
        IssueRow.starts_on,
        IssueRow.ends_on,
        SpellingRow.id.label("spelling_id"),
        SpellingRow.key.label("spelling_key"),
        SpellingRow.name.label("spelling"),
        func.count(LinkRow.id).label("used"),
    )
    .join_from(TagRow, SpellingRow, SpellingRow.tag_id == TagRow.id)
    .outerjoin(LinkRow, LinkRow.spelling_id == SpellingRow.id)
    .outerjoin(IssueRow, IssueRow.id == TagRow.issue_id)
    .where(TagRow.workspace_id == WORKSPACE)
    .group_by(
        TagRow.id,
        TagRow.team_id,
        TagRow.name,
        TagRow.settled_on,
        TagRow.in_question,
        TagRow.issue_id,
        IssueRow.starts_on,
        IssueRow.ends_on,
        SpellingRow.id,
        SpellingRow.key,
        SpellingRow.name,
    )
    .order_by(TagRow.id, SpellingRow.id)
)
TAGS_OF_TEAMS = TAGS.where(TagRow.team_id.in_(AMONG))
ONE_TAG = TAGS.where(TagRow.id == bindparam("tag"))

CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("note"))
SET_DAY = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.interaction_id == bindparam("contact"))
    .values(heard_on=bindparam("day"))
)
PASS = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.interaction_id == bindparam("contact"))
    .values(rep_id=bindparam("to"))
)
FORGET = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
FORGET_LINKS = delete(LinkRow).where(LinkRow.workspace_id == WORKSPACE, LinkRow.note_id.in_(AMONG))
OF_DELETED = (
    select(Row.id, Row.team_id, Row.account_id)
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.interaction_id.in_(AMONG),
        Contact.deleted_at.is_not(None),
    )
)
OUTLIVE = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))
    .values(interaction_id=None)
)
CHANGE_TAG = update(TagRow).where(TagRow.workspace_id == WORKSPACE, TagRow.id == bindparam("tag"))
LEAD = (
    update(SpellingRow)
    .where(SpellingRow.workspace_id == WORKSPACE, SpellingRow.tag_id == bindparam("merged"))
    .values(tag_id=bindparam("to"))
)
LEAD_SOME = (
    update(SpellingRow)
    .where(
        SpellingRow.workspace_id == WORKSPACE,
        SpellingRow.tag_id == bindparam("merged"),
        SpellingRow.id.in_(AMONG),
    )
    .values(tag_id=bindparam("to"))
)
EMPTIED = select(TagRow.id, TagRow.settled_on).where(
    TagRow.workspace_id == WORKSPACE,
    TagRow.id == bindparam("tag"),
    TagRow.team_id == bindparam("team"),
)
FORGET_UNUSED_SPELLING = delete(SpellingRow).where(
    SpellingRow.workspace_id == WORKSPACE,
    SpellingRow.tag_id == bindparam("tag"),
    SpellingRow.key == bindparam("key"),
    ~select(LinkRow.id).where(LinkRow.spelling_id == SpellingRow.id).exists(),
)
UNUSED = select(TagRow.id).where(
    TagRow.workspace_id == WORKSPACE,
    TagRow.team_id.in_(AMONG),
    ~select(LinkRow.id)
    .join_from(LinkRow, SpellingRow, SpellingRow.id == LinkRow.spelling_id)
    .where(SpellingRow.tag_id == TagRow.id)
    .exists(),
)
FORGET_SPELLINGS = delete(SpellingRow).where(
    SpellingRow.workspace_id == WORKSPACE, SpellingRow.tag_id.in_(AMONG)
)
FORGET_TAGS = delete(TagRow).where(TagRow.workspace_id == WORKSPACE, TagRow.id.in_(AMONG))

_spelling = reader(TagSpelling, "spelling_id", "spelling_key", "spelling")
_tag = reader(NoteTag, "spelling_id", "tag_id", "tag")


def _notes(rows: Iterable[Any]) -> list[MarketNote]:
    found: dict[int, MarketNote] = {}
    for row in rows:
        note = found.get(row.id) or MarketNote(
            id=row.id,
            team_id=row.team_id,
            contact=row.interaction_id,
            rep=REP.read(row),
            heard_on=row.heard_on,
            text=row.text,
            account_id=row.account_id,
            account=row.account_name or "",
            typed=row.account,
            place=row.place,
        )
        # Two spellings that lead to one tag are one.
        if row.tag_id is not None and not note.has(row.tag_id):
            note = replace(note, tags=(*note.tags, _tag(row)))
        found[row.id] = note
    return list(found.values())


def _tags(rows: Iterable[Any]) -> list[MarketTag]:
    found: dict[int, MarketTag] = {}
    for row in rows:
        before = found.get(row.id)
        found[row.id] = MarketTag(
            id=row.id,
            team_id=row.team_id,
            name=row.name,
            settled_on=row.settled_on,
            in_question=row.in_question,
            issue=TagIssue(row.issue_id, row.starts_on, row.ends_on) if row.issue_id else None,
            spellings=(*(before.spellings if before else ()), _spelling(row)),
            used=row.used + (before.used if before else 0),
        )
    return list(found.values())


def of_contacts(tx: Transaction, contacts: Sequence[int]) -> dict[int, list[MarketNote]]:
    """What was heard in those contacts, deleted or not, in order; nothing of one without."""
    found: dict[int, list[MarketNote]] = {}
    for note in _notes(tx.all_among(OF_CONTACTS, contacts)):
        found.setdefault(note.contact or 0, []).append(note)
    return found


def of_team(tx: Transaction, team_id: int) -> list[MarketNote]:
    """All that was heard on a team and stands, latest first."""
    return _notes(tx.all(OF_TEAM, team=team_id))


def of_reps(tx: Transaction, team_id: int, reps: Sequence[int]) -> list[MarketNote]:
    """The same from contacts with those reps."""
    return _notes(tx.all_among(OF_REPS, reps, team=team_id))


def since(tx: Transaction, team_ids: Sequence[int], after: date) -> list[MarketNote]:
    """What was heard on those teams after that day and stands, latest first."""
    rows = tx.all_among(SINCE, team_ids, LATEST_FIRST, descending=True, after=after)
    return _notes(rows)


def get(tx: Transaction, note_id: int) -> MarketNote | None:
    """That note, be its contact deleted."""
    found = _notes(tx.all(ONE, note=note_id))
    return found[0] if found else None


def texts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """What was heard in contacts with a rep, by contact."""
    return [(row.interaction_id, row.text) for row in tx.all(TEXTS, team=team_id, rep=rep_id)]


def tags_of(tx: Transaction, team_ids: Sequence[int]) -> list[MarketTag]:
    """The tags of those teams, those that most notes have first."""
    found = _tags(tx.all_among(TAGS_OF_TEAMS, team_ids))
    return sorted(found, key=lambda tag: -tag.used)


def get_tag(tx: Transaction, tag_id: int) -> MarketTag | None:
    """That tag."""
    found = _tags(tx.all(ONE_TAG, tag=tag_id))
    return found[0] if found else None


def add_tag(
    tx: Transaction, team_id: int, name: str, *, in_question: bool = False
) -> tuple[int, int]:
    """A new tag, which no spelling may lead to yet; the ids of its spelling and of itself."""
    made = _new(tx, team_id, name, in_question=in_question)
    return spell(tx, team_id, made, name), made


def _new(tx: Transaction, team_id: int, name: str, *, in_question: bool = False) -> int:
    return tx.insert(
        TagRow,
        team_id=team_id,
        name=name,
        settled_on=None,
        in_question=in_question,
        issue_id=None,
    )


def spell(tx: Transaction, team_id: int, tag_id: int, name: str) -> int:
    """Let another spelling lead to a tag, which may lead to none yet; its id."""
    return tx.insert(SpellingRow, team_id=team_id, tag_id=tag_id, key=tag_key(name), name=name)


def rename(tx: Transaction, tag: MarketTag, name: str) -> bool:
    """What it is called from now on; what it was called leads to it as before. The new name must
    lead to no other tag. Whether it is a new spelling."""
    tx.change(CHANGE_TAG, {"name": name, "in_question": False}, tag=tag.id)
    if tag_key(name) in {one.key for one in tag.spellings}:
        return False
    spell(tx, tag.team_id, tag.id, name)
    return True


def forget_spelling(tx: Transaction, tag: MarketTag, name: str) -> None:
    """That spelling does not lead to that tag any more, unless a note has it so. It must not be the
    tag's name."""
    tx.run(FORGET_UNUSED_SPELLING, tag=tag.id, key=tag_key(name))


def tell_apart(tx: Transaction, tag_id: int) -> None:
    """It is a tag of its own, and nobody is asked about it any more."""
    tx.change(CHANGE_TAG, {"in_question": False}, tag=tag_id)


def merge(tx: Transaction, tag: MarketTag, into: MarketTag) -> None:
    """Both are one: what led to `tag` leads to `into`, and so does its issue of the day where
    `into` has none. It is settled since the later day on which either was: what the manager
    answered is not proposed again under another name. What is left of `tag` has no spelling, and
    goes as unused tags do, so that `part` finds it as it was."""
    tx.run(LEAD, merged=tag.id, to=into.id)
    if tag.settled_on is not None and tag.settled_on > (into.settled_on or date.min):
        settle(tx, into.id, tag.settled_on)
    if tag.issue is not None and into.issue is None:
        set_issue(tx, into.id, tag.issue.id)


def part(tx: Transaction, into: MarketTag, tag_id: int, name: str, spellings: Sequence[int]) -> int:
    """Those spellings lead to the tag again that was merged into that one; where nothing is left of
    it, to a new one of that name. The day on which it was settled is its own again. Its id."""
    row = tx.first(EMPTIED, tag=tag_id, team=into.team_id)
    back = row.id if row and row.id != into.id else _new(tx, into.team_id, name)
    if row and row.id != into.id and row.settled_on == into.settled_on is not None:
        settle(tx, into.id, None)
    tx.run_among(LEAD_SOME, spellings, merged=into.id, to=back)
    tell_apart(tx, back)
    return int(back)


def split(tx: Transaction, tag: MarketTag, spelling: TagSpelling) -> int:
    """That spelling is another tag after all, with the notes that have it so; its id."""
    made = _new(tx, tag.team_id, spelling.name)
    tx.run_among(LEAD_SOME, [spelling.id], merged=tag.id, to=made)
    return made


def settle(tx: Transaction, tag_id: int, day: date | None) -> None:
    """It was taken to the agenda or put aside that day; None: neither."""
    tx.change(CHANGE_TAG, {"settled_on": day}, tag=tag_id)


def set_issue(tx: Transaction, tag_id: int, issue_id: int) -> None:
    """That issue of the day was made of it."""
    tx.change(CHANGE_TAG, {"issue_id": issue_id}, tag=tag_id)


def add(tx: Transaction, **values: Any) -> int:
    """A new note; its id. Columns by their names."""
    return tx.insert(Row, **values)


def change(tx: Transaction, note_id: int, **values: Any) -> None:
    """Change columns of a note by their names."""
    tx.change(CHANGE, values, note=note_id)


def set_tags(tx: Transaction, spellings: Mapping[int, Sequence[int]]) -> None:
    """Let those notes have these tags, by the spellings that they are given, and no others."""
    tx.run_among(FORGET_LINKS, spellings)
    rows = [
        {"note_id": note, "spelling_id": one, "place": place}
        for note, given in spellings.items()
        for place, one in enumerate(dict.fromkeys(given))
    ]
    if rows:
        tx.insert_all(LinkRow, rows)


def forget(tx: Transaction, note_ids: Sequence[int]) -> None:
    """Those notes were not heard after all."""
    tx.run_among(FORGET_LINKS, note_ids)
    tx.run_among(FORGET, note_ids)


def forget_unused(tx: Transaction, team_ids: Iterable[int]) -> None:
    """The tags of those teams that no note has are no more."""
    unused = [row.id for row in tx.all_among(UNUSED, team_ids)]
    tx.run_among(FORGET_SPELLINGS, unused)
    tx.run_among(FORGET_TAGS, unused)


def set_day(tx: Transaction, interaction_id: int, day: date) -> None:
    """That contact was on another day, and so what was heard in it."""
    tx.run(SET_DAY, contact=interaction_id, day=day)


def pass_to(tx: Transaction, interaction_id: int, rep_id: int) -> None:
    """That contact was with that rep after all."""
    tx.run(PASS, contact=interaction_id, to=rep_id)


def let_go(tx: Transaction, interactions: Sequence[int]) -> None:
    """Those contacts go for good. What was heard in them stays, unless they were deleted: then it
    goes with them, and tags and accounts that nothing else is left of."""
    gone = tx.all_among(OF_DELETED, interactions)
    if gone:
        forget(tx, [row.id for row in gone])
        forget_unused(tx, {row.team_id for row in gone})
        accounts.forget_unused(tx, {row.account_id for row in gone if row.account_id is not None})
    tx.run_among(OUTLIVE, interactions)
