"""Words that have a meaning where they stand (a channel, a day, `until`, `win:`), as people type
them: what stands around a word, and how it is written, does not hide it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.workspaces.names import PERSON_MENTION, fold

LONGEST = 2
"""Words in a row that may have a meaning together: `in person`, `next week`."""

MARKS = "*_~`"
"""What Slack's markup puts around words (https://docs.slack.dev/messaging/formatting-message-text).
"""

_ACCENTS = "´^¨"
_MEANT_BY_SLACK = "@#&<>/\\%"
"""Never taken off: a person, a channel, what Slack escapes, a path, a share."""

COLONS = ":：﹕︰"
COMMAS = ",，﹐、،"
"""As other keyboards have them."""

_STOPS = f".;!?…。；！？{COLONS}{COMMAS}"
_COLON = re.compile(f"[{COLONS}]")
# What Slack put in angle brackets is one word whatever its label holds.
_TOKEN = re.compile(r"(?:<[^<>]*>|\S)+")
_SHORTCODE = re.compile(r":[\w+'-]+:")
_HAS_WORD = re.compile(r"\w")
_BULLET = re.compile(r"^\s*(?:(?:[•◦▪▸‣·●○*+–—-]|\(?\d{1,3}[.)])\s+)+")
"""`• `, `- `, `* `, `1. ` and `1) ` before a line."""


@dataclass(frozen=True)
class _Token:
    begin: int
    end: int


def bare(typed: str) -> str:
    """A word, or several, as words with a meaning are compared: folded as names are, without the
    punctuation and markup around it. "" where nothing is left, and for an emoji (`:email:`)."""
    if _SHORTCODE.fullmatch(typed.strip()):
        return ""
    word = fold(typed)
    begin, end = 0, len(word)
    while begin < end and _is_around(word[begin]):
        begin += 1
    while end > begin and _is_around(word[end - 1]):
        end -= 1
    return word[begin:end] if _HAS_WORD.search(word, begin, end) else ""


def _is_around(char: str) -> bool:
    if char in MARKS or char in _ACCENTS or char.isspace():
        return True
    return unicodedata.category(char)[0] in "PC" and char not in _MEANT_BY_SLACK


class Line:
    """A line of which words with a meaning are taken from its ends; the rest is text."""

    def __init__(self, typed: str, begin: int = 0) -> None:
        self._typed = typed
        self._tokens = [_Token(*found.span()) for found in _TOKEN.finditer(typed, begin)]
        self._before = self._after = ""

    def take_first(self, means: Callable[[str], bool]) -> bool:
        """Take the first word (or two) from the line where it means something."""
        at = self._first_word(self._tokens)
        for count in range(LONGEST, 0, -1):
            if self._means(self._tokens[at : at + count], count, means):
                stop = at + count
                # Some put a blank before a colon or a stop: it goes with the word.
                while stop < len(self._tokens) and self._is_stop(self._tokens[stop]):
                    stop += 1
                self._before += self._typed[self._tokens[0].begin : self._tokens[stop - 1].end]
                del self._tokens[:stop]
                return True
        return False

    def take_last(self, means: Callable[[str], bool], longest: int = LONGEST) -> bool:
        """Take the last words from the line, at most `longest`, where they mean something."""
        stop = len(self._tokens) - self._first_word(self._tokens[::-1])
        for count in range(longest, 0, -1):
            if self._means(self._tokens[max(0, stop - count) : stop], count, means):
                begin, end = self._tokens[stop - count].begin, self._tokens[-1].end
                self._after = self._typed[begin:end] + self._after
                del self._tokens[stop - count :]
                return True
        return False

    @property
    def rest(self) -> str:
        """What is left, exactly as typed. Where a pair of marks was around words that were taken
        and around words that stay, the latter keep both."""
        if not self._tokens:
            return ""
        text = self._typed[self._tokens[0].begin : self._tokens[-1].end]
        opened, closed = (_unpaired(part, text) for part in (self._before, self._after))
        return f"{opened}{text}{closed}"

    def _is_stop(self, token: _Token) -> bool:
        return all(char in _STOPS for char in self._typed[token.begin : token.end])

    def _first_word(self, tokens: list[_Token]) -> int:
        """Where the first token stands that is more than punctuation."""
        words = (at for at, one in enumerate(tokens) if bare(self._typed[one.begin : one.end]))
        first = next(words, 0)
        # An emoji or a sign is no punctuation: what stands behind it is text.
        passed = (self._typed[one.begin : one.end] for one in tokens[:first])
        return first if all(all(map(_is_around, one)) for one in passed) else 0

    def _means(self, tokens: list[_Token], count: int, means: Callable[[str], bool]) -> bool:
        each = [bare(self._typed[one.begin : one.end]) for one in tokens]
        if len(each) < count or not all(each):
            return False
        return means(bare(self._typed[tokens[0].begin : tokens[-1].end]))


def _unpaired(taken: str, text: str) -> str:
    """The marks of which one stands in what was taken and its other half in the text."""
    marks = (mark for mark in dict.fromkeys(taken) if mark in MARKS)
    return "".join(one for one in marks if taken.count(one) % 2 and text.count(one) % 2)


def split_prefix(typed: str) -> tuple[str, str]:
    """The word before the first colon, bare, and what follows it as typed; "" and nothing where
    there is no colon. A bullet before the word, and marks around it, are no part of either."""
    parts = _COLON.split(typed, maxsplit=1)
    if len(parts) == 1:
        return "", ""
    taken, rest = parts
    while rest and rest[0] in MARKS and taken.count(rest[0]) % 2:
        taken, rest = taken + rest[0], rest[1:]
    return bare(without_bullet(taken)), f"{_unpaired(taken, rest)}{rest.strip()}"


def only_person(raw: str) -> str | None:
    """The Slack id, where a text as Slack sends it is one person and nothing else."""
    begin, end = raw.find("<"), raw.rfind(">") + 1
    found = PERSON_MENTION.fullmatch(raw[begin:end]) if begin >= 0 else None
    alone = all(map(_is_around, raw[:begin] + raw[end:]))
    return found["id"] if found and alone else None


def behind_person(raw: str, end: int) -> int:
    """Where the words begin behind a person whose mention ends there: phones make a full stop of
    two blanks, and put it right behind a name."""
    is_stop = raw[end : end + 1] == "." and not raw[end + 1 : end + 2].strip()
    return end + 1 if is_stop else end


def without_bullet(line: str) -> str:
    """A line of a list without the bullet or number in front of it."""
    return _BULLET.sub("", line)


def within(sentence: str) -> str:
    """Words of ours that begin a sentence, as they stand within another."""
    return sentence[:1].lower() + sentence[1:]


def code(typed: str) -> str:
    """A code as it is written in lists of codes: DE-BY, whoever typed de-by or `DE–BY`."""
    return bare(typed).upper().replace(" ", "-")
