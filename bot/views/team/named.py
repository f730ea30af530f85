"""Whom a command means that began with a name: one press for each whom it can mean."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.workspaces.meant import Meant
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, NamedAction
from bot.views.block_kit.kit import Message

VALUE_LIMIT = 2000
"""Characters of a button's value
(https://docs.slack.dev/reference/block-kit/block-elements/button-element)."""


def build_meant(meant: Sequence[Meant], action: NamedAction, typed: str, nothing: str) -> Message:
    """A button for each person; `typed` is the command as it was typed, and `nothing` says that
    nothing was done yet."""
    who = "Who is meant?" if len(meant) > 1 else f"Is {kit.bold(meant[0].person.name)} meant?"
    values = [Metadata(rep=one.person.slack_id, text=one.rest) for one in meant]
    # More than a button holds: the form opens, and what was typed stands here to be put in.
    fits = all(len(value.pack()) <= VALUE_LIMIT for value in values)
    if not fits:
        values = [Metadata(rep=one.person.slack_id) for one in meant]
    blocks: list[Block] = [kit.section(f"{who} {nothing}".strip())]
    # A block each: no two buttons of a block have one id.
    blocks += [
        kit.actions([kit.button(one.person.name, action, value)])
        for one, value in zip(meant, values, strict=True)
    ]
    return kit.message("Who is meant?", [*blocks, *kit.typed(typed)])
