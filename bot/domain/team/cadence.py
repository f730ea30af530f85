"""How often: the ideal and the latest interval of each component, in words and in days."""

from dataclasses import dataclass
from enum import StrEnum


class Component(StrEnum):
    """The habits that are kept with each rep and have a clock of their own."""

    SESSION = "session"
    FIELD_DAY = "field_day"
    CONTACT = "contact"


@dataclass(frozen=True)
class Cadence:
    """Ideal and latest interval. Days for sessions and field days, working days for contact."""

    ideal: int
    latest: int


DEFAULTS = {
    Component.SESSION: Cadence(14, 21),
    Component.FIELD_DAY: Cadence(30, 45),
    Component.CONTACT: Cadence(5, 7),
}

IN_WORDS: dict[Component, dict[str, Cadence]] = {
    Component.SESSION: {
        "every week": Cadence(7, 10),
        "every two weeks": Cadence(14, 21),
        "every three weeks": Cadence(21, 30),
        "every month": Cadence(30, 45),
        "every quarter": Cadence(90, 120),
    },
    Component.FIELD_DAY: {
        "every two weeks": Cadence(14, 21),
        "every month": Cadence(30, 45),
        "every two months": Cadence(60, 90),
        "every quarter": Cadence(90, 120),
    },
    Component.CONTACT: {
        "twice a week": Cadence(2, 4),
        "every week": Cadence(5, 7),
        "every two weeks": Cadence(10, 14),
    },
}

LONGEST = 400
"""Days; longer than a year with some grace is no rhythm any more."""


def in_words(component: Component, cadence: Cadence) -> str | None:
    """The words for that cadence, or None where it is one of the team's own making."""
    for words, known in IN_WORDS[component].items():
        if known == cadence:
            return words
    return None


def is_sensible(cadence: Cadence) -> bool:
    """At least a day, the latest not before the ideal, and within LONGEST."""
    return 1 <= cadence.ideal <= cadence.latest <= LONGEST
