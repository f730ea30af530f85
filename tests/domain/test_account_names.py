"""Which account somebody means by what they type: slips, umlauts, legal forms, and nothing else."""

import pytest

from bot.domain.accounts.accounts import KEY_LIMIT, Account, Spelling, account_key
from bot.domain.accounts.finding import MOST_MATCHES, alike_first, matching

NAMES = (
    *("Acme", "Müller-Werke GmbH & Co. KG", "Hooli", "Northwind Traders", "Umbrella Corp."),
    *("Wayne Enterprises", "Globex", "O’Neil & Søn A/S", "3M", "Jo Lee", "Straßen AG", "🎉"),
    *("Initech", "Stark", "ABB", "Deutsche Bahn"),
)


def account(name: str, number: int = 1, *others: str) -> Account:
    spelled = [Spelling(n, account_key(one), one) for n, one in enumerate((name, *others))]
    return Account(number, 1, name, False, tuple(spelled))


ACCOUNTS = [account(name, number) for number, name in enumerate(NAMES)]


def found(typed: str) -> list[str]:
    return [one.name for one in matching(typed, ACCOUNTS)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("acme", "Acme"),
        (" ACME ", "Acme"),
        ("acmee", "Acme"),
        ("amce", "Acme"),
        ("acm", "Acme"),
        ("Acme GmbH", "Acme"),
        ("acme inc.", "Acme"),
        ("Acme, Inc.", "Acme"),
        ("Acme S.A.", "Acme"),
        ("hoolie", "Hooli"),
        ("holi", "Hooli"),
        ("northwnd", "Northwind Traders"),
        ("north wind traders", "Northwind Traders"),
        ("nortwhind traders ltd", "Northwind Traders"),
        ("traders", "Northwind Traders"),
        ("Umbrela", "Umbrella Corp."),
        ("umbrella corporation", "Umbrella Corp."),
        ("wyane enterprises", "Wayne Enterprises"),
        ("wayn", "Wayne Enterprises"),
        ("glboex", "Globex"),
        ("müller werke", "Müller-Werke GmbH & Co. KG"),
        ("Mueller Werke", "Müller-Werke GmbH & Co. KG"),
        ("muller-werke", "Müller-Werke GmbH & Co. KG"),
        ("Mueler Werke KG", "Müller-Werke GmbH & Co. KG"),
        ("oneil", "O’Neil & Søn A/S"),
        ("O'Neill & Son", "O’Neil & Søn A/S"),
        ("strassen", "Straßen AG"),
        ("3m", "3M"),
        ("jo lee", "Jo Lee"),
        ("Jo Le", "Jo Lee"),
        ("🎉", "🎉"),
        ("abb ag", "ABB"),
        ("Deutsche Ban", "Deutsche Bahn"),
    ],
)
def test_a_slip_finds_the_account_that_was_meant(typed: str, name: str) -> None:
    assert found(typed)[:1] == [name]
    assert len(found(typed)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        *("", "—", "   ", "Zzz", "Apex", "Soylent", "Clark", "Hobbies", "Duff", "Cyberdyne"),
        *("Tyrell", "GmbH", "Ltd", "4M", "BASF", "🙂", "Ben Ash", "Wonka", "x" * 3000),
        *("Maier", "Vehement Capital", "Massive Dynamic", "Deutsche Bank Frankfurt am Main"),
    ],
)
def test_an_unrelated_name_finds_none(typed: str) -> None:
    if typed == "GmbH":
        assert found(typed) == ["Müller-Werke GmbH & Co. KG"], "it stands in the name"
    else:
        assert found(typed) == []


def test_every_spelling_leads_to_its_account_and_few_are_offered() -> None:
    many = [account(f"Acme {number}", number) for number in range(200)]
    both = [account("Globex", 500, "GX Global Exchange"), *many]
    assert [one.id for one in matching("gx global", both)] == [500]
    assert [one.id for one in matching("gx globl exchange", both)] == [500]
    offered = matching("acme", both)
    assert len(offered) == MOST_MATCHES
    assert matching("acme 7", both) == [many[7]]


def test_those_that_are_alike_come_first_where_two_are_to_be_one() -> None:
    acme = account("ACME GmbH", 100)
    others = alike_first(acme, [*ACCOUNTS, acme])
    assert others[0].name == "Acme"
    assert len(others) == len(ACCOUNTS)


def test_a_line_as_long_as_can_be_has_a_key_that_an_index_takes() -> None:
    line = "Ä" * 2999
    assert len(account_key(line + "a")) == KEY_LIMIT
    assert account_key(line + "a") != account_key(line + "b")
    assert account_key((line + "a").lower()) == account_key(line + "a")
