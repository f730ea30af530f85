"""The page of a manager's balance: bars with words, what is left out, the trend, the quiet line."""

from datetime import date
from typing import Any

import pytest

from bot.domain.results.balance import (
    Balance,
    LeftOut,
    Part,
    Spent,
    Unknown,
    balance_of,
    months_until,
)
from bot.domain.team.settings import Direction
from bot.views.results.balance import (
    BAR,
    MOVES,
    NAMES,
    balance_line,
    balance_trend,
    balance_words,
    build_balance,
    build_trend,
    quiet_line,
)

TODAY = date(2026, 12, 9)
MONTHS = months_until(TODAY)
OCTOBER, NOVEMBER, DECEMBER = MONTHS[-3:]


def balance(*shares: tuple[date, Part, int, int], left: tuple[LeftOut, ...] = ()) -> Balance:
    """Of each month and part, so many minutes back and so many ahead."""
    spent = [
        Spent(month, part, direction, minutes)
        for month, part, back, ahead in shares
        for direction, minutes in ((Direction.REAR_VIEW, back), (Direction.FORWARD, ahead))
    ]
    return balance_of(spent, left, MONTHS)


def shown(found: Balance) -> str:
    blocks: list[Any] = [one.to_dict() for one in build_balance(found, TODAY)]
    return "\n".join(
        text["text"]
        for one in blocks
        for text in (one.get("text"), *one.get("elements", ()))
        if text
    )


def test_a_bar_fills_with_what_looked_back() -> None:
    seen = shown(balance((DECEMBER, Part.SESSION, 30, 70), (DECEMBER, Part.MEETING, 0, 30)))
    assert "*Dec 2026 so far*\n30 of 130 minutes looked back." in seen
    assert "□□□□□ Team meeting · 0 of 30 min\n■■□□□ Strategy session · 30 of 100" in seen


@pytest.mark.parametrize(("back", "ahead", "filled"), [(1, 99, 1), (99, 1, BAR - 1), (1, 0, BAR)])
def test_a_little_shows_and_all_is_only_all(back: int, ahead: int, filled: int) -> None:
    seen = shown(balance((DECEMBER, Part.SESSION, back, ahead)))
    assert seen.count("■") == filled
    assert seen.count("□") == BAR - filled


def test_what_is_left_out_is_said_in_words() -> None:
    left = (LeftOut(DECEMBER, Unknown.MEETING, 1), LeftOut(DECEMBER, Unknown.CONTACT, 2))
    for seen in (shown(balance(left=left)), "\n".join(balance_words(balance(left=left), TODAY))):
        assert "1 team meeting with nothing ticked; 2 contacts about nothing, or" in seen
        assert "Nothing is known" not in seen


def test_before_anything_is_known_it_says_so() -> None:
    assert "Nothing is known yet." in shown(balance())
    assert balance_line(balance(), TODAY) == ""
    assert build_trend(balance()) == []


def test_the_trend_is_a_chart_and_the_same_in_words() -> None:
    found = balance(
        (OCTOBER, Part.SESSION, 30, 70),
        (NOVEMBER, Part.SESSION, 20, 80),
        (DECEMBER, Part.SESSION, 1, 2),
    )
    categories, series = balance_trend(found)
    assert list(categories) == ["Oct 2026", "Nov 2026"]
    assert [one.values for one in series] == [(30, 20)]
    chart, table = build_trend(found)
    assert chart.to_dict()["type"] == "data_visualization"
    assert table.to_dict()["type"] == "table"
    assert "Oct 2026: Looked back 30 of 100 min" in balance_words(found, TODAY)


@pytest.mark.parametrize("part", Part)
def test_a_month_of_more_than_a_third_is_said_with_what_would_move_it(part: Part) -> None:
    found = balance(
        (OCTOBER, part, 10, 90), (NOVEMBER, part, 50, 50), (NOVEMBER, Part.SESSION, 1, 0)
    )
    line = quiet_line(found)
    assert line.startswith("More than a third of Nov 2026 looked back (5")
    assert NAMES[part] in line
    assert MOVES[part].replace("**", "*") in line
    assert line in shown(found)
    assert "*" not in "\n".join(balance_words(found, TODAY))
    again = balance((OCTOBER, part, 50, 50), (NOVEMBER, part, 50, 50))
    assert quiet_line(again) == ""
