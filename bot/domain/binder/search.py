"""Finding things in a binder: words, kinds and days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.results.results import Result
from bot.domain.sessions.sessions import PastTopic, Topic
from bot.domain.workspaces.names import spellings
from bot.domain.workspaces.people import Person

WORDS_LIMIT = 100
FOUND_PAGE = 20
"""Entries on a page of what fits: with their frame far below Slack's 100 blocks."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for with a rep (a Slack id): entries that hold all of the words, of a kind
    (None: any), on the days from `since` to `until` where they are given; or, in place of entries,
    `results` of metrics whose names hold the words, of periods that have one of the days."""

    rep: str
    words: str = ""
    kind: InteractionKind | None = None
    since: date | None = None
    until: date | None = None
    results: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether it is more than a whole section."""
        return bool(self.words or self.since or self.until)


@dataclass(frozen=True)
class Found:
    """What fits, the latest first, from the place `start` on; `more` is older. `subjects` as on a
    page of the binder. `metrics` are the names of those that fit where entries of any kind are
    looked for. `in_own_note` are the entries whose words stand in a private note of who
    asks, `reader_id` (a person)."""

    wanted: Wanted
    rep: Person
    entries: tuple[Interaction, ...]
    subjects: Mapping[int, tuple[str, ...]]
    start: int
    more: bool
    in_own_note: frozenset[int]
    reader_id: int
    today: date
    metrics: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResultsFound:
    """A rep's results that fit, by metric and the latest period first, from the place `start` on;
    `more` come after. Each has the newest reading there is."""

    wanted: Wanted
    rep: Person
    results: tuple[Result, ...]
    start: int
    more: bool
    today: date


@dataclass(frozen=True)
class PlansOfRep:
    """The plans with a rep as they stand, by topic; a topic that was retired comes last."""

    rep: Person
    topics: tuple[Topic, ...]
    last: dict[str, PastTopic]
    today: date


@dataclass(frozen=True)
class TopicHistory:
    """One topic (`key`) down the sessions with a rep, the latest first, each with its contact, as
    who asks may see it, `reader_id` (a person)."""

    rep: Person
    key: str
    title: str
    said: tuple[tuple[Interaction, PastTopic], ...]
    reader_id: int
    more: bool
    today: date


def holds(texts: Iterable[str], words: str) -> bool:
    """Whether those texts together hold all of the words, however either spells them."""
    ways = spellings("\n".join(texts))
    return any(
        all(word in whole for word in way.split()) for whole in ways for way in spellings(words)
    )
