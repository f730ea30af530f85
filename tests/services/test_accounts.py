"""Accounts that several people say something of at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.accounts.accounts import Account, AccountEntry
from bot.domain.accounts.visits import Visit
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.services import field_days
from bot.services.accounts import accounts
from tests.services.monday import DANA, MON, SAM, Office, at
from tests.services.rides import sent

NOW = at(MON)
AT_ONCE = 4


def found(office: Office, name: str) -> Account:
    page = office.asks(accounts.find, DANA, name, NOW).page
    assert page is not None
    return page.account


def names(office: Office) -> list[str]:
    listed = office.asks(accounts.of_team, DANA, 0, NOW)
    return sorted(one.name for one in listed.accounts)


@pytest.mark.both
def test_what_is_said_of_an_account_several_times_at_once_is_said_once(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    notes = FieldDayNotes((Visit("Acme", "Jo Lee", ""), Visit("Acme Works", "Kim Ray", "")))
    office.asks(field_days.log_step, DANA, sent(FieldDayEntry(SAM, MON, notes), "a form"), NOW)
    acme, works = found(office, "Acme"), found(office, "Acme Works")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        merged = [
            pool.submit(office.asks, accounts.merge, DANA, works.id, acme.id, NOW)
            for _ in range(AT_ONCE)
        ]
    assert [one.exception() for one in merged] == [None] * AT_ONCE
    assert names(office) == ["Acme"]
    page = office.asks(accounts.page, DANA, acme.id, NOW)
    (spelling,) = (one for one in page.account.spellings if one.name == "Acme Works")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = [
            pool.submit(office.asks, accounts.split, DANA, acme.id, spelling.id, NOW)
            for _ in range(AT_ONCE)
        ]
    assert [one.exception() for one in said] == [None] * AT_ONCE
    assert names(office) == ["Acme", "Acme Works"]
    entry = AccountEntry("Acme", "Acme Ltd")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        called = [
            pool.submit(office.asks, accounts.call, DANA, acme.id, entry, NOW)
            for _ in range(AT_ONCE)
        ]
    assert [one.exception() for one in called] == [None] * AT_ONCE
