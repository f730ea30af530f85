"""Whom a command means that begins with a name nobody picked from a list."""

import pytest

from bot.domain.workspaces.meant import MOST_OFFERED, meant_first
from bot.domain.workspaces.people import Person


def somebody(number: int, name: str, *aliases: str) -> Person:
    return Person(number, f"U{number}", name, None, True, False, None, aliases=aliases)


TEAM = [
    somebody(number, name, *aliases)
    for number, (name, *aliases) in enumerate(
        [
            ("Lena Fox", "lenaf"),
            ("Sam Stone", "sam.stone"),
            ("Raj Rao",),
            ("Jürgen Müller",),
            ("Jean-Luc O'Brien",),
            ("Anna van der Berg",),
            ("Thomas Ash", "tash"),
            ("Zoë Ångström",),
            ("Zhang Wei (Acme)",),
            ("王芳",),
            ("Carl Call",),
        ]
    )
]


@pytest.mark.parametrize(
    ("typed", "name", "rest", "sure"),
    [
        ("Lena Fox call about Acme", "Lena Fox", "call about Acme", True),
        ("lena fox call", "Lena Fox", "call", True),
        ("@lena fox call", "Lena Fox", "call", True),
        ("@lenaf call", "Lena Fox", "call", True),
        ("Fox, Lena: call", "Lena Fox", "call", True),
        ("Lena Fox", "Lena Fox", "", True),
        ("Lena", "Lena Fox", "", True),
        ("Lena, call  today & <b>", "Lena Fox", "call  today & <b>", True),
        ("fox call", "Lena Fox", "call", True),
        ("Lena Foxx call", "Lena Fox", "call", False),
        ("Lena for lunch", "Lena Fox", "for lunch", True),
        ("Lena Ford is lost", "Lena Fox", "Ford is lost", True),
        ("Lean Fox call", "Lena Fox", "call", False),
        ("Jürgen Mueler call", "Jürgen Müller", "call", False),
        ("lema call", "Lena Fox", "call", False),
        ("lenna call", "Lena Fox", "call", False),
        ("sam.stone call", "Sam Stone", "call", True),
        ("Jürgen call", "Jürgen Müller", "call", True),
        ("juergen mueller call", "Jürgen Müller", "call", True),
        ("jurgen muller call", "Jürgen Müller", "call", True),
        ("Muller call", "Jürgen Müller", "call", True),
        ("Jean-Luc call", "Jean-Luc O'Brien", "call", True),
        ("jean luc obrien call", "Jean-Luc O'Brien", "call", True),
        ("Jean‑Luc O’Brien call", "Jean-Luc O'Brien", "call", True),
        ("anna van der berg call", "Anna van der Berg", "call", True),
        ("van der Berg call", "Anna van der Berg", "call", True),
        ("Tom call", "Thomas Ash", "call", True),
        ("zoe angstrom call", "Zoë Ångström", "call", True),
        ("zhang wei call", "Zhang Wei (Acme)", "call", True),
        ("王芳 call", "王芳", "call", True),
        ("Lena &lt;3 this", "Lena Fox", "&lt;3 this", True),
    ],
)
def test_a_name_is_found_however_it_is_written(
    typed: str, name: str, rest: str, sure: bool
) -> None:
    found = meant_first(typed, TEAM)
    assert [(one.person.name, one.rest, one.sure) for one in found] == [(name, rest, sure)]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "...",
        "nobody call",
        "call somebody about Acme",
        "van call",
        "<@U1> Lena",
        "<https://lena.fox|Lena Fox> call",
        "about Lena",
        "le call",
        "Rao's not",
    ],
)
def test_what_is_no_name_means_nobody(typed: str) -> None:
    found = meant_first(typed, [one for one in TEAM if one.name != "Carl Call"])
    assert [one.person.name for one in found] == []


def test_several_of_a_name_are_all_meant_and_the_whole_name_is_one() -> None:
    lenas = [somebody(1, "Lena Fox"), somebody(2, "Lena Berg"), somebody(3, "Helena Ortiz")]
    assert [one.person.name for one in meant_first("Lena call", lenas)][:2] == [
        "Lena Fox",
        "Lena Berg",
    ]
    assert [one.person.name for one in meant_first("lena berg call", lenas)] == ["Lena Berg"]
    assert [one.person.name for one in meant_first("Lena Burg call", lenas)] == ["Lena Berg"]
    twins = [somebody(1, "Lena Fox"), somebody(2, "Lena Fox")]
    assert len(meant_first("Lena Fox call", twins)) == 2


def test_a_name_that_half_the_team_has_says_too_little() -> None:
    many = [somebody(number, f"Lena Number{number}") for number in range(MOST_OFFERED + 1)]
    assert meant_first("lena call", many) == ()
    assert len(meant_first("lena call", many[1:])) == MOST_OFFERED


def test_the_words_behind_the_name_stay_as_they_are() -> None:
    words = "call  about\n*Acme* &amp; <https://x.y|a link> :tada:  "
    assert meant_first(f"Lena Fox {words}", TEAM)[0].rest == words
