"""Percents as people write them: 12,5 %, 12.5 or 0.125; one way in a column, or asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from bot.exchange.numbers import DecimalSign

MOST_OF_SHARE = 2
"""No share is above this: nobody reaches more than 200 %."""


class PercentScale(StrEnum):
    """How a number without a percent sign is meant: 0.125, or 12.5, for 12.5 %."""

    SHARE = "share"
    PERCENT = "percent"

    def of(self, value: Decimal) -> Decimal:
        """The value in percent."""
        if self is PercentScale.PERCENT:
            return value
        percent = (value * 100).normalize()
        # 40, not 4E+1 and not 40.00.
        return percent if percent % 1 else percent.quantize(Decimal(1))


@dataclass
class _Range:
    """The least and the most, zeros and signs left out, and which number was the first."""

    least: Decimal
    most: Decimal
    example: tuple[str, Decimal]


@dataclass
class ScaleColumn:
    """What the numbers of a metric in percent say of their scale, as they go by: by decimal sign,
    since that may be open still."""

    ranges: dict[DecimalSign, _Range] = field(default_factory=dict)
    signed: bool = False
    unsigned: bool = False
    """Whether there are numbers with a percent sign, and without."""

    def note(self, typed: str, values: Mapping[DecimalSign, Decimal], *, signed: bool) -> None:
        """Take a number in; one with a percent sign says of itself what it is."""
        if signed:
            self.signed = True
            return
        self.unsigned = True
        for sign, value in values.items():
            size = abs(value)
            if not size:
                continue
            found = self.ranges.setdefault(sign, _Range(size, size, (typed, value)))
            found.least, found.most = min(found.least, size), max(found.most, size)

    @property
    def is_all_signed(self) -> bool:
        """Whether all numbers have a percent sign."""
        return self.signed and not self.unsigned

    def example(self, sign: DecimalSign) -> tuple[str, Decimal] | None:
        """The first number without a percent sign, as typed and its value; None without any."""
        return self.ranges[sign].example if sign in self.ranges else None

    def scale(self, sign: DecimalSign) -> PercentScale | None:
        """Shares where all are at most 1, and some less; percents where all are more than 1, and
        some more than any share may be. Else None: then somebody must say."""
        found = self.ranges.get(sign)
        if found is None:
            return None
        if found.most <= 1 and found.least < 1:
            return PercentScale.SHARE
        if found.least > 1 and found.most > MOST_OF_SHARE:
            return PercentScale.PERCENT
        return None
