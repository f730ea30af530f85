"""Account dates read in words: in a visit, in a plan, and as they are typed behind an account."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.accounts.accounts import account_key
from bot.domain.accounts.dates import WHAT_LIMIT, DateEntry, SaidDate, flaw_of
from bot.domain.accounts.finding import spoken
from bot.domain.team.typed_days import (
    is_in_month,
    no_such_date,
    read_date_ahead,
    says_two_days,
    split_date,
    split_date_ahead,
)
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.refusals import FieldError
from bot.domain.workspaces.words import bare, without_bullet

MOST_WORDS = 5
"""Words of what is on that day; more of them are a sentence, and what it says is not guessed."""

LONGEST_NAME = 8
"""Words of an account's name that a line may begin with."""

_ENDS = re.compile(r"[;!?\n；！？。]|\.(?=\s|$)|[,，、](?!\s*20\d\d\b)")
_STOPS = re.compile(r"[;\n；]|[,，、](?!\s*20\d\d\b)")
_AND = re.compile(r"\s+(?:and|und|then)\s+", re.IGNORECASE)
_LINKS = {
    *("is", "are", "will", "be", "comes", "come", "up", "due", "planned", "scheduled"),
    *("set", "falls", "ends", "starts", "begins", "on"),
}
"""What stands between what it is and its day: `the renewal is due on 1 March`."""
_ARTICLES = {"the", "a", "an", "their", "his", "her", "its", "our", "next"}
_DENIED = {
    *("no", "not", "never", "nothing", "without", "last", "since", "isn't", "wasn't", "won't"),
    *("was", "were", "met", "had", "did"),
}
"""With such a word it is no date, or one that was."""
_WAS = {
    *("signed", "renewed", "extended", "closed", "won", "lost"),
    *("bought", "ordered", "paid", "sent", "got", "received", "delivered", "installed", "shipped"),
    *("began", "started", "ended", "expired", "finished", "cancelled", "canceled", "terminated"),
    *("held", "visited", "saw", "called", "spoke", "talked", "wrote", "told", "asked", "agreed"),
    *("came", "went", "left", "joined", "showed", "presented", "approved", "decided", "switched"),
}
"""Of what was; `to be signed by 1 March` is to come all the same."""
_EITHER = re.compile(r"\d{1,2}([/.-])\d{1,2}(\1(\d{2}|\d{4}))?\.?")
"""A day and a month in numbers: which is which, nobody knows but who typed it."""
_BESIDE = " \t,;:–—-·("


@dataclass(frozen=True)
class TypedDates:
    """An account and the dates that were typed with it in one line, or what is wrong with one."""

    account_id: int
    written: str
    said: tuple[DateEntry, ...] | FieldError


def dates_in(
    text: str, said_on: date, keys: Mapping[str, int], of: tuple[int, str] | None = None
) -> tuple[SaidDate, ...]:
    """The account dates in words that were said that day: an account, a few words, and a date that
    can be read in one way alone, in a row.

    `keys` lead to the team's accounts, by `account_key`. A line is about the account that it
    begins with, else the one that the words are `of` (its id, as it was typed).
    """
    found: dict[tuple[int, str, date], SaidDate] = {}
    for line in text.splitlines():
        about = of
        for part in _parts(without_bullet(line), _ENDS, lambda one: split_date(one, said_on)):
            named, rest = _account_first(part, keys)
            about = named or about
            what, day = split_date(rest, said_on)
            what = _what(what)
            if about is not None and day is not None and what:
                found.setdefault((about[0], fold(what), day), SaidDate(*about, what, day))
    return tuple(found.values())


def may_hold_dates(text: str, said_on: date) -> bool:
    """Whether there is a date in it at all, whatever the account."""
    return any(
        split_date(part, said_on)[1] is not None
        for line in text.splitlines()
        for part in _parts(without_bullet(line), _ENDS, lambda one: split_date(one, said_on))
    )


