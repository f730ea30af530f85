"""docs/pace.md: each figure of its example is what the code works out."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.domain.results import pace
from bot.domain.results.need import need_words
from bot.domain.results.pace import Standing, pace_of
from bot.domain.results.presence import Presence
from bot.domain.results.results import Metric, Period, Reading, Result
from bot.domain.results.weeks import MOST_WEEKS
from bot.domain.team.calendar import WorkingCalendar
from bot.domain.team.teams import TimeOff

PAGE = (Path(__file__).parents[2] / "docs" / "pace.md").read_text(encoding="utf-8")
MEETINGS = Metric("new meetings")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
FRIDAY = date(2026, 11, 13)
RAJ = Presence(
    WorkingCalendar(holidays=frozenset({date(2026, 11, 26)})),
    (TimeOff(1, date(2026, 11, 6), date(2026, 11, 6)),),
)
WEEKS = [Decimal(made) / 5 for made in (8, 9, 10, 12, 13, 15)]
STANDS = {
    "ahead": Standing.AHEAD,
    "on plan": Standing.ON_PLAN,
    "behind, can be made": Standing.RECOVERABLE,
    "behind": Standing.BEHIND,
}


def test_the_table_is_what_is_worked_out() -> None:
    rows = re.findall(r"^\| (\d+) \| (\d+) \| ([\d.]+) \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 6
    for actual, left, a_day, stands, needs in rows:
        read = Reading(Decimal(38), Decimal(actual), FRIDAY)
        found = pace_of(Result("U1", MEETINGS, NOVEMBER, (read,)), RAJ, FRIDAY, WEEKS)
        assert found.left == Decimal(left)
        assert found.left / found.days_left == Decimal(a_day)
        assert found.standing is STANDS[stands]
        assert found.need is not None
        assert need_words(found.need, MEETINGS) == needs
        assert (found.days_done, found.days_left, found.expected) == (9, 10, Decimal(18))
        assert (found.good, found.weeks) == (Decimal("2.6"), 6)


def test_its_rules_have_the_figures_of_the_code() -> None:
    assert Decimal("0.1") == pace.BAND
    assert Decimal("1.5") == pace.WITHOUT_WEEKS
    assert (pace.EARLY_SHARE, pace.EARLY_DAYS) == (10, 3)
    assert (pace.STALE_SHARE, pace.STALE_DAYS) == (4, 5)
    assert (pace.LEVEL_MOVES, MOST_WEEKS) == (5, 26)
    on_page = " ".join(PAGE.split())
    for rule in (
        "9 of Raj's days are over, 10 are left",
        "38 × 9 ÷ 19 = **18**",
        "within a tenth of the plan's own rate",
        "one and a half times the plan's rate",
        "three at the least (3 of a month",
        "five at the least (5 of a month, 16 of a quarter)",
        "while five working days are left",
        "the last 26 count",
    ):
        assert rule in on_page
