"""A text is no formula in a spreadsheet, and comes back as it was typed; a number stays one."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.exchange.inert import as_typed, inert

FORMULAS = "=+-@＝＋－＠"
BLANKS = "\t\r\n"
NUMBERS = ["-42", "-1250.1", "42", "12.5%", "-0.5%", "0"]


@pytest.mark.parametrize("start", FORMULAS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0 ", "\ufeff", "'", "''", "\x00"])
def test_what_would_run_does_not(before: str, start: str) -> None:
    assert inert(f"{before}{start}1+1") == f"'{before}{start}1+1"


@pytest.mark.parametrize("start", BLANKS)
def test_a_cell_that_begins_with_a_tab_or_a_line_break(start: str) -> None:
    assert inert(f"{start}words") == f"'{start}words"


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_stays_one(number: str) -> None:
    assert inert(number) == number


@pytest.mark.parametrize(
    "text", ["", "Acme", "a=1", "'quoted'", "it's", "5-3", "−42", "2026-11-23", "'", "“-”"]
)
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert inert(text) == text
    assert as_typed(text) == text


@pytest.mark.parametrize("parts", ["\n", "\r\n", "\t", ";", "; "])
@pytest.mark.parametrize("runs", ["=HYPERLINK(A1)", "@SUM(A1)", "-cmd|'/C calc'!A0", "＋A1!A2"])
def test_nor_where_a_spreadsheet_begins_a_cell_within_it(parts: str, runs: str) -> None:
    said = f"We talked{parts}{runs}"
    cell = inert(said)
    begun = [one.lstrip(" '") for one in re.split("[\r\n\t;]", cell) if one.lstrip()[:1] != "'"]
    assert begun[0] == "We talked"
    assert not any(begun[1:])
    assert as_typed(cell) == said


def test_a_list_of_dashes_stays_as_it_was_typed() -> None:
    said = "Next:\n- call Acme\n- price sheet; -5 %"
    assert inert(said) == said


@given(st.text(st.sampled_from("'=+-@ \t\r\n;|(a1.%\ufeff") | st.characters(), max_size=12))
@example("'=")
@example("''=cmd|' /C calc'!A0")
@example("\n=1")
@example(";\n;'=1")
def test_it_comes_back_as_it_was(text: str) -> None:
    cell = inert(text)
    assert as_typed(cell) == text
    assert cell == text or "'" in cell
    assert not cell or cell[0] not in FORMULAS + BLANKS or cell[1].isdigit()
