"""Balance: how much of a manager's own attention looks back, of what happened and nothing else.

`docs/balance.md` works an example with a pencil.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.team.settings import LOOKS_BACK_MOST, Direction, Section

MONTHS = 12
"""Months that are looked at, the one that runs among them."""

MONTHS_TO_SAY = 3
"""So many are enough to know whether there is anything `to_say`."""

LEAST_MINUTES = 60
"""With fewer that are known, a month says too little to draw anything from it."""


class Part(StrEnum):
    """Where attention goes: the five components."""

    MEETING = "meeting"
    SESSION = "session"
    FIELD_DAY = "field_day"
    CONTACT = "contact"
    LIST = "list"


class Weight(StrEnum):
    """What has minutes that nobody set. A topic and a section have their own."""

    RESULTS = "results"
    """Results written down in a session."""
    FIELD_DAY = "field_day"
    TOUCH = "touch"
    REASON = "reason"
    """A reason that was used: choosing it, and thinking of the rep."""


MINUTES: Mapping[Weight, int] = {
    Weight.RESULTS: 10,
    # What a day together is about is talked through for an hour; the rest of it is its customers'.
    Weight.FIELD_DAY: 60,
    Weight.TOUCH: 10,
    Weight.REASON: 5,
}
"""The one table of weights, in minutes."""


class Unknown(StrEnum):
    """What happened, of which nobody can know where it looked."""

    MEETING = "meeting"
    """A team meeting of which nothing was ticked."""
    SESSION = "session"
    """A session in which nothing was written down."""
    CONTACT = "contact"
    """A touch that is about nothing, or had no reason of a list."""


@dataclass(frozen=True)
class Spent:
    """Minutes of a month (its first day) that went one way."""

    month: date
    part: Part
    direction: Direction
    minutes: int


@dataclass(frozen=True)
class LeftOut:
    """So many of a month that cannot be known."""

    month: date
    what: Unknown
    count: int


@dataclass(frozen=True)
class Ticked:
    """Items of a section that were ticked in a meeting and go one way, None: the way of their
    section. `minutes` are those that they have of their own."""

    section: str
    direction: Direction | None
    minutes: int


@dataclass(frozen=True)
class Share:
    """Of `total` minutes, `back` looked back."""

    back: int = 0
    total: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.back + other.back, self.total + other.total)

    @property
    def looks_back(self) -> float | None:
        """From 0 to 1; None where no minute is known."""
        return self.back / self.total if self.total else None

    @property
    def is_much(self) -> bool:
        """Whether more than a third looked back, of minutes enough to say so."""
        return self.total >= LEAST_MINUTES and self.back > self.total * LOOKS_BACK_MOST

    @property
    def to_move(self) -> int:
        """Minutes more that look ahead, with which it would be a third again."""
        return max(0, round(self.back / LOOKS_BACK_MOST) - self.total)


@dataclass(frozen=True)
class MonthBalance:
    """A month, by its first day: the share of each part of which anything is known, and how much
    of each kind cannot be known."""

    month: date
    parts: Mapping[Part, Share] = field(default_factory=dict)
    left_out: Mapping[Unknown, int] = field(default_factory=dict)

    @property
    def whole(self) -> Share:
        return sum(self.parts.values(), Share())

    @property
    def most_back(self) -> Part | None:
        """The part with the most minutes that looked back; None where none did."""
        backs = {part: share.back for part, share in self.parts.items() if share.back}
        return max(backs, key=lambda part: backs[part], default=None)


@dataclass(frozen=True)
class Balance:
    """The months of a manager, oldest first, the last of them the one that runs."""

    months: tuple[MonthBalance, ...]

    @property
    def shown(self) -> MonthBalance:
        """The latest month of which anything is known; the one that runs where none is."""
        known = (one for one in reversed(self.months) if one.whole.total or one.left_out)
        return next(known, self.months[-1])

    @property
    def trend(self) -> tuple[MonthBalance, ...]:
        """The months with minutes enough, oldest first."""
        return tuple(one for one in self.months if one.whole.total >= LEAST_MINUTES)

    @property
    def to_say(self) -> MonthBalance | None:
        """The month that is over and looked back for more than a third, where the one before it did
        not: so it is said once, in the month after, and again only after a month that was less."""
        if len(self.months) < 2 or not self.months[-2].whole.is_much:
            return None
        before = self.months[-3] if len(self.months) > 2 else None
        return None if before is not None and before.whole.is_much else self.months[-2]


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_until(today: date, count: int = MONTHS) -> tuple[date, ...]:
    """The months that are looked at, oldest first, by their first days."""
    found = [month_of(today)]
    while len(found) < count:
        found.append(month_of(found[-1] - timedelta(days=1)))
    return tuple(reversed(found))


def of_meeting(day: date, sections: Sequence[Section], ticked: Iterable[Ticked]) -> list[Spent]:
    """How the minutes of a meeting went, of those sections in which something was ticked.

    As the draft of the agenda counts them: a section takes its own minutes, or those of its items
    where they are more; an item with minutes of its own goes by its own direction, the rest by that
    of the section. Items of a section that is gone are with the last."""
    known = {section.key for section in sections}
    own: dict[str, list[Ticked]] = {}
    for one in ticked:
        own.setdefault(one.section if one.section in known else sections[-1].key, []).append(one)
    month, found = month_of(day), []
    for section in sections:
        items = own.get(section.key, [])
        if not items:
            continue
        took = sum(item.minutes for item in items)
        spent = [(item.direction or section.direction, item.minutes) for item in items]
        spent.append((section.direction, max(section.minutes - took, 0)))
        found += [Spent(month, Part.MEETING, way, minutes) for way, minutes in spent if minutes]
    return found


def balance_of(
    spent: Iterable[Spent], left_out: Iterable[LeftOut], months: Sequence[date]
) -> Balance:
    """The balance of those months, by their first days, oldest first; what is of others does not
    count."""
    parts: dict[date, dict[Part, Share]] = {month: {} for month in months}
    unknown: dict[date, dict[Unknown, int]] = {month: {} for month in months}
    for one in spent:
        if one.month in parts and one.minutes:
            back = one.minutes if one.direction is Direction.REAR_VIEW else 0
            own = parts[one.month]
            own[one.part] = own.get(one.part, Share()) + Share(back, one.minutes)
    for left in left_out:
        if left.month in unknown and left.count:
            counted = unknown[left.month]
            counted[left.what] = counted.get(left.what, 0) + left.count
    return Balance(tuple(MonthBalance(month, parts[month], unknown[month]) for month in months))
