"""What becomes of all that hangs on an entry when it passes from one person to another.

An entry (a contact, a promise, an item for a session, an account) was about the first person, and
is about the second from now on, because the manager says so. Source: rule 5 and “Who sees what” of
the product's description. Whatever was shown to the first ends; whatever the first said is never
the second's to read; with the second it begins anew.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Part(StrEnum):
    """What may hang on an entry about somebody."""

    WORDS = "words"
    """What the manager wrote in the entry itself."""
    SHARED = "shared"
    """That the person was shown it: the message, their Home tab, what was shared with them."""
    REP_WORDS = "rep_words"
    """The person's own words beside what was shared."""
    SEEN = "seen"
    """That the person has seen it."""
    OBJECTION = "objection"
    """What the person remembers otherwise."""
    RAISED = "raised"
    """What the person brought up in it, which the manager owes since."""
    NOTED = "noted"
    """What either side will do, as the manager noted it: steps and actions."""
    ANSWER = "answer"
    """What the person made of a promise: kept it, and when."""
    TICKED = "ticked"
    """That the manager lets who stands in read a promise."""
    PREPARATION = "preparation"
    """What the person wrote for an appointment."""
    FOR_SESSION = "for_session"
    """What was heard in it and kept for the next session with the person."""
    HEARD_BY = "heard_by"
    """That an item of the team's agenda names the person who heard it."""
    STANDING = "standing"
    """What stands since: plans of a session, whom the person got to know on a field day."""
    PRIVATE_NOTE = "private_note"
    """What its author noted for nobody else."""
    FILES = "files"
    """The links of what its author sent with it."""


class Fate(StrEnum):
    """What becomes of a part."""

    PASSES = "passes"
    """It is of the second now."""
    ENDS = "ends"
    """The first is not shown it any more, and nor is the second, until somebody chooses to."""
    STAYS = "stays"
    """It is the first one's own, and lets go of the entry."""
    ANEW = "anew"
    """It ends for the first; for the second there is one like it, to which nothing was said yet."""
    AUTHOR = "author"
    """It stays with the entry, for its author alone."""


FATES: Mapping[Part, Fate] = MappingProxyType(
    {
        Part.WORDS: Fate.PASSES,
        Part.SHARED: Fate.ENDS,
        Part.REP_WORDS: Fate.STAYS,
        Part.SEEN: Fate.ENDS,
        Part.OBJECTION: Fate.STAYS,
        Part.RAISED: Fate.STAYS,
        Part.NOTED: Fate.ANEW,
        Part.ANSWER: Fate.ENDS,
        Part.TICKED: Fate.ENDS,
        Part.PREPARATION: Fate.STAYS,
        Part.FOR_SESSION: Fate.PASSES,
        Part.HEARD_BY: Fate.ENDS,
        Part.STANDING: Fate.PASSES,
        Part.PRIVATE_NOTE: Fate.AUTHOR,
        Part.FILES: Fate.AUTHOR,
    }
)
"""For every part, once and for all; `bot/services/workspaces/passing.py` does it."""
