"""Finding the account that somebody means by what they type."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bot.domain.accounts.accounts import Account, account_key
from bot.domain.workspaces.names import in_order, spellings

MOST_MATCHES = 8
"""Accounts offered where a name fits several."""

CLOSENESS = 0.74
"""How alike a name must be, from 0 to 1, as difflib measures it: a slip of the finger or two."""

SHORTEST = 3
"""Letters of a name that a slip may be looked for in: of fewer all are alike."""

LEGAL_FORMS = {
    *("ab", "ag", "and", "aps", "as", "asa", "bv", "co", "company", "corp", "corporation", "eg"),
    *("ek", "eurl", "ev", "gbr", "gmbh", "group", "holding", "inc", "incorporated", "kft", "kg"),
    *("kgaa", "kk", "limited", "llc", "llp", "lp", "ltd", "mbh", "nv", "ohg", "oy", "oyj", "plc"),
    *("pty", "sa", "sarl", "sas", "se", "sl", "spa", "srl", "sro", "ug", "und"),
}
"""What a company is by law and nobody says: folded, without stops."""

_WORD = re.compile(r"[^\W_]+")


def matching(typed: str, accounts: Sequence[Account]) -> list[Account]:
    """The accounts that `typed` may mean, the best first: the one of that name alone, else those
    that are called so but for the legal form, else those whose name has it in it, else those whose
    name is much alike."""
    by_key = {one.key: account for account in accounts for one in account.spellings}
    wanted = account_key(typed)
    if wanted in by_key:
        return [by_key[wanted]]
    ways = {way for way in spellings(typed) if way}
    if not ways:
        return []
    said = {spoken(way) for way in ways}
    names = {account.id: set(_ways(account)) for account in accounts}
    for fits in (
        lambda name: spoken(name) in said,
        lambda name: any(way in name for way in ways),
    ):
        found = [account for account in accounts if any(map(fits, names[account.id]))]
        if found:
            return found[:MOST_MATCHES]
    return [
        account for close, account in _by_closeness(said, accounts, names) if close >= CLOSENESS
    ][:MOST_MATCHES]


def meant_surely(typed: str, accounts: Sequence[Account]) -> Account | None:
    """The one account of that name, or called so but for the legal form; None where none is, or
    several are."""
    wanted = account_key(typed)
    for account in accounts:
        if wanted in {one.key for one in account.spellings}:
            return account
    said = {spoken(way) for way in spellings(typed) if way}
    found = [one for one in accounts if not said.isdisjoint(map(spoken, _ways(one)))]
    return found[0] if len(found) == 1 else None


def alike_first(account: Account, others: Sequence[Account]) -> list[Account]:
    """The other accounts, those first whose names are the most alike."""
    said = {spoken(way) for way in _ways(account)}
    names = {one.id: set(_ways(one)) for one in others}
    return [one for _, one in _by_closeness(said, others, names) if one.id != account.id]


def _by_closeness(
    said: set[str], accounts: Sequence[Account], names: dict[int, set[str]]
) -> list[tuple[float, Account]]:
    found = [
        (max(_closeness(one, name) for one in said for name in names[account.id]), account)
        for account in accounts
    ]
    return sorted(found, key=lambda one: (-one[0], in_order(one[1].name)))


def _ways(account: Account) -> Iterator[str]:
    for one in account.spellings:
        yield from spellings(one.name)


def spoken(name: str) -> str:
    """A folded name without its legal form, as people say it; as it is where it is nothing but
    that."""
    words = _WORD.findall(name.replace(".", "").replace("'", ""))
    return " ".join(word for word in words if word not in LEGAL_FORMS) or name


def _closeness(said: str, name: str) -> float:
    """How alike a name is to what was said, or as many of its words in a row as were said."""
    words = spoken(name).split()
    length = len(said.split())
    rows = {" ".join(words[at : at + length]) for at in range(max(1, len(words) - length + 1))}
    return max(_ratio(said, row) for row in {*rows, " ".join(words)})


def _ratio(said: str, name: str) -> float:
    if min(len(said), len(name)) < SHORTEST:
        return 0.0
    found = SequenceMatcher(None, said, name)
    if found.real_quick_ratio() < CLOSENESS or found.quick_ratio() < CLOSENESS:
        return 0.0
    return found.ratio()
