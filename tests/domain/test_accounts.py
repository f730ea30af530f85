"""Accounts, and who on our side knows whom there."""

from datetime import date

import pytest

from bot.domain.accounts.accounts import (
    Acquaintance,
    Fact,
    Introduction,
    Known,
    KnownAccount,
    VisitSeen,
    account_key,
    facts_of,
    known_accounts,
    people_named,
    who_knows_whom,
)
from bot.domain.accounts.bench import introductions_of
from bot.domain.binder.search import holds
from bot.domain.workspaces.people import Person

DANA = Person(1, "UDANA", "Dana Moss", None, True, False, None)
RAJ = Person(2, "URAJ", "Raj Rao", None, True, False, None)
LENA = Person(3, "ULENA", "Lena Fox", None, True, False, None)
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


def been(rep: Person, day: date, *met: str, account: int = 1) -> list[Acquaintance]:
    """That rep was at an account with Dana, and met those."""
    name = {1: "Acme", 2: "Zed", 3: "Éclair"}[account]
    return [
        Acquaintance(account, name, account == 2, person, one, day, as_rep=person is rep)
        for person in (DANA, rep)
        for one in ("", *met)
    ]


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
    "names",
    [
        ["Müller-Werke", "MULLER WERKE", "müller‑werke", "Mu\u0308ller Werke", "  Müller   Werke"],
        ["O’Neil & Søn", "O'NEIL & SON", "oʼneil & søn"],
        ["Ａｃｍｅ", "acme", "ACME"],
        ["—"],
        ["🎉"],
    ],
)
def test_an_account_is_one_however_it_is_spelled(names: list[str]) -> None:
    assert len({account_key(name) for name in names}) == 1
    assert account_key(names[0])


def test_a_name_that_is_but_alike_is_another_account() -> None:
    names = ["Acme", "Acme GmbH", "Acme Inc", "Acmee", "—", "-"]
    assert len({account_key(name) for name in names}) == len(names)


def test_both_who_were_there_know_them_since_the_first_day() -> None:
    visits = [
        VisitSeen(1, MAY, RAJ.id, DANA.id, "Jo Lee and Kim Ray"),
        VisitSeen(1, JUNE, LENA.id, DANA.id, "JO LEE"),
        VisitSeen(2, JUNE, RAJ.id, DANA.id, ""),
    ]
    assert facts_of(visits) == {
        (1, DANA.id, ""): Fact("", MAY, False),
        (1, DANA.id, "jo lee"): Fact("Jo Lee", MAY, False),
        (1, DANA.id, "kim ray"): Fact("Kim Ray", MAY, False),
        (1, RAJ.id, ""): Fact("", MAY, True),
        (1, RAJ.id, "jo lee"): Fact("Jo Lee", MAY, True),
        (1, RAJ.id, "kim ray"): Fact("Kim Ray", MAY, True),
        (1, LENA.id, ""): Fact("", JUNE, True),
        (1, LENA.id, "jo lee"): Fact("JO LEE", JUNE, True),
        (2, DANA.id, ""): Fact("", JUNE, False),
        (2, RAJ.id, ""): Fact("", JUNE, True),
    }
    assert facts_of(reversed(visits)) == facts_of(visits)


def test_who_knows_whom_is_read_by_name_the_longest_acquaintance_first() -> None:
    known = [*been(LENA, JUNE, "jo lee"), *been(RAJ, MAY, "Jo Lee", "Kim Ray")]
    assert who_knows_whom(known) == (
        Known(
            "Jo Lee",
            (("Dana Moss", MAY), ("Raj Rao", MAY), ("Dana Moss", JUNE), ("Lena Fox", JUNE)),
        ),
        Known("Kim Ray", (("Dana Moss", MAY), ("Raj Rao", MAY))),
    )


def test_an_introduction_is_to_be_made_until_another_rep_was_there() -> None:
    known = [*been(RAJ, JUNE, "Ann"), *been(RAJ, MAY, "Jo Lee", "Kim Ray")]
    reps = {RAJ.id, LENA.id}
    there = (Introduction(1, "Acme", ("Jo Lee", "Kim Ray", "Ann")),)
    assert introductions_of(RAJ.id, known, reps) == there
    assert introductions_of(LENA.id, known, reps) == ()
    assert introductions_of(RAJ.id, [*known, *been(LENA, JUNE)], reps) == ()
    # Whom nobody can ask any more knows nobody there; who leaves does.
    assert introductions_of(RAJ.id, [*known, *been(LENA, JUNE)], {RAJ.id}) == there
    assert introductions_of(RAJ.id, known, {LENA.id}) == there


def test_a_list_has_key_accounts_first() -> None:
    known = [
        *been(RAJ, MAY, account=3),
        *been(RAJ, JUNE, "Jo Lee"),
        *been(LENA, JUNE, account=2),
    ]
    jo = Known("Jo Lee", (("Dana Moss", JUNE), ("Raj Rao", JUNE)))
    listed = known_accounts(known, {})
    assert [one.name for one in listed] == ["Zed", "Acme", "Éclair"]
    assert listed[1:] == (
        KnownAccount(1, "Acme", False, (jo,)),
        KnownAccount(3, "Éclair", False, ()),
    )


def test_among_others_an_account_that_was_visited_lately_comes_first() -> None:
    known = [*been(RAJ, MAY, account=3), *been(RAJ, JUNE), *been(LENA, JUNE, account=2)]
    lately = known_accounts(known, {1: MAY, 3: JUNE})
    assert [one.name for one in lately] == ["Zed", "Éclair", "Acme"]


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
