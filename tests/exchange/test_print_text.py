"""Texts as the printer gets them, and the fonts that are taken for them."""

import pytest
import typst

from bot.exchange.printing import fonts
from bot.exchange.printing.data import LONGEST_WORD, runs_right_to_left, text_of
from tests.exchange.binders import MARKUP, NO_FONT, SCRIPTS


def test_markup_is_text() -> None:
    assert text_of(MARKUP) == MARKUP


def test_paragraphs_that_run_the_other_way_are_marked_each_for_itself() -> None:
    assert text_of("first\n\n שלום, Acme\nlast") == ["first", {"r": " שלום, Acme"}, "last"]
    assert text_of("مرحبا") == [{"r": "مرحبا"}]


@pytest.mark.parametrize(
    ("line", "runs"), [("Acme שלום", False), ("“שלום”", True), ("12 مرحبا", True), ("…", False)]
)
def test_the_first_letter_decides_the_direction(line: str, runs: bool) -> None:
    assert runs_right_to_left(line) is runs


def test_controls_are_left_out_and_a_long_word_may_break() -> None:
    assert text_of("a\x00b\x07c\td") == "abc d"
    long = "x" * (LONGEST_WORD * 3)
    found = text_of(long)
    assert isinstance(found, str)
    assert found.replace("\u200b", "") == long
    assert max(map(len, found.split("\u200b"))) < LONGEST_WORD


def test_no_more_fonts_than_it_takes() -> None:
    assert fonts.choose("Zoë, 5 € · “so” – 2026", None).families == ("Noto Sans",)
    assert fonts.choose("שלום", None).families == ("Noto Sans", "Noto Sans Hebrew")


@pytest.mark.parametrize(
    ("zone", "forms"), [("Asia/Tokyo", "JP"), ("Asia/Seoul", "KR"), (None, "SC")]
)
def test_characters_in_the_forms_that_a_team_is_used_to(zone: str | None, forms: str) -> None:
    assert fonts.choose("価格", zone).families == ("Noto Sans", f"Noto Sans CJK {forms}")


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_every_script_has_a_font_by_its_right_name(words: str) -> None:
    chosen = fonts.choose(words, None)
    known = typst.Fonts(
        include_system_fonts=False, font_paths=[str(one) for one in fonts.folders()]
    )
    assert chosen.missing == ()
    assert set(chosen.families) <= set(known.families())


def test_what_no_font_has_is_named_and_what_is_never_drawn_is_not() -> None:
    assert fonts.choose(f"a{NO_FONT}\u200d\ufe0f\u2068 ", None).missing == (NO_FONT,)
