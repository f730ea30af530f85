"""A day to come at the end of a line, as people type it: `by Friday`, `15 Jan`, `2026-12-01`."""

import re
from datetime import date, timedelta

from bot.domain.team.calendar import DAYS, MONTHS
from bot.domain.workspaces.words import Line, bare

LONGEST = 6
"""Words of a day: `by Fri the 1st of March`."""

SLIP = timedelta(days=30)
"""A day without a year that was so short a while ago is a slip; one longer ago is next year's."""

WEEK = timedelta(days=7)

_DAYS = tuple(map(bare, DAYS))
_MONTHS = tuple(map(bare, MONTHS))
_LONG_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_NUMBER = {
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name: number for number, name in enumerate(_LONG_MONTHS, 1)},
    "sept": 9,
}
_BY = frozenset({"by", "until", "till", "on", "due", "before"})
"""What may stand before a day without being part of what is to be done."""

_BELONGS = frozenset(
    {
        *("for", "of", "from", "since", "about", "after", "last", "past", "every", "each"),
        *("and", "or", "to", "in", "at", "with", "than", "as", "this"),
    }
)
"""Behind such a word a day is part of the text: `prepare the demo for Friday`."""

_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"20[0-9]{2}")
_POINTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.(20[0-9]{2})")
_BESIDE = " \t,;:–—-(·"


def split_day(typed: str, today: date) -> tuple[str, date | None]:
    """A line without the day at its end, and that day; the line as it is and None where its last
    words are no day, or nothing else stands in it. `today` is that of whoever typed it: a weekday
    is the next one after it."""
    found: list[tuple[str, date]] = []

    def take(words: str) -> bool:
        day = read_day_to_come(words, today)
        found.extend([(words, day)] if day else [])
        return day is not None

    line = Line(typed)
    if not line.take_last(take, LONGEST):
        return typed.strip(), None
    words, day = found[-1]
    left = line.rest.rstrip()
    rest = left.rstrip(_BESIDE)
    apart = rest != left or words.partition(" ")[0] in _BY
    if not rest or (not apart and bare(rest).rpartition(" ")[2] in _BELONGS):
        return typed.strip(), None
    return rest, day


def read_day_to_come(words: str, today: date) -> date | None:
    """The day that words name, as `bare` reads them; None where they name none."""
    parts = re.split(r"[\s,]+", bare(words))
    said_by = len(parts) > 1 and parts[0] in _BY
    parts = parts[1:] if said_by else parts
    if len(parts) == 1:
        return _one_word(parts[0], today, may_be_short=said_by)
    if parts[0] == "next" and len(parts) == 2:
        return _next(parts[1], today)
    if _weekday(parts[0], short=True) is not None:
        parts = parts[1:]
    if parts[0] == "of" or parts[:2] == ["the", "of"]:
        return None  # the order of 12 March is no day
    return _dated([part for part in parts if part not in ("the", "of")], today)


def _one_word(word: str, today: date, *, may_be_short: bool) -> date | None:
    if word == "today":
        return today
    if word == "tomorrow":
        return today + timedelta(days=1)
    weekday = _weekday(word, short=may_be_short)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    pointed = _POINTED.fullmatch(word)
    return _day(*map(int, pointed.groups()[::-1])) if pointed else None


def _next(word: str, today: date) -> date | None:
    """`next week` ends on its Friday; `next Tuesday` is in it."""
    monday = today - timedelta(days=today.weekday()) + WEEK
    weekday = 4 if word == "week" else _weekday(word, short=True)
    return None if weekday is None else monday + timedelta(days=weekday)


def _weekday(word: str, *, short: bool) -> int | None:
    """Its number, 0 for Monday. Alone, `sun` is no day."""
    for number, name in enumerate(_DAYS):
        if word == name or (short and len(word) >= 3 and name.startswith(word)):
            return number
    return None


def _dated(parts: list[str], today: date) -> date | None:
    """`15 jan`, `january 15 2027`, `2027 01 15` (bare has no hyphens)."""
    if len(parts) == 3 and _YEAR.fullmatch(parts[0]) and parts[1].isdecimal():
        return _day(int(parts[0]), int(parts[1]), int(parts[2]) if parts[2].isdecimal() else 0)
    years = [int(part) for part in parts[2:] if _YEAR.fullmatch(part)]
    if len(parts) not in (2, 3) or len(parts) - 2 != len(years):
        return None
    first, second = parts[:2] if parts[0][:1].isdecimal() else parts[1::-1]
    number, month = _NUMBER.fullmatch(first), _MONTH_NUMBER.get(second)
    if number is None or month is None:
        return None
    if years:
        return _day(years[0], month, int(number[1]))
    day = _day(today.year, month, int(number[1]))
    if day is None or day < today - SLIP:
        return _day(today.year + 1, month, int(number[1]))
    return day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
