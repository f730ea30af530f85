"""The lines in which somebody writes down what was heard of the market, and the notes that they
are."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.accounts.accounts import account_key
from bot.domain.accounts.market import MarketNote
from bot.domain.accounts.market_tags import MOST_WORDS
from bot.domain.workspaces.names import HYPHENS, fold
from bot.domain.workspaces.words import COLONS, without_bullet

Known = Callable[[str], bool]
"""Whether words in a row are one tag (`of_several_words`)."""

_COLON = re.compile(f"[{COLONS}]")
_HASHES = "#＃"
_NOT_BEFORE = f"_&/{_HASHES}"
"""After one of these a # begins no tag: it is in an address, or in something quoted."""

_BETWEEN = f"_{HYPHENS}\u200c\u200d"
_WITHIN = "&'’"
"""Between two letters, as in R&D."""

_AFTER_TAGS = " \t\xa0.,;"


class _Typed(NamedTuple):
    """A tag in a line, from its # to its end."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Line:
    """A line of what was heard, as typed: the customer before the colon, "" where there is none
    that is known; the words; and the tags in it. `typed` is all of it."""

    account: str
    account_id: int | None
    text: str
    tags: tuple[str, ...]
    typed: str


def one_word(_: str) -> bool:
    """That no words in a row are one tag."""
    return False


def read_lines(
    box: str, account_of: Callable[[str], int | None], known: Known = one_word
) -> list[Line]:
    """What was heard, a note a line: `Acme: a competitor offers 60 days #terms`. `account_of` knows
    the account that is meant by what stands before a colon.

    A tag is one word: letters, digits, hyphens, and & or an apostrophe between two of them, of any
    script; two characters at the least, one of them a letter. More words in a row are one where
    they are `known` to be, as many as can be.
    """
    return [_line(line, account_of, known) for line in box.splitlines() if line.strip()]


def _line(typed: str, account_of: Callable[[str], int | None], known: Known) -> Line:
    words = without_bullet(typed).strip()
    head, *rest = _COLON.split(words, maxsplit=1)
    said = rest[0].strip() if rest else ""
    account_id = account_of(head.strip()) if said and head.strip() else None
    if account_id is not None:
        words = said
    text, tags = without_tags(words, known), tuple(one.name for one in _tags_in(words, known))
    account = head.strip() if account_id is not None else ""
    return Line(account, account_id, text, tags, typed.strip())


def without_tags(words: str, known: Known = one_word) -> str:
    """A line without the tags at its end; of others the word stays, for it is a part of what is
    said."""
    tags = list(_tags_in(words, known))
    end, within = len(words), list(tags)
    while within and not words[within[-1].end : end].strip(_AFTER_TAGS):
        end = within.pop().start
    if not words[:end].strip():
        end, within = len(words), tags
    said = words[:end].rstrip() if end < len(words) else words
    for tag in reversed(within):
        said = said[: tag.start] + said[tag.start + 1 :]
    return said.strip()


def _tags_in(words: str, known: Known) -> Iterator[_Typed]:
    at = 0
    while at < len(words):
        start, at = at, at + 1
        if words[start] not in _HASHES:
            continue
        before = words[start - 1 : start]
        if before and (before in _NOT_BEFORE or _is_letter(before)):
            continue  # within an address, or a word
        end = _end_of_word(words, at)
        if _is_tag(words[at:end]):
            end = _longest(words, at, end, known)
            yield _Typed(start, end, words[at:end])
            at = end


def _is_letter(one: str) -> bool:
    # In many scripts a vowel is a mark upon its letter.
    return one.isalnum() or unicodedata.category(one).startswith("M")


def _goes_on(one: str) -> bool:
    return _is_letter(one) or one in _BETWEEN


def _is_tag(word: str) -> bool:
    return len(word) > 1 and word[0].isalnum() and any(map(str.isalpha, word))


def _end_of_word(words: str, at: int) -> int:
    end = at
    while end < len(words):
        inside = words[end] in _WITHIN and words[end - 1].isalnum() and end > at
        if not (_goes_on(words[end]) or (inside and words[end + 1 : end + 2].isalnum())):
            break
        end += 1
    while end > at and words[end - 1] in _BETWEEN:
        end -= 1
    return end


def _longest(words: str, at: int, end: int, known: Known) -> int:
    """Where a tag ends whose first word ends there: after as many words as are one."""
    found = end
    for _ in range(MOST_WORDS - 1):
        rest = words[end:]
        start = end + len(rest) - len(rest.lstrip(" \t\xa0"))
        after = _end_of_word(words, start)
        if start == end or after == start:
            break
        end = after
        if known(words[at:end]):
            found = end
    return found


def same_lines(
    lines: Sequence[Line], notes: Sequence[MarketNote], typed: Mapping[int, str]
) -> list[MarketNote | None]:
    """For each line the note that it is already: by what was `typed` of that, by place; by its
    words and its customer, by its words, and by its place where its words were changed. No note is
    two lines."""
    as_many = len(lines) == len(notes)
    ways: tuple[Callable[[int, Line, MarketNote], bool], ...] = (
        lambda _, line, note: line.typed == typed.get(note.place),
        lambda _, line, note: _says(line, note) and line.account_id in (None, note.account_id),
        lambda _, line, note: _says(line, note),
        lambda at, _, note: as_many and note.place == at,
    )
    found: dict[int, MarketNote] = {}
    left = list(notes)
    for is_same in ways:
        for at, line in enumerate(lines):
            match = next((one for one in left if at not in found and is_same(at, line, one)), None)
            if match is not None:
                found[at] = match
                left.remove(match)
    return [found.get(at) for at in range(len(lines))]


def _says(line: Line, note: MarketNote) -> bool:
    return fold(line.text) == fold(note.text)


def is_of(note: MarketNote, account: str) -> bool:
    """Whether it is of that customer, as a visit has it."""
    return account_key(account) in {account_key(note.typed), account_key(note.account)} - {""}


def lines_of(box: str, notes: Iterable[MarketNote], account: str) -> str:
    """The lines of a field day's box that are of that customer, without its name in front."""
    lines = [line for line in box.splitlines() if line.strip()]
    own = [lines[note.place] for note in notes if is_of(note, account) and note.place < len(lines)]
    return "\n".join(_without_head(line, account, notes) for line in own)


def with_lines_of(box: str, notes: Sequence[MarketNote], account: str, said: str) -> str:
    """The box with what is `said` now in place of the lines of that customer; the others stay as
    they were typed."""
    lines = [line for line in box.splitlines() if line.strip()]
    own = {note.place for note in notes if is_of(note, account)}
    new = [f"{account}: {line.strip()}" for line in said.splitlines() if line.strip()]
    at = min(own, default=len(lines))
    before = [line for place, line in enumerate(lines) if place not in own and place < at]
    after = [line for place, line in enumerate(lines) if place not in own and place >= at]
    return "\n".join([*before, *new, *after])


def _without_head(line: str, account: str, notes: Iterable[MarketNote]) -> str:
    words = without_bullet(line).strip()
    head, *rest = _COLON.split(words, maxsplit=1)
    names = {account_key(one) for note in notes for one in (note.typed, note.account, account)}
    return rest[0].strip() if rest and account_key(head) in names - {""} else words


def without_tags_in(box: str, known: Known = one_word, *, but: Collection[int] = ()) -> str:
    """What a field day's box says, for others to read: its lines without their tags, `but` those
    notes, by their place."""
    lines = [line for line in box.splitlines() if line.strip()]
    return "\n".join(
        without_tags(line, known) for place, line in enumerate(lines) if place not in but
    )
