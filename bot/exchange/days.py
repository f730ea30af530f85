"""Days as people write them: a column of them is read in one way, or asked about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class DayOrder(StrEnum):
    """Which of the first two numbers of 01/02/2026 is the day."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


FIRST_YEAR, LAST_YEAR = 1980, 2099
"""Results of other years are slips of the keyboard."""

DAY_ZERO = date(1899, 12, 30)
"""The day 0 of a spreadsheet, for days after its 29 February 1900, which never was; of a workbook
that began on an old Mac it is another (https://support.microsoft.com, “Date systems in Excel”)."""

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?"
_TIME = rf"(?:[T ,]+{_CLOCK}\s*(?:Z|[+-]\d{{2}}:?\d{{2}})?)?"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})(?:([-./])\s?(\d{{1,2}})\2\s?(\d{{1,2}})\.?|(\d\d)(\d\d)){_TIME}"
)
_DOTTED = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}})\.?{_TIME}")
_SLASHED = re.compile(rf"(\d{{1,2}})([-/])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_SHORT_YEAR = re.compile(rf"\d{{1,2}}([-./])\s?\d{{1,2}}\1\s?\d{{2}}{_TIME}")
_AFTER_MIDNIGHT = re.compile(rf"[T ](?!0?0:00(?::00(?:[.,]0+)?)?\s*[Z+-]){_CLOCK}\s*(?:Z|[+-]\d\d)")
"""A time of another clock than the reader's, which may be of another day there: midnight in Berlin
is 23:00 of the day before by UTC."""
_DAY_NUMBER = re.compile(r"\d{5}(?:[.,]0+)?")


@dataclass(frozen=True)
class WrittenDay:
    """A day as it was typed, and what it is by each order; both the same where the order says
    nothing. `number`: of a spreadsheet, which counts days."""

    typed: str
    days: Mapping[DayOrder, date]
    number: bool = False


class DayError(ValueError):
    """It is no day; the text says why."""


@lru_cache(maxsize=2_048)
def written_day(typed: str) -> WrittenDay:
    """Read a day, with or without a time of day, which is left out.

    2026-12-01, 20261201, 2026/12/1 and 1.12.2026 are what they are; 1/12/2026 and 1-12-2026 are
    a day by each order; 46357 is the day that a spreadsheet shows so. A year of two digits is
    refused: 01/02/03 may be three days. Raises DayError.
    """
    text = " ".join(re.sub(r"[‎‏؜]", "", typed).split())
    if not text.isascii():
        raise DayError("is no date")
    if found := _YEAR_FIRST.fullmatch(text):
        month, day = (found[3], found[4]) if found[2] else (found[5], found[6])
        return _sure(text, _date(found[1], month, day))
    if found := _DOTTED.fullmatch(text):
        return _sure(text, _date(found[3], found[2], found[1]))
    if found := _SLASHED.fullmatch(text):
        one, other, year = found[1], found[3], found[4]
        days = {
            DayOrder.DAY_FIRST: _date(year, other, one),
            DayOrder.MONTH_FIRST: _date(year, one, other),
        }
        known = {order: day for order, day in days.items() if day is not None}
        if not known:
            raise DayError("is not in the calendar")
        return WrittenDay(text, known)
    if _DAY_NUMBER.fullmatch(text):
        return numbered_day(int(text[:5]), text)
    if _SHORT_YEAR.fullmatch(text):
        raise DayError("has a year of two digits; write all four")
    raise DayError("is no date")


def numbered_day(number: int, typed: str, day_zero: date = DAY_ZERO) -> WrittenDay:
    """The day that a spreadsheet counts so. Raises DayError."""
    day = day_zero + timedelta(days=number) if 0 < number < 1_000_000 else None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DayError("is no date")
    return WrittenDay(typed, dict.fromkeys(DayOrder, day), number=True)


def exact_day(day: date) -> WrittenDay:
    """A day that the file itself holds as one. Raises DayError."""
    return _sure(day.isoformat(), day if FIRST_YEAR <= day.year <= LAST_YEAR else None)


def _sure(text: str, day: date | None) -> WrittenDay:
    if day is None:
        raise DayError("is not in the calendar")
    return WrittenDay(text, dict.fromkeys(DayOrder, day))


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


@dataclass
class DayColumn:
    """What the days of a column say of their order, as they go by."""

    name: str
    said: dict[DayOrder, tuple[int, str]] = field(default_factory=dict)
    """By order the first day that is one with this alone: its line, as typed."""
    open: tuple[int, str] | None = None
    """The first that is another day with the other order."""
    number: WrittenDay | None = None
    """The first that is the number of a day."""
    timed: WrittenDay | None = None
    """The first with a time by another clock, so that it may be another day here."""

    def note(self, line: int, day: WrittenDay) -> None:
        """Take a day in."""
        if self.timed is None and _AFTER_MIDNIGHT.search(day.typed):
            self.timed = day
        if day.number:
            self.number = self.number or day
        elif len(day.days) == 1:
            self.said.setdefault(next(iter(day.days)), (line, day.typed))
        elif len(set(day.days.values())) > 1 and self.open is None:
            self.open = (line, day.typed)

    @property
    def order(self) -> DayOrder | None:
        """The one that its days have; None where they have both, or do not say."""
        return next(iter(self.said)) if len(self.said) == 1 else None

    def example(self, order: DayOrder) -> str | None:
        """A day of the column that is read by it, as typed, or None."""
        found = self.said.get(order) or self.open
        return found[1] if found else None
