"""Finding the account that somebody means by what they type."""

from collections.abc import Sequence
from difflib import get_close_matches

from bot.domain.accounts.accounts import Account, account_key
from bot.domain.workspaces.names import spellings

MOST_MATCHES = 8
"""Accounts offered where a name fits several."""

CLOSENESS = 0.6
"""How alike a name must be, from 0 to 1, as difflib measures it: a slip of the finger or two."""


def matching(typed: str, accounts: Sequence[Account]) -> list[Account]:
    """The accounts that `typed` may mean, the best first: the one of that name alone, else those
    whose name has it in it, else those whose name is much alike."""
    by_key = {one.key: account for account in accounts for one in account.spellings}
    wanted = account_key(typed)
    if wanted in by_key:
        return [by_key[wanted]]
    ways = spellings(typed)
    within = [
        account
        for account in accounts
        if any(
            way in key for way in ways for one in account.spellings for key in spellings(one.name)
        )
    ]
    if within:
        return within[:MOST_MATCHES]
    close = get_close_matches(wanted, by_key, n=MOST_MATCHES, cutoff=CLOSENESS)
    return list({by_key[key].id: by_key[key] for key in close}.values())
