"""The plain statement: what is kept about a rep, who reads it, for how long."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.workspaces.who_sees import Reader, Sight, not_seen_by, seen_by
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form
from bot.views.block_kit.kit import View

TITLE = "What is kept about you"


def _line(head: str, rows: Sequence[str]) -> str:
    return "\n• ".join((f"*{head}:*", *(rows or ("nothing",))))


STATEMENT: tuple[str, ...] = (
    "Your manager keeps notes of your work together, to make time for everyone and to keep what "
    "was promised. Your manager reads what they wrote.",
    _line("You see", seen_by(Reader.REP, Sight.YES, Sight.OWN, Sight.SENT)),
    _line("You see once it was shared or agreed", seen_by(Reader.REP, Sight.ONCE_SHARED)),
    _line("Kept about you too", seen_by(Reader.REP, Sight.KEPT)),
    _line("Not shown to you", not_seen_by(Reader.REP)),
    _line("Whoever manages the team later reads all but", not_seen_by(Reader.LATER_MANAGER)),
    _line(
        "Where you say so, it goes wherever the text goes; else to your manager alone",
        seen_by(Reader.LATER_MANAGER, Sight.AS_SAID),
    ),
    _line("Who stands in for your manager reads", seen_by(Reader.STAND_IN, Sight.YES)),
    _line("And as far as your manager lets them", seen_by(Reader.STAND_IN, Sight.TICKED)),
    _line("The team's channel has", seen_by(Reader.CHANNEL, Sight.YES)),
    _line("And what somebody sends there, of", seen_by(Reader.CHANNEL, Sight.SENT)),
    _line(
        "A director reads, if your manager shares it, with no rep named",
        seen_by(Reader.DIRECTOR, Sight.ONCE_SHARED),
    ),
    _line("An export of the team has all but", not_seen_by(Reader.EXPORT)),
    _line(
        "Whoever runs Windshield has the database with all of it; encrypted there",
        seen_by(Reader.OPERATOR, Sight.ENCRYPTED),
    ),
    "*For how long:* as long as the team keeps its record; what is deleted is gone for good after "
    "thirty days. No word that anybody wrote is in a log.",
)
"""As mrkdwn, made from the table that says who sees what."""


def build_statement() -> View:
    """The whole of it, in a modal."""
    return kit.modal(TITLE, Form.READ_ONLY, statement_blocks(), close="Close")


def statement_blocks() -> list[Block]:
    """The whole of it, a block for each who reads."""
    return [kit.section(text) for text in STATEMENT]
