"""Whom words name, however the name is spelled."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.domain.workspaces.name_words import (
    BEFORE_MONTHS,
    BEFORE_PERSON,
    BEFORE_THING,
    BUSINESS,
    MONTHS,
    PARTICLES,
    PERSON_ALONE_DOES,
    PERSON_DOES,
    SHORT_FORMS,
    TWO_LETTERS,
    WORDS,
)
from bot.domain.workspaces.people import Person

KEPT = 4_000
"""Names and texts at hand, as they are compared."""

SHORTEST = 3
"""Letters of a part of a name that is looked for as it is."""

LONGEST = 5
"""Words in a row that may be one name."""

WITHOUT_SPACES = "\u2e80"
"""From here on are the scripts that put no space between words."""

PERSON_MENTION = re.compile(r"<@(?P<id>[UW][A-Z0-9]+)(?:\|[^<>]*)?>")
"""A person as Slack writes one: `<@U123>` or `<@U123|sam.stone>`; W… ids are Enterprise Grid's
(https://docs.slack.dev/messaging/formatting-message-text)."""

APOSTROPHES = "'’‘‛ʼʻʹʽ′‵`´ˈ＇՚׳‚"
HYPHENS = "-‐‑‒–—―−⁃﹘﹣－‧·"
_ALIKE = str.maketrans(
    {
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys(HYPHENS, "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
    }
)
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ħ": "h",
        "Ħ": "H",
        "ı": "i",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "þ": "th",
        "Þ": "Th",
        "ð": "d",
        "Ð": "D",
        "ə": "e",
        "Ə": "E",
    }
)
_IN_TWO = str.maketrans(
    {
        "ä": "ae",
        "Ä": "Ae",
        "ö": "oe",
        "Ö": "Oe",
        "ü": "ue",
        "Ü": "Ue",
        "å": "aa",
        "Å": "Aa",
        "ø": "oe",
        "Ø": "Oe",
    }
)
"""Where there is no ü, some write u, and others ue."""

_WORD = re.compile(r"[^\W_]+")
_RAW_ID = re.compile(r"(?<!\w)@(?P<id>[UW][A-Z0-9]{5,})\b")
_SENTENCE_ENDS = re.compile(r"[.!?:;\n•*\"“”„()\[\]|/>]|\s-\s")


@dataclass(frozen=True)
class Named:
    """Somebody whom words name; `sure` where they hardly mean anything else."""

    person: Person
    sure: bool


@dataclass(frozen=True)
class _Word:
    """A word of a text. `apart` is what stands between it and the one before; `begins`: a sentence
    does with it."""

    written: str
    folded: str
    apart: str
    begins: bool


@dataclass(frozen=True)
class _Text:
    words: tuple[_Word, ...]
    joined: frozenset[str]
    """Words, and words in a row, without what stands between them."""
    single: frozenset[str]
    capital: frozenset[str]
    squeezed: str
    says_by_case: bool
    """Whether a capital letter tells anything: not where all or nearly all words have one."""


@dataclass(frozen=True)
class _Name:
    """What to look for: `whole` as it stands, in a row; `parts` as words of their own; `firsts`
    and `lasts` that are words too; `short` for short forms; `tiny` for parts of two letters;
    `unspaced` for scripts without spaces. `weak` are all that only may be the name; `beginnings`
    those of first names."""

    whole: frozenset[str]
    parts: frozenset[str]
    firsts: frozenset[str]
    lasts: frozenset[str]
    short: frozenset[str]
    tiny: frozenset[str]
    unspaced: frozenset[str]
    weak: frozenset[str]
    beginnings: frozenset[str]


def fold(text: str) -> str:
    """The same for all spellings of the same words: NFKC, without case and accents, with one
    apostrophe, and a space for every hyphen."""
    return " ".join(_plain(text).casefold().replace("-", " ").split())


def spellings(name: str) -> set[str]:
    """What a name is looked for by: folded, with ue for ü where some write that, and without."""
    in_two = fold(_plain(name, in_two=True))
    return {fold(name), in_two, _shrunk(in_two)}


def in_order(name: str) -> tuple[str, str]:
    """What names are sorted by, on every database: as they are folded, so that Åsa stands with the
    A and o'neil with the O."""
    return fold(name), name


def _plain(text: str, *, in_two: bool = False) -> str:
    """Without accents, with one kind of apostrophe and of hyphen; the case stays."""
    if text.isascii():
        return text.translate(_ALIKE)
    alike = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    if in_two:
        alike = alike.translate(_IN_TWO)
    split = unicodedata.normalize("NFKD", alike.translate(_LETTERS))
    bare = "".join(one for one in split if not unicodedata.combining(one))
    return unicodedata.normalize("NFKC", bare).translate(_LETTERS)


def key_of(name: str) -> str:
    """What a whole name is found by, whatever stands between its parts."""
    return "".join(_WORD.findall(fold(name)))


