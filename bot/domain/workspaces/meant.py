"""Whom a command means that begins with a name nobody picked from Slack's list."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from bot.domain.workspaces.name_words import PARTICLES, SHORT_FORMS
from bot.domain.workspaces.names import LONGEST, key_of, spellings
from bot.domain.workspaces.people import Person

MOST_OFFERED = 5
"""People offered: of more, the name says too little."""

CLOSE_FROM = 4
"""Letters of a name from which on one slip is forgiven; two in twice as many."""

_TOKEN = re.compile(r"(?:<[^<>]*>|\S)+")
_HAS_WORD = re.compile(r"\w")


class _Fit(IntEnum):
    """How well words fit a person, the best first."""

    WHOLE = 0
    CLOSE = 1
    PART = 2
    CLOSE_PART = 3


@dataclass(frozen=True)
class Meant:
    """Somebody whom the first words of a line may mean. `rest` is what follows the name, as Slack
    sent it; `sure` where they are the name and no slip of it."""

    person: Person
    rest: str
    sure: bool


def meant_first(raw: str, people: Iterable[Person]) -> tuple[Meant, ...]:
    """Those of `people` whom the line may begin with: the whole name in any spelling, before one
    with a slip in it, before a part of a name or a short form, before one with a slip in that.
    Only the best of these, in the order of `people`; nobody where there are too many.

    `raw` is text as Slack sends it. A mention is no name.
    """
    begun = _begun(raw)
    fits: dict[int, tuple[_Fit, int, Meant]] = {}
    for person in people:
        names = _Names(person)
        found = ((names.fit(words), -end) for words, end in begun)
        ranked = [(fit, end) for fit, end in found if fit is not None]
        if ranked:
            fit, end = min(ranked)
            rest = raw[-end:].lstrip()
            fits[person.id] = fit, end, Meant(person, rest, fit in (_Fit.WHOLE, _Fit.PART))
    if not fits:
        return ()
    best = min(fit for fit, _, _ in fits.values())
    meant = [one for fit, _, one in fits.values() if fit is best]
    return tuple(meant) if len(meant) <= MOST_OFFERED else ()


def _begun(raw: str) -> list[tuple[str, int]]:
    """The first word, the first two …, without what stands around them, and where each row ends."""
    tokens = [found for found in _TOKEN.finditer(raw) if _HAS_WORD.search(found[0])][:LONGEST]
    words: list[str] = []
    for token in tokens:
        if token[0].startswith("<"):
            break
        words.append(token[0])
    rows = accumulate(words, lambda before, word: f"{before} {word}")
    return [(row.lstrip("@"), token.end()) for row, token in zip(rows, tokens, strict=False)]


class _Names:
    """What one person is called."""

    def __init__(self, person: Person) -> None:
        own = re.sub(r"\(.*?\)", " ", person.name)
        parts = own.split()
        turned = f"{parts[-1]} {' '.join(parts[:-1])}"
        wholes = [own, turned, *person.aliases]
        self._whole = {key for one in wholes for key in _keys(one)}
        short = {key for first in _first_names(parts) for key in _short_forms(first)}
        named = [one for one in [*parts, " ".join(parts[1:])] if key_of(one) not in PARTICLES]
        self._parts = {key for one in named for key in _keys(one)} | short

    def fit(self, words: str) -> _Fit | None:
        keys = _keys(words)
        if not keys.isdisjoint(self._whole):
            return _Fit.WHOLE
        # In small letters a second word is more likely text: "lena for lunch".
        is_name = " " in words and all(word[0].isupper() for word in words.split()[1:])
        if is_name and any(_is_close(one, name) for one in keys for name in self._whole):
            return _Fit.CLOSE
        if not keys.isdisjoint(self._parts):
            return _Fit.PART
        if " " not in words and any(_is_close(one, name) for one in keys for name in self._parts):
            return _Fit.CLOSE_PART
        return None


def _keys(name: str) -> set[str]:
    return {key for one in spellings(name) if (key := key_of(one))}


def _first_names(parts: Sequence[str]) -> Iterator[str]:
    yield from (key_of(parts[0]), *(key_of(one) for one in parts[0].split("-")))


def _short_forms(first: str) -> Iterator[str]:
    yield from map(key_of, SHORT_FORMS.get(first, ()))


def _is_close(typed: str, name: str) -> bool:
    """Whether one slip of a finger, or two in a long name, makes one of the other: a letter more,
    less, another, or two that changed places. The first letter is hardly ever missed."""
    shorter = min(len(typed), len(name))
    if shorter < CLOSE_FROM or typed[0] != name[0]:
        return False
    return _slips(typed, name) <= (2 if shorter >= 2 * CLOSE_FROM else 1)


def _slips(one: str, other: str) -> int:
    """Optimal string alignment distance."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
