"""A day to come at the end of a line, as people type it: `by Friday`, `15 Jan`, `2026-12-01`."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from bot.domain.team.calendar import DAYS, MONTHS
from bot.domain.workspaces.refusals import FieldError
from bot.domain.workspaces.words import Line, bare

T = TypeVar("T")

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

_OVER = re.compile(r"(?:by|until|till) (?:yesterday|last [a-z]+)")
"""A day that is over, where one to come is meant; behind no such word it is text: what Jo said
yesterday."""

_AROUND = _BY | {"the", "of"}
_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"20[0-9]{2}")
_POINTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.(20[0-9]{2})")
_BIG_FIRST = re.compile(r"(20[0-9]{2})[/. ]([0-9]{1,2})[/. ]([0-9]{1,2})")
_IN_NUMBERS = re.compile(r"([0-9]{1,2})([/. ])([0-9]{1,2})(?:\2((?:20)?[0-9]{2}))?\.?")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)? ?([a-z]+)\.?(?: ?'?((?:20)?[0-9]{2}))?")
_MONTH_DAY = re.compile(r"([a-z]+)\.? ?([0-9]{1,2})(?:st|nd|rd|th|\.)?(?: '?((?:20)?[0-9]{2}))?")
_LEAPS = 9
"""Years in which there is a 29 February, whichever comes first: 2096 to 2104."""
_BESIDE = " \t,;:–—-(·"


def split_day(typed: str, today: date) -> tuple[str, date | None]:
    """A line without the day at its end, and that day; the line as it is and None where its last
    words are no day, or nothing else stands in it. `today` is that of whoever typed it: a weekday
    is the next one after it."""
    return _split(typed, lambda words: read_day_to_come(words, today))


def split_date(typed: str, today: date, slip: timedelta = SLIP) -> tuple[str, date | None]:
    """The same where the last words are a date, as `read_date` reads them, and nothing else."""
    return _split(typed, lambda words: read_date(words, today, slip))


def split_date_ahead(typed: str, today: date) -> tuple[str, date | None]:
    """The same where the last words are a day in any way that people type one to come, as
    `read_date_ahead` reads them."""
    return _split(typed, lambda words: read_date_ahead(words, today))


def flaw_at_end(typed: str, today: date) -> FieldError | None:
    """What is wrong with the day at the end of a line that `split_day` reads none in: its weekday
    is not that of its date, no calendar has it, or it is over; None where the line ends in no
    day."""
    if _clashes(typed, lambda words: read_day_to_come(words, today)):
        return FieldError.TWO_DAYS
    if _cut(typed, lambda words: _is_nowhere(words, today) or None)[1]:
        return FieldError.NO_SUCH_DAY
    over = _cut(typed, lambda words: _OVER.fullmatch(bare(words)))[1]
    return FieldError.PAST_DAY if over else None


def says_two_days(typed: str, today: date) -> bool:
    """Whether a line ends in a date, as `split_date_ahead` reads it, and a weekday that it is
    not."""
    return _clashes(typed, lambda words: read_date_ahead(words, today))


def _split(typed: str, read: Callable[[str], date | None]) -> tuple[str, date | None]:
    return (typed.strip(), None) if _clashes(typed, read) else _cut(typed, read)


def _cut(typed: str, read: Callable[[str], T | None]) -> tuple[str, T | None]:
    """A line without the last words that say something, and what `read` makes of them."""
    found: list[tuple[str, T]] = []

    def take(words: str) -> bool:
        said = read(words)
        found.extend([] if said is None else [(words, said)])
        return said is not None

    line = Line(typed)
    if not line.take_last(take, LONGEST):
        return typed.strip(), None
    words, said = found[-1]
    left = line.rest.rstrip()
    rest = left.rstrip(_BESIDE)
    apart = rest != left or words.partition(" ")[0] in _BY
    if not rest or (not apart and bare(rest).rpartition(" ")[2] in _BELONGS):
        return typed.strip(), None
    return rest, said


def _clashes(typed: str, read: Callable[[str], date | None]) -> bool:
    """Whether a line ends in a weekday and a date that are two days."""

    def two_days(words: str) -> bool | None:
        parts = _parts(words)
        for said, rest in ((parts[:1], parts[1:]), (parts[-1:], parts[:-1])):
            # Friday, by Tue 1 Dec: the date has a weekday of its own.
            alone = not any(part in _BY or _weekday(part, short=True) is not None for part in rest)
            if not alone or not any(map(str.isdecimal, "".join(rest))):
                continue
            day = read(" ".join(rest)) if _weekday(said[0], short=True) is not None else None
            if day is not None and not _DAYS[day.weekday()].startswith(said[0]):
                return True
        return None

    return _cut(typed, two_days)[1] is True


def _is_nowhere(words: str, today: date) -> bool:
    """Whether words are written as a date is, and that year, or the next, has none."""
    parts = [part for part in _parts(words) if _weekday(part, short=True) is None]
    if parts and parts[0] == "of":
        return False
    parts = [part for part in parts if part not in _AROUND]
    if len(parts) == 1 and (pointed := _POINTED.fullmatch(parts[0])):
        return _day(*map(int, pointed.groups()[::-1])) is None
    if no_such_date(" ".join(parts)):
        return True
    number = next((found[1] for part in parts if (found := _NUMBER.fullmatch(part))), "")
    leap = number == "29" and any(_MONTH_NUMBER.get(part) == 2 for part in parts)
    return leap and len(parts) == 2 and _dated(parts, today, SLIP) is None


def _parts(words: str) -> list[str]:
    """The words of a day, without what only leads to it."""
    parts = [part for part in re.split(r"[\s,()]+", bare(words)) if part]
    return parts[1:] if len(parts) > 1 and parts[0] in _BY else parts


def read_day_to_come(words: str, today: date) -> date | None:
    """The day that words name, as `bare` reads them; None where they name none."""
    parts = _parts(words)
    said_by = bare(words).partition(" ")[0] in _BY
    if len(parts) == 1:
        return _one_word(parts[0], today, may_be_short=said_by)
    if parts[0] == "next" and len(parts) == 2:
        return _next(parts[1], today)
    return _date(parts, today, SLIP)


def read_date(words: str, today: date, slip: timedelta = SLIP) -> date | None:
    """The date that words name by its month, or in numbers that can be read in one way alone
    (2027-03-01, 1.3.2027); None where they name none, and for a weekday. One without a year is the
    next one, or one that was no longer ago than `slip`."""
    return _date(_parts(words), today, slip)


def read_date_ahead(words: str, today: date) -> date | None:
    """The day that words name where nothing but a day is meant: what `read_date` and
    `read_day_to_come` read, and what can be read in one way alone for all that it is short (25/12,
    1.3., 1Mar, 1. March 27). One without a year is the next one; of 29 Feb that of a leap year."""
    found = read_date(words, today, timedelta()) or _short(words, today)
    return found or (None if _has_month(words) else read_day_to_come(words, today))


def is_in_month(words: str) -> bool:
    """Whether words end in a month, with its year or without, and name no day of it."""
    parts = re.split(r"[\s,]+", bare(words))
    parts = parts[:-1] if len(parts) > 1 and _YEAR.fullmatch(parts[-1]) else parts
    return parts[-1] in _MONTH_NUMBER


def no_such_date(words: str) -> bool:
    """Whether words are written as a date is that no calendar has: 30 Feb, 2027-02-30."""
    parts = [part for part in re.split(r"[\s,]+", bare(words)) if part not in _AROUND]
    numbers = [int(found[1]) for part in parts if (found := _NUMBER.fullmatch(part))]
    months = [_MONTH_NUMBER[part] for part in parts if part in _MONTH_NUMBER]
    years = [int(part) for part in parts if _YEAR.fullmatch(part)]
    if len(years) == 1 and len(numbers) == 2 and len(parts) == 3:
        return _YEAR.fullmatch(parts[0]) is not None and _day(years[0], *numbers) is None
    is_date = len(months) == 1 and len(numbers) == 1 and len(parts) == 2 + len(years)
    # Of a day that some year has, the year says whether this one does.
    return is_date and _day(years[0] if years else 2028, months[0], numbers[0]) is None


def _has_month(words: str) -> bool:
    return any(part in _MONTH_NUMBER for part in re.split(r"[\s,]+", bare(words)))


def _short(words: str, today: date) -> date | None:
    """25/12, 25/12/26, 1.3., 2027/03/01, 1Mar27, 1. March, March 1 27, 29 Feb."""
    parts = _without_weekday(_parts(words))
    text = " ".join(part for part in parts if part not in ("the", "of"))
    if found := _BIG_FIRST.fullmatch(text):
        return _day(*map(int, found.groups()))
    if found := _IN_NUMBERS.fullmatch(text):
        first, mark, second, year = found[1], found[2], found[3], found[4]
        numbers = int(first), int(second)
        if mark == " " and (year is None or len(year) == 2):
            return None  # 1 on 1
        # With points the day is first; else nobody knows, where both may be the month.
        if mark == "." or numbers[0] > 12 or numbers[0] == numbers[1]:
            return _next_of(numbers[1], numbers[0], year, today)
        return _next_of(*numbers, year, today) if numbers[1] > 12 else None
    found = _DAY_MONTH.fullmatch(text)
    day, month, year = found.groups() if found else (None, None, None)
    if found is None and (found := _MONTH_DAY.fullmatch(text)):
        month, day, year = found.groups()
    if day is None or month not in _MONTH_NUMBER:
        return None
    return _next_of(_MONTH_NUMBER[month], int(day), year, today)


def _next_of(month: int, day: int, year: str | None, today: date) -> date | None:
    """That day of that year, or the next there is."""
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = (_day(today.year + n, month, day) for n in range(_LEAPS))
    return next((one for one in found if one is not None and one >= today), None)


def _date(parts: list[str], today: date, slip: timedelta) -> date | None:
    parts = _without_weekday(parts)
    if not parts or parts[0] == "of" or parts[:2] == ["the", "of"]:
        return None  # the order of 12 March is no day
    return _dated([part for part in parts if part not in ("the", "of")], today, slip)


def _without_weekday(parts: list[str]) -> list[str]:
    """The words of a date that may have its weekday before it or behind it."""
    if parts and _weekday(parts[0], short=True) is not None:
        return parts[1:]
    return parts[:-1] if len(parts) > 1 and _weekday(parts[-1], short=True) is not None else parts


def _one_word(word: str, today: date, *, may_be_short: bool) -> date | None:
    if word == "today":
        return today
    if word == "tomorrow":
        return today + timedelta(days=1)
    weekday = _weekday(word, short=may_be_short)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    return _dated([word], today, SLIP)


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


def _dated(parts: list[str], today: date, slip: timedelta) -> date | None:
    """`15 jan`, `january 15 2027`, `2027 01 15` (bare has no hyphens), `15.1.2027`."""
    if len(parts) == 1 and (pointed := _POINTED.fullmatch(parts[0])):
        return _day(*map(int, pointed.groups()[::-1]))
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
    if day is None or day < today - slip:
        return _day(today.year + 1, month, int(number[1]))
    return day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
