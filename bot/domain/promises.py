"""Promises of both sides, and what a rep raised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.workspaces.people import Person
from bot.domain.workspaces.private import Unreadable

WHAT_LIMIT = 500
TIME_TO_TALK = "Time to talk"
"""What a rep asks for who asked for time and said no more."""

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


class Answer(StrEnum):
    """What a rep says to a step that the manager noted for them. Until it is agreed to, it is the
    manager's note and not the rep's word."""

    NOTED = "noted"
    AGREED = "agreed"
    NOT_SO = "not_so"


@dataclass(frozen=True)
class Promise:
    """Who owes what to whom, until it is kept, dropped or handed over.

    `raised_on` is set where it began as something the rep raised. `closing_words` is what was
    said when it was dropped; `handed_to` names who has it now, where it was handed over. `answer`
    is the rep's to a step of theirs, None for what the manager owes. `shown`: the rep may see it;
    a step of a session or field day only once that was shared. `told_to_id` is the person whom the
    rep told it between the two of them, and nobody else. `raised_at` is set where the rep raised it
    themselves, and not their manager for them; `for_time`: what they asked for is time to talk,
    which the next contact with their manager keeps. `topic_key` names the topic of a session that
    it is a next step of, "" for none. `ramp_day` is set for a step of the rep's first weeks: the
    day that it counts from their first. `moved`: its rep reads it with the team that they moved to.
    `noted_by` names the earlier manager who noted it, None for the team's own.
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
    answer: Answer | None
    shown: bool
    told_to_id: int | None = None
    raised_at: datetime | None = None
    for_time: bool = False
    topic_key: str = ""
    ramp_day: int | None = None
    moved: bool = False
    noted_by: str | None = None

    @property
    def waits(self) -> bool:
        """Whether its rep raised it themselves, and nobody has taken it on or closed it yet."""
        return self.raised_at is not None and self.is_open and self.due_on is None

    @property
    def wish(self) -> str:
        """The rep's own words; "" where they asked for time and said no more."""
        return "" if self.for_time and self.what == TIME_TO_TALK else self.what

    @property
    def between_us(self) -> bool:
        """Whether it is for its rep and one manager alone."""
        return self.told_to_id is not None

    @property
    def is_open(self) -> bool:
        return self.kept_on is None and self.dropped_on is None and not self.deleted

    @property
    def is_dropped(self) -> bool:
        """Whether it was let go, and nobody else has it now."""
        return self.dropped_on is not None and self.handed_to is None

    @property
    def is_agreed(self) -> bool:
        """The owner's own word: what the manager owes, and what the rep agreed to."""
        return self.answer in (None, Answer.AGREED)

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


@dataclass(frozen=True)
class RaisedEntry:
    """What a rep brings up themselves. `manager` is whom it is for, by Slack id, "" where there is
    but one. `for_time`: they ask for time to talk, and `what` may be empty."""

    manager: str
    what: str
    between_us: bool = False
    for_time: bool = False


@dataclass(frozen=True)
class RaisedByRep:
    """What a rep raised, as it stands, with the manager whom it is for."""

    promise: Promise
    manager: Person


def action_of(promises: Iterable[Promise], owner: Owner) -> Promise | None:
    """The action that `owner` took on in a contact with those promises; what the rep raised in it
    is none, nor what was dropped."""
    own = (p for p in promises if p.owner is owner and p.raised_on is None)
    return next((p for p in own if not p.is_dropped), None)


def may_be_ticked(promise: Promise) -> bool:
    """Whether a manager may let a stand-in read it: what a rep raised was said to the manager."""
    return promise.is_open and promise.raised_on is None


def may_reword(promise: Promise, manager: Person) -> bool:
    """Whether that manager may read and change the words of something that was raised: what was
    said between a rep and another stays between those two."""
    readable = not isinstance(promise.what, Unreadable)
    return promise.is_open and readable and promise.told_to_id in (None, manager.id)


def may_edit(promise: Promise) -> bool:
    """Whether its manager may change its words where it stands: not what a rep raised, which is in
    the rep's words, nor a step of the first weeks, which follows what the team's steps say."""
    readable = not isinstance(promise.what, Unreadable)
    is_own = promise.raised_on is None and promise.ramp_day is None
    return promise.is_open and readable and is_own


def is_same_step(before: Promise, owner: Owner, what: str, due_on: date | None) -> bool:
    """Whether a rep's answer still goes for it: another step, or another day, is noted anew."""
    return (before.owner, before.what, before.due_on) == (owner, what, due_on)


def usual_due_date(today: date) -> date:
    """The date a form offers: a week ahead."""
    return today + USUAL_SPAN


@dataclass(frozen=True)
class Promised:
    """A promise as it stands, with the manager of its team and the date on the wall of who asked.

    `tell_rep`: this very call claimed telling the rep that what they raised is closed.
    `tell_manager`: this very call said **Not so**. `said`: the same form had said the very same
    before.
    """

    promise: Promise
    manager: Person
    today: date
    tell_rep: bool = False
    tell_manager: bool = False
    said: bool = False
