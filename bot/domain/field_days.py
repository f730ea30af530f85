"""Field days: what a manager writes down of a day spent with a rep at customers."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.contacts.drafts import ONE_STEP, Draft, Typed
from bot.domain.contacts.interactions import Logged
from bot.domain.promises import Owner, Promise, action_of, usual_due_date
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.words import COLONS, COMMAS, without_bullet

MOST_VISITS = 20
"""Visits in a field day; more in one day is a list of another kind."""

DETAIL_LIMIT = 300
TEXT_LIMIT = 1000
"""Characters of each text of a field day: a few sentences."""

VISITS_LIMIT = 3000
"""Characters of the box with all visits: what Slack's plain text input holds. Source:
https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""

FIRST, MORE = "first", "more"
"""The steps of the form of a new field day. ONE_STEP is that of a form which has all in one."""

PATH_LENGTH = 6
"""Field days that a path with a focus looks back on: half a year of them."""

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


class Practice(StrEnum):
    """Who did what the focus is about, on the day: shown by the manager, done together, or by the
    rep alone."""

    SHOWN = "shown"
    TOGETHER = "together"
    ALONE = "alone"


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


@dataclass(frozen=True)
class VisitDetails:
    """The details of one visit as a form says them."""

    role: str = ""
    is_key: bool = False
    led_by: Led | None = None
    next_step: str = ""


@dataclass(frozen=True)
class FieldDayNotes:
    """What was seen and agreed on. `rep_view` is how the rep saw the day, `market` what was heard
    of the market and of competitors, `practice` who did what the focus is about, None where nobody
    said."""

    visits: tuple[Visit, ...] = ()
    rep_view: str = ""
    strength: str = ""
    focus: str = ""
    market: str = ""
    practice: Practice | None = None

    def reworded(self, words: "FieldDayNotes") -> "FieldDayNotes":
        """With the visits and the market of `words` in place of these, each where they say some:
        `notes_of_words` reads no more than those two."""
        return replace(self, visits=words.visits or self.visits, market=words.market or self.market)


TEXTS = ("rep_view", "strength", "focus", "market")
"""Those of the notes that are text, by name, the rep's own view first."""


@dataclass(frozen=True)
class Practised:
    """Who did what a focus is about, on which day."""

    on: date
    practice: Practice


@dataclass(frozen=True)
class Focus:
    """What a rep works on since a field day. `field_day` is the id of that contact; `otherwise` is
    what the rep remembers otherwise of it, where they want it to stand beside the text. `path` is
    who did it on the last field days with the same focus, this one too, oldest first."""

    team_id: int
    rep_id: int
    field_day: int
    agreed_on: date
    text: str
    otherwise: str | None = None
    path: tuple[Practised, ...] = ()


def is_same_focus(one: str, other: str) -> bool:
    """Whether both say the same, however it is spelled."""
    return fold(one) == fold(other)


def path_of(focus: str, days: Iterable[tuple[date, str, Practice | None]]) -> tuple[Practised, ...]:
    """The path with that focus over field days (day, focus, who did it), in their order. Days with
    another focus, and those of which nobody said, are no part of it."""
    return tuple(
        Practised(day, practice)
        for day, text, practice in days
        if practice is not None and is_same_focus(text, focus)
    )


@dataclass(frozen=True)
class Heard:
    """What was heard of market and competitors in a field day (`contact` is its id) with a rep."""

    team_id: int
    contact: int
    occurred_on: date
    rep: str
    text: str


