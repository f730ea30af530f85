"""Every date that people read is of one style: Wed 18 Nov."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.team.calendar import date_words, dates_words
from bot.views.block_kit import kit
from tests.views.sentences import all_said, modules

TODAY = date(2026, 11, 24)

FORMATS = {"strftime", "ctime", "format_date", "format_datetime", "day_abbr", "month_abbr"}
CLOCK = "%H:%M"
INSTANT = "%Y-%m-%dT%H:%M:%SZ"
"""In keys, which nobody reads."""

EACH_ON_THEIR_OWN_CLOCK = "bot/views/meetings/meeting.py"
"""The message in a channel has many readers: only Slack can show each their own time, in its own
style."""


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 24), "Tue 24 Nov"),
        (date(2026, 12, 1), "Tue 1 Dec"),
        (date(2027, 1, 1), "Fri 1 Jan 2027"),
        (date(2025, 3, 2), "Sun 2 Mar 2025"),
    ],
)
def test_a_day_by_its_date(day: date, words: str) -> None:
    assert date_words(day, TODAY) == words


def test_days_in_a_row_and_a_moment() -> None:
    assert dates_words(date(2026, 11, 23), date(2026, 11, 27)) == "23–27 Nov"
    assert dates_words(date(2026, 11, 30), date(2026, 12, 4)) == "30 Nov – 4 Dec"
    assert dates_words(date(2026, 11, 27), date(2026, 11, 27)) == "27 Nov"
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert kit.moment_words(late, ZoneInfo("Europe/Berlin"), TODAY) == "Thu 26 Nov, 00:30"
    assert kit.moment_words(late, ZoneInfo("UTC"), TODAY) == "tomorrow, 23:30"


def written_otherwise() -> Iterator[str]:
    """Where a day or a time is put in words by other means than `calendar` and `kit`."""
    for place, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute | ast.Name):
                name = node.attr if isinstance(node, ast.Attribute) else node.id
                if name in FORMATS:
                    yield f"{place}:{node.lineno} {name}"
            if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                spec = ast.unparse(node.format_spec)
                clock = CLOCK in spec and place == "bot/views/block_kit/kit.py"
                if "%" in spec and INSTANT not in spec and not clock:
                    yield f"{place}:{node.lineno} {spec}"
    for said in all_said():
        if "{date" in said.text and said.place != EACH_ON_THEIR_OWN_CLOCK:
            yield f"{said.place}:{said.line} {said.text}"


@pytest.mark.slow
def test_nobody_writes_dates_in_another_way() -> None:
    assert list(written_otherwise()) == []
