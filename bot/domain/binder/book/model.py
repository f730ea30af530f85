"""What a book consists of. Text is as people typed it: nothing in it is markup."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Labelled:
    """Words, and what they are; no `label` where that is plain. `private`: they are set apart, for
    nobody but the owner of the book reads them."""

    label: str
    text: str
    private: bool = False


@dataclass(frozen=True)
class Facts:
    """Short things, each beside its label."""

    rows: tuple[Labelled, ...]


@dataclass(frozen=True)
class Words:
    """Sentences of the book's own, in small."""

    text: str


@dataclass(frozen=True)
class Group:
    """What belongs together under a heading of its own: a topic with its plan. `beside` says where
    it is from."""

    heading: str
    beside: str
    passages: tuple[Labelled, ...]


@dataclass(frozen=True)
class Entry:
    """Something that happened on a day, or is to happen."""

    day: str
    title: str
    passages: tuple[Labelled, ...] = ()


@dataclass(frozen=True)
class Entries:
    """Entries in the order they are read in. `are_short`: most are a line."""

    entries: tuple[Entry, ...]
    are_short: bool = False


@dataclass(frozen=True)
class Item:
    """A line to tick: open, done, or neither, where nothing is known."""

    text: str
    beside: str = ""
    done: bool | None = None


@dataclass(frozen=True)
class Items:
    """A list under a small heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Columns:
    """Lists side by side."""

    lists: tuple[Items, ...]


@dataclass(frozen=True)
class Table:
    """Rows under headings, which are said again on each page. `shares` are the widths of the
    columns against each other; `numbers` are the columns that hold numbers, by their place."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Point:
    """What was reached through a day."""

    on: date
    actual: Decimal


@dataclass(frozen=True)
class Chart:
    """What was reached since the beginning of a period, against a line to its target. `is_level`:
    the target is a height, not something that adds up. `words` say all that it shows."""

    title: str
    words: str
    first: date
    last: date
    target: Decimal
    points: tuple[Point, ...]
    is_level: bool = False


@dataclass(frozen=True)
class Charts:
    """Charts side by side."""

    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Acquainted:
    """Somebody at an account, and since when each of those of the map's columns knows them, ""
    where they do not; `others` are more of ours who do."""

    name: str
    since: tuple[str, ...]
    others: str = ""


@dataclass(frozen=True)
class AccountOnMap:
    """An account, and who is known there."""

    name: str
    is_key: bool
    beside: str
    people: tuple[Acquainted, ...]


@dataclass(frozen=True)
class Map:
    """Who of ours (`columns`) knows whom at which account."""

    columns: tuple[str, ...]
    accounts: tuple[AccountOnMap, ...]


@dataclass(frozen=True)
class Figure:
    """A number, and what it counts."""

    number: str
    counts: str


@dataclass(frozen=True)
class Figures:
    """Numbers side by side, to be seen first."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Prose:
    """What somebody says, to be read as a letter is."""

    text: str


@dataclass(frozen=True)
class Lines:
    """Room for handwriting: the rest of the page."""

    heading: str


Block = (
    Facts
    | Words
    | Group
    | Entries
    | Items
    | Columns
    | Table
    | Charts
    | Map
    | Figures
    | Prose
    | Lines
)  # what a section may hold, in any order


@dataclass(frozen=True)
class Section:
    """Blocks under a heading. `own_page`: it begins on a new one."""

    title: str
    blocks: tuple[Block, ...]
    own_page: bool = False


@dataclass(frozen=True)
class Chapter:
    """What is printed, numbered and exchanged as one: a rep, the meetings. `beside` is what is said
    under its title; `tab` is the label at the edge of its pages, where it is not its part's. What
    `is_sheet` is no part of a binder: it has neither label nor number."""

    title: str
    beside: str
    sections: tuple[Section, ...]
    tab: str = ""
    is_sheet: bool = False


@dataclass(frozen=True)
class Part:
    """What a divider stands before. `tab` is the label at its edge; `says` is what it holds. Its
    chapters are gone through once."""

    title: str
    tab: str
    says: str
    chapters: Iterable[Chapter]


@dataclass(frozen=True)
class Book:
    """A binder. `facts` stand on its cover, and `closing` says who may read it. What is not bound
    (`is_bound`) is its chapters alone, without cover, contents and dividers.

    It is made as it is read: its parts are gone through once, in their order, the chapters of each
    before the next part, and may be many more than memory should hold. Only then are its facts all
    there. `at_most` is how many chapters it may have.
    """

    title: str
    subtitle: str
    facts: Callable[[], tuple[Labelled, ...]]
    closing: str
    parts: Iterable[Part]
    at_most: int
    is_bound: bool = True
