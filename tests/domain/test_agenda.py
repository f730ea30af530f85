"""What is on an agenda, what the channel may show of it, and how its minutes are spent."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meetings.agenda import Agenda, AgendaItem, Suggestion, TeamPromise, moved, named_in
from bot.domain.meetings.entries import parse_item_line
from bot.domain.meetings.meetings import Meeting, Phase
from bot.domain.meetings.minutes import looking_back
from bot.domain.meetings.naming import Namable, Words, WordsOf
from bot.domain.team.settings import (
    DEFAULT_SECTIONS,
    FIELD,
    LOOKING_AHEAD,
    NUMBERS,
    WINS,
    Direction,
    TeamSettings,
)
from bot.domain.team.teams import Team
from bot.domain.workspaces.names import first_named
from bot.domain.workspaces.people import Person

DAY = date(2026, 11, 30)
DANA = Person(1, "UDANA", "Dana Moss", None, True, False, None)
WILL = Person(2, "UWILL", "Will Ash", None, True, False, None)
LENA = Person(4, "ULENA", "Lena Fox", None, True, False, None)
AL = Person(3, "UAL", "Al Ek", None, True, False, None)
MEETING = Meeting(1, 7, DAY, DAY, time(9), DAY, time(9), 45, "", 60, DEFAULT_SECTIONS)
AT = datetime(2026, 11, 30, 8, tzinfo=UTC)


def item(text: str, number: int = 1, **more: object) -> AgendaItem:
    fine = frozenset({DANA.slack_id})
    made = AgendaItem(number, 7, None, text, DAY, None, DANA, place=number, fine_for=fine)
    return replace(made, **more)  # type: ignore[arg-type]


def agenda(*items: AgendaItem) -> Agenda:
    team = Team(7, DANA, TeamSettings())
    reps = (WILL, AL, LENA)
    return Agenda(team, MEETING, Phase.AHEAD, AT, items, reps, DAY, Namable(reps))


@pytest.mark.parametrize(
    ("typed", "section", "text"),
    [
        ("price change", LOOKING_AHEAD, "price change"),
        ("Win : two renewals", WINS, "two renewals"),
        ("field: 60-day terms", FIELD, "60-day terms"),
        ("Acme: who knows them?", LOOKING_AHEAD, "Acme: who knows them?"),
        ("win:", LOOKING_AHEAD, "win:"),
        ("*win:* two renewals", WINS, "two renewals"),
        ("Wins： two renewals", WINS, "two renewals"),
        ("• win\u00a0: two renewals", WINS, "two renewals"),
        ("a win: two renewals", LOOKING_AHEAD, "a win: two renewals"),
    ],
)
def test_the_line_of_an_item(typed: str, section: str, text: str) -> None:
    entry = parse_item_line(typed, DEFAULT_SECTIONS)
    assert (entry.section, entry.text) == (section, text)


SAM = Person(9, "USAM", "Sam Stone", None, True, False, None)


def test_whoever_is_known_by_now_is_found_by_the_whole_name_alone() -> None:
    namable = Namable((LENA,), {"samstone": (SAM,)})
    for words, about in (
        ("ask sam  stone about it", SAM),
        ("Sam Stone's quotes", SAM),
        ("Sam is slow", None),
        ("a stone in the way", None),
        ("Lena and Sam Stone", LENA),
    ):
        found = namable.in_words(Words(words))
        assert (found and found.person) == about, words
    assert namable.in_words(Words("Sam Stone", frozenset({"USAM"}))) is None
    assert namable.in_words(Words("Pit is late", named=SAM)) is not None


def test_outcomes_and_promises_are_asked_about_like_items() -> None:
    done = item("quotes", outcome="Lena is slow", done_in=MEETING.id)
    promised = TeamPromise(5, 7, WILL, "help Lena", DAY, None, None, None, MEETING.id, None)
    shown = replace(agenda(done), promises=(promised,))
    assert [(one.said, one.id) for one in shown.questions()] == [
        (WordsOf.OUTCOME, done.id),
        (WordsOf.PROMISE, promised.id),
    ]
    assert (shown.outcome_of(done), shown.is_said(promised)) == ("", False)
    assert shown.is_shown(done), "the item itself names nobody"
    fine = frozenset({"ULENA"})
    told = replace(done, outcome_fine_for=fine), replace(promised, fine_for=fine)
    shown = replace(agenda(told[0]), promises=(told[1],))
    assert shown.questions() == ()
    assert (shown.outcome_of(told[0]), shown.is_said(told[1])) == ("Lena is slow", True)


def test_a_section_that_the_team_has_not_is_no_prefix() -> None:
    assert parse_item_line("win: two", DEFAULT_SECTIONS[1:]).text == "win: two"


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("Will is late with quotes", WILL),
        ("what will the price change bring?", None),
        ("Willow Ltd wants a trial", None),
        ("quotes (Will Ash)", WILL),
        ("@Will Ash has an idea", WILL),
        ("Al Ek's accounts", AL),
        ("Al has an idea", AL),
        ("in total, more", None),
        ("price change", None),
        ("why is lena so slow", LENA),
        ("Lenas Angebote dauern", LENA),
        ("Fox is slow", LENA),
        ("a fox in the field", None),
        ("lena's quotes", LENA),
        ("Filena Ltd knows", None),
        ("Magdalena knows", LENA),
    ],
)
def test_an_item_that_names_a_teammate(words: str, about: Person | None) -> None:
    found = named_in(item(words), Namable((WILL, AL, LENA)))
    assert (found and found.person) == about
    assert agenda(item(words)).is_shown(agenda(item(words)).items[0]) is (about is None)
    assert named_in(item(words, section=WINS), Namable((WILL, AL))) is None
    assert named_in(item(words, fine_for=frozenset({"UWILL"})), Namable((WILL,))) is None


@pytest.mark.slow
def test_a_name_is_found_in_whatever_letters_a_search_without_case_finds_it() -> None:
    """Most names are ruled out without a search: never one that a search would find."""
    every = (chr(number) for number in range(0x110000) if not 0xD800 <= number <= 0xDFFF)
    cased = "".join(one for one in every if not one.lower() == one.upper() == one.casefold())
    for letter in filter(str.isalnum, cased):
        rep = replace(LENA, name=f"Le{letter}na")
        for found in re.findall(letter, cased, re.IGNORECASE):
            if found.isalnum():
                about = first_named(f"why is le{found}na so slow", [rep])
                assert about is not None, (letter, found)
                assert about.person == rep


@given(st.integers(1, 12), st.data())
def test_an_item_moves_within_its_section_and_nothing_is_lost(
    count: int, data: st.DataObject
) -> None:
    items = [
        item("words", number, section=data.draw(st.sampled_from([WINS, FIELD])), place=3 * number)
        for number in range(1, count + 1)
    ]
    one = data.draw(st.sampled_from(items))
    steps = data.draw(st.integers(-15, 15))
    places = {each.id: each.place for each in items} | moved(items, one, steps)
    assert sorted(places.values()) == [each.place for each in items]

    def order(section: str, by: dict[int, int]) -> list[int]:
        own = [each.id for each in items if each.section == section]
        return sorted(own, key=lambda number: by[number])

    before = {each.id: each.place for each in items}
    other = FIELD if one.section == WINS else WINS
    assert order(other, places) == order(other, before)
    was, now = order(one.section, before), order(one.section, places)
    assert now.index(one.id) == min(max(0, was.index(one.id) + steps), len(was) - 1)
    assert [each for each in now if each != one.id] == [each for each in was if each != one.id]


def test_the_share_that_looks_back() -> None:
    empty = agenda()
    assert looking_back(empty, ()) == (5, 45)
    forecast = item("last month", minutes=15, direction=Direction.REAR_VIEW)
    assert looking_back(agenda(forecast), (forecast,)) == (20, 50)
    ahead = item("pace", 2, section=NUMBERS, minutes=4, direction=Direction.FORWARD)
    assert looking_back(agenda(ahead), (ahead,)) == (1, 45)


def test_what_waits_and_what_is_about_one_person_is_not_shown() -> None:
    waits, about, fine = (
        item("mine", approved=False),
        item("Will is late", 2),
        item("trade fair", 3),
    )
    found = agenda(waits, about, fine)
    assert found.shown() == (fine,)
    assert found.waiting() == (waits,)
    assert found.is_thin


def test_items_of_a_section_that_is_gone_are_with_the_last() -> None:
    lost = item("words", section="gone")
    sections = dict(agenda(lost).by_section((lost,)))
    assert sections[DEFAULT_SECTIONS[-1]] == (lost,)


@pytest.mark.parametrize(
    ("of", "there", "is_among"),
    [
        ("price change", "price change", True),
        ("price change on 1 January", "Price change on 1 January: which customers first?", True),
        ("price change", "the  *price change*, again", True),
        ("price change.", "Before the price\nchange", True),
        ("price change on 1 January", "price change", False),
        ("price change", "price changes at Hooli", False),
        ("price change", "price of the change", False),
        ("🎉", "price change", False),
    ],
)
@pytest.mark.parametrize("around", ["", "Sam Stone kept it: "])
def test_what_an_item_says_is_not_proposed_again(
    of: str, there: str, is_among: bool, around: str
) -> None:
    suggestion = Suggestion(f"{around}{of}", WINS, "the binder", of)
    assert suggestion.is_among([item("Acme"), item(there)]) is is_among
    assert not suggestion.is_among([])
