"""Transitions: accounts that pass from one rep to another, and introductions still to be made."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.accounts.accounts import (
    Acquaintance,
    Introduction,
    people_met,
)
from bot.domain.accounts.bench import introductions_of
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person

USUAL_SPAN = timedelta(days=14)
"""The day a form offers for one that has none yet: time for a visit together before it."""


@dataclass(frozen=True)
class Transition:
    """An account that `leaves` has and `takes_over` has from `day` on. `introduced_on` is set where
    the manager said so; that a visit made it is not kept, but seen from who has been there."""

    id: int
    team_id: int
    account_id: int
    account: str
    leaves: Person
    takes_over: Person
    day: date
    planned_on: date
    introduced_on: date | None = None

    def is_made(self, acquaintances: Iterable[Acquaintance]) -> bool:
        """Whether the introduction was made: the manager said so, or who takes over was there."""
        return self.introduced_on is not None or any(
            one.as_rep and one.person.id == self.takes_over.id
            for one in self.known_there(acquaintances)
        )

    def known_there(self, acquaintances: Iterable[Acquaintance]) -> list[Acquaintance]:
        """Those of the account that passes on."""
        return [one for one in acquaintances if one.account_id == self.account_id]


@dataclass(frozen=True)
class TransitionEntry:
    """What a form says: accounts by id, and Slack ids of the two reps."""

    rep: str
    accounts: tuple[int, ...]
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

    `accounts` are all that the rep has been to, id and name, those only this rep knows first;
    `others` are the reps who may take one over. `day` is what a form offers.
    """

    rep: Person
    rows: tuple[TransitionRow, ...]
    alone: tuple[Introduction, ...]
    accounts: tuple[tuple[int, str], ...]
    others: tuple[Person, ...]
    day: date
    today: date


def passing_of(
    rep_id: int,
    transitions: Iterable[Transition],
    acquaintances: Sequence[Acquaintance],
    on_team: Iterable[int],
) -> tuple[Passing, ...]:
    """The introductions to be made that are a reason to speak to that rep; `on_team` are the reps
    who can be spoken to."""
    there = set(on_team)
    found = []
    for one in transitions:
        here = one.leaves.id == rep_id
        after = one.takes_over.id == rep_id and one.leaves.id not in there
        if (here or after) and not one.is_made(acquaintances):
            found.append(Passing(one, people_met(one.known_there(acquaintances)), here))
    return tuple(found)


def without_transition(
    introductions: Iterable[Introduction], transitions: Iterable[Transition]
) -> tuple[Introduction, ...]:
    """Those of the accounts that nobody is to take over yet."""
    passing = {one.account_id for one in transitions}
    return tuple(one for one in introductions if one.account_id not in passing)


def page_of(
    rep: Person,
    transitions: Sequence[Transition],
    acquaintances: Sequence[Acquaintance],
    others: Collection[Person],
    leaves_on: date | None,
    today: date,
) -> TransitionPage:
    """What a rep's page of transitions shows; `others` are the reps on the team. Transitions of
    other reps are left out."""
    own = [one for one in transitions if one.leaves.id == rep.id]
    alone = introductions_of(rep.id, acquaintances, {person.id for person in others})
    first = {one.account_id: one.account for one in alone}
    been = {
        one.account_id: one.account
        for one in acquaintances
        if one.as_rep and one.person.id == rep.id and one.account_id not in first
    }
    rest = sorted(been.items(), key=lambda one: in_order(one[1]))
    return TransitionPage(
        rep=rep,
        rows=tuple(
            TransitionRow(
                one, people_met(one.known_there(acquaintances)), one.is_made(acquaintances)
            )
            for one in own
        ),
        alone=without_transition(alone, own),
        accounts=(*first.items(), *rest),
        others=tuple(person for person in others if person.id != rep.id),
        day=leaves_on if leaves_on and leaves_on >= today else today + USUAL_SPAN,
        today=today,
    )
