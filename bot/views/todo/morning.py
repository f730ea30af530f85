"""The line with today's names, for managers who want it each morning."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.contacts.typed_text import listed
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.ids import TodoAction
from bot.views.block_kit.kit import Message
from bot.views.todo.words import NAME_SHOWN

NAMES_SHOWN = 12

GREETING = "Good morning. Here is who is on your list today."
WHY = "You asked for this line each morning that somebody is on your list. `/team` turns it off."


def build_morning(reps: Sequence[Person], link: str | None) -> Message:
    """Who is on the list today, and the way to it: the message itself, where `link` is known. What
    a lock screen shows of it names nobody."""
    names = [kit.bold(kit.shorten(rep.name, NAME_SHOWN)) for rep in reps[:NAMES_SHOWN]]
    more = len(reps) - len(names)
    today = listed([*names, f"{more} more"] if more > 0 else names)
    blocks: list[Block] = [kit.section(GREETING)]
    if link is not None:
        blocks.append(kit.section(f"{today} · <{link}|Open the list>"))
    else:
        blocks.append(kit.section(today, kit.button("Open the list", TodoAction.SHOW)))
    return kit.message(GREETING, [*blocks, kit.context(WHY)])