def typed_dates(typed: str, today: date, keys: Mapping[str, int]) -> TypedDates | None:
    """The dates of an account, as they are typed behind a command: `Acme renewal 1 March and audit
    3 May`. None where it is the name of an account, or no date. One without a year is the next
    one."""
    if account_key(typed) in keys:
        return None
    named, rest = _account_first(typed, keys)
    if named is None:
        return None
    found: dict[tuple[str, date], DateEntry] = {}
    for part in _dated(rest, today):
        what, day = split_date_ahead(part, today)
        if day is None:
            flaw = _no_date(part, today)
            return None if flaw is None else TypedDates(*named, flaw)
        entry = DateEntry(_words(what), day)
        flaw = flaw_of(entry, today)
        if flaw is not None:
            return TypedDates(*named, flaw)
        found.setdefault((fold(entry.what), day), entry)
    return TypedDates(*named, tuple(found.values())) if found else None


def goes_on(typed: str, keys: Mapping[str, int]) -> int | None:
    """The account (its id) whose name words begin with where they go on, with more than what it is
    by law; None for a name alone, and for none that is known."""
    named, rest = _account_first(typed, keys)
    if named is None or not rest or spoken(fold(typed)) == spoken(fold(named[1])):
        return None
    return named[0]


def _dated(words: str, today: date) -> list[str]:
    """What was typed, cut behind each of its dates: nothing of it is left out."""
    parts: list[str] = []
    before = ""
    for part in _parts(words, _STOPS, lambda one: split_date_ahead(one, today)):
        before = f"{before}, {part.strip()}" if before else part.strip()
        if split_date_ahead(before, today)[1] is not None:
            parts.append(before)
            before = ""
    if before.strip(_BESIDE):
        parts = [*parts, before] if not parts or _no_date(before, today) else [words]
    return parts


def _no_date(words: str, today: date) -> FieldError | None:
    """What is wrong with words that end in what only looks like a day; None where they do not."""
    if read_date_ahead(words, today) is not None:
        return FieldError.NOTHING_ON_DAY
    if says_two_days(words, today):
        return FieldError.TWO_DAYS
    last = words.split()
    if not last:
        return None
    if bare(last[-1]) == "yesterday":
        return FieldError.PAST_DAY
    if _EITHER.fullmatch(last[-1].strip("().,")):
        return FieldError.UNCLEAR_DAY
    if any(no_such_date(" ".join(last[-count:])) for count in (1, 2, 3)):
        return FieldError.NO_SUCH_DAY
    return FieldError.UNCLEAR_DAY if len(last) > 1 and is_in_month(words) else None


def _parts(
    line: str, stops: re.Pattern[str], split: Callable[[str], tuple[str, date | None]]
) -> Iterator[str]:
    """What a line says between its stops; where several dates stand with an *and* between them,
    each by itself."""
    for part in stops.split(line):
        apart = _AND.split(part)
        dated = sum(split(one)[1] is not None for one in apart)
        yield from apart if dated > 1 else [part]


def _account_first(words: str, keys: Mapping[str, int]) -> tuple[tuple[int, str] | None, str]:
    """The account that words begin with, its id and as it was typed, and what follows it."""
    tokens = list(re.finditer(r"\S+", words))
    for count in range(min(LONGEST_NAME, len(tokens)), 0, -1):
        name = words[tokens[0].start() : tokens[count - 1].end()].rstrip(_BESIDE)
        for way in (name, re.sub(r"['’]s?$", "", name)):
            if way and account_key(way) in keys:
                rest = words[tokens[count - 1].end() :].lstrip(_BESIDE)
                return (keys[account_key(way)], way), rest
    return None, words


def _words(typed: str) -> str:
    """What is on a day, without what only leads to the day or from the account."""
    words = typed.strip(_BESIDE).split()
    while words and bare(words[-1]) in _LINKS:
        words.pop()
    while words and bare(words[0]) in _ARTICLES:
        words = words[1:]
    return " ".join(words).strip(_BESIDE)


def _what(typed: str) -> str:
    """The same where it is a few words that say what is to come; else ""."""
    what = _words(typed)
    words: Sequence[str] = what.split()
    if len(words) > MOST_WORDS or len(what) > WHAT_LIMIT or not re.search(r"[^\W\d_]", what):
        return ""
    said = set(map(bare, words))
    return "" if said & _DENIED or (said & _WAS and "be" not in said) else what
