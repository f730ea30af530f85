"""Transitions: accounts that pass from one rep to another, and introductions still to be made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.accounts.accounts import (
    AccountVisit,
    Introduction,
    introductions_of,
    people_met,
)
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.people import Person

USUAL_SPAN = timedelta(days=14)
"""The day a form offers for one that has none yet: time for a visit together before it."""


@dataclass(frozen=True)
class Transition:
    """An account that `leaves` has and `takes_over` has from `day` on. `introduced_on` is set where
    the manager said so; that a visit made it is not kept, but seen from the visits."""

    id: int
    team_id: int
    account: str
    leaves: Person
    takes_over: Person
    day: date
    planned_on: date
    introduced_on: date | None = None

    def is_made(self, visits: Iterable[AccountVisit]) -> bool:
        """Whether the introduction was made: the manager said so, or who takes over was there."""
        key = fold(self.account)
        return self.introduced_on is not None or any(
            visit.rep.id == self.takes_over.id and fold(visit.account) == key for visit in visits
        )


@dataclass(frozen=True)
class TransitionEntry:
    """What a form says: accounts by name, and Slack ids of the two reps."""

    rep: str
    accounts: tuple[str, ...]
    to: str
    day: date


@dataclass(frozen=True)
class Passing:
    """An introduction to be made as one of its two reps is spoken to: `here` is with whoever has
    the account, else with who takes it over, the other having left."""

    transition: Transition
    people: tuple[str, ...]
    here: bool


@dataclass(frozen=True)
class TransitionRow:
    """A transition on its page: whom there is to know at the account, and whether it is made."""

    transition: Transition
    people: tuple[str, ...]
    is_made: bool


@dataclass(frozen=True)
class TransitionPage:
    """A rep's transitions, and the accounts that only this rep has been to without one.

    `accounts` are all that the rep has been to, those only this rep knows first; `others` are the
    reps who may take one over. `day` is what a form offers.
    """

    rep: Person
    rows: tuple[TransitionRow, ...]
    alone: tuple[Introduction, ...]
    accounts: tuple[str, ...]
    others: tuple[Person, ...]
    day: date
    today: date


def passing_of(
    rep_id: int,
    transitions: Iterable[Transition],
    visits: Sequence[AccountVisit],
    on_team: Iterable[int],
) -> tuple[Passing, ...]:
    """The introductions to be made that are a reason to speak to that rep; `on_team` are the reps
    who can be spoken to."""
    there = set(on_team)
    found = []
    for one in transitions:
        here = one.leaves.id == rep_id
        after = one.takes_over.id == rep_id and one.leaves.id not in there
        if (here or after) and not one.is_made(visits):
            found.append(Passing(one, people_met(one.account, visits), here))
    return tuple(found)


def without_transition(
    introductions: Iterable[Introduction], transitions: Iterable[Transition]
) -> tuple[Introduction, ...]:
    """Those of the accounts that nobody is to take over yet."""
    passing = {fold(one.account) for one in transitions}
    return tuple(one for one in introductions if fold(one.account) not in passing)


def page_of(
    rep: Person,
    transitions: Sequence[Transition],
    visits: Sequence[AccountVisit],
    others: Iterable[Person],
    leaves_on: date | None,
    today: date,
) -> TransitionPage:
    """What a rep's page of transitions shows. Those of other reps are left out."""
    own = [one for one in transitions if one.leaves.id == rep.id]
    alone = introductions_of(rep.id, visits)
    first = {fold(one.account): one.account for one in alone}
    been: dict[str, str] = {}
    for visit in visits:
        if visit.rep.id == rep.id:
            been.setdefault(fold(visit.account), visit.account)
    rest = [name for key, name in sorted(been.items()) if key not in first]
    return TransitionPage(
        rep=rep,
        rows=tuple(
            TransitionRow(one, people_met(one.account, visits), one.is_made(visits)) for one in own
        ),
        alone=without_transition(alone, own),
        accounts=(*first.values(), *rest),
        others=tuple(person for person in others if person.id != rep.id),
        day=leaves_on if leaves_on and leaves_on >= today else today + USUAL_SPAN,
        today=today,
    )
