"""Words with a meaning, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.workspaces.words import Line, bare, behind_person, code, only_person, split_prefix
from tests.domain.calendars import reproducible

SPACES = [" ", "  ", "\u00a0", "\u202f", "\t", "\n", "\u3000"]
BEFORE = ["", "*", "_", "~", "`", "“", "(", "¿", "'", "- ", "*_", "… "]
AFTER = ["", ".", ",", "!", "?", ":", ";", "…", "。", "，", "：", ". ", " .", "!!"]
PAIRS = [("*", "*"), ("_", "_"), ("~", "~"), ("`", "`"), ("“", "”"), ("(", ")"), ("*_", "_*")]
HYPHENS = "-‐‑‒–—−－"


@pytest.mark.parametrize("word", ["call", "voicemail", "monday", "until", "help", "win"])
@given(st.sampled_from(BEFORE), st.sampled_from(AFTER), st.sampled_from([str.title, str.upper]))
@reproducible
def test_what_stands_around_a_word_does_not_hide_it(
    word: str, before: str, after: str, written: object
) -> None:
    assert callable(written)
    assert bare(f"{before}{written(word)}{after}") == word


@given(st.sampled_from(HYPHENS), st.sampled_from(SPACES), st.sampled_from(PAIRS))
@reproducible
def test_hyphens_and_blanks_of_any_kind_are_the_same(
    hyphen: str, space: str, pair: tuple[str, str]
) -> None:
    begin, end = pair
    assert bare(f"{begin}e{hyphen}mail{end}") == bare("e-mail")
    assert bare(f"{begin}in{space}person{end}") == bare(f"In{hyphen}Person")
    assert bare(f"2026{hyphen}11{hyphen}20.") == bare("2026-11-20")
    assert bare("２０２６－１１－２０") == bare("2026-11-20")


@pytest.mark.parametrize(
    "typed", [":email:", ":call:", "…", "*", "", " ", "🎉", "<@U1|call>", "@call"]
)
def test_signs_and_what_slack_means_are_no_words(typed: str) -> None:
    assert bare(typed) not in ("call", "email")


@given(st.text(max_size=30))
@reproducible
def test_any_text_has_a_bare_word_or_none(typed: str) -> None:
    assert bare(typed) == bare(bare(typed))
    assert Line(typed).rest == typed.strip()


taken = st.sampled_from(["call", "*call*", "call,", "_Call_:", "friday.", "`friday`"])
texts = st.lists(st.sampled_from(["Acme", "*bold*", "went,", "well.", "-", "a_b", "🎉", ":wave:"]))


def means(word: str) -> bool:
    return word in ("call", "friday")


@given(taken, texts, taken, st.sampled_from(SPACES))
@reproducible
def test_what_is_not_taken_stays_whole(first: str, text: list[str], last: str, space: str) -> None:
    # Punctuation of its own goes with the word that it stands beside.
    while text and text[0] == "-":
        del text[0]
    line = Line(space.join([first, *text, last]))
    assert line.take_first(means)
    assert line.take_last(means)
    assert line.rest == space.join(text).strip()


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("*call about Acme*", "*about Acme*"),
        ("*call* about *Acme*", "about *Acme*"),
        ("- call – about Acme", "– about Acme"),
        ("call", ""),
        ("* call about Acme", "about Acme"),
    ],
)
def test_a_pair_of_marks_stays_a_pair(typed: str, rest: str) -> None:
    line = Line(typed)
    assert line.take_first(means)
    assert line.rest == rest


def test_the_same_at_the_end() -> None:
    line = Line("*price change – friday*")
    assert line.take_last(means)
    assert line.rest == "*price change –*"


@pytest.mark.parametrize(
    "typed", ["the friday demo", "Acme call went well", ":friday: Acme :call:"]
)
def test_nothing_is_taken_from_within(typed: str) -> None:
    line = Line(typed)
    assert not line.take_first(means)
    assert not line.take_last(means)
    assert line.rest == typed


@pytest.mark.parametrize(
    ("typed", "prefix", "words"),
    [
        ("win: two renewals", "win", "two renewals"),
        ("WIN\u00a0: two renewals", "win", "two renewals"),
        ("win：two renewals", "win", "two renewals"),
        ("*win:* two renewals", "win", "two renewals"),
        ("*win*: two renewals", "win", "two renewals"),
        ("*win: two renewals*", "win", "*two renewals*"),
        ("• win: two: renewals", "win", "two: renewals"),
        ("- _win_: two", "win", "two"),
        ("win:", "win", ""),
        ("two renewals", "", ""),
        (": two", "", "two"),
    ],
)
def test_a_prefix_is_found_however_it_is_written(typed: str, prefix: str, words: str) -> None:
    assert split_prefix(typed) == (prefix, words)


@pytest.mark.parametrize(
    "typed", ["<@U1>", "<@U1|sam>.", "*<@U1|sam>*", " <@W1|Sam S.>, ", "<@U1>. "]
)
def test_one_person_alone(typed: str) -> None:
    assert only_person(typed) == ("W1" if "W1" in typed else "U1")


@pytest.mark.parametrize(
    "typed", ["", "<@U1> call", "<@U1> <@U2>", "<#C1|emea>", "@sam", "x <@U1>"]
)
def test_more_than_one_person(typed: str) -> None:
    assert only_person(typed) is None


def test_a_full_stop_of_two_blanks_goes_with_the_name() -> None:
    raw = "<@U1>. call"
    assert raw[behind_person(raw, 5) :] == " call"
    assert behind_person("<@U1>.5 million", 5) == 5
    assert behind_person("<@U1>", 5) == 5


@pytest.mark.parametrize("typed", ["DE-BY", "de-by", " De–By ", "de by", "DE‑BY."])
def test_a_code_is_read_however_it_is_written(typed: str) -> None:
    assert code(typed) == "DE-BY"
