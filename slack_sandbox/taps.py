"""How often a person's finger comes down, on a phone: what a habit costs is counted in it.

Every press, opened menu, choice and submission counts, and going into a text field to write in it.
What is typed there does not.
"""

from typing import Any

from slack_sandbox.inputs import TEXT_INPUTS, value_of
from slack_sandbox.journal import Json

PRESS = 1
OPEN_AND_CHOOSE = 2
"""A menu, or the list of shortcuts."""

_ALWAYS_OPEN = frozenset({"checkboxes", "radio_buttons"})


def of_line(text: str) -> int:
    """Of a line that is written and sent, by the text that the app gets: each person or channel in
    it is chosen from what Slack proposes."""
    return PRESS + text.count("<@") + text.count("<#") + PRESS


def of_choice(element: Json, before: Json | None, after: Json | None) -> int:
    """Of an element that held the entry `before` and holds `after`; both None for a button, and
    `before` for an overflow menu, which holds nothing. 0 where nothing changed."""
    if after is None:
        return PRESS
    if before is None:
        return OPEN_AND_CHOOSE
    changed = _changed(value_of(before), value_of(after))
    if not changed or element["type"] in TEXT_INPUTS:
        return min(changed, PRESS)
    return changed if element["type"] in _ALWAYS_OPEN else PRESS + changed


def _changed(before: Any, after: Any) -> int:
    """How many choices differ."""
    if not isinstance(after, list):
        return int((before or None) != (after or None))
    return sum(one not in before for one in after) + sum(one not in after for one in before)
