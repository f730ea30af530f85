"""A step of a session's form on a phone: what stands above the fields, and what below."""

from datetime import date

import pytest

from bot.domain.accounts.accounts import Known, KnownAccount
from bot.views.sessions.steps import ACCOUNTS_SHOWN, PEOPLE_SHOWN, account_blocks

MAY = date(2026, 5, 4)


def account(number: int, people: int) -> KnownAccount:
    known = tuple(Known(f"Jo {n}", (("Dana Moss", MAY), ("Sam Stone", MAY))) for n in range(people))
    return KnownAccount(number, f"Acme {number}", number == 0, known)


@pytest.mark.parametrize("count", [1, ACCOUNTS_SHOWN, ACCOUNTS_SHOWN + 1, 40])
def test_the_first_accounts_are_shown_and_the_others_counted(count: int) -> None:
    accounts = [account(number, 1) for number in range(count)]
    (block,) = account_blocks(accounts, "Dana Moss")
    lines = block.to_dict()["text"]["text"].splitlines()
    assert lines[1] == "*Acme 0* · key account · Jo 0 (you, Sam)"
    more = max(0, count - ACCOUNTS_SHOWN)
    assert len(lines) == 1 + min(count, ACCOUNTS_SHOWN) + (more > 0)
    assert (f"And {more} more: `/binder account`" in lines) is (more > 0)


def test_of_many_people_at_an_account_the_others_are_counted() -> None:
    (block,) = account_blocks([account(1, PEOPLE_SHOWN + 4)], "Dana Moss")
    words = block.to_dict()["text"]["text"]
    assert words.endswith(" · Jo 2 (you, Sam) · 4 more")
    assert "Jo 3" not in words
