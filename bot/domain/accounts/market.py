"""What was heard of the market: notes of customers and competitors, what they are tagged with, and
what of it spreads from customer to customer."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.accounts.finding import spoken
from bot.domain.workspaces.names import fold, in_order, spellings
from bot.domain.workspaces.people import Person

TAG_LIMIT = 40
"""Characters of a tag: a word or two."""

NOTE_LIMIT = 1000
"""Characters of a note that is written by itself, as many as a field day's box has."""

MOST_TAGS = 2
"""Tags of a note."""

LATELY = timedelta(days=30)
"""How far back "lately" goes on the page."""

WITHIN = timedelta(days=30)
"""The span of days within which customers are counted together."""

CUSTOMERS = 3
"""Different customers at which something is no more one customer's."""

NEWS = timedelta(days=90)
"""What was heard longer ago is no news to a meeting."""

QUIET = timedelta(days=90)
"""After a tag was taken to the agenda or put aside, it is proposed anew by what is heard later than
this alone: a quarter's quiet."""

MONTHS_SHOWN = 6


@dataclass(frozen=True)
class TagSpelling:
    """A way to write a tag, as it was first written so; `key` is what it is found by."""

    id: int
    key: str
    name: str


@dataclass(frozen=True)
class TagIssue:
    """The issue of the day that was made of a tag last, by its id, with its first and last day."""

    id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class MarketTag:
    """A tag of a team, with every spelling that leads to it (the name is one of them), and how many
    notes have it; `settled_on` is the day that it was taken to the agenda or put aside.
    `in_question`: it was typed much like another, and nobody has said yet whether it is that."""

    id: int
    team_id: int
    name: str
    settled_on: date | None
    spellings: tuple[TagSpelling, ...]
    used: int = 0
    in_question: bool = False
    issue: TagIssue | None = None

    @property
    def own(self) -> TagSpelling:
        """The spelling that is its name."""
        key = tag_key(self.name)
        return next((one for one in self.spellings if one.key == key), self.spellings[0])

    @property
    def others(self) -> tuple[TagSpelling, ...]:
        """The spellings beside the name."""
        return tuple(one for one in self.spellings if one.id != self.own.id)

    def is_quiet(self, day: date) -> bool:
        """Whether what was heard on that day is covered: it was taken to the agenda or put aside
        since, or no longer before than QUIET."""
        return self.settled_on is not None and day <= self.settled_on + QUIET

    def issue_until(self, today: date) -> date | None:
        """The last day of the issue of the day that it was made, for as long as QUIET after it;
        None where it was made none, or that ended before it began."""
        one = self.issue
        if one is None or one.ends_on < one.starts_on or today > one.ends_on + QUIET:
            return None
        return one.ends_on


@dataclass(frozen=True)
class NoteTag:
    """A tag as a note has it: the spelling that it was given, and the tag that this leads to."""

    spelling_id: int
    id: int
    name: str


@dataclass(frozen=True)
class MarketNote:
    """Something heard of the market in a contact (its id, None where that is gone since) with a
    rep. `account` is the name of the customer, `typed` what was typed of it; both are "", and the
    id None, where it was no customer's."""

    id: int
    team_id: int
    contact: int | None
    rep: Person
    heard_on: date
    text: str
    tags: tuple[NoteTag, ...] = ()
    account_id: int | None = None
    account: str = ""
    typed: str = ""
    place: int = 0

    def has(self, tag_id: int) -> bool:
        return any(tag.id == tag_id for tag in self.tags)


@dataclass(frozen=True)
class Picked:
    """Tags that were picked beside a text: those chosen of what there is (ids), and new ones as
    typed. With `account_id` they are for the lines of that customer alone."""

    tags: tuple[int, ...] = ()
    new: tuple[str, ...] = ()
    account_id: int | None = None


@dataclass(frozen=True)
class NoteEntry:
    """A note as a form of its own says it; `account` is the customer as typed, "" for none."""

    text: str
    account: str = ""
    picked: Picked = Picked()


def tag_key(name: str) -> str:
    """What a tag is found by: the same for all spellings that are but one way or another to write
    the same words."""
    return fold(name)


