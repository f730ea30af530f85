"""Rows pasted from a spreadsheet: columns by heading or order, people by name, mention or id."""

from datetime import date

import pytest

from bot.domain.results.rows import ResultRow
from bot.domain.team.file_rows import Rejection
from bot.domain.workspaces.people import Person
from bot.exchange.pasted import Given, PastedRows, read_pasted, rep_named
from bot.exchange.results_columns import ReadingOptions, ResultsFileError, UndecidedError


def person(number: int, slack_id: str, name: str) -> Person:
    return Person(number, slack_id, name, None, active=True, bot=False, dm_channel=None)


SAM = person(1, "U0SAM1", "Sam Stone")
LENA = person(2, "U0LENA2", "Lena Fox")
ANA = person(3, "U0ANA3", "Ana Díaz")
TOM, TIM = person(4, "U0TOM4", "Tom Ash"), person(5, "U0TIM5", "Tom Elm")
REPS = (SAM, LENA, ANA, TOM, TIM)

GIVEN = Given("Visits", date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 13))
NOTHING = Given("", None, None, None)


def read(text: str, given: Given = GIVEN) -> PastedRows:
    return read_pasted(text, given, REPS, options=ReadingOptions(), units={})


def shown(text: str, given: Given = GIVEN) -> list[str]:
    """Each row in a line, or why it is none."""
    return [
        f"{one.line}: {one.reason}"
        if isinstance(one, Rejection)
        else f"{one.rep_id} {one.metric} {one.period_start} {one.period_end} {one.target} "
        f"{one.actual} {one.as_of}"
        for one in read(text, given).rows
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Sam Stone\t40\t22",
        "Sam Stone\tVisits\t40\t22",
        "Sam Stone\tVisits\t40\t22\t2026-11-13",
        "Sam Stone\tVisits\t2026-11-01\t2026-11-30\t40\t22\t2026-11-13",
        "Rep\tTarget\tActual\nSam Stone\t40\t22",
        "Actual\tGoal\tName\n22\t40\tSam Stone",
        "rep_id\tmetric\tperiod_start\tperiod_end\ttarget\tactual\tas_of\n"
        "U0SAM1\tVisits\t1.11.2026\t30.11.2026\t40\t22\t13.11.2026",
        "Name\tMeasure\tFrom\tTo\tQuota\tReached\tDate\n"
        "@Sam Stone\tVisits\t2026-11-01\t2026-11-30\t40\t22\t2026-11-13",
        "Sam Stone;40;22",
        "Sam Stone | 40 | 22",
        "\n\nSam Stone\t40\t22\t\t\n\n",
        '"Sam Stone"\t40\t22',
        "Rep\tTarget\tActual\tTarget\tRemarks\nSam Stone\t40\t22\t50\tgood",
    ],
)
def test_columns_are_found_by_heading_or_by_order(text: str) -> None:
    assert shown(text) == ["U0SAM1 Visits 2026-11-01 2026-11-30 40 22 2026-11-13"]


def test_what_a_row_says_itself_counts_and_an_empty_cell_says_nothing() -> None:
    assert shown("rep\tmetric\ttarget\tactual\nSam Stone\tCalls\t40\t22\nLena Fox\t\t40\t22") == [
        "U0SAM1 Calls 2026-11-01 2026-11-30 40 22 2026-11-13",
        "U0LENA2 Visits 2026-11-01 2026-11-30 40 22 2026-11-13",
    ]


def test_what_nobody_says_is_missing_by_its_line() -> None:
    assert shown("Sam Stone\t40\t22", NOTHING) == [
        "1: metric is empty; period_start is empty; period_end is empty; as_of is empty"
    ]
    assert shown("rep\tactual\nSam Stone\t22") == ["2: target is empty"]


@pytest.mark.parametrize("text", ["Sam Stone", "Sam Stone\t40", "a\tb\tc\td\te\tf"])
def test_columns_that_nobody_can_tell_are_said(text: str) -> None:
    count = text.count("\t") + 1
    start = f"1: has {count} column{'' if count == 1 else 's'}; rows without headings have 3"
    assert shown(text)[0].startswith(start)


def test_headings_that_mean_nothing_are_said() -> None:
    found = read("Rep\tTarget\tActual\tRemarks\tActual\nSam Stone\t40\t22\tgood\t9")
    assert found.left_out == ("Remarks", "Actual")


@pytest.mark.parametrize("text", ["", "\n", "  \t ", "Rep\tTarget\tActual"])
def test_nothing_is_no_rows(text: str) -> None:
    assert read(text).rows == ()


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("Sam Stone", SAM),
        ("sam stone", SAM),
        ("Stone", SAM),
        ("@Sam Stone", SAM),
        ("<@U0SAM1>", SAM),
        ("<@U0SAM1|sam>", SAM),
        ("u0sam1", SAM),
        ("Ana Diaz", ANA),
        ("Tom Ash", TOM),
    ],
)
def test_a_rep_is_named_by_name_mention_or_id(written: str, who: Person) -> None:
    assert rep_named(written, REPS) == who


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "names nobody"),
        ("Nobody Known", "“Nobody Known” is nobody on your team"),
        ("U0OTHER", "“U0OTHER” is nobody on your team"),
        ("Tom", "“Tom”: is it Tom Ash or Tom Elm? Write the whole name"),
        ("Sam Stome", "“Sam Stome”: is it Sam Stone? Write the whole name"),
        ("Sam Stone and Lena", "“Sam Stone and Lena”: is it Sam Stone? Write the whole name"),
    ],
)
def test_a_name_that_is_close_is_offered_and_never_taken(written: str, why: str) -> None:
    assert rep_named(written, REPS) == why


def test_a_line_within_quotation_marks_counts_as_it_stands() -> None:
    found = read('Sam Stone\t40\t22\n"Lena\nFox"\t40\t22\nAna Díaz\tx\t22').rows
    assert [one.line for one in found] == [1, 2, 4]
    assert isinstance(found[1], ResultRow)


def test_what_can_be_read_in_two_ways_is_asked() -> None:
    with pytest.raises(UndecidedError):
        read("Sam Stone\t1.200\t22")


@pytest.mark.parametrize(
    ("written", "rep"),
    [
        ("Stone, Sam", SAM),
        ("SAM STONE", SAM),
        ("Sam Stone (EMEA)", SAM),
        ("1. Sam Stone", SAM),
        ("Dr. Sam Stone", SAM),
        ("sam.stone@example.com", SAM),
        ("Ana Diaz", ANA),
        ("Tom Ash, Tim Elm", None),
    ],
)
def test_a_whole_name_is_found_with_what_spreadsheets_put_beside_it(
    written: str, rep: Person | None
) -> None:
    found = rep_named(written, REPS)
    assert found == rep if rep else isinstance(found, str)


def test_headings_of_which_none_says_who_are_said() -> None:
    with pytest.raises(ResultsFileError, match="No heading says who it is: call that column Rep"):
        read("Kunde\tTarget\tActual\nSam Stone\t40\t22")
    assert shown("Sales rep\tObjective\tTo date\nSam Stone\t40\t22")[0].startswith("U0SAM1")