@lru_cache(maxsize=KEPT)
def keys_in(text: str) -> frozenset[str]:
    """The keys of all whole names that the text may hold: of words in a row, and of one word after
    an @."""
    found: set[str] = set()
    for words in _spellings(text):
        for at, word in enumerate(words.words):
            if word.apart.endswith("@"):
                found.add(word.folded)
            row = word.folded
            for after in words.words[at + 1 : at + LONGEST]:
                if after.apart.strip(" '-._,"):
                    break
                row += after.folded
                found.add(row)
    return frozenset(found | set(map(_shrunk, found)))


def _shrunk(folded: str) -> str:
    return folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def mentioned_in(text: str) -> list[str]:
    """The Slack ids in a text, as Slack writes them, or after an @ where no name was known."""
    return [one["id"] for kind in (PERSON_MENTION, _RAW_ID) for one in kind.finditer(text)]


def first_named(text: str, people: Iterable[Person]) -> Named | None:
    """The first of them whom the text names, be it in a word that only may be their name: by the
    whole name, by a part of it as a word of its own, by a short form, by what they are called in
    Slack, by a mention. Those whom it names surely come first."""
    unsure = None
    mentioned = set(mentioned_in(text))
    spellings = _spellings(text)
    for person in people:
        if person.slack_id in mentioned:
            return Named(person, sure=True)
        name = _name(person.name, person.aliases)
        if any(_says(one, name) for one in spellings):
            return Named(person, sure=True)
        if unsure is None and any(_may_say(one, name) for one in spellings):
            unsure = Named(person, sure=False)
    return unsure


