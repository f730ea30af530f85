"""Whom words name, however the name is spelled; and what is asked about for nothing."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.workspaces.names import (
    APOSTROPHES,
    HYPHENS,
    Called,
    first_named,
    fold,
    key_of,
    keys_in,
    mentioned_in,
)
from bot.domain.workspaces.people import Person
from tests.services.counting import calls

ORDINARY = (Path(__file__).parent / "ordinary_items.txt").read_text().splitlines()
MAY_BE_ASKED = 0.05

TEAMS = {
    "Berlin": "Jürgen Müller, Katharina Weiß, Lena Fuchs, Florian Groß, Özlem Yılmaz, Jan Koch",
    "London": "Will Ash, Mark Price, Grace Young, Siobhán O'Brien, Tom Stone, Priya Patel",
    "Paris": "Jean-Luc Moreau, Chloé Lefèvre, François Petit, Anne-Marie D’Angelo, Léa Roux",
    "Madrid": "José Álvarez, María-José Núñez, Íñigo Peña, Begoña Ruiz, Javier Sanz",
    "Warsaw": "Łukasz Żak, Małgorzata Wójcik, Krzysztof Nowak, Agnieszka Dąbrowska",
    "Oslo": "Søren Ås, Bjørn Østby, Åse Lund, Lars Næss, Ida Berg, Nils Holm",
    "Boston": "Al Ek, Robert Banks, May Field, Bill Long, Sue Rich, Art Case, Hope Day, Jack Green",
    "Mumbai": "Raj Rao, Ananya Iyer, Vikram Singh, Deepa Nair, Suresh Kumar, Om Das",
    "Shanghai": "李伟, Wang Fang, Ng Li Wei, Jo Wu, Xu Min, Bo Chen",
    "Athens": "Κώστας Παπαδόπουλος, Eleni Georgiou, Николай Фёдоров, Dimitris Pappas",
    "Market": "Max Major, Frank Sales, June Summers, Rose Marsh, Dale Winter, April Spring",
}


def team(names: str) -> list[Person]:
    return [
        Person(number, f"U{number:09}", name.strip(), None, True, False, None)
        for number, name in enumerate(names.split(","), 1)
    ]


def rep(name: str, *aliases: str) -> Person:
    return Person(1, "U0LENAFOX1", name, None, True, False, None, None, aliases)


@pytest.mark.parametrize("where", TEAMS)
def test_of_ordinary_items_nearly_none_is_asked_about(where: str) -> None:
    assert len(ORDINARY) >= 200
    assert len(set(ORDINARY)) == len(ORDINARY)
    asked = [
        (words, found.person.name)
        for words in ORDINARY
        if (found := first_named(words, team(TEAMS[where])))
    ]
    assert len(asked) <= len(ORDINARY) * MAY_BE_ASKED, asked


HARD = [
    ("José Álvarez", "jose is late with quotes"),
    ("José Álvarez", "why is alvarez so slow"),
    ("José Álvarez", "JOSÉ, again"),
    ("José Álvarez", "Pepe never answers"),
    ("Jose Alvarez", "José is late"),
    ("Zoë Klein", unicodedata.normalize("NFD", "Zoë is late")),
    (unicodedata.normalize("NFD", "Zoë Klein"), "Zoë is late"),
    ("Zoë Klein", "ZOE never answers"),
    ("Siobhán O'Brien", "O’Brien's quotes"),
    ("Siobhán O'Brien", "oʼbrien is late"),
    ("Siobhán O’Brien", "OBrien is late"),
    ("Siobhan O`Brien", "o brien is late"),
    ("Anne-Marie D’Angelo", "anne marie is late"),
    ("Anne-Marie D’Angelo", "Annemarie is late"),
    ("Anne-Marie D’Angelo", "Anne‑Marie is late"),
    ("Anne Marie Keller", "Anne–Marie is late"),
    ("Jean-Luc Moreau", "jean\u00adluc and his quotes"),
    ("Jean-Luc Moreau", "what jean does"),
    ("Jürgen Müller", "Juergen is late"),
    ("Jürgen Müller", "jurgen is late"),
    ("Juergen Mueller", "Müllers Angebote dauern"),
    ("Katharina Weiß", "weiss ist spät"),
    ("Katharina Weiß", "WEISS IST SPÄT"),
    ("Katharina Weiß", "Kathi is late"),
    ("Łukasz Żak", "lukasz is late"),
    ("Søren Ås", "Soeren is late"),
    ("Søren Ås", "soren is late"),
    ("Bjørn Østby", "ostby is late"),
    ("Özlem Yılmaz", "YILMAZ"),
    ("Özlem Yılmaz", "yilmaz is late"),
    ("Κώστας Παπαδόπουλος", "ΚΩΣΤΑΣ"),
    ("Николай Фёдоров", "федоров опоздал"),
    ("李伟", "李伟报价很慢"),
    ("Ｌｅｎａ Fuchs", "lena is late"),
    ("Lena Fuchs", "l\u200bena is late"),
    ("Robert Banks", "Bob is late"),
    ("Robert Banks", "bobby is late"),
    ("Robert Banks", "rob is late"),
    ("Bob Banks", "Robert is late"),
    ("Elizabeth Kerr", "liz and her quotes"),
    ("Michael Kerr", "Mike never asks"),
    ("William Kerr", "Bill is late"),
    ("Alexandra Popova", "Sasha is late"),
    ("Florian Groß", "Could Flo do more calls"),
    ("Guillermina Sanz", "The talk with Guille went badly"),
    ("Will Ash", "Will is late with quotes"),
    ("Will Ash", "will is late with quotes"),
    ("Will Ash", "will ash"),
    ("Will Ash", "why is will so slow"),
    ("Will Ash", "What Will does with quotes"),
    ("Will Ash", "will's quotes"),
    ("Mark Price", "ask mark about the quotes"),
    ("Mark Price", "MARK PRICE IS LATE"),
    ("Mark Price", "mark is late again"),
    ("May Field", "may never answers"),
    ("Al Ek", "Al is late"),
    ("Al Ek", "why is al so slow"),
    ("Jo Wu", "wu is late"),
    ("Jan van der Berg", "berg is late"),
    ("Lena Fuchs", "lena.fuchs is late"),
    ("Lena Fuchs", "lena_fuchs is late"),
    ("Lena Fuchs", "@lenafuchs is late"),
    ("Lena Fuchs", "<@U0LENAFOX1> is late"),
    ("Lena Fuchs", "<@U0LENAFOX1|lf> is late"),
    ("Lena Fuchs", "@U0LENAFOX1 is late"),
    ("Lena Fuchs", "quotes (Lena)"),
    ("Lena Fuchs", "*Lena* is late"),
    ("Lena Fuchs", "Lena’s quotes"),
    ("Lena Fuchs", "Lenas Angebote"),
    ("Jens Holm", "Jens' Angebote"),
]


@pytest.mark.parametrize(("name", "words"), HARD)
def test_a_name_is_found_however_it_is_spelled(name: str, words: str) -> None:
    found = first_named(words, [*team("Quentin Zuill"), rep(name)])
    assert found is not None
    assert found.person.name == name


@pytest.mark.parametrize(
    "words", ["lfx is late", "@lfx", "LFX", "ask lfx", "big lena is late", "BigLena", "lena fx"]
)
def test_somebody_is_found_by_what_they_are_called_in_slack(words: str) -> None:
    person = rep("Magdalene Fuchs", "Big Lena", "lfx", "lena.fx")
    assert first_named(words, [person]) is not None


NOBODY = [
    ("Will Ash", "Willow Ltd wants a trial"),
    ("Will Ash", "what will the price change bring?"),
    ("Will Ash", "Will the price list come?"),
    ("Mark Price", "Price change on 1 January"),
    ("Mark Price", "the mark is 500"),
    ("May Field", "trade fair in May"),
    ("May Field", "May we offer free shipping"),
    ("Grace Young", "grace period for payments"),
    ("Al Ek", "AL 400 is sold out, also AL 500"),
    ("Jan van der Berg", "van hire in Berlin"),
    ("Anna Rao", "Annapurna wants a trial"),
]


@pytest.mark.parametrize(("name", "words"), NOBODY)
def test_what_names_nobody(name: str, words: str) -> None:
    assert first_named(words, [rep(name)]) is None


def test_who_is_named_surely_comes_before_who_may_be() -> None:
    florian, will = rep("Florian Groß"), rep("Lena Fuchs")
    found = first_named("Could Flo help lena", [florian, will])
    assert found is not None
    assert (found.person, found.sure) == (will, True)
    found = first_named("Could Flo help", [florian, will])
    assert found is not None
    assert (found.person, found.sure) == (florian, False)


def test_whole_names_are_found_by_their_keys() -> None:
    for name, words in [
        ("Eve Stone", "why is EVE stone so slow"),
        ("Jean-Luc O'Brien", "ask jean luc o’brien"),
        ("Jürgen Müller", "ask Juergen Mueller"),
        ("Juergen Mueller", "ask Jürgen Müller"),
        ("Eve", "ask @eve about it"),
    ]:
        assert key_of(name) in keys_in(words), name
    assert key_of("Eve Stone") not in keys_in("Eve, and a stone")
    assert key_of("Eve") not in keys_in("on Christmas eve")


def test_mentions() -> None:
    assert mentioned_in("ask <@U0EVE|eve> and @U0STRANGER") == ["U0EVE", "U0STRANGER"]
    assert mentioned_in("mail me@UNIVERSAL.example, or @us") == []


LETTERS = st.characters(categories=["Lu", "Ll", "Lo"], max_codepoint=0x17F)
NAME_PART = st.text(LETTERS, min_size=3, max_size=10)
NAMES = st.lists(NAME_PART, min_size=2, max_size=3).map(" ".join)
SPELLINGS = st.sampled_from(
    [
        str.upper,
        str.lower,
        str.title,
        str.swapcase,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFC", text),
        fold,
        lambda text: f"{text}'s",
        lambda text: f"{text}’s",
        lambda text: f"({text})",
    ]
)
AROUND = st.sampled_from(["", "why is ", "ask ", "quotes: ", "Late again, ", "“"])


@given(NAMES, SPELLINGS, AROUND)
def test_a_whole_name_is_found_in_every_spelling(name: str, spell, before: str) -> None:  # type: ignore[no-untyped-def]
    assert first_named(f"{before}{spell(name)} and the quotes", [rep(name)]) is not None


@given(
    st.lists(NAME_PART, min_size=2, max_size=3),
    st.sampled_from(APOSTROPHES + HYPHENS + " "),
    st.sampled_from(APOSTROPHES + HYPHENS + " "),
)
def test_what_stands_between_the_parts_of_a_name_is_all_one(
    parts: list[str], one: str, other: str
) -> None:
    name, words = f"{one.join(parts)} Quill", f"{other.join(parts)} is late"
    assert first_named(words, [rep(name)]) is not None


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing_and_all_text_is_accepted(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    people = [one for names in TEAMS.values() for one in team(names)]
    first_named(text, people)
    keys_in(text)


@given(st.lists(NAMES, min_size=1, max_size=5), st.integers(0, 4), SPELLINGS, AROUND)
def test_of_many_people_the_same_is_named_as_when_each_is_looked_for(  # type: ignore[no-untyped-def]
    names: list[str], which: int, spell, before: str
) -> None:
    people = [replace(rep(name), id=at, slack_id=f"U{at}") for at, name in enumerate(names)]
    words = before + spell(names[which % len(names)])
    assert Called(people).first_named(words) == first_named(words, people)
    others = [one for one in people if one.slack_id != "U0"]
    assert Called(people).first_named(words, {"U0"}) == first_named(words, others)


@pytest.mark.parametrize(("name", "words"), [*HARD, *NOBODY])
def test_hard_cases_are_found_among_many_as_alone(name: str, words: str) -> None:
    others = [replace(rep(f"Qu{one} Xyl{one}"), slack_id=f"UQ{one}") for one in "bcdfg"]
    assert Called([*others, rep(name)]).first_named(words) == first_named(words, [rep(name)])


def test_looking_through_words_costs_no_more_among_sixty_people_than_among_two() -> None:
    def cost(count: int) -> int:
        people = [
            replace(rep(f"Person{number} Family{number}"), slack_id=f"U{number}")
            for number in range(count)
        ]
        called = Called(people)
        called.first_named("what the price list says about renewals")
        return calls(lambda: called.first_named("what the price list says about renewals"))

    assert cost(60) == cost(2)
