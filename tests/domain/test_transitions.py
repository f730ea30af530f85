"""Accounts that pass from one rep to another, and who is to be asked for the introduction."""

from dataclasses import replace
from datetime import date

from bot.domain.accounts.accounts import Acquaintance
from bot.domain.accounts.transitions import Transition, page_of, passing_of
from bot.domain.workspaces.people import Person

DANA = Person(1, "UDANA", "Dana Moss", None, True, False, None)
RAJ = Person(2, "URAJ", "Raj Rao", None, True, False, None)
LENA = Person(3, "ULENA", "Lena Fox", None, True, False, None)
TOM = Person(4, "UTOM", "Tom Ash", None, True, False, None)
TODAY = date(2026, 11, 23)
ACME = Transition(1, 7, 5, "Acme", RAJ, LENA, date(2026, 12, 14), TODAY)


def been(account: str, rep: Person, day: date, *met: str) -> list[Acquaintance]:
    """That rep was there with Dana, and met those."""
    at = {"Acme": 5, "Hooli": 6}[account]
    return [
        Acquaintance(at, account, False, person, name, day, as_rep=person is rep)
        for person in (rep, DANA)
        for name in ("", *met)
    ]


BY_RAJ = been("Acme", RAJ, date(2026, 10, 5), "Jo Lee")
HOOLI = been("Hooli", RAJ, date(2026, 10, 5))
BY_LENA = been("Acme", LENA, date(2026, 11, 2), "Jo Lee", "Kim Ray")


def test_an_introduction_is_made_by_a_visit_or_as_the_manager_says() -> None:
    assert not ACME.is_made([*BY_RAJ, *HOOLI])
    assert ACME.is_made([*BY_RAJ, *BY_LENA])
    assert not replace(ACME, takes_over=TOM).is_made([*BY_RAJ, *BY_LENA])
    assert not replace(ACME, takes_over=DANA).is_made(BY_RAJ), "who rides along takes nothing over"
    assert replace(ACME, introduced_on=TODAY).is_made([])


def test_whoever_has_the_account_is_asked_first() -> None:
    everyone = [RAJ.id, LENA.id]
    (asked,) = passing_of(RAJ.id, [ACME], BY_RAJ, everyone)
    assert asked.here
    assert asked.people == ("Jo Lee",)
    assert passing_of(LENA.id, [ACME], BY_RAJ, everyone) == ()
    (after,) = passing_of(LENA.id, [ACME], BY_RAJ, [LENA.id])
    assert not after.here
    assert passing_of(TOM.id, [ACME], BY_RAJ, everyone) == ()
    assert passing_of(RAJ.id, [ACME], [*BY_RAJ, *BY_LENA], everyone) == ()


def test_the_page_offers_what_only_this_rep_knows_first() -> None:
    known = [*BY_RAJ, *HOOLI, *BY_LENA]
    page = page_of(RAJ, [], known, [RAJ, LENA], None, TODAY)
    assert page.accounts == ((6, "Hooli"), (5, "Acme"))
    assert [one.account for one in page.alone] == ["Hooli"]
    assert page.others == (LENA,)
    assert page.day == date(2026, 12, 7)


def test_the_day_offered_is_the_one_on_which_the_rep_leaves() -> None:
    leaves_on = date(2026, 12, 31)
    assert page_of(RAJ, [ACME], BY_RAJ, [LENA], leaves_on, TODAY).day == leaves_on
    gone = date(2026, 11, 1)
    assert page_of(RAJ, [ACME], BY_RAJ, [LENA], gone, TODAY).day == date(2026, 12, 7)