class Called:
    """Some people, by each word that may be their name: to look through words for them takes as
    long as the words are, however many people there are."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = tuple(people)
        self._by_word: dict[str, list[int]] = {}
        self._unspaced: list[tuple[str, int]] = []
        self._by_id: dict[str, int] = {}
        for at, person in enumerate(self._people):
            self._by_id.setdefault(person.slack_id, at)
            name = _name(person.name, person.aliases)
            for word in name.whole | name.parts | name.short | name.weak | name.beginnings:
                self._by_word.setdefault(word, []).append(at)
            self._unspaced += ((word, at) for word in name.unspaced)

    def first_named(self, text: str, fine: Set[str] = frozenset()) -> Named | None:
        """The first of them but those of `fine`, by Slack id, whom the text names."""
        found = {self._by_id[one] for one in mentioned_in(text) if one in self._by_id}
        for one in _spellings(text):
            for word in one.joined & self._by_word.keys():
                found.update(self._by_word[word])
            found.update(at for word, at in self._unspaced if word in one.squeezed)
        if not found:
            return None
        maybe = (self._people[at] for at in sorted(found))
        return first_named(text, (one for one in maybe if one.slack_id not in fine))


def _says(text: _Text, name: _Name) -> bool:
    return (
        not name.whole.isdisjoint(text.joined)
        or not name.parts.isdisjoint(text.single)
        or any(one in text.squeezed for one in name.unspaced)
    )


def _may_say(text: _Text, name: _Name) -> bool:
    if not name.short.isdisjoint(text.single):
        return True
    # Nearly all words are without nearly all names.
    if name.weak.isdisjoint(text.single) and name.beginnings.isdisjoint(text.capital):
        return False
    for at, word in enumerate(text.words):
        if word.folded in name.tiny and _is_tiny_name(text, word):
            return True
        is_weak = word.folded in name.firsts or word.folded in name.lasts
        if not is_weak and not _is_beginning(word, name):
            continue
        if _is_person(text, at, is_first=word.folded in name.firsts, is_whole=is_weak):
            return True
    return False


def _is_beginning(word: _Word, name: _Name) -> bool:
    """Whether it may be the beginning of a first name, as Flo is of Florian."""
    return word.folded in name.beginnings and _has_capital(word)


def _has_capital(word: _Word) -> bool:
    return word.written[0].isupper() and not word.written.isupper()


def _is_tiny_name(text: _Text, word: _Word) -> bool:
    if word.apart.endswith("@"):
        return True
    is_word = word.folded in TWO_LETTERS
    if word.written.isupper():
        return not text.says_by_case and not is_word
    if word.written[0].isupper():
        return not (is_word and word.begins)
    return not is_word


def _is_person(text: _Text, at: int, *, is_first: bool, is_whole: bool) -> bool:
    """Whether a word that may be a name is one here."""
    word = text.words[at]
    before = text.words[at - 1].folded if at and not word.begins else ""
    after = text.words[at + 1] if at + 1 < len(text.words) else None
    if word.apart.endswith("@"):
        return True
    follows = after.folded if after is not None and not after.begins else ""
    is_own = after is not None and after.apart == "'" and follows == "s"
    does = follows in PERSON_ALONE_DOES or (
        follows in PERSON_DOES and (is_first or word.folded not in BUSINESS)
    )
    is_capital = word.written[0].isupper() and text.says_by_case
    if is_capital and not word.begins:
        a_month = word.folded in MONTHS and (
            before in BEFORE_MONTHS or before.isdecimal() or follows.isdecimal()
        )
        return not a_month
    if before in BEFORE_THING:
        return False
    if is_capital:
        is_called = after is not None and after.apart.startswith(",")
        return is_own or does or (is_called and word.folded not in BUSINESS)
    if not is_whole:
        return False
    return is_first and (is_own or does or before in BEFORE_PERSON)


@lru_cache(maxsize=KEPT)
def _spellings(text: str) -> tuple[_Text, ...]:
    texts = dict.fromkeys((_plain(text), _plain(text, in_two=True)))
    return tuple(_text(one) for one in texts)


def _text(plain: str) -> _Text:
    words: list[_Word] = []
    end = 0
    for found in _WORD.finditer(plain):
        apart = plain[end : found.start()]
        begins = not words or _SENTENCE_ENDS.search(apart) is not None
        words.append(_Word(found[0], found[0].casefold(), apart, begins))
        end = found.end()
    single = {word.folded for word in words}
    # Somebody's quotes: Lena's, and Lenas, and Jens'.
    single |= {one[:-1] for one in single if one.endswith("s") and len(one) > SHORTEST}
    for one, other in pairwise(words):
        if other.apart == "'":
            single |= {one.folded + other.folded}
    joined = set(single)
    for at, word in enumerate(words):
        row = word.folded
        for after in words[at + 1 : at + LONGEST]:
            if after.apart.strip(" '-._,"):
                break
            row += after.folded
            joined |= {row, row.removesuffix("s")}
    long = [word.written for word in words if len(word.written) >= SHORTEST]
    capital = [one for one in long if one[0].isupper()]
    in_title = len(long) >= SHORTEST and len(capital) > len(long) * 2 / 3
    return _Text(
        words=tuple(words),
        joined=frozenset(joined),
        single=frozenset(single),
        capital=frozenset(word.folded for word in words if _has_capital(word)),
        squeezed="".join(word.folded for word in words),
        says_by_case=not plain.isupper() and not in_title,
    )


@lru_cache(maxsize=KEPT)
def _name(name: str, aliases: tuple[str, ...]) -> _Name:
    whole: set[str] = set()
    firsts: set[str] = set()
    lasts: set[str] = set()
    for spelled in dict.fromkeys((_plain(name), _plain(name, in_two=True))):
        own = re.sub(r"\(.*?\)", " ", spelled).casefold()
        whole.add("".join(_WORD.findall(own)))
        for at, part in enumerate(own.split()):
            into = firsts if at == 0 else lasts
            into |= set(_parts(part))
            if at == 0:
                whole |= {"".join(_WORD.findall(part))} if "-" in part else set()
    words: set[str] = set()
    for alias in aliases:
        for spelled in (_plain(alias), _plain(alias, in_two=True)):
            found = _WORD.findall(spelled.casefold())
            if len(found) == 1:
                words.add(found[0])
            whole.add("".join(found))
    firsts |= words
    every = (firsts | lasts) - PARTICLES
    unspaced = {one for one in every | whole if len(one) > 1 and one[0] >= WITHOUT_SPACES}
    every -= unspaced
    parts = {one for one in every if len(one) >= SHORTEST and one not in WORDS}
    short = {key_of(form) for first in firsts for form in _short_forms(first)} - every
    tiny = frozenset(one for one in every | short if len(one) == SHORTEST - 1)
    whole = {one for one in whole if len(one) >= SHORTEST and one not in WORDS}
    return _Name(
        whole=frozenset(whole - unspaced),
        parts=frozenset(parts),
        firsts=frozenset(firsts & WORDS | short & WORDS),
        lasts=frozenset(lasts & WORDS),
        short=frozenset(one for one in short if len(one) >= SHORTEST and one not in WORDS),
        tiny=tiny,
        unspaced=frozenset(unspaced),
        weak=frozenset((firsts | short | lasts) & WORDS | tiny),
        beginnings=frozenset(
            one[:end] for one in firsts if len(one) > SHORTEST for end in range(SHORTEST, len(one))
        ),
    )


def _parts(part: str) -> Iterator[str]:
    """A part of a name, and what it is made of: O'Brien, and Brien; Jean-Luc, and Jean."""
    for one in part.split("-"):
        words = _WORD.findall(one)
        yield "".join(words)
        yield from words


@lru_cache(maxsize=KEPT)
def _short_forms(first: str) -> tuple[str, ...]:
    """How that first name is shortened; of one that is short itself, what it may be short for."""
    for_short = SHORT_FORMS.get(first, ())
    return (*for_short, *_LONG.get(first, ()))


def _long_forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, forms in SHORT_FORMS.items():
        for form in forms:
            found[key_of(form)] = (*found.get(key_of(form), ()), name)
    return found


_LONG = _long_forms()
