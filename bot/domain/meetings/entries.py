"""What is said of an item for an agenda, in a form or in a line."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.team.settings import FIELD, LOOKING_AHEAD, SKILL, WINS, Direction, Section
from bot.domain.workspaces.words import split_prefix

PREFIXES = {
    "win": WINS,
    "wins": WINS,
    "field": FIELD,
    "ahead": LOOKING_AHEAD,
    "skill": SKILL,
    "numbers": "numbers",
    "close": "close",
}
"""What may stand before the words of an item, with a colon, to say where it belongs."""


@dataclass(frozen=True)
class ItemEntry:
    """What the form of something heard in the field says: the words, and whether the rep is named
    with them."""

    text: str
    named: bool = False


@dataclass(frozen=True)
class TeamItemEntry:
    """What is said of an item for the team. `minutes` and `direction` None: its section's."""

    text: str
    section: str = LOOKING_AHEAD
    minutes: int | None = None
    direction: Direction | None = None
    link: str = ""


def parse_item_line(typed: str, sections: Iterable[Section]) -> TeamItemEntry:
    """The words of `/agenda …`: `win: two renewals early` goes to the wins, all else ahead."""
    known = {section.key for section in sections}
    prefix, words = split_prefix(typed)
    key = PREFIXES.get(prefix)
    if key in known and words:
        return TeamItemEntry(words, key or LOOKING_AHEAD)
    return TeamItemEntry(typed.strip())
