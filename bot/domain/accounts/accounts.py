"""Accounts of a team, and who on our side knows whom there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from bot.domain.workspaces.names import fold, in_order
from bot.domain.workspaces.people import Person

_BETWEEN_NAMES = re.compile(r"\s*(?:\band\b|\bund\b|[&+/;＆＋／；])\s*", re.IGNORECASE)


KEY_LIMIT = 200
"""Characters of what a name is found by: an index of PostgreSQL's takes some 2,700 bytes
(https://www.postgresql.org/docs/current/btree.html), and a name may be a whole line."""


def account_key(name: str) -> str:
    """What an account is found by: the same for all spellings that are but one way or another to
    write the same words. At most KEY_LIMIT characters."""
    return _bounded(fold(name) or name.strip())


def person_key(name: str) -> str:
    """The same of somebody who is known there; "" where the name says nothing."""
    return _bounded(fold(name))


def _bounded(key: str) -> str:
    if len(key) <= KEY_LIMIT:
        return key
    digest = sha256(key.encode()).hexdigest()
    return f"{key[: KEY_LIMIT - len(digest)]}{digest}"


@dataclass(frozen=True)
class Spelling:
    """A way to write an account, as it was first written so; `key` is what it is found by."""

    id: int
    key: str
    name: str


@dataclass(frozen=True)
class Account:
    """An account of a team: its name, every spelling that leads to it (the name is one of them)
    and whether it is a key account."""

    id: int
    team_id: int
    name: str
    is_key: bool
    spellings: tuple[Spelling, ...] = ()


@dataclass(frozen=True)
class AccountVisit:
    """A visit to an account on a field day. `field_day` is the id of that contact; `account` is
    what was typed; the manager was there with the rep."""

    field_day: int
    visited_on: date
    rep: Person
    account: str
    people: str
    outcome: str


@dataclass(frozen=True)
class Acquaintance:
    """That somebody of ours knows `name` at an account since a day; "" says that they have been
    there. `as_rep`: they were there as the rep of a field day, not only as its manager."""

    account_id: int
    account: str
    is_key: bool
    person: Person
    name: str
    since: date
    as_rep: bool
    named: int = 0

    @property
    def key(self) -> str:
        """What the one they know is found by."""
        return person_key(self.name)


@dataclass(frozen=True)
class VisitSeen:
    """What a visit says of who knows whom: who of us was there, and the names typed."""

    account_id: int
    visited_on: date
    rep_id: int
    author_id: int
    people: str


@dataclass(frozen=True)
class Fact:
    """What is kept of an acquaintance: under (account, person, key of the name)."""

    name: str
    since: date
    as_rep: bool

    def and_also(self, other: "Fact | None") -> "Fact":
        """Both together: since the earlier, by the name that was written first."""
        if other is None:
            return self
        first, then = (other, self) if other.since <= self.since else (self, other)
        return Fact(first.name, first.since, first.as_rep or then.as_rep)


FactKey = tuple[int, int, str]
"""Account, person of ours, and the key of whom they know there; "" for having been there."""


def facts_of(visits: Iterable[VisitSeen]) -> dict[FactKey, Fact]:
    """Who knows whom by those visits: rep and manager of a field day were both there."""
    found: dict[FactKey, Fact] = {}
    for visit in visits:
        names = {"": "", **_by_key(people_named(visit.people))}
        for person, as_rep in ((visit.author_id, False), (visit.rep_id, True)):
            for key, name in names.items():
                at = visit.account_id, person, key
                fact = Fact(name, visit.visited_on, as_rep)
                before = found.get(at)
                found[at] = before.and_also(fact) if before else fact
    return found


@dataclass(frozen=True)
class Introduction:
    """An account that one rep alone has been to, and whom that rep met there: until another rep
    has been there too, an introduction is still to be made."""

    account_id: int
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
class KnownAccount:
    """An account as it stands in a list: who is known there, and whether it is a key account."""

    id: int
    name: str
    is_key: bool
    known: tuple[Known, ...]


def people_met(acquaintances: Iterable[Acquaintance]) -> tuple[str, ...]:
    """Everyone known by those, the longest known first."""
    met: dict[str, str] = {}
    for one in sorted(acquaintances, key=lambda one: (one.since, in_order(one.name))):
        if one.name:
            met.setdefault(one.key, one.name)
    return tuple(met.values())


def people_named(typed: str) -> list[str]:
    """The names in `Jo Lee and Kim Ray`."""
    return [name.strip() for name in _BETWEEN_NAMES.split(typed) if name.strip()]


def who_knows_whom(acquaintances: Iterable[Acquaintance]) -> tuple[Known, ...]:
    """Everyone known by those, and who of us knows them since when. By name."""
    names: dict[str, Acquaintance] = {}
    by: dict[str, list[tuple[str, date]]] = {}
    for one in acquaintances:
        if one.name:
            first = names.setdefault(one.key, one)
            names[one.key] = min(first, one, key=lambda each: each.since)
            by.setdefault(one.key, []).append((one.person.name, one.since))
    return tuple(
        Known(
            names[key].name,
            tuple(sorted(by[key], key=lambda one: (one[1], in_order(one[0])))),
        )
        for key in sorted(names)
    )


def known_accounts(
    acquaintances: Iterable[Acquaintance], visited: Mapping[int, date]
) -> tuple[KnownAccount, ...]:
    """All accounts of those: key accounts first, then those `visited` last, by account, before
    those of longer ago; then by name."""
    found = [
        KnownAccount(one[0].account_id, one[0].account, one[0].is_key, who_knows_whom(one))
        for one in by_account(acquaintances).values()
    ]
    by_name = sorted(found, key=lambda one: in_order(one.name))
    lately = sorted(by_name, key=lambda one: visited.get(one.id, date.min), reverse=True)
    return tuple(sorted(lately, key=lambda one: not one.is_key))


def by_account(acquaintances: Iterable[Acquaintance]) -> Mapping[int, list[Acquaintance]]:
    """Who knows whom, by account, in the order of the accounts' names."""
    found: dict[int, list[Acquaintance]] = {}
    ordered = sorted(acquaintances, key=lambda one: (in_order(one.account), one.account_id))
    for one in ordered:
        found.setdefault(one.account_id, []).append(one)
    return found


def _by_key(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(person_key(name), name)
    return found


@dataclass(frozen=True)
class AccountList:
    """A part of a team's accounts, key accounts first: those from `begins` on, of `count`. Of the
    `keys` among all of them `alone` are known through one rep."""

    accounts: tuple[KnownAccount, ...]
    begins: int
    count: int
    keys: int = 0
    alone: int = 0

    @property
    def ends(self) -> int:
        """How many come before what follows."""
        return self.begins + len(self.accounts)


@dataclass(frozen=True)
class AccountEntry:
    """What a manager says of an account: its name, and one more spelling, "" for none."""

    name: str
    spelling: str = ""
