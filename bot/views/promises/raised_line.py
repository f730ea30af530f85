"""The line to a manager: a rep raised something, or asked for time."""

from datetime import date

from bot.domain.promises import Promise
from bot.views.block_kit import kit
from bot.views.block_kit.kit import Message
from bot.views.promises.promise import promise_row


def build_raised_line(promise: Promise, today: date) -> Message:
    """What was raised, with what the manager can do about it, while it waits for them."""
    name = kit.escape(promise.rep.name)
    text = f"{name} asks for time" if promise.for_time else f"{name} raised something"
    until = "until you talk or answer" if promise.for_time else "until you take it on or close it"
    why = (
        f"You get this once, because {name} wrote it. It is on your list {until}. "
        "`/team` turns these lines off."
    )
    # A preview shows the first block, on a screen that others see.
    between = ", between the two of you" if promise.between_us else ""
    first = kit.section(f"{text}{between}.")
    wish = f"“{kit.quote(promise.wish)}”" if promise.wish else ""
    return kit.message(text, [first, *promise_row(promise, today, words=wish), kit.context(why)])


def build_taken_back(promise: Promise) -> Message:
    """In place of what its rep took back: not a word of it."""
    return kit.message(f"{kit.escape(promise.rep.name)} took this back.")
