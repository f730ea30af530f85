"""The plain statement: what is kept about a rep, who reads it, for how long."""

from collections.abc import Sequence
from itertools import chain

from slack_sdk.models.blocks import Block

from bot.domain.workspaces.retention import months_words
from bot.domain.workspaces.who_sees import Reader, Sight, not_seen_by, seen_by
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form
from bot.views.block_kit.kit import View

TITLE = "What is kept about you"


ASKED_TO_TAKE_OVER = "Who is asked to take over first reads plans, promises, accounts."


def _line(head: str, rows: Sequence[str]) -> str:
    return "\n• ".join((f"*{head}:*", *(rows or ("nothing",))))


PARTS: tuple[tuple[str, ...], ...] = (
    (
        "Your manager keeps notes of your work together, to make time for everyone and to keep "
        "what was promised. Your manager reads what they wrote.",
    ),
    (_line("You see", seen_by(Reader.REP, Sight.YES, Sight.OWN, Sight.SENT)),),
    (
        _line("You see once it was shared or agreed", seen_by(Reader.REP, Sight.ONCE_SHARED)),
        _line("Kept about you too", seen_by(Reader.REP, Sight.KEPT)),
    ),
    (_line("Not shown to you", not_seen_by(Reader.REP)),),
    (
        _line("Whoever manages the team later reads all but", not_seen_by(Reader.LATER_MANAGER)),
        _line("And once it was shared with you", seen_by(Reader.LATER_MANAGER, Sight.ONCE_SHARED)),
        ASKED_TO_TAKE_OVER,
        _line(
            "It goes wherever the text goes if you say so, else to your manager alone",
            seen_by(Reader.LATER_MANAGER, Sight.AS_SAID),
        ),
    ),
    (
        _line("Who stands in for your manager reads", seen_by(Reader.STAND_IN, Sight.YES)),
        _line("And as far as your manager lets them", seen_by(Reader.STAND_IN, Sight.TICKED)),
    ),
    (
        _line("The team's channel has", seen_by(Reader.CHANNEL, Sight.YES)),
        _line("And what is sent there, of", seen_by(Reader.CHANNEL, Sight.SENT)),
        _line(
            "A director reads, if your manager shares it, naming no rep",
            seen_by(Reader.DIRECTOR, Sight.ONCE_SHARED),
        ),
        _line("An export of the team has all but", not_seen_by(Reader.EXPORT)),
        _line("Your manager may take their own", seen_by(Reader.EXPORT, Sight.TICKED)),
    ),
    (
        _line(
            "Whoever runs Windshield has the database; encrypted in it",
            seen_by(Reader.OPERATOR, Sight.ENCRYPTED),
        ),
    ),
)
"""As mrkdwn, made from the table that says who sees what. What belongs together is one block: each
costs room, and Slack folds a long one."""

STATEMENT: tuple[str, ...] = tuple(chain.from_iterable(PARTS))


def build_statement(kept_months: int | None) -> View:
    """The whole of it, in a modal. `kept_months`: for how long; None: until somebody deletes it."""
    return kit.modal(TITLE, Form.READ_ONLY, statement_blocks(kept_months), close="Close")


def statement_blocks(kept_months: int | None) -> list[Block]:
    """The whole of it, in a few blocks by who reads."""
    *parts, last = PARTS
    return [kit.section("\n".join(part)) for part in (*parts, (*last, how_long(kept_months)))]


def how_long(kept_months: int | None) -> str:
    """For how long, as mrkdwn."""
    if kept_months is None:
        old = "until somebody deletes it."
    else:
        old = (
            f"{months_words(kept_months)}, then it goes by itself. What stands stays: plans, "
            "the focus, open promises, who knows whom."
        )
    return (
        f"*For how long:* {old} What is deleted is gone for good after thirty days; whoever runs "
        "Windshield knows how long backups hold it. No word that anybody wrote is in a log."
    )
