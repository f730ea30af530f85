"""Notes of the market, as they are written: of a field day's box, of a visit, of a touch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.accounts.accounts import Account
from bot.domain.accounts.finding import meant_surely
from bot.domain.accounts.market import (
    NEWS,
    NOTE_LIMIT,
    MarketKept,
    MarketNote,
    MarketTag,
    NoteEntry,
    Picked,
    Spread,
    brought,
    shared_tags,
)
from bot.domain.accounts.market_lines import read_lines, same_lines, without_tags
from bot.domain.accounts.market_tags import questions
from bot.domain.contacts.interactions import Interaction
from bot.domain.team.teams import Team
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.services.accounts.market_tagging import Tagging
from bot.services.workspaces.naming import quotable
from storage.accounts import accounts, market
from storage.database.transaction import Transaction
from storage.team import teams

BOX = "market"
"""The field that holds a field day's box."""


def save_box(
    tx: Transaction,
    team: Team,
    contact: Interaction,
    box: str,
    before: str,
    visits: Sequence[str],
    picked: Picked | None,
    today: date,
    *,
    field: str = BOX,
) -> MarketKept:
    """Let what was heard on that field day be what its box says, a note a line; the box said
    `before` until now. A line of no customer is of the one that was visited, where there was but
    one. A line that is the same keeps its tags. Writes.

    Raises BadField at `field` for a tag that cannot be, or more than MOST_TAGS of a note.
    """
    there = market.of_contacts(tx, [contact.id]).get(contact.id, [])
    if not box.strip() and not there:
        return MarketKept()
    teams.lock(tx, [team.id])
    account_of = _finder(accounts.of_teams(tx, [team.id]))
    tags = Tagging(tx, team, there, field)
    lines = read_lines(box, account_of, tags.reads)
    only = visits[0] if len(visits) == 1 else ""
    of_only = account_of(only) if only else None
    was = dict(enumerate(read_lines(before, account_of, tags.reads)))
    same = same_lines(lines, there, {place: line.typed for place, line in was.items()})
    gone = {note.id: note for note in there}
    given: dict[int, list[int]] = {}
    for place, (line, note) in enumerate(zip(lines, same, strict=True)):
        account_id = line.account_id or of_only
        had = was.get(note.place) if note else None
        # What tags there are by now is no reason to read anew what stands there already.
        stands = note if note and had and had.typed == line.typed else None
        spelled = tags.of_line(line, note, had.tags if had else (), stands=stands is not None)
        if picked is not None and picked.account_id in (None, account_id):
            spelled = tags.with_picked(spelled, picked, _all_shown(there, picked), note)
        says = {
            "account_id": account_id,
            "account": line.account or (only if account_id else ""),
            "text": stands.text if stands else line.text,
            "place": place,
        }
        if note is None:
            given[_add(tx, team, contact, says)] = spelled
        else:
            del gone[note.id]
            market.change(tx, note.id, **says)
            given[note.id] = spelled
    market.forget(tx, list(gone))
    return _finish(tx, team, contact, given, there, tags, today)


def save_note(
    tx: Transaction, team: Team, contact: Interaction, entry: NoteEntry, today: date
) -> MarketKept:
    """Let that touch have this market note, whatever it had before; without words it has none. A
    customer that nobody knows yet becomes an account. Writes.

    Raises BadField for words without end, a tag that cannot be, or more than MOST_TAGS.
    """
    teams.lock(tx, [team.id])
    there = market.of_contacts(tx, [contact.id]).get(contact.id, [])
    if len(entry.text) > NOTE_LIMIT:
        raise BadField("text", FieldError.TOO_LONG)
    tags = Tagging(tx, team, there, "new_tags")
    given: dict[int, list[int]] = {}
    if entry.text:
        note = there[0] if there else None
        (typed,) = read_lines(" ".join(entry.text.split()), lambda _: None, tags.reads)
        spelled = tags.of_line(typed, note, ())
        spelled = tags.with_picked(spelled, entry.picked, shared_tags(there), note)
        says = {
            "account_id": _account(tx, team, entry.account),
            "account": entry.account,
            "text": without_tags(entry.text, tags.reads),
            "place": 0,
        }
        if note is None:
            given[_add(tx, team, contact, says)] = spelled
        else:
            market.change(tx, note.id, **says)
            given[note.id] = spelled
    market.forget(tx, [note.id for note in there if note.id not in given])
    return _finish(tx, team, contact, given, there, tags, today)


