"""Who knows whom, of one rep and of the whole team."""

from collections.abc import Iterable, Iterator

from bot.domain.accounts.accounts import (
    Account,
    Acquaintance,
    account_key,
    person_key,
    who_knows_whom,
)
from bot.domain.binder.book.known import Known
from bot.domain.binder.book.model import AccountOnMap, Acquainted, Block, Map
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person


def map_of(known: Known, rep: Person) -> Iterator[Block]:
    """The accounts that a rep has been to: the rep and the manager in a column each."""
    own = set(known.accounts_of.get(rep.id, ()))
    found = [one for one in _in_order(known.record.accounts) if one.id in own]
    if found:
        columns = (rep, known.manager)
        yield Map(
            tuple(one.first_name for one in columns),
            tuple(_account(known, one, columns) for one in found),
        )


def map_of_team(known: Known, accounts: Iterable[Account]) -> Map:
    """Those accounts: the manager in a column, and the others by name."""
    columns = (known.manager,)
    return Map(
        tuple(one.first_name for one in columns),
        tuple(_account(known, one, columns) for one in _in_order(accounts)),
    )


def _in_order(accounts: Iterable[Account]) -> list[Account]:
    """Key accounts first, then by name."""
    return sorted(accounts, key=lambda one: (not one.is_key, in_order(one.name)))


def _account(known: Known, account: Account, columns: tuple[Person, ...]) -> AccountOnMap:
    there = known.acquaintances.get(account.id, [])
    own = account_key(account.name)
    spelled = ", ".join(one.name for one in account.spellings if one.key != own)
    dates = "; ".join(
        f"{one.what}, {known.wording.day(one.day)}" for one in known.dates_of.get(account.id, ())
    )
    been = _been(there)
    beside = " · ".join(filter(None, (f"also {spelled}" if spelled else "", dates, been)))
    by_key: dict[str, list[Acquaintance]] = {}
    for one in there:
        by_key.setdefault(one.key, []).append(one)
    people = tuple(
        _acquainted(known, one.name, by_key[person_key(one.name)], columns)
        for one in who_knows_whom(there)
    )
    return AccountOnMap(account.name, account.is_key, beside, people)


def _been(there: Iterable[Acquaintance]) -> str:
    """Who of ours has been there, where nobody is known by name."""
    everyone = list(there)
    if any(one.name for one in everyone):
        return ""
    names = dict.fromkeys(one.person.name for one in everyone)
    return f"visited by {', '.join(names)}" if names else ""


def _acquainted(
    known: Known, name: str, by: list[Acquaintance], columns: tuple[Person, ...]
) -> Acquainted:
    since = {one.person.id: known.wording.day(one.since) for one in by}
    own = {person.id for person in columns}
    others = [
        f"{one.person.name} since {since[one.person.id]}" for one in by if one.person.id not in own
    ]
    return Acquainted(
        name,
        tuple(f"since {since[person.id]}" if person.id in since else "" for person in columns),
        ", ".join(others),
    )
