"""Promises of both sides, and what a rep raised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.workspaces.people import Person

WHAT_LIMIT = 500
USUAL_SPAN = timedelta(days=7)
"""A week: the due date offered for a promise, which anyone may change."""


class Owner(StrEnum):
    """Whose promise it is."""

    MANAGER = "manager"
    REP = "rep"


class RaisedState(StrEnum):
    """How far something a rep raised has come, as the rep sees it."""

    RAISED = "raised"
    TAKEN_ON = "taken on"
    CLOSED = "closed"


@dataclass(frozen=True)
class Promise:
    """Who owes what to whom, until it is kept, dropped or handed over.

    `raised_on` is set where it began as something the rep raised. `closing_words` is what was
    said when it was dropped; `handed_to` names who has it now, where it was handed over.
    `told_to_id` is the person whom the rep told it between the two of them, and nobody else.
    """

    id: int
    team_id: int
    rep: Person
    owner: Owner
    what: str
    made_on: date
    due_on: date | None
    raised_on: date | None
    kept_on: date | None
    dropped_on: date | None
    closing_words: str
    interaction_id: int | None
    deleted: bool
    handed_to: str | None
    told_to_id: int | None = None

    @property
    def between_us(self) -> bool:
        """Whether it is for its rep and one manager alone."""
        return self.told_to_id is not None

    @property
    def is_open(self) -> bool:
        return self.kept_on is None and self.dropped_on is None and not self.deleted

    @property
    def closed_on(self) -> date | None:
        """The day it was kept, dropped or handed over."""
        return self.kept_on or self.dropped_on

    @property
    def raised_state(self) -> RaisedState | None:
        """None for a promise that did not begin with the rep; taken on once it has a date."""
        if self.raised_on is None:
            return None
        if not self.is_open:
            return RaisedState.CLOSED
        return RaisedState.TAKEN_ON if self.due_on else RaisedState.RAISED


@dataclass(frozen=True)
class PromiseEntry:
    """What a form says of a promise. `rep` is a Slack user id; `between_us`: what the rep raised is
    for the two of them alone."""

    rep: str
    owner: Owner
    what: str
    due_on: date | None
    between_us: bool = False


def action_of(promises: Iterable[Promise], owner: Owner) -> Promise | None:
    """The action that `owner` took on in a contact with those promises; what the rep raised in it
    is none."""
    return next((p for p in promises if p.owner is owner and p.raised_on is None), None)


def may_be_ticked(promise: Promise) -> bool:
    """Whether a manager may let a stand-in read it: what a rep raised was said to the manager."""
    return promise.is_open and promise.raised_on is None


def usual_due_date(today: date) -> date:
    """The date a form offers: a week ahead."""
    return today + USUAL_SPAN


@dataclass(frozen=True)
class Promised:
    """A promise as it stands, with the manager of its team and the date on the wall of who asked.

    `tell_rep`: this very call claimed telling the rep that what they raised is closed. `said`: the
    same form had said the very same before.
    """

    promise: Promise
    manager: Person
    today: date
    tell_rep: bool = False
    said: bool = False
