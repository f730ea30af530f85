"""How days, numbers and names read in a book."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from bot.domain.binder.book.model import Labelled
from bot.domain.results.results import PERCENT, Metric
from bot.domain.team.calendar import date_words


class Wording:
    """The words of a book that is made on a day: each day names its year where it is another."""

    def __init__(self, today: date) -> None:
        self.today = today

    def day(self, day: date) -> str:
        return date_words(day, self.today)

    def by(self, due_on: date | None) -> str:
        """When something is due, "" where nobody said."""
        return f"by {self.day(due_on)}" if due_on else ""


def said(*passages: tuple[str, str]) -> tuple[Labelled, ...]:
    """Those of the passages (label and text) that say something."""
    return tuple(Labelled(label, text) for label, text in passages if text.strip())


def joined(parts: Iterable[str]) -> str:
    """What is said beside one another; what is empty is left out."""
    return " · ".join(part for part in parts if part)


def amount(value: Decimal, metric: Metric) -> str:
    """A number with what it counts, its thousands parted: 12,500 EUR."""
    whole = value.to_integral_value()
    number = f"{whole:,f}" if value == whole else f"{value.normalize():,f}"
    if metric.unit == PERCENT:
        return f"{number} %"
    return f"{number} {metric.unit}".strip()
