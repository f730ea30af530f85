"""Who on our side knows whom at an account."""

from datetime import date

import pytest

from bot.domain.accounts.accounts import (
    AccountVisit,
    Introduction,
    Known,
    introductions_of,
    matching,
    people_named,
    who_knows_whom,
)
from bot.domain.binder.search import holds
from bot.domain.workspaces.people import Person

DANA = Person(1, "UDANA", "Dana Moss", None, True, False, None)
RAJ = Person(2, "URAJ", "Raj Rao", None, True, False, None)
LENA = Person(3, "ULENA", "Lena Fox", None, True, False, None)
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


def visit(day: date, rep: Person, people: str, number: int = 1) -> AccountVisit:
    return AccountVisit(number, day, rep, "Acme", people, "")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", []),
        ("Jo Lee", ["Jo Lee"]),
        ("Jo Lee and Kim Ray", ["Jo Lee", "Kim Ray"]),
        ("Jo & Kim + Ann / Bo; Cy", ["Jo", "Kim", "Ann", "Bo", "Cy"]),
        ("Sandy Anders", ["Sandy Anders"]),
    ],
)
def test_names_of_people(typed: str, names: list[str]) -> None:
    assert people_named(typed) == names


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("acme", ["Acme"]),
        (" ACME  inc ", ["Acme Inc"]),
        ("me inc", ["Acme Inc"]),
        ("Hoolie", ["Hooli"]),
        ("north", ["Northwind"]),
        ("Zzz", []),
    ],
)
def test_an_account_is_found_by_a_name_that_is_close(typed: str, found: list[str]) -> None:
    assert matching(typed, ["Acme", "Acme Inc", "Hooli", "Northwind", "acme"]) == found


def test_both_who_were_there_know_them_since_the_first_day() -> None:
    found = who_knows_whom(
        [visit(JUNE, LENA, "jo lee", 2), visit(MAY, RAJ, "Jo Lee and Kim Ray")], DANA
    )
    assert found == (
        Known("Jo Lee", (("Dana Moss", MAY), ("Raj Rao", MAY), ("Lena Fox", JUNE))),
        Known("Kim Ray", (("Dana Moss", MAY), ("Raj Rao", MAY))),
    )


def test_an_introduction_is_to_be_made_until_another_rep_was_there() -> None:
    visits = [visit(MAY, RAJ, "Jo Lee and Kim Ray"), visit(JUNE, RAJ, "jo lee & Ann")]
    assert introductions_of(RAJ.id, visits) == (Introduction("Acme", ("Jo Lee", "Kim Ray", "Ann")),)
    assert introductions_of(LENA.id, visits) == ()
    assert introductions_of(RAJ.id, [*visits, visit(JUNE, LENA, "Jo Lee", 2)]) == ()


SPELLINGS = [
    ["Müller-Werke", "MULLER WERKE", "müller‑werke", "Mu\u0308ller Werke", "  Müller   Werke"],
    ["O’Neil & Søn", "O'NEIL & SON", "oʼneil & søn"],
    ["Ａｃｍｅ", "acme", "ACME"],
]


@pytest.mark.parametrize("names", SPELLINGS)
def test_an_account_is_one_however_it_is_spelled(names: list[str]) -> None:
    visits = [AccountVisit(n, MAY, RAJ, name, "Jo Lee", "") for n, name in enumerate(names)]
    (found,) = introductions_of(RAJ.id, visits)
    assert found.account == names[0], "shown as it was typed first"
    for typed in names:
        assert matching(typed, ["Other", *names]) == [names[0]]


@pytest.mark.parametrize(
    ("texts", "words", "held"),
    [
        (["The Müller renewal", "sent"], "MUELLER sent", True),
        (["The Mueller renewal"], "müller", True),
        (["O’Neil: price–sheet"], "o'neil price sheet", True),
        (["café"], "CAFE\u0301", True),
        (["cafe"], "tea", False),
    ],
)
def test_a_search_finds_words_however_they_are_spelled(
    texts: list[str], words: str, held: bool
) -> None:
    assert holds(texts, words) is held
