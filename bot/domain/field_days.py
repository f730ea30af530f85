"""Field days: what a manager writes down of a day spent with a rep at customers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.contacts.interactions import Logged
from bot.domain.promises import Promise
from bot.domain.workspaces.people import Person

MOST_VISITS = 20
"""Visits in a field day; more in one day is a list of another kind."""

DETAIL_LIMIT = 300
TEXT_LIMIT = 1000
"""Characters of each text of a field day: a few sentences."""

VISITS_LIMIT = 3000
"""Characters of the box with all visits: what Slack's plain text input holds. Source:
https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""


_FRONT = re.compile(r"^[\s:]+")
_WORDS = re.compile(r"[^\s:,]")


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
    of the market and of competitors."""

    visits: tuple[Visit, ...] = ()
    rep_view: str = ""
    strength: str = ""
    focus: str = ""
    market: str = ""


@dataclass(frozen=True)
class Focus:
    """What a rep works on since a field day. `field_day` is the id of that contact; `otherwise` is
    what the rep remembers otherwise of it, where they want it to stand beside the text."""

    team_id: int
    rep_id: int
    field_day: int
    agreed_on: date
    text: str
    otherwise: str | None = None


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
    both sides, "" for none, due on `due_on`."""

    rep: str
    day: date
    notes: FieldDayNotes
    rep_action: str = ""
    manager_action: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class FieldDayDraft:
    """A field day as far as it is written down. `form` names it."""

    form: str
    rep: Person
    entry: FieldDayEntry


def parse_visits(typed: str) -> tuple[Visit, ...]:
    """A visit a line, `account: people, outcome`; lines with nothing in them are passed over.

    People end at the first comma. A line without a colon is an account alone, and nothing that
    was typed is left out.
    """
    return tuple(_visit(line) for line in typed.splitlines() if _WORDS.search(line))


def with_details_of(visits: Iterable[Visit], before: Iterable[Visit]) -> tuple[Visit, ...]:
    """The visits as they are typed now, each with the details that the visit to the same account
    had before."""
    known = {visit.account.casefold(): visit for visit in before}
    found = []
    for visit in visits:
        had = known.get(visit.account.casefold())
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
    # Colons in front of everything say nothing.
    account, _, rest = _FRONT.sub("", line).partition(":")
    people, _, outcome = rest.partition(",")
    return Visit(account.strip(), people.strip(), outcome.strip())


@dataclass(frozen=True)
class FieldDayLogged:
    """A field day as it stands: the contact with the actions of both sides, its notes, and
    `otherwise` as with `Focus`."""

    logged: Logged
    notes: FieldDayNotes
    otherwise: str | None = None


@dataclass(frozen=True)
class FieldDayBefore:
    """What to have in mind on a field day: what it was planned for, and the focus and the actions
    of both sides from the last one; and how far this one is written down already."""

    planned: str = ""
    last_on: date | None = None
    focus: Focus | None = None
    actions: tuple[Promise, ...] = ()
    draft: FieldDayDraft | None = None
