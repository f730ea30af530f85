"""Whom words for a team name, so that the team reads none that its manager was not asked about."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from bot.domain.workspaces.names import Called, Named, keys_in, mentioned_in
from bot.domain.workspaces.people import Person, stranger

SEEN_DIGITS = 16
"""Of a digest: enough that no two texts are taken for each other."""


class WordsOf(StrEnum):
    """What the words are: an item, what came of it, or what somebody promised the team."""

    ITEM = "item"
    OUTCOME = "outcome"
    PROMISE = "promise"


@dataclass(frozen=True)
class Words:
    """Words for a team. `fine_for` are the Slack ids of those whom they may name: who wrote them,
    and of whom its manager said so; `named` is the first whom they were found to name as they were
    written, be it under a name that is another by now, and be it nobody of the team."""

    text: str
    fine_for: frozenset[str] = frozenset()
    named: Person | None = None


@dataclass(frozen=True)
class Namable:
    """Whom words are looked through for: `near`, whoever was ever a rep of the team, by any part
    of the name; `others`, who else is known in the workspace, by the whole name, as `key_of` has
    it."""

    near: tuple[Person, ...] = ()
    others: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)

    @cached_property
    def _near(self) -> Called:
        return Called(self.near)

    def in_words(self, words: Words) -> Named | None:
        """Whom they name and may not, of those who are near first."""
        fine = words.fine_for
        found = self._near.first_named(words.text, fine)
        if found is not None:
            return found
        if words.named is not None and words.named.slack_id not in fine:
            return Named(words.named, sure=True)
        # Somebody of whom nothing is known but the id.
        strange = [one for one in mentioned_in(words.text) if one not in fine]
        if strange:
            return Named(stranger(strange[0]), sure=True)
        called = (
            one
            for key in keys_in(words.text) & self.others.keys()
            for one in self.others[key]
            if one.slack_id not in fine
        )
        first = min(called, key=lambda one: one.slack_id, default=None)
        return Named(first, sure=True) if first else None


@dataclass(frozen=True)
class Question:
    """**About one person?** of some words: `id` is that of the item or of the promise, `about` whom
    they name."""

    said: WordsOf
    id: int
    text: str
    about: Named

    @property
    def seen(self) -> str:
        """What a press on it says was seen: the words, and whom they were said to name. Other words
        are another question."""
        digest = hashlib.sha256(self.text.encode()).hexdigest()[:SEEN_DIGITS]
        return f"{self.about.person.slack_id} {digest}"