def shared_tags(notes: Sequence[MarketNote]) -> tuple[int, ...]:
    """The tags that all of those notes have, by id: what a form shows that is for all of them."""
    if not notes:
        return ()
    return tuple(tag.id for tag in notes[0].tags if all(note.has(tag.id) for note in notes))


@dataclass(frozen=True)
class Spread:
    """Something that was heard at so many customers: their names in the order it was heard there,
    from the first day to the one that made it so many, and what was heard, the first first.
    `quoted` is what of that may be said to a team: it names nobody; "" for nothing."""

    tag: MarketTag
    accounts: tuple[str, ...]
    since: date
    on: date
    notes: tuple[MarketNote, ...]
    quoted: str = ""


@dataclass(frozen=True)
class Merging:
    """What it takes to part a tag again from the one that it was merged into: its id and name, and
    the ids of the spellings that led to it."""

    tag_id: int
    name: str
    spellings: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """A tag that was typed much like another one: is it `meant`?"""

    tag: MarketTag
    meant: MarketTag


@dataclass(frozen=True)
class MarketKept:
    """What is to be said of notes that were kept: tags as typed that are but another way to write
    one there is, each with its name; the names of tags that are new; those that may be another; and
    what is at a third customer now."""

    taken: tuple[tuple[str, str], ...] = ()
    new: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    spreads: tuple[Spread, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether any of it is worth an answer where none is due otherwise: new tags are seen where
        the notes stand."""
        return bool(self.taken or self.questions or self.spreads)


NOTHING_TO_SAY = MarketKept()


def third_on(heard: Iterable[tuple[date, Hashable]]) -> date | None:
    """The first day on which something was heard at a third different customer within WITHIN, of
    days and customers in any order; None where it never was."""
    days = sorted(heard, key=lambda one: one[0])
    for on, _ in days:
        there = {account for day, account in days if on - WITHIN < day <= on}
        if len(there) >= CUSTOMERS:
            return on
    return None


def spread_of(tag: MarketTag, notes: Iterable[MarketNote], today: date) -> Spread | None:
    """How that tag spread, where its manager is to hear of it: NEWS, and not settled."""
    since = today - NEWS
    if tag.settled_on is not None:
        since = max(since, tag.settled_on + QUIET)
    counted = sorted(
        (
            note
            for note in notes
            if note.has(tag.id) and note.account_id is not None and since < note.heard_on <= today
        ),
        key=lambda note: (note.heard_on, note.id),
    )
    on = third_on((note.heard_on, _customer(note.account)) for note in counted)
    if on is None:
        return None
    within = [note for note in counted if on - WITHIN < note.heard_on]
    names: dict[str, str] = {}
    for note in within:
        names.setdefault(_customer(note.account), note.account)
    return Spread(tag, tuple(names.values()), within[0].heard_on, on, tuple(within))


def _customer(account: str) -> str:
    """Acme and Acme GmbH may be two accounts, and are one customer to whoever hears of it."""
    return spoken(fold(account))


def spreads(
    tags: Iterable[MarketTag], notes: Sequence[MarketNote], today: date
) -> tuple[Spread, ...]:
    """What is proposed to the manager: the latest first."""
    found = [one for tag in tags if (one := spread_of(tag, notes, today)) is not None]
    return tuple(sorted(found, key=lambda one: (one.on, one.tag.id), reverse=True))


def brought(
    tags: Iterable[MarketTag], notes: Sequence[MarketNote], contact: int, today: date
) -> tuple[Spread, ...]:
    """Of what is proposed, that to which what was heard in that contact was what it took."""
    without = [note for note in notes if note.contact != contact]
    return tuple(
        one for one in spreads(tags, notes, today) if spread_of(one.tag, without, today) is None
    )


def agenda_words(tag: MarketTag, customers: int, quoted: str) -> str:
    """It as an item of an agenda, in words that name no rep; `quoted` as with Spread."""
    said = f" “{quoted}”" if quoted else ""
    heard = f"heard at {customers} customers" if customers > 1 else "heard in the field"
    return f"{tag.name}: {heard}.{said} Where else, and what do we answer?"


def issue_words(tag: MarketTag, quoted: str) -> str:
    """It as an issue of the day."""
    return f"{tag.name}: {quoted}" if quoted else tag.name


@dataclass(frozen=True)
class TagView:
    """What is known of a tag, or of the notes without one (None): its notes, the latest first, each
    customer with the day it was first heard there, the first customer first; how many notes each
    month has, up to this one. Never without a note."""

    tag: MarketTag | None
    notes: tuple[MarketNote, ...]
    customers: tuple[tuple[str, date], ...]
    months: tuple[int, ...]
    lately: int

    @property
    def heard_at(self) -> int:
        """At how many customers."""
        return len({_customer(name) for name, _ in self.customers})

    @property
    def first(self) -> MarketNote:
        """What was heard first."""
        return self.notes[-1]


@dataclass(frozen=True)
class MarketPage:
    """All that was heard, by tag: what is heard lately first, then what is heard often; notes
    without a tag last. `months` are the first days of those that are counted; `quoted` is what may
    be said to the team of the tag that is looked at, as with Spread; `questions` are still open."""

    tags: tuple[TagView, ...]
    months: tuple[date, ...]
    spreads: tuple[Spread, ...]
    today: date
    quoted: str = ""
    questions: tuple[Question, ...] = ()

    def of(self, tag_id: int | None) -> TagView | None:
        """What is known of that tag; None: of the notes without one."""
        return next((one for one in self.tags if (one.tag.id if one.tag else None) == tag_id), None)


def page_of(tags: Sequence[MarketTag], notes: Iterable[MarketNote], today: date) -> MarketPage:
    """What the market page shows of those notes."""
    months = _months(today)
    latest = sorted(notes, key=lambda note: (note.heard_on, note.id), reverse=True)
    by_tag: dict[int, list[MarketNote]] = {}
    for note in latest:
        for tag in note.tags:
            by_tag.setdefault(tag.id, []).append(note)
    known = {tag.id: tag for tag in tags}
    views = [
        _tag_view(known[tag_id], own, months, today)
        for tag_id, own in by_tag.items()
        if tag_id in known
    ]
    views.sort(key=lambda one: in_order(one.tag.name if one.tag else ""))
    views.sort(key=lambda one: (one.lately, len(one.notes)), reverse=True)
    untagged = [note for note in latest if not note.tags]
    if untagged:
        views.append(_tag_view(None, untagged, months, today))
    return MarketPage(tuple(views), months, spreads(tags, latest, today), today)


def _tag_view(
    tag: MarketTag | None, latest: Sequence[MarketNote], months: Sequence[date], today: date
) -> TagView:
    first = {
        note.account_id: (note.account, note.heard_on)
        for note in latest
        if note.account_id is not None
    }
    counted = [(note.heard_on.year, note.heard_on.month) for note in latest]
    return TagView(
        tag=tag,
        notes=tuple(latest),
        customers=tuple(sorted(first.values(), key=lambda one: (one[1], in_order(one[0])))),
        months=tuple(counted.count((month.year, month.month)) for month in months),
        lately=sum(note.heard_on > today - LATELY for note in latest),
    )


def _months(today: date) -> tuple[date, ...]:
    found = [today.replace(day=1)]
    while len(found) < MONTHS_SHOWN:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(found))


def holding(
    notes: Iterable[MarketNote], words: str, tags: Iterable[MarketTag] = ()
) -> list[MarketNote]:
    """The notes that have all of those words, in what was heard, at which customer or as which
    tag, however they are spelled; of `tags` every spelling that leads to one is looked through."""
    written = {tag.id: [one.name for one in tag.spellings] for tag in tags}
    ways = [spellings(one) for one in words.split() if fold(one)]
    return [note for note in notes if _holds(note, ways, written)]


def _holds(
    note: MarketNote, ways: Sequence[Collection[str]], written: Mapping[int, Sequence[str]]
) -> bool:
    names = (name for tag in note.tags for name in (tag.name, *written.get(tag.id, ())))
    said = spellings("\n".join([note.text, note.account, note.typed, *names]))
    return all(any(way in one for way in ways_of for one in said) for ways_of in ways)
