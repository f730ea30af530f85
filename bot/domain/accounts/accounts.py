"""Accounts, and who on our side knows whom there: drawn from the visits of field days.

Nothing of it is kept apart from the visits, so that changing or undoing a field day changes it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from bot.domain.workspaces.names import fold, in_order, spellings
from bot.domain.workspaces.people import Person

MOST_MATCHES = 8
"""Accounts offered where a name fits several."""

CLOSENESS = 0.6
"""How alike a name must be, from 0 to 1, as difflib measures it: a slip of the finger or two."""

_BETWEEN_NAMES = re.compile(r"\s*(?:\band\b|\bund\b|[&+/;＆＋／；])\s*", re.IGNORECASE)


@dataclass(frozen=True)
class AccountVisit:
    """A visit to an account on a field day. `field_day` is the id of that contact; the manager was
    there with the rep."""

    field_day: int
    visited_on: date
    rep: Person
    account: str
    people: str
    outcome: str
    is_key: bool = False


@dataclass(frozen=True)
class Introduction:
    """An account that one rep alone has been to, and whom that rep met there: until another rep
    has been there too, an introduction is still to be made."""

    account: str
    people: tuple[str, ...]
    is_key: bool = False


@dataclass(frozen=True)
class Known:
    """Someone at an account, and who on our side knows them: name and first day, the longest
    acquaintance first."""

    name: str
    by: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class AccountPage:
    """What is known of an account: who knows whom there, and the visits, latest first."""

    name: str
    known: tuple[Known, ...]
    visits: tuple[AccountVisit, ...]
    today: date


def introductions_of(rep_id: int, visits: Iterable[AccountVisit]) -> tuple[Introduction, ...]:
    """What is still to be introduced before that rep leaves, by account: of all `visits` of the
    team, the accounts where no other rep was."""
    been: dict[str, set[int]] = {}
    names: dict[str, str] = {}
    met: dict[str, dict[str, str]] = {}
    key_accounts = set()
    for visit in visits:
        key = fold(visit.account)
        been.setdefault(key, set()).add(visit.rep.id)
        names.setdefault(key, visit.account)
        if visit.is_key:
            key_accounts.add(key)
        people = met.setdefault(key, {})
        for name in people_named(visit.people):
            people.setdefault(fold(name), name)
    return tuple(
        Introduction(names[key], tuple(met[key].values()), key in key_accounts)
        for key in sorted(names)
        if been[key] == {rep_id}
    )


def people_met(account: str, visits: Iterable[AccountVisit]) -> tuple[str, ...]:
    """Everyone met at that account, in the order of the visits."""
    key = fold(account)
    met: dict[str, str] = {}
    for visit in visits:
        if fold(visit.account) == key:
            for name in people_named(visit.people):
                met.setdefault(fold(name), name)
    return tuple(met.values())


def people_named(typed: str) -> list[str]:
    """The names in `Jo Lee and Kim Ray`."""
    return [name.strip() for name in _BETWEEN_NAMES.split(typed) if name.strip()]


def matching(typed: str, accounts: Sequence[str]) -> list[str]:
    """The accounts that `typed` may mean, the best first: the one of that name alone, else those
    whose name has it in it, else those whose name is much alike."""
    by_key: dict[str, str] = {}
    for account in accounts:
        by_key.setdefault(fold(account), account)
    wanted = fold(typed)
    if wanted in by_key:
        return [by_key[wanted]]
    ways = spellings(typed)
    within = [
        name
        for name in by_key.values()
        if any(way in key for way in ways for key in spellings(name))
    ]
    if within:
        return within[:MOST_MATCHES]
    close = get_close_matches(wanted, by_key, n=MOST_MATCHES, cutoff=CLOSENESS)
    return [by_key[key] for key in close]


def who_knows_whom(visits: Iterable[AccountVisit], manager: Person) -> tuple[Known, ...]:
    """Everyone met in those visits, and who of us knows them since when; both the rep and the
    manager of a field day were there. By name."""
    names: dict[str, str] = {}
    since: dict[str, dict[str, date]] = {}
    for visit in sorted(visits, key=lambda one: (one.visited_on, one.field_day)):
        for name in people_named(visit.people):
            key = fold(name)
            names.setdefault(key, name)
            for ours in (visit.rep, manager):
                since.setdefault(key, {}).setdefault(ours.name, visit.visited_on)
    return tuple(
        Known(
            names[key],
            tuple(sorted(since[key].items(), key=lambda one: (one[1], in_order(one[0])))),
        )
        for key in sorted(names)
    )