@dataclass(frozen=True)
class FieldDayEntry:
    """What a manager says of a field day. `rep` is a Slack user id; the actions are promises of
    both sides, "" for none, each due on its own day."""

    rep: str
    day: date
    notes: FieldDayNotes
    rep_action: str = ""
    manager_action: str = ""
    rep_due_on: date | None = None
    manager_due_on: date | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether there is not a word in it."""
        return not (self.rep_action or self.manager_action or self.notes != FieldDayNotes())


def fresh_entry(rep: str, today: date) -> FieldDayEntry:
    """What the form of a new field day holds; `rep` is "" for nobody yet."""
    due = usual_due_date(today)
    return FieldDayEntry(rep, today, FieldDayNotes(), rep_due_on=due, manager_due_on=due)


def typed_of(entry: FieldDayEntry) -> Typed:
    """What the fields of the form hold where it says that: `entry_in` the other way round."""
    notes = entry.notes
    return Typed(
        {
            "rep": entry.rep,
            "day": _iso(entry.day),
            "visits": visit_lines(notes.visits),
            **{name: getattr(notes, name) for name in TEXTS},
            "practice": notes.practice.value if notes.practice else "",
            "rep_action": entry.rep_action,
            "manager_action": entry.manager_action,
            "rep_due_on": _iso(entry.rep_due_on),
            "manager_due_on": _iso(entry.manager_due_on),
        }
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def overlaid(*layers: Typed) -> Typed:
    """What fields hold that stand in several of those: as the last of them says."""
    values: dict[str, str | list[str]] = {}
    for layer in layers:
        values |= layer.values
    return Typed(values)


def typed_in(draft: Draft) -> Typed:
    """All that is typed in the steps of a draft. Where a field was moved to the first step, since
    its rep was known by then, it holds what it does there."""
    return overlaid(*(draft.typed.get(one, Typed()) for one in (ONE_STEP, MORE, FIRST)))


def entry_in(typed: Typed, rep: str = "") -> FieldDayEntry:
    """What the fields of the form say; `rep` (a Slack id) is whom it was opened for."""
    day = typed.day("day")
    return FieldDayEntry(
        rep=typed.text("rep") or rep,
        # Slack does not send the form without it.
        day=day or date.min,
        notes=FieldDayNotes(
            visits=parse_visits(typed.text("visits")),
            practice=_practice(typed.text("practice")),
            **{name: typed.text(name).strip() for name in TEXTS},
        ),
        rep_action=typed.text("rep_action").strip(),
        manager_action=typed.text("manager_action").strip(),
        rep_due_on=typed.day("rep_due_on"),
        manager_due_on=typed.day("manager_due_on"),
    )


def _practice(typed: str) -> Practice | None:
    return Practice(typed) if typed in list(Practice) else None


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


def notes_of_words(text: str, known: Collection[str] = ()) -> FieldDayNotes:
    """Words that were written elsewhere, as the form of a field day has them: lines that read
    `account: …` are visits, and all others are what was heard. `known` are the keys of the team's
    accounts; what only could be one is taken as one where several lines are such, where somebody's
    name follows it (`Acme: Jo Lee, a trial`), or where the words say that it was a field day."""
    lines = [line for line in text.splitlines() if line.strip()]
    heads = [_head(line) for line in lines]
    by_look = sum(map(_could_be_account, heads)) > 1 or bool(_SAYS_FIELD_DAY.search(text))
    visits: list[str] = []
    rest: list[str] = []
    for line, head in zip(lines, heads, strict=True):
        looks_it = _could_be_account(head) and (by_look or bool(_SOMEBODY.match(line)))
        is_visit = fold(head) in known or looks_it
        (visits if is_visit and len(visits) < MOST_VISITS else rest).append(line)
    return FieldDayNotes(
        visits=parse_visits("\n".join(visits)), market="\n".join(rest)[:TEXT_LIMIT].strip()
    )


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


@dataclass(frozen=True)
class FieldDayLogged:
    """A field day as it stands: the contact with the actions of both sides, its notes, and
    `otherwise` as with `Focus`."""

    logged: Logged
    notes: FieldDayNotes
    otherwise: str | None = None

    def entry(self, today: date) -> FieldDayEntry:
        """What the form says that changes it; a date is offered for what nobody took on yet."""
        contact = self.logged.touch
        rep_action = action_of(self.logged.raised, Owner.REP)
        own_action = action_of(self.logged.raised, Owner.MANAGER)
        usual = usual_due_date(today)
        return FieldDayEntry(
            rep=contact.rep.slack_id,
            day=contact.occurred_on,
            notes=self.notes,
            rep_action=rep_action.what if rep_action else "",
            manager_action=own_action.what if own_action else "",
            rep_due_on=rep_action.due_on if rep_action else usual,
            manager_due_on=own_action.due_on if own_action else usual,
        )


@dataclass(frozen=True)
class FieldDayBefore:
    """What to have in mind on a field day: what it was planned for, and the focus and the actions
    of both sides from the last one; and how far this one is written down already."""

    planned: str = ""
    last_on: date | None = None
    focus: Focus | None = None
    actions: tuple[Promise, ...] = ()
    draft: Draft | None = None