def retag(tx: Transaction, team: Team, note: MarketNote, picked: Picked, today: date) -> MarketKept:
    """Let a note have these tags and no others. Writes. Raises as `save_note`."""
    teams.lock(tx, [team.id])
    tags = Tagging(tx, team, [note], "new_tags")
    own = [tag.spelling_id for tag in note.tags]
    given = {note.id: tags.with_picked(own, picked, shared_tags([note]), note)}
    market.set_tags(tx, given)
    # What no note has any more stays until something else is written: **Undo** finds it.
    return _kept(tx, team, note.contact, tags, today)


def set_back(tx: Transaction, team: Team, note: MarketNote, had: Sequence[tuple[int, str]]) -> None:
    """Let a note have the tags again that it had: the spellings by id, or where one is no more, a
    tag of that name. Writes."""
    teams.lock(tx, [team.id])
    tags = Tagging(tx, team, [note], "new_tags")
    market.set_tags(tx, {note.id: tags.once_more(had)})
    market.forget_unused(tx, [team.id])


def _finder(known: Sequence[Account]) -> Callable[[str], int | None]:
    def account_of(typed: str) -> int | None:
        found = meant_surely(typed, known)
        return found.id if found else None

    return account_of


def _account(tx: Transaction, team: Team, typed: str) -> int | None:
    if not typed:
        return None
    found = meant_surely(typed, accounts.of_teams(tx, [team.id]))
    return found.id if found else accounts.ensure(tx, team.id, [typed])[typed]


def _all_shown(there: Sequence[MarketNote], picked: Picked) -> tuple[int, ...]:
    """The tags that the form showed as picked: those of all notes that it was for."""
    return shared_tags([one for one in there if picked.account_id in (None, one.account_id)])


def _add(tx: Transaction, team: Team, contact: Interaction, says: Mapping[str, object]) -> int:
    return market.add(
        tx,
        team_id=team.id,
        interaction_id=contact.id,
        author_id=contact.author_id,
        rep_id=contact.rep.id,
        heard_on=contact.occurred_on,
        **says,
    )


def _finish(
    tx: Transaction,
    team: Team,
    contact: Interaction,
    given: dict[int, list[int]],
    there: Sequence[MarketNote],
    tags: "Tagging",
    today: date,
) -> MarketKept:
    market.set_tags(tx, given)
    if any(note.tags for note in there):
        market.forget_unused(tx, [team.id])
    lost = {note.account_id for note in there if note.account_id is not None}
    if lost:
        accounts.forget_unused(tx, lost)
    return _kept(tx, team, contact.id, tags, today)


def _kept(
    tx: Transaction, team: Team, contact_id: int | None, tags: Tagging, today: date
) -> MarketKept:
    """What is to be said of notes of that contact that were given these tags."""
    if not tags.given:
        return MarketKept()
    known = market.tags_of(tx, [team.id])
    asked = tuple(one for one in questions(known) if one.tag.id in tags.typed)
    in_question = {one.tag.id for one in asked}
    new = tuple(name for one, name in tags.made.items() if one not in in_question)
    news = market.since(tx, [team.id], today - NEWS)
    found = brought(known, news, contact_id or 0, today)
    return MarketKept(tuple(tags.taken), new, asked, with_quotes(tx, team, found))


def with_quotes(tx: Transaction, team: Team, found: Sequence[Spread]) -> tuple[Spread, ...]:
    """Those with what of them may be said to the team."""
    if not found:
        return ()
    quotes = quotable(tx, team, {one.tag.id: [note.text for note in one.notes] for one in found})
    return tuple(replace(one, quoted=quotes[one.tag.id]) for one in found)


def tags_in_use(known: Sequence[MarketTag]) -> tuple[MarketTag, ...]:
    """Those that a form offers: most used first."""
    return tuple(tag for tag in known if tag.used)
