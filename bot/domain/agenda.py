"""What is kept for the next team meeting, or for the next session with a rep."""

from dataclasses import dataclass
from datetime import date

from bot.domain.people import Person

ITEM_LIMIT = 1000
"""Characters of an item: as many as a note of a field day has."""


@dataclass(frozen=True)
class ItemEntry:
    """What the form of an item says: the words, and whether the rep is named with them."""

    text: str
    named: bool = False


@dataclass(frozen=True)
class AgendaItem:
    """Words for an agenda. `rep` is whose next session it is for, None for the team meeting;
    `came_from` is the id of the contact it was heard in."""

    id: int
    team_id: int
    rep: Person | None
    text: str
    added_on: date
    came_from: int | None
