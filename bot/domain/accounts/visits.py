"""Visits to accounts: what is written down of one, and how they are typed, a line each."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.workspaces.names import fold
from bot.domain.workspaces.words import COLONS, COMMAS, without_bullet

MOST_VISITS = 20
"""Visits in a field day; more in one day is a list of another kind."""

DETAIL_LIMIT = 300
VISITS_LIMIT = 3000
"""Characters of the box with all visits: what Slack's plain text input holds. Source:
https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""

_FRONT = re.compile(rf"^[\s{COLONS}]+")
_WORDS = re.compile(rf"[^\s{COLONS}{COMMAS}]")
_COLON = re.compile(f"[{COLONS}]")
_COMMA = re.compile(f"[{COMMAS}]")
_CLOCK = r"""
    (?: (?:[01]?\d|2[0-3]) [:：h] [0-5]\d     # 9:30, 14h30
      | (?:[01]\d|2[0-3]) [.] [0-5]\d        # 10.30
      | (?:1[0-2]|[1-9]) (?=\s*[ap]\.?m\b) )  # 9 am
    (?: \s* (?:[ap]\.?m\b\.?|uhr\b) )?
"""
_TIME = re.compile(
    rf"(?:at\s+)? {_CLOCK} (?: \s*[-–—]\s* {_CLOCK} )? (?: \s*[-–—,;.{COLONS}]+ )? \s+(?=\S)",
    re.IGNORECASE | re.VERBOSE,
)
"""A clock time before the account: `10:30 Acme`, `10.30-11.15 – Acme`, `9 am Acme`."""


class Led(StrEnum):
    """Who led a call."""

    REP = "rep"
    JOINT = "joint"
    MANAGER = "manager"


@dataclass(frozen=True)
class Visit:
    """A customer visited: the account, who was met there, and what came of it. Only the account
    is always there; what follows the outcome are details, written down afterwards if at all."""

    account: str
    people: str = ""
    outcome: str = ""
    role: str = ""
    is_key: bool = False
    led_by: Led | None = None
    next_step: str = ""

    @property
    def is_told(self) -> bool:
        """There are words of what came of it."""
        return bool(self.outcome or self.next_step)


@dataclass(frozen=True)
class VisitHeard:
    """What was heard at one customer, a line each, as the details of the visit say it: new tags as
    typed, and those picked, by id."""

    text: str
    tags: tuple[int, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True)
class VisitDetails:
    """The details of one visit as a form says them."""

    role: str = ""
    is_key: bool = False
    led_by: Led | None = None
    next_step: str = ""


def parse_visits(typed: str) -> tuple[Visit, ...]:
    """A visit a line, `account: people, outcome`; lines with nothing in them are passed over.

    People end at the first comma. A line without a colon is an account alone, and nothing that
    was typed is left out, but for a bullet and a clock time before the account. Colons and commas
    may be full-width.
    """
    lines = map(_from_account, typed.splitlines())
    return tuple(_visit(line) for line in lines if _WORDS.search(line))


_HEADING = 60
"""Characters of an account at the most, where words that were written elsewhere are looked through
for visits."""
_HEADING_WORDS = 5
_SAYS_FIELD_DAY = re.compile(
    r"\b(visit(s|ed|ing)?|field[ -]?days?|ride[ -]?along)\b", re.IGNORECASE
)
_SOMEBODY = re.compile(r"[^:：]*[:：]\s*[^\W\d_a-z][\w'’-]*(\s+[^\W\d_a-z][\w'’.-]*)*\s*,")
"""After the colon a name and a comma, as visits are typed."""
_SENTENCE_ENDS = re.compile(r"\w{4}[.!?]\s")
_NO_ACCOUNT = frozenset(
    [
        "action",
        "actions",
        "also",
        "competitor",
        "competitors",
        "feedback",
        "focus",
        "fyi",
        "idea",
        "ideas",
        "important",
        "market",
        "nb",
        "next",
        "note",
        "notes",
        "outcome",
        "plan",
        "ps",
        "question",
        "questions",
        "re",
        "reminder",
        "result",
        "strength",
        "subject",
        "summary",
        "thanks",
        "visit",
        "visited",
        "visits",
        "tip",
        "todo",
        "update",
        "warning",
    ]
)
"""What people begin a line with that is no account, unless the team has one of that name."""


def visits_in_words(text: str, known: Collection[str] = ()) -> tuple[tuple[Visit, ...], str]:
    """The visits in words that were written elsewhere, and the other lines. `known` are the keys of
    the team's accounts; what only could be one is taken as one where several lines are such, where
    somebody's name follows it (`Acme: Jo Lee, a trial`), or where the words say that it was a field
    day."""
    lines = [line for line in text.splitlines() if line.strip()]
    heads = [_head(line) for line in lines]
    by_look = sum(map(_could_be_account, heads)) > 1 or bool(_SAYS_FIELD_DAY.search(text))
    visits: list[str] = []
    rest: list[str] = []
    for line, head in zip(lines, heads, strict=True):
        looks_it = _could_be_account(head) and (by_look or bool(_SOMEBODY.match(line)))
        is_visit = fold(head) in known or looks_it
        (visits if is_visit and len(visits) < MOST_VISITS else rest).append(line)
    return parse_visits("\n".join(visits)), "\n".join(rest)


def _head(line: str) -> str:
    """What stands before the colon of a line, with words behind it; "" for no such line."""
    head, *said = _COLON.split(_from_account(line), maxsplit=1)
    fits = said and said[0].strip() and len(head) <= _HEADING and "//" not in line
    return head.strip() if fits else ""


def _could_be_account(head: str) -> bool:
    """Whether it is written as a name is: few words, no small letter first, no label of a note."""
    words = head.split()
    if not words or len(words) > _HEADING_WORDS or words[0][0].islower():
        return False
    if _SENTENCE_ENDS.search(head):
        return False
    return fold(words[0]) not in _NO_ACCOUNT


def with_details_of(visits: Iterable[Visit], before: Iterable[Visit]) -> tuple[Visit, ...]:
    """The visits as they are typed now, each with the details that the visit to the same account
    had before."""
    known = {fold(visit.account): visit for visit in before}
    found = []
    for visit in visits:
        had = known.get(fold(visit.account))
        found.append(replace(visit, **vars(details_of(had))) if had else visit)
    return tuple(found)


def details_of(visit: Visit) -> VisitDetails:
    """The details of a visit."""
    return VisitDetails(visit.role, visit.is_key, visit.led_by, visit.next_step)


def visit_lines(visits: Iterable[Visit]) -> str:
    """The visits as they are typed, so that the box shows them again."""
    return "\n".join(visit_line(visit) for visit in visits)


def visit_line(visit: Visit) -> str:
    """One visit as it is typed."""
    line = visit.account
    if visit.people or visit.outcome:
        line += f": {visit.people}"
    if visit.outcome:
        line += f", {visit.outcome}"
    return line


def _visit(line: str) -> Visit:
    account, *rest = _COLON.split(line, maxsplit=1)
    people, *outcome = _COMMA.split(rest[0] if rest else "", maxsplit=1)
    return Visit(account.strip(), people.strip(), outcome[0].strip() if outcome else "")


def _from_account(line: str) -> str:
    """The line from the account on: a bullet, a clock time and colons in front of everything say
    nothing of it."""
    before = None
    while line != before:
        before = line
        line = _FRONT.sub("", without_bullet(line))
        line = line[found.end() :] if (found := _TIME.match(line)) else line
    return line
